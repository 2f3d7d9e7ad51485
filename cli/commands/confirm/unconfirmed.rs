//! Why a note cannot be confirmed, and what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use mdbook_bilingual_core::diagnostic::{Diagnostic, Message, harmless};
use mdbook_bilingual_core::facts::front_matter::edit::EditError;
use mdbook_bilingual_core::files::Unread;
use mdbook_bilingual_core::values::Language;

/// A note that cannot be confirmed.
#[derive(Debug)]
pub struct Unconfirmed {
    /// The note, as it was named.
    pub note: PathBuf,
    /// Why it cannot.
    pub why: WhyUnconfirmed,
}

/// What stands in the way.
#[derive(Debug)]
pub enum WhyUnconfirmed {
    /// It is a folder, or a device.
    NoFile,
    /// Nothing can be found there.
    NotFound(io::Error),
    /// It leads to a file outside of the book's repository.
    Outside(PathBuf),
    /// It is a read-only copy that stands for this note.
    Copy(PathBuf),
    /// It is a page of no language.
    NoLanguage,
    /// The book in this folder has no such note.
    NoNote(PathBuf),
    /// It may not be written.
    ReadOnly,
    /// Its text cannot be read.
    Text(Unread),
    /// The text of its source, which is this file, cannot be read.
    SourceText(String, Unread),
    /// The note has no edition that it can be translated from.
    NoOtherEdition,
    /// It names a source in a language that the note does not have.
    NoSuchEdition(Language),
    /// It is what the others were translated from.
    IsSource,
    /// It has no copy on this platform; or only another edition of its note has one, which is named there.
    NoCopy {
        /// What the platform is called.
        platform: String,
        /// Where the copy of another edition is named.
        of_another: Option<String>,
    },
    /// It has several copies on this platform.
    SeveralCopies {
        /// What the platform is called.
        platform: String,
        /// Their addresses.
        urls: Vec<String>,
    },
    /// This is no address of a copy there.
    Address(Message),
    /// Its front matter cannot be read.
    FrontMatter(Box<Diagnostic>),
    /// Its front matter is such that this line has to be written by hand.
    ByHand(String),
}

impl Unconfirmed {
    pub(super) fn new(note: &Path, why: WhyUnconfirmed) -> Self {
        Self { note: note.to_owned(), why }
    }
}

impl From<EditError> for WhyUnconfirmed {
    fn from(refused: EditError) -> Self {
        match refused {
            EditError::Unreadable(found) => Self::FrontMatter(found),
            EditError::ByHand(line) => Self::ByHand(line),
        }
    }
}

impl fmt::Display for Unconfirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = match &self.why {
            // It says where that is by itself.
            WhyUnconfirmed::FrontMatter(found) => found.as_error().to_string(),
            why => format!("error: {}: {why}", self.note.display()),
        };
        f.write_str(&harmless(&told))
    }
}

impl fmt::Display for WhyUnconfirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFile => f.write_str("this is no file; name the file of a note"),
            Self::NotFound(error) => write!(f, "it cannot be read ({error}); correct its path"),
            Self::Outside(target) => write!(
                f,
                "it leads to {}, outside of the book's repository, where nothing is written; confirm a note of the \
                 repository",
                target.display()
            ),
            Self::Copy(note) => write!(f, "this is a copy; confirm the note itself, {}", note.display()),
            Self::NoLanguage => f.write_str("it is a page of no language; name its language in its front matter"),
            Self::NoNote(root) => write!(
                f,
                "it is no note of the book in {}; list it in SUMMARY.md, or name its book with --root",
                root.display()
            ),
            Self::ReadOnly => f.write_str("it is read-only; make it writable, and confirm it then"),
            Self::Text(why) => f.write_str(&unread(why)),
            Self::SourceText(file, why) => write!(f, "its source {file}: {}", unread(why)),
            Self::NoOtherEdition => f.write_str(
                "this note has no other edition, so there is nothing that it was translated from; write the other one \
                 first, or say with --review that it was reviewed",
            ),
            Self::NoSuchEdition(named) => write!(
                f,
                "`translation-of` names {named}, and this note has no other edition in that language; correct it"
            ),
            Self::IsSource => f.write_str(
                "it is the edition that the others were translated from; confirm those, or name its own source with \
                 `translation-of` in its front matter",
            ),
            Self::NoCopy { platform, of_another: None } => {
                write!(f, "it names no copy on {platform}; write the address of that behind the note")
            }
            Self::NoCopy { platform, of_another: Some(place) } => write!(
                f,
                "the copy on {platform} that {place} names is of another edition; confirm that one, or write the address \
                 of a copy of this one behind the note"
            ),
            Self::SeveralCopies { platform, urls } => write!(
                f,
                "it has {} copies on {platform}, {}; write behind the note which of them it is",
                urls.len(),
                urls.join(" and ")
            ),
            Self::Address(message) => write!(f, "{message}"),
            Self::FrontMatter(found) => write!(f, "{found}"),
            Self::ByHand(line) => write!(
                f,
                "its front matter is written in a way that only you can change; write `{line}` into it by hand"
            ),
        }
    }
}

fn unread(why: &Unread) -> String {
    match why {
        Unread::Missing => format!("{why}; write it first"),
        Unread::Unreadable(_) => why.to_string(),
    }
}
