//! `mdbook-bilingual export`: notes as other sites take them, and what is lost on the way.
//!
//! ```text
//! export rlhf/ppo.md --for zhihu     →     export/.gitignore
//!                                          export/ppo.zhihu.md        to be pasted
//!                                          export/ppo/loss.png        to be uploaded
//! ```
//!
//! Nothing is fetched and nothing is sent. The notes are written whole or not at all, and never over a file of somebody
//! else.
//!
//! | module | does |
//! |---|---|
//! | `choice` | which notes, and under which names |
//! | `diagrams` | draws Mermaid, with the Chromium of the machine |
//! | `pushed` | which pictures the repository on the web has |
//! | `options` | what `book.toml` and the command line say together |
//! | `report` | what an author reads, or a program |
//! | `sources` | files, and what git and Chromium know |

mod choice;
mod diagrams;
mod options;
mod pushed;
mod report;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook::book::{Book, BookItem};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostics};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::values::Language;
use mdbook_bilingual_export::platform::{self, Output};
use mdbook_bilingual_export::{Export, Exported, Grade, Platform, probe};

use crate::progress;
use crate::write;
use choice::Chosen;
use sources::BookSources;

pub use options::Said;
pub use report::{human, json};

/// Which notes are wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
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
pub enum Place {
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

/// A note that was exported.
pub struct DoneNote {
    /// Its file, from the book's folder.
    pub file: String,
    /// What was written; `None` where it was printed.
    pub written: Option<PathBuf>,
    /// Whether that changed anything.
    pub changed: bool,
    /// Its copy on the platform, where there is one.
    pub copy: Option<String>,
    /// What came of it.
    pub exported: Exported,
}

impl Done {
    /// Whether something that is denied was found: `losses`, or codes.
    #[must_use]
    pub fn fails(&self, denied: &[Denied]) -> bool {
        let findings = self.notes.iter().flat_map(|note| &note.exported.findings);
        findings.into_iter().any(|finding| {
            denied.iter().any(|denied| match denied {
                Denied::Losses => finding.grade == Grade::Lost,
                Denied::Code(code) => finding.diagnostic.code() == *code,
            })
        })
    }
}

/// What makes an export fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// Anything that is lost.
    Losses,
    /// One code.
    Code(Code),
}

