//! Formulas, in the form that a platform reads.
//!
//! ```text
//! $x$          →    $x$          {% katex inline %}x{% endkatex %}          <img eeimg="1" …>
//!
//! $$           →    $$
//! a            →    a b          where a formula has to be on one line
//! b                 $$
//! $$
//! ```

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::markdown::{Marks, line_start};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Writer;
use super::escape::escaped;
use super::splices::Splices;
use crate::counts::Counted;
use crate::document::{Kind, Node};
use crate::formulas::on_one_line;
use crate::platform::{Display, InTable, Inline};

impl Writer<'_, '_> {
    /// Whether a formula in a line parts its paragraph.
    pub(super) fn is_display(&self, node: &Node) -> bool {
        let Kind::Formula(number) = node.kind else { return false };
        let is_inside = self.around.heading || self.around.cell || self.around.link;
        self.note.document.formulas[number].display && !is_inside
    }

    /// A formula in a line of text.
    pub(super) fn formula_in_line(&mut self, node: &Node, number: usize, splices: &mut Splices) {
        let formula = &self.note.document.formulas[number];
        let is_block = self.is_display(node);
        let platform = self.note.export.platform;
        if self.around.heading && platform.math.inline != Inline::Dollar {
            let message = format!("nobody has tried a formula in a heading on {}", platform.name);
            self.note.find_once(Code::PostUnsure, "heading", node.range.start, message);
        }
        let tex = self.note.tex(number);
        if is_block {
            let block = self.display(&tex);
            // It parts the paragraph, as it does on a page.
            let paragraph = self.paragraph.clone();
            let gap = self.gap_at(paragraph.start);
            let before = if node.range.start <= paragraph.start { "" } else { &gap };
            let behind = if node.range.end >= paragraph.end { "" } else { &gap };
            let text = self.in_container(&format!("{before}{block}{behind}"), paragraph.start);
            // White space before it on its line goes; what begins the line belongs to the line break.
            let before = &self.text[line_start(self.text, node.range.start).max(paragraph.start)..node.range.start];
            let is_first = before.trim_matches([' ', '\t', '>']).is_empty();
            let white = before.len() - before.trim_end_matches([' ', '\t']).len();
            let start = node.range.start - if is_first { 0 } else { white };
            let behind = &self.text[node.range.end..];
            let end = node.range.end + behind.len() - behind.trim_start_matches([' ', '\t']).len();
            splices.replace(start..end, text);
            self.begins.push(end);
            return;
        }
        let is_untouched = matches!(formula.marks, Marks::Dollars)
            && !formula.display
            && tex == formula.tex.trim().replace("\r\n", "\n");
        if platform.math.inline == Inline::Dollar && is_untouched {
            return;
        }
        // A pipe would end the cell.
        let tex = match (self.around.cell, platform.math.inline) {
            (false, _) => tex,
            (true, Inline::Dollar) => tex.replace('|', "\\|"),
            (true, _) => tex.replace("\\|", "\\Vert ").replace('|', "\\vert "),
        };
        splices.replace(node.range.clone(), inline(&tex, platform.math.inline));
    }

    /// A formula that is alone in its paragraph.
    pub(super) fn display_alone(&mut self, node: &Node, number: usize, splices: &mut Splices) {
        let formula = &self.note.document.formulas[number];
        let range = node.children[0].range.clone();
        if !formula.display {
            return self.formula_in_line(&node.children[0], number, splices);
        }
        let tex = self.note.tex(number);
        let formula = &self.note.document.formulas[number];
        let written = &self.text[range.clone()];
        let has_own_lines = written.strip_prefix("$$").and_then(|rest| rest.strip_suffix("$$")).is_some_and(|inner| {
            let first = inner.split('\n').next().unwrap_or_default();
            let last = inner.rsplit('\n').next().unwrap_or_default();
            inner.contains('\n') && first.trim().is_empty() && last.trim_matches(['>', ' ', '\t']).is_empty()
        });
        let math = &self.note.export.platform.math;
        let is_untouched =
            has_own_lines && math.display == Display::DollarBlock && tex == formula.tex.trim().replace("\r\n", "\n");
        if is_untouched {
            return;
        }
        let block = self.display(&tex);
        splices.replace(range.clone(), self.in_container(&block, range.start));
    }

    /// A formula that is written as a block of code.
    pub(super) fn formula_block(&mut self, node: &Node, number: usize, splices: &mut Splices) {
        let tex = self.note.tex(number);
        if tex.is_empty() {
            // Between dollars it would be nothing, or take what stands behind it.
            self.note.less(Counted::Formulas, 1);
            self.note.find(
                Code::FormulaInvalid,
                node.range.start,
                "there is nothing in this formula, so it is left out",
            );
            return splices.remove(node.range.start..self.end(node));
        }
        let block = self.display(&tex);
        let place = node.range.start..self.end(node);
        splices.replace(place.clone(), self.alone(&block, place));
    }

    /// A formula on lines of its own.
    pub(super) fn display(&self, tex: &str) -> String {
        match self.note.export.platform.math.display {
            Display::DollarBlock | Display::SvgBlock => format!("$$\n{tex}\n$$"),
            Display::BracketsBlock => format!("\\\\[\n{tex}\n\\\\]"),
            Display::LiquidBlock => format!("{{% katex %}}\n{}\n{{% endkatex %}}", without_liquid(tex)),
            Display::Eeimg => {
                // The server takes a formula for one on lines of its own by this.
                let tex =
                    if tex.contains("\\tag") || tex.ends_with("\\\\") { tex.to_owned() } else { format!("{tex}\\\\") };
                eeimg(&tex, 2)
            }
        }
    }

    /// A formula in the cell of a table whose cells hold text alone.
    pub(super) fn formula_as_text(&mut self, node: &Node, number: usize) -> Option<String> {
        if self.note.export.platform.math.table == InTable::Keep {
            return None;
        }
        let tex = self.note.tex(number);
        self.note.less(Counted::Formulas, 1);
        if let Some(plain) = crate::formulas::characters(&tex) {
            return Some(escaped(&plain));
        }
        let message = format!("the formula in this cell is text now: {tex}");
        self.note.find(Code::FormulaInTable, node.range.start, message);
        Some(escaped(&tex))
    }
}

fn inline(tex: &str, form: Inline) -> String {
    match form {
        Inline::Dollar | Inline::Svg => format!("${}$", on_one_line(tex)),
        Inline::Brackets => format!("\\\\({}\\\\)", on_one_line(tex)),
        Inline::Liquid => format!("{{% katex inline %}}{}{{% endkatex %}}", without_liquid(&on_one_line(tex))),
        Inline::Eeimg => eeimg(tex, 1),
    }
}

/// The picture by which Zhihu keeps a formula.
fn eeimg(tex: &str, kind: u8) -> String {
    let tex = on_one_line(tex);
    let address = utf8_percent_encode(&tex, NON_ALPHANUMERIC);
    let alternative = tex.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<img src=\"https://www.zhihu.com/equation?tex={address}\" alt=\"{alternative}\" eeimg=\"{kind}\">")
}

/// TeX in which Liquid finds none of its tags.
fn without_liquid(tex: &str) -> String {
    tex.replace("{{", "{ {")
        .replace("{{", "{ {")
        .replace("}}", "} }")
        .replace("}}", "} }")
        .replace("{%", "{ %")
        .replace("%}", "% }")
}
