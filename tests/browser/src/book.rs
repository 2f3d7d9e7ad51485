//! The pages that mdBook wrote, found and parsed.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use percent_encoding::percent_decode_str;
use scraper::{ElementRef, Html, Selector};
use support::files::files;
use support::site::OWN;
use url::Url;

/// The variable that names a built book other than this project's.
const VARIABLE: &str = "BILINGUAL_BOOK";

/// Where a page's own address is taken to begin; only used to resolve links.
const ROOT: &str = "http://book.invalid/";

/// Whether a file is a page that is read: no frame of mdBook's, of which each language has one, and not the one whose
/// links begin at `site-url`, wherever that will be.
fn is_page(path: &str) -> bool {
    let is_frame = path == "toc.html" || (path.starts_with("toc-") && !path.contains('/'));
    !is_frame && path != "404.html"
}

/// Whether a page shows all chapters of a language.
#[must_use]
pub fn is_print_page(path: &str) -> bool {
    path == "print.html" || (path.starts_with("print-") && !path.contains('/'))
}

/// A built book.
pub struct Book {
    /// The folder that mdBook wrote.
    pub folder: PathBuf,
    pages: BTreeMap<String, Page>,
}

/// One HTML file of a built book.
pub struct Page {
    /// Its path inside the book, with `/` on every system.
    pub path: String,
    html: Html,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A file of the book: its decoded path, and the decoded fragment.
    Inside(String, Option<String>),
    /// Somebody else's page.
    Outside(Url),
}

/// A CSS selector of what the suite writes into a page. Anything elsewhere is the author's or mdBook's.
#[must_use]
pub fn ours() -> String {
    format!(":is({})", OWN.map(|(_, class)| format!(".{class}")).join(", "))
}

/// The root of this project's checkout.
pub fn workspace() -> PathBuf {
    // Cargo says this when it runs a test, too. What it said when it compiled this one is the place of another
    // checkout, if two share a target directory or one was moved.
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&package).ancestors().nth(2);
    root.expect("the package lies in tests/browser").to_owned()
}

impl Book {
    /// Reads the book that `BILINGUAL_BOOK` names, else `target/book` of this project.
    ///
    /// # Errors
    /// When it is not built, with the command that builds it.
    pub fn built() -> Result<Self> {
        let folder = env::var_os(VARIABLE).map_or_else(|| workspace().join("target").join("book"), PathBuf::from);
        ensure!(
            folder.join("index.html").is_file(),
            "{} holds no built book: run `cargo xtask build`, or set {VARIABLE} to the folder of another one",
            folder.display()
        );
        Self::read(folder)
    }

    /// Reads the book in a folder that mdBook wrote.
    ///
    /// # Errors
    /// When a page cannot be read.
    pub fn read(folder: PathBuf) -> Result<Self> {
        let mut pages = BTreeMap::new();
        for file in files(&folder).into_iter().filter(|file| file.extension() == Some(OsStr::new("html"))) {
            let inside = file.to_string_lossy().replace('\\', "/");
            if !is_page(&inside) {
                continue;
            }
            let text = fs::read_to_string(folder.join(&file)).with_context(|| format!("reading {inside}"))?;
            pages.insert(inside.clone(), Page { path: inside, html: Html::parse_document(&text) });
        }
        Ok(Self { folder, pages })
    }

