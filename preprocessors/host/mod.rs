//! What mdBook says when it starts us, and what can be known without it.
//!
//! Only what the suite needs is read, and leniently: mdBook's own types refuse a configuration with a key that a
//! newer mdBook added.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook::book::{Book, BookItem, Chapter};
use serde_json::Value;
use url::Url;

use crate::config::{self, BookToml, Config, KnownMessages, SiteConfig};
use crate::diagnostic::{Diagnostics, Message, Place};
use crate::files::{self, Lies, Unread, Worktree};
use crate::messages;
use crate::notebook::Notebook;
use crate::notebook::sightings::{SiteAddressFault, Unreadable};
use crate::parallel::Workers;
use crate::values::{Date, SourcePath};

mod address;
mod letter;
pub mod mirror;
pub mod outside;
pub mod pipe;
pub mod renderer;

pub use renderer::{Format, Renderer};

use letter::NOT_MDBOOK;

/// The messages that a book can replace.
pub const MESSAGES: KnownMessages =
    KnownMessages { all: messages::all, check: |name, text| messages::check(name, text).map_err(Into::into) };

/// The mdBook that the suite is made for, as Cargo writes requirements.
pub const MDBOOK: &str = "^0.5";

/// What mdBook takes from a theme, besides the folder of fonts.
pub const THEME_FILES: &[&str] = &[
    "index.hbs",
    "head.hbs",
    "redirect.hbs",
    "header.hbs",
    "toc.js.hbs",
    "toc.html.hbs",
    "book.js",
    "css/chrome.css",
    "css/general.css",
    "css/print.css",
    "css/variables.css",
    "highlight.js",
    "clipboard.min.js",
    "highlight.css",
    "tomorrow-night.css",
    "ayu-highlight.css",
    "favicon.png",
    "favicon.svg",
];

/// Where `install` puts the stylesheet, from the book's folder.
pub const STYLESHEET_PATH: &str = "theme/bilingual.css";

/// Whether a path in `book.toml` is that of the stylesheet, however it is written: `./theme/bilingual.css`, or a whole
/// path.
pub fn is_stylesheet(root: &Path, path: &str) -> bool {
    let path = Path::new(path);
    let plain = |path: &Path| {
        path.components().filter(|part| *part != Component::CurDir).eq(Path::new(STYLESHEET_PATH).components())
    };
    match path.is_absolute() {
        true => fs::canonicalize(root).is_ok_and(|root| path.strip_prefix(root).is_ok_and(plain)),
        false => plain(path),
    }
}

/// How deep chapters may be nested: mdBook sends each in three levels of JSON, and reads no more than 127 of our answer.
pub const DEEPEST_CHAPTER: usize = 41;

/// What to do about chapters that are nested deeper.
pub fn too_deep() -> Message {
    Message::new(
        format!("chapters are nested more than {DEEPEST_CHAPTER} deep, and mdBook hands no such book to its plugins"),
        "move some of them up in SUMMARY.md",
    )
}

