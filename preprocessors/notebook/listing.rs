//! What the catalogues say of the notes: the entries, with their links followed, and what each file is called by them.

use std::collections::BTreeMap;

use crate::diagnostic::Place;
use crate::platforms::{AddressError, CrossPost};
use crate::values::name::simplified;
use crate::values::{Fact, Language, Origin, SourcePath, Status, language};

/// An entry of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Which catalogue lists it.
    pub catalogue: usize,
    /// Where.
    pub place: Place,
    /// The language of the catalogue.
    pub language: Language,
    /// The headings above it.
    pub section: Vec<String>,
    /// The lines of the entries that it is nested below; the last titles of the section are theirs.
    pub parents: Vec<usize>,
    /// Its title.
    pub title: String,
    /// Its status.
    pub status: Option<Status>,
    /// The notes that it lists, by their files; several when the entry gives one link for each language.
    pub notes: Vec<SourcePath>,
    /// What the link to each of them is called.
    pub labels: Vec<String>,
    /// Whether the title is the text of the link to the first note, and so its title, whatever its language.
    pub titled_by_link: bool,
    /// Whether its text is still to be written.
    pub draft: bool,
    /// The texts elsewhere that it lists: title and address.
    pub external: Vec<(String, String)>,
    /// The editions that it names, in the book's languages.
    pub editions: Vec<(Language, SourcePath)>,
    /// The copies elsewhere that it names.
    pub copies: Vec<CrossPost>,
}

/// A link of a catalogue that lists nothing, or that must not be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueFault {
    /// Where it stands.
    pub place: Place,
    /// Its text.
    pub text: String,
    /// Its destination, as written.
    pub url: String,
    /// What is wrong with it.
    pub kind: FaultKind,
}

/// What is wrong with a link of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// Nobody has written where it leads.
    Empty,
    /// It would harm who follows it.
    Forbidden(AddressError),
    /// It is no address of a copy.
    NoCopy(AddressError),
    /// It leads out of the repository.
    Outside,
    /// It leads to a file that is not there, which is this one.
    Missing(String),
    /// It leads to a file that is no note, and nobody knows an address of it.
    NoNote(String),
    /// It is neither a path nor an address.
    Neither,
}

/// What the catalogues say of the notes, by file.
#[derive(Debug, Default)]
pub(crate) struct ListingsByFile<'a> {
    by_file: BTreeMap<&'a SourcePath, Vec<&'a Listing>>,
}

impl<'a> ListingsByFile<'a> {
    pub(crate) fn new(listings: &'a [Listing]) -> Self {
        let mut by_file: BTreeMap<&SourcePath, Vec<&Listing>> = BTreeMap::new();
        for listing in listings {
            let mut files: Vec<&SourcePath> =
                listing.notes.iter().chain(listing.editions.iter().map(|(_, source)| source)).collect();
            files.sort();
            files.dedup();
            for file in files {
                by_file.entry(file).or_default().push(listing);
            }
        }
        Self { by_file }
    }

    /// The entries that list a file, or name it as an edition, in the order of the catalogues.
    pub(crate) fn of(&self, source: &SourcePath) -> &[&'a Listing] {
        self.by_file.get(source).map_or(&[], Vec::as_slice)
    }

    /// The titles of a file, the best first: a title that is a link to it, then the title of an entry in its language.
    pub(crate) fn titles(&self, source: &SourcePath, language: &Language) -> Vec<Fact<String>> {
        let all = self.of(source);
        let linked = all.iter().filter(|listing| listing.titled_by_link).filter_map(|listing| {
            let at = listing.notes.iter().position(|note| note == source)?;
            Some((&listing.labels[at], &listing.place))
        });
        let own = all.iter().filter(|listing| !listing.titled_by_link && listing.language == *language);
        let titles = linked.chain(own.map(|listing| (&listing.title, &listing.place)));
        // `[中文](a.md) | [English](a_en.md)`: the name of a language is the title of nothing.
        let titles = titles.filter(|(title, _)| language::called(&simplified(title)).is_none());
        titles.map(|(title, place)| Fact { value: title.clone(), origin: Origin::Catalogue(place.clone()) }).collect()
    }

    /// The language of the catalogue that lists a file at a place.
    pub(crate) fn language_at(&self, source: &SourcePath, place: &Place) -> Option<&'a Language> {
        self.of(source).iter().find(|listing| listing.place == *place).map(|listing| &listing.language)
    }

    /// The statuses that entries give a file itself.
    pub(crate) fn statuses(&self, source: &SourcePath) -> Vec<Fact<Status>> {
        let itself = self.of(source).iter().filter(|listing| listing.notes.contains(source));
        let said = itself.filter_map(|listing| Some((listing.status?, &listing.place)));
        said.map(|(value, place)| Fact { value, origin: Origin::Catalogue(place.clone()) }).collect()
    }

    /// The copies that entries give a file itself.
    pub(crate) fn copies(&self, source: &SourcePath) -> Vec<Fact<CrossPost>> {
        let itself = self.of(source).iter().filter(|listing| listing.notes.contains(source));
        let copies = itself.flat_map(|listing| listing.copies.iter().map(|post| (post, &listing.place)));
        copies.map(|(post, place)| Fact { value: post.clone(), origin: Origin::Catalogue(place.clone()) }).collect()
    }
}
