//! A door to a private parser for the targets in `fuzz/`. Only `cargo fuzz` builds it.

use crate::facts::git;

/// Reads what git prints, as the history of two files, and checks that what comes of it holds together.
///
/// # Panics
/// When it does not.
pub fn git_log(log: &[u8]) {
    git::check_log(log);
}
