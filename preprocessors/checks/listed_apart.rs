//! Which files are one note by their names, or by the word of one catalogue, and two notes by the word of another.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::disputes::ListedApart;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    for ListedApart { files, entries, joined_by } in &notebook.disputes.listed_apart {
        let (first, second) = (&notebook.listings[entries.0], &notebook.listings[entries.1]);
        let joined = match joined_by {
            None => "their names make them one".to_owned(),
            Some(place) => format!("{place} makes them one"),
        };
        let message = Message::new(
            format!(
                "“{}” is listed here and “{}” at {} as two notes, but {joined}",
                first.title, second.title, second.place
            ),
            format!(
                "write separate = [[\"{}\", \"{}\"]] in [preprocessor.bilingual] if they are two notes, or `pair` instead of `separate` if they are one",
                notebook.file(&files.0),
                notebook.file(&files.1)
            ),
        );
        diagnostics.push(Diagnostic::new(Code::PairDoubtful, message).at(first.place.clone()));
    }
}
