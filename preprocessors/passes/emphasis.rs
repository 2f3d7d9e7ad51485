//! Lets emphasis beside Chinese, Japanese and Korean characters begin and end where its author meant it to.
//!
//! ```text
//! **中文。**后文                    →   **中文。**<!---->后文
//! 前**真，**她说**“你好”**然后      →   前**真，**<!---->她说<!---->**“你好”**<!---->然后
//! 前**中文**后                      stays: it is bold already
//! ```
//!
//! CommonMark takes `**` between punctuation and a letter for a mark that can begin only, or end only, which is right
//! for languages with spaces between words. The rule that is right for those without, and why an empty comment does
//! it, is in `markdown/emphasis.rs`. Readers do not see the comment, and neither do a heading's id and mdBook's
//! search. (Invisible characters, of no width, would stay in both.)
//!
//! This is for pages in Chinese, Japanese or Korean, and for pages of no language whose prose is: an English page that
//! quotes some Chinese stays as it is. Other renderers get the same Markdown: those that use mdBook's parser have the
//! same flaw, and the others leave a comment out.

use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::markdown::COMMENT;
use crate::values::Script;

/// One comment for each run that would not do.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let notebook = stage.notebook;
    let is_meant = |script| matches!(script, Script::Han | Script::Japanese | Script::Hangul);
    let pages = notebook.pages.iter().filter(|page| !page.anatomy.emphasis.is_empty());
    pages
        .filter(|page| notebook.script(page).is_some_and(is_meant))
        .flat_map(|page| {
            let places = page.anatomy.emphasis.iter();
            places.map(|at| splices::insert(page, *at, COMMENT.to_owned(), Layer::Emphasis))
        })
        .collect()
}
