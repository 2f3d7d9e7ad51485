//! Which notes are exported, and under which names.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::diagnostic::harmless;
use mdbook_bilingual_core::notebook::freshness::Behind;
use mdbook_bilingual_core::notebook::{Edition, Freshness, Notebook, Page};
use mdbook_bilingual_export::Platform;

use super::{NoteCopy, WantedNotes};

/// A note that is exported.
pub(super) struct Chosen<'r> {
    /// Its page.
    pub(super) page: &'r Page,
    /// The name of what is written, without what the platform adds: with folders where two notes would have the same.
    pub(super) name: String,
    /// Its copy on the platform.
    pub(super) copy: Option<NoteCopy>,
    /// Whether it is the only one.
    pub(super) is_only: bool,
}

/// Stops at a note that was named and that nothing can be made of.
fn refuse_blank(notebook: &Notebook, at: usize) -> Result<()> {
    let page = &notebook.pages[at];
    match notebook.shown(page) {
        None => bail!("{} is a page of no language, and no note", page.file),
        Some((note, _)) if note.added => bail!("{} is made by mdbook-bilingual, and is no note", page.file),
        Some((_, edition)) if edition.blank => bail!("{} has no text to export", page.file),
        Some(_) => Ok(()),
    }
}

/// How a copy stands, for an author; `None` where nobody has confirmed which text it has.
fn state(edition: &Edition, address: &str) -> Option<String> {
    Some(match edition.copies.get(address)? {
        Freshness::InStep => "it has the text as it is now: nothing has to be posted".to_owned(),
        Freshness::Behind(Behind { commits: Some(commits), .. }) if *commits > 0 => match commits {
            1 => "it misses 1 change".to_owned(),
            commits => format!("it misses {commits} changes"),
        },
        Freshness::Behind(_) | Freshness::Unknown => "it has another text".to_owned(),
    })
}

/// The pages of the notes that are wanted, in the order of the book.
pub(super) fn choose<'r>(
    reading: &'r Reading,
    root: &Path,
    platform: &Platform,
    wanted: &WantedNotes,
) -> Result<Vec<Chosen<'r>>> {
    let notebook = &reading.notebook;
    let mut is_wanted: Vec<bool> = vec![wanted.all; notebook.pages.len()];
    // To follow the links of all files takes its time.
    let files = (!wanted.notes.is_empty()).then(|| PageFiles::of(reading, root));
    for (note, files) in wanted.notes.iter().zip(files.iter().cycle()) {
        let found = files.find(note)?;
        if let [only] = found.as_slice()
            && note.is_file()
        {
            refuse_blank(notebook, *only)?;
        }
        found.into_iter().for_each(|at| is_wanted[at] = true);
    }
    for section in &wanted.sections {
        let mut is_there = false;
        for (at, page) in notebook.pages.iter().enumerate() {
            let titles = notebook.shown(page).map(|(note, edition)| {
                note.section(&notebook.languages)
                    .iter()
                    .chain(&edition.section)
                    .any(|title| title.trim() == section.trim())
            });
            if titles == Some(true) {
                is_wanted[at] = true;
                is_there = true;
            }
        }
        if !is_there {
            bail!("there is no section “{section}”; `mdbook-bilingual list` shows the sections");
        }
    }
    let names = names(reading);
    let mut chosen = Vec::new();
    for (at, page) in notebook.pages.iter().enumerate() {
        let Some((note, edition)) = notebook.shown(page).filter(|_| is_wanted[at]) else { continue };
        let copies = edition.own_copies().iter().map(|fact| &fact.value);
        let copy = copies.filter(|copy| copy.platform.id() == platform.id).map(|copy| copy.url.clone()).next();
        let copy = copy.map(|address| NoteCopy { state: state(edition, &address), address });
        let is_of_language = wanted.language.as_ref().is_none_or(|language| edition.language.value == *language);
        let is_named = !wanted.all;
        let has_text = !edition.blank && !note.added && (is_named || !note.catalogue);
        if is_of_language && has_text && wanted.posted.is_none_or(|posted| copy.is_some() == posted) {
            chosen.push(Chosen { page, name: names[&at].clone(), copy, is_only: false });
        }
    }
    if chosen.is_empty() {
        bail!("there is no note to export{}", if wanted.posted.is_some() { " of those that are wanted" } else { "" });
    }
    let is_only = chosen.len() == 1;
    chosen.iter_mut().for_each(|chosen| chosen.is_only = is_only);
    Ok(chosen)
}

/// The real files of pages.
struct PageFiles {
    pages: BTreeMap<PathBuf, usize>,
    root: PathBuf,
}

impl PageFiles {
    fn of(reading: &Reading, root: &Path) -> Self {
        let mut pages = BTreeMap::new();
        let sources = &reading.notebook.source_folder;
        for (at, page) in reading.notebook.pages.iter().enumerate() {
            let Some(source) = &page.source else { continue };
            // As its author keeps it, and as mdBook sees it.
            for path in [root.join(&page.file), root.join(sources).join(source.as_str())] {
                if let Ok(real) = fs::canonicalize(path) {
                    pages.entry(real).or_insert(at);
                }
            }
        }
        Self { pages, root: root.to_owned() }
    }

    /// The pages of a file, or of all files in a folder.
    fn find(&self, note: &Path) -> Result<Vec<usize>> {
        let shown = harmless(&note.display().to_string()).into_owned();
        let real = fs::canonicalize(note).with_context(|| format!("{shown} cannot be found"))?;
        if let Some(at) = self.pages.get(&real) {
            return Ok(vec![*at]);
        }
        let below: Vec<usize> =
            self.pages.iter().filter(|(path, _)| path.starts_with(&real)).map(|(_, at)| *at).collect();
        if below.is_empty() {
            let what = if real.is_dir() { "holds no note" } else { "is no note" };
            bail!("{shown} {what} of the book in {}; `mdbook-bilingual list` shows its notes", self.root.display());
        }
        Ok(below)
    }
}

/// The names of exports: that of the file, with its folders where another note of the book is called the same.
fn names(reading: &Reading) -> BTreeMap<usize, String> {
    let path = |page: &Page| {
        let path = page.source.as_ref().map_or_else(|| page.path.html(), |source| source.as_str().to_owned());
        path.rsplit_once('.').map_or(path.clone(), |(stem, _)| stem.to_owned())
    };
    let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for page in &reading.notebook.pages {
        *uses.entry(stem(&path(page)).to_lowercase()).or_default() += 1;
    }
    let pages = reading.notebook.pages.iter().enumerate();
    let name = |page: &Page| {
        let path = path(page);
        let stem = stem(&path);
        if uses[&stem.to_lowercase()] == 1 { stem } else { path }
    };
    pages.map(|(at, page)| (at, name(page))).collect()
}
