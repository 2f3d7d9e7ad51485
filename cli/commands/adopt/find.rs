//! The first step: what lies in the folder, and which of its notes are the book's.
//!
//! ```text
//! notes/                     own        README.md, rlhf/ppo.md
//!   README.md                elsewhere  tutorial: tutorial/src/intro.md
//!   rlhf/ppo.md
//!   tutorial/book.toml
//!   tutorial/src/intro.md
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use mdbook_bilingual_core::files::{Lies, Worktree};
use mdbook_bilingual_core::host::{self, Host};
use mdbook_bilingual_core::values::{PagePath, SourcePath};
use mdbook_bilingual_core::{checks, facts};

use super::join::{self, Joined};
use super::layout::{Layout, layout};
use super::walk::{self, FolderContents};
use super::{AdoptOptions, read_if_there};
use crate::commands::unfit;
use crate::progress;

/// A folder of notes, and what lies in it.
pub(super) struct Folder {
    pub(super) dir: PathBuf,
    pub(super) layout: Layout,
    /// What its `book.toml` says, or will say.
    pub(super) host: Host,
    pub(super) old: OldTexts,
    pub(super) contents: FolderContents,
    /// The books below the folder that are parts of this one.
    pub(super) joined: Vec<Joined>,
    /// The books that could be joined, and are not.
    pub(super) separate: Vec<Joined>,
    /// The notes of this book, by their paths from the source folder.
    pub(super) own: BTreeMap<SourcePath, PathBuf>,
    /// The notes of other books below the folder, by the folders of these.
    pub(super) elsewhere: BTreeMap<String, Vec<String>>,
    pub(super) diagnostics: Diagnostics,
}

/// What was there before; `None` for what was not.
pub(super) struct OldTexts {
    pub(super) book_toml: Option<String>,
    /// The table of contents.
    pub(super) summary: Option<String>,
}

/// Looks at what lies in a folder.
///
/// # Errors
/// When an option cannot be followed, when the book of the folder cannot be understood, and when there are no notes.
pub(super) fn find(dir: &Path, options: &AdoptOptions) -> Result<Folder> {
    if !dir.is_dir() {
        bail!("{} is no folder; name the folder of the notes", dir.display());
    }
    check_catalogues(dir, &options.catalogues)?;
    host::inside(dir, &dir.join("book.toml"))?;
    let book_toml = read_if_there(&dir.join("book.toml"))?;
    let (layout, mut host) = layout(dir, book_toml.as_deref())?;
    host.on_step = Some(progress::step);
    let missing_notes = || facts::missing_notes(&host).map(|missing| checks::notes_folder::finding(&missing));
    if let Some(out) = unfit(&host).or_else(missing_notes) {
        bail!("{out}");
    }
    let mut skip = vec![host.build.to_string_lossy().replace('\\', "/")];
    if let Layout::Linked { source, .. } = &layout {
        skip.push(source.clone());
    }
    let contents = walk::walk(dir, &skip);
    let mut diagnostics = Diagnostics::default();
    for problem in &contents.problems {
        diagnostics.push(Diagnostic::new(Code::FileSkipped, problem.message()).at(Place::file(problem.file())));
    }
    let summary = read_if_there(&dir.join(layout.summary()))?;
    let (joined, separate) = books(dir, &contents, &layout, summary.as_deref(), options.join)?;
    let mut folder = Folder {
        dir: dir.to_owned(),
        layout,
        host,
        old: OldTexts { book_toml, summary },
        contents,
        joined,
        separate,
        own: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        diagnostics,
    };
    folder.share_out();
    folder.has_notes()?;
    folder.link();
    Ok(folder)
}

/// Whether the files that somebody named as catalogues can be some.
fn check_catalogues(dir: &Path, files: &[String]) -> Result<()> {
    for file in files {
        if !dir.join(file).is_file() {
            bail!("--catalogue {file}: there is no such file in {}", dir.display());
        }
        let why = match Worktree::at(dir).lies(&dir.join(file)) {
            Lies::Inside(_) if Path::new(file).is_relative() => continue,
            Lies::Inside(_) => "it is a whole path".to_owned(),
            _ => format!("“{file}” leads out of the repository"),
        };
        bail!("--catalogue {file}: {why}; write the path of a file from {}", dir.display());
    }
    Ok(())
}

