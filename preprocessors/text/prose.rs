//! What there is to read on a page, and what its letters tell.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use icu_properties::props::{self, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use crate::values::cldr::{Only, only};
use crate::values::language::is_common;
use crate::values::{Language, Script};

/// What there is to read, without code blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// Chinese characters.
    pub han: usize,
    /// Those of them that only simplified Chinese has, as far as they are frequent.
    pub simplified: usize,
    /// Those of them that only traditional Chinese has, likewise.
    pub traditional: usize,
    /// Hiragana and katakana.
    pub kana: usize,
    /// Hangul syllables.
    pub hangul: usize,
    /// Words in Latin letters or digits.
    pub latin_words: usize,
    /// Those of them that English cannot do without, and few other languages have: `the`, `which`.
    pub english_words: usize,
    /// Latin letters, in words.
    pub latin_letters: usize,
    /// What is written in other scripts.
    pub others: BTreeMap<Script, Written>,
    /// How often each letter beyond `a` to `z` occurs, in lower case; Chinese, Japanese and Korean ones are left out.
    pub letters: BTreeMap<char, usize>,
}

/// What is written in one script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Words, between spaces.
    pub words: usize,
    /// Letters.
    pub letters: usize,
}

/// How many letters there are to a word, where a script has no spaces to tell.
const LETTERS_IN_A_WORD: usize = 8;

/// Of how many letters one may be foreign to the language of a text.
const ONE_FOREIGN_IN: usize = 100;

/// In how many Latin letters a language that has others than `a` to `z` uses one of these.
const LETTERS_TO_EXPECT_ONE: usize = 2_000;

/// Words that English cannot do without. `is`, `to`, `in` and `are` are words of other languages, too.
const ENGLISH_WORDS: &[&str] = &[
    "and", "from", "have", "that", "the", "there", "these", "they", "this", "what", "when", "which", "with", "you",
    "your",
];

/// Of how many words one is among those, at least, in a text in English.
const ONE_ENGLISH_IN: usize = 20;

/// In how many words the language of a text shows.
const WORDS_TO_TELL: usize = 20;

/// Whether a word is one of the words of English.
fn is_english_word(word: &[u8]) -> bool {
    // Most words are longer, or begin with another letter.
    matches!(word.len(), 3..=5)
        && matches!(word[0] | 0x20, b'a' | b'f' | b'h' | b't' | b'w' | b'y')
        && ENGLISH_WORDS.iter().any(|english| english.as_bytes().eq_ignore_ascii_case(word))
}

const SCRIPTS: CodePointMapDataBorrowed<'static, props::Script> = CodePointMapData::<props::Script>::new();
const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::<GeneralCategory>::new();

/// Of each byte, whether it is a Latin letter; `None` of those that are no digit either.
const IN_WORDS: [Option<bool>; 256] = {
    let mut table = [None; 256];
    let mut byte = 0;
    while byte < table.len() {
        let c = byte as u8;
        if c.is_ascii_alphanumeric() {
            table[byte] = Some(c.is_ascii_alphabetic());
        }
        byte += 1;
    }
    table
};

impl Prose {
    /// What there is to read in a line, such as a title.
    #[must_use]
    pub(crate) fn of(line: &str) -> Self {
        let mut prose = Self::default();
        prose.read(line);
        prose
    }

    /// Reads what there is to read elsewhere, too.
    pub(crate) fn add(&mut self, other: &Self) {
        self.each(other, |own, other| *own += other);
    }

    /// Does something to each count of this one, with that of the other.
    fn each(&mut self, other: &Self, change: impl Fn(&mut usize, usize)) {
        change(&mut self.han, other.han);
        change(&mut self.simplified, other.simplified);
        change(&mut self.traditional, other.traditional);
        change(&mut self.kana, other.kana);
        change(&mut self.hangul, other.hangul);
        change(&mut self.latin_words, other.latin_words);
        change(&mut self.english_words, other.english_words);
        change(&mut self.latin_letters, other.latin_letters);
        for (script, written) in &other.others {
            let own = self.others.entry(*script).or_default();
            change(&mut own.words, written.words);
            change(&mut own.letters, written.letters);
        }
        for (letter, count) in &other.letters {
            change(self.letters.entry(*letter).or_default(), *count);
        }
    }

