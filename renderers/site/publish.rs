//! From what mdBook sent to the files of a site.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook_bilingual_core::config::SearchEngine;
use mdbook_bilingual_core::notebook::Note;
use mdbook_bilingual_core::parallel::{Workers, in_parallel};
use mdbook_bilingual_core::values::{Language, PagePath};
use mdbook_bilingual_search::{folder, script};
use mdbook_renderer::RenderContext;
use mdbook_renderer::book;

use crate::alternates::Homes;
use crate::engine::kept::{self, Kept};
use crate::engine::words::Voice;
use crate::engine::{Engine, Printed, Sheet, address};
use crate::head;
use crate::options::Options;
use crate::outline::{self, Aliases};
use crate::output::{Content, Files, Output, hashed};
use crate::outputs::{feed, llms, markdown, not_found, print, redirects, sitemap};
use crate::page::{self, Names, Unfinished};
use crate::search::Search;
use crate::site::Site;
use crate::split::{self, Volume};

const STYLE: &str = include_str!("assets/site.css");
const SCRIPT: &str = include_str!("assets/site.js");

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
    /// Makes the site, and writes it into the book's destination. Pages that were kept are not rendered again. `search` is
    /// told of what can be searched once the pages are there. Gives what the book's own theme lacks, one sentence each.
    ///
    /// # Errors
    /// When mdBook refuses something, two things would be the same file, or the site cannot be written.
    pub fn publish(&self, kept: &Kept, search: &dyn Fn(Search<'_>) -> Result<()>) -> Result<Vec<String>> {
        let Self { context, options, site, .. } = *self;
        let language_of = |path: &Path| PagePath::new(path, false).and_then(|page| site.language(&page).cloned());
        let volumes = split::volumes(&context.book, &site.languages, &language_of);
        let titles: HashMap<PathBuf, String> =
            self.titles.iter().map(|(page, title)| (PathBuf::from(page.chapter()), title.clone())).collect();
        let chapters = || context.book.chapters().filter_map(|chapter| chapter.path.as_deref());
        let engine = Engine {
            context,
            options,
            site,
            titles: &titles,
            languages: chapters()
                .filter_map(|path| Some((address(&path.with_extension("html")), language_of(path)?)))
                .collect(),
            first: chapters().next().map(Path::to_owned),
            not_found: not_found::text(context, &options.html, site)?,
        };
        let mut printed = engine.print(&volumes, kept)?;
        let (made, lacking) = (std::mem::take(&mut printed.files), std::mem::take(&mut printed.lacking));
        let finishing = Finishing::new(self, &printed)?;
        let mut output = Output::default();
        let Names { style, script, search: searcher } = &finishing.names;
        output.offer([(style.clone(), style_text().into()), (script.clone(), SCRIPT.into())]);
        output.offer(searcher.clone().map(|searcher| (searcher, script::SCRIPT.into())));
        finishing.pages(engine.first.as_deref(), &mut output)?;
        finishing.not_found_and_moved(&mut output)?;
        finishing.prints(&volumes, &mut output)?;
        finishing.lists(&mut output)?;
        output.yielding.insert("CNAME".to_owned());
        output.offer(made);
        output.spared.extend(options.is_served.then(|| kept::FILE.to_owned()));
        let build = context.root.join(&context.config.build.build_dir);
        output.add_sources(&context.source_dir(), &[&build, &context.destination])?;
        if searcher.is_some() {
            output.spared.insert(folder::NAME.to_owned());
        }
        output.write(&context.destination, options.workers)?;
        if searcher.is_some() {
            search(Search::of(self, &volumes, &finishing.mains))?;
        }
        // No reader waits for these.
        if options.is_served {
            let page = |(path, key)| Some((key, &*printed.pages.get(path)?.text));
            kept::write(&context.destination, kept, &printed.keys.iter().filter_map(page).collect::<Vec<_>>())?;
        }
        Ok(lacking)
    }
}

/// The pages that mdBook has rendered, on their way to files.
struct Finishing<'a> {
    book: &'a Book<'a>,
    site: &'a Site<'a>,
    printed: &'a Printed<'a>,
    /// What stands in each page, by its chapter's path.
    mains: BTreeMap<&'a Path, &'a str>,
    /// What each page gets for its counterparts.
    aliases: BTreeMap<PagePath, Counterparts>,
    homes: Homes<'a>,
    names: Names,
}

