//! The headings and the bullets of a document, each with its text and the places of its links in that text.
//!
//! ```text
//! - **[KV](kv.md)**：cache   →   text `KV：cache`, a link at 0..2, emphasis at 0..2
//! ```
//!
//! One run of the parser that mdBook uses. Bullets refer to what they are below by index, so that no depth of nesting
//! needs a stack.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::title_of;
use crate::notebook::anatomy::mdbook_options;

/// The headings and bullets of a document, each in the order of their lines.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<Heading>,
    pub(super) bullets: Vec<Bullet>,
}

/// A heading at block level.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: usize,
    pub(super) title: String,
    /// The heading that it is below.
    pub(super) parent: Option<usize>,
    /// Whether a bullet is above it.
    pub(super) below_bullets: bool,
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct Bullet {
    /// Its line, from 1.
    pub(super) line: usize,
    /// The heading that it is below.
    pub(super) heading: Option<usize>,
    /// The bullet that it is nested in.
    pub(super) parent: Option<usize>,
    /// What it says, without the bullets that are nested in it.
    pub(super) written: Written,
}

/// Inline Markdown as plain text. `\n` is a line break that reads as a space, [`BREAK`] one that is seen.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) links: Vec<Link>,
    /// The bytes of the first emphasis.
    pub(super) emphasised: Option<Range<usize>>,
}

/// A link whose text is not empty: what has no text cannot be seen.
#[derive(Debug)]
pub(super) struct Link {
    /// The bytes of its text.
    pub(super) range: Range<usize>,
    pub(super) url: String,
    /// Its line, from 1.
    pub(super) line: usize,
}

/// What stands in a text between two paragraphs, or between two lines that the author separated.
pub(super) const BREAK: &str = "\n\n";

impl Outline {
    /// Reads a document. Headings that `is_switch` recognises are left out.
    pub(super) fn of(text: &str, is_switch: impl Fn(&Written) -> bool) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut walk = Walk { lines: breaks.map(|(at, _)| at).collect(), ..Walk::default() };
        for (event, range) in Parser::new_ext(text, mdbook_options()).into_offset_iter() {
            walk.event(event, &range, &is_switch);
        }
        walk.outline
    }
}

#[derive(Default)]
struct Walk {
    outline: Outline,
    /// The offsets of the line breaks.
    lines: Vec<usize>,
    /// The bullets that are open, innermost last.
    open: Vec<usize>,
    /// The heading that is above what comes.
    above: Option<usize>,
    /// The heading that is open.
    heading: Option<Written>,
    /// How many quotes, notes and definitions are open: a heading in one of them is no section.
    quotes: usize,
    /// How many code blocks are open.
    code: usize,
    /// How many images are open: one lies in the other's text.
    images: usize,
    /// The offset in the text at which the outermost open emphasis begins, and how many are open.
    emphasis: (usize, usize),
    /// The link that is open; its range is not complete.
    link: Option<Link>,
}

impl Walk {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>, is_switch: &impl Fn(&Written) -> bool) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, is_switch),
            Event::Text(piece) | Event::Code(piece) => self.push(&piece),
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push(BREAK),
            Event::InlineHtml(html) if html.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                self.push(BREAK);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Item => {
                self.outline.bullets.push(Bullet {
                    line: self.line(range.start),
                    heading: self.above,
                    parent: self.open.last().copied(),
                    written: Written::default(),
                });
                self.open.push(self.outline.bullets.len() - 1);
            }
            Tag::List(_) => self.push(BREAK),
            Tag::Heading { .. } if self.open.is_empty() && self.quotes == 0 => {
                self.heading = Some(Written::default());
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => self.quotes += 1,
            Tag::CodeBlock(_) => self.code += 1,
            Tag::Image { .. } => self.images += 1,
            Tag::Strong | Tag::Emphasis => {
                if self.emphasis.1 == 0 {
                    self.emphasis.0 = self.written().map_or(0, |written| written.text.len());
                }
                self.emphasis.1 += 1;
            }
            Tag::Link { dest_url, .. } if self.images == 0 => {
                let start = self.written().map_or(0, |written| written.text.len());
                let line = self.line(range.start);
                self.link = Some(Link { range: start..start, url: dest_url.into_string(), line });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, is_switch: &impl Fn(&Written) -> bool) {
        match tag {
            TagEnd::Item => {
                self.open.pop();
            }
            TagEnd::Heading(level) => match self.heading.take() {
                Some(written) if !is_switch(&written) => self.section(level as usize, &written),
                Some(_) => {}
                None => self.push(BREAK),
            },
            TagEnd::Paragraph | TagEnd::TableCell => self.push(BREAK),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition => self.quotes -= 1,
            TagEnd::CodeBlock => self.code -= 1,
            TagEnd::Image => self.images -= 1,
            TagEnd::Strong | TagEnd::Emphasis => {
                self.emphasis.1 -= 1;
                let (start, open) = self.emphasis;
                if let Some(written) = self.written().filter(|written| open == 0 && written.emphasised.is_none()) {
                    written.emphasised = Some(start..written.text.len());
                }
            }
            TagEnd::Link if self.images == 0 => {
                let link = self.link.take();
                if let (Some(mut link), Some(written)) = (link, self.written()) {
                    link.range.end = written.text.len();
                    if !written.text[link.range.clone()].trim().is_empty() {
                        written.links.push(link);
                    }
                }
            }
            _ => {}
        }
    }

    /// Begins the section of a heading.
    fn section(&mut self, level: usize, written: &Written) {
        let headings = &mut self.outline.headings;
        let parent =
            std::iter::successors(self.above, |at| headings[*at].parent).find(|at| headings[*at].level < level);
        let below_bullets = !self.outline.bullets.is_empty();
        headings.push(Heading { level, title: title_of(&written.text), parent, below_bullets });
        self.above = Some(headings.len() - 1);
    }

    /// What is being written: a heading, or the innermost open bullet.
    fn written(&mut self) -> Option<&mut Written> {
        match &mut self.heading {
            Some(heading) => Some(heading),
            None => self.open.last().map(|at| &mut self.outline.bullets[*at].written),
        }
    }

    fn push(&mut self, piece: &str) {
        // The text of an image is what a link around it is called; elsewhere nobody reads it.
        let hidden = self.code > 0 || self.images > 0 && self.link.is_none();
        if let Some(written) = self.written().filter(|_| !hidden) {
            written.text.push_str(piece);
        }
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|line_break| *line_break < offset) + 1
    }
}
