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
//! | `options` | what `book.toml` and the command line say together |
//! | `report` | what an author reads, or a program |
//! | `sources` | files, and what git and Chromium know |

mod choice;
mod clipboard;
mod diagrams;
mod options;
mod pushed;
mod report;
mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook::book::{Book, BookItem};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostics};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::values::Language;
use mdbook_bilingual_export::platform::{self, Diagrams, Output};
use mdbook_bilingual_export::{Export, Exported, Grade, Platform, diagrams, probe};

use crate::progress;
use crate::write;
use choice::Chosen;
use sources::BookSources;

pub use clipboard::copy;
pub use options::ExportFlags;
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
fn put(done: &mut Done, chosen: &[Chosen<'_>], (root, place): (&Path, &OutputPlace), extension: &str) -> Result<()> {
    if *place == OutputPlace::Printed {
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
            OutputPlace::At(path) if chosen_is_one(chosen, path) => path.clone(),
            OutputPlace::At(path) => path.join(name),
            _ => folder.join(name),
        };
        let beside = path.with_file_name(chosen.name.rsplit('/').next().unwrap_or("note"));
        for (name, bytes) in &note.exported.files {
            files.insert(beside.join(name), bytes.clone());
        }
        files.insert(path.clone(), note.exported.text.clone().into_bytes());
        note.written = Some(path);
    }
    if *place == OutputPlace::Beside {
        files.extend(begin_folder(&folder)?);
    }
    let notes: BTreeSet<PathBuf> =
        done.notes.iter().filter_map(|note| fs::canonicalize(root.join(&note.file)).ok()).collect();
    if let Some(note) = files.keys().find(|path| fs::canonicalize(path).is_ok_and(|path| notes.contains(&path))) {
        bail!("{} is the note itself, so nothing was written; name another file", note.display());
    }
    let changed = write::put(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    for note in &mut done.notes {
        note.changed = note.written.as_ref().is_some_and(|path| changed.contains(path));
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

/// What makes the folder of exports ours, where it is not there yet. One that is there, and was not made by us, is left
/// alone.
fn begin_folder(folder: &Path) -> Result<Option<(PathBuf, Vec<u8>)>> {
    let ignore = folder.join(".gitignore");
    if fs::read_to_string(&ignore).is_ok_and(|text| text == IGNORE) {
        return Ok(None);
    }
    let is_empty = !folder.exists() || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty {
        bail!(
            "{} is there and was not made by export, so nothing was written; name another folder with -o",
            folder.display()
        );
    }
    Ok(Some((ignore, IGNORE.as_bytes().to_vec())))
}

/// What a platform takes, in a few words.
fn takes(platform: &Platform) -> String {
    let Platform { math, tables, pictures, text, headings, .. } = platform;
    let kebab = |word: String| -> String {
        let parts = word.chars().enumerate().flat_map(|(at, c)| {
            let hyphen = (at > 0 && c.is_uppercase()).then_some('-');
            hyphen.into_iter().chain(c.to_lowercase())
        });
        parts.collect()
    };
    let formats = if pictures.formats.is_empty() { "any picture".to_owned() } else { pictures.formats.join(" ") };
    [
        format!("headings {} to {}", headings.first, headings.last),
        format!("formulas as {} and {}", kebab(format!("{:?}", math.inline)), kebab(format!("{:?}", math.display))),
        format!("cells {}", kebab(format!("{:?}", tables.cells))),
        formats,
        format!("footnotes {}", kebab(format!("{:?}", text.footnotes))),
        format!("diagrams {}", kebab(format!("{:?}", text.diagrams))),
    ]
    .join(", ")
}

/// Writes the page that shows what becomes of each construct on a platform.
///
/// # Errors
/// When there is no platform, or when it cannot be written.
pub fn probe(root: &Path, platform: &str, place: &OutputPlace) -> Result<Done> {
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
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    let path = match place {
        OutputPlace::Printed => {
            done.printed = Some(text);
            return Ok(done);
        }
        OutputPlace::At(path) if path.is_dir() => path.join(name),
        OutputPlace::At(path) => path.clone(),
        OutputPlace::Beside => {
            let folder = root.join(FOLDER);
            files.extend(begin_folder(&folder)?);
            folder.join(name)
        }
    };
    files.insert(path.clone(), text.clone().into_bytes());
    let written = write::put(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    let changed = written.contains(&path);
    let exported = Exported { title: "probe".to_owned(), text, ..Exported::default() };
    let file = "the probe page".to_owned();
    done.notes.push(DoneNote { file, is_note: false, written: Some(path), changed, copy: None, exported });
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
        out.push_str(&format!("{id}{name}: {form}, {tried}\n    takes: {}\n", takes(&platform)));
        for (construct, what) in &platform.unsure {
            out.push_str(&format!("    not sure: {}: {what}\n", format!("{construct:?}").to_lowercase()));
        }
    }
    Ok(out)
}