/// What a page gets for its counterparts.
struct Counterparts {
    aliases: Aliases,
    /// The attribute of the link to each of them that keeps a reader's place.
    links: BTreeMap<PagePath, String>,
}

impl<'a> Finishing<'a> {
    fn new(book: &'a Book<'a>, printed: &'a Printed<'a>) -> Result<Self> {
        let site = book.site;
        let mains = printed.pages.iter().map(|(path, sheet)| (path.as_path(), page::text(&sheet.text))).collect();
        let aliases = counterparts(site, &mains, book.options.workers)?;
        Ok(Self { book, site, printed, mains, aliases, homes: Homes::of(site), names: names(book.options) })
    }

    /// A page of the book, as a file of this name.
    fn page(&self, path: &PagePath, file: &str, sheet: &Sheet<'_>) -> String {
        let title = self.site.name(path);
        let here = PagePath::new(&Path::new(file).with_extension("md"), false);
        let head = head::block(self.site, &self.homes, path, here.as_ref().unwrap_or(path), title);
        let own = self.aliases.get(path);
        let main = page::text(&sheet.text);
        let text = own.map_or(Cow::Borrowed(main), |own| outline::with_aliases(main, &own.aliases));
        let none = BTreeMap::new();
        let sections = own.map_or(&none, |own| &own.links);
        let page = Unfinished { path, file, raw: &sheet.whole(), printed: None, sections };
        page::finish(&page, self.site, &self.names, &head, &text)
    }

    /// All pages of the book. The first of it is at the site's root, too, unless another one is.
    fn pages<'f>(&'f self, first: Option<&Path>, output: &mut Output<'f>) -> Result<()> {
        let made = |path: PagePath, file: String, sheet: &'f Sheet<'f>| {
            Content::Made(Box::new(move || self.page(&path, &file, sheet)))
        };
        for (path, sheet) in &self.printed.pages {
            let Some(path) = PagePath::new(path, false) else { continue };
            output.add(path.html(), made(path.clone(), path.html(), sheet))?;
        }
        if let (Some(sheet), Some(path)) = (&self.printed.index, first.and_then(|first| PagePath::new(first, false))) {
            let root = "index.html".to_owned();
            output.files.entry(root.clone()).or_insert_with(|| made(path, root, sheet));
        }
        Ok(())
    }

    /// The pages with all texts of a language.
    fn prints<'f>(&'f self, volumes: &'f [Volume<'f>], output: &mut Output<'f>) -> Result<()> {
        for volume in volumes {
            let own = volume.language.as_ref();
            let Some((language, shell)) = own.and_then(|own| Some((own, self.printed.prints.get(own)?))) else {
                continue;
            };
            let file = self.site.named("print", "html", language);
            let name = file.clone();
            let made = move || self.shell(shell, &printed_text(volume, &self.mains), &file, Some(language));
            output.add(name, Content::Made(Box::new(made)))?;
        }
        Ok(())
    }

    /// What machines read. A file that the author has in the place of one of these stays the author's.
    fn lists<'f>(&'f self, output: &mut Output<'f>) -> Result<()> {
        let (site, homes, options) = (self.site, &self.homes, self.site.options);
        let wanted: [(bool, &(dyn Fn() -> Files + Sync)); 3] = [
            (options.feeds, &|| feed::files(site, homes, &|path| self.mains.get(Path::new(path.chapter())).copied())),
            (options.sitemap, &|| {
                let paths: Vec<PagePath> = self.mains.keys().filter_map(|path| PagePath::new(path, false)).collect();
                sitemap::files(site, homes, &paths)
            }),
            (options.llms, &|| llms::files(site)),
        ];
        for files in in_parallel(self.book.options.workers, &wanted, |(is_wanted, files)| Ok(is_wanted.then(files)))?
            .into_iter()
            .flatten()
        {
            output.yielding.extend(files.keys().cloned());
            output.offer(files);
        }
        for (path, text) in &self.book.texts {
            let name = path.chapter().to_owned();
            output.yielding.insert(name.clone());
            let made = || markdown::page(site, path, site.name(path), text);
            output.files.entry(name).or_insert_with(|| Content::Made(Box::new(made)));
        }
        Ok(())
    }

    /// The page for addresses that do not exist, and those in the places of pages that have moved.
    fn not_found_and_moved(&self, output: &mut Output<'_>) -> Result<()> {
        let options = self.book.options;
        if let Some(raw) = &self.printed.not_found {
            let name = options.html.get_404_output_file();
            // Its links are from the site's root, which its `<base>` names.
            let page = self.shell(raw, page::text(raw), "404.html", None);
            // As with mdBook, which writes it last: a book may list its text as a chapter, too.
            let page = not_found::finish(&page, self.site);
            output.files.insert(name, Content::Bytes(page.into_bytes()));
        }
        for (name, page) in &self.printed.redirects {
            let to = options.moved.get(&format!("/{name}")).or_else(|| options.moved.get(name));
            let own =
                redirects::language(self.site, options.html.site_url.as_deref(), name, to.map_or("", String::as_str));
            let languages = own.map_or_else(|| self.site.languages.clone(), |language| vec![language.clone()]);
            let language = own.unwrap_or_else(|| self.site.default_language());
            output.yielding.insert(name.clone());
            let page = redirects::finish(page, Voice::of(self.site, &languages), language);
            output.add(name.clone(), Content::Bytes(page.into_bytes()))?;
        }
        Ok(())
    }

    /// A page at the site's root that is no chapter.
    fn shell(&self, raw: &str, text: &str, file: &str, printed: Option<&Language>) -> String {
        let Some(path) = PagePath::new(Path::new("print.md"), false) else { return raw.to_owned() };
        let page = Unfinished { path: &path, file, raw, printed, sections: &BTreeMap::new() };
        page::finish(&page, self.site, &self.names, "", text)
    }
}

