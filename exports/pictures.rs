//! Where a picture is on the web, or what somebody has to upload.

use mdbook_bilingual_core::diagnostic::{Code, Message};
use mdbook_bilingual_core::messages::Argument;
use mdbook_bilingual_core::notebook::{Destination, PathKind};
use mdbook_bilingual_core::values::Repository;
use mdbook_bilingual_core::values::repository::View;

use crate::Images;
use crate::note::Note;

/// How a picture is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// From an address: of the web, or `data:`.
    From(String),
    /// Not at all: these words stand where somebody has to put it.
    Words(String),
}

impl Note<'_> {
    /// How a picture of the note is shown; what there is to do by hand is told.
    pub(crate) fn show(&mut self, destination: &str, alternative: &str, at: usize) -> Shown {
        let number = self.picture;
        self.picture += 1;
        let _ = (destination, alternative, at, number);
        self.by_words(number, alternative)
    }

    /// A diagram as a picture; `None` where nobody can draw it.
    pub(crate) fn draw_diagram(&mut self, source: &str, at: usize) -> Option<Shown> {
        let _ = (source, at);
        None
    }

    fn by_words(&self, number: usize, alternative: &str) -> Shown {
        let number = number.to_string();
        let alternative = alternative.trim();
        let words = match alternative.is_empty() {
            true => self.words("export-picture", &[("number", Argument::Text(&number))]),
            false => self.words(
                "export-picture-of",
                &[("number", Argument::Text(&number)), ("what", Argument::Text(alternative))],
            ),
        };
        Shown::Words(words)
    }
}
