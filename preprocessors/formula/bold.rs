//! Bold signs for MathML of which the engine makes letters bold only.
//!
//! ```text
//! <mn>1</mn>      →   <mn>𝟏</mn>
//! <mi>ℒ</mi>      →   <mi>𝓛</mi>
//! <mo>+</mo>      →   <mo style="font-weight:bold">+</mo>
//! ```
//!
//! Unicode has bold letters and digits, which every program shows and searches the same; what has none is made bold by
//! the browser. What is bold already stays.

use std::ops::RangeInclusive;

/// Writes MathML, all of it bold.
pub(super) fn push(out: &mut String, mathml: &str) {
    let mut rest = mathml;
    while let Some(bracket) = rest.find('<') {
        let Some(end) = rest[bracket..].find('>').map(|end| bracket + end + 1) else { break };
        let tag = &rest[bracket + 1..end - 1];
        let name = tag.split(' ').next().unwrap_or_default();
        out.push_str(&rest[..bracket]);
        let text = &rest[end..];
        let text = &text[..text.find('<').unwrap_or(text.len())];
        rest = &rest[end + text.len()..];
        let is_leaf = matches!(name, "mi" | "mn" | "mo") && !text.is_empty();
        let is_italic = name == "mi" && text.chars().count() == 1 && !tag.contains("mathvariant");
        let letters = letters(text, is_italic);
        let has_bold = is_leaf && letters != text || text.chars().any(is_bold);
        let is_styled = !has_bold && (is_leaf || name == "mtext");
        let style = tag.strip_suffix('"').filter(|tag| {
            let begins = tag.rfind("style=\"").map(|at| at + "style=\"".len());
            begins.is_some_and(|begins| !tag[begins..].contains('"'))
        });
        out.push('<');
        match style.filter(|_| is_styled) {
            Some(style) => out.extend([style.trim_end_matches(';'), ";font-weight:bold\""]),
            None => out.extend([tag, if is_styled { " style=\"font-weight:bold\"" } else { "" }]),
        }
        out.push('>');
        out.push_str(if has_bold { &letters } else { text });
    }
    out.push_str(rest);
}

/// The bold letters and digits of a text, without those of the character references in it.
fn letters(text: &str, is_italic: bool) -> String {
    let mut in_reference = false;
    let bold = |c: char| {
        in_reference = c == '&' || in_reference && c != ';';
        if in_reference { c } else { letter(c, is_italic).unwrap_or(c) }
    };
    // The forms of script letters have no bold ones.
    text.chars().filter(|c| !matches!(c, '\u{FE00}' | '\u{FE01}')).map(bold).collect()
}

/// Ranges of characters, in order, and where their bold ones begin: upright, and those of one italic letter.
const RANGES: &[(RangeInclusive<char>, u32, u32)] = &[
    ('A'..='Z', 0x1D400, 0x1D468),
    ('a'..='z', 0x1D41A, 0x1D482),
    ('0'..='9', 0x1D7CE, 0x1D7CE),
    ('Α'..='Ω', 0x1D6A8, 0x1D71C),
    ('α'..='ω', 0x1D6C2, 0x1D736),
    ('\u{1D434}'..='\u{1D467}', 0x1D468, 0x1D468),
    ('\u{1D49C}'..='\u{1D4CF}', 0x1D4D0, 0x1D4D0),
    ('\u{1D504}'..='\u{1D537}', 0x1D56C, 0x1D56C),
    ('\u{1D5A0}'..='\u{1D5D3}', 0x1D5D4, 0x1D5D4),
    ('\u{1D608}'..='\u{1D63B}', 0x1D63C, 0x1D63C),
    ('\u{1D6E2}'..='\u{1D71B}', 0x1D71C, 0x1D71C),
    ('\u{1D7E2}'..='\u{1D7EB}', 0x1D7EC, 0x1D7EC),
];

/// What is bold already.
const BOLD: &[RangeInclusive<char>] = &[
    '\u{1D400}'..='\u{1D433}',
    '\u{1D468}'..='\u{1D49B}',
    '\u{1D4D0}'..='\u{1D503}',
    '\u{1D56C}'..='\u{1D59F}',
    '\u{1D5D4}'..='\u{1D607}',
    '\u{1D63C}'..='\u{1D66F}',
    '\u{1D6A8}'..='\u{1D6E1}',
    '\u{1D71C}'..='\u{1D7D7}',
    '\u{1D7EC}'..='\u{1D7F5}',
];

