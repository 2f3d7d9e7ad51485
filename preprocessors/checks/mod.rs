//! What is odd about a book, asked of the finished notebook: one file for each question.
//!
//! It is asked last, when everything is known: what git tells of the files as well. Whatever was noticed on the way is
//! data of the notebook, and is put into words here.
//!
//! # Adding a question
//! 1. A file named after what it asks, with what it says at its head, and a function `check`.
//! 2. Its line in one of the lists below.
//! 3. A code, if it says something new, as [`Code`](crate::diagnostic::Code) explains.

use crate::config::{BookToml, Config};
use crate::diagnostic::{Diagnostics, Place};
use crate::formula::Mathematics;
use crate::notebook::{Edition, Note, Notebook, Page};
use crate::text::Wording;
use crate::values::Date;

mod book_language;
mod browser_titles;
mod catalogue_files;
mod catalogues;
pub mod chapters;
mod clashes;
mod configured_languages;
mod copies;
mod cross_posts;
mod dead_links;
mod diagram_script;
mod disagreement;
mod edition_missing;
mod edition_unlisted;
mod end_tags;
mod formulas;
mod harmful_addresses;
mod headings;
mod history;
mod includes;
mod language_doubtful;
mod language_unknown;
mod link_languages;
mod listed_apart;
mod markers;
mod mdbook_version;
mod mended;
mod messages_missing;
mod misnamed;
pub mod notes_folder;
pub mod output_folder;
pub mod outside;
mod pages;
mod pairs;
mod reviews;
mod translation_sources;
mod translations;
mod uncatalogued;
mod undated;
mod unmarked;
mod unreadable;

/// A book that was read to its end, and what its checks go by.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// Its notes and pages.
    pub notebook: &'a Notebook,
    /// What it chose.
    pub config: &'a Config,
    /// What its authors call things.
    pub wording: &'a Wording,
    /// What shows its formulas.
    pub mathematics: &'a Mathematics,
    /// Where its configuration stands.
    pub book_toml: &'a BookToml,
    /// When it is looked at.
    pub occasion: Occasion,
}

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
    /// Whether a book is being made of notes: what it says of itself is about to be written.
    pub is_made: bool,
}

/// One question: says what is odd.
type Check = fn(&Checked<'_>, &mut Diagnostics);

/// What is asked each time.
const ALWAYS: &[Check] = &[
    mdbook_version::check,
    outside::check,
    output_folder::check,
    notes_folder::check,
    chapters::check,
    unreadable::check,
    catalogue_files::check,
    copies::check,
    harmful_addresses::check,
    includes::check,
    diagram_script::check,
    history::check,
    book_language::check,
    configured_languages::check,
    messages_missing::check,
    pages::check,
    clashes::check,
    pairs::check,
    listed_apart::check,
    misnamed::check,
    catalogues::check,
    language_unknown::check,
    language_doubtful::check,
    disagreement::check,
    edition_unlisted::check,
    edition_missing::check,
    undated::check,
    cross_posts::check,
    end_tags::check,
    unmarked::check,
    markers::check,
    dead_links::check,
    browser_titles::check,
    formulas::check,
    translation_sources::check,
    translations::check,
    reviews::check,
];

/// What is asked when no book is being built.
const AT_LEISURE: &[Check] = &[headings::check, link_languages::check, uncatalogued::check];

/// Says what is odd.
pub fn report(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let at_leisure = if checked.occasion.is_built { &[][..] } else { AT_LEISURE };
    for check in ALWAYS.iter().chain(at_leisure) {
        check(checked, diagnostics);
    }
    copies::forget_bytes(checked, diagnostics);
}

impl<'a> Checked<'a> {
    /// The notes that people wrote, with their editions that have a page and a file.
    fn notes(&self) -> impl Iterator<Item = (&'a Note, Vec<&'a Edition>)> + use<'a> {
        let notes = self.notebook.notes.iter().filter(|note| !note.added);
        notes.map(|note| {
            let editions = note.listed().map(|(edition, _)| edition);
            (note, editions.filter(|edition| edition.source.is_some()).collect())
        })
    }

    /// The page of an edition.
    fn page(&self, edition: &Edition) -> Option<&'a Page> {
        self.notebook.page_of(edition.source.as_ref()?)
    }

    /// The table of contents.
    fn summary(&self) -> Place {
        Place::file(format!("{}SUMMARY.md", self.notebook.source_folder))
    }
}
