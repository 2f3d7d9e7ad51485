//! Whether a translation misses changes of its source, or a copy elsewhere changes of its note.

use super::{Edition, Note};
use crate::values::{Commit, Fact, Language, Origin, Tags};

/// An edition's relation to the edition that it was translated from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// The language of its source edition, and who says so: front matter, the configuration, or git, in which it is
    /// the older one.
    pub of: Fact<Language>,
    /// Whether it misses changes.
    pub freshness: Freshness,
    /// Who said in front matter which text of its source it is right for (`translated-from`).
    pub confirmed: Option<Origin>,
}

/// Whether a translation misses changes of its source, or a copy changes of its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Freshness {
    /// Nobody can tell: there is no history, or not all of it.
    Unknown,
    /// It misses none.
    InStep,
    /// It misses some.
    Behind(Behind),
}

/// What a translation misses of its source, or a copy of its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// How many commits of the source's text; `None` when only the text itself tells that it changed.
    pub commits: Option<usize>,
    /// How many days lie between what the translation knows and the last change of its source; `None` without commits.
    pub days: Option<usize>,
    /// How many lines of the source are new, and how many are gone; `None` when the older text cannot be read.
    pub lines: Option<(usize, usize)>,
    /// The sections of the source that changed, in its order; empty when the older text cannot be read.
    pub sections: Vec<ChangedSection>,
    /// The commit up to which the translation knows its source; `None` without a history.
    pub since: Option<Commit>,
    /// The last change of its source.
    pub last: Option<Commit>,
    /// Whether it is enough for the book's thresholds to be said to readers.
    pub is_worth_saying: bool,
}

/// A section of the source that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSection {
    /// Its heading, as readers see it; `None` for what stands above all headings.
    pub heading: Option<String>,
    /// The id of its heading on mdBook's page.
    pub id: Option<String>,
}

impl Translation {
    /// What it misses, when that is enough to be said.
    #[must_use]
    pub fn behind(&self) -> Option<&Behind> {
        self.freshness.behind()
    }
}

impl Freshness {
    /// What is missed, when that is enough to be said.
    #[must_use]
    pub fn behind(&self) -> Option<&Behind> {
        match self {
            Self::Behind(behind) if behind.is_worth_saying => Some(behind),
            _ => None,
        }
    }
}

impl Edition {
    /// Whether its own front matter says that it is a translation, so that nothing is a translation of it.
    #[must_use]
    pub fn says_it_is_a_translation(&self) -> bool {
        self.translation_of.is_some() || self.translated_from.is_some()
    }
}

impl Note {
    /// The edition that an edition was translated from; `None` for the source edition itself, for an only one, and for
    /// one that names a language in which there is no other.
    ///
    /// What the edition says (`translation-of`) comes before the language that the book writes first, and that before
    /// what dates tell.
    #[must_use]
    pub fn source_of(&self, edition: usize, written_first: Option<&Language>) -> Option<usize> {
        // Most editions say nothing, and then nobody has to compare languages.
        let at = |language: &Language| {
            let languages: Vec<Language> = self.editions.iter().map(|edition| edition.language.value.clone()).collect();
            let tags = Tags::new(&languages);
            let language = tags.get(language.tag())?;
            languages.iter().position(|own| own == language)
        };
        let source = match &self.editions[edition].translation_of {
            Some(named) => at(&named.value)?,
            None => written_first
                .and_then(at)
                .filter(|at| !self.editions[*at].says_it_is_a_translation())
                .unwrap_or_else(|| self.source()),
        };
        (source != edition).then_some(source)
    }
}
