//! Whether browser titles are what the book says.

use crate::checks::Truth;
use crate::config::PassName;
use crate::diagnostic::{Code, Place};
use crate::notebook::Edition;
use crate::values::Status;

impl Truth<'_> {
    /// What is missing in titles and in the sidebar, where mdBook's `links` does not read what we write.
    pub(super) fn titles(&mut self) {
        let (notebook, config) = (self.notebook, self.config);
        let editions = || notebook.pages.iter().filter_map(|page| Some(notebook.shown(page)?.1));
        let has_status =
            |edition: &Edition| edition.status.as_ref().is_some_and(|fact| fact.value != Status::Published);
        let marks =
            config.runs(PassName::ReviewStatus) && config.review_status.sidebar_marks && editions().any(has_status);
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
        let message = format!(
            "{what}, because mdBook's `links` runs before the passes; where no page includes Markdown, write `after = [\"index\"]` and `before = [\"links\"]` in [preprocessor.bilingual]"
        );
        self.report(Code::TitleUnset, Place::file("book.toml"), message);
    }
}
