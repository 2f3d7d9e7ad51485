//! Whether what a finished notebook says still holds together: headings, links and catalogues across languages,
//! translations and their sources, reviews and their texts; and whether its formulas can be shown.
//!
//! It is said last, when everything is known: what git tells of the files as well.

use std::collections::BTreeSet;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::formula::Mathematics;
use crate::notebook::{Edition, Note, Notebook, Page};
use crate::text::Wording;
use crate::values::Date;

mod formulas;
mod freshness;
mod headings;
mod language;
pub mod report;
mod review;
mod titles;

/// When a notebook is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Occasion {
    /// Known to a check alone; without it nothing is overdue.
    pub today: Option<Date>,
    /// Whether a book is being built: then what is only worth knowing is left to whoever asks.
    pub is_built: bool,
    /// Whether mdBook's `links` has run: what it puts into pages is seen, and what is written for it is not.
    pub is_expanded: bool,
    /// Whether browsers show the pages.
    pub is_for_browsers: bool,
}

/// Says what does not hold.
pub fn report(
    notebook: &Notebook,
    config: &Config,
    wording: &Wording,
    mathematics: &Mathematics,
    Occasion { today, is_built, is_expanded, is_for_browsers }: Occasion,
    diagnostics: &mut Diagnostics,
) {
    let mut truth = Truth { notebook, config, wording, mathematics, diagnostics };
    if !is_built {
        truth.headings();
        truth.languages_of_links();
        truth.uncatalogued();
    }
    if is_expanded && is_for_browsers {
        truth.titles();
    }
    truth.formulas(is_expanded);
    truth.translations();
    truth.reviews(today);
}

struct Truth<'a> {
    notebook: &'a Notebook,
    config: &'a Config,
    wording: &'a Wording,
    mathematics: &'a Mathematics,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Truth<'a> {
    fn report(&mut self, code: Code, place: Place, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, message).at(place));
    }

    /// The notes that people wrote, with their editions that have a page and a file.
    fn notes(&self) -> impl Iterator<Item = (&'a Note, Vec<&'a Edition>)> + use<'a> {
        let notes = self.notebook.notes.iter().filter(|note| !note.added);
        notes.map(|note| {
            let editions = note.listed().map(|(edition, _)| edition);
            (note, editions.filter(|edition| !edition.file.is_empty()).collect())
        })
    }

    /// The page of an edition.
    fn page(&self, edition: &Edition) -> Option<&'a Page> {
        self.notebook.page_of(edition.source.as_ref()?)
    }

    /// Which notes no catalogue lists.
    fn uncatalogued(&mut self) {
        if self.config.catalogue.value.is_empty() {
            return;
        }
        let homes = self.notebook.languages.iter().filter_map(|language| self.notebook.home(language));
        let root = std::iter::once("index.html".to_owned());
        let fronts: BTreeSet<String> =
            homes.map(|page| page.path.html()).filter(|page| page.ends_with("index.html")).chain(root).collect();
        for (note, editions) in self.notes() {
            // An index that everything begins with is no note, and neither is a page that says so.
            let is_front = |edition: &Edition| edition.page.as_ref().is_some_and(|page| fronts.contains(&page.html()));
            let Some(first) = editions.first().filter(|first| first.on_path && !first.blank && !is_front(first)) else {
                continue;
            };
            if !note.catalogue && note.catalogued.is_empty() {
                let message = "no catalogue lists this note; add a line for it to one, or say `learning-path: false` in its front matter if it is none";
                self.report(Code::NoteUncatalogued, Place::file(&first.file), message);
            }
        }
    }
}
