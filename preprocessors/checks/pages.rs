//! Whether every chapter has a page of its own, and the first one a page at the root.
//!
//! ```text
//! - [A](a/index.md)
//! - [A again](a/index.md)     →   listed twice
//! - [B](a/README.md)          →   written to a page that is taken
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::Page;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let received = |page: &&Page| checked.notebook.added.iter().all(|added| added.chapter != page.chapter);
    let pages: Vec<&Page> = checked.notebook.pages.iter().filter(received).collect();
    let mut first: BTreeMap<String, &Page> = BTreeMap::new();
    let mut said = BTreeSet::new();
    for page in &pages {
        let html = page.path.html();
        let before = *first.entry(html.clone()).or_insert(page);
        if before.chapter == page.chapter || !said.insert(html.clone()) {
            continue;
        }
        let (code, message) = if before.source.is_some() && before.source == page.source {
            (
                Code::PageListedTwice,
                Message::new(format!("{} is listed twice, and has one page, {html}", page.file), "list it once"),
            )
        } else {
            (
                Code::PageOverwritten,
                Message::new(
                    format!("{} and {} are both written to {html}, so one of them is lost", before.file, page.file),
                    "rename one of the two, or list one only",
                ),
            )
        };
        diagnostics.push(Diagnostic::new(code, message).at(checked.summary()));
    }
    if let Some(first) = pages.first().filter(|page| page.path.depth() > 0) {
        let message = Message::new(
            format!(
                "the first chapter ({}) is also shown as index.html, where its relative links lead nowhere",
                first.path.html()
            ),
            "put a page at the root first",
        );
        diagnostics.push(Diagnostic::new(Code::FirstChapterNested, message).at(checked.summary()));
    }
}
