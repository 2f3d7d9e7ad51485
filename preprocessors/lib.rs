//! mdBook preprocessors for books in two or more languages, as a library.
//!
//! ```text
//! mdBook's JSON, or a folder ─→ host             ─→ Host, Book      book.toml, SUMMARY.md and the chapters are read
//! files, git                 ─→ facts::gather    ─→ Material        notes are read, and git is asked
//!                               assembly         ─→ Notebook        languages, pairs, who wins; pure
//! older texts in git         ─→ facts::freshness ─→ Notebook        what each translation misses; git is asked
//!                               checks::report   ─→ findings        what is odd; pure
//!                               silence          ─→ findings        without what the book does not want to hear
//!                               passes::run      ─→ edits           what readers see; pure
//!                               edit::apply      ─→ Book            splices by byte span
//! ```
//!
//! [`read()`] goes as far as the findings, [`plan`] as far as the edits, and [`process`] to the end; [`Bilingual`] is all of
//! it for an mdBook in the same process. A renderer or an export begins with a [`Reading`]:
//!
//! ```no_run
//! use std::path::Path;
//!
//! use mdbook_bilingual_core::host::Host;
//!
//! # fn main() -> anyhow::Result<()> {
//! let (host, book) = Host::load(Path::new("."))?;
//! let reading = mdbook_bilingual_core::read(&host, &book);
//! for note in &reading.notebook.notes {
//!     for (edition, page) in note.listed() {
//!         println!("{} in {}: {}", note.key, edition.language.value, page.html());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Rooms
//! An import points only upwards in this table, and never to a room on the same row; a test of the workspace holds it.
//!
//! | room | what it holds |
//! |---|---|
//! | [`diagnostic`] | what is said to an author: codes, places, remedies, and a text on each code |
//! | [`formula`], [`parallel`] | TeX to MathML; many tasks at once; they import nothing of the rest |
//! | [`values`] | languages, dates, statuses, paths, facts with their origins |
//! | [`platforms`] | sites that notes are posted to, one file each |
//! | [`text`] | letters and words: how much there is to read, in which language, what authors call things |
//! | [`markdown`] | what stands in a page and where: headings, links, formulas, blocks, catalogues |
//! | [`notebook`] | what a bilingual book is: notes, editions, pages, what links lead to |
//! | [`config`], [`messages`], [`edit`], [`files`] | `[preprocessor.bilingual]`; every sentence for readers; the only code that changes a book; how files are read |
//! | [`assembly`], [`host`], [`reading`] | from files to notes, and who wins among facts; what mdBook says when it starts us; a book that was read |
//! | [`facts`], [`checks`], [`passes`] | what files and git say; what is asked of a finished book; what readers see |
//!
//! The API that is meant to be used is the root, [`host`], [`config`], [`notebook`], [`values`], [`edit`] and
//! [`diagnostic`]. The other rooms are public for the program and for the renderer of the same workspace, are left out of
//! this documentation, and change without notice.
//!
//! # Invariants
//! 1. Facts are read from the file behind a chapter, never from its content, which earlier plugins may have changed.
//! 2. Only [`host`] and [`facts`] read files, by way of [`files`]. Passes do no I/O and see no `Book`, no clock, no git.
//! 3. Only [`edit::apply`] changes a book, by splices; bytes outside of them stay identical.
//! 4. Nothing here prints or writes a file.
//! 5. The same tree in gives the same bytes out: no clock, no hash order, no locale.
//! 6. Every link that the suite writes leads to a page that is in the book, or to an `https:` or `http:` address. (mdBook
//!    shows the first chapter at the root too, links unchanged; where that breaks them, a warning says so.)
//! 7. Text from notes is escaped, for HTML and for mdBook's `{{`.
//!
//! Deliberately absent: a Markdown printer (nothing is rendered back), state between runs, and a way for one pass to
//! see another's output.

#![cfg_attr(test, allow(clippy::too_many_lines, reason = "a table of conventions is one test"))]

