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

use crate::markdown::catalogue::title_of;
use crate::markdown::mdbook_options;

/// The headings and bullets of a document, each in the order of their lines.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<CatalogueHeading>,
    pub(super) bullets: Vec<Bullet>,
}

/// A heading at block level.
#[derive(Debug)]
pub(super) struct CatalogueHeading {
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
    pub(super) written: InlineText,
}

/// Inline Markdown as plain text. `\n` is a line break that reads as a space, [`BREAK`] one that is seen.
#[derive(Debug, Default)]
pub(super) struct InlineText {
    pub(super) text: String,
    pub(super) links: Vec<CatalogueLink>,
    /// The bytes of the first emphasis.
    pub(super) emphasised: Option<Range<usize>>,
    /// The bytes of each emphasis, in Markdown or in HTML.
    pub(super) set_off: Vec<Range<usize>>,
    /// The bytes of each code span.
    pub(super) code: Vec<Range<usize>>,
}

/// A link whose text is not empty: what has no text cannot be seen.
#[derive(Debug)]
pub(super) struct CatalogueLink {
    /// The bytes of its text.
    pub(super) range: Range<usize>,
    pub(super) url: String,
    /// Its line, from 1.
    pub(super) line: usize,
    /// Whether nothing but a picture is seen of it.
    pub(super) is_picture: bool,
}

/// What stands in a text between two paragraphs, or between two lines that the author separated.
pub(super) const BREAK: &str = "\n\n";

impl Outline {
    /// Reads a document. Headings that `is_switch` recognises are left out. Where links that stand in no list are
    /// chapters as well, as in mdBook's tables of contents, each of them is a bullet.
    pub(super) fn of(text: &str, loose_links: bool, is_switch: impl Fn(&InlineText) -> bool) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut walk = Walk { lines: breaks.map(|(at, _)| at).collect(), loose_links, ..Walk::default() };
        for (event, range) in Parser::new_ext(text, mdbook_options(false)).into_offset_iter() {
            // To the parser, what is indented with a tab can begin at the end of the line above it.
            let indent = text.as_bytes()[range.clone()].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            walk.event(event, &(range.start + indent..range.end), &is_switch);
        }
        walk.outline
    }
}

#[derive(Default)]
struct Walk {
    outline: Outline,
    /// The offsets of the line breaks.
    lines: Vec<usize>,
    /// Whether a link that stands in no list is a bullet.
    loose_links: bool,
    /// Whether such a link is open.
    loose: bool,
    /// The bullets that are open, innermost last.
    open: Vec<usize>,
    /// The heading that is above what comes.
    above: Option<usize>,
    /// The heading that is open.
    heading: Option<InlineText>,
    /// How many quotes, notes and definitions are open: a heading in one of them is no section.
    quotes: usize,
    /// How many code blocks are open.
    code: usize,
    /// How many images are open: one lies in the other's text.
    images: usize,
    /// The offset in the text at which the outermost open emphasis begins, and how many are open.
    emphasis: (usize, usize),
    /// The offset in the text at which the outermost emphasis in HTML begins, and how many are open.
    html: (usize, usize),
    /// The link that is open; its range is not complete.
    link: Option<CatalogueLink>,
    /// Whether there are words in it, and whether there is a picture.
    link_holds: (bool, bool),
}

