//! What folders and suffixes call the languages of a book.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::values::name::simplified;
use crate::values::{Language, language};

/// What folders and suffixes may call the languages of one book.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    languages: Vec<Language>,
    names: BTreeMap<String, Language>,
    /// What the book itself says that its languages are called.
    own: BTreeMap<String, Language>,
}

/// A piece of a path that means a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LanguageToken {
    pub(crate) language: Language,
    /// Whether it is a word of some language as well, as `english` and `polish` are: something else has to confirm it.
    pub(crate) is_word: bool,
}

/// What may stand behind the name of a language: `英文版`.
const EDITIONS: &[&str] = &["版本", "版", "译本", "譯本", "翻译", "翻譯", "文档", "文檔"];

/// A token as tags are compared: in lower case, with hyphens.
fn plain(token: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && byte != b'_' && !byte.is_ascii_uppercase();
    if token.bytes().all(is_plain) { token.into() } else { token.to_lowercase().replace('_', "-").into() }
}

impl Tags {
    /// The tags of these languages.
    ///
    /// A language owns its own tag before any other gets it as an alias, and the first language in the list wins an
    /// alias that two could have: in a book in `zh-CN` and `zh-TW`, `zh` means `zh-CN`.
    #[must_use]
    pub fn new(languages: &[Language]) -> Self {
        let mut names = BTreeMap::new();
        for language in languages {
            names.insert(language.tag().to_lowercase(), language.clone());
        }
        for language in languages {
            for alias in language::aliases(language).iter().copied().chain([language.primary()]) {
                names.entry(alias.to_owned()).or_insert_with(|| language.clone());
            }
        }
        Self { languages: languages.to_vec(), names, own: BTreeMap::new() }
    }

    /// The same, with what the book says that its languages are called.
    #[must_use]
    pub fn with_names(mut self, names: &[(String, Language)]) -> Self {
        for (name, language) in names {
            let language = self.get(language.tag()).unwrap_or(language).clone();
            self.own.entry(simplified(name)).or_insert(language);
        }
        self
    }

    /// The languages that have these tags.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The language of the book that a tag stands for. Case and `_` for `-` do not matter, nor does the region of a
    /// language that the book has only one of.
    #[must_use]
    pub fn get(&self, token: &str) -> Option<&Language> {
        let token = plain(token);
        if let Some(found) = self.names.get(&*token) {
            return Some(found);
        }
        // Beyond these, only what a tag says besides its language is known: a region, a script.
        let (primary, _) = token.trim_start().split_once('-')?;
        let mut own = self.languages.iter().filter(|own| own.primary() == primary);
        let (only, other) = (own.next()?, own.next());
        let language = Language::parse(&token).ok().filter(Language::exists)?;
        let same = only.script() == language.script() && only.is_traditional() == language.is_traditional();
        // In `pt` and `pt-BR`, `pt-PT` is none of ours to guess.
        (other.is_none() && same).then_some(only)
    }

    /// The language that a whole piece of a path stands for, of the book or not.
    #[must_use]
    pub(crate) fn read(&self, piece: &str) -> Option<LanguageToken> {
        // Most pieces are no language, and the names of languages are short.
        if piece.len() > 60 {
            return None;
        }
        let token = |language: &Language, is_word| Some(LanguageToken { language: language.clone(), is_word });
        if let Some(own) = self.get(piece) {
            // Not each tag of a region that a name could have is one.
            let is_tag = self.names.contains_key(&*plain(piece));
            if is_tag || Language::unmistakable(piece).is_some() {
                return token(own, false);
            }
        }
        if let Some(other) = Language::unmistakable(piece) {
            // gettext has another way to write it.
            return token(self.get(other.tag()).unwrap_or(&other), false);
        }
        let name = simplified(piece);
        if let Some(own) = self.own.get(&name) {
            return token(own, false);
        }
        let edition = || EDITIONS.iter().find_map(|edition| name.strip_suffix(edition));
        let bare = if name.is_ascii() { &name } else { edition().unwrap_or(&name) };
        let bare = bare.trim_end();
        // What is no more than two Latin letters is a tag or nothing.
        let is_name = bare.chars().count() > if bare.is_ascii() { 3 } else { 1 };
        let called = is_name.then(|| language::called(bare)).flatten()?;
        token(self.get(called.tag()).unwrap_or(called), true)
    }

