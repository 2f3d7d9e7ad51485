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
use mdbook_bilingual_core::markdown::Marks;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Writer;
use super::emphasis::ZERO_WIDTH;
use super::splices::Splices;
use crate::counts::Counted;
use crate::document::Node;
use crate::formulas::begins_block;
use crate::platform::{Display, InTable, Inline};

impl Writer<'_, '_> {
    /// A formula in a line of text.
    pub(super) fn formula_in_line(&mut self, node: &Node, number: usize, splices: &mut Splices) {
        let formula = &self.note.document.formulas[number];
        let is_block = formula.display && !self.around.heading && !self.around.cell && !self.around.link;
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
            // What begins a line now must not become another block by that.
            let next = self.text[node.range.end..].trim_start_matches([' ', '\t']);
            let held = (!behind.is_empty() && begins_block(next)).then_some(ZERO_WIDTH);
            let text = format!("{before}{block}{behind}{}", held.map(String::from).unwrap_or_default());
            let text = self.in_container(&text, paragraph.start);
            let start = self.text[..node.range.start].trim_end_matches([' ', '\t']).len().max(paragraph.start);
            let behind = &self.text[node.range.end..];
            let end = node.range.end + behind.len() - behind.trim_start_matches([' ', '\t']).len();
            splices.replace(start.min(node.range.start)..end, text);
            return;
        }
        let is_untouched = matches!(formula.marks, Marks::Dollars) && !formula.display && tex == formula.tex.trim();
        if platform.math.inline == Inline::Dollar && is_untouched {
            return;
        }
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
        let is_untouched = has_own_lines && math.display == Display::DollarBlock && tex == formula.tex.trim();
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
        splices.replace(node.range.start..self.end(node), self.in_container(&block, node.range.start));
    }

    fn display(&self, tex: &str) -> String {
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
            return Some(plain);
        }
        let message = format!("the formula in this cell is text now: {tex}");
        self.note.find(Code::FormulaInTable, node.range.start, message);
        Some(super::tables::escaped(&tex))
    }
}

fn inline(tex: &str, form: Inline) -> String {
    match form {
        Inline::Dollar | Inline::Svg => format!("${}$", tex.replace('\n', " ")),
        Inline::Brackets => format!("\\\\({tex}\\\\)"),
        Inline::Liquid => format!("{{% katex inline %}}{}{{% endkatex %}}", without_liquid(tex).replace('\n', " ")),
        Inline::Eeimg => eeimg(tex, 1),
    }
}

/// The picture by which Zhihu keeps a formula.
fn eeimg(tex: &str, kind: u8) -> String {
    let tex = tex.replace('\n', " ");
    let address = utf8_percent_encode(&tex, NON_ALPHANUMERIC);
    let alternative = tex.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<img src=\"https://www.zhihu.com/equation?tex={address}\" alt=\"{alternative}\" eeimg=\"{kind}\">")
}

/// TeX in which Liquid finds none of its tags.
fn without_liquid(tex: &str) -> String {
    tex.replace("{{", "{ {").replace("{{", "{ {").replace("}}", "} }").replace("{%", "{ %").replace("%}", "% }")
}
