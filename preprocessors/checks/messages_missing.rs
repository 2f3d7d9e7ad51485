//! Which of the book's languages have no messages for readers.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::messages;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for language in checked.notebook.languages.iter().filter(|language| !messages::speak(language)) {
        let message = Message::new(
            format!("there are no messages in {language}, so English stands in"),
            format!("write them in [preprocessor.bilingual.language.{language}.messages]"),
        );
        diagnostics.push(Diagnostic::new(Code::MessagesMissing, message));
    }
}
