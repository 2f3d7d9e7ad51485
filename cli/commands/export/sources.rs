//! The files of a book, for an export, and what git and Chromium know.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::files::{self, Worktree, repository_of};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_export::Sources;

use super::diagrams::{self, Drawn};
use super::pushed::PushedPictures;
use crate::progress;

/// The largest file that is read for a note, in bytes.
const LARGEST: u64 = 64 << 20;

/// The files of a book, and what git and Chromium know of them.
pub(super) struct BookSources {
    repository: PathBuf,
    worktree: RefCell<Worktree>,
    pushed: PushedPictures,
    drawn: Drawn,
}

impl BookSources {
    pub(super) fn new(host: &Host, reading: &Reading) -> Result<Self> {
        let root = fs::canonicalize(&host.root)?;
        let repository = repository_of(&root).unwrap_or(&root).to_owned();
        let pushed = PushedPictures::new(&repository, &reading.notebook.files.repository);
        let worktree = RefCell::new(Worktree::at(&root));
        Ok(Self { repository, worktree, pushed, drawn: Drawn::default() })
    }

    /// Draws the diagrams of these notes, or reads them from a folder, where the first of a note is `1.png`.
    pub(super) fn draw(&mut self, notes: &[Vec<String>], folder: Option<&Path>) -> Result<()> {
        let Some(folder) = folder else {
            let all: BTreeSet<String> = notes.iter().flatten().cloned().collect();
            if !all.is_empty() {
                self.drawn = progress::during("drawing the diagrams", || diagrams::draw(&all));
            }
            return Ok(());
        };
        if notes.iter().filter(|sources| !sources.is_empty()).count() > 1 {
            bail!("--diagrams is for one note: 1.png would be the first of each");
        }
        let sources: Vec<&str> = notes.iter().flatten().map(String::as_str).collect();
        self.drawn = diagrams::read(folder, &sources);
        Ok(())
    }
}

impl Sources for BookSources {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        let path = self.repository.join(path);
        // What a link leads to outside of the repository is nobody's picture.
        self.worktree.borrow_mut().real(&path)?;
        files::bytes(&path, LARGEST).ok()
    }

    fn is_pushed(&self, path: &str) -> bool {
        self.pushed.is_pushed(path)
    }

    fn diagram(&self, source: &str) -> Option<Vec<u8>> {
        self.drawn.pictures.get(source).cloned()
    }

    fn why_undrawn(&self, source: &str) -> Option<String> {
        self.drawn.missing.get(source).cloned()
    }
}
