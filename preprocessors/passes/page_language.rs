//! Names the language of a page's text, for screen readers, fonts and line breaking.
//!
//! ```text
//! # 标题        →     <div class="edition" lang="zh-CN">
//!
//! 正文。              # 标题
//!
//!                     正文。
//!
//!                     </div>
//! ```
//!
//! mdBook writes one `lang` for the whole book. A text that ends inside of a fence or with open HTML stays as it is:
//! the element would be closed in the wrong place.

use super::markup::Attributes;
use super::{Stage, splices};
use crate::edit::{Edit, Layer};

/// An element around the text of each edition.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in stage.notebook.pages.iter().filter(|page| page.anatomy.closed) {
        let Some(language) = stage.notebook.language(page) else { continue };
        let attributes = Attributes::class("edition").and(stage.in_language(language));
        let Some((begin, end)) = stage.format.around("div", &attributes, None) else { continue };
        let gap = page.anatomy.end;
        let before = if gap.after_line_break { "\n" } else { "\n\n" };
        edits.push(splices::insert(page, page.anatomy.body, format!("{begin}\n\n"), Layer::LanguageBegins));
        edits.push(splices::insert(page, gap.at, format!("{before}{end}\n"), Layer::LanguageEnds));
    }
    edits
}
