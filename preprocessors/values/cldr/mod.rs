//! What the Unicode consortium knows of languages: their names, their scripts, their alphabets.
//!
//! Everything here is looked up in the data of CLDR that [`icu_locale`] brings along, so that no list of languages has
//! to be kept by hand. What takes long to look up is in lists that a test makes of that data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex};

use icu_locale::exemplar_chars::{ExemplarCharacters, ExemplarCharactersBorrowed};
use icu_locale::names::{DisplayNamesPreferences, LanguageIdentifierDisplayName, RegionDisplayName, ScriptDisplayName};
use icu_locale::{
    LanguageIdentifier, Locale, LocaleCanonicalizer, LocaleDirectionality, LocaleExpander, langid, subtags,
};

mod listed;

/// Alphabets are kept once they were asked for.
type Alphabets = Mutex<BTreeMap<String, &'static BTreeSet<char>>>;

thread_local! {
    /// What is likely of a language that says no more than its tag.
    static LIKELY: LocaleExpander = const { LocaleExpander::new_extended() };
    /// What is called otherwise by now, or in another standard.
    static ALIASES: LocaleCanonicalizer<LocaleExpander> = const { LocaleCanonicalizer::new_extended() };
    static DIRECTION: LocaleDirectionality = const { LocaleDirectionality::new_common() };
}

/// The languages in which authors name languages, besides each in itself.
const NAMED_IN: [LanguageIdentifier; 10] = [
    langid!("en"),
    langid!("zh-Hans"),
    langid!("zh-Hant"),
    langid!("ja"),
    langid!("ko"),
    langid!("fr"),
    langid!("de"),
    langid!("es"),
    langid!("pt"),
    langid!("ru"),
];

/// A tag without what CLDR has no room for, such as extensions.
fn id(tag: &str) -> Option<LanguageIdentifier> {
    tag.parse().ok().or_else(|| tag.split('-').next()?.parse().ok())
}

/// The script that a language is written in: the one of its tag, else the likely one.
pub(crate) fn script(tag: &str) -> Option<subtags::Script> {
    let id = id(tag)?;
    id.script.or_else(|| likely_script(&id))
}

/// The region that a tag names.
pub(crate) fn region(tag: &str) -> Option<String> {
    id(tag)?.region.map(|region| region.to_string())
}

/// A language and a region, as POSIX and Open Graph name them; the likely region where the tag names none.
pub(crate) fn locale(tag: &str) -> Option<String> {
    let mut id = id(tag)?;
    if id.region.is_none() {
        LIKELY.with(|likely| likely.maximize(&mut id));
    }
    Some(format!("{}_{}", id.language, id.region?))
}

fn likely_script(id: &LanguageIdentifier) -> Option<subtags::Script> {
    LIKELY.with(|likely| likely.get_likely_script(id))
}

/// Languages of regions where most people write another one.
const SECOND: &[(&str, &str)] = &[
    ("en", "hk"),
    ("en", "in"),
    ("en", "ph"),
    ("fr", "be"),
    ("fr", "ca"),
    ("fr", "ch"),
    ("it", "ch"),
    ("ru", "by"),
    ("ru", "kz"),
    ("ru", "ua"),
    ("sv", "fi"),
];

/// Whether a language is known to be written in a region: most of its readers live there, or most people of the region
/// read it.
pub(crate) fn is_written_in(code: &str, region: &str) -> bool {
    let likely = |tag: String| {
        let mut id = id(&tag)?;
        LIKELY.with(|likely| likely.maximize(&mut id));
        Some(id)
    };
    let is_home =
        likely(code.to_owned()).and_then(|id| id.region).is_some_and(|home| home.as_str().eq_ignore_ascii_case(region));
    let is_first = || {
        let is_region = matches!(region.len(), 2 | 3) && !region.contains('-');
        // English where CLDR says nothing.
        let first = likely(format!("und-{region}")).map(|id| id.language).filter(|_| is_region);
        first.is_some_and(|first| first.as_str() == code || first.is_unknown() && code == "en")
    };
    is_home || is_first() || SECOND.iter().any(|(own, other)| *own == code && other.eq_ignore_ascii_case(region))
}

/// The shortest code of a language that has a longer one in ISO 639-2 or 639-3: `de` of `deu` and of `ger`.
pub(crate) fn shortest(code: &str) -> Option<String> {
    let mut locale: Locale = code.parse().ok()?;
    ALIASES.with(|aliases| aliases.canonicalize(&mut locale));
    Some(locale.id.language.to_string())
}

