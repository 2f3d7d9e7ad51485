//! Which links lead nowhere, or where only some of their readers can follow.
//!
//! ```text
//! [x](gone.md)         nothing is there
//! [x](a.md#none)       no heading there is called so
//! [x](../script.py)    it is not in the book, and nobody says where the repository is shown
//! [x](a.html)          only the page is there, and no such file
//! ```

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::checks::Checked;
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::markdown::link::Link;
use crate::markdown::outline;
use crate::notebook::listing::FaultKind;
use crate::notebook::{Destination, Found, Notebook, Page};
use crate::values::path;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let config = checked.config;
    if !(config.runs(PassName::Links) && config.links.dead) {
        return;
    }
    let notebook = checked.notebook;
    // A catalogue's link may have been reported as an entry's.
    let faults = notebook.catalogue_faults.iter().filter(|fault| !matches!(fault.kind, FaultKind::Forbidden(_)));
    let said: BTreeSet<(&str, Option<usize>)> =
        faults.map(|fault| (fault.place.file.as_str(), fault.place.line)).collect();
    let seeker = Seeker { checked: *checked, fragments: RefCell::default(), lower: OnceCell::new() };
    for page in notebook.pages.iter().filter(|page| !page.location.shown.is_empty()) {
        let file = notebook.files.for_people(&page.location.real);
        for link in page.written.links.iter().filter(|link| !is_replaced(checked, page, link)) {
            if said.contains(&(file.as_str(), Some(link.line))) {
                continue;
            }
            let Some((code, message)) = seeker.why_dead(page, link) else { continue };
            let place =
                Place::line(&file, link.line).spanning(link.place.clone().unwrap_or_else(|| link.whole.clone()));
            diagnostics.push(Diagnostic::new(code, message).at(place));
        }
    }
}

/// Whether a link stands in a line that we replace: the line is gone, and with it the link.
fn is_replaced(Checked { config, .. }: &Checked<'_>, page: &Page, link: &Link) -> bool {
    let is_in = |lines: &[Range<usize>]| lines.iter().any(|line| line.contains(&link.whole.start));
    Arc::ptr_eq(&page.anatomy, &page.written)
        && (config.language_switch.replace && is_in(&page.own_switches)
            || config.cross_post.replace && is_in(&page.own_copies))
}

/// Follows links. What is asked for many of them is found out once.
struct Seeker<'a> {
    checked: Checked<'a>,
    /// The fragments that lead somewhere on each page, by its chapter.
    fragments: RefCell<BTreeMap<usize, BTreeSet<String>>>,
    /// The paths of the notes by their lower-case forms.
    lower: OnceCell<BTreeMap<String, String>>,
}

impl Seeker<'_> {
    fn why_dead(&self, page: &Page, link: &Link) -> Option<(Code, Message)> {
        let Checked { notebook, config, .. } = self.checked;
        let files = &notebook.files;
        let written = &link.destination;
        match files.destination(&page.location, written) {
            Destination::Nothing { path, .. } if is_written_for(notebook, &path) => None,
            Destination::Nothing { path, .. } => {
                let what = format!("“{written}” leads nowhere: there is no {}", files.for_people(&path));
                let remedy = match self.meant(page, &path, written) {
                    Some(meant) => format!("did you mean {meant}?"),
                    None => "correct the link".to_owned(),
                };
                Some((Code::LinkDead, Message::new(what, remedy)))
            }
            Destination::Outside => Some((
                Code::LinkDead,
                Message::new(
                    format!("“{written}” leads out of the repository"),
                    "copy the file into it, or write an https: address",
                ),
            )),
            // The book has it, and it is found from the root.
            Destination::File { path, found: Found::File, .. }
                if config.links.pages && files.rooted(written, &path, Found::File).is_some() =>
            {
                None
            }
            Destination::File { path, web: false, .. }
                if config.links.outward && files.repository.address.is_none() =>
            {
                let file = files.for_people(&path);
                let message = Message::new(
                    format!("“{written}” leads to {file}, which is not in the book"),
                    "say where the repository is shown with `git-repository-url` in [output.html], and the link will lead there",
                );
                Some((Code::LinkUnpublished, message))
            }
            Destination::Note { source, .. } if notebook.page_of(source).is_none() => {
                let file = notebook.in_sources(source);
                // An address on the web shows the note, and so does the one that we write.
                let shown = written.contains("://") || (config.links.outward && files.repository.address.is_some());
                (!shown).then(|| {
                    let what = format!("“{written}” leads to {file}, which SUMMARY.md does not list");
                    (Code::LinkUnpublished, Message::new(what, "add it there"))
                })
            }
            Destination::Note { source, fragment, page_only, .. } => {
                let target = notebook.page_of(source)?;
                let no_heading = fragment.and_then(|fragment| self.no_heading(target, &fragment, written));
                no_heading.or_else(|| {
                    page_only.then(|| {
                        let real = path::relative(&page.location.real, &target.location.real);
                        let message = Message::new(
                            format!(
                                "“{written}” leads to the page of {real}, but there is no such file, on GitHub or in an editor"
                            ),
                            format!("write {real}, which leads there everywhere"),
                        );
                        (Code::LinkPageOnly, message)
                    })
                })
            }
            Destination::Here { fragment } => self.no_heading(page, &fragment, written),
            _ => None,
        }
    }

    fn no_heading(&self, target: &Page, fragment: &str, written: &str) -> Option<(Code, Message)> {
        // Where mdBook has put other files into a page, their headings are on it.
        let is_whole = target.written.goes_on_elsewhere() && !target.anatomy.goes_on_elsewhere();
        let anatomy = if is_whole { &target.anatomy } else { &target.written };
        let mut pages = self.fragments.borrow_mut();
        let fragments = pages.entry(target.chapter).or_insert_with(|| {
            let ids = [false, true].into_iter().flat_map(|joined| outline::ids(&anatomy.headings, true, joined));
            ids.flat_map(|ids| [ids.page, ids.github]).collect()
        });
        // GitHub's own pages begin at the top with these, and lines of code are GitHub's, too.
        let top = fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:");
        let known = anatomy.goes_on_elsewhere()
            || anatomy.anchors.contains(fragment)
            || fragments.contains(fragment)
            || fragments.contains(&fragment.to_lowercase());
        let file = self.checked.notebook.files.for_people(&target.location.real);
        (!top && !known).then(|| {
            let what = format!("“{written}” leads to the top of {file}: no heading there is called “{fragment}”");
            (Code::LinkDead, Message::new(what, "correct what is behind `#`"))
        })
    }

    /// What an author may have meant by a path where nothing is.
    fn meant(&self, page: &Page, path: &str, written: &str) -> Option<String> {
        let files = &self.checked.notebook.files;
        let from_root = written.split(['#', '?']).next()?.trim_start_matches("./");
        let root = format!("{}{from_root}", files.root);
        let lower = self.lower.get_or_init(|| {
            // The first of several comes last, and stays.
            files.notes.keys().rev().map(|known| (known.to_lowercase(), known.clone())).collect()
        });
        let found = if files.notes.contains_key(&root) { root } else { lower.get(&path.to_lowercase())?.clone() };
        Some(path::relative(&page.location.real, &found))
    }
}

/// Whether a page is at a path that has no file: one that the suite adds, or that mdBook writes for each book.
fn is_written_for(notebook: &Notebook, path: &str) -> bool {
    let Some(page) = path.strip_prefix(&notebook.files.sources) else { return false };
    ["print.html", "toc.html", "404.html"].contains(&page)
        || notebook.added.iter().any(|added| added.path.chapter() == page || added.path.html() == page)
}
