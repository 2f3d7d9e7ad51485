//! `[preprocessor.bilingual.cross-post]`.

use super::table::table;

table! {
    /// Where the banners stand, and what they say.
    pub struct CrossPostConfig {
        /// Whether the banner takes the place of a note's own line.
        pub replace: bool = flag("replace", true),
        /// Whether the banner says since when a copy is there, or of which day its text is.
        pub dates: bool = flag("dates", false),
        /// Whether the banner says that the page has changed since it was posted.
        pub newer: bool = flag("newer", false),
    }
}
