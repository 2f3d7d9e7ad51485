//! What East Asian characters are, as far as emphasis and line breaks ask.
//!
//! The widths are those of Unicode's `EastAsianWidth.txt` (UAX #11). Blocks are taken whole where their holes hold
//! nothing, so the table is short; a test compares it with a library's.

use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::<GeneralCategory>::new();

/// Whether this is a Chinese, Japanese or Korean character, punctuation included: its width is wide, fullwidth or
/// halfwidth and it is no picture (emoji), or its script is Hangul.
///
/// This is the “CJK character” of the CJK-friendly amendment to CommonMark.
pub(crate) fn is_cjk(c: char) -> bool {
    c >= '\u{1100}'
        && matches!(c,
            // Hangul.
            '\u{1100}'..='\u{11ff}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}'
            // Halfwidth won, angle brackets, the signs of the Yijing.
            | '\u{20a9}' | '\u{2329}'..='\u{232a}' | '\u{2630}'..='\u{2637}' | '\u{268a}'..='\u{268f}'
            // From radicals over punctuation, kana and Han to Yi; the numbers of U+3248 in black circles are not wide.
            | '\u{2e80}'..='\u{303e}' | '\u{3041}'..='\u{3247}' | '\u{3250}'..='\u{a4c6}'
            // Compatibility characters, vertical and small forms, full and half width.
            | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe6b}' | '\u{ff01}'..='\u{ffee}'
            // Tangut, Khitan, Nüshu, further kana, Tai Xuan Jing.
            | '\u{16fe0}'..='\u{18df2}' | '\u{1aff0}'..='\u{1b2fb}' | '\u{1d300}'..='\u{1d376}'
            // Han in squares and circles that are no emoji.
            | '\u{1f200}' | '\u{1f202}' | '\u{1f210}'..='\u{1f219}' | '\u{1f21b}'..='\u{1f22e}'
            | '\u{1f230}'..='\u{1f231}' | '\u{1f237}' | '\u{1f23b}'..='\u{1f248}' | '\u{1f260}'..='\u{1f265}'
            // Han of the supplementary planes, from extension B on.
            | '\u{20000}'..='\u{3fffd}')
}

/// Whether a character is Korean: Hangul is written with spaces between its words.
fn is_hangul(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}' | '\u{302e}'..='\u{302f}' | '\u{3131}'..='\u{318e}' | '\u{3200}'..='\u{321e}'
        | '\u{3260}'..='\u{327e}' | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}' | '\u{ffa0}'..='\u{ffdc}')
}

/// Punctuation of ambiguous width (UAX #11) that Chinese and Japanese have, and that is wide among their characters.
fn is_ambiguous(c: char) -> bool {
    matches!(c, '‘' | '’' | '“' | '”' | '—' | '―' | '…' | '‥' | '·' | '‧' | '※' | '§')
}

/// Whether no space is between these two when a line ends behind the first and the next one begins with the second.
///
/// The rule of CSS Text (segment break transformation): both are wide, fullwidth or halfwidth and neither is Hangul;
/// and, in Chinese and Japanese text, punctuation of ambiguous width counts as wide beside a character that is. Emoji
/// are wide, but a gap beside a picture harms nobody, and not all of them are one character: they count as Latin.
pub fn meet(before: char, after: char) -> bool {
    let wide = |c: char| is_cjk(c) && !is_hangul(c);
    wide(before) && (wide(after) || is_ambiguous(after)) || is_ambiguous(before) && wide(after)
}

/// Whether CommonMark takes this for punctuation: the categories P and S of Unicode.
pub(crate) fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let category = CATEGORIES.get(c);
    GeneralCategoryGroup::Punctuation.contains(category) || GeneralCategoryGroup::Symbol.contains(category)
}

#[cfg(test)]
mod tests {
    use regex::Regex;
    use unicode_width::UnicodeWidthChar;

    use super::*;

    #[test]
    fn the_table_says_what_unicode_says() {
        let assigned = Regex::new(r"[\P{Cn}&&\P{Co}]").unwrap();
        let emoji = Regex::new(r"\p{Emoji_Presentation}").unwrap();
        let hangul = Regex::new(r"\p{Script=Hangul}").unwrap();
        let halfwidth = |c: char| matches!(c, '\u{20a9}' | '\u{ff61}'..='\u{ffdc}' | '\u{ffe8}'..='\u{ffee}');
        let mut differ = Vec::new();
        for c in '\u{1100}'..='\u{10ffff}' {
            let text = c.to_string();
            // What combines has no columns of its own; and the library gives a letter of Khmer two, for its looks.
            if !assigned.is_match(&text) || c.width() == Some(0) && !hangul.is_match(&text) || c == '\u{17a4}' {
                continue;
            }
            let is_hangul_script = hangul.is_match(&text);
            assert_eq!(is_hangul(c), is_hangul_script, "{c:?} U+{:04X}", c as u32);
            let wide = c.width() == Some(2) && !emoji.is_match(&text) || halfwidth(c) || is_hangul_script;
            if is_cjk(c) != wide {
                differ.push(c);
            }
        }
        assert_eq!(differ, ['x'; 0], "{:?}", differ.iter().map(|c| *c as u32).collect::<Vec<_>>());
    }

    #[test]
    fn punctuation_is_what_two_libraries_take_for_it() {
        // What one of them does not know yet is left out.
        let punctuation = Regex::new(r"^[\p{P}\p{S}]$").unwrap();
        let assigned = Regex::new(r"\P{Cn}").unwrap();
        for c in '\0'..='\u{1ffff}' {
            let text = c.to_string();
            assert!(is_punctuation(c) == punctuation.is_match(&text) || !assigned.is_match(&text), "{c:?}");
        }
    }

    #[test]
    fn what_meets() {
        for (before, after) in
            [('中', '文'), ('。', '中'), ('か', 'ン'), ('，', '“'), ('”', '中'), ('𠀀', '中'), ('ｱ', '中'), ('…', '中')]
        {
            assert!(meet(before, after), "{before}{after}");
        }
        for (before, after) in
            [('中', 'a'), ('1', '中'), ('한', '국'), ('中', '국'), ('中', '😀'), ('…', '“'), ('中', '('), ('中', '$')]
        {
            assert!(!meet(before, after), "{before}{after}");
        }
    }
}
