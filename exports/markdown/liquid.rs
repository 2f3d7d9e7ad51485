//! Braces that a platform would read as Liquid.
//!
//! ```text
//! 用 {% if %}     →     用 {% raw %}{%{% endraw %} if %}
//! ```
//!
//! In blocks of code and in code in a line, Forem keeps them itself.

use super::Writer;
use super::splices::Splices;
use crate::document::Node;

impl Writer<'_, '_> {
    pub(super) fn escape_liquid(&self, node: &Node, text: &str, splices: &mut Splices) {
        if !self.note.export.platform.text.liquid || text.len() != node.range.len() {
            return;
        }
        let mut at = 0;
        while let Some(found) = ["{%", "{{"].iter().filter_map(|mark| text[at..].find(mark)).min() {
            let begin = node.range.start + at + found;
            let mark = &self.text[begin..begin + 2];
            splices.replace(begin..begin + 2, format!("{{% raw %}}{mark}{{% endraw %}}"));
            at += found + 2;
        }
    }
}
