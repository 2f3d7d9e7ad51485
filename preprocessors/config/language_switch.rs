//! `[preprocessor.bilingual.language-switch]`.

use super::choice::choices;
use super::table::table;

table! {
    /// How the language switch reads, and where it stands.
    pub struct LanguageSwitchConfig {
        /// What the switch does about a missing edition.
        pub missing: MissingEdition = choice("missing", MissingEdition::Say),
        /// Whether the switch takes the place of a note's own line.
        pub replace: bool = flag("replace", true),
    }
}

choices! {
    /// What the language switch does about an edition that does not exist.
    pub enum MissingEdition {
        /// It says so in words.
        Say = "say",
        /// It is silent.
        Hide = "hide",
    }
}
