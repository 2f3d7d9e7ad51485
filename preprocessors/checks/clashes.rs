//! Which files claim to be the edition of a note in a language that the note has already.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::disputes::Clash;
use crate::values::Fact;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    for Clash { kept, lost, language, translation_key } in &notebook.disputes.clashes {
        let (kept, lost) = (notebook.file(kept), notebook.file(lost));
        let language = checked.config.autonym(language);
        diagnostics.push(match translation_key {
            Some(Fact { value: key, origin }) => {
                let message = Message::new(
                    format!("the translation-key “{key}” in {language} already belongs to {kept}"),
                    "give one of the two another key",
                );
                let place = origin.place().cloned().unwrap_or_else(|| Place::file(lost));
                Diagnostic::new(Code::TranslationKeyDuplicate, message).at(place)
            }
            None => {
                let message = Message::new(
                    format!("{kept} is already the {language} edition of this note"),
                    "rename one of the two, or say `language:` in its front matter",
                );
                Diagnostic::new(Code::EditionDuplicate, message).at(Place::file(lost))
            }
        });
    }
}
