//! Reads a table of `book.toml`, and says what is wrong in it: all of it, each with its place and what to do.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::PassName;
use super::place::Places;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::notebook::Together;

/// A table that knows which of its keys were asked for, and where it stands in the file.
pub(super) struct Table<'a, 'p> {
    values: &'a Map<String, Value>,
    path: Vec<String>,
    asked: Vec<String>,
    places: &'a Places<'p>,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl<'a, 'p> Table<'a, 'p> {
    pub(super) fn new(
        values: &'a Map<String, Value>,
        path: Vec<String>,
        places: &'a Places<'p>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { values, path, asked: Vec::new(), places, diagnostics }
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.values.keys().cloned().collect()
    }

    pub(super) fn name(&self, key: &str) -> String {
        self.path.iter().map(String::as_str).chain([key]).collect::<Vec<_>>().join(".")
    }

    pub(super) fn place(&self, key: &str) -> Place {
        let path: Vec<&str> = ["preprocessor", "bilingual"]
            .into_iter()
            .chain(self.path.iter().map(String::as_str))
            .chain([key])
            .collect();
        self.places.of(&path)
    }

    pub(super) fn wrong(&mut self, key: &str, why: String) {
        let place = self.place(key);
        self.diagnostics.push(Diagnostic::new(Code::ConfigValue, format!("`{}`: {why}", self.name(key))).at(place));
    }

    pub(super) fn get(&mut self, key: &str) -> Option<&'a Value> {
        self.asked.push(key.to_owned());
        self.values.get(key)
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        let value = self.get(key)?;
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong(key, format!("{value} is not a text; put it in quotation marks"));
        }
        text
    }

    /// A text that says something.
    pub(super) fn word(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        if text.trim().is_empty() {
            self.wrong(key, "it is empty; write a text, or delete the key".to_owned());
            return None;
        }
        Some(text)
    }

    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let value = self.get(key)?;
        if value.as_bool().is_none() {
            self.wrong(key, format!("{value} is neither true nor false"));
        }
        value.as_bool()
    }

    pub(super) fn number(&mut self, key: &str) -> Option<usize> {
        let value = self.get(key)?;
        let number = value.as_u64().and_then(|number| usize::try_from(number).ok());
        if number.is_none() {
            self.wrong(key, format!("{value} is not a whole number, 0 or more"));
        }
        number
    }

    pub(super) fn count(&mut self, key: &str) -> Option<usize> {
        let value = self.get(key)?;
        let count = value.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count > 0);
        if count.is_none() {
            self.wrong(key, format!("{value} is not a whole number above zero"));
        }
        count
    }

    pub(super) fn list(&mut self, key: &str) -> Option<Vec<String>> {
        let value = self.get(key)?;
        let list = value.as_array().and_then(|list| list.iter().map(|item| item.as_str().map(str::to_owned)).collect());
        if list.is_none() {
            self.wrong(key, format!("{value} is not a list of texts, such as [\"a\", \"b\"]"));
        }
        list
    }

    /// A list of texts that say something.
    pub(super) fn words(&mut self, key: &str) -> Vec<String> {
        let mut words = self.list(key).unwrap_or_default();
        let count = words.len();
        words.retain(|word| !word.trim().is_empty());
        if words.len() < count {
            self.wrong(key, "one of these texts is empty; write a text, or take it out".to_owned());
        }
        words
    }

    /// A list of lists of files.
    pub(super) fn together(&mut self, key: &str) -> Vec<Together> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let files = |group: &Value| -> Option<Vec<String>> {
            let files =
                group.as_array()?.iter().map(|file| file.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()?;
            (files.len() > 1).then_some(files)
        };
        let groups: Option<Vec<_>> = value.as_array().and_then(|groups| groups.iter().map(files).collect());
        if groups.is_none() {
            self.wrong(key, format!("{value} is not a list of lists of files, such as [[\"a.md\", \"b.md\"]]"));
        }
        let place = self.place(key);
        groups.unwrap_or_default().into_iter().map(|files| Together { files, place: place.clone() }).collect()
    }

    pub(super) fn passes(&mut self, key: &str) -> Option<Vec<PassName>> {
        let mut passes = Vec::new();
        for name in self.list(key)? {
            match PassName::ALL.iter().find(|pass| pass.name() == name) {
                Some(pass) => passes.push(*pass),
                None => {
                    let all: Vec<_> = PassName::ALL.iter().map(|pass| pass.name()).collect();
                    self.wrong(key, format!("there is no pass “{name}”; choose from {}", all.join(", ")));
                }
            }
        }
        Some(passes)
    }

    pub(super) fn choice<T: Copy>(&mut self, key: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        let chosen = choices.iter().find(|(name, _)| *name == text).map(|(_, chosen)| *chosen);
        if chosen.is_none() {
            let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            self.wrong(key, format!("“{text}” is not a choice; write {}", names.join(" or ")));
        }
        chosen
    }

    pub(super) fn table(&mut self, key: &str, read: impl FnOnce(&mut Table<'_, '_>)) {
        let Some(value) = self.get(key) else { return };
        let Some(values) = value.as_object() else {
            let name = self.name(key);
            self.wrong(key, format!("this is a table; write [preprocessor.bilingual.{name}]"));
            return;
        };
        let path = self.path.iter().cloned().chain([key.to_owned()]).collect();
        let mut table = Table::new(values, path, self.places, self.diagnostics);
        read(&mut table);
        table.finish(&[]);
    }

    /// Reports the keys that nobody asked for, other than `foreign` ones.
    pub(super) fn finish(&mut self, foreign: &[&str]) {
        let known: Vec<&str> = self.asked.iter().map(String::as_str).collect();
        let asked: BTreeSet<&str> = known.iter().copied().collect();
        for key in self.keys() {
            if asked.contains(key.as_str()) || foreign.contains(&key.as_str()) {
                continue;
            }
            let near = known
                .iter()
                .copied()
                .find(|known| key.len() < 2 * known.len() && strsim::damerau_levenshtein(known, &key) <= 2);
            let remedy = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            };
            let message = format!("there is no key `{}`; {remedy}", self.name(&key));
            let place = self.place(&key);
            self.diagnostics.push(Diagnostic::new(Code::ConfigKey, message).at(place));
        }
    }
}
