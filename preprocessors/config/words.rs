//! `[preprocessor.bilingual.words]`: what the book's authors call things.

use super::key::Key;
use crate::text::Words;
use crate::values::Status;

impl Key<'_, '_> {
    /// The table. What languages are called stands in theirs.
    pub(super) fn vocabulary(&mut self) -> Words {
        self.table(|table| {
            let mut words = Words::default();
            for status in Status::ALL {
                let about = format!("More words for the status `{}` in marks.", status.name());
                for word in table.key(status.name(), &about).words() {
                    words.statuses.insert(word, *status);
                }
            }
            let about = "More words that say that a linked text is a copy: `[\"另刊于\"]`.";
            words.cross_post = table.key("cross-post", about).words();
            words
        })
    }
}
