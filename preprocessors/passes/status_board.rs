//! Not yet.

use super::Stage;
use crate::edit::Edit;

#[must_use]
pub(super) fn edits(_stage: &Stage<'_>) -> Vec<Edit> {
    Vec::new()
}
