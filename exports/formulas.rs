//! How a formula is written for a platform, whatever stands around it.

use mdbook_bilingual_core::diagnostic::Code;

use crate::note::Note;
use crate::platform::Macros;

impl Note<'_> {
    /// The TeX of a formula as the platform takes it: without the book's own macros, and with what it wants replaced.
    pub(crate) fn tex(&mut self, number: usize) -> String {
        let formula = &self.document.formulas[number];
        let (tex, at) = (formula.tex.trim().replace("\r\n", "\n"), formula.range.start);
        let math = &self.export.platform.math;
        let mut tex = match math.macros {
            Macros::Keep => tex,
            // What cannot be expanded is told by `check`, and stays as it is.
            Macros::Expand => self.export.reading.mathematics.without_macros(&tex).unwrap_or(tex),
        };
        for risky in math.risky.iter().filter(|risky| tex.contains(risky.as_str())) {
            let message = format!("{} is known to draw `{risky}` badly", self.platform_name());
            self.find(Code::FormulaRisky, at, message);
        }
        if math.one_line {
            tex = on_one_line(&tex);
        }
        if self.document.formulas[number].display {
            tex = without_blocks(&tex);
        }
        for (from, to) in &math.replace {
            tex = replaced(&tex, from, to);
        }
        tex
    }
}

/// TeX without line breaks: a break is white space, and what stands behind a `%` up to it says nothing.
pub(crate) fn on_one_line(tex: &str) -> String {
    let lines = tex.lines().map(|line| without_comment(line).trim()).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// TeX on lines of its own in which Markdown finds no block: no blank line, no item of a list, no underline of a heading.
/// White space behind a sign says nothing in a formula, and neither does a line break before one.
fn without_blocks(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut must_go_on = false;
    for line in tex.split('\n').filter(|line| !line.trim().is_empty()) {
        let text = line.trim();
        let is_underline = text.bytes().all(|byte| byte == b'=') || text.bytes().all(|byte| byte == b'-');
        let is_first = out.is_empty();
        if !is_first && (must_go_on || is_underline || text.starts_with('>')) {
            // Behind a comment, it would be one.
            let above = out.rfind('\n').map_or(0, |at| at + 1);
            out.truncate(above + without_comment(&out[above..]).trim_end().len());
            out.push(' ');
            out.push_str(line.trim_start());
        } else {
            out.push_str(if is_first { "" } else { "\n" });
            let indentation = line.len() - line.trim_start().len();
            out.push_str(&line[..indentation]);
            let mark = mark_of_item(text);
            out.push_str(&text[..mark]);
            out.push_str(line[indentation + mark..].trim_start_matches(if mark > 0 { &[' ', '\t'][..] } else { &[] }));
        }
        must_go_on = is_underline && (is_first || must_go_on);
    }
    out
}

/// Whether Markdown would take a text at the beginning of a line for something else than a paragraph.
pub(crate) fn begins_block(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default().trim();
    let hashes = line.len() - line.trim_start_matches('#').len();
    let rule: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_rule = rule.len() > 2 && ['-', '*', '_'].iter().any(|mark| rule.trim_matches(*mark).is_empty());
    mark_of_item(&format!("{line} ")) > 0
        || is_rule
        || ["```", "~~~", ">"].iter().any(|mark| line.starts_with(mark))
        || (1..7).contains(&hashes) && (line.len() == hashes || line[hashes..].starts_with([' ', '\t']))
        || line.starts_with('[') && line.contains("]:")
}

/// How many bytes of a line Markdown would take for the mark of an item: `-`, or `1.`.
fn mark_of_item(line: &str) -> usize {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = match line.as_bytes().get(digits) {
        Some(b'+' | b'-' | b'*') if digits == 0 => 1,
        Some(b'.' | b')') if (1..10).contains(&digits) => digits + 1,
        _ => return 0,
    };
    if line[mark..].starts_with([' ', '\t']) { mark } else { 0 }
}

/// A line of TeX without a comment at its end.
fn without_comment(line: &str) -> &str {
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '%' if !escaped => return &line[..at],
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    line
}

/// Characters of TeX replaced, but not where a backslash stands before them, nor in text: `\text{a > b}`.
fn replaced(tex: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find(from) {
        let slashes = rest[..at].len() - rest[..at].trim_end_matches('\\').len();
        let is_escaped = slashes % 2 == 1 || is_in_text(&tex[..tex.len() - rest.len() + at]);
        out.push_str(&rest[..at]);
        let behind = &rest[at + from.len()..];
        match is_escaped {
            true => out.push_str(from),
            // One space is enough.
            false if behind.starts_with(char::is_whitespace) => out.push_str(to.trim_end()),
            false => out.push_str(to),
        }
        rest = behind;
    }
    out + rest
}

/// Whether what follows some TeX stands in the braces of a command for text.
fn is_in_text(before: &str) -> bool {
    let mut open = Vec::new();
    let bytes = before.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let is_escaped = at > 0 && bytes[at - 1] == b'\\';
        match byte {
            b'{' if !is_escaped => {
                let name = before[..at].rsplit('\\').next().unwrap_or_default();
                let is_text =
                    before[..at].contains('\\') && (name.starts_with("text") || name == "mbox" || name == "hbox");
                open.push(is_text && name.bytes().all(|byte| byte.is_ascii_alphabetic()));
            }
            b'}' if !is_escaped => drop(open.pop()),
            _ => {}
        }
    }
    open.contains(&true)
}

