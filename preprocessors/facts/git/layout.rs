//! What the files of a repository tell before git is asked, as gitrepository-layout(5) describes them.

use std::path::{Path, PathBuf};

use crate::files;

/// The folder that all work trees of a repository share. Whether there is a repository at all is git's to say.
pub(crate) fn common(repository: &Path) -> PathBuf {
    let own = repository.join(".git");
    // A work tree and a submodule have a file that says where the folder is.
    let named = |file: &Path, key: &str| {
        let text = files::text(file).ok()?;
        Some(PathBuf::from(text.trim().strip_prefix(key)?.trim()))
    };
    let folder = named(&own, "gitdir:").map_or(own, |folder| repository.join(folder));
    named(&folder.join("commondir"), "").map_or(folder.clone(), |common| folder.join(common))
}

/// Whether a clone left contents out (`--filter`), to be fetched when they are needed.
///
/// A configuration that only looks like it costs nothing but renames with changes.
pub(super) fn is_partial(common: &Path) -> bool {
    let config = files::text(&common.join("config")).unwrap_or_default().to_lowercase();
    ["partialclone", "promisor"].iter().any(|word| config.contains(word))
}
