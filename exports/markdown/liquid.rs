//! Braces that a platform would read as Liquid.
//!
//! ```text
//! 用 {% if %}     →     用 {% raw %}{%{% endraw %} if %}
//! ```
//!
//! In blocks of code and in code in a line, Forem keeps them itself.

use super::Writer;
use super::escape::raw;
use super::splices::Splices;
use crate::document::Node;

impl Writer<'_, '_> {
    pub(super) fn escape_liquid(&self, node: &Node, text: &str, splices: &mut Splices) {
        let is_read = self.note.export.platform.text.liquid && text.len() == node.range.len();
        if is_read && (text.contains("{%") || text.contains("{{")) {
            splices.replace(node.range.clone(), raw(&self.text[node.range.clone()]));
        }
    }

    /// Words that are no part of the note's own text.
    pub(super) fn without_liquid(&self, text: String) -> String {
        if self.note.export.platform.text.liquid { raw(&text) } else { text }
    }
}
