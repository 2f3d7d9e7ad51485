//! The files of a book's repository, taken out again for messages that show a line of one.

use std::collections::BTreeMap;
use std::path::Path;

use crate::files::{self, Worktree};

/// The files, each read once.
pub struct SourceLines {
    worktree: Worktree,
    texts: BTreeMap<String, Option<TextLines>>,
}

/// A text, and where its lines begin.
struct TextLines {
    text: String,
    lines: Vec<usize>,
}

impl SourceLines {
    /// The files of the book in this folder.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { worktree: Worktree::at(root), texts: BTreeMap::new() }
    }

    /// A line of a file, from 1; the file is named from the book's folder. `None` when there is none that can be read,
    /// or when it lies outside of the repository.
    pub fn line(&mut self, file: &str, number: usize) -> Option<&str> {
        if !self.texts.contains_key(file) {
            let text = self.read(file);
            self.texts.insert(file.to_owned(), text);
        }
        let TextLines { text, lines } = self.texts.get(file)?.as_ref()?;
        let start = *lines.get(number.checked_sub(1)?)?;
        let end = lines.get(number).map_or(text.len(), |next| next - 1);
        Some(text[start..end].trim_end_matches('\r'))
    }

    /// The path of a file from the root of the repository; `None` when it lies outside.
    #[must_use]
    pub fn in_repository(&self, file: &str) -> Option<String> {
        self.worktree.path(Path::new(file))
    }

    fn read(&mut self, file: &str) -> Option<TextLines> {
        let path = self.worktree.on_disk(&self.worktree.path(Path::new(file))?);
        // A link must not show what lies elsewhere.
        if !self.worktree.holds(&path) {
            return None;
        }
        let text = files::text(&path).ok()?;
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Some(TextLines { text, lines })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn lines_of_files_inside_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let repository = folder.path().join("repository");
        fs::create_dir_all(repository.join(".git")).unwrap();
        fs::create_dir_all(repository.join("docs/book")).unwrap();
        fs::write(folder.path().join("secret"), "secret\n").unwrap();
        fs::write(repository.join("README.md"), "\u{feff}one\r\ntwo").unwrap();
        fs::write(repository.join("docs/book/bytes.md"), b"\xff\n").unwrap();
        let mut shelf = SourceLines::new(&repository.join("docs"));
        assert_eq!(shelf.in_repository("../README.md").as_deref(), Some("README.md"));
        assert_eq!(shelf.line("../README.md", 1), Some("one"));
        assert_eq!(shelf.line("../README.md", 2), Some("two"));
        for (file, number) in [
            ("../README.md", 0),
            ("../README.md", 3),
            ("../../secret", 1),
            ("book", 1),
            ("book/bytes.md", 1),
            ("none", 1),
            ("/etc/passwd", 1),
        ] {
            assert_eq!(shelf.line(file, number), None, "{file}");
        }
        assert_eq!(shelf.in_repository("../../secret"), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), repository.join("docs/link.md")).unwrap();
            assert_eq!(shelf.line("link.md", 1), None);
        }
    }
}
