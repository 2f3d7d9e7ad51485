//! Where the parts of a page are, in bytes: the places that passes may edit, and what can be read off the text.
//!
//! One run of mdBook's own Markdown parser over the text; nothing is ever printed back from its events.

use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use regex::Regex;

use super::html::Markup;
use super::prose::Prose;
use super::status::Status;
use super::wording::Wording;

/// The comment at which the learning path is written.
pub const LEARNING_PATH: &str = "learning-path";

/// The parts of one page. All offsets are bytes of the text that was given to [`Anatomy::of`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anatomy {
    /// The bytes of the front matter; empty without one.
    pub front_matter: Range<usize>,
    /// Where the text begins: behind the front matter, or at 0.
    pub body: usize,
    /// The first heading, when it is of level 1 and stands at the top.
    pub title: Option<Title>,
    /// Whether there is a level-1 heading anywhere, in Markdown or in HTML.
    pub has_level_one: bool,
    /// The place for banners: behind the title, or where the text begins.
    pub banner: Gap,
    /// The place behind everything.
    pub end: Gap,
    /// The markers, in order.
    pub markers: Vec<Marker>,
    /// Whether the text ends at block level with all its HTML closed, so that an element can be put around it.
    pub closed: bool,
    /// Whether there is nothing to read but the title.
    pub blank: bool,
    /// What there is to read.
    pub prose: Prose,
}

/// The heading that is the page's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its text, without Markdown and without a status mark.
    pub text: String,
    /// Its status mark, and the bytes that the mark takes where they are plain text.
    pub mark: Option<(Status, Option<Range<usize>>)>,
    /// Its line, from 1.
    pub line: usize,
}

/// A place between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The offset.
    pub at: usize,
    /// Whether what is before ends with a line break (or is nothing).
    pub after_line_break: bool,
    /// Whether what follows is a blank line (or nothing).
    pub before_blank: bool,
}

/// A comment such as `<!-- learning-path -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its name.
    pub name: String,
    /// The bytes of the comment.
    pub range: Range<usize>,
    /// The level of the heading above it; 1 without one.
    pub level: usize,
    /// Whether it stands inside of something, where no block can be put.
    pub nested: bool,
    /// Its line, from 1.
    pub line: usize,
}

/// How many letters outside of links may stand above a title: a word or two between links to other languages.
const LOOSE_ABOVE_TITLE: usize = 20;

/// What has to stand behind a page's text when an element is put around it.
const CLOSING: &str = "\n\n</div>\n";

impl Anatomy {
    /// The markers of this name that can be filled: those with room for a block.
    pub fn places(&self, name: &str) -> impl Iterator<Item = &Marker> {
        self.markers.iter().filter(move |marker| marker.name == name && !marker.nested)
    }

    /// Reads the text of a page whose front matter ends at `body`.
    #[must_use]
    pub fn of(text: &str, body: usize, wording: &Wording) -> Self {
        Self::behind(text, 0..body, wording)
    }

    /// Reads the text of a page whose front matter is somewhere in it: another plugin can have written above it.
    #[must_use]
    pub fn behind(text: &str, front_matter: Range<usize>, wording: &Wording) -> Self {
        let anatomy = Reader::new(text, front_matter.end, wording).read();
        Self { front_matter, ..anatomy }
    }
}

/// Lines, from 1. Counting goes on from the last question, so that asking in order costs one walk.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> usize {
        if offset < self.at {
            (self.at, self.line) = (0, 1);
        }
        self.line += self.text.as_bytes()[self.at..offset].iter().filter(|byte| **byte == b'\n').count();
        self.at = offset;
        self.line
    }
}

