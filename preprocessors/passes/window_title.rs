//! Keeps the browser's title clean, and in the page's language.
//!
//! ```text
//! KV Cache [Pending review]  (sidebar)   →   {{#title KV Cache - ML Systems Notes}}
//! ```
//!
//! mdBook puts a chapter's name and the one title of the book into `<title>`. The name may carry a status mark for
//! the sidebar, and a book has a title in each language. The directive is read by mdBook's `links`, so nothing is
//! written where `links` does not run behind us.

use super::{Format, Stage, markup, review_status};
use crate::config::PassName;
use crate::edit::{Edit, Layer};
use crate::notebook::without_mark;

/// A directive for each page whose title would otherwise be wrong.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if stage.format != Format::Html || !stage.links {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let marked = review_status::sidebar_name(stage, page).is_some();
        let language = stage.notebook.language(page);
        let own_title = language
            .filter(|_| stage.config.runs(PassName::LanguageSwitch))
            .and_then(|language| stage.config.of(language)?.title.as_deref());
        if !marked && own_title.is_none() {
            continue;
        }
        let name = if stage.config.runs(PassName::ReviewStatus) { without_mark(&page.name) } else { page.name.clone() };
        let name_is_blank = name.trim().is_empty();
        let title = match own_title.or(stage.book_title) {
            Some(book) => format!("{name} - {book}"),
            None => name,
        };
        if is_sayable(&title) && !name_is_blank {
            edits.push(markup::insert(
                page,
                page.anatomy.body,
                format!("{{{{#title {title}}}}}\n"),
                Layer::WindowTitle,
            ));
        }
    }
    edits
}

/// Whether the directive can hold this title: mdBook reads it up to the first closing brace.
pub(super) fn is_sayable(title: &str) -> bool {
    !title.trim().is_empty() && !title.contains(['{', '}', '\n', '\r'])
}
