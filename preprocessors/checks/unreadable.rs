//! Which files of the book cannot be read.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::notebook::sightings::Unreadable;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (file, Unreadable { why, stops }) in &checked.notebook.sightings.unreadable {
        let (code, why) = match stops {
            true => (Code::ChapterUnreadable, why.clone().and("mdBook stops at it")),
            false => (Code::FileUnreadable, why.clone()),
        };
        diagnostics.push(Diagnostic::new(code, why).at(Place::file(file)));
    }
}
