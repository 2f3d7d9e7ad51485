//! Which pictures the repository on the web shows as they are here, as far as this clone knows.

use std::cell::RefCell;
use std::path::Path;

use mdbook_bilingual_core::facts::git::pushed;
use mdbook_bilingual_core::values::Repository;

/// What the web has of a repository. Git is asked once, when the first picture is.
pub(crate) struct PushedPictures(RefCell<pushed::Pushed>);

impl PushedPictures {
    /// Of the repository in a folder, where `shown` says what the web shows of it.
    pub(crate) fn new(folder: &Path, shown: &Repository) -> Self {
        Self(RefCell::new(pushed::Pushed::new(folder, shown.branches.first().map(String::as_str))))
    }

    /// Whether the web has the file at a path from the root of the repository, as it is here.
    pub(crate) fn is_pushed(&self, path: &str) -> bool {
        self.0.borrow_mut().has(path)
    }
}
