//! Adds to an existing `SUMMARY.md` what it lacks, by insertions alone.
//!
//! ```text
//! # RLHF                           # RLHF
//!
//! * [PPO](rlhf/ppo.md)             * [PPO](rlhf/ppo.md)
//! * [Loss]()                       * [Loss]()
//!     * [KL](rlhf/kl.md)               * [KL](rlhf/kl.md)
//!                            →         * [Entropy](rlhf/entropy.md)
//! ---                              * [GRPO](rlhf/grpo.md)
//!
//! [Thanks](thanks.md)              # Systems
//!
//!                                  - [vLLM](sys/vllm.md)
//!
//!                                  ---
//!
//!                                  [Thanks](thanks.md)
//! ```
//!
//! A file that is mentioned anywhere is known, in a comment as well: so an author keeps a note out.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use mdbook_summary::{Summary, SummaryItem, parse_summary};

use super::outline::{self, SummaryOutline};
use super::{NumberedChapter, Wanted, fold, heading, link, normal};

/// A table of contents with all that is wanted in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completed {
    /// The text.
    pub text: String,
    /// The files that were added, in the order in which they are wanted.
    pub added: Vec<String>,
}

/// Adds the chapters that an existing table of contents does not mention.
///
/// A chapter goes behind the nearest one before it in its list that is there, else before the nearest one behind it,
/// else into the chapter that it is wanted in, else to the end of its part, which is added before the suffix chapters
/// where it is missing. Every byte of the text stays.
///
/// # Errors
/// When mdBook cannot read the text, or could not read it, or would read the old chapters differently, with the new
/// chapters in it.
pub fn complete(existing: &str, wanted: &Wanted) -> Result<Completed> {
    let old = parse_summary(existing).context("SUMMARY.md cannot be read, so nothing was changed; mend it")?;
    let (mark, text) = existing.split_at(if existing.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 });
    let mut completion = Completion {
        text,
        eol: if text.matches("\r\n").count() * 2 > text.matches('\n').count() { "\r\n" } else { "\n" },
        outline: outline::read(text),
        known: outline::mentioned(text),
        groups: groups(wanted),
        insertions: Vec::new(),
        added: Vec::new(),
    };
    completion.prefix(wanted);
    completion.parts(wanted);
    let added = std::mem::take(&mut completion.added);
    if added.is_empty() {
        return Ok(Completed { text: existing.to_owned(), added });
    }
    let text = format!("{mark}{}", completion.assemble());
    let new = parse_summary(&text).context("SUMMARY.md cannot take the new chapters, so nothing was changed")?;
    if !is_kept(&old, &new, &added) {
        bail!(
            "SUMMARY.md has a form that new chapters cannot be added to without moving old ones, so nothing was changed; add by hand: {}",
            added.join(", ")
        );
    }
    Ok(Completed { text, added })
}

/// A chapter to add, with what goes into it.
struct NewChapter<'a> {
    title: &'a str,
    path: &'a str,
    children: Vec<NewChapter<'a>>,
}

/// What comes first where several things are inserted at one place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Title,
    Prefix,
    /// A deeper list ends before the list around it goes on.
    Chapter(Reverse<usize>),
    Untitled,
    Part,
}

struct Insertion {
    at: usize,
    rank: Rank,
    /// Whole lines.
    text: String,
    /// Whether it stands between blank lines.
    is_apart: bool,
}

struct Completion<'a> {
    text: &'a str,
    eol: &'static str,
    outline: SummaryOutline,
    known: BTreeSet<String>,
    /// How many drafts of a title are wanted in each part.
    groups: BTreeMap<(usize, String), usize>,
    insertions: Vec<Insertion>,
    added: Vec<String>,
}

/// A wanted part, by its place in `Wanted` and in the text.
#[derive(Clone, Copy)]
struct PartIndex {
    wanted: usize,
    listed: Option<usize>,
}

fn groups(wanted: &Wanted) -> BTreeMap<(usize, String), usize> {
    fn count(part: usize, chapters: &[NumberedChapter], groups: &mut BTreeMap<(usize, String), usize>) {
        for chapter in chapters {
            if path(chapter).is_none() {
                *groups.entry((part, fold(&chapter.title))).or_default() += 1;
            }
            count(part, &chapter.children, groups);
        }
    }
    let mut groups = BTreeMap::new();
    for (index, part) in wanted.parts.iter().enumerate() {
        count(index, &part.chapters, &mut groups);
    }
    groups
}

