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
use crate::notebook::Page;

/// A directive for each page whose title would otherwise be wrong.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if stage.format != Format::Html || !stage.links {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        if review_status::sidebar_name(stage, page).is_none() && own_book_title(stage, page).is_none() {
            continue;
        }
        if let Some(title) = title(stage, page) {
            let directive = format!("{{{{#title {title}}}}}\n");
            edits.push(markup::insert(page, page.anatomy.body, directive, Layer::WindowTitle));
        }
    }
    edits
}

/// The book's title in the language of a page.
fn own_book_title<'a>(stage: &'a Stage<'_>, page: &Page) -> Option<&'a str> {
    let language = stage.notebook.language(page).filter(|_| stage.config.runs(PassName::LanguageSwitch))?;
    stage.config.of(language)?.title.as_deref()
}

/// The clean title of a page, as far as the directive can hold it: mdBook reads it up to the first closing brace.
pub(super) fn title(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let name = if stage.config.runs(PassName::ReviewStatus) { &page.bare_name } else { &page.name };
    if name.trim().is_empty() {
        return None;
    }
    let title = match own_book_title(stage, page).or(stage.book_title) {
        Some(book) => format!("{name} - {book}"),
        None => name.clone(),
    };
    (!title.contains(['{', '}', '\n', '\r'])).then_some(title)
}
