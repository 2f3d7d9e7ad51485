//! `[output.bilingual-site]`, the table of the renderer `mdbook-bilingual-site`.
//!
//! What mdBook reads in the table of a renderer is left to mdBook, and so is the table `html` in it, which holds every
//! option that mdBook has in `[output.html]`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::KnownMessages;
use super::choice::choices;
use super::key::Key;
use super::place::BookToml;
use super::table::{Home, Table, TableContext, table};
use crate::diagnostic::Diagnostics;
use crate::notebook::sightings::{StrayFault, StrayLanguage};
use crate::values::{Language, Tags};

/// What the renderer is called in a `book.toml`.
pub const SITE: &str = "bilingual-site";

/// The table that holds mdBook's options for HTML, in the renderer's own.
pub(super) const HTML: &str = "html";

/// Where the table stands.
pub(super) const HOME: Home = Home { tables: &["output", SITE], is_said: true };

table! {
    /// What the site is told besides what mdBook knows.
    pub struct SiteConfig {
        /// What search engines are told of a language in place of its tag: `zh-CN = "zh-Hans"`.
        pub hreflang: BTreeMap<Language, Language> = tags("hreflang"),
        /// Whether `sitemap.xml` lists the pages for search engines.
        pub sitemap: bool = flag("sitemap", true),
        /// Whether each language has a feed of its notes.
        pub feeds: bool = flag("feeds", true),
        /// Whether `llms.txt` lists the pages for language models, and each page is there as Markdown.
        pub llms: bool = flag("llms", true),
        /// Whose search the pages have, where `[output.bilingual-site.html.search]` does not switch it off.
        pub search: SearchEngine = choice("search", SearchEngine::Bilingual),
    }
}

choices! {
    /// Whose search the pages have.
    pub enum SearchEngine {
        /// Ours, which finds Chinese phrases and loads a few dozen kilobytes.
        Bilingual = "bilingual",
        /// mdBook's own, for each language by itself.
        Mdbook = "mdbook",
    }
}

/// What search engines know a writing of Chinese by, where a tag names a region: pages in `zh-Hans` are for everybody
/// who reads simplified characters, wherever they are.
const WRITINGS: &[(&str, &str)] = &[("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-HK", "zh-Hant-HK")];

impl SiteConfig {
    /// What search engines are told of one of these languages: what the book says, else the writing of Chinese, else
    /// the tag.
    #[must_use]
    pub fn hreflang_of<'a>(&'a self, language: &'a Language, tags: &Tags) -> &'a str {
        // A full tag comes before what is short for it.
        let short =
            || self.hreflang.iter().find(|(tag, _)| tags.get(tag.tag()) == Some(language)).map(|(_, said)| said);
        if let Some(said) = self.hreflang.get(language).or_else(short) {
            return said.tag();
        }
        let writing = WRITINGS.iter().find(|(tag, _)| *tag == language.tag());
        writing.map_or(language.tag(), |(_, writing)| writing)
    }

    /// The languages that something is said of, and that are none of these.
    #[must_use]
    pub fn strays(&self, languages: &[Language], book_toml: &BookToml) -> Vec<StrayLanguage> {
        let tags = Tags::new(languages);
        let unknown = self.hreflang.keys().filter(|language| tags.get(language.tag()).is_none());
        let stray = |language: &Language| StrayLanguage {
            language: language.clone(),
            fault: StrayFault::Unknown,
            place: book_toml.place(&["output", SITE, "hreflang", language.tag()]),
        };
        unknown.map(stray).collect()
    }
}

/// Reads the table. The values come from `values`, and their places from `book_toml`.
#[must_use]
pub fn read_site(
    values: Option<&Map<String, Value>>,
    book_toml: &BookToml,
    diagnostics: &mut Diagnostics,
) -> SiteConfig {
    let mdbooks: Vec<&str> = super::schema::MDBOOKS_OUTPUT.iter().map(|(name, ..)| *name).chain([HTML]).collect();
    let context = TableContext { home: &HOME, book_toml, messages: &KnownMessages::NONE };
    Table::root(values, &mdbooks, context, diagnostics, SiteConfig::read)
}

