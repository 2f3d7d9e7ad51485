//! Which editions of a note `SUMMARY.md` does not list.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for note in checked.notebook.notes.iter().filter(|note| !note.catalogue) {
        for edition in note.editions.iter().filter(|edition| edition.page.is_none()) {
            let language = checked.config.autonym(&edition.language.value);
            let message = Message::new(
                format!("this is the {language} edition of {}, but SUMMARY.md does not list it", note.key),
                "add it there",
            );
            diagnostics.push(Diagnostic::new(Code::EditionUnlisted, message).at(Place::file(&edition.file)));
        }
    }
}
