//! What the files of a repository tell before git is asked, as gitrepository-layout(5) describes them.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::files;

/// The folder that all work trees of a repository share. Whether there is a repository at all is git's to say.
pub fn common(repository: &Path) -> PathBuf {
    shared(&own(repository))
}

/// The folder of a work tree.
fn own(repository: &Path) -> PathBuf {
    let own = repository.join(".git");
    // A work tree and a submodule have a file that says where the folder is.
    named(&own, "gitdir:").map_or(own, |folder| repository.join(folder))
}

fn shared(own: &Path) -> PathBuf {
    named(&own.join("commondir"), "").map_or(own.to_owned(), |common| own.join(common))
}

fn named(file: &Path, key: &str) -> Option<PathBuf> {
    let text = files::text(file).ok()?;
    Some(PathBuf::from(text.trim().strip_prefix(key)?.trim()))
}

/// The folders in which git looks for anything, from its own.
const FOLDERS: &[&str] = &["", "info", "objects", "refs", "reftable"];

/// The files of the work tree that git may read beside what it is asked for.
const BESIDE: &[&str] = &[".git", ".gitattributes", ".mailmap"];

/// How deep folders of git's are looked into: `objects/pack/x`, `refs/heads/a/b/c`.
const DEEPEST: usize = 16;

/// How many object folders of other repositories are followed, and how many files of settings.
const MOST: usize = 64;

/// How large a file of settings is read.
const LARGEST: u64 = 4 << 20;

/// A file that git may read, and that is a pipe or a device: git would wait for it, or read it without an end.
///
/// All of git's own folder is looked at but what it keeps for others: modules, other work trees, logs and hooks. Mostly
/// that is a listing of some three hundred folders, and of each file the system says by the way what it is.
pub(super) fn endless(repository: &Path) -> Option<PathBuf> {
    let own = own(repository);
    let common = shared(&own);
    let mut settings: Vec<PathBuf> = Vec::new();
    let mut objects: Vec<PathBuf> = vec![common.join("objects")];
    for folder in if own == common { vec![&common] } else { vec![&own, &common] } {
        settings.extend(["config", "config.worktree"].map(|name| folder.join(name)));
        let found = FOLDERS.iter().filter(|name| **name != "objects").find_map(|name| {
            let depth = if name.is_empty() { 1 } else { DEEPEST };
            endless_in(&folder.join(name), depth)
        });
        if found.is_some() {
            return found;
        }
    }
    let mut at = 0;
    while let Some(folder) = objects.get(at).cloned().filter(|_| at < MOST) {
        at += 1;
        if let Some(found) = endless_in(&folder, DEEPEST) {
            return Some(found);
        }
        let others = files::text(&folder.join("info/alternates")).unwrap_or_default();
        objects.extend(others.lines().filter(|line| !line.is_empty()).map(|line| folder.join(line)));
    }
    let mut at = 0;
    while let Some(file) = settings.get(at).cloned().filter(|_| at < MOST) {
        at += 1;
        if is_endless(&file) {
            return Some(file);
        }
        for (is_include, value) in values(&file) {
            let begins = [file.parent().unwrap_or(&own), repository];
            for path in begins.map(|folder| folder.join(&value)) {
                if is_endless(&path) && path != Path::new(NOTHING) {
                    return Some(path);
                }
                if is_include && settings.len() < MOST && path.is_file() && !settings.contains(&path) {
                    settings.push(path);
                }
            }
        }
    }
    BESIDE.iter().map(|name| repository.join(name)).find(|place| is_endless(place))
}

/// What settings name when they mean no file.
const NOTHING: &str = "/dev/null";

