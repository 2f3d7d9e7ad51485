//! The table `[preprocessor.bilingual]` of a `book.toml`.
//!
//! Every key is optional, keys are kebab-case, and a key that does not exist is an error that names the ones that do:
//! a misspelt `missing` must not silently say nothing. mdBook's own keys in the table are left to mdBook.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::messages;
use crate::notebook::cross_post::{Refused, linkable};
use crate::notebook::{Together, Words, formula};
use crate::values::{Language, Period, Repository, Status, Tags};

mod pass_name;
mod place;
mod silence;
mod table;

pub use pass_name::PassName;
pub use silence::{Pattern, Silence};

use place::Places;
use table::Table;

/// The keys that mdBook itself reads from a preprocessor's table.
const MDBOOK_KEYS: &[&str] = &["command", "renderers", "before", "after", "optional"];

/// What a book chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The book's languages, in the order in which they are shown; empty when the book does not list them.
    pub languages: Vec<Language>,
    /// The passes that run.
    pub passes: Vec<PassName>,
    /// Whether warnings fail the build.
    pub deny_warnings: bool,
    /// What the language switch does about an edition that does not exist.
    pub missing: Missing,
    /// Whether a status is marked in the sidebar.
    pub sidebar_marks: bool,
    /// How long after a review the next one is due, where no front matter says it.
    pub review_in: Option<Period>,
    /// How the learning path is divided.
    pub group_by: GroupBy,
    /// How fast Chinese, Japanese and Korean text is read, in characters a minute.
    pub characters_per_minute: usize,
    /// How fast text in other scripts is read, in words a minute.
    pub words_per_minute: usize,
    /// What a language is called, and what the book is called in it.
    pub language: BTreeMap<Language, LanguageConfig>,
    /// `[preprocessor.bilingual.words]`, and what links to each language are called.
    pub words: Words,
    /// The files that list the notes, relative to the book's root.
    pub catalogues: Vec<String>,
    /// Files that are editions of one note, whatever else says otherwise.
    pub pairs: Vec<Together>,
    /// Files that are not, whatever else says otherwise.
    pub separate: Vec<Together>,
    /// What the links pass does.
    pub links: Links,
    /// What the formulas pass knows besides TeX.
    pub formulas: Formulas,
    /// When a translation is behind, as far as readers are told.
    pub freshness: Thresholds,
    /// What git is asked, and what does not count there.
    pub history: HistoryConfig,
    /// What the book does not want to hear.
    pub silence: Silence,
    /// Whether our switch takes the place of the one that a note's author wrote.
    pub replace_switch: bool,
    /// Whether our banner takes the place of the line that a note's author wrote.
    pub replace_cross_post: bool,
}

/// `[preprocessor.bilingual.links]`: each part of the links pass can be switched off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// Links to `README.md` and to folders lead to their pages.
    pub pages: bool,
    /// Links to a note in another language lead to the one in the page's own.
    pub own_language: bool,
    /// Addresses of the book's repository lead into the book.
    pub inward: bool,
    /// Links to files that are not in the book lead to the repository's page.
    pub outward: bool,
    /// Links that lead nowhere are reported.
    pub dead: bool,
    /// The address of the repository; `output.html.git-repository-url` where it is absent.
    pub repository: Option<String>,
    /// The branches whose pages are this book's files.
    pub branches: Vec<String>,
}

impl Default for Links {
    fn default() -> Self {
        Self {
            pages: true,
            own_language: true,
            inward: true,
            outward: true,
            dead: true,
            repository: None,
            branches: Vec::new(),
        }
    }
}

/// `[preprocessor.bilingual.formulas]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Formulas {
    /// The book's own commands: their names without the backslash, and the TeX that they stand for, with `#1` to `#9` for
    /// what stands behind them.
    pub macros: BTreeMap<String, String>,
}

/// `[preprocessor.bilingual.freshness]`: a translation that misses less than one of these is not called behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// Commits of the source's text.
    pub commits: usize,
    /// Days from what the translation knows to the last change of its source.
    pub days: usize,
    /// Lines of the source that are new or gone.
    pub lines: usize,
    /// The language that notes are written in first, where no front matter says it.
    pub source: Option<Language>,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { commits: 1, days: 0, lines: 0, source: None }
    }
}

