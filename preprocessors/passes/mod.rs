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

use crate::config::PassName;
use crate::edit::Edit;

mod autolinks;
mod callouts;
mod code_languages;
mod cross_post;
mod diagrams;
mod emoji;
mod emphasis;
mod end_tags;
mod external;
mod format;
mod formulas;
mod freshness;
mod front_matter;
mod language_switch;
mod learning_path;
mod line_breaks;
mod links;
mod marker;
mod markup;
mod names;
mod page_language;
mod plain_text;
mod punctuation;
mod real_file;
mod review_status;
mod splices;
mod stage;
mod status_board;
mod status_word;
#[cfg(test)]
mod trial;
mod window_title;

pub use stage::Stage;

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
