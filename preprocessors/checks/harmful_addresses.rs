//! Which addresses that pages and the configuration link to would harm who follows them.
//!
//! Those of front matter and of catalogues are told where these are read.

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::platforms::danger;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    // Many pages may bring one file.
    let mut seen = BTreeSet::new();
    for page in &notebook.pages {
        let brought = page.brought.iter().filter(|brought| seen.insert(brought.file.as_str()));
        let brought = brought.map(|brought| (notebook.files.for_people(&brought.file), &brought.anatomy));
        for (file, anatomy) in std::iter::once((page.file.clone(), &page.written)).chain(brought) {
            for link in anatomy.links.iter().filter(|link| !link.image) {
                let Some(error) = danger(&link.destination) else { continue };
                let place = link.place.clone().into_iter().fold(Place::line(&file, link.line), Place::spanning);
                diagnostics.push(Diagnostic::new(Code::UrlForbidden, error.message()).at(place));
            }
        }
    }
    for forbidden in &notebook.sightings.forbidden {
        let message = forbidden.error.message().of(format_args!("`{}.{}`", forbidden.table, forbidden.key));
        diagnostics.push(Diagnostic::new(Code::UrlForbidden, message).at(forbidden.place.clone()));
    }
}
