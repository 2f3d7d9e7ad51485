//! `[preprocessor.bilingual.learning-path]`.

use super::choice::choices;
use super::table::table;

table! {
    /// How the learning path is written.
    pub struct LearningPathConfig {
        /// How the learning path is divided.
        pub group_by: GroupBy = choice("group-by", GroupBy::Section),
        /// How fast Chinese, Japanese and Korean text is read, in characters a minute.
        pub characters_per_minute: usize = count("characters-per-minute", 400),
        /// How fast all other text is read, in words a minute.
        pub words_per_minute: usize = count("words-per-minute", 220),
    }
}

choices! {
    /// How the learning path is divided.
    pub enum GroupBy {
        /// By the book's sections.
        Section = "section",
        /// By the year of publication.
        Year = "year",
        /// Not at all.
        None = "none",
    }
}