/// A formula in characters, where there are such: `x_1` is `x₁`.
pub(crate) fn characters(tex: &str) -> Option<String> {
    in_characters(tex, DEEPEST)
}

/// How deep groups may stand in one another.
const DEEPEST: usize = 8;

fn in_characters(tex: &str, depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let mut out = String::new();
    let mut rest = tex.trim();
    while let Some(c) = rest.chars().next() {
        let (piece, behind) = match c {
            '^' | '_' => {
                let (inner, behind) = group(&rest[1..])?;
                let table = if c == '^' { RAISED } else { LOWERED };
                (in_characters(inner, depth)?.chars().map(|c| shifted(c, table)).collect::<Option<String>>()?, behind)
            }
            '\\' => command(&rest[1..])?,
            '{' => {
                let (inner, behind) = group(rest)?;
                (in_characters(inner, depth)?, behind)
            }
            '}' | '&' | '#' | '%' | '~' | '$' => return None,
            c => (c.to_string(), &rest[c.len_utf8()..]),
        };
        out.push_str(&piece);
        rest = behind;
    }
    (!out.is_empty() && !out.contains('|') && !out.contains('\n')).then_some(out)
}

/// What a text begins with: what is between braces, a command, or one character.
fn group(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let Some(inner) = text.strip_prefix('{') else {
        let len = match text.strip_prefix('\\') {
            Some(name) => 1 + name.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(name.len()).max(1),
            None => text.chars().next()?.len_utf8(),
        };
        return Some((text.get(..len)?, text.get(len..)?));
    };
    let mut depth = 1_usize;
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&inner[..at], &inner[at + 1..]));
        }
    }
    None
}

/// What a command stands for, and what stands behind it.
fn command(text: &str) -> Option<(String, &str)> {
    let len = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    if len == 0 {
        let c = text.chars().next()?;
        let shown = match c {
            ',' | ';' | ':' | ' ' => " ",
            '!' => "",
            '%' | '_' | '#' | '&' | '{' | '}' => return Some((c.to_string(), &text[1..])),
            _ => return None,
        };
        return Some((shown.to_owned(), &text[1..]));
    }
    let (name, behind) = text.split_at(len);
    if matches!(name, "text" | "mathrm" | "operatorname" | "mathbf" | "mathit" | "textbf") {
        let (inner, behind) = group(behind)?;
        let is_plain = !inner.contains(['\\', '{', '$', '^', '_']);
        return is_plain.then(|| (inner.to_owned(), behind));
    }
    let known = NAMED.iter().find(|(known, _)| *known == name)?;
    let is_word = known.1.len() > 1 && known.1.is_ascii();
    Some((known.1.to_owned(), if is_word { behind } else { behind.strip_prefix(' ').unwrap_or(behind) }))
}

fn shifted(c: char, table: &[(char, char)]) -> Option<char> {
    table.iter().find(|(plain, _)| *plain == c).map(|(_, shifted)| *shifted)
}

/// Characters that stand above the line.
const RAISED: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    ('T', 'ᵀ'),
    ('*', '*'),
    ('′', '′'),
];

