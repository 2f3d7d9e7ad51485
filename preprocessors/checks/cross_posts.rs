//! Which addresses of copies are given for two notes.

use std::collections::BTreeMap;

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::values::Origin;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, (usize, &Origin)> = BTreeMap::new();
    for (at, note) in checked.notebook.notes.iter().enumerate() {
        for post in note.editions.iter().flat_map(|edition| &edition.cross_posts) {
            let (owner, origin) = *first.entry(&post.value.url).or_insert((at, &post.origin));
            if owner == at {
                continue;
            }
            let (Some(place), Some(other)) = (post.origin.place(), origin.place()) else { continue };
            let message = Message::new(
                format!("{} is already given at {other}, for another note", post.value.url),
                "correct one of the two",
            );
            diagnostics.push(Diagnostic::new(Code::CrossPostDuplicate, message).at(place.clone()));
        }
    }
}