    /// Leaves out what was read, and is nothing to read.
    pub(crate) fn without(&mut self, other: &Self) {
        self.each(other, |own, other| *own = own.saturating_sub(other));
        self.others.retain(|_, own| *own != Written::default());
        self.letters.retain(|_, own| *own > 0);
    }

    pub(crate) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut inside: Option<Script> = None;
        let mut at = 0;
        // What most text is made of needs no table of Unicode, and every byte of a book comes by here.
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                    let (from, mut letters) = (at, 0);
                    while let Some(is_letter) = bytes.get(at).and_then(|byte| IN_WORDS[usize::from(*byte)]) {
                        letters += usize::from(is_letter);
                        at += 1;
                    }
                    self.latin_letters += letters;
                    if inside != Some(Script::Latin) {
                        self.latin_words += 1;
                        let is_whole = bytes.get(at).is_none_or(u8::is_ascii);
                        self.english_words += usize::from(is_whole && is_english_word(&bytes[from..at]));
                    }
                    inside = Some(Script::Latin);
                }
                // Ukrainian has apostrophes in its words, too.
                b'\'' => at += 1,
                0..0x80 => {
                    inside = None;
                    at += 1;
                }
                // U+4000 to U+9FFF, three bytes each.
                0xe4..=0xe9 => {
                    let from = at;
                    while matches!(bytes.get(at), Some(0xe4..=0xe9)) {
                        at += 3;
                    }
                    self.han += (at - from) / 3;
                    self.tell(&text[from..at]);
                    inside = None;
                }
                _ => {
                    let c = text[at..].chars().next().expect("there is a byte of it");
                    inside = self.read_other(c, inside);
                    at += c.len_utf8();
                }
            }
        }
    }

    /// Counts which of these Chinese characters only one of the two writings has, until enough of them have told.
    fn tell(&mut self, characters: &str) {
        const ENOUGH: usize = 200;
        let mut told = self.simplified + self.traditional;
        let mut characters = characters.chars();
        while told < ENOUGH
            && let Some(c) = characters.next()
        {
            match only(c) {
                Only::Simplified => self.simplified += 1,
                Only::Traditional => self.traditional += 1,
                Only::Neither => continue,
            }
            told += 1;
        }
    }

    /// Reads a character inside of a word of some script, or outside of words; says what it leads into.
    fn read_other(&mut self, c: char, inside: Option<Script>) -> Option<Script> {
        let word = match c {
            '’' if inside.is_some() => inside,
            '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => None,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' => {
                self.han += 1;
                None
            }
            '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}' => {
                self.kana += 1;
                None
            }
            // Full-width punctuation.
            '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' => {
                None
            }
            '\u{ac00}'..='\u{d7a3}' => {
                self.hangul += 1;
                None
            }
            c if c.is_alphanumeric() => Some(self.letter(c)),
            // The vowels of Hindi and the tones of Thai are marks of the letter before them.
            _ if inside.is_some() && GeneralCategoryGroup::Mark.contains(CATEGORIES.get(c)) => inside,
            _ => None,
        };
        if word != inside {
            match word {
                Some(Script::Latin) => self.latin_words += 1,
                Some(script) => self.others.entry(script).or_default().words += 1,
                None => {}
            }
        }
        word
    }

    /// Counts a letter or a digit, and says of which script it is.
    fn letter(&mut self, c: char) -> Script {
        let script = match SCRIPTS.get(c) {
            props::Script::Latin | props::Script::Common | props::Script::Inherited | props::Script::Unknown => {
                Script::Latin
            }
            script => Script::Other(script),
        };
        if c.is_alphabetic() {
            *self.letters.entry(c.to_lowercase().next().unwrap_or(c)).or_default() += 1;
            match script {
                Script::Latin => self.latin_letters += 1,
                script => self.others.entry(script).or_default().letters += 1,
            }
        }
        script
    }

    /// Characters that are read one by one.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.han + self.kana + self.hangul
    }

    /// Words between spaces; where a script has no spaces, about as many as there are.
    #[must_use]
    pub fn words(&self) -> usize {
        self.latin_words + self.others.values().map(Written::weight).sum::<usize>()
    }

    /// The writing that this text is in; `None` when there is nothing to go by.
    ///
    /// A Chinese note on ML systems is full of English terms, so Chinese characters count long before they are the
    /// majority; an English one that quotes a Chinese title stays English.
    #[must_use]
    pub fn script(&self) -> Option<Script> {
        let east_asian = self.characters();
        let words = self.words();
        if east_asian + words == 0 {
            return None;
        }
        if east_asian * 10 >= words * 3 {
            return Some(if self.hangul * 2 > east_asian {
                Script::Hangul
            } else if self.kana * 10 >= east_asian {
                Script::Japanese
            } else {
                Script::Han
            });
        }
        let most = self.others.iter().max_by_key(|(_, written)| written.weight());
        let most = most.filter(|(_, written)| written.weight() * 2 > words);
        Some(most.map_or(Script::Latin, |(script, _)| *script))
    }

    /// Whether a text in this script of this length is written with the letters of a language, or nearly.
    fn is_spelt_in(&self, script: Script, language: &Language) -> bool {
        // What is English by its words is in no other language, whichever has the letters for it.
        if script == Script::Latin && language.primary() != "en" && self.is_english() {
            return false;
        }
        let alphabet = language.alphabet();
        if alphabet.is_empty() {
            return true;
        }
        let written = match script {
            Script::Latin => self.latin_letters,
            script => self.others.get(&script).map_or(0, |written| written.letters),
        };
        let foreign = self.foreign(script, language);
        if foreign > 2 && foreign * ONE_FOREIGN_IN > written {
            return false;
        }
        let has_more = script == Script::Latin && alphabet.iter().filter(|c| !c.is_ascii()).count() > 3;
        !(has_more && written > LETTERS_TO_EXPECT_ONE && self.letters_of(script).next().is_none())
    }

    /// Whether the words of this text are English.
    #[must_use]
    pub fn is_english(&self) -> bool {
        self.english_words > 2
            && self.english_words * ONE_ENGLISH_IN >= self.latin_words
            && self.latin_words >= WORDS_TO_TELL
            && self.script() == Some(Script::Latin)
            && self.is_spelt_in(Script::Latin, &Language::english())
    }

    /// Whether a text in Latin letters is too long to be an English one without the words of English.
    pub(crate) fn is_without_english(&self) -> bool {
        self.script() == Some(Script::Latin)
            && self.latin_words >= WORDS_TO_TELL
            && self.english_words * 2 * ONE_ENGLISH_IN <= self.latin_words
    }

    /// Whether two texts are in one language beyond doubt, so that neither is a translation of the other.
    pub(crate) fn is_surely_like(&self, other: &Self) -> bool {
        match (self.script(), other.script()) {
            (Some(Script::Latin), Some(Script::Latin)) => self.is_english() && other.is_english(),
            (Some(Script::Han), Some(Script::Han)) => {
                self.chinese().is_some_and(|traditional| other.chinese() == Some(traditional))
            }
            (a, b) => a == b && matches!(a, Some(Script::Japanese | Script::Hangul)),
        }
    }

    /// The letters of a script beyond `a` to `z`, and how often each occurs.
    fn letters_of(&self, script: Script) -> impl Iterator<Item = (char, usize)> {
        let of_script = move |c: char| match script {
            Script::Latin => SCRIPTS.get(c) == props::Script::Latin,
            Script::Other(own) => SCRIPTS.get(c) == own,
            Script::Han | Script::Japanese | Script::Hangul => false,
        };
        self.letters.iter().map(|(c, count)| (*c, *count)).filter(move |(c, _)| of_script(*c))
    }

    /// How many letters of a script a language is not written with.
    fn foreign(&self, script: Script, language: &Language) -> usize {
        let alphabet = language.alphabet();
        self.letters_of(script).filter(|(c, _)| !alphabet.contains(c)).map(|(_, count)| count).sum()
    }

    /// How many of its letters are some of those beyond `a` to `z` that a language is written with.
    pub(crate) fn own_letters(&self, language: &Language) -> usize {
        let alphabet = language.alphabet();
        self.letters_of(Script::Latin).filter(|(c, _)| alphabet.contains(c)).map(|(_, count)| count).sum()
    }

    /// Whether this text can be in a language, going by its letters; `None` where there is nothing to go by.
    #[must_use]
    pub fn can_be(&self, language: &Language) -> Option<bool> {
        let script = self.script()?;
        let own = language.script();
        // Without kana a page of terms is as Japanese as it is Chinese, and with Hangul nothing is.
        let is_japanese = script == Script::Han && own == Script::Japanese && self.simplified + self.traditional == 0;
        if script != own && !is_japanese {
            return Some(false);
        }
        Some(match script {
            Script::Han if own == Script::Han => {
                self.chinese().is_none_or(|traditional| language.is_traditional() == traditional)
            }
            Script::Han | Script::Japanese | Script::Hangul => true,
            script => self.is_spelt_in(script, language),
        })
    }

    /// Whether two texts are in one language, as far as their letters tell.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let is_same = |a: Option<bool>, b: Option<bool>| a.zip(b).is_none_or(|(a, b)| a == b);
        self.script() == other.script()
            && match self.script() {
                Some(Script::Han) => is_same(self.chinese(), other.chinese()),
                Some(Script::Latin | Script::Other(_)) => self.likely() == other.likely(),
                _ => true,
            }
    }

    /// Whether the letters of this text speak for a language, and not only not against it.
    #[must_use]
    pub fn is_surely(&self, language: &Language) -> bool {
        let is_plain = || self.is_spelt_in(Script::Latin, &Language::english());
        self.can_be(language) == Some(true) && (language.script() != Script::Latin || !is_plain())
    }

    /// Whether Chinese characters are traditional; `None` when they do not tell.
    pub(crate) fn chinese(&self) -> Option<bool> {
        let told = self.traditional.max(self.simplified) > 2 * self.traditional.min(self.simplified);
        told.then_some(self.traditional > self.simplified)
    }

    /// The one language among these that this text can be in, going by its letters; `None` when several can or none.
    #[must_use]
    pub fn language<'a>(&self, among: &[&'a Language]) -> Option<&'a Language> {
        let mut script = self.script()?;
        let writes = |script: Script| among.iter().any(|language| language.script() == script);
        // Japanese can do without kana for a page, of a glossary say: where nobody else writes it here, or where no
        // character tells.
        let is_plain = self.traditional + self.simplified == 0;
        if script == Script::Han
            && self.simplified == 0
            && writes(Script::Japanese)
            && (is_plain || !writes(Script::Han))
        {
            if writes(Script::Han) {
                return None;
            }
            script = Script::Japanese;
        }
        let possible: Vec<&'a Language> =
            among.iter().copied().filter(|language| language.script() == script).collect();
        let fitting: Vec<&'a Language> = match script {
            Script::Han => possible.iter().copied().filter(|language| self.can_be(language) == Some(true)).collect(),
            Script::Japanese | Script::Hangul => Vec::new(),
            script => possible.iter().copied().filter(|language| self.is_spelt_in(script, language)).collect(),
        };
        match (fitting.as_slice(), possible.as_slice()) {
            ([only], _) | ([], [only]) => Some(only),
            _ => None,
        }
    }

    /// The language that this text is most likely in, of all that there are, for a book that names none.
    ///
    /// Chinese, Japanese and Korean tell themselves. Elsewhere it is the language that has all letters of the text, and
    /// of which the text has the most: with ä, ö, ü and ß it is German. A text without such letters is English.
    #[must_use]
    pub fn likely(&self) -> Option<Language> {
        let tag = match self.script()? {
            Script::Han if self.traditional > self.simplified => "zh-TW",
            Script::Han => "zh-CN",
            Script::Japanese => "ja",
            Script::Hangul => "ko",
            script => return self.spelt(script),
        };
        Language::parse(tag).ok()
    }

    /// The language of a text in letters that none of these languages is written in. Latin ones and Chinese ones prove
    /// nothing: a list of links may be all in English.
    #[must_use]
    pub fn foreign_to(&self, languages: &[Language]) -> Option<Language> {
        let script = self.script().filter(|script| !matches!(script, Script::Latin | Script::Han))?;
        let is_enough = self.characters() + self.words() >= 30;
        let is_foreign = is_enough && languages.iter().all(|language| language.script() != script);
        is_foreign.then(|| self.likely()).flatten()
    }

    fn spelt(&self, script: Script) -> Option<Language> {
        let english = Language::english();
        if script == Script::Latin && self.is_spelt_in(script, &english) {
            return Some(english);
        }
        // Of the letters of its own that a language has, how many of a thousand the text uses.
        let used = |language: &Language| {
            let own = language.alphabet().iter().filter(|c| !c.is_ascii() && c.is_alphabetic());
            let (all, used) =
                own.fold((0, 0), |(all, used), c| (all + 1, used + usize::from(self.letters.contains_key(c))));
            used * 1_000 / all.max(1)
        };
        let languages = Language::written().iter().filter(|language| language.script() == script);
        let spelt = languages.filter(|language| self.is_spelt_in(script, language));
        // The first of several that are as likely is the one that more people write.
        let rank = |language: &&Language| {
            (self.foreign(script, language), !is_common(language.tag()), Reverse(used(language)))
        };
        spelt.min_by_key(rank).cloned()
    }
}

