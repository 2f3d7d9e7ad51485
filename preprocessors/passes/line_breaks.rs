//! Closes the gaps that line breaks of the source leave between Chinese and Japanese characters.

use super::Stage;
use crate::edit::Edit;

/// One splice for each such line break.
#[must_use]
pub(super) fn edits(_stage: &Stage<'_>) -> Vec<Edit> {
    Vec::new()
}