fn path(chapter: &NumberedChapter) -> Option<&str> {
    chapter.path.as_deref().filter(|path| !path.is_empty())
}

impl<'a> Completion<'a> {
    fn prefix(&mut self, wanted: &'a Wanted) {
        let outline = &self.outline;
        let start = if outline.is_empty { self.text.len() } else { 0 };
        let at = outline.prefix_end.or(outline.title_end).unwrap_or(start);
        for entry in &wanted.prefix {
            if self.known.insert(normal(&entry.path)) {
                self.added.push(entry.path.clone());
                let text = format!("{}{}", link(&entry.title, &entry.path), self.eol);
                self.insertions.push(Insertion { at, rank: Rank::Prefix, text, is_apart: true });
            }
        }
    }

    fn parts(&mut self, wanted: &'a Wanted) {
        for (index, part) in wanted.parts.iter().enumerate() {
            let title = part.title.as_deref().map(fold);
            let listed = self.outline.parts.iter().position(|listed| listed.title == title);
            let blocks = self.place(&part.chapters, None, PartIndex { wanted: index, listed });
            if blocks.is_empty() {
                continue;
            }
            let end = self.text.len();
            if let Some(listed) = listed {
                let listed = &self.outline.parts[listed];
                match listed.last.filter(|last| self.outline.items[*last].is_anchor) {
                    Some(last) => blocks.iter().for_each(|block| self.behind(last, block)),
                    None => self.insert_list(listed.heading_end, Rank::Chapter(Reverse(0)), String::new(), &blocks),
                }
            } else if let Some(title) = &title {
                let at = self.outline.numbered_end.unwrap_or(end);
                let heading = format!("{}{}{}", heading(title), self.eol, self.eol);
                self.insert_list(at, Rank::Part, heading, &blocks);
            } else {
                self.insert_list(self.outline.numbered_start.unwrap_or(end), Rank::Untitled, String::new(), &blocks);
            }
        }
    }

