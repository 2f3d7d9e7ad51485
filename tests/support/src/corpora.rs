//! Sample notes of other people, which are not a part of the project.
//!
//! A corpus is a folder with a `notes.bundle` (a git repository) or a `notes.tar.gz`, and files that say what has to
//! come out of it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::git;
use crate::program::skip;

/// The variable that names the folder of corpora.
const VARIABLE: &str = "BILINGUAL_CORPORA";

/// The folder that `BILINGUAL_CORPORA` names; without one the test of this name is skipped, and says so.
#[must_use]
pub fn all(test: &str) -> Option<PathBuf> {
    let corpora = env::var_os(VARIABLE).map(PathBuf::from);
    if corpora.is_none() {
        skip(test, &format!("{VARIABLE} names no folder"));
    }
    corpora
}

/// The corpus of this name; without it, too, the test is skipped.
#[must_use]
pub fn one(name: &str, test: &str) -> Option<PathBuf> {
    let corpus = all(test)?.join(name);
    if !corpus.is_dir() {
        skip(test, &format!("there is no {name} in {VARIABLE}"));
        return None;
    }
    Some(corpus)
}

/// Unpacks a corpus into a folder, which is made.
///
/// # Panics
/// When there is no git or no tar, or when they fail.
#[track_caller]
pub fn unpack(corpus: &Path, folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    let bundle = corpus.join("notes.bundle");
    let mut unpack = if bundle.exists() {
        let mut clone = git::command(folder);
        clone.args(["clone", "--quiet"]).arg(bundle).arg(".");
        clone
    } else {
        let mut tar = Command::new("tar");
        tar.arg("-xzf").arg(corpus.join("notes.tar.gz")).arg("-C").arg(folder);
        tar
    };
    assert!(unpack.status().is_ok_and(|status| status.success()), "{} cannot be unpacked", corpus.display());
}
