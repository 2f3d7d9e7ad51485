//! Whether the scripts that draw diagrams are there, where a page has one.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Page;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let Some(script) = &checked.notebook.sightings.missing_script else { return };
    let with_diagram = |page: &Page| place(page, checked.occasion.is_expanded);
    let Some(place) = checked.notebook.pages.iter().find_map(with_diagram) else { return };
    let message = Message::new(
        format!("this page has a diagram, and {script} is not there, so readers see its source"),
        "run `mdbook-bilingual install`",
    );
    diagnostics.push(Diagnostic::new(Code::DiagramScriptMissing, message).at(place));
}

/// Where a page has a diagram. The lines are those of the file; a block that another plugin wrote has none there.
fn place(page: &Page, is_expanded: bool) -> Option<Place> {
    let fence = page.written.fences.iter().find(|fence| fence.is_diagram());
    let brought = || is_expanded && page.brought.iter().any(|brought| brought.anatomy.has_diagram());
    let has_diagram = fence.is_some() || page.anatomy.has_diagram() || brought();
    has_diagram.then(|| Place { line: fence.map(|fence| fence.line), ..Place::file(&page.file) })
}
