//! What [`crate::formula::dialect`] knows of TeX by heart: environments, commands with text, characters and colours.

use crate::formula::FormulaError;
use crate::formula::dialect::Style::{self, Display, Script, Text};
use crate::formula::error::Said;
use crate::formula::nesting::is_switch;
use crate::formula::tokens::{TexToken, TokenKind, behind_space};

/// Characters that the engine writes into names as they are, though they mean something in HTML, and what stands in for
/// them on the way.
pub(super) const STAND_INS: &[(char, char)] = &[('<', '\u{F8F0}'), ('>', '\u{F8F1}'), ('&', '\u{F8F2}')];

/// What stands in for a token in names and in texts; `None` for one that the engine may read.
pub(super) fn stand_in(token: &str) -> Option<char> {
    let character = match token {
        "<" | "\\lt" | "\\textless" => '<',
        ">" | "\\gt" | "\\textgreater" => '>',
        "&" | "\\&" => '&',
        _ => return None,
    };
    STAND_INS.iter().find(|(known, _)| *known == character).map(|(_, stand_in)| *stand_in)
}

/// The environments of the engine whose rows can have tags.
pub(super) const TAGGED: &[&str] = &["\\end{align*}", "\\end{equation*}", "\\end{gather*}"];

/// An environment.
#[derive(Debug)]
pub(super) struct Environment {
    pub(super) name: &'static str,
    /// How the one of the engine begins that stands for it, and how that ends.
    pub(super) begin: &'static str,
    pub(super) end: &'static str,
    /// The style of its cells.
    pub(super) style: Style,
    /// Whether it says how its columns stand.
    pub(super) has_columns: bool,
    /// Whether `[t]` can follow its name.
    pub(super) has_place: bool,
}

const fn plain(name: &'static str, begin: &'static str, end: &'static str, style: Style) -> Environment {
    Environment { name, begin, end, style, has_columns: false, has_place: false }
}

const fn placed(name: &'static str, begin: &'static str, end: &'static str, style: Style) -> Environment {
    Environment { has_place: true, ..plain(name, begin, end, style) }
}

const fn array(name: &'static str, begin: &'static str, end: &'static str, style: Style) -> Environment {
    Environment { has_columns: true, ..placed(name, begin, end, style) }
}

