//! Takes the effect from end tags of HTML that would close what Markdown opened.
//!
//! ```text
//! 文</p>        →     文</hr>
//! 文</em>       →     文</wbr>, where Markdown opened the emphasis
//! ```
//!
//! At such a tag, mdBook 0.5 stops with a panic; browsers and GitHub pass over it. An end tag of an element that has none
//! takes its place: mdBook passes over that one, and Markdown reads it as it read the other, so that a block of HTML
//! stays one, and inline HTML inline.
//!
//! Which tags these are is said in `markdown/end_tags.rs`. Every renderer but HTML is left alone.

use super::{Stage, splices};
use crate::edit::{Edit, Layer};

/// Another tag for each of them.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if !stage.format.is_for_mdbook() {
        return Vec::new();
    }
    let tags = stage.notebook.pages.iter().flat_map(|page| page.anatomy.end_tags.iter().map(move |tag| (page, tag)));
    tags.map(|(page, tag)| {
        let is_inline = matches!(tag.name.as_str(), "a" | "del" | "em" | "strong" | "sub" | "sup");
        let text = if is_inline { "</wbr>" } else { "</hr>" };
        splices::replace(page, tag.range.clone(), text.to_owned(), Layer::EndTag)
    })
    .collect()
}
