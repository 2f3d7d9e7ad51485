//! Languages as BCP 47 tags, and what file names and folders call them.

use std::collections::BTreeMap;
use std::fmt;

use oxilangtag::LanguageTag;

/// A language: a BCP 47 tag in its canonical case, such as `zh-CN`, `en` or `ja`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// What a page says of its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageLanguage {
    /// The page is an edition in this language.
    One(Language),
    /// `mul`: the page belongs to no language, or to all of them.
    None,
}

/// The writing that a language is read in: what can be told from the letters alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// Chinese characters, and no kana.
    Han,
    /// Chinese characters with kana.
    Japanese,
    /// Korean.
    Hangul,
    /// Russian and its relatives.
    Cyrillic,
    /// Arabic, Persian, Urdu.
    Arabic,
    /// Everything written in Latin letters, and all that we cannot tell.
    Latin,
}

struct Known {
    tag: &'static str,
    autonym: &'static str,
    /// What file names and folders say besides the tag itself.
    aliases: &'static [&'static str],
}

const fn known(tag: &'static str, autonym: &'static str, aliases: &'static [&'static str]) -> Known {
    Known { tag, autonym, aliases }
}

/// The languages that we can name in themselves. Any other tag works too; its name is then its tag, or what the
/// configuration says.
const KNOWN: &[Known] = &[
    known("zh-CN", "简体中文", &["zh", "zh-hans", "zh-hans-cn", "hans", "cn", "ch", "chs", "zhs", "zh-sg"]),
    known("zh-TW", "繁體中文", &["zh-hant", "zh-hant-tw", "hant", "tw", "cht", "zht", "zh-hk", "hk", "zh-mo"]),
    known("zh", "中文", &["zh-cn", "zh-hans", "cn", "ch"]),
    known("en", "English", &["eng", "en-us", "en-gb"]),
    known("ja", "日本語", &["jp", "ja-jp", "jpn"]),
    known("ko", "한국어", &["kr", "ko-kr", "kor"]),
    known("ar", "العربية", &[]),
    known("bn", "বাংলা", &[]),
    known("cs", "Čeština", &[]),
    known("da", "Dansk", &[]),
    known("de", "Deutsch", &["de-de"]),
    known("el", "Ελληνικά", &[]),
    known("es", "Español", &["es-es"]),
    known("fa", "فارسی", &[]),
    known("fi", "Suomi", &[]),
    known("fr", "Français", &["fr-fr"]),
    known("he", "עברית", &[]),
    known("hi", "हिन्दी", &[]),
    known("hu", "Magyar", &[]),
    known("id", "Bahasa Indonesia", &[]),
    known("it", "Italiano", &["it-it"]),
    known("nl", "Nederlands", &[]),
    known("pl", "Polski", &[]),
    known("pt", "Português", &["pt-pt"]),
    known("pt-BR", "Português do Brasil", &["br"]),
    known("ro", "Română", &[]),
    known("ru", "Русский", &["ru-ru"]),
    known("sv", "Svenska", &[]),
    known("th", "ไทย", &[]),
    known("tr", "Türkçe", &[]),
    known("uk", "Українська", &["ua"]),
    known("vi", "Tiếng Việt", &["vn"]),
];

/// Tags that a book without configuration may use in its file names. Two letters mean too many other things
/// (`id`, `it`, `no`), so the list is short; any language can be named in the configuration.
const GUESSED: &[&str] = &["zh-CN", "zh-TW", "en", "ja", "ko", "fr", "de", "es", "pt-BR", "ru"];

/// The languages that we can name: tag, name in itself, and what folders and suffixes call it.
pub(super) fn autonyms() -> impl Iterator<Item = (&'static str, &'static str, &'static [&'static str])> {
    KNOWN.iter().map(|known| (known.tag, known.autonym, known.aliases))
}

impl Language {
    /// Reads a BCP 47 tag; `zh_cn` is understood as `zh-CN`.
    ///
    /// # Errors
    /// Says in a sentence that this is not a tag, and gives examples.
    pub fn parse(text: &str) -> Result<Self, String> {
        // The grammar of BCP 47 has room for longer primary subtags, such as `english`, but no language has one.
        LanguageTag::parse_and_normalize(&text.trim().replace('_', "-"))
            .ok()
            .filter(|tag| matches!(tag.primary_language().len(), 2 | 3))
            .map(|tag| Self(tag.into_inner()))
            .ok_or_else(|| format!("“{text}” is not a language tag; write a BCP 47 tag such as zh-CN, en or ja"))
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The first subtag: `zh` of `zh-TW`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The language's name in itself, as far as we know it.
    #[must_use]
    pub fn autonym(&self) -> &str {
        let find = |tag: &str| KNOWN.iter().find(|known| known.tag.eq_ignore_ascii_case(tag));
        find(&self.0)
            .or_else(|| KNOWN.iter().find(|known| known.aliases.contains(&self.0.to_lowercase().as_str())))
            .or_else(|| find(self.primary()))
            .map_or(&self.0, |known| known.autonym)
    }

    /// The writing that this language is read in.
    #[must_use]
    pub fn script(&self) -> Script {
        match self.primary() {
            "zh" | "yue" | "lzh" => Script::Han,
            "ja" => Script::Japanese,
            "ko" => Script::Hangul,
            "ru" | "uk" | "bg" | "sr" => Script::Cyrillic,
            "ar" | "fa" | "ur" => Script::Arabic,
            _ => Script::Latin,
        }
    }

    /// Whether it is Chinese in traditional characters.
    #[must_use]
    pub fn is_traditional(&self) -> bool {
        let subtags: Vec<String> = self.0.split('-').map(str::to_ascii_lowercase).collect();
        self.primary() == "zh"
            && subtags.iter().any(|subtag| matches!(subtag.as_str(), "hant" | "tw" | "hk" | "mo"))
            && !subtags.iter().any(|subtag| subtag == "hans")
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.primary(), "ar" | "fa" | "he" | "ur" | "yi")
    }

