//! What git leaves out of a repository, by the rules of gitignore(5).
//!
//! The library that knows the rules would open their files by itself, and wait for a pipe.

use std::path::{Path, PathBuf};
use std::{fs, io};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use mdbook_bilingual_core::facts::git::layout;
use mdbook_bilingual_core::files::{self, LARGEST_TEXT, Unread, repository_of};
use mdbook_bilingual_core::text::glob;

/// The rules that hold in a folder and below it. Inside of a repository, rules from above it do not count; outside of
/// any, all do.
pub(super) struct IgnoreRules {
    /// The root of the repository.
    top: Option<PathBuf>,
    /// What the clone leaves out besides.
    exclude: Gitignore,
    /// The folder that was asked for last.
    folder: PathBuf,
    /// The rules of that and of the folders above it, outermost first, as far as they have any: how deep each lies, and
    /// what it says. A walk goes from a folder to the next one, so that each is read once.
    above: Vec<(usize, Gitignore)>,
    /// Rules that could not be read: their file, and why.
    pub(super) problems: Vec<(PathBuf, String)>,
}

impl IgnoreRules {
    /// The rules around a folder, given without links in its path.
    pub(super) fn around(folder: &Path) -> Self {
        let top = repository_of(folder).map(Path::to_owned);
        let mut rules = Self {
            top: top.clone(),
            exclude: Gitignore::empty(),
            folder: PathBuf::new(),
            above: Vec::new(),
            problems: Vec::new(),
        };
        if let Some(top) = top {
            rules.exclude = rules.read(&top, &layout::common(&top).join("info/exclude"));
        }
        rules
    }

    /// Whether git leaves out what lies here, in a folder that it does not leave out.
    pub(super) fn leave_out(&mut self, path: &Path, is_folder: bool) -> bool {
        if let Some(folder) = path.parent().filter(|folder| folder.as_os_str() != self.folder.as_os_str()) {
            self.go_to(folder);
        }
        for (_, rules) in self.above.iter().rev() {
            match rules.matched(path, is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        self.exclude.matched(path, is_folder).is_ignore()
    }

    /// Forgets the rules that do not hold in a folder, and reads those that are not known yet.
    fn go_to(&mut self, folder: &Path) {
        let shared = folder.components().zip(self.folder.components()).take_while(|(a, b)| a == b).count();
        self.above.retain(|(depth, _)| *depth <= shared);
        let top = self.top.as_ref().map_or(0, |top| top.components().count());
        let depth = folder.components().count();
        let new: Vec<(usize, &Path)> = (1..=depth)
            .rev()
            .zip(folder.ancestors())
            .take_while(|(depth, _)| *depth > shared && *depth >= top)
            .collect();
        for (depth, folder) in new.into_iter().rev() {
            let rules = self.of(folder);
            if !rules.is_empty() {
                self.above.push((depth, rules));
            }
        }
        folder.clone_into(&mut self.folder);
    }

    fn of(&mut self, folder: &Path) -> Gitignore {
        let file = folder.join(".gitignore");
        match fs::symlink_metadata(&file) {
            Ok(found) if found.is_symlink() => {
                self.problems.push((file, "it is a link, which git does not follow here".to_owned()));
                Gitignore::empty()
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Gitignore::empty(),
            _ => self.read(folder, &file),
        }
    }

    fn read(&mut self, folder: &Path, file: &Path) -> Gitignore {
        let bytes = match files::bytes(file, LARGEST_TEXT) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return Gitignore::empty(),
            Err(Unread::Unreadable(why)) => {
                self.problems.push((file.to_owned(), why.to_string()));
                return Gitignore::empty();
            }
        };
        let text = String::from_utf8_lossy(&bytes);
        let mut builder = GitignoreBuilder::new(folder);
        for line in text.trim_start_matches('\u{feff}').lines().filter(|line| glob::is_sound(line)) {
            // Rules that make no sense are passed over, as git does.
            let _ = builder.add_line(None, line);
        }
        builder.build().unwrap_or_else(|error| {
            self.problems.push((file.to_owned(), error.to_string()));
            Gitignore::empty()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_folder_has_the_rules_above_it_and_its_own() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for (file, text) in [
            (".gitignore", "*.tmp\n/a/x\n"),
            ("top/.git/info/exclude", "*.own\n"),
            ("top/.gitignore", "*.log\n"),
            ("top/a/.gitignore", "!keep.log\nb.md\n"),
            ("top/a/b/c/.gitignore", "*.md\n"),
            ("top/d/.gitignore", "*.txt\n"),
        ] {
            fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            fs::write(root.join(file), text).unwrap();
        }
        let mut rules = IgnoreRules::around(&root.join("top"));
        for (path, is_left_out) in [
            ("top/x.log", true),
            ("top/x.own", true),
            // The rules above a repository are none of its own.
            ("top/x.tmp", false),
            ("top/a/x.log", true),
            ("top/a/keep.log", false),
            ("top/a/b/b.md", true),
            ("top/a/b/c/x.md", true),
            ("top/a/b/x.md", false),
            ("top/d/x.txt", true),
            ("top/d/keep.log", true),
            ("top/d/x.md", false),
            ("top/x.txt", false),
            ("top/a/keep.log", false),
        ] {
            assert_eq!(rules.leave_out(&root.join(path), false), is_left_out, "{path}");
        }
    }
}
