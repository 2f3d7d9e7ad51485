//! Notes that came into a folder after it was made a book.

use std::collections::BTreeSet;
use std::path::Path;

use super::{join, summary, walk};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::host::Host;
use crate::notebook::{Notebook, PagePath};

/// How many of them are named.
const NAMED: usize = 3;

/// Says which notes of the folder a book of links does not have. What `SUMMARY.md` mentions in a comment is left out on
/// purpose.
pub(crate) fn report_newcomers(host: &Host, notebook: &Notebook, diagnostics: &mut Diagnostics) {
    // `adopt` writes no other folder.
    if host.notes.as_deref() != Some(Path::new(".")) {
        return;
    }
    let source = host.source_folder();
    let read = || crate::files::text(&host.root.join(&host.source).join("SUMMARY.md")).unwrap_or_default();
    let contents = host.summary.clone().unwrap_or_else(read);
    let mentioned = summary::mentioned(&contents);
    let skip = [source.trim_end_matches('/').to_owned(), host.build.to_string_lossy().replace('\\', "/")];
    let found = walk::walk(&host.root, &skip);
    let joined: Vec<join::Joined> =
        join::beside_each_other(&host.root, &found).into_iter().filter(|book| book.is_listed_in(&contents)).collect();
    // `README.md` and `index.md` in one folder are one page, and the book has it.
    let page = |path: &str| PagePath::new(Path::new(path), true).map(|page| page.html().to_lowercase());
    let pages: BTreeSet<String> = notebook.pages.iter().map(|page| page.path.html().to_lowercase()).collect();
    let is_new = |note: &&String| {
        let is_here = match found.book_of(note) {
            Some(_) => joined.iter().any(|book| walk::is_in(note, &book.source)),
            None => true,
        };
        is_here && !mentioned.contains(*note) && page(note).is_some_and(|page| !pages.contains(&page))
    };
    let new: Vec<&String> = found.notes.iter().filter(is_new).collect();
    let Some(first) = new.first() else { return };
    let message = if new.len() == 1 {
        "this note is not in the book; run `mdbook-bilingual adopt`, or name it in a comment of SUMMARY.md to keep it out".to_owned()
    } else {
        let more = new.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names: Vec<&str> = new.iter().take(NAMED).map(|name| name.as_str()).collect();
        format!(
            "{} notes are not in the book: {}{more}; run `mdbook-bilingual adopt`, or name them in a comment of SUMMARY.md to keep them out",
            new.len(),
            names.join(", ")
        )
    };
    diagnostics.push(Diagnostic::new(Code::NoteUnlisted, message).at(Place::file(first.as_str())));
}
