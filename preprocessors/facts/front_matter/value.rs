//! YAML and TOML as one small tree in which every value knows its line and column.
//!
//! Scalars stay text: `1.10` is a title, not a number, and dates are read by [`crate::values::Date`].

use std::ops::Range;

use granit_parser::{Event, Parser};
use toml::de::{DeTable, DeValue};

/// Something at a place: line and column from 1, and its bytes, within the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) bytes: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Scalar(Node<String>),
    List(Vec<Value>),
    Table(Vec<(Node<String>, Value)>),
    /// A YAML alias. It is never followed, so no document can grow.
    Alias,
}

/// What keeps a text from being read.
#[derive(Debug)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Keys and values with their places, counted from the beginning of the front matter.
pub(in crate::facts) type Entries = Vec<(Node<String>, Value)>;

/// What is wrong with YAML that has no keys.
pub(crate) const NO_TABLE: &str = "it is not a table of `key: value` lines";

/// How deep lists and tables may be nested.
const DEPTH: usize = 32;

/// A list or a table that is still open.
enum OpenValue {
    List(Vec<Value>),
    Table(Entries, Option<Node<String>>),
}

/// Reads a YAML mapping. A key that is there twice is there twice: what that means is not for this to say.
pub(crate) fn yaml(text: &str) -> Result<Entries, SyntaxError> {
    let problem = |message: &str, line: usize, column: usize| SyntaxError { message: message.to_owned(), line, column };
    let mut open: Vec<OpenValue> = Vec::new();
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
                open.push(OpenValue::List(Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(OpenValue::Table(Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(OpenValue::List(items)) => Value::List(items),
                Some(OpenValue::Table(entries, _)) => Value::Table(entries),
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            Some(OpenValue::List(items)) => items.push(value),
            Some(OpenValue::Table(_, key @ None)) => {
                let name = match value {
                    Value::Scalar(node) => node,
                    // Keys that are not texts belong to nobody we know.
                    _ => Node { value: String::new(), line, column, bytes: 0..0 },
                };
                *key = Some(name);
            }
            Some(OpenValue::Table(entries, key)) => {
                entries.extend(key.take().map(|key| (key, value)));
            }
            None if root.is_none() => root = Some(value),
            None => return Err(problem("there is a second document in it", line, column)),
        }
    }
    match root {
        Some(Value::Table(entries)) => Ok(entries),
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(_) => Err(problem(NO_TABLE, 1, 1)),
    }
}

/// Reads a TOML document.
pub(crate) fn toml(text: &str) -> Result<Entries, SyntaxError> {
    let places = Places::new(text);
    let table = DeTable::parse(text).map_err(|error| {
        let (line, column) = places.of(error.span().map_or(0, |span| span.start));
        SyntaxError { message: error.message().to_owned(), line, column }
    })?;
    toml_entries(table.get_ref(), &places, 0)
}

/// The lines and columns of a text, found without reading it from the beginning each time.
struct Places<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    /// How many characters stand before every so many bytes.
    characters: Vec<usize>,
}

/// The bytes between two counts of characters.
const STEP: usize = 64;

impl<'a> Places<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let mut characters = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at % STEP == 0 {
                characters.push(count);
            }
            count += usize::from(is_first(byte));
        }
        Self { text, lines: std::iter::once(0).chain(breaks).collect(), characters }
    }

    /// The line and the column of an offset, from 1.
    fn of(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= at);
        (line, self.before(at) - self.before(self.lines[line - 1]) + 1)
    }

    fn before(&self, at: usize) -> usize {
        let step = (at / STEP).min(self.characters.len().saturating_sub(1));
        let counted = self.characters.get(step).copied().unwrap_or_default();
        counted + self.text.as_bytes()[step * STEP..at].iter().filter(|byte| is_first(**byte)).count()
    }
}

/// Whether a byte of UTF-8 begins a character.
fn is_first(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn toml_entries(table: &DeTable<'_>, places: &Places<'_>, depth: usize) -> Result<Entries, SyntaxError> {
    let mut entries = Vec::new();
    for (key, value) in table {
        let (line, column) = places.of(key.span().start);
        let key = Node { value: key.get_ref().to_string(), line, column, bytes: key.span() };
        entries.push((key, toml_value(value.get_ref(), value.span(), places, depth)?));
    }
    entries.sort_by_key(|(key, _)| (key.line, key.column));
    Ok(entries)
}

fn toml_value(
    value: &DeValue<'_>,
    bytes: Range<usize>,
    places: &Places<'_>,
    depth: usize,
) -> Result<Value, SyntaxError> {
    let (line, column) = places.of(bytes.start);
    if depth > DEPTH {
        return Err(SyntaxError { message: "it is nested too deeply".to_owned(), line, column });
    }
    let scalar = |value: String| Value::Scalar(Node { value, line, column, bytes: bytes.clone() });
    Ok(match value {
        DeValue::String(text) => scalar(text.to_string()),
        DeValue::Integer(number) => scalar(number.to_string()),
        DeValue::Float(number) => scalar(number.to_string()),
        DeValue::Boolean(flag) => scalar(flag.to_string()),
        DeValue::Datetime(time) => scalar(time.to_string()),
        DeValue::Array(items) => {
            let items = items.iter().map(|item| toml_value(item.get_ref(), item.span(), places, depth + 1));
            Value::List(items.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => Value::Table(toml_entries(table, places, depth + 1)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_a_count() {
        let text = "a\n标题 = 1\n\n中文中文中文中文中文中文中文中文中文中文中文中文中文中文中文 x = \"é\"\n";
        let places = Places::new(text);
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            let before = &text[..at];
            let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
            assert_eq!(places.of(at), (before.matches('\n').count() + 1, column), "{at}");
        }
        assert_eq!(Places::new("").of(3), (1, 1));
    }
}
