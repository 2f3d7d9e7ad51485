//! The files that mdBook puts into a page, put there: a copy has no mdBook.
//!
//! ```text
//! {{#include ../a.py:3:9}}        lines 3 to 9 of the file
//! {{#include ../a.py:setup}}      what stands between `ANCHOR: setup` and `ANCHOR_END: setup`
//! {{#playground a.rs}}            the file, as a block of code
//! {{#title A title}}              nothing
//! ```

use std::ops::Range;
use std::sync::Arc;

use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::markdown::Anatomy;
use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::notebook::destination::joined;

use crate::Sources;

/// How deep files may bring files; mdBook stops there, too.
const DEEPEST: usize = 10;

/// How much text one note may become, in bytes.
const LONGEST: usize = 8 << 20;

/// A page with what mdBook would put into it.
pub(crate) struct Whole {
    pub(crate) page: Page,
    pub(crate) text: String,
    pub(crate) put: Vec<Put>,
}

/// Text that was put into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Put {
    /// Its bytes there.
    pub(crate) range: Range<usize>,
    /// The line of its directive in the note.
    pub(crate) line: usize,
    /// The directive, where its file is not there.
    pub(crate) missing: Option<String>,
}

/// How many files the directives of one note may bring: one that brings itself twice is many soon.
const MOST: usize = 1_000;

/// A page as mdBook's `links` would make it; `None` where there is nothing to put into it.
pub(crate) fn whole(reading: &Reading, sources: &dyn Sources, page: &Page, text: &str) -> Option<Whole> {
    // Most notes have none.
    if !text.contains("{{") {
        return None;
    }
    let body = page.anatomy.body;
    let directives: Vec<Directive<'_>> =
        directives(text).into_iter().filter(|directive| directive.range.start >= body).collect();
    // Behind a backslash, one is an example, from which mdBook takes the backslash.
    let examples = text.match_indices(EXAMPLE).map(|(at, _)| at).filter(|at| *at >= body);
    let mut places: Vec<(usize, Option<&Directive<'_>>)> =
        directives.iter().map(|directive| (directive.range.start, Some(directive))).collect();
    places.extend(examples.map(|at| (at, None)));
    if places.is_empty() {
        return None;
    }
    places.sort_by_key(|(at, _)| *at);
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let folders = [folder(&page.location.shown), folder(&page.location.real)];
    let mut library = Library { sources, budget: MOST };
    let mut out = String::with_capacity(text.len());
    // Where a piece of the note begins in it, and in the whole.
    let (mut at, mut put, mut pieces) = (0, Vec::new(), vec![(0, 0)]);
    for (begin, directive) in places {
        out.push_str(&text[at..begin]);
        at = begin + 1;
        if let Some(directive) = directive {
            let (start, line) = (out.len(), text[..begin].matches('\n').count() + 1);
            let brought =
                library.expanded(directive, &folders, 0).filter(|brought| out.len() + brought.len() < LONGEST);
            let missing = brought.is_none().then(|| text[directive.range.clone()].to_owned());
            out.push_str(&brought.unwrap_or_default().replace(EXAMPLE, &EXAMPLE[1..]));
            put.push(Put { range: start..out.len(), line, missing });
            at = directive.range.end;
        }
        pieces.push((at, out.len()));
    }
    out.push_str(&text[at..]);
    let moved = |offset: usize| {
        let (old, new) = pieces[pieces.partition_point(|(old, _)| *old <= offset) - 1];
        (new + offset - old).min(out.len())
    };
    let moved = |ranges: &[Range<usize>]| ranges.iter().map(|range| moved(range.start)..moved(range.end)).collect();
    let (own_switches, own_copies) = (moved(&page.own_switches), moved(&page.own_copies));
    let anatomy = Anatomy::behind(&out, page.anatomy.front_matter.clone(), &reading.wording);
    let page = Page { anatomy: Arc::new(anatomy), own_switches, own_copies, ..page.clone() };
    Some(Whole { page, text: out, put })
}

/// An example of a directive.
const EXAMPLE: &str = "\\{{#";

/// A directive of mdBook's.
struct Directive<'t> {
    range: Range<usize>,
    name: &'t str,
    target: &'t str,
}

