//! YAML and TOML as one small tree in which every value knows its line and column.
//!
//! Scalars stay text: `1.10` is a title, not a number, and dates are read by [`crate::notebook::Date`].

use std::ops::Range;

use granit_parser::{Event, Parser};
use toml::de::{DeTable, DeValue};

/// Something at a place: line and column from 1, and its bytes, within the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node<T> {
    pub(super) value: T,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) bytes: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    Scalar(Node<String>),
    List(Vec<Value>),
    Table(Vec<(Node<String>, Value)>),
    /// A YAML alias. It is never followed, so no document can grow.
    Alias,
}

/// What keeps a text from being read.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) line: usize,
    pub(super) column: usize,
}

type Entries = Vec<(Node<String>, Value)>;

/// How deep lists and tables may be nested.
const DEPTH: usize = 32;

/// A list or a table that is still open.
enum Open {
    List(Vec<Value>),
    Table(Entries, Option<Node<String>>),
}

/// Reads a YAML mapping.
pub(super) fn yaml(text: &str) -> Result<Entries, Problem> {
    let problem = |message: &str, line: usize, column: usize| Problem { message: message.to_owned(), line, column };
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    for event in Parser::new_from_str(text) {
        let (event, span) =
            event.map_err(|error| problem(&error.info(), error.marker().line(), error.marker().col() + 1))?;
        let (line, column) = (span.start.line(), span.start.col() + 1);
        let bytes = span.byte_range().unwrap_or_default();
        let value = match event {
            Event::Scalar(text, style, ..) => {
                let plain = matches!(style, granit_parser::ScalarStyle::Plain);
                match (&*text, plain) {
                    ("" | "~" | "null" | "Null" | "NULL", true) => Value::Null,
                    _ => Value::Scalar(Node { value: text.into_owned(), line, column, bytes }),
                }
            }
            Event::Alias(_) => Value::Alias,
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEPTH => {
                return Err(problem("it is nested too deeply", line, column));
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Table(Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(items)) => Value::List(items),
                Some(Open::Table(entries, _)) => Value::Table(entries),
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            Some(Open::List(items)) => items.push(value),
            Some(Open::Table(entries, key @ None)) => {
                let name = match value {
                    Value::Scalar(node) => node,
                    // Keys that are not texts belong to nobody we know.
                    _ => Node { value: String::new(), line, column, bytes: 0..0 },
                };
                if !name.value.is_empty() && entries.iter().any(|(other, _)| other.value == name.value) {
                    return Err(problem(&format!("the key `{}` is there twice", name.value), line, column));
                }
                *key = Some(name);
            }
            Some(Open::Table(entries, key)) => {
                entries.extend(key.take().map(|key| (key, value)));
            }
            None if root.is_none() => root = Some(value),
            None => return Err(problem("there is a second document in it", line, column)),
        }
    }
    match root {
        Some(Value::Table(entries)) => Ok(entries),
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(_) => Err(problem("it is not a table of `key: value` lines", 1, 1)),
    }
}

/// Reads a TOML document.
pub(super) fn toml(text: &str) -> Result<Entries, Problem> {
    let place = |at: usize| {
        let before = &text[..at];
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
        (before.matches('\n').count() + 1, column + 1)
    };
    let table = DeTable::parse(text).map_err(|error| {
        let (line, column) = place(error.span().map_or(0, |span| span.start.min(text.len())));
        Problem { message: error.message().to_owned(), line, column }
    })?;
    Ok(toml_entries(table.get_ref(), &place))
}

fn toml_entries(table: &DeTable<'_>, place: &dyn Fn(usize) -> (usize, usize)) -> Entries {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| {
            let (line, column) = place(key.span().start);
            let key = Node { value: key.get_ref().to_string(), line, column, bytes: key.span() };
            (key, toml_value(value.get_ref(), value.span(), place))
        })
        .collect();
    entries.sort_by_key(|(key, _)| (key.line, key.column));
    entries
}

fn toml_value(value: &DeValue<'_>, bytes: Range<usize>, place: &dyn Fn(usize) -> (usize, usize)) -> Value {
    let (line, column) = place(bytes.start);
    let scalar = |value: String| Value::Scalar(Node { value, line, column, bytes: bytes.clone() });
    match value {
        DeValue::String(text) => scalar(text.to_string()),
        DeValue::Integer(number) => scalar(number.to_string()),
        DeValue::Float(number) => scalar(number.to_string()),
        DeValue::Boolean(flag) => scalar(flag.to_string()),
        DeValue::Datetime(time) => scalar(time.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| toml_value(item.get_ref(), item.span(), place)).collect())
        }
        DeValue::Table(table) => Value::Table(toml_entries(table, place)),
    }
}
