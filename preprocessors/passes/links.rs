//! Leads links where a reader of the page expects them to lead.
//!
//! ```text
//! [verl](../verl/README.md)                         →   ../verl/index.html
//! [worker](../worker/readme_en.md#run) in Chinese    →   ../worker/index.html#运行
//! [图](https://github.com/o/r/blob/main/a/b.md)      →   ../a/b.html
//! ![图](/img/y.png), in the folder of the sources    →   ../img/y.png
//! [script](./train.py), which is not in the book    →   https://github.com/o/r/blob/main/a/train.py
//! [站外](https://link.zhihu.com/?target=https%3A//e.org)   →   https://e.org/
//! [English version](b_en.md)                        stays: its text names a language
//! ```
//!
//! Only the bytes of a destination change. A link that mdBook follows by itself is left to it, and one that leads
//! nowhere stays as its author wrote it, with a warning. A fragment follows its heading into the other language when
//! the two texts have the same outline, and is dropped when they have not: the top of the right page is better than
//! the top of a page that a browser could not find a place on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::markdown::link::Link;
use crate::markdown::outline::{self, Fragments};
use crate::notebook::{Destination, Page, PathKind};
use crate::platforms::{linkable, redirect};
use crate::values::SourcePath;
use crate::values::path::{IN_A_PATH, relative};
use crate::values::repository::View;

/// One splice for each destination that changes.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let links = LinkResolver::new(stage);
    let mut edits = Vec::new();
    for page in stage.notebook.pages.iter().filter(|page| !page.location.shown.is_empty()) {
        for link in &page.anatomy.links {
            if let Some((range, text)) = links.destination(page, link).and_then(|url| link.leading_to(&url)) {
                edits.push(splices::replace(page, range, text, Layer::Link));
            }
        }
    }
    edits
}

/// What has to be written as `%XX` in a fragment that its author may have encoded already.
const AS_WRITTEN: &AsciiSet = &IN_A_PATH.remove(b'%');

/// Where the links of a book have to lead.
pub(super) struct LinkResolver<'a> {
    stage: &'a Stage<'a>,
    /// The fragments of the pages that some led to.
    fragments: RefCell<BTreeMap<usize, Fragments>>,
}

impl<'a> LinkResolver<'a> {
    pub(super) fn new(stage: &'a Stage<'a>) -> Self {
        Self { stage, fragments: RefCell::default() }
    }

    /// Where a link has to lead instead; `None` when it stays.
    pub(super) fn destination(&self, page: &Page, link: &Link) -> Option<String> {
        let (notebook, config) = (self.stage.notebook, &self.stage.config.links);
        match notebook.files.destination(&page.location, &link.destination) {
            Destination::Note { source, fragment, plain, .. } => match notebook.page_of(source) {
                Some(target) => self.page(page, link, target, fragment.as_deref(), plain),
                // A note that is not in the book; an address of its page on the web shows it already.
                None if !plain && link.destination.contains("://") => None,
                None => {
                    let path = notebook.files.reals.get(source)?;
                    self.outward(path, View::Blob, raw_fragment(&link.destination))
                }
            },
            // A picture that the book has need not come from the web.
            Destination::File { path, web: true, .. } if link.image && config.inward => {
                Some(relative(page.path.chapter(), &notebook.files.copied(&path)?))
            }
            // A browser takes `/` for the root of the host, which is above a project's site. A folder has no page.
            Destination::File { path, found, fragment, web: false }
                if config.pages
                    && (found == PathKind::File || !self.leads_outward())
                    && notebook.files.rooted(&link.destination, &path, found).is_some() =>
            {
                let copied = notebook.files.rooted(&link.destination, &path, found)?;
                let fragment = fragment.map(|fragment| format!("#{}", utf8_percent_encode(&fragment, AS_WRITTEN)));
                Some(relative(page.path.chapter(), &copied) + &fragment.unwrap_or_default())
            }
            Destination::File { path, found, fragment, web: false } => {
                let view = match found {
                    _ if link.image => View::Raw,
                    PathKind::Folder => View::Tree,
                    _ => View::Blob,
                };
                self.outward(&path, view, fragment.as_deref())
            }
            // Authors write fragments for GitHub, which names some headings in another way.
            Destination::Here { fragment } if config.pages => {
                let id = self.id(page, &fragment)?;
                (id != fragment).then(|| format!("#{}", encoded(&id)))
            }
            // An address that only leads on to this one.
            Destination::Elsewhere => linkable(&redirect::target(&link.destination)?).ok().map(String::from),
            _ => None,
        }
    }