#[doc(hidden)]
pub mod assembly;
#[doc(hidden)]
pub mod checks;
pub mod config;
pub mod diagnostic;
pub mod edit;
#[doc(hidden)]
pub mod facts;
#[doc(hidden)]
pub mod files;
#[doc(hidden)]
pub mod formula;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
pub mod host;
#[doc(hidden)]
pub mod markdown;
#[doc(hidden)]
pub mod messages;
pub mod notebook;
#[doc(hidden)]
pub mod parallel;
#[doc(hidden)]
pub mod passes;
#[doc(hidden)]
pub mod platforms;
pub mod reading;
#[doc(hidden)]
pub mod text;
pub mod values;

use std::path::Path;

use anyhow::Result;
use assembly::{DecidedLanguages, Material};
use checks::{Checked, Occasion, Subject};
use config::{Config, PassName};
use diagnostic::Diagnostics;
use edit::Edit;
use facts::{Past, ReadLines, SourceLines};
use formula::Mathematics;
use host::{Format, Host, ReadingStep, Renderer};
use mdbook::book::Book;
use mdbook::{Preprocessor, PreprocessorContext};
use messages::Messages;
use passes::Stage;
pub use reading::Reading;
use text::wording::{Dialect, Wording};
use values::Language;

/// Reads a book: its configuration, its files, its notes.
#[must_use]
pub fn read(host: &Host, book: &Book) -> Reading {
    finished(host, gather(host, book).assemble(host))
}

/// Reads a book so that its pages can be written for other sites: with their formulas, and with what their authors meant
/// beside East Asian characters, whichever passes the book has. What else a pass may edit is not looked for.
#[must_use]
pub fn read_to_export(host: &Host, book: &Book) -> Reading {
    let dialect =
        Dialect { formulas: true, shortcodes: true, edits: false, meant: true, ..dialect(host, &host.config) };
    finished(host, gather_in(dialect, host, book).assemble(host))
}

/// A reading with all that there is to say of it.
fn finished(host: &Host, mut reading: Reading) -> Reading {
    if let Some(besides) = host.besides {
        besides(host, &reading.notebook, &mut reading.diagnostics);
    }
    finish(&mut reading.diagnostics, &reading.config, &host.root);
    reading
}

/// Makes of all that was found in the book in `root` what is said of it: nothing that the book silences, and each finding
/// at its line and column.
pub fn finish(found: &mut Diagnostics, config: &Config, root: &Path) {
    config.silence.apply(found);
    let mut lines = SourceLines::new(root);
    found.locate(|file| lines.source(file));
}

/// A book whose files were read, and of which nothing was made yet. What nobody wrote down, its languages say, can be
/// decided here.
pub struct Gathered<'t> {
    /// What the book chose.
    pub config: Config,
    /// What its files say.
    pub material: Material,
    /// Whether it is a book, or notes of which one is made.
    pub subject: Subject,
    /// Its languages, where they were decided here.
    pub decided: Option<DecidedLanguages>,
    past: Past<'t>,
    wording: Wording,
    diagnostics: Diagnostics,
}

/// Reads the files of a book that nobody will edit.
#[must_use]
pub fn gather<'t>(host: &Host, book: &'t Book) -> Gathered<'t> {
    gather_in(Dialect { edits: false, ..dialect(host, &host.config) }, host, book)
}

fn gather_in<'t>(dialect: Dialect, host: &Host, book: &'t Book) -> Gathered<'t> {
    let (config, mut diagnostics) = (host.config.clone(), host.findings.clone());
    let wording = Wording::new(&config.words).with_dialect(dialect);
    let (material, past) = facts::gather(host, book, &config, &wording, &mut diagnostics);
    Gathered { config, material, subject: Subject::Book, decided: None, past, wording, diagnostics }
}

