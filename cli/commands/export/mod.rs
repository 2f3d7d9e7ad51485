//! `mdbook-bilingual export`: notes as other sites take them, and what is lost on the way.
//!
//! ```text
//! export rlhf/ppo.md --for zhihu     →     export/.gitignore
//!                                          export/ppo.zhihu.md        to be pasted
//!                                          export/ppo/loss.png        to be uploaded
//! ```
//!
//! Nothing is fetched and nothing is sent. All files are written or none, and what stands in the folder `export` of
//! somebody else stays; `-o` writes where it says, but never over the note.
//!
//! | module | does |
//! |---|---|
//! | `choice` | which notes, and under which names |
//! | `clipboard` | leaves what was written there |
//! | `diagrams` | draws Mermaid, with the Chromium of the machine |
//! | `pushed` | which pictures the repository on the web has |
//! | `output` | writes, and what it does not write over |
//! | `platforms` | what is known of platforms, and the page that tells more |
//! | `options` | what `book.toml` and the command line say together |
//! | `report` | what an author reads, or a program |
//! | `sources` | files, and what git and Chromium know |

mod choice;
mod clipboard;
mod diagrams;
mod options;
mod output;
mod platforms;
mod pushed;
mod report;
mod sources;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook::book::{Book, BookItem};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostics};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::values::Language;
use mdbook_bilingual_export::platform::{Diagrams, Output};
use mdbook_bilingual_export::{Export, Exported, Grade, Platform, diagrams};

use crate::progress;
use sources::BookSources;

pub use clipboard::copy;
pub use options::ExportFlags;
pub use platforms::{platforms, probe};
pub use report::{human, json};

/// Which notes are wanted.
#[derive(Debug, Clone, Default)]
pub struct WantedNotes {
    /// Files, and folders of files.
    pub notes: Vec<PathBuf>,
    /// The titles of sections.
    pub sections: Vec<String>,
    /// All that there are.
    pub all: bool,
    /// Of these, those that have a copy on the platform already, or those that have none.
    pub posted: Option<bool>,
    /// Of these, those in a language.
    pub language: Option<Language>,
}

/// Where to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutputPlace {
    /// The folder `export` beside `book.toml`.
    Beside,
    /// A file for one note, or a folder.
    At(PathBuf),
    /// Standard output.
    Printed,
}

/// What was done.
pub struct Done {
    /// The notes, in the order of the book.
    pub notes: Vec<DoneNote>,
    /// What is to be printed, where that was wanted.
    pub printed: Option<String>,
    /// The platform.
    pub platform: Platform,
}

/// The copy of a note on the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCopy {
    /// Its address.
    pub address: String,
    /// How it stands, as a part of a sentence; `None` where nobody has confirmed which text it has.
    pub state: Option<String>,
}

/// A note that was exported.
pub struct DoneNote {
    /// Its file, from the book's folder.
    pub file: String,
    /// Whether it is a note, and not the page that shows what a platform takes.
    pub is_note: bool,
    /// What was written; `None` where it was printed.
    pub written: Option<PathBuf>,
    /// Whether that changed anything.
    pub changed: bool,
    /// Its copy on the platform, where there is one.
    pub copy: Option<NoteCopy>,
    /// What came of it.
    pub exported: Exported,
}

impl Done {
    /// Whether something that is denied was found: `losses`, or codes.
    #[must_use]
    pub fn fails(&self, denied: &[DeniedFinding]) -> bool {
        let findings = self.notes.iter().flat_map(|note| &note.exported.findings);
        findings.into_iter().any(|finding| {
            denied.iter().any(|denied| match denied {
                DeniedFinding::Losses => finding.grade == Grade::Lost,
                DeniedFinding::Code(code) => finding.diagnostic.code() == *code,
            })
        })
    }
}

/// What makes an export fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeniedFinding {
    /// Anything that is lost.
    Losses,
    /// One code.
    Code(Code),
}

impl DeniedFinding {
    /// Reads what is denied.
    ///
    /// # Errors
    /// When it is neither `losses` nor a code.
    pub fn parse(text: &str) -> Result<Self> {
        match text {
            "losses" => Ok(Self::Losses),
            text => Ok(Self::Code(
                Code::find(text).map_err(|error| anyhow::anyhow!("neither `losses` nor a code: {error}"))?,
            )),
        }
    }
}

/// Exports notes for a platform.
///
/// # Errors
/// When there is no book, platform or note, or when something cannot be written. Then nothing was written.
pub fn export(
    root: &Path,
    platform: &str,
    wanted: &WantedNotes,
    place: &OutputPlace,
    said: &ExportFlags,
) -> Result<Done> {
    let opened = Opened::read(root, platform)?;
    let chosen = choice::choose(&opened.reading, root, &opened.platform, wanted)?;
    let options = options::settle(&opened.host, &opened.reading, said)?;
    let texts = texts(&opened.book);
    let pages: Vec<(&Page, &str)> =
        chosen.iter().map(|chosen| (chosen.page, texts[chosen.page.chapter].as_str())).collect();
    let mut sources = BookSources::new(&opened.host, &opened.reading)?;
    if opened.platform.text.diagrams == Diagrams::Picture {
        let diagrams = |(page, text): &(&Page, &str)| diagrams(&opened.reading, &sources, page, text);
        let diagrams: Vec<Vec<String>> = pages.iter().map(diagrams).collect();
        sources.draw(&diagrams, said.diagrams.as_deref())?;
    }
    let export = Export::new(&opened.reading, &opened.host, &opened.platform, &options, &sources);
    let mut notes = Vec::new();
    for (chosen, (page, text)) in chosen.iter().zip(&pages) {
        let exported = export.note(page, text);
        let file = page.file.clone();
        notes.push(DoneNote {
            file,
            is_note: true,
            written: None,
            changed: false,
            copy: chosen.copy.clone(),
            exported,
        });
    }
    let extension = if opened.platform.output == Output::Html { "html" } else { "md" };
    let mut done = Done { notes, printed: None, platform: opened.platform };
    output::put(&mut done, &chosen, (&opened.host, &opened.reading, place), extension)?;
    Ok(done)
}

/// A book that was read, and a platform.
struct Opened {
    host: Host,
    book: Book,
    reading: Reading,
    platform: Platform,
}

impl Opened {
    fn read(root: &Path, platform: &str) -> Result<Self> {
        let (mut host, book) = Host::load(root)?;
        host.on_step = Some(progress::step);
        let platform = Platform::read(platform, &host.config.export.platforms, &host.book_toml)?;
        let reading = mdbook_bilingual_core::read_to_export(&host, &book);
        refuse(&reading.diagnostics)?;
        Ok(Self { host, book, reading, platform })
    }
}

/// Stops at what keeps a book from being read as its author meant it: mistakes in its configuration.
fn refuse(diagnostics: &Diagnostics) -> Result<()> {
    let is_of_config = |code| matches!(code, Code::ConfigKey | Code::ConfigValue);
    let sorted = diagnostics.sorted();
    let wrong: Vec<String> =
        sorted.iter().filter(|found| is_of_config(found.code())).map(ToString::to_string).collect();
    if !wrong.is_empty() {
        bail!("nothing was exported:\n{}", wrong.join("\n"));
    }
    Ok(())
}

/// The texts of a book's chapters, depth first.
fn texts(book: &Book) -> Vec<String> {
    let chapters = book.iter().filter_map(|item| match item {
        BookItem::Chapter(chapter) => Some(chapter.content.clone()),
        _ => None,
    });
    chapters.collect()
}
