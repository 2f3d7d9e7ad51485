//! What a book would publish from outside of its repository: nothing of it is read.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::files::Lies;
use crate::host::Host;

/// What is wrong with a source folder, or with a table of contents, that lies outside of the book's repository. Then
/// nothing of it is read.
pub fn leads_out(host: &Host) -> Option<Diagnostic> {
    let mut worktree = host.worktree();
    let folder = host.root.join(&host.source);
    if let Lies::Outside(target) = worktree.folder_lies(&folder) {
        let what = format!("`src`: “{}”", host.source.display());
        return Some(outside(&what, &target, host.book_toml.place(&["book", "src"])));
    }
    match worktree.lies(&folder.join("SUMMARY.md")) {
        Lies::Outside(target) => {
            let file = format!("{}SUMMARY.md", host.source_folder());
            Some(outside("this table of contents", &target, Place::file(file)))
        }
        _ => None,
    }
}

/// What there is to say of something that mdBook would publish, and that lies outside of the book's repository.
pub fn outside(what: &str, target: &Path, place: Place) -> Diagnostic {
    let message = Message::new(
        format!(
            "{what} leads to {}, outside of the book's repository, and mdBook would publish what nobody put into that",
            target.display()
        ),
        "put it there, or begin the repository further up with `git init`",
    );
    Diagnostic::new(Code::PathOutside, message).at(place)
}
