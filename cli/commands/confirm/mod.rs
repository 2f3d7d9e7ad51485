//! `mdbook-bilingual confirm`: an author's word that a text was checked, written into its front matter.
//!
//! ```text
//! confirm en/kv.md                                 translated-from: sha256:5f0c1f0b7a3d9a42    of zh/kv.md as it is now
//! confirm --review --by Lin en/kv.md          →    reviewed-by: Lin
//!                                                  reviewed-on: 2025-12-02
//!                                                  reviewed: sha256:9a420b7a5f0c1f3d           of en/kv.md as it is now
//! confirm --copy zhihu zh/kv.md https://…     →    zhihu: { url: https://…, text: "sha256:…", on: 2025-12-02 }
//! ```
//!
//! All are hashes of a text, so that they need no history, and hold in a shallow clone and before the first commit.
//! All notes are looked at before the first is written, and each is written whole or not at all.
//!
//! | module | does |
//! |---|---|
//! | `book` | finds the note that a file is |
//! | `copy` | finds the copy that was posted, and says which text it has |
//! | `unconfirmed` | says why one cannot be confirmed |

mod book;
mod copy;
mod unconfirmed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fmt, fs};

use anyhow::{Context, Result, anyhow, bail};
use book::Book;
use mdbook_bilingual_core::diagnostic::harmless;
use mdbook_bilingual_core::facts::front_matter;
use mdbook_bilingual_core::facts::front_matter::edit;
use mdbook_bilingual_core::facts::text::Text;
use mdbook_bilingual_core::files;
use mdbook_bilingual_core::notebook::{FrontMatter, TranslatedFrom};
use mdbook_bilingual_core::text::Wording;
use mdbook_bilingual_core::values::{Date, Fingerprint, Status};

pub use copy::{CopyToConfirm, address};
pub use unconfirmed::{Unconfirmed, WhyUnconfirmed};

use crate::write::{self, Replaced};

/// What was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Confirmation {
    /// A translation, against its source.
    Translation,
    /// A note, by a reviewer.
    Review {
        /// Who reviewed it, as [`reviewer`] reads the name.
        by: Option<String>,
        /// When.
        on: Date,
    },
    /// A note, posted on a platform.
    Copy(CopyToConfirm),
}

/// What was done, a line for each note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmed {
    lines: Vec<String>,
    /// What is still to do by hand.
    pub remarks: Vec<Remark>,
}

/// What there is to say of a note that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark(String);

impl fmt::Display for Confirmed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{}", harmless(line)))
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&harmless(&self.0))
    }
}

/// Reads the name of a reviewer: one line, not empty.
///
/// # Errors
/// When it is empty, or holds more than text.
pub fn reviewer(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().any(char::is_control) {
        bail!("--by wants the name of the reviewer, and that is empty or no text");
    }
    Ok(name)
}

/// The day of a review: the one that was named, or else today.
///
/// # Errors
/// When it is still to come, or when nobody knows what day it is. Somebody east of this clock may have tomorrow's date
/// already.
pub fn reviewed_on(named: Option<Date>, today: Result<Date>) -> Result<Date> {
    done_on(named, today, "reviewed")
}

/// The day on which a copy was posted, likewise.
///
/// # Errors
/// See [`reviewed_on`].
pub fn posted_on(named: Option<Date>, today: Result<Date>) -> Result<Date> {
    done_on(named, today, "posted")
}

fn done_on(named: Option<Date>, today: Result<Date>, what: &str) -> Result<Date> {
    let today = match (named, today) {
        // What a clock says that cannot be right proves nothing.
        (Some(named), Err(_)) => return Ok(named),
        (_, today) => today?,
    };
    let day = named.unwrap_or(today);
    if today.days_until(day) > 1 {
        bail!("--on {day} is still to come; write the day on which it was {what}, or leave it out for today");
    }
    Ok(day)
}

/// A note, and the text that it will have.
struct Rewrite {
    /// Its file, links followed.
    real: PathBuf,
    root: PathBuf,
    text: String,
    new: String,
    line: String,
    shown: String,
}

/// The folder of the book that a note belongs to: the nearest one above it that has a `book.toml`.
///
/// # Errors
/// When there is none, or no note.
pub fn root_of(note: &Path) -> Result<PathBuf> {
    let real = fs::canonicalize(note).with_context(|| format!("{} cannot be found", note.display()))?;
    if real.is_dir() && real.join("book.toml").is_file() {
        return Ok(note.to_owned());
    }
    book::root_above(note, &real).with_context(|| {
        format!("{}: no folder above it has a book.toml; name the book's folder with --root", note.display())
    })
}

/// Confirms notes, or names those that cannot be confirmed; then nothing was written.
///
/// `root` is the folder of their book; without it, each is of the book whose folder is the nearest one above it.
///
/// # Errors
/// When there is no book, when it cannot be read, or when a file cannot be written.
pub fn confirm(
    notes: &[PathBuf],
    root: Option<&Path>,
    what: &Confirmation,
) -> Result<Result<Confirmed, Vec<Unconfirmed>>> {
    let mut books: BTreeMap<PathBuf, Book> = BTreeMap::new();
    let mut plans: Vec<Rewrite> = Vec::new();
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for note in notes {
        let real = match fs::canonicalize(note) {
            Ok(real) if real.is_file() => real,
            Ok(_) => {
                problems.push(Unconfirmed::new(note, WhyUnconfirmed::NoFile));
                continue;
            }
            Err(error) => {
                problems.push(Unconfirmed::new(note, WhyUnconfirmed::NotFound(error)));
                continue;
            }
        };
        let root = match root {
            Some(root) => root.to_owned(),
            None => root_of(note)?,
        };
        if !books.contains_key(&root) {
            books.insert(root.clone(), Book::load(&root)?);
        }
        // One note can be named by its file and by its link.
        if !seen.insert(real.clone()) {
            continue;
        }
        match plan(&books[&root], note, &real, &root, what) {
            Ok(plan) => plans.push(plan),
            Err(why) => problems.push(Unconfirmed::new(note, why)),
        }
    }
    if !problems.is_empty() {
        return Ok(Err(problems));
    }
    let mut done = Confirmed::default();
    for plan in &plans {
        write(&books[&plan.root], plan, what)?;
        done.lines.push(plan.line.clone());
    }
    if matches!(what, Confirmation::Review { .. }) {
        done.remarks = still_something_else(&plans)?;
    }
    Ok(Ok(done))
}

