//! Languages as BCP 47 tags, and what people call them.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{LazyLock, Mutex};

use icu_properties::props;
use oxilangtag::LanguageTag;

use crate::diagnostic::{Message, says};
use crate::values::cldr;
use crate::values::name::simplified;

/// A language: a BCP 47 tag in its canonical case, such as `zh-CN`, `en` or `ja`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(String);

/// A text that is not the tag of a language; it displays as a sentence with what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseLanguageError {
    text: String,
}

impl ParseLanguageError {
    /// What is wrong, and what to write in its place.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(format!("“{}” is not a language tag", self.text), "write a BCP 47 tag such as zh-CN, en or ja")
    }
}

says!(ParseLanguageError);

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
    /// Everything written in Latin letters, and all that we cannot tell.
    Latin,
    /// Cyrillic, Arabic, Devanagari, Georgian and all others.
    Other(props::Script),
}

struct KnownLanguage {
    tag: &'static str,
    /// What file names, folders and links say besides the tag itself.
    aliases: &'static [&'static str],
    /// What links say, and names of files where something else confirms it, besides the names that CLDR knows.
    names: &'static [&'static str],
}

const fn known(tag: &'static str, aliases: &'static [&'static str], names: &'static [&'static str]) -> KnownLanguage {
    KnownLanguage { tag, aliases, names }
}

/// The languages that are called by their bare tags, or in ways that CLDR does not list. Any other language works, too:
/// by its names, and by its tag where nothing else can be meant.
const KNOWN: &[KnownLanguage] = &[
    known(
        "zh-CN",
        &[
            "zh",
            "zh-hans",
            "zh-hans-cn",
            "hans",
            "zhcn",
            "zhhans",
            "cn",
            "ch",
            "chs",
            "zhs",
            "zh-sg",
            "zho",
            "cmn",
            "chn",
        ],
        &[
            "simplified chinese",
            "chinese simplified",
            "简体中文",
            "簡體中文",
            "简体",
            "简中",
            "簡体字",
            "簡體",
            "中文简体",
            "中文 简体",
        ],
    ),
    known(
        "zh-TW",
        &["zh-hant", "zh-hant-tw", "hant", "zhtw", "zhhant", "tw", "cht", "zht", "zh-hk", "hk", "zh-mo"],
        &[
            "traditional chinese",
            "chinese traditional",
            "繁體中文",
            "繁体中文",
            "正體中文",
            "繁體",
            "繁体",
            "繁中",
            "繁体字",
            "中文繁體",
            "中文 繁體",
            "正體",
            "台灣正體",
            "臺灣正體",
            "台灣中文",
            "臺灣中文",
        ],
    ),
    known(
        "zh",
        &["zh-cn", "zh-hans", "cn", "ch", "zho", "cmn", "chn"],
        &["中文", "中", "汉语", "漢語", "华语", "華語", "mandarin"],
    ),
    known("en", &["eng", "en-us", "en-gb"], &["英文", "英"]),
    known("ja", &["jp", "ja-jp", "jpn"], &["日文", "日", "日本语"]),
    known("ko", &["kr", "ko-kr", "kor"], &["韩文", "朝鲜语", "한글"]),
    known("ar", &[], &["阿拉伯文", "عربي", "عربى"]),
    known("bn", &[], &[]),
    known("cs", &[], &[]),
    known("da", &[], &[]),
    known("de", &[], &["德文"]),
    known("el", &[], &[]),
    known("es", &[], &["西班牙文", "castellano"]),
    known("fa", &[], &["farsi"]),
    known("fi", &[], &[]),
    known("fr", &[], &["法文"]),
    known("he", &[], &[]),
    known("hi", &[], &[]),
    known("hu", &[], &[]),
    known("id", &[], &["bahasa indonesia", "bahasa"]),
    known("it", &[], &["意大利文"]),
    known("nl", &[], &[]),
    known("pl", &[], &[]),
    known("pt", &[], &["葡萄牙文"]),
    known(
        "pt-BR",
        &["br"],
        &["brazilian portuguese", "português brasileiro", "português brasil", "português do brasil"],
    ),
    known("ro", &[], &[]),
    known("ru", &[], &["俄文"]),
    known("sv", &[], &[]),
    known("th", &[], &[]),
    known("tr", &[], &[]),
    known("uk", &["ua"], &[]),
    known("vi", &["vn"], &["越南文"]),
];

/// Names of languages in themselves, where books call them otherwise than CLDR.
const AUTONYMS: &[(&str, &str)] = &[
    ("zh-CN", "简体中文"),
    ("zh-TW", "繁體中文"),
    ("zh", "中文"),
    ("id", "Bahasa Indonesia"),
    ("pt-BR", "Português do Brasil"),
];

/// Tags that a book without configuration may use in its file names. Two letters mean too many other things
/// (`id`, `it`, `no`), so the list is short; any language can be named in the configuration.
const GUESSED: &[&str] = &["zh-CN", "zh-TW", "en", "ja", "ko", "fr", "de", "es", "pt", "pt-BR", "ru"];

/// The language that a name means, as [`simplified`] leaves it: `english`, `türkçe`, `中文`, `pt br`.
///
/// It is as precise as the name: `中文` is `zh`, whichever Chinese a book has.
pub(crate) fn called(name: &str) -> Option<&'static Language> {
    static NAMES: LazyLock<HashMap<String, Language>> = LazyLock::new(|| {
        let mut names = HashMap::new();
        let own = |known: &KnownLanguage| Language(known.tag.to_owned());
        for known in KNOWN {
            for name in known.names {
                names.entry(simplified(name)).or_insert_with(|| own(known));
            }
        }
        // Each tag belongs to its own language before it is an alias of another.
        for known in KNOWN {
            names.entry(simplified(known.tag)).or_insert_with(|| own(known));
        }
        for known in KNOWN {
            for alias in known.aliases {
                names.entry(simplified(alias)).or_insert_with(|| own(known));
            }
        }
        names
    });
    static OTHERS: Mutex<BTreeMap<&str, &'static Language>> = Mutex::new(BTreeMap::new());
    if let Some(own) = NAMES.get(name) {
        return Some(own);
    }
    let tag = cldr::named(name)?;
    // There are no more of these than languages.
    let mut others = OTHERS.lock().ok()?;
    Some(others.entry(tag).or_insert_with(|| Box::leak(Box::new(Language(tag.to_owned())))))
}

/// A language as people of a region write it, or in a script, by the name of that: `Español (México)`, `繁體中文（香港）`,
/// `Srpski (latinica)`.
pub(crate) fn variety(language: &Language, name: &str) -> Option<&'static Language> {
    static VARIETIES: Mutex<BTreeMap<String, &'static Language>> = Mutex::new(BTreeMap::new());
    let subtag = cldr::kind(language.primary(), name)?;
    let found = Language::parse(&format!("{}-{subtag}", language.primary())).ok()?;
    // Chinese in traditional characters stays so, wherever it is written.
    let bare = language.tag() == language.primary();
    let is_same = found.script() == language.script() && found.is_traditional() == language.is_traditional();
    let found = if bare || is_same { found } else { language.clone() };
    // There are no more of these than languages and regions.
    let mut known = VARIETIES.lock().ok()?;
    Some(known.entry(found.tag().to_owned()).or_insert_with(|| Box::leak(Box::new(found))))
}