/// What a file of settings may say that is the path of a file, whatever it is a setting of, and whether its key is that of
/// an include: only those are settings, and any other may be large, such as the bundle that a clone is of.
fn values(file: &Path) -> Vec<(bool, String)> {
    let text =
        files::bytes(file, LARGEST).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let text = text.replace("\\\r\n", "").replace("\\\n", "");
    let values = text.lines().filter_map(|line| line.split_once('=')).filter_map(|(key, value)| {
        let value = value.split([';', '#']).next()?.replace('"', "");
        let value = value.trim().replace("\\\\", "\\");
        let home = value.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
        let value = home.and_then(|home| home.to_str().map(str::to_owned)).unwrap_or(value);
        let key = key.trim_end().rsplit([' ', '\t', ']']).next()?;
        (!value.is_empty()).then(|| (key.eq_ignore_ascii_case("path"), value))
    });
    values.collect()
}

/// A file in a folder that is a pipe or a device. Links are followed where they lead to files.
fn endless_in(folder: &Path, depth: usize) -> Option<PathBuf> {
    let entries = WalkDir::new(folder).max_depth(depth).follow_root_links(true).into_iter().filter_map(Result::ok);
    entries
        .filter(|entry| !entry.file_type().is_dir() && !entry.file_type().is_file())
        .map(DirEntry::into_path)
        .find(|path| is_endless(path))
}

/// A socket is none: nothing can be read from it in this way, and programs that watch files leave one.
fn is_endless(path: &Path) -> bool {
    let Ok(found) = std::fs::metadata(path) else { return false };
    let kind = found.file_type();
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        kind.is_fifo() || kind.is_char_device() || kind.is_block_device()
    }
    #[cfg(not(unix))]
    !(kind.is_file() || kind.is_dir())
}

/// Whether a clone left contents out (`--filter`), to be fetched when they are needed.
///
/// A configuration that only looks like it costs nothing but renames with changes.
pub(super) fn is_partial(common: &Path) -> bool {
    let config = files::text(&common.join("config")).unwrap_or_default().to_lowercase();
    ["partialclone", "promisor"].iter().any(|word| config.contains(word))
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    #[test]
    fn what_git_would_wait_for() {
        let pipe = |path: &Path| {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
        };
        for (place, config) in [
            ("HEAD", ""),
            ("config.worktree", ""),
            ("refs/heads/a/b", ""),
            ("objects/4e/67e", ""),
            ("objects/pack/multi-pack-index", ""),
            ("objects/info/alternates", ""),
            ("info/attributes", ""),
            ("pipe", "[include]\n\tpath = pipe\n"),
            ("pipe", "[includeIf \"gitdir:/**\"] path = \"pipe\" # it\n"),
            ("sub/pipe", "[include]\npath = sub/\\\npipe\n"),
            ("sub/pipe", "[include]\npath = sub/more\n"),
            ("sub/pipe", "[core]\n attributesFile = .git/sub/pipe\n"),
            ("../.mailmap", ""),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let git = folder.path().join(".git");
            fs::create_dir_all(git.join("objects/pack")).unwrap();
            fs::create_dir_all(git.join("sub")).unwrap();
            fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
            fs::write(git.join("config"), format!("[core]\n hooksPath = /dev/null\n{config}")).unwrap();
            let _socket = std::os::unix::net::UnixListener::bind(git.join("fsmonitor--daemon.ipc")).unwrap();
            fs::write(git.join("sub/more"), "[include]\npath = pipe\n").unwrap();
            assert_eq!(endless(folder.path()), None, "{place}");
            let _ = fs::remove_file(git.join(place));
            pipe(&git.join(place));
            assert!(endless(folder.path()).is_some(), "{place} {config}");
        }
        // The objects of another repository.
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(folder.path().join(".git/objects/info")).unwrap();
        fs::write(folder.path().join(".git/objects/info/alternates"), other.path().to_str().unwrap()).unwrap();
        assert_eq!(endless(folder.path()), None);
        pipe(&other.path().join("pack/pack-1.idx"));
        assert_eq!(endless(folder.path()), Some(other.path().join("pack/pack-1.idx")));
    }
}
