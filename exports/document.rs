//! A note as a tree: what stands in it, and which bytes of the author's text each part takes.
//!
//! ```text
//! 见 **$x$。**后文    →    Paragraph 0..19 [Text "见 ", Strong [Formula, Text "。"], Text "后文"]
//! ```
//!
//! It is mdBook's own reading of the page: with the dollars that are formulas, with the emphasis that its author meant
//! beside Chinese punctuation, and without the note's own lines about its editions and copies. Formulas are hidden from
//! the parser, behind as many other bytes, since nothing in them is Markdown.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use mdbook_bilingual_core::markdown::{
    Anatomy, COMMENT, CalloutKind, Escape, Formula, Marks, Shortcode, mdbook_options,
};
use mdbook_bilingual_core::text::Wording;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Parser, Tag};

/// A note as it is read.
#[derive(Debug)]
pub struct Document<'a> {
    /// All of it, with its front matter.
    pub text: &'a str,
    /// Where its text begins.
    pub body: usize,
    /// Its blocks, in order.
    pub nodes: Vec<Node>,
    /// Its formulas, in order.
    pub formulas: &'a [Formula],
    /// The bytes of what names addresses for links elsewhere in it: `[1]: https://…`.
    pub definitions: Vec<Range<usize>>,
    /// The bytes that are left out: the note's own lines, and its title.
    pub left_out: Vec<Range<usize>>,
    /// Where its lines begin, once somebody asked.
    lines: OnceCell<Vec<usize>>,
}

/// A part of a note.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bytes that it takes in the note's text.
    pub range: Range<usize>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// What a part of a note is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// A paragraph.
    Paragraph,
    /// A heading of a level, from 1.
    Heading(u8),
    /// A quotation, or a callout.
    Quote(Option<CalloutKind>),
    /// A list; its first number where it is numbered.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A block of code.
    Code(CodeBlock),
    /// A formula on lines of its own that is written as a block of code: which of the document's it is.
    FormulaBlock(usize),
    /// A block of HTML.
    Html,
    /// A table, with the alignment of its columns.
    Table(Vec<Alignment>),
    /// The first row of a table.
    TableHead,
    /// A row of a table.
    TableRow,
    /// A cell.
    TableCell,
    /// The text of a footnote, and its name.
    Footnote(String),
    /// A line between two parts.
    Rule,
    /// A list of terms.
    Terms,
    /// A term.
    Term,
    /// What a term means.
    Meaning,
    /// Text.
    Text(String),
    /// An emoji that is written by its name.
    Emoji(&'static str),
    /// Code in a line.
    InlineCode(String),
    /// A formula: which of the document's it is.
    Formula(usize),
    /// `*a*`.
    Emphasis,
    /// `**a**`.
    Strong,
    /// `~~a~~`.
    Struck,
    /// A link.
    Link(Target),
    /// A picture.
    Picture(Target),
    /// A tag of HTML, or a comment.
    InlineHtml(String),
    /// A line break of the source.
    SoftBreak,
    /// A line break.
    HardBreak,
    /// A number that leads to a footnote, by its name.
    FootnoteReference(String),
    /// A box of a list of tasks, and whether it is done.
    Task(bool),
}

/// A block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// What stands behind its first fence; `None` for one that is indented.
    pub info: Option<String>,
    /// What it holds, without the marks of what it stands in.
    pub contents: String,
}

/// Where a link leads, or what a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The address, without escapes and entities.
    pub destination: String,
    /// The title.
    pub title: String,
    /// How it is written.
    pub kind: LinkType,
}

impl<'a> Document<'a> {
    /// Reads a note. `left_out` are the bytes that are no part of it: they are not read.
    #[must_use]
    pub fn read(text: &'a str, anatomy: &'a Anatomy, wording: &Wording, left_out: Vec<Range<usize>>) -> Self {
        let Anatomy { body, formulas, emphasis, plain, shortcodes, .. } = anatomy;
        Self::read_with(text, Found { body: *body, formulas, emphasis, plain, shortcodes }, wording, left_out)
    }

    /// Reads a text without formulas from an offset on, as CommonMark has it.
    #[must_use]
    pub fn plain(text: &'a str, body: usize, wording: &Wording) -> Self {
        Self::read_with(
            text,
            Found { body, formulas: &[], emphasis: &[], plain: &[], shortcodes: &[] },
            wording,
            Vec::new(),
        )
    }

