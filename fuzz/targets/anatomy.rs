//! Pages: what is found in a text is in it, and a book of it loses no byte outside of edits.

#![no_main]

use std::path::PathBuf;

use libfuzzer_sys::fuzz_target;
use mdbook::book::{Book, BookItem, Chapter};

#[allow(dead_code, reason = "the other targets use the rest")]
#[path = "../../tests/common/invariants.rs"]
mod invariants;

fuzz_target!(|text: &str| {
    invariants::check_parts(text);
    // A pair, of which the second page is what stands behind the first NUL.
    let (chinese, english) = text.split_once('\0').unwrap_or((text, "# A\n"));
    let chapter = |path: &str, text: &str| BookItem::Chapter(Chapter::new("N", text.to_owned(), path, Vec::new()));
    let book = Book::new_with_items(vec![chapter("x.md", english), chapter("x_zh.md", chinese)]);
    invariants::check(&invariants::host(PathBuf::from("/nowhere/at/all")), &book);
});
