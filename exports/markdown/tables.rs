//! Tables whose cells hold what a platform takes.
//!
//! ```text
//! | 名 | 值 |                        | 名 | 值 |
//! |---|---|                    →     |---|---|
//! | `a\|b` | **快** $x_1$ |          | a\|b | 快 x₁ |
//! ```

use mdbook_bilingual_core::diagnostic::Code;

use super::escape::escaped;
use super::splices::Splices;
use super::{Around, Writer, span};
use crate::counts::Counted;
use crate::document::{Kind, Node};
use crate::links::Lead;
use crate::platform::Cells;

impl Writer<'_, '_> {
    pub(super) fn table(&mut self, node: &Node, splices: &mut Splices) {
        let is_text = self.note.export.platform.tables.cells == Cells::Text;
        let outer = self.around;
        self.around = Around { cell: true, cell_text: is_text, ..outer };
        let mut lost = Vec::new();
        for row in &node.children {
            for cell in &row.children {
                match is_text {
                    false => self.inlines(&cell.children, splices),
                    true => {
                        let Some(range) = span(&cell.children) else { continue };
                        let mut out = String::new();
                        self.cell_text(&cell.children, &mut out, &mut lost);
                        if out != self.text[range.clone()] {
                            splices.replace(range, out.trim().to_owned());
                        }
                    }
                }
            }
        }
        self.around = outer;
        if !lost.is_empty() {
            lost.sort_unstable();
            lost.dedup();
            let message = format!("the cells of this table are text now, without {}", lost.join(", "));
            self.note.find(Code::TableCell, node.range.start, message);
        }
        self.pictures_below(node, splices);
    }

    /// What a cell says, as text.
    fn cell_text(&mut self, nodes: &[Node], out: &mut String, lost: &mut Vec<&'static str>) {
        for node in nodes {
            match &node.kind {
                Kind::Text(text) if text.len() == node.range.len() => out.push_str(&self.text[node.range.clone()]),
                Kind::Text(text) => out.push_str(&escaped(text)),
                Kind::Emoji(emoji) => out.push_str(emoji),
                Kind::InlineCode(code) => {
                    lost.push("code");
                    out.push_str(&escaped(code));
                }
                Kind::Formula(number) => match self.formula_as_text(node, *number) {
                    Some(text) => {
                        lost.push("formulas");
                        out.push_str(&text);
                    }
                    None => out.push_str(&self.inline_text(std::slice::from_ref(node))),
                },
                Kind::Picture(target) => {
                    let shown = self.shown(node, target);
                    self.note.find(Code::PictureInline, node.range.start, "a picture in a table stands below it");
                    self.below.push(shown);
                }
                Kind::Link(target) => self.cell_link(node, &target.destination, out, lost),
                Kind::InlineHtml(html) => {
                    if html.starts_with("<br") {
                        lost.push("line breaks");
                    }
                    let mut splices = Splices::default();
                    self.inline_html(node, html, &mut splices);
                    let text = self.apply(splices, node.range.clone());
                    // Marks that Markdown would read are none in text.
                    out.push_str(if text.contains(['*', '`', '~']) { "" } else { &text });
                }
                Kind::FootnoteReference(name) => {
                    let mut splices = Splices::default();
                    self.footnote_reference(node, name, &mut splices);
                    out.push_str(&self.apply(splices, node.range.clone()));
                }
                Kind::Emphasis | Kind::Strong | Kind::Struck => {
                    lost.push(match node.kind {
                        Kind::Struck => "strikes",
                        Kind::Strong => "bold",
                        _ => "italics",
                    });
                    self.cell_text(&node.children, out, lost);
                }
                _ => self.cell_text(&node.children, out, lost),
            }
        }
    }

    fn cell_link(&mut self, node: &Node, destination: &str, out: &mut String, lost: &mut Vec<&'static str>) {
        self.note.less(Counted::Links, 1);
        let begin = out.len();
        self.cell_text(&node.children, out, lost);
        if let Lead::To(address) = self.note.lead(destination, node.range.start) {
            lost.push("links");
            // Where the words are the address, once is enough.
            if out[begin..].trim() != address {
                out.push_str(&format!(" ({})", escaped(&address)));
            }
        }
    }
}
