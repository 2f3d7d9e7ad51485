//! What git knows of a file.

use crate::values::Date;

/// A commit, as far as a note is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its full object name.
    pub id: String,
    /// The calendar day of its author, where the author was.
    pub day: Date,
}

/// What git knows of the text of one file. Renames without a change, and changes of mode, of front matter or of line
/// ends only are no changes of a text. A merge is one where its result is in none of its parents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// The commit that the file came with.
    pub first: Commit,
    /// What the file was called in that commit, from the root of the repository.
    pub came_as: String,
    /// The commit that last changed its text.
    pub last: Commit,
    /// How many commits git lists before the first one: of two files, the one with more is older.
    pub age: usize,
}