/// The book that is being built, and for which renderer.
#[derive(Debug, Clone, PartialEq)]
#[allow(unpredictable_function_pointer_comparisons, reason = "only programs set them, and never for a renderer")]
pub struct Host {
    /// The folder of `book.toml`.
    pub root: PathBuf,
    /// The folder of the sources, relative to the root.
    pub source: PathBuf,
    /// The folder of the output, relative to the root.
    pub build: PathBuf,
    /// The version of the mdBook that runs us, when the suite was not made for it.
    pub unknown_mdbook: Option<String>,
    /// The renderer that will get the book; `None` when none will.
    pub renderer: Option<String>,
    /// The folder of mdBook's theme, relative to the root.
    pub theme: PathBuf,
    /// The renderers of the book.
    pub outputs: Vec<String>,
    /// The files that the renderer for browsers is told to publish besides, each with its key, relative to the root.
    pub additional: Vec<(&'static str, String)>,
    /// The page for addresses that do not exist, relative to the sources.
    pub page_404: Option<String>,
    /// Whether the book has a renderer for browsers, whichever renderer this is for: mdBook's own, or the site.
    pub has_html: bool,
    /// Where the options of HTML stand: those of mdBook's renderer, or those of the site.
    pub html: HtmlOptions,
    /// What the table of the site says besides these options.
    pub site: SiteConfig,
    /// The address at which the site is published.
    address: Result<Url, SiteAddressFault>,
    /// The book's title.
    pub title: Option<String>,
    /// The book's language, as its `book.toml` has it.
    pub language: Option<String>,
    /// Whether `README.md` becomes the index of its folder.
    pub index: bool,
    /// Whether mdBook's `links` runs behind us, and resolves what we write.
    pub links: bool,
    /// Whether mdBook's `links` runs at all, and puts files into pages.
    pub expands: bool,
    /// Whether it has run before us, so that we see the files that it puts into pages.
    pub expanded: bool,
    /// The repository's address, as the renderer for browsers is told.
    pub repository: Option<String>,
    /// The address of the button that edits a page, as the renderer for browsers is told.
    pub edit_template: Option<String>,
    /// Whether mdBook writes typographic quotation marks and dashes.
    pub smart_punctuation: bool,
    /// Whether mdBook shows callouts.
    pub callouts: bool,
    /// Whether mdBook reads definition lists, where the book says so.
    pub definition_lists: Option<bool>,
    /// The text of `SUMMARY.md`, when it was read.
    pub summary: Option<String>,
    /// Whether the content of chapters is what their files hold, and nobody had it in between.
    pub is_read: bool,
    /// What kept files from being read, when they were.
    pub unreadable: BTreeMap<SourcePath, Unreadable>,
    /// Whether mdBook makes a file for a chapter that has none, instead of stopping.
    pub makes_missing: bool,
    /// The files of chapters that are not there, when they were looked for.
    pub missing: BTreeSet<SourcePath>,
    /// Files that the source folder does not hold yet, and where they are.
    pub linked: BTreeMap<SourcePath, PathBuf>,
    /// Where its files lie, once one was read.
    worktree: Option<Box<Worktree>>,
    /// The day on which the book is looked at; `None` for everything that must not depend on it.
    pub today: Option<Date>,
    /// What our table says.
    pub config: Config,
    /// What is wrong in it, and in that of the site.
    pub findings: Diagnostics,
    /// What else there is to say of the book; its `silence` holds for that as well.
    pub besides: Option<fn(&Host, &Notebook, &mut Diagnostics)>,
    /// Who is told what is done next while the book is read, for somebody who waits for it.
    pub on_step: Option<fn(ReadingStep)>,
    /// How many of its notes are read at once.
    pub workers: Workers,
    /// The text of `book.toml`, for the places of messages.
    pub book_toml: BookToml,
}

/// The table with the options of HTML.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HtmlOptions {
    /// `[output.html]`.
    #[default]
    Html,
    /// `[output.bilingual-site.html]`.
    Site,
}

impl HtmlOptions {
    /// The tables that lead to it, and itself.
    #[must_use]
    pub fn path(self) -> &'static [&'static str] {
        match self {
            Self::Html => &["output", renderer::HTML],
            Self::Site => &["output", renderer::SITE, renderer::HTML],
        }
    }

    /// Its name, as it is written in brackets.
    #[must_use]
    pub fn name(self) -> String {
        self.path().join(".")
    }

    /// The place of one of its keys.
    #[must_use]
    pub fn place(self, key: &str, book_toml: &BookToml) -> Place {
        let path: Vec<&str> = self.path().iter().copied().chain([key]).collect();
        book_toml.place(&path)
    }

    /// The table that counts for a renderer. `mdbook serve` writes into `output.html` in any book.
    fn of(config: &Value, renderer: Option<&str>) -> Self {
        match renderer {
            Some(renderer::SITE) => Self::Site,
            Some(renderer::HTML) => Self::Html,
            _ => {
                let outputs = &config["output"];
                let is_site = outputs.get(renderer::SITE).is_some() && !has_html_table(outputs);
                if is_site { Self::Site } else { Self::Html }
            }
        }
    }

    /// What the configuration says in it.
    fn values(self, config: &Value) -> &Value {
        self.path().iter().fold(config, |table, name| &table[name])
    }
}

