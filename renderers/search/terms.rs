//! The terms of a text: what can be looked up, and where it stands.
//!
//! ```text
//! "训推不一致。in KVCache"  →  训@0 训推@0 推@1 推不@1 不@2 … 致@4 致i@4 in@15 kvcache@17 kv^@17 cache^@17
//! ```
//!
//! Chinese is written without spaces, and whoever cuts it into words finds only what was cut alike. So each pair of
//! neighbouring characters is a term, and a phrase is found by pairs that stand behind each other. A character by itself is
//! one too, of which it is known how often it stands in a section, and not where.
//! Two characters with a sign between them are a pair as well, with the distance in it as a digit: `是、不` is `是b不`.
//! A word of letters is a term in lower case, and so are the parts of `KVCache`, which say that they are none of the text's
//! own words. Where a character stands beside a word, the character and the nearest letter are a pair, whose position is
//! that of the character.
//!
//! A position grows by one with each character or word, and by what is between them: nothing 0, a space 1, each frequent
//! sign a number of its own, and the end of a paragraph more than any of these. So terms whose distance is that of a query
//! stand as they do in the query.
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

/// What a part of a word ends with: it comes right behind the same word.
pub const PART: char = '^';

/// What a spelling begins with, before a word whose letters are turned around: so a word is found by its end.
pub const TURNED: char = '~';