impl Denied {
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
pub fn export(root: &Path, platform: &str, wanted: &Wanted, place: &Place, said: &Said) -> Result<Done> {
    let opened = Opened::read(root, platform)?;
    let chosen = choice::choose(&opened.reading, root, &opened.platform, wanted)?;
    let options = options::settle(&opened.host, &opened.reading, said)?;
    let texts = texts(&opened.book);
    let pages: Vec<(&Page, &str)> =
        chosen.iter().map(|chosen| (chosen.page, texts[chosen.page.chapter].as_str())).collect();
    let sources = BookSources::new(&opened.host, &opened.reading, &opened.platform, &pages, said.diagrams.as_deref())?;
    let export = Export::new(&opened.reading, &opened.host, &opened.platform, &options, &sources);
    let mut notes = Vec::new();
    for (chosen, (page, text)) in chosen.iter().zip(&pages) {
        let exported = export.note(page, text);
        let file = page.file.clone();
        notes.push(DoneNote { file, written: None, changed: false, copy: chosen.copy.clone(), exported });
    }
    let extension = if opened.platform.output == Output::Html { "html" } else { "md" };
    let mut done = Done { notes, printed: None, platform: opened.platform };
    put(&mut done, &chosen, (root, place), extension)?;
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

/// Writes what was exported, or keeps it to be printed.
fn put(done: &mut Done, chosen: &[Chosen<'_>], (root, place): (&Path, &Place), extension: &str) -> Result<()> {
    if *place == Place::Printed {
        if done.notes.iter().any(|note| !note.exported.files.is_empty()) {
            let names: BTreeSet<&String> = done.notes.iter().flat_map(|note| note.exported.files.keys()).collect();
            let names = names.into_iter().cloned().collect::<Vec<_>>().join(", ");
            bail!("standard output has no room for pictures ({names}); name a file or a folder with -o");
        }
        done.printed = Some(done.notes.iter().map(|note| note.exported.text.as_str()).collect());
        return Ok(());
    }
    let folder = root.join(FOLDER);
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for (note, chosen) in done.notes.iter_mut().zip(chosen) {
        let name = format!("{}.{}.{extension}", chosen.name, done.platform.id);
        let path = match place {
            Place::At(path) if chosen_is_one(chosen, path) => path.clone(),
            Place::At(path) => path.join(name),
            _ => folder.join(name),
        };
        let beside = path.with_file_name(chosen.name.rsplit('/').next().unwrap_or("note"));
        for (name, bytes) in &note.exported.files {
            files.insert(beside.join(name), bytes.clone());
        }
        files.insert(path.clone(), note.exported.text.clone().into_bytes());
        note.written = Some(path);
    }
    for path in files.keys() {
        look_for_room(path)?;
    }
    if *place == Place::Beside {
        begin_folder(&folder)?;
    }
    let mut changed = BTreeSet::new();
    for (path, bytes) in &files {
        if write::put(path, bytes)? {
            changed.insert(path.clone());
        }
    }
    for note in &mut done.notes {
        note.changed = note.written.as_ref().is_some_and(|path| changed.contains(path));
    }
    Ok(())
}

/// Stops where something else is in the place of a file, or of a folder above it: nothing is written then, and not the half
/// of several notes.
fn look_for_room(path: &Path) -> Result<()> {
    if path.is_dir() {
        bail!(
            "{} is a folder, and was to be a file, so nothing was written; name another place with -o",
            path.display()
        );
    }
    let above = path.ancestors().skip(1).find(|above| above.symlink_metadata().is_ok());
    if let Some(above) = above.filter(|above| !above.is_dir()) {
        bail!("{} is no folder, so nothing was written; name another place with -o", above.display());
    }
    Ok(())
}

/// Whether a path is that of a file for a note, and not of a folder for several.
fn chosen_is_one(chosen: &Chosen<'_>, path: &Path) -> bool {
    chosen.is_only && !path.is_dir() && !path.to_string_lossy().ends_with(['/', '\\'])
}

/// The folder of exports beside `book.toml`.
const FOLDER: &str = "export";

/// What makes the folder ours, and keeps it out of git.
const IGNORE: &str = "# Written by mdbook-bilingual: exports are made again from the notes.\n*\n";

/// Makes the folder of exports. One that is there, and was not made by us, is left alone.
fn begin_folder(folder: &Path) -> Result<()> {
    let ignore = folder.join(".gitignore");
    let is_ours = std::fs::read_to_string(&ignore).is_ok_and(|text| text == IGNORE);
    let is_empty = !folder.exists() || std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_ours && !is_empty {
        bail!(
            "{} is there and was not made by export, so nothing was written; name another folder with -o",
            folder.display()
        );
    }
    if !is_ours {
        write::put(&ignore, IGNORE.as_bytes())?;
    }
    Ok(())
}

/// Writes the page that shows what becomes of each construct on a platform.
///
/// # Errors
/// When there is no platform, or when it cannot be written.
pub fn probe(root: &Path, platform: &str, place: &Place) -> Result<Done> {
    let is_book = super::is_book(root);
    let platform = match is_book {
        true => {
            let (host, _) = Host::load(root)?;
            Platform::read(platform, &host.config.export.platforms, &host.book_toml)?
        }
        false => Platform::read(platform, &BTreeMap::new(), &Default::default())?,
    };
    let text = probe::page(&platform);
    let extension = if platform.output == Output::Html { "html" } else { "md" };
    let name = format!("probe.{}.{extension}", platform.id);
    let mut done = Done { notes: Vec::new(), printed: None, platform };
    let path = match place {
        Place::Printed => {
            done.printed = Some(text);
            return Ok(done);
        }
        Place::At(path) if path.is_dir() => path.join(name),
        Place::At(path) => path.clone(),
        Place::Beside => {
            let folder = root.join(FOLDER);
            begin_folder(&folder)?;
            folder.join(name)
        }
    };
    let changed = write::put(&path, text.as_bytes())?;
    let exported = Exported { title: "probe".to_owned(), text, ..Exported::default() };
    done.notes.push(DoneNote { file: "the probe page".to_owned(), written: Some(path), changed, copy: None, exported });
    Ok(done)
}

/// The platforms, what each takes, and when that was last tried.
///
/// # Errors
/// When one of a book's own cannot be read.
pub fn platforms(root: &Path) -> Result<String> {
    let (own, book_toml) = match super::is_book(root) {
        true => Host::load(root).map(|(host, _)| (host.config.export.platforms, host.book_toml))?,
        false => Default::default(),
    };
    let mut out = String::new();
    for id in platform::identifiers(&own) {
        let platform = Platform::read(&id, &own, &book_toml)?;
        let tried = platform.tried.as_ref().map_or_else(|| "never tried".to_owned(), |day| format!("tried on {day}"));
        let form = if platform.output == Output::Html { "HTML" } else { "Markdown" };
        let name = if platform.name == id { String::new() } else { format!(" ({})", platform.name) };
        out.push_str(&format!("{id}{name}: {form}, {tried}\n"));
        for (construct, what) in &platform.unsure {
            out.push_str(&format!("    not sure: {}: {what}\n", format!("{construct:?}").to_lowercase()));
        }
    }
    Ok(out)
}