    /// Places what is missing of a list; returns what nothing in the text says a place for.
    fn place(
        &mut self,
        chapters: &'a [NumberedChapter],
        parent: Option<usize>,
        part: PartIndex,
    ) -> Vec<NewChapter<'a>> {
        let listed: Vec<Option<usize>> = chapters.iter().map(|chapter| self.listed(chapter, parent, part)).collect();
        let mut following: Vec<Option<usize>> = listed.clone();
        for index in (1..following.len()).rev() {
            following[index - 1] = following[index - 1].or(following[index]);
        }
        let mut homeless = Vec::new();
        let mut preceding = None;
        for (index, chapter) in chapters.iter().enumerate() {
            let blocks = if let Some(item) = listed[index] {
                let blocks = self.place(&chapter.children, Some(item), part);
                preceding = Some(item);
                blocks
            } else {
                self.missing(chapter, part)
            };
            for block in blocks {
                if let Some(item) = preceding {
                    self.behind(item, &block);
                } else if let Some(item) = following[index] {
                    self.before(item, &block);
                } else if let Some(item) = parent.filter(|parent| self.outline.items[*parent].is_anchor) {
                    self.inside(item, &block);
                } else {
                    homeless.push(block);
                }
            }
        }
        homeless
    }

    /// What there is to add of a chapter that is not among the numbered ones.
    fn missing(&mut self, chapter: &'a NumberedChapter, part: PartIndex) -> Vec<NewChapter<'a>> {
        let path = path(chapter);
        let is_new = path.is_some_and(|path| self.known.insert(normal(path)));
        if let Some(path) = path.filter(|_| is_new) {
            self.added.push(path.to_owned());
        }
        // An author who lists the chapters of a group without the group has no use for it.
        let is_group = path.is_none() && !chapter.children.iter().any(|child| self.listed(child, None, part).is_some());
        let children = self.place(&chapter.children, None, part);
        if is_new || is_group && !children.is_empty() {
            vec![NewChapter { title: &chapter.title, path: path.unwrap_or_default(), children }]
        } else {
            children
        }
    }

    /// The line that a wanted chapter has already, when another can be put next to it.
    fn listed(&self, chapter: &NumberedChapter, parent: Option<usize>, part: PartIndex) -> Option<usize> {
        let outline = &self.outline;
        let item = if let Some(path) = path(chapter) {
            outline.by_path.get(&normal(path)).copied()
        } else {
            let (title, listed) = (fold(&chapter.title), part.listed?);
            let key = |parent| (listed, parent, title.clone());
            outline.by_title.get(&key(parent)).copied().or_else(|| {
                // An author may have moved a group, but two groups of one name must not be mixed up.
                let is_only = self.groups.get(&(part.wanted, title.clone())) == Some(&1);
                let found = outline.by_title.range(key(None)..);
                let mut found =
                    found.take_while(|((index, ..), _)| *index == listed).filter(|((.., it), _)| *it == title);
                found.next().map(|(_, item)| *item).filter(|_| is_only && found.next().is_none())
            })
        };
        item.filter(|item| outline.items[*item].is_anchor)
    }

    fn behind(&mut self, item: usize, block: &NewChapter<'_>) {
        let item = &self.outline.items[item];
        self.insert(item.end, item.depth, item.prefix.clone(), block);
    }

    fn before(&mut self, item: usize, block: &NewChapter<'_>) {
        let item = &self.outline.items[item];
        self.insert(item.start, item.depth, item.prefix.clone(), block);
    }

    fn inside(&mut self, item: usize, block: &NewChapter<'_>) {
        let item = &self.outline.items[item];
        match item.last_child {
            Some(child) if self.outline.items[child].is_anchor => self.behind(child, block),
            _ => self.insert(item.end, item.depth + 1, self.outline.deeper(&item.prefix), block),
        }
    }

    fn insert(&mut self, at: usize, depth: usize, prefix: String, block: &NewChapter<'_>) {
        let mut text = String::new();
        self.lines(block, &prefix, &mut text);
        self.insertions.push(Insertion { at, rank: Rank::Chapter(Reverse(depth)), text, is_apart: false });
    }

    fn insert_list(&mut self, at: usize, rank: Rank, mut text: String, blocks: &[NewChapter<'_>]) {
        blocks.iter().for_each(|block| self.lines(block, "- ", &mut text));
        self.insertions.push(Insertion { at, rank, text, is_apart: true });
    }

    fn lines(&self, block: &NewChapter<'_>, prefix: &str, text: &mut String) {
        *text += &format!("{prefix}{}{}", link(block.title, block.path), self.eol);
        if !block.children.is_empty() {
            let prefix = self.outline.deeper(prefix);
            block.children.iter().for_each(|child| self.lines(child, &prefix, text));
        }
    }

    fn assemble(mut self) -> String {
        if self.outline.is_empty {
            // Without a title, mdBook takes the heading of the first part for one.
            let text = format!("# Summary{}", self.eol);
            self.insertions.push(Insertion { at: self.text.len(), rank: Rank::Title, text, is_apart: true });
        }
        self.insertions.sort_by_key(|insertion| (insertion.at, insertion.rank));
        let mut out = String::new();
        let mut at = 0;
        let mut insertions = self.insertions.iter().peekable();
        while let Some(insertion) = insertions.next() {
            out += &self.text[at..insertion.at];
            at = insertion.at;
            let is_open = !out.is_empty() && !out.ends_with('\n');
            let is_below = newlines(&out) < 2 && !out.trim().is_empty();
            if is_open {
                out += self.eol;
            }
            if insertion.is_apart && is_below {
                out += self.eol;
            }
            out += &insertion.text;
            let is_last = insertions.peek().is_none_or(|next| next.at != at);
            let goes_on = self.text[at..].lines().next().is_some_and(|line| !line.trim().is_empty());
            if insertion.is_apart && is_last && goes_on {
                out += self.eol;
            }
        }
        out + &self.text[at..]
    }
}

/// With how many line breaks a text ends.
fn newlines(text: &str) -> usize {
    text.bytes().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| *byte == b'\n').count()
}