    /// The language of the book that a whole piece of a path stands for by the longer code of its language: `deu`.
    ///
    /// Many of these codes are words, such as `spa`.
    #[must_use]
    pub(crate) fn read_code(&self, piece: &str) -> Option<LanguageToken> {
        let language = Language::of_code(piece).filter(|_| piece.len() == 3)?;
        let own = self.get(language.tag()).filter(|_| !language.tag().eq_ignore_ascii_case(piece))?;
        Some(LanguageToken { language: own.clone(), is_word: true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    fn tags(languages: &[&str]) -> Tags {
        Tags::new(&languages.iter().map(|tag| language(tag)).collect::<Vec<_>>())
    }

    #[test]
    fn aliases_belong_to_the_first_language_that_can_have_them() {
        let tags = tags(&["zh-TW", "zh-CN", "en"]);
        assert_eq!(tags.get("zh_CN"), Some(&language("zh-CN")));
        assert_eq!(tags.get("TW"), Some(&language("zh-TW")));
        assert_eq!(tags.get("cn"), Some(&language("zh-CN")));
        assert_eq!(tags.get("zh"), Some(&language("zh-TW")));
        assert_eq!(tags.get("en"), Some(&language("en")));
        assert_eq!(tags.get("fr"), None);
        assert_eq!(super::tests::tags(&["zh", "en"]).get("cn"), Some(&language("zh")));
    }

    #[test]
    fn regions_count_where_a_book_has_two() {
        let one = tags(&["zh-CN", "en", "pt"]);
        for (token, is) in [("en-AU", "en"), ("pt-BR", "pt"), ("zh-Hans-SG", "zh-CN")] {
            assert_eq!(one.get(token), Some(&language(is)), "{token}");
        }
        assert_eq!(one.get("zh-Hant-HK"), None);
        assert_eq!(tags(&["pt-BR", "pt-PT"]).get("pt-AO"), None);
    }

    #[test]
    fn pieces_of_paths() {
        let tags = tags(&["zh-CN", "en"]).with_names(&[("translated".to_owned(), language("en"))]);
        for (piece, is) in [
            ("zh", Some(("zh-CN", false))),
            ("CN", Some(("zh-CN", false))),
            ("zho", Some(("zh-CN", false))),
            ("tr-TR", Some(("tr-TR", false))),
            ("sr@latin", Some(("sr-Latn", false))),
            ("EN-au", Some(("en", false))),
            ("translated", Some(("en", false))),
            ("english", Some(("en", true))),
            ("English (+)", Some(("en", true))),
            ("中文 (+)", Some(("zh-CN", true))),
            ("English", Some(("en", true))),
            ("chinese", Some(("zh-CN", true))),
            ("中文", Some(("zh-CN", true))),
            ("英文版", Some(("en", true))),
            ("中文版", Some(("zh-CN", true))),
            ("简体中文", Some(("zh-CN", true))),
            ("日本語", Some(("ja", true))),
            ("繁體中文", Some(("zh-TW", true))),
            ("Türkçe", Some(("tr", true))),
            ("fr", None),
            ("tr", None),
            ("to-do", None),
            ("中", None),
            ("版", None),
            ("attention", None),
        ] {
            let found = tags.read(piece);
            let found = found.as_ref().map(|token| (token.language.tag(), token.is_word));
            assert_eq!(found, is, "{piece}");
        }
        for (piece, is) in [("eng", Some("en")), ("CHI", Some("zh-CN")), ("deu", None), ("en", None), ("spam", None)] {
            assert_eq!(tags.read_code(piece).as_ref().map(|token| token.language.tag()), is, "{piece}");
        }
    }
}
