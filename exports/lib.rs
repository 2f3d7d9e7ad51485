//! Notes of a bilingual mdBook as other sites take them.
//!
//! ```text
//! a note ─→ document ─→ markdown ─→ the author's text, spliced     zhihu, juejin, csdn, dev-to, markdown
//!              tree      wechat   ─→ HTML for a clipboard           wechat
//!                        findings ─→ what is lost, what is changed, what there is to do by hand
//! ```
//!
//! What a platform takes is data: see [`platform`]. Nothing is fetched and nothing is sent; the same note gives the same
//! bytes.
//!
//! | module | holds |
//! |---|---|
//! | [`platform`] | what a platform takes, and `platforms/`, one file for each |
//! | [`document`] | a note as a tree, with the bytes of each part |
//! | `note` | a note on its way: what both writers ask, and what is found |
//! | `includes` | what mdBook puts into a page |
//! | `headings`, `links`, `pictures`, `formulas` | which level a heading has, where a link leads, where a picture is on the web, how a formula is written |
//! | `entities` | those of HTML |
//! | `markdown` | Markdown platforms, one file for each construct |
//! | `wechat` | HTML for a clipboard |
//! | [`counts`], [`finding`] | what there is to say of it |
//! | [`probe`] | a page with every construct in every form |

pub mod counts;
pub mod document;
mod entities;
pub mod finding;
mod formulas;
mod headings;
mod includes;
mod links;
mod markdown;
mod note;
mod pictures;
pub mod platform;
pub mod probe;
mod wechat;

use std::collections::BTreeMap;

use mdbook_bilingual_core::Reading;
pub use mdbook_bilingual_core::config::LinkWay;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::messages::Messages;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::text::{Dialect, Wording};
use serde::Serialize;
use url::Url;

pub use counts::{Counted, Counts};
pub use finding::{Finding, Grade};
use note::Note;
pub use platform::Platform;

/// The sources of the diagrams of a note, in order, with those that mdBook puts into it.
#[must_use]
pub fn diagrams(reading: &Reading, sources: &dyn Sources, page: &Page, text: &str) -> Vec<String> {
    let whole = includes::whole(reading, sources, page, text);
    let anatomy = whole.as_ref().map_or(&page.anatomy, |whole| &whole.page.anatomy);
    anatomy.fences.iter().filter(|fence| fence.is_diagram()).map(|fence| fence.contents.clone()).collect()
}

/// What the button of a page for a clipboard copies, of the page.
#[must_use]
pub fn copied(page: &str) -> &str {
    wechat::copied(page)
}

/// Where the pictures of a book are on the web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Images {
    /// Below an address, with a slash at its end.
    At(String),
    /// On the book's site.
    Site,
    /// In the repository, as it is shown on the web.
    Repository,
    /// Nowhere.
    Nowhere,
}

/// What somebody chose.
#[derive(Debug, Clone)]
pub struct Options {
    /// The address of the book's site, with a slash at its end.
    pub site: Option<Url>,
    /// Where pictures are.
    pub images: Images,
    /// Where a link to another note leads.
    pub links: Vec<LinkWay>,
}

/// What an export needs besides the book, and cannot compute.
pub trait Sources {
    /// The bytes of a file of the repository; `None` when it cannot be read.
    fn bytes(&self, path: &str) -> Option<Vec<u8>>;

    /// Whether the repository on the web shows a file as it is here, as far as this clone knows.
    fn is_pushed(&self, path: &str) -> bool;

    /// A drawn diagram, as a PNG, by its source; `None` where nobody can draw it.
    fn diagram(&self, source: &str) -> Option<Vec<u8>>;

    /// Why a diagram could not be drawn, as a part of a sentence.
    fn why_undrawn(&self, _source: &str) -> Option<String> {
        None
    }
}

/// A book that is exported for a platform.
pub struct Export<'a> {
    /// The book.
    pub reading: &'a Reading,
    /// Where it lies.
    pub host: &'a Host,
    /// The platform.
    pub platform: &'a Platform,
    /// What somebody chose.
    pub options: &'a Options,
    /// What it needs besides.
    pub sources: &'a dyn Sources,
    messages: Messages,
    /// How a text is read that nobody edits: without what only an edit asks for.
    unedited: Wording,
}

/// A note as a platform takes it.
#[derive(Debug, Clone, Default)]
pub struct Exported {
    /// The text of the file.
    pub text: String,
    /// Its title, for a field of its own.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The pictures that were made or copied for it: their names, and their bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What the note holds.
    pub before: Counts,
    /// What the file holds.
    pub after: Counts,
    /// Where its links lead.
    pub links: LinksTold,
    /// What there is to say, in the order of the note.
    pub findings: Vec<Finding>,
}

/// Where links lead, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LinksTold {
    /// To the copy of a note on the same platform.
    pub sister: usize,
    /// To the book's site.
    pub site: usize,
    /// To the repository.
    pub repository: usize,
    /// To where they led.
    pub elsewhere: usize,
    /// Nowhere: their words stand there.
    pub text: usize,
}

impl<'a> Export<'a> {
    /// A book that is exported for a platform.
    #[must_use]
    pub fn new(
        reading: &'a Reading,
        host: &'a Host,
        platform: &'a Platform,
        options: &'a Options,
        sources: &'a dyn Sources,
    ) -> Self {
        let messages = Messages::new(&reading.notebook.spoken(), &reading.config.messages());
        let wording = &reading.wording;
        let unedited = wording.clone().with_dialect(Dialect { meant: false, ..wording.dialect });
        Self { reading, host, platform, options, sources, messages, unedited }
    }

    /// A note as the platform takes it. `text` is what its page received: that of the chapter.
    #[must_use]
    pub fn note(&self, page: &Page, text: &str) -> Exported {
        let whole = includes::whole(self.reading, self.sources, page, text);
        let (page, text) = whole.as_ref().map_or((page, text), |whole| (&whole.page, &whole.text));
        let put = whole.as_ref().map_or(&[][..], |whole| &whole.put);
        let mut note = Note::new(self, page, text, put);
        note.begin();
        let (text, body) = match self.platform.output {
            platform::Output::Markdown => markdown::write(&mut note),
            platform::Output::Html => (wechat::write(&mut note), 0),
        };
        note.finish(text, body)
    }
}
