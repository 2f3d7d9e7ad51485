//! The pages of a book, and the texts elsewhere that belong to its sections.

use std::collections::BTreeMap;

use crate::assembly::Chapter;
use crate::assembly::editions::Editions;
use crate::notebook::{External, Listing, Page};
use crate::values::{Fact, Origin, SourcePath};

/// What a book shows.
#[derive(Default)]
pub(super) struct Pages {
    /// The pages, in reading order.
    pub(super) pages: Vec<Page>,
    /// The texts elsewhere: those of pages, then those of catalogues.
    pub(super) external: Vec<External>,
    /// The position of each file's page.
    pub(super) by_source: BTreeMap<SourcePath, usize>,
}

/// Makes a page of each chapter.
pub(super) fn find(chapters: Vec<Chapter>, listings: &[Listing], editions: &Editions) -> Pages {
    let mut pages = Pages::default();
    for chapter in chapters {
        pages.add(chapter, editions);
    }
    for listing in listings {
        pages.external.extend(listing.external.iter().map(|(title, url)| External {
            title: Fact { value: title.clone(), origin: Origin::Catalogue(listing.place.clone()) },
            urls: vec![url.clone()],
            language: Some(listing.language.clone()),
            section: listing.section.clone(),
        }));
    }
    pages
}

impl Pages {
    fn add(&mut self, chapter: Chapter, editions: &Editions) {
        let edition = editions.shown.get(&chapter.number).copied();
        let language = edition.map(|(note, at)| editions.notes[note].editions[at].language.value.clone());
        let section = chapter.heads();
        let first_external = self.external.len();
        let note = chapter.note;
        self.external.extend(note.front_matter.external.into_iter().map(|Fact { value: entry, origin }| External {
            title: Fact { value: entry.title, origin },
            urls: entry.urls,
            language: language.clone(),
            section: section.clone(),
        }));
        if let Some(source) = &note.source {
            self.by_source.entry(source.clone()).or_insert(self.pages.len());
        }
        let title = note.front_matter.title.filter(|_| !chapter.received.has_level_one);
        self.pages.push(Page {
            chapter: chapter.number,
            is_numbered: chapter.is_numbered,
            path: chapter.page,
            source: note.source,
            file: note.file,
            name: chapter.name.value,
            bare_name: chapter.bare_name,
            edition,
            title: title.map(|fact| fact.value),
            external: (first_external..self.external.len()).collect(),
            anatomy: chapter.received,
            written: note.anatomy,
            brought: chapter.brought,
            fills: chapter.fills,
            location: note.location,
            own_switches: Vec::new(),
            own_copies: Vec::new(),
        });
    }
}
