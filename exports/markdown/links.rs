//! Links, each with its address beside its words, leading where a reader of the copy can follow.
//!
//! ```text
//! [缓存](kv.md#缓存)          →     [缓存](https://zhuanlan.zhihu.com/p/1)
//! [小结](#小结)               →     小结
//! [源码][1] … [1]: a.py       →     [源码](https://github.com/o/r/blob/main/a.py)
//! ```

use mdbook_bilingual_core::diagnostic::Code;
use pulldown_cmark::LinkType;

use super::splices::Splices;
use super::{Around, Writer, span};
use crate::counts::Counted;
use crate::document::{Node, Target};
use crate::links::Lead;
use crate::platform::Elsewhere;

impl Writer<'_, '_> {
    pub(super) fn link(&mut self, node: &Node, target: &Target, splices: &mut Splices) {
        let at = node.range.start;
        let outer = self.around;
        self.around = Around { link: true, ..outer };
        let lead = self.note.lead(&target.destination, at);
        let lead = match lead {
            Lead::To(address) if self.note.export.platform.links.elsewhere == Elsewhere::Text => {
                self.note.find_once(
                    Code::LinkLost,
                    &address,
                    at,
                    format!("links are their words there, and {address} is not said"),
                );
                Lead::Words
            }
            lead => lead,
        };
        match lead {
            Lead::To(address) if self.is_numbered(&address) => {
                self.note.less(Counted::Links, 1);
                let words = self.inline_text(&node.children);
                let number = self.numbers.of_link(&address, &words);
                let name = self.note.platform_name();
                let message =
                    format!("{name} has links to its own pages only: others are numbers, and stand at the end");
                self.note.find_once(Code::LinksNumbered, "", at, message);
                splices.replace(node.range.clone(), format!("{words}[{number}]"));
            }
            Lead::To(address) => self.leads_to(node, target, &address, splices),
            Lead::Words => {
                self.note.less(Counted::Links, 1);
                self.words_alone(node, splices);
            }
        }
        self.around = outer;
    }

    fn leads_to(&mut self, node: &Node, target: &Target, address: &str, splices: &mut Splices) {
        let is_beside = matches!(target.kind, LinkType::Inline | LinkType::Autolink | LinkType::Email);
        if is_beside && (address == target.destination || target.kind == LinkType::Email) {
            return self.inlines(&node.children, splices);
        }
        let words = self.inline_text(&node.children);
        let title = if target.title.is_empty() {
            String::new()
        } else {
            format!(" \"{}\"", target.title.replace('\\', "\\\\").replace('"', "\\\""))
        };
        splices.replace(node.range.clone(), format!("[{words}]({}{title})", written(address)));
    }

    /// Whether an address stands in the list at the end.
    fn is_numbered(&self, address: &str) -> bool {
        let links = &self.note.export.platform.links;
        let host =
            address.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        links.elsewhere == Elsewhere::Numbered && !links.own_hosts.iter().any(|own| own == host)
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
