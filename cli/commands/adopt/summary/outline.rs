//! Where in an existing `SUMMARY.md` its chapters stand.
//!
//! ```text
//! # Summary              title_end: 10
//!
//! - [A](a.md)            an item: key a.md, prefix "- ", start 11, end 39 (with all that is nested)
//!     - [B](b.md)        its child: prefix "    - "; the file indents by four spaces
//! ```
//!
//! This follows `mdbook_summary` step by step, which keeps no positions, and takes for granted that it could read the
//! text.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use mdbook_bilingual_core::markdown::line_start;
use pulldown_cmark::{Event, HeadingLevel, OffsetIter, Parser, Tag, TagEnd};

use super::normal;

/// An existing table of contents. All positions are bytes of its text, at the start of a line or the end of the text.
#[derive(Debug, Default)]
pub(super) struct SummaryOutline {
    /// Behind the title.
    pub(super) title_end: Option<usize>,
    /// Behind the last prefix chapter.
    pub(super) prefix_end: Option<usize>,
    /// Where the numbered chapters begin.
    pub(super) numbered_start: Option<usize>,
    /// Behind the last numbered chapter, or the last heading of a part.
    pub(super) numbered_end: Option<usize>,
    /// The parts; chapters before the first heading are a part without a title.
    pub(super) parts: Vec<ListedPart>,
    /// The numbered chapters, in their order in the text.
    pub(super) items: Vec<ListedChapter>,
    /// The numbered chapters by their files.
    pub(super) by_path: BTreeMap<String, usize>,
    /// The numbered chapters by part, parent and title; of several, the first.
    pub(super) by_title: BTreeMap<(usize, Option<usize>, String), usize>,
    /// By how much the file indents a nested list.
    pub(super) indent: Option<String>,
    /// Whether there is nothing in it but comments.
    pub(super) is_empty: bool,
}

/// A part.
#[derive(Debug, Default)]
pub(super) struct ListedPart {
    pub(super) title: Option<String>,
    /// Behind the heading, and behind the text under it that mdBook leaves out.
    pub(super) heading_end: usize,
    /// The last chapter that is not nested.
    pub(super) last: Option<usize>,
}

/// A numbered chapter.
#[derive(Debug)]
pub(super) struct ListedChapter {
    /// The start of its line.
    pub(super) start: usize,
    /// Behind its last line, with what is nested in it.
    pub(super) end: usize,
    /// What stands before the link: `"  - "`.
    pub(super) prefix: String,
    /// How deeply it is nested: 0 at the outside.
    pub(super) depth: usize,
    /// The last chapter nested in it.
    pub(super) last_child: Option<usize>,
    /// Whether another chapter can stand on a line before or behind it.
    pub(super) is_anchor: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Title,
    Prefix,
    /// Right behind the heading of a part, where mdBook passes over one paragraph.
    Heading,
    Numbered,
    Suffix,
}

/// Where a list stands.
#[derive(Clone, Copy)]
struct Spot {
    part: usize,
    parent: Option<usize>,
    depth: usize,
}

/// Reads a table of contents.
pub(super) fn read(text: &str) -> SummaryOutline {
    let mut outline = SummaryOutline::default();
    let mut section = Section::Title;
    let mut events = Parser::new(text).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if section != Section::Suffix => {
                let title = words(&mut events, TagEnd::Heading(HeadingLevel::H1));
                let end = line_end(text, &range);
                if section == Section::Title {
                    outline.title_end = Some(end);
                    section = Section::Prefix;
                } else {
                    outline.numbered_start.get_or_insert_with(|| line_start(text, range.start));
                    outline.numbered_end = Some(end);
                    outline.parts.push(ListedPart { title: Some(title), heading_end: end, last: None });
                    section = Section::Heading;
                }
            }
            Event::Start(Tag::List(_)) if section != Section::Suffix => {
                outline.numbered_start.get_or_insert_with(|| line_start(text, range.start));
                if outline.parts.is_empty() {
                    outline.parts.push(ListedPart::default());
                }
                let part = outline.parts.len() - 1;
                let last = outline.list(text, &mut events, Spot { part, parent: None, depth: 0 });
                outline.parts[part].last = last.or(outline.parts[part].last);
                outline.numbered_end = Some(line_end(text, &range));
                section = Section::Numbered;
            }
            Event::Start(Tag::Paragraph) if section == Section::Heading => {
                skip(&mut events, TagEnd::Paragraph);
                let end = line_end(text, &range);
                outline.numbered_end = Some(end);
                if let Some(part) = outline.parts.last_mut() {
                    part.heading_end = end;
                }
                section = Section::Numbered;
            }
            Event::Start(Tag::Paragraph) if section == Section::Numbered => section = Section::Suffix,
            Event::Start(Tag::Link { .. }) if matches!(section, Section::Title | Section::Prefix) => {
                outline.prefix_end = Some(line_end(text, &range));
                section = Section::Prefix;
            }
            Event::Start(tag) if matches!(section, Section::Heading | Section::Numbered) => {
                skip(&mut events, tag.to_end());
                section = Section::Numbered;
            }
            _ if section == Section::Heading => section = Section::Numbered,
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            _ if section == Section::Title => section = Section::Prefix,
            _ => {}
        }
    }
    outline.is_empty = section == Section::Title;
    outline
}

