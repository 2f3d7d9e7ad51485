//! What a walk has to say to an author.

use mdbook_bilingual_core::diagnostic::Message;

/// Why a file or a folder was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Skipped {
    /// A symbolic link to somewhere outside of the folder.
    Outside {
        /// The link.
        file: String,
        /// Where it leads.
        target: String,
    },
    /// A symbolic link to a file in the folder that is not among the notes.
    NoNote {
        /// The link.
        file: String,
        /// Where it leads.
        target: String,
    },
    /// A symbolic link to nothing.
    Dangling {
        /// The link.
        file: String,
    },
    /// A symbolic link that leads back to itself.
    Loop {
        /// The link.
        file: String,
    },
    /// A file or a folder that cannot be read.
    Unreadable {
        /// The file or folder; `.` for the whole folder.
        file: String,
        /// What the system says.
        error: String,
    },
    /// A pipe, a socket or a device that is called like a note.
    Special {
        /// What is called so.
        file: String,
    },
    /// A `book.toml` that is not TOML.
    BookToml {
        /// The file.
        file: String,
        /// What the TOML parser says.
        error: String,
    },
    /// A name that is not UTF-8.
    NotUtf8 {
        /// The file, with its unreadable bytes replaced.
        file: String,
    },
    /// A Markdown file that does not end in `.md`.
    OtherEnding {
        /// The file, or the first of many.
        file: String,
        /// How many others end in the same way and are told of here.
        more: usize,
    },
    /// A name that mdBook cannot find again from a `SUMMARY.md`.
    Unlistable {
        /// The file.
        file: String,
    },
    /// A note whose path is another's but for the case of letters.
    SameButForCase {
        /// The file.
        file: String,
        /// The one that was kept.
        kept: String,
    },
}

impl Skipped {
    /// The file or folder that this is about.
    #[must_use]
    pub fn file(&self) -> &str {
        match self {
            Self::Outside { file, .. }
            | Self::NoNote { file, .. }
            | Self::Dangling { file }
            | Self::Loop { file }
            | Self::Unreadable { file, .. }
            | Self::BookToml { file, .. }
            | Self::NotUtf8 { file }
            | Self::OtherEnding { file, .. }
            | Self::Special { file }
            | Self::Unlistable { file }
            | Self::SameButForCase { file, .. } => file,
        }
    }

    /// What is wrong, and what to do about it.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Outside { target, .. } => Message::new(
                format!("this link leads to {target}, outside of the folder, so it was left out"),
                "put the file itself there",
            ),
            Self::NoNote { target, .. } => Message::new(
                format!("this link leads to {target}, which is not among the notes, so it was left out"),
                "put the note itself there",
            ),
            Self::Dangling { .. } => {
                Message::new("this link leads nowhere, so it was left out", "delete it or mend it")
            }
            Self::Loop { .. } => {
                Message::new("this link leads back to itself, so it was left out", "delete it or mend it")
            }
            Self::Unreadable { error, .. } => Message::new(
                format!("this cannot be read ({error}), so it was left out"),
                "allow reading, or add it to .gitignore",
            ),
            Self::Special { .. } => {
                Message::new("this is a pipe, a socket or a device and no file, so it was left out", "delete it")
            }
            Self::BookToml { error, .. } => Message::new(
                format!("this is not valid TOML ({error}), so the book counts as one with mdBook's defaults"),
                "mend it",
            ),
            Self::NotUtf8 { .. } => Message::new("this name is not UTF-8, so the note was left out", "rename it"),
            Self::OtherEnding { file, more } => {
                let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
                let (these, them) = match more {
                    0 => ("this was".to_owned(), "it"),
                    1 => (format!("this and 1 more `.{ending}` file were"), "them"),
                    more => (format!("this and {more} more `.{ending}` files were"), "them"),
                };
                if ending.eq_ignore_ascii_case("mdx") {
                    Message::new(
                        format!("mdBook reads no MDX, so {these} left out"),
                        format!("write {them} as Markdown, in files that end in `.md`"),
                    )
                } else {
                    Message::new(
                        format!("mdBook knows notes by the ending `.md`, in lower case, so {these} left out"),
                        format!("rename {them}"),
                    )
                }
            }
            Self::Unlistable { .. } => Message::new(
                "this name holds `#`, `?`, `\\` or an encoded character such as %20, which mdBook does not link, so the note was left out",
                "rename it",
            ),
            Self::SameButForCase { kept, file } => Message::new(
                format!(
                    "{file} and {kept} differ only in the case of letters and would overwrite each other on Windows, macOS and many web hosts, so this one was left out"
                ),
                "rename it",
            ),
        }
    }
}
