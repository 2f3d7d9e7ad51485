//! Blocks, and what stands between them.

use std::ops::Range;

use mdbook_bilingual_core::diagnostic::Code;

use mdbook_bilingual_core::markdown::line_start;

use super::emphasis::ZERO_WIDTH;
use super::splices::{Seen, Splices};
use super::{Writer, span};
use crate::document::{Kind, Node};
use crate::formulas::begins_block;

impl Writer<'_, '_> {
    /// The blocks of the note, with blank lines between them. Nothing else stands there but what is left out.
    pub(super) fn blocks_at_top(&mut self, nodes: &[Node]) -> String {
        let mut out = String::new();
        let mut last: Option<usize> = None;
        let breaks = ['\r', '\n'];
        let mut was_parted = false;
        for node in nodes {
            let range = self.whole(node);
            let Some(block) = self.block(node, range.clone()) else { continue };
            if let Some(last) = last {
                let between = &self.text[last.min(range.start)..range.start];
                let is_parted = was_parted || block.starts_with(breaks);
                let is_tight = !is_parted && between.matches('\n').count() == 1 && between.trim().is_empty();
                // What goes on in a paragraph must not be parted from it; and two that were parted stay so.
                out.push_str(&if is_tight { self.line_break.to_owned() } else { self.gap() });
            }
            out.push_str(block.trim_matches(breaks));
            last = Some(range.end);
            was_parted = block.ends_with(breaks);
        }
        if !out.is_empty() {
            out.push_str(self.line_break);
        }
        out
    }

    /// The bytes of a block at the top, from the beginning of its line to the end of its last one.
    fn whole(&self, node: &Node) -> Range<usize> {
        let begins = line_start(self.text, node.range.start).max(self.note.document.body);
        let is_indentation = self.text[begins..node.range.start].trim().is_empty();
        let start = if is_indentation { begins } else { node.range.start };
        start..self.end(node)
    }

    /// Where a block ends: without the line break and the white space behind it.
    pub(super) fn end(&self, node: &Node) -> usize {
        let text = &self.text[node.range.clone()];
        // A quotation can end with lines that have its mark and nothing else.
        node.range.start + text.trim_end_matches([' ', '\t', '\r', '\n']).len()
    }

    /// A block as the platform takes it, in place of these bytes; `None` where nothing is left of it.
    pub(super) fn block(&mut self, node: &Node, range: Range<usize>) -> Option<String> {
        let mut splices = Splices::default();
        let is_left = self.splice_block(node, &mut splices);
        is_left.then(|| self.apply(splices, range)).filter(|text| !text.trim().is_empty())
    }

    /// Changes of some bytes; names for addresses, and what is left out, go with them.
    pub(super) fn apply(&self, mut splices: Splices, range: Range<usize>) -> String {
        let document = &self.note.document;
        for out in document.definitions.iter().chain(&document.left_out) {
            if range.start <= out.start && out.end <= range.end {
                splices.remove(out.clone());
            }
        }
        splices.apply(self.text, range)
    }

    /// The changes of a block; `false` where nothing is left of it.
    pub(super) fn splice_block(&mut self, node: &Node, splices: &mut Splices) -> bool {
        match &node.kind {
            Kind::Paragraph => return self.paragraph(node, splices),
            Kind::Heading(level) => return self.heading(node, *level, splices),
            Kind::Quote(kind) => self.quote(node, *kind, splices),
            Kind::List(_) => self.list(node, splices),
            Kind::Item | Kind::Terms => self.children(node, splices),
            Kind::Code(code) => self.code(node, code, splices),
            Kind::FormulaBlock(number) => self.formula_block(node, *number, splices),
            Kind::Html => return self.html_block(node, splices),
            Kind::Table(_) => self.table(node, splices),
            Kind::Footnote(_) => return self.footnote(node, splices),
            Kind::Term | Kind::Meaning => self.term(node, splices),
            Kind::Rule => {}
            _ => self.inline(node, &[], 0, splices),
        }
        true
    }

    /// The blocks in a block.
    pub(super) fn children(&mut self, node: &Node, splices: &mut Splices) {
        for child in &node.children {
            if !self.splice_block(child, splices) {
                splices.remove(self.lines_of(child, node));
            }
        }
    }

