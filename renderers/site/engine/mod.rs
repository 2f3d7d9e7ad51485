//! mdBook's own HTML renderer, for each language by itself.
//!
//! Its pages are mdBook's, to the byte, but for what is in a language: whatever theme a book has is rendered by the code
//! that the theme was written for. Only its public API is used, which renders a whole book into a folder; see `call.rs` for
//! how it is called, [`theme`] for what it is given, [`marks`] for how a page is finished later.
//!
//! Measured on the made-up notes of `cargo xtask bench` (1,001 pages): one call for all of them takes ten times what calls
//! of 64 or 100 chapters take together; of 32 it is 10 % more.
//!
//! Not built: pages put into a shell that was rendered once. It costs as much, since it needs the same calls for the
//! texts, and a theme that looks at the path of a page would see the wrong one.

mod call;
pub mod callouts;
pub mod kept;
pub mod lifted;
pub mod marks;
mod press;
pub mod theme;
pub mod words;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use mdbook_bilingual_core::parallel::in_parallel;
use mdbook_bilingual_core::values::Language;
use mdbook_renderer::RenderContext;

pub(crate) use call::address;
use call::{in_memory, scratch};
use kept::{Kept, Key};
use lifted::Lifted;
use press::{Pages, Press};
use theme::{BookTheme, Names};

use crate::options::Options;
use crate::output::Files;
use crate::site::Site;
use crate::split::{Leaf, Volume};

/// How many chapters mdBook is given at a time, at most. Each call costs as much as ten chapters by itself,
/// and the list of chapters grows with their square.
const TOGETHER: usize = 100;

/// How many of them come with the pages that have no text yet, where one call is not enough: mdBook puts the texts of all
/// of its chapters on the page that is printed, for nothing.
const BESIDE_SHELLS: usize = 10;

/// What mdBook is asked for.
pub struct Engine<'a> {
    /// What mdBook sent.
    pub context: &'a RenderContext,
    /// The options of the pages.
    pub options: &'a Options,
    /// What is published.
    pub site: &'a Site<'a>,
    /// The titles of pages in the browser's window.
    pub titles: &'a HashMap<PathBuf, String>,
    /// The languages of pages, by their addresses from the site's root as a table of contents writes them.
    pub languages: HashMap<String, Language>,
    /// The chapter that is shown at the site's root, too.
    pub first: Option<PathBuf>,
    /// The page for addresses that do not exist, as Markdown; `None` for a site without one.
    pub not_found: Option<String>,
}

/// A page as mdBook made it. It still has its [`marks`], and lacks what was [`lifted`] from its template.
#[derive(Debug)]
pub struct Sheet<'k> {
    /// As it is kept.
    pub text: Cow<'k, str>,
    lifted: Arc<Lifted>,
}

/// What mdBook made of a book. Pages still have their [`marks`].
#[derive(Debug, Default)]
pub struct Printed<'k> {
    /// Styles, scripts, fonts, tables of contents, and what else has its name already.
    pub files: Files,
    /// The pages, by their chapters' paths.
    pub pages: BTreeMap<PathBuf, Sheet<'k>>,
    /// Their keys.
    pub keys: BTreeMap<PathBuf, Key>,
    /// The first page of the book as the site's root.
    pub index: Option<Sheet<'k>>,
    /// A page around all texts of a language.
    pub prints: BTreeMap<Language, String>,
    /// The page for addresses that do not exist.
    pub not_found: Option<String>,
    /// Pages that lead elsewhere, by their paths.
    pub redirects: BTreeMap<String, String>,
    /// What the book's own theme lacks, one sentence each.
    pub lacking: Vec<String>,
}

/// What is known of the pages of a volume.
#[derive(Default)]
struct Known<'k, 'v> {
    keys: Vec<(PathBuf, Key)>,
    /// Those that were kept.
    pages: Vec<(PathBuf, Sheet<'k>)>,
    missing: Vec<Leaf<'v>>,
}

/// One call: the pages of a few chapters, and whether those without a text come with them.
struct Task<'v> {
    press: &'v Press<'v>,
    leaves: &'v [Leaf<'v>],
    with_shells: bool,
}