    fn read_with(text: &'a str, anatomy: Found<'a>, wording: &Wording, mut left_out: Vec<Range<usize>>) -> Self {
        left_out.sort_by_key(|range| range.start);
        let shown = Shown::new(text, anatomy, &left_out);
        let parser = Parser::new_ext(&shown.text, mdbook_options(wording.dialect.definition_lists));
        let root = Node { kind: Kind::Paragraph, range: 0..text.len(), children: Vec::new() };
        let mut reader = TreeReader { shown: &shown, anatomy, open: vec![root] };
        let mut events = parser.into_offset_iter();
        for (event, range) in events.by_ref() {
            reader.hear(event, &range);
        }
        let definitions = events.reference_definitions().iter();
        let mut definitions: Vec<Range<usize>> =
            definitions.map(|(_, definition)| shown.place(&definition.span)).collect();
        definitions.sort_by_key(|range| range.start);
        let nodes = reader.open.pop().map(|root| root.children).unwrap_or_default();
        Self {
            text,
            body: anatomy.body,
            nodes,
            formulas: anatomy.formulas,
            definitions,
            left_out,
            lines: OnceCell::new(),
        }
    }

    /// The line of an offset, from 1.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        let begins = self
            .lines
            .get_or_init(|| std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect());
        begins.partition_point(|begin| *begin <= at)
    }

    /// The formulas that stand in some bytes, each with its position among all.
    pub fn formulas_in(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &'a Formula)> + use<'a> {
        let formulas = self.formulas;
        let first = formulas.partition_point(|formula| formula.range.start < range.start);
        let inside = formulas[first..].iter().take_while(move |formula| formula.range.end <= range.end);
        inside.enumerate().map(move |(at, formula)| (first + at, formula))
    }
}

impl Node {
    /// Its text, without any Markdown.
    #[must_use]
    pub fn plain(&self, formulas: &[Formula]) -> String {
        let mut out = String::new();
        self.spell(formulas, &mut out);
        out
    }

    fn spell(&self, formulas: &[Formula], out: &mut String) {
        match &self.kind {
            Kind::Text(text) | Kind::InlineCode(text) => out.push_str(text),
            Kind::Emoji(emoji) => out.push_str(emoji),
            Kind::Formula(at) => out.push_str(&formulas[*at].tex),
            Kind::SoftBreak | Kind::HardBreak => out.push(' '),
            _ => self.children.iter().for_each(|child| child.spell(formulas, out)),
        }
    }

    /// Calls `hear` with it and with everything in it.
    pub fn walk<'n>(&'n self, hear: &mut impl FnMut(&'n Self)) {
        hear(self);
        self.children.iter().for_each(|child| child.walk(hear));
    }
}

/// What was found in a text before it is read as a tree.
#[derive(Clone, Copy)]
struct Found<'a> {
    /// Where the text begins.
    body: usize,
    /// Its formulas.
    formulas: &'a [Formula],
    /// Where a comment makes emphasis what its author meant.
    emphasis: &'a [usize],
    /// Where a backslash keeps text as it is.
    plain: &'a [Escape],
    /// Emoji that are written by their names.
    shortcodes: &'a [Shortcode],
}

/// The text that the parser is shown.
struct Shown<'a> {
    source: &'a str,
    text: Cow<'a, str>,
    body: usize,
    /// What was put into it: where in the text, and how many bytes so far.
    put: Vec<(usize, usize, usize)>,
}

impl<'a> Shown<'a> {
    fn new(text: &'a str, anatomy: Found<'_>, left_out: &[Range<usize>]) -> Self {
        let is_hidden = |formula: &&Formula| {
            let is_block = matches!(formula.marks, Marks::Fences { .. }) || formula.range.is_empty();
            !is_block && !is_left_out(left_out, &formula.range)
        };
        let hidden: Vec<&Formula> = anatomy.formulas.iter().filter(is_hidden).collect();
        let is_as_written =
            hidden.is_empty() && left_out.is_empty() && anatomy.emphasis.is_empty() && anatomy.plain.is_empty();
        if is_as_written {
            return Self {
                source: text,
                text: Cow::Borrowed(&text[anatomy.body..]),
                body: anatomy.body,
                put: Vec::new(),
            };
        }
        let mut bytes = text.as_bytes().to_vec();
        for range in left_out {
            for byte in &mut bytes[range.clone()] {
                if !matches!(byte, b'\n' | b'\r') {
                    *byte = b' ';
                }
            }
        }
        for range in hidden.into_iter().map(|formula| formula.range.clone()) {
            // Punctuation at both ends, as dollars are, and letters between, over all its lines.
            bytes[range.clone()].fill(b'x');
            bytes[range.start] = b'%';
            bytes[range.end - 1] = b'%';
        }
        let masked = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
        let comments = anatomy.emphasis.iter().map(|at| (*at, COMMENT));
        let escapes = anatomy.plain.iter().map(|escape| (escape.at, "\\"));
        let is_read = |at: usize| at >= anatomy.body && !is_left_out(left_out, &(at..at));
        let mut put: Vec<(usize, &str)> = comments.chain(escapes).filter(|(at, _)| is_read(*at)).collect();
        put.sort_unstable();
        let mut shown = String::with_capacity(masked.len() + put.len() * COMMENT.len());
        let (mut at, mut places) = (anatomy.body, Vec::with_capacity(put.len()));
        for (place, what) in put {
            shown.push_str(&masked[at..place]);
            let begin = shown.len();
            shown.push_str(what);
            places.push((begin, shown.len(), place));
            at = place;
        }
        shown.push_str(&masked[at..]);
        Self { source: text, text: Cow::Owned(shown), body: anatomy.body, put: places }
    }