impl Gathered<'_> {
    /// Makes notes of what was read, and looks at what is odd about them. What was found is all there, for [`finish`].
    #[must_use]
    pub fn assemble(self, host: &Host) -> Reading {
        let Self { mut config, mut material, subject, decided, past, wording, mut diagnostics } = self;
        let decided = decided.unwrap_or_else(|| assembly::languages(&material, &config));
        material.sightings.stray_languages = config.settle(&decided.languages);
        material.sightings.stray_languages.extend(host.site.strays(&decided.languages, &host.book_toml));
        let path_title = |language: &Language| {
            let messages = Messages::new(std::slice::from_ref(language), &config.messages());
            messages.text(language, "learning-path-title", &[])
        };
        let mut lines = ReadLines::of(&material.chapters, &past);
        let mut notebook = assembly::assemble(material, &config, decided, path_title);
        host.begins(ReadingStep::Translations);
        facts::freshness::find(&mut notebook, past, host, &config, &wording);
        let occasion = Occasion {
            today: host.today,
            is_built: host.renderer.is_some(),
            is_expanded: host.expanded,
            is_for_browsers: host.is_for_browsers(),
            is_for_site: host.is_for_site(),
            subject,
        };
        let mathematics = Mathematics::new(&config.formulas.macros);
        let checked = Checked {
            notebook: &notebook,
            config: &config,
            wording: &wording,
            mathematics: &mathematics,
            book_toml: &host.book_toml,
            html: host.html,
            occasion,
        };
        host.begins(ReadingStep::Checks);
        checks::report(&checked, &mut diagnostics);
        // What was read already need not be read again for this.
        diagnostics.locate(|file| lines.source(file));
        Reading { config, notebook, diagnostics, source_folder: host.source_folder(), wording, mathematics }
    }
}

/// How the pages of a book are read.
fn dialect(host: &Host, config: &Config) -> Dialect {
    let is_html = host.format() == Format::Html;
    let is_plain = config.runs(PassName::PlainText) && is_html;
    let plain_colons = is_plain && host.definition_lists.is_none();
    Dialect {
        formulas: config.runs(PassName::Formulas),
        definition_lists: host.definition_lists.unwrap_or(true) && !plain_colons,
        plain_colons,
        plain_braces: is_plain,
        straight: config.runs(PassName::Punctuation) && is_html && host.smart_punctuation,
        shortcodes: config.runs(PassName::Emoji),
        edits: true,
        meant: false,
    }
}

/// Reads a book and runs the passes on it: what would be changed, and nothing changed yet.
#[must_use]
pub fn plan(host: &Host, book: &Book) -> (Reading, Vec<Edit>) {
    let reading = finished(host, gather_in(dialect(host, &host.config), host, book).assemble(host));
    let edits = passes::run(&Stage::new(&reading, host));
    (reading, edits)
}

/// Reads a book and runs the passes on it. A book with errors comes back as it was, but for front matter that came with
/// the files that mdBook put into it: the passes have to find a text.
///
/// # Errors
/// When two passes overlap, which is a bug of ours.
pub fn process(host: &Host, mut book: Book) -> Result<(Book, Reading)> {
    let seams = facts::seams(host, &book);
    edit::apply(&mut book, &[], seams)?;
    let (reading, edits) = plan(host, &book);
    if !reading.diagnostics.fail(reading.config.denies_warnings()) {
        edit::apply(&mut book, &reading.notebook.added, edits)?;
    }
    Ok((book, reading))
}

/// The suite as a preprocessor in the process of an mdBook.
///
/// Diagnostics that do not fail the build are dropped here; the program prints them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Bilingual;

impl Preprocessor for Bilingual {
    fn name(&self) -> &str {
        "bilingual"
    }

    fn run(&self, context: &PreprocessorContext, book: Book) -> Result<Book> {
        let (book, reading) = process(&Host::from_context(context)?, book)?;
        if reading.diagnostics.fail(reading.config.denies_warnings()) {
            let lines: Vec<String> = reading.diagnostics.sorted().iter().map(ToString::to_string).collect();
            anyhow::bail!("{}", lines.join("\n"));
        }
        Ok(book)
    }

    fn supports_renderer(&self, renderer: &str) -> Result<bool> {
        Ok(!Renderer::named(renderer).untouched)
    }
}
