//! Blocks of code, and what is drawn.
//!
//! ````text
//! ```python:srt/server.py      →     `srt/server.py`
//! x = 1
//! ```                                ```python
//!                                    x = 1
//!                                    ```
//! ````

use mdbook_bilingual_core::diagnostic::{Code, Message};
use mdbook_bilingual_core::markdown::Fence;

use super::Writer;
use super::escape::escaped;
use super::links::written;
use super::pictures::bare as bare_words;
use super::splices::Splices;
use crate::counts::Counted;
use crate::document::{CodeBlock, Node};
use crate::pictures::Shown;
use crate::platform::{CodeLanguage, CodePath, Diagrams};

impl Writer<'_, '_> {
    pub(super) fn code(&mut self, node: &Node, code: &CodeBlock, splices: &mut Splices) {
        let page = self.note.page;
        let fences = &page.anatomy.fences;
        let Ok(at) = fences.binary_search_by_key(&node.range.start, |fence| fence.range.start) else { return };
        let fence = &fences[at];
        if fence.is_diagram() && self.diagram(node, code, splices) {
            return;
        }
        let infos = &page.anatomy.infos;
        let info = infos.iter().find(|info| info.range.start >= fence.info.start && info.range.end <= fence.info.end);
        let platform = self.note.export.platform;
        let is_kept = platform.code.path == CodePath::Keep;
        let said = info.map_or(&self.text[fence.info.clone()], |info| info.text.as_str());
        let language = bare(said);
        if !is_kept && language != &self.text[fence.info.clone()] {
            splices.replace(fence.info.clone(), language);
        }
        if let Some(source) = info.and_then(|info| info.source.as_ref()).filter(|_| !is_kept) {
            let shown = match &source.url {
                Some(url) => {
                    self.note.less(Counted::Links, -1);
                    format!("[{}]({})", bare_words(&source.name), written(url))
                }
                None => format!("`{}`", source.name),
            };
            let gap = self.gap_at(node.range.start);
            let above = self.break_from_text(node.range.start);
            splices.insert(node.range.start, self.in_container(&format!("{above}{shown}{gap}"), node.range.start));
            let message = format!("the file of this code, {}, stands above it", source.name);
            self.note.find(Code::CodePath, node.range.start, message);
        }
        if platform.code.language == CodeLanguage::ByHand && !language.is_empty() && !fence.is_diagram() {
            let message = Message::new(
                format!("{} does not read the language of code", platform.name),
                format!("choose {language} for it"),
            );
            self.note.find_once(Code::CodeLanguage, language, node.range.start, message);
        }
        self.unhide(node, fence, language, splices);
    }

    /// Whether a diagram is a picture now, or a platform draws it.
    fn diagram(&mut self, node: &Node, code: &CodeBlock, splices: &mut Splices) -> bool {
        if self.note.export.platform.text.diagrams == Diagrams::Keep {
            return true;
        }
        let at = node.range.start;
        let Some(shown) = self.note.draw_diagram(&code.contents, at) else { return false };
        let text = match shown {
            Shown::From(address) => {
                self.note.less(Counted::Pictures, -1);
                format!("![{}]({})", bare_words(&self.note.words("export-diagram", &[])), written(&address))
            }
            Shown::Words(words) => escaped(&words),
        };
        self.note.less(Counted::Code, 1);
        let place = at..self.end(node);
        splices.replace(place.clone(), self.alone(&text, place));
        true
    }

    /// Takes away the lines of Rust that mdBook hides: those that begin with `# `.
    fn unhide(&self, node: &Node, fence: &Fence, language: &str, splices: &mut Splices) {
        if language != "rust" {
            return;
        }
        let end = self.end(node);
        let mut at = fence.info.end + self.text[fence.info.end..end].find('\n').map_or(0, |at| at + 1);
        while at < end {
            let line = self.text[at..end].split_inclusive('\n').next().unwrap_or_default();
            let bare = line.trim_start_matches([' ', '\t', '>']).trim_end_matches(['\r', '\n']);
            if bare == "#" || bare.starts_with("# ") {
                splices.remove(at..at + line.len());
            } else if bare.starts_with("##") {
                let mark = at + line.find('#').unwrap_or(0);
                splices.remove(mark..mark + 1);
            }
            at += line.len();
        }
    }
}

/// The language that an info string begins with, and nothing else: what is no name of one is none.
fn bare(info: &str) -> &str {
    let word = info.split([' ', '\t', ',', '{', ':']).next().unwrap_or_default();
    word.trim_start_matches('.')
}
