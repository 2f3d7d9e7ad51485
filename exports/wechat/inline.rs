//! What stands in a line.
//!
//! ```text
//! **显存。**然后      →   <strong style="…">显存。</strong>然后
//! 第一行，            →   第一行，第二行 line three
//! 第二行
//! line three
//! ```

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::text::east_asian::meet;

use super::escape::escaped;
use super::html::OpenTag;
use super::styles;
use super::writer::Writer;
use crate::counts::Counted;
use crate::document::{Kind, Node, Target};
use crate::links::Form;
use crate::pictures::Shown;

/// What a line has so far.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The character that was written last.
    last: Option<char>,
    /// Whether the source has a line break behind it.
    breaks: bool,
}

impl Writer<'_, '_> {
    /// A line of its own.
    pub(super) fn begin_line(&mut self, nodes: &[Node]) {
        self.line = Line::default();
        self.inline(nodes);
    }

    pub(super) fn inline(&mut self, nodes: &[Node]) {
        let mut open: Vec<OpenTag> = Vec::new();
        for node in nodes {
            match &node.kind {
                Kind::Text(text) => self.text(text, &escaped(text)),
                Kind::Emoji(emoji) => self.text(emoji, emoji),
                Kind::InlineCode(code) => {
                    self.thing();
                    self.element("code", &escaped(code));
                }
                Kind::Formula(number) => self.inline_formula(*number),
                Kind::Emphasis => self.within("em", node),
                Kind::Strong => self.within("strong", node),
                Kind::Struck => self.within("del", node),
                Kind::Link(target) => self.link(target, node),
                Kind::Picture(target) => {
                    // What a drawing would say of it is no drawing there.
                    self.note.leave_out(&node.children);
                    let alternative = self.plain(node);
                    self.picture(&target.destination, &alternative, node.range.start);
                }
                Kind::InlineHtml(html) => self.inline_html(html, node.range.start, &mut open),
                Kind::SoftBreak => self.line.breaks = true,
                Kind::HardBreak => self.break_line(),
                Kind::FootnoteReference(name) => {
                    if let Some(number) = self.footnotes.number(name) {
                        let message = "footnotes stand in a list at the end, and nothing leads there and back";
                        self.note.find_once(Code::Footnote, "", node.range.start, message);
                        self.number(number);
                    }
                }
                Kind::Task(done) => {
                    self.note.find_once(Code::Task, "", node.range.start, "boxes of tasks are the characters ☐ and ☑");
                    let sign = if *done { "☑ " } else { "☐ " };
                    self.text(sign, sign);
                }
                _ => self.inline(&node.children),
            }
        }
        self.close_tags(&mut open);
    }

    /// Text, and the same as HTML.
    pub(super) fn text(&mut self, text: &str, html: &str) {
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return };
        if std::mem::take(&mut self.line.breaks)
            && self.line.last.is_some_and(|before| !before.is_whitespace() && !meet(before, first))
            && !first.is_whitespace()
        {
            self.out.push(' ');
        }
        self.out.push_str(html);
        self.line.last = Some(last);
    }

    /// Something that is no text comes next: between it and a line break is a space.
    pub(super) fn thing(&mut self) {
        if std::mem::take(&mut self.line.breaks) && self.line.last.is_some_and(|before| !before.is_whitespace()) {
            self.out.push(' ');
        }
        self.line.last = Some('x');
    }

    /// A line break of the source.
    pub(super) fn may_break(&mut self) {
        self.line.breaks = true;
    }

    /// A line break.
    pub(super) fn break_line(&mut self) {
        self.out.push_str("<br>");
        self.line = Line::default();
    }

    /// The text of a node, on one line.
    pub(super) fn plain(&self, node: &Node) -> String {
        node.plain(self.note.document.formulas).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn within(&mut self, element: &str, node: &Node) {
        self.open(element, element);
        self.inline(&node.children);
        self.close(element);
    }

    /// The number of a footnote or a link.
    pub(super) fn number(&mut self, number: usize) {
        let last = self.line.last;
        self.element("sup", &format!("[{number}]"));
        // A line goes on as if it were not there.
        self.line.last = last.or(Some('x'));
    }

    fn link(&mut self, target: &Target, node: &Node) {
        match self.note.form(&target.destination, node.range.start) {
            Form::Link(address) => {
                // The space before it is no part of it.
                self.open_link(&address);
                self.inline(&node.children);
                self.close("a");
            }
            Form::Numbered(address) => {
                self.inline(&node.children);
                let words = self.plain(node);
                let number = self.links.number(&address, &words);
                self.number(number);
            }
            Form::Words(_) => self.inline(&node.children),
        }
    }

    pub(super) fn open_link(&mut self, address: &str) {
        let style = styles::attribute(self.note.export.platform, "a", "");
        self.out.push_str(&format!("<a href=\"{}\"{style}>", escaped(address)));
    }

    pub(super) fn picture(&mut self, destination: &str, alternative: &str, at: usize) {
        let shown = self.note.show(destination, alternative, at);
        if matches!(shown, Shown::Words(_)) {
            self.note.less(Counted::Pictures, 1);
        }
        self.shown(&shown, alternative);
    }

    /// A picture, or the words in its place.
    pub(super) fn shown(&mut self, shown: &Shown, alternative: &str) {
        match shown {
            Shown::From(address) => {
                self.thing();
                let style = styles::attribute(self.note.export.platform, "img", "");
                let (address, alternative) = (escaped(address), escaped(alternative));
                self.out.push_str(&format!("<img src=\"{address}\" alt=\"{alternative}\"{style}>"));
            }
            Shown::Words(words) => self.text(words, &escaped(words)),
        }
    }
}
