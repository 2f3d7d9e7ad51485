//! Reads what stands behind a key as one kind of value, and says what is wrong with that.
//!
//! Kinds that only one table has are beside its struct.

use std::path::PathBuf;

use serde_json::Value;

use super::choice::Choice;
use super::place::Placed;
use super::schema::{Keys, Schema};
use super::table::Table;
use crate::diagnostic::{Code, Message};

/// A key of a table.
pub(super) struct Key<'t, 'a> {
    table: &'t mut Table<'a>,
    name: &'t str,
    about: &'t str,
}

impl<'t, 'a> Key<'t, 'a> {
    pub(super) fn new(table: &'t mut Table<'a>, name: &'t str, about: &'t str) -> Self {
        Self { table, name, about }
    }

    /// Its table.
    pub(super) fn table_above(&mut self) -> &mut Table<'a> {
        self.table
    }

    /// The name in its table.
    pub(super) fn name(&self) -> &'t str {
        self.name
    }

    /// The name with those of the tables above it: of ours, from ours on.
    pub(super) fn full_name(&self) -> String {
        self.table.full_name(self.name)
    }

    /// Says that the value cannot be used, and why, with what to do.
    pub(super) fn wrong(&mut self, why: impl Into<Message>) {
        self.report(Code::ConfigValue, why.into().of(format_args!("`{}`", self.full_name())));
    }

    /// Says something of the key.
    pub(super) fn report(&mut self, code: Code, message: impl Into<Message>) {
        self.table.report(self.name, code, message);
    }

    /// A value, with the place of this key.
    pub(super) fn placed<T>(&self, value: T) -> Placed<T> {
        self.table.placed(self.name, value)
    }

    /// The value as it stands; the schema says what it may be.
    fn value(&mut self, schema: impl FnOnce() -> Schema) -> Option<&'a Value> {
        self.table.value(self.name, || schema().about(self.about))
    }

    /// The value as one of a kind; for any other, `why` says what is wrong.
    fn read<T>(
        &mut self,
        schema: impl FnOnce() -> Schema,
        take: impl FnOnce(&Value) -> Option<T>,
        why: impl Into<Message>,
    ) -> Option<T> {
        let value = self.value(schema)?;
        let taken = take(value);
        if taken.is_none() {
            let Message { what, remedy } = why.into();
            self.wrong(Message { what: format!("{value} {what}"), remedy });
        }
        taken
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, default: bool) -> bool {
        let schema = || Schema::flag().otherwise(default);
        self.read(schema, Value::as_bool, "is neither true nor false").unwrap_or(default)
    }

    /// A whole number, 0 or more.
    pub(super) fn number(&mut self, default: usize) -> usize {
        let schema = || Schema::number(0).otherwise(default);
        self.read(schema, whole, "is not a whole number, 0 or more").unwrap_or(default)
    }

    /// A whole number above zero.
    pub(super) fn count(&mut self, default: usize) -> usize {
        let schema = || Schema::number(1).otherwise(default);
        let take = |value: &Value| whole(value).filter(|count| *count > 0);
        self.read(schema, take, "is not a whole number above zero").unwrap_or(default)
    }

    /// A text.
    pub(super) fn text(&mut self) -> Option<String> {
        self.text_of(Schema::text)
    }

    /// A text that a schema says more about.
    fn text_of(&mut self, schema: impl FnOnce() -> Schema) -> Option<String> {
        self.read(schema, text, Message::new("is not a text", "put it in quotation marks"))
    }

    /// A text that is more than spaces.
    pub(super) fn word(&mut self) -> Option<String> {
        let text = self.text_of(Schema::word)?;
        if text.trim().is_empty() {
            self.wrong(Message::new("it is empty", "write a text, or delete the key"));
            return None;
        }
        Some(text)
    }

    /// A text that stands for something else.
    pub(super) fn parsed<T, E: Into<Message>>(&mut self, parse: impl FnOnce(&str) -> Result<T, E>) -> Option<T> {
        match parse(&self.text()?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(error);
                None
            }
        }
    }

    /// One of a few names.
    pub(super) fn choice<T: Choice>(&mut self, default: T) -> T {
        let Some(text) = self.text_of(|| Schema::choice::<T>().otherwise(default.called())) else { return default };
        if let Some(chosen) = T::named(&text) {
            return chosen;
        }
        let names: Vec<String> = T::all().iter().map(|choice| format!("\"{}\"", choice.called())).collect();
        self.wrong(Message::new(format!("“{text}” is not a choice"), format!("write {}", names.join(" or "))));
        default
    }

    /// A list of a few names, of what is called so.
    pub(super) fn choices<T: Choice>(&mut self, kind: &str, default: &[T]) -> Vec<T> {
        let schema = || {
            let names: Vec<&str> = default.iter().map(|choice| choice.called()).collect();
            Schema::list(Schema::choice::<T>()).otherwise(names)
        };
        let Some(names) = self.texts_of(schema) else { return default.to_vec() };
        let mut chosen = Vec::new();
        for name in names {
            match T::named(&name) {
                Some(choice) => chosen.push(choice),
                None => {
                    let all: Vec<_> = T::all().iter().map(|choice| choice.called()).collect();
                    self.wrong(Message::new(
                        format!("there is no {kind} “{name}”"),
                        format!("choose from {}", all.join(", ")),
                    ));
                }
            }
        }
        chosen
    }

    /// A list of texts.
    pub(super) fn texts(&mut self) -> Vec<String> {
        self.texts_of(|| Schema::list(Schema::text())).unwrap_or_default()
    }

    /// A list of texts that a schema says more about.
    pub(super) fn texts_of(&mut self, schema: impl FnOnce() -> Schema) -> Option<Vec<String>> {
        let take = |value: &Value| value.as_array()?.iter().map(text).collect();
        self.read(schema, take, "is not a list of texts, such as [\"a\", \"b\"]")
    }

    /// A list of texts that are more than spaces.
    pub(super) fn words(&mut self) -> Vec<String> {
        let mut words = self.texts_of(|| Schema::list(Schema::word())).unwrap_or_default();
        let count = words.len();
        words.retain(|word| !word.trim().is_empty());
        if words.len() < count {
            self.wrong(Message::new("one of these texts is empty", "write a text, or take it out"));
        }
        words
    }

    /// A list of files.
    pub(super) fn files(&mut self) -> Placed<Vec<String>> {
        let files = self.texts();
        self.placed(files)
    }

    /// A folder.
    pub(super) fn folder(&mut self) -> Option<Placed<PathBuf>> {
        let folder = self.text()?;
        Some(self.placed(folder.into()))
    }

    /// A list of lists of files, each of two or more.
    pub(super) fn groups(&mut self) -> Vec<Placed<Vec<String>>> {
        let schema = || Schema::list(Schema::list(Schema::text()).at_least(2));
        let files = |group: &Value| -> Option<Vec<String>> {
            let files: Vec<String> = group.as_array()?.iter().map(text).collect::<Option<_>>()?;
            (files.len() > 1).then_some(files)
        };
        let take = |value: &Value| value.as_array()?.iter().map(files).collect::<Option<Vec<_>>>();
        let groups = self.read(schema, take, "is not a list of lists of files, such as [[\"a.md\", \"b.md\"]]");
        groups.unwrap_or_default().into_iter().map(|files| self.placed(files)).collect()
    }

    /// A table. Where it is not there, or is none, it is read as an empty one.
    pub(super) fn table<T>(&mut self, read: impl FnOnce(&mut Table<'_>) -> T) -> T {
        let value = self.value(|| Schema::table(Keys::default()));
        let values = value.and_then(Value::as_object);
        if value.is_some() && values.is_none() {
            let why = Message::new("this is a table", format!("write {}", self.table.header(self.name)));
            self.wrong(why);
        }
        self.table.inner(self.name, values, read)
    }

    /// A table of anything, as it stands.
    pub(super) fn any_table(&mut self) -> Option<Value> {
        let take = |value: &Value| value.is_object().then(|| value.clone());
        self.read(|| Schema::table(Keys::any()), take, "is no table")
    }

    /// A table whose keys the book makes up. Where the table is described, `name` and `about` stand for all of them.
    pub(super) fn each(&mut self, name: &str, about: &str, mut read: impl FnMut(&mut Key<'_, '_>)) {
        self.table(|table| {
            let names = if table.is_described() { vec![name.to_owned()] } else { table.names() };
            for name in names {
                read(&mut table.key(&name, about));
            }
            table.describe_each();
        });
    }
}

fn whole(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|number| usize::try_from(number).ok())
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
