//! Which tags close what Markdown opened.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::EndTag;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    for page in notebook.pages.iter().filter(|page| !page.written.end_tags.is_empty()) {
        let file = notebook.files.for_people(&page.location.real);
        for EndTag { name, line, range } in &page.written.end_tags {
            let message = Message::new(
                format!("`</{name}>` closes what Markdown opened, and mdBook would stop there, so it is left out"),
                format!("delete it, or write `<{name}>` before it"),
            );
            let place = Place::line(&file, *line).spanning(range.clone());
            diagnostics.push(Diagnostic::new(Code::EndTagUnmatched, message).at(place));
        }
    }
}
