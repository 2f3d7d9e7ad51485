//! Names the file of each page whose file mdBook's edit button would not find. Always runs.
//!
//! ```text
//! book/a/b.md is a link to a/b.md     →     the chapter's source is ../a/b.md
//! a page that the suite adds          →     the chapter's source is SUMMARY.md
//! ```
//!
//! A page that is added has no file, and mdBook's button leads to the folder of the sources then, which nobody can edit;
//! in `SUMMARY.md` an author can list a page of their own instead.
//!
//! mdBook puts the folder of the sources before it, and browsers take `book/../a/b.md` for `a/b.md`. GitHub shows a
//! link as the text of its target, which nobody wants to edit.

use super::Stage;
use crate::edit::Edit;

/// A new source for each page behind a link, and for each that was added.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if !stage.has_edit_button {
        return Vec::new();
    }
    let files = &stage.notebook.files;
    let behind_a_link = stage.notebook.pages.iter().filter(|page| page.location.shown != page.location.real);
    let up = "../".repeat(files.sources.matches('/').count());
    let source = |path: &str| match path.strip_prefix(&files.root) {
        // As few steps as the folder of the sources is deep below the book's.
        Some(path) => format!("{}{path}", "../".repeat(files.sources[files.root.len()..].matches('/').count())),
        None => format!("{up}{path}"),
    };
    let edit =
        |page: &crate::notebook::Page| Edit::Source { chapter: page.chapter, source: source(&page.location.real) };
    let added = stage.notebook.added.iter();
    let added = added.map(|added| Edit::Source { chapter: added.chapter, source: "SUMMARY.md".to_owned() });
    behind_a_link.map(edit).chain(added).collect()
}
