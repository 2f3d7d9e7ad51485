//! `cargo xtask package`, `release` and `third-party`.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "these commands talk to who runs them")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Parser;
use release_tools::address::{self, Repository};
use release_tools::archive::Style;
use release_tools::names::{PROGRAMS, THIRD_PARTY};
use release_tools::package::{self, Package};
use release_tools::{changelog, git, manifest, ready, third_party};

use xtask::workspace;

mod crates;

/// What makes a release.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Builds the program as it is released, and makes the archive that a release has of it.
    Package(PackageOptions),
    /// Says what is missing for a release, and fails if something is; or writes the address of the repository wherever it
    /// stands.
    Release(ReleaseOptions),
    /// Writes the licences of what the program holds of others, with the help of cargo-about.
    ThirdParty {
        /// The file.
        file: PathBuf,
    },
}

#[derive(clap::Args)]
struct PackageOptions {
    /// The system to build for; without it, this one.
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Where the archive and the hashes go; without it, `target/package`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Builds nothing, and takes the programs from this folder.
    #[arg(long, value_name = "DIR")]
    no_build: Option<PathBuf>,
    /// The licences of others, from `cargo xtask third-party`; without it, they are collected now.
    #[arg(long, value_name = "FILE")]
    third_party: Option<PathBuf>,
    /// Makes no archive, but the packages for crates.io, and tests what comes out of them.
    #[arg(long, conflicts_with_all = ["target", "out", "no_build", "third_party"])]
    crates: bool,
}

#[derive(clap::Args)]
struct ReleaseOptions {
    /// Writes this address of the repository wherever it stands: https://github.com/somebody/mdbook-bilingual
    #[arg(long, value_name = "URL")]
    repository: Option<String>,
    /// The page of the project; without it, what stands in Cargo.toml.
    #[arg(long, value_name = "URL", requires = "repository")]
    homepage: Option<String>,
    /// Its documentation; without it, what stands in Cargo.toml.
    #[arg(long, value_name = "URL", requires = "repository")]
    documentation: Option<String>,
    /// Prints what the changelog says of the version, and looks at nothing else.
    #[arg(long, conflicts_with = "repository")]
    notes: bool,
}

