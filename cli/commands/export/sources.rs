//! The files of a book, for an export, and what git and Chromium know.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::files::{self, Worktree, repository_of};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_export::platform::Diagrams;
use mdbook_bilingual_export::{Platform, Sources};

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
    /// The files of a book, with the diagrams of these pages drawn, where the platform wants pictures of them.
    pub(super) fn new(
        host: &Host,
        reading: &Reading,
        platform: &Platform,
        pages: &[(&Page, &str)],
        folder: Option<&Path>,
    ) -> Result<Self> {
        let root = fs::canonicalize(&host.root)?;
        let repository = repository_of(&root).unwrap_or(&root).to_owned();
        let pushed = PushedPictures::new(&repository, &reading.notebook.files.repository);
        let drawn = match platform.text.diagrams {
            Diagrams::Keep => Drawn::default(),
            Diagrams::Picture => drawn(pages, folder)?,
        };
        let worktree = RefCell::new(Worktree::at(&root));
        Ok(Self { repository, worktree, pushed, drawn })
    }
}

/// The diagrams of pages: from a folder, where the first of each note is `1.png`, or drawn.
fn drawn(pages: &[(&Page, &str)], folder: Option<&Path>) -> Result<Drawn> {
    let sources = |page: &Page| -> Vec<String> {
        let brought = page.brought.iter().flat_map(|brought| &brought.anatomy.fences);
        let fences = page.anatomy.fences.iter().chain(brought).filter(|fence| fence.is_diagram());
        fences.map(|fence| fence.contents.clone()).collect()
    };
    let Some(folder) = folder else {
        let all: BTreeSet<String> = pages.iter().flat_map(|(page, _)| sources(page)).collect();
        return Ok(match all.is_empty() {
            true => Drawn::default(),
            false => progress::during("drawing the diagrams", || diagrams::draw(&all)),
        });
    };
    if pages.iter().filter(|(page, _)| !sources(page).is_empty()).count() > 1 {
        bail!("--diagrams is for one note: 1.png would be the first of each");
    }
    let sources: Vec<String> = pages.iter().flat_map(|(page, _)| sources(page)).collect();
    Ok(diagrams::read(folder, &sources.iter().map(String::as_str).collect::<Vec<_>>()))
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
