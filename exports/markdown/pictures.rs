//! Pictures, from an address that the platform can fetch.
//!
//! ```text
//! 文字![图](b.png)文字     →     文字文字
//!
//!                                ![图](https://example.org/b.png)      where pictures have lines of their own
//! ```

use mdbook_bilingual_core::diagnostic::Code;

use super::Writer;
use super::escape::escaped;
use super::links::written;
use super::splices::Splices;
use crate::counts::Counted;
use crate::document::{Kind, Node, Target};
use crate::pictures::Shown;
use crate::platform::Placement;

impl Writer<'_, '_> {
    /// A picture in a line.
    pub(super) fn picture(&mut self, node: &Node, target: &Target, splices: &mut Splices) {
        let shown = self.shown(node, target);
        if self.note.export.platform.pictures.inline == Placement::Keep && !self.around.cell_text {
            if shown != self.text[node.range.clone()] {
                splices.replace(node.range.clone(), shown);
            }
            return;
        }
        let name = self.note.platform_name();
        let message = format!("{name} shows pictures on lines of their own: this one stands below");
        self.note.find(Code::PictureInline, node.range.start, message);
        self.below.push(shown);
        splices.remove(node.range.clone());
    }

    /// Pictures that are alone in their paragraph, but for comments, each on a line of its own where the platform wants that.
    pub(super) fn pictures_alone(&mut self, node: &Node, splices: &mut Splices) {
        let is_apart = self.note.export.platform.pictures.inline == Placement::OwnLine;
        let mut last: Option<&Node> = None;
        for child in &node.children {
            let Kind::Picture(target) = &child.kind else {
                if let Kind::InlineHtml(_) = child.kind {
                    splices.remove(child.range.clone());
                }
                continue;
            };
            let shown = self.shown(child, target);
            if shown != self.text[child.range.clone()] {
                splices.replace(child.range.clone(), shown);
            }
            if let Some(last) = last.filter(|_| is_apart) {
                splices.replace(last.range.end..child.range.start, self.in_container("\n\n", node.range.start));
            }
            last = Some(child);
        }
    }

    /// A picture as it is written.
    pub(super) fn shown(&mut self, node: &Node, target: &Target) -> String {
        let alternative: String = node.children.iter().map(|child| child.plain(self.note.document.formulas)).collect();
        // What it holds is the words for it, and no part of the text.
        self.note.leave_out(&node.children);
        match self.note.show(&target.destination, &alternative, node.range.start) {
            Shown::From(address) => {
                if address == target.destination && target.kind == pulldown_cmark::LinkType::Inline {
                    return self.text[node.range.clone()].to_owned();
                }
                let title = if target.title.is_empty() {
                    String::new()
                } else {
                    format!(" \"{}\"", target.title.replace('\\', "\\\\").replace('"', "\\\""))
                };
                self.without_liquid(format!("![{}]({}{title})", bare(&alternative), written(&address)))
            }
            Shown::Words(words) => {
                self.note.less(Counted::Pictures, 1);
                self.without_liquid(escaped(&words))
            }
        }
    }
}

/// Words for a picture, of which nothing is Markdown.
pub(super) fn bare(words: &str) -> String {
    escaped(&words.split_whitespace().collect::<Vec<_>>().join(" ")).replace(']', "&#93;")
}
