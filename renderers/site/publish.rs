//! From what mdBook sent to the files of a site.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::notebook::Note;
use mdbook_bilingual_core::parallel::in_parallel;
use mdbook_bilingual_core::values::{Language, PagePath};
use mdbook_renderer::RenderContext;
use mdbook_renderer::book;

use crate::alternates::Homes;
use crate::engine::kept::{self, Kept, Key};
use crate::engine::words::Voice;
use crate::engine::{Engine, Printed, address};
use crate::head;
use crate::options::Options;
use crate::outline::{self, Aliases};
use crate::output::{Files, Output, hashed};
use crate::outputs::{feed, llms, markdown, not_found, print, redirects, sitemap};
use crate::page::{self, Names, Unfinished};
use crate::site::Site;
use crate::split::{self, Volume};

const STYLE: &str = include_str!("assets/site.css");
const SCRIPT: &str = include_str!("assets/site.js");

/// A site, and what there is to say of it.
pub struct Published<'k> {
    /// Its files.
    pub output: Output,
    /// What the book's own theme lacks, one sentence each.
    pub lacking: Vec<String>,
    /// What is kept for the next build.
    pub pages: Vec<(Key, Cow<'k, str>)>,
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
    pub fn publish<'k>(&self, kept: &'k Kept) -> Result<Published<'k>> {
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
        let printed = engine.print(&volumes, kept)?;
        let mut finishing = Finishing::new(self, &printed)?;
        finishing.pages(engine.first.as_deref())?;
        finishing.not_found_and_moved()?;
        finishing.collections(&volumes)?;
        let Finishing { mut files, mut yielding, .. } = finishing;
        yielding.insert("CNAME".to_owned());
        for (name, bytes) in printed.files {
            files.entry(name).or_insert(bytes);
        }
        let Printed { mut pages, keys, lacking, .. } = printed;
        let pages = keys.into_iter().filter_map(|(path, key)| Some((key, pages.remove(&path)?))).collect();
        let spared = options.is_served.then(|| kept::FILE.to_owned()).into_iter().collect();
        Ok(Published { output: Output { files, yielding, spared, ..Output::default() }, lacking, pages })
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
    files: Files,
    /// The names of files that yield to those of the author's.
    yielding: BTreeSet<String>,
}

