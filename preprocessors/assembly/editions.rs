//! The notes of a book, and what each of their files says of itself.

use std::collections::BTreeMap;

use crate::assembly::material::EditionFile;
use crate::assembly::pairing::Paired;
use crate::assembly::pairs::Pairs;
use crate::assembly::{Material, NoteFile, own_lines};
use crate::diagnostic::Place;
use crate::markdown::{Anatomy, MARKERS};
use crate::notebook::listing::{Listing, ListingsByFile};
use crate::notebook::{Edition, Note, Undated, precedence};
use crate::text::prose::can_title;
use crate::values::{Date, Day, Fact, Fingerprint, Language, Origin, Review, SourcePath};

/// The notes of a book.
pub(super) struct Editions {
    /// The notes, in the order of the first file of each.
    pub(super) notes: Vec<Note>,
    /// Chapter number → its note and its edition.
    pub(super) shown: BTreeMap<usize, (usize, usize)>,
}

/// Finds the notes of which `SUMMARY.md` lists at least one edition.
pub(super) fn find(material: &Material, pairs: &Pairs, languages: &[Language]) -> Editions {
    let mut finder =
        EditionFinder { pairs, languages, said: ListingsByFile::new(&pairs.listings), found: BTreeMap::new() };
    for found in material.found() {
        finder.found.entry(found.source.clone()).or_default().push(found);
    }
    let mut editions = Editions { notes: Vec::new(), shown: BTreeMap::new() };
    for (key, files) in &pairs.pairing.groups {
        if files.iter().any(|file| pairs.candidates[file.candidate].listed) {
            finder.note(key, files, &mut editions);
        }
    }
    editions
}

struct EditionFinder<'a> {
    pairs: &'a Pairs,
    languages: &'a [Language],
    said: ListingsByFile<'a>,
    /// What is at each path: every chapter that shows it.
    found: BTreeMap<SourcePath, Vec<EditionFile<'a>>>,
}

impl EditionFinder<'_> {
    fn note(&self, key: &str, files: &[Paired], all: &mut Editions) {
        let mut editions: Vec<(Edition, Vec<usize>)> =
            files.iter().filter_map(|file| self.edition(file, files.len() > 1)).collect();
        if editions.is_empty() {
            return;
        }
        let rank = |language: &Language| self.languages.iter().position(|own| own == language).unwrap_or(usize::MAX);
        editions.sort_by_key(|(edition, _)| (rank(&edition.language.value), edition.language.value.clone()));
        for (at, (_, numbers)) in editions.iter().enumerate() {
            all.shown.extend(numbers.iter().map(|number| (*number, (all.notes.len(), at))));
        }
        let editions: Vec<Edition> = editions.into_iter().map(|(edition, _)| edition).collect();
        let catalogue = files.iter().any(|file| self.pairs.candidates[file.candidate].catalogue);
        let catalogued = self.catalogued(&editions);
        all.notes.push(Note { key: key.to_owned(), editions, added: false, catalogue, catalogued });
    }

    /// The headings that catalogues list a note below, for the language of each.
    fn catalogued(&self, editions: &[Edition]) -> BTreeMap<Language, Vec<String>> {
        let sources = editions.iter().filter_map(|edition| edition.source.as_ref());
        let mut listed: Vec<&Listing> = sources.flat_map(|source| self.said.of(source)).copied().collect();
        // A note can stand in two sections; the first one counts.
        listed.sort_by_key(|listing| (listing.catalogue, listing.place.line));
        let mut catalogued = BTreeMap::new();
        for listing in listed {
            catalogued.entry(listing.language.clone()).or_insert_with(|| listing.section.clone());
        }
        catalogued
    }

    /// The edition that a file is, with the numbers of the chapters that show it; `None` for a page of no language.
    fn edition(&self, file: &Paired, is_paired: bool) -> Option<(Edition, Vec<usize>)> {
        let language = file.language.as_ref()?;
        let found = self.found.get(&self.pairs.candidates[file.candidate].source)?;
        let numbers = found.iter().filter_map(|found| Some(found.chapter?.number)).collect();
        let paired_by = is_paired.then(|| file.evidence.clone());
        Some((Edition { paired_by, ..edition(found.first()?, language, &self.said) }, numbers))
    }
}

