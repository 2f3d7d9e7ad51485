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
use crate::checks::mended::{mended, place_of, written_path};
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::markdown::link::Link;
use crate::markdown::outline;
use crate::notebook::listing::FaultKind;
use crate::notebook::{Destination, Notebook, Page, PathKind};
use crate::text::nearest;
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
    let seeker = LinkFollower { checked: *checked, fragments: RefCell::default(), lower: OnceCell::new() };
    for page in notebook.pages.iter().filter(|page| !page.location.shown.is_empty()) {
        let file = notebook.files.for_people(&page.location.real);
        for link in page.written.links.iter().filter(|link| !is_replaced(checked, page, link)) {
            if said.contains(&(file.as_str(), Some(link.line))) {
                continue;
            }
            let Some(Dead { code, message, meant }) = seeker.why_dead(page, link) else { continue };
            let fix = meant.and_then(|meant| mended(&file, link, &meant));
            diagnostics.push(Diagnostic::new(code, message).at(place_of(&file, link)).fixed_by(fix));
        }
    }
}

/// A link that leads nowhere.
struct Dead {
    code: Code,
    message: Message,
    /// What has to be written in its place, where there is one answer.
    meant: Option<String>,
}

/// Whether a link stands in a line that we replace: the line is gone, and with it the link.
fn is_replaced(Checked { config, .. }: &Checked<'_>, page: &Page, link: &Link) -> bool {
    let is_in = |lines: &[Range<usize>]| lines.iter().any(|line| line.contains(&link.whole.start));
    Arc::ptr_eq(&page.anatomy, &page.written)
        && (config.language_switch.replace && is_in(&page.own_switches)
            || config.cross_post.replace && is_in(&page.own_copies))
}

/// Follows links. What is asked for many of them is found out once.
struct LinkFollower<'a> {
    checked: Checked<'a>,
    /// The fragments that lead somewhere on each page, by its chapter.
    fragments: RefCell<BTreeMap<usize, BTreeSet<String>>>,
    /// The paths of the notes by their lower-case forms.
    lower: OnceCell<BTreeMap<String, String>>,
}

