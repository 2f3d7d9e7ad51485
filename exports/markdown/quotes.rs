//! Quotations and callouts.
//!
//! ```text
//! > [!WARNING]      →    > **警告**        > 外层        →    > 外层
//! > 先备份。             >                 > > 内层           >
//!                        > 先备份。                           > 内层
//! ```

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::markdown::CalloutKind;

use super::Writer;
use mdbook_bilingual_core::markdown::line_start;

use super::splices::Splices;
use crate::document::Node;
use crate::platform::Callouts;

impl Writer<'_, '_> {
    pub(super) fn quote(&mut self, node: &Node, kind: Option<CalloutKind>, splices: &mut Splices) {
        if let Some(kind) = kind {
            self.callout(node, kind, splices);
        }
        let most = self.note.export.platform.nesting.quote;
        self.around.quotes += 1;
        if most > 0 && self.around.quotes > most {
            let name = self.note.platform_name();
            let message = format!("{name} has no quotation in a quotation: this one belongs to the one around it");
            self.note.find(Code::QuoteDepth, node.range.start, message);
            self.without_marks(node, splices);
        }
        self.children(node, splices);
        self.around.quotes -= 1;
    }

    fn callout(&mut self, node: &Node, kind: CalloutKind, splices: &mut Splices) {
        let platform = self.note.export.platform;
        if platform.text.callouts == Callouts::Keep {
            return;
        }
        let end = self.end(node);
        let first = self.text[node.range.start..end].lines().next().unwrap_or_default();
        let Some((open, close)) = first.find("[!").zip(first.find(']')) else { return };
        let title = self.note.words(&format!("callout-{}", kind.name()), &[]);
        let marker = node.range.start + open..node.range.start + close + 1;
        let has_text = node.range.start + first.trim_end().len() < end;
        // The line of the mark, and a blank one, with the marks of everything around.
        let prefix = self.prefix(node.range.start) + first.split('[').next().unwrap_or("> ");
        let blank = format!("{}{}", self.line_break, prefix.trim_end());
        let bold = if self.around.bold { title.clone() } else { format!("**{title}**") };
        splices.replace(marker, if has_text { format!("{bold}{blank}") } else { bold });
        let message = format!("{} has no callouts: “{title}” is a quotation", platform.name);
        self.note.find(Code::Callout, node.range.start, message);
    }

    /// Takes the marks of a quotation off its lines.
    fn without_marks(&self, node: &Node, splices: &mut Splices) {
        let end = self.end(node);
        let outer = self.text[line_start(self.text, node.range.start)..node.range.start].matches('>').count();
        let mut at = line_start(self.text, node.range.start);
        while at < end {
            let line = self.text[at..].split('\n').next().unwrap_or_default();
            let marks = line.char_indices().take_while(|(_, c)| matches!(c, '>' | ' ' | '\t'));
            if let Some((mark, _)) = marks.filter(|(_, c)| *c == '>').nth(outer) {
                let mark = at + mark;
                let behind = mark + 1 + usize::from(self.text[mark + 1..].starts_with(' '));
                splices.replace(mark..behind, self.parted(node, mark));
            }
            at += line.len() + 1;
        }
    }

    /// What parts a quotation that begins at a mark from a paragraph on the line above.
    fn parted(&self, node: &Node, mark: usize) -> String {
        if mark != node.range.start {
            return String::new();
        }
        let begins = line_start(self.text, mark);
        let before = &self.text[begins..mark];
        let above = self.text[..begins].lines().next_back().unwrap_or_default();
        let is_parted = above.trim_matches(['>', ' ', '\t']).is_empty();
        if is_parted {
            return String::new();
        }
        // Without the marks that go as well.
        let most = self.note.export.platform.nesting.quote;
        let end = before.match_indices('>').nth(most).map_or(before.len(), |(at, _)| at);
        format!("{}{}", self.line_break, &before[..end])
    }
}
