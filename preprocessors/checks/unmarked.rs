//! Which pages cannot name their language, because no element can be put around their text.

use crate::checks::Checked;
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Edition;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    if !checked.config.runs(PassName::LanguageSwitch) {
        return;
    }
    for page in checked.notebook.pages.iter().filter(|page| !page.anatomy.closed) {
        let Some((_, Edition { source: Some(_), file, .. })) = checked.notebook.shown(page) else { continue };
        let message = Message::new(
            "the text ends inside of a code fence, or its HTML is open or was closed once too often, so it does not name its language",
            "give each tag its partner",
        );
        diagnostics.push(Diagnostic::new(Code::LanguageNotMarked, message).at(Place::file(file)));
    }
}
