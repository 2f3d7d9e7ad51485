//! Whether two places say different things about one text: its status, or its title.
//!
//! ```text
//! a.md:3           status: draft
//! README.md:39     - [Reviewed] [统一 FP8](a.md)      →   the status is draft here, but reviewed at README.md:39
//! ```

use crate::assembly::catalogued_titles;
use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::catalogue::CatalogueKind;
use crate::notebook::Edition;
use crate::notebook::listing::ListingsByFile;
use crate::text::Prose;
use crate::values::{Fact, Language};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let said = ListingsByFile::new(&checked.notebook.listings);
    for edition in checked.notes().flat_map(|(_, editions)| editions) {
        statuses(edition, diagnostics);
        let Some((source, page)) = edition.source.as_ref().zip(checked.page(edition)) else { continue };
        let titles = catalogued_titles(&said, source, &edition.language.value, &page.written);
        compare_titles(&titles, |place| said.language_at(source, place), diagnostics);
    }
}

fn statuses(edition: &Edition, diagnostics: &mut Diagnostics) {
    let [first, others @ ..] = edition.statuses.as_slice() else { return };
    for other in others.iter().filter(|other| other.value != first.value) {
        let (Some(here), Some(there)) = (first.origin.place(), other.origin.place()) else { continue };
        let message = Message::new(
            format!("the status is {} here, but {} at {there}", first.value.name(), other.value.name()),
            "make the two agree",
        );
        diagnostics.push(Diagnostic::new(Code::FactsDisagree, message).at(here.clone()));
    }
}

/// Whether two catalogues call one text by two titles. A catalogue of another language may well have its own, what
/// stands in a sidebar is short, and a catalogue that lists a note by day and by subject may call it otherwise each
/// time. `language` is that of the catalogue at a place.
fn compare_titles<'a>(
    titles: &[Fact<String>],
    language: impl Fn(&Place) -> Option<&'a Language>,
    diagnostics: &mut Diagnostics,
) {
    let is_long =
        |title: &&Fact<String>| title.origin.place().is_none_or(|place| !CatalogueKind::of(&place.file).is_contents());
    let mut titles = titles.iter().filter(is_long);
    let Some(first) = titles.next() else { return };
    let script = |title: &str| Prose::of(title).script();
    let differs = |other: &&Fact<String>| other.value != first.value && script(&other.value) == script(&first.value);
    // Titles of two languages translate each other. One in other letters than its catalogue is a title in neither.
    let is_at_home = |place: &Place, title: &Fact<String>| {
        language(place).is_some_and(|language| Some(language.script()) == script(&title.value))
    };
    let is_translation = |here: &Place, first: &Fact<String>, there: &Place, other: &Fact<String>| {
        language(here) != language(there) && is_at_home(here, first) && is_at_home(there, other)
    };
    for other in titles.filter(differs) {
        let (Some(here), Some(there)) = (first.origin.place(), other.origin.place()) else { continue };
        if here.file == there.file || is_translation(here, first, there, other) {
            continue;
        }
        let message = Message::new(
            format!("the title is “{}” here, but “{}” at {there}", first.value, other.value),
            "make the two agree",
        );
        diagnostics.push(Diagnostic::new(Code::FactsDisagree, message).at(here.clone()));
    }
}