/// What a file says of itself, and `SUMMARY.md` and the catalogues of it.
fn edition(
    EditionFile { source, chapter, note }: &EditionFile<'_>,
    language: &Fact<Language>,
    said: &ListingsByFile<'_>,
) -> Edition {
    let NoteFile { file, front_matter, anatomy, .. } = note;
    let front_matter = front_matter.clone();
    let heading = anatomy.title.as_ref();
    let in_heading = |line| Origin::Heading(Place::at(file, line, 1));
    let named = chapter.filter(|chapter| !chapter.bare_name.trim().is_empty());
    let title = precedence::title(
        front_matter.title,
        catalogued_titles(said, source, &language.value, anatomy),
        named.map(|chapter| Fact { value: chapter.bare_name.clone(), origin: chapter.name.origin.clone() }),
        heading.map(|heading| Fact { value: heading.text.clone(), origin: in_heading(heading.line) }),
        source,
    );
    let marked = chapter.and_then(|chapter| Some((chapter.mark?, chapter)));
    let statuses = precedence::statuses(
        front_matter.status,
        said.statuses(source),
        marked.map(|(value, chapter)| Fact { value, origin: chapter.name.origin.clone() }),
        heading.and_then(|heading| Some(Fact { value: heading.mark.as_ref()?.0, origin: in_heading(heading.line) })),
    );
    // Who names a reviewer, a day or a text says that it was reviewed.
    let reviewed_by = front_matter.reviewed_by.as_ref().map(|fact| &fact.origin);
    let reviewed_on = front_matter.reviewed_on.as_ref().map(|fact| &fact.origin);
    let reviewed = front_matter.reviewed.as_ref();
    let review = reviewed_by.or(reviewed_on).or(reviewed.map(|fact| &fact.origin)).cloned();
    // A page on which the notes are listed is no note to read.
    let lists = MARKERS.iter().any(|marker| anatomy.places(marker).next().is_some());
    Edition {
        language: language.clone(),
        file: file.clone(),
        page: chapter.map(|chapter| chapter.page.clone()),
        summary: front_matter.summary,
        undated: is_unknown(front_matter.published.as_ref()).then_some(Undated::Said),
        published: day(front_matter.published),
        never_updated: is_unknown(front_matter.updated.as_ref()),
        updated: day(front_matter.updated),
        status: precedence::status(&statuses, review),
        statuses,
        review: reviewed.and_then(|reviewed| compare(&reviewed.value, note.fingerprint.as_ref())),
        reviewed_by: front_matter.reviewed_by,
        reviewed_on: front_matter.reviewed_on,
        review_in: front_matter.review_in,
        translation_of: front_matter.translation_of,
        translated_from: front_matter.translated_from,
        cross_posts: precedence::cross_posts(
            front_matter.cross_posts,
            said.copies(source),
            own_lines::copies(file, anatomy),
        ),
        posted: front_matter.posted,
        on_path: front_matter.learning_path.is_none_or(|fact| fact.value) && !lists,
        section: chapter.map(|chapter| chapter.section.clone()).unwrap_or_default(),
        heads: chapter.map(|chapter| chapter.heads()).unwrap_or_default(),
        ..Edition::new(Some(source.clone()), title, &language.value, anatomy)
    }
}

/// What catalogues call a text, the best first. A title in other letters than those of the text is its translation, and
/// counts where the text has no title of its own.
pub(crate) fn catalogued_titles(
    said: &ListingsByFile<'_>,
    source: &SourcePath,
    language: &Language,
    written: &Anatomy,
) -> Vec<Fact<String>> {
    let mut titles = said.titles(source, language);
    titles.retain(|title| written.title.is_none() || can_title(language, &title.value));
    titles
}

fn is_unknown(day: Option<&Fact<Day>>) -> bool {
    day.is_some_and(|fact| fact.value == Day::Unknown)
}

fn day(fact: Option<Fact<Day>>) -> Option<Fact<Date>> {
    match fact? {
        Fact { value: Day::On(value), origin } => Some(Fact { value, origin }),
        Fact { value: Day::Unknown, .. } => None,
    }
}

/// Whether a text is the one that was reviewed.
fn compare(reviewed: &Fingerprint, now: Option<&Fingerprint>) -> Option<Review> {
    Some(if reviewed.is(now?) { Review::OfThisText } else { Review::ChangedSince(None) })
}
