//! Checks of built books.
//!
//! | module | asks |
//! |---|---|
//! | `built` | does every link of ours lead somewhere? It reads the files alone, and needs no browser |
//! | `east_asian` | is Chinese text set as its author meant it? |
//! | `keyboard` | can it be used without a mouse? |
//! | `scripts_off` | is it all there without JavaScript? |
//! | `export` | is what a page for WeChat copies the same when it is pasted? |
//! | `diagrams` | are diagrams drawn, and is their source there when they are not? |
//! | `looks` | does it fit a phone, and can it be read in every theme? |
//! | `search` | is a phrase found, with keys, with an input method, on a disk? |
//! | `site` | is each page in its own language, and does the way to another one keep the reader's place? |
//! | `sidebar` | do marks of a status stay where they belong? |
//! | `standing` | does it say how texts stand: a translation behind, a review of an older text, all of them at a glance? |
//! | `text` | are formulas drawn, and is what GitHub shows there? |

use anyhow::Result;
use browser_tests::book::Book;
use browser_tests::browser::Browser;
use browser_tests::server::Server;

mod built;
mod diagrams;
mod east_asian;
mod export;
mod keyboard;
mod looks;
mod scripts_off;
mod search;
mod sidebar;
mod site;
mod standing;
mod text;

/// The language that most notes are written in.
const CHINESE: &str = "zh-CN";
/// The language that they are translated into.
const ENGLISH: &str = "en";

/// The built book, served, and a browser to read it with.
struct Reader {
    book: Book,
    server: Server,
    browser: Browser,
}

impl Reader {
    fn new() -> Result<Self> {
        Self::of(Book::built()?)
    }

    fn of(book: Book) -> Result<Self> {
        let server = Server::start(&book.folder)?;
        Ok(Self { book, server, browser: Browser::start()? })
    }

    /// Opens the page at `path`.
    fn open(&mut self, path: &str) -> Result<()> {
        self.browser.open(&self.server.url(path))
    }

    /// The path of the first page in `language` that has an element for each of `selectors`.
    fn page_in(&self, language: &str, selectors: &[&str]) -> Result<String> {
        let edition = format!(".edition[lang='{language}']");
        let selectors: Vec<&str> = std::iter::once(edition.as_str()).chain(selectors.iter().copied()).collect();
        Ok(self.book.first_page_with(&selectors)?.path.clone())
    }
}

/// The link of a page's language switch to the edition in `language`; where that is missing, an index has no such link.
fn switch_link(language: &str) -> String {
    format!(".language-switch a[hreflang='{language}'][rel=alternate]")
}