/// The directives in a text; behind a backslash, one is an example.
fn directives(text: &str) -> Vec<Directive<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find("{{").map(|found| at + found) {
        at = begin + 2;
        let Some(name_at) = text[at..].find('#').filter(|mark| text[at..at + mark].trim().is_empty()) else { continue };
        let Some(end) = text[at..].find("}}").map(|found| at + found) else { break };
        let inner = text[at + name_at + 1..end].trim();
        let (name, target) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        let is_known = matches!(name, "include" | "rustdoc_include" | "playground" | "playpen" | "title");
        if is_known && !text[..begin].ends_with('\\') && !inner.contains('\n') {
            found.push(Directive { range: begin..end + 2, name, target: target.trim() });
            at = end + 2;
        }
    }
    found
}

/// The files that directives name.
struct Library<'s> {
    sources: &'s dyn Sources,
    /// How many may still be brought.
    budget: usize,
}

impl Library<'_> {
    /// What a directive brings; `None` where its file is not there.
    fn expanded(&mut self, directive: &Directive<'_>, folders: &[String], depth: usize) -> Option<String> {
        if directive.name == "title" || depth > DEEPEST || self.budget == 0 {
            return Some(String::new());
        }
        self.budget -= 1;
        let target = directive.target.split_whitespace().next()?;
        let (file, part) = target.split_once(':').unwrap_or((target, ""));
        let sources = self.sources;
        let paths = folders.iter().filter_map(|folder| joined(folder, file));
        let (path, bytes) = paths.filter_map(|path| sources.bytes(&path).map(|bytes| (path, bytes))).next()?;
        let text = String::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        if directive.name.starts_with("play") {
            return Some(format!("```rust\n{}\n```", text.trim_end()));
        }
        let text = part_of(&text, part);
        let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for inner in directives(&text) {
            out.push_str(&text[at..inner.range.start]);
            out.push_str(&self.expanded(&inner, std::slice::from_ref(&folder), depth + 1).unwrap_or_default());
            at = inner.range.end;
            if out.len() > LONGEST {
                break;
            }
        }
        out.push_str(&text[at..]);
        Some(out)
    }
}

/// The lines of a file that are wanted: `3`, `3:`, `:9`, `3:9`, or the name of an anchor; all where nothing is said.
fn part_of(text: &str, part: &str) -> String {
    let is_number = |text: &str| text.is_empty() || text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = part.split_once(':').map_or((part, None), |(first, rest)| (first, Some(rest)));
    let rest = rest.map(|rest| rest.split(':').next().unwrap_or_default());
    let is_marker = |line: &str| line.contains("ANCHOR: ") || line.contains("ANCHOR_END: ");
    let lines: Vec<&str> = match (part.is_empty(), is_number(first) && rest.is_none_or(is_number)) {
        (true, _) => text.lines().filter(|line| !is_marker(line)).collect(),
        (_, true) => {
            let from = first.parse::<usize>().unwrap_or(1).max(1);
            let to = match rest {
                None => from,
                Some(to) => to.parse().unwrap_or(usize::MAX),
            };
            text.lines().skip(from - 1).take((to + usize::from(to != usize::MAX)).saturating_sub(from)).collect()
        }
        _ => {
            let has = |line: &&str, mark: &str| {
                line.split_once(mark).is_some_and(|(_, name)| name.split_whitespace().next() == Some(first))
            };
            let behind = text.lines().skip_while(|line| !has(line, "ANCHOR: ")).skip(1);
            behind.take_while(|line| !has(line, "ANCHOR_END: ")).filter(|line| !is_marker(line)).collect()
        }
    };
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{directives, part_of};

    #[test]
    fn lines_and_anchors() {
        let text = "a\n// ANCHOR: x\nb\nc\n// ANCHOR_END: x\nd\n";
        for (part, wanted) in [
            ("", "a\nb\nc\nd"),
            ("1", "a"),
            ("3:4", "b\nc"),
            ("4:", "c\n// ANCHOR_END: x\nd"),
            (":1", "a"),
            ("x", "b\nc"),
            ("y", ""),
            ("99:100", ""),
        ] {
            assert_eq!(part_of(text, part), wanted, "{part}");
        }
    }

    #[test]
    fn what_is_a_directive() {
        let text = "{{#include a}} {{ #include b }} \\{{#include c}} {{ x }} {{#other d}} {{#title T}}";
        let found: Vec<_> = directives(text).iter().map(|found| (found.name, found.target)).collect();
        assert_eq!(found, [("include", "a"), ("include", "b"), ("title", "T")]);
    }
}
