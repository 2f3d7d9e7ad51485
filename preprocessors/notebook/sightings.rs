//! What was seen around the notes while they were read, of which somebody may have to be told.
//!
//! Whoever reads files keeps it here, and the checks put it into words.

use std::path::PathBuf;

use crate::diagnostic::{Message, Place};
use crate::platforms::AddressError;
use crate::values::{Language, SourcePath};

/// What was seen around the notes of a book.
#[derive(Debug, Clone, Default)]
pub struct Sightings {
    /// The version of an mdBook that the suite was not made for, when such a one runs it.
    pub unknown_mdbook: Option<String>,
    /// The folder that the sources mirror, when it is none of the repository.
    pub missing_notes: Option<MissingNotes>,
    /// The chapters of the table of contents that the book cannot show.
    pub lost_chapters: Vec<LostChapter>,
    /// The files that could not be read, as people know them.
    pub unreadable: Vec<(String, Unreadable)>,
    /// The catalogues of the configuration that could not be read.
    pub lost_catalogues: Vec<LostCatalogue>,
    /// The languages of the configuration that are none of the book.
    pub stray_languages: Vec<StrayLanguage>,
    /// What mdBook would publish, and that lies outside of the book's repository.
    pub outside: Vec<Outside>,
    /// What is wrong with the folder of the output.
    pub output: Option<OutputFolder>,
    /// The sources that are not what they are in the repository.
    pub copies: Vec<(SourcePath, Stands)>,
    /// The addresses of the configuration that would harm who follows them.
    pub forbidden: Vec<ForbiddenKey>,
    /// The directives that name files which are not there; one of a file that many pages have is here for each of them.
    pub missing_includes: Vec<MissingInclude>,
    /// The script that draws diagrams, when it was looked for and is not there.
    pub missing_script: Option<String>,
    /// The commits that translations name and that the history does not have.
    pub unknown_commits: Vec<UnknownCommit>,
    /// Why git does not tell all.
    pub history: Option<HistoryGap>,
    /// The language that mdBook writes on every page, as `book.toml` has it.
    pub book_language: Option<String>,
    /// Why nobody knows at which address the site is published, where the book has one.
    pub site_address: Option<SiteAddressFault>,
}

/// Why nobody knows at which address a site is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SiteAddressFault {
    /// Nothing says it.
    Unwritten,
    /// Only a path is written.
    Path(String),
    /// What is written is no address of a site.
    Invalid {
        /// The key.
        key: &'static str,
        /// What stands behind it.
        value: String,
    },
}

/// The folder that the sources mirror, where there is none in the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingNotes {
    /// The folder, as `book.toml` names it.
    pub folder: PathBuf,
    /// Where `book.toml` names it.
    pub place: Place,
}

/// A chapter that is listed, and that the book cannot show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostChapter {
    /// Why not.
    pub fault: ChapterFault,
    /// Where it is listed.
    pub place: Place,
}

/// Why a book cannot show a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChapterFault {
    /// It stands below more chapters than mdBook hands to its plugins.
    TooDeep,
    /// This path leads out of the folder of the sources.
    OutOfFolder(PathBuf),
    /// It has no file.
    Gone {
        /// Where its file should be.
        source: SourcePath,
        /// Whether there is a note that a link in its place would lead to.
        is_unlinked: bool,
        /// Whether mdBook makes an empty file of it, instead of stopping.
        is_made: bool,
    },
}

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong with it, and what to do.
    pub why: Message,
    /// Whether mdBook cannot read it either, and stops.
    pub stops: bool,
}

/// A catalogue of the configuration that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCatalogue {
    /// Its path, as `book.toml` has it.
    pub path: String,
    /// Why not.
    pub fault: LostBecause,
    /// Where `book.toml` names it.
    pub place: Place,
}

/// Why a catalogue could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LostBecause {
    /// Its path leads out of the repository.
    Outside,
    /// A link on its path leads out of the repository.
    LinkOutside,
    /// There is no such file.
    Missing,
    /// The file cannot be read: what is wrong with it, and what to do.
    Unreadable(Message),
}

