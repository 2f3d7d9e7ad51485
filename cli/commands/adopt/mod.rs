//! `mdbook-bilingual adopt`: an mdBook out of a folder of loose notes, without changing or moving a note.
//!
//! ```text
//! notes/                       notes/book.toml                 src = "book", notes = "."
//!   README.md                  notes/book/SUMMARY.md           in the order of the catalogue, then by folder
//!   rlhf/ppo.md          →     notes/book/README.md            → ../README.md
//!   rlhf/ppo_en.md             notes/book/rlhf/ppo.md          → ../../rlhf/ppo.md
//!   rlhf/ppo.png               notes/book/rlhf/ppo.png         → ../../rlhf/ppo.png
//!   .git/  .venv/              notes/theme/bilingual.css
//!                              notes/site/.gitignore           what is built stays out of git
//! ```
//!
//! mdBook copies everything below its source folder into the site, `.git` and virtual environments included, so the
//! notes' own folder cannot be it. Links, one for each note and each picture that a note shows, keep everything else
//! out, and saving a note is saving the file that mdBook watches. A book that is there already keeps its arrangement:
//! its table of contents gets the notes that it lacks, and its `book.toml` what [`super::install`] adds.
//!
//! Four steps look at the folder, and nothing is written before [`Survey::write`]:
//!
//! | step | does | with |
//! |---|---|---|
//! | `find` | tells what lies in the folder | `layout`: where the sources lie; `walk`: the notes; `rules`: what git leaves out; `join`: one book of two that stand beside each other |
//! | `load` | makes chapters of the notes | |
//! | `read` | reads them, and decides what nobody wrote down | `catalogues`; `remote`: where the repository is shown |
//! | `plan` | decides what is written | `contents`: the order of the notes; `summary`: their table of contents; `arrange`: the links |
//!
//! `report` says what was found and done, and `newcomers` tells which notes a book lacks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use mdbook_bilingual_core::files::{self, Unread, is_taken};
use mdbook_bilingual_core::host::{Host, HtmlOptions};
use mdbook_bilingual_core::values::{Date, Language, SourcePath};

use super::install::{self, FileChange, PageFeatures};
use crate::write::Batch;

pub mod arrange;
mod catalogues;
mod contents;
mod find;
mod join;
mod layout;
mod load;
mod newcomers;
mod plan;
mod read;
pub(crate) mod remote;
mod report;
mod rules;
pub mod summary;
pub mod walk;

use find::OldTexts;
use join::Joined;
use layout::Layout;
use load::Loaded;
pub use newcomers::report_newcomers;

/// What somebody wants.
#[derive(Debug, Clone, Default)]
pub struct AdoptOptions {
    /// The catalogues, relative to the folder; empty to find them.
    pub catalogues: Vec<String>,
    /// The languages; empty to find them.
    pub languages: Vec<Language>,
    /// Copies instead of links.
    pub copy: bool,
    /// Whether books in different languages that stand beside each other become parts of this one.
    pub join: bool,
    /// Where the options of HTML stand in a new book, and so which renderer shows it in browsers.
    pub html: HtmlOptions,
    /// The day of a check of everything; without it, what is said when a book is built is left to that.
    pub checked_on: Option<Date>,
    /// Whether git is asked what it knows of the notes: what adopting does needs none of it.
    pub history: bool,
}

/// What was found in a folder, and what adopting it would do.
pub struct Survey {
    dir: PathBuf,
    layout: Layout,
    /// What is known of the notes.
    pub reading: Reading,
    /// The notes that lie in books of their own below the folder.
    pub elsewhere: BTreeMap<String, Vec<String>>,
    /// The books below the folder that are parts of this one.
    joined: Vec<Joined>,
    /// What their `book.toml` says and the new one does not, for each.
    not_joined: Vec<(String, Vec<String>)>,
    /// The books that could be joined, and are not.
    separate: Vec<String>,
    /// What frames a site, and is no note.
    frames: Vec<String>,
    /// The catalogues, and how many entries of each kind each has.
    catalogues: Vec<(String, EntryCounts)>,
    /// What `book.toml` and the table of contents held.
    old: OldTexts,
    book_toml: Option<(String, FileChange)>,
    summary: Option<(String, FileChange, usize)>,
    front_page: Option<(String, String)>,
    links: Option<arrange::MirrorPlan>,
    /// Whether mdBook builds the book, whatever its authors want to hear.
    is_ready: bool,
}

/// How many entries of a catalogue lead where.
#[derive(Debug, Clone, Copy, Default)]
struct EntryCounts {
    notes: usize,
    elsewhere: usize,
    drafts: usize,
}

/// What was done.
pub struct Adopted {
    /// The folder of the book.
    pub dir: PathBuf,
    /// Files, and what became of each.
    pub files: Vec<(String, FileChange)>,
    /// What became of the links.
    pub links: Option<arrange::Mirrored>,
    /// Whether mdBook builds the book as it is.
    pub is_ready: bool,
    /// What there is to say.
    pub diagnostics: Diagnostics,
}

