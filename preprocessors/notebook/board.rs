//! How the translations of a book stand, section by section, and what waits for whom.
//!
//! A note counts once, as its pages show it: an edition that `SUMMARY.md` does not list is not there for readers.
//! *Translated* is a note with a page in every language of the book. It is *behind* when any of its translations is, by
//! the book's thresholds, and *in step* when all of them are; a note of which neither can be told is *unknown*. It
//! *waits for review* when any of its editions does.
//!
//! Left out are catalogues, what the suite adds, and pages with a status board: they list notes, and are none.
//! A page that the learning path leaves out, such as the front page or the introduction to a section, is not counted
//! either, but it is listed when it is behind or waits: somebody should know.

use std::collections::{BTreeMap, BTreeSet};

use super::freshness::Behind;
use crate::markdown::STATUS_BOARD;
use crate::notebook::{Edition, Freshness, Note, Notebook, Sections};
use crate::platforms::CrossPost;
use crate::values::{Date, Language, Origin, Review, Status};

/// The notes of a book, as readers of one language are told of them.
#[derive(Debug)]
pub struct Board<'a> {
    /// The sections in the order of the book; the notes of no section come last.
    pub rows: Vec<SectionCounts<'a>>,
    /// All notes.
    pub total: NoteCounts,
    /// The translations that miss changes: most changes first, then most days; unknown numbers come last.
    pub behind: Vec<Late<'a>>,
    /// The copies elsewhere that miss changes of their notes, in the same order.
    pub copies: Vec<LateCopy<'a>>,
    /// The editions that were changed since they were reviewed, the longest ago first.
    pub changed: Vec<Waiting<'a>>,
    /// The editions that wait for a review, the longest first.
    pub pending: Vec<Waiting<'a>>,
    /// The notes without a page in some language of the book, the oldest first.
    pub missing: Vec<MissingNote<'a>>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionCounts<'a> {
    /// Its name, and the language of that; `None` for the notes of no section.
    pub section: Option<(&'a str, &'a Language)>,
    /// Its notes.
    pub counts: NoteCounts,
}

/// How many notes there are, and how many of each kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct NoteCounts {
    /// All of them.
    pub notes: usize,
    /// With a page in every language of the book.
    pub translated: usize,
    /// With translations that miss nothing.
    pub in_step: usize,
    /// With a translation that misses something.
    pub behind: usize,
    /// With translations of which neither can be told.
    pub unknown: usize,
    /// With an edition that waits for a review.
    pub pending_review: usize,
}

/// A translation that is behind.
#[derive(Debug, Clone, Copy)]
pub struct Late<'a> {
    /// The note.
    pub note: &'a Note,
    /// The translation.
    pub edition: &'a Edition,
    /// The language of the edition that it was translated from.
    pub of: &'a Language,
    /// What it misses.
    pub behind: &'a Behind,
}

/// A copy elsewhere that is behind.
#[derive(Debug, Clone, Copy)]
pub struct LateCopy<'a> {
    /// The note.
    pub note: &'a Note,
    /// The edition that was posted.
    pub edition: &'a Edition,
    /// Where.
    pub post: &'a CrossPost,
    /// What the copy misses.
    pub behind: &'a Behind,
}

/// An edition that somebody should read.
#[derive(Debug, Clone, Copy)]
pub struct Waiting<'a> {
    /// The note.
    pub note: &'a Note,
    /// The edition.
    pub edition: &'a Edition,
    /// The day of its last change, else of its publication.
    pub since: Option<Date>,
}

/// A note that is not there in every language.
#[derive(Debug, Clone)]
pub struct MissingNote<'a> {
    /// The note.
    pub note: &'a Note,
    /// The languages that it lacks, in the order of the book.
    pub languages: Vec<&'a Language>,
}