struct Reader<'a> {
    text: &'a str,
    wording: &'a Wording,
    lines: Lines<'a>,
    anatomy: Anatomy,
    /// The headings and blocks that were passed at the top level.
    blocks: usize,
    /// The letters that were passed outside of links and images.
    loose: usize,
    links: usize,
    level: usize,
    /// Identifies each Markdown container; the innermost open one is last.
    containers: Vec<usize>,
    containers_seen: usize,
    /// Open HTML elements, each with the container that it was opened in.
    elements: Vec<(String, usize)>,
    balanced: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, body: usize, wording: &'a Wording) -> Self {
        let gap = |at: usize| Gap {
            at,
            after_line_break: at == 0 || text[..at].ends_with('\n'),
            before_blank: text[at..].lines().next().is_none_or(|line| line.trim().is_empty()),
        };
        Self {
            text,
            wording,
            lines: Lines { text, at: 0, line: 1 },
            anatomy: Anatomy {
                front_matter: 0..body,
                body,
                title: None,
                has_level_one: false,
                banner: gap(body),
                end: gap(text.len()),
                markers: Vec::new(),
                closed: false,
                blank: true,
                prose: Prose::default(),
            },
            blocks: 0,
            loose: 0,
            links: 0,
            level: 1,
            containers: Vec::new(),
            containers_seen: 0,
            elements: Vec::new(),
            balanced: true,
        }
    }

    fn read(mut self) -> Anatomy {
        let body = self.anatomy.body;
        let source = format!("{}{CLOSING}", &self.text[body..]);
        let sentinel = source.len() - CLOSING.len() + CLOSING.find('<').expect("it is a tag");
        let mut events = Parser::new_ext(&source, mdbook_options()).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let in_text = body + range.start.min(source.len() - CLOSING.len())
                ..body + range.end.min(source.len() - CLOSING.len());
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    if range.start == sentinel && self.containers.is_empty() {
                        self.anatomy.closed = self.balanced && self.elements.is_empty();
                        break;
                    }
                    self.html(in_text, self.containers.is_empty());
                    // The block's own events say the same again, line by line.
                    for (event, _) in events.by_ref() {
                        if event == Event::End(TagEnd::HtmlBlock) {
                            break;
                        }
                    }
                    self.blocks += usize::from(self.containers.is_empty());
                }
                Event::InlineHtml(_) => self.html(in_text, false),
                Event::Start(Tag::Heading { level, .. }) => {
                    let mut text = String::new();
                    for (event, range) in events.by_ref() {
                        match event {
                            Event::End(TagEnd::Heading(_)) => break,
                            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
                            Event::SoftBreak | Event::HardBreak => text.push(' '),
                            Event::InlineHtml(_) => self.html(body + range.start..body + range.end, false),
                            _ => {}
                        }
                    }
                    self.heading(level, &text, in_text);
                    self.blocks += usize::from(self.containers.is_empty());
                }
                Event::Start(Tag::CodeBlock(_)) => {
                    self.anatomy.blank = false;
                    for (event, _) in events.by_ref() {
                        if event == Event::End(TagEnd::CodeBlock) {
                            break;
                        }
                    }
                    self.blocks += usize::from(self.containers.is_empty());
                }
                Event::Start(ref tag) => {
                    self.links += usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
                    self.blocks += usize::from(self.containers.is_empty());
                    self.containers_seen += 1;
                    self.containers.push(self.containers_seen);
                    self.anatomy.blank &= matches!(event, Event::Start(Tag::Paragraph));
                }
                Event::End(tag) => {
                    self.links -= usize::from(matches!(tag, TagEnd::Link | TagEnd::Image));
                    self.containers.pop();
                }
                Event::Text(piece) | Event::Code(piece) => {
                    self.anatomy.blank &= piece.trim().is_empty();
                    self.anatomy.prose.read(&piece);
                    // Nobody asks further down.
                    if self.links == 0 && self.loose <= LOOSE_ABOVE_TITLE {
                        self.loose += piece.chars().filter(|c| c.is_alphanumeric()).count();
                    }
                }
                Event::SoftBreak | Event::HardBreak => {}
                _ => self.anatomy.blank = false,
            }
        }
        self.anatomy
    }

    fn heading(&mut self, level: HeadingLevel, text: &str, range: Range<usize>) {
        let (level, top) = (level as usize, self.containers.is_empty());
        self.anatomy.prose.read(text);
        // A title can have badges or a line of links above it; below text, a level-1 heading is a part of the text.
        let at_the_top = self.level == 1 && self.blocks <= 3 && self.loose <= LOOSE_ABOVE_TITLE;
        let is_title = level == 1 && top && !self.anatomy.has_level_one && at_the_top;
        self.anatomy.has_level_one |= level == 1;
        if top {
            self.level = level;
        }
        if !is_title {
            self.anatomy.blank = false;
            return;
        }
        let end = self.text[range.end..].find('\n').map_or(self.text.len(), |at| range.end + at + 1);
        let end = if self.text[..range.end].ends_with('\n') { range.end } else { end };
        let line = self.lines.of(range.start);
        let source = heading_text(&self.text[range.clone()]);
        let content = source.trim_start_matches(['#', ' ', '\t']);
        let content_start = range.start + source.len() - content.len();
        // `**[Draft] KV**` says the same, but nothing can be taken out of it byte by byte.
        let mark = self.wording.mark(text).map(|found| {
            let bytes = self.wording.mark(content).filter(|source| source.status == found.status);
            let range = |range: Range<usize>| content_start + range.start..content_start + range.end;
            (found.status, bytes.map(|mark| range(mark.range)))
        });
        let text = if mark.is_some() { self.wording.without_mark(text) } else { text.to_owned() };
        self.anatomy.title = Some(Title { text: text.trim().to_owned(), mark, line });
        self.anatomy.banner = Gap {
            at: end,
            after_line_break: self.text[..end].ends_with('\n'),
            before_blank: self.text[end..].lines().next().is_none_or(|line| line.trim().is_empty()),
        };
    }

    /// Reads the tags and the markers of a piece of HTML.
    fn html(&mut self, range: Range<usize>, block: bool) {
        static MARKER: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"<!--[ \t]*([a-z]+(?:-[a-z]+)*)[ \t]*-->").expect("a valid pattern"));
        let html = &self.text[range.clone()];
        for found in MARKER.captures_iter(html) {
            if &found[1] == LEARNING_PATH {
                let whole = found.get(0).expect("a match has bytes");
                let line = self.lines.of(range.start + whole.start());
                self.anatomy.markers.push(Marker {
                    name: found[1].to_owned(),
                    range: range.start + whole.start()..range.start + whole.end(),
                    level: self.level,
                    nested: !block,
                    line,
                });
                self.anatomy.blank = false;
            }
        }
        let container = self.containers.last().copied().unwrap_or(0);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            rest = &rest[at..];
            rest = match Markup::next(rest) {
                Some((Markup::Comment, len)) => &rest[len..],
                Some((Markup::Open(name), len)) => {
                    self.anatomy.has_level_one |= name == "h1";
                    self.anatomy.blank = false;
                    rest = &rest[len..];
                    // Nothing inside of these is a tag but their own end.
                    if matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
                        rest = &rest[end_tag(rest, &name).unwrap_or(rest.len())..];
                    }
                    self.elements.push((name, container));
                    rest
                }
                Some((Markup::Empty(name), len)) => {
                    self.anatomy.blank &= name == "br";
                    &rest[len..]
                }
                Some((Markup::Close(name), len)) => {
                    match self.elements.last() {
                        Some((open, opened_in)) if *open == name && *opened_in == container => {
                            self.elements.pop();
                        }
                        _ => self.balanced = false,
                    }
                    &rest[len..]
                }
                None => &rest[1..],
            };
        }
    }
}

