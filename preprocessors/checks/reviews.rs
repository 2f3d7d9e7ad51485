//! Whether texts wait for a review, whether reviews are of the texts that are there now, and whether the next one is due.

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::{Edition, Note};
use crate::values::{Fact, Origin, Review, Status};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let mut found: Vec<Diagnostic> = Vec::new();
    for (note, editions) in checked.notes() {
        let mut said = BTreeSet::new();
        for edition in editions {
            if !note.catalogue {
                found.extend(pending(edition, &mut said));
            }
            found.extend(changed(edition));
            found.extend(overdue(checked, note, edition));
        }
    }
    found.into_iter().for_each(|found| diagnostics.push(found));
}

/// Which texts wait for a review. A translation that inherits its status waits for nothing of its own: what was said at
/// one origin is said once.
fn pending<'a>(edition: &'a Edition, said: &mut BTreeSet<&'a Origin>) -> Option<Diagnostic> {
    let Fact { origin, .. } = edition.status.as_ref().filter(|fact| fact.value == Status::PendingReview)?;
    if !said.insert(origin) {
        return None;
    }
    let file = &edition.file;
    let place = origin.place().filter(|place| place.file == *file).cloned();
    let message = Message::new(
        "this edition waits for its review",
        format!("review it, and run `mdbook-bilingual confirm --review {file}`"),
    );
    Some(Diagnostic::new(Code::ReviewPending, message).at(place.unwrap_or_else(|| Place::file(file))))
}

/// Which texts were changed since their review.
fn changed(edition: &Edition) -> Option<Diagnostic> {
    let Some(Review::ChangedSince(day)) = edition.review else { return None };
    let of = edition.reviewed_on.as_ref().map(|fact| format!(" of {}", fact.value)).unwrap_or_default();
    let day = day.map(|day| format!(", last on {day}")).unwrap_or_default();
    let message = Message::new(
        format!("the text was changed since its review{of}{day}"),
        format!("review it again, and run `mdbook-bilingual confirm --review {}`", edition.file),
    );
    let place = edition.reviewed_on.as_ref().and_then(|fact| fact.origin.place()).cloned();
    Some(Diagnostic::new(Code::ReviewChanged, message).at(place.unwrap_or_else(|| Place::file(&edition.file))))
}

/// Which reviews are overdue, on a day that is known.
fn overdue(checked: &Checked<'_>, note: &Note, edition: &Edition) -> Option<Diagnostic> {
    let today = checked.occasion.today?;
    // A catalogue and a page that leads to others are no texts to review, unless they say so themselves.
    let general = checked.config.review_status.review_in.filter(|_| !note.catalogue && edition.on_path);
    let period = edition.review_in.as_ref().map(|fact| fact.value).or(general)?;
    let reviewed = edition.reviewed_on.as_ref().map(|fact| ("it was reviewed", fact));
    let written = edition.updated.as_ref().map(|fact| ("nobody has reviewed it since it was updated", fact));
    let published = edition.published.as_ref().map(|fact| ("nobody has reviewed it since it was published", fact));
    let (what, base) = reviewed.or(written).or(published)?;
    let base = base.value;
    let due = period.after(base).filter(|due| *due < today)?;
    let place = edition.review_in.as_ref().and_then(|fact| fact.origin.place()).cloned();
    let message = Message::new(
        format!("{what} on {base}, and a review was due {period} later, on {due}"),
        format!("review it, and run `mdbook-bilingual confirm --review {}`", edition.file),
    );
    Some(Diagnostic::new(Code::ReviewOverdue, message).at(place.unwrap_or_else(|| Place::file(&edition.file))))
}