/// Whether the old chapters are still there, in their order and where they were nested, and the new ones too.
fn is_kept(old: &Summary, new: &Summary, added: &[String]) -> bool {
    let (old, new) = (flat(old), flat(new));
    let mut rest = new.iter();
    let paths: BTreeSet<&str> = new.iter().filter_map(|line| line.path.as_deref()).collect();
    old.iter().all(|line| rest.any(|other| other == line))
        && added.iter().all(|path| paths.contains(normal(path).as_str()))
}

/// A chapter as mdBook reads it.
#[derive(PartialEq, Eq)]
struct ReadChapter {
    section: usize,
    depth: usize,
    above: Option<String>,
    title: String,
    path: Option<String>,
}

fn flat(summary: &Summary) -> Vec<ReadChapter> {
    fn add(section: usize, depth: usize, above: Option<&String>, items: &[SummaryItem], lines: &mut Vec<ReadChapter>) {
        for item in items {
            let (title, path, nested) = match item {
                SummaryItem::Link(link) => {
                    let path = link.location.as_ref().map(|path| normal(&path.to_string_lossy()));
                    (link.name.clone(), path, &link.nested_items[..])
                }
                SummaryItem::Separator => ("---".to_owned(), None, &[][..]),
                SummaryItem::PartTitle(title) => (format!("# {title}"), None, &[][..]),
                // mdBook may learn more kinds; what they say is not compared.
                _ => continue,
            };
            let own = path.clone().unwrap_or_else(|| title.clone());
            lines.push(ReadChapter { section, depth, above: above.cloned(), title, path });
            add(section, depth + 1, Some(&own), nested, lines);
        }
    }
    let mut lines = Vec::new();
    let sections = [&summary.prefix_chapters, &summary.numbered_chapters, &summary.suffix_chapters];
    for (section, items) in sections.into_iter().enumerate() {
        add(section, 0, None, items, &mut lines);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::read;
    use super::super::{PrefixChapter, SummaryPart, write};
    use super::*;

    fn chapter(path: &str, children: Vec<NumberedChapter>) -> NumberedChapter {
        // A name with a capital is a group.
        let is_group = path.starts_with(|first: char| first.is_uppercase());
        let (title, path) = if is_group { (path, None) } else { (path, Some(format!("{path}.md"))) };
        NumberedChapter { title: title.to_owned(), path, children }
    }

    /// `a`, `G(b c(d))`: names, and what is nested in them.
    fn list(text: &str) -> Vec<NumberedChapter> {
        fn level(names: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> Vec<NumberedChapter> {
            let mut chapters = Vec::new();
            while let Some(name) = names.next() {
                if name == ")" {
                    break;
                }
                let children = if names.next_if_eq("(").is_some() { level(names) } else { Vec::new() };
                chapters.push(chapter(&name, children));
            }
            chapters
        }
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let names: Vec<String> = spaced.split_whitespace().map(str::to_owned).collect();
        level(&mut names.into_iter().peekable())
    }

    /// Parts as lines: `title: list`, or a list alone; `<` before a line makes prefix chapters.
    fn wanted(text: &str) -> Wanted {
        let mut wanted = Wanted::default();
        for line in text.split('|').map(str::trim) {
            if let Some(prefix) = line.strip_prefix('<') {
                let entries = prefix.split_whitespace();
                wanted
                    .prefix
                    .extend(entries.map(|it| PrefixChapter { title: it.to_owned(), path: format!("{it}.md") }));
                continue;
            }
            let (title, chapters) =
                line.split_once(':').map_or((None, line), |(title, rest)| (Some(title.to_owned()), rest));
            wanted.parts.push(SummaryPart { title, chapters: list(chapters) });
        }
        wanted
    }

    fn check(existing: &str, want: &str, expected: &str) {
        let completed = complete(existing, &wanted(want)).unwrap();
        assert_eq!(completed.text, expected, "\n{}", completed.text);
        // A second run finds nothing to do.
        let again = complete(&completed.text, &wanted(want)).unwrap();
        assert_eq!(again.text, expected);
        assert_eq!(again.added, [""; 0]);
    }

    const REAL: &str = "# Summary\n\n[Intro](./intro.md)\n[About](about%20us.md)\n\n---\n\n# RLHF\n\n* [A](a.md)\n    * [A1](a1.md)\n* [Loss]()\n    * [KL](kl.md)\n<!-- * [Draft](draft.md) -->\n\n---\n\n# Systems\n- [S](s.md)\n\t- [T](t.md)\n\n---\n\n[Thanks](thanks.md)\n";

    #[test]
    fn a_real_one() {
        check(
            REAL,
            "< intro preface | RLHF: a(a1 a2) b Loss(kl entropy) draft Tricks(x(y)) | Systems: r s(t u(v)) | New: z",
            "# Summary\n\n[Intro](./intro.md)\n[About](about%20us.md)\n\n[preface](preface.md)\n\n---\n\n# RLHF\n\n* [A](a.md)\n    * [A1](a1.md)\n    * [a2](a2.md)\n* [b](b.md)\n* [Loss]()\n    * [KL](kl.md)\n    * [entropy](entropy.md)\n* [Tricks]()\n    * [x](x.md)\n        * [y](y.md)\n<!-- * [Draft](draft.md) -->\n\n---\n\n# Systems\n- [r](r.md)\n- [S](s.md)\n\t- [T](t.md)\n\t- [u](u.md)\n\t    - [v](v.md)\n\n# New\n\n- [z](z.md)\n\n---\n\n[Thanks](thanks.md)\n",
        );
    }

    #[test]
    fn nothing_to_add_changes_nothing() {
        for existing in [REAL, "", "# Summary", "\u{feff}# Summary\r\n\r\n- [A](a.md)"] {
            assert_eq!(complete(existing, &wanted("G(H()) | RLHF: Loss()")).unwrap().text, existing);
        }
    }

    #[test]
    fn places() {
        for (existing, want, expected) in [
            // Nothing there yet.
            ("", "< p | a | P: b", "# Summary\n\n[p](p.md)\n\n- [a](a.md)\n\n# P\n\n- [b](b.md)\n"),
            ("<!-- mine -->\n", "P: b", "<!-- mine -->\n\n# Summary\n\n# P\n\n- [b](b.md)\n"),
            ("# Summary", "a", "# Summary\n\n- [a](a.md)\n"),
            // No title.
            ("- [a](a.md)", "< p | a b | P: c", "[p](p.md)\n\n- [a](a.md)\n- [b](b.md)\n\n# P\n\n- [c](c.md)\n"),
            // Chapters without a part go before the parts.
            ("# S\n\n# P\n- [a](a.md)\n", "b | P: a", "# S\n\n- [b](b.md)\n\n# P\n- [a](a.md)\n"),
            ("# S\n\ntext\n\n# P\n- [a](a.md)\n", "b | P: a", "# S\n\ntext\n\n- [b](b.md)\n\n# P\n- [a](a.md)\n"),
            // Line endings, a mark, no newline at the end.
            ("\u{feff}# S\r\n\r\n- [a](a.md)\r\n", "a(b)", "\u{feff}# S\r\n\r\n- [a](a.md)\r\n  - [b](b.md)\r\n"),
            ("# S\n\n- [a](a.md)", "a b c", "# S\n\n- [a](a.md)\n- [b](b.md)\n- [c](c.md)\n"),
            // Bullets and indentation are those of the neighbour.
            (
                "1. [a](a.md)\n   1. [b](b.md)\n",
                "a(b c) d",
                "1. [a](a.md)\n   1. [b](b.md)\n   1. [c](c.md)\n1. [d](d.md)\n",
            ),
            ("1. [a](a.md)\n", "a(c(d))", "1. [a](a.md)\n   1. [c](c.md)\n      1. [d](d.md)\n"),
            (
                "-   [a](a.md)\n\n-   [d](d.md)\n",
                "a(b) c d",
                "-   [a](a.md)\n    -   [b](b.md)\n-   [c](c.md)\n\n-   [d](d.md)\n",
            ),
            ("- [a](a.md)\n  - [x](x.md)\n", "a(b)", "- [a](a.md)\n  - [x](x.md)\n  - [b](b.md)\n"),
            ("-\n  [a](a.md)\n", "a b", "-\n  [a](a.md)\n- [b](b.md)\n"),
            // Before the next one, when there is none before.
            ("- [G]()\n  - [b](b.md)\n", "G(a b)", "- [G]()\n  - [a](a.md)\n  - [b](b.md)\n"),
            // The author moved a chapter, or left out a group: its neighbours follow.
            ("# S\n\n# P\n\n# Q\n- [a](a.md)\n", "P: a b", "# S\n\n# P\n\n# Q\n- [a](a.md)\n- [b](b.md)\n"),
            ("- [a](a.md)\n- [z](z.md)\n", "G(a b)", "- [a](a.md)\n- [b](b.md)\n- [z](z.md)\n"),
            ("- [A]()\n  - [G]()\n", "G(b)", "- [A]()\n  - [G]()\n    - [b](b.md)\n"),
            // Two groups of one name are not mixed up.
            (
                "- [A]()\n  - [M]()\n",
                "A(M(a)) B(M(b))",
                "- [A]()\n  - [M]()\n    - [a](a.md)\n- [B]()\n  - [M]()\n    - [b](b.md)\n",
            ),
            // A part that has a heading only, and one before a separator and a suffix chapter.
            ("# S\n\n# P\n\n# Q\n", "P: a | Q: b", "# S\n\n# P\n\n- [a](a.md)\n\n# Q\n\n- [b](b.md)\n"),
            (
                "# S\n\n- [a](a.md)\n---\n[x](x.md)\n",
                "P: b",
                "# S\n\n- [a](a.md)\n\n# P\n\n- [b](b.md)\n\n---\n[x](x.md)\n",
            ),
            // What is mentioned is known.
            (
                "[p](./a.md)\n\n<!-- \n    - [b](b.md)\n- [c](<c.md>) -->\n\n- [d](d.md) <!-- [e](e.md) -->\n\n[s](f.md)\n",
                "a b c d e f",
                "[p](./a.md)\n\n<!-- \n    - [b](b.md)\n- [c](<c.md>) -->\n\n- [d](d.md) <!-- [e](e.md) -->\n\n[s](f.md)\n",
            ),
            // Chapters in two lists of one part.
            (
                "- [a](a.md)\n\n---\n\n- [b](b.md)\n",
                "a x b y",
                "- [a](a.md)\n- [x](x.md)\n\n---\n\n- [b](b.md)\n- [y](y.md)\n",
            ),
        ] {
            check(existing, want, expected);
        }
    }

    #[test]
    fn what_cannot_be_read_or_completed_is_an_error() {
        let error = complete("- a\n", &wanted("b")).unwrap_err();
        assert!(format!("{error:#}").contains("must only contain a hyperlink"), "{error:#}");
        let error = complete("# S\n\n<!--\n", &wanted("b")).unwrap_err();
        assert!(format!("{error:#}").contains("add by hand: b.md"), "{error:#}");
    }

    #[test]
    fn ten_thousand_notes() {
        let part = |number: usize| {
            let notes = (0..100).map(|it| chapter(&format!("n{number}/{it}"), vec![]));
            SummaryPart { title: Some(format!("P{number}")), chapters: notes.collect() }
        };
        let all = Wanted { prefix: vec![], parts: (0..100).map(part).collect() };
        let mut half = all.clone();
        half.parts.iter_mut().for_each(|part| part.chapters.truncate(50));
        let completed = complete(&write(&half), &all).unwrap();
        assert_eq!(completed.added.len(), 5_000);
        assert_eq!(completed.text, write(&all));
    }

    fn tree(depth: u32) -> impl Strategy<Value = Vec<NumberedChapter>> {
        let leaf = any::<bool>().prop_map(|group| {
            vec![NumberedChapter { title: String::new(), path: (!group).then(String::new), children: vec![] }]
        });
        leaf.prop_recursive(depth, 20, 4, |inner| {
            prop::collection::vec((any::<bool>(), inner), 1..4).prop_map(|them| {
                let make = |(group, children): (bool, _)| NumberedChapter {
                    title: String::new(),
                    path: (!group).then(String::new),
                    children,
                };
                them.into_iter().map(make).collect()
            })
        })
    }

    /// Gives every chapter a name of its own.
    fn name(chapters: &mut [NumberedChapter], number: &mut usize) {
        for chapter in chapters {
            *number += 1;
            chapter.title = format!("t{number}");
            chapter.path = chapter.path.as_ref().map(|_| format!("{number}.md"));
            name(&mut chapter.children, number);
        }
    }

    /// Takes away some of the chapters in which nothing is nested, or of all, with what is nested in them.
    fn thin(chapters: &mut Vec<NumberedChapter>, all: bool, choices: &mut dyn FnMut() -> bool) {
        chapters.retain_mut(|chapter| {
            let is_leaf = chapter.children.is_empty();
            thin(&mut chapter.children, all, choices);
            !((is_leaf || all) && chapter.path.is_some() && choices())
        });
    }

    /// Lines that a table of contents may be made of, sensible ones and others.
    const LINES: &[&str] = &[
        "",
        "",
        "# Summary",
        "# P",
        "# Q",
        "## R",
        "[p](p.md)",
        "[s](s.md)",
        "---",
        "===",
        "text",
        "> - [a](a.md)",
        "- [a](a.md)",
        "  - [b](b.md)",
        "    - [c](c.md)",
        "\t- [d](d.md)",
        "* [e](e.md)",
        "- [G]()",
        "  * [f](./f.md)",
        "1. [g](g.md)",
        "   1. [h](h.md)",
        "<!-- - [i](i.md) -->",
        "<!--",
        "-->",
        "- [H]()",
        "```",
        "+   [j](j.md)",
        "    - [x](x.md)",
        "      - [y](y.md)",
        "  text",
        "  - [z](z.md) <!-- text -->",
        "<div>",
        "-",
    ];

    proptest! {
        #[test]
        fn what_was_taken_away_comes_back(
            mut parts in prop::collection::vec(tree(3), 1..4),
            choices in prop::collection::vec(any::<bool>(), 60),
            all in any::<bool>(),
            style in 0..4,
        ) {
            let mut number = 0;
            parts.iter_mut().for_each(|part| name(part, &mut number));
            let title = |index: usize| (index > 0).then(|| format!("P{index}"));
            let whole = Wanted {
                prefix: vec![PrefixChapter { title: "p".to_owned(), path: "p.md".to_owned() }],
                parts: parts.into_iter().enumerate().map(|(it, chapters)| SummaryPart { title: title(it), chapters }).collect(),
            };
            let mut thinned = whole.clone();
            let mut choices = choices.into_iter().cycle();
            thinned.parts.iter_mut().for_each(|part| thin(&mut part.chapters, all, &mut || choices.next().unwrap()));
            let existing = write(&thinned) + "\n---\n\n[Suffix](suffix.md)\n";
            let existing = match style {
                0 => existing,
                1 => existing.replace("  ", "    "),
                2 => existing.replace("  ", "\t"),
                _ => existing.replace("- [", "* [").replace('\n', "\r\n"),
            };
            let completed = complete(&existing, &whole).unwrap();
            let summary = parse_summary(&completed.text).unwrap();
            let suffix = parse_summary(&existing).unwrap().suffix_chapters;
            prop_assert_eq!(&summary.suffix_chapters, &suffix);
            // Only insertions: what was there is a subsequence.
            let mut rest = completed.text.chars();
            prop_assert!(existing.chars().all(|old| rest.any(|new| new == old)));
            let mut got = read(&summary);
            // Without a numbered chapter, there are no suffix chapters either.
            got.prefix.retain(|entry| entry.path != "suffix.md");
            if all {
                let count = |wanted: &Wanted| write(wanted).matches(".md)").count();
                prop_assert_eq!(count(&got), count(&whole), "{}", completed.text);
            } else if thinned.parts[0].chapters.is_empty() == whole.parts[0].chapters.is_empty() {
                prop_assert_eq!(&got, &whole, "{}\n→\n{}", existing, completed.text);
            }
            let again = complete(&completed.text, &whole).unwrap();
            prop_assert_eq!(again.added, Vec::<String>::new());
        }

        #[test]
        fn any_text_is_completed_or_refused(
            lines in prop::collection::vec(prop::sample::select(LINES), 0..14),
            eol in prop::sample::select(&["\n", "\r\n"][..]),
        ) {
            let existing = lines.join(eol);
            let whole = wanted("< p | a(b c(d)) e G(f) | P: g(h) i H(j) | Q: k");
            if let Ok(completed) = complete(&existing, &whole) {
                let mut rest = completed.text.chars();
                prop_assert!(existing.chars().all(|old| rest.any(|new| new == old)));
                prop_assert_eq!(complete(&completed.text, &whole).unwrap().added, Vec::<String>::new());
            }
        }
    }
}
