//! The licences of what the program holds of others.
//!
//! cargo-about writes those of the crates, by `about.toml` and `about.hbs` in this folder; the rest stands in the checkout
//! and is appended: what `install` copies into books, and what every Rust program holds.
//! The file is made for each release and not kept in the repository: whoever updates a dependency would need cargo-about
//! for it. What would be a surprise on the day of a release, a licence that was never looked at, is found by a test, which
//! compares the licences that crates name with those in `about.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::manifest;
use crate::names::{NAME, PROGRAMS};
use anyhow::{Context, Result, bail};
use xtask::workspace::cargo_in;

/// The version of cargo-about that `about.toml` was written for.
pub const CARGO_ABOUT: &str = "0.9.3";

/// Files of the checkout with licences of what the program carries: what it is, and the file.
const CARRIED: [(&str, &str); 4] = [
    ("Mermaid, which draws diagrams, and its libraries", "theme/diagrams/mermaid.license.txt"),
    ("The font of formulas", "theme/fonts/BILINGUAL-MATH-LICENSE.txt"),
    ("The fonts of formulas in exports, of which drawings have the outlines", "exports/wechat/fonts.license.txt"),
    (
        "The standard library of Rust, and musl in the programs for Linux that need no C library",
        "packaging/runtime.txt",
    ),
];

/// A crate that the programs are made of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Used {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its `license`, an SPDX expression, if it says one.
    pub license: Option<String>,
}

/// Writes the file with the help of cargo-about.
///
/// # Errors
/// When cargo-about cannot run, or a crate has a licence that `about.toml` does not accept.
pub fn write(root: &Path, cargo_about: &Path, to: &Path) -> Result<()> {
    let output = Command::new(cargo_about)
        // Of all packages, because more than one is a program; those of the tools come with them.
        .args(["about", "generate", "--locked", "--fail", "--workspace"])
        .args(["--config", "packaging/about.toml", "packaging/about.hbs"])
        .current_dir(root)
        .output()
        .context("could not run cargo-about")?;
    if !output.status.success() {
        bail!("cargo-about failed:\n{}", String::from_utf8_lossy(&output.stderr).trim_end());
    }
    let mut text = String::from_utf8(output.stdout).context("what cargo-about says is no UTF-8")?;
    for (what, file) in CARRIED {
        let license = fs::read_to_string(root.join(file)).with_context(|| format!("could not read {file}"))?;
        text.push_str(&format!("\n## {what}\n\n````text\n{}\n````\n", license.replace("\r\n", "\n").trim_end()));
    }
    fs::write(to, text).with_context(|| format!("could not write {}", to.display()))
}

/// The crates of the programs that a text with licences does not name, as `name version`.
///
/// # Errors
/// As [`used`].
pub fn unnamed(root: &Path, text: &str, target: &str) -> Result<Vec<String>> {
    let used = used(root, &[target])?;
    let names = used.iter().map(|it| format!("{} {}", it.name, it.version));
    Ok(names.filter(|name| !text.contains(&format!("{name}]")) && !text.contains(&format!("{name}\n"))).collect())
}

/// The crates of others that the programs are made of, on these systems.
///
/// # Errors
/// When `cargo tree` fails.
pub fn used(root: &Path, targets: &[&str]) -> Result<BTreeSet<Used>> {
    let mut used = BTreeSet::new();
    for program in PROGRAMS {
        for target in targets {
            let mut tree = cargo_in(root, ["tree"]);
            // What `cargo metadata` says is about the whole workspace, whose features are more than those of a program.
            tree.args(["--locked", "--package", program, "--target", target]);
            tree.args(["--edges", "normal", "--prefix", "none", "--format", "{p}|{l}"]);
            let said = manifest::said(&mut tree)?;
            used.extend(said.lines().filter_map(read_used).filter(|it| !it.name.starts_with(NAME)));
        }
    }
    Ok(used)
}

/// `clap_derive v4.6.9 (proc-macro)|MIT OR Apache-2.0 (*)`
fn read_used(line: &str) -> Option<Used> {
    let (package, license) = line.trim_end_matches(" (*)").split_once('|')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    let license = Some(license.to_owned()).filter(|license| !license.is_empty());
    Some(Used { name: name.to_owned(), version: version.to_owned(), license })
}

/// The licences that `about.toml` accepts, and those that it accepts of single crates, by their names.
///
/// # Errors
/// When it cannot be read.
pub fn accepted(root: &Path) -> Result<BTreeMap<Option<String>, Vec<String>>> {
    let text = fs::read_to_string(root.join("packaging/about.toml")).context("packaging/about.toml")?;
    let about: toml_edit::DocumentMut = text.parse().context("packaging/about.toml")?;
    let list = |item: Option<&toml_edit::Item>| -> Vec<String> {
        let array = item.and_then(toml_edit::Item::as_array);
        array.into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
    };
    let of_one =
        about.iter().filter_map(|(name, item)| Some((Some(name.to_owned()), list(item.as_table()?.get("accepted")))));
    let mut accepted: BTreeMap<Option<String>, Vec<String>> = of_one.collect();
    accepted.insert(None, list(about.get("accepted")));
    Ok(accepted)
}

/// Whether an SPDX expression can be met with these licences. What is nested deeper than our crates nest it is said not to
/// be.
#[must_use]
pub fn is_accepted(license: &str, accepted: &[&str]) -> bool {
    let license = license.replace('/', " OR ");
    license.split(" AND ").all(|part| {
        let mut choices = part.split(" OR ").map(|choice| choice.trim_matches(|c: char| "() ".contains(c)));
        choices.any(|choice| accepted.contains(&choice))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_tree_says_is_read() {
        let used = read_used("clap_derive v4.6.9 (proc-macro)|MIT OR Apache-2.0 (*)");
        let license = Some("MIT OR Apache-2.0".to_owned());
        assert_eq!(used, Some(Used { name: "clap_derive".into(), version: "4.6.9".into(), license }));
        assert_eq!(read_used("other v1.0.0|").and_then(|used| used.license), None);
        assert_eq!(read_used(""), None);
    }

    #[test]
    fn a_choice_of_licences_needs_one_of_them() {
        for license in ["MIT", "MIT OR GPL-3.0", "GPL-3.0/MIT", "(GPL-2.0 OR MIT) AND Unicode-3.0"] {
            assert!(is_accepted(license, &["MIT", "Unicode-3.0"]), "{license}");
        }
        for license in ["GPL-3.0", "MIT AND GPL-3.0", "MITx", ""] {
            assert!(!is_accepted(license, &["MIT", "Unicode-3.0"]), "{license}");
        }
    }
}
