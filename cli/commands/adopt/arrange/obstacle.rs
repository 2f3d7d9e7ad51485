//! What an arrangement has to say to an author.

use mdbook_bilingual_core::diagnostic::Message;

/// Why a file is not in the book folder, or something else is. Paths are relative to the folder of notes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    /// Something that was not made here stands at a file's place.
    Occupied {
        /// The place.
        file: String,
        /// The file that belongs there.
        note: String,
    },
    /// A file that really lies outside of the folder.
    Outside {
        /// The file.
        file: String,
        /// Where it really lies.
        target: String,
    },
    /// A file that is not there.
    NoFile {
        /// The file.
        file: String,
    },
    /// A folder, a pipe or a device in the place of a file.
    NotAFile {
        /// Its place.
        file: String,
    },
    /// A file that lies in the book folder itself.
    InBook {
        /// The file.
        file: String,
    },
    /// A symbolic link where the book folder, or a folder in it, has to be.
    FolderIsLink {
        /// The folder's place.
        file: String,
    },
    /// Something else where the book folder, or a folder in it, has to be.
    NotAFolder {
        /// The folder's place.
        file: String,
    },
    /// A read-only file in the book folder that is a copy of no file any more.
    StaleCopy {
        /// The place.
        file: String,
    },
    /// Something that cannot be read.
    Unreadable {
        /// The file or folder.
        file: String,
        /// What the system says.
        error: String,
    },
}

impl Obstacle {
    /// The file or folder that this is about.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Occupied { file, .. }
            | Self::Outside { file, .. }
            | Self::NoFile { file }
            | Self::NotAFile { file }
            | Self::InBook { file }
            | Self::FolderIsLink { file }
            | Self::NotAFolder { file }
            | Self::StaleCopy { file }
            | Self::Unreadable { file, .. } => file,
        }
    }

    /// What is wrong, and what to do about it.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Occupied { file, note } => Message::new(
                format!("{file} was not made by adopt, so it was left alone, and {note} is not in the book"),
                format!("move {file} away"),
            ),
            Self::Outside { target, .. } => Message::new(
                format!("this file really lies at {target}, outside of the folder, so it was left out"),
                "put the file itself there",
            ),
            Self::NotAFile { .. } => Message::new("this is no file, so it was left out", "put a file in its place"),
            Self::NoFile { .. } => Message::new("there is no such file, so it was left out", "run adopt again"),
            Self::InBook { .. } => {
                Message::new("this file lies in the book folder, so it cannot be mirrored there", "move it out of it")
            }
            Self::FolderIsLink { .. } => Message::new(
                "a symbolic link stands where the book needs a folder, and mdBook would publish all behind it",
                "delete the link",
            ),
            Self::NotAFolder { .. } => Message::new("a file stands where the book needs a folder", "move it away"),
            Self::StaleCopy { .. } => {
                Message::new("there is no note for this read-only copy, so it may be out of date", "delete it")
            }
            Self::Unreadable { error, .. } => {
                Message::new(format!("this cannot be read ({error}), so it was left out"), "allow reading")
            }
        }
    }
}
