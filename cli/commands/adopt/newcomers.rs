//! Notes that came into a folder after it was made a book.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::markdown::Anatomy;
use mdbook_bilingual_core::notebook::Notebook;
use mdbook_bilingual_core::text::Wording;
use mdbook_bilingual_core::values::{Language, PagePath};

use super::{join, summary, walk};

/// How many of them are named.
const NAMED: usize = 3;

/// Says which notes of the folder a book of links does not have. What `SUMMARY.md` mentions in a comment is left out on
/// purpose.
pub fn report_newcomers(host: &Host, notebook: &Notebook, diagnostics: &mut Diagnostics) {
    // `adopt` writes no other folder.
    if host.notes() != Some(Path::new(".")) {
        return;
    }
    let source = host.source_folder();
    let read =
        || mdbook_bilingual_core::files::text(&host.root.join(&host.source).join("SUMMARY.md")).unwrap_or_default();
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
    // `adopt` has no place for a note in a language that the book does not list.
    let mut foreign: BTreeMap<Language, Vec<&String>> = BTreeMap::new();
    let mut new: Vec<&String> = Vec::new();
    for note in found.notes.iter().filter(is_new) {
        let text = mdbook_bilingual_core::files::text(&host.root.join(note)).unwrap_or_default();
        match Anatomy::of(&text, 0, &Wording::default()).prose.foreign_to(&notebook.languages) {
            Some(language) => foreign.entry(language).or_default().push(note),
            None => new.push(note),
        }
    }
    report(
        &new,
        &|it| format!("run `mdbook-bilingual adopt`, or name {it} in a comment of SUMMARY.md to keep {it} out"),
        diagnostics,
    );
    for (language, notes) in &foreign {
        let remedy = |it: &str| {
            format!(
                "add {:?} to `languages` in [preprocessor.bilingual] and run `mdbook-bilingual adopt`, or name {it} in a comment of SUMMARY.md to keep {it} out",
                language.tag()
            )
        };
        report(notes, &remedy, diagnostics);
    }
}

/// Says that notes are not in the book, and what to do about `it` or `them`.
fn report(new: &[&String], remedy: &dyn Fn(&str) -> String, diagnostics: &mut Diagnostics) {
    let Some(first) = new.first() else { return };
    let message = if new.len() == 1 {
        Message::new("this note is not in the book", remedy("it"))
    } else {
        let more = new.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let names: Vec<&str> = new.iter().take(NAMED).map(|name| name.as_str()).collect();
        Message::new(format!("{} notes are not in the book: {}{more}", new.len(), names.join(", ")), remedy("them"))
    };
    diagnostics.push(Diagnostic::new(Code::NoteUnlisted, message).at(Place::file(first.as_str())));
}
