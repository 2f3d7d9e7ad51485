//! Shows the emoji that a text calls by GitHub's names.
//!
//! ```text
//! :warning: 先备份            →     ⚠️ 先备份
//! ## :rocket: Launch         →     ## 🚀 Launch {#rocket-launch}
//! [:rocket: A](a.md)         →     🚀 A, in SUMMARY.md as well
//! `:warning:`                stays: code
//! 12:30:45                   stays: no name
//! ```
//!
//! What is a name is said in `markdown/shortcode.rs`. A heading keeps the id that its text gave it, which is also
//! what GitHub calls it, so that links to it stay right. Renderers other than HTML get the same characters.

use super::{Stage, splices};
use crate::config::PassName;
use crate::edit::{Edit, Layer};
use crate::markdown::WithoutId;
use crate::markdown::shortcode::with_emoji;

/// One character or more for each name, and an id for each heading that has one.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    // The pass for the status gives each chapter the name that its page has without a mark, with its emoji.
    if !stage.config.runs(PassName::ReviewStatus) {
        let names = stage.notebook.pages.iter().map(|page| (page, with_emoji(&page.name, &stage.wording.dialect)));
        edits.extend(names.filter(|(page, name)| **name != page.name).map(|(page, name)| Edit::Rename {
            chapter: page.chapter,
            name: name.to_string(),
            breadcrumb: name.into_owned(),
        }));
    }
    // A heading with a formula has its id from the pass for those.
    let has_formulas = stage.config.runs(PassName::Formulas);
    for page in stage.notebook.pages.iter().filter(|page| !page.anatomy.shortcodes.is_empty()) {
        edits.extend(
            page.anatomy
                .shortcodes
                .iter()
                .map(|code| splices::replace(page, code.range.clone(), code.emoji.to_owned(), Layer::Emoji)),
        );
        let is_ours = |place: &WithoutId| place.has_emoji && !(place.has_formula && has_formulas);
        edits.extend(splices::heading_ids(stage, page, is_ours, Layer::Emoji));
    }
    edits
}
