//! Everything that was read of a book, not yet understood.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::assembly::listing::Catalogue;
use crate::markdown::Anatomy;
use crate::markdown::include::{Brought, Fill};
use crate::notebook::sightings::Sightings;
use crate::notebook::{Files, FrontMatter};
use crate::values::{Fact, Fingerprint, History, Location, PagePath, SourcePath, Status};

/// Everything that was read, not yet understood.
#[derive(Debug, Clone, Default)]
pub struct Material {
    /// The chapters that have a page, in reading order.
    pub chapters: Vec<Chapter>,
    /// The Markdown files that `SUMMARY.md` does not list.
    pub unlisted: Vec<NoteFile>,
    /// How many chapters there are, drafts included.
    pub chapter_count: usize,
    /// The book's own language.
    pub language: Option<String>,
    /// The folder of the sources, relative to the book's root, with a slash at its end; empty for the root itself.
    pub source_folder: String,
    /// The catalogues, in the order of the configuration.
    pub catalogues: Vec<Catalogue>,
    /// What links can lead to.
    pub files: Files,
    /// What git knows of each file.
    pub histories: BTreeMap<SourcePath, History>,
    /// What was seen around the notes.
    pub sightings: Sightings,
}

/// A Markdown file that was read.
#[derive(Debug, Clone)]
pub struct NoteFile {
    /// Its path in the sources; `None` for a chapter that another plugin made, and for a catalogue that is no note.
    pub source: Option<SourcePath>,
    /// Where it lies.
    pub location: Location,
    /// The real file, from the book's folder, for people.
    pub file: String,
    /// What it says of itself.
    pub front_matter: FrontMatter,
    /// The fingerprint of its text, when its front matter says which text was reviewed.
    pub fingerprint: Option<Fingerprint>,
    /// Its parts.
    pub anatomy: Arc<Anatomy>,
}

/// A chapter that has a page.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its position among all chapters, drafts included, depth first.
    pub number: usize,
    /// Whether mdBook numbers it: what stands before and behind the numbered chapters is no part of the text's order.
    pub is_numbered: bool,
    /// Its name in `SUMMARY.md`, with its mark.
    pub name: Fact<String>,
    /// Its name without its mark.
    pub bare_name: String,
    /// The status that its name carries.
    pub mark: Option<Status>,
    /// Its page.
    pub page: PagePath,
    /// Its file; of a chapter that another plugin made, what stands for one.
    pub note: NoteFile,
    /// The parts of the text that was received.
    pub received: Arc<Anatomy>,
    /// The Markdown that mdBook puts into it.
    pub brought: Vec<Brought>,
    /// The directives inside of its formulas, where their files are there.
    pub fills: Vec<Fill>,
    /// The titles above it, without marks: the part, then the chapters.
    pub section: Vec<String>,
}

impl Chapter {
    /// Its file; a chapter without one stands under the path of its page.
    pub(crate) fn source(&self) -> SourcePath {
        let page = || SourcePath::new(Path::new(self.page.chapter())).expect("a page path is relative");
        self.note.source.clone().unwrap_or_else(page)
    }

    /// The section of the chapters below it.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.section.iter().cloned().chain([self.bare_name.clone()]).collect()
    }
}

/// A file that may be an edition of a note.
#[derive(Clone)]
pub(crate) struct EditionFile<'a> {
    /// Where it stands among the sources.
    pub(crate) source: SourcePath,
    /// The chapter that shows it, if `SUMMARY.md` lists it.
    pub(crate) chapter: Option<&'a Chapter>,
    /// The file.
    pub(crate) note: &'a NoteFile,
}

impl Material {
    /// The files that may be editions of notes: chapters first, then those that `SUMMARY.md` does not list. A file that
    /// is listed twice comes twice.
    pub(crate) fn found(&self) -> impl Iterator<Item = EditionFile<'_>> {
        let chapters = self.chapters.iter().map(|chapter| EditionFile {
            source: chapter.source(),
            chapter: Some(chapter),
            note: &chapter.note,
        });
        let unlisted = self.unlisted.iter().filter_map(|note| {
            let source = note.source.clone()?;
            Some(EditionFile { source, chapter: None, note })
        });
        chapters.chain(unlisted)
    }
}
