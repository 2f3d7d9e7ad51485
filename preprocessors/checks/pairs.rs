//! Which word on a pair did not count, because a stronger one contradicts it, or because it names no file.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::disputes::Refused;
use crate::values::Evidence;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    for Refused { files, evidence, language, stronger } in &notebook.disputes.refused {
        let (a, b) = (notebook.file(&files.0), notebook.file(&files.1));
        let Some(place) = evidence.place().cloned() else { continue };
        let message = match language {
            Some(language) => {
                let stronger = stronger.as_ref().and_then(Evidence::place);
                let stronger = stronger.map_or_else(|| "stronger evidence".to_owned(), ToString::to_string);
                Message::new(
                    format!(
                        "this makes {a} and {b} editions of one note, but {stronger} gives that note another {} edition",
                        checked.config.autonym(language)
                    ),
                    "correct one of the two, or settle it with `pair` or `separate` in [preprocessor.bilingual]",
                )
            }
            // Whoever wrote `separate` knows.
            None if !matches!(evidence, Evidence::Config(_)) => continue,
            None => Message::new(format!("{a} and {b} are kept apart by `separate`"), "remove one of the two"),
        };
        diagnostics.push(Diagnostic::new(Code::PairRefused, message).at(place));
    }
    for unknown in &notebook.disputes.unknown {
        let Some(place) = unknown.origin.place().cloned() else { continue };
        let message =
            Message::new(format!("there is no note {}", unknown.value), "write its path from the folder of book.toml");
        diagnostics.push(Diagnostic::new(Code::ConfigValue, message).at(place));
    }
}
