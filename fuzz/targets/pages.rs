//! Pages: a book of any two texts loses no byte outside of edits, and comes out the same again.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use mdbook::book::{Book, BookItem, Chapter};
use mdbook_bilingual_core::host::Host;

#[allow(dead_code, reason = "the other targets use the rest")]
#[path = "../../tests/suite/invariants.rs"]
mod invariants;

static HOST: LazyLock<Host> = LazyLock::new(|| host(Path::new("/nowhere/at/all")));

fuzz_target!(|text: &str| {
    // A pair, of which the second page is what stands behind the first NUL.
    let (chinese, english) = text.split_once('\0').unwrap_or((text, "# A\n"));
    let chapter = |path: &str, text: &str| BookItem::Chapter(Chapter::new("N", text.to_owned(), path, Vec::new()));
    let book = Book::new_with_items(vec![chapter("x.md", english), chapter("x_zh.md", chinese)]);
    invariants::check(&HOST, &book);
});

/// A book in two languages at this place, with no file there.
fn host(root: &Path) -> Host {
    let table = serde_json::json!({
        "before": ["links"], "languages": ["zh-CN", "en"], "history": {"git": false},
        "links": {"repository": "https://github.com/o/r"},
    });
    let said = serde_json::json!([
        {
            "root": root, "renderer": "html", "mdbook_version": "0.5.4",
            "config": {"book": {"src": "."}, "preprocessor": {"bilingual": table}},
        },
        {"items": []},
    ]);
    let (host, _) = Host::from_mdbook(&said.to_string()).expect("it is what mdBook says");
    host
}