/// The keys that `mdbook serve` adds to `output.html`, whether the book has the table or not.
const SERVED: [&str; 2] = ["live-reload-endpoint", "site-url"];

/// Whether a book has mdBook's renderer for HTML beside others: a table for it, and not because of `mdbook serve`.
fn has_html_table(outputs: &Value) -> bool {
    let Some(html) = outputs.get(renderer::HTML) else { return false };
    let is_served = html.get(SERVED[0]).is_some();
    !is_served || html.as_object().is_none_or(|keys| keys.keys().any(|key| !SERVED.contains(&key.as_str())))
}

/// What takes its time when a book is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadingStep {
    /// The files of its notes are read.
    Notes,
    /// git is waited for.
    History,
    /// The older texts of translations are compared.
    Translations,
    /// What is odd is looked for.
    Checks,
}

impl Host {
    /// Says what is done next.
    pub(crate) fn begins(&self, step: ReadingStep) {
        if let Some(on_step) = self.on_step {
            on_step(step);
        }
    }

    /// Reads `book.toml` as text, unless it was read; without one, messages have no line.
    fn new(root: PathBuf, config: &Value, renderer: Option<String>, book_toml: Option<String>) -> Self {
        let book_toml = BookToml::new(book_toml.unwrap_or_else(|| Self::book_toml_in(&root)));
        let text = |table: &str, key: &str| config[table][key].as_str().map(str::to_owned);
        let defaults = config["build"]["use-default-preprocessors"].as_bool().unwrap_or(true);
        let preprocessor = &config["preprocessor"];
        let runs = |name: &str| defaults || preprocessor.get(name).is_some();
        let html_table = HtmlOptions::of(config, renderer.as_deref());
        let options = html_table.values(config);
        let html = |key: &str| options[key].as_str().map(str::to_owned);
        let outputs = outputs(&config["output"]);
        let names = |plugin: &str, key: &str, other: &str| {
            preprocessor[plugin][key].as_array().is_some_and(|names| names.iter().any(|name| name == other))
        };
        let mut findings = Diagnostics::default();
        let ours = config::read(preprocessor["bilingual"].as_object(), &book_toml, &MESSAGES, &mut findings);
        let site = config::read_site(config["output"][renderer::SITE].as_object(), &book_toml, &mut findings);
        Self {
            source: text("book", "src").unwrap_or_else(|| "src".to_owned()).into(),
            build: text("build", "build-dir").unwrap_or_else(|| "book".to_owned()).into(),
            unknown_mdbook: None,
            renderer,
            theme: html("theme").unwrap_or_else(|| "theme".to_owned()).into(),
            has_html: outputs.iter().any(|name| Renderer::named(name).for_browsers),
            html: html_table,
            site,
            address: address::of(HtmlOptions::Site.values(config)),
            outputs,
            additional: ["additional-css", "additional-js"].iter().flat_map(|key| named_files(options, key)).collect(),
            page_404: Some(html("input-404").unwrap_or_else(|| "404.md".to_owned())).filter(|file| !file.is_empty()),
            title: text("book", "title"),
            language: text("book", "language"),
            index: runs("index"),
            expands: runs("links"),
            expanded: runs("links") && runs_before(preprocessor, defaults, "links", "bilingual"),
            links: runs("links") && (names("bilingual", "before", "links") || names("links", "after", "bilingual")),
            repository: html("git-repository-url"),
            edit_template: html("edit-url-template"),
            summary: None,
            is_read: false,
            unreadable: BTreeMap::new(),
            makes_missing: config["build"]["create-missing"].as_bool().unwrap_or(true),
            missing: BTreeSet::new(),
            linked: BTreeMap::new(),
            worktree: None,
            today: None,
            smart_punctuation: options["smart-punctuation"].as_bool().unwrap_or(true),
            callouts: options["admonitions"].as_bool().unwrap_or(true),
            definition_lists: options["definition-lists"].as_bool(),
            config: ours,
            findings,
            besides: None,
            on_step: None,
            workers: Workers::all(),
            book_toml,
            root,
        }
    }

