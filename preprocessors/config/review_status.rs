//! `[preprocessor.bilingual.review-status]`.

use super::table::table;
use crate::values::Period;

table! {
    /// Where a status is shown, and when reviews are due.
    pub struct ReviewStatusConfig {
        /// Whether the sidebar names a status; needs `before = ["links"]`.
        pub sidebar_marks: bool = flag("sidebar-marks", true),
        /// How long after a review the next one is due, for notes whose front matter does not say it: `"6 months"`.
        pub review_in: Option<Period> = parsed("review-in", Period::parse),
    }
}
