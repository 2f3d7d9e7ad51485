//! The names of archives are the same wherever they stand, and the script of the action finds them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use bilingual_test_support::program::skip;
use release_tools::archive::{self, Entries, Entry, Style};
use release_tools::names::{self, NAME, PROGRAMS, SUMS, TARGETS};
use release_tools::{package, third_party};
use serde_json::Value;
use toml_edit::DocumentMut;

const VERSION: &str = "12.3.4";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in packaging/").to_owned()
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).expect(file).replace("\r\n", "\n")
}

/// A pattern with the values of its variables, as `before` NAME `after` writes them.
fn rendered(pattern: &str, [before, after]: [&str; 2], values: &[(&str, &str)]) -> String {
    values.iter().fold(pattern.to_owned(), |text, (name, value)| text.replace(&format!("{before}{name}{after}"), value))
}

#[test]
fn cargo_binstall_finds_every_archive_and_the_program_in_it() -> Result<()> {
    let manifests = ["Cargo.toml", "renderers/search/Cargo.toml", "renderers/site/Cargo.toml"];
    assert_eq!(manifests.len(), PROGRAMS.len());
    for (manifest, program, target) in
        manifests.iter().zip(PROGRAMS).flat_map(|(it, program)| TARGETS.map(|target| (it, program, target)))
    {
        let manifest: DocumentMut = read(manifest).parse()?;
        assert_eq!(manifest["package"]["name"].as_str(), Some(*program));
        let binstall = &manifest["package"]["metadata"]["binstall"];
        let one = binstall["overrides"].get(target);
        let key = |key: &str| one.and_then(|it| it.get(key)).unwrap_or(&binstall[key]).as_str().unwrap_or_default();
        let exe = if target.contains("windows") { ".exe" } else { "" };
        let values = [
            ("repo", "R"),
            ("name", program),
            ("version", VERSION),
            ("target", target),
            ("bin", program),
            ("binary-ext", exe),
        ];
        let archive = names::archive(VERSION, target);
        assert_eq!(
            rendered(key("pkg-url"), ["{ ", " }"], &values),
            format!("R/releases/download/v{VERSION}/{archive}")
        );
        let program = format!("{}/{}", names::folder(VERSION, target), names::executable(program, target));
        assert_eq!(rendered(key("bin-dir"), ["{ ", " }"], &values), program);
        assert_eq!(key("pkg-fmt"), if archive.ends_with(".zip") { "zip" } else { "tgz" });
    }
    Ok(())
}

#[test]
fn the_workflow_builds_every_archive() {
    let workflow = read(".github/workflows/release.yml");
    let built: BTreeSet<&str> = workflow.lines().filter_map(|line| line.trim().strip_prefix("- target: ")).collect();
    assert_eq!(built, BTreeSet::from(TARGETS));
    assert!(workflow.contains(&format!("{NAME}-v*")) && workflow.contains(&format!("-eq {}\n", TARGETS.len())));
    assert!(workflow.contains(SUMS));
}

/// The texts that a service reads, and not we.
const YAML: [&str; 6] = [
    "action.yml",
    ".pre-commit-hooks.yaml",
    ".github/workflows/ci.yml",
    ".github/workflows/pages.yml",
    ".github/workflows/release.yml",
    "cli/commands/init/workflow.yml",
];

#[test]
fn what_a_service_reads_is_yaml_and_names_each_action_in_one_version() {
    let mut versions = BTreeMap::new();
    for file in YAML {
        let text = read(file);
        for event in granit_parser::Parser::new_from_str(&text) {
            event.unwrap_or_else(|error| panic!("{file}: {error}"));
        }
        for line in text.lines() {
            if let Some((name, version)) = line.split_once("uses: ").and_then(|(_, action)| action.split_once('@')) {
                let (first, other) = versions.entry(name.to_owned()).or_insert((version.to_owned(), file));
                assert_eq!(first, version, "{name} in {other} and in {file}");
            }
        }
        // What somebody else may have written is a variable of a script, and never a part of it.
        for script in text.split("run: ").skip(1).filter_map(|rest| rest.split("\n      - ").next()) {
            let script = script.split("env:").next().unwrap_or_default();
            assert!(!script.contains("${{"), "{file}: {script}");
        }
    }
}