/// The environments.
#[rustfmt::skip]
pub(super) const ENVIRONMENTS: &[Environment] = &[
    plain("align", "\\begin{align*}", "\\end{align*}", Display),
    plain("align*", "\\begin{align*}", "\\end{align*}", Display),
    plain("flalign", "\\begin{align*}", "\\end{align*}", Display),
    plain("flalign*", "\\begin{align*}", "\\end{align*}", Display),
    plain("alignat", "\\begin{align*}", "\\end{align*}", Display),
    plain("alignat*", "\\begin{align*}", "\\end{align*}", Display),
    plain("equation", "\\begin{equation*}", "\\end{equation*}", Display),
    plain("equation*", "\\begin{equation*}", "\\end{equation*}", Display),
    plain("displaymath", "\\begin{equation*}", "\\end{equation*}", Display),
    plain("gather", "\\begin{gather*}", "\\end{gather*}", Display),
    plain("gather*", "\\begin{gather*}", "\\end{gather*}", Display),
    plain("multline", "\\begin{multline}", "\\notag\\end{multline}", Display),
    plain("multline*", "\\begin{multline}", "\\notag\\end{multline}", Display),
    placed("aligned", "\\begin{aligned}", "\\end{aligned}", Display),
    placed("alignedat", "\\begin{aligned}", "\\end{aligned}", Display),
    placed("split", "\\begin{aligned}", "\\end{aligned}", Display),
    placed("gathered", "\\begin{gathered}", "\\end{gathered}", Display),
    plain("eqnarray", "\\begin{array}{rcl}", "\\end{array}", Display),
    plain("eqnarray*", "\\begin{array}{rcl}", "\\end{array}", Display),
    array("array", "\\begin{array}", "\\end{array}", Text),
    array("darray", "\\begin{darray}", "\\end{darray}", Display),
    array("subarray", "\\begin{subarray}", "\\end{subarray}", Script),
    plain("cases", "\\begin{cases}", "\\end{cases}", Text),
    plain("dcases", "\\begin{dcases}", "\\end{dcases}", Display),
    plain("rcases", "\\begin{rcases}", "\\end{rcases}", Text),
    plain("drcases", "\\begin{drcases}", "\\end{drcases}", Display),
    plain("matrix", "\\begin{matrix}", "\\end{matrix}", Text),
    plain("smallmatrix", "{\\scriptstyle\\begin{matrix}", "\\end{matrix}}", Script),
    plain("pmatrix", "\\begin{pmatrix}", "\\end{pmatrix}", Text),
    plain("bmatrix", "\\begin{bmatrix}", "\\end{bmatrix}", Text),
    plain("Bmatrix", "\\begin{Bmatrix}", "\\end{Bmatrix}", Text),
    plain("vmatrix", "\\begin{vmatrix}", "\\end{vmatrix}", Text),
    plain("Vmatrix", "\\begin{Vmatrix}", "\\end{Vmatrix}", Text),
    plain("psmallmatrix", "{\\scriptstyle\\left(\\begin{matrix}", "\\end{matrix}\\right)}", Script),
    plain("bsmallmatrix", "{\\scriptstyle\\left[\\begin{matrix}", "\\end{matrix}\\right]}", Script),
    plain("Bsmallmatrix", "{\\scriptstyle\\left\\{\\begin{matrix}", "\\end{matrix}\\right\\}}", Script),
    plain("vsmallmatrix", "{\\scriptstyle\\left|\\begin{matrix}", "\\end{matrix}\\right|}", Script),
    plain("Vsmallmatrix", "{\\scriptstyle\\left\\|\\begin{matrix}", "\\end{matrix}\\right\\|}", Script),
    plain("matrix*", "\\begin{array}", "\\end{array}", Text),
    plain("pmatrix*", "\\left(\\begin{array}", "\\end{array}\\right)", Text),
    plain("bmatrix*", "\\left[\\begin{array}", "\\end{array}\\right]", Text),
    plain("Bmatrix*", "\\left\\{\\begin{array}", "\\end{array}\\right\\}", Text),
    plain("vmatrix*", "\\left|\\begin{array}", "\\end{array}\\right|", Text),
    plain("Vmatrix*", "\\left\\|\\begin{array}", "\\end{array}\\right\\|", Text),
];

/// The commands that hold text, as the engine calls them.
pub(super) const TEXTS: &[&str] =
    &["\\text", "\\emph", "\\textbf", "\\textit", "\\textrm", "\\textsc", "\\textsf", "\\texttt", "\\underbar"];

/// Whether a token cannot be an argument without braces. The engine takes some of these all the same, and then panics
/// without optimisation.
pub(super) fn is_no_argument(token: &str) -> bool {
    is_switch(token)
        || matches!(token, "&" | "\\\\" | "\\newline" | "\\cr" | "\\middle" | "\\tag" | "\\tag*" | "\\label")
}

/// What a token of a tag shows. The engine reads nothing but letters and digits there.
pub(super) fn tag_word(token: &str) -> Option<&str> {
    Some(match token {
        "{" | "}" | "$" | "\\text" | "\\mathrm" | "\\textbf" => return None,
        "\\ast" | "*" => "∗",
        "\\star" => "⋆",
        "\\dagger" => "†",
        "\\ddagger" => "‡",
        "~" => "\u{a0}",
        token => token.strip_prefix('\\').unwrap_or(token),
    })
}

/// How a command's text goes on behind a formula in it.
pub(super) fn reopening(command: &'static str) -> &'static str {
    match command {
        "\\emph" => "\\emph{",
        "\\textbf" => "\\textbf{",
        "\\textit" => "\\textit{",
        "\\textrm" => "\\textrm{",
        "\\textsc" => "\\textsc{",
        "\\textsf" => "\\textsf{",
        "\\texttt" => "\\texttt{",
        "\\underbar" => "\\underbar{",
        _ => "\\text{",
    }
}

/// Whether no font shows a character, because everybody may use it for anything.
pub(super) fn is_private(c: char) -> bool {
    ('\u{E000}'..='\u{F8FF}').contains(&c)
}

/// Whether a character outside of `\text` is text all the same: Chinese, Japanese and Korean, with their punctuation.
pub(super) fn is_text(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}' | '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}' | '“' | '”')
}

