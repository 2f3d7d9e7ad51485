//! The table `[preprocessor.bilingual]` of a `book.toml`, and `[output.bilingual-site]`.
//!
//! Every key is optional, keys are kebab-case, and a key that does not exist is an error that names the ones that do:
//! a misspelt `missing` must not silently say nothing. mdBook's own keys in the table are left to mdBook.
//!
//! There is a struct for each table of the file, with a field for each key, and each in a file of its own. A value that
//! something may be said of later keeps its place ([`Placed`]).
//!
//! # Adding a key
//! A line in the struct of its table, as `table.rs` shows it, and a row on the guide's page
//! `reference/configuration.md`, in both languages.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::notebook::sightings::{StrayFault, StrayLanguage};
use crate::text::Words;
use crate::values::{Language, Script, Tags};

mod choice;
mod copies;
mod cross_post;
mod export;
mod formulas;
mod freshness;
mod history;
mod key;
mod language;
mod language_switch;
mod learning_path;
mod links;
mod pass_name;
mod place;
mod review_status;
mod schema;
mod silence;
mod site;
mod table;
mod words;

pub use copies::CopiesConfig;
pub use cross_post::CrossPostConfig;
pub use export::{ExportConfig, LinkWay};
pub use formulas::FormulasConfig;
pub use freshness::{FreshnessConfig, Thresholds};
pub use history::HistoryConfig;
pub use language::{KnownMessages, LanguageConfig};
pub use language_switch::{LanguageSwitchConfig, MissingEdition};
pub use learning_path::{GroupBy, LearningPathConfig};
pub use links::LinksConfig;
pub use pass_name::{Need, PassName};
pub use place::{BookToml, Placed};
pub use review_status::ReviewStatusConfig;
pub use schema::schema;
pub use silence::{Pattern, Silence};
pub use site::{SITE, SearchEngine, SiteConfig, read_site};

use choice::choices;
use table::{Home, Table, TableContext, table};

/// Where ours stands. Its keys are named without the tables that lead to it, as the guide does.
const OURS: Home = Home { tables: &["preprocessor", "bilingual"], is_said: false };

table! {
    /// What a book chose.
    pub struct Config {
        /// The book's languages as BCP 47 tags, in the order in which they are shown.
        pub languages: Vec<Language> = languages("languages"),
        /// The catalogues, from the folder of `book.toml`; the first counts most.
        pub catalogue: Placed<Vec<String>> = files("catalogue"),
        /// The folder whose notes the sources mirror, from the folder of `book.toml`.
        pub notes: Option<Placed<PathBuf>> = folder("notes"),
        /// Lists of files that are editions of one note, from the folder of `book.toml` or of the sources.
        pub pair: Vec<Placed<Vec<String>>> = groups("pair"),
        /// Lists of files that are no editions of one note, whatever else says so.
        pub separate: Vec<Placed<Vec<String>>> = groups("separate"),
        /// The passes that run.
        pub passes: Vec<PassName> = choices("passes", "pass", PassName::ALL),
        /// Passes that do not run.
        pub skip: Vec<PassName> = choices("skip", "pass", &[]),
        /// What warnings do: with `"deny"` they fail the build.
        pub warnings: Warnings = choice("warnings", Warnings::Warn),
        /// The links between the editions of a note.
        pub language_switch: LanguageSwitchConfig = table("language-switch", LanguageSwitchConfig::read),
        /// The banners that lead to copies on other sites.
        pub cross_post: CrossPostConfig = table("cross-post", CrossPostConfig::read),
        /// How far texts have come, and when they are reviewed again.
        pub review_status: ReviewStatusConfig = table("review-status", ReviewStatusConfig::read),
        /// When a translation is called behind: when it misses as much as each of these.
        pub freshness: FreshnessConfig = table("freshness", FreshnessConfig::read),
        /// When a copy elsewhere is called behind: when it misses as much as each of these.
        pub copies: CopiesConfig = table("copies", CopiesConfig::read),
        /// The notes in the order in which they were written.
        pub learning_path: LearningPathConfig = table("learning-path", LearningPathConfig::read),
        /// Where links lead.
        pub links: LinksConfig = table("links", LinksConfig::read),
        /// What formulas know besides TeX.
        pub formulas: FormulasConfig = table("formulas", FormulasConfig::read),
        /// What `export` writes for other sites.
        pub export: ExportConfig = table("export", ExportConfig::read),
        /// What git knows of the notes.
        pub history: HistoryConfig = table("history", HistoryConfig::read),
        /// What the book's authors call things, beside the words that are built in.
        pub words: Words = vocabulary("words"),
        /// What each language is called, and the book in it.
        pub language: BTreeMap<Language, Placed<LanguageConfig>> = by_language("language"),
        /// What the book does not want to hear.
        pub silence: Silence = table("silence", Silence::read),
    }
}

