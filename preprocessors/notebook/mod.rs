//! What a bilingual book is: notes, their editions, their pages. Pure: everything here is computed from values that
//! [`crate::facts`] read.

pub mod board;
pub mod destination;
pub mod diff;
pub mod disputes;
pub mod entrance;
pub mod freshness;
mod front_matter;
pub mod listing;
pub mod mirror;
pub(crate) mod precedence;
mod section;
pub mod sightings;

use crate::markdown::Anatomy;
use crate::notebook::disputes::Disputes;
use crate::notebook::listing::CatalogueFault;
use crate::notebook::sightings::Sightings;
use crate::platforms::CrossPost;
use crate::values::{Date, Evidence, Fact, Location, Origin};

pub use board::Board;
pub use destination::{Destination, Files, PathKind};
pub use entrance::{Entrance, Entrances};

use crate::markdown::include::{Brought, Fill};
use crate::values::{History, Language, Script};
pub use freshness::{Behind, Freshness, Translation};
pub use front_matter::{ExternalText, FrontMatter, Posted, TranslatedFrom};
pub use listing::Listing;

use crate::markdown::link::Link;
use crate::text::{Prose, Wording};
use crate::values::{PagePath, Period, Review, SourcePath, Status, Tags};
pub use section::Sections;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// A bilingual book.
#[derive(Debug, Clone)]
pub struct Notebook {
    /// The languages of the book, in the order in which they are shown.
    pub languages: Vec<Language>,
    /// What folders and suffixes call them.
    pub tags: Tags,
    /// The notes, in the order of the first chapter of each.
    pub notes: Vec<Note>,
    /// The pages, in reading order; pages that the suite adds come last.
    pub pages: Vec<Page>,
    /// Texts that belong to the book's sections, but lie elsewhere.
    pub external: Vec<External>,
    /// Chapters that the suite adds.
    pub added: Vec<AddedChapter>,
    /// What the catalogues list, entry by entry.
    pub listings: Vec<Listing>,
    /// The links of the catalogues that list nothing.
    pub catalogue_faults: Vec<CatalogueFault>,
    /// What there is to ask about the pairs.
    pub disputes: Disputes,
    /// What was seen around the notes.
    pub sightings: Sightings,
    /// The folder of the sources, relative to the book's root, with a slash at its end; empty for the root itself.
    pub source_folder: String,
    /// What links can lead to.
    pub files: Files,
    /// The position of each file's page.
    pub pages_by_source: BTreeMap<SourcePath, usize>,
}

/// One piece of writing, in any number of languages.
#[derive(Debug, Clone)]
pub struct Note {
    /// What its editions have in common: their path without the language, or their `translation-key`.
    pub key: String,
    /// Its editions, at least one, in the order of the book's languages. No two are in one language.
    pub editions: Vec<Edition>,
    /// Whether the suite made it.
    pub added: bool,
    /// Whether it is a catalogue: an index of notes.
    pub catalogue: bool,
    /// The headings that catalogues list it below, for the language of each.
    pub catalogued: BTreeMap<Language, Vec<String>>,
}

