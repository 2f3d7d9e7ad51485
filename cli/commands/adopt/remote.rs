//! Where the repository of a folder is shown on the web, as far as its clone or its notes tell.
//!
//! ```text
//! .git/config: url = git@github.com:o/r.git                     →   https://github.com/o/r
//! notes that link https://github.com/o/r/blob/main/a/b.md,
//! where a/b.md is a note of this folder                         →   https://github.com/o/r, branch main
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_bilingual_core::assembly::Material;
use mdbook_bilingual_core::facts::git::layout;
use mdbook_bilingual_core::files::{self, repository_of};
use mdbook_bilingual_core::values::Repository;
use percent_encoding::percent_decode_str;

/// An address and a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remote {
    pub(super) address: String,
    pub(super) branch: String,
}

/// How many different notes have to be linked at an address before it is taken for the repository's.
const ENOUGH: usize = 2;

/// Where the repository around `dir` is shown.
pub(super) fn find(dir: &Path, material: &Material) -> Option<Remote> {
    let linked = linked(material);
    let git = git_folder(dir);
    let remote = git.as_deref().and_then(remote);
    let address = match remote {
        Some(address) => address,
        None => {
            let most = linked.iter().max_by_key(|(_, branches)| branches.values().map(BTreeSet::len).sum::<usize>())?;
            let count: usize = most.1.values().map(BTreeSet::len).sum();
            (count >= ENOUGH).then(|| most.0.clone())?
        }
    };
    let by_links = linked
        .get(&address)
        .and_then(|branches| branches.iter().max_by_key(|(_, notes)| notes.len()).map(|(branch, _)| branch.clone()));
    let branch = by_links.or_else(|| git.as_deref().and_then(branch)).unwrap_or_else(|| "main".to_owned());
    Some(Remote { address, branch })
}

/// Address → branch → the notes that are linked there.
fn linked(material: &Material) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut found: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for link in material.chapters.iter().flat_map(|chapter| &chapter.note.anatomy.links) {
        let Some(FilePage { address, branch, path }) = FilePage::of(&link.destination) else { continue };
        let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
        let name = path.rsplit('/').next().unwrap_or_default();
        // Every repository has a README at its root.
        let tells = path.contains('/') || !name.to_lowercase().starts_with("readme");
        if tells && material.files.notes.contains_key(&path) {
            found.entry(address).or_default().entry(branch.to_owned()).or_default().insert(path);
        }
    }
    found
}

/// The page of a file, or of a folder, on a site that shows repositories:
/// `https://github.com/o/r/blob/main/a/b.md`, `https://gitlab.com/o/r/-/raw/main/a/b.md`.
#[derive(Debug, PartialEq, Eq)]
struct FilePage<'a> {
    /// Of the repository.
    address: String,
    branch: &'a str,
    /// As it is written.
    path: &'a str,
}

impl<'a> FilePage<'a> {
    fn of(destination: &'a str) -> Option<Self> {
        let rest = destination.strip_prefix("https://").or_else(|| destination.strip_prefix("http://"))?;
        let rest = rest.strip_prefix("www.").unwrap_or(rest).split(['?', '#']).next()?;
        // An owner may be called `tree`.
        rest.match_indices('/').find_map(|(at, _)| {
            let kinds = ["/blob/", "/tree/", "/raw/"].into_iter();
            let behind = kinds.filter_map(|kind| rest[at..].strip_prefix(kind)).next()?;
            let repository = rest[..at].strip_suffix("/-").unwrap_or(&rest[..at]);
            let (branch, path) = behind.split_once('/')?;
            let (host, of_host) = repository.split_once('/')?;
            let is_one = [host, of_host, branch, path].iter().all(|part| !part.is_empty());
            is_one.then(|| Self { address: format!("https://{repository}"), branch, path })
        })
    }
}

/// The folder of git's own files, which a work tree shares with others.
fn git_folder(dir: &Path) -> Option<PathBuf> {
    Some(layout::common(repository_of(&fs::canonicalize(dir).ok()?)?))
}

/// The address that `origin`, or else the only remote, was cloned from. git is not asked: its configuration is a few
/// lines, and a program that is not run cannot be made to run another.
fn remote(git: &Path) -> Option<String> {
    let text = files::text(&git.join("config")).ok()?;
    let mut section = String::new();
    let mut urls: Vec<(String, String)> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line.to_owned();
        } else if let Some(name) = section.strip_prefix("[remote \"").and_then(|rest| rest.strip_suffix("\"]"))
            && let Some((key, value)) = line.split_once('=')
            && key.trim() == "url"
        {
            urls.push((name.to_owned(), value.trim().trim_matches('"').to_owned()));
        }
    }
    let origin = urls.iter().find(|(name, _)| name == "origin").or_else(|| urls.first().filter(|_| urls.len() == 1));
    Repository::normalised(&origin?.1)
}

/// The branch that the remote shows first, else the one that is checked out.
fn branch(git: &Path) -> Option<String> {
    let head = |path: PathBuf, prefix: &str| {
        let text = files::text(&path).ok()?;
        Some(text.trim().strip_prefix("ref: ")?.strip_prefix(prefix)?.to_owned())
    };
    head(git.join("refs/remotes/origin/HEAD"), "refs/remotes/origin/").or_else(|| head(git.join("HEAD"), "refs/heads/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_files() {
        for (destination, address, branch, path) in [
            ("https://github.com/o/r/blob/main/a/b.md", "https://github.com/o/r", "main", "a/b.md"),
            ("http://www.github.com/o/r/tree/v1/a?x#y", "https://github.com/o/r", "v1", "a"),
            ("https://gitlab.com/g/o/r/-/raw/main/a.md", "https://gitlab.com/g/o/r", "main", "a.md"),
            ("https://github.com/tree/r/blob/main/a.md", "https://github.com/tree/r", "main", "a.md"),
        ] {
            assert_eq!(FilePage::of(destination), Some(FilePage { address: address.to_owned(), branch, path }));
        }
        for destination in [
            "https://github.com/o/r",
            "https://github.com/o/r/blob/main",
            "https://github.com/o/r/blob/main/#a",
            "https://github.com/blob/main/a.md",
            "https://e.com/o?u=https://github.com/o/r/blob/main/a.md",
            "a/blob/main/a.md",
            "mailto:a@b.c",
            "https:///o/blob/main/a.md",
        ] {
            assert_eq!(FilePage::of(destination), None, "{destination}");
        }
    }

    #[test]
    fn the_remote_and_the_branch_of_a_clone() {
        let folder = tempfile::tempdir().expect("a folder");
        let git = folder.path().join(".git");
        fs::create_dir_all(git.join("refs/remotes/origin")).expect("a folder");
        fs::write(
            git.join("config"),
            "[core]\n\tbare = false\n[remote \"up\"]\n\turl = x\n[remote \"origin\"]\n\turl = git@github.com:o/r.git\n",
        )
        .expect("written");
        fs::write(git.join("HEAD"), "ref: refs/heads/topic\n").expect("written");
        let shown = |branch: &str| Some(Remote { address: "https://github.com/o/r".into(), branch: branch.into() });
        assert_eq!(find(folder.path(), &Material::default()), shown("topic"));
        fs::write(git.join("refs/remotes/origin/HEAD"), "ref: refs/remotes/origin/trunk\n").expect("written");
        assert_eq!(find(folder.path(), &Material::default()), shown("trunk"));
    }
}