    /// A block that goes, with its lines where nothing else stands on them: with the line break before them, or, for the
    /// first of what it stands in, with that behind them.
    fn lines_of(&self, node: &Node, container: &Node) -> Range<usize> {
        let (start, end) = (node.range.start, self.end(node));
        let begins = line_start(self.text, start);
        let line_end = end + self.text[end..].find('\n').unwrap_or(self.text.len() - end);
        let is_alone = self.text[begins..start].trim_matches([' ', '\t', '>']).is_empty()
            && self.text[end..line_end].trim().is_empty();
        if !is_alone || begins == 0 {
            return start..end;
        }
        let above = self.text[..begins].trim_end_matches(['\r', '\n']).len().max(begins.saturating_sub(2));
        match above > container.range.start {
            true => above..end,
            false => begins.max(container.range.start)..(line_end + 1).min(self.end(container)),
        }
    }

    fn paragraph(&mut self, node: &Node, splices: &mut Splices) -> bool {
        if let Some(number) = formula_alone(node) {
            self.display_alone(node, number, splices);
            return true;
        }
        let shows = |child: &Node| matches!(child.kind, Kind::Picture(_));
        let is_nothing = |child: &Node| match &child.kind {
            Kind::SoftBreak | Kind::HardBreak => true,
            Kind::Text(text) => text.trim().is_empty(),
            _ => false,
        };
        let is_comment = |child: &Node| matches!(&child.kind, Kind::InlineHtml(html) if html.starts_with("<!--"));
        if node.children.iter().all(|child| shows(child) || is_comment(child) || is_nothing(child)) {
            self.pictures_alone(node, splices);
            return node.children.iter().any(shows);
        }
        self.lines(node, splices);
        true
    }

    /// Lines of text.
    fn lines(&mut self, node: &Node, splices: &mut Splices) {
        self.paragraph = node.range.start..self.end(node);
        self.begins = vec![node.range.start];
        let first = splices.len();
        self.inlines(&node.children, splices);
        splices.sort(first);
        let (start, end) = (node.range.start, self.paragraph.end);
        let begins: Vec<(usize, Seen)> = std::mem::take(&mut self.begins)
            .into_iter()
            .map(|begin| (begin, splices.first_seen(self.text, begin..end, first)))
            .collect();
        if begins[0].1 == Seen::Nothing {
            return self.pictures_instead(node, splices);
        }
        let mut last = start;
        for (begin, seen) in begins {
            let (at, is_text) = match seen {
                Seen::Kept(at) => (at, true),
                Seen::New(at) => (at, false),
                Seen::Nothing => (end, false),
            };
            // White space before it would make it code, and must not be there; nor may it become another block by where it
            // is. What nothing stood before is as its author wrote it.
            if at > last {
                splices.remove(begin..at);
                if is_text && begins_block(&self.text[at..]) {
                    splices.insert(at, ZERO_WIDTH);
                }
                last = at;
            }
        }
        self.pictures_below(node, splices);
    }

    /// Pictures that stood in a line, below the block.
    pub(super) fn pictures_below(&mut self, node: &Node, splices: &mut Splices) {
        if self.below.is_empty() || self.around.cell {
            return;
        }
        let pictures = std::mem::take(&mut self.below);
        let gap = self.gap_at(node.range.start);
        let text: String = pictures.iter().map(|picture| format!("{gap}{picture}")).collect();
        let text = self.in_container(&text, node.range.start);
        splices.insert(self.end(node), text);
    }

    /// The same where nothing is left of the block.
    fn pictures_instead(&mut self, node: &Node, splices: &mut Splices) {
        let pictures = std::mem::take(&mut self.below).join(&self.gap_at(node.range.start));
        let text = self.in_container(&pictures, node.range.start);
        splices.replace(node.range.start..self.end(node), text);
    }

    fn term(&mut self, node: &Node, splices: &mut Splices) {
        let Some(range) = span(&node.children) else { return };
        self.note.find_once(
            Code::ListBlock,
            "terms",
            node.range.start,
            format!(
                "{} has no lists of terms: a term is a line in bold, and what it means a paragraph",
                self.note.platform_name()
            ),
        );
        if node.kind == Kind::Term {
            let inner = self.inline_text(&node.children);
            let line_break = self.line_break;
            splices.replace(range, format!("**{inner}**{line_break}"));
            return;
        }
        let begins = line_start(self.text, range.start);
        let mark = self.text[begins..range.start].rfind(':').map(|at| begins + at);
        if let Some(mark) = mark {
            splices.remove(mark..range.start);
        }
        if node.children.iter().any(|child| matches!(child.kind, Kind::Paragraph | Kind::List(_) | Kind::Code(_))) {
            self.children(node, splices);
        } else {
            self.lines(node, splices);
        }
    }
}

/// The formula that a paragraph holds and nothing else.
fn formula_alone(node: &Node) -> Option<usize> {
    match node.children.as_slice() {
        [only] => match only.kind {
            Kind::Formula(number) => Some(number),
            _ => None,
        },
        _ => None,
    }
}