/// Whether a language is written from right to left.
pub(crate) fn is_right_to_left(tag: &str) -> bool {
    id(tag).is_some_and(|id| DIRECTION.with(|direction| direction.is_right_to_left(&id)))
}

/// Whether there is such a language, and such a region if the tag names one.
pub(crate) fn is_known(tag: &str) -> bool {
    let Ok(id) = tag.parse::<LanguageIdentifier>() else { return false };
    // The name of a region that does not exist is its tag.
    let has_region = id.region.is_none_or(|region| {
        region.is_alphabetic()
            && icu_locale::names::RegionDisplayName::new_light_with_fallback(
                DisplayNamesPreferences::from(&Locale::from(langid!("en"))),
                region,
            )
            .as_borrowed()
            .to_string()
                != region.as_str()
            || region.as_str() == "419"
    });
    has_region && id.variants.is_empty() && likely_script(&LanguageIdentifier { region: None, ..id }).is_some()
}

/// Whether somebody uses this code for a language: CLDR has its name, or what it is called by now.
pub(crate) fn is_in_use(primary: &str) -> bool {
    let Ok(id) = primary.parse::<LanguageIdentifier>() else { return false };
    let mut locale = Locale::from(id.clone());
    ALIASES.with(|aliases| aliases.canonicalize(&mut locale));
    locale.id != id || likely_script(&id).is_some() || name(&id, &langid!("en")).is_some()
}

/// The name of a language in another one; `None` where CLDR has none.
fn name(language: &LanguageIdentifier, in_language: &LanguageIdentifier) -> Option<String> {
    let preferences = DisplayNamesPreferences::from(&Locale::from(in_language.clone()));
    let found = LanguageIdentifierDisplayName::try_new_heavy(preferences, language.clone(), Default::default()).ok()?;
    let found = found.as_borrowed().to_string();
    // Without data, the subtags stand in.
    let is_tag = found.split(' ').next() == Some(language.language.as_str());
    (!is_tag).then_some(found)
}

/// What a language is called in itself, with a capital letter where its script has one; the region does not count.
pub(crate) fn autonym(tag: &str) -> Option<&'static str> {
    static AUTONYMS: Mutex<BTreeMap<String, Option<&'static str>>> = Mutex::new(BTreeMap::new());
    let mut known = AUTONYMS.lock().ok()?;
    if let Some(found) = known.get(tag) {
        return *found;
    }
    let found = id(tag).and_then(|id| {
        let bare = LanguageIdentifier { region: None, ..id };
        name(&bare, &bare).map(|name| &*capitalised(&name).leak())
    });
    // A book has a few languages, so that what is kept for good is little.
    known.insert(tag.to_owned(), found);
    found
}

/// A name as it stands in a list. CLDR writes it as it stands in a sentence.
fn capitalised(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        // Georgian has capitals, and does not begin names with them.
        Some(first) if first < '\u{530}' => first.to_uppercase().chain(chars).collect(),
        _ => name.to_owned(),
    }
}

/// The language that has this name, in itself or in one of those in which authors name languages; in lower case and
/// without what decorates it.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    listed::tag(name)
}

/// The names of languages in themselves, and in languages that bend them, in lower case; those of one word that begin
/// so.
pub(crate) fn bending_names(stem: &str) -> impl Iterator<Item = &'static str> {
    listed::bending(stem)
}

/// What a language is called besides its name, and the subtag for it.
type Kinds = BTreeMap<String, String>;

/// The subtag of what stands behind the name of a language in lower case, be it in that language or in one of those in
/// which authors name languages: `méxico`, `香港`, `latinica`.
pub(crate) fn kind(code: &str, name: &str) -> Option<&'static str> {
    static OWN: Mutex<BTreeMap<String, &'static Kinds>> = Mutex::new(BTreeMap::new());
    static OTHERS: LazyLock<Kinds> = LazyLock::new(|| {
        let mut all = Kinds::new();
        NAMED_IN.iter().for_each(|in_language| add_kinds(in_language, &mut all));
        all
    });
    let mut known = OWN.lock().ok()?;
    let own = match known.get(code) {
        Some(own) => own,
        None => {
            let mut own = Kinds::new();
            // What is written in two scripts says so in either: `srpski (latinica)`.
            for tag in [code.to_owned(), format!("{code}-Latn"), format!("{code}-Cyrl")] {
                add_kinds(&tag.parse().ok()?, &mut own);
            }
            // There are no more of these than languages.
            known.entry(code.to_owned()).or_insert(Box::leak(Box::new(own)))
        }
    };
    own.get(name).or_else(|| OTHERS.get(name)).map(String::as_str)
}

