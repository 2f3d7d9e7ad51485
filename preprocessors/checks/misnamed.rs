//! Which links call a text by a language that it is not in.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (source, named) in &checked.notebook.disputes.misnamed {
        let Some(place) = named.origin.place().cloned() else { continue };
        let message = Message::new(
            format!(
                "a link here calls {} {}, and others, with its letters, call it otherwise",
                checked.notebook.file(source),
                checked.config.autonym(&named.value)
            ),
            "correct the link",
        );
        diagnostics.push(Diagnostic::new(Code::LanguageDoubtful, message).at(place));
    }
}
