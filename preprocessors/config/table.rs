//! Reads a table of `book.toml`, and says what is wrong in it: all of it, each with its place and what to do.
//!
//! ```text
//! table! {
//!     /// `[preprocessor.bilingual.history]`.
//!     pub struct HistoryConfig {
//!         /// Whether git is asked.
//!         pub git: bool = flag("git", true),
//!     }
//! }
//! ```
//!
//! A key is written down once: its field, what it means, how it is read (a function of [`Key`]), its name, and what it
//! is where nothing is written. The reader, the defaults and the [schema](super::schema) follow from that.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::key::Key;
use super::place::{BookToml, Placed};
use super::schema::{Keys, Schema};
use super::{KnownMessages, OURS};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Fix, Message};
use crate::text::nearest;

/// Declares the struct of a table, and how it is read. See the [module](self).
macro_rules! table {
    (
        $(#[$attribute:meta])+
        pub struct $name:ident {
            $(
                $(#[doc = $about:literal])+
                pub $field:ident: $type:ty = $kind:ident($key:literal $(, $argument:expr)*),
            )+
        }
    ) => {
        $(#[$attribute])+
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name {
            $($(#[doc = $about])+ pub $field: $type,)+
        }

        impl $name {
            /// Reads the table.
            pub(in $crate::config) fn read(table: &mut $crate::config::table::Table<'_>) -> Self {
                Self {
                    $($field: table.key($key, concat!($($about),+).trim_ascii()).$kind($($argument),*),)+
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                $crate::config::table::Table::absent(Self::read)
            }
        }
    };
}

pub(super) use table;

/// A table that knows which of its keys were asked for, and where it stands in the file.
pub(super) struct Table<'a> {
    /// What is in it; `None` where it is not there.
    values: Option<&'a Map<String, Value>>,
    /// The names of the tables that lead to it, from its home on.
    path: Vec<String>,
    asked: Vec<String>,
    /// The keys that were asked for, where they are to be described; then nothing is in the table.
    described: Option<Keys>,
    context: TableContext<'a>,
    diagnostics: &'a mut Diagnostics,
}

/// Where the table stands that others are in.
pub(super) struct Home {
    /// The tables that lead to it, and itself.
    pub(super) tables: &'static [&'static str],
    /// Whether a key is named with all of them.
    pub(super) is_said: bool,
}

/// What all tables of a file share.
#[derive(Clone, Copy)]
pub(super) struct TableContext<'a> {
    pub(super) home: &'static Home,
    pub(super) book_toml: &'a BookToml,
    pub(super) messages: &'a KnownMessages,
}

impl<'a> Table<'a> {
    /// Reads the table that others are in. Keys of others in it are left to them.
    pub(super) fn root<T>(
        values: Option<&Map<String, Value>>,
        others: &[&str],
        context: TableContext<'_>,
        diagnostics: &mut Diagnostics,
        read: impl FnOnce(&mut Table<'_>) -> T,
    ) -> T {
        let mut table = Table::new(values, Vec::new(), context, diagnostics);
        let read = read(&mut table);
        table.finish(others);
        read
    }

    /// What is read from a table that is not there: the defaults.
    pub(super) fn absent<T>(read: impl FnOnce(&mut Table<'_>) -> T) -> T {
        let context = TableContext { home: &OURS, book_toml: &BookToml::default(), messages: &KnownMessages::NONE };
        read(&mut Table::new(None, Vec::new(), context, &mut Diagnostics::default()))
    }

    /// The keys that are read.
    pub(super) fn described<T>(messages: &KnownMessages, read: impl FnOnce(&mut Table<'_>) -> T) -> Keys {
        let context = TableContext { home: &OURS, book_toml: &BookToml::default(), messages };
        let diagnostics = &mut Diagnostics::default();
        let mut table =
            Table { described: Some(Keys::default()), ..Table::new(None, Vec::new(), context, diagnostics) };
        read(&mut table);
        table.described.unwrap_or_default()
    }

    fn new(
        values: Option<&'a Map<String, Value>>,
        path: Vec<String>,
        context: TableContext<'a>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self { values, path, asked: Vec::new(), described: None, context, diagnostics }
    }

    /// One of its keys, and what that means.
    pub(super) fn key<'t>(&'t mut self, name: &'t str, about: &'t str) -> Key<'t, 'a> {
        Key::new(self, name, about)
    }

    /// What stands behind a key; the schema says what may.
    pub(super) fn value(&mut self, key: &str, schema: impl FnOnce() -> Schema) -> Option<&'a Value> {
        self.asked.push(key.to_owned());
        if let Some(described) = &mut self.described {
            described.push(key, schema());
        }
        self.values?.get(key)
    }

    /// Reads a table in this one, the last key that was asked for.
    pub(super) fn inner<T>(
        &mut self,
        key: &str,
        values: Option<&Map<String, Value>>,
        read: impl FnOnce(&mut Table<'_>) -> T,
    ) -> T {
        let path = self.path.iter().cloned().chain([key.to_owned()]).collect();
        let described = self.described.as_ref().map(|_| Keys::default());
        let mut table = Table { described, ..Table::new(values, path, self.context, &mut *self.diagnostics) };
        let read = read(&mut table);
        table.finish(&[]);
        let keys = table.described.take();
        if let Some((described, keys)) = self.described.as_mut().zip(keys) {
            described.complete(keys);
        }
        read
    }

    /// Makes what the table holds, where it is described, that of keys of any name.
    pub(super) fn describe_each(&mut self) {
        self.described = self.described.take().map(Keys::of_any_name);
    }

    /// The name of a key with those of the tables above it: of ours, from ours on.
    pub(super) fn full_name(&self, key: &str) -> String {
        let home = self.context.home;
        let said = if home.is_said { home.tables } else { &[] };
        said.iter().copied().chain(self.path.iter().map(String::as_str)).chain([key]).collect::<Vec<_>>().join(".")
    }

    /// A key as the name of a table that is written by itself.
    pub(super) fn header(&self, key: &str) -> String {
        format!("[{}]", self.path_of(key).join("."))
    }

    /// A value, with the place of its key.
    pub(super) fn placed<T>(&self, key: &str, value: T) -> Placed<T> {
        Placed::new(value, self.path_of(key), self.context.book_toml)
    }

    /// Says something of a key.
    pub(super) fn report(&mut self, key: &str, code: Code, message: impl Into<Message>) {
        let place = self.context.book_toml.place(&self.path_of(key));
        self.diagnostics.push(Diagnostic::new(code, message).at(place));
    }

    fn path_of(&self, key: &str) -> Vec<String> {
        let home = self.context.home.tables.iter().map(|name| (*name).to_owned());
        home.chain(self.path.iter().cloned()).chain([key.to_owned()]).collect()
    }

    /// The names of the keys that are there.
    pub(super) fn names(&self) -> Vec<String> {
        self.values.into_iter().flat_map(Map::keys).cloned().collect()
    }

    /// The names of its keys that nobody asked for yet.
    pub(super) fn unasked(&self) -> Vec<String> {
        self.names().into_iter().filter(|name| !self.asked.contains(name)).collect()
    }

    /// What stands behind a key whose table is read elsewhere; `None` for what is no table.
    pub(super) fn table_of_anything(&mut self, key: &str) -> Option<Value> {
        let value = self.values?.get(key).filter(|value| value.is_object())?;
        self.asked.push(key.to_owned());
        Some(value.clone())
    }

    /// The messages that readers are shown.
    pub(super) fn messages(&self) -> &'a KnownMessages {
        self.context.messages
    }

    /// Whether the table is described, and not read.
    pub(super) fn is_described(&self) -> bool {
        self.described.is_some()
    }

    /// Reports the keys that were not asked for, other than those of `others`.
    fn finish(&mut self, others: &[&str]) {
        let asked: BTreeSet<&str> = self.asked.iter().map(String::as_str).collect();
        let unknown = |name: &String| !asked.contains(name.as_str()) && !others.contains(&name.as_str());
        let unknown: Vec<String> = self.names().into_iter().filter(unknown).collect();
        let known = || self.asked.iter().map(String::as_str);
        let meant: Vec<Option<&str>> = unknown.iter().map(|name| nearest(name, known())).collect();
        let mut rivals: BTreeMap<&str, usize> = BTreeMap::new();
        meant.iter().flatten().for_each(|meant| *rivals.entry(meant).or_default() += 1);
        for (name, meant) in unknown.iter().zip(meant) {
            let is_near = |known: &&str| name.len() < 2 * known.len() && strsim::damerau_levenshtein(known, name) <= 2;
            let remedy = match meant.or_else(|| known().find(is_near)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", self.asked.join(", ")),
            };
            let message = Message::new(format!("there is no key `{}`", self.full_name(name)), remedy);
            let place = self.context.book_toml.place(&self.path_of(name));
            // Where two are meant to be one, nobody knows which of them is right.
            let meant = meant.filter(|meant| rivals.get(meant) == Some(&1));
            let fix = meant.zip(place.bytes).filter(|(meant, _)| self.is_free(name, meant));
            let fix = fix.map(|(meant, bytes)| Fix::new(format!("write `{meant}`"), &place.file, bytes, meant));
            self.diagnostics.push(Diagnostic::new(Code::ConfigKey, message).at(place).fixed_by(fix));
        }
    }

    /// Whether a key can be called otherwise by one change.
    fn is_free(&self, name: &str, other: &str) -> bool {
        let Some(values) = self.values.filter(|values| !values.contains_key(other)) else { return false };
        // Only a table can be named in several places.
        let is_table = values.get(name).is_some_and(Value::is_object);
        !is_table || self.context.book_toml.is_named_once(&self.path_of(name))
    }
}
