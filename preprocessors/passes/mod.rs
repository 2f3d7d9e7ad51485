//! What the reader sees, one file each.
//!
//! A pass is a pure function from a [`Stage`] to edits. It does no I/O, and sees no `Book`, no clock and no git.
//!
//! # Adding a pass
//! 1. Write `passes/NAME.rs`. Its module doc shows Markdown before and after. Its one public function is
//!    `edits(stage: &Stage) -> Vec<Edit>`.
//! 2. Give it a variant in [`PassName`], with its name in a `book.toml`, and a line in [`run()`].
//! 3. If it writes at a position where others write too, give it a place in [`crate::edit::Layer`].
//! 4. Its sentences go into `messages/*.ftl`; what it needs to know is read in `facts/` and kept in `notebook/`. What
//!    takes time to read is read only where [`PassName::needs`] says that a pass needs it.
//! 5. Add a golden case, `tests/golden/NAME/`, with `passes = ["NAME"]`.

use crate::config::{Config, PassName};
use crate::edit::Edit;
use crate::formula::Mathematics;
pub(crate) use crate::host::Format;
use crate::messages::Messages;
use crate::notebook::{Notebook, Page};
use crate::text::Wording;
use crate::values::Language;

mod autolinks;
mod callouts;
mod code_languages;
mod cross_post;
mod diagrams;
mod emoji;
mod emphasis;
mod end_tags;
mod external;
mod formulas;
mod freshness;
mod front_matter;
mod language_switch;
mod learning_path;
mod line_breaks;
mod links;
mod marker;
pub mod markup;
mod page_language;
mod plain_text;
mod punctuation;
mod real_file;
mod review_status;
mod status_board;
#[cfg(test)]
mod trial;
mod window_title;

/// What a pass may look at.
pub struct Stage<'a> {
    /// The book.
    pub notebook: &'a Notebook,
    /// What the book chose.
    pub config: &'a Config,
    /// What readers are told.
    pub messages: &'a Messages,
    /// What the renderer reads.
    pub format: Format,
    /// The book's title.
    pub book_title: Option<&'a str>,
    /// Whether mdBook's `links` runs behind us and reads `{{#title}}`.
    pub links: bool,
    /// The language that stands in on a page of no language.
    pub default: &'a Language,
    /// What authors call things.
    pub wording: &'a Wording,
    /// What shows formulas.
    pub mathematics: &'a Mathematics,
    /// Whether mdBook writes typographic dashes, which are no part of a heading's id.
    pub smart_punctuation: bool,
    /// Whether mdBook shows callouts.
    pub callouts: bool,
    /// Whether pages have a button that leads to their file.
    pub has_edit_button: bool,
}

impl Stage<'_> {
    /// The language in which a page talks to its readers.
    fn speaks<'a>(&'a self, page: &'a Page) -> &'a Language {
        self.notebook.language(page).unwrap_or(self.default)
    }

    /// A link from one page to another, for this renderer.
    fn link(&self, from: &Page, to: &crate::values::PagePath) -> String {
        match self.format {
            Format::Html => to.link_from(&from.path),
            Format::Markdown => to.markdown_link_from(&from.path),
        }
    }

    /// The value of `dir` for an element in this language; none where all languages run the same way.
    fn direction(&self, language: &Language) -> Option<&'static str> {
        if language.is_right_to_left() {
            Some("rtl")
        } else {
            self.notebook.languages.iter().any(Language::is_right_to_left).then_some("ltr")
        }
    }
}

/// Runs the passes that the book chose.
#[must_use]
pub fn run(stage: &Stage<'_>) -> Vec<Edit> {
    let chosen =
        |pass, edits: fn(&Stage<'_>) -> Vec<Edit>| if stage.config.runs(pass) { edits(stage) } else { Vec::new() };
    // Front matter is never text, and no page may stop mdBook, whatever the book chose.
    let mut edits = front_matter::edits(stage);
    edits.extend(real_file::edits(stage));
    edits.extend(window_title::edits(stage));
    edits.extend(end_tags::edits(stage));
    edits.extend(chosen(PassName::LanguageSwitch, page_language::edits));
    edits.extend(chosen(PassName::ReviewStatus, review_status::edits));
    edits.extend(chosen(PassName::Freshness, freshness::edits));
    edits.extend(chosen(PassName::LanguageSwitch, language_switch::edits));
    edits.extend(chosen(PassName::CrossPost, cross_post::edits));
    edits.extend(chosen(PassName::LearningPath, learning_path::edits));
    edits.extend(chosen(PassName::LearningPath, external::edits));
    edits.extend(chosen(PassName::StatusBoard, status_board::edits));
    edits.extend(chosen(PassName::Links, links::edits));
    edits.extend(chosen(PassName::Formulas, formulas::edits));
    edits.extend(chosen(PassName::Emphasis, emphasis::edits));
    edits.extend(chosen(PassName::LineBreaks, line_breaks::edits));
    edits.extend(chosen(PassName::Diagrams, diagrams::edits));
    edits.extend(chosen(PassName::Callouts, callouts::edits));
    edits.extend(chosen(PassName::Autolinks, autolinks::edits));
    edits.extend(chosen(PassName::CodeLanguages, code_languages::edits));
    edits.extend(chosen(PassName::PlainText, plain_text::edits));
    edits.extend(chosen(PassName::Punctuation, punctuation::edits));
    edits.extend(chosen(PassName::Emoji, emoji::edits));
    edits
}
