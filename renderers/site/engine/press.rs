//! What the pages of one volume are made of: a theme in its language, and the configuration that mdBook is told.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use mdbook_bilingual_core::config::SearchEngine;
use mdbook_bilingual_core::values::Language;
use mdbook_renderer::book::{Book, BookItem, Chapter};
use mdbook_renderer::config::{Config, TextDirection};
use tempfile::TempDir;

use super::call::{Stand, Written, copy_additional, scratch};
use super::callouts;
use super::kept::{self, Key};
use super::lifted::Lifted;
use super::theme::{self, BookTheme, Finished, Names};
use super::words::{self, Voice};
use super::{Engine, Printed, Sheet, address};
use crate::output;
use crate::split::{Leaf, Volume};

/// The chapter of which pages without a text are made: print pages, and the one for addresses that do not exist.
const SHELL: &str = "bilingual-site-shell.md";

/// A volume on its way.
pub(super) struct Press<'v> {
    pub(super) volume: &'v Volume<'v>,
    /// A hash of all that its pages have in common.
    pub(super) shared: Key,
    /// What the book's own theme lacks.
    pub(super) lacking: Vec<String>,
    /// Whether the author's template lists the chapters.
    pub(super) lists_chapters: bool,
    /// The titles of its callouts.
    callouts: Vec<String>,
    /// The whole template of its pages, and what it lacks while mdBook renders.
    index: String,
    lifted: Arc<Lifted>,
    stand: Stand,
    /// The folder of the stand, which goes when this is dropped.
    _folder: TempDir,
}

/// What mdBook wrote before the pages of a volume.
pub(super) struct Begun {
    files: Vec<(String, Vec<u8>)>,
    /// What the book's own theme lacks.
    lacking: Vec<String>,
}

/// The pages of a few chapters.
#[derive(Default)]
pub(super) struct Pages {
    /// Each by its chapter's path.
    pub(super) pages: Vec<(PathBuf, Sheet<'static>)>,
    /// The first page of the book once more, as the site's root.
    pub(super) index: Option<Sheet<'static>>,
    /// The pages of the volume that have no text yet.
    pub(super) shells: Shells,
}

/// The pages of a volume that have no text yet.
#[derive(Default)]
pub(super) struct Shells {
    /// Around all of its texts.
    pub(super) print: Option<(Language, String)>,
    /// For addresses that do not exist.
    pub(super) not_found: Option<String>,
    /// In the places of pages that have moved.
    pub(super) redirects: Vec<(String, String)>,
}

impl Press<'_> {
    /// What mdBook is given to make these pages, and a page without a text for no pages.
    fn items(&self, leaves: &[Leaf<'_>]) -> Vec<BookItem> {
        let texts = || leaves.iter().map(|leaf| (leaf.path(), leaf.text)).collect();
        let items = if self.lists_chapters { filled(&self.volume.contents, &texts()) } else { with_neighbours(leaves) };
        match items.is_empty() {
            true => vec![Chapter::new("", String::new(), SHELL, Vec::new()).into()],
            false => items,
        }
    }

    /// A page as mdBook made it.
    pub(super) fn sheet<'k>(&self, text: Cow<'k, str>) -> Sheet<'k> {
        Sheet { text, lifted: Arc::clone(&self.lifted) }
    }

    /// A page as its whole template makes it.
    fn page(&self, written: &Written, name: impl AsRef<Path>) -> Result<String> {
        Ok(self.lifted.restored(&written.text(name)?))
    }
}

