//! `[preprocessor.bilingual.freshness]`.

use super::Placed;
use super::key::Key;
use super::table::table;
use crate::values::Language;

table! {
    /// A translation that misses less than one of these is not called behind.
    pub struct FreshnessConfig {
        /// How many changes of its source a translation has to miss before it is called behind.
        pub commits: usize = number("commits", 1),
        /// How many days have to lie between what it knows and the last change of its source, too.
        pub days: usize = number("days", 0),
        /// How many lines of its source have to be new or gone, too.
        pub lines: usize = number("lines", 0),
        /// The language that notes are written in first, as a BCP 47 tag, where no front matter says it.
        pub source: Option<Placed<Language>> = language("source"),
    }
}

/// What a text has to miss before it is called behind: as much as each of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// How many changes.
    pub commits: usize,
    /// How many days.
    pub days: usize,
    /// How many lines.
    pub lines: usize,
}

impl FreshnessConfig {
    /// What a translation has to miss before it is called behind.
    #[must_use]
    pub fn least(&self) -> Thresholds {
        Thresholds { commits: self.commits, days: self.days, lines: self.lines }
    }
}

impl Key<'_, '_> {
    fn language(&mut self) -> Option<Placed<Language>> {
        let language = self.parsed(Language::parse)?;
        Some(self.placed(language))
    }
}