/// Something that can be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term<'t> {
    /// A character by itself.
    One(char),
    /// Two that stand beside each other, or a character and the nearest letter of a word.
    Two(char, char),
    /// Two characters with something between them, and their distance as a digit.
    Apart(char, char, char),
    /// A word, folded.
    Word(&'t str),
    /// A part of a word, folded.
    Part(&'t str),
}

/// Whether a character is one of those that are written without spaces, or, as Hangul, looked up without them.
#[must_use]
pub fn is_east_asian(c: char) -> bool {
    // Before the first of them there are thousands of others, and most of them are ASCII.
    c >= '\u{1100}'
        && (c == 'ー'
            || matches!(
                c.script(),
                Script::Han | Script::Hiragana | Script::Katakana | Script::Hangul | Script::Bopomofo
            ))
}

/// Whether a character is part of a word of letters.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// What often stands between two terms, from the distance 2 on. [`OTHERS`] distances are for all the rest.
const SIGNS: [&str; 21] = [
    "-", "_", ".", ",", ", ", "/", ":", ": ", "。", "、", "(", " (", ")", ") ", ". ", "'", "=", " = ", "\"", ";", " - ",
];

/// How many distances what is between two terms rarely has.
const OTHERS: u32 = 8;

/// The distance of a paragraph from the one before.
const PARAGRAPH: u32 = 31;

/// The distance of two terms with this between them.
fn gap(between: &str) -> u32 {
    match between {
        "" => 0,
        " " => 1,
        _ => match SIGNS.iter().position(|sign| *sign == between) {
            Some(at) => 2 + u32::try_from(at).unwrap_or_default(),
            None => 23 + between.chars().fold(0, |sum, c| (sum * 31 + u32::from(c)) % OTHERS),
        },
    }
}

/// Adds a sign to what is between two terms: those that a book's printer makes of a typist's are the same.
fn add_sign(c: char, between: &mut String) {
    match c {
        '‘' | '’' | 'ʼ' => between.push('\''),
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
enum Before {
    East(char),
    /// A word, and its last letter.
    Word(char),
}

/// Reads a text, piece by piece.
#[derive(Debug, Default)]
pub struct Reader {
    /// The position of the next term, if it stood here.
    next: u32,
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
        self.next
    }

    /// A paragraph is at its end.
    pub fn end_paragraph(&mut self) {
        self.is_new = true;
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

    /// The position of a term that comes now, and its distance from the one before.
    fn place(&mut self) -> (u32, u32) {
        let gap = match (self.before, self.is_new) {
            (None, _) => 0,
            (_, true) => PARAGRAPH,
            _ => gap(&self.between),
        };
        let at = self.next + gap;
        self.next = at + 1;
        self.between.clear();
        self.is_new = false;
        (at, gap)
    }

    fn character(&mut self, c: char, say: &mut impl FnMut(Term<'_>, u32)) {
        let (at, gap) = self.place();
        match self.before.filter(|_| gap < PARAGRAPH) {
            Some(Before::East(before)) if gap == 0 => say(Term::Two(before, c), at - 1),
            Some(Before::East(before)) => {
                let distance = char::from_digit(gap, 36).unwrap_or_default();
                say(Term::Apart(before, distance, c), at - 1 - gap);
            }
            Some(Before::Word(last)) => say(Term::Two(last, c), at),
            None => {}
        }
        say(Term::One(c), at);
        self.before = Some(Before::East(c));
    }

    /// Says the word that is at its end.
    fn end_word(&mut self, say: &mut impl FnMut(Term<'_>, u32)) {
        if self.word.is_empty() {
            return;
        }
        let (at, gap) = self.place();
        let mut folded = std::mem::take(&mut self.folded);
        fold(&self.word, &mut folded);
        let (first, last) = (folded.chars().next(), folded.chars().last());
        if let (Some(Before::East(before)), Some(first)) = (self.before, first)
            && gap < PARAGRAPH
        {
            say(Term::Two(before, first), at - 1 - gap);
        }
        say(Term::Word(&folded), at);
        for part in parts(&self.word).filter(|part| (2..self.word.len()).contains(&part.len())) {
            fold(part, &mut folded);
            say(Term::Part(&folded), at);
        }
        self.folded = folded;
        self.before = last.map(Before::Word);
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
                reader.read(text.trim_end_matches('|'), |term, at| {
                    said.push(match term {
                        Term::One(c) => format!("{c}@{at}"),
                        Term::Two(a, b) => format!("{a}{b}@{at}"),
                        Term::Apart(a, distance, b) => format!("{a}{distance}{b}@{at}"),
                        Term::Word(word) => format!("{word}@{at}"),
                        Term::Part(word) => format!("{word}^@{at}"),
                    });
                });
                if text.ends_with('|') {
                    reader.end_paragraph();
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
            ("训，推", "训@0 训5推@0 推@6"),
            ("训 推", "训@0 训1推@0 推@2"),
            ("训|推", "训@0 推@32"),
            ("是、不（", "是@0 是b不@0 不@12"),
            ("训|A|推", "训@0 a@32 推@64"),
            ("训？！推", "训@0 训p推@0 推@26"),
            ("在GPU上", "在@0 在g@0 gpu@1 u上@2 上@2"),
            ("在 GPU 上", "在@0 在g@0 gpu@2 u上@4 上@4"),
            ("在（GPU）上", "在@0 在g@0 gpu@13 u上@28 上@28"),
            ("KV cache", "kv@0 cache@2"),
            ("KV-cache KV‑cache KV–cache", "kv@0 cache@3 kv@5 cache@8 kv@10 cache@13"),
            ("update_weights", "update@0 weights@4"),
            ("it\'s it’s", "it@0 s@18 it@20 s@38"),
            ("葛\u{e0100}城", "葛@0 葛城@0 城@1"),
            ("WeightUpdater", "weightupdater@0 weight^@0 updater^@0"),
            ("FSDPEngine x", "fsdpengine@0 fsdp^@0 engine^@0 x@2"),
            ("H100 fp8 KVCaches", "h100@0 fp8@2 kvcaches@4 kv^@4 caches^@4"),
            ("ＫＶ　ｃａｃｈｅ ｶﾞ", "kv@0 cache@2 eガ@4 ガ@4"),
            ("ΟΔΟΣ Straße", "οδοσ@0 straße@2"),
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
        assert_eq!(turned("cache^").as_deref(), Some("~ehcac"));
        assert_eq!(turned("fp8x"), None);
        assert_eq!(turned("abc"), None);
    }
}
