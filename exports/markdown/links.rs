//! Links, each with its address beside its words, leading where a reader of the copy can follow.
//!
//! ```text
//! [缓存](kv.md#缓存)          →     [缓存](https://zhuanlan.zhihu.com/p/1)
//! [小结](#小结)               →     小结
//! [源码][1] … [1]: a.py       →     [源码](https://github.com/o/r/blob/main/a.py)
//! ```

use mdbook_bilingual_core::diagnostic::Code;
use pulldown_cmark::LinkType;

use super::pictures::bare;
use super::splices::Splices;
use super::{Around, Writer, span};
use crate::document::{Kind, Node, Target};
use crate::links::Form;
use crate::platform::Placement;

impl Writer<'_, '_> {
    pub(super) fn link(&mut self, node: &Node, target: &Target, splices: &mut Splices) {
        if target.kind == LinkType::Email {
            // Nobody leads anywhere else than to whom it names.
            self.note.links.elsewhere += 1;
            return;
        }
        let at = node.range.start;
        let outer = self.around;
        self.around = Around { link: true, ..outer };
        match self.form(&target.destination, at) {
            Form::Link(address) => self.leads_to(node, target, &address, splices),
            Form::Numbered(address) => {
                let words = self.inline_text(&node.children);
                let number = self.numbers.of_link(&address, &words);
                splices.replace(node.range.clone(), format!("{words}[{number}]"));
            }
            Form::Words(_) => self.words_alone(node, splices),
        }
        self.around = outer;
    }

    /// How a link is written; what is lost with it is told.
    pub(super) fn form(&mut self, destination: &str, at: usize) -> Form {
        let form = self.note.form(destination, at);
        match &form {
            Form::Numbered(_) => {
                let name = self.note.platform_name();
                let message =
                    format!("{name} has links to its own pages only: others are numbers, and stand at the end");
                self.note.find_once(Code::LinksNumbered, "", at, message);
            }
            Form::Words(Some(address)) => {
                let message = format!("links are their words there, and {address} is not said");
                self.note.find_once(Code::LinkLost, address, at, message);
            }
            Form::Link(_) | Form::Words(None) => {}
        }
        form
    }

    fn leads_to(&mut self, node: &Node, target: &Target, address: &str, splices: &mut Splices) {
        let is_beside = matches!(target.kind, LinkType::Inline | LinkType::Autolink);
        if is_beside && address == target.destination && !self.shows_elsewhere(node) {
            return self.inlines(&node.children, splices);
        }
        let words = self.inline_text(&node.children);
        let words = if words.trim().is_empty() && self.shows_elsewhere(node) {
            // The picture is below, and the link needs something to be seen by.
            let alternative = node.plain(self.note.document.formulas);
            bare(if alternative.trim().is_empty() { address } else { &alternative })
        } else {
            words
        };
        // `[label][]` is longer than its reader says.
        let is_collapsed = matches!(target.kind, LinkType::Collapsed | LinkType::CollapsedUnknown);
        let more = if is_collapsed && self.text[node.range.end..].starts_with("[]") { 2 } else { 0 };
        let title = if target.title.is_empty() {
            String::new()
        } else {
            format!(" \"{}\"", target.title.replace('\\', "\\\\").replace('"', "\\\""))
        };
        splices.replace(node.range.start..node.range.end + more, format!("[{words}]({}{title})", written(address)));
    }

    /// Whether a link holds pictures alone, and these stand elsewhere.
    fn shows_elsewhere(&self, node: &Node) -> bool {
        let platform = self.note.export.platform;
        let goes = platform.pictures.inline == Placement::OwnLine || self.around.cell_text;
        goes && node.children.iter().all(|child| matches!(child.kind, Kind::Picture(_)))
    }

    fn words_alone(&mut self, node: &Node, splices: &mut Splices) {
        let Some(inner) = span(&node.children) else { return splices.remove(node.range.clone()) };
        splices.remove(node.range.start..inner.start);
        splices.remove(inner.end..node.range.end);
        self.inlines(&node.children, splices);
    }
}

/// An address as it stands between the parentheses of a link.
pub(super) fn written(address: &str) -> String {
    let mut safe = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' => safe.push_str("%3C"),
            '>' => safe.push_str("%3E"),
            '\\' => safe.push_str("%5C"),
            c if c.is_whitespace() => safe.push_str("%20"),
            c => safe.push(c),
        }
    }
    if safe.contains(['(', ')']) { format!("<{safe}>") } else { safe }
}