/// How often a note is written anew whose front matter changed meanwhile.
const TRIES: usize = 100;

/// Writes a note. When somebody changed its front matter since it was read, what they wrote stays; when they changed
/// its text, nobody has confirmed that.
fn write(book: &Book, plan: &Rewrite, what: &Confirmation) -> Result<()> {
    let (mut text, mut new) = (plan.text.clone(), plan.new.clone());
    let body = fingerprint(&text);
    for _ in 0..TRIES {
        if new == text || write::replace(&plan.real, text.as_bytes(), new.as_bytes())? == Replaced::Done {
            return Ok(());
        }
        let again = self::plan(book, Path::new(&plan.shown), &plan.real, &plan.root, what)
            .map_err(|why| anyhow!("{}: {why}", plan.shown))?;
        if fingerprint(&again.text) != body {
            bail!(
                "{}: its text was changed while it was being confirmed; look at it, and confirm it again",
                plan.shown
            );
        }
        (text, new) = (again.text, again.new);
    }
    bail!("{}: it is being changed again and again; confirm it later", plan.shown)
}

fn plan(book: &Book, note: &Path, real: &Path, root: &Path, what: &Confirmation) -> Result<Rewrite, WhyUnconfirmed> {
    let found = book.find(real)?;
    if fs::metadata(real).is_ok_and(|metadata| metadata.permissions().readonly()) {
        return Err(WhyUnconfirmed::ReadOnly);
    }
    let text = files::whole_text(real).map_err(WhyUnconfirmed::Text)?;
    let file = &book.edition(found).file;
    let said = front_matter_of(&text, file);
    let set = |text: &str, key: &str, value: &str| edit::set(text, file, key, value).map_err(WhyUnconfirmed::from);
    let shown = note.display().to_string();
    let (new, line) = match what {
        Confirmation::Translation => {
            let source = book.source_of(found)?;
            let source_text = files::whole_text(&book.real(source))
                .map_err(|why| WhyUnconfirmed::SourceText(book.edition(source).file.clone(), why))?;
            let now = fingerprint(&source_text);
            let is_known = said
                .translated_from
                .is_some_and(|fact| matches!(fact.value, TranslatedFrom::Text(known) if known.is(&now)));
            let new = if is_known { text.clone() } else { set(&text, "translated-from", &now.to_string())? };
            (new, format!("right for {} as it is now ({now})", book.edition(source).file))
        }
        Confirmation::Review { by, on } => {
            let now = fingerprint(&text);
            let mut new = text.clone();
            // A mark in the title is no status of its own.
            let of_title = said.title.as_ref().map(|fact| &fact.origin);
            let status = said.status.as_ref().filter(|fact| Some(&fact.origin) != of_title);
            if status.is_some_and(|fact| fact.value != Status::Reviewed) {
                new = set(&new, "status", Status::Reviewed.name())?;
            }
            if let Some(by) = by {
                new = set(&new, "reviewed-by", by)?;
            }
            new = set(&new, "reviewed-on", &on.to_string())?;
            if !said.reviewed.is_some_and(|fact| fact.value.is(&now)) {
                new = set(&new, "reviewed", &now.to_string())?;
            }
            let by = by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
            (new, format!("reviewed{by} on {on}, as it is now ({now})"))
        }
        Confirmation::Copy(copy) => copy.confirmed(book.edition(found), &text, &said)?,
    };
    let line = if new == text { format!("{shown}: already confirmed") } else { format!("{shown}: {line}") };
    Ok(Rewrite { real: real.to_owned(), root: root.to_owned(), text, new, line, shown })
}

fn fingerprint(text: &str) -> Fingerprint {
    Text::new(text.to_owned()).fingerprint()
}

fn front_matter_of(text: &str, file: &str) -> FrontMatter {
    let text = text.trim_start_matches('\u{feff}');
    let block = front_matter::find(text);
    // What is wrong with it, the build says.
    let read = block.map(|block| front_matter::read(block, file, &Wording::default(), &mut Default::default()));
    read.unwrap_or_default()
}

/// The notes that were reviewed, and that something else than their front matter still calls something else.
fn still_something_else(plans: &[Rewrite]) -> Result<Vec<Remark>> {
    let mut books: BTreeMap<&Path, Book> = BTreeMap::new();
    let mut remarks = Vec::new();
    for plan in plans {
        if !books.contains_key(plan.root.as_path()) {
            books.insert(&plan.root, Book::load(&plan.root)?);
        }
        let book = &books[plan.root.as_path()];
        let Ok(found) = book.find(&plan.real) else { continue };
        let Some(status) = &book.edition(found).status else { continue };
        if status.value != Status::Reviewed {
            let place = status.origin.place().map(|place| format!(" at {place}")).unwrap_or_default();
            remarks.push(Remark(format!(
                "warning: {}: it is still called {}{place}; change that, or readers will not see the review",
                plan.shown,
                status.value.name(),
            )));
        }
    }
    Ok(remarks)
}