impl Engine<'_> {
    /// Renders what all pages of a volume name: its table of contents, its search, and, for the first volume, styles and
    /// scripts.
    pub(super) fn begin(&self, place: &Path, volume: &Volume<'_>, theme: &BookTheme, is_first: bool) -> Result<Begun> {
        let folder = scratch(place)?;
        let root = self.root_in(folder.path());
        let mut config = self.config(volume)?;
        let mut lacking = Vec::new();
        if is_first {
            lacking = theme.write_whole(self.voice(volume), &root.join("theme"))?;
        } else {
            theme.write_contents(&self.options.html, &root.join("theme"))?;
            config.set("output.html.hash-files", false)?;
        }
        let has_search = self.options.search == Some(SearchEngine::Mdbook) && volume.language.is_some();
        config.set("output.html.search.enable", has_search)?;
        if has_search {
            let book = Book::new_with_items(volume.contents.clone());
            let told = self
                .options
                .chapters_searched(&book)
                .into_iter()
                .map(|(path, enable)| (path, BTreeMap::from([("enable", enable)])));
            config.set("output.html.search.chapter", told.collect::<BTreeMap<_, _>>())?;
        }
        self.furnish(&root)?;
        let stand = Stand { root, place: place.to_owned(), config };
        let texts: HashMap<&Path, &str> = self.texts(has_search);
        let written = stand.begin(filled(&volume.contents, &texts), self.titles)?;
        Ok(Begun { files: written.files()?, lacking })
    }

    /// Gives the files that were written at the beginning their names. `resources` are the names of styles and scripts;
    /// `None` for the first volume, which brings them.
    pub(super) fn name(
        &self,
        volume: &Volume<'_>,
        begun: Begun,
        resources: Option<BTreeMap<String, String>>,
        printed: &mut Printed<'_>,
    ) -> Result<Names> {
        printed.lack(&begun.lacking);
        let is_first = resources.is_none();
        let mut names = Names { resources: resources.unwrap_or_default(), ..Names::default() };
        for (name, bytes) in begun.files {
            self.name_one(volume, &name, bytes, is_first, &mut names, printed)?;
        }
        Ok(names)
    }

    /// Gives a file that was written at the beginning its name.
    fn name_one(
        &self,
        volume: &Volume<'_>,
        name: &str,
        bytes: Vec<u8>,
        is_first: bool,
        names: &mut Names,
        printed: &mut Printed<'_>,
    ) -> Result<()> {
        let plain = if is_first && self.options.html.hash_files { unhashed(name) } else { name.to_owned() };
        match plain.as_str() {
            // Pages, which other calls make.
            "index.html" | "print.html" => {}
            "toc.html" => {
                let text = String::from_utf8(bytes).context("mdBook's toc.html")?;
                let text = if is_first { text } else { with_resources(&text, &names.resources) };
                names.contents = self.name_for(volume, "toc", "html");
                printed.files.insert(names.contents.clone(), self.in_languages(&text, volume).into_bytes());
            }
            "toc.js" => {
                let text = String::from_utf8(bytes).context("mdBook's toc.js")?;
                let bytes = self.in_languages(&text, volume).into_bytes();
                self.publish(volume, "toc.js", bytes, names, printed);
            }
            "searcher.js" => {
                let text = String::from_utf8(bytes).context("mdBook's searcher.js")?;
                let (text, missing) = words::translate_searcher(&text, self.site);
                let lacking = |word| format!("mdBook's searcher.js has no “{word}”, which stays as it is there");
                printed.lack(&missing.iter().map(lacking).collect::<Vec<_>>());
                self.publish(volume, "searcher.js", text.into_bytes(), names, printed);
            }
            "searchindex.js" => self.publish(volume, "searchindex.js", bytes, names, printed),
            _ if is_first => {
                if plain != name {
                    names.resources.insert(plain, name.to_owned());
                }
                printed.files.insert(name.to_owned(), bytes);
            }
            _ => {}
        }
        Ok(())
    }

    /// Publishes a script of a language. Where a server shows the site, its name stays: each page names it, and would be
    /// another page with each word that the search learns.
    fn publish(&self, volume: &Volume<'_>, name: &str, bytes: Vec<u8>, names: &mut Names, printed: &mut Printed<'_>) {
        let stem = name.strip_suffix(".js").unwrap_or(name);
        let own = self.name_for(volume, stem, "js");
        let own = match self.options.html.hash_files && !self.options.is_served {
            true => output::hashed(&own, &bytes),
            false => own,
        };
        names.resources.insert(name.to_owned(), own.clone());
        printed.files.insert(own, bytes);
    }

    /// The name of a file that each volume has.
    fn name_for(&self, volume: &Volume<'_>, stem: &str, extension: &str) -> String {
        match &volume.language {
            Some(language) => self.site.named(stem, extension, language),
            None => format!("{stem}-all.{extension}"),
        }
    }

    /// Prepares the pages of a volume.
    pub(super) fn press<'v>(
        &self,
        place: &Path,
        volume: &'v Volume<'v>,
        theme: &BookTheme,
        names: &Names,
    ) -> Result<Press<'v>> {
        let folder = scratch(place)?;
        let root = self.root_in(folder.path());
        let voice = self.voice(volume);
        let mut names = names.clone();
        let reader = volume.language.as_ref().unwrap_or_else(|| self.site.default_language());
        names.print = self.site.named("print", "html", reader);
        // As the pass has it: a page of no language speaks the first within its text.
        let speaker = if volume.language.is_some() { voice } else { Voice::of(self.site, &self.site.languages[..1]) };
        let callouts = callouts::titles(speaker);
        let Finished { lacking, index, lifted } =
            theme.write_pages(voice, &callouts, &names, &self.options.html, &root.join("theme"))?;
        std::fs::create_dir_all(root.join(self.source()))?;
        let mut config = self.config(volume)?;
        for (key, value) in [("hash-files", false), ("search.enable", false), ("print.enable", false)] {
            config.set(format!("output.html.{key}"), value)?;
        }
        config.set("output.html.input-404", "")?;
        for (key, files) in [("css", &self.options.html.additional_css), ("js", &self.options.html.additional_js)] {
            let named = named(files, &names.resources);
            // The files are there already; mdBook wants to copy what it names.
            for file in &named {
                theme::write(&root.join(file), b"")?;
            }
            config.set(format!("output.html.additional-{key}"), named)?;
        }
        let mut texts = vec![serde_json::to_vec(&config)?];
        let lists_chapters = theme.lists_chapters();
        if lists_chapters {
            texts.push(serde_json::to_vec(&volume.contents)?);
        }
        for name in ["index.hbs", "head.hbs", "header.hbs"] {
            texts.push(std::fs::read(root.join("theme").join(name))?);
        }
        texts.extend(callouts.iter().map(String::as_str).chain(lifted.texts()).map(|text| text.as_bytes().to_vec()));
        let shared = kept::shared(texts.iter().map(Vec::as_slice));
        let stand = Stand { root, place: place.to_owned(), config };
        Ok(Press {
            volume,
            shared,
            lacking,
            lists_chapters,
            callouts,
            index,
            lifted: Arc::new(lifted),
            stand,
            _folder: folder,
        })
    }

    /// Renders pages with their neighbours, which come without texts; `with_shells` also the pages of the volume that have
    /// no text yet.
    pub(super) fn pages(&self, press: &Press<'_>, leaves: &[Leaf<'_>], with_shells: bool) -> Result<Pages> {
        let mut config = press.stand.config.clone();
        let has_moved = with_shells && press.volume.language.is_none();
        config.set("output.html.redirect", self.redirects(leaves, has_moved))?;
        if with_shells {
            self.ask_for_shells(press, &mut config)?;
        }
        let stand = Stand { config, ..press.stand.clone() };
        let written = stand.render(press.items(leaves), self.titles).or_else(|_| {
            // What mdBook says of a template is said of the whole one: its author knows those lines.
            theme::write(&stand.root.join("theme/index.hbs"), press.index.as_bytes())?;
            stand.render(press.items(leaves), self.titles)
        })?;
        let text = |name: &Path| -> Result<Sheet<'static>> {
            let text = callouts::translate(&written.text(name)?, &press.callouts).into_owned();
            Ok(press.sheet(Cow::Owned(text)))
        };
        let mut pages = Pages::default();
        for leaf in leaves {
            pages.pages.push((leaf.path().to_owned(), text(&leaf.path().with_extension("html"))?));
            if self.first.as_deref() == Some(leaf.path()) {
                pages.index = Some(text(Path::new("index.html"))?);
            }
        }
        if with_shells {
            pages.shells = self.shells(press, &written)?;
        }
        Ok(pages)
    }

    /// What mdBook is told to redirect when it makes these pages. Places in other pages it would take for pages that are no
    /// longer there, and lead nowhere.
    fn redirects(&self, leaves: &[Leaf<'_>], has_moved: bool) -> BTreeMap<&String, &String> {
        let pages: HashSet<String> = leaves.iter().map(|leaf| address(&leaf.path().with_extension("html"))).collect();
        let page = |from: &str| from.split('#').next().unwrap_or(from).trim_start_matches('/').to_owned();
        let turns = self.options.turns.iter().filter(|(from, _)| pages.contains(&page(from)));
        let moved = self.options.moved.iter().filter(|(from, _)| has_moved && !self.is_there(&page(from)));
        turns.chain(moved).collect()
    }

    /// Whether the site has a page of this name that is no chapter. mdBook writes no redirect in the place of one.
    fn is_there(&self, name: &str) -> bool {
        let each = |stem: &str| self.site.languages.iter().any(|own| self.site.named(stem, "html", own) == name);
        (name == "index.html" && self.first.is_some())
            || (self.not_found.is_some() && name == self.options.html.get_404_output_file())
            || (self.options.html.print.enable && each("print"))
            || each("toc")
            || name == "toc-all.html"
    }

    /// Tells mdBook to write the pages that have no text yet: for a language the one that is printed, and for none the
    /// one for addresses that do not exist, and those in the places of pages that have moved.
    fn ask_for_shells(&self, press: &Press<'_>, config: &mut Config) -> Result<()> {
        if press.volume.language.is_some() {
            config.set("output.html.print.enable", self.options.html.print.enable)?;
            return Ok(());
        }
        if let Some(text) = &self.not_found {
            theme::write(&press.stand.root.join(self.source()).join("404.md"), text.as_bytes())?;
            config.set("output.html.input-404", "404.md")?;
        }
        Ok(())
    }

    /// Those pages.
    fn shells(&self, press: &Press<'_>, written: &Written) -> Result<Shells> {
        let mut shells = Shells::default();
        if let Some(language) = &press.volume.language {
            if self.options.html.print.enable {
                shells.print = Some((language.clone(), press.page(written, "print.html")?));
            }
            return Ok(shells);
        }
        if self.not_found.is_some() {
            shells.not_found = Some(press.page(written, "404.html")?);
        }
        let names =
            self.options.moved.keys().filter(|from| !from.contains('#')).map(|from| from.trim_start_matches('/'));
        for name in names.filter(|name| !self.is_there(name)) {
            shells.redirects.push((name.to_owned(), written.text(name)?));
        }
        Ok(shells)
    }

    fn voice(&self, volume: &Volume<'_>) -> Voice<'_> {
        let languages = &self.site.languages;
        let at = volume.language.as_ref().and_then(|own| languages.iter().position(|language| language == own));
        Voice::of(self.site, at.map_or(languages, |at| &languages[at..=at]))
    }

    /// What mdBook is told of a volume.
    fn config(&self, volume: &Volume<'_>) -> Result<Config> {
        let mut config = self.context.config.clone();
        config.set("output.html", &self.options.table)?;
        config.set("output.html.theme", "theme")?;
        config.set("output.html.redirect", &self.options.turns)?;
        config.set("output.html.input-404", "")?;
        config.book.src = self.source();
        let language = volume.language.as_ref().unwrap_or_else(|| self.site.default_language());
        if volume.language.is_some() {
            config.book.title = self.site.title_in(language).map(str::to_owned);
            config.book.description = self.site.description_in(language).map(str::to_owned);
        }
        if config.book.text_direction.is_none() || language != self.site.default_language() {
            let is_left = language.is_right_to_left();
            config.book.text_direction =
                Some(if is_left { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
        }
        config.book.language = Some(language.tag().to_owned());
        Ok(config)
    }

    /// The folder of the sources, which the links that edit a page name; one that begins at the root of the system is not
    /// made here.
    fn source(&self) -> PathBuf {
        let own = &self.context.config.book.src;
        let is_at_root = own.components().any(|part| matches!(part, Component::Prefix(_) | Component::RootDir));
        if is_at_root { PathBuf::from("src") } else { own.clone() }
    }

    /// The root of a book in a folder of its own: so deep that sources beside the book's folder are in that one, too.
    fn root_in(&self, folder: &Path) -> PathBuf {
        let up = self.source().components().filter(|part| *part == Component::ParentDir).count();
        (0..up).fold(folder.to_owned(), |root, _| root.join("book"))
    }

    /// Puts into the folder of a stand what mdBook looks for.
    fn furnish(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder.join(self.source()))?;
        copy_additional(&self.options.html.additional_css, &self.context.root, folder)?;
        copy_additional(&self.options.html.additional_js, &self.context.root, folder)
    }

    /// The texts of all chapters, where mdBook makes its search of them.
    fn texts(&self, has_search: bool) -> HashMap<&Path, &str> {
        let chapters = self.context.book.chapters().filter(|_| has_search);
        chapters.filter_map(|chapter| Some((chapter.path.as_deref()?, &*chapter.content))).collect()
    }

    /// A table of contents in which every entry names its language, where that is not the one of the table; so does the
    /// title of a part whose entries are all in one.
    fn in_languages(&self, text: &str, volume: &Volume<'_>) -> String {
        const PART: &str = "<li class=\"part-title\"";
        const LINK: &str = "<a href=\"";
        let own = volume.language.as_ref().unwrap_or_else(|| self.site.default_language());
        let language_of = |link: &str| self.languages.get(link.split('"').next().unwrap_or_default());
        let mut out = String::with_capacity(text.len());
        for (at, part) in text.split(PART).enumerate() {
            let mut links = part.split(LINK);
            let title = links.next().unwrap_or_default();
            if at > 0 {
                let mut entries = links.clone().map(language_of);
                let first = entries.next().flatten().filter(|first| entries.all(|other| other == Some(*first)));
                out.push_str(PART);
                out.push_str(&first.map_or_else(String::new, |first| attributes(first, own)));
            }
            out.push_str(title);
            for link in links {
                let said = language_of(link).map_or_else(String::new, |language| attributes(language, own));
                out.push_str(&format!("<a{said} href=\"{link}"));
            }
        }
        out
    }
}

/// What an element in one language says within one in another, with a space before it.
fn attributes(language: &Language, around: &Language) -> String {
    if language == around {
        return String::new();
    }
    let direction = match (language.is_right_to_left(), around.is_right_to_left()) {
        (true, false) => " dir=\"rtl\"",
        (false, true) => " dir=\"ltr\"",
        _ => "",
    };
    format!(" lang=\"{}\"{direction}", language.tag())
}

/// Chapters between those before and behind them, as a book. Where they do not follow each other, each has its own.
fn with_neighbours(leaves: &[Leaf<'_>]) -> Vec<BookItem> {
    let mut items: Vec<BookItem> = Vec::new();
    let mut last: Option<&Path> = None;
    for (at, leaf) in leaves.iter().enumerate() {
        let previous = leaf.previous.as_ref().filter(|previous| previous.path.as_deref() != last);
        items.extend(previous.cloned().map(flat));
        items.push(flat(Chapter { content: leaf.text.to_owned(), ..leaf.chapter.clone() }));
        last = Some(leaf.path());
        // They are in the order of the book, so what follows one is the next of them or none.
        let follows = leaves.get(at + 1).and_then(|other| other.chapter.path.as_deref());
        if let Some(next) = leaf.next.as_ref().filter(|next| next.path.as_deref() != follows) {
            items.push(flat(next.clone()));
            last = next.path.as_deref();
        }
    }
    items
}

/// A chapter by itself.
fn flat(mut chapter: Chapter) -> BookItem {
    chapter.sub_items.clear();
    chapter.into()
}

/// A table of contents with texts.
fn filled(items: &[BookItem], texts: &HashMap<&Path, &str>) -> Vec<BookItem> {
    let mut items = items.to_vec();
    for item in &mut items {
        let BookItem::Chapter(chapter) = item else { continue };
        let text = chapter.path.as_deref().and_then(|path| texts.get(path));
        chapter.content = text.map_or_else(String::new, |text| (*text).to_owned());
        chapter.sub_items = filled(&chapter.sub_items, texts);
    }
    items
}

/// The name of a file without the hash that mdBook puts before its suffix: `css/general-0123abcd.css`.
fn unhashed(name: &str) -> String {
    let Some((stem, suffix)) = name.split_once('.') else { return name.to_owned() };
    match stem.rsplit_once('-') {
        Some((plain, hash)) if hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()) => {
            format!("{plain}.{suffix}")
        }
        _ => name.to_owned(),
    }
}

/// The author's styles or scripts by the names that they have on the site.
fn named(files: &[PathBuf], resources: &BTreeMap<String, String>) -> Vec<String> {
    let plain = files.iter().map(|file| file.to_string_lossy().into_owned());
    plain.map(|name| resources.get(&name).cloned().unwrap_or(name)).collect()
}

/// A page that names styles by the names in the theme, with those of the files.
fn with_resources(text: &str, resources: &BTreeMap<String, String>) -> String {
    let named = resources.iter().map(|(from, to)| (format!("\"{from}\""), format!("\"{to}\"")));
    named.fold(text.to_owned(), |text, (from, to)| text.replace(&from, &to))
}
