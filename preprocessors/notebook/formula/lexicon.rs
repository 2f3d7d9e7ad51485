//! What [`super::dialect`] knows of TeX by heart: environments, commands with text, characters and colours.

use super::Problem;
use super::nesting::is_switch;
use super::tokens::Token;

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

/// The environments: the name, how the one of the engine begins that stands for it, and how that ends.
#[rustfmt::skip]
pub(super) const ENVIRONMENTS: &[(&str, &str, &str)] = &[
    ("align", "\\begin{align*}", "\\end{align*}"),
    ("align*", "\\begin{align*}", "\\end{align*}"),
    ("flalign", "\\begin{align*}", "\\end{align*}"),
    ("flalign*", "\\begin{align*}", "\\end{align*}"),
    ("alignat", "\\begin{align*}", "\\end{align*}"),
    ("alignat*", "\\begin{align*}", "\\end{align*}"),
    ("equation", "\\begin{equation*}", "\\end{equation*}"),
    ("equation*", "\\begin{equation*}", "\\end{equation*}"),
    ("displaymath", "\\begin{equation*}", "\\end{equation*}"),
    ("gather", "\\begin{gather*}", "\\end{gather*}"),
    ("gather*", "\\begin{gather*}", "\\end{gather*}"),
    ("multline", "\\begin{multline}", "\\notag\\end{multline}"),
    ("multline*", "\\begin{multline}", "\\notag\\end{multline}"),
    ("aligned", "\\begin{aligned}", "\\end{aligned}"),
    ("alignedat", "\\begin{aligned}", "\\end{aligned}"),
    ("split", "\\begin{aligned}", "\\end{aligned}"),
    ("gathered", "\\begin{gathered}", "\\end{gathered}"),
    ("eqnarray", "\\begin{array}{rcl}", "\\end{array}"),
    ("eqnarray*", "\\begin{array}{rcl}", "\\end{array}"),
    ("array", "\\begin{array}", "\\end{array}"),
    ("darray", "\\begin{darray}", "\\end{darray}"),
    ("subarray", "\\begin{subarray}", "\\end{subarray}"),
    ("cases", "\\begin{cases}", "\\end{cases}"),
    ("dcases", "\\begin{dcases}", "\\end{dcases}"),
    ("rcases", "\\begin{rcases}", "\\end{rcases}"),
    ("drcases", "\\begin{drcases}", "\\end{drcases}"),
    ("matrix", "\\begin{matrix}", "\\end{matrix}"),
    ("smallmatrix", "{\\scriptstyle\\begin{matrix}", "\\end{matrix}}"),
    ("pmatrix", "\\begin{pmatrix}", "\\end{pmatrix}"),
    ("bmatrix", "\\begin{bmatrix}", "\\end{bmatrix}"),
    ("Bmatrix", "\\begin{Bmatrix}", "\\end{Bmatrix}"),
    ("vmatrix", "\\begin{vmatrix}", "\\end{vmatrix}"),
    ("Vmatrix", "\\begin{Vmatrix}", "\\end{Vmatrix}"),
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
    LONG.contains(&token)
}

/// A colour, as an author names it.
pub(super) enum Color {
    /// A name that LaTeX knows.
    Name(String),
    /// With the `#`.
    Digits(String),
}

/// The colour that a group of tokens names, for a command.
pub(super) fn color(tokens: &[Token<'_>], of: Token<'_>) -> Result<Color, Problem> {
    let text: String = tokens.iter().map(|token| token.text).collect();
    let text = text.trim();
    let wrong = || {
        let message =
            format!("`{text}` is no colour; write a name that LaTeX knows, such as `red`, or `#` and six digits");
        Problem::new(message, of.at)
    };
    match text.strip_prefix('#') {
        Some(digits) if matches!(digits.len(), 3 | 6) && digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
            Ok(Color::Digits(text.to_owned()))
        }
        Some(_) => Err(wrong()),
        None if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphabetic()) => Ok(Color::Name(text.to_owned())),
        None => Err(wrong()),
    }
}