/// The language whose name in itself, or in another language than English, a word is a form of: `française`, `русском`.
///
/// English does not bend names, and `polished` is no Polish.
pub(crate) fn bent(word: &str) -> Option<&'static Language> {
    let letters = |text: &str| text.chars().count();
    let stem: String = word.chars().take(LEAST_STEM).collect();
    let shared = |name: &str| word.chars().zip(name.chars()).take_while(|(a, b)| a == b).count();
    let forms = cldr::bending_names(&stem).filter(|name| {
        let stem = shared(name);
        stem >= LEAST_STEM && letters(name) <= stem + 2 && letters(word) <= stem + 2
    });
    let named = forms.filter_map(|name| Some((shared(name), called(&simplified(name))?)));
    let common = named.filter(|(_, language)| is_common(language.primary()));
    common.max_by_key(|(shared, _)| *shared).map(|(_, language)| language)
}

/// How many letters a form of a name shares with the name at least.
const LEAST_STEM: usize = 5;

/// The row of a language: its own, else the one that has its tag as an alias.
fn row(tag: &str) -> Option<&'static KnownLanguage> {
    let tag = tag.to_lowercase();
    let own = KNOWN.iter().find(|known| known.tag.eq_ignore_ascii_case(&tag));
    own.or_else(|| KNOWN.iter().find(|known| known.aliases.contains(&tag.as_str())))
}