impl Key<'_, '_> {
    /// A tag for each language.
    fn tags(&mut self) -> BTreeMap<Language, Language> {
        let mut tags = BTreeMap::new();
        self.each("TAG", "What search engines are told of this language, as a BCP 47 tag.", |key| {
            let Some(said) = key.parsed(Language::parse) else { return };
            match Language::parse(key.name()) {
                Ok(language) => drop(tags.insert(language, said)),
                Err(error) => key.wrong(error),
            }
        });
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (SiteConfig, Vec<String>) {
        let document: Value = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
        let mut diagnostics = Diagnostics::default();
        let table = document["output"][SITE].as_object();
        let site = read_site(table, &BookToml::new(text), &mut diagnostics);
        (site, diagnostics.sorted().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_table_says_what_the_site_is_told() {
        assert_eq!(read(""), (SiteConfig::default(), Vec::new()));
        let (site, said) = read(
            "[output.bilingual-site]\ncommand = \"x\"\noptional = true\nfeeds = false\nhreflang = { zh = \"zh\", zh-TW = \"zh-Hant-TW\" }\n[output.bilingual-site.html]\nwhatever = 1\n",
        );
        assert_eq!(said, Vec::<String>::new());
        assert!(site.sitemap && !site.feeds && site.llms);
        let language = |tag| Language::parse(tag).unwrap();
        let tags = Tags::new(&["zh-CN", "zh-TW", "zh-HK", "en"].map(language));
        let told = |site: &SiteConfig, tag| site.hreflang_of(&language(tag), &tags).to_owned();
        assert_eq!(
            ["zh-CN", "zh-TW", "zh-HK", "en"].map(|tag| told(&site, tag)),
            ["zh", "zh-Hant-TW", "zh-Hant-HK", "en"]
        );
        let plain = SiteConfig::default();
        assert_eq!(["zh-CN", "zh-TW", "en"].map(|tag| told(&plain, tag)), ["zh-Hans", "zh-Hant", "en"]);
    }

    #[test]
    fn a_language_that_the_book_does_not_have() {
        let text = "[output.bilingual-site.hreflang]\nzh = \"zh\"\nja = \"ja\"\n";
        let languages = ["zh-CN", "en"].map(|tag| Language::parse(tag).unwrap());
        let strays = read(text).0.strays(&languages, &BookToml::new(text));
        let said: Vec<String> = strays.iter().map(|stray| format!("{} {}", stray.place, stray.language)).collect();
        assert_eq!(said, ["book.toml:3:1 ja"]);
    }

    #[test]
    fn mistakes_name_the_line_and_the_remedy() {
        let (_, said) = read(
            "[output.bilingual-site]\nfeed = false\nllms = 1\ncolour = 1\nhreflang = { \"!\" = \"en\", en = \"?\" }\n",
        );
        let want = [
            "error[config-key]: book.toml:2:1: there is no key `output.bilingual-site.feed`; did you mean `feeds`?",
            "error[config-key]: book.toml:4:1: there is no key `output.bilingual-site.colour`; the keys are hreflang, sitemap, feeds, llms, search",
            "error[config-value]: book.toml:3:1: `output.bilingual-site.llms`: 1 is neither true nor false",
            "error[config-value]: book.toml:5:14: `output.bilingual-site.hreflang.!`: “!” is not a language tag; write a BCP 47 tag such as zh-CN, en or ja",
            "error[config-value]: book.toml:5:26: `output.bilingual-site.hreflang.en`: “?” is not a language tag; write a BCP 47 tag such as zh-CN, en or ja",
        ];
        assert_eq!(said, want);
        let (site, said) = read("[output.bilingual-site]\nhreflang = \"zh-Hans\"\n");
        assert_eq!(site, SiteConfig::default());
        assert_eq!(
            said,
            [
                "error[config-value]: book.toml:2:1: `output.bilingual-site.hreflang`: this is a table; write [output.bilingual-site.hreflang]"
            ]
        );
    }
}
