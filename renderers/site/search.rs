//! What readers of the site search, in our own search.
//!
//! The pages are there before their index is: under `mdbook serve` a program of its own makes it, and nobody who edits a
//! note waits for it. Of several that were begun, only the newest one writes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use mdbook_bilingual_core::files::{lock, write_changed};
use mdbook_bilingual_core::parallel::{Workers, in_parallel};
use mdbook_bilingual_core::values::{Language, PagePath};
use mdbook_bilingual_search::index::{Index, Options, Page};
use mdbook_bilingual_search::page::encoded;
use mdbook_bilingual_search::{folder, words};
use mdbook_renderer::book::Chapter;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::address;
use crate::publish::Book;
use crate::split::Volume;

/// Which of the programs that make an index is the newest one, in the folder of indexes.
const NEWEST: &str = ".newest";

/// What can be searched.
#[derive(Debug, Serialize, Deserialize)]
pub struct Search<'a> {
    site: PathBuf,
    options: Options,
    /// Which program writes it; empty for this one.
    writer: String,
    is_alone: bool,
    /// Whether somebody waits for the pages.
    is_served: bool,
    #[serde(borrow)]
    volumes: Vec<SearchVolume<'a>>,
}

/// What is searched in a language.
#[derive(Debug, Serialize, Deserialize)]
struct SearchVolume<'a> {
    tag: String,
    name: String,
    words: Value,
    #[serde(borrow)]
    pages: Vec<SearchPage<'a>>,
}

/// A page that is searched.
#[derive(Debug, Serialize, Deserialize)]
struct SearchPage<'a> {
    address: String,
    names: Vec<String>,
    #[serde(borrow)]
    html: Cow<'a, str>,
    is_shared: bool,
}

impl<'a> Search<'a> {
    /// What can be searched in a book.
    pub(crate) fn of(book: &Book<'a>, volumes: &[Volume<'_>], mains: &BTreeMap<&Path, &'a str>) -> Self {
        let search = book.options.html.search.clone().unwrap_or_default();
        let searched: BTreeMap<&Path, &Chapter> =
            book.context.book.chapters().filter_map(|chapter| Some((chapter.path.as_deref()?, chapter))).collect();
        let page = |path: &Path, is_shared: bool| -> Option<SearchPage<'a>> {
            let chapter = searched.get(path).filter(|chapter| book.options.is_searched(chapter))?;
            let name = PagePath::new(path, false).map_or("", |page| book.site.name(&page));
            let mut names = chapter.parent_names.clone();
            names.push(if name.is_empty() { chapter.name.clone() } else { name.to_owned() });
            let address = address(&path.with_extension("html"));
            let address = address.split('/').map(encoded).collect::<Vec<_>>().join("/");
            Some(SearchPage { address, names, html: Cow::Borrowed(mains.get(path)?), is_shared })
        };
        let shared = volumes.iter().filter(|volume| volume.language.is_none()).flat_map(|volume| &volume.pages);
        let shared: Vec<&Path> = shared.map(|leaf| leaf.path()).collect();
        let volume = |volume: &Volume<'_>| {
            let language: &Language = volume.language.as_ref()?;
            let shared = shared.iter().filter_map(|path| page(path, true));
            let own = volume.pages.iter().filter_map(|leaf| page(leaf.path(), false));
            Some(SearchVolume {
                tag: language.tag().to_owned(),
                name: book.site.config.autonym(language).to_owned(),
                words: words::of(&book.site.messages, language),
                pages: shared.chain(own).collect(),
            })
        };
        Self {
            site: book.context.destination.clone(),
            options: Options {
                limit_results: search.limit_results,
                teaser_word_count: search.teaser_word_count,
                boost_title: search.boost_title,
                heading_split_level: search.heading_split_level,
            },
            writer: String::new(),
            is_alone: book.options.workers == Workers::ONE,
            is_served: book.options.is_served,
            volumes: volumes.iter().filter_map(volume).collect(),
        }
    }

    /// Whether it is `mdbook serve` that builds: then the pages come before their index.
    #[must_use]
    pub fn is_served(&self) -> bool {
        self.is_served
    }

    /// Makes the indexes.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(&self) -> Result<()> {
        let folder = self.site.join(folder::NAME);
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let _lock = lock(&folder);
        let newest = folder.join(NEWEST);
        let is_newest =
            || self.writer.is_empty() || fs::read_to_string(&newest).is_ok_and(|newest| newest == self.writer);
        if self.writer.is_empty() {
            // Whoever was begun before writes no more.
            let _ = fs::remove_file(&newest);
        } else if !is_newest() {
            return Ok(());
        }
        let workers = if self.is_alone { Workers::ONE } else { Workers::all() };
        in_parallel(workers, &self.volumes, |volume| {
            let mut index = Index::new(&self.site, &volume.tag, self.options)?;
            for SearchPage { address, names, html, is_shared } in &volume.pages {
                index.add(&Page { address, names, html, is_shared: *is_shared })?;
            }
            // Meanwhile the pages may have been written anew.
            if is_newest() { index.finish(&volume.name, &volume.words).map(drop) } else { Ok(()) }
        })?;
        if !is_newest() {
            return Ok(());
        }
        let tags: Vec<&str> = self.volumes.iter().map(|volume| volume.tag.as_str()).collect();
        folder::clear(&self.site, &tags)
    }

    /// Has another program make them, which is called with `--index` and goes on when this one is at its end.
    ///
    /// # Errors
    /// When they cannot be written: where no program can be begun, this one does it.
    pub fn begin(mut self, program: &Path) -> Result<()> {
        let folder = self.site.join(folder::NAME);
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        self.site = fs::canonicalize(&self.site).with_context(|| format!("{}", self.site.display()))?;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.writer = format!("{}-{}", std::process::id(), now.as_nanos());
        write_changed(&folder.join(NEWEST), self.writer.as_bytes())?;
        let child = Command::new(program).arg("--index").stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
        let Ok(mut child) = child else { return self.write() };
        // One that ends at once has said why.
        let json = serde_json::to_vec(&self)?;
        let _ = child.stdin.take().map(|mut input| input.write_all(&json));
        Ok(())
    }
}

/// What a program does that was begun to make indexes.
///
/// # Errors
/// When it is not told what, or they cannot be written.
pub fn later(mut input: impl Read) -> Result<()> {
    let mut json = Vec::new();
    input.read_to_end(&mut json).context("what is searched")?;
    let search: Search<'_> = serde_json::from_slice(&json).context("what is searched")?;
    search.write()
}