    /// Reads what mdBook writes to a preprocessor: `[context, book]`.
    ///
    /// # Errors
    /// Says what to do when this is not mdBook's JSON, or the JSON of an mdBook that the suite is not made for.
    pub fn from_mdbook(json: &str) -> Result<(Self, Book)> {
        letter::read(json)
    }

    /// What the context says that comes before the book.
    fn of_context(context: &Value) -> Result<Self> {
        let Some(version) = context["mdbook_version"].as_str() else { bail!(NOT_MDBOOK) };
        let is_known = is_known(version)?;
        let Some(root) = context["root"].as_str() else { bail!(NOT_MDBOOK) };
        let renderer = context["renderer"].as_str().map(str::to_owned);
        let mut host = Self::new(PathBuf::from(root), &context["config"], renderer, None);
        host.unknown_mdbook = (!is_known).then(|| version.to_owned());
        Ok(host)
    }

    /// Reads what an mdBook in this process hands to a preprocessor.
    ///
    /// # Errors
    /// When mdBook's configuration cannot be written as JSON.
    pub fn from_context(context: &mdbook::PreprocessorContext) -> Result<Self> {
        let config = serde_json::to_value(&context.config).context("mdBook's configuration")?;
        Ok(Self::new(context.root.clone(), &config, Some(context.renderer.clone()), None))
    }

    /// What mdBook sends to a renderer: the configuration, which the environment may have changed, and that of `book.toml`
    /// only for the places of messages: `book_toml` is its text, where it was read already.
    #[must_use]
    pub fn for_renderer(root: &Path, config: &Value, renderer: &str, book_toml: Option<String>) -> Self {
        Self::new(root.to_owned(), config, Some(renderer.to_owned()), book_toml)
    }

    /// The text of the `book.toml` in a folder; empty where it cannot be read, or leads out of the repository.
    #[must_use]
    pub fn book_toml_in(root: &Path) -> String {
        let path = root.join("book.toml");
        inside(root, &path).ok().and_then(|()| files::whole_text(&path).ok()).unwrap_or_default()
    }

    /// Loads a book from its folder, without an mdBook.
    ///
    /// # Errors
    /// Names the file that is missing or cannot be read, and what to do.
    pub fn load(root: &Path) -> Result<(Self, Book)> {
        let path = root.join("book.toml");
        inside(root, &path)?;
        let text = files::whole_text(&path).with_context(|| {
            format!("{} cannot be read; name the folder of a book, or run `mdbook init` there", path.display())
        })?;
        let mut host = Self::of_toml(root, &text).with_context(|| format!("{} is not valid TOML", path.display()))?;
        let book = host.listed()?;
        Ok((host, book))
    }

    /// Loads the chapters that `SUMMARY.md` lists. They are what their files hold, and not what preprocessors made of them.
    ///
    /// # Errors
    /// Names the file that is missing or cannot be read, and what to do.
    pub fn listed(&mut self) -> Result<Book> {
        let path = self.root.join(&self.source).join("SUMMARY.md");
        // What lies outside is reported with everything else, and not read.
        let summary = match outside::leads_out(self) {
            Some(_) => String::new(),
            None => files::whole_text(&path)
                .with_context(|| format!("{} cannot be read; every mdBook needs one", path.display()))?,
        };
        self.book(&summary)
            .with_context(|| format!("{} is not a table of contents that mdBook understands", path.display()))
    }

