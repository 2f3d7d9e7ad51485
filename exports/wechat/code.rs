//! Blocks of code.
//!
//! ```text
//! ```python:a.py     →   <section style="…">a.py</section>
//! if x:                  <pre style="…"><section style="…"><span style="color:#…">if&nbsp;</span>x:</section>…</pre>
//! ```
//!
//! WeChat drops line breaks and spaces when an article is saved: each line is an element, and each space one that does not
//! break.

use std::ops::Range;

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::markdown::Info;

use super::colours;
use super::escape::escaped;
use super::writer::Writer;
use crate::counts::Counted;
use crate::document::CodeBlock;
use crate::pictures::Shown;
use crate::platform::{CodePath, Diagrams, Elsewhere};

impl Writer<'_, '_> {
    pub(super) fn code(&mut self, code: &CodeBlock, range: &Range<usize>) {
        let page = self.note.page;
        let info = page.anatomy.infos.iter().find(|info| range.contains(&info.range.start));
        let word = code.info.as_deref().unwrap_or_default();
        let language = language(info.map_or(word, |info| &info.text));
        if language == "mermaid" && self.diagram(code, range.start) {
            return;
        }
        if self.note.export.platform.code.path == CodePath::LineAbove
            && let Some(info) = info
        {
            self.path(info, range.start);
        }
        self.open("pre", "pre");
        for line in colours::lines(&code.contents, language) {
            self.open("section", "line");
            // An element without anything would be taken away.
            self.out.push_str(if line.is_empty() { "&nbsp;" } else { &line });
            self.close("section");
        }
        self.close("pre");
    }

    /// Where code is from, above it.
    fn path(&mut self, info: &Info, at: usize) {
        let Some(source) = &info.source else { return };
        let message = format!("`{}` stands above its code", source.name);
        self.note.find(Code::CodePath, at, message);
        self.open("section", "code-path");
        self.out.push_str(&escaped(&source.name));
        if let Some(url) = &source.url
            && self.note.export.platform.links.elsewhere == Elsewhere::Numbered
        {
            let number = self.links.number(url, &source.name);
            self.number(number);
        }
        self.close("section");
    }

    /// A diagram as a picture; whether there is one, or words in its place.
    fn diagram(&mut self, code: &CodeBlock, at: usize) -> bool {
        if self.note.export.platform.text.diagrams != Diagrams::Picture {
            return false;
        }
        let Some(shown) = self.note.draw_diagram(&code.contents, at) else { return false };
        self.note.less(Counted::Code, 1);
        if matches!(shown, Shown::From(_)) {
            self.note.less(Counted::Pictures, -1);
        }
        let alternative = self.note.words("export-diagram", &[]);
        self.open("p", "p");
        self.begin_line(&[]);
        self.shown(&shown, &alternative);
        self.close("p");
        true
    }
}

/// The language of an info string.
fn language(info: &str) -> &str {
    info.split([' ', '\t', ',']).next().unwrap_or_default()
}
