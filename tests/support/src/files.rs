//! Files of a folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

/// A folder with these files, which goes with the value.
#[must_use]
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in files {
        write(folder.path(), file, text);
    }
    folder
}

/// The text of a file below a folder.
#[must_use]
#[track_caller]
pub fn read(root: &Path, file: &str) -> String {
    fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Writes a file below a folder, with the folders above it.
#[track_caller]
pub fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).unwrap_or_else(|error| panic!("{file}: {error}"));
    fs::write(path, text).unwrap_or_else(|error| panic!("{file}: {error}"));
}

/// Every file below a folder, relative to it, in order; a link is none.
#[must_use]
pub fn files(root: &Path) -> Vec<PathBuf> {
    WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| below(root, entry.path()))
        .collect()
}

/// What lies below a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A folder.
    Folder,
    /// A file, with its bytes.
    File(Vec<u8>),
    /// A link, with what it leads to.
    Link(PathBuf),
}

/// Every folder, file and link below a folder, relative to it: what has to be the same when nothing was touched.
#[must_use]
pub fn everything(root: &Path) -> BTreeMap<PathBuf, Entry> {
    let entries = WalkDir::new(root).min_depth(1).into_iter().map(|entry| entry.expect("it can be walked"));
    entries
        .map(|entry| {
            let path = entry.path();
            let held = match entry.file_type() {
                kind if kind.is_symlink() => Entry::Link(fs::read_link(path).expect("a link")),
                kind if kind.is_file() => Entry::File(fs::read(path).expect("a file")),
                _ => Entry::Folder,
            };
            (below(root, path), held)
        })
        .collect()
}

/// Makes a pipe.
#[cfg(unix)]
#[track_caller]
pub fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo").success(), "{}", path.display());
}

fn below(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).expect("below it").to_owned()
}
