//! Headings on the levels that a platform has.
//!
//! ```text
//! # 标题                  goes apart: it is the title
//! # 一、背景       →      ## 一、背景           where the platform begins at the second level
//! ## 1.1 {#a}      →      ### 1.1
//! #### 缓冲区      →      **缓冲区**            where it has no such level
//! ```

use super::splices::Splices;
use super::{Around, Writer, span};
use crate::document::Node;
use crate::platform::Deeper;

impl Writer<'_, '_> {
    pub(super) fn heading(&mut self, node: &Node, level: u8, splices: &mut Splices) -> bool {
        if self.levels.title == Some(node.range.start) {
            self.note.leave_out([node]);
            return false;
        }
        let headings = &self.note.export.platform.headings;
        let wanted = self.note.move_heading(level, &self.levels, node.range.start);
        let is_bold = wanted > headings.last && headings.deeper == Deeper::Bold;
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
            true => self.alone(&format!("**{inner}**"), node.range.start..end),
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
