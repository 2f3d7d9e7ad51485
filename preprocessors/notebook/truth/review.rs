//! Whether reviews are of the texts that are there now, and whether the next one is due.

use super::*;

impl Truth<'_> {
    /// Which texts were changed since their review, and, on a day that is known, which reviews are overdue.
    pub(super) fn reviews(&mut self, today: Option<Date>) {
        for (note, editions) in self.notes() {
            for edition in editions {
                if let Some(Review::ChangedSince(day)) = edition.review {
                    let day = day.map(|day| format!(", on {day}")).unwrap_or_default();
                    let message = format!(
                        "the text was changed since its review{day}; review it again, and run `mdbook-bilingual confirm --review {}`",
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
        // A catalogue is no text to review, unless it says so itself.
        let general = self.config.review_in.filter(|_| !note.catalogue);
        let Some(period) = edition.review_in.as_ref().map(|fact| fact.value).or(general) else { return };
        let days = [
            ("it was reviewed", &edition.reviewed_on),
            ("it was updated", &edition.updated),
            ("it was published", &edition.published),
        ];
        let Some((what, base)) = days.into_iter().find_map(|(what, fact)| Some((what, fact.as_ref()?.value))) else {
            return;
        };
        let Some(due) = period.after(base).filter(|due| *due < today) else { return };
        let place = edition.review_in.as_ref().and_then(|fact| fact.origin.place()).cloned();
        let message = format!(
            "{what} on {base}, so its next review, {period} later, was due on {due}; review it, and write the day in `reviewed-on`"
        );
        self.report(Code::ReviewOverdue, place.unwrap_or_else(|| Place::file(&edition.file)), message);
    }
}