fn main() -> ExitCode {
    run(Task::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Package(options) if options.crates => crates::test(),
        Task::Package(options) => make_archive(&options),
        Task::Release(options) => release(&options),
        Task::ThirdParty { file } => {
            let root = workspace::root();
            third_party::write(&root, &cargo_about()?, &env::current_dir()?.join(&file))?;
            println!("{}: written", file.display());
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn make_archive(options: &PackageOptions) -> Result<ExitCode> {
    let root = workspace::root();
    let host = host()?;
    let target = options.target.as_ref().unwrap_or(&host);
    let out = options.out.clone().unwrap_or_else(|| root.join("target").join("package"));
    fs::create_dir_all(&out).with_context(|| format!("could not make {}", out.display()))?;
    let licenses = licenses(&root, options.third_party.as_deref(), target, &out)?;
    let programs = match &options.no_build {
        Some(folder) => folder.clone(),
        None => build(target)?,
    };
    let own = programs.join(release_tools::names::executable(PROGRAMS[0], target));
    // What was built for another kind of machine runs here only sometimes.
    let speaker =
        if runs(&own) { own } else { build(&host)?.join(release_tools::names::executable(PROGRAMS[0], &host)) };
    let archive = package::package(&Package {
        root: &root,
        version: &version(&root)?,
        target,
        programs: &programs,
        speaker: &speaker,
        third_party: &licenses,
        out: &out,
        style: Style { time: git::time(&root)?, is_small: true },
    })?;
    println!("{}: {} bytes", archive.display(), archive.metadata()?.len());
    Ok(ExitCode::SUCCESS)
}

/// The file with the licences of others, which has to name everything that is in the program.
fn licenses(root: &Path, given: Option<&Path>, target: &str, out: &Path) -> Result<PathBuf> {
    let file = match given {
        Some(file) => file.to_owned(),
        None => {
            let file = out.join(THIRD_PARTY);
            third_party::write(root, &cargo_about()?, &file)?;
            file
        }
    };
    let text = fs::read_to_string(&file).with_context(|| format!("could not read {}", file.display()))?;
    let unnamed = third_party::unnamed(root, &text, target)?;
    if !unnamed.is_empty() {
        bail!("{} says nothing of {}; run `cargo xtask third-party FILE`", file.display(), unnamed.join(", "));
    }
    Ok(file)
}

/// What collects the licences of crates; the project's own is installed if need be.
fn cargo_about() -> Result<PathBuf> {
    if let Some(program) = look_for_cargo_about() {
        return Ok(program);
    }
    println!(
        "cargo-about is needed for the licences of crates, and there is none: installing it in target/tools, in minutes."
    );
    let mut install = workspace::installer("cargo-about", third_party::CARGO_ABOUT, &workspace::tools());
    let installed = workspace::run(install.args(["--features", "cli"]))?.success();
    look_for_cargo_about().filter(|_| installed).context("cargo-about could not be installed")
}

/// The cargo-about that there is: on `PATH`, else the project's own.
fn look_for_cargo_about() -> Option<PathBuf> {
    [PathBuf::from("cargo-about"), workspace::tool("cargo-about")].into_iter().find(|program| runs(program))
}

/// Builds all programs for a system, and returns the folder that they are in.
fn build(target: &str) -> Result<PathBuf> {
    let mut folder = None;
    for program in PROGRAMS {
        let path = workspace::build_program(program, &["--release", "--package", program, "--target", target])?;
        folder = path.parent().map(Path::to_owned);
    }
    folder.context("there is no program")
}

/// The version of the first of the programs.
fn version(root: &Path) -> Result<String> {
    let published = manifest::published(root)?;
    let program = published.into_iter().find(|package| package.name == PROGRAMS[0]);
    Ok(program.with_context(|| format!("{} is not published", PROGRAMS[0]))?.version)
}

/// Whether a program can be started on this machine.
fn runs(program: &Path) -> bool {
    std::process::Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// The system that this is.
fn host() -> Result<String> {
    let output = std::process::Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("-vV")
        .current_dir(workspace::root())
        .output()
        .context("could not run rustc")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let host =
        said.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not say what it builds for")?;
    Ok(host.to_owned())
}

fn release(options: &ReleaseOptions) -> Result<ExitCode> {
    let root = workspace::root();
    if let Some(url) = &options.repository {
        let repository = Repository::parse(url)?;
        let changed = address::fill(&root, &repository, options.homepage.as_deref(), options.documentation.as_deref())?;
        for file in &changed {
            println!("{file}: written");
        }
        println!("{} files have changed; read the difference before you commit it.", changed.len());
        return Ok(ExitCode::SUCCESS);
    }
    if options.notes {
        let text = fs::read_to_string(root.join("CHANGELOG.md")).context("could not read CHANGELOG.md")?;
        let section =
            changelog::section(&text, &version(&root)?).context("CHANGELOG.md has no section for the version")?;
        println!("{section}");
        return Ok(ExitCode::SUCCESS);
    }
    let readiness = ready::look(&root, tag().as_deref())?;
    if readiness.missing.is_empty() {
        println!("Version {} is ready: its tag is v{}.", readiness.version, readiness.version);
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("Version {} is not ready:", readiness.version);
    for sentence in &readiness.missing {
        eprintln!("- {sentence}");
    }
    Ok(ExitCode::FAILURE)
}

/// The tag that is being released, where GitHub says one.
fn tag() -> Option<String> {
    let is_branch = env::var("GITHUB_REF_TYPE").is_ok_and(|kind| kind != "tag");
    env::var("GITHUB_REF_NAME").ok().filter(|name| !name.is_empty() && !is_branch)
}
