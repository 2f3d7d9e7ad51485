//! Formulas, drawn.
//!
//! ```text
//! $x^2$     →   <svg … style="width:1.1em;…;vertical-align:-0.01em" role="img" aria-label="x^2">…</svg>
//! $$x^2$$   →   the same in a section of its own, which scrolls
//! ```
//!
//! A formula that nobody can draw is its TeX, as code. The first part of one that is several has the role: so many
//! formulas there are.

use mdbook_bilingual_core::diagnostic::{Code, Message};

use super::drawing::{Height, Part, Svg, Undrawn, draw};
use super::escape::escaped;
use super::writer::Writer;
use crate::counts::Counted;

impl Writer<'_, '_> {
    /// A formula in a line.
    pub(super) fn inline_formula(&mut self, number: usize) {
        self.thing();
        let html = self.formula(number, false);
        self.out.push_str(&html);
    }

    /// A formula on lines of its own.
    pub(super) fn display_formula(&mut self, number: usize) {
        let html = self.formula(number, true);
        self.open("section", "formula");
        self.out.push_str(&html);
        self.close("section");
    }

    fn formula(&mut self, number: usize, is_alone: bool) -> String {
        let tex = self.note.tex(number);
        let formula = &self.note.document.formulas[number];
        let (display, at) = (formula.display, formula.range.start);
        let parts = match draw(&tex, display) {
            Ok(parts) => parts,
            Err(why) => {
                self.undrawn(&tex, &why, at);
                return self.apart(|writer| writer.element("code", &escaped(&tex)));
            }
        };
        if !parts.iter().any(|part| matches!(part, Part::Svg(_))) {
            self.note.find(Code::FormulaFont, at, format!("`{tex}` is nothing but words, so it is text"));
            self.note.less(Counted::Formulas, 1);
        }
        html(&parts, &tex, is_alone)
    }

    fn undrawn(&mut self, tex: &str, why: &Undrawn, at: usize) {
        self.note.less(Counted::Formulas, 1);
        let (code, message) = match why {
            Undrawn::Unknown(why) => (Code::FormulaUnknown, format!("the formula is its TeX, `{tex}`: {why}")),
            Undrawn::Font(c) => {
                (Code::FormulaFont, format!("the formula is its TeX, `{tex}`: there is no drawing of “{c}”"))
            }
        };
        self.note.find(code, at, Message::new(message, "write it in another way, or put a picture there"));
    }
}

/// A formula with what it says for those who do not see it.
pub(super) fn html(parts: &[Part], tex: &str, is_alone: bool) -> String {
    // On a line of its own a long one scrolls, and in a line it becomes smaller.
    let most = if is_alone { "" } else { ";max-width:100%" };
    let mut is_first = true;
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Words(height, words) => {
                let words = escaped(words);
                out.push_str(&match height {
                    Height::Line => words,
                    Height::Above => format!("<sup>{words}</sup>"),
                    Height::Below => format!("<sub>{words}</sub>"),
                });
            }
            Part::Svg(Svg { view_box, css, paths }) => {
                let said = match std::mem::take(&mut is_first) {
                    true => format!("role=\"img\" aria-label=\"{}\"", escaped(tex)),
                    false => "aria-hidden=\"true\"".to_owned(),
                };
                out.push_str(&format!(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view_box}\" style=\"{css}{most}\" fill=\"currentColor\" {said}>{paths}</svg>"
                ));
            }
        }
    }
    out
}