    /// Where the author's text has a byte of this one: the beginning of a character, since of one that is left out each
    /// byte is a space here.
    fn offset(&self, at: usize) -> usize {
        let place = match self.put[..self.put.partition_point(|(begin, _, _)| *begin <= at)].last() {
            None => self.body + at,
            Some((_, end, place)) => place + at.saturating_sub(*end),
        };
        self.source.floor_char_boundary(place)
    }

    fn place(&self, range: &Range<usize>) -> Range<usize> {
        self.offset(range.start)..self.offset(range.end)
    }
}

fn is_left_out(left_out: &[Range<usize>], range: &Range<usize>) -> bool {
    left_out.iter().any(|out| out.start <= range.start && range.end <= out.end)
}

struct TreeReader<'r> {
    shown: &'r Shown<'r>,
    anatomy: Found<'r>,
    /// What is open, from outside in; the first is the note itself.
    open: Vec<Node>,
}

impl TreeReader<'_> {
    fn hear(&mut self, event: Event<'_>, range: &Range<usize>) {
        let place = self.shown.place(range);
        let kind = match event {
            Event::Start(tag) => {
                let kind = self.opened(tag, &place);
                return self.open.push(Node { kind, range: place, children: Vec::new() });
            }
            Event::End(_) => return self.ends(),
            Event::Text(text) => return self.text(&text, place),
            Event::Html(html) => Kind::Text(html.into_string()),
            Event::Code(code) => Kind::InlineCode(code.into_string()),
            // One of ours.
            Event::InlineHtml(_) if place.is_empty() => return,
            Event::InlineHtml(html) => Kind::InlineHtml(html.into_string()),
            Event::SoftBreak => Kind::SoftBreak,
            Event::HardBreak => Kind::HardBreak,
            Event::FootnoteReference(name) => Kind::FootnoteReference(name.into_string()),
            Event::TaskListMarker(done) => Kind::Task(done),
            Event::Rule => Kind::Rule,
            // They are hidden from the parser.
            Event::InlineMath(text) | Event::DisplayMath(text) => Kind::Text(text.into_string()),
        };
        self.leaf(kind, place);
    }

    fn opened(&self, tag: Tag<'_>, place: &Range<usize>) -> Kind {
        match tag {
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(kind) => Kind::Quote(kind.map(CalloutKind::from)),
            Tag::List(first) => Kind::List(first),
            Tag::Item => Kind::Item,
            Tag::CodeBlock(kind) => {
                let formulas = self.anatomy.formulas;
                let at = formulas.binary_search_by_key(&place.start, |formula| formula.range.start).ok();
                let formula = at.filter(|at| matches!(formulas[*at].marks, Marks::Fences { .. }));
                let info = match kind {
                    CodeBlockKind::Indented => None,
                    CodeBlockKind::Fenced(info) => Some(info.into_string()),
                };
                formula.map_or_else(|| Kind::Code(CodeBlock { info, contents: String::new() }), Kind::FormulaBlock)
            }
            Tag::HtmlBlock => Kind::Html,
            Tag::Table(columns) => Kind::Table(columns),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::FootnoteDefinition(name) => Kind::Footnote(name.into_string()),
            Tag::DefinitionList => Kind::Terms,
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Meaning,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Struck,
            Tag::Link { link_type, dest_url, title, .. } => Kind::Link(target(link_type, &dest_url, &title)),
            Tag::Image { link_type, dest_url, title, .. } => Kind::Picture(target(link_type, &dest_url, &title)),
            // mdBook does not read what these stand for.
            Tag::Paragraph | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Kind::Paragraph,
        }
    }

    fn ends(&mut self) {
        let Some(mut node) = self.open.pop() else { return };
        if let Kind::Code(code) = &mut node.kind {
            for child in node.children.drain(..) {
                if let Kind::Text(text) = child.kind {
                    code.contents.push_str(&text);
                }
            }
        }
        if matches!(node.kind, Kind::FormulaBlock(_) | Kind::Html) {
            node.children.clear();
        }
        // The box of a task stands before the paragraph that it begins.
        if let Some(child) = node.children.first().filter(|_| node.kind == Kind::Paragraph) {
            node.range.start = node.range.start.min(child.range.start);
        }
        if matches!(node.kind, Kind::Item | Kind::Quote(_)) {
            wrap_lines(&mut node.children);
        }
        self.push(node);
    }

    fn leaf(&mut self, kind: Kind, range: Range<usize>) {
        self.push(Node { kind, range, children: Vec::new() });
    }

    fn push(&mut self, node: Node) {
        if let Some(above) = self.open.last_mut() {
            above.children.push(node);
        }
    }

    /// Text, in which formulas stand.
    fn text(&mut self, text: &str, place: Range<usize>) {
        let is_code = matches!(self.open.last().map(|node| &node.kind), Some(Kind::Code(_) | Kind::FormulaBlock(_)));
        if is_code || text.len() != place.len() {
            return self.leaf(Kind::Text(text.to_owned()), place);
        }
        let formulas = self.anatomy.formulas;
        let first = formulas.partition_point(|formula| formula.range.start < place.start);
        let mut at = place.start;
        for (number, formula) in formulas.iter().enumerate().skip(first) {
            if formula.range.end > place.end || formula.range.is_empty() {
                break;
            }
            self.piece(text, &place, at..formula.range.start);
            self.leaf(Kind::Formula(number), formula.range.clone());
            at = formula.range.end;
        }
        self.piece(text, &place, at..place.end);
    }

    /// Text without formulas, in which emoji stand by their names.
    fn piece(&mut self, text: &str, place: &Range<usize>, range: Range<usize>) {
        let shortcodes = self.anatomy.shortcodes;
        let first = shortcodes.partition_point(|shortcode| shortcode.range.start < range.start);
        let mut at = range.start;
        for shortcode in shortcodes[first..].iter().take_while(|shortcode| shortcode.range.end <= range.end) {
            self.bare_piece(text, place, at..shortcode.range.start);
            self.leaf(Kind::Emoji(shortcode.emoji), shortcode.range.clone());
            at = shortcode.range.end;
        }
        self.bare_piece(text, place, at..range.end);
    }

    fn bare_piece(&mut self, text: &str, place: &Range<usize>, range: Range<usize>) {
        if let Some(piece) = text.get(range.start - place.start..range.end - place.start)
            && !piece.is_empty()
        {
            self.leaf(Kind::Text(piece.to_owned()), range);
        }
    }
}