/// A note in one language: one Markdown file, one chapter, one page.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Its language.
    pub language: Fact<Language>,
    /// Its file; `None` for a page that the suite adds.
    pub source: Option<SourcePath>,
    /// The real file, from the book's folder, for people.
    pub file: String,
    /// Its page; `None` when `SUMMARY.md` does not list it.
    pub page: Option<PagePath>,
    /// What told that it belongs to its note; `None` for a note of one edition.
    pub paired_by: Option<Evidence>,
    /// Its title, without a status mark.
    pub title: Fact<String>,
    /// One or two sentences on what it says.
    pub summary: Option<Fact<String>>,
    /// When it, or else its note, was first published.
    pub published: Option<Fact<Date>>,
    /// Why no day is worked out for it; `None` where one may be.
    pub undated: Option<Undated>,
    /// When its text last changed.
    pub updated: Option<Fact<Date>>,
    /// Whether its author says that nobody knows when it last changed.
    pub(super) never_updated: bool,
    /// How far it, or else its note, has come; `None` when nobody says.
    pub status: Option<Fact<Status>>,
    /// Every status that somebody gives it, the one that counts first.
    pub statuses: Vec<Fact<Status>>,
    /// Who reviewed it.
    pub reviewed_by: Option<Fact<String>>,
    /// When it was reviewed.
    pub reviewed_on: Option<Fact<Date>>,
    /// Whether the text is the one that was reviewed; `None` when no review says of which text it was.
    pub review: Option<Review>,
    /// How long after a review the next one is due.
    pub review_in: Option<Fact<Period>>,
    /// Where else it, or else its note, was published.
    pub cross_posts: Vec<Fact<CrossPost>>,
    /// Whether these are those of its note, and none of its own.
    pub(super) inherits_copies: bool,
    /// What its author confirmed of copies, by their addresses.
    pub posted: BTreeMap<String, Posted>,
    /// Whether those of them whose text is known miss changes of this edition, by their addresses.
    pub copies: BTreeMap<String, Freshness>,
    /// What git knows of its file.
    pub history: Option<History>,
    /// When it was first published, as far as its history and the copies of its own tell.
    pub(super) computed: Option<Fact<Date>>,
    /// The language of the edition that it was translated from, as its author says.
    pub translation_of: Option<Fact<Language>>,
    /// The text of its source that it is right for, as its author says.
    pub translated_from: Option<Fact<TranslatedFrom>>,
    /// Its relation to the edition that it was translated from; `None` for a source edition, and for an only one.
    pub translation: Option<Translation>,
    /// Whether the learning path lists it.
    pub on_path: bool,
    /// What there is to read.
    pub prose: Prose,
    /// Whether there is nothing to read here but the title.
    pub blank: bool,
    /// Where it leads, when that is all it does; `None` for a text of its own.
    pub(super) leads: Option<Vec<CrossPost>>,
    /// The titles above it in `SUMMARY.md`: the part, then the chapters.
    pub section: Vec<String>,
    /// The section of the chapters below it: its own, and its name in `SUMMARY.md`.
    pub heads: Vec<String>,
}

/// Why an edition has no day but one that somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undated {
    /// An author of its note says that nobody knows the day.
    Said,
    /// It has no text of its own, and leads to a copy elsewhere: git knows when it was put here, and nothing of the text.
    Elsewhere,
}

/// A page of the book.
#[derive(Debug, Clone)]
pub struct Page {
    /// The position of its chapter among all chapters, drafts included, depth first.
    pub chapter: usize,
    /// Whether mdBook numbers it.
    pub is_numbered: bool,
    /// Where it will be.
    pub path: PagePath,
    /// Its file; `None` for a chapter that another plugin made, and for a page that the suite adds.
    pub source: Option<SourcePath>,
    /// The real file, from the book's folder, for people; the path of the page where there is none, and empty for a page
    /// that the suite adds.
    pub file: String,
    /// Its name in the sidebar, as received.
    pub name: String,
    /// The same without a status mark.
    pub bare_name: String,
    /// The note and the edition that it shows; `None` for a page of no language.
    pub edition: Option<(usize, usize)>,
    /// A title to put above the text, because it has none.
    pub title: Option<String>,
    /// The texts elsewhere that it lists.
    pub external: Vec<usize>,
    /// Where its parts are in the text that was received.
    pub anatomy: Arc<Anatomy>,
    /// Where its parts are in its file.
    pub written: Arc<Anatomy>,
    /// The Markdown that mdBook puts into it.
    pub brought: Vec<Brought>,
    /// The directives inside of its formulas, where their files are there.
    pub fills: Vec<Fill>,
    /// Where its file lies.
    pub location: Location,
    /// Its author's lines that lead to the other editions, and to nothing else.
    pub own_switches: Vec<Range<usize>>,
    /// Its author's lines about the copies that are known.
    pub own_copies: Vec<Range<usize>>,
}

