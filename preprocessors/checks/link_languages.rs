//! Whether links in a text lead to its own language.

use std::sync::Arc;

use crate::checks::Checked;
use crate::checks::mended::{mended, place_of, written_path};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::markdown::link::Link;
use crate::markdown::{Anatomy, outline};
use crate::notebook::{Destination, Page};
use crate::values::path;

/// Which links lead to another language's edition of a note that has one in the page's own.
///
/// The links pass leads readers of the book to their own; whoever reads the file on GitHub follows what is written.
pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let notebook = checked.notebook;
    if notebook.languages.len() < 2 {
        return;
    }
    for page in notebook.pages.iter().filter(|page| !page.location.shown.is_empty()) {
        let Some(language) = notebook.language(page) else { continue };
        // The lines that we replace lead to other languages on purpose. Their places are those of the text that
        // was received, which is the file's unless another plugin changed it.
        let is_own = Arc::ptr_eq(&page.anatomy, &page.written);
        let on_purpose = |link: &Link| is_own && page.own_switches.iter().any(|line| line.contains(&link.whole.start));
        let leads_to = |link: &Link| match notebook.files.destination(&page.location, &link.destination) {
            Destination::Note { source, .. } => notebook.page_of(source),
            _ => None,
        };
        for link in page.written.links.iter().filter(|link| !link.image && !on_purpose(link)) {
            let Some(target) = leads_to(link) else { continue };
            let Some(own) = notebook.own_language(page, link, target, checked.wording) else { continue };
            // A line that names both editions leaves the choice to its readers.
            let beside = page.written.links.iter().filter(|other| other.line == link.line);
            if beside.filter_map(leads_to).any(|beside| beside.chapter == own.chapter) {
                continue;
            }
            let theirs = notebook.language(target).unwrap_or(language);
            let message = Message::new(
                format!(
                    "“{}” leads to the {} edition of a note that has one in {}",
                    link.destination,
                    checked.config.autonym(theirs),
                    checked.config.autonym(language)
                ),
                format!(
                    "write {}, or name the language in the text of the link",
                    path::relative(&page.location.real, &own.location.real)
                ),
            );
            let file = notebook.files.for_people(&page.location.real);
            let fix = destination(page, link, target, own).and_then(|to| mended(&file, link, &to));
            let place = place_of(&file, link);
            diagnostics.push(Diagnostic::new(Code::LinkLanguage, message).at(place).fixed_by(fix));
        }
    }
}

/// What the link has to say instead; `None` where its heading has no counterpart.
fn destination(page: &Page, link: &Link, target: &Page, own: &Page) -> Option<String> {
    let fragment = match link.destination.split_once('#') {
        None => String::new(),
        Some((_, fragment)) => {
            let fragment = percent_encoding::percent_decode_str(fragment).decode_utf8().ok()?;
            format!("#{}", corresponding(&target.written, &fragment, &own.written)?)
        }
    };
    Some(written_path(&page.location.real, &own.location.real) + &fragment)
}

/// What a fragment of one edition is called in another, which has to have the same outline.
fn corresponding(from: &Anatomy, fragment: &str, to: &Anatomy) -> Option<String> {
    if from.anchors.contains(fragment) && to.anchors.contains(fragment) {
        return Some(fragment.to_owned());
    }
    let ids = |anatomy: &Anatomy| outline::ids(&anatomy.headings, true, false);
    let at = ids(from).iter().position(|ids| ids.github == fragment || ids.page == fragment)?;
    let at = outline::corresponding(&from.headings, at, &to.headings)?;
    ids(to).into_iter().nth(at).map(|ids| ids.github)
}