choices! {
    /// What warnings do.
    pub enum Warnings {
        /// They are said.
        Warn = "warn",
        /// They fail the build.
        Deny = "deny",
    }
}

/// Reads the table. The values come from `values`, none where the table is not there, which mdBook may have changed from the environment, and their places
/// from `book_toml`.
#[must_use]
pub fn read(
    values: Option<&Map<String, Value>>,
    book_toml: &BookToml,
    messages: &KnownMessages,
    diagnostics: &mut Diagnostics,
) -> Config {
    let mdbooks: Vec<&str> = schema::MDBOOKS.iter().map(|(name, ..)| *name).collect();
    let context = TableContext { home: &OURS, book_toml, messages };
    let mut config = Table::root(values, &mdbooks, context, diagnostics, Config::read);
    for (language, chosen) in &config.language {
        let names = chosen.value.names.iter().chain(&chosen.value.name);
        config.words.languages.extend(names.map(|name| (name.clone(), language.clone())));
    }
    config
}

impl Config {
    /// Gives each `[preprocessor.bilingual.language.TAG]` to the language of the book that it means: `zh` to `zh-CN`
    /// in a book that has no other Chinese; likewise the language of `freshness.source`. Gives the languages that
    /// the book does not have.
    pub fn settle(&mut self, languages: &[Language]) -> Vec<StrayLanguage> {
        let tags = Tags::new(languages);
        let mut strays = Vec::new();
        let mut stray = |language: &Language, fault, place| {
            strays.push(StrayLanguage { language: language.clone(), fault, place });
        };
        if let Some(source) = &mut self.freshness.source {
            match tags.get(source.value.tag()) {
                Some(own) => source.value.clone_from(own),
                None => stray(&source.value, StrayFault::UnknownSource, source.place()),
            }
        }
        // A full tag comes before what is short for it.
        let mut tables: Vec<_> = std::mem::take(&mut self.language).into_iter().collect();
        tables.sort_by_key(|(language, _)| !languages.contains(language));
        for (language, chosen) in tables {
            match tags.get(language.tag()) {
                Some(own) if *own == language || !self.language.contains_key(own) => {
                    self.language.insert(own.clone(), chosen);
                }
                Some(own) => stray(own, StrayFault::Twice, chosen.place()),
                None => stray(&language, StrayFault::Unknown, chosen.place()),
            }
        }
        strays
    }

    /// Whether a pass runs.
    #[must_use]
    pub fn runs(&self, pass: PassName) -> bool {
        self.passes.contains(&pass) && !self.skip.contains(&pass)
    }

    /// Whether lines of a page in a writing are joined where East Asian characters meet: in Chinese and Japanese, which
    /// have no spaces between words, if the book wants it. Korean has.
    #[must_use]
    pub fn joins_lines(&self, script: Option<Script>) -> bool {
        self.runs(PassName::LineBreaks) && matches!(script, Some(Script::Han | Script::Japanese))
    }

    /// Whether some pass runs that needs this.
    #[must_use]
    pub fn needs(&self, need: Need) -> bool {
        // How much a copy misses is asked where banners say it.
        if need == Need::History && self.cross_post.newer && self.runs(PassName::CrossPost) {
            return true;
        }
        self.passes.iter().any(|pass| pass.needs() == Some(need) && self.runs(*pass))
    }

    /// Whether warnings fail the build.
    #[must_use]
    pub fn denies_warnings(&self) -> bool {
        self.warnings == Warnings::Deny
    }