/// A language of the configuration that is none of the book, or that is there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrayLanguage {
    /// The language.
    pub language: Language,
    /// Why nothing comes of it.
    pub fault: StrayFault,
    /// Where `book.toml` names it.
    pub place: Place,
}

/// Why nothing comes of a language of the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StrayFault {
    /// Translations are to be from it, and the book does not have it.
    UnknownSource,
    /// A table is for it, and the book does not have it.
    Unknown,
    /// It has another table.
    Twice,
}

/// Something that mdBook would publish, and that lies outside of the book's repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// What it is.
    pub what: Published,
    /// Where it leads.
    pub target: PathBuf,
    /// Where it is named, or where it stands.
    pub place: Place,
}

/// What mdBook publishes, or reads to do so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Published {
    /// The folder of the sources, as `book.toml` names it.
    Sources(String),
    /// `SUMMARY.md`.
    Summary,
    /// `book.toml`.
    Configuration,
    /// The file of a chapter.
    Chapter(SourcePath),
    /// A symbolic link among the sources.
    Link,
    /// The theme, as `book.toml` names it.
    Theme(String),
    /// A file of the theme.
    ThemeFile,
    /// A file that a key of `[output.html]` names.
    Additional {
        /// The table that the key stands in, such as `output.html`.
        table: String,
        /// The key.
        key: &'static str,
        /// The file, as written.
        file: String,
    },
    /// The page for addresses that do not exist, as `book.toml` names it.
    NotFound(String),
    /// What a directive brings into a page, as it names it.
    Included(String),
}

/// A folder that mdBook empties before it writes a site into it, and that must not be emptied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFolder {
    /// The folder, as `book.toml` names it.
    pub folder: PathBuf,
    /// What is wrong with it.
    pub fault: OutputFault,
    /// Where `book.toml` names it.
    pub place: Place,
}

/// What is wrong with a folder that mdBook empties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputFault {
    /// It holds something that would be gone.
    Holds(OutputContent),
    /// It lies outside of the book's repository: where it leads.
    Outside(PathBuf),
}

/// What would be gone with a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputContent {
    /// The book itself.
    Book,
    /// Its sources.
    Sources,
    /// Its theme.
    Theme,
    /// The fonts of its theme.
    Fonts,
    /// The notes that its sources mirror.
    Notes,
    /// The file of a chapter.
    Chapter(String),
}

/// What stands at a place of the source folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// What should.
    Well,
    /// A file with the text of a link.
    TextOfLink,
    /// A copy of what the note was.
    OldCopy,
    /// A copy of a note that is gone.
    LostCopy,
    /// A file of somebody's own in the place of the link.
    Taken,
}

/// A key of `[output.html]` whose address would harm who follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForbiddenKey {
    /// The table that the key stands in, such as `output.html`.
    pub table: String,
    /// The key.
    pub key: &'static str,
    /// Why nobody may follow it.
    pub error: AddressError,
    /// Where it stands.
    pub place: Place,
}

/// A directive whose file is not there. mdBook leaves it on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingInclude {
    /// Where it stands.
    pub place: Place,
    /// All of it.
    pub directive: String,
    /// Where it leads, for people; `None` when that is nowhere in the repository.
    pub target: Option<String>,
}

/// A commit that a translation names, and that the history does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCommit {
    /// The file of the translation.
    pub file: String,
    /// What it names.
    pub id: String,
    /// Whether several commits begin with it.
    pub is_ambiguous: bool,
    /// Where it names it.
    pub place: Place,
}

/// Why git does not tell all of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryGap {
    /// The clone has only its last commits.
    Shallow,
    /// There is none that git can read: why, and what to do.
    Missing(Message),
    /// The clone leaves out texts.
    Filtered,
    /// Some texts cannot be read.
    Unreadable,
}