    /// Whether links to what is not in the book lead to the repository's pages.
    fn leads_outward(&self) -> bool {
        self.stage.config.links.outward && self.stage.notebook.files.repository.address.is_some()
    }

    fn outward(&self, path: &str, view: View, fragment: Option<&str>) -> Option<String> {
        if !self.stage.config.links.outward {
            return None;
        }
        let address = self.stage.notebook.files.repository.address_of(path, view)?;
        // As its author wrote it, but for what Markdown, HTML and mdBook would read.
        let fragment = fragment.map(|fragment| format!("#{}", utf8_percent_encode(fragment, AS_WRITTEN)));
        Some(address + &fragment.unwrap_or_default())
    }

    fn page(&self, page: &Page, link: &Link, target: &'a Page, fragment: Option<&str>, plain: bool) -> Option<String> {
        let config = &self.stage.config.links;
        let own = || self.stage.notebook.own_language(page, link, target, self.stage.wording);
        let own = if config.own_language { own() } else { None };
        let wanted = match own {
            Some(_) => true,
            None if link.destination.contains("://") => config.inward,
            None => config.pages,
        };
        if !wanted {
            return None;
        }
        let to = own.unwrap_or(target);
        let new_fragment = fragment.and_then(|fragment| match own {
            Some(own) => self.corresponding(target, fragment, own),
            None => self.id(target, fragment),
        });
        // mdBook finds this page by itself; only the fragment may have to change, and one that nobody can find stays.
        let found = plain && own.is_none() && follows(&link.destination, target);
        if found && new_fragment.as_deref().is_none_or(|new| Some(new) == fragment) {
            return None;
        }
        let fragment = new_fragment.map(|fragment| format!("#{}", encoded(&fragment))).unwrap_or_default();
        Some(self.stage.link(page, &to.path) + &fragment)
    }

    /// The id on its page of what a fragment leads to; `None` when it leads to nothing.
    fn id(&self, page: &Page, fragment: &str) -> Option<String> {
        if page.anatomy.anchors.contains(fragment) || page.anatomy.goes_on_elsewhere() {
            return Some(fragment.to_owned());
        }
        let mut fragments = self.fragments.borrow_mut();
        let fragments = fragments.entry(page.chapter).or_insert_with(|| self.fragments_of(page));
        let at = fragments.find(&page.anatomy.headings, fragment)?;
        Some(fragments.ids[at].page.clone())
    }

    /// The id on the counterpart's page of what stands in the place that a fragment leads to.
    fn corresponding(&self, from: &Page, fragment: &str, to: &Page) -> Option<String> {
        if from.anatomy.anchors.contains(fragment) && to.anatomy.anchors.contains(fragment) {
            return Some(fragment.to_owned());
        }
        let mut fragments = self.fragments.borrow_mut();
        let ours = fragments.entry(from.chapter).or_insert_with(|| self.fragments_of(from));
        let at = ours.find(&from.anatomy.headings, fragment)?;
        let at = outline::corresponding(&from.anatomy.headings, at, &to.anatomy.headings)?;
        let theirs = fragments.entry(to.chapter).or_insert_with(|| self.fragments_of(to));
        Some(theirs.ids[at].page.clone())
    }

    fn fragments_of(&self, page: &Page) -> Fragments {
        let joined = self.stage.config.joins_lines(self.stage.notebook.script(page));
        Fragments::new(outline::ids(&page.anatomy.headings, self.stage.smart_punctuation, joined))
    }
}

/// Whether mdBook, which writes `.html` for `.md`, makes this destination lead to the page.
fn follows(destination: &str, target: &Page) -> bool {
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let written = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    // A query behind `.md` is lost together with what follows it.
    let whole = !destination.split('#').next().unwrap_or_default().contains('?');
    let source = SourcePath::new(std::path::Path::new(target.path.chapter()));
    let same = |path: &str| name(path) == name(&written);
    whole && (source.is_some_and(|source| same(source.as_str())) || same(&target.path.html()))
}

fn raw_fragment(destination: &str) -> Option<&str> {
    destination.split_once('#').map(|(_, fragment)| fragment)
}

fn encoded(fragment: &str) -> String {
    utf8_percent_encode(fragment, IN_A_PATH).to_string()
}
