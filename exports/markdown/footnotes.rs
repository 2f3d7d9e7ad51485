//! Footnotes, as numbers and a list at the end where a platform has none.
//!
//! ```text
//! 正文。[^a]          →     正文。[1]
//!
//! [^a]: 旁注                **注释**
//!
//!                           1. 旁注
//! ```

use std::collections::BTreeMap;

use mdbook_bilingual_core::diagnostic::Code;

use mdbook_bilingual_core::markdown::line_start;

use super::splices::Splices;
use super::{Writer, span};
use crate::document::{Kind, Node};
use crate::note::Note;
use crate::platform::Footnotes;

/// The numbers of footnotes, in the order in which the text names them.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// By name; empty where they stay.
    numbers: BTreeMap<String, usize>,
    /// The addresses that stand behind them in the list, with the words of the first link to each.
    links: Vec<(String, String)>,
}

impl Numbers {
    pub(super) fn of(nodes: &[Node], note: &Note<'_>) -> Self {
        if note.export.platform.text.footnotes == Footnotes::Keep {
            return Self::default();
        }
        let mut numbers = BTreeMap::new();
        // Those that the text names come first, then those that only other footnotes do.
        for is_text in [true, false] {
            for node in nodes.iter().filter(|node| matches!(node.kind, Kind::Footnote(_)) != is_text) {
                node.walk(&mut |node| {
                    if let Kind::FootnoteReference(name) = &node.kind {
                        let next = numbers.len() + 1;
                        numbers.entry(name.clone()).or_insert(next);
                    }
                });
            }
        }
        Self { numbers, links: Vec::new() }
    }

    /// The number of an address in the list.
    pub(super) fn of_link(&mut self, address: &str, words: &str) -> usize {
        let known = self.links.iter().position(|(known, _)| known == address);
        let at = known.unwrap_or_else(|| {
            self.links.push((address.to_owned(), words.to_owned()));
            self.links.len() - 1
        });
        self.numbers.len() + at + 1
    }
}

impl Writer<'_, '_> {
    pub(super) fn footnote_reference(&mut self, node: &Node, name: &str, splices: &mut Splices) {
        let Some(number) = self.numbers.numbers.get(name) else { return };
        // In front of `(` it would be a link.
        let is_link = self.text[node.range.end..].starts_with(['(', '[']);
        let text = if is_link { format!("&#91;{number}]") } else { format!("[{number}]") };
        splices.replace(node.range.clone(), text);
        let count = self.numbers.numbers.len();
        let message = match count {
            1 => "nobody can jump to the footnote: it stands at the end".to_owned(),
            _ => format!("nobody can jump to the footnotes: {count} stand at the end"),
        };
        self.note.find_once(Code::Footnote, "", node.range.start, message);
    }

    /// The text of a footnote where it stands: `false` where it goes to the end.
    pub(super) fn footnote(&mut self, node: &Node, splices: &mut Splices) -> bool {
        if self.note.export.platform.text.footnotes == Footnotes::NumberedList {
            return false;
        }
        self.children(node, splices);
        true
    }

    /// The list at the end.
    pub(super) fn end_notes(&mut self, nodes: &[Node], out: &mut String) {
        let mut texts: BTreeMap<usize, &Node> = BTreeMap::new();
        let mut unnamed = Vec::new();
        let hear = |node: &Node| -> Option<usize> {
            let Kind::Footnote(name) = &node.kind else { return None };
            self.numbers.numbers.get(name).copied()
        };
        for node in nodes {
            let mut found = Vec::new();
            node.walk(&mut |node| {
                if matches!(node.kind, Kind::Footnote(_)) {
                    found.push(node);
                }
            });
            for node in found {
                match hear(node) {
                    Some(number) if !texts.contains_key(&number) => drop(texts.insert(number, node)),
                    // No page shows one that nothing names, nor the second of a name.
                    _ => unnamed.push(node),
                }
            }
        }
        if self.note.export.platform.text.footnotes == Footnotes::NumberedList {
            for node in &unnamed {
                self.note.find(Code::Footnote, node.range.start, "nothing leads to this footnote, so it is left out");
            }
            self.note.leave_out(unnamed);
        }
        let written: Vec<(usize, String)> =
            texts.into_iter().map(|(number, node)| (number, self.end_note(node))).collect();
        let links = std::mem::take(&mut self.numbers.links);
        if written.is_empty() && links.is_empty() {
            return;
        }
        let heading = self.note.words("export-notes", &[]);
        let (gap, line_break) = (self.gap(), self.line_break);
        let head = if out.is_empty() { String::new() } else { self.gap()[line_break.len()..].to_owned() };
        out.push_str(&format!("{head}**{heading}**{gap}"));
        let behind = self.numbers.numbers.len();
        let links =
            links.iter().enumerate().map(|(at, (address, words))| (behind + at + 1, format!("{words}: {address}")));
        for (number, text) in written.into_iter().chain(links) {
            out.push_str(&format!("{number}. {}{line_break}", text.trim()));
        }
    }

    /// The text of a footnote without its name.
    fn end_note(&mut self, node: &Node) -> String {
        let Some(inner) = span(&node.children) else { return String::new() };
        let mut splices = Splices::default();
        self.children(node, &mut splices);
        let end = self.end(node).max(inner.start);
        let text = self.apply(splices, inner.start..end);
        // In a quotation or a list it stood behind marks that the list at the end has not.
        let begins = line_start(self.text, node.range.start);
        let prefix = &self.text[begins..node.range.start];
        if prefix.is_empty() {
            return text;
        }
        let lines = text.lines().map(|line| line.strip_prefix(prefix).unwrap_or(line.trim_start_matches(['>', ' '])));
        lines.collect::<Vec<_>>().join(self.line_break)
    }
}
