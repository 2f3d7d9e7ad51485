//! What the reader sees, one file each.
//!
//! A pass is a pure function from a [`Stage`] to edits. It does no I/O, and sees no `Book`, no clock and no git.
//!
//! # Adding a pass
//! 1. Write `passes/NAME.rs`. Its module doc shows Markdown before and after. Its one public function is
//!    `edits(stage: &Stage) -> Vec<Edit>`. What it tells readers are values (`markup/`) with sentences of
//!    `messages/*.ftl`; what it changes or takes away are splices (`splices.rs`).
//! 2. Give [`PassName`] its name in a `book.toml`. What is missing then does not compile: what it needs to have read
//!    ([`PassName::needs`]), what runs for it (below), and where it writes ([`crate::edit::Layer`]).
//! 3. What it has to know is read in `facts/` and kept in `notebook/`.
//! 4. The guide names it, in both languages; add a golden case, `tests/golden/NAME/`, with `passes = ["NAME"]`.

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
mod test_book;
mod window_title;

pub use names::window_titles;
pub use stage::Stage;

/// What each pass is: a function without state.
type Edits = fn(&Stage<'_>) -> Vec<Edit>;

/// What runs whatever the book chose: front matter is never text, and no page may stop mdBook.
const ALWAYS: &[Edits] = &[front_matter::edits, real_file::edits, window_title::edits, end_tags::edits];

/// Runs the passes that the book chose. What stands above what at one position is said by [`crate::edit::Layer`], and not by
/// the order in which they run.
#[must_use]
pub fn run(stage: &Stage<'_>) -> Vec<Edit> {
    let chosen = PassName::ALL.iter().filter(|pass| stage.config.runs(**pass)).flat_map(|pass| of(*pass));
    ALWAYS.iter().chain(chosen).flat_map(|edits| edits(stage)).collect()
}

/// What a pass runs, by its name in a `book.toml`.
fn of(pass: PassName) -> &'static [Edits] {
    match pass {
        PassName::LanguageSwitch => &[page_language::edits, language_switch::edits],
        PassName::CrossPost => &[cross_post::edits],
        PassName::ReviewStatus => &[review_status::edits],
        PassName::Freshness => &[freshness::edits],
        PassName::LearningPath => &[learning_path::edits, external::edits],
        PassName::StatusBoard => &[status_board::edits],
        PassName::Links => &[links::edits],
        PassName::Formulas => &[formulas::edits],
        PassName::Emphasis => &[emphasis::edits],
        PassName::LineBreaks => &[line_breaks::edits],
        PassName::Diagrams => &[diagrams::edits],
        PassName::Callouts => &[callouts::edits],
        PassName::Autolinks => &[autolinks::edits],
        PassName::CodeLanguages => &[code_languages::edits],
        PassName::PlainText => &[plain_text::edits],
        PassName::Punctuation => &[punctuation::edits],
        PassName::Emoji => &[emoji::edits],
    }
}
