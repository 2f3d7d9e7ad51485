//! What git leaves out of a repository, by the rules of gitignore(5).
//!
//! The library that knows the rules would open their files by itself, and wait for a pipe.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::facts::git::layout;
use crate::facts::ground::repository_of;
use crate::files::{self, LARGEST_TEXT, Unread};
use crate::nesting;

/// The rules that hold in a folder and below it. Inside of a repository, rules from above it do not count; outside of
/// any, all do.
pub(super) struct Rules {
    /// The root of the repository.
    top: Option<PathBuf>,
    /// What the clone leaves out besides.
    exclude: Gitignore,
    /// The rules of each folder that was asked for.
    folders: HashMap<PathBuf, Gitignore>,
    /// Rules that could not be read: their file, and why.
    pub(super) problems: Vec<(PathBuf, String)>,
}

impl Rules {
    /// The rules around a folder, given without links in its path.
    pub(super) fn around(folder: &Path) -> Self {
        let top = repository_of(folder).map(Path::to_owned);
        let mut rules =
            Self { top: top.clone(), exclude: Gitignore::empty(), folders: HashMap::new(), problems: Vec::new() };
        if let Some(top) = top {
            rules.exclude = rules.read(&top, &layout::common(&top).join("info/exclude"));
        }
        rules
    }

    /// Whether git leaves out what lies here, in a folder that it does not leave out.
    pub(super) fn leave_out(&mut self, path: &Path, is_folder: bool) -> bool {
        for folder in path.ancestors().skip(1) {
            match self.of(folder).matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
            if self.top.as_deref() == Some(folder) {
                break;
            }
        }
        self.exclude.matched(path, is_folder).is_ignore()
    }

    fn of(&mut self, folder: &Path) -> &Gitignore {
        if !self.folders.contains_key(folder) {
            let file = folder.join(".gitignore");
            let rules = if file.is_symlink() {
                self.problems.push((file, "it is a link, which git does not follow here".to_owned()));
                Gitignore::empty()
            } else {
                self.read(folder, &file)
            };
            self.folders.insert(folder.to_owned(), rules);
        }
        &self.folders[folder]
    }

    fn read(&mut self, folder: &Path, file: &Path) -> Gitignore {
        let bytes = match files::bytes(file, LARGEST_TEXT) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return Gitignore::empty(),
            Err(Unread::Unreadable(why)) => {
                self.problems.push((file.to_owned(), why));
                return Gitignore::empty();
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.trim_start_matches('\u{feff}').lines().filter(|line| nesting::is_sound(line)) {
            // Rules that make no sense are passed over, as git does.
            let _ = builder.add_line(None, line);
        }
        builder.build().unwrap_or_else(|error| {
            self.problems.push((file.to_owned(), error.to_string()));
            Gitignore::empty()
        })
    }
}
