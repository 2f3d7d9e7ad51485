//! Closes the gaps that line breaks of the source leave between Chinese and Japanese characters.
//!
//! ```text
//! > 一行中文，        →   > 一行中文，下一行。
//! > 下一行。
//!
//! **重点**            →   **重点**<!---->后文
//! 后文
//!
//! 中文 and            stays: a word in Latin letters needs its space
//! more
//! ```
//!
//! Browsers make a space of such a line break, though the rule of CSS Text for it (segment break transformation) is to
//! drop it between two East Asian characters. That rule is in `text/east_asian.rs`, and what is looked through and
//! what is not in `markdown/soft_break.rs`: marks of emphasis and links are; formulas, code, pictures and HTML are
//! not, and a line break that its author wrote as one (two spaces, a backslash) stays. Where a mark of emphasis is
//! beside the break, an empty comment keeps it from getting a letter for a neighbour, which could undo it.
//!
//! The break is taken away with the indentation and the marks of quotes behind it, which the parser would drop. Where
//! the joined line would be read in another way, as the head of a table say, the break stays.
//!
//! A heading of several lines loses the hyphens of its id at these places, and links that we lead follow.
//!
//! This is for pages in Chinese and Japanese, and for pages of no language whose prose is; Korean has spaces between
//! its words. Other renderers get the same Markdown: they make a space of a line break just as browsers do.

use super::{Stage, splices};
use crate::config::PassName;
use crate::edit::{Edit, Layer};
use crate::markdown::Joint;

/// One splice for each such line break.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    // Pages whose lines are joined are among those whose emphasis is looked after.
    let is_emphasised = stage.config.runs(PassName::Emphasis);
    let pages = stage.notebook.pages.iter().filter(|page| !page.anatomy.joints.is_empty());
    pages
        .filter(|page| stage.config.joins_lines(stage.notebook.script(page)))
        .flat_map(|page| {
            let closes = |joint: &&Joint| if is_emphasised { joint.emphasised } else { joint.as_written };
            page.anatomy
                .joints
                .iter()
                .filter(closes)
                .map(|joint| splices::replace(page, joint.range.clone(), joint.text().to_owned(), Layer::LineBreak))
        })
        .collect()
}
