//! What stands in a line.

use std::ops::Range;

use mdbook_bilingual_core::text::east_asian;

use super::splices::Splices;
use super::{Writer, span};
use crate::document::{Kind, Node};
use crate::platform::{LineBreaks, Tasks};
use mdbook_bilingual_core::diagnostic::Code;

impl Writer<'_, '_> {
    /// The changes of what stands in a line.
    pub(super) fn inlines(&mut self, nodes: &[Node], splices: &mut Splices) {
        let open = self.tags.len();
        for (at, node) in nodes.iter().enumerate() {
            self.inline(node, nodes, at, splices);
        }
        let ends = self.close_tags(open);
        if let Some(last) = nodes.last().filter(|_| !ends.is_empty()) {
            splices.insert(last.range.end, ends);
        }
    }

    /// What stands in a line, as text.
    pub(super) fn inline_text(&mut self, nodes: &[Node]) -> String {
        let Some(range) = span(nodes) else { return String::new() };
        let mut splices = Splices::default();
        self.inlines(nodes, &mut splices);
        self.apply(splices, range)
    }

    /// One of these.
    pub(super) fn inline(&mut self, node: &Node, siblings: &[Node], at: usize, splices: &mut Splices) {
        match &node.kind {
            Kind::Text(text) => self.escape_liquid(node, text, splices),
            Kind::Emoji(emoji) => splices.replace(node.range.clone(), *emoji),
            Kind::Formula(number) => self.formula_in_line(node, *number, splices),
            Kind::Emphasis | Kind::Strong | Kind::Struck => self.emphasis(node, splices),
            Kind::Link(target) => self.link(node, target, splices),
            Kind::Picture(target) => self.picture(node, target, splices),
            Kind::InlineHtml(html) => self.inline_html(node, html, splices),
            Kind::SoftBreak => self.soft_break(node, siblings, at, splices),
            Kind::HardBreak if self.around.heading => {
                let place = self.between(node, siblings, at);
                splices.replace(place, " ");
            }
            Kind::FootnoteReference(name) => self.footnote_reference(node, name, splices),
            Kind::Task(done) => self.task(node, *done, splices),
            Kind::InlineCode(_) | Kind::HardBreak => {}
            // A block where none is expected.
            _ => self.children(node, splices),
        }
    }

    fn task(&mut self, node: &Node, done: bool, splices: &mut Splices) {
        if self.note.export.platform.text.tasks == Tasks::Characters {
            splices.replace(node.range.clone(), if done { "☑" } else { "☐" });
            let name = self.note.platform_name();
            let message = format!("{name} has no boxes: ☐ and ☑ stand there");
            self.note.find_once(Code::Task, "", node.range.start, message);
        }
    }

    /// The bytes of a line break, with the white space before it and with what begins the next line.
    fn between(&self, node: &Node, siblings: &[Node], at: usize) -> Range<usize> {
        let start = node.range.start;
        let start = self.text[..start]
            .trim_end_matches([' ', '\t'])
            .len()
            .max(at.checked_sub(1).map_or(start, |at| siblings[at].range.start));
        let end = siblings.get(at + 1).map_or(node.range.end, |next| next.range.start);
        start.min(node.range.start)..end.max(node.range.end)
    }

    fn soft_break(&mut self, node: &Node, siblings: &[Node], at: usize, splices: &mut Splices) {
        let place = self.between(node, siblings, at);
        let (before, behind) = (at.checked_sub(1).and_then(|at| siblings.get(at)), siblings.get(at + 1));
        // A formula on lines of its own has them already, and so has a tag for a line break.
        let is_broken = |node: &Node| match &node.kind {
            Kind::InlineHtml(html) => html.starts_with("<br"),
            _ => self.is_display(node),
        };
        if before.is_some_and(is_broken) || behind.is_some_and(|node| self.is_display(node)) {
            return splices.remove(place);
        }
        if self.note.export.platform.text.line_breaks == LineBreaks::Keep && !self.around.heading {
            return;
        }
        // What readers see, and not the marks of emphasis and links.
        let formulas = self.note.document.formulas;
        let before = siblings[..at].iter().rev().find_map(|node| node.plain(formulas).chars().next_back());
        let behind = siblings[at + 1..].iter().find_map(|node| node.plain(formulas).chars().next());
        let meet = before.zip(behind).is_some_and(|(before, behind)| east_asian::meet(before, behind));
        splices.replace(place, if meet { "" } else { " " });
    }
}
