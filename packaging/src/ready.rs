//! What is missing for a release.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::address::{self, Repository};
use crate::manifest::{Published, published};
use crate::names::NAME;
use crate::{changelog, git};

/// What a release is made of, and what it still lacks, each in one sentence.
#[derive(Debug)]
pub struct Readiness {
    /// The version that would be released.
    pub version: String,
    /// What is missing; empty when all is ready.
    pub missing: Vec<String>,
}

/// Looks at a checkout. `tag` is the name of the tag that is to be released, if there is one already.
///
/// # Errors
/// When something cannot be looked at.
pub fn look(root: &Path, tag: Option<&str>) -> Result<Readiness> {
    let packages = published(root)?;
    let version = packages.first().context("no package is published")?.version.clone();
    let mut missing = Vec::new();
    missing.extend(about_packages(&packages, &version));
    let texts = address::texts(root)?;
    missing.extend(about_address(&texts));
    missing.extend(about_changelog(root, &version)?);
    missing.extend(about_documents(&texts, &version));
    let changes = git::git(root, &["status", "--porcelain"])?;
    if !changes.is_empty() {
        missing.push(format!("{} files are not as they were committed (`git status`)", changes.lines().count()));
    }
    if let Some(tag) = tag
        && tag != format!("v{version}")
    {
        missing.push(format!("the tag is called {tag}, and the version is {version}: call it v{version}"));
    }
    Ok(Readiness { version, missing })
}

fn about_packages(packages: &[Published], version: &str) -> Vec<String> {
    let mut missing = Vec::new();
    for package in packages {
        if package.version != version {
            missing.push(format!("{} has version {}, and not {version}", package.name, package.version));
        }
        for (name, needed) in &package.needs {
            if packages.iter().any(|other| other.name == *name) && *needed != format!("^{version}") {
                missing.push(format!(
                    "{} needs {name} {needed}, and not {version} ([workspace.dependencies])",
                    package.name
                ));
            }
        }
        for (key, address) in ["repository", "homepage", "documentation"].into_iter().zip(&package.addresses) {
            if address.is_none() {
                missing.push(format!("{} has no `{key}` in its manifest", package.name));
            }
        }
    }
    missing
}

fn about_address(texts: &[(String, String)]) -> Option<String> {
    let placeholder = Repository::placeholder();
    let files: Vec<&str> =
        texts.iter().filter(|(_, text)| placeholder.is_in(text)).map(|(file, _)| file.as_str()).collect();
    (!files.is_empty()).then(|| {
        format!(
            "nobody has said where the repository is: {} is in {}; run `cargo xtask release --repository URL`",
            placeholder.url(),
            files.join(", ")
        )
    })
}

fn about_changelog(root: &Path, version: &str) -> Result<Vec<String>> {
    let text = fs::read_to_string(root.join("CHANGELOG.md")).context("could not read CHANGELOG.md")?;
    let mut missing = Vec::new();
    match changelog::section(&text, version) {
        None => missing.push(format!("CHANGELOG.md has no section `## [{version}] - YYYY-MM-DD`")),
        Some(section) if section.is_empty() => missing.push(format!("CHANGELOG.md says nothing below [{version}]")),
        Some(_) if !changelog::has_day(&text, version) => {
            missing.push(format!("CHANGELOG.md says no day of [{version}]: `## [{version}] - YYYY-MM-DD`"));
        }
        Some(_) => {}
    }
    if changelog::section(&text, "Unreleased").is_some_and(|section| !section.is_empty()) {
        missing.push(format!("CHANGELOG.md has lines under [Unreleased]: they belong below [{version}]"));
    }
    Ok(missing)
}

/// What documents say of a version, as `mdbook-bilingual@0.1.0`, `mdbook-bilingual-v0.1.0`, `mdbook-bilingual@v0` for the
/// action and `mdbook-bilingual:0.1` for the container.
fn about_documents(texts: &[(String, String)], version: &str) -> Vec<String> {
    let mut parts = version.split('.');
    let (major, minor) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let right = [format!("@{version}"), format!("-v{version}"), format!("@v{major}"), format!(":{major}.{minor}")];
    let mut missing = Vec::new();
    for (file, text) in texts {
        if !file.ends_with(".md") || !(file.starts_with("README") || file.starts_with("guide/")) {
            continue;
        }
        for (line, text) in (1..).zip(text.lines()) {
            for rest in text.split(NAME).skip(1) {
                let end = rest.find(|c: char| !(c.is_ascii_digit() || "@-:v.".contains(c))).unwrap_or(rest.len());
                let said = rest[..end].trim_end_matches(['.', '-', ':']);
                let is_version = said.contains(|c: char| c.is_ascii_digit());
                // `-beta.1` at the end of a version is no part of what was read.
                let is_right =
                    |right: &String| right == said || version.contains('-') && rest.starts_with(right.as_str());
                if is_version && !right.iter().any(is_right) {
                    missing.push(format!("{file}:{line} says {NAME}{said}, and the version is {version}"));
                }
            }
        }
    }
    missing
}
