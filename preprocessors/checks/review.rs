//! Whether reviews are of the texts that are there now, and whether the next one is due.

use crate::checks::Truth;
use crate::diagnostic::{Code, Place};
use crate::notebook::{Edition, Note};
use crate::values::{Date, Review};

impl Truth<'_> {
    /// Which texts were changed since their review, and, on a day that is known, which reviews are overdue.
    pub(super) fn reviews(&mut self, today: Option<Date>) {
        for (note, editions) in self.notes() {
            for edition in editions {
                if let Some(Review::ChangedSince(day)) = edition.review {
                    let of = edition.reviewed_on.as_ref().map(|fact| format!(" of {}", fact.value)).unwrap_or_default();
                    let day = day.map(|day| format!(", last on {day}")).unwrap_or_default();
                    let message = format!(
                        "the text was changed since its review{of}{day}; review it again, and run `mdbook-bilingual confirm --review {}`",
                        edition.file
                    );
                    let place = edition.reviewed_on.as_ref().and_then(|fact| fact.origin.place()).cloned();
                    self.report(Code::ReviewChanged, place.unwrap_or_else(|| Place::file(&edition.file)), message);
                }
                if let Some(today) = today {
                    self.overdue(note, edition, today);
                }
            }
        }
    }

    fn overdue(&mut self, note: &Note, edition: &Edition, today: Date) {
        // A catalogue and a page that leads to others are no texts to review, unless they say so themselves.
        let general = self.config.review_status.review_in.filter(|_| !note.catalogue && edition.on_path);
        let Some(period) = edition.review_in.as_ref().map(|fact| fact.value).or(general) else { return };
        let reviewed = edition.reviewed_on.as_ref().map(|fact| ("it was reviewed", fact));
        let written = edition.updated.as_ref().map(|fact| ("nobody has reviewed it since it was updated", fact));
        let published = edition.published.as_ref().map(|fact| ("nobody has reviewed it since it was published", fact));
        let Some((what, base)) = reviewed.or(written).or(published) else { return };
        let base = base.value;
        let Some(due) = period.after(base).filter(|due| *due < today) else { return };
        let place = edition.review_in.as_ref().and_then(|fact| fact.origin.place()).cloned();
        let message = format!(
            "{what} on {base}, and a review was due {period} later, on {due}; review it, and run `mdbook-bilingual confirm --review {}`",
            edition.file
        );
        self.report(Code::ReviewOverdue, place.unwrap_or_else(|| Place::file(&edition.file)), message);
    }
}