#[test]
fn the_container_holds_what_is_in_an_archive() {
    let dockerfile = read("packaging/Dockerfile");
    let archive = dockerfile.lines().find_map(|line| line.split_once("archive=\"")?.1.split_once('"')).map(|it| it.0);
    for machine in ["x86_64", "aarch64"] {
        let values = [("${VERSION:?}", VERSION), ("$machine", machine)];
        let archive = rendered(archive.unwrap_or_default(), ["", ""], &values);
        let target = format!("{machine}-unknown-linux-musl");
        assert!(TARGETS.contains(&target.as_str()));
        assert_eq!(archive, names::folder(VERSION, &target));
        assert_eq!(format!("{archive}.tar.gz"), names::archive(VERSION, &target));
    }
    for file in PROGRAMS.iter().copied().chain([names::THIRD_PARTY]) {
        assert!(dockerfile.contains(&format!("/suite/{file}")), "{file}");
    }
}

#[test]
fn the_manifest_for_another_action_names_every_archive() -> Result<()> {
    let manifest: Value = serde_json::from_str(&read("packaging/mdbook-bilingual.json"))?;
    let platforms = manifest["platform"].as_object().context("platforms")?;
    for (platform, own) in platforms {
        let target = match platform.split_once('_').context("x86_64_linux_musl")? {
            ("aarch64", "macos") => "aarch64-apple-darwin",
            ("aarch64", "windows") => "aarch64-pc-windows-msvc",
            ("aarch64", "linux_musl") => "aarch64-unknown-linux-musl",
            ("x86", "64_macos") => "x86_64-apple-darwin",
            ("x86", "64_windows") => "x86_64-pc-windows-msvc",
            ("x86", "64_linux_musl") => "x86_64-unknown-linux-musl",
            (machine, system) => panic!("{machine} {system}"),
        };
        let text = |key: &str| own.get(key).unwrap_or(&manifest[key]).as_str().unwrap_or_default();
        let exe = if target.contains("windows") { ".exe" } else { "" };
        let values = [("package", NAME), ("version", VERSION), ("rust_target", target), ("exe", exe)];
        assert_eq!(rendered(text("asset_name"), ["${", "}"], &values), names::archive(VERSION, target));
        let programs = manifest["bin"].as_array().context("programs")?.iter().filter_map(Value::as_str);
        let programs: Vec<String> = programs.map(|it| rendered(it, ["${", "}"], &values)).collect();
        let inside =
            |program: &&str| format!("{}/{}", names::folder(VERSION, target), names::executable(program, target));
        assert_eq!(programs, PROGRAMS.iter().map(inside).collect::<Vec<_>>());
    }
    // The programs for musl run wherever those for glibc do.
    assert_eq!(platforms.len(), TARGETS.len() - 1);
    Ok(())
}

#[test]
fn licences_of_crates_are_those_that_were_looked_at() -> Result<()> {
    let accepted = third_party::accepted(&root())?;
    for used in third_party::used(&root(), &TARGETS)? {
        let own = accepted.get(&Some(used.name.clone()));
        let accepted: Vec<&str> = accepted[&None].iter().chain(own.into_iter().flatten()).map(String::as_str).collect();
        let license = used.license.as_deref().unwrap_or("no licence");
        assert!(
            third_party::is_accepted(license, &accepted),
            "{} {} is under {license}: look at it, and name it in packaging/about.toml",
            used.name,
            used.version
        );
    }
    let about: DocumentMut = read("packaging/about.toml").parse()?;
    let targets = about["targets"].as_array().context("targets")?;
    assert_eq!(targets.iter().filter_map(|it| it.as_str()).collect::<Vec<_>>(), TARGETS);
    Ok(())
}

