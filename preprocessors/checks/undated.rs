//! Which notes have no date, so that the learning path puts them last.

use crate::checks::Checked;
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Undated;
use crate::notebook::sightings::HistoryGap;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    // Without a history nobody has a date, and that is said once.
    let is_said = matches!(checked.notebook.sightings.history, Some(HistoryGap::Shallow | HistoryGap::Missing(_)));
    if is_said || !checked.config.runs(PassName::LearningPath) {
        return;
    }
    for (note, editions) in checked.notes().filter(|(note, _)| !note.catalogue) {
        let is_told =
            note.editions.iter().any(|edition| edition.published.is_some() || edition.undated == Some(Undated::Said));
        let Some(edition) = editions.iter().find(|edition| edition.on_path && !is_told) else { continue };
        let message = match edition.undated {
            Some(Undated::Elsewhere) => Message::new(
                "no date, since the text is elsewhere, and git knows only when this page was written",
                "add `date:` to its front matter, or `date: unknown` if nobody knows it",
            ),
            _ => Message::new("no date, so the learning path lists this note last", "add `date:` to its front matter"),
        };
        diagnostics.push(Diagnostic::new(Code::Undated, message).at(Place::file(&edition.file)));
    }
}
