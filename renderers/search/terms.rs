//! The terms of a text: what can be looked up, and where it stands.
//!
//! ```text
//! "训推不一致 in KVCache"  →  训@0 训推@0 推@1 推不@1 不@2 … 致@4 致i@4 in@37 kvcache@70 kv!@70 cache!@70
//! ```
//!
//! Chinese is written without spaces, and whoever cuts it into words finds only what was cut alike. So each pair of
//! neighbouring characters is a term, and a phrase is found by pairs that stand behind each other. A character by itself is
//! one too, of which it is known how often it stands in a section, and not where.
//! Two characters with a sign between them are a pair as well, with the distance in it as a digit: `是、不` is `是b不`.
//! A word of letters is a term in lower case, and so are the parts of `KVCache`, which say that they are none of the text's
//! own words. Where a character stands beside a word, the character and the nearest letter are a pair, whose position is
//! that of the character. Where a sign is beside a character or a word, both together are a term, too, so that one can look
//! for what begins or ends with a sign.
//!
//! A position grows by one from character to character, by 32 to a word and from it, and by what is between them:
//! nothing 0, a space 1, each frequent sign a number of its own, and the end of a paragraph more than any of these. Two words
//! that stand next to each other are less than 64 apart, and with anything between them they are not. So terms
//! whose distances are those of a query stand as they do in the query.
//!
//! `client/text.js` does the same to a query.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use unicode_script::{Script, UnicodeScript};

/// How many characters of a word are looked at: longer ones are no words.
pub const LONGEST: usize = 64;

/// From how many letters on a word that is spelt wrong by one of them is recognised.
const GUESSED: usize = 4;

/// What a part of a word ends with: no letter and no digit comes before it, so that it is right behind the same word.
pub const PART: char = '!';

/// What a spelling begins with, before a word whose letters are turned around: so a word is found by its end.
pub const TURNED: char = '~';

