//! What Cargo says of our packages.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use xtask::workspace::cargo_in;

/// A package that is published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its `repository`, `homepage` and `documentation`, as far as it has them.
    pub addresses: [Option<String>; 3],
    /// The packages that it depends on, with the versions that it asks for.
    pub needs: Vec<(String, String)>,
}

/// The packages of a workspace that are published, those that others need first.
///
/// # Errors
/// When `cargo metadata` fails, or says something else than it used to.
pub fn published(root: &Path) -> Result<Vec<Published>> {
    let metadata = metadata(root, &["--no-deps"])?;
    let packages = metadata["packages"].as_array().context("cargo metadata says no packages")?;
    let mut published: Vec<Published> =
        packages.iter().filter(|package| package["publish"].is_null()).map(read).collect::<Result<_>>()?;
    let names: Vec<String> = published.iter().map(|package| package.name.clone()).collect();
    published.sort_by_key(|package| package.needs.iter().filter(|(name, _)| names.contains(name)).count());
    Ok(published)
}

/// What `cargo metadata` says.
///
/// # Errors
/// When it fails.
pub fn metadata(root: &Path, args: &[&str]) -> Result<Value> {
    let mut metadata = cargo_in(root, ["metadata", "--format-version", "1", "--locked"]);
    metadata.args(args);
    serde_json::from_str(&said(&mut metadata)?).context("what cargo metadata says is no JSON")
}

/// What a command of Cargo's prints.
pub(crate) fn said(command: &mut Command) -> Result<String> {
    let output = command.output().context("could not run cargo")?;
    if !output.status.success() {
        let verb = command.get_args().next().unwrap_or_default().display();
        bail!("cargo {verb} failed: {}", String::from_utf8_lossy(&output.stderr).trim_end());
    }
    String::from_utf8(output.stdout).context("what cargo says is no UTF-8")
}

fn read(package: &Value) -> Result<Published> {
    let text = |key: &str| package[key].as_str().map(str::to_owned);
    let dependencies = package["dependencies"].as_array().context("a package has no list of dependencies")?;
    let needs = dependencies.iter().filter(|needed| needed["kind"].is_null());
    let needs =
        needs.filter_map(|needed| Some((needed["name"].as_str()?.to_owned(), needed["req"].as_str()?.to_owned())));
    Ok(Published {
        name: text("name").context("a package has no name")?,
        version: text("version").context("a package has no version")?,
        addresses: ["repository", "homepage", "documentation"].map(text),
        needs: needs.collect(),
    })
}
