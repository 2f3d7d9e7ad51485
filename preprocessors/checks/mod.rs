//! What is odd about a book, asked of the finished notebook: one file for each question.
//!
//! It is asked last, when everything is known: what git tells of the files as well. Whatever was noticed on the way is
//! data of the notebook, and is put into words here.
//!
//! # Adding a question
//! 1. A file named after what it asks, with what it says at its head, and a function `check`.
//! 2. Its line in the list below, with when it is asked.
//! 3. A code, if it says something new, as [`Code`](crate::diagnostic::Code) explains.

use crate::config::{BookToml, Config};
use crate::diagnostic::{Diagnostics, Place};
use crate::formula::Mathematics;
use crate::host::HtmlOptions;
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
mod copy_links;
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
mod posted;
mod redirected;
mod reviews;
mod site_address;
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
    /// Where its options of HTML stand.
    pub html: HtmlOptions,
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
    /// Whether the site shows the pages, which gives each its own language and title.
    pub is_for_site: bool,
    /// What is looked at.
    pub subject: Subject,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A book.
    Book,
    /// Notes, as if they were a book: what a book says of itself is not written yet.
    Notes,
    /// Notes that a book is being made of. What is said when that is built is left to it.
    NotesToAdopt,
}

/// One question: says what is odd.
type Check = fn(&Checked<'_>, &mut Diagnostics);

/// When a question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Each time.
    Always,
    /// Not of notes that a book is being made of: whoever makes it hears it when it is built.
    UnlessAdopting,
    /// The same, and not when a book is being built.
    AtLeisure,
}

impl Asked {
    fn is_now(self, occasion: Occasion) -> bool {
        match self {
            Self::Always => true,
            Self::UnlessAdopting => occasion.subject != Subject::NotesToAdopt,
            Self::AtLeisure => Self::UnlessAdopting.is_now(occasion) && !occasion.is_built,
        }
    }
}

/// What is asked, in this order.
const CHECKS: &[(Asked, Check)] = &[
    (Asked::Always, mdbook_version::check),
    (Asked::Always, outside::check),
    (Asked::Always, output_folder::check),
    (Asked::Always, notes_folder::check),
    (Asked::Always, chapters::check),
    (Asked::Always, unreadable::check),
    (Asked::Always, catalogue_files::check),
    (Asked::Always, copies::check),
    (Asked::Always, harmful_addresses::check),
    (Asked::Always, includes::check),
    (Asked::UnlessAdopting, diagram_script::check),
    (Asked::UnlessAdopting, history::check),
    (Asked::Always, book_language::check),
    (Asked::UnlessAdopting, site_address::check),
    (Asked::Always, configured_languages::check),
    (Asked::UnlessAdopting, messages_missing::check),
    (Asked::Always, pages::check),
    (Asked::Always, clashes::check),
    (Asked::Always, pairs::check),
    (Asked::Always, listed_apart::check),
    (Asked::Always, misnamed::check),
    (Asked::Always, catalogues::check),
    (Asked::Always, language_unknown::check),
    (Asked::Always, language_doubtful::check),
    (Asked::Always, disagreement::check),
    (Asked::UnlessAdopting, edition_unlisted::check),
    (Asked::UnlessAdopting, edition_missing::check),
    (Asked::UnlessAdopting, undated::check),
    (Asked::Always, cross_posts::check),
    (Asked::Always, end_tags::check),
    (Asked::UnlessAdopting, unmarked::check),
    (Asked::Always, markers::check),
    (Asked::UnlessAdopting, dead_links::check),
    (Asked::Always, browser_titles::check),
    (Asked::UnlessAdopting, formulas::check),
    (Asked::Always, translation_sources::check),
    (Asked::UnlessAdopting, translations::check),
    (Asked::UnlessAdopting, reviews::check),
    (Asked::AtLeisure, posted::check),
    (Asked::AtLeisure, copy_links::check),
    (Asked::AtLeisure, headings::check),
    (Asked::AtLeisure, link_languages::check),
    (Asked::AtLeisure, redirected::check),
    (Asked::AtLeisure, uncatalogued::check),
];

/// Says what is odd.
pub fn report(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (when, check) in CHECKS {
        if when.is_now(checked.occasion) {
            check(checked, diagnostics);
        }
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
