//! `[preprocessor.bilingual.history]`.

use super::table::table;

table! {
    /// What git is asked, and what does not count there.
    pub struct HistoryConfig {
        /// Whether git is asked.
        pub git: bool = flag("git", true),
        /// Texts in the message of a commit that changed no text: `["[typo]"]`.
        // Every message holds what has no letters.
        pub ignore: Vec<String> = words("ignore"),
    }
}
