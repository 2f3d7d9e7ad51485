//! Whether the language that mdBook writes on every page is one, and one that the notes are in.

use crate::checks::{Checked, Subject};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::values::Language;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let Some(written) = checked.notebook.sightings.book_language.as_deref() else { return };
    let is_for_site = checked.occasion.is_for_site;
    let invalid = invalid(written, is_for_site).map(|message| (Code::LanguageInvalid, message));
    let doubtful = doubtful(checked, written).map(|message| (Code::LanguageDoubtful, message));
    for (code, message) in invalid.into_iter().chain(doubtful) {
        let place = checked.book_toml.place(&["book", "language"]);
        diagnostics.push(Diagnostic::new(code, message.of("`book.language`")).at(place));
    }
}

/// What is wrong with a language as it is written.
fn invalid(written: &str, is_for_site: bool) -> Option<Message> {
    let what = format!("“{written}” is the tag of no language");
    if let Some(tag) = Language::meant_by(written) {
        return Some(Message::new(what, format!("write {tag}")));
    }
    match Language::named(written) {
        // All codes of two letters are known, and of three there are thousands.
        Ok(tag) if !tag.is_in_use() && tag.primary().len() == 2 => {
            Some(Message::new(format!("{what} that we know"), "write a tag such as zh-CN, en or ja"))
        }
        // The site writes the tag of each page.
        Ok(_) if is_for_site => None,
        Ok(tag) if !tag.tag().eq_ignore_ascii_case(written) => Some(Message::new(
            format!("mdBook writes “{written}” on every page, and no browser knows it"),
            format!("write {tag}"),
        )),
        Ok(_) => None,
        Err(error) => {
            let why = Message::from(error);
            let remedy = format!("{}, or delete the key", why.remedy.as_deref().unwrap_or_default());
            Some(Message::new(why.what, remedy))
        }
    }
}

/// What is odd about a language that is one. Whoever makes a book of notes is about to write another; the site writes that
/// of each page.
fn doubtful(checked: &Checked<'_>, written: &str) -> Option<Message> {
    let notebook = checked.notebook;
    // What is no tag was said to be none.
    let written = Language::parse(written).ok().filter(Language::is_in_use)?;
    let first = notebook.languages.first()?;
    let is_known =
        checked.occasion.is_for_site || notebook.notes.is_empty() || notebook.tags.get(written.tag()).is_some();
    if checked.occasion.subject != Subject::Book || is_known || !first.is_written_unlike(&written) {
        return None;
    }
    Some(Message::new(
        format!("mdBook writes “{written}” on every page, and the notes are in {first}"),
        format!("write {first} if that is so"),
    ))
}
