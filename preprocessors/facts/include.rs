//! The files that mdBook's `links` puts into pages, and where their front matter is left in a page.
//!
//! ```text
//! {{#include ../extra.md}}   →   ---             →   Text.
//!                                title: Extra
//!                                ---
//!                                Text.
//!         the file          what mdBook sends      what the passes see
//! ```
//!
//! What `links` has put in is text like any other to whoever comes behind it, and front matter in the middle of a page
//! would be a heading. It is taken off where a directive of the page's file tells that it stands there, and nowhere
//! else.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use mdbook::book::{Book, BookItem, Chapter};

use super::front_matter;
use crate::edit::{Edit, Layer, Splice};
use crate::files::{self, Lies, Worktree};
use crate::host::Host;
use crate::markdown::Anatomy;
use crate::markdown::include::{Brought, Fill, Include};
use crate::text::Wording;
use crate::values::SourcePath;

/// How deep files may bring files; mdBook stops there, too.
const DEEPEST: usize = 10;

/// How many directives of one page are followed: files that bring each other are many soon.
const MOST: usize = 10_000;

/// A byte order mark.
const MARK: char = '\u{feff}';

/// How often front matter may not be where it should.
const MOST_LOST: usize = 50;

/// The files that directives name, each read once.
#[derive(Default)]
pub(super) struct Library {
    files: RefCell<BTreeMap<PathBuf, Option<Rc<IncludedFile>>>>,
}

/// A file that a directive names.
struct IncludedFile {
    /// What it holds, with the line endings that mdBook leaves it, and without a byte order mark.
    text: String,
    /// Whether it begins with one. mdBook takes it off chapters, and leaves it in all other files.
    has_mark: bool,
    /// Whether its line endings are those of the file, so that its bytes are, too.
    is_as_written: bool,
    /// Where its front matter ends.
    body: usize,
    anatomy: Arc<Anatomy>,
    /// Where it lies in the repository.
    name: String,
}

impl Library {
    /// A file of the repository that a directive names; `None` for anything else.
    fn file(&self, path: &Path, worktree: &mut Worktree, wording: &Wording) -> Option<Rc<IncludedFile>> {
        let mut files = self.files.borrow_mut();
        let file = files.entry(path.to_owned()).or_insert_with(|| {
            // What lies elsewhere is nobody's note.
            let name = worktree.real(path)?;
            let whole = files::whole_text(path).ok()?;
            let unmarked = whole.strip_prefix(MARK);
            let written = unmarked.unwrap_or(&whole);
            let text = written.replace("\r\n", "\n");
            let is_as_written = text.len() == written.len();
            let has_mark = unmarked.is_some();
            let body = front_matter::find(&text).map_or(0, |block| block.end);
            let anatomy = Arc::new(Anatomy::of(&text, body, wording));
            Some(Rc::new(IncludedFile { text, has_mark, is_as_written, body, anatomy, name }))
        });
        file.clone()
    }

    /// What the directives of a page put into it. `shown` is its file, and `folder` that file's folder on this machine.
    pub(super) fn put(
        &self,
        (written, text): (&Anatomy, &str),
        (shown, folder): (&str, &Path),
        worktree: &mut Worktree,
        wording: &Wording,
    ) -> Put {
        let mut put = Put::default();
        let fills: BTreeSet<usize> = written.fills().map(|fill| fill.range.start).collect();
        // Front matter is taken off with its directives.
        for include in written.includes.iter().filter(|include| include.range.start >= written.body) {
            let path = folder.join(&include.target);
            if is_missing(&path, worktree) {
                put.missing.push(LostDirective::new(None, shown, include, text));
            } else if fills.contains(&include.range.start) {
                let directive = text[include.range.clone()].to_owned();
                put.fills.push(Fill { directive, line: include.line, range: include.range.clone() });
            } else if include.is_markdown() {
                self.bring(include, path, &text[include.range.clone()], &mut put, worktree, wording);
            }
        }
        put
    }