/// Characters that stand below the line.
const LOWERED: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('a', 'ₐ'),
    ('e', 'ₑ'),
    ('h', 'ₕ'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('l', 'ₗ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('o', 'ₒ'),
    ('p', 'ₚ'),
    ('r', 'ᵣ'),
    ('s', 'ₛ'),
    ('t', 'ₜ'),
    ('u', 'ᵤ'),
    ('v', 'ᵥ'),
    ('x', 'ₓ'),
];

/// Commands that are one character.
const NAMED: &[(&str, &str)] = &[
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ϵ"),
    ("varepsilon", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("iota", "ι"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "ϕ"),
    ("varphi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("Gamma", "Γ"),
    ("Delta", "Δ"),
    ("Theta", "Θ"),
    ("Lambda", "Λ"),
    ("Xi", "Ξ"),
    ("Pi", "Π"),
    ("Sigma", "Σ"),
    ("Phi", "Φ"),
    ("Psi", "Ψ"),
    ("Omega", "Ω"),
    ("times", "×"),
    ("cdot", "·"),
    ("pm", "±"),
    ("le", "≤"),
    ("leq", "≤"),
    ("ge", "≥"),
    ("geq", "≥"),
    ("ne", "≠"),
    ("neq", "≠"),
    ("approx", "≈"),
    ("sim", "∼"),
    ("infty", "∞"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("Rightarrow", "⇒"),
    ("in", "∈"),
    ("sum", "∑"),
    ("prod", "∏"),
    ("partial", "∂"),
    ("nabla", "∇"),
    ("ldots", "…"),
    ("dots", "…"),
    ("cdots", "⋯"),
    ("lt", "<"),
    ("gt", ">"),
    ("log", "log"),
    ("exp", "exp"),
    ("max", "max"),
    ("min", "min"),
    ("ll", "≪"),
    ("gg", "≫"),
    ("cup", "∪"),
    ("cap", "∩"),
    ("ell", "ℓ"),
    ("prime", "′"),
    ("quad", " "),
    ("left", ""),
    ("right", ""),
];

#[cfg(test)]
mod tests {
    use super::{begins_block, on_one_line, replaced, without_blocks};

    #[test]
    fn tex_on_one_line() {
        assert_eq!(
            on_one_line("\\begin{aligned}\na &= b \\\\ % first\n\n&= 5\\% c\n\\end{aligned}"),
            "\\begin{aligned} a &= b \\\\ &= 5\\% c \\end{aligned}"
        );
    }

    #[test]
    fn markdown_finds_no_block_in_tex() {
        for (tex, expected) in [
            ("a\n + b\n- c\n  1. d", "a\n +b\n-c\n  1.d"),
            ("a\n\n&= b", "a\n&= b"),
            ("a % one\n=\nb", "a =\nb"),
            ("=\nb", "= b"),
            ("a\n> b", "a > b"),
            ("- a", "-a"),
            ("a - b\n-c 1. d", "a - b\n-c 1. d"),
            ("a\r\n + b\r\nc", "a\r\n +b\r\nc"),
            ("", ""),
        ] {
            assert_eq!(without_blocks(tex), expected, "{tex:?}");
        }
    }

    #[test]
    fn what_begins_a_block() {
        for text in ["- a", "-", "1) a", "# a", "```a", "~~~", "> a", ">a", "[a]: b", "[^a]: b", "***", "- - -"] {
            assert!(begins_block(text), "{text}");
        }
        for text in ["-a", "**a**", "1.5", "#a", "`a`", "~~a~~", "[a](b)", "a", "", "——"] {
            assert!(!begins_block(text), "{text}");
        }
    }

    #[test]
    fn formulas_in_characters() {
        for (tex, expected) in [
            ("x_1", Some("x₁")),
            ("x_{12}^2", Some("x₁₂²")),
            ("\\pi_\\theta", None),
            ("O(n^2)", Some("O(n²)")),
            ("\\log n", Some("log n")),
            ("{{{{{{{{{{x}}}}}}}}}}", None),
            ("\\alpha \\times 10^{-3}", Some("α×10⁻³")),
            ("\\frac{a}{b}", None),
            ("a | b", None),
            ("x^{", None),
            ("", None),
        ] {
            assert_eq!(super::characters(tex).as_deref(), expected, "{tex}");
        }
    }

    #[test]
    fn what_is_written_in_place_of_what() {
        assert_eq!(replaced("a>b > c \\> d", ">", "\\gt "), "a\\gt b \\gt c \\> d");
        assert_eq!(replaced("x>\\text{a > b}>y", ">", "\\gt "), "x\\gt \\text{a > b}\\gt y");
    }
}
