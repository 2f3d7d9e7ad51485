//! What the program does besides preprocessing, one file for each verb.

pub mod adopt;
pub mod check;
pub mod clock;
pub mod config;
pub mod confirm;
pub mod install;
pub mod list;

/// Whether a folder is said to be a book: it has a `book.toml`, be it one that cannot be read.
#[must_use]
pub fn is_book(folder: &std::path::Path) -> bool {
    crate::files::is_taken(&folder.join("book.toml"))
}
