//! Whether the folder that the sources mirror is there.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::MissingNotes;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    if let Some(missing) = &checked.notebook.sightings.missing_notes {
        diagnostics.push(finding(missing));
    }
}

/// What there is to say of a folder of notes that is not there.
#[must_use]
pub fn finding(MissingNotes { folder, place }: &MissingNotes) -> Diagnostic {
    let message = Message::new(
        format!("`notes`: “{}” is no folder of the repository", folder.display()),
        "write the path of the notes from the folder of book.toml, such as \".\"",
    );
    Diagnostic::new(Code::ConfigValue, message).at(place.clone())
}
