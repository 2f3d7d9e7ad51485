//! What the status of an edition is called. Not a pass: what the passes that say it have in common.

use super::Stage;
use crate::notebook::Edition;
use crate::values::{Language, Review, Status};

/// The status of an edition, unless there is nothing to say about it.
pub(super) fn worth_saying(edition: &Edition) -> Option<Status> {
    edition.status.as_ref().map(|fact| fact.value).filter(|status| *status != Status::Published)
}

/// Whether the text of an edition is another one than the text that was reviewed.
pub(super) fn is_changed(edition: &Edition) -> bool {
    matches!(edition.review, Some(Review::ChangedSince(_)))
}

/// The word for an edition's status. Of a review, that it is of an older text is more than that there was one.
pub(super) fn of(stage: &Stage<'_>, language: &Language, edition: &Edition, status: Status) -> String {
    if status == Status::Reviewed && is_changed(edition) {
        return stage.text(language, "review-changed");
    }
    stage.text(language, &format!("status-{}", status.name()))
}