    /// The languages that a book without configuration may turn out to have.
    #[must_use]
    pub fn guessed() -> Vec<Self> {
        GUESSED.iter().map(|tag| Self((*tag).to_owned())).collect()
    }

    /// This tag, then the tags that readers of it can be given instead, nearest first.
    ///
    /// A Hong Kong page speaks in the words of `zh-TW` rather than in simplified characters.
    #[must_use]
    pub fn fallbacks(&self) -> Vec<&str> {
        let mut tags = vec![self.tag()];
        if self.primary() == "zh" {
            tags.push(if self.is_traditional() { "zh-TW" } else { "zh-CN" });
        }
        tags.push(self.primary());
        tags.dedup();
        tags
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl serde::Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// What folders and suffixes may call the languages of one book.
#[derive(Debug, Clone)]
pub struct Tags {
    languages: Vec<Language>,
    names: BTreeMap<String, Language>,
}

impl Tags {
    /// The tags of these languages.
    ///
    /// A language owns its own tag before any other gets it as an alias, and the first language in the list wins an
    /// alias that two could have: in a book in `zh-CN` and `zh-TW`, `zh` means `zh-CN`.
    #[must_use]
    pub fn new(languages: &[Language]) -> Self {
        let mut tags = BTreeMap::new();
        for language in languages {
            tags.insert(language.tag().to_lowercase(), language.clone());
        }
        for language in languages {
            let tag = language.tag().to_lowercase();
            let row = KNOWN
                .iter()
                .find(|known| known.tag.eq_ignore_ascii_case(&tag))
                .or_else(|| KNOWN.iter().find(|known| known.aliases.contains(&tag.as_str())));
            let aliases = row.map_or(&[][..], |known| known.aliases);
            for alias in aliases.iter().copied().chain([language.primary()]) {
                tags.entry(alias.to_owned()).or_insert_with(|| language.clone());
            }
        }
        Self { languages: languages.to_vec(), names: tags }
    }

    /// The languages that have these tags.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The language that a whole folder name, or a whole suffix, stands for. Case and `_` for `-` do not matter.
    #[must_use]
    pub fn get(&self, token: &str) -> Option<&Language> {
        self.names.get(&token.to_lowercase().replace('_', "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str) -> Language {
        Language::parse(tag).unwrap()
    }

    #[test]
    fn tags_are_normalised_and_checked() {
        assert_eq!(language("ZH_cn").tag(), "zh-CN");
        assert_eq!(language("zh-hant-tw").tag(), "zh-Hant-TW");
        for bad in ["", "chinese language", "Chinese", "english", "z", "zh--CN", "<b>", "x-zh"] {
            assert!(Language::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_in_themselves() {
        for (tag, name) in [
            ("zh-CN", "简体中文"),
            ("zh-Hant", "繁體中文"),
            ("zh", "中文"),
            ("en-GB", "English"),
            ("ja", "日本語"),
            ("tlh", "tlh"),
        ] {
            assert_eq!(language(tag).autonym(), name);
        }
    }

    #[test]
    fn aliases_belong_to_the_first_language_that_can_have_them() {
        let tags = Tags::new(&[language("zh-TW"), language("zh-CN"), language("en")]);
        assert_eq!(tags.get("zh_CN"), Some(&language("zh-CN")));
        assert_eq!(tags.get("TW"), Some(&language("zh-TW")));
        assert_eq!(tags.get("cn"), Some(&language("zh-CN")));
        assert_eq!(tags.get("zh"), Some(&language("zh-TW")));
        assert_eq!(tags.get("en"), Some(&language("en")));
        assert_eq!(tags.get("fr"), None);
        assert_eq!(Tags::new(&[language("zh"), language("en")]).get("cn"), Some(&language("zh")));
    }

    #[test]
    fn fallbacks_keep_the_characters_that_a_reader_reads() {
        assert_eq!(language("zh-HK").fallbacks(), ["zh-HK", "zh-TW", "zh"]);
        assert_eq!(language("zh-Hans-TW").fallbacks(), ["zh-Hans-TW", "zh-CN", "zh"]);
        assert_eq!(language("en-GB").fallbacks(), ["en-GB", "en"]);
        assert_eq!(language("ja").fallbacks(), ["ja"]);
    }
}
