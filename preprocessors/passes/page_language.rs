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

use maud::html;

use super::{Format, Stage, markup};
use crate::edit::{Edit, Layer};
use crate::values::Language;

/// An element around the text of each edition.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    if stage.format != Format::Html {
        return edits;
    }
    for page in stage.notebook.pages.iter().filter(|page| page.anatomy.closed) {
        let Some(language) = stage.notebook.language(page) else { continue };
        let begin = begins(stage, language, "edition");
        let gap = page.anatomy.end;
        let end = if gap.after_line_break { "\n</div>\n" } else { "\n\n</div>\n" };
        edits.push(markup::insert(page, page.anatomy.body, format!("{begin}\n\n"), Layer::LanguageBegins));
        edits.push(markup::insert(page, gap.at, end.to_owned(), Layer::LanguageEnds));
    }
    edits
}

/// The start tag of an element with a text in this language.
pub(super) fn begins(stage: &Stage<'_>, language: &Language, class: &str) -> String {
    let class = Some(class).filter(|class| !class.is_empty());
    let element = html! { div class=[class] lang=(language) dir=[stage.direction(language)] {} };
    element.into_string().trim_end_matches("</div>").to_owned()
}
