//! `[preprocessor.bilingual.cross-post]`.

use super::table::table;

table! {
    /// Where the banners stand.
    pub struct CrossPostConfig {
        /// Whether the banner takes the place of a note's own line.
        pub replace: bool = flag("replace", true),
    }
}
