//! Which markers stand where no block can be put in their place.

use std::sync::Arc;

use crate::checks::Checked;
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::{LEARNING_PATH, STATUS_BOARD};
use crate::values::SourcePath;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    let markers = [(PassName::LearningPath, LEARNING_PATH), (PassName::StatusBoard, STATUS_BOARD)];
    for (_, name) in markers.into_iter().filter(|(pass, _)| checked.config.runs(*pass)) {
        for page in &notebook.pages {
            let source = notebook.shown(page).and_then(|(_, edition)| edition.source.as_ref());
            let file = source.map_or_else(|| page.path.chapter(), SourcePath::as_str);
            for marker in page.anatomy.markers.iter().filter(|marker| marker.nested && marker.name == name) {
                let message = Message::new(
                    format!("<!-- {name} --> is read only on a line of its own, outside of lists and quotations"),
                    "move it there",
                );
                let place = Place::line(format!("{}{file}", notebook.source_folder), marker.line);
                // Bytes of the text that was received, which is the file's unless another plugin changed it.
                let place = match Arc::ptr_eq(&page.anatomy, &page.written) {
                    true => place.spanning(marker.range.clone()),
                    false => place,
                };
                diagnostics.push(Diagnostic::new(Code::MarkerNested, message).at(place));
            }
        }
    }
}
