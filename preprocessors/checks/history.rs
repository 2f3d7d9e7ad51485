//! Why git does not tell all that it could.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::HistoryGap;

/// What follows when texts are not there.
const UNSURE: &str = "a file that was renamed and changed in one commit may seem to be new, and a change of front matter may count as one of the text";

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let Some(gap) = &checked.notebook.sightings.history else { return };
    let (code, message) = match gap {
        HistoryGap::Missing(why) => (Code::HistoryMissing, why.clone()),
        HistoryGap::Shallow => {
            let message = Message::new(
                "this clone has only a part of its history, so notes get no dates from git",
                "fetch all of it with `git fetch --unshallow`, or with `fetch-depth: 0` in a workflow of GitHub",
            );
            (Code::HistoryShallow, message)
        }
        HistoryGap::Filtered => {
            let what = format!("this clone holds not all texts of its history, so {UNSURE}");
            (Code::HistoryPartial, Message::new(what, "clone without --filter for the whole of it"))
        }
        HistoryGap::Unreadable => {
            let what = format!("git could not read all texts of the history, so {UNSURE}");
            (Code::HistoryPartial, Message::new(what, "run `git fsck`, and mend the repository"))
        }
    };
    diagnostics.push(Diagnostic::new(code, message));
}