impl LinkFollower<'_> {
    fn why_dead(&self, page: &Page, link: &Link) -> Option<Dead> {
        let Checked { notebook, config, html, .. } = self.checked;
        let files = &notebook.files;
        let written = &link.destination;
        let dead = |code, message| Some(Dead { code, message, meant: None });
        match files.destination(&page.location, written) {
            Destination::Nothing { path, .. } if is_written_for(notebook, &path) => None,
            Destination::Nothing { path, .. } => Some(self.no_file(page, &path, written)),
            Destination::Outside => dead(
                Code::LinkDead,
                Message::new(
                    format!("“{written}” leads out of the repository"),
                    "copy the file into it, or write an https: address",
                ),
            ),
            // The book has it, and it is found from the root.
            Destination::File { path, found: PathKind::File, .. }
                if config.links.pages && files.rooted(written, &path, PathKind::File).is_some() =>
            {
                None
            }
            Destination::File { path, web: false, .. }
                if config.links.outward && files.repository.address.is_none() =>
            {
                let file = files.for_people(&path);
                let message = Message::new(
                    format!("“{written}” leads to {file}, which is not in the book"),
                    format!(
                        "say where the repository is shown with `git-repository-url` in [{}], and the link will lead there",
                        html.name()
                    ),
                );
                dead(Code::LinkUnpublished, message)
            }
            Destination::Note { source, .. } if notebook.page_of(source).is_none() => {
                // An address on the web shows the note, and so does the one that we write.
                if written.contains("://") || (config.links.outward && files.repository.address.is_some()) {
                    return None;
                }
                let what =
                    format!("“{written}” leads to {}, which SUMMARY.md does not list", notebook.in_sources(source));
                dead(Code::LinkUnpublished, Message::new(what, "add it there"))
            }
            Destination::Note { source, fragment, page_only, .. } => {
                let target = notebook.page_of(source)?;
                let no_heading = fragment.and_then(|fragment| self.no_heading(target, &fragment, written));
                no_heading.or_else(|| page_only.then(|| page_alone(page, target, written)))
            }
            Destination::Here { fragment } => self.no_heading(page, &fragment, written),
            _ => None,
        }
    }

    fn no_file(&self, page: &Page, path: &str, written: &str) -> Dead {
        let found = self.meant(path, written);
        let remedy = match &found {
            Some(found) => format!("did you mean {}?", path::relative(&page.location.real, found)),
            None => "correct the link".to_owned(),
        };
        let files = &self.checked.notebook.files;
        let what = format!("“{written}” leads nowhere: there is no {}", files.for_people(path));
        // Of two whose names differ in the case of letters, nobody knows which one is meant.
        let is_alone = |found: &String| {
            let lower = found.to_lowercase();
            files.notes.keys().filter(|known| known.to_lowercase() == lower).count() == 1
        };
        let meant =
            found.filter(is_alone).map(|found| written_path(&page.location.real, &found) + fragment_of(written));
        Dead { code: Code::LinkDead, message: Message::new(what, remedy), meant }
    }

    fn no_heading(&self, target: &Page, fragment: &str, written: &str) -> Option<Dead> {
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
        if top || known {
            return None;
        }
        let ids: Vec<String> = outline::ids(&anatomy.headings, true, false).into_iter().map(|ids| ids.github).collect();
        let near = nearest(fragment, ids.iter().chain(&anatomy.anchors).map(String::as_str));
        let remedy = match near {
            Some(near) => format!("did you mean #{near}?"),
            None => "correct what is behind `#`".to_owned(),
        };
        let file = self.checked.notebook.files.for_people(&target.location.real);
        let what = format!("“{written}” leads to the top of {file}: no heading there is called “{fragment}”");
        // What else is written stays, unless somebody would read it in another way.
        let path = written.split('#').next().unwrap_or_default();
        let is_plain = !path.contains(['<', '>', '"', '&', '\\', '`']);
        let meant = near.filter(|_| is_plain).map(|near| format!("{path}#{near}"));
        Some(Dead { code: Code::LinkDead, message: Message::new(what, remedy), meant })
    }

    /// What an author may have meant by a path where nothing is.
    fn meant(&self, path: &str, written: &str) -> Option<String> {
        let files = &self.checked.notebook.files;
        let from_root = written.split(['#', '?']).next()?.trim_start_matches("./");
        let root = format!("{}{from_root}", files.root);
        let lower = self.lower.get_or_init(|| {
            // The first of several comes last, and stays.
            files.notes.keys().rev().map(|known| (known.to_lowercase(), known.clone())).collect()
        });
        if files.notes.contains_key(&root) { Some(root) } else { lower.get(&path.to_lowercase()).cloned() }
    }
}

/// What there is to say of a link to a page that is no file.
fn page_alone(page: &Page, target: &Page, written: &str) -> Dead {
    let real = path::relative(&page.location.real, &target.location.real);
    let message = Message::new(
        format!("“{written}” leads to the page of {real}, but there is no such file, on GitHub or in an editor"),
        format!("write {real}, which leads there everywhere"),
    );
    let meant = written_path(&page.location.real, &target.location.real) + fragment_of(written);
    Dead { code: Code::LinkPageOnly, message, meant: Some(meant) }
}

/// What is behind the path of a destination, as it is written: `#…`, or nothing.
fn fragment_of(written: &str) -> &str {
    written.find('#').map_or("", |at| &written[at..])
}

/// Whether a page is at a path that has no file: one that the suite adds, or that mdBook writes for each book.
fn is_written_for(notebook: &Notebook, path: &str) -> bool {
    let Some(page) = path.strip_prefix(&notebook.files.sources) else { return false };
    ["print.html", "toc.html", "404.html"].contains(&page)
        || notebook.added.iter().any(|added| added.path.chapter() == page || added.path.html() == page)
}
