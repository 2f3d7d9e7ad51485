//! Which texts look like another language than the one that their counterparts leave over for them.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::{Edition, Note};
use crate::values::{Language, Origin};

/// A shorter text proves nothing.
const ENOUGH: usize = 50;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (note, editions) in checked.notes().filter(|(note, _)| !note.catalogue) {
        for edition in editions {
            doubt(checked, note, edition).into_iter().for_each(|found| diagnostics.push(found));
        }
    }
}

fn doubt(checked: &Checked<'_>, note: &Note, edition: &Edition) -> Option<Diagnostic> {
    let enough = edition.prose.characters() + edition.prose.words() >= ENOUGH;
    if edition.language.origin != Origin::Counterpart || !enough {
        return None;
    }
    let all: Vec<&Language> = checked.notebook.languages.iter().collect();
    let looks_like = edition.prose.language(&all).filter(|looks_like| **looks_like != edition.language.value)?;
    let other = note.edition(looks_like).map(|edition| edition.file.as_str()).unwrap_or_default();
    let (is, looks) = (checked.config.autonym(&edition.language.value), checked.config.autonym(looks_like));
    let message = Message::new(
        format!("this counts as {is}, since {other} is the {looks} edition, but its text looks like {looks}"),
        "say `language:` in its front matter",
    );
    Some(Diagnostic::new(Code::LanguageDoubtful, message).at(Place::file(&edition.file)))
}
