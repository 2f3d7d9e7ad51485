//! The files that `install` and `adopt` write into a book.
//!
//! # Adding a file
//! One entry in [`FILES`]: where it lies, when a book needs it, what it holds, and how a copy is told from an edited
//! one.

use anyhow::{Context, Result};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use mdbook_bilingual_core::files::{self, Unread};
use mdbook_bilingual_core::host::{self, Host, STYLESHEET_PATH};
use sha2::{Digest, Sha256};

use super::FileChange;
use crate::write::Batch;

/// A file that readers of a book need.
struct Asset {
    /// Its path from the book's folder, in which `{theme}` is the folder of mdBook's theme, and `{source}` that of the
    /// sources, from where mdBook copies it into the site.
    path: &'static str,
    when: When,
    contents: &'static [u8],
    mark: VersionMark,
}

/// When a book needs a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// Always.
    Always,
    /// When a page has a diagram.
    Diagrams,
    /// When a page has a formula.
    Formulas,
}

/// What the pages of a book have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::commands) struct PageFeatures {
    pub(in crate::commands) diagrams: bool,
    pub(in crate::commands) formulas: bool,
}

impl PageFeatures {
    pub(in crate::commands) fn of(reading: &Reading) -> Self {
        Self { diagrams: reading.shows_diagrams(), formulas: reading.shows_formulas() }
    }
}

/// How a copy that nobody edited is known.
#[derive(Debug, Clone, Copy)]
enum VersionMark {
    /// A comment, `/* … */`, is put above it as its first line, with a version and a hash of the rest.
    Comment,
    /// Nothing can be put into it. These are the hashes of what earlier versions installed.
    Hashes(&'static [&'static str]),
}

/// What draws diagrams.
pub(crate) const MERMAID: &[u8] = include_bytes!("../../../theme/diagrams/mermaid.min.js");

/// All of them, in the order in which they are named to people.
const FILES: &[Asset] = &[
    Asset {
        path: STYLESHEET_PATH,
        when: When::Always,
        contents: include_bytes!("../../../theme/bilingual.css"),
        mark: VersionMark::Comment,
    },
    Asset {
        path: "{source}/bilingual/diagrams.js",
        when: When::Diagrams,
        contents: include_bytes!("../../../theme/diagrams/diagrams.js"),
        mark: VersionMark::Comment,
    },
    Asset {
        path: "{source}/bilingual/mermaid.min.js",
        when: When::Diagrams,
        contents: MERMAID,
        mark: VersionMark::Comment,
    },
    Asset {
        path: "{source}/bilingual/mermaid.license.txt",
        when: When::Diagrams,
        contents: include_bytes!("../../../theme/diagrams/mermaid.license.txt"),
        mark: VersionMark::Hashes(&[]),
    },
    Asset {
        path: "{theme}/fonts/bilingual-math.woff2",
        when: When::Formulas,
        contents: include_bytes!("../../../theme/fonts/bilingual-math.woff2"),
        mark: VersionMark::Hashes(&[]),
    },
    Asset {
        path: "{theme}/fonts/BILINGUAL-MATH-LICENSE.txt",
        when: When::Formulas,
        contents: include_bytes!("../../../theme/fonts/BILINGUAL-MATH-LICENSE.txt"),
        mark: VersionMark::Hashes(&[]),
    },
];

/// The largest copy that is read; the largest that is installed has 4 MB.
const LARGEST: u64 = 16 << 20;