fn add_kinds(in_language: &LanguageIdentifier, all: &mut Kinds) {
    let preferences = || DisplayNamesPreferences::from(&Locale::from(in_language.clone()));
    let letters = || b'A'..=b'Z';
    let regions = letters().flat_map(|first| letters().map(move |second| [first, second]));
    for region in regions.filter_map(|code| subtags::Region::try_from_utf8(&code).ok()) {
        let long = RegionDisplayName::try_new_light(preferences(), region);
        let short = RegionDisplayName::try_new_short_light(preferences(), region);
        for name in [long, short].into_iter().flatten() {
            all.entry(name.as_borrowed().to_string().to_lowercase()).or_insert_with(|| region.to_string());
        }
    }
    for script in ["Latn", "Cyrl", "Arab", "Hans", "Hant"].map(|code| code.parse().expect("a script")) {
        if let Ok(name) = ScriptDisplayName::try_new_light(preferences(), script) {
            all.entry(name.as_borrowed().to_string().to_lowercase()).or_insert_with(|| script.to_string());
        }
    }
}

/// The codes of the languages that people write notes in: those of two letters, and those of three that CLDR counts
/// among the common ones.
pub(crate) fn codes() -> impl Iterator<Item = &'static str> {
    listed::CODES.lines()
}

/// The letters that a language is written with, in lower case; none where CLDR does not know.
pub(crate) fn alphabet(tag: &str) -> &'static BTreeSet<char> {
    static ALPHABETS: Alphabets = Mutex::new(BTreeMap::new());
    static NONE: BTreeSet<char> = BTreeSet::new();
    let Ok(mut known) = ALPHABETS.lock() else { return &NONE };
    if let Some(found) = known.get(tag) {
        return found;
    }
    let found = Box::leak(Box::new(exemplars(tag)));
    known.insert(tag.to_owned(), found);
    found
}

/// The main characters of a language.
fn exemplars(tag: &str) -> BTreeSet<char> {
    let main = without_region(tag).and_then(main_characters);
    main.iter().flat_map(characters).collect()
}

fn without_region(tag: &str) -> Option<Locale> {
    Some(Locale::from(LanguageIdentifier { region: None, ..id(tag)? }))
}

/// A set of characters as CLDR keeps it.
type Exemplars = ExemplarCharactersBorrowed<'static>;

fn main_characters(locale: Locale) -> Option<Exemplars> {
    ExemplarCharacters::try_new_main(&locale.into()).ok()
}

/// The characters of words that a language borrows.
fn borrowed_characters(locale: Locale) -> Option<Exemplars> {
    ExemplarCharacters::try_new_auxiliary(&locale.into()).ok()
}

fn characters(set: &Exemplars) -> impl Iterator<Item = char> {
    set.code_points().iter_chars().chain(set.strings().iter().flat_map(str::chars))
}

/// Which Chinese a character tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Only {
    Simplified,
    Traditional,
    Neither,
}

