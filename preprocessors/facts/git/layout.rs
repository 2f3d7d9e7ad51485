//! What the files of a repository tell before git is asked, as gitrepository-layout(5) describes them.

use std::path::{Path, PathBuf};

use crate::files;

/// The folder that all work trees of a repository share. Whether there is a repository at all is git's to say.
pub(crate) fn common(repository: &Path) -> PathBuf {
    shared(&own(repository))
}

/// The folder of a work tree.
fn own(repository: &Path) -> PathBuf {
    let own = repository.join(".git");
    // A work tree and a submodule have a file that says where the folder is.
    named(&own, "gitdir:").map_or(own, |folder| repository.join(folder))
}

fn shared(own: &Path) -> PathBuf {
    named(&own.join("commondir"), "").map_or(own.to_owned(), |common| own.join(common))
}

fn named(file: &Path, key: &str) -> Option<PathBuf> {
    let text = files::text(file).ok()?;
    Some(PathBuf::from(text.trim().strip_prefix(key)?.trim()))
}

/// What git reads of a repository before it says anything.
const READ: &[&str] = &[
    "HEAD",
    "commondir",
    "config",
    "config.worktree",
    "packed-refs",
    "shallow",
    "info/attributes",
    "info/grafts",
    "objects/info/alternates",
    "objects/info/commit-graph",
];

/// A file of the repository that is a pipe or a device: git would wait for it, or read it without an end.
pub(super) fn endless(repository: &Path) -> Option<PathBuf> {
    let own = own(repository);
    let common = shared(&own);
    let head = files::text(&own.join("HEAD")).unwrap_or_default();
    let branch = head.trim().strip_prefix("ref:").map(str::trim);
    let names = READ.iter().copied().chain(branch);
    let places = names.flat_map(|name| [own.join(name), common.join(name)]).chain([repository.join(".git")]);
    places.into_iter().find(|place| std::fs::metadata(place).is_ok_and(|found| !found.is_file() && !found.is_dir()))
}

/// Whether a clone left contents out (`--filter`), to be fetched when they are needed.
///
/// A configuration that only looks like it costs nothing but renames with changes.
pub(super) fn is_partial(common: &Path) -> bool {
    let config = files::text(&common.join("config")).unwrap_or_default().to_lowercase();
    ["partialclone", "promisor"].iter().any(|word| config.contains(word))
}