/// What file names and folders call a language besides its tag.
pub(crate) fn aliases(language: &Language) -> &'static [&'static str] {
    row(&language.0).map_or(&[], |known| known.aliases)
}

/// Whether a bare code is one that notes are marked with, and not only one of the hundreds that there are: `vi` is,
/// `kv` is not.
pub(crate) fn is_common(code: &str) -> bool {
    KNOWN.iter().any(|known| known.tag == code || known.aliases.contains(&code))
}

/// The scripts that tags name, of languages that are written in several. Others are words: `thai`, `tale`.
const SCRIPTS: &[&str] = &["arab", "cyrl", "deva", "hans", "hant", "latn"];

/// What gettext calls them, behind an `@`.
const MODIFIERS: &[(&str, &str)] =
    &[("arabic", "arab"), ("cyrillic", "cyrl"), ("devanagari", "deva"), ("latin", "latn")];

impl Language {
    /// Reads a BCP 47 tag; `zh_cn` is understood as `zh-CN`.
    ///
    /// # Errors
    /// When this is not a tag.
    pub fn parse(text: &str) -> Result<Self, ParseLanguageError> {
        // The grammar of BCP 47 has room for longer primary subtags, such as `english`, but no language has one.
        LanguageTag::parse_and_normalize(&text.trim().replace('_', "-"))
            .ok()
            .filter(|tag| matches!(tag.primary_language().len(), 2 | 3))
            .map(|tag| Self(tag.into_inner()))
            .ok_or_else(|| ParseLanguageError { text: text.to_owned() })
    }

    /// English, which stands in where nobody says anything else.
    #[must_use]
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// Whether a book can be in it: four tags are for what is in several languages, in none, or in one that nobody knows.
    #[must_use]
    pub fn is_of_a_book(&self) -> bool {
        !matches!(self.primary(), "mul" | "und" | "zxx" | "mis")
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

    /// Reads a tag, or the name of a language: `English`, `中文`.
    ///
    /// # Errors
    /// When this is neither.
    pub fn named(text: &str) -> Result<Self, ParseLanguageError> {
        Self::parse(text).or_else(|error| Self::called(text).ok_or(error))
    }

    /// The language that people mean by a name or a short form: `English`, `cn`, `jp`.
    #[must_use]
    pub fn called(text: &str) -> Option<Self> {
        called(&simplified(text)).cloned()
    }

    /// The language that people mean who write the tag of none: `cn` looks like a tag, and is that of a country.
    #[must_use]
    pub fn meant_by(written: &str) -> Option<Self> {
        let is_of_none = Self::named(written).is_ok_and(|language| !language.is_in_use());
        is_of_none.then(|| Self::called(written)).flatten()
    }

    /// Reads a tag that can mean nothing but a language: one with a region or a script, as people write it
    /// (`tr-TR`, `pt_BR`, `sr-Latn`) or as gettext does (`sr_RS@latin`), or in another case where people of the region
    /// write that language (`tr-tr`, `de-ch`) or where it names one of the scripts that tags name (`sr-latn`).
    #[must_use]
    pub(crate) fn unmistakable(token: &str) -> Option<Self> {
        if !token.contains(['-', '_', '@']) {
            return None;
        }
        let (token, modifier) = token.split_once('@').map_or((token, None), |(token, last)| (token, Some(last)));
        let script = match modifier {
            Some(modifier) => {
                let is_called = |(name, script): &&(&str, &str)| {
                    name.eq_ignore_ascii_case(modifier) || script.eq_ignore_ascii_case(modifier)
                };
                MODIFIERS.iter().find(is_called)?.1
            }
            None => "",
        };
        let (code, rest) = token.split_once(['-', '_']).unwrap_or((token, ""));
        let own = Self::of_code(code).filter(|_| !rest.contains('.'))?;
        let pieces = [own.tag(), script, rest].into_iter().filter(|piece| !piece.is_empty());
        let tag = pieces.collect::<Vec<_>>().join("-").replace('_', "-");
        let (_, rest) = tag.split_once('-')?;
        let language = Self::parse(&tag).ok().filter(|language| cldr::is_known(&language.0))?;
        let is_written_out = || language.0 == tag && !code.bytes().any(|byte| byte.is_ascii_uppercase());
        let names_a_script = || SCRIPTS.iter().any(|script| rest.split('-').any(|it| it.eq_ignore_ascii_case(script)));
        (is_written_out() || names_a_script() || cldr::is_written_in(own.tag(), rest)).then_some(language)
    }

    /// The language that a bare code stands for, by its shortest code: `de` for `deu`, whether or not there is one.
    #[must_use]
    pub(crate) fn of_code(code: &str) -> Option<Self> {
        let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|byte| byte.is_ascii_alphabetic());
        let language = is_code.then(|| Self::parse(code).ok()).flatten()?;
        Some(if code.len() == 3 { cldr::shortest(&language.0).map_or(language, Self) } else { language })
    }

