//! Small books that checks make for themselves: in Chinese and English, processed in this process and built into `out/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_bilingual_core::Bilingual;
use mdbook_driver::MDBook;

use crate::book::Book;

/// The place of the suite among mdBook's own preprocessors, as `install` writes it.
pub const PLACE: &str = "renderers = [\"html\"]\nafter = [\"index\"]\nbefore = [\"links\"]\n";

/// A `book.toml`. `more` goes on in the suite's table, and may have tables of its own.
#[must_use]
pub fn book_toml(title: &str, more: &str) -> String {
    format!(
        r#"[book]
title = "{title}"
language = "zh-CN"
src = "book"

[build]
build-dir = "out"
create-missing = false

[preprocessor.bilingual]
languages = ["zh-CN", "en"]
{more}"#
    )
}

/// Writes a file of a book, and the folder that it lies in.
///
/// # Errors
/// When it cannot be written.
pub fn write(root: &Path, path: &str, text: &str) -> Result<()> {
    let path = root.join(path);
    fs::create_dir_all(path.parent().context("a file has a folder")?)?;
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}

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

/// The book that was built in a folder.
///
/// # Errors
/// When a page cannot be read.
pub fn built(root: &Path) -> Result<Book> {
    Book::read(root.join("out"))
}
