//! The entries of the catalogues, with their links followed: which note each lists, and what it says of it.
//!
//! ```text
//! README.md:39  - [Pending Review] [统一 FP8](./fp8/readme.md)：…，同样刊载[英文版本](./fp8/readme_en.md)和[知乎](https://…)
//!
//! →   the note fp8/readme.md: title, status, section, a copy on Zhihu; its English edition is fp8/readme_en.md
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::naming;
use crate::assembly::pairing::Candidate;
use crate::assembly::pairing::paths::PathReading;
use crate::assembly::{Material, NoteFile};
use crate::diagnostic::Place;
use crate::markdown::catalogue::{CatalogueEntry, CatalogueKind, CatalogueTarget};
use crate::markdown::link::Link;
use crate::notebook::listing::{CatalogueFault, FaultKind, Listing};
use crate::notebook::{Destination, Files, PathKind};
use crate::platforms::{self, CrossPost, Platform};
use crate::text::Prose;
use crate::values::repository::View;
use crate::values::{Fact, Language, Location, PageLanguage, SourcePath, Tags};

/// A catalogue that was read.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// Its file. It is written where it lies, and not where the book links to it.
    pub note: NoteFile,
    /// How its links are to be understood.
    pub kind: CatalogueKind,
    /// Its links, for the places of what is said of them.
    pub links: Vec<Link>,
    /// What it lists.
    pub entries: Vec<CatalogueEntry>,
    /// The links that lead nowhere since nobody has written where to, but for those to editions to come.
    pub empty: Vec<CatalogueTarget>,
}

impl Catalogue {
    /// The note that a link of it leads to.
    #[must_use]
    pub fn note<'a>(&self, files: &'a Files, url: &str) -> Option<&'a SourcePath> {
        self.on_a_site(files, url).or_else(|| match files.destination(&self.note.location, url) {
            Destination::Note { source, .. } => Some(source),
            // An address that shows the source of a note lists the note as well.
            Destination::File { path, web: true, .. } => files.notes.get(&path),
            _ => None,
        })
    }

    /// The note that a link of docsify's leads to: it begins at the root of the site, wherever the file is, and may leave
    /// out the ending of a file. The root is a folder above the file, the nearest one that has such a note.
    fn on_a_site<'a>(&self, files: &'a Files, url: &str) -> Option<&'a SourcePath> {
        if self.kind != CatalogueKind::Sidebar {
            return None;
        }
        let path = url.split(['?', '#']).next().unwrap_or(url).trim_start_matches('/');
        let folders =
            std::iter::successors(Some(self.note.location.shown.as_str()), |path| match path.rsplit_once('/') {
                Some((folder, _)) => Some(folder),
                None => (!path.is_empty()).then_some(""),
            });
        folders.skip(1).find_map(|folder| {
            let at = if folder.is_empty() { "_".to_owned() } else { format!("{folder}/_") };
            let from = Location { shown: at.clone(), real: at };
            let ends = if path.ends_with(".md") { &[""][..] } else { &[".md", "", "/README.md"] };
            let path = if path.is_empty() { "." } else { path.trim_end_matches('/') };
            ends.iter().find_map(|end| match files.destination(&from, &format!("{path}{end}")) {
                Destination::Note { source, .. } => Some(source),
                _ => None,
            })
        })
    }
}

/// Where a link of a catalogue leads.
enum EntryDestination {
    Note(SourcePath),
    Elsewhere(String),
    Nowhere,
}

/// Follows the links of the entries, and tells those that lead nowhere.
pub(crate) fn follow(material: &Material, tags: &Tags, default: &Language) -> (Vec<Listing>, Vec<CatalogueFault>) {
    let (mut listings, mut faults) = (Vec::new(), Vec::new());
    for (at, catalogue) in material.catalogues.iter().enumerate() {
        let mut follower = Follower { files: &material.files, catalogue, faults: &mut faults };
        for target in &catalogue.empty {
            follower.fault(target, FaultKind::Empty);
        }
        let language = language_of(catalogue, tags, default);
        let entries = catalogue.entries.iter().map(|entry| follower.listing(at, entry, &language, tags));
        let known: Vec<Listing> = entries.filter(|listing| !lists_itself(listing, catalogue, tags)).collect();
        // A README lists more than notes. What lies elsewhere belongs to the notes when it is a place for articles, or
        // when it stands among them.
        let mut among: BTreeMap<&[String], bool> = BTreeMap::new();
        for listing in &known {
            let article = listing.external.iter().any(|(_, url)| is_article(url));
            *among.entry(&listing.section).or_default() |= !listing.notes.is_empty() || article;
        }
        let counts: Vec<bool> = known
            .iter()
            .map(|listing| {
                let lists_a_note = !listing.notes.is_empty() || listing.draft;
                lists_a_note || (!listing.external.is_empty() && among[listing.section.as_slice()])
            })
            .collect();
        listings.extend(known.into_iter().zip(counts).filter(|(_, counts)| *counts).map(|(listing, _)| listing));
    }
    (listings, faults)
}

