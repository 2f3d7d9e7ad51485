//! The files of a book's repository, taken out again for what is said of their lines.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Past;
use super::text::Text;
use crate::assembly::Chapter;
use crate::diagnostic::Source;
use crate::files::{self, Worktree};

/// The files, each read once.
pub struct SourceLines {
    worktree: Worktree,
    sources: BTreeMap<String, Option<Rc<Source>>>,
}

/// The texts of the notes, which were read already, by the files that findings name.
#[derive(Default)]
pub struct ReadLines<'t> {
    texts: BTreeMap<String, Rc<Text<'t>>>,
    sources: BTreeMap<String, Rc<Source>>,
}

impl<'t> ReadLines<'t> {
    /// The texts of these chapters, as far as they are still there.
    #[must_use]
    pub fn of(chapters: &[Chapter], past: &Past<'t>) -> Self {
        let text = |chapter: &Chapter| {
            let text = past.texts.get(chapter.note.source.as_ref()?)?;
            Some((chapter.note.file.clone(), Rc::clone(text)))
        };
        Self { texts: chapters.iter().filter_map(text).collect(), sources: BTreeMap::new() }
    }

    /// The text of a file; `None` where that has to be read.
    pub fn source(&mut self, file: &str) -> Option<Rc<Source>> {
        if let Some(source) = self.sources.get(file) {
            return Some(Rc::clone(source));
        }
        let source = Rc::new(Source::new(self.texts.get(file)?.as_written()?.to_owned()));
        self.sources.insert(file.to_owned(), Rc::clone(&source));
        Some(source)
    }
}

impl SourceLines {
    /// The files of the book in this folder.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { worktree: Worktree::at(root), sources: BTreeMap::new() }
    }

    /// The text of a file, which is named from the book's folder. `None` when there is none that can be read, or when it
    /// lies outside of the repository.
    pub fn source(&mut self, file: &str) -> Option<Rc<Source>> {
        if !self.sources.contains_key(file) {
            let source = self.read(file).map(Rc::new);
            self.sources.insert(file.to_owned(), source);
        }
        self.sources.get(file)?.clone()
    }

    /// The path of a file from the root of the repository; `None` when it lies outside.
    #[must_use]
    pub fn in_repository(&self, file: &str) -> Option<String> {
        self.worktree.path(Path::new(file))
    }

    /// Where a file lies; `None` when that is outside of the repository by its name.
    #[must_use]
    pub fn on_disk(&self, file: &str) -> Option<PathBuf> {
        Some(self.worktree.on_disk(&self.worktree.path(Path::new(file))?))
    }

    fn read(&mut self, file: &str) -> Option<Source> {
        let path = self.on_disk(file)?;
        // A link must not show what lies elsewhere.
        if !self.worktree.holds(&path) {
            return None;
        }
        Some(Source::new(files::whole_text(&path).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_inside_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let repository = folder.path().join("repository");
        fs::create_dir_all(repository.join(".git")).unwrap();
        fs::create_dir_all(repository.join("docs/book")).unwrap();
        fs::write(folder.path().join("secret"), "secret\n").unwrap();
        fs::write(repository.join("README.md"), "\u{feff}one\r\ntwo").unwrap();
        fs::write(repository.join("docs/book/bytes.md"), b"\xff\n").unwrap();
        let mut shelf = SourceLines::new(&repository.join("docs"));
        assert_eq!(shelf.in_repository("../README.md").as_deref(), Some("README.md"));
        assert_eq!(shelf.source("../README.md").unwrap().line(2), Some("two"));
        for file in ["../../secret", "book", "book/bytes.md", "none", "/etc/passwd"] {
            assert_eq!(shelf.source(file), None, "{file}");
        }
        assert_eq!(shelf.in_repository("../../secret"), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("secret"), repository.join("docs/link.md")).unwrap();
            assert_eq!(shelf.source("link.md"), None);
        }
    }
}
