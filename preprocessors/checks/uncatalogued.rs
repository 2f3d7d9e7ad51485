//! Which notes no catalogue lists.

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Edition;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    if checked.config.catalogue.value.is_empty() {
        return;
    }
    let notebook = checked.notebook;
    let homes = notebook.languages.iter().filter_map(|language| notebook.home(language));
    let root = std::iter::once("index.html".to_owned());
    let fronts: BTreeSet<String> =
        homes.map(|page| page.path.html()).filter(|page| page.ends_with("index.html")).chain(root).collect();
    for (note, editions) in checked.notes() {
        // An index that everything begins with is no note, and neither is a page that says so.
        let is_front = |edition: &Edition| edition.page.as_ref().is_some_and(|page| fronts.contains(&page.html()));
        let Some(first) = editions.first().filter(|first| first.on_path && !first.blank && !is_front(first)) else {
            continue;
        };
        if !note.catalogue && note.catalogued.is_empty() {
            let message = Message::new(
                "no catalogue lists this note",
                "add a line for it to one, or say `learning-path: false` in its front matter if it is none",
            );
            diagnostics.push(Diagnostic::new(Code::NoteUncatalogued, message).at(Place::file(&first.file)));
        }
    }
}
