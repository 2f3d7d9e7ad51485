//! Footnotes and links, in one list at the end.
//!
//! ```text
//! [源码](https://e.org/a)[^1]   →   源码<sup>[2]</sup><sup>[1]</sup>
//!
//! [^1]: 旁注                        注释
//!                                   [1] 旁注
//!                                   [2] 源码: https://e.org/a
//! ```
//!
//! Footnotes come first, in the order in which the text names them, and each address has one number.

use std::collections::{BTreeMap, VecDeque};

use mdbook_bilingual_core::diagnostic::Code;

use super::escape::escaped;
use super::writer::Writer;
use crate::document::{Kind, Node};

/// The footnotes of a note, in their order.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'n> {
    order: Vec<&'n Node>,
    numbers: BTreeMap<&'n str, usize>,
    /// Those of a name that another one has already.
    doubles: Vec<&'n Node>,
}

impl<'n> Footnotes<'n> {
    pub(super) fn read(nodes: &'n [Node]) -> Self {
        let mut there: BTreeMap<&str, &Node> = BTreeMap::new();
        let mut all = Vec::new();
        let mut footnotes = Self::default();
        for node in nodes {
            node.walk(&mut |node| match &node.kind {
                Kind::Footnote(name) if there.contains_key(name.as_str()) => footnotes.doubles.push(node),
                Kind::Footnote(name) => {
                    there.insert(name, node);
                    all.push(name.as_str());
                }
                _ => {}
            });
        }
        let mut asked = VecDeque::new();
        nodes.iter().for_each(|node| references(node, &mut asked));
        // Those that nothing names come last.
        let mut all = all.into_iter();
        while let Some(name) = asked.pop_front().or_else(|| all.next()) {
            if let Some(node) = there.get(name).filter(|_| !footnotes.numbers.contains_key(name)) {
                footnotes.order.push(node);
                footnotes.numbers.insert(name, footnotes.order.len());
                node.children.iter().for_each(|node| references(node, &mut asked));
            }
        }
        footnotes
    }

    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }
}

/// The footnotes that a part of a note names, without those that others name.
fn references<'n>(node: &'n Node, asked: &mut VecDeque<&'n str>) {
    match &node.kind {
        Kind::FootnoteReference(name) => asked.push_back(name),
        Kind::Footnote(_) | Kind::Picture(_) => {}
        _ => node.children.iter().for_each(|node| references(node, asked)),
    }
}

/// The links that have a number.
#[derive(Debug)]
pub(super) struct Links {
    first: usize,
    numbers: BTreeMap<String, usize>,
    /// Their words and addresses, in order.
    told: Vec<(String, String)>,
}

impl Links {
    /// Links that are counted from a number on.
    pub(super) fn from(first: usize) -> Self {
        Self { first, numbers: BTreeMap::new(), told: Vec::new() }
    }

    /// The number of an address; the words are those of its first link.
    pub(super) fn number(&mut self, address: &str, words: &str) -> usize {
        if let Some(number) = self.numbers.get(address) {
            return *number;
        }
        let number = self.first + self.told.len();
        self.numbers.insert(address.to_owned(), number);
        self.told.push((words.trim().to_owned(), address.to_owned()));
        number
    }
}

impl Writer<'_, '_> {
    /// The list at the end.
    pub(super) fn references(&mut self) {
        for double in std::mem::take(&mut self.footnotes.doubles) {
            self.note.leave_out(&double.children);
        }
        let footnotes = std::mem::take(&mut self.footnotes.order);
        if !footnotes.is_empty() {
            self.references_title("export-notes");
        }
        for (at, footnote) in footnotes.iter().enumerate() {
            let (line, rest) = match footnote.children.split_first() {
                Some((line, rest)) if line.kind == Kind::Paragraph => (line.children.as_slice(), rest),
                _ => (&[][..], footnote.children.as_slice()),
            };
            self.open("section", "note");
            self.out.push_str(&format!("[{}] ", at + 1));
            self.begin_line(line);
            self.blocks(rest);
            self.close("section");
        }
        let links = std::mem::take(&mut self.links.told);
        if links.is_empty() {
            return;
        }
        self.references_title("export-links");
        for (at, (words, address)) in links.iter().enumerate() {
            let address = escaped(address);
            let said = match words.is_empty() || escaped(words) == address {
                true => address,
                false => format!("{}: {address}", escaped(words)),
            };
            self.open("section", "note");
            self.out.push_str(&format!("[{}] {said}", self.links.first + at));
            self.close("section");
        }
        let message =
            format!("addresses stand in a list at the end ({}), with a number where each was linked", links.len());
        self.note.find_in_all(Code::LinksNumbered, message);
    }

    fn references_title(&mut self, message: &str) {
        let title = self.note.words(message, &[]);
        self.open("p", "notes-title");
        self.out.push_str(&escaped(&title));
        self.close("p");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_one_number() {
        let mut links = Links::from(3);
        assert_eq!(links.number("https://e.org/a", " 源码 "), 3);
        assert_eq!(links.number("https://e.org/b", "b"), 4);
        assert_eq!(links.number("https://e.org/a", "再见"), 3);
        assert_eq!(links.told[0], ("源码".to_owned(), "https://e.org/a".to_owned()));
    }
}
