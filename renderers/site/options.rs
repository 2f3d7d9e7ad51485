//! What `[output.bilingual-site]` says, and what of it is mdBook's.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::config::SearchEngine;
use mdbook_bilingual_core::parallel::Workers;
use mdbook_renderer::RenderContext;
use mdbook_renderer::book::{Book, Chapter};
use mdbook_renderer::config::HtmlConfig;
use url::Url;

use crate::engine::address;

/// The table of pages: all that `[output.html]` can have.
const HTML: &str = "output.bilingual-site.html";

/// From how many chapters on several things are made at once, where no author waits for them. Two processors that share
/// a core make a site of 200 chapters a fifth faster than one, and are busy for a tenth longer together.
const MANY: usize = 400;

/// The options of the pages.
#[derive(Debug, Clone)]
pub struct Options {
    /// As mdBook reads them.
    pub html: HtmlConfig,
    /// As they were written.
    pub table: toml::Value,
    /// Whether a server shows the site while it is written.
    pub is_served: bool,
    /// How much of it is made at once.
    pub workers: Workers,
    /// The redirects of places in pages that are there: `/a.html#old`.
    pub turns: BTreeMap<String, String>,
    /// The redirects of pages that are no longer there.
    pub moved: BTreeMap<String, String>,
    /// Whose search the pages have; `None` for no search.
    pub search: Option<SearchEngine>,
}

/// The options of `[output.html.search]` that mean nothing to our search, and what it does in any case.
const MDBOOKS: &[(&str, &str)] = &[
    ("use-boolean-and", "all words are needed"),
    ("boost-hierarchy", "what is above a section is not searched"),
    ("boost-paragraph", "what holds the words as they were written comes first"),
    ("expand", "the last word may go on"),
];

impl Options {
    /// Reads the options. `mdbook serve` writes its own into the table of another renderer.
    ///
    /// # Errors
    /// When mdBook would not understand them, or a page that is there is redirected.
    pub fn read(context: &RenderContext) -> Result<Self> {
        let empty = || toml::Value::Table(toml::Table::new());
        let mut table: toml::Value = context.config.get(HTML)?.unwrap_or_else(empty);
        let endpoint: Option<toml::Value> = context.config.get("output.html.live-reload-endpoint")?;
        let is_served = endpoint.is_some();
        let Some(keys) = table.as_table_mut() else { bail!("[{HTML}] is no table") };
        if let Some(endpoint) = endpoint {
            keys.insert("live-reload-endpoint".to_owned(), endpoint);
            keys.insert("site-url".to_owned(), "/".into());
        }
        // Only the page for addresses that do not exist has it, as the base of its links: they stay on the host that shows
        // the page, wherever that is.
        let path = keys.get("site-url").and_then(|url| Some(Url::parse(url.as_str()?).ok()?.path().to_owned()));
        keys.extend(path.map(|path| ("site-url".to_owned(), path.into())));
        // mdBook itself goes on with its defaults where it does not understand a key.
        let html: HtmlConfig = table.clone().try_into().with_context(|| {
            format!("[{HTML}] is not what mdBook knows of [output.html]; look at the key that is named here")
        })?;
        let (turns, moved) = redirects(&html, &context.book)?;
        let is_one_after_another = !is_served && context.book.chapters().count() < MANY;
        let workers = if is_one_after_another { Workers::ONE } else { Workers::all() };
        let search = html.search.as_ref().is_none_or(|search| search.enable).then_some(SearchEngine::Mdbook);
        Ok(Self { html, table, is_served, workers, turns, moved, search })
    }

    /// Chooses the search of the pages. Gives what of mdBook's options means nothing to it, one sentence each.
    ///
    /// # Errors
    /// When it is told of chapters that are not there; mdBook refuses them as well.
    pub fn choose(&mut self, engine: SearchEngine, book: &Book) -> Result<Vec<String>> {
        if self.search.is_none() {
            return Ok(Vec::new());
        }
        let search = self.html.search.get_or_insert_default();
        for path in search.chapter.keys() {
            if !book.chapters().any(|chapter| lies_in(chapter, path)) {
                bail!(
                    "[{HTML}.search.chapter] has `{path}`, and no chapter's file begins with that; write a file or a folder \
                     from SUMMARY.md"
                );
            }
        }
        if engine == SearchEngine::Mdbook {
            return Ok(Vec::new());
        }
        // Who brings a script for the box brings what it reads.
        self.search = search.copy_js.then_some(engine);
        search.copy_js = false;
        let written = |key: &str| self.table.get("search").is_some_and(|search| search.get(key).is_some());
        let says = |(key, what): &(&str, &str)| {
            format!(
                "`{key}` in [{HTML}.search] means nothing to this search: {what}; remove it, or write `search = \"mdbook\"` into \
                 [output.bilingual-site]"
            )
        };
        Ok(MDBOOKS.iter().filter(|(key, _)| written(key)).map(says).collect())
    }

    /// What `search.chapter` says of some chapters: mdBook, which is given one language at a time, refuses the rest.
    #[must_use]
    pub fn chapters_searched(&self, book: &Book) -> BTreeMap<&String, Option<bool>> {
        let said = self.html.search.iter().flat_map(|search| &search.chapter);
        let own = said.filter(|(path, _)| book.chapters().any(|chapter| lies_in(chapter, path)));
        own.map(|(path, said)| (path, said.enable)).collect()
    }

    /// Whether a chapter is searched: as the longest path says that its file begins with.
    #[must_use]
    pub fn is_searched(&self, chapter: &Chapter) -> bool {
        let said = self.html.search.iter().flat_map(|search| &search.chapter);
        let own = said.filter(|(path, said)| said.enable.is_some() && lies_in(chapter, path));
        own.max_by_key(|(path, _)| Path::new(path).components().count())
            .and_then(|(_, said)| said.enable)
            .unwrap_or(true)
    }
}

/// Whether a chapter's file is this one, or lies in this folder, as SUMMARY.md names them.
fn lies_in(chapter: &Chapter, path: &str) -> bool {
    chapter.source_path.as_ref().or(chapter.path.as_ref()).is_some_and(|source| source.starts_with(path))
}

/// What `redirect` says of pages that are there, and of those that are not.
type Redirects = (BTreeMap<String, String>, BTreeMap<String, String>);

fn redirects(html: &HtmlConfig, book: &Book) -> Result<Redirects> {
    let paths = book.chapters().filter_map(|chapter| chapter.path.as_ref());
    let pages: HashSet<String> = paths.map(|path| address(&path.with_extension("html"))).collect();
    let is_page = |address: &str| pages.contains(address.trim_start_matches('/'));
    let (mut turns, mut moved) = (BTreeMap::new(), BTreeMap::new());
    for (from, to) in &html.redirect {
        let page = from.split('#').next().unwrap_or(from);
        if !Path::new(page.trim_start_matches('/')).components().all(|part| matches!(part, Component::Normal(_))) {
            bail!("the redirect of `{from}` would be a page outside of the site; write an address inside of it");
        }
        match (is_page(page), from.contains('#')) {
            (true, false) => bail!(
                "redirect found for existing chapter at `{from}`\nEither delete the redirect or remove the chapter."
            ),
            (true, true) => turns.insert(from.clone(), to.clone()),
            (false, _) => moved.insert(from.clone(), to.clone()),
        };
    }
    Ok((turns, moved))
}
