//! Whether the sources are on this machine what they are in the repository: links to notes, or the notes themselves.
//!
//! Lost links are told once, since all of them go together.

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::sightings::Stands;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    let mut lost: Vec<String> = Vec::new();
    for (source, stands) in &notebook.sightings.copies {
        let file = format!("{}{source}", notebook.source_folder);
        let message = match stands {
            Stands::Well => continue,
            Stands::TextOfLink => {
                lost.push(file);
                continue;
            }
            Stands::OldCopy => Message::new(
                format!("this is a copy of {source} as it was, and readers see it so"),
                "run `mdbook-bilingual adopt` again",
            ),
            Stands::LostCopy => Message::new(
                format!("this is a copy of {source}, which is gone"),
                "delete it, and its line in SUMMARY.md, or run `mdbook-bilingual adopt` when the note was moved",
            ),
            Stands::Taken => Message::new(
                format!("this is no link to {source} and says something else, and readers see it"),
                "move it away and run `mdbook-bilingual adopt`",
            ),
        };
        diagnostics.push(Diagnostic::new(Code::CopyStale, message).at(Place::file(file)));
    }
    if let Some(first) = lost.first() {
        let message = links_lost(lost.len(), checked.config.notes.is_some());
        diagnostics.push(Diagnostic::new(Code::LinkAsText, message).at(Place::file(first)));
    }
}

/// Takes back where in a note something stands, and what has to change there, when an old copy of it was read: the bytes of
/// the two are not the same.
pub(super) fn forget_bytes(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    let is_old = |stands: &Stands| matches!(stands, Stands::OldCopy | Stands::Taken);
    let copies = notebook.sightings.copies.iter().filter(|(_, stands)| is_old(stands));
    let here = |source| format!("{}{source}", notebook.source_folder);
    let read_elsewhere: BTreeSet<String> = copies
        .map(|(source, _)| (here(source), notebook.in_sources(source)))
        .filter_map(|(here, note)| (note != here).then_some(note))
        .collect();
    if !read_elsewhere.is_empty() {
        diagnostics.forget_bytes(|file| read_elsewhere.contains(file));
    }
}

/// What there is to say of files that hold the text of a link; `mirrors` says whether the sources mirror a folder of notes.
fn links_lost(count: usize, mirrors: bool) -> Message {
    let others = match count - 1 {
        0 => String::new(),
        1 => ", as does one more file".to_owned(),
        count => format!(", as do {count} more files"),
    };
    let repair = if mirrors {
        "run `mdbook-bilingual adopt`, which puts links in their places, or copies where the system makes no links"
    } else {
        "put the notes themselves there, or check out with links: `git config core.symlinks true`, then `git checkout -- .`"
    };
    let what = format!(
        "this file holds the text of a symbolic link and is none{others}: the checkout was made without links, and readers would see paths in place of notes"
    );
    Message::new(what, repair)
}