/// Characters for which Unicode has a place elsewhere, and their bold ones: upright, and italic.
const OTHERS: &[(char, char, char)] = &[
    ('ℬ', '𝓑', '𝓑'),
    ('ℰ', '𝓔', '𝓔'),
    ('ℱ', '𝓕', '𝓕'),
    ('ℋ', '𝓗', '𝓗'),
    ('ℐ', '𝓘', '𝓘'),
    ('ℒ', '𝓛', '𝓛'),
    ('ℳ', '𝓜', '𝓜'),
    ('ℛ', '𝓡', '𝓡'),
    ('ℯ', '𝓮', '𝓮'),
    ('ℊ', '𝓰', '𝓰'),
    ('ℴ', '𝓸', '𝓸'),
    ('ℭ', '𝕮', '𝕮'),
    ('ℌ', '𝕳', '𝕳'),
    ('ℑ', '𝕴', '𝕴'),
    ('ℜ', '𝕽', '𝕽'),
    ('ℨ', '𝖅', '𝖅'),
    ('ℎ', '𝐡', '𝒉'),
    ('∇', '𝛁', '𝛁'),
    ('∂', '𝛛', '𝝏'),
    ('ϵ', '𝛜', '𝝐'),
    ('ϑ', '𝛝', '𝝑'),
    ('ϰ', '𝛞', '𝝒'),
    ('ϕ', '𝛟', '𝝓'),
    ('ϱ', '𝛠', '𝝔'),
    ('ϖ', '𝛡', '𝝕'),
];

fn is_bold(c: char) -> bool {
    BOLD.iter().any(|range| range.contains(&c))
}

/// The bold character for one.
fn letter(c: char, is_italic: bool) -> Option<char> {
    if let Some((_, upright, italic)) = OTHERS.iter().find(|(known, ..)| *known == c) {
        return Some(if is_italic { *italic } else { *upright });
    }
    let (range, upright, italic) = RANGES.iter().find(|(range, ..)| range.contains(&c))?;
    let first = if is_italic { *italic } else { *upright };
    char::from_u32(first + u32::from(c) - u32::from(*range.start()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::formula::Mathematics;

    /// What a formula shows, with what the browser makes bold between `*`.
    fn shown(tex: &str) -> String {
        let mathml =
            Mathematics::new(&BTreeMap::new()).mathml(tex, false).unwrap_or_else(|problem| panic!("{tex}: {problem}"));
        let mut shown = String::new();
        let mut rest = mathml.split("<annotation").next().unwrap();
        while let Some((text, behind)) = rest.split_once('<') {
            shown.push_str(text);
            let (tag, behind) = behind.split_once('>').unwrap();
            let is_bold = tag.contains("font-weight");
            rest = behind;
            if is_bold {
                let (text, behind) = rest.split_once('<').unwrap();
                shown.push_str(&format!("*{text}*"));
                rest = behind.split_once('>').unwrap().1;
            }
        }
        shown.replace("&#43;", "+").replace("&#61;", "=").replace("&#46;", ".")
    }

    #[test]
    fn all_of_it_is_bold() {
        for (tex, want) in [
            (r"\boldsymbol{1}", "𝟏"),
            (r"\bm{0} \pmb{2.5} \bm 7", "𝟎𝟐.𝟓𝟕"),
            (r"\bm{x_1}", "𝒙𝟏"),
            (r"\boldsymbol{\mathcal{L}} + \mathbfcal{B}", "𝓛+𝓑"),
            (r"\boldsymbol{+}", "*+*"),
            (r"\bm{a = 2}", "𝒂*=*𝟐"),
            (r"\bm{\mathrm{A}}", "𝐀"),
            (r"\bm{\nabla f}", "𝛁𝒇"),
            (r"\bm{\theta}_2 \boldsymbol{\Gamma} \bm{w}", "𝜽2𝚪𝒘"),
            (r"\mathbf{中文}", "*中文*"),
            (r"\mathbf{1} \mathbf{x}", "𝟏𝐱"),
            (r"x_\bm1 \frac\bm12", "x𝟏𝟏2"),
            (r"\bm{\bm{1}}", "𝟏"),
        ] {
            assert_eq!(shown(tex), want, "{tex}");
        }
    }
}
