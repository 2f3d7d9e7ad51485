//! Pages: a book of any two texts loses no byte outside of edits, and comes out the same again.

#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mdbook::book::{Book, BookItem, Chapter};
use mdbook_bilingual::host::Host;

#[allow(dead_code, reason = "the other targets use the rest")]
#[path = "../../tests/common/invariants.rs"]
mod invariants;

static HOST: LazyLock<Host> = LazyLock::new(|| invariants::host(PathBuf::from("/nowhere/at/all")));

fuzz_target!(|text: &str| {
    // A pair, of which the second page is what stands behind the first NUL.
    let (chinese, english) = text.split_once('\0').unwrap_or((text, "# A\n"));
    let chapter = |path: &str, text: &str| BookItem::Chapter(Chapter::new("N", text.to_owned(), path, Vec::new()));
    let book = Book::new_with_items(vec![chapter("x.md", english), chapter("x_zh.md", chinese)]);
    invariants::check(&HOST, &book);
});
