//! What told that two files are editions of one note.

use crate::diagnostic::Place;

/// What told that a file belongs to its note.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Evidence {
    /// A folder that is named after a language.
    Folder,
    /// A suffix of the file's name, or the lack of one.
    FileName,
    /// The front matter's `translation-key`.
    TranslationKey(Place),
    /// An entry of a catalogue.
    Catalogue(Place),
    /// The note's own line of links to its editions, or its counterpart's.
    SwitchLine(Place),
    /// `pair` in the configuration.
    Config(Place),
}

impl Evidence {
    /// Where it was said, when somebody said it.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Folder | Self::FileName => None,
            Self::TranslationKey(place) | Self::Catalogue(place) | Self::SwitchLine(place) | Self::Config(place) => {
                Some(place)
            }
        }
    }
}
