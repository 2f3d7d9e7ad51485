//! `[preprocessor.bilingual.language.TAG]`, and `languages`.

use std::collections::BTreeMap;

use super::Placed;
use super::key::Key;
use super::table::table;
use crate::diagnostic::Message;
use crate::values::Language;

table! {
    /// What a language is called, and what the book is called in it.
    pub struct LanguageConfig {
        /// What the language is called in itself.
        pub name: Option<String> = word("name"),
        /// What else links to the language are called, and its folders and suffixes.
        pub names: Vec<String> = words("names"),
        /// The book's title in this language, in the browser's title and in the switch of a page of no language.
        pub title: Option<String> = word("title"),
        /// A sentence behind that title in the switch.
        pub description: Option<String> = text("description"),
        /// What readers are told in place of our messages, by their names, in Fluent's syntax.
        pub messages: BTreeMap<String, String> = messages("messages"),
    }
}

/// What the configuration has to know of the messages that readers are shown. They are not below it, so that whoever
/// knows both hands them in.
#[derive(Debug, Clone, Copy)]
pub struct KnownMessages {
    /// All of them: their names, and what they are in English, in Fluent's syntax.
    pub all: fn() -> Vec<(&'static str, &'static str)>,
    /// Whether a text can replace the message of a name; else what is wrong, and what to do.
    pub check: fn(name: &str, text: &str) -> Result<(), Message>,
}

impl KnownMessages {
    /// No message, and no text that is wrong.
    pub(super) const NONE: Self = Self { all: Vec::new, check: |_, _| Ok(()) };
}

impl Key<'_, '_> {
    /// Tags of languages in the order in which they are shown.
    pub(super) fn languages(&mut self) -> Vec<Language> {
        let mut languages = Vec::new();
        for tag in self.texts() {
            match Language::parse(&tag) {
                Ok(language) if !language.is_of_a_book() => {
                    self.wrong(Message::new(format!("“{tag}” is the tag of no language"), "take it out"));
                }
                Ok(language) if !languages.contains(&language) => languages.push(language),
                Ok(_) => self.wrong(format!("“{tag}” is listed twice")),
                Err(error) => self.wrong(error),
            }
        }
        languages
    }

    /// A table for each language.
    pub(super) fn by_language(&mut self) -> BTreeMap<Language, Placed<LanguageConfig>> {
        let mut tables = BTreeMap::new();
        let about = "What one language is called, and the book in it, by its BCP 47 tag.";
        self.each("TAG", about, |key| {
            // Where the table is described, no tag is there yet.
            let chosen = key.table(LanguageConfig::read);
            match Language::parse(key.name()) {
                Ok(language) => drop(tables.insert(language, key.placed(chosen))),
                Err(error) => key.wrong(error),
            }
        });
        tables
    }

    /// Messages, each as what replaces it.
    fn messages(&mut self) -> BTreeMap<String, String> {
        let mut replaced = BTreeMap::new();
        self.table(|table| {
            let known = table.messages();
            if table.is_described() {
                for (name, english) in (known.all)() {
                    table.key(name, english).text();
                }
            }
            for name in table.names() {
                let mut key = table.key(&name, "");
                let Some(text) = key.text() else { continue };
                match (known.check)(&name, &text) {
                    Ok(()) => drop(replaced.insert(name.clone(), text)),
                    Err(error) => key.wrong(error),
                }
            }
        });
        replaced
    }
}