    /// What a `book.toml` says, without reading the book.
    ///
    /// # Errors
    /// When the text is not TOML.
    pub fn of_toml(root: &Path, text: &str) -> Result<Self> {
        let table: toml::Table = toml::from_str(text)?;
        let config = serde_json::to_value(table).context("book.toml")?;
        Ok(Self::new(root.to_owned(), &config, None, Some(text.to_owned())))
    }

    /// Loads the chapters that a table of contents lists.
    ///
    /// # Errors
    /// When mdBook does not understand it.
    pub fn book(&mut self, summary: &str) -> Result<Book> {
        self.summary = Some(summary.to_owned());
        let summary = mdbook_summary::parse_summary(summary)?;
        self.is_read = true;
        let mut book = Book::new();
        for link in summary.prefix_chapters.iter().chain(&summary.numbered_chapters).chain(&summary.suffix_chapters) {
            book.push_item(self.item(link, &[]));
        }
        Ok(book)
    }

    /// Where the file of a source is.
    #[must_use]
    pub fn path_of(&self, source: &SourcePath) -> PathBuf {
        if let Some(linked) = self.linked.get(source) {
            return linked.clone();
        }
        let place = self.root.join(&self.source).join(source.as_str());
        self.behind_text(source, &place).unwrap_or(place)
    }

    /// A chapter with the text of its file.
    pub fn chapter(&mut self, name: &str, path: &Path, above: &[String]) -> Chapter {
        let Some(source) = SourcePath::new(path) else {
            return Chapter::new(name, String::new(), path, above.to_vec());
        };
        let mut place = self.path_of(&source);
        let mut worktree = self.worktree.take().unwrap_or_else(|| Box::new(self.worktree()));
        let mut lies = worktree.lies(&place);
        if lies == Lies::Nowhere && !files::is_taken(&place) {
            // Where a backslash is a part of a name, mdBook finds this file, and our path has a slash there.
            place = self.root.join(&self.source).join(path);
            lies = worktree.lies(&place);
        }
        let is_outside = matches!(lies, Lies::Outside(_));
        self.worktree = Some(worktree);
        // It is reported, and not read.
        if is_outside {
            return Chapter::new(name, String::new(), path, above.to_vec());
        }
        let text = match files::text(&place) {
            Ok(text) => text,
            Err(Unread::Missing) => {
                self.missing.insert(source);
                String::new()
            }
            Err(Unread::Unreadable(why)) => {
                // mdBook reads texts of any size.
                let is_large = place.metadata().is_ok_and(|it| it.is_file() && it.len() > files::LARGEST_TEXT);
                self.unreadable.insert(source, Unreadable { why, stops: !is_large });
                String::new()
            }
        };
        Chapter::new(name, text, path, above.to_vec())
    }

    fn item(&mut self, item: &mdbook_summary::SummaryItem, above: &[String]) -> BookItem {
        match item {
            mdbook_summary::SummaryItem::Link(link) => {
                let mut chapter = match &link.location {
                    Some(path) => self.chapter(&link.name, path, above),
                    None => Chapter::new_draft(&link.name, above.to_vec()),
                };
                chapter.number.clone_from(&link.number);
                let below: Vec<String> = above.iter().cloned().chain([link.name.clone()]).collect();
                chapter.sub_items = link.nested_items.iter().map(|item| self.item(item, &below)).collect();
                BookItem::Chapter(chapter)
            }
            mdbook_summary::SummaryItem::PartTitle(title) => BookItem::PartTitle(title.clone()),
            _ => BookItem::Separator,
        }
    }

    /// The folders that renderers write into, relative to the root; each has its own where there are several.
    #[must_use]
    pub fn build_dirs(&self) -> Vec<PathBuf> {
        match self.outputs.as_slice() {
            [] | [_] => vec![self.build.clone()],
            several => several.iter().map(|name| self.build.join(name)).collect(),
        }
    }