    /// Whether its texts are of Chinese, Japanese or Korean characters.
    pub(crate) fn is_east_asian(&self) -> bool {
        matches!(self.script(), Script::Han | Script::Japanese | Script::Hangul)
    }

    /// Whether nobody takes a text in it for one in the other: one of them is of Chinese, Japanese or Korean characters
    /// and the other is not, or they are the two forms of Chinese.
    #[must_use]
    pub fn is_written_unlike(&self, other: &Self) -> bool {
        let are_chinese = [self, other].iter().all(|language| language.primary() == "zh");
        self.is_east_asian() != other.is_east_asian() || are_chinese && self.is_traditional() != other.is_traditional()
    }

    /// Whether its tag is in use, if only by an older standard or for what is in no language; regions and variants are
    /// not looked at.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        !self.is_of_a_book() || cldr::is_in_use(self.primary())
    }

    /// Whether there is such a language.
    #[must_use]
    pub(crate) fn exists(&self) -> bool {
        cldr::is_known(&self.0)
    }

    /// The language's name in itself, as far as we know it; regions count for few.
    #[must_use]
    pub fn autonym(&self) -> &str {
        let of = |tag: &str| AUTONYMS.iter().find(|(own, _)| own.eq_ignore_ascii_case(tag)).map(|(_, name)| *name);
        let ours = of(&self.0).or_else(|| row(&self.0).and_then(|known| of(known.tag)));
        ours.or_else(|| cldr::autonym(&self.0)).unwrap_or(&self.0)
    }

    /// The writing that this language is read in.
    #[must_use]
    pub fn script(&self) -> Script {
        let Some(script) = cldr::script(&self.0) else { return Script::Latin };
        match script.as_str() {
            "Hans" | "Hant" | "Hani" => Script::Han,
            "Jpan" | "Hira" | "Kana" => Script::Japanese,
            "Kore" | "Hang" => Script::Hangul,
            "Latn" => Script::Latin,
            _ => Script::Other(script.into()),
        }
    }

    /// The letters that it is written with; none where nobody knows.
    pub(crate) fn alphabet(&self) -> &'static std::collections::BTreeSet<char> {
        cldr::alphabet(&self.0)
    }

    /// The region that it names; of Chinese the one of its characters, where it names none: `zh-Hans` is `zh-CN`.
    pub(crate) fn region(&self) -> Option<String> {
        let likely = if self.is_traditional() { "TW" } else { "CN" };
        cldr::region(&self.0).or_else(|| (self.primary() == "zh").then(|| likely.to_owned()))
    }

    /// The language with a region, the likely one where the tag names none: `zh_CN`, `en_US`; `None` where nobody knows one.
    #[must_use]
    pub fn locale(&self) -> Option<String> {
        cldr::locale(&self.0)
    }

    /// Whether it is Chinese in traditional characters.
    #[must_use]
    pub fn is_traditional(&self) -> bool {
        cldr::script(&self.0).is_some_and(|script| script.as_str() == "Hant")
    }

    /// Whether it is written from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        cldr::is_right_to_left(&self.0)
    }

    /// The languages that people write notes in, the ones that most write in first.
    pub(crate) fn written() -> &'static [Self] {
        static ALL: LazyLock<Vec<Language>> = LazyLock::new(|| {
            let known = KNOWN.iter().map(|known| known.tag.to_owned());
            let mut all: Vec<Language> = known.chain(cldr::codes().map(str::to_owned)).map(Language).collect();
            let mut seen = std::collections::BTreeSet::new();
            all.retain(|language| seen.insert(language.clone()));
            all
        });
        &ALL
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
            ("de", "Deutsch"),
            ("es-MX", "Español"),
            ("pt-BR", "Português do Brasil"),
            ("uk", "Українська"),
            ("tlh", "tlh"),
        ] {
            assert_eq!(language(tag).autonym(), name);
        }
    }

    #[test]
    fn fallbacks_keep_the_characters_that_a_reader_reads() {
        assert_eq!(language("zh-HK").fallbacks(), ["zh-HK", "zh-TW", "zh"]);
        assert_eq!(language("zh-Hans-TW").fallbacks(), ["zh-Hans-TW", "zh-CN", "zh"]);
        assert_eq!(language("en-GB").fallbacks(), ["en-GB", "en"]);
        assert_eq!(language("ja").fallbacks(), ["ja"]);
    }

    #[test]
    fn names_of_languages_are_understood() {
        for (name, tag) in [
            ("English", "en"),
            ("中文", "zh"),
            ("简体中文", "zh-CN"),
            ("繁體中文", "zh-TW"),
            ("Türkçe", "tr"),
            ("en", "en"),
        ] {
            assert_eq!(Language::named(name).unwrap().tag(), tag);
        }
        assert!(Language::named("klingonish language").is_err());
    }

    #[test]
    fn tags_that_mean_nothing_else() {
        let tag = |token| Language::unmistakable(token).map(|language| language.0);
        for (token, is) in [
            ("tr-TR", "tr-TR"),
            ("pt_BR", "pt-BR"),
            ("sr-Latn", "sr-Latn"),
            ("fil-PH", "fil-PH"),
            ("es-419", "es-419"),
            ("de-de", "de-DE"),
            ("zh-Hant-HK", "zh-Hant-HK"),
            ("zh-hant-hk", "zh-Hant-HK"),
            ("sr-latn", "sr-Latn"),
            ("az_latn", "az-Latn"),
            ("SR-LATN", "sr-Latn"),
            ("sr@latin", "sr-Latn"),
            ("sr_RS@latin", "sr-Latn-RS"),
            ("uz@cyrillic", "uz-Cyrl"),
            ("sr@Latn", "sr-Latn"),
            ("de-ch", "de-CH"),
            ("DE-CH", "de-CH"),
            ("es_mx", "es-MX"),
            ("fr-ca", "fr-CA"),
            ("it-ch", "it-CH"),
            ("en-au", "en-AU"),
            ("ar-eg", "ar-EG"),
            ("deu-AT", "de-AT"),
        ] {
            assert_eq!(tag(token).as_deref(), Some(is));
        }
        for token in [
            "to-do", "no-go", "is-it", "how-to", "in-it", "tr", "id", "x-YY", "api-v2", "TO-DO", "a-b.md", "it-be",
            "no-thai", "sr@", "me@work",
        ] {
            assert_eq!(tag(token), None, "{token}");
        }
    }

    #[test]
    fn locales_have_a_region() {
        for (tag, locale) in [
            ("zh-CN", Some("zh_CN")),
            ("zh-Hant", Some("zh_TW")),
            ("zh-Hant-HK", Some("zh_HK")),
            ("en", Some("en_US")),
            ("pt-BR", Some("pt_BR")),
            ("tlh", None),
        ] {
            assert_eq!(language(tag).locale().as_deref(), locale, "{tag}");
        }
    }

    #[test]
    fn scripts_of_languages() {
        for (tag, same, traditional, right_to_left) in [
            ("zh-HK", "zh", true, false),
            ("zh-Hans-TW", "zh", false, false),
            ("uk", "ru", false, false),
            ("sr-Latn", "en", false, false),
            ("fa", "ar", false, true),
            ("he", "yi", false, true),
            ("hi", "ne", false, false),
            ("ja", "ja", false, false),
            ("ko-KR", "ko", false, false),
            ("tlh", "en", false, false),
        ] {
            let language = language(tag);
            assert_eq!(language.script(), super::tests::language(same).script(), "{tag}");
            assert_eq!((language.is_traditional(), language.is_right_to_left()), (traditional, right_to_left), "{tag}");
        }
    }
}