impl SummaryOutline {
    /// Reads a list up to its end; returns its last chapter.
    fn list(&mut self, text: &str, events: &mut OffsetIter<'_>, spot: Spot) -> Option<usize> {
        let mut last = None;
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(Tag::Item) => last = self.item(text, events, &range, spot).or(last),
                Event::Start(Tag::List(_)) => {
                    let Some(parent) = last else { continue };
                    // mdBook forgets the first of two lists in one chapter.
                    if self.items[parent].last_child.is_some() {
                        for lost in &mut self.items[parent + 1..] {
                            lost.is_anchor = false;
                        }
                    }
                    let depth = spot.depth + 1;
                    let child = self.list(text, events, Spot { parent: Some(parent), depth, ..spot });
                    self.items[parent].last_child = child;
                    self.indent = self.indent.take().or_else(|| {
                        let child = leading(&self.items[child?].prefix);
                        child.strip_prefix(leading(&self.items[parent].prefix)).map(str::to_owned)
                    });
                }
                Event::End(TagEnd::List(_)) => break,
                _ => {}
            }
        }
        last
    }

    /// Reads an item up to the end of its link, which comes first in it.
    fn item(&mut self, text: &str, events: &mut OffsetIter<'_>, range: &Range<usize>, spot: Spot) -> Option<usize> {
        let (destination, link) = events.by_ref().find_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some((dest_url, range)),
            _ => None,
        })?;
        let title = words(events, TagEnd::Link);
        let bullet = range.end - text[range.clone()].trim_start().len();
        let start = line_start(text, bullet);
        let prefix = match &text[start..link.start] {
            // The link may stand on the line below its bullet.
            lines if lines.contains('\n') => format!("{} ", lines.lines().next().unwrap_or_default().trim_end()),
            line => line.to_owned(),
        };
        let index = self.items.len();
        self.items.push(ListedChapter {
            start,
            end: line_end(text, range),
            prefix,
            depth: spot.depth,
            last_child: None,
            is_anchor: text[start..bullet].trim().is_empty(),
        });
        if !destination.is_empty() {
            self.by_path.entry(normal(&destination)).or_insert(index);
        }
        self.by_title.entry((spot.part, spot.parent, title)).or_insert(index);
        Some(index)
    }

    /// What stands before the link of a chapter nested in one with this prefix: as the file does it elsewhere, and
    /// otherwise right below the link.
    pub(super) fn deeper(&self, prefix: &str) -> String {
        let (base, bullet) = prefix.split_at(leading(prefix).len());
        let content = columns(prefix);
        let own = self.indent.as_ref().map(|indent| format!("{base}{indent}"));
        // Four columns more, and it is code.
        let own = own.filter(|own| (content..content + 4).contains(&columns(own)));
        let indent = own.unwrap_or_else(|| format!("{base}{}", " ".repeat(content - columns(base))));
        format!("{indent}{bullet}")
    }
}

/// The files that a text mentions as the target of a link, also in comments and in code.
pub(in crate::commands::adopt) fn mentioned(text: &str) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                paths.insert(normal(&dest_url));
            }
            Event::Start(Tag::HtmlBlock | Tag::CodeBlock(_)) | Event::InlineHtml(_) | Event::Code(_) => {
                for line in text[range].lines() {
                    let line = line.replace("<!--", " ").replace("-->", " ").replace('`', " ");
                    paths.extend(Parser::new(line.trim()).filter_map(|event| match event {
                        Event::Start(Tag::Link { dest_url, .. }) => Some(normal(&dest_url)),
                        _ => None,
                    }));
                }
            }
            _ => {}
        }
    }
    paths
}

/// The plain text up to the end of an element, as mdBook takes it.
fn words(events: &mut OffsetIter<'_>, end: TagEnd) -> String {
    let mut words = String::new();
    for (event, _) in events {
        match event {
            Event::End(found) if found == end => break,
            Event::Text(text) | Event::Code(text) => words += &text,
            Event::SoftBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

fn skip(events: &mut OffsetIter<'_>, end: TagEnd) {
    let _ = events.find(|(event, _)| *event == Event::End(end));
}

/// The start of the line behind the last one of a range that is not blank.
fn line_end(text: &str, range: &Range<usize>) -> usize {
    let end = range.start + text[range.clone()].trim_end().len();
    text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1)
}

/// The white space at the start of a line.
fn leading(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// How wide a text is where tabs stop at every fourth column.
fn columns(text: &str) -> usize {
    text.chars().fold(0, |column, character| if character == '\t' { column / 4 * 4 + 4 } else { column + 1 })
}