/// Whether a command that takes an argument itself, or more, cannot be one of several arguments without braces: it is not
/// known here which tokens the engine would take for the next one.
pub(super) fn is_no_one_of_several(token: &str) -> bool {
    const LONG: &[&str] =
        &["\\begin", "\\left", "\\hspace", "\\hspace*", "\\mspace", "\\kern", "\\mkern", "\\hskip", "\\mskip"];
    // The engine reads primes in a row as one, and so the next argument is behind all of them.
    token == "'" || LONG.contains(&token)
}

/// A colour, as an author names it.
pub(super) enum Color {
    /// A name that LaTeX knows.
    Name(String),
    /// With the `#`.
    Digits(String),
}

/// The colour that a group of tokens names, for a command.
pub(super) fn color(tokens: &[TexToken<'_>], of: TexToken<'_>) -> Result<Color, FormulaError> {
    let text: String = tokens.iter().map(|token| token.text).collect();
    let text = text.trim();
    match hexadecimal(text) {
        Some(digits) => Ok(Color::Digits(digits)),
        None if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric()) => Ok(Color::Name(text.to_owned())),
        None => Err(no_color(text, of)),
    }
}

fn hexadecimal(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    let is_one = matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    is_one.then(|| text.to_owned())
}

/// A colour by its digits, or by a name.
pub(super) fn digits(text: &str, named: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    hexadecimal(text).or_else(|| named(text))
}

/// The colours of HTML by their names, for those that LaTeX does not know.
pub(super) fn named_in_html(name: &str) -> Option<&'static str> {
    Some(match name {
        "aqua" => "#00ffff",
        "fuchsia" => "#ff00ff",
        "lime" => "#00ff00",
        "maroon" => "#800000",
        "navy" => "#000080",
        "olive" => "#808000",
        "purple" => "#800080",
        "silver" => "#c0c0c0",
        "teal" => "#008080",
        _ => return None,
    })
}

/// What is wrong with what should be a colour.
pub(super) fn no_color(text: &str, of: TexToken<'_>) -> FormulaError {
    let message = Said::new(
        format!("`{text}` is no colour"),
        "write a name that LaTeX knows, such as `red`, or `#` and six digits",
    );
    FormulaError::new(message, of.at)
}

/// A colour in a model of LaTeX: `rgb` from 0 to 1, `RGB` from 0 to 255, `HTML` and `gray`.
pub(super) fn mixed(model: &str, value: &str, of: TexToken<'_>) -> Result<String, FormulaError> {
    let wrong = || {
        let message = Said::new(
            format!("`{value}` is no colour in the model `{model}`"),
            "write `HTML` and six digits, such as `\\textcolor[HTML]{AA0000}`",
        );
        FormulaError::new(message, of.at)
    };
    let largest = if model == "RGB" { 255.0 } else { 1.0 };
    let parts = || -> Option<Vec<u8>> {
        let parts =
            value.split(',').map(|part| part.trim().parse::<f64>().ok().filter(|part| (0.0..=largest).contains(part)));
        // The number is between 0 and 255.
        parts.map(|part| Some((part? / largest * 255.0).round() as u8)).collect()
    };
    let digits = match model {
        "HTML" => hexadecimal(&format!("#{value}")),
        "gray" => parts().filter(|parts| parts.len() == 1).map(|parts| format!("#{0:02x}{0:02x}{0:02x}", parts[0])),
        "rgb" | "RGB" => {
            let parts = parts().filter(|parts| parts.len() == 3);
            parts.map(|parts| format!("#{:02x}{:02x}{:02x}", parts[0], parts[1], parts[2]))
        }
        _ => None,
    };
    digits.ok_or_else(wrong)
}

/// The units of TeX, in parts of an em: ten points are one.
const UNITS: &[(&str, f64)] = &[
    ("em", 1.0),
    ("ex", 0.431),
    ("mu", 1.0 / 18.0),
    ("pt", 0.1),
    ("px", 0.1),
    ("bp", 0.100_375),
    ("pc", 1.2),
    ("dd", 0.107),
    ("cc", 1.284),
    ("mm", 0.284_53),
    ("cm", 2.845_27),
    ("in", 7.227),
    ("sp", 0.0),
];

/// A length of TeX as one of CSS, such as `-0.5em`.
pub(super) fn length(text: &str) -> Option<String> {
    let text = text.trim();
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (_, unit) = UNITS.iter().find(|(unit, _)| *unit == &text[number.len()..])?;
    let number = number.replace(' ', "");
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit())
        && number.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
    let ems = number.parse::<f64>().ok().filter(|ems| is_number && ems.abs() < 10_000.0)? * unit;
    let digits = format!("{ems:.4}");
    Some(format!("{}em", digits.trim_end_matches('0').trim_end_matches('.')))
}

