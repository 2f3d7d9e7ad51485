//! Whether what translations say of their sources holds.
//!
//! ```text
//! translation-of: ja              in a note that has no Japanese edition
//! translated-from: sha256:4f2b…   in a note that has no other edition at all
//! translated-from: 1a2b3c4        a commit that the history does not have
//! translation-of: en              in the Chinese edition, and `translation-of: zh` in the English one
//! ```

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::sightings::UnknownCommit;
use crate::notebook::{Edition, Note};
use crate::values::Origin;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    let written_first = checked.config.freshness.source.as_ref().map(|source| &source.value);
    for note in notebook.notes.iter().filter(|note| !note.added && !note.catalogue) {
        contradiction(note).into_iter().for_each(|found| diagnostics.push(found));
        for (at, edition) in note.editions.iter().enumerate() {
            if edition.says_it_is_a_translation() && note.source_of(at, written_first).is_none() {
                without_source(note, edition).into_iter().for_each(|found| diagnostics.push(found));
            }
        }
    }
    for unknown in &notebook.sightings.unknown_commits {
        diagnostics.push(unknown_commit(unknown));
    }
}

/// Every edition of a note says that it is a translation.
fn contradiction(note: &Note) -> Option<Diagnostic> {
    let [first, .., last] = note.editions.as_slice() else { return None };
    if !note.editions.iter().all(Edition::says_it_is_a_translation) {
        return None;
    }
    let says = |edition: &Edition| {
        let of = edition.translation_of.as_ref().map(|fact| &fact.origin);
        let from = edition.translated_from.as_ref().map(|fact| &fact.origin);
        of.or(from).and_then(Origin::place).cloned()
    };
    let (here, there) = (says(first)?, says(last)?);
    let message = Message::new(
        format!("this is a translation, it says, and so does {there}, so nobody knows the source of the note"),
        "remove the line from the edition that was written first",
    );
    Some(Diagnostic::new(Code::FactsDisagree, message).at(here))
}

/// A translation by its own word, of which there is no source.
fn without_source(note: &Note, edition: &Edition) -> Option<Diagnostic> {
    let place = |origin: &Origin| origin.place().cloned().unwrap_or_else(|| Place::file(&edition.file));
    if let Some(of) = &edition.translation_of {
        let message = Message::new(
            format!("`translation-of`: this note has no other edition in {}", of.value),
            "correct the tag, or remove the line",
        );
        return Some(Diagnostic::new(Code::LanguageUnknown, message).at(place(&of.origin)));
    }
    let from = edition.translated_from.as_ref().filter(|_| note.editions.len() == 1)?;
    let message = Message::new(
        "`translated-from`: this note has no other edition that it could be translated from",
        "give both the same `translation-key`, or remove the line",
    );
    Some(Diagnostic::new(Code::SourceMissing, message).at(place(&from.origin)))
}

fn unknown_commit(UnknownCommit { file, id, is_ambiguous, place }: &UnknownCommit) -> Diagnostic {
    let why = if *is_ambiguous { "has several commits that begin with" } else { "has no commit" };
    let message = Message::new(
        format!("`translated-from`: the history {why} {id}"),
        format!("correct it, or run `mdbook-bilingual confirm {file}`"),
    );
    Diagnostic::new(Code::CommitUnknown, message).at(place.clone())
}