    /// Whether `book.toml` itself names the folder of the output, and nobody another one on a command line.
    #[must_use]
    pub fn names_build_dir(&self) -> bool {
        let table = self.book_toml.text().trim_start_matches('\u{feff}').parse::<toml::Table>();
        let named = table.ok().and_then(|table| table.get("build")?.get("build-dir")?.as_str().map(PathBuf::from));
        named.is_some_and(|named| named == self.build)
    }

    /// The folder that the sources mirror with links, relative to the root.
    #[must_use]
    pub fn notes(&self) -> Option<&Path> {
        self.config.notes.as_ref().map(|notes| notes.value.as_path())
    }

    /// What lies in the book's repository.
    pub(crate) fn worktree(&self) -> Worktree {
        Worktree::new(&self.root, &self.source, self.notes())
    }

    /// Whether a renderer of the book shows HTML.
    #[must_use]
    pub fn shows_html(&self) -> bool {
        self.outputs.iter().any(|name| Renderer::named(name).format == Format::Html)
    }

    /// What the pages are written in; without a renderer, as for a browser.
    #[must_use]
    pub fn format(&self) -> Format {
        self.renderer.as_deref().map_or(Format::Html, |name| Renderer::named(name).format)
    }

    /// Whether `mdbook-bilingual-site` gets the book; without a renderer, whether it alone will show it in browsers.
    #[must_use]
    pub fn is_for_site(&self) -> bool {
        self.renderer.as_deref().map_or(self.html == HtmlOptions::Site, |name| name == renderer::SITE)
    }

    /// Whether pages have a button that leads to their file; without a renderer, whether those for browsers would.
    #[must_use]
    pub fn has_edit_button(&self) -> bool {
        self.edit_template.is_some() && self.renderer.as_deref().is_none_or(|name| Renderer::named(name).edit_button)
    }

    /// Whether readers will see the pages in a browser; without a renderer, whether those of one of its renderers will be.
    #[must_use]
    pub fn is_for_browsers(&self) -> bool {
        self.renderer.as_deref().map_or(self.has_html, |name| Renderer::named(name).for_browsers)
    }

    /// The folder of the sources, relative to the book's root, with a slash at its end; empty for the root itself.
    #[must_use]
    pub fn source_folder(&self) -> String {
        let folder: Vec<_> = self
            .source
            .components()
            .filter_map(|component| match component {
                std::path::Component::CurDir => None,
                other => other.as_os_str().to_str(),
            })
            .collect();
        if folder.is_empty() { String::new() } else { format!("{}/", folder.join("/")) }
    }
}

/// The files that a key names, each with the key.
fn named_files(table: &Value, key: &'static str) -> Vec<(&'static str, String)> {
    let files = table[key].as_array().into_iter().flatten().filter_map(Value::as_str);
    files.map(|file| (key, file.to_owned())).collect()
}

/// The renderers that a book has. Without any table for one it has mdBook's own.
fn outputs(tables: &Value) -> Vec<String> {
    let is_one =
        |name: &&String| *name != renderer::HTML || tables.get(renderer::SITE).is_none() || has_html_table(tables);
    match tables.as_object() {
        Some(outputs) if !outputs.is_empty() => outputs.keys().filter(is_one).cloned().collect(),
        _ => vec![renderer::HTML.to_owned()],
    }
}