/// Gives the lines of a tight item a paragraph, as those of a loose one have.
fn wrap_lines(children: &mut Vec<Node>) {
    let mut wrapped: Vec<Node> = Vec::with_capacity(children.len());
    let mut may_go_on = false;
    for child in children.drain(..) {
        if is_block(&child.kind) {
            may_go_on = false;
            wrapped.push(child);
            continue;
        }
        match wrapped.last_mut().filter(|_| may_go_on) {
            Some(line) => {
                line.range.end = child.range.end;
                line.children.push(child);
            }
            None => wrapped.push(Node { kind: Kind::Paragraph, range: child.range.clone(), children: vec![child] }),
        }
        may_go_on = true;
    }
    *children = wrapped;
}

/// Whether it is a block, and not a part of a line.
pub(crate) fn is_block(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Paragraph
            | Kind::Heading(_)
            | Kind::Quote(_)
            | Kind::List(_)
            | Kind::Item
            | Kind::Code(_)
            | Kind::FormulaBlock(_)
            | Kind::Html
            | Kind::Table(_)
            | Kind::Footnote(_)
            | Kind::Rule
            | Kind::Terms
            | Kind::Term
            | Kind::Meaning
    )
}

fn target(kind: LinkType, destination: &str, title: &str) -> Target {
    Target { destination: destination.to_owned(), title: title.to_owned(), kind }
}