/// Something that can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term<'t> {
    /// A character by itself.
    One(char),
    /// Two that stand beside each other: characters, or one and the nearest letter of a word, or a sign and either of them.
    Two(char, char),
    /// Two of them with something between them, and their gap as a digit.
    Apart(char, char, char),
    /// A word, folded.
    Word(&'t str),
    /// A part of a word, folded.
    Part(&'t str),
}

/// Whether a character is one of those that are written without spaces, or, as Hangul, looked up without them.
#[must_use]
pub fn is_east_asian(c: char) -> bool {
    // Most of them are in the first block, and of those before them, most are ASCII.
    matches!(c, '\u{4e00}'..='\u{9fff}')
        || (c >= '\u{1100}' || matches!(c, '\u{2ea}' | '\u{2eb}'))
            && (c == 'ー'
                || matches!(
                    c.script(),
                    Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo
                ))
}

/// A letter to Unicode, and a sign to who writes it.
const APOSTROPHE: char = 'ʼ';

/// Whether a character is part of a word of letters.
fn is_letter(c: char) -> bool {
    (c.is_alphanumeric() && c != APOSTROPHE) || (!c.is_ascii() && is_combining_mark(c))
}

/// What often stands between two terms, from the gap 2 on. [`OTHERS`] gaps are for all the rest.
const SIGNS: [&str; 21] = [
    "-", "_", ".", ",", ", ", "/", ":", ": ", "。", "、", "(", " (", ")", ") ", ". ", "'", "=", " = ", "\"", ";", " - ",
];

/// The first gap for what is rarely between two terms, and how many there are.
const RARE: u32 = 2 + SIGNS.len() as u32;
const OTHERS: u32 = 8;

/// What the end of a paragraph adds to a distance.
const PARAGRAPH: u32 = RARE + OTHERS;

/// The distance of a word from what is beside it: more than any gap, so that two of them are no distance of neighbours.
const WORD: u32 = PARAGRAPH + 1;

/// A gap as a digit: there are less than 36.
fn digit(gap: u32) -> char {
    char::from_digit(gap, 36).expect("a gap is a digit")
}

/// What stands in a term for the first of some signs, and whether a space is before it: a character for private use, since
/// some signs have a meaning in the files of the index, and no word has such a character.
fn edge(mut signs: impl Iterator<Item = char>) -> Option<(char, bool)> {
    let first = signs.next()?;
    let sign = if first == ' ' { signs.next()? } else { first };
    Some((char::from_u32(0xe000 + u32::from(sign) % 0x1900)?, first == ' '))
}

/// The gap between two terms with this between them.
fn gap(between: &str) -> u32 {
    match between {
        "" => 0,
        " " => 1,
        _ => match SIGNS.iter().position(|sign| *sign == between) {
            Some(at) => 2 + u32::try_from(at).expect("a small table"),
            None => RARE + between.chars().fold(0, |sum, c| (sum * 31 + u32::from(c)) % OTHERS),
        },
    }
}

/// Adds a sign to what is between two terms: those that a book's printer makes of a typist's are the same.
fn add_sign(c: char, between: &mut String) {
    match c {
        '‘' | '’' | APOSTROPHE => between.push('\''),
        '“' | '”' | '„' => between.push('"'),
        '‐' | '‑' | '–' | '—' | '−' => between.push('-'),
        c if c.is_whitespace() => {
            if !between.ends_with(' ') {
                between.push(' ');
            }
        }
        c => between.push(c),
    }
}

/// Whether a character is not seen, and changes no word.
fn is_ignored(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}

/// What stands before a place.
#[derive(Debug, Clone, Copy)]
struct Before {
    at: u32,
    /// The character, or the last letter of the word.
    letter: char,
    is_word: bool,
}

/// Reads a text, piece by piece.
#[derive(Debug, Default)]
pub struct Reader {
    between: String,
    /// Whether a paragraph has ended.
    is_new: bool,
    before: Option<Before>,
    /// A word and its folded form, whose memory is used again.
    word: String,
    folded: String,
}

impl Reader {
    /// The least position that the next term can have.
    #[must_use]
    pub fn position(&self) -> u32 {
        self.before.map_or(0, |before| before.at + 1)
    }

    /// A paragraph is at its end.
    pub fn end_paragraph(&mut self, mut say: impl FnMut(Term<'_>, u32)) {
        self.say_edge_behind(&mut say);
        self.between.clear();
        self.is_new = true;
    }

    /// Says the sign behind the last character or word.
    fn say_edge_behind(&self, say: &mut impl FnMut(Term<'_>, u32)) {
        if let Some(Before { at, letter, .. }) = self.before
            && let Some((sign, has_space)) = edge(self.between.chars())
            && !self.is_new
        {
            say(if has_space { Term::Apart(letter, '1', sign) } else { Term::Two(letter, sign) }, at);
        }
    }

    /// Reads a piece of a paragraph, and says each term and its position. A word does not go on in the next piece.
    pub fn read(&mut self, text: &str, mut say: impl FnMut(Term<'_>, u32)) {
        let text = match is_nfkc_quick(text.chars()) {
            IsNormalized::Yes => Cow::Borrowed(text),
            _ => text.nfkc().collect(),
        };
        for c in text.chars() {
            if is_ignored(c) {
                continue;
            }
            if is_east_asian(c) {
                self.end_word(&mut say);
                self.character(c, &mut say);
            } else if is_letter(c) {
                self.word.push(c);
            } else {
                self.end_word(&mut say);
                add_sign(c, &mut self.between);
            }
        }
        self.end_word(&mut say);
    }

    /// What is before a character or a word that comes now, the gap between them, and the position of the new one, whose edges
    /// are said.
    fn place(
        &mut self,
        (first, last, is_word): (char, char, bool),
        say: &mut impl FnMut(Term<'_>, u32),
    ) -> (Option<Before>, u32, u32) {
        let before = self.before;
        let (gap, at) = before.map_or((0, 0), |before| {
            let gap = if self.is_new { PARAGRAPH } else { gap(&self.between) };
            (gap, before.at + gap + if is_word || before.is_word { WORD } else { 1 })
        });
        self.say_edge_behind(say);
        if let Some((sign, has_space)) = edge(self.between.chars().rev()) {
            say(if has_space { Term::Apart(sign, '1', first) } else { Term::Two(sign, first) }, at);
        }
        self.between.clear();
        self.is_new = false;
        self.before = Some(Before { at, letter: last, is_word });
        (before.filter(|_| gap < PARAGRAPH), gap, at)
    }

    fn character(&mut self, c: char, say: &mut impl FnMut(Term<'_>, u32)) {
        let (before, gap, at) = self.place((c, c, false), say);
        match before {
            Some(Before { letter, is_word: true, .. }) => say(Term::Two(letter, c), at),
            Some(Before { at, letter, .. }) if gap == 0 => say(Term::Two(letter, c), at),
            Some(Before { at, letter, .. }) => {
                say(Term::Apart(letter, digit(gap), c), at);
            }
            None => {}
        }
        say(Term::One(c), at);
    }

    /// Says the word that is at its end.
    fn end_word(&mut self, say: &mut impl FnMut(Term<'_>, u32)) {
        if self.word.is_empty() {
            return;
        }
        let mut folded = std::mem::take(&mut self.folded);
        fold(&self.word, &mut folded);
        if let (Some(first), Some(last)) = (folded.chars().next(), folded.chars().next_back()) {
            let (before, _, at) = self.place((first, last, true), say);
            if let Some(Before { at, letter, is_word: false }) = before {
                say(Term::Two(letter, first), at);
            }
            say(Term::Word(&folded), at);
            for part in parts(&self.word).filter(|part| (2..self.word.len()).contains(&part.len())) {
                fold(part, &mut folded);
                say(Term::Part(&folded), at);
            }
        }
        self.folded = folded;
        self.word.clear();
    }
}

/// A word in the form in which it is looked up: in lower case, and no longer than [`LONGEST`].
fn fold(word: &str, into: &mut String) {
    into.clear();
    if word.is_ascii() {
        into.push_str(&word[..word.len().min(LONGEST)]);
        into.make_ascii_lowercase();
        return;
    }
    // The last letter of a Greek word has a form of its own.
    let lower = word.to_lowercase();
    into.extend(lower.chars().map(|c| if c == 'ς' { 'σ' } else { c }).take(LONGEST));
}

/// The parts of a name that is written in one: `WeightUpdater`, `FSDPEngine`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut chars = rest.char_indices().peekable();
        let (mut before, mut end) = (None::<char>, rest.len());
        while let Some((at, c)) = chars.next() {
            let begins = c.is_uppercase()
                && before.is_some_and(|before| {
                    !before.is_uppercase() || chars.peek().is_some_and(|(_, next)| next.is_lowercase())
                });
            if begins {
                end = at;
                break;
            }
            before = Some(c);
        }
        let (part, behind) = rest.split_at(end);
        rest = behind;
        Some(part)
    })
}

/// A word with its letters turned around, where one wrong letter in it is worth a guess.
#[must_use]
pub fn turned(word: &str) -> Option<String> {
    let word = word.trim_end_matches(PART);
    let is_guessed = word.chars().count() >= GUESSED && word.chars().all(char::is_alphabetic);
    is_guessed.then(|| std::iter::once(TURNED).chain(word.chars().rev()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(pieces: &[&str]) -> String {
        let mut reader = Reader::default();
        let mut said = Vec::new();
        for piece in pieces {
            for text in piece.split_inclusive('|') {
                let mut say = |term: Term<'_>, at| {
                    said.push(match term {
                        Term::One(c) => format!("{c}@{at}"),
                        Term::Two(a, b) => format!("{a}{b}@{at}"),
                        Term::Apart(a, distance, b) => format!("{a}{distance}{b}@{at}"),
                        Term::Word(word) => format!("{word}@{at}"),
                        Term::Part(word) => format!("{word}!@{at}"),
                    });
                };
                reader.read(text.trim_end_matches('|'), &mut say);
                if text.ends_with('|') {
                    reader.end_paragraph(&mut say);
                }
            }
        }
        said.join(" ")
    }

    #[test]
    fn texts_and_their_terms() {
        let table = [
            ("", ""),
            ("训", "训@0"),
            ("训推不", "训@0 训推@0 推@1 推不@1 不@2"),
            ("训，推", "训@0 训\u{e02c}@0 \u{e02c}推@6 训5推@0 推@6"),
            ("训 推", "训@0 训1推@0 推@2"),
            ("训|推", "训@0 推@32"),
            ("是、不（", "是@0 是\u{f701}@0 \u{f701}不@12 是b不@0 不@12"),
            ("不（|（x", "不@0 不\u{e028}@0 \u{e028}x@63 x@63"),
            ("itʼs", "it@0 t\u{e027}@0 \u{e027}s@49 s@49"),
            ("训|A|推", "训@0 a@63 推@126"),
            ("训？！推", "训@0 训\u{e03f}@0 \u{e021}推@26 训p推@0 推@26"),
            ("在GPU上", "在@0 在g@0 gpu@32 u上@64 上@64"),
            ("在 GPU 上", "在@0 在g@0 gpu@33 u上@66 上@66"),
            ("在（GPU）上", "在@0 在\u{e028}@0 \u{e028}g@44 在g@0 gpu@44 u\u{e029}@44 \u{e029}上@90 u上@90 上@90"),
            ("KV cache", "kv@0 cache@33"),
            (
                "KV-cache KV‑cache KV–cache",
                "kv@0 v\u{e02d}@0 \u{e02d}c@34 cache@34 kv@67 v\u{e02d}@67 \u{e02d}c@101 cache@101 kv@134 v\u{e02d}@134 \u{e02d}c@168 cache@168",
            ),
            ("update_weights", "update@0 e\u{e05f}@0 \u{e05f}w@35 weights@35"),
            ("it\'s it’s", "it@0 t\u{e027}@0 \u{e027}s@49 s@49 it@82 t\u{e027}@82 \u{e027}s@131 s@131"),
            ("葛\u{e0100}城", "葛@0 葛城@0 城@1"),
            ("WeightUpdater", "weightupdater@0 weight!@0 updater!@0"),
            ("FSDPEngine x", "fsdpengine@0 fsdp!@0 engine!@0 x@33"),
            ("H100 fp8 KVCaches", "h100@0 fp8@33 kvcaches@66 kv!@66 caches!@66"),
            ("ＫＶ　ｃａｃｈｅ ｶﾞ", "kv@0 cache@33 eガ@66 ガ@66"),
            ("ΟΔΟΣ Straße", "οδοσ@0 straße@33"),
            ("カー 한글", "カ@0 カー@0 ー@1 ー1한@1 한@3 한글@3 글@4"),
        ];
        for (text, expected) in table {
            assert_eq!(terms(&[text]), expected, "{text}");
        }
    }

    #[test]
    fn a_text_in_pieces_is_the_same_text() {
        assert_eq!(terms(&["训推", "不一", "致 in", " KV"]), terms(&["训推不一致 in KV"]));
    }

    #[test]
    fn a_word_has_an_end() {
        let long = "a".repeat(100);
        assert_eq!(terms(&[&long]), format!("{}@0", "a".repeat(LONGEST)));
        assert_eq!(turned("cache").as_deref(), Some("~ehcac"));
        assert_eq!(turned("cache!").as_deref(), Some("~ehcac"));
        assert_eq!(turned("fp8x"), None);
        assert_eq!(turned("abc"), None);
    }
}
