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

use mdbook_bilingual_core::markdown::Anatomy;
use mdbook_bilingual_core::notebook::Page;

use crate::Export;

/// How deep files may bring files; mdBook stops there, too.
const DEEPEST: usize = 10;

/// How much text one note may become, in bytes.
const LONGEST: usize = 8 << 20;

/// A page with what mdBook would put into it.
pub(crate) struct Whole {
    pub(crate) page: Page,
    pub(crate) text: String,
    pub(crate) put: Vec<Put>,
    /// What named a file that is not there: where, and which.
    pub(crate) missing: Vec<(usize, String)>,
}

/// Text that was put into a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Put {
    /// Its bytes there.
    pub(crate) range: Range<usize>,
    /// The line of its directive in the note.
    pub(crate) line: usize,
}

/// A page as mdBook's `links` would make it; `None` where there is nothing to put into it.
pub(crate) fn whole(export: &Export<'_>, page: &Page, text: &str) -> Option<Whole> {
    if !text.contains("{{#") && !text.contains("{{ #") {
        return None;
    }
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let folders = [folder(&page.location.shown), folder(&page.location.real)];
    let mut out = String::with_capacity(text.len());
    // Front matter is no text: nothing is put into it.
    let body = page.anatomy.front_matter.end;
    out.push_str(&text[..body]);
    let (mut at, mut put, mut missing) = (body, Vec::new(), Vec::new());
    for directive in directives(text).into_iter().filter(|directive| directive.range.start >= body) {
        out.push_str(&examples(&text[at..directive.range.start]));
        let begin = out.len();
        let line = text[..directive.range.start].matches('\n').count() + 1;
        match expanded(export, &directive, &folders, 0) {
            Some(brought) if out.len() + brought.len() < LONGEST => out.push_str(&examples(&brought)),
            _ => missing.push((begin, text[directive.range.clone()].to_owned())),
        }
        put.push(Put { range: begin..out.len(), line });
        at = directive.range.end;
    }
    out.push_str(&examples(&text[at..]));
    let wording = &export.reading.wording;
    let anatomy = Anatomy::behind(&out, page.anatomy.front_matter.clone(), wording);
    let shifted = |ranges: &[Range<usize>]| {
        let first = put.first().map_or(usize::MAX, |put: &Put| put.range.start);
        ranges.iter().filter(|range| range.end <= first).cloned().collect()
    };
    let (own_switches, own_copies) = (shifted(&page.own_switches), shifted(&page.own_copies));
    let page = Page { anatomy: Arc::new(anatomy), own_switches, own_copies, ..page.clone() };
    Some(Whole { page, text: out, put, missing })
}

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

/// A text in which what looks like a directive behind a backslash is shown without it.
fn examples(text: &str) -> String {
    text.replace("\\{{#", "{{#")
}

/// What a directive brings; `None` where its file is not there.
fn expanded(export: &Export<'_>, directive: &Directive<'_>, folders: &[String], depth: usize) -> Option<String> {
    if directive.name == "title" || depth > DEEPEST {
        return Some(String::new());
    }
    let target = directive.target.split_whitespace().next()?;
    let (file, part) = target.split_once(':').unwrap_or((target, ""));
    let paths = folders.iter().filter_map(|folder| joined(folder, file));
    let (path, bytes) = paths.filter_map(|path| Some((path.clone(), export.sources.bytes(&path)?))).next()?;
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
        out.push_str(&expanded(export, &inner, std::slice::from_ref(&folder), depth + 1).unwrap_or_default());
        at = inner.range.end;
        if out.len() > LONGEST {
            break;
        }
    }
    out.push_str(&text[at..]);
    Some(out)
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

/// A path from a folder; `None` where it leads out of the repository.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::{directives, joined, part_of};

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
        assert_eq!(joined("a/b", "../c.py").as_deref(), Some("a/c.py"));
        assert_eq!(joined("a", "../../c.py"), None);
    }
}
