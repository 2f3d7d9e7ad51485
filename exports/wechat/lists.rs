//! Lists.
//!
//! ```text
//! - a          →   <ul><li><section>a</section></li><ul><li><section>b</section></li></ul></ul>
//!   - b
//! ```
//!
//! WeChat's editor parts the text of an item from its bullet unless an element holds it, and breaks a list that stands in
//! an item: it stands behind the item. Lists that are deeper than the platform has them are lines with a bullet of text.

use mdbook_bilingual_core::diagnostic::Code;

use super::styles;
use super::writer::Writer;
use crate::document::{Kind, Node};

impl Writer<'_, '_> {
    pub(super) fn list(&mut self, first: Option<u64>, items: &[Node]) {
        let deepest = self.note.export.platform.nesting.list;
        self.lists += 1;
        if deepest > 0 && self.lists > deepest {
            self.deeper_list(first, items, deepest);
        } else {
            let element = if first.is_some() { "ol" } else { "ul" };
            let inner = if self.lists > 1 { styles::style(self.note.export.platform, "list-inner") } else { "" };
            let style = styles::attribute(self.note.export.platform, element, inner);
            let start =
                first.filter(|first| *first != 1).map(|first| format!(" start=\"{first}\"")).unwrap_or_default();
            self.out.push_str(&format!("<{element}{start}{style}>"));
            items.iter().for_each(|item| self.item(&item.children));
            self.close(element);
        }
        self.lists -= 1;
    }

    fn item(&mut self, children: &[Node]) {
        let end = children.iter().position(is_list).unwrap_or(children.len());
        let text = self.apart(|writer| writer.item_text(&children[..end]));
        self.open("li", "li");
        // An item without anything would be taken away, and with it its number.
        self.out.push_str(if text.is_empty() { "<section>&nbsp;</section>" } else { &text });
        self.close("li");
        // What follows a list stands beside it, so that everything keeps its order.
        let mut rest = &children[end..];
        while let Some(node) = rest.first() {
            let others = rest.iter().take_while(|node| !is_list(node)).count();
            match others {
                0 => {
                    self.blocks(std::slice::from_ref(node));
                    rest = &rest[1..];
                }
                others => {
                    self.item_text(&rest[..others]);
                    rest = &rest[others..];
                }
            }
        }
    }

    /// The text of an item: its paragraphs are sections, and lie as close together as it does to the next one.
    fn item_text(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node.kind {
                Kind::Paragraph => self.paragraph(&node.children, "section", "item"),
                _ => self.blocks(std::slice::from_ref(node)),
            }
        }
    }

    fn deeper_list(&mut self, first: Option<u64>, items: &[Node], deepest: usize) {
        if let Some(item) = items.first() {
            let message =
                format!("lists in lists are {deepest} deep at most; what is deeper is lines with a sign before them");
            self.note.find_once(Code::ListBlock, "", item.range.start, message);
        }
        for (number, item) in items.iter().enumerate() {
            let sign = match first {
                Some(first) => format!("{}. ", first.saturating_add(number as u64)),
                None => "• ".to_owned(),
            };
            self.open("section", "item-deeper");
            let (line, rest) = match item.children.split_first() {
                Some((line, rest)) if line.kind == Kind::Paragraph => (line.children.as_slice(), rest),
                _ => (&[][..], item.children.as_slice()),
            };
            self.out.push_str(&format!("<section>{sign}"));
            self.begin_line(line);
            self.close("section");
            self.item_text(rest);
            self.close("section");
        }
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.kind, Kind::List(_))
}
