//! What was said of pairs and did not count, and pairs of which somebody says otherwise.

use crate::diagnostic::Place;
use crate::values::{Evidence, Fact, Language, SourcePath};

/// What there is to ask about the pairs of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Disputes {
    /// The files that claim a place that is taken, where `SUMMARY.md` lists one of the two.
    pub clashes: Vec<Clash>,
    /// What was said and did not count.
    pub refused: Vec<Refused>,
    /// The names of languages that a link gives a file, and that are not the file's.
    pub misnamed: Vec<(SourcePath, Fact<Language>)>,
    /// The pairs that a catalogue lists as two notes.
    pub listed_apart: Vec<ListedApart>,
    /// The files that `pair` and `separate` name, and that are not there.
    pub unknown: Vec<Fact<String>>,
}

/// A file that claims a place that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The file that keeps the place.
    pub kept: SourcePath,
    /// The file that becomes a note of its own.
    pub lost: SourcePath,
    /// The language that both claim.
    pub language: Language,
    /// The key that both name, when that is why.
    pub translation_key: Option<Fact<String>>,
}

/// Two files that somebody calls editions of one note, against stronger evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The two files.
    pub files: (SourcePath, SourcePath),
    /// Who calls them so.
    pub evidence: Evidence,
    /// The language that both notes have already; `None` when the configuration keeps them apart.
    pub language: Option<Language>,
    /// What pairs one of the two already.
    pub stronger: Option<Evidence>,
}

/// Two files of one note that a catalogue lists as two notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedApart {
    /// The two files.
    pub files: (SourcePath, SourcePath),
    /// The entries that list them, as positions among [`Notebook::listings`](super::Notebook::listings).
    pub entries: (usize, usize),
    /// The entry of another catalogue that makes them one; `None` where their names do.
    pub joined_by: Option<Place>,
}