impl Engine<'_> {
    /// Renders all pages of all volumes, but for those that were kept.
    ///
    /// # Errors
    /// When mdBook refuses something, with what it says.
    pub fn print<'k>(&self, volumes: &[Volume<'_>], kept: &'k Kept) -> Result<Printed<'k>> {
        in_memory(&theme::memory(), |place| self.print_in(place, volumes, kept))
    }

    /// The same with files in a folder of the system's.
    fn print_in<'k>(&self, place: &Path, volumes: &[Volume<'_>], kept: &'k Kept) -> Result<Printed<'k>> {
        let mut printed = Printed::default();
        let folder = scratch(place)?;
        let theme = BookTheme::read(&self.context.root, &self.options.html, folder.path())?;
        let all: Vec<(usize, &Volume<'_>)> = volumes.iter().enumerate().collect();
        let begun =
            in_parallel(self.options.workers, &all, |(at, volume)| self.begin(place, volume, &theme, *at == 0))?;
        // Styles and scripts are named by the first of them.
        let mut names: Vec<Names> = Vec::new();
        for (volume, begun) in volumes.iter().zip(begun) {
            let resources = names.first().map(|first| first.resources.clone());
            names.push(self.name(volume, begun, resources, &mut printed)?);
        }
        let all: Vec<(&Volume<'_>, &Names)> = volumes.iter().zip(&names).collect();
        let prepared = in_parallel(self.options.workers, &all, |(volume, names)| {
            let press = self.press(place, volume, &theme, names)?;
            let known = self.known(&press, kept);
            Ok((press, known))
        })?;
        let mut presses: Vec<(Press<'_>, Vec<Leaf<'_>>)> = Vec::new();
        for (press, known) in prepared {
            printed.lack(&press.lacking);
            printed.keys.extend(known.keys);
            printed.pages.extend(known.pages);
            presses.push((press, known.missing));
        }
        let mut tasks = Vec::new();
        for (press, leaves) in &presses {
            let is_one = press.lists_chapters || leaves.len() <= TOGETHER;
            let (most, last) = leaves.split_at(if is_one { 0 } else { leaves.len() - BESIDE_SHELLS });
            let calls = most.len().div_ceil(TOGETHER).max(1);
            let together = most.len().div_ceil(calls).max(1);
            tasks.extend(most.chunks(together).map(|leaves| Task { press, leaves, with_shells: false }));
            tasks.push(Task { press, leaves: last, with_shells: true });
        }
        let run = |task: &Task<'_>| self.pages(task.press, task.leaves, task.with_shells);
        for Pages { pages, index, shells } in in_parallel(self.options.workers, &tasks, run)? {
            printed.pages.extend(pages);
            printed.index = printed.index.take().or(index);
            printed.prints.extend(shells.print);
            printed.not_found = printed.not_found.take().or(shells.not_found);
            let moved = shells.redirects.into_iter();
            printed.redirects.extend(moved.filter(|(name, _)| !printed.files.contains_key(name)));
        }
        let taken = printed.pages.keys().map(|path| address(&path.with_extension("html")));
        if let Some(name) = taken.into_iter().find(|name| printed.files.contains_key(name)) {
            bail!("two things would be {name}; give the chapter another file name");
        }
        Ok(printed)
    }

    /// Which pages of a volume are there, and which have to be rendered.
    fn known<'k, 'v>(&self, press: &Press<'v>, kept: &'k Kept) -> Known<'k, 'v> {
        let mut known = Known::default();
        for leaf in &press.volume.pages {
            let path = leaf.path().to_owned();
            let key = kept::key(&press.shared, leaf, self.titles.get(&path).map(String::as_str));
            // The first page is rendered twice, once for the site's root.
            match kept.page(&key).filter(|_| self.first.as_ref() != Some(&path)) {
                Some(page) => known.pages.push((path.clone(), press.sheet(Cow::Borrowed(page)))),
                None => known.missing.push(leaf.clone()),
            }
            known.keys.push((path, key));
        }
        known
    }
}

impl Sheet<'_> {
    /// The page as its whole template makes it.
    #[must_use]
    pub fn whole(&self) -> String {
        self.lifted.restored(&self.text)
    }
}

impl Printed<'_> {
    /// Says what the book's own theme lacks, once.
    fn lack(&mut self, words: &[String]) {
        for word in words {
            if !self.lacking.contains(word) {
                self.lacking.push(word.clone());
            }
        }
    }
}