/// `[preprocessor.bilingual.history]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryConfig {
    /// Whether git is asked at all.
    pub git: bool,
    /// What a commit's message holds when it changes no text: its commit is not counted.
    pub ignore: Vec<String>,
}

impl Default for HistoryConfig {
    fn default() -> Self {
        Self { git: true, ignore: Vec::new() }
    }
}

/// `[preprocessor.bilingual.language.TAG]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LanguageConfig {
    /// The language's name in itself.
    pub name: Option<String>,
    /// The book's title in this language.
    pub title: Option<String>,
    /// The book's description in this language.
    pub description: Option<String>,
    /// Messages that replace ours, by their name, in Fluent's syntax.
    pub messages: BTreeMap<String, String>,
}

/// What the language switch does about an edition that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// It says so in words.
    Say,
    /// It is silent.
    Hide,
}

/// How the learning path is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// By the book's sections.
    Section,
    /// By the year of publication.
    Year,
    /// Not at all.
    None,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            languages: Vec::new(),
            passes: PassName::ALL.to_vec(),
            deny_warnings: false,
            missing: Missing::Say,
            sidebar_marks: true,
            review_in: None,
            group_by: GroupBy::Section,
            characters_per_minute: 400,
            words_per_minute: 220,
            language: BTreeMap::new(),
            words: Words::default(),
            catalogues: Vec::new(),
            pairs: Vec::new(),
            separate: Vec::new(),
            links: Links::default(),
            formulas: Formulas::default(),
            freshness: Thresholds::default(),
            history: HistoryConfig::default(),
            silence: Silence::default(),
            replace_switch: true,
            replace_cross_post: true,
        }
    }
}