/// Prepares what the book needs, and says what becomes of each file, by its path from the book's folder. What a book
/// has no use for is not named, but for what every book has. Without a batch, nothing is prepared, and it is only said.
///
/// # Errors
/// When a file cannot be read or written.
pub(in crate::commands) fn prepare_files(
    host: &Host,
    shown: PageFeatures,
    mut batch: Option<&mut Batch>,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<(String, FileChange)>> {
    let mut done = Vec::new();
    for file in FILES {
        let is_needed = match file.when {
            When::Always => true,
            When::Diagrams => shown.diagrams && host.has_html,
            When::Formulas => shown.formulas && host.has_html,
        };
        if is_needed {
            let path = file.path(host);
            let change = if host.has_html {
                file.prepare(host, &path, batch.as_deref_mut(), diagnostics)?
            } else {
                FileChange::Unneeded
            };
            done.push((path, change));
        }
    }
    Ok(done)
}

impl Asset {
    /// Where it lies, from the book's folder, with forward slashes.
    fn path(&self, host: &Host) -> String {
        let theme = host.theme.to_string_lossy().replace('\\', "/");
        self.path.replace("{source}/", &host.source_folder()).replace("{theme}", theme.trim_end_matches('/'))
    }

    fn prepare(
        &self,
        host: &Host,
        path: &str,
        batch: Option<&mut Batch>,
        diagnostics: &mut Diagnostics,
    ) -> Result<FileChange> {
        let place = host.root.join(path);
        host::inside(&host.root, &place)?;
        let old = match files::bytes(&place, LARGEST) {
            Ok(found) if self.is_current(&found) => return Ok(FileChange::Unchanged),
            Ok(found) if self.is_edited(&found) => {
                diagnostics.push(self.edited(path));
                return Ok(FileChange::Kept);
            }
            Ok(found) => Some(found),
            // What leads nowhere is refused where it would be written.
            Err(Unread::Missing) => None,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", place.display())),
        };
        let change = if old.is_some() { FileChange::Updated } else { FileChange::Written };
        match batch {
            Some(batch) => batch.add(&place, old, &self.installed())?,
            None => Batch::new(&host.root).look(&place)?,
        }
        Ok(change)
    }

    /// What is written.
    fn installed(&self) -> Vec<u8> {
        match self.mark {
            VersionMark::Comment => {
                let mark = format!("/* mdbook-bilingual {} {} */\n", env!("CARGO_PKG_VERSION"), hash(self.contents));
                [mark.as_bytes(), self.contents].concat()
            }
            VersionMark::Hashes(_) => self.contents.to_vec(),
        }
    }

    /// Whether a file is what would be written, or what the suite itself is built from: that has no first line of ours.
    fn is_current(&self, found: &[u8]) -> bool {
        let contents = plain(self.contents);
        let found = plain(found);
        found == contents || found == plain(&self.installed())
    }

    /// Whether somebody edited a file that was installed.
    fn is_edited(&self, found: &[u8]) -> bool {
        match self.mark {
            VersionMark::Comment => {
                let Some(at) = found.iter().position(|byte| *byte == b'\n') else { return true };
                let first = String::from_utf8_lossy(&found[..at]);
                let recorded =
                    first.trim().strip_prefix("/* mdbook-bilingual ").and_then(|rest| rest.strip_suffix(" */"));
                recorded.and_then(|rest| rest.rsplit(' ').next()) != Some(hash(&found[at + 1..]).as_str())
            }
            VersionMark::Hashes(earlier) => !earlier.contains(&hash(found).as_str()),
        }
    }

    fn edited(&self, path: &str) -> Diagnostic {
        let (code, message) = match self.path {
            STYLESHEET_PATH => (
                Code::StylesheetEdited,
                Message::new(
                    "this stylesheet was changed by hand, so it was kept",
                    "move your changes into a file of your own, delete it and install again",
                ),
            ),
            _ => (
                Code::FileEdited,
                Message::new(
                    "this file was changed by hand, so it was kept",
                    "delete it and install again to get the one of this version",
                ),
            ),
        };
        Diagnostic::new(code, message).at(Place::file(path))
    }
}

/// A text with the line endings of Unix, which git may have changed; any other file as it is.
fn plain(contents: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    match std::str::from_utf8(contents) {
        Ok(text) if text.contains("\r\n") => text.replace("\r\n", "\n").into_bytes().into(),
        _ => contents.into(),
    }
}

/// The first 16 hexadecimal digits of the SHA-256 of a file, whatever the line endings of a text.
fn hash(contents: &[u8]) -> String {
    Sha256::digest(plain(contents)).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
