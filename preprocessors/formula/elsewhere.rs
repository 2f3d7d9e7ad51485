//! The commands of KaTeX and of MathJax that are not understood here, and what to write instead.

use super::error::Said;

/// What changes how TeX sets formulas.
pub(super) const SETTINGS: &[&str] =
    &["\\mathpalette", "\\mathsurround", "\\arraystretch", "\\arraycolsep", "\\jot", "\\setlength"];

/// What a command does that is not done here, the rest of a sentence that begins with it; and what to write instead.
#[rustfmt::skip]
const ELSEWHERE: &[(&[&str], &str, Option<&str>)] = &[
    (&["\\href", "\\url"], "makes a link, which a formula cannot hold", Some("put the link around the formula, `[$x$](address)`")),
    (&["\\includegraphics"], "shows a picture, which a formula cannot hold", Some("put the picture into the text")),
    (&["\\htmlClass", "\\htmlId", "\\htmlStyle", "\\htmlData", "\\style", "\\html", "\\data"],
        "writes HTML, which a formula cannot do", Some("leave only what is to be shown")),
    (&["\\ref", "\\eqref"], "needs the number of a formula, and formulas are not numbered here", Some("give that one a `\\tag{1}`, and write `(1)`")),
    (&["\\pu"], "is mhchem's notation of quantities, which is not understood here", Some("write the number and `\\,\\mathrm{kJ}`")),
    (&["\\bond"], "is a bond that is not understood here", Some("write `-`, `=` or `#`")),
    (&["\\cite"], "needs a list of references", Some("write a link or a footnote into the text")),
    (&["\\footnote"], "makes a footnote, which a formula cannot hold", Some("write `[^1]` behind the formula")),
    (&["\\verb"], "needs the same sign before and behind its text, on one line, such as `\\verb|a_b|`", None),
    (&["\\char", "\\unicode", "\\symbol"], "names a character by its number, which is not understood here", Some("write the character itself")),
    (&["\\halign", "\\tabular", "\\bordermatrix", "\\kbordermatrix"], "makes a table in a way that is not understood here", Some("write an `array` or a `matrix`")),
    (&["\\vline", "\\multicolumn", "\\hhline", "\\toprule", "\\midrule", "\\bottomrule", "\\cmidrule", "\\rowcolor", "\\cellcolor", "\\columncolor", "\\multirow"],
        "is for tables in texts, and not understood here", Some("write `\\hline`, `\\cline{1-2}`, and `|` for the columns of the `array`")),
    (&["\\intertext", "\\shortintertext"], "puts text between lines", Some("end the formula, write the text, and begin another one")),
    (&["\\includepdf", "\\input", "\\include"], "reads another file, which a formula cannot do", Some("write its text here")),
    (&["\\hdotsfor"], "fills columns with dots", Some("write `\\cdots` into each of them")),
    (&["\\expandafter", "\\futurelet", "\\noexpand", "\\global", "\\long", "\\csname", "\\catcode", "\\if", "\\ifx", "\\else", "\\fi", "\\loop"],
        "programs TeX, which a formula cannot do", Some("write what it comes to")),
    (&["\\usepackage", "\\documentclass", "\\RequirePackage"], "loads a package, which a formula cannot do", Some("take it out")),
    (&["\\newtheorem", "\\theoremstyle", "\\section", "\\paragraph", "\\item", "\\par", "\\centering"],
        "belongs to a text and not to a formula", Some("write it in Markdown")),
    (&["\\xrightequilibrium", "\\xleftequilibrium"], "is no arrow here", Some("write `\\xrightleftharpoons{a}`")),
    (&["\\d", "\\b", "\\k", "\\t", "\\textcircled"], "is no accent here", Some("write the character itself")),
    (&["\\Rule", "\\Space"], "is not understood here", Some("write `\\rule{1em}{2pt}` or `\\hspace{1em}`")),
    (&["\\Aboxed"], "is a box that goes over a column", Some("write `\\boxed` for each part of it")),
    (&["\\oldstyle"], "needs digits that the font does not have", Some("take it out")),
    (&["\\xrightarrowtail", "\\xtwoheadrightarrow", "\\xtwoheadleftarrow"], "is no arrow that can be stretched here", Some("write `\\overset{a}{\\twoheadrightarrow}` or `\\xrightarrow{a}`")),
    (&["\\show", "\\message", "\\errmessage", "\\tracingmacros"], "is for whoever programs TeX, and shows nothing", Some("take it out")),
    (&["\\mmlToken", "\\toggle", "\\mathtip", "\\texttip", "\\endtoggle", "\\Tip"], "is for a page with MathJax only", Some("leave what is to be shown")),
    (SETTINGS,
        "changes how TeX sets formulas, which is not done here", Some("take it out")),
    (&["\\eqno", "\\leqno"], "is the way of plain TeX", Some("write `\\tag{1}`")),
    (&["\\buildrel"], "is the way of plain TeX", Some("write `\\overset{a}{=}`")),
    (&["\\root"], "is the way of plain TeX", Some("write `\\sqrt[3]{x}`")),
    (&["\\above", "\\overwithdelims", "\\atopwithdelims", "\\abovewithdelims"], "is the way of plain TeX", Some("write `\\genfrac`, or `\\frac` and brackets")),
    (&["\\pdv", "\\dv", "\\qty", "\\ev", "\\eval", "\\mel", "\\dd", "\\pmqty", "\\bmqty", "\\expval", "\\ketbra", "\\dyad", "\\innerproduct"],
        "is a command of the package physics, which is not known here", Some("define what you use of it in [preprocessor.bilingual.formulas.macros]")),
    (&["\\SI", "\\si", "\\unit", "\\num", "\\ang"],
        "is a command of the package siunitx, which is not known here", Some("write the number and `\\,\\mathrm{kg}`")),
];

/// What there is to say of a command that others understand.
pub(super) fn said(command: &str) -> Option<Said> {
    let (_, what, remedy) = ELSEWHERE.iter().find(|(commands, ..)| commands.contains(&command))?;
    let said = Said::of(command, what);
    Some(remedy.iter().fold(said, |said, remedy| said.remedy(*remedy)))
}
