//! The book of a note, and which of its editions a file is.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::files::repository_of;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::{Edition, Note};
use mdbook_bilingual_core::values::SourcePath;

use super::WhyUnconfirmed;
use crate::progress;

/// The position of a note, and of an edition in it.
pub(super) type EditionIndex = (usize, usize);

/// A book that was read.
pub(super) struct Book {
    host: Host,
    reading: Reading,
    /// The root of its repository, without links in its path.
    repository: PathBuf,
    /// The editions, by their real files.
    editions: BTreeMap<PathBuf, EditionIndex>,
    /// The read-only copies that stand for notes in the book's folder, and the notes.
    copies: BTreeMap<PathBuf, PathBuf>,
}

/// The nearest folder above a note that has a `book.toml`: above its link, or else above its real file.
pub(super) fn root_above(note: &Path, real: &Path) -> Option<PathBuf> {
    let shown = std::path::absolute(note).ok();
    let above = |path: &Path| {
        let found = path.ancestors().skip(1).find(|folder| folder.join("book.toml").is_file());
        found.map(Path::to_owned)
    };
    shown.as_deref().and_then(above).or_else(|| above(real))
}

impl Book {
    pub(super) fn load(root: &Path) -> Result<Self> {
        let (mut host, book) = Host::load(root)?;
        host.on_step = Some(progress::step);
        let reading = mdbook_bilingual_core::read(&host, &book);
        let root = fs::canonicalize(root)?;
        let repository = repository_of(&root).unwrap_or(&root).to_owned();
        let mut editions = BTreeMap::new();
        let mut copies = BTreeMap::new();
        for (at, note) in reading.notebook.notes.iter().enumerate() {
            for (number, edition) in note.editions.iter().enumerate() {
                let Some(source) = &edition.source else { continue };
                let Ok(real) = fs::canonicalize(real(&host, source)) else { continue };
                if let Ok(shown) = fs::canonicalize(host.path_of(source))
                    && shown != real
                {
                    copies.insert(shown, real.clone());
                }
                editions.insert(real, (at, number));
            }
        }
        Ok(Self { host, reading, repository, editions, copies })
    }

    /// The edition that a file is.
    ///
    /// # Errors
    /// When it is none, or one that nothing is written into.
    pub(super) fn find(&self, real: &Path) -> Result<EditionIndex, WhyUnconfirmed> {
        // What a link leads to somewhere else is nobody's note, and neither is what git keeps for itself.
        let inside = real.strip_prefix(&self.repository).ok();
        let is_git = |path: &Path| path.iter().any(|part| part.eq_ignore_ascii_case(".git"));
        if inside.is_none_or(is_git) {
            return Err(WhyUnconfirmed::Outside(real.to_owned()));
        }
        if let Some(note) = self.copies.get(real) {
            return Err(WhyUnconfirmed::Copy(note.clone()));
        }
        if let Some(found) = self.editions.get(real) {
            return Ok(*found);
        }
        let is_here = |source| fs::canonicalize(self::real(&self.host, source)).is_ok_and(|page| page == real);
        Err(match self.reading.notebook.pages_by_source.keys().any(is_here) {
            true => WhyUnconfirmed::NoLanguage,
            false => WhyUnconfirmed::NoNote(self.host.root.clone()),
        })
    }

    pub(super) fn edition(&self, (note, edition): EditionIndex) -> &Edition {
        &self.note(note).editions[edition]
    }

    /// The file of an edition.
    pub(super) fn real(&self, found: EditionIndex) -> PathBuf {
        let source = self.edition(found).source.as_ref();
        source.map(|source| real(&self.host, source)).unwrap_or_default()
    }

    /// The edition that an edition was translated from.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn source_of(&self, (note, edition): EditionIndex) -> Result<EditionIndex, WhyUnconfirmed> {
        let first = self.reading.config.freshness.source.as_ref().map(|source| &source.value);
        let found = self.note(note);
        if let Some(source) = found.source_of(edition, first) {
            return Ok((note, source));
        }
        Err(match &found.editions[edition].translation_of {
            _ if found.editions.len() == 1 => WhyUnconfirmed::NoOtherEdition,
            Some(named) => WhyUnconfirmed::NoSuchEdition(named.value.clone()),
            None => WhyUnconfirmed::IsSource,
        })
    }

    fn note(&self, at: usize) -> &Note {
        &self.reading.notebook.notes[at]
    }
}

/// The file that an author keeps: where the book's folder mirrors other files with copies, one of those.
fn real(host: &Host, source: &SourcePath) -> PathBuf {
    let mirrored = host.notes().map(|notes| host.root.join(notes).join(source.as_str()));
    mirrored.filter(|file| file.is_file()).unwrap_or_else(|| host.path_of(source))
}
