//! What people said about which files are editions of one note, apart from their names.
//!
//! ```text
//! pair = [["a.md", "b.md"]]                        in book.toml
//! translation-key: graph                           in the front matter of both
//! - [图](a.md)，还有[英文版](b.md)                   in a catalogue
//! [English](b.md) | [中文](a.md)                    at the top of a.md
//! ```
//!
//! The order is the order of strength. A switch line can also lead to the front page of another language, as on many
//! sites: a file that the switch lines of several notes in one language lead to is the counterpart of none of them,
//! unless it leads back.

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::NoteFile;
use crate::assembly::pairing::Candidate;
use crate::config::Placed;
use crate::diagnostic::Place;
use crate::notebook::listing::Listing;
use crate::notebook::{Destination, Files};
use crate::values::{Evidence, Fact, Language, Origin, SourcePath, Tags};

/// Two files that are editions of one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The position of one among the candidates.
    pub a: usize,
    /// The position of the other.
    pub b: usize,
    /// Who says so.
    pub evidence: Evidence,
}

/// Files that belong together, or do not, relative to the book's root.
type FileGroup = Placed<Vec<String>>;

/// What the book settles, whatever else says otherwise.
#[derive(Clone, Copy)]
pub(crate) struct SettledGroups<'a> {
    pub(crate) pairs: &'a [FileGroup],
    pub(crate) separate: &'a [FileGroup],
}

/// What was said.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    /// Which files belong together, the strongest word first.
    pub(crate) together: Vec<Tie>,
    /// Which files do not.
    pub(crate) apart: BTreeSet<(usize, usize)>,
    /// The language of each file that was named along the way.
    pub(crate) languages: BTreeMap<usize, Fact<Language>>,
    /// The names that are not the file's language: a link can call a text what it is not.
    pub(crate) misnamed: Vec<(usize, Fact<Language>)>,
    /// The files that the configuration names, and that are not there.
    pub(crate) unknown: Vec<Fact<String>>,
}

/// A file with its position among the candidates.
pub(crate) struct CandidateFile<'a> {
    pub(crate) candidate: usize,
    pub(crate) note: &'a NoteFile,
}

/// Collects what was said.
pub(crate) fn ties(
    candidates: &[Candidate],
    written: &[CandidateFile<'_>],
    files: &Files,
    listings: &[Listing],
    settled: SettledGroups<'_>,
    tags: &Tags,
) -> Ties {
    let places: BTreeMap<&SourcePath, usize> =
        candidates.iter().enumerate().map(|(at, candidate)| (&candidate.source, at)).collect();
    let mut collector = Collector { candidates, places, files, tags, ties: Ties::default(), named: BTreeMap::new() };
    collector.settled(settled);
    collector.keys();
    collector.listings(listings);
    collector.switch_lines(written);
    collector.settle_languages();
    collector.ties
}

struct Collector<'a> {
    candidates: &'a [Candidate],
    places: BTreeMap<&'a SourcePath, usize>,
    files: &'a Files,
    tags: &'a Tags,
    ties: Ties,
    /// What the language of each file was called, the strongest word first.
    named: BTreeMap<usize, Vec<Fact<Language>>>,
}

