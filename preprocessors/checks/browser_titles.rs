//! Whether browser titles are what the book says.

use crate::checks::Checked;
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Edition;
use crate::values::Status;

/// Says what is missing in titles and in the sidebar, where mdBook's `links` does not read what we write.
pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let Checked { notebook, config, occasion, .. } = checked;
    if !(occasion.is_expanded && occasion.is_for_browsers) || occasion.is_for_site {
        return;
    }
    let editions = || notebook.pages.iter().filter_map(|page| Some(notebook.shown(page)?.1));
    let has_status = |edition: &Edition| edition.status.as_ref().is_some_and(|fact| fact.value != Status::Published);
    let marks = config.runs(PassName::ReviewStatus) && config.review_status.sidebar_marks && editions().any(has_status);
    let has_title = |edition: &Edition| {
        let own = config.of(&edition.language.value);
        own.is_some_and(|own| own.title.is_some())
    };
    let titles = config.runs(PassName::LanguageSwitch) && editions().any(has_title);
    let what = match (marks, titles) {
        (false, false) => return,
        (true, false) => "the sidebar marks no status",
        (false, true) => "browsers show `book.title` and no `language.TAG.title`",
        (true, true) => "the sidebar marks no status, and browsers show `book.title` and no `language.TAG.title`",
    };
    let message = Message::new(
        format!("{what}, because mdBook's `links` runs before the passes"),
        "where no page includes Markdown, write `after = [\"index\"]` and `before = [\"links\"]` in [preprocessor.bilingual]",
    );
    diagnostics.push(Diagnostic::new(Code::TitleUnset, message).at(Place::file("book.toml")));
}