/// Whether an entry only leads to the catalogue in another language, by whatever name: `- [Txinera](README.zh.md)`.
fn lists_itself(listing: &Listing, catalogue: &Catalogue, tags: &Tags) -> bool {
    let bare = |source: &SourcePath| {
        let stem = source.stem();
        let rest = naming::split(stem, tags).map_or(stem, |split| split.rest);
        (source.folders().join("/").to_lowercase(), rest.to_lowercase())
    };
    let Some(own) = catalogue.note.source.as_ref().map(bare) else { return false };
    !listing.notes.is_empty() && listing.external.is_empty() && listing.notes.iter().all(|note| bare(note) == own)
}

/// The language that a catalogue is written in: as it says, as its name says, as its folder says, as its letters tell.
fn language_of(catalogue: &Catalogue, tags: &Tags, default: &Language) -> Language {
    if let Some(Fact { value: PageLanguage::One(language), .. }) = &catalogue.note.front_matter.language {
        return tags.get(language.tag()).cloned().unwrap_or_else(|| language.clone());
    }
    let mut names = catalogue.note.file.rsplit('/');
    let name = names.next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let suffix = naming::named(stem, tags);
    let languages = tags.languages();
    let among: Vec<&Language> = languages.iter().collect();
    let folder = || names.find_map(|folder| tags.get(folder).cloned());
    suffix
        .or_else(folder)
        .or_else(|| catalogue.note.anatomy.prose.language(&among).cloned())
        .unwrap_or_else(|| default.clone())
}

fn is_article(url: &str) -> bool {
    platforms::linkable(url).is_ok_and(|url| Platform::of(&url).publishes())
}

struct Follower<'a> {
    files: &'a Files,
    catalogue: &'a Catalogue,
    faults: &'a mut Vec<CatalogueFault>,
}