    /// The Markdown that becomes a part of a page with one directive, file by file.
    fn bring(
        &self,
        include: &Include,
        path: PathBuf,
        directive: &str,
        put: &mut Put,
        worktree: &mut Worktree,
        wording: &Wording,
    ) {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![(path, include.lines.clone().unwrap_or(0..0), 0)];
        while let Some((path, wanted, depth)) = waiting.pop() {
            if put.brought.len() + put.missing.len() >= MOST {
                return;
            }
            if depth > DEEPEST || !seen.insert(path.clone()) {
                continue;
            }
            let Some(file) = self.file(&path, worktree, wording) else { continue };
            put.brought.push(Brought {
                file: file.name.clone(),
                directive: directive.to_owned(),
                line: include.line,
                range: include.range.clone(),
                anatomy: Arc::clone(&file.anatomy),
            });
            let here = path.parent().unwrap_or(&path);
            for inside in &file.anatomy.includes {
                let path = here.join(&inside.target);
                if inside.range.start >= file.body && wanted.contains(&(inside.line - 1)) && is_missing(&path, worktree)
                {
                    let lost = LostDirective::new(Some(&file.name), &file.name, inside, &file.text);
                    put.missing.push(LostDirective { bytes: lost.bytes.filter(|_| file.is_as_written), ..lost });
                } else if inside.is_markdown() {
                    waiting.push((path, inside.lines.clone().unwrap_or(0..0), depth + 1));
                }
            }
        }
    }
}

/// What the directives of a page put into it.
#[derive(Default)]
pub(super) struct Put {
    /// The Markdown that becomes a part of it, file by file; each counts once for a directive.
    pub(super) brought: Vec<Brought>,
    /// The directives inside of its formulas.
    pub(super) fills: Vec<Fill>,
    /// The directives that put nothing into it.
    pub(super) missing: Vec<LostDirective>,
}

/// A directive whose file is not there. mdBook leaves it on the page.
pub(super) struct LostDirective {
    /// The file that it stands in; `None` for that of the page.
    pub(super) within: Option<String>,
    /// Its line.
    pub(super) line: usize,
    /// Its bytes in that file, where they are known.
    pub(super) bytes: Option<Range<usize>>,
    /// All of it.
    pub(super) directive: String,
    /// Where it leads, in the repository.
    pub(super) target: Option<String>,
}

impl LostDirective {
    fn new(within: Option<&str>, from: &str, include: &Include, text: &str) -> Self {
        Self {
            within: within.map(str::to_owned),
            line: include.line,
            bytes: Some(include.range.clone()),
            directive: text[include.range.clone()].to_owned(),
            target: Worktree::beside(from, &include.target),
        }
    }
}

/// Whether a path leads to no file. What lies outside of the repository is not looked at.
fn is_missing(path: &Path, worktree: &mut Worktree) -> bool {
    match worktree.lies(path) {
        Lies::Inside(_) => !path.is_file(),
        Lies::Outside(_) => false,
        Lies::Nowhere => true,
    }
}

/// Takes front matter off pages that came with a file, where mdBook's `links` has put files in already.
#[must_use]
pub(crate) fn seams(host: &Host, book: &Book) -> Vec<Edit> {
    if !host.expanded || host.is_read {
        return Vec::new();
    }
    let mut worktree = host.worktree();
    let library = Library::default();
    // The parts that formulas and words of the book make are of no use here.
    let wording = Wording::default();
    let mut edits = Vec::new();
    let mut number = 0;
    book.iter().for_each(|item| {
        let BookItem::Chapter(chapter) = item else { return };
        let taken = of_chapter(host, chapter, &library, &mut worktree, &wording);
        let splice = |range| Edit::Splice(number, Splice { range, text: String::new(), layer: Layer::Title });
        edits.extend(taken.into_iter().map(splice));
        number += 1;
    });
    edits
}

