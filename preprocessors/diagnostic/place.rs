//! Where a finding is.

use std::fmt;
use std::ops::Range;

/// Where something stands: a file, and a position in it where one is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Place {
    /// The file, relative to the book's root, with forward slashes.
    pub file: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    #[serde(skip)]
    pub column: Option<usize>,
    /// What it takes, in bytes of the file's text: of all of it, front matter included, but for a byte order mark.
    #[serde(skip)]
    pub bytes: Option<Span>,
}

/// Bytes of a text, from one offset to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The first byte behind it.
    pub end: usize,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None, bytes: None }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(file: impl Into<String>, line: usize) -> Self {
        Self { line: Some(line), ..Self::file(file) }
    }

    /// A position in a file.
    #[must_use]
    pub fn at(file: impl Into<String>, line: usize, column: usize) -> Self {
        Self { column: Some(column), ..Self::line(file, line) }
    }

    /// The same place, and which bytes it takes.
    #[must_use]
    pub fn spanning(self, bytes: Range<usize>) -> Self {
        Self { bytes: Some(bytes.into()), ..self }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

impl Span {
    /// The same bytes as a range.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

impl From<Range<usize>> for Span {
    fn from(Range { start, end }: Range<usize>) -> Self {
        Self { start, end }
    }
}
