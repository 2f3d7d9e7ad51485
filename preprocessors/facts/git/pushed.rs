//! Whether the repository on the web shows a file as it is here, as far as this clone knows.
//!
//! ```text
//! a/loss.png, its bytes     =     refs/remotes/origin/main:a/loss.png
//! ```
//!
//! What a clone knows of the web is what it last fetched or pushed. Nothing is fetched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::contents::Contents;
use super::layout;
use super::process::Running;
use crate::files;

/// How many bytes of a file are compared.
const LARGEST: u64 = 64 << 20;

/// How many branches of the web are looked at: a repository may have very many, and most have the same files.
const MOST: usize = 64;

/// How many bytes git may say of the branches.
const LONGEST: u64 = 16 << 20;

/// What git is asked: the commit of each branch, whether it is the one that is checked out, and which one of the web it
/// goes to.
const BRANCHES: &[&str] =
    &["for-each-ref", "--format=%(objectname) %(HEAD) %(refname) %(upstream)", "refs/heads", "refs/remotes"];

/// What the web has, as a clone knows it. Git is asked when the first file is, and once for all of them.
pub struct Pushed {
    repository: PathBuf,
    branch: Option<String>,
    /// The commits to look at.
    commits: Option<Vec<String>>,
    contents: Contents<'static>,
    known: BTreeMap<String, bool>,
}

impl Pushed {
    /// Of a repository, by the folder that has its `.git`. `branch` is the one that the web shows; without it, the one that
    /// what is checked out goes to, and without that, any.
    #[must_use]
    pub fn new(repository: &Path, branch: Option<&str>) -> Self {
        Self {
            repository: repository.to_owned(),
            branch: branch.map(str::to_owned),
            commits: None,
            contents: Contents::new(repository),
            known: BTreeMap::new(),
        }
    }

    /// Whether the web has the file at a path from the root of the repository, with the same bytes.
    pub fn has(&mut self, path: &str) -> bool {
        if let Some(known) = self.known.get(path) {
            return *known;
        }
        let has = self.find(path);
        self.known.insert(path.to_owned(), has);
        has
    }

    fn find(&mut self, path: &str) -> bool {
        let commits = self.commits.get_or_insert_with(|| commits(&self.repository, self.branch.as_deref()));
        if commits.is_empty() {
            return false;
        }
        let Ok(bytes) = files::bytes(&self.repository.join(path), LARGEST) else { return false };
        let objects: BTreeSet<String> =
            commits.iter().filter_map(|commit| self.contents.object(commit, path)).collect();
        objects.iter().any(|name| is_object(&bytes, name))
    }
}

/// The commits of the web in which a file may be.
fn commits(repository: &Path, branch: Option<&str>) -> Vec<String> {
    if layout::endless(repository).is_some() {
        return Vec::new();
    }
    let mut said = String::new();
    let read = Running::start(repository, BRANCHES).ok().and_then(|mut git| {
        BufReader::new(&mut git).take(LONGEST).read_to_string(&mut said).ok()?;
        git.end().ok()
    });
    if read.is_none() { Vec::new() } else { shown(&said, branch) }
}

/// The commits of the branches that the web shows, out of all branches.
fn shown(said: &str, branch: Option<&str>) -> Vec<String> {
    let mut remotes: Vec<(&str, &str)> = Vec::new();
    let mut upstream = None;
    for line in said.lines() {
        let Some((commit, rest)) = line.split_once(' ') else { continue };
        // A branch that is not checked out has a space for its mark.
        let (is_head, rest) = (rest.starts_with('*'), rest.get(2..).unwrap_or_default());
        let (name, goes_to) = rest.split_once(' ').unwrap_or((rest, ""));
        match name.strip_prefix("refs/remotes/") {
            Some(_) => remotes.push((commit, name)),
            None if is_head => upstream = Some(goes_to).filter(|name| !name.is_empty()),
            None => {}
        }
    }
    // Behind the name of the remote, which may have slashes as well.
    let is_shown =
        |name: &str| branch.is_some_and(|branch| name.strip_suffix(branch).is_some_and(|rest| rest.ends_with('/')));
    let of = |is: &dyn Fn(&str) -> bool| -> Vec<String> {
        let found = remotes.iter().filter(|(_, name)| is(name)).map(|(commit, _)| (*commit).to_owned());
        let found: BTreeSet<String> = found.collect();
        found.into_iter().take(MOST).collect()
    };
    [of(&is_shown), of(&|name| upstream == Some(name)), of(&|_| true)]
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

/// Whether git has these bytes under this name: as they are, with other ends of lines, or as what stands for a file that
/// Git LFS keeps.
fn is_object(bytes: &[u8], name: &str) -> bool {
    if is_named(bytes, name) {
        return true;
    }
    if std::str::from_utf8(bytes).is_ok_and(|text| is_named(text.replace("\r\n", "\n").as_bytes(), name)) {
        return true;
    }
    let digest = hexadecimal(&Sha256::digest(bytes));
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize {}\n", bytes.len());
    is_named(pointer.as_bytes(), name)
}

fn is_named(bytes: &[u8], name: &str) -> bool {
    let head = format!("blob {}\0", bytes.len());
    match name.len() {
        40 => hexadecimal(&Sha1::new().chain_update(head).chain_update(bytes).finalize()) == name,
        64 => hexadecimal(&Sha256::new().chain_update(head).chain_update(bytes).finalize()) == name,
        _ => false,
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_of_the_web() {
        let said = "1 * refs/heads/main refs/remotes/origin/dev\n2   refs/heads/x refs/remotes/origin/x\n\
            3   refs/remotes/origin/dev \n4   refs/remotes/origin/main \n5   refs/remotes/o/p/main \n6   refs/remotes/origin/domain \n";
        assert_eq!(shown(said, Some("main")), ["4", "5"]);
        assert_eq!(shown(said, Some("no-such-branch")), ["3"]);
        assert_eq!(shown(&said.replace("1 *", "1  "), None), ["3", "4", "5", "6"]);
        assert!(shown("1 * refs/heads/main \n\n图\n", Some("main")).is_empty());
    }

    #[test]
    fn bytes_have_the_names_that_git_gives_them() {
        assert!(is_object(b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"));
        // printf 'a\nb\n' | git hash-object --stdin
        assert!(is_object(b"a\r\nb\r\n", "422c2b7ab3b3c668038da977e4e93a5fc623169c"));
        assert!(!is_object(b"a", "422c2b7ab3b3c668038da977e4e93a5fc623169c"));
    }
}