/// The languages that somebody typed: `zh-CN en`, `zh-CN,en`.
///
/// # Errors
/// When there is none among them, or when one is no language of a book.
pub fn languages(typed: &[String]) -> Result<Vec<Language>> {
    let tags = typed.iter().flat_map(|word| word.split(',')).map(str::trim).filter(|tag| !tag.is_empty());
    let languages: Vec<Language> = tags
        .map(|tag| match Language::parse(tag) {
            Ok(language) if language.is_of_a_book() => Ok(language),
            Ok(_) => bail!("--languages: “{tag}” is the tag of no language; write those that the notes are in"),
            Err(why) => bail!("--languages: {why}"),
        })
        .collect::<Result<_>>()?;
    if languages.is_empty() && !typed.is_empty() {
        bail!("--languages: there is no tag in it; write BCP 47 tags such as zh-CN, en or ja, or leave it out");
    }
    Ok(languages)
}

/// Looks at a folder of notes. Nothing is written.
///
/// # Errors
/// When there are no notes in it, or when its `book.toml` or `SUMMARY.md` cannot be understood.
pub fn survey(dir: &Path, options: &AdoptOptions) -> Result<Survey> {
    let mut folder = find::find(dir, options)?;
    let Loaded { book, listed } = folder.load()?;
    let (reading, defaults) = folder.read(&book, options);
    let own: BTreeSet<SourcePath> = folder.own.keys().cloned().collect();
    let left_out = folder.left_out();
    let mut survey = Survey::new(folder, reading);
    // A folder of books is no book.
    if !own.is_subset(&left_out) {
        survey.plan(&listed, &own, &left_out, &defaults, options)?;
    }
    survey.settle();
    Ok(survey)
}

impl Survey {
    /// Whether something that somebody chose cannot be: writing it down would make a book that does not build.
    #[must_use]
    pub fn is_misled(&self) -> bool {
        let chosen = [Code::ConfigKey, Code::ConfigValue, Code::BuildDirTaken];
        chosen.into_iter().any(|code| self.reading.diagnostics.say(code))
    }

    /// What is left to be known when everything was said.
    fn settle(&mut self) {
        let stops = [
            Code::ChapterGone,
            Code::ChapterUnreadable,
            Code::ConfigOld,
            Code::ConfigRefused,
            // Our own preprocessor stops at it.
            Code::PathOutside,
        ];
        self.is_ready = !stops.into_iter().any(|code| self.reading.diagnostics.say(code));
        mdbook_bilingual_core::finish(&mut self.reading.diagnostics, &self.reading.config, &self.dir);
    }

    /// Writes what was planned.
    ///
    /// # Errors
    /// When a file cannot be written. Then none is, and everything is as it was.
    pub fn write(&self) -> Result<Adopted> {
        let mut done = Adopted {
            dir: self.dir.clone(),
            files: Vec::new(),
            links: None,
            is_ready: self.is_ready,
            diagnostics: Diagnostics::default(),
        };
        let (Some((book_toml, change)), Some((summary, summary_change, _))) = (&self.book_toml, &self.summary) else {
            return Ok(done);
        };
        let mut batch = Batch::new(&self.dir);
        let summary_file = self.layout.summary();
        let texts = [
            ("book.toml".to_owned(), &self.old.book_toml, book_toml, *change),
            (summary_file, &self.old.summary, summary, *summary_change),
        ];
        for (file, old, text, change) in texts {
            if change != FileChange::Unchanged {
                batch.add(&self.dir.join(&file), old.clone().map(String::into_bytes), text.as_bytes())?;
            }
            done.files.push((file, change));
        }
        if let Some((file, text)) = &self.front_page
            && !is_taken(&self.dir.join(file))
        {
            batch.add(&self.dir.join(file), None, text.as_bytes())?;
            done.files.push((file.clone(), FileChange::Written));
        }
        if let Layout::Linked { build, .. } = &self.layout
            && let Some((site, _)) = build.split_once('/')
            && !is_taken(&self.dir.join(site))
        {
            let file = format!("{site}/.gitignore");
            // What is built is nobody's source; mdBook empties only the folder inside of this one.
            batch.add(&self.dir.join(&file), None, b"*\n")?;
            done.files.push((file, FileChange::Written));
        }
        let host = Host::of_toml(&self.dir, book_toml.trim_start_matches('\u{feff}')).context("book.toml")?;
        if host.has_html {
            let shown = PageFeatures::of(&self.reading);
            done.files.extend(install::prepare_files(&host, shown, Some(&mut batch), &mut done.diagnostics)?);
        }
        let links = self.links.as_ref().map(arrange::MirrorPlan::apply_for_now).transpose()?;
        if let Err(error) = batch.commit() {
            links.iter().for_each(|(_, made)| made.undo());
            return Err(error);
        }
        if let Some((links, _)) = links {
            for problem in &links.problems {
                let place = Place::file(problem.file());
                done.diagnostics.push(Diagnostic::new(Code::FileSkipped, problem.message()).at(place));
            }
            done.links = Some(links);
        }
        mdbook_bilingual_core::finish(&mut done.diagnostics, &self.reading.config, &self.dir);
        Ok(done)
    }
}

fn read_if_there(path: &Path) -> Result<Option<String>> {
    match files::whole_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(Unread::Missing) if !is_taken(path) => Ok(None),
        Err(Unread::Missing) => bail!("{} is a link that leads nowhere; mend it, or delete it", path.display()),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}