/// A text elsewhere that belongs to a section of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// Its title.
    pub title: Fact<String>,
    /// Its addresses; none when nobody knows one.
    pub urls: Vec<String>,
    /// The language of the page that lists it; `None` for a page of no language.
    pub language: Option<Language>,
    /// The section that it belongs to.
    pub section: Vec<String>,
}

/// A chapter that the suite adds, with the text that passes then edit like any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedChapter {
    /// Its position behind all received chapters.
    pub chapter: usize,
    /// Its name in the sidebar.
    pub name: String,
    /// Where it will be.
    pub path: PagePath,
    /// Its text.
    pub content: String,
}

impl Notebook {
    /// The edition that a page shows, with its note.
    #[must_use]
    pub fn shown(&self, page: &Page) -> Option<(&Note, &Edition)> {
        let (note, edition) = page.edition?;
        let note = &self.notes[note];
        Some((note, &note.editions[edition]))
    }

    /// The page of a file; `None` when `SUMMARY.md` does not list it.
    #[must_use]
    pub fn page_of(&self, source: &SourcePath) -> Option<&Page> {
        self.pages_by_source.get(source).map(|at| &self.pages[*at])
    }

    /// The path of a file from the book's root, for people.
    #[must_use]
    pub fn file(&self, source: &SourcePath) -> String {
        // What another plugin made has no file in the folder of the sources.
        let is_made = |page: &Page| page.source.is_none() && page.file == source.as_str();
        if self.pages.iter().any(is_made) { source.to_string() } else { self.in_sources(source) }
    }

    /// The same of a file that may not be there yet.
    #[must_use]
    pub fn in_sources(&self, source: &SourcePath) -> String {
        let real = self.files.reals.get(source);
        real.map_or_else(|| format!("{}{source}", self.source_folder), |real| self.files.for_people(real))
    }

    /// The book's languages, then those that its pages are in and that it does not list.
    #[must_use]
    pub fn spoken(&self) -> Vec<Language> {
        let mut languages = self.languages.clone();
        for edition in self.notes.iter().flat_map(|note| &note.editions).filter(|edition| edition.page.is_some()) {
            if !languages.contains(&edition.language.value) {
                languages.push(edition.language.value.clone());
            }
        }
        languages
    }

    /// The language of a page; `None` for a page of no language.
    #[must_use]
    pub fn language(&self, page: &Page) -> Option<&Language> {
        self.shown(page).map(|(_, edition)| &edition.language.value)
    }

    /// The writing of a page: that of its language, or, on a page of no language, that of its prose.
    #[must_use]
    pub fn script(&self, page: &Page) -> Option<Script> {
        self.language(page).map(Language::script).or_else(|| page.anatomy.prose.script())
    }

    /// The page that a link means for the readers of the page that it stands on: of the note that it leads to, in their
    /// language. `None` when it leads there already, or means the other language.
    #[must_use]
    pub fn own_language(&self, page: &Page, link: &Link, target: &Page, wording: &Wording) -> Option<&Page> {
        let language = self.language(page)?;
        let (note, edition) = self.shown(target)?;
        let same_note = page.edition.zip(target.edition).is_some_and(|((own, _), (other, _))| own == other);
        if edition.language.value == *language || same_note || link.image {
            return None;
        }
        let (own, _) = note.counterpart(language)?;
        // Whoever names a language means it, and so does whoever links another edition of the same note.
        if link.labels.iter().any(|label| wording.names_language(label)) {
            return None;
        }
        self.page_of(own.source.as_ref()?)
    }