/// The characters from U+4E00 to U+9FFF: whether only one of the two Chinese has it.
///
/// CLDR lists the characters that each of the two needs, two thousand and more. One that only one of the two lists
/// tells, unless Japanese has it, too: 学 and 国 are as Japanese as they are Chinese. A few that both have and only one
/// lists as common, such as 磅, weigh little beside the hundreds that tell.
pub(crate) fn only(c: char) -> Only {
    const FIRST: usize = 0x4e00;
    const SIMPLIFIED: u8 = 1;
    const SIMPLIFIED_BORROWED: u8 = 2;
    const TRADITIONAL: u8 = 4;
    const TRADITIONAL_BORROWED: u8 = 8;
    const JAPANESE: u8 = 16;
    static TABLE: LazyLock<Vec<Only>> = LazyLock::new(|| {
        // The sets that each character is in.
        let mut table = vec![0; 0xa000 - FIRST];
        for (set, tag, read) in [
            (SIMPLIFIED, "zh-Hans", main_characters as fn(Locale) -> Option<Exemplars>),
            (SIMPLIFIED_BORROWED, "zh-Hans", borrowed_characters),
            (TRADITIONAL, "zh-Hant", main_characters),
            (TRADITIONAL_BORROWED, "zh-Hant", borrowed_characters),
            (JAPANESE, "ja", main_characters),
        ] {
            let found = without_region(tag).and_then(read);
            for c in found.iter().flat_map(characters) {
                if let Some(sets) = (c as usize).checked_sub(FIRST).and_then(|at| table.get_mut(at)) {
                    *sets |= set;
                }
            }
        }
        let which = |sets: u8| {
            if sets & !SIMPLIFIED_BORROWED == SIMPLIFIED {
                Only::Simplified
            } else if sets & !TRADITIONAL_BORROWED == TRADITIONAL {
                Only::Traditional
            } else {
                Only::Neither
            }
        };
        table.into_iter().map(which).collect()
    });
    let at = (c as usize).wrapping_sub(FIRST);
    TABLE.get(at).copied().unwrap_or(Only::Neither)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_languages() {
        for (name, tag) in [
            ("english", "en"),
            ("英语", "en"),
            ("英文", "en"),
            ("türkçe", "tr"),
            ("土耳其语", "tr"),
            ("українська", "uk"),
            ("乌克兰语", "uk"),
            ("filipino", "fil"),
            ("ქართული", "ka"),
            ("ベトナム語", "vi"),
            ("japanisch", "ja"),
            ("中国語", "zh"),
        ] {
            assert_eq!(named(name), Some(tag), "{name}");
        }
        assert_eq!(named("中"), None);
        for (tag, autonym) in [
            ("uk", Some("Українська")),
            ("tr-TR", Some("Türkçe")),
            ("ka", Some("ქართული")),
            ("he", Some("עברית")),
            ("fil-PH", Some("Filipino")),
            ("sr-Latn", Some("Srpski (latinica)")),
            ("xx", None),
        ] {
            assert_eq!(super::autonym(tag), autonym, "{tag}");
        }
    }

    #[test]
    fn regions_and_scripts() {
        for (code, name, subtag) in [
            ("es", "méxico", Some("MX")),
            ("es", "mexico", Some("MX")),
            ("es", "墨西哥", Some("MX")),
            ("fr", "canada", Some("CA")),
            ("de", "schweiz", Some("CH")),
            ("zh", "台灣", Some("TW")),
            ("zh", "taiwan", Some("TW")),
            ("zh", "香港", Some("HK")),
            ("zh", "hong kong", Some("HK")),
            ("en", "uk", Some("GB")),
            ("en", "us", Some("US")),
            ("pt", "brasil", Some("BR")),
            ("sr", "latinica", Some("Latn")),
            ("uz", "cyrillic", Some("Cyrl")),
            ("en", "tokenizer", None),
            ("sr", "latinica tokenizer", None),
        ] {
            assert_eq!(kind(code, name), subtag, "{code} {name}");
        }
    }

    #[test]
    fn tags_of_languages_that_exist() {
        for (tag, known) in [
            ("tr-TR", true),
            ("es-419", true),
            ("sr-Latn", true),
            ("fil-PH", true),
            ("xx-YY", false),
            ("en-QQ", false),
            ("qq", false),
        ] {
            assert_eq!(is_known(tag), known, "{tag}");
        }
    }

    #[test]
    fn longer_codes() {
        for (code, is) in [("deu", "de"), ("ger", "de"), ("zho", "zh"), ("cmn", "zh"), ("tur", "tr"), ("fil", "fil")] {
            assert_eq!(shortest(code).as_deref(), Some(is), "{code}");
        }
    }

    #[test]
    fn characters_of_one_chinese() {
        for (simplified, traditional) in
            [('这', '這'), ('们', '們'), ('对', '對'), ('说', '說'), ('实', '實'), ('发', '發'), ('关', '關')]
        {
            assert_eq!(only(simplified), Only::Simplified, "{simplified}");
            assert_eq!(only(traditional), Only::Traditional, "{traditional}");
        }
        // Japanese has these, too.
        for c in ['学', '国', '時', '図', '中', 'a'] {
            assert_eq!(only(c), Only::Neither, "{c}");
        }
    }
}
