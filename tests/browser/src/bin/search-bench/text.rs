//! When a text holds a phrase, as a reader would say it.

use unicode_normalization::UnicodeNormalization;

/// Whether a character is one of those that Chinese is written with.
pub(crate) fn is_han(char: char) -> bool {
    matches!(char, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// Whether a character belongs to words that are not written apart.
fn is_east_asian(char: char) -> bool {
    is_han(char) || matches!(char, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}')
}

/// A text as it is shown: a run of white space is one space, and nothing at all where a line ends between two Chinese
/// characters.
pub(crate) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(begin) = rest.find(char::is_whitespace) {
        let (before, from) = rest.split_at(begin);
        let after = from.trim_start();
        shown.push_str(before);
        let ends_line = from[..from.len() - after.len()].contains(['\n', '\r']);
        let is_within = before.ends_with(is_han) && after.starts_with(is_han);
        if !(ends_line && is_within) {
            shown.push(' ');
        }
        rest = after;
    }
    shown + rest
}

/// A text in which upper and lower case, narrow and wide letters are the same.
pub(crate) fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).nfkc().collect()
}

/// The same, in which identifiers are taken apart, and a space between Chinese and other letters is nothing: some write one,
/// and others do not.
pub(crate) fn loose(text: &str) -> String {
    let folded = folded(&parted(text));
    let mut chars = folded.chars().peekable();
    let mut all = String::with_capacity(folded.len());
    let mut before = ' ';
    while let Some(char) = chars.next() {
        let is_between = char == ' '
            && chars.peek().is_some_and(|next| {
                let letters = before.is_alphanumeric() && next.is_alphanumeric();
                letters && is_east_asian(before) != is_east_asian(*next)
            });
        if !is_between {
            all.push(char);
        }
        before = char;
    }
    all
}

/// A text whose identifiers are taken apart where capitals begin their parts: `HuggingFace`, `HTTPServer`.
fn parted(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(char) = chars.next() {
        let goes_on = before.is_uppercase() && chars.peek().is_some_and(|next| next.is_lowercase());
        if char.is_uppercase() && (before.is_lowercase() || before.is_numeric() || goes_on) {
            parted.push('_');
        }
        parted.push(char);
        before = char;
    }
    parted
}

/// Whether a text holds a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    No,
    /// From the middle of an identifier, right behind a digit, or with other spaces: a search may take it or leave it.
    Doubtful,
    Yes,
}

/// What is looked for.
pub(crate) struct Phrase {
    folded: String,
    loose: String,
}

impl Phrase {
    pub(crate) fn of(words: &str) -> Self {
        Self { folded: folded(words), loose: loose(words) }
    }

    /// Whether a text holds it, which is given folded and loose.
    pub(crate) fn held_by(&self, text: &str, loose: &str) -> Held {
        let held = holds(text, &self.folded);
        if held == Held::No && holds(loose, &self.loose) != Held::No { Held::Doubtful } else { held }
    }
}

/// Whether a text holds a phrase; both are folded.
fn holds(text: &str, phrase: &str) -> Held {
    if !phrase.starts_with(|first: char| first.is_alphanumeric() && !is_east_asian(first)) {
        return if text.contains(phrase) { Held::Yes } else { Held::No };
    }
    let held = text.match_indices(phrase).map(|(at, _)| match text[..at].chars().next_back() {
        Some(before) if is_east_asian(before) => Held::Yes,
        Some(before) if before.is_alphabetic() => Held::No,
        Some(before) if before.is_alphanumeric() || before == '_' => Held::Doubtful,
        _ => Held::Yes,
    });
    held.max().unwrap_or(Held::No)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_ends_between_chinese_characters_leaves_no_gap() {
        assert_eq!(shown("  训练\n  推理 引擎\nKV  cache\n显存 "), "训练推理 引擎 KV cache 显存");
    }

    #[test]
    fn case_and_width_do_not_count() {
        assert_eq!(folded("ＫＶ Cache，①"), "kv cache,1");
        assert_eq!(loose("用 KV cache 存 放, 1"), "用kv cache存 放, 1");
    }

    #[test]
    fn identifiers_are_taken_apart() {
        assert_eq!(parted("HuggingFace and an HTTPServer, SGLANG"), "Hugging_Face and an HTTP_Server, SGLANG");
    }

    #[test]
    fn a_word_begins_at_its_beginning() {
        for (text, held) in [
            ("the weight updates", Held::Yes),
            ("显存weight update", Held::Yes),
            ("(weight update)", Held::Yes),
            ("reweight update", Held::No),
            ("reweight update, weight update", Held::Yes),
            ("_weight update", Held::Doubtful),
            ("weight", Held::No),
        ] {
            assert_eq!(holds(text, "weight update"), held, "{text}");
        }
        assert_eq!(holds("占用显存时", "显存"), Held::Yes);
        let held = |text: &str, words: &str| Phrase::of(words).held_by(&folded(text), &loose(text));
        assert_eq!(held("用 KV cache", "用KV"), Held::Doubtful);
        assert_eq!(held("用KV cache", "用 kv"), Held::Doubtful);
        assert_eq!(held("an HTTPServer runs", "Server runs"), Held::Doubtful);
        assert_eq!(held("用 KV cache", "用 KV"), Held::Yes);
    }
}
