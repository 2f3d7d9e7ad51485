//! Makes links of addresses that stand in the text.

use super::Stage;
use crate::edit::Edit;

/// One pair of angle brackets for each address.
#[must_use]
pub(super) fn edits(_stage: &Stage<'_>) -> Vec<Edit> {
    Vec::new()
}
