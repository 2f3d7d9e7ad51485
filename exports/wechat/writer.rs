//! Blocks.
//!
//! ```text
//! ## 缓存            →   <h2 style="…">缓存</h2>
//! > [!WARNING]       →   <section style="…"><p style="…">警告</p>…</section>
//! > 小心
//! 一段               →   <p style="…">一段</p>
//! ```

use std::ops::Range;

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::markdown::CalloutKind;

use super::inline::Line;
use super::page::BEGIN;
use super::references::{Footnotes, Links};
use super::{escape, styles};
use crate::document::{Kind, Node, is_block};
use crate::headings::Levels;
use crate::note::Note;
use crate::platform::{Callouts, Deeper};

/// Writes a note.
pub(super) struct Writer<'n, 'e> {
    pub(super) note: &'n mut Note<'e>,
    pub(super) out: String,
    pub(super) footnotes: Footnotes<'n>,
    pub(super) links: Links,
    /// What the line has so far.
    pub(super) line: Line,
    /// How many lists are open, and how many quotations.
    pub(super) lists: usize,
    pub(super) quotes: usize,
    levels: Levels,
}

impl<'n, 'e> Writer<'n, 'e> {
    pub(super) fn new(note: &'n mut Note<'e>, nodes: &'n [Node]) -> Self {
        let footnotes = Footnotes::read(nodes);
        let first_link = footnotes.len() + 1;
        let levels = Levels::of(nodes, note);
        let links = Links::from(first_link);
        Self { note, out: String::new(), footnotes, links, line: Line::default(), lists: 0, quotes: 0, levels }
    }

    /// All of the note, as one section.
    pub(super) fn write(mut self, nodes: &'n [Node]) -> String {
        if self.note.has_title() {
            let level = self.note.export.platform.headings.first;
            let title = self.note.title().to_owned();
            self.element(&format!("h{level}"), &escape::escaped(&title));
        }
        // The platform has a field for it.
        let at = nodes.iter().position(|node| Some(node.range.start) == self.levels.title);
        let (before, behind) = at.map_or((&nodes[..0], nodes), |at| (&nodes[..at], &nodes[at + 1..]));
        self.note.leave_out(at.map(|at| &nodes[at]));
        self.blocks(before);
        self.blocks(behind);
        self.references();
        format!("{BEGIN}{}>{}</section>", styles::attribute(self.note.export.platform, "article", ""), self.out)
    }

    /// The start tag of an element with the style of its name.
    pub(super) fn open(&mut self, element: &str, name: &str) {
        let attribute = styles::attribute(self.note.export.platform, name, "");
        self.out.push_str(&format!("<{element}{attribute}>"));
    }

    /// An end tag.
    pub(super) fn close(&mut self, element: &str) {
        self.out.push_str(&format!("</{element}>"));
    }

    /// An element that is called as its style, with HTML in it.
    pub(super) fn element(&mut self, name: &str, html: &str) {
        self.open(name, name);
        self.out.push_str(html);
        self.close(name);
    }

    /// What `write` writes, apart.
    pub(super) fn apart(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let before = std::mem::take(&mut self.out);
        write(self);
        std::mem::replace(&mut self.out, before)
    }

    /// Blocks one after another, and lines that stand between them without a paragraph.
    pub(super) fn blocks(&mut self, nodes: &[Node]) {
        let mut rest = nodes;
        while let Some(first) = rest.first() {
            let lines = rest.iter().take_while(|node| !is_block(&node.kind)).count();
            match lines {
                0 => {
                    self.block(first);
                    rest = &rest[1..];
                }
                lines => {
                    self.paragraph(&rest[..lines], "p", "p");
                    rest = &rest[lines..];
                }
            }
        }
    }

    fn block(&mut self, node: &Node) {
        match &node.kind {
            Kind::Heading(level) => self.heading(*level, node),
            Kind::Quote(Some(kind)) => self.callout(*kind, node),
            Kind::Quote(None) => self.quotation("blockquote", "blockquote", &node.children),
            Kind::List(first) => self.list(*first, &node.children),
            Kind::Code(code) => self.code(code, &node.range),
            Kind::FormulaBlock(number) => self.display_formula(*number),
            Kind::Html => self.html_block(node),
            Kind::Table(columns) => self.table(columns, &node.children),
            // It stands at the end.
            Kind::Footnote(_) => {}
            Kind::Rule => self.open("hr", "hr"),
            Kind::Terms => self.blocks(&node.children),
            Kind::Term => self.paragraph(&node.children, "p", "term"),
            Kind::Meaning => {
                self.open("section", "meaning");
                self.blocks(&node.children);
                self.close("section");
            }
            Kind::Item => self.blocks(&node.children),
            _ => self.paragraph(&node.children, "p", "p"),
        }
    }

    /// A paragraph; formulas on lines of their own part it.
    pub(super) fn paragraph(&mut self, nodes: &[Node], element: &str, name: &str) {
        let mut rest = nodes;
        loop {
            let displayed = rest.iter().position(|node| self.displayed(node).is_some());
            let end = displayed.unwrap_or(rest.len());
            let text = self.apart(|writer| writer.begin_line(&rest[..end]));
            if !text.trim().is_empty() {
                self.open(element, name);
                self.out.push_str(&text);
                self.close(element);
            }
            let Some(number) = rest.get(end).and_then(|node| self.displayed(node)) else { return };
            self.display_formula(number);
            rest = &rest[end + 1..];
        }
    }

    fn displayed(&self, node: &Node) -> Option<usize> {
        match node.kind {
            Kind::Formula(number) if self.note.document.formulas[number].display => Some(number),
            _ => None,
        }
    }

    fn heading(&mut self, level: u8, node: &Node) {
        let headings = &self.note.export.platform.headings;
        let (last, deeper) = (headings.last, headings.deeper);
        let wanted = self.note.move_heading(level, &self.levels, node.range.start);
        let text = self.apart(|writer| writer.begin_line(&node.children));
        if text.trim().is_empty() {
            return;
        }
        if wanted > last && deeper == Deeper::Bold {
            self.open("p", "heading-deeper");
            self.out.push_str(&format!("<strong>{text}</strong>"));
            return self.close("p");
        }
        self.element(&format!("h{}", wanted.clamp(1, last)), &text);
    }

    fn quotation(&mut self, element: &str, name: &str, nodes: &[Node]) {
        self.open(element, name);
        self.quotes += 1;
        self.blocks(nodes);
        self.quotes -= 1;
        self.close(element);
    }

    fn callout(&mut self, kind: CalloutKind, node: &Node) {
        let title = self.note.words(&format!("callout-{}", kind.name()), &[]);
        let message = format!("the callout “{title}” is a part of the text with a border");
        self.note.find(Code::Callout, node.range.start, message);
        let element = match self.note.export.platform.text.callouts {
            Callouts::Section => "section",
            Callouts::BoldQuote | Callouts::Keep => "blockquote",
        };
        self.open(element, &format!("callout-{}", kind.name()));
        self.open("p", "callout-title");
        self.out.push_str(&escape::escaped(&title));
        self.close("p");
        self.quotes += 1;
        self.blocks(&node.children);
        self.quotes -= 1;
        self.close(element);
    }

    /// The bytes of the note.
    pub(super) fn source(&self, range: &Range<usize>) -> &'e str {
        &self.note.document.text[range.clone()]
    }
}
