//! Lets emphasis beside Chinese and Japanese characters begin and end where its author meant it to.

use super::Stage;
use crate::edit::Edit;

/// One comment for each run that would not do.
#[must_use]
pub(super) fn edits(_stage: &Stage<'_>) -> Vec<Edit> {
    Vec::new()
}