/// What `install.sh` does with these variables.
fn install(releases: &Path, variables: &[(&str, &str)]) -> Result<(bool, String)> {
    let mut script = Command::new("bash");
    script.arg(root().join("packaging/install.sh")).env("RELEASES", format!("file://{}", releases.display()));
    for variable in ["VERSION", "DESTINATION", "RUNNER_OS", "RUNNER_ARCH", "RUNNER_TEMP", "GITHUB_PATH"] {
        script.env_remove(variable);
    }
    let output = script.envs(variables.iter().copied()).output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

/// A folder with releases of our own version, as far as the script of the action knows of them.
fn releases() -> Result<(tempfile::TempDir, String)> {
    let manifest: DocumentMut = read("Cargo.toml").parse()?;
    let version = manifest["workspace"]["package"]["version"].as_str().context("a version")?.to_owned();
    let folder = tempfile::tempdir()?;
    let download = folder.path().join(format!("download/v{version}"));
    fs::create_dir_all(&download)?;
    for target in TARGETS {
        let entry = |program: &&str| {
            let name = format!("{}/{}", names::folder(&version, target), names::executable(program, target));
            (name, Entry { is_executable: true, ..Entry::text(format!("#!/bin/sh\necho {target}\n")) })
        };
        let path = download.join(names::archive(&version, target));
        let entries: Entries = PROGRAMS.iter().map(entry).collect();
        archive::write(&path, &entries, Style { time: 1_700_000_000, is_small: true })?;
    }
    fs::write(download.join(SUMS), package::sums(&download, &version)?)?;
    fs::create_dir_all(folder.path().join("latest/download"))?;
    fs::copy(download.join(SUMS), folder.path().join("latest/download").join(SUMS))?;
    Ok((folder, version))
}

/// Whether a program can be started here.
fn is_here(program: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg(if program == "unzip" { "-v" } else { "--version" })
        .output()
        .is_ok_and(|output| output.status.success())
}

#[test]
#[cfg_attr(not(unix), ignore = "addresses of files are written otherwise there")]
fn the_action_installs_the_archive_of_its_system() -> Result<()> {
    if !is_here("bash") || !is_here("curl") {
        skip("the_action_installs_the_archive_of_its_system", "it needs bash and curl");
        return Ok(());
    }
    let (releases, version) = releases()?;
    let temporary = tempfile::tempdir()?;
    let path = temporary.path().join("path");
    let path = path.to_str().context("Unicode")?;
    for (system, machine, target) in [
        ("Linux", "X64", TARGETS[0]),
        ("Linux", "ARM64", TARGETS[1]),
        ("macOS", "X64", TARGETS[3]),
        ("macOS", "ARM64", TARGETS[4]),
        ("Windows", "X64", TARGETS[5]),
        ("Windows", "ARM64", TARGETS[6]),
    ] {
        if system == "Windows" && !is_here("unzip") {
            skip(target, "there is no unzip");
            continue;
        }
        for asked in ["", "latest", &version, &format!("v{version}")] {
            let destination = temporary.path().join(format!("{target}-{asked}"));
            let destination = destination.to_str().context("Unicode")?;
            let variables = [
                ("VERSION", asked),
                ("DESTINATION", destination),
                ("RUNNER_OS", system),
                ("RUNNER_ARCH", machine),
                ("GITHUB_PATH", path),
            ];
            let (succeeded, said) = install(releases.path(), &variables)?;
            assert!(succeeded, "{target}: {said}");
            for program in PROGRAMS {
                let text = fs::read_to_string(Path::new(destination).join(names::executable(program, target)))?;
                assert!(text.contains(target), "{program}: {text}");
            }
            assert_eq!(fs::read_to_string(path)?.lines().last(), Some(destination));
        }
    }
    Ok(())
}

#[test]
#[cfg_attr(not(unix), ignore = "addresses of files are written otherwise there")]
fn the_action_installs_nothing_that_is_not_what_it_should_be() -> Result<()> {
    if !is_here("bash") || !is_here("curl") {
        skip("the_action_installs_nothing_that_is_not_what_it_should_be", "it needs bash and curl");
        return Ok(());
    }
    let (releases, version) = releases()?;
    let destination = releases.path().join("bin");
    let to = ("DESTINATION", destination.to_str().context("Unicode")?);
    let linux = [to, ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X64")];
    let download = releases.path().join(format!("download/v{version}"));
    let refused = |variables: &[(&str, &str)], why: &str| -> Result<()> {
        let (succeeded, said) = install(releases.path(), variables)?;
        assert!(!succeeded && said.contains(why), "{said}");
        assert!(!destination.exists(), "{said}");
        Ok(())
    };
    refused(&[to, ("RUNNER_OS", "Linux"), ("RUNNER_ARCH", "X86")], "there is no archive")?;
    refused(&[&linux[..], &[("VERSION", "0.0.1")]].concat(), "could not download")?;
    refused(&[&linux[..], &[("VERSION", "1;id")]].concat(), "is no version")?;
    fs::write(download.join(names::archive(&version, TARGETS[0])), "something else")?;
    refused(&linux, "is not what SHA256SUMS says")?;
    fs::write(download.join(SUMS), "")?;
    refused(&linux, "does not name")?;
    Ok(())
}
