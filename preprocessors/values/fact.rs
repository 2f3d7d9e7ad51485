//! A fact and where it came from.

use serde::Serialize;

use crate::diagnostic::Place;

/// Where a fact came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Origin {
    /// The note's own front matter.
    FrontMatter(Place),
    /// An entry of a catalogue.
    Catalogue(Place),
    /// The note's own line of links to its editions, or its counterpart's.
    SwitchLine(Place),
    /// The note's own line about a copy elsewhere.
    CrossPostLine(Place),
    /// A title in `SUMMARY.md`.
    Summary(Place),
    /// The note's first heading.
    Heading(Place),
    /// A folder that is named after a language.
    Folder,
    /// A suffix of the file's name.
    FileName,
    /// What the other edition leaves over: the unmarked one of a Chinese-English pair is English when the other is
    /// Chinese.
    Counterpart,
    /// The letters that the text is written in.
    Script,
    /// A commit.
    Git {
        /// Its full object name.
        commit: String,
    },
    /// The time in the number of an article on Zhihu.
    ZhihuId {
        /// The article's address.
        url: String,
    },
    /// The book's configuration.
    Config(Place),
    /// The book's own language, because nothing else was said.
    Default,
}

impl Origin {
    /// Whether nobody wrote it down: it was worked out.
    #[must_use]
    pub fn is_computed(&self) -> bool {
        matches!(self, Self::Git { .. } | Self::ZhihuId { .. })
    }

    /// The place to show an author, where there is one.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::FrontMatter(place)
            | Self::Catalogue(place)
            | Self::SwitchLine(place)
            | Self::CrossPostLine(place)
            | Self::Summary(place)
            | Self::Config(place)
            | Self::Heading(place) => Some(place),
            _ => None,
        }
    }
}

/// A fact and where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact<T> {
    /// What is known.
    pub value: T,
    /// Where it is known from.
    pub origin: Origin,
}

impl<T> Fact<T> {
    /// A fact from a place in a front matter.
    pub fn authored(value: T, place: Place) -> Self {
        Self { value, origin: Origin::FrontMatter(place) }
    }
}
