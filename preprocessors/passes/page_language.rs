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

use maud::{PreEscaped, html};

use super::{Format, Stage, markup};
use crate::edit::{Edit, Layer};

/// An element around the text of each edition.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    if stage.format != Format::Html {
        return edits;
    }
    for page in stage.notebook.pages.iter().filter(|page| page.anatomy.closed) {
        let Some(language) = stage.notebook.language(page) else { continue };
        let element = html! {
            div.edition lang=(language) dir=[stage.direction(language)] { (PreEscaped("\n")) }
        };
        let element = element.into_string();
        let (begin, _) = element.split_once('\n').expect("there is one in it");
        let gap = page.anatomy.end;
        let end = if gap.after_line_break { "\n</div>\n" } else { "\n\n</div>\n" };
        edits.push(markup::insert(page, page.anatomy.body, format!("{begin}\n\n"), Layer::LanguageBegins));
        edits.push(markup::insert(page, gap.at, end.to_owned(), Layer::LanguageEnds));
    }
    edits
}