impl Config {
    /// Reads the table. `book_toml` is the text of the file, used to say on which line something is wrong; the values
    /// come from `table`, which mdBook may have changed from the environment.
    #[must_use]
    pub fn read(table: &Map<String, Value>, book_toml: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut config = Self::default();
        let places = Places::new(book_toml);
        let mut root = Table::new(table, Vec::new(), &places, diagnostics);
        if let Some(tags) = root.list("languages") {
            for tag in tags {
                match Language::parse(&tag) {
                    Ok(language) if !language.is_of_a_book() => {
                        root.wrong("languages", format!("“{tag}” is the tag of no language; take it out"));
                    }
                    Ok(language) if !config.languages.contains(&language) => config.languages.push(language),
                    Ok(_) => root.wrong("languages", format!("“{tag}” is listed twice")),
                    Err(why) => root.wrong("languages", why),
                }
            }
        }
        config.catalogues = root.list("catalogue").unwrap_or_default();
        // Where the notes are is the host's to know.
        let _ = root.text("notes");
        config.pairs = root.together("pair");
        config.separate = root.together("separate");
        if let Some(passes) = root.passes("passes") {
            config.passes = passes;
        }
        let skipped = root.passes("skip").unwrap_or_default();
        config.passes.retain(|pass| !skipped.contains(pass));
        config.deny_warnings = root.choice("warnings", &[("warn", false), ("deny", true)]).unwrap_or(false);
        root.table("language-switch", |table| {
            let choices = [("say", Missing::Say), ("hide", Missing::Hide)];
            config.missing = table.choice("missing", &choices).unwrap_or(config.missing);
            config.replace_switch = table.flag("replace").unwrap_or(config.replace_switch);
        });
        root.table("cross-post", |table| {
            config.replace_cross_post = table.flag("replace").unwrap_or(config.replace_cross_post);
        });
        root.table("links", |table| {
            let links = &mut config.links;
            for (key, flag) in [
                ("pages", &mut links.pages),
                ("own-language", &mut links.own_language),
                ("inward", &mut links.inward),
                ("outward", &mut links.outward),
                ("dead", &mut links.dead),
            ] {
                *flag = table.flag(key).unwrap_or(*flag);
            }
            links.repository = table.text("repository").and_then(|text| {
                if let Err(Refused::Forbidden(why)) = linkable(&text) {
                    let place = table.place("repository");
                    let message = format!("`links.repository`: {why}");
                    table.diagnostics.push(Diagnostic::new(Code::UrlForbidden, message).at(place));
                    return None;
                }
                let address = Repository::normalised(&text);
                if address.is_none() {
                    table.wrong(
                        "repository",
                        format!("“{text}” is not the address of a repository, such as https://github.com/owner/name"),
                    );
                }
                address
            });
            links.branches = table.list("branches").unwrap_or_default();
        });
        root.table("formulas", |table| {
            table.table("macros", |table| {
                for key in table.keys() {
                    let Some(body) = table.text(&key) else { continue };
                    let name = key.strip_prefix('\\').unwrap_or(&key).to_owned();
                    match formula::check_macro(&name, &body) {
                        Ok(()) if config.formulas.macros.contains_key(&name) => {
                            table.wrong(&key, format!("`\\{name}` is defined twice, with and without its backslash"));
                        }
                        Ok(()) => {
                            config.formulas.macros.insert(name, body);
                        }
                        Err(why) => table.wrong(&key, why),
                    }
                }
            });
        });
        root.table("freshness", |table| {
            let thresholds = &mut config.freshness;
            for (key, least) in
                [("commits", &mut thresholds.commits), ("days", &mut thresholds.days), ("lines", &mut thresholds.lines)]
            {
                *least = table.number(key).unwrap_or(*least);
            }
            thresholds.source = table.text("source").and_then(|tag| match Language::parse(&tag) {
                Ok(language) => Some(language),
                Err(why) => {
                    table.wrong("source", why);
                    None
                }
            });
        });
        root.table("history", |table| {
            config.history.git = table.flag("git").unwrap_or(config.history.git);
            // Every message holds what has no letters.
            config.history.ignore = table.words("ignore");
        });
        root.table("review-status", |table| {
            config.sidebar_marks = table.flag("sidebar-marks").unwrap_or(config.sidebar_marks);
            config.review_in = table.text("review-in").and_then(|text| match Period::parse(&text) {
                Ok(period) => Some(period),
                Err(why) => {
                    table.wrong("review-in", why);
                    None
                }
            });
        });
        root.table("silence", |table| config.silence = table.silence());
        root.table("learning-path", |table| {
            let choices = [("section", GroupBy::Section), ("year", GroupBy::Year), ("none", GroupBy::None)];
            config.group_by = table.choice("group-by", &choices).unwrap_or(config.group_by);
            let characters = table.count("characters-per-minute");
            config.characters_per_minute = characters.unwrap_or(config.characters_per_minute);
            config.words_per_minute = table.count("words-per-minute").unwrap_or(config.words_per_minute);
        });
        root.table("language", |table| {
            for tag in table.keys() {
                let language = match Language::parse(&tag) {
                    Ok(language) => language,
                    Err(why) => {
                        table.wrong(&tag, why);
                        continue;
                    }
                };
                table.table(&tag, |table| {
                    let names = table.words("names");
                    let mut chosen = LanguageConfig {
                        name: table.word("name"),
                        title: table.word("title"),
                        description: table.text("description"),
                        messages: BTreeMap::new(),
                    };
                    table.table("messages", |table| {
                        for id in table.keys() {
                            let Some(text) = table.text(&id) else { continue };
                            match messages::check(&id, &text) {
                                Ok(()) => {
                                    chosen.messages.insert(id, text);
                                }
                                Err(why) => table.wrong(&id, why),
                            }
                        }
                    });
                    let names = names.into_iter().chain(chosen.name.clone());
                    config.words.languages.extend(names.map(|name| (name, language.clone())));
                    config.language.insert(language, chosen);
                });
            }
        });
        root.table("words", |table| {
            for status in Status::ALL {
                for word in table.words(status.name()) {
                    config.words.statuses.insert(word, *status);
                }
            }
            config.words.cross_post = table.words("cross-post");
        });
        root.finish(MDBOOK_KEYS);
        config
    }

    /// Gives each `[preprocessor.bilingual.language.TAG]` to the language of the book that it means: `zh` to `zh-CN`
    /// in a book that has no other Chinese; likewise the language of `freshness.source`. A language that the book does not
    /// have is reported.
    pub fn settle(&mut self, languages: &[Language], book_toml: &str, diagnostics: &mut Diagnostics) {
        let tags = Tags::new(languages);
        let places = Places::new(book_toml);
        if let Some(source) = &mut self.freshness.source {
            match tags.get(source.tag()) {
                Some(own) => source.clone_from(own),
                None => {
                    let own: Vec<&str> = languages.iter().map(Language::tag).collect();
                    let message = format!(
                        "`freshness.source`: this book has no language {source}, only {}; correct the tag",
                        own.join(", ")
                    );
                    let place = places.of(&["preprocessor", "bilingual", "freshness", "source"]);
                    diagnostics.push(Diagnostic::new(Code::LanguageUnknown, message).at(place));
                }
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
                _ => {
                    let path = ["preprocessor", "bilingual", "language", language.tag()];
                    let place = places.of(&path);
                    let message = match tags.get(language.tag()) {
                        Some(own) => format!("there is a table for {own} already; put both into one"),
                        None => {
                            let own: Vec<&str> = languages.iter().map(Language::tag).collect();
                            let own = own.join(", ");
                            format!(
                                "this book has no language {language}, only {own}; correct the tag, or add it to `languages`"
                            )
                        }
                    };
                    diagnostics.push(Diagnostic::new(Code::LanguageUnknown, message).at(place));
                }
            }
        }
    }