    /// The page where a reader of a language comes in: the first index page in it, else its first page.
    #[must_use]
    pub fn home(&self, language: &Language) -> Option<&Page> {
        let mut pages = self
            .pages
            .iter()
            .filter(|page| self.language(page) == Some(language))
            .filter(|page| self.shown(page).is_some_and(|(note, _)| !note.added));
        let first = pages.next()?;
        let is_index = |page: &&Page| page.path.html().rsplit('/').next() == Some("index.html");
        // Only an index above everything else is a home; one inside a section is the section's.
        let index = std::iter::once(first).chain(pages).filter(is_index).min_by_key(|page| page.path.depth());
        Some(index.filter(|index| index.path.depth() <= first.path.depth()).unwrap_or(first))
    }
}

impl Edition {
    /// An edition of which nothing is known but its title and its text.
    pub(crate) fn new(source: Option<SourcePath>, title: Fact<String>, language: &Language, written: &Anatomy) -> Self {
        Self {
            language: Fact { value: language.clone(), origin: Origin::Default },
            source,
            file: String::new(),
            page: None,
            paired_by: None,
            title,
            summary: None,
            published: None,
            undated: None,
            updated: None,
            never_updated: false,
            status: None,
            statuses: Vec::new(),
            reviewed_by: None,
            reviewed_on: None,
            review: None,
            review_in: None,
            cross_posts: Vec::new(),
            inherits_copies: false,
            posted: BTreeMap::new(),
            copies: BTreeMap::new(),
            history: None,
            computed: None,
            translation_of: None,
            translated_from: None,
            translation: None,
            on_path: false,
            prose: written.prose.clone(),
            blank: written.blank,
            leads: written.leads.clone(),
            section: Vec::new(),
            heads: Vec::new(),
        }
    }
}

impl Edition {
    /// The copies of this edition itself: not those that it only shows since its note has no others.
    #[must_use]
    pub fn own_copies(&self) -> &[Fact<CrossPost>] {
        if self.inherits_copies { &[] } else { &self.cross_posts }
    }

    /// What was confirmed of a copy.
    #[must_use]
    pub fn posted_at(&self, post: &CrossPost) -> Option<&Posted> {
        self.posted.get(&post.url)
    }

    /// The copies that miss changes of this edition, when that is enough to be said. One without a text of its own has
    /// nothing that a copy could miss.
    pub fn copies_behind(&self) -> impl Iterator<Item = (&Fact<CrossPost>, &Behind)> {
        self.own_copies()
            .iter()
            .filter(|_| !self.blank)
            .filter_map(|post| Some((post, self.copies.get(&post.value.url)?.behind()?)))
    }
}

impl Note {
    /// The titles above it: as the first catalogue has them, else as `SUMMARY.md` does.
    #[must_use]
    pub fn section(&self, languages: &[Language]) -> &[String] {
        let catalogued = languages.iter().find_map(|language| self.catalogued.get(language));
        let catalogued = catalogued.or_else(|| self.catalogued.values().next());
        let listed = || self.listed().next().map(|(edition, _)| &edition.section);
        catalogued.or_else(listed).map_or(&[], Vec::as_slice)
    }

    /// The edition in a language, listed or not.
    #[must_use]
    pub fn edition(&self, language: &Language) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.language.value == *language)
    }

    /// The edition in a language that has a page.
    #[must_use]
    pub fn counterpart(&self, language: &Language) -> Option<(&Edition, &PagePath)> {
        let edition = self.edition(language)?;
        Some((edition, edition.page.as_ref()?))
    }

    /// The day on which a copy of any edition got the text that it has, as far as that was confirmed.
    #[must_use]
    pub fn posted_on(&self, post: &CrossPost) -> Option<Date> {
        self.editions.iter().find_map(|edition| Some(edition.posted_at(post)?.on.as_ref()?.value))
    }

    /// The editions that have a page.
    pub fn listed(&self) -> impl Iterator<Item = (&Edition, &PagePath)> {
        self.editions.iter().filter_map(|edition| Some((edition, edition.page.as_ref()?)))
    }
}
