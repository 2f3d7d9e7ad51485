//! The files of a book, for an export, and what git and Chromium know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::files::{self, repository_of};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_export::platform::Diagrams;
use mdbook_bilingual_export::{Platform, Sources};

use super::diagrams::{self, Drawn};
use super::pushed::Pushed;
use crate::progress;

/// The largest file that is read for a note, in bytes.
const LARGEST: u64 = 64 << 20;

/// The files of a book, and what git and Chromium know of them.
pub(super) struct BookSources {
    repository: PathBuf,
    pushed: Pushed,
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
        let pushed = Pushed::new(&repository, &reading.notebook.files.repository);
        let drawn = match platform.text.diagrams {
            Diagrams::Keep => Drawn::default(),
            Diagrams::Picture => drawn(pages, folder),
        };
        Ok(Self { repository, pushed, drawn })
    }
}

/// The diagrams of pages: from a folder, where the first of each note is `1.png`, or drawn.
fn drawn(pages: &[(&Page, &str)], folder: Option<&Path>) -> Drawn {
    let sources = |page: &Page| -> Vec<String> {
        let fences = page.anatomy.fences.iter().filter(|fence| fence.is_diagram());
        fences.map(|fence| fence.contents.clone()).collect()
    };
    let Some(folder) = folder else {
        let all: BTreeSet<String> = pages.iter().flat_map(|(page, _)| sources(page)).collect();
        return match all.is_empty() {
            true => Drawn::default(),
            false => progress::during("drawing the diagrams", || diagrams::draw(&all)),
        };
    };
    let mut all = Drawn { pictures: BTreeMap::new(), missing: BTreeMap::new() };
    for (page, _) in pages {
        let sources = sources(page);
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        let drawn = diagrams::read(folder, &sources);
        all.pictures.extend(drawn.pictures);
        all.missing.extend(drawn.missing);
    }
    all
}

impl Sources for BookSources {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        files::bytes(&self.repository.join(path), LARGEST).ok()
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
