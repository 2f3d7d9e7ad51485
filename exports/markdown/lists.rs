//! Lists in lists, as deep as a platform has them.
//!
//! ```text
//! - a               - a
//!   - b        →      - b
//!     - c             - c
//! ```

use mdbook_bilingual_core::diagnostic::Code;

use super::Writer;
use mdbook_bilingual_core::markdown::line_start;

use super::splices::Splices;
use crate::document::Node;

impl Writer<'_, '_> {
    pub(super) fn list(&mut self, node: &Node, splices: &mut Splices) {
        let most = self.note.export.platform.nesting.list;
        let outer = self.around;
        self.around.lists += 1;
        if most > 0 && self.around.lists > most {
            let name = self.note.platform_name();
            let message =
                format!("{name} has lists in lists {most} deep: deeper items are items of the list around them");
            self.note.find_once(Code::ListBlock, "", node.range.start, message);
            self.around.moved = self.less_deep(node, splices);
        }
        self.children(node, splices);
        self.around = outer;
    }

    /// Takes as much indentation off the lines of a list as it has more than the item that it stands in, and gives how much
    /// that is, with what the lists around it lost.
    fn less_deep(&self, node: &Node, splices: &mut Splices) -> usize {
        let begins = line_start(self.text, node.range.start);
        let own = &self.text[begins..node.range.start];
        // A list that begins on the line of its item stays there.
        if !own.trim_matches([' ', '\t', '>']).is_empty() {
            return self.around.moved;
        }
        let by = self.around.moved + own.len().saturating_sub(self.item_above(begins, own.len()));
        let end = self.end(node);
        let mut at = begins;
        while at < end {
            let line = self.text[at..].split('\n').next().unwrap_or_default();
            let white = line.len() - line.trim_start_matches([' ', '\t', '>']).len();
            let spaces = line[..white].rfind('>').map_or(0, |mark| mark + 1);
            let from = at + spaces;
            splices.remove(from..from + (white - spaces).min(by));
            at += line.len() + 1;
        }
        by
    }

    /// Where the mark of the item begins that a list stands in, in bytes of its line.
    fn item_above(&self, begins: usize, own: usize) -> usize {
        let above = self.text[..begins].lines().rev();
        let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t', '>']).len();
        let is_item = |line: &&str| {
            let text = line.trim_start_matches([' ', '\t', '>']);
            let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text.starts_with(['-', '*', '+']) || (number.len() < text.len() && number.starts_with(['.', ')']))
        };
        above.filter(is_item).map(indentation).find(|at| *at < own).unwrap_or(own)
    }
}