    /// Every page, in the order of their paths.
    pub fn pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.values()
    }

    /// The page at `path`.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.pages.get(path)
    }

    /// The first page that has an element for each of `selectors`.
    ///
    /// # Errors
    /// When there is none: a check of what no page shows would check nothing.
    pub fn first_page_with(&self, selectors: &[&str]) -> Result<&Page> {
        self.pages()
            // The print page shows every chapter, and the root page is its first chapter a second time.
            .filter(|page| !is_print_page(&page.path) && page.path != "index.html")
            .find(|page| selectors.iter().all(|selector| page.shows(selector)))
            .with_context(|| format!("no page has {}", selectors.join(" and ")))
    }

    /// What is wrong with a link to `target`, if anything is.
    pub fn fault(&self, target: &Target) -> Option<String> {
        match target {
            Target::Outside(url) if matches!(url.scheme(), "https" | "http") => None,
            Target::Outside(url) => Some(format!("{url} is neither http nor https")),
            Target::Inside(path, fragment) => {
                let path =
                    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.clone() };
                if !self.folder.join(&path).is_file() {
                    return Some(format!("the book has no {path}"));
                }
                let fragment = fragment.as_ref().filter(|fragment| !fragment.is_empty())?;
                let page = self.page(&path)?;
                (!page.ids().contains(fragment.as_str())).then(|| format!("{path} has no #{fragment}"))
            }
        }
    }
}

impl Page {
    /// Its elements that match a CSS selector.
    pub fn select(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector = Selector::parse(selector).expect("the selectors of the checks are valid");
        self.html.select(&selector).collect()
    }

    /// Whether any element matches a CSS selector.
    pub fn shows(&self, selector: &str) -> bool {
        !self.select(selector).is_empty()
    }

    /// What the browser shows as the name of its tab.
    pub fn title(&self) -> String {
        self.select("head > title").first().map(|title| title.text().collect()).unwrap_or_default()
    }

    /// Where a link of this page leads.
    ///
    /// # Errors
    /// When `href` is no address at all.
    pub fn resolve(&self, href: &str) -> Result<Target> {
        let here = Url::parse(ROOT)?.join(&self.path)?;
        let url = here.join(href).with_context(|| format!("{href} is no address"))?;
        if !url.as_str().starts_with(ROOT) {
            return Ok(Target::Outside(url));
        }
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Ok(Target::Inside(decode(url.path().trim_start_matches('/')), url.fragment().map(decode)))
    }

    fn ids(&self) -> BTreeSet<&str> {
        self.select("[id]").iter().filter_map(|element| element.attr("id")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(files: &[(&str, &str)]) -> Result<(tempfile::TempDir, Book)> {
        let folder = support::files::folder(files);
        let book = Book::read(folder.path().to_owned())?;
        Ok((folder, book))
    }

    fn fault(book: &Book, from: &str, href: &str) -> Result<Option<String>> {
        Ok(book.fault(&book.page(from).context("page")?.resolve(href)?))
    }

    #[test]
    fn links_are_followed_as_a_browser_follows_them() -> Result<()> {
        let (_folder, book) = book(&[
            ("index.html", "<h1 id='top'>…</h1>"),
            ("zh/笔记.html", "<h2 id='显存'>…</h2>"),
            ("zh/pictures/a.svg", "<svg/>"),
        ])?;
        for href in
            ["zh/%E7%AC%94%E8%AE%B0.html#%E6%98%BE%E5%AD%98", "zh/笔记.html#", "./", "#top", "https://a.example/"]
        {
            assert_eq!(fault(&book, "index.html", href)?, None, "{href}");
        }
        assert_eq!(fault(&book, "zh/笔记.html", "../index.html#top")?, None);
        assert_eq!(fault(&book, "zh/笔记.html", "pictures/a.svg#layer")?, None);
        Ok(())
    }

    #[test]
    fn a_dead_link_says_what_is_missing() -> Result<()> {
        let (_folder, book) = book(&[("index.html", ""), ("zh/a.html", "")])?;
        assert_eq!(fault(&book, "zh/a.html", "b.html")?.as_deref(), Some("the book has no zh/b.html"));
        assert_eq!(fault(&book, "zh/a.html", "../index.html#x")?.as_deref(), Some("index.html has no #x"));
        assert_eq!(fault(&book, "zh/a.html", "./")?.as_deref(), Some("the book has no zh/index.html"));
        assert!(fault(&book, "zh/a.html", "javascript:alert(1)")?.is_some());
        Ok(())
    }
}
