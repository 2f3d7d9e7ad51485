//! Keeps the browser's title clean, and in the page's language.
//!
//! ```text
//! KV Cache [Pending review]  (sidebar)   →   {{#title KV Cache - ML Systems Notes}}
//! ```
//!
//! mdBook puts a chapter's name and the one title of the book into `<title>`. The name may carry a status mark for
//! the sidebar, and a book has a title in each language. The directive is read by mdBook's `links`, so nothing is
//! written where `links` does not run behind us. For the site nothing is: it asks for [all titles](super::window_titles).

use super::{Stage, names, splices};
use crate::edit::{Edit, Layer};

/// A directive for each page whose title would otherwise be wrong.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    if !names::can_have_title(stage) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        if names::in_sidebar(stage, page).is_none() && names::of_book(stage, page).is_none() {
            continue;
        }
        if let Some(title) = names::in_window(stage, page) {
            let directive = format!("{{{{#title {title}}}}}\n");
            edits.push(splices::insert(page, page.anatomy.body, directive, Layer::WindowTitle));
        }
    }
    edits
}
