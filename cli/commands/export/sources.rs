//! The files of a book, for an export.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::files::repository_of;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_export::{Platform, Sources};

/// The files of a book, and what git and Chromium know of them.
pub(super) struct BookSources {
    repository: PathBuf,
    /// The page that is exported now.
    page: RefCell<String>,
}

impl BookSources {
    pub(super) fn new(
        host: &Host,
        _reading: &Reading,
        _platform: &Platform,
        _pages: &[(&Page, &str)],
        _diagrams: Option<&Path>,
    ) -> Result<Self> {
        let root = fs::canonicalize(&host.root)?;
        let repository = repository_of(&root).unwrap_or(&root).to_owned();
        Ok(Self { repository, page: RefCell::default() })
    }

    /// A page is exported now.
    pub(super) fn begin(&self, page: &Page) {
        page.file.clone_into(&mut self.page.borrow_mut());
    }
}

impl Sources for BookSources {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.repository.join(path)).ok()
    }

    fn is_pushed(&self, _path: &str) -> bool {
        true
    }

    fn diagram(&self, _source: &str) -> Option<Vec<u8>> {
        None
    }
}