/// The books that stand beside each other in different languages: those that become parts of this one, and the others.
fn books(
    dir: &Path,
    contents: &FolderContents,
    layout: &Layout,
    summary: Option<&str>,
    join: bool,
) -> Result<(Vec<Joined>, Vec<Joined>)> {
    let is_linked = layout.is_linked();
    // Books that were joined once stay so.
    let was_joined = |book: &Joined| summary.is_some_and(|summary| book.is_listed_in(summary));
    let (joined, separate): (Vec<Joined>, Vec<Joined>) =
        join::beside_each_other(dir, contents).into_iter().partition(|book| is_linked && (join || was_joined(book)));
    if join && !is_linked {
        bail!(
            "--join: {} is a book already; name a folder that holds both books, and has no book.toml itself",
            dir.display()
        );
    }
    if join && joined.is_empty() {
        bail!(
            "--join: there are no two books in {} whose folders stand beside each other and are called by languages, such as en/book.toml and zh/book.toml",
            dir.display()
        );
    }
    Ok((joined, separate))
}

impl Folder {
    /// Which notes are this book's, and which are of books below it.
    fn share_out(&mut self) {
        let mut pages: BTreeMap<String, String> = BTreeMap::new();
        for note in &self.contents.notes {
            let mut is_beside_a_book = false;
            if let Some(book) = self.contents.book_of(note) {
                match self.joined.iter().find(|joined| joined.folder == book.folder) {
                    // What lies beside its sources was no part of it.
                    Some(joined) => is_beside_a_book = !walk::is_in(note, &joined.source),
                    None => self.elsewhere.entry(book.folder.clone()).or_default().push(note.clone()),
                }
            }
            let from_source = match &self.layout {
                Layout::Linked { .. } => (!is_beside_a_book).then_some(note.as_str()),
                Layout::InPlace { source } if source.is_empty() => Some(note.as_str()),
                Layout::InPlace { source } => note.strip_prefix(&format!("{source}/")),
            };
            let Some(source) = from_source.and_then(|path| SourcePath::new(Path::new(path))) else { continue };
            // `README.md` and `index.md` in one folder are one page.
            let page = PagePath::new(Path::new(source.as_str()), true).map(|page| page.html().to_lowercase());
            match page.and_then(|page| pages.insert(page, note.clone())) {
                Some(other) => {
                    let message = Message::new(
                        format!("{other} becomes the same page, so this note was left out"),
                        "rename one of the two",
                    );
                    self.diagnostics.push(Diagnostic::new(Code::PageListedTwice, message).at(Place::file(note)));
                }
                None => drop(self.own.insert(source, self.dir.join(note))),
            }
        }
    }

    fn has_notes(&self) -> Result<()> {
        let (dir, source) = (self.dir.display(), self.layout.source());
        let book_toml = self.dir.join("book.toml");
        let book_toml = book_toml.display();
        match (self.own.is_empty(), self.old.book_toml.is_some()) {
            (false, _) => Ok(()),
            (true, true) if !self.contents.notes.is_empty() => bail!(
                "{book_toml} says that the sources are in {source}/, and there are no notes; move them there, or correct `src` in [book]"
            ),
            (true, true) => bail!(
                "{book_toml} is there, and no Markdown notes are, other than in {source}/, which holds links to them; put notes into {dir}"
            ),
            (true, false) => {
                bail!("{dir} holds neither a book.toml nor Markdown notes; name the folder of a book, or of notes")
            }
        }
    }

    /// Tells the host where the notes are that its source folder does not hold yet.
    pub(super) fn link(&mut self) {
        if self.layout.is_linked() {
            self.host.linked.clone_from(&self.own);
        }
    }

    /// The notes of other books, which a book of links does not show.
    pub(super) fn left_out(&self) -> BTreeSet<SourcePath> {
        let notes = self.elsewhere.values().flatten().filter(|_| self.layout.is_linked());
        notes.filter_map(|note| SourcePath::new(Path::new(note))).collect()
    }
}
