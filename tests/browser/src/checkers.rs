//! Programs of others that know the rules for pages better than these checks do: axe-core and the Nu HTML checker; and one
//! that the bench compares the search with.
//!
//! All come from npm, are installed in `target/tools` the first time, and are no part of this project. Where there is no
//! npm, or no Java for the second, their checks are skipped with the reason.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::book::workspace;

/// The versions that the project's pages were looked at with.
const AXE: (&str, &str) = ("axe-core", "4.14.1");
const NU: (&str, &str) = ("vnu-jar", "26.9.27");

/// The search that others put on their pages, in the version that was compared.
const PAGEFIND: (&str, &str) = ("pagefind", "1.6.0");

/// What the Nu HTML checker says.
#[derive(Deserialize)]
struct Said {
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    url: String,
    message: String,
    #[serde(rename = "lastLine")]
    line: Option<u32>,
}

/// The script of axe-core.
///
/// # Errors
/// When it is not there and cannot be installed, with the reason.
pub fn axe() -> Result<String> {
    let script = package(AXE)?.join("axe.min.js");
    fs::read_to_string(&script).with_context(|| format!("reading {}", script.display()))
}

/// The Nu HTML checker, ready to be given files.
///
/// # Errors
/// When it is not there and cannot be installed, or there is no Java.
pub fn nu() -> Result<Command> {
    let jar = package(NU)?.join("build/dist/vnu.jar");
    ensure!(jar.is_file(), "{} has no vnu.jar", NU.0);
    let java = Command::new("java").arg("-version").stderr(Stdio::null()).status();
    ensure!(java.is_ok_and(|status| status.success()), "there is no Java");
    let mut nu = Command::new("java");
    // Pages nest deeper than its stack has room for.
    nu.arg("-Xss8m").arg("-jar").arg(jar).args(["--errors-only", "--format", "json"]);
    Ok(nu)
}

/// The program that makes an index of Pagefind, with what Chinese needs.
///
/// # Errors
/// When it is not there and cannot be installed, with the reason.
pub fn pagefind() -> Result<PathBuf> {
    // npm installs the program of this system in a package of its own, beside this one.
    let package = package(PAGEFIND)?;
    let beside = package.parent().context("a package lies in a folder")?.join("@pagefind");
    let name = format!("pagefind_extended{}", std::env::consts::EXE_SUFFIX);
    let systems = fs::read_dir(&beside).with_context(|| format!("{} is for other systems", PAGEFIND.0))?;
    let programs = systems.flatten().map(|system| system.path().join("bin").join(&name));
    programs
        .into_iter()
        .find(|program| program.is_file())
        .with_context(|| format!("{} has no {name}", beside.display()))
}

/// What the Nu HTML checker finds in files, one sentence each.
///
/// # Errors
/// When its answer is none.
pub fn errors(mut nu: Command, files: &[PathBuf]) -> Result<Vec<String>> {
    let output = nu.args(files).output().context("java")?;
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Said = serde_json::from_str(&said).with_context(|| format!("the Nu HTML checker says {said}"))?;
    let sentence = |it: Message| format!("{}:{}: {}", it.url, it.line.unwrap_or_default(), it.message);
    Ok(said.messages.into_iter().map(sentence).collect())
}

/// The folder of a package of npm, which is installed where it is not there.
///
/// # Errors
/// When it cannot be installed.
pub fn package((name, version): (&str, &str)) -> Result<PathBuf> {
    let folder = workspace().join("target/tools/npm").join(format!("{name}-{version}"));
    let package = folder.join("node_modules").join(name);
    if !package.join("package.json").is_file() {
        install(&folder, &format!("{name}@{version}"))?;
    }
    Ok(package)
}

fn install(folder: &Path, what: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    // No script of a package runs.
    let options = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--silent"];
    let mut npm = Command::new("npm");
    npm.arg("install").args(options).arg("--prefix").arg(folder).arg(what).stdout(Stdio::null());
    let status = npm.status().context("there is no npm")?;
    ensure!(status.success(), "npm cannot install {what}");
    Ok(())
}