/// What each page gets for its counterparts.
fn counterparts(
    site: &Site<'_>,
    mains: &BTreeMap<&Path, &str>,
    workers: Workers,
) -> Result<BTreeMap<PagePath, Counterparts>> {
    let of_note = |note: &Note| {
        let pages: Vec<(&PagePath, &str)> =
            note.listed().filter_map(|(_, path)| Some((path, *mains.get(Path::new(path.chapter()))?))).collect();
        if pages.len() < 2 {
            return Ok(Vec::new());
        }
        let texts: Vec<&str> = pages.iter().map(|(_, main)| *main).collect();
        let aliases = outline::between(&texts).into_iter().zip(&pages).map(|(aliases, (own, _))| {
            let others = pages
                .iter()
                .zip(&aliases.sections)
                .map(|((path, _), sections)| ((*path).clone(), outline::attribute(sections)));
            let links = others.filter(|(_, attribute)| !attribute.is_empty()).collect();
            ((*own).clone(), Counterparts { aliases, links })
        });
        Ok(aliases.collect())
    };
    Ok(in_parallel(workers, &site.notebook.notes, of_note)?.into_iter().flatten().collect())
}

/// What our own style and script are called.
fn names(options: &Options) -> Names {
    let named = |name: &str, text: &str| match options.html.hash_files {
        true => hashed(name, text.as_bytes()),
        false => name.to_owned(),
    };
    let has_search = options.search == Some(SearchEngine::Bilingual);
    Names {
        style: named("bilingual-site.css", &style_text()),
        script: named("bilingual-site.js", SCRIPT),
        search: has_search.then(|| named("bilingual-search.js", script::SCRIPT)),
    }
}

/// Our styles.
fn style_text() -> String {
    [STYLE, script::STYLE].concat()
}

/// All texts of a volume behind each other.
fn printed_text(volume: &Volume<'_>, texts: &BTreeMap<&Path, &str>) -> String {
    let book = book::Book::new_with_items(volume.contents.clone());
    let pages: Vec<(String, &str, &str)> = book
        .chapters()
        .filter_map(|chapter| {
            let path = chapter.path.as_deref()?;
            let main = texts.get(path)?;
            Some((address(&path.with_extension("html")), chapter.name.as_str(), *main))
        })
        .collect();
    let printed: Vec<print::Text<'_>> =
        pages.iter().map(|(page, name, main)| print::Text { page, name, main }).collect();
    grouped(&print::page(&printed))
}

/// A print page whose switches are no landmarks: there is one for each text, all of the same name.
fn grouped(page: &str) -> String {
    const BEGIN: &str = "<nav class=\"language-switch";
    const END: &str = "</nav>";
    let mut pieces = page.split(BEGIN);
    let mut grouped = String::with_capacity(page.len() + page.len() / 64);
    grouped.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        grouped.push_str("<div role=\"group\" class=\"language-switch");
        grouped.push_str(&piece.replacen(END, "</div>", 1));
    }
    grouped
}
