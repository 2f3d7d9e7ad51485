//! Which chapters are listed, and cannot be shown.
//!
//! ```text
//! - [A](../../a.md)      lies outside of the book
//! - [B](b.md)            is gone, so that mdBook stops, or makes an empty page
//! ```

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::host::too_deep;
use crate::notebook::sightings::{ChapterFault, LostChapter};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for lost in &checked.notebook.sightings.lost_chapters {
        diagnostics.push(finding(lost));
    }
}

/// What there is to say of a chapter that cannot be shown.
#[must_use]
pub fn finding(LostChapter { fault, place }: &LostChapter) -> Diagnostic {
    let (code, message) = match fault {
        ChapterFault::TooDeep => (Code::ChapterUnreadable, too_deep()),
        ChapterFault::OutOfFolder(path) => {
            let what = format!("{} lies outside of the book's folder", path.display());
            (Code::PathOutside, Message::new(what, "move the file into it"))
        }
        ChapterFault::Gone { source, is_unlinked, is_made } => {
            let (code, then) = if *is_made {
                (Code::ChapterMissing, "mdBook makes an empty page of it")
            } else {
                (Code::ChapterGone, "mdBook stops at it")
            };
            let message = if *is_unlinked {
                let what = format!("{source} is listed here, and nothing links to it yet, so that {then}");
                Message::new(what, "run `mdbook-bilingual adopt`")
            } else {
                Message::new(format!("{source} is listed here, and is gone"), format!("delete the line, or {then}"))
            };
            (code, message)
        }
    };
    Diagnostic::new(code, message).at(place.clone())
}