/// The bytes of a chapter that are front matter of what was put into it.
fn of_chapter(
    host: &Host,
    chapter: &Chapter,
    library: &Library,
    worktree: &mut Worktree,
    wording: &Wording,
) -> Vec<Range<usize>> {
    let source = chapter.source_path.as_deref().and_then(SourcePath::new);
    // Only a text with front matter has two lines of these.
    let can_hold = ["---", "+++", "\u{feff}"].iter().any(|mark| chapter.content.contains(mark));
    let Some(source) = source.filter(|_| can_hold) else {
        return Vec::new();
    };
    let place = host.path_of(&source);
    let Some(text) = worktree.real(&place).and_then(|_| files::text(&place).ok()) else { return Vec::new() };
    if !text.contains("{{") || text == chapter.content {
        return Vec::new();
    }
    let body = front_matter::find(&text).map_or(0, |block| block.end);
    // What a page begins with may be another file's.
    let own = front_matter::find(&chapter.content).filter(|_| body > 0).map_or(0, |block| block.end);
    let anatomy = Anatomy::of(&text, body, wording);
    let content = &chapter.content;
    let mut walk =
        DirectiveWalk { content, at: own, taken: Vec::new(), library, worktree, wording, left: MOST, lost: 0 };
    walk.follow(&text, 0, &anatomy.includes, place.parent().unwrap_or(&host.root), 0);
    walk.taken
}

/// Follows the directives of a page through what became of them, in order.
struct DirectiveWalk<'a> {
    content: &'a str,
    /// Up to where the content is known.
    at: usize,
    taken: Vec<Range<usize>>,
    library: &'a Library,
    worktree: &'a mut Worktree,
    wording: &'a Wording,
    /// How many directives may still be followed.
    left: usize,
    /// How much front matter was not found; each time the rest of the page was looked through for it.
    lost: usize,
}

impl DirectiveWalk<'_> {
    /// Follows the directives of a text of which all is in the page from an offset on.
    fn follow(&mut self, text: &str, from: usize, includes: &[Include], folder: &Path, depth: usize) {
        let mut behind_last = from;
        for include in includes {
            if depth > DEEPEST || self.left == 0 || self.lost > MOST_LOST {
                return;
            }
            self.left -= 1;
            let path = folder.join(&include.target);
            let before = &text[behind_last..include.range.start];
            behind_last = include.range.end;
            let Some(file) = self.library.file(&path, self.worktree, self.wording) else { continue };
            let wanted = include.lines.clone().unwrap_or(0..0);
            let block: Vec<&str> =
                file.text[..file.body].lines().skip(wanted.start).take(wanted.end - wanted.start).collect();
            let has_mark = file.has_mark && wanted.start == 0 && wanted.end > 0;
            let mut block = block.join("\n");
            if has_mark {
                block.insert(0, MARK);
            }
            if !block.is_empty() {
                match self.find(before, &block) {
                    Some(range) => {
                        self.at = range.end;
                        self.taken.extend(include.is_text.then_some(range));
                    }
                    None => self.lost += 1,
                }
            }
            let lines = |include: &&Include| wanted.contains(&(include.line - 1));
            let inside: Vec<Include> = file.anatomy.includes.iter().filter(lines).cloned().collect();
            let from = file.text.split_inclusive('\n').take(wanted.start).map(str::len).sum();
            self.follow(&file.text, from, &inside, path.parent().unwrap_or(folder), depth + 1);
        }
    }

    /// The next place of a block of lines, or of a byte order mark alone, behind the text that stands before its
    /// directive; the line break behind lines belongs to them.
    fn find(&self, before: &str, block: &str) -> Option<Range<usize>> {
        // As much as tells one place from another; between two directives there may be a line break only. An example of
        // a directive has lost its backslash.
        let before = before.rsplit("}}").next().unwrap_or(before);
        let mut begin = before.len() - before.len().min(64);
        while !before.is_char_boundary(begin) {
            begin += 1;
        }
        let before = &before[begin..];
        let rest = &self.content[self.at..];
        rest.match_indices(block).map(|(at, _)| self.at + at).find_map(|at| {
            let end = at + block.len();
            let begins = self.content[..at].ends_with(before);
            if block.chars().eq([MARK]) {
                return begins.then_some(at..end);
            }
            let ends = self.content[end..].is_empty() || self.content[end..].starts_with(['\n', '\r']);
            let line_break = self.content[end..].len() - self.content[end..].trim_start_matches('\r').len();
            let whole = end + line_break + usize::from(self.content[end + line_break..].starts_with('\n'));
            (ends && begins).then_some(at..whole)
        })
    }
}