impl Follower<'_> {
    fn listing(&mut self, at: usize, entry: &CatalogueEntry, language: &Language, tags: &Tags) -> Listing {
        let mut listing = Listing {
            catalogue: at,
            place: Place::line(&self.catalogue.note.file, entry.line),
            language: language.clone(),
            section: entry.section.clone(),
            parents: entry.parents.clone(),
            title: entry.title.clone(),
            status: entry.status,
            notes: Vec::new(),
            labels: Vec::new(),
            titled_by_link: entry.primary.first().is_some_and(|first| first.text.contains(&entry.title)),
            draft: entry.primary.is_empty(),
            external: Vec::new(),
            editions: Vec::new(),
            copies: Vec::new(),
        };
        for target in entry.targets().chain(&entry.references) {
            if let Some(error) = platforms::danger(&target.url) {
                self.fault(target, FaultKind::Forbidden(error));
            }
        }
        self.primary(entry, &mut listing);
        self.editions(entry, tags, &mut listing);
        for target in &entry.copies {
            match CrossPost::new(None, &target.url) {
                Ok(post) => listing.copies.push(post),
                Err(error) => self.fault(target, FaultKind::NoCopy(error)),
            }
        }
        // `[English](a.md) | [中文版](https://zhuanlan…)`: the Chinese text is a copy of the note.
        if !listing.notes.is_empty() {
            let copies = std::mem::take(&mut listing.external);
            listing.copies.extend(copies.iter().filter_map(|(_, url)| CrossPost::new(None, url).ok()));
        }
        let mut seen = BTreeSet::new();
        listing.copies.retain(|post| seen.insert(post.url.clone()));
        listing
    }

    /// Follows the links that say what an entry lists.
    fn primary(&mut self, entry: &CatalogueEntry, listing: &mut Listing) {
        for target in &entry.primary {
            match self.leads(target) {
                EntryDestination::Note(source) => {
                    let first = listing.notes.is_empty();
                    listing.labels.push(if first { entry.title.clone() } else { target.text.clone() });
                    listing.notes.push(source);
                }
                EntryDestination::Elsewhere(url) => {
                    let title = if listing.titled_by_link { target.text.clone() } else { entry.title.clone() };
                    listing.external.push((title, url));
                }
                EntryDestination::Nowhere => self.nowhere(target),
            }
        }
    }

    /// Follows the links that name a language.
    fn editions(&mut self, entry: &CatalogueEntry, tags: &Tags, listing: &mut Listing) {
        for (named, target) in &entry.editions {
            // Primary links were followed and reported already.
            match self.leads(target) {
                EntryDestination::Note(source) => {
                    listing.editions.extend(tags.get(named.tag()).map(|own| (own.clone(), source)))
                }
                EntryDestination::Elsewhere(url) if !entry.primary.contains(target) => {
                    listing.copies.extend(CrossPost::new(None, &url))
                }
                EntryDestination::Elsewhere(_) => {}
                EntryDestination::Nowhere if entry.primary.contains(target) => {}
                EntryDestination::Nowhere => self.nowhere(target),
            }
        }
    }

    fn leads(&self, target: &CatalogueTarget) -> EntryDestination {
        if let Some(source) = self.catalogue.note(self.files, &target.url) {
            return EntryDestination::Note(source.clone());
        }
        match self.files.destination(&self.catalogue.note.location, &target.url) {
            Destination::Elsewhere => match platforms::linkable(&target.url) {
                Ok(url) => EntryDestination::Elsewhere(platforms::normalised(url)),
                Err(_) => EntryDestination::Nowhere,
            },
            Destination::File { web: true, .. } | Destination::Nothing { web: true, .. } => {
                EntryDestination::Elsewhere(target.url.clone())
            }
            Destination::File { path, found, .. } => {
                let view = if found == PathKind::Folder { View::Tree } else { View::Blob };
                self.files
                    .repository
                    .address_of(&path, view)
                    .map_or(EntryDestination::Nowhere, EntryDestination::Elsewhere)
            }
            Destination::Asset { path } => self
                .files
                .repository
                .address_of(&path, View::Blob)
                .map_or(EntryDestination::Nowhere, EntryDestination::Elsewhere),
            Destination::Note { .. }
            | Destination::Here { .. }
            | Destination::Nothing { .. }
            | Destination::Outside => EntryDestination::Nowhere,
        }
    }

    fn nowhere(&mut self, target: &CatalogueTarget) {
        // It was said already, and nothing is to be corrected but that.
        if platforms::danger(&target.url).is_some() {
            return;
        }
        let kind = match self.files.destination(&self.catalogue.note.location, &target.url) {
            Destination::Outside => FaultKind::Outside,
            Destination::Nothing { path, .. } => FaultKind::Missing(self.files.for_people(&path)),
            Destination::File { path, .. } | Destination::Asset { path } => {
                FaultKind::NoNote(self.files.for_people(&path))
            }
            _ => FaultKind::Neither,
        };
        self.fault(target, kind);
    }

    fn fault(&mut self, target: &CatalogueTarget, kind: FaultKind) {
        let is_there = |link: &&Link| link.line == target.line && link.destination == target.url;
        let is_it = |link: &&Link| is_there(link) && link.labels.contains(&target.text);
        let links = || self.catalogue.links.iter();
        let link = links().find(is_it).or_else(|| links().find(is_there));
        // What is empty has nothing to be seen.
        let bytes =
            link.and_then(|link| link.place.clone().filter(|place| !place.is_empty()).or(Some(link.whole.clone())));
        let place = bytes.into_iter().fold(Place::line(&self.catalogue.note.file, target.line), Place::spanning);
        self.faults.push(CatalogueFault { place, text: target.text.clone(), url: target.url.clone(), kind });
    }
}

/// Which candidates are catalogues: those that are read as such, and the same file in other languages, whatever it
/// lists. Where a file for each language lies beside one that is in neither, that one is a page of its own.
///
/// `letters` tells the language of a file that says none by its path, given those of the others.
pub(crate) fn mark_catalogues(
    candidates: &mut [Candidate],
    is_read: impl Fn(&SourcePath) -> bool,
    readings: &[PathReading],
    letters: impl Fn(&Prose, &BTreeSet<Language>) -> Option<Language>,
) {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (candidate, reading)) in candidates.iter_mut().zip(readings).enumerate() {
        candidate.catalogue = is_read(&candidate.source);
        groups.entry(reading.key()).or_default().push(at);
    }
    groups.retain(|_, members| members.iter().any(|at| candidates[*at].catalogue));
    for members in groups.into_values() {
        let told = |at: usize| match &candidates[at].language {
            Some(Fact { value: PageLanguage::One(language), .. }) => Some(language),
            _ => readings[at].language(),
        };
        let mut languages: BTreeSet<Language> = members.iter().filter_map(|at| told(*at)).cloned().collect();
        for at in members.iter().filter(|at| told(**at).is_none()) {
            let own = letters(&candidates[*at].prose, &languages);
            languages.extend(own);
        }
        if languages.len() == members.len() {
            members.iter().for_each(|at| candidates[*at].catalogue = true);
        }
    }
}