impl<'a> Board<'a> {
    /// The board for readers of `language`.
    #[must_use]
    pub fn new(notebook: &'a Notebook, language: &'a Language) -> Self {
        let sections = Sections::new(notebook, language);
        let boards: BTreeSet<usize> = notebook
            .pages
            .iter()
            .filter(|page| page.written.places(STATUS_BOARD).next().is_some())
            .filter_map(|page| Some(page.edition?.0))
            .collect();
        let notes: Vec<&Note> = notebook
            .notes
            .iter()
            .enumerate()
            .filter(|(at, note)| !note.added && !note.catalogue && !boards.contains(at))
            .map(|(_, note)| note)
            .filter(|note| note.listed().next().is_some())
            .collect();
        let mut rows: Vec<SectionCounts<'a>> = Vec::new();
        let mut total = NoteCounts::default();
        let mut places: BTreeMap<Option<(&str, &Language)>, usize> = BTreeMap::new();
        for note in notes.iter().filter(|note| is_counted(note)) {
            let section = sections
                .of(note)
                .and_then(|belongs| belongs.titles.first().map(|title| (title.as_str(), belongs.language)));
            let place = *places.entry(section).or_insert(rows.len());
            if place == rows.len() {
                rows.push(SectionCounts { section, counts: NoteCounts::default() });
            }
            for counts in [&mut rows[place].counts, &mut total] {
                counts.add(note, &notebook.languages);
            }
        }
        rows.sort_by_key(|row| row.section.is_none());
        let mut board = Self {
            rows,
            total,
            behind: Vec::new(),
            copies: Vec::new(),
            changed: Vec::new(),
            pending: Vec::new(),
            missing: Vec::new(),
        };
        for note in notes {
            board.note(note, language, &notebook.languages);
        }
        // The sorts are stable, and the notes came in the order of the book.
        board.behind.sort_by_key(|late| std::cmp::Reverse((late.behind.commits, late.behind.days)));
        board.copies.sort_by_key(|late| std::cmp::Reverse((late.behind.commits, late.behind.days)));
        for list in [&mut board.changed, &mut board.pending] {
            list.sort_by_key(|waiting| (waiting.since.is_none(), waiting.since));
        }
        board.missing.sort_by_key(|missing| {
            let published = |edition| Some(missing.note.published(edition)?.value);
            let published = missing.note.listed().filter_map(|(edition, _)| published(edition)).min();
            (published.is_none(), published)
        });
        board
    }

    /// Whether nothing waits for anybody, and nothing is unknown.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.behind.is_empty()
            && self.copies.is_empty()
            && self.changed.is_empty()
            && self.pending.is_empty()
            && self.missing.is_empty()
            && self.total.unknown == 0
    }

    /// Puts a note on the lists that it belongs to.
    fn note(&mut self, note: &'a Note, reader: &Language, languages: &'a [Language]) {
        // What editions share is said of the one that says it, else of the reader's own.
        let mut listed: Vec<&'a Edition> = note.listed().map(|(edition, _)| edition).collect();
        listed.sort_by_key(|edition| {
            let place = pending(edition).and_then(Origin::place);
            (place.is_none_or(|place| place.file != edition.file), edition.language.value != *reader)
        });
        let mut said: BTreeSet<&Origin> = BTreeSet::new();
        for edition in listed {
            if let Some((of, behind)) = behind(edition) {
                self.behind.push(Late { note, edition, of, behind });
            }
            let copies = edition.copies_behind();
            self.copies.extend(copies.map(|(post, behind)| LateCopy { note, edition, post: &post.value, behind }));
            if let Some(Review::ChangedSince(day)) = edition.review {
                self.changed.push(Waiting { note, edition, since: day.or_else(|| last_day(note, edition)) });
            }
            // A translation that inherits its status waits for nothing of its own.
            if let Some(origin) = pending(edition)
                && said.insert(origin)
            {
                self.pending.push(Waiting { note, edition, since: last_day(note, edition) });
            }
        }
        let lacks: Vec<&Language> = lacks(note, languages).collect();
        if is_counted(note) && !lacks.is_empty() {
            self.missing.push(MissingNote { note, languages: lacks });
        }
    }
}

impl NoteCounts {
    fn add(&mut self, note: &Note, languages: &[Language]) {
        let is_behind = note.listed().any(|(edition, _)| behind(edition).is_some());
        let mut translations = note.listed().filter_map(|(edition, _)| edition.translation.as_ref()).peekable();
        let is_known = translations.peek().is_some()
            && translations.all(|translation| translation.freshness != Freshness::Unknown);
        let is_in_step = is_known && !is_behind;
        self.notes += 1;
        self.translated += usize::from(lacks(note, languages).next().is_none());
        self.behind += usize::from(is_behind);
        self.in_step += usize::from(is_in_step);
        self.unknown += usize::from(!is_behind && !is_in_step && note.listed().count() > 1);
        self.pending_review += usize::from(note.listed().any(|(edition, _)| pending(edition).is_some()));
    }
}

/// Whether it is one of the notes that there are to read.
fn is_counted(note: &Note) -> bool {
    note.listed().any(|(edition, _)| edition.on_path)
}

/// What an edition misses, and of which one, when that is enough to be said.
fn behind(edition: &Edition) -> Option<(&Language, &Behind)> {
    let translation = edition.translation.as_ref()?;
    Some((&translation.of.value, translation.behind()?))
}

/// Who says that an edition waits for its review.
fn pending(edition: &Edition) -> Option<&Origin> {
    edition.status.as_ref().filter(|status| status.value == Status::PendingReview).map(|status| &status.origin)
}

/// The day of its last change, else of its publication.
fn last_day(note: &Note, edition: &Edition) -> Option<Date> {
    edition.updated.as_ref().or_else(|| note.published(edition)).map(|fact| fact.value)
}

fn lacks<'a>(note: &Note, languages: &'a [Language]) -> impl Iterator<Item = &'a Language> {
    languages.iter().filter(|language| note.counterpart(language).is_none())
}