/// Where the end tag of an element begins.
fn end_tag(html: &str, name: &str) -> Option<usize> {
    html.match_indices("</").map(|(at, _)| at).find(|at| {
        html.as_bytes()
            .get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The source of a heading up to what is behind its text: the line of `=`, closing `#`, attributes such as `{#id}`.
fn heading_text(source: &str) -> &str {
    let text = source.trim_end().trim_end_matches('=').trim_end();
    let text = match text.rfind('{') {
        Some(at) if text.ends_with('}') && !text[at..].contains('\n') => text[..at].trim_end(),
        _ => text,
    };
    let without = text.trim_end_matches('#');
    if without.ends_with([' ', '\t']) { without.trim_end() } else { text }
}

/// The options that mdBook parses a page with, as far as they change where blocks begin and end.
fn mdbook_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    #[test]
    fn title_and_banner() {
        let at = |text: &str| {
            let anatomy = of(text);
            (anatomy.title.map(|title| title.text), text[anatomy.banner.at..].to_owned())
        };
        assert_eq!(at("# A `b` c\n\ntext\n"), (Some("A b c".into()), "\ntext\n".into()));
        assert_eq!(at("# A"), (Some("A".into()), String::new()));
        assert_eq!(at("A\n===\ntext"), (Some("A".into()), "text".into()));
        assert_eq!(at("[English](x.md)\n\n# A #\r\ntext"), (Some("A".into()), "text".into()));
        assert_eq!(at("text\n\n## B\n\n# A\n"), (None, "text\n\n## B\n\n# A\n".into()));
        assert_eq!(at("> # A\n"), (None, "> # A\n".into()));
        assert_eq!(at("a\n\nb\n\nc\n\nd\n\n# A\n").0, None);
        assert_eq!(at("Some text that is not a line of links.\n\n# A\n").0, None);
        assert_eq!(
            at("[A long line of links](a.md) | [and of badges that can go on](b.md)\n\n# A\n").0,
            Some("A".into())
        );
        assert_eq!(at("").0, None);
    }

    #[test]
    fn a_mark_leaves_the_heading() {
        for (text, rest) in [
            ("# [Pending Review] A\n", "# A\n"),
            ("# 【待审阅】A\n", "# A\n"),
            ("# \\[Draft\\] A\n", "# A\n"),
            ("A [WIP]\n===\n", "A\n===\n"),
            ("# A [WIP] {#a}\n", "# A {#a}\n"),
            ("# A [WIP] ##\n", "# A ##\n"),
            ("# A 【待审阅】 ## {#a .b}\n", "# A ## {#a .b}\n"),
        ] {
            let title = of(text).title.unwrap();
            assert_eq!(title.text, "A");
            let range = title.mark.unwrap().1.unwrap();
            assert_eq!(format!("{}{}", &text[..range.start], &text[range.end..]), rest);
        }
        // The fact stays where the bytes cannot be told.
        for text in ["# **[Draft] A**\n", "# &#91;Draft&#93; A\n"] {
            assert_eq!(of(text).title.unwrap().mark, Some((Status::Draft, None)), "{text}");
        }
    }

    #[test]
    fn open_ends_are_seen() {
        for text in [
            "",
            "# A",
            "text",
            "- a\n  - b",
            "> a",
            "```\na\n```",
            "<details>\n\na\n\n</details>\n",
            "a <b>b</b><br>\n",
            "| a |\n|---|\n| b |",
            "[^1]: a",
            "<!-- a -->",
            "<p align=\"center\"><img src=\"a>b.png\"></p>",
            "    code",
            "a < b",
            "<https://a.b>",
            "<script>if (a < b) \"</div>\"</script>\n",
        ] {
            assert!(of(text).closed, "{text}");
        }
        for text in [
            "```\na",
            "~~~\na\n```\n",
            "<details>\n\na\n",
            "a\n\n</div>\n",
            "<!-- a",
            "<script>\n",
            "<b>a\n\nb</b>",
            "- <div>\n\n</div>\n",
            "a <span>b",
            "<pre>\n",
        ] {
            assert!(!of(text).closed, "{text}");
        }
    }

    #[test]
    fn markers_at_block_level_only() {
        let text = "# A\n\n## B\n\n<!-- learning-path -->\n\n- <!-- learning-path -->\n\n`<!-- learning-path -->`\n";
        let markers = of(text).markers;
        assert_eq!(markers.len(), 2);
        assert_eq!(&text[markers[0].range.clone()], "<!-- learning-path -->");
        assert_eq!((markers[0].level, markers[0].nested, markers[0].line), (2, false, 5));
        assert!(markers[1].nested);
        assert!(of("```\n<!-- learning-path -->\n```\n").markers.is_empty());
    }

    #[test]
    fn blank_is_what_has_no_text() {
        for text in ["", "\n\n", "# A\n", "<!-- a -->\n", "# A\n\n<!-- todo -->\n"] {
            assert!(of(text).blank, "{text:?}");
        }
        for text in ["a", "# A\n\n## B\n", "```\n\n```", "![](a.png)", "---", "<img src=x>", "<!-- learning-path -->"] {
            assert!(!of(text).blank, "{text:?}");
        }
    }
}