/// Whether one preprocessor runs before another, in the order that mdBook gives them: those that wait for nobody, by
/// their names, then those that wait for these, and so on.
fn runs_before(tables: &Value, defaults: bool, one: &str, other: &str) -> bool {
    let defaults: &[&str] = if defaults { &["index", "links"] } else { &[] };
    let mut waiting: BTreeSet<&str> = defaults.iter().copied().collect();
    waiting.extend(tables.as_object().into_iter().flat_map(|tables| tables.keys().map(String::as_str)));
    let names = |name: &str, key: &str| {
        let names = tables[name][key].as_array().into_iter().flatten();
        names.filter_map(Value::as_str).map(str::to_owned).collect::<BTreeSet<String>>()
    };
    let waits: BTreeMap<&str, BTreeSet<String>> = waiting
        .iter()
        .map(|name| {
            let before = waiting.iter().filter(|other| names(other, "before").contains(*name));
            (*name, names(name, "after").into_iter().chain(before.map(|other| (*other).to_owned())).collect())
        })
        .collect();
    while !waiting.is_empty() {
        let ready: Vec<&str> =
            waiting.iter().filter(|name| !waiting.iter().any(|other| waits[*name].contains(*other))).copied().collect();
        match ready.iter().find(|name| **name == one || **name == other) {
            Some(first) => return *first == one,
            // mdBook refuses a circle.
            None if ready.is_empty() => return false,
            None => waiting.retain(|name| !ready.contains(name)),
        }
    }
    false
}

/// Refuses a file of the book that lies outside of the repository of the book in `root`.
///
/// # Errors
/// Names where it leads, and what to do.
pub fn inside(root: &Path, file: &Path) -> Result<()> {
    if let Lies::Outside(target) = Worktree::at(root).lies(file) {
        bail!(
            "{} leads to {}, outside of the book's repository, where nothing is read or written; put the file itself there",
            file.display(),
            target.display()
        );
    }
    Ok(())
}

