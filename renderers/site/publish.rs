//! From what mdBook sent to the files of a site.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::values::{Language, PagePath};
use mdbook_renderer::RenderContext;
use mdbook_renderer::book;

use crate::alternates::Homes;
use crate::engine::kept::{self, Kept};
use crate::engine::words::Voice;
use crate::engine::{Engine, slashed};
use crate::head;
use crate::options::Options;
use crate::output::{Output, hashed};
use crate::outputs::{not_found, print, redirects};
use crate::page::{self, Names, Unfinished};
use crate::site::Site;
use crate::split::{self, Volume};

const STYLE: &str = include_str!("assets/site.css");
const SCRIPT: &str = include_str!("assets/site.js");

/// A site, and what there is to say of it.
pub struct Published {
    /// Its files.
    pub output: Output,
    /// What the book's own theme lacks, one sentence each.
    pub lacking: Vec<String>,
}

/// A book on its way to a site.
pub struct Book<'a> {
    /// What mdBook sent.
    pub context: &'a RenderContext,
    /// The options of the pages.
    pub options: &'a Options,
    /// What is published.
    pub site: &'a Site<'a>,
    /// The titles of pages in the browser's window.
    pub titles: BTreeMap<PagePath, String>,
    /// The pages as Markdown; none where nobody wants them.
    pub texts: BTreeMap<PagePath, String>,
}

impl Book<'_> {
    /// Makes the site. Pages that were kept are not rendered again.
    ///
    /// # Errors
    /// When mdBook refuses something, or two things would be the same file.
    pub fn publish(&self, kept: &Kept) -> Result<Published> {
        let Self { context, options, site, .. } = *self;
        let language_of = |path: &Path| PagePath::new(path, false).and_then(|page| site.language(&page).cloned());
        let volumes = split::volumes(&context.book, &site.languages, &language_of);
        let titles: HashMap<PathBuf, String> =
            self.titles.iter().map(|(page, title)| (PathBuf::from(page.chapter()), title.clone())).collect();
        let chapters = || context.book.chapters().filter_map(|chapter| chapter.path.as_deref());
        let engine = Engine {
            context,
            html: &options.html,
            table: &options.table,
            site,
            titles: &titles,
            languages: chapters()
                .filter_map(|path| Some((slashed(&path.with_extension("html")), language_of(path)?)))
                .collect(),
            first: chapters().next().map(Path::to_owned),
            not_found: not_found::text(context, &options.html, site)?,
            turns: options.turns.clone(),
            moved: options.moved.clone(),
            stable_names: options.is_served,
        };
        let printed = engine.print(&volumes, kept)?;
        let mut output = Output::default();
        add_assets(&mut output, site, options);
        let names = names(&output);
        let texts: BTreeMap<&Path, &str> =
            printed.pages.iter().map(|(path, raw)| (path.as_path(), page::text(raw))).collect();
        let homes = Homes::of(site);
        let head = |page: &PagePath| head::block(site, &homes, page, self.titles.get(page).map_or("", String::as_str));
        let mut add = |name: String, bytes: Vec<u8>| match output.files.insert(name.clone(), bytes) {
            Some(_) => bail!("two things would be {name}; give the chapter another file name"),
            None => Ok(()),
        };
        for (path, raw) in &printed.pages {
            let Some(page) = PagePath::new(path, false) else { continue };
            let file = page.html();
            let unfinished = Unfinished { path: &page, file: &file, raw, printed: None };
            add(
                file.clone(),
                page::finish(&unfinished, site, &names, &head(&page), texts[path.as_path()]).into_bytes(),
            )?;
        }
        for volume in &volumes {
            let Some(language) = &volume.language else { continue };
            let Some(shell) = printed.prints.get(language) else { continue };
            let text = printed_text(volume, &texts);
            let name = site.named("print", "html", language);
            add(name.clone(), finish_shell(shell, site, &names, &text, &name, Some(language)).into_bytes())?;
        }
        if let Some(raw) = &printed.not_found {
            let name = options.html.get_404_output_file();
            let page = finish_shell(raw, site, &names, page::text(raw), &name, None);
            add(name, not_found::finish(&page, site).into_bytes())?;
        }
        for (name, page) in &printed.redirects {
            let to =
                options.moved.get(&format!("/{name}")).or_else(|| options.moved.get(name)).map_or("", String::as_str);
            let own = redirects::language(site, name, to);
            let languages = own.map_or_else(|| site.languages.clone(), |language| vec![language.clone()]);
            let tag = own.unwrap_or_else(|| site.default_language()).tag();
            add(name.clone(), redirects::finish(page, Voice::of(site, &languages), tag).into_bytes())?;
        }
        if !output.files.contains_key("index.html")
            && let (Some(raw), Some(first)) = (&printed.index, &engine.first)
            && let Some(path) = PagePath::new(first, false)
        {
            let unfinished = Unfinished { path: &path, file: "index.html", raw, printed: None };
            let page = page::finish(&unfinished, site, &names, &head(&path), page::text(raw));
            output.files.insert("index.html".to_owned(), page.into_bytes());
        }
        if options.is_served {
            let pages = printed.keys.iter().filter_map(|(path, key)| Some((key, printed.pages.get(path)?.as_str())));
            output.files.insert(kept::FILE.to_owned(), kept::file(pages));
        }
        for (name, bytes) in printed.files {
            output.files.entry(name).or_insert(bytes);
        }
        Ok(Published { output, lacking: printed.lacking })
    }
}

/// Our own style and script.
fn add_assets(output: &mut Output, _site: &Site<'_>, options: &Options) {
    for (name, text) in [("bilingual-site.css", STYLE), ("bilingual-site.js", SCRIPT)] {
        let own = if options.html.hash_files { hashed(name, text.as_bytes()) } else { name.to_owned() };
        output.files.insert(own, text.as_bytes().to_vec());
    }
}

fn names(output: &Output) -> Names {
    let named = |suffix: &str| output.files.keys().find(|name| name.ends_with(suffix)).cloned().unwrap_or_default();
    Names { style: named(".css"), script: named(".js") }
}

/// All texts of a volume behind each other.
fn printed_text(volume: &Volume, texts: &BTreeMap<&Path, &str>) -> String {
    let book = book::Book::new_with_items(volume.contents.clone());
    let pages: Vec<(String, &str, &str)> = book
        .chapters()
        .filter_map(|chapter| {
            let path = chapter.path.as_deref()?;
            let main = texts.get(path)?;
            Some((slashed(&path.with_extension("html")), chapter.name.as_str(), *main))
        })
        .collect();
    let printed: Vec<print::Text<'_>> =
        pages.iter().map(|(page, name, main)| print::Text { page, name, main }).collect();
    print::page(&printed)
}

/// A page at the site's root that is no chapter.
fn finish_shell(
    raw: &str,
    site: &Site<'_>,
    names: &Names,
    text: &str,
    file: &str,
    printed: Option<&Language>,
) -> String {
    match PagePath::new(Path::new("print.md"), false) {
        Some(path) => page::finish(&Unfinished { path: &path, file, raw, printed }, site, names, "", text),
        None => raw.to_owned(),
    }
}
