//! Which pages are in a language that the book does not list, by their own word or by their names.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Edition;
use crate::values::{Language, Tags};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let guessed = Tags::new(&Language::guessed());
    for edition in checked.notes().flat_map(|(_, editions)| editions) {
        let is_listed = checked.notebook.languages.contains(&edition.language.value);
        if is_listed && let Some(named) = named(checked, edition, &guessed) {
            let message = Message::new(
                format!("the name says {named}, which the book does not list"),
                "add it to `languages` in [preprocessor.bilingual]",
            );
            diagnostics.push(Diagnostic::new(Code::LanguageUnknown, message).at(Place::file(&edition.file)));
        }
        if !is_listed {
            let place = edition.language.origin.place().cloned();
            let message = Message::new(
                format!("the book does not list the language {}", edition.language.value),
                "add it to `languages` in [preprocessor.bilingual]",
            );
            let place = place.unwrap_or_else(|| Place::file(&edition.file));
            diagnostics.push(Diagnostic::new(Code::LanguageUnknown, message).at(place));
        }
    }
}

/// The language of a bare code at the end of a name that counts as one of the book's, where the book does not list it.
fn named<'a>(checked: &Checked<'_>, edition: &Edition, guessed: &'a Tags) -> Option<&'a Language> {
    let (_, suffix) = edition.source.as_ref()?.stem().rsplit_once('.')?;
    guessed.get(suffix).filter(|named| checked.notebook.tags.get(named.tag()).is_none())
}