/// Refuses an mdBook whose books we cannot read, and says whether we know it.
fn is_known(version: &str) -> Result<bool> {
    let Ok(parsed) = semver::Version::parse(version) else {
        bail!("mdBook calls itself {version}, which is no version; install mdBook 0.5 with `cargo install mdbook`");
    };
    if parsed < semver::Version::new(0, 5, 0) && parsed.pre.is_empty() {
        bail!(
            "this is mdBook {version}, and mdbook-bilingual needs mdBook 0.5; install it with `cargo install mdbook`"
        );
    }
    let wanted = semver::VersionReq::parse(MDBOOK).expect("a requirement");
    Ok(wanted.matches(&parsed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for good in ["0.5.0", "0.5.4", "0.5.99"] {
            assert!(is_known(good).unwrap());
        }
        assert!(!is_known("0.6.0").unwrap());
        assert!(is_known("0.4.52").unwrap_err().to_string().contains("needs mdBook 0.5"));
        assert!(is_known("new").is_err());
    }

    #[test]
    fn links_runs_behind_us_only_when_somebody_says_so() {
        let host = |toml: &str| {
            let config = serde_json::to_value(toml::from_str::<toml::Table>(toml).unwrap()).unwrap();
            Host::new(PathBuf::from("/nowhere"), &config, None, None)
        };
        assert!(host("[preprocessor.bilingual]\nbefore = [\"links\"]").links);
        assert!(host("[preprocessor.links]\nafter = [\"bilingual\"]\n[preprocessor.bilingual]").links);
        assert!(!host("[preprocessor.bilingual]\nafter = [\"index\"]").links);
        assert!(
            !host("[build]\nuse-default-preprocessors = false\n[preprocessor.bilingual]\nbefore = [\"links\"]").links
        );
    }

    #[test]
    fn links_has_run_before_us_where_mdbook_says_so() {
        let expanded = |toml: &str| {
            let config = serde_json::to_value(toml::from_str::<toml::Table>(toml).unwrap()).unwrap();
            Host::new(PathBuf::from("/nowhere"), &config, None, None).expanded
        };
        for toml in [
            "[preprocessor.bilingual]\nafter = [\"links\"]",
            "[preprocessor.bilingual]\nafter = [\"index\", \"links\"]",
            "[preprocessor.links]\nbefore = [\"bilingual\"]\n[preprocessor.bilingual]",
            // It waits for one that `links` does not wait for.
            "[preprocessor.bilingual]\nafter = [\"index\"]",
            // In a circle of others.
            "[preprocessor.other]\nafter = [\"links\"]\n[preprocessor.bilingual]\nafter = [\"other\"]",
        ] {
            assert!(expanded(toml), "{toml}");
        }
        for toml in [
            "[preprocessor.bilingual]",
            "[preprocessor.bilingual]\nafter = [\"index\"]\nbefore = [\"links\"]",
            "[preprocessor.links]\nafter = [\"bilingual\"]\n[preprocessor.bilingual]\nafter = [\"index\"]",
            "[preprocessor.bilingual]\nafter = [\"links\"]\nbefore = [\"links\"]",
            "[build]\nuse-default-preprocessors = false\n[preprocessor.bilingual]\nafter = [\"links\"]",
        ] {
            assert!(!expanded(toml), "{toml}");
        }
    }
    fn host_of(toml: &str, renderer: Option<&str>) -> Host {
        let config = serde_json::to_value(toml::from_str::<toml::Table>(toml).unwrap()).unwrap();
        Host::new(PathBuf::from("/nowhere"), &config, renderer.map(str::to_owned), None)
    }

    #[test]
    fn the_options_of_html_are_those_of_the_renderer() {
        let site = "[output.bilingual-site.html]\ntheme = \"site\"\n";
        let both = "[output.html]\ntheme = \"own\"\n[output.bilingual-site.html]\ntheme = \"site\"\n";
        // What `mdbook serve` makes of the first.
        let served = "[output.html]\nlive-reload-endpoint = \"x\"\nsite-url = \"/\"\n[output.bilingual-site.html]\ntheme = \"site\"\n";
        for (toml, renderer, theme, is_for_site) in [
            (site, None, "site", true),
            (site, Some("bilingual-site"), "site", true),
            (site, Some("epub"), "site", false),
            (both, None, "own", false),
            (both, Some("html"), "own", false),
            (both, Some("bilingual-site"), "site", true),
            (served, Some("bilingual-site"), "site", true),
            ("", Some("html"), "theme", false),
        ] {
            let host = host_of(toml, renderer);
            assert_eq!((host.theme.to_str(), host.is_for_site()), (Some(theme), is_for_site), "{toml} {renderer:?}");
            assert!(host.has_html && host.shows_html(), "{toml}");
        }
        assert!(host_of(site, None).is_for_browsers() && !host_of(site, Some("epub")).is_for_browsers());
        assert_eq!(host_of(served, Some("bilingual-site")).build_dirs(), [PathBuf::from("book")]);
        assert_eq!(host_of(both, None).build_dirs().len(), 2);
    }

    #[test]
    fn a_renderer_reads_the_chapters_as_their_files_are() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("notes")).unwrap();
        fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"In the file\"\n").unwrap();
        fs::write(folder.path().join("notes/SUMMARY.md"), "- [A](a.md)\n").unwrap();
        fs::write(folder.path().join("notes/a.md"), "---\nstatus: draft\n---\n\n# A\n").unwrap();
        let config = serde_json::json!({"book": {"title": "Sent", "src": "notes"}, "output": {"bilingual-site": {"feeds": false}}});
        let mut host = Host::for_renderer(folder.path(), &config, "bilingual-site", None);
        let book = host.listed().unwrap();
        assert_eq!((host.title.as_deref(), host.site.feeds, host.is_for_site()), (Some("Sent"), false, true));
        let chapters: Vec<&str> = book.chapters().map(|chapter| chapter.content.as_str()).collect();
        assert_eq!(chapters, ["---\nstatus: draft\n---\n\n# A\n"]);
        fs::remove_file(folder.path().join("notes/SUMMARY.md")).unwrap();
        let error = Host::for_renderer(folder.path(), &config, "bilingual-site", None).listed().unwrap_err();
        assert!(error.to_string().ends_with("cannot be read; every mdBook needs one"), "{error}");
    }
}