impl Written {
    /// In words.
    fn weight(&self) -> usize {
        self.words.max(self.letters / LETTERS_IN_A_WORD)
    }
}

/// Whether a title can be one of a text in a language, by its letters. Names are written in Latin letters everywhere, and
/// a Japanese title can do without kana.
#[must_use]
pub fn can_title(language: &Language, title: &str) -> bool {
    match Prose::of(title).script() {
        None | Some(Script::Latin) => true,
        Some(Script::Han) => matches!(language.script(), Script::Han | Script::Japanese),
        Some(script) => script == language.script(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn prose(text: &str) -> Prose {
        Anatomy::of(text, 0, &Wording::default()).prose
    }

    #[test]
    fn scripts() {
        let script = |text| prose(text).script();
        assert_eq!(script("深入浅出 slime RL 框架的优雅设计与源码"), Some(Script::Han));
        assert_eq!(script("SGLang 是 LMSYS 的推理引擎，支持 RadixAttention 和 overlap scheduling"), Some(Script::Han));
        assert_eq!(script("A note on 显存 and what it means for the training of large models"), Some(Script::Latin));
        assert_eq!(script("これは日本語の文章です"), Some(Script::Japanese));
        assert_eq!(script("이것은 한국어입니다"), Some(Script::Hangul));
        assert_eq!(script("Это русский текст"), Some(Script::Other(props::Script::Cyrillic)));
        assert_eq!(script("```\n只有代码\n```"), None);
    }

    #[test]
    fn counts_leave_code_blocks_out() {
        let prose = prose("# 标题 one\n\ntwo three's 显存。\n\n```\nfour 五\n```\n");
        assert_eq!((prose.characters(), prose.words()), (4, 3));
    }

    #[test]
    fn words() {
        for (text, latin, cyrillic) in [
            ("three's", 1, 0),
            ("three’s 'quoted' words", 3, 0),
            ("naïve café", 2, 0),
            ("显存GPU显存 x2", 2, 0),
            ("об'єкт об’єкт", 0, 2),
            ("слово word", 1, 1),
            ("''' — ...", 0, 0),
        ] {
            let mut prose = Prose::default();
            prose.read(text);
            let others: usize = prose.others.values().map(|written| written.words).sum();
            assert_eq!((prose.latin_words, others), (latin, cyrillic), "{text}");
        }
    }

    #[test]
    fn words_tell_english() {
        let english =
            "This is a text in English; it explains what there is to do when the memory does not suffice, and why.";
        let languages = ["en", "de", "es", "pl", "nl"].map(|tag| Language::parse(tag).unwrap());
        for (text, is, without) in [
            (english, true, false),
            ("The cache. The keys.", false, false),
            (
                "Hau euskaraz idatzitako testua da, eta memoria nahikoa ez denean zer egin behar den azaltzen du, baita zergatik egiten dugun horrela ere, beti.",
                false,
                true,
            ),
            (
                "Ceci est un texte, où l'on explique ce qu'il faut faire lorsque la mémoire vient à manquer à côté, et pourquoi.",
                false,
                true,
            ),
            // A quotation is no text.
            (
                "Dies ist ein Text auf Deutsch über the cache; er zeigt, was man tut, wenn der Speicher nicht reicht, und warum man es so und nicht anders macht.",
                false,
                false,
            ),
        ] {
            let prose = prose(text);
            assert_eq!((prose.is_english(), prose.is_without_english()), (is, without), "{text}");
            let possible = languages.iter().filter(|language| prose.can_be(language) == Some(true)).count();
            assert_eq!(possible == 1, is, "{text}");
        }
        assert_eq!(prose("the The THE then aand the2 theé (the) the").english_words, 5);
    }

    #[test]
    fn letters_tell_languages() {
        for (text, tag) in [
            ("Це українська мова, її літери інші, ніж у російській.", "uk"),
            ("Это русский язык, и буквы у него другие, чем у украинского: ы, э, ъ, ё.", "ru"),
            ("ეს ქართული ტექსტია.", "ka"),
            ("זה טקסט בעברית.", "he"),
            ("Αυτό είναι ελληνικό κείμενο.", "el"),
            ("นี่คือข้อความภาษาไทย", "th"),
            ("यह हिन्दी में लिखा गया पाठ है।", "hi"),
            ("Սա հայերեն տեքստ է։", "hy"),
            ("این یک متن فارسی است که با حروف پ و چ و ژ و گ نوشته شده است.", "fa"),
            ("هذا نص باللغة العربية عن تدريب النماذج.", "ar"),
            ("Đây là một văn bản tiếng Việt, viết bằng chữ quốc ngữ có dấu.", "vi"),
            ("Bu Türkçe yazılmış bir metindir; öğrenme için güzel bir örnek, şöyle böyle.", "tr"),
            ("Größere Übungen führen außerdem zu schöneren Ergebnissen für später.", "de"),
            (
                "A plain text in English, with a naïve café in it, and nothing else of the kind; it goes on and on for a while, so that one letter in so many weighs little, as it would in a book.",
                "en",
            ),
            ("这是一段简体中文，对读者说明问题。", "zh-CN"),
            ("這是一段繁體中文，對讀者說明問題。", "zh-TW"),
            ("これは日本語の文章です", "ja"),
            ("이것은 한국어입니다", "ko"),
        ] {
            assert_eq!(prose(text).likely().unwrap().tag(), tag, "{text}");
        }
    }

    #[test]
    fn letters_rule_languages_out() {
        let all = ["zh-CN", "zh-TW", "ja", "en", "de", "fr", "ru", "uk"].map(|tag| Language::parse(tag).unwrap());
        let all: Vec<&Language> = all.iter().collect();
        for (text, tag) in [
            ("Größere Übungen führen außerdem zu schöneren Ergebnissen für später.", Some("de")),
            ("Це українська мова, її літери інші, ніж у російській.", Some("uk")),
            ("这是一段简体中文，对读者说明问题。", Some("zh-CN")),
            ("這是一段繁體中文，對讀者說明問題。", Some("zh-TW")),
            ("これは日本語の文章です", Some("ja")),
            // Nothing tells.
            ("A plain text", None),
            ("用語", None),
        ] {
            assert_eq!(prose(text).language(&all).map(Language::tag), tag, "{text}");
        }
    }
}
