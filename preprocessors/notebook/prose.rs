//! What there is to read on a page, and what its letters tell.

use super::language::{Language, Script};

/// What there is to read, without code blocks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    /// Words in Cyrillic letters.
    pub cyrillic_words: usize,
    /// Words in Arabic letters.
    pub arabic_words: usize,
}

/// Which Chinese has a character, for a few that nearly every text has and that are written in one of the two only.
enum Only {
    Simplified,
    Traditional,
    Neither,
}

fn only(c: char) -> Only {
    match c {
        '这' | '个' | '们' | '来' | '时' | '为' | '对' | '说' | '过' | '还' | '实' | '问' => {
            Only::Simplified
        }
        '這' | '個' | '們' | '來' | '時' | '為' | '對' | '說' | '過' | '還' | '實' | '問' => {
            Only::Traditional
        }
        _ => Only::Neither,
    }
}

impl Prose {
    /// Reads what there is to read elsewhere, too.
    pub(crate) fn add(&mut self, other: &Self) {
        self.han += other.han;
        self.simplified += other.simplified;
        self.traditional += other.traditional;
        self.kana += other.kana;
        self.hangul += other.hangul;
        self.latin_words += other.latin_words;
        self.cyrillic_words += other.cyrillic_words;
        self.arabic_words += other.arabic_words;
    }

    pub(super) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut inside: Option<Script> = None;
        let mut at = 0;
        // What most text is made of needs no table of Unicode, and every byte of a book comes by here.
        while let Some(byte) = bytes.get(at) {
            match byte {
                0..0x80 => {
                    if byte.is_ascii_alphanumeric() {
                        self.latin_words += usize::from(inside != Some(Script::Latin));
                        inside = Some(Script::Latin);
                    } else if *byte != b'\'' {
                        // Ukrainian has apostrophes in its words, too.
                        inside = None;
                    }
                    at += 1;
                }
                // U+4000 to U+9FFF, three bytes each.
                0xe4..=0xe9 => {
                    self.han += 1;
                    // So many of them tell.
                    if self.simplified + self.traditional < 50 {
                        match text[at..].chars().next().map_or(Only::Neither, only) {
                            Only::Simplified => self.simplified += 1,
                            Only::Traditional => self.traditional += 1,
                            Only::Neither => {}
                        }
                    }
                    inside = None;
                    at += 3;
                }
                _ => {
                    let c = text[at..].chars().next().expect("there is a byte of it");
                    inside = self.read_other(c, inside);
                    at += c.len_utf8();
                }
            }
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
            '\u{400}'..='\u{52f}' => Some(Script::Cyrillic),
            '\u{600}'..='\u{6ff}' => Some(Script::Arabic),
            c if c.is_alphanumeric() => Some(Script::Latin),
            _ => None,
        };
        if word != inside {
            match word {
                Some(Script::Cyrillic) => self.cyrillic_words += 1,
                Some(Script::Arabic) => self.arabic_words += 1,
                Some(_) => self.latin_words += 1,
                None => {}
            }
        }
        word
    }

    /// Characters that are read one by one.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.han + self.kana + self.hangul
    }

    /// Words between spaces.
    #[must_use]
    pub fn words(&self) -> usize {
        self.latin_words + self.cyrillic_words + self.arabic_words
    }

    /// The writing that this text is in; `None` when there is nothing to go by.
    ///
    /// A Chinese note on ML systems is full of English terms, so Chinese characters count long before they are the
    /// majority; an English one that quotes a Chinese title stays English.
    #[must_use]
    pub fn script(&self) -> Option<Script> {
        let east_asian = self.characters();
        if east_asian + self.words() == 0 {
            return None;
        }
        Some(if east_asian * 10 >= self.words() * 3 {
            if self.hangul * 2 > east_asian {
                Script::Hangul
            } else if self.kana * 10 >= east_asian {
                Script::Japanese
            } else {
                Script::Han
            }
        } else if self.cyrillic_words * 2 > self.words() {
            Script::Cyrillic
        } else if self.arabic_words * 2 > self.words() {
            Script::Arabic
        } else {
            Script::Latin
        })
    }

    /// The one language among these that this text can be in, going by its letters; `None` when several can or none.
    #[must_use]
    pub fn language<'a>(&self, among: &[&'a Language]) -> Option<&'a Language> {
        let mut script = self.script()?;
        // Japanese can do without kana for a page, of a glossary say, and nobody else writes it here.
        let written = |script: Script| among.iter().any(|language| language.script() == script);
        if script == Script::Han && self.simplified == 0 && !written(Script::Han) && written(Script::Japanese) {
            script = Script::Japanese;
        }
        // Traditional and simplified Chinese are told apart by a few characters that every text has.
        let traditional = self.traditional > self.simplified;
        let told = self.traditional.max(self.simplified) > 2 * self.traditional.min(self.simplified);
        let fits = |language: &Language| {
            language.script() == script && (script != Script::Han || !told || language.is_traditional() == traditional)
        };
        let fitting = among.iter().any(|language| fits(language));
        let mut possible =
            among.iter().filter(|language| if fitting { fits(language) } else { language.script() == script });
        match (possible.next(), possible.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::{Anatomy, Wording};

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
        assert_eq!(script("Это русский текст"), Some(Script::Cyrillic));
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
            assert_eq!((prose.latin_words, prose.cyrillic_words), (latin, cyrillic), "{text}");
        }
    }
}
