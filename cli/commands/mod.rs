//! What the program does besides preprocessing, one file for each verb.

pub mod adopt;
pub mod check;
pub mod clock;
pub mod config;
pub mod confirm;
pub mod install;
pub mod list;

use mdbook::book::Book;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::host::Host;

/// Whether a folder is said to be a book: it has a `book.toml`, be it one that cannot be read.
#[must_use]
pub fn is_book(folder: &std::path::Path) -> bool {
    mdbook_bilingual_core::files::is_taken(&folder.join("book.toml"))
}

/// Reads a book, and what its folder has besides.
#[must_use]
pub fn read(host: &Host, book: &Book) -> Reading {
    let mut reading = mdbook_bilingual_core::read(host, book);
    adopt::report_newcomers(host, &reading.notebook, &mut reading.diagnostics);
    reading.config.silence.apply(&mut reading.diagnostics);
    reading
}
