//! What mends a finding, where there is one answer.

use super::Span;

/// Edits after which a finding is not there any more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fix {
    /// What is done, as a command: `write a_en.md`.
    pub title: String,
    /// The edits, at least one, all or none of which are made.
    pub edits: Vec<Replacement>,
}

/// New text in the place of some bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replacement {
    /// The file, relative to the book's root, with forward slashes.
    pub file: String,
    /// The bytes that go, of the file's text without a byte order mark.
    pub bytes: Span,
    /// What comes in their place.
    pub text: String,
}

impl Fix {
    /// One edit of one file.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        file: impl Into<String>,
        bytes: impl Into<Span>,
        text: impl Into<String>,
    ) -> Self {
        let edit = Replacement { file: file.into(), bytes: bytes.into(), text: text.into() };
        Self { title: title.into(), edits: vec![edit] }
    }
}
