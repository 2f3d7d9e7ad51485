//! A [JSON schema](https://json-schema.org) of `book.toml`, for editors that complete and check it while it is written.
//!
//! It is made by the code that reads the table: [`Key`](super::table::Key) notes the kind, the default and the meaning of
//! each key that is asked for. What mdBook and other plugins read is left open.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::choice::Choice;
use super::site::HTML;
use super::table::Table;
use super::{Config, KnownMessages, SITE, SiteConfig};

/// The draft that the schema keeps to. Taplo, which checks TOML in editors, knows no newer one.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// Makes the schema of a value.
type MakeSchema = fn() -> Schema;

/// The keys that mdBook itself reads from a preprocessor's table, what they mean, and what they hold.
pub(super) const MDBOOKS: &[(&str, &str, MakeSchema)] = &[
    ("command", "The program and its arguments; `mdbook-bilingual` where it is not written.", Schema::text),
    ("renderers", "The renderers that get what it makes; all that it supports where it is not written.", texts),
    ("before", "The preprocessors that run after it.", texts),
    ("after", "The preprocessors that run before it.", texts),
    ("optional", "Whether the book is built without it where the program cannot be found.", Schema::flag),
];

/// The keys that mdBook itself reads from a renderer's table, what they mean, and what they hold.
pub(super) const MDBOOKS_OUTPUT: &[(&str, &str, MakeSchema)] = &[
    ("command", "The program and its arguments; `mdbook-bilingual-site` where it is not written.", Schema::text),
    ("optional", "Whether the book is built without it where the program cannot be found.", Schema::flag),
];

fn texts() -> Schema {
    Schema::list(Schema::text())
}

/// The schema of a whole `book.toml`, as JSON, with the names of these messages.
#[must_use]
pub fn schema(messages: &KnownMessages) -> String {
    let ours = with(Table::described(messages, Config::read), MDBOOKS);
    let ours = ours.about("The preprocessors of mdbook-bilingual.");
    let mut site = Table::described(messages, SiteConfig::read);
    site.push(HTML, Schema::table(Keys::any()).about("Every option that mdBook has in `[output.html]`."));
    let site = with(site, MDBOOKS_OUTPUT).about("The site that gives each page its own language.");
    let around = |name: &str, schema| Schema::table(Keys { known: vec![(name.to_owned(), schema)], ..Keys::any() });
    let mut book = Keys::any();
    book.push("preprocessor", around("bilingual", ours).about("What changes the book before it is rendered."));
    book.push("output", around(SITE, site).about("What renders the book."));
    let book = Schema {
        dialect: Some(DIALECT),
        title: Some("book.toml of a book with mdbook-bilingual"),
        ..Schema::table(book)
    };
    let json = serde_json::to_string_pretty(&book);
    json.expect("a schema has texts as keys and no maps of floats") + "\n"
}

/// A table with keys of ours, and with those that mdBook reads in it.
fn with(mut keys: Keys, mdbooks: &[(&str, &str, MakeSchema)]) -> Schema {
    for (name, meaning, schema) in mdbooks {
        keys.push(name, schema().about(meaning));
    }
    Schema::table(keys)
}

/// What a value may be.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Schema {
    #[serde(rename = "$schema", skip_serializing_if = "Option::is_none")]
    dialect: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    choices: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<usize>,
    /// A regular expression that a part of the text matches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_items: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Box<Self>>,
    #[serde(flatten)]
    keys: Option<Keys>,
    #[serde(rename = "x-taplo", skip_serializing_if = "Option::is_none")]
    taplo: Option<Taplo>,
}

/// The keys of a table.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Keys {
    #[serde(rename = "properties", serialize_with = "in_order")]
    known: Vec<(String, Schema)>,
    #[serde(rename = "additionalProperties")]
    others: OtherKeys,
}

/// What other keys there may be in a table.
#[derive(Debug, Clone, Default)]
enum OtherKeys {
    /// None.
    #[default]
    None,
    /// Any.
    Any,
    /// Those that the book makes up, such as tags of languages, and each holds this.
    Each(Box<Schema>),
}

impl Serialize for OtherKeys {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            // Of `false` Taplo says so at each line of the table, and of this at the key alone.
            Self::None => {
                serde_json::json!({ "not": { "description": "There is no such key." } }).serialize(serializer)
            }
            Self::Any => true.serialize(serializer),
            Self::Each(schema) => schema.serialize(serializer),
        }
    }
}

impl Keys {
    /// Keys of others.
    pub(super) fn any() -> Self {
        Self { known: Vec::new(), others: OtherKeys::Any }
    }

    pub(super) fn push(&mut self, name: &str, schema: Schema) {
        self.known.push((name.to_owned(), schema));
    }

    /// Gives the key that was added last, a table, its own keys.
    pub(super) fn complete(&mut self, keys: Self) {
        if let Some((_, table)) = self.known.last_mut() {
            table.keys = Some(keys);
        }
    }

    /// Keys of any name that hold what the last of these does.
    pub(super) fn of_any_name(mut self) -> Self {
        let others = self.known.pop().map_or_else(OtherKeys::default, |(_, schema)| OtherKeys::Each(Box::new(schema)));
        Self { others, ..self }
    }
}

/// What Taplo shows beside the choices of a value.
#[derive(Debug, Clone, Serialize)]
struct Taplo {
    docs: TaploDocs,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct TaploDocs {
    enum_values: Vec<&'static str>,
}

fn in_order<S: Serializer>(keys: &[(String, Schema)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(keys.len()))?;
    for (name, schema) in keys {
        map.serialize_entry(name, schema)?;
    }
    map.end()
}

impl Schema {
    fn of(kind: &'static str) -> Self {
        Self { kind, ..Self::default() }
    }

    pub(super) fn flag() -> Self {
        Self::of("boolean")
    }

    pub(super) fn text() -> Self {
        Self::of("string")
    }

    /// A text that is more than spaces.
    pub(super) fn word() -> Self {
        Self { pattern: Some(r"\S"), ..Self::text() }
    }

    /// A whole number.
    pub(super) fn number(minimum: usize) -> Self {
        Self { minimum: Some(minimum), ..Self::of("integer") }
    }

    /// One of the choices of a type.
    pub(super) fn choice<T: Choice>() -> Self {
        Self::one_of(T::all().iter().map(|choice| (choice.called(), choice.meaning())))
    }

    /// One of these names, each with its meaning.
    pub(super) fn one_of(names: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        let (choices, enum_values) = names.into_iter().unzip();
        Self { choices, taplo: Some(Taplo { docs: TaploDocs { enum_values } }), ..Self::text() }
    }

    pub(super) fn list(item: Self) -> Self {
        Self { items: Some(Box::new(item)), ..Self::of("array") }
    }

    /// A list with at least so many items.
    pub(super) fn at_least(self, items: usize) -> Self {
        Self { min_items: Some(items), ..self }
    }

    pub(super) fn table(keys: Keys) -> Self {
        Self { keys: Some(keys), ..Self::of("object") }
    }

    /// The same, with what the value is where it is not written.
    pub(super) fn otherwise(self, default: impl Into<Value>) -> Self {
        Self { default: Some(default.into()), ..self }
    }

    /// The same, with what the value means.
    pub(super) fn about(self, meaning: &str) -> Self {
        Self { description: Some(meaning.to_owned()), ..self }
    }
}
