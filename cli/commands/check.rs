//! `mdbook-bilingual check`: everything that there is to say about a book, and nothing rendered.
//!
//! | exit code | means |
//! |---|---|
//! | 0 | nothing that fails |
//! | 1 | an error, or a warning where warnings are denied |
//! | 2 | the check could not run: there is no book, or an argument cannot be used |
//!
//! This is the one command that knows what day it is.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::diagnostic::{Code, Diagnostics};
use mdbook_bilingual_core::facts::SourceLines;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::values::Date;

use super::adopt;
use super::fix::{self, Mending};
use crate::report::{github, human, json, sarif};

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// For people; with colours or without.
    Human {
        /// Whether a terminal shows it in colours.
        styled: bool,
    },
    /// One JSON document.
    Json,
    /// Annotations of a workflow on GitHub.
    Github,
    /// A log in SARIF 2.1.0.
    Sarif,
}

/// What was found.
pub struct CheckedBook {
    root: PathBuf,
    /// Everything that there is to say.
    pub diagnostics: Diagnostics,
    /// Whether the book denies warnings.
    pub deny_warnings: bool,
}

/// What notes that are no book yet have no use for.
const OF_A_BOOK: &[Code] = &[Code::EditionUnlisted, Code::FirstChapterNested, Code::LinkUnpublished];

/// Looks at a book, or at a folder of notes that is none yet, on a day.
///
/// # Errors
/// When there is no book and there are no notes, or when `book.toml` or `SUMMARY.md` cannot be read.
pub fn check(root: &Path, today: Date) -> Result<CheckedBook> {
    let root_path = root.to_owned();
    if !super::is_book(root) && root.is_dir() {
        // A folder of a book is no book, and what it says is not what the book says.
        let real = std::fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        if let Some(book) = real.ancestors().skip(1).find(|above| super::is_book(above)) {
            bail!("there is no book.toml in {}, but one above it; check {}", root.display(), book.display());
        }
        let options = adopt::AdoptOptions { checked_on: Some(today), history: true, ..adopt::AdoptOptions::default() };
        let mut diagnostics = adopt::survey(root, &options)?.reading.diagnostics;
        diagnostics.retain(|found| !OF_A_BOOK.contains(&found.code()));
        return Ok(CheckedBook { root: root_path, diagnostics, deny_warnings: false });
    }
    let (mut host, book) = super::load(root)?;
    host.today = Some(today);
    let reading = mdbook_bilingual_core::read(&host, &book);
    let deny_warnings = reading.config.denies_warnings();
    let mut diagnostics = reading.diagnostics;
    diagnostics.extend(platforms(&host));
    Ok(CheckedBook { root: root_path, diagnostics, deny_warnings })
}

/// What is wrong in what a book says of the platforms that it exports for.
#[cfg(feature = "export")]
fn platforms(host: &Host) -> Diagnostics {
    mdbook_bilingual_export::platform::check(&host.config.export.platforms, &host.book_toml)
}

#[cfg(not(feature = "export"))]
fn platforms(_: &Host) -> Diagnostics {
    Diagnostics::default()
}

/// The same, and what of it can be mended, when its files rest.
///
/// # Errors
/// As [`check`], and when the files change while they are looked at.
pub fn check_to_mend(root: &Path, today: Date) -> Result<(CheckedBook, Mending)> {
    fix::plan_at_rest(root, || check(root, today), |checked| &checked.diagnostics)
}

impl CheckedBook {
    /// All findings; none is left out.
    #[must_use]
    pub fn report(&self, format: ReportFormat) -> String {
        let lines = RefCell::new(SourceLines::new(&self.root));
        let source_of = |file: &str| lines.borrow_mut().source(file);
        let in_repository = |file: &str| lines.borrow().in_repository(file);
        match format {
            ReportFormat::Human { styled } => human::report(&self.diagnostics, styled, source_of),
            ReportFormat::Json => json::document(&self.diagnostics, source_of),
            ReportFormat::Sarif => sarif::log(&self.diagnostics, in_repository, source_of),
            ReportFormat::Github => {
                let annotations = github::annotations(&self.diagnostics, in_repository, source_of);
                format!("{annotations}{}\n", self.diagnostics.counts())
            }
        }
    }
}