impl Walk {
    fn event(&mut self, event: Event<'_>, range: &Range<usize>, is_switch: &impl Fn(&InlineText) -> bool) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, is_switch),
            Event::Text(piece) => self.push(&piece),
            Event::Code(piece) => {
                let start = self.written().map_or(0, |written| written.text.len());
                self.push(&piece);
                if let Some(written) = self.written() {
                    written.code.push(start..written.text.len());
                }
            }
            Event::SoftBreak => self.push("\n"),
            Event::HardBreak => self.push(BREAK),
            Event::InlineHtml(html) if html.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                self.push(BREAK);
            }
            Event::InlineHtml(html) => self.html(&html),
            _ => {}
        }
    }

    /// Emphasis that is written in HTML.
    fn html(&mut self, html: &str) {
        const SETS_OFF: &[&str] =
            &["b", "strong", "i", "em", "code", "kbd", "mark", "sup", "sub", "small", "span", "font"];
        let closes = html.starts_with("</");
        let name = html.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        if !SETS_OFF.contains(&name.as_str()) {
            return;
        }
        let at = self.written().map_or(0, |written| written.text.len());
        if !closes {
            self.html = if self.html.1 == 0 { (at, 1) } else { (self.html.0, self.html.1 + 1) };
        } else if self.html.1 > 0 {
            self.html.1 -= 1;
            let (start, open) = self.html;
            if let Some(written) = self.written().filter(|_| open == 0 && start <= at) {
                written.set_off.push(start..at);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Item => {
                self.html.1 = 0;
                self.outline.bullets.push(Bullet {
                    line: self.line(range.start),
                    heading: self.above,
                    parent: self.open.last().copied(),
                    written: InlineText::default(),
                });
                self.open.push(self.outline.bullets.len() - 1);
            }
            Tag::List(_) => self.push(BREAK),
            Tag::Heading { .. } if self.open.is_empty() && self.quotes == 0 => {
                self.heading = Some(InlineText::default());
            }
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionListDefinition => self.quotes += 1,
            Tag::CodeBlock(_) => self.code += 1,
            Tag::Image { .. } => {
                self.link_holds.1 |= self.link.is_some();
                self.images += 1;
            }
            Tag::Strong | Tag::Emphasis => {
                if self.emphasis.1 == 0 {
                    self.emphasis.0 = self.written().map_or(0, |written| written.text.len());
                }
                self.emphasis.1 += 1;
            }
            Tag::Link { dest_url, .. } if self.images == 0 => {
                let is_chapter = self.loose_links && self.heading.is_none() && self.open.is_empty() && self.quotes == 0;
                if is_chapter {
                    self.outline.bullets.push(Bullet {
                        line: self.line(range.start),
                        heading: self.above,
                        parent: None,
                        written: InlineText::default(),
                    });
                    self.open.push(self.outline.bullets.len() - 1);
                    self.loose = true;
                }
                let start = self.written().map_or(0, |written| written.text.len());
                let line = self.line(range.start);
                self.link_holds = (false, false);
                self.link =
                    Some(CatalogueLink { range: start..start, url: dest_url.into_string(), line, is_picture: false });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, is_switch: &impl Fn(&InlineText) -> bool) {
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
                if let Some(written) = self.written().filter(|_| open == 0) {
                    let range = start..written.text.len();
                    written.emphasised.get_or_insert_with(|| range.clone());
                    written.set_off.push(range);
                }
            }
            TagEnd::Link if self.images == 0 => {
                let link = self.link.take();
                let pictured = self.link_holds == (false, true);
                if let (Some(mut link), Some(written)) = (link, self.written()) {
                    link.range.end = written.text.len();
                    link.is_picture = pictured;
                    if !written.text[link.range.clone()].trim().is_empty() {
                        written.links.push(link);
                    }
                }
                if std::mem::take(&mut self.loose) {
                    self.open.pop();
                }
            }
            _ => {}
        }
    }

    /// Begins the section of a heading.
    fn section(&mut self, level: usize, written: &InlineText) {
        let headings = &mut self.outline.headings;
        let parent =
            std::iter::successors(self.above, |at| headings[*at].parent).find(|at| headings[*at].level < level);
        let below_bullets = !self.outline.bullets.is_empty();
        headings.push(CatalogueHeading { level, title: title_of(&written.text), parent, below_bullets });
        self.above = Some(headings.len() - 1);
    }

    /// What is being written: a heading, or the innermost open bullet.
    fn written(&mut self) -> Option<&mut InlineText> {
        match &mut self.heading {
            Some(heading) => Some(heading),
            None => self.open.last().map(|at| &mut self.outline.bullets[*at].written),
        }
    }

    fn push(&mut self, piece: &str) {
        // The text of an image is what a link around it is called; elsewhere nobody reads it.
        let hidden = self.code > 0 || self.images > 0 && self.link.is_none();
        self.link_holds.0 |= self.link.is_some() && self.images == 0 && !piece.trim().is_empty();
        if let Some(written) = self.written().filter(|_| !hidden) {
            written.text.push_str(piece);
        }
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|line_break| *line_break < offset) + 1
    }
}
