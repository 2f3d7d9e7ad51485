//! `cargo xtask package --crates`: whether the packages for crates.io hold everything that they need.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use release_tools::archive;
use release_tools::manifest::{self, Published};
use toml_edit::DocumentMut;

use xtask::workspace::{self, cargo};

/// Makes the packages, unpacks them into a workspace of their own, and runs their tests there.
///
/// # Errors
/// When a step cannot even start.
pub(crate) fn test() -> Result<ExitCode> {
    let root = workspace::root();
    let published = manifest::published(&root)?;
    let mut packaging = cargo(["package", "--locked", "--no-verify"]);
    for package in &published {
        packaging.args(["--package", &package.name]);
    }
    // CI has nothing that is not committed, and at home one wants to know before that.
    if !workspace::run(packaging.arg("--allow-dirty"))?.success() {
        return Ok(ExitCode::FAILURE);
    }
    let metadata = manifest::metadata(&root, &["--no-deps"])?;
    let target = Path::new(metadata["target_directory"].as_str().context("cargo metadata says no target_directory")?);
    // Always the same one, or else Cargo would keep what it compiled for each.
    let folder = target.join("crates");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("could not empty {}", folder.display()))?;
    }
    unpack(&root, &published, &target.join("package"), &folder)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).context("could not copy Cargo.lock")?;
    let mut testing = cargo(["test", "--workspace", "--lib", "--bins", "--quiet"]);
    // Everything is compiled where the checkout's own tests are, and what crates.io has is compiled only once.
    testing.current_dir(&folder).env("CARGO_TARGET_DIR", target);
    // On crates.io there is no repository around them.
    testing.env("GIT_CEILING_DIRECTORIES", &folder);
    Ok(workspace::exit_code(workspace::run(&mut testing)?))
}

/// Unpacks the packages, and makes a workspace of them, in which each is taken for the one on crates.io. It has the
/// profiles of the checkout, or else Cargo would compile everything once more.
fn unpack(root: &Path, published: &[Published], from: &Path, to: &Path) -> Result<()> {
    let manifest: DocumentMut = fs::read_to_string(root.join("Cargo.toml"))?.parse().context("Cargo.toml")?;
    let mut profiles = DocumentMut::new();
    if let Some(profile) = manifest.get("profile") {
        profiles["profile"] = profile.clone();
    }
    let mut members = Vec::new();
    let mut patches = String::new();
    for Published { name, version, .. } in published {
        let member = format!("{name}-{version}");
        archive::unpack(&from.join(format!("{member}.crate")), to)?;
        // It is that of the package alone.
        fs::remove_file(to.join(&member).join("Cargo.lock")).ok();
        patches.push_str(&format!("{name} = {{ path = \"{member}\" }}\n"));
        members.push(format!("\"{member}\""));
    }
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n\n[patch.crates-io]\n{patches}\n{profiles}",
        members.join(", ")
    );
    fs::write(to.join("Cargo.toml"), manifest).context("could not write the manifest of the workspace")
}
