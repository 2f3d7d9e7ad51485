//! Shows formulas.
//!
//! ```text
//! 策略 $\pi_\theta$ 的梯度          →     策略 <math>…</math> 的梯度
//!
//! $$                               →     <span class="formula"><math display="block">…</math></span>
//! \nabla J = …
//! $$
//!
//! ## 用 $x$ 表示                    →     ## 用 <math>…</math> 表示 {#用-x-表示}
//!
//! （$x$）。                         →     <span class="formula-held">（<math>…</math>）。</span>
//! ```
//!
//! MathML, which browsers show by themselves, made while the book is built. All of it is HTML in a line, so it can
//! stand wherever a formula can: in tables, lists, headings and quotations. A formula that cannot be made into MathML
//! shows its source, with the dollars around it, and is reported; a block of code stays one.
//!
//! A heading keeps the id that its source gives it: mdBook would take the MathML for its text. Where it has a class,
//! `{.class}`, the id comes into the same braces.
//!
//! Other renderers get the source, with the dollars that their own tools know: `$…$` and `$$…$$`, whatever the author
//! wrote.
//!
//! A formula that mdBook has not yet put something into, `${{#include energy.tex}}$`, stays as it is.

use super::format::FormulasAs;
use super::markup::{Attributes, html};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::formula::{Mathematics, inert};
use crate::markdown::{Formula, Marks, WithoutId};
use crate::notebook::Page;

/// One element for each formula, and an id for each heading that has one.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in stage.notebook.pages.iter().filter(|page| !page.anatomy.formulas.is_empty()) {
        for formula in page.anatomy.formulas.iter().filter(|formula| !page.anatomy.is_filled(formula)) {
            match stage.format.formulas() {
                FormulasAs::MathMl => edits.extend(held(page, stage.mathematics, formula)),
                FormulasAs::Tex => edits.extend(tex(formula).map(|text| replaced(page, formula, text))),
            }
        }
        edits.extend(splices::heading_ids(stage, page, |place: &WithoutId| place.has_formula, Layer::Formula));
    }
    edits
}

fn replaced(page: &Page, formula: &Formula, text: String) -> Edit {
    splices::replace(page, formula.range.clone(), text, Layer::Formula)
}

/// A formula in place of its source, in an element with the punctuation from which no line break may part it.
///
/// Browsers break lines before and behind anything that is not text, whatever is beside it (CSS Text, 5.1); only an
/// element around both keeps them together, for a joiner between them would be found by the search.
fn held(page: &Page, mathematics: &Mathematics, formula: &Formula) -> Vec<Edit> {
    let Formula { range, before, behind, .. } = formula;
    let mathml = mathematics.shown(&formula.tex, formula.display);
    let is_shown = mathml.is_ok();
    if !is_shown && matches!(formula.marks, Marks::Fences { .. }) {
        return Vec::new();
    }
    let element = match mathml.as_deref() {
        Ok(mathml) => mathml.to_owned(),
        Err(_) => source(&formula.source),
    };
    let element = if formula.display { html::within("span", &Attributes::class("formula"), &element) } else { element };
    let shown = replaced(page, formula, parted(formula, &element));
    // The source of a formula has lines of its own.
    if before.is_empty() && behind.is_empty() || !is_shown {
        return vec![shown];
    }
    let (begin, end) = html::around("span", &Attributes::class("formula-held"));
    // What else is written at its beginning comes before it, and what is written at its end behind it.
    vec![
        splices::insert(page, range.start - before.len(), begin, Layer::Inline),
        shown,
        splices::insert(page, range.end + behind.len(), end, Layer::Formula),
    ]
}

/// The source of a formula that cannot be shown: it can as well be text that was never meant as one.
fn source(written: &str) -> String {
    html::within("code", &Attributes::class("formula-source"), &inert(&written.replace(['\n', '\t'], " ")))
}

/// A formula for programs that know TeX between dollars; `None` where it stands between them already.
fn tex(formula: &Formula) -> Option<String> {
    if formula.marks == Marks::Dollars {
        return None;
    }
    let lines: Vec<&str> = formula.tex.trim().lines().map(str::trim_end).collect();
    // A blank line would end the paragraph that the formula is.
    let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    // In one line, nothing in it can be taken for a list; but a comment would go on.
    let tex = if formula.tex.contains('%') { lines.join(&format!("\n{}", formula.prefix)) } else { lines.join(" ") };
    let marks = if formula.display { "$$" } else { "$" };
    Some(parted(formula, &format!("{marks}{tex}{marks}")))
}

/// A formula with the blank lines that part it from what is around it, where fences did so.
fn parted(formula: &Formula, text: &str) -> String {
    let Marks::Fences { follows, precedes } = formula.marks else { return text.to_owned() };
    let line = format!("\n{}", formula.prefix);
    let (before, behind) =
        (if follows { line.as_str() } else { "" }, if precedes { line.trim_end_matches(' ') } else { "" });
    format!("{before}{text}{behind}")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, TagEnd};

    use crate::passes::test_book;

    /// What a page shows of a text whose formulas are source, with `‹` and `›` around each.
    fn shown(text: &str) -> String {
        let files = [("SUMMARY.md", "- [a](a.md)\n"), ("a.md", text)];
        let page = test_book::pages(crate::read, "formulas", &files, "html", |_| {}).remove("a.md").unwrap();
        let mut out = String::new();
        for event in Parser::new_ext(&page, Options::ENABLE_TABLES) {
            match event {
                Event::Text(piece) => out.push_str(&piece),
                Event::InlineHtml(tag) if tag.starts_with("<code") => out.push('‹'),
                Event::InlineHtml(tag) if &*tag == "</code>" => out.push('›'),
                Event::SoftBreak => out.push('\n'),
                Event::End(TagEnd::Paragraph | TagEnd::TableCell | TagEnd::CodeBlock) => out.push('/'),
                _ => {}
            }
        }
        out.trim_end_matches('/').to_owned()
    }

    #[test]
    fn what_cannot_be_shown_keeps_its_dollars() {
        for (text, wanted) in [
            ("正则：^[a-z]+$或 ^\\d+$。", "正则：^[a-z]+‹$或 ^\\d+$›。"),
            ("$(\"#id\")和$(\".c\")", "‹$(\"#id\")和$›(\".c\")"),
            ("a $`\\foo`$, \\(\\foo\\), $ \\foo $", "a ‹$`\\foo`$›, ‹\\(\\foo\\)›, ‹$ \\foo $›"),
            ("> $$\n> \\foo\n> $$", "‹$$ \\foo $$›"),
            ("> \\[\n> \\foo\n> \\]", "‹\\[ \\foo \\]›"),
            ("| $\\foo \\| b$ |\n|---|", "‹$\\foo | b$›"),
            ("$\\foo \\\\{1\\\\}$", "‹$\\foo \\\\{1\\\\}$›"),
            // What a block of code is called is its mark.
            ("a\n```math\n\\foo\n\n*b*\n```\nb", "a/\\foo\n\n*b*\n/b"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