impl Collector<'_> {
    fn tie(&mut self, a: usize, b: usize, evidence: Evidence) {
        // A catalogue is an index of notes, and no edition of one.
        if a != b && self.candidates[a].catalogue == self.candidates[b].catalogue {
            self.ties.together.push(Tie { a, b, evidence });
        }
    }

    fn language(&mut self, at: usize, language: &Language, origin: Origin) {
        self.named.entry(at).or_default().push(Fact { value: language.clone(), origin });
    }

    /// The first word counts, unless others contradict it and the letters agree with them.
    fn settle_languages(&mut self) {
        let among: Vec<&Language> = self.tags.languages().iter().collect();
        for (at, named) in std::mem::take(&mut self.named) {
            let contradicted = named.iter().any(|fact| fact.value != named[0].value);
            let letters = self.candidates[at].prose.language(&among).filter(|_| contradicted);
            let right = letters.filter(|letters| named.iter().any(|fact| fact.value == **letters)).cloned();
            let right = right.unwrap_or_else(|| named[0].value.clone());
            for fact in named {
                if fact.value == right {
                    self.ties.languages.entry(at).or_insert(fact);
                } else {
                    self.ties.misnamed.push((at, fact));
                }
            }
        }
    }

    fn settled(&mut self, settled: SettledGroups<'_>) {
        for group in settled.pairs {
            let files = self.named(group);
            for pair in files.windows(2) {
                self.tie(pair[0], pair[1], Evidence::Config(group.place()));
            }
        }
        for group in settled.separate {
            let files = self.named(group);
            for (at, a) in files.iter().enumerate() {
                for b in &files[at + 1..] {
                    self.ties.apart.insert((*a.min(b), *a.max(b)));
                }
            }
        }
    }

    /// The files that a group of the configuration names, from the book's folder or from its sources.
    fn named(&mut self, group: &FileGroup) -> Vec<usize> {
        let mut found = Vec::new();
        for file in &group.value {
            let clean = file.trim_start_matches("./");
            let under = |folder: &str| self.files.notes.get(&format!("{folder}{clean}"));
            match under(&self.files.root)
                .or_else(|| under(&self.files.sources))
                .and_then(|source| self.places.get(source))
            {
                Some(at) => found.push(*at),
                None => {
                    let origin = Origin::Config(group.place());
                    self.ties.unknown.push(Fact { value: file.clone(), origin });
                }
            }
        }
        found
    }

    fn keys(&mut self) {
        let mut first: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            let Some(Fact { value: key, origin: Origin::FrontMatter(place) }) = &candidate.translation_key else {
                continue;
            };
            match first.get(key.as_str()) {
                Some(other) => {
                    self.ties.together.push(Tie { a: *other, b: at, evidence: Evidence::TranslationKey(place.clone()) })
                }
                None => drop(first.insert(key, at)),
            }
        }
    }

    fn listings(&mut self, listings: &[Listing]) {
        for listing in listings {
            let origin = || Origin::Catalogue(listing.place.clone());
            let notes: Vec<usize> =
                listing.notes.iter().filter_map(|source| self.places.get(source)).copied().collect();
            for (language, source) in &listing.editions {
                let Some(at) = self.places.get(source).copied() else { continue };
                self.language(at, language, origin());
                if let Some(first) = notes.first() {
                    self.tie(*first, at, Evidence::Catalogue(listing.place.clone()));
                }
            }
        }
    }

    fn switch_lines(&mut self, written: &[CandidateFile<'_>]) {
        let mut said: Vec<(usize, usize, Place)> = Vec::new();
        for CandidateFile { candidate, note: NoteFile { location, file, anatomy, .. } } in written {
            for lead in &anatomy.switches {
                let place = Place::line(file, lead.line);
                for target in &lead.targets {
                    let Destination::Note { source, .. } = self.files.destination(location, &target.destination) else {
                        continue;
                    };
                    let (Some(named), Some(other)) = (&target.language, self.places.get(source).copied()) else {
                        continue;
                    };
                    // A language that the book does not have is one all the same, unless the text is in other letters.
                    let language = self.tags.get(named.tag()).unwrap_or(named).clone();
                    let is_foreign = !self.tags.languages().contains(&language);
                    if is_foreign && self.candidates[other].prose.can_be(&language) == Some(false) {
                        continue;
                    }
                    said.push((*candidate, other, place.clone()));
                    self.language(other, &language, Origin::SwitchLine(place.clone()));
                }
            }
        }
        let leads: BTreeSet<(usize, usize)> = said.iter().map(|(from, to, _)| (*from, *to)).collect();
        let among = self.tags.languages();
        let among: Vec<&Language> = among.iter().collect();
        // Target and language → the notes that lead there.
        let mut sources: BTreeMap<(usize, Option<&Language>), BTreeSet<usize>> = BTreeMap::new();
        let language_of = |at: usize| self.candidates[at].prose.language(&among);
        for (from, to) in leads.iter().filter(|(from, to)| from != to) {
            sources.entry((*to, language_of(*from))).or_default().insert(*from);
        }
        for (from, to, place) in said {
            let alone = sources.get(&(to, language_of(from))).is_none_or(|sources| sources.len() == 1);
            if alone || leads.contains(&(to, from)) {
                self.tie(from, to, Evidence::SwitchLine(place));
            }
        }
    }
}
