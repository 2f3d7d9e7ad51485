//! What pages are called, in the sidebar and in the browser's window.
//!
//! Not a pass: `review-status` gives pages their names, and `window-title` those their titles whose names would not do.

use super::{Stage, status_word};
use crate::config::PassName;
use crate::messages::Argument;
use crate::notebook::Page;

/// The name of a page in the sidebar, when it carries a mark there.
///
/// Where the browser's title could not be kept clean of it (without `links` behind us, or with a brace in the title),
/// there is no mark.
pub(super) fn in_sidebar(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let wanted = stage.config.runs(PassName::ReviewStatus) && stage.config.review_status.sidebar_marks;
    if !wanted || !can_have_title(stage) {
        return None;
    }
    let (_, edition) = stage.notebook.shown(page)?;
    let status = status_word::worth_saying(edition)?;
    let language = &edition.language.value;
    let word = status_word::of(stage, language, edition, status);
    let arguments = [("title", Argument::Text(&page.bare_name)), ("status", Argument::Text(&word))];
    in_window(stage, page).map(|_| stage.messages.text(language, "sidebar-mark", &arguments))
}

/// Whether the window can have another title than mdBook gives it: `links` reads the directive for it behind us.
pub(super) fn can_have_title(stage: &Stage<'_>) -> bool {
    stage.format.is_for_mdbook() && stage.links
}

/// The book's title in the language of a page.
pub(super) fn of_book<'a>(stage: &'a Stage<'_>, page: &Page) -> Option<&'a str> {
    let language = stage.notebook.language(page).filter(|_| stage.config.runs(PassName::LanguageSwitch))?;
    stage.config.of(language)?.title.as_deref()
}

/// The clean title of a page, as far as the directive can hold it: mdBook reads it up to the first closing brace.
pub(super) fn in_window(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let name = if stage.config.runs(PassName::ReviewStatus) { &page.bare_name } else { &page.name };
    if name.trim().is_empty() {
        return None;
    }
    let title = match of_book(stage, page).or(stage.book_title) {
        Some(book) => format!("{name} - {book}"),
        None => name.clone(),
    };
    (!title.contains(['{', '}', '\n', '\r'])).then_some(title)
}
