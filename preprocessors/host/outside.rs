//! What of a book lies outside of its repository, so that nothing of it is read.

use crate::diagnostic::Place;
use crate::files::Lies;
use crate::host::Host;
use crate::notebook::sightings::{Outside, Published};

/// A source folder, or a table of contents, that lies outside of the book's repository. Then nothing of it is read.
pub fn leads_out(host: &Host) -> Option<Outside> {
    let mut worktree = host.worktree();
    let folder = host.root.join(&host.source);
    if let Lies::Outside(target) = worktree.folder_lies(&folder) {
        let what = Published::Sources(host.source.display().to_string());
        return Some(Outside { what, target, place: host.book_toml.place(&["book", "src"]) });
    }
    match worktree.lies(&folder.join("SUMMARY.md")) {
        Lies::Outside(target) => {
            let place = Place::file(format!("{}SUMMARY.md", host.source_folder()));
            Some(Outside { what: Published::Summary, target, place })
        }
        _ => None,
    }
}