/// What is made of many pages.
enum Collection<'v> {
    /// The page with all texts of a language.
    Print(&'v Volume),
    /// Each page as Markdown.
    Markdown,
    Feeds,
    Sitemap,
    Llms,
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
        let mains = printed.pages.iter().map(|(path, raw)| (path.as_path(), page::text(raw))).collect();
        let (files, names) = assets(book.options);
        let aliases = counterparts(site, &mains)?;
        Ok(Self {
            book,
            site,
            printed,
            mains,
            aliases,
            homes: Homes::of(site),
            names,
            files,
            yielding: BTreeSet::new(),
        })
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) -> Result<()> {
        match self.files.insert(name.clone(), bytes) {
            Some(_) => bail!("two things would be {name}; give the chapter another file name"),
            None => Ok(()),
        }
    }

    /// A page of the book, as a file of this name.
    fn page(&self, path: &PagePath, file: &str, raw: &str) -> String {
        let title = self.site.name(path);
        let here = PagePath::new(&Path::new(file).with_extension("md"), false);
        let head = head::block(self.site, &self.homes, path, here.as_ref().unwrap_or(path), title);
        let own = self.aliases.get(path);
        let main = page::text(raw);
        let text = own.map_or_else(|| main.to_owned(), |own| outline::with_aliases(main, &own.aliases));
        let none = BTreeMap::new();
        let sections = own.map_or(&none, |own| &own.links);
        let page = Unfinished { path, file, raw, printed: None, sections };
        page::finish(&page, self.site, &self.names, &head, &text)
    }

    /// All pages of the book. The first of it is at the site's root, too, unless another one is.
    fn pages(&mut self, first: Option<&Path>) -> Result<()> {
        let pages: Vec<(PagePath, &str)> =
            self.printed.pages.iter().filter_map(|(path, raw)| Some((PagePath::new(path, false)?, &**raw))).collect();
        let finish = |(path, raw): &(PagePath, &str)| {
            let file = path.html();
            let page = self.page(path, &file, raw);
            Ok((file, page))
        };
        for (file, page) in in_parallel(&pages, finish)? {
            self.add(file, page.into_bytes())?;
        }
        let first = first.and_then(|first| PagePath::new(first, false));
        if let (Some(raw), Some(path)) = (&self.printed.index, first)
            && !self.files.contains_key("index.html")
        {
            let page = self.page(&path, "index.html", raw);
            self.add("index.html".to_owned(), page.into_bytes())?;
        }
        Ok(())
    }

    /// What is made of many pages: those with all texts of a language, and what machines read. A file that the author has
    /// in the place of one of these stays the author's.
    fn collections(&mut self, volumes: &[Volume]) -> Result<()> {
        let options = self.site.options;
        let lists = [
            (options.llms, Collection::Markdown),
            (options.feeds, Collection::Feeds),
            (options.sitemap, Collection::Sitemap),
            (options.llms, Collection::Llms),
        ];
        let prints = volumes.iter().map(Collection::Print);
        let wanted: Vec<Collection<'_>> =
            prints.chain(lists.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, list)| list)).collect();
        for (collection, files) in wanted.iter().zip(in_parallel(&wanted, |wanted| Ok(self.collection(wanted)))?) {
            for (name, bytes) in files {
                if matches!(collection, Collection::Print(_)) {
                    self.add(name, bytes)?;
                } else {
                    self.yielding.insert(name.clone());
                    self.files.entry(name).or_insert(bytes);
                }
            }
        }
        Ok(())
    }

    fn collection(&self, collection: &Collection<'_>) -> Files {
        let (site, homes) = (self.site, &self.homes);
        let main = |path: &PagePath| self.mains.get(Path::new(path.chapter())).copied();
        match collection {
            Collection::Print(volume) => self.print(volume).into_iter().collect(),
            Collection::Markdown => {
                let page = |(path, text): (&PagePath, &String)| {
                    (path.chapter().to_owned(), markdown::page(site, path, site.name(path), text).into_bytes())
                };
                self.book.texts.iter().map(page).collect()
            }
            Collection::Feeds => feed::files(site, homes, &main),
            Collection::Sitemap => {
                let paths: Vec<PagePath> = self.mains.keys().filter_map(|path| PagePath::new(path, false)).collect();
                sitemap::files(site, homes, &paths)
            }
            Collection::Llms => llms::files(site),
        }
    }

    /// The page with all texts of a language, and its name.
    fn print(&self, volume: &Volume) -> Option<(String, Vec<u8>)> {
        let language = volume.language.as_ref()?;
        let shell = self.printed.prints.get(language)?;
        let text = printed_text(volume, &self.mains);
        let name = self.site.named("print", "html", language);
        let page = self.shell(shell, &text, &name, Some(language));
        Some((name, page.into_bytes()))
    }

    /// The page for addresses that do not exist, and those in the places of pages that have moved.
    fn not_found_and_moved(&mut self) -> Result<()> {
        let options = self.book.options;
        if let Some(raw) = &self.printed.not_found {
            let name = options.html.get_404_output_file();
            // Its links are from the site's root, which its `<base>` names.
            let page = self.shell(raw, page::text(raw), "404.html", None);
            // As with mdBook, which writes it last: a book may list its text as a chapter, too.
            self.files.insert(name, not_found::finish(&page, self.site).into_bytes());
        }
        for (name, page) in &self.printed.redirects {
            let to = options.moved.get(&format!("/{name}")).or_else(|| options.moved.get(name));
            let own =
                redirects::language(self.site, options.html.site_url.as_deref(), name, to.map_or("", String::as_str));
            let languages = own.map_or_else(|| self.site.languages.clone(), |language| vec![language.clone()]);
            let language = own.unwrap_or_else(|| self.site.default_language());
            self.yielding.insert(name.clone());
            let page = redirects::finish(page, Voice::of(self.site, &languages), language);
            self.add(name.clone(), page.into_bytes())?;
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
fn counterparts(site: &Site<'_>, mains: &BTreeMap<&Path, &str>) -> Result<BTreeMap<PagePath, Counterparts>> {
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
    Ok(in_parallel(&site.notebook.notes, of_note)?.into_iter().flatten().collect())
}

/// Our own style and script.
fn assets(options: &Options) -> (Files, Names) {
    let named = |name: &str, text: &str| match options.html.hash_files {
        true => hashed(name, text.as_bytes()),
        false => name.to_owned(),
    };
    let names = Names { style: named("bilingual-site.css", STYLE), script: named("bilingual-site.js", SCRIPT) };
    let files = [(names.style.clone(), STYLE), (names.script.clone(), SCRIPT)];
    (files.into_iter().map(|(name, text)| (name, text.as_bytes().to_vec())).collect(), names)
}

/// All texts of a volume behind each other.
fn printed_text(volume: &Volume, texts: &BTreeMap<&Path, &str>) -> String {
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
    let mut grouped = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        grouped.push_str("<div role=\"group\" class=\"language-switch");
        grouped.push_str(&piece.replacen(END, "</div>", 1));
    }
    grouped
}