    /// Whether a pass runs.
    #[must_use]
    pub fn runs(&self, pass: PassName) -> bool {
        self.passes.contains(&pass)
    }

    /// What the book says of a language.
    #[must_use]
    pub fn of(&self, language: &Language) -> Option<&LanguageConfig> {
        self.language.get(language)
    }

    /// The messages that the book replaces.
    #[must_use]
    pub fn messages(&self) -> BTreeMap<&Language, &BTreeMap<String, String>> {
        self.language.iter().map(|(language, own)| (language, &own.messages)).collect()
    }

    /// A language's name in itself.
    #[must_use]
    pub fn autonym<'a>(&'a self, language: &'a Language) -> &'a str {
        self.of(language).and_then(|chosen| chosen.name.as_deref()).unwrap_or_else(|| language.autonym())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<String>) {
        let document: Value = serde_json::to_value(toml::from_str::<toml::Table>(text).unwrap()).unwrap();
        let table = document["preprocessor"]["bilingual"].as_object().unwrap();
        let mut diagnostics = Diagnostics::default();
        let config = Config::read(table, text, &mut diagnostics);
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
messages.status-draft = "初稿"
"#,
        );
        assert_eq!(said, Vec::<String>::new());
        assert_eq!(config.languages[0].tag(), "zh-CN");
        assert_eq!(config.passes, [PassName::LearningPath]);
        assert!(config.deny_warnings && !config.sidebar_marks);
        assert_eq!(config.review_in, Period::parse("6 months").ok());
        assert_eq!((config.missing, config.group_by), (Missing::Hide, GroupBy::Year));
        assert_eq!((config.characters_per_minute, config.words_per_minute), (500, 200));
        let chinese = config.of(&config.languages[0]).unwrap();
        assert_eq!(chinese.name.as_deref(), Some("中文"));
        assert_eq!(chinese.messages["status-draft"], "初稿");
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
status-draft = "{ $"
"#,
        );
        let want = [
            "error[config-key]: book.toml:2:1: there is no key `langauges`; did you mean `languages`?",
            "error[config-key]: book.toml:5:1: there is no key `colour`; the keys are languages, catalogue, notes, pair, separate, passes, skip, warnings, language-switch, cross-post, links, formulas, freshness, history, review-status, silence, learning-path, language, words",
            "error[config-value]: book.toml:3:1: `passes`: there is no pass “zhihu”; choose from language-switch, cross-post, review-status, freshness, learning-path, status-board, links, formulas, emphasis, line-breaks, diagrams, callouts, autolinks, code-languages, plain-text, punctuation, emoji",
            "error[config-value]: book.toml:4:1: `warnings`: true is not a text; put it in quotation marks",
            "error[config-value]: book.toml:6:1: `languages`: “!” is not a language tag; write a BCP 47 tag such as zh-CN, en or ja",
            "error[config-value]: book.toml:8:1: `learning-path.group-by`: “month” is not a choice; write \"section\" or \"year\" or \"none\"",
            "error[config-value]: book.toml:9:1: `learning-path.words-per-minute`: 0 is not a whole number above zero",
        ];
        for line in want {
            assert!(said.iter().any(|said| said == line), "{line}\n{said:#?}");
        }
        assert!(
            said.iter()
                .any(|said| said.contains("book.toml:11:1: `language.zh-CN.messages.nonsense`: there is no message")),
            "{said:#?}"
        );
        assert!(
            said.iter().any(|said| said.contains("book.toml:12:1: `language.zh-CN.messages.status-draft`: ")),
            "{said:#?}"
        );
        assert_eq!(said.len(), 9, "{said:#?}");
    }
}