/// A length that stands at this token, and the position behind it.
pub(super) fn length_at(tokens: &[TexToken<'_>], from: usize) -> Option<(String, usize)> {
    let is_number = |token: &&TexToken<'_>| {
        token.kind == TokenKind::Space || token.text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte))
    };
    let digits = tokens.get(from..)?.iter().take(24).take_while(is_number).count();
    let unit = behind_space(tokens, from + digits);
    let text: String = tokens.get(from..unit + 2)?.iter().map(|token| token.text).collect();
    Some((length(&text)?, unit + 2))
}

/// Whether this is a length, of a row for example: `4pt`, `1ex plus 2pt`, `.5\baselineskip`.
pub(super) fn is_length(text: &str) -> bool {
    const NAMED: &[&str] = &[
        "\\baselineskip",
        "\\lineskip",
        "\\jot",
        "\\smallskipamount",
        "\\medskipamount",
        "\\bigskipamount",
        "\\normalbaselineskip",
        "\\parskip",
        "\\arraycolsep",
    ];
    let text = text.split(" plus").next().unwrap_or(text);
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit() || "+-. ".contains(c));
    length(text).is_some() || NAMED.contains(&number.trim())
}

/// The commands behind which a bracket stands that they make taller.
pub(super) fn is_delimiter_command(command: &str) -> bool {
    let size = command.strip_prefix('\\').map(|name| name.trim_end_matches(['l', 'r', 'm']));
    matches!(command, "\\left" | "\\right" | "\\middle") || matches!(size, Some("big" | "Big" | "bigg" | "Bigg"))
}

/// Whether a token means something, and nothing to see by itself.
#[rustfmt::skip]
pub(super) fn is_unseen(token: &str) -> bool {
    const UNSEEN: &[&str] = &[
        // White space and places for a break.
        " ", "~", "\\ ", "\\\n", "\\\r", "\\\t", "\\,", "\\:", "\\;", "\\>", "\\!", "\\quad", "\\qquad", "\\enspace", "\\thinspace",
        "\\medspace", "\\thickspace", "\\negthinspace", "\\negmedspace", "\\negthickspace", "\\space", "\\strut",
        "\\mathstrut", "\\hfill", "\\hfil", "\\null",
        // Styles, alphabets and classes: what they are for shows.
        "\\displaystyle", "\\textstyle", "\\scriptstyle", "\\scriptscriptstyle", "\\limits", "\\nolimits",
        "\\displaylimits", "\\cramped", "\\mathrlap", "\\mathllap", "\\crampedrlap", "\\crampedllap", "\\phantom", "\\hphantom", "\\vphantom",
        "\\bf", "\\cal", "\\it", "\\rm", "\\sf", "\\tt", "\\mathbb", "\\Bbb", "\\mathbf", "\\mathcal", "\\mathfrak",
        "\\frak", "\\mathit", "\\mathrm", "\\mathscr", "\\mathsf", "\\mathtt", "\\bm", "\\bold", "\\boldsymbol",
        "\\symbf", "\\mathop", "\\mathbin", "\\mathrel", "\\mathord", "\\mathopen", "\\mathclose", "\\mathpunct",
        "\\mathinner", "\\text", "\\emph", "\\textbf", "\\textit", "\\textrm", "\\textsc", "\\textsf", "\\texttt",
        "\\operatorname", "\\operatorname*", "\\operatornamewithlimits", "\\overset", "\\underset", "\\stackrel",
        "\\substack", "\\prescript", "\\sideset", "\\raise", "\\lower", "\\raisebox", "\\textcolor", "\\color",
        "\\cases", "\\matrix", "\\pmatrix", "\\eqalign", "\\displaylines",
        "\\tiny", "\\sixptsize", "\\scriptsize", "\\footnotesize", "\\small", "\\normalsize", "\\large", "\\Large", "\\LARGE",
        "\\huge", "\\Huge",
        // What numbers lines, where none is numbered, and the ends of rows.
        "\\nonumber", "\\notag", "\\\\", "\\cr", "\\newline", "_", "^",
    ];
    UNSEEN.contains(&token)
}
