//! What is published: the languages of a book, what each page is, and where it will be.

use std::collections::BTreeMap;

use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::config::{Config, SiteConfig};
use mdbook_bilingual_core::messages::Messages;
use mdbook_bilingual_core::notebook::{Edition, Note, Notebook, Page};
use mdbook_bilingual_core::values::{Language, PagePath};
use mdbook_renderer::config::BookConfig;
use url::Url;

/// A book as it is published.
pub struct Site<'a> {
    /// The book.
    pub notebook: &'a Notebook,
    /// What it chose.
    pub config: &'a Config,
    /// What readers are told.
    pub messages: Messages,
    /// Its languages in the order in which they are shown; the first is the default.
    pub languages: Vec<Language>,
    /// The book's title in `[book]`.
    pub title: Option<String>,
    /// The book's description in `[book]`.
    pub description: Option<String>,
    /// The authors in `[book]`.
    pub authors: Vec<String>,
    /// Where the site will be, with a slash at its end; `None` where nobody says.
    pub address: Option<Url>,
    /// What its table says.
    pub options: &'a SiteConfig,
    /// The page where readers of each language come in, for those that have one.
    homes: BTreeMap<Language, &'a Page>,
    /// The positions of the pages in the notebook.
    positions: BTreeMap<PagePath, usize>,
    /// The pages by their addresses.
    by_html: BTreeMap<String, PagePath>,
}

impl<'a> Site<'a> {
    /// What is published of a book that was read, whose `[book]` says this, at an address.
    #[must_use]
    pub fn new(reading: &'a Reading, book: &BookConfig, options: &'a SiteConfig, address: Option<Url>) -> Self {
        let notebook = &reading.notebook;
        let mut languages = notebook.spoken();
        if languages.is_empty() {
            languages.push(Language::english());
        }
        let home = |language: &Language| Some((language.clone(), notebook.home(language)?));
        let homes = languages.iter().filter_map(home).collect();
        Self {
            notebook,
            config: &reading.config,
            messages: Messages::new(&languages, &reading.config.messages()),
            languages,
            title: book.title.clone(),
            description: book.description.clone(),
            authors: book.authors.clone(),
            address,
            options,
            homes,
            positions: notebook.pages.iter().enumerate().map(|(at, page)| (page.path.clone(), at)).collect(),
            by_html: notebook.pages.iter().map(|page| (page.path.html(), page.path.clone())).collect(),
        }
    }

    /// The language that keeps the names of files; also that of a page of no language.
    #[must_use]
    pub fn default_language(&self) -> &Language {
        &self.languages[0]
    }

    /// The page of the notebook at a path; `None` for one that another plugin made.
    #[must_use]
    pub fn page(&self, path: &PagePath) -> Option<&'a Page> {
        self.positions.get(path).map(|at| &self.notebook.pages[*at])
    }

    /// The note and the edition that a page shows; `None` for a page of no language.
    #[must_use]
    pub fn shown(&self, path: &PagePath) -> Option<(&'a Note, &'a Edition)> {
        self.notebook.shown(self.page(path)?)
    }

    /// The page where readers of a language come in.
    #[must_use]
    pub fn home(&self, language: &Language) -> Option<&'a Page> {
        self.homes.get(language).copied()
    }

    /// The language of a page; `None` for a page of no language.
    #[must_use]
    pub fn language(&self, path: &PagePath) -> Option<&'a Language> {
        self.notebook.language(self.page(path)?)
    }

    /// The language of a page by its address from the site's root.
    #[must_use]
    pub fn language_of_html(&self, html: &str) -> Option<&'a Language> {
        self.language(self.by_html.get(html)?)
    }

    /// What a page is called where it is no note, without a status mark; empty for one that another plugin made.
    #[must_use]
    pub fn name(&self, path: &PagePath) -> &'a str {
        self.page(path).map_or("", |page| page.bare_name.as_str())
    }

    /// The languages in which a page talks to its readers: its own, or all of them.
    #[must_use]
    pub fn spoken_on(&self, path: &PagePath) -> Vec<Language> {
        self.language(path).map_or_else(|| self.languages.clone(), |own| vec![own.clone()])
    }

    /// The other editions of a page's note: language, title, page. For a page of no language, where each language begins.
    #[must_use]
    pub fn counterparts(&self, path: &PagePath) -> Vec<(&Language, &str, &PagePath)> {
        let Some((note, own)) = self.shown(path) else {
            let home = |language| {
                let page = self.home(language).filter(|page| page.path != *path)?;
                Some((language, self.title_in(language).unwrap_or(&page.bare_name), &page.path))
            };
            return self.languages.iter().filter_map(home).collect();
        };
        let others = note.listed().filter(|(edition, _)| edition.language.value != own.language.value);
        others.map(|(edition, page)| (&edition.language.value, edition.title.value.as_str(), page)).collect()
    }

    /// What search engines are told of a language.
    #[must_use]
    pub fn hreflang(&self, language: &Language) -> String {
        self.options.hreflang_of(language, &self.notebook.tags).to_owned()
    }

    /// What the book is called in a language.
    #[must_use]
    pub fn title_in(&self, language: &Language) -> Option<&str> {
        self.config.of(language).and_then(|own| own.title.as_deref()).or(self.title.as_deref())
    }

    /// What the book is about, in a language.
    #[must_use]
    pub fn description_in(&self, language: &Language) -> Option<&str> {
        self.config.of(language).and_then(|own| own.description.as_deref()).or(self.description.as_deref())
    }

    /// The name of a file that each language has: `print.html`, and `print-en.html` for a language that is not the
    /// default.
    #[must_use]
    pub fn named(&self, stem: &str, extension: &str, language: &Language) -> String {
        match language == self.default_language() {
            true => format!("{stem}.{extension}"),
            false => format!("{stem}-{}.{extension}", language.tag()),
        }
    }

    /// The whole address of a page, where the site's is known. That of the first page is the site's own.
    #[must_use]
    pub fn url(&self, path: &PagePath) -> Option<Url> {
        let html = path.html();
        self.url_of(if html == "index.html" { "" } else { &html })
    }

    /// The whole address of a file of the site.
    #[must_use]
    pub fn url_of(&self, file: &str) -> Option<Url> {
        let mut url = self.address.clone()?;
        if !file.is_empty() {
            url.path_segments_mut().ok()?.pop_if_empty().extend(file.split('/'));
        }
        Some(url)
    }

    /// A message without variables.
    #[must_use]
    pub fn text(&self, language: &Language, id: &str) -> String {
        self.messages.text(language, id, &[])
    }
}
