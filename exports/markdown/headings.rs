//! Headings on the levels that a platform has.
//!
//! ```text
//! # 标题                  goes apart: it is the title
//! # 一、背景       →      ## 一、背景           where the platform begins at the second level
//! ## 1.1 {#a}      →      ### 1.1
//! #### 缓冲区      →      **缓冲区**            where it has no such level
//! ```

use mdbook_bilingual_core::diagnostic::Code;

use super::splices::Splices;
use super::{Around, Writer, span};
use crate::document::{Kind, Node};
use crate::note::Note;
use crate::platform::Deeper;

/// How levels are moved.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Levels {
    /// The level that every heading is moved down by.
    by: u8,
    /// Where the title begins, if the note has one.
    title: Option<usize>,
}

impl Levels {
    /// The levels of a note: all go down together where its highest heading is too high.
    pub(super) fn of(nodes: &[Node], note: &Note<'_>) -> Self {
        let title = note.title_heading(nodes).map(|at| nodes[at].range.start);
        let mut highest = None;
        for node in nodes {
            node.walk(&mut |node| {
                if let Kind::Heading(level) = node.kind
                    && Some(node.range.start) != title
                {
                    highest = Some(highest.map_or(level, |highest: u8| highest.min(level)));
                }
            });
        }
        let first = note.export.platform.headings.first;
        Self { by: highest.map_or(0, |highest| first.saturating_sub(highest)), title }
    }
}

impl Writer<'_, '_> {
    pub(super) fn heading(&mut self, node: &Node, level: u8, splices: &mut Splices) -> bool {
        if self.levels.title == Some(node.range.start) {
            self.note.leave_out([node]);
            return false;
        }
        let headings = self.note.export.platform.headings.clone();
        let wanted = level + self.levels.by;
        let is_bold = wanted > headings.last && headings.deeper == Deeper::Bold;
        if wanted != level || is_bold || wanted > headings.last {
            let message = format!(
                "{} has headings from level {} to {}: levels are moved{}",
                self.note.platform_name(),
                headings.first,
                headings.last,
                if headings.deeper == Deeper::Bold { ", and deeper ones are lines in bold" } else { "" }
            );
            self.note.find_once(Code::HeadingDepth, "", node.range.start, message);
        }
        let around = Around { heading: true, bold: is_bold, ..self.around };
        let outer = std::mem::replace(&mut self.around, around);
        let inner = self.inline_text(&node.children);
        self.around = outer;
        let inner = inner.trim();
        if inner.is_empty() {
            return false;
        }
        let wanted = wanted.min(headings.last);
        let end = self.end(node);
        let whole = match is_bold {
            true => format!("**{inner}**"),
            false => format!("{} {inner}", "#".repeat(usize::from(wanted))),
        };
        let has_attributes = span(&node.children).is_some_and(|range| self.text[range.end..end].contains('{'));
        let is_as_written = span(&node.children).is_some_and(|range| self.text[range].trim() == inner);
        let is_kept = wanted == level && !is_bold && !has_attributes && is_as_written;
        if !is_kept {
            splices.replace(node.range.start..end, whole);
        }
        self.pictures_below(node, splices);
        true
    }
}
