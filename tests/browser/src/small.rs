//! Small books that checks make for themselves: in Chinese and English, processed in this process and built into `out/`.

use std::path::Path;

use anyhow::Result;
use mdbook_bilingual_core::Bilingual;
use mdbook_bilingual_site::BilingualSite;
use mdbook_driver::MDBook;

use crate::book::Book;

/// The place of the suite among mdBook's own preprocessors, as `install` writes it.
pub const PLACE: &str = "renderers = [\"html\"]\nafter = [\"index\"]\nbefore = [\"links\"]\n";

/// Builds the book in a folder.
///
/// # Errors
/// When mdBook or the suite finds a fault.
pub fn build(root: &Path) -> Result<()> {
    let mut book = MDBook::load(root)?;
    // In the place of the program that the table stands for.
    book.with_preprocessor(Bilingual);
    book.build()
}

/// Builds the book in a folder, each page in its own language.
///
/// # Errors
/// The same.
pub fn build_site(root: &Path) -> Result<()> {
    let mut book = MDBook::load(root)?;
    book.with_preprocessor(Bilingual);
    book.with_renderer(BilingualSite);
    book.build()
}

/// The book that was built in a folder.
///
/// # Errors
/// When a page cannot be read.
pub fn built(root: &Path) -> Result<Book> {
    Book::read(root.join("out"))
}
