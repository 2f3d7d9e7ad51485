//! Where the repository is, written wherever it stands.
//!
//! It is said once, by `repository` in `[workspace.package]`; documents, the action and the manifests cannot read it from
//! there. Until somebody has said where it is, all of them hold a placeholder.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use toml_edit::{DocumentMut, value};

use crate::git;

/// In two pieces, so that what looks for the placeholder does not find itself.
const NOBODY: &str = concat!("OW", "NER");

/// A repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    owner: String,
    name: String,
}

impl Repository {
    /// What stands where nobody has said anything yet.
    #[must_use]
    pub fn placeholder() -> Self {
        Self { owner: NOBODY.to_owned(), name: "mdbook-bilingual".to_owned() }
    }

    /// `https://github.com/somebody/mdbook-bilingual`
    ///
    /// # Errors
    /// For any other address: releases, the action and the container live on GitHub.
    pub fn parse(url: &str) -> Result<Self> {
        let path =
            url.trim_end_matches('/').strip_prefix("https://github.com/").map(|path| path.trim_end_matches(".git"));
        let parts: Vec<&str> = path.unwrap_or_default().split('/').collect();
        let is_name =
            |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        match parts.as_slice() {
            [owner, name] if parts.iter().all(is_name) => Ok(Self { owner: (*owner).into(), name: (*name).into() }),
            _ => bail!(
                "{url} is no address of a repository on GitHub, such as https://github.com/somebody/mdbook-bilingual"
            ),
        }
    }

    /// What `Cargo.toml` says.
    ///
    /// # Errors
    /// When it says nothing, or something that cannot be used.
    pub fn of(root: &Path) -> Result<Self> {
        let manifest = read_manifest(root)?;
        let url = manifest["workspace"]["package"].get("repository").and_then(|item| item.as_str());
        Self::parse(url.context("Cargo.toml has no `repository` in [workspace.package]")?)
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("https://github.com/{}", self.path())
    }

    /// `somebody/mdbook-bilingual`
    fn path(&self) -> String {
        format!("{}/{}", self.owner, self.name)
    }

    /// `ghcr.io/somebody/mdbook-bilingual`: names of images have no capital letters.
    fn image(&self) -> String {
        format!("ghcr.io/{}", self.path().to_lowercase())
    }

    /// `somebody.github.io/mdbook-bilingual`
    fn pages(&self) -> String {
        format!("{}.github.io/{}", self.owner.to_lowercase(), self.name)
    }

    /// A text with another repository in the place of this one, wherever it is named.
    #[must_use]
    pub fn replaced(&self, text: &str, by: &Self) -> String {
        // The placeholder is written in capitals everywhere, because it is meant to be seen.
        let text = replace_name(text, &format!("ghcr.io/{}", self.path()), &by.image());
        let text = replace_name(&text, &self.image(), &by.image());
        let text = replace_name(&text, &format!("{}.github.io/{}", self.owner, self.name), &by.pages());
        let text = replace_name(&text, &self.pages(), &by.pages());
        replace_name(&text, &self.path(), &by.path())
    }

    /// Whether a text names it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let nobody = Self { owner: String::new(), name: String::new() };
        self.replaced(text, &nobody) != text
    }
}

/// Writes the address of the repository wherever it stands, and returns the files that have changed.
/// Homepage and documentation, where they are given, go into `Cargo.toml`.
///
/// # Errors
/// When a file cannot be read or written.
pub fn fill(
    root: &Path,
    repository: &Repository,
    homepage: Option<&str>,
    documentation: Option<&str>,
) -> Result<Vec<String>> {
    let before = Repository::of(root)?;
    let mut changed = Vec::new();
    for (file, text) in texts(root)? {
        let mut after = before.replaced(&text, repository);
        if file == "Cargo.toml" {
            after = with_addresses(&after, homepage, documentation)?;
        }
        if after != text {
            fs::write(root.join(&file), after).with_context(|| format!("could not write {file}"))?;
            changed.push(file);
        }
    }
    Ok(changed)
}

/// The texts that git knows: path and content.
///
/// # Errors
/// When git or a file cannot be read.
pub fn texts(root: &Path) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for file in git::files(root)? {
        let path = root.join(&file);
        // A link leads to a file of its own; one that was deleted says nothing.
        if path.is_symlink() || !path.is_file() {
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("could not read {file}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            texts.push((file, text));
        }
    }
    Ok(texts)
}

fn with_addresses(manifest: &str, homepage: Option<&str>, documentation: Option<&str>) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse().context("Cargo.toml")?;
    for (key, address) in [("homepage", homepage), ("documentation", documentation)] {
        if let Some(address) = address {
            if !address.starts_with("https://") {
                bail!("{address} is no address that begins with https://");
            }
            manifest["workspace"]["package"][key] = value(address);
        }
    }
    Ok(manifest.to_string())
}

fn read_manifest(root: &Path) -> Result<DocumentMut> {
    let text = fs::read_to_string(root.join("Cargo.toml")).context("could not read Cargo.toml")?;
    text.parse().context("Cargo.toml")
}

/// Replaces a name where it is no part of a longer one.
fn replace_name(text: &str, name: &str, by: &str) -> String {
    let is_inside = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let (before, after) = (&rest[..at], &rest[at + name.len()..]);
        let is_part = before.ends_with(is_inside) || after.starts_with(is_inside);
        replaced.push_str(before);
        replaced.push_str(if is_part { name } else { by });
        rest = after;
    }
    replaced + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_a_repository_on_github() {
        for url in [
            "https://github.com/Some-Body/book",
            "https://github.com/Some-Body/book.git",
            "https://github.com/Some-Body/book/",
        ] {
            assert_eq!(
                Repository::parse(url).map(|it| it.url()).ok().as_deref(),
                Some("https://github.com/Some-Body/book")
            );
        }
        for url in [
            "",
            "https://gitlab.com/a/b",
            "https://github.com/a",
            "https://github.com/a/b/c",
            "https://github.com/a b/c",
        ] {
            assert!(Repository::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_repository_is_replaced_wherever_it_is_named() -> Result<()> {
        let to = Repository::parse("https://github.com/Some-Body/book")?;
        let from = Repository::placeholder();
        let text = format!(
            "{url}/releases uses: {path}@v0 ghcr.io/{path}:0.1 https://{NOBODY}.github.io/mdbook-bilingual/ {path}-more",
            url = from.url(),
            path = from.path()
        );
        let after = from.replaced(&text, &to);
        assert_eq!(
            after,
            format!(
                "https://github.com/Some-Body/book/releases uses: Some-Body/book@v0 ghcr.io/some-body/book:0.1 \
                 https://some-body.github.io/book/ {}-more",
                from.path()
            )
        );
        assert!(from.is_in(&text) && !from.is_in(&after) && to.is_in(&after));
        Ok(())
    }

    #[test]
    fn who_moves_says_it_once_more() -> Result<()> {
        let [first, second] =
            ["https://github.com/Some/book", "https://github.com/other/thing"].map(Repository::parse).map(Result::ok);
        let (Some(first), Some(second)) = (first, second) else { bail!("two addresses") };
        let from = Repository::placeholder();
        let text = format!("{} ghcr.io/{} {NOBODY}.github.io/mdbook-bilingual", from.url(), from.path());
        assert_eq!(first.replaced(&from.replaced(&text, &first), &second), from.replaced(&text, &second));
        Ok(())
    }
}
