//! `[preprocessor.bilingual.copies]`.

use super::freshness::Thresholds;
use super::table::table;

table! {
    /// A copy elsewhere that misses less than one of these is not called behind.
    pub struct CopiesConfig {
        /// How many changes of its note a copy elsewhere has to miss before it is called behind.
        pub commits: usize = number("commits", 1),
        /// How many days have to lie between its text and the last change of the note, too.
        pub days: usize = number("days", 0),
        /// How many lines of the note have to be new or gone, too.
        pub lines: usize = number("lines", 0),
        /// Whether `check` names copies of which nobody has said which text they have.
        pub unconfirmed: bool = flag("unconfirmed", false),
    }
}

impl CopiesConfig {
    /// What a copy has to miss before it is called behind.
    #[must_use]
    pub fn least(&self) -> Thresholds {
        Thresholds { commits: self.commits, days: self.days, lines: self.lines }
    }
}
