//! Where paths lead, links followed.
//!
//! The system's own function looks at each folder above a file, each time it is asked, by its whole path. In deep
//! folders that is most of what there is to do, so that here each folder is looked at once.

use std::collections::HashMap;
use std::fs::{self, Metadata};
use std::path::{Component, Path, PathBuf};

/// A path with forward slashes: where a backslash is a part of a name, it stays.
#[must_use]
pub fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// How many links in a row are followed, as on Linux.
const LINKS: usize = 40;

/// Folders, and what they really are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RealPaths {
    folders: HashMap<PathBuf, Option<PathBuf>>,
}

impl RealPaths {
    /// What a path leads to; `None` when there is nothing, or when the path has no name at its end.
    pub fn of(&mut self, path: &Path) -> Option<PathBuf> {
        self.found(path).map(|(real, _)| real)
    }

    /// The same, with what the system says of it.
    pub fn found(&mut self, path: &Path) -> Option<(PathBuf, Metadata)> {
        let mut path = path.to_owned();
        for _ in 0..LINKS {
            let found = fs::symlink_metadata(&path).ok()?;
            let folder = self.folder(path.parent()?)?;
            if !found.is_symlink() {
                return Some((folder.join(path.file_name()?), found));
            }
            match target(&folder, &fs::read_link(&path).ok()?) {
                Some(target) => path = target,
                None => return Some((fs::canonicalize(&path).ok()?, fs::metadata(&path).ok()?)),
            }
        }
        None
    }

    /// The same for a folder, which is looked at once.
    fn folder(&mut self, folder: &Path) -> Option<PathBuf> {
        let mut below = Vec::new();
        let mut at = folder;
        let mut real = loop {
            if let Some(known) = self.folders.get(at) {
                break known.clone();
            }
            match at.parent().filter(|above| KEEPS_CASE && !above.as_os_str().is_empty() && at.file_name().is_some()) {
                Some(above) if fs::symlink_metadata(at).is_ok_and(|found| found.is_dir()) => {
                    below.push(at);
                    at = above;
                }
                _ => {
                    let real = fs::canonicalize(at).ok();
                    self.folders.insert(at.to_owned(), real.clone());
                    break real;
                }
            }
        };
        for folder in below.into_iter().rev() {
            real = real.and_then(|real| Some(real.join(folder.file_name()?)));
            self.folders.insert(folder.to_owned(), real.clone());
        }
        real
    }
}

/// Whether a folder is called what it is asked for by. Elsewhere the system says how its name is really written.
const KEEPS_CASE: bool = !cfg!(any(windows, target_os = "macos"));

/// The path that a link in a real folder says; `None` where only the system can tell.
fn target(folder: &Path, link: &Path) -> Option<PathBuf> {
    if !KEEPS_CASE || link.is_absolute() {
        return None;
    }
    let mut path = folder.to_owned();
    let mut goes_down = false;
    for component in link.components() {
        match component {
            Component::Normal(name) => {
                path.push(name);
                goes_down = true;
            }
            // What is above a link is not what is above its name.
            Component::ParentDir if !goes_down => drop(path.pop()),
            Component::CurDir => {}
            _ => return None,
        }
    }
    goes_down.then_some(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn paths_lead_where_the_system_says() {
        let dir = tempfile::tempdir().unwrap();
        let at = |path: &str| dir.path().join(path);
        fs::create_dir_all(at("a/b/c")).unwrap();
        fs::create_dir_all(at("x/y")).unwrap();
        fs::write(at("a/b/c/note.md"), "").unwrap();
        fs::write(at("x/note.md"), "").unwrap();
        for (link, target) in [
            ("x/y/up.md", "../../a/b/c/note.md"),
            ("x/y/again.md", "./up.md"),
            ("x/folder", "../a/b"),
            ("x/y/through.md", "../folder/c/note.md"),
            // Above `folder` is `a`, and not `x`.
            ("x/y/turn.md", "../folder/../b/c/note.md"),
            ("x/y/wrong.md", "../folder/../note.md"),
            ("x/loop.md", "loop.md"),
            ("x/gone.md", "nowhere.md"),
            ("x/root", "/"),
            ("x/here", "."),
        ] {
            symlink(target, at(link)).unwrap();
        }
        symlink(at("a/b/c/note.md"), at("x/absolute.md")).unwrap();
        let mut real = RealPaths::default();
        for path in [
            "a/b/c/note.md",
            "a/b/c",
            "a/b/none.md",
            "a/none/none.md",
            "x/y/up.md",
            "x/y/again.md",
            "x/folder/c/note.md",
            "x/folder",
            "x/y/through.md",
            "x/y/turn.md",
            "x/y/wrong.md",
            "x/loop.md",
            "x/gone.md",
            "x/root",
            "x/here",
            "x/absolute.md",
            "x/../a/b/c/note.md",
            "a/b/c/note.md/none",
        ] {
            assert_eq!(real.of(&at(path)), fs::canonicalize(at(path)).ok(), "{path}");
        }
    }
}