    /// What the book says of a language.
    #[must_use]
    pub fn of(&self, language: &Language) -> Option<&LanguageConfig> {
        self.language.get(language).map(|chosen| &chosen.value)
    }

    /// The messages that the book replaces.
    #[must_use]
    pub fn messages(&self) -> BTreeMap<&Language, &BTreeMap<String, String>> {
        self.language.iter().map(|(language, own)| (language, &own.value.messages)).collect()
    }

    /// A language's name in itself.
    #[must_use]
    pub fn autonym<'a>(&'a self, language: &'a Language) -> &'a str {
        self.of(language).and_then(|chosen| chosen.name.as_deref()).unwrap_or_else(|| language.autonym())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::diagnostic::Message;
    use crate::values::Period;

    /// The configuration of a `book.toml`, and what is wrong in it. It knows one message, which needs a dot.
    pub(crate) fn read(text: &str) -> (Config, Vec<String>) {
        let document: Value = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
        let mut diagnostics = Diagnostics::default();
        let check = |name: &str, text: &str| match (name, text.contains('.')) {
            ("greeting", true) => Ok(()),
            ("greeting", false) => Err(Message::new("it has no dot", "write one")),
            _ => Err(format!("there is no message “{name}”").into()),
        };
        let messages = KnownMessages { all: || vec![("greeting", "Hello.")], check };
        let table = document["preprocessor"]["bilingual"].as_object();
        let config = super::read(table, &BookToml::new(text), &messages, &mut diagnostics);
        (config, diagnostics.sorted().iter().map(ToString::to_string).collect())
    }

    #[test]
    fn an_empty_table_is_the_default() {
        assert_eq!(read("[preprocessor.bilingual]\n"), (Config::default(), vec![]));
    }

    #[test]
    fn everything_that_can_be_said() {
        let (config, said) = read(
            r#"
[preprocessor.bilingual]
command = "x"
renderers = ["html"]
after = ["index"]
before = ["links"]
optional = false
languages = ["zh-cn", "en"]
passes = ["learning-path", "links"]
skip = ["links"]
warnings = "deny"
language-switch.missing = "hide"
review-status = { sidebar-marks = false, review-in = "6 months" }
[preprocessor.bilingual.learning-path]
group-by = "year"
characters-per-minute = 500
words-per-minute = 200
[preprocessor.bilingual.language.zh-CN]
name = "中文"
title = "笔记"
description = "说明"
messages.greeting = "你好."
"#,
        );
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(config.languages[0].tag(), "zh-CN");
        assert!(config.runs(PassName::LearningPath) && !config.runs(PassName::Links));
        assert!(config.needs(Need::History) && !config.needs(Need::Destinations));
        assert!(config.denies_warnings() && !config.review_status.sidebar_marks);
        assert_eq!(config.review_status.review_in, Period::parse("6 months").ok());
        assert_eq!(
            (config.language_switch.missing, config.learning_path.group_by),
            (MissingEdition::Hide, GroupBy::Year)
        );
        assert_eq!((config.learning_path.characters_per_minute, config.learning_path.words_per_minute), (500, 200));
        let chinese = config.of(&config.languages[0]).unwrap();
        assert_eq!(chinese.name.as_deref(), Some("中文"));
        assert_eq!(chinese.messages["greeting"], "你好.");
    }

    #[test]
    fn macros_have_names_with_or_without_a_backslash() {
        let (config, said) = read(
            r#"[preprocessor.bilingual.formulas]
macros = { "\\E" = "\\mathbb{E}", norm = "\\left\\|#1\\right\\|" }
"#,
        );
        assert_eq!(said, Vec::<String>::new());
        let macros = [("E", r"\mathbb{E}"), ("norm", r"\left\|#1\right\|")];
        assert_eq!(config.formulas.macros, macros.map(|(name, body)| (name.to_owned(), body.to_owned())).into());
    }

    #[test]
    fn a_wrong_macro_names_its_key() {
        let (config, said) = read(
            r##"[preprocessor.bilingual.formulas]
macro = 1
[preprocessor.bilingual.formulas.macros]
"\\E" = "\\mathbb{E"
E = "x"
E1 = "x"
"\\a" = "#0"
b = 1
'\c' = "y"
c = "z"
"##,
        );
        let want = [
            "error[config-key]: book.toml:2:1: there is no key `formulas.macro`; did you mean `macros`?",
            "error[config-value]: book.toml:4:1: `formulas.macros.\\E`: this `{` is never closed; add a `}`, or write `\\{` for a brace (at byte 7 of the definition)",
            "error[config-value]: book.toml:6:1: `formulas.macros.E1`: “E1” is not the name of a command; write letters only, such as \"\\\\norm\"",
            "error[config-value]: book.toml:7:1: `formulas.macros.\\a`: “#0” is no argument; write #1 to #9",
            "error[config-value]: book.toml:8:1: `formulas.macros.b`: 1 is not a text; put it in quotation marks",
            "error[config-value]: book.toml:10:1: `formulas.macros.c`: `\\c` is defined twice, with and without its backslash",
        ];
        assert_eq!(said, want);
        assert_eq!(config.formulas.macros["E"], "x");
    }

    #[test]
    fn a_text_that_says_nothing_is_none() {
        let (config, said) = read(
            r#"[preprocessor.bilingual]
history.ignore = ["", "[typo]", " "]
words.draft = [""]
links.repository = "https://me:secret@github.com/o/r"
[preprocessor.bilingual.language.en]
name = ""
names = ["\t"]
title = " "
"#,
        );
        let want = [
            "error[config-value]: book.toml:2:9: `history.ignore`: one of these texts is empty; write a text, or take it out",
            "error[config-value]: book.toml:3:7: `words.draft`: one of these texts is empty; write a text, or take it out",
            "error[config-value]: book.toml:6:1: `language.en.name`: it is empty; write a text, or delete the key",
            "error[config-value]: book.toml:7:1: `language.en.names`: one of these texts is empty; write a text, or take it out",
            "error[config-value]: book.toml:8:1: `language.en.title`: it is empty; write a text, or delete the key",
            "error[url-forbidden]: book.toml:4:7: `links.repository`: “https://me:secret@github.com/o/r” cannot be linked: it holds a name or a password; write an https: address",
        ];
        assert_eq!(said, want);
        assert_eq!((config.history.ignore, config.links.repository), (vec!["[typo]".to_owned()], None));
    }

    #[test]
    fn mistakes_name_the_line_and_the_remedy() {
        let (_, said) = read(
            r#"[preprocessor.bilingual]
langauges = ["en"]
passes = ["zhihu"]
warnings = true
colour = 1
languages = ["!"]
[preprocessor.bilingual.learning-path]
group-by = "month"
words-per-minute = 0
[preprocessor.bilingual.language.zh-CN.messages]
nonsense = "x"
greeting = "x"
"#,
        );
        let want = [
            "error[config-key]: book.toml:2:1: there is no key `langauges`; did you mean `languages`?",
            "error[config-key]: book.toml:5:1: there is no key `colour`; the keys are languages, catalogue, notes, pair, separate, passes, skip, warnings, language-switch, cross-post, review-status, freshness, copies, learning-path, links, formulas, export, history, words, language, silence",
            "error[config-value]: book.toml:3:1: `passes`: there is no pass “zhihu”; choose from language-switch, cross-post, review-status, freshness, learning-path, status-board, links, formulas, emphasis, line-breaks, diagrams, callouts, autolinks, code-languages, plain-text, punctuation, emoji",
            "error[config-value]: book.toml:4:1: `warnings`: true is not a text; put it in quotation marks",
            "error[config-value]: book.toml:6:1: `languages`: “!” is not a language tag; write a BCP 47 tag such as zh-CN, en or ja",
            "error[config-value]: book.toml:8:1: `learning-path.group-by`: “month” is not a choice; write \"section\" or \"year\" or \"none\"",
            "error[config-value]: book.toml:9:1: `learning-path.words-per-minute`: 0 is not a whole number above zero",
            "error[config-value]: book.toml:11:1: `language.zh-CN.messages.nonsense`: there is no message “nonsense”",
            "error[config-value]: book.toml:12:1: `language.zh-CN.messages.greeting`: it has no dot; write one",
        ];
        assert_eq!(said, want);
    }
}
