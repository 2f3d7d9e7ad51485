//! esbuild, which makes the script of the search shorter.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::checkers::package;

/// The version that the script in the repository was made with.
const ESBUILD: (&str, &str) = ("esbuild", "0.28.2");

/// A script without what only its authors need.
///
/// # Errors
/// When esbuild is not there and cannot be installed, or does not understand the script.
pub fn minified(script: &str) -> Result<String> {
    let folder = tempfile::tempdir()?;
    let [source, made] = ["search.js", "search.min.js"].map(|name| folder.path().join(name));
    fs::write(&source, script)?;
    let mut node = Command::new("node");
    node.arg(package(ESBUILD)?.join("bin/esbuild")).arg(&source).args([
        "--minify",
        "--charset=utf8",
        "--target=es2023",
    ]);
    let output = node.arg(format!("--outfile={}", made.display())).output().context("there is no node")?;
    ensure!(output.status.success(), "esbuild: {}", String::from_utf8_lossy(&output.stderr));
    Ok(fs::read_to_string(made)?)
}
