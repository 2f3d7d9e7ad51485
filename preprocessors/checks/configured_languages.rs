//! Whether the languages that the configuration names are those of the book, each once.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::{StrayFault, StrayLanguage};
use crate::values::Language;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    let all = notebook.languages.iter().map(Language::tag).collect::<Vec<_>>().join(", ");
    for StrayLanguage { language, fault, place } in &notebook.sightings.stray_languages {
        let unknown = format!("this book has no language {language}, only {all}");
        let message = match fault {
            StrayFault::UnknownSource => Message::new(unknown, "correct the tag").of("`freshness.source`"),
            StrayFault::Unknown => Message::new(unknown, "correct the tag, or add it to `languages`"),
            StrayFault::Twice => Message::new(format!("there is a table for {language} already"), "put both into one"),
        };
        diagnostics.push(Diagnostic::new(Code::LanguageUnknown, message).at(place.clone()));
    }
}
