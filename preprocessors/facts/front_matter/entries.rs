//! The keys and values of front matter, as far as they can be read.
//!
//! ```text
//! title: "Part one          the closing quotation mark is missing, in line 2
//! date: 2025-08-31     →    2025-08-31
//! tags: [a, b               a bracket is never closed, in line 4
//! status: draft             draft
//! ```
//!
//! What a parser refuses is read again key by key: each line at the left begins a key with all that is indented below
//! it, and so does a known key further right, where nothing can be indented. So one that cannot be read takes no other
//! with it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Place};

use super::super::tree::{self, Node, Problem, Value};
use super::KEYS;
use super::block::{Block, Format, is_known, is_name};

/// Keys and values with their places, counted from the beginning of the front matter.
pub(in crate::facts) type Entries = Vec<(Node<String>, Value)>;

/// How many faults of one front matter are told apart, besides those of our keys.
const FAULTS: usize = 3;

/// All that can be read, and what cannot.
pub(super) fn readable(block: Block<'_>, file: &str) -> (Entries, Vec<Diagnostic>) {
    let ends = never_ends(block, file);
    let whole = match block.format {
        Format::Toml => tree::toml(block.inner),
        Format::Yaml | Format::Json => tree::yaml(block.inner),
    };
    let problem = match whole {
        Ok(entries) if !hides_a_key(block, block.inner) => return (entries, ends.into_iter().collect()),
        Ok(_) => None,
        Err(problem) => Some(problem),
    };
    if let (Format::Json, Some(problem)) = (block.format, &problem) {
        return (Vec::new(), ends.into_iter().chain([fault(block, file, block.inner, 0, problem)]).collect());
    }
    // Inside of a text of several lines, nobody knows what is a key.
    let has_long_texts =
        block.format == Format::Toml && (block.inner.contains("\"\"\"") || block.inner.contains("'''"));
    let (pieces, left) = pieces(block);
    let (mut entries, mut faults, mut is_meant, mut indented) = (Vec::new(), Faults::default(), false, None);
    for (at, &Piece { text, line, offset }) in pieces.iter().enumerate() {
        let hidden = || hidden_key(block.format, text.lines().next()?).map(|(key, _)| key);
        let own = key_of(block, text).or_else(hidden).filter(|key| KEYS.contains(key));
        let read = match block.format {
            Format::Toml => tree::toml(text),
            // Braces are no key: a template, or an object among keys.
            _ if text.trim_start().starts_with('{') => {
                Err(Problem { message: tree::NO_TABLE.to_owned(), line: 1, column: 1 })
            }
            Format::Yaml | Format::Json => tree::yaml(text).or_else(|problem| {
                let found = lone_mark(text).ok_or(problem);
                is_meant |= found.is_ok();
                found
            }),
        };
        let said = match read {
            Ok(found) if !hides_a_key(block, text) => {
                let is_indented = |key: &Node<String>| block.format == Format::Yaml && key.column > left + 1;
                let first = found.first().filter(|(key, _)| is_indented(key));
                indented = indented.or(first.map(|(key, _)| moved(key.clone(), line, 0)));
                entries.extend(
                    found.into_iter().map(|(key, value)| (moved(key, line, offset), value_moved(value, line, offset))),
                );
                continue;
            }
            // What its anchor stands for may be in another piece, and is not our business.
            Err(problem) if problem.message.contains("unknown anchor") && own.is_none() => continue,
            Err(problem) => fault(block, file, text, line, &problem),
            Ok(_) => fault(block, file, text, line, &Problem { message: String::new(), line: 1, column: 1 }),
        };
        faults.add(own, said);
        if has_long_texts {
            faults.more += pieces.len() - at - 1;
            break;
        }
    }
    if let Some(key) = indented {
        let message =
            format!("`{}` begins further right than other keys; begin all keys in the first column", key.value);
        let place = Place::at(file, block.above() + key.line, key.column);
        faults.all.push(Diagnostic::new(Code::FrontMatterSyntax, message).at(place));
    }
    if faults.all.is_empty()
        && !is_meant
        // A key that is there twice was read twice.
        && let Some(problem) = problem.filter(|problem| !problem.message.contains("duplicate"))
    {
        let at = pieces.partition_point(|piece| piece.line < problem.line).saturating_sub(1);
        let (text, line) = pieces.get(at).map_or((block.inner, 0), |piece| (piece.text, piece.line));
        let problem = Problem { line: problem.line.saturating_sub(line).max(1), ..problem };
        faults.all.push(fault(block, file, text, line, &problem));
    }
    if faults.more > 0 {
        let more = faults.more;
        let message = format!("and so it is with {more} more of its keys; put right what is said of the first ones");
        faults.all.push(Diagnostic::new(Code::FrontMatterSyntax, message).at(Place::at(file, block.above() + 1, 1)));
    }
    (entries, ends.into_iter().chain(faults.all).collect())
}

/// What cannot be read.
#[derive(Default)]
struct Faults<'a> {
    all: Vec<Diagnostic>,
    /// The keys of ours that are among them.
    named: BTreeSet<&'a str>,
    others: usize,
    /// How many there are besides.
    more: usize,
}

impl<'a> Faults<'a> {
    /// One more, of a key of ours or of something else. Each of our keys is named once, whatever else there is.
    fn add(&mut self, own: Option<&'a str>, said: Diagnostic) {
        if own.is_some_and(|key| self.named.insert(key)) {
            self.all.push(said);
        } else if self.others < FAULTS {
            self.others += 1;
            self.all.push(said);
        } else {
            self.more += 1;
        }
    }
}

/// All keys and values, or the first thing that is wrong with them.
pub(in crate::facts) fn entries(block: Block<'_>, file: &str) -> Result<Entries, Diagnostic> {
    let (entries, faults) = readable(block, file);
    if let Some(fault) = faults.into_iter().next() {
        return Err(fault);
    }
    let own = entries.iter().filter_map(|(key, value)| match value {
        Value::Table(own) if key.value == "bilingual" => Some(own),
        _ => None,
    });
    for table in std::iter::once(&entries).chain(own) {
        let mut seen = BTreeSet::new();
        if let Some((key, _)) = table.iter().find(|(key, _)| !key.value.is_empty() && !seen.insert(key.value.as_str()))
        {
            let message = format!("the key `{}` is there twice; remove one of the two", key.value);
            let place = Place::at(file, block.above() + key.line, key.column);
            return Err(Diagnostic::new(Code::FrontMatterSyntax, message).at(place));
        }
    }
    Ok(entries)
}

fn never_ends(block: Block<'_>, file: &str) -> Option<Diagnostic> {
    if block.closed {
        return None;
    }
    let (dashes, last) = (block.dashes, block.above() + block.inner.lines().count());
    let message = format!(
        "the front matter never ends, and is taken to end with line {last}; put a line of {dashes} behind that"
    );
    Some(Diagnostic::new(Code::FrontMatterSyntax, message).at(Place::at(file, block.above(), 1)))
}

/// A mark behind a key that ends none for YAML, or none for TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `title：x`
    FullWidth,
    /// `title:x`
    Tight,
    /// `title = x`
    Equals,
    /// `title: x` in TOML.
    Colon,
}

/// The key at the beginning of a line, where YAML or TOML does not see it.
pub(super) fn hidden_key(format: Format, line: &str) -> Option<(&str, Mark)> {
    let (key, rest) = line.split_at(line.find([':', '：', '='])?);
    let key = key.trim();
    let mark = match (format, rest.chars().next()?) {
        (Format::Yaml, '：') => Mark::FullWidth,
        (Format::Yaml, '=') if is_known(key) => Mark::Equals,
        (Format::Toml, ':') if is_known(key) => Mark::Colon,
        (Format::Yaml, ':') => {
            let is_apart = rest.len() == 1 || rest[1..].starts_with(char::is_whitespace);
            (!is_apart && !rest.starts_with("://")).then_some(Mark::Tight)?
        }
        _ => return None,
    };
    (is_name(key) && !key.contains(char::is_whitespace)).then_some((key, mark))
}

/// Whether a key of ours is hidden in a text that can be read: `title:Part 1: the beginning` has another key.
fn hides_a_key(block: Block<'_>, text: &str) -> bool {
    let left = left(text);
    let is_ours = |line: &str| hidden_key(block.format, line).is_some_and(|(key, _)| KEYS.contains(&key));
    block.format == Format::Yaml && text.lines().any(|line| indent(line) == left && is_ours(line))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// How far the keys of a text are indented.
fn left(text: &str) -> usize {
    text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')).map_or(0, indent)
}

/// A key with what belongs to it.
struct Piece<'a> {
    text: &'a str,
    /// How many lines stand above it.
    line: usize,
    offset: usize,
}

/// Cuts front matter before each line that begins a key; and how far those at the left are indented.
fn pieces(block: Block<'_>) -> (Vec<Piece<'_>>, usize) {
    let can_begin = |text: &str| !text.is_empty() && !text.starts_with(['#', '-', ']', '}', ',']);
    let left = block.inner.lines().filter(|line| can_begin(line.trim())).map(indent).min().unwrap_or(0);
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let (mut offset, mut in_table, mut is_complete) = (0, false, false);
    for (at, line) in block.inner.split_inclusive('\n').enumerate() {
        let text = line.trim();
        let begins = match block.format {
            Format::Toml => {
                text.starts_with('[') && text.contains(']') && indent(line) == 0
                    || (!in_table && text.contains('=') && indent(line) == 0)
            }
            _ if indent(line) <= left => can_begin(text),
            _ => is_complete && key_of(block, text).is_some_and(|key| is_known(key) && key == key.to_lowercase()),
        };
        if begins || pieces.is_empty() {
            is_complete = is_whole(text);
        }
        in_table |= block.format == Format::Toml && begins && text.starts_with('[');
        match pieces.last_mut() {
            Some(last) if !begins => last.text = &block.inner[last.offset..offset + line.len()],
            _ => pieces.push(Piece { text: line, line: at, offset }),
        }
        offset += line.len();
    }
    (pieces, left)
}

/// Whether nothing can be indented below a line, since its value ends with it.
fn is_whole(line: &str) -> bool {
    let value = line.split_once(':').map_or(line, |(_, value)| value).trim();
    match value.chars().next() {
        None | Some('|' | '>' | '[' | '{' | '&' | '!' | '#') => false,
        Some(mark @ ('"' | '\'')) => value.len() > 1 && value.ends_with(mark),
        Some(_) => true,
    }
}

/// A key whose value is a lone mark, which says that there is none, though YAML means something else by it.
fn lone_mark(text: &str) -> Option<Entries> {
    let (key, mark) = text.split_once(':').map(|(key, value)| (key, value.trim()))?;
    if !matches!(mark, "-" | "?") || !KEYS.contains(&key.trim()) {
        return None;
    }
    let node = |value: &str, start: usize| {
        let column = text[..start].chars().count() + 1;
        Node { value: value.to_owned(), line: 1, column, bytes: start..start + value.len() }
    };
    let start = key.len() - key.trim_start().len();
    let value = text.rfind(mark).unwrap_or_default();
    Some(vec![(node(key.trim(), start), Value::Scalar(node(mark, value)))])
}

fn moved(node: Node<String>, line: usize, offset: usize) -> Node<String> {
    Node { line: node.line + line, bytes: node.bytes.start + offset..node.bytes.end + offset, ..node }
}

fn value_moved(value: Value, line: usize, offset: usize) -> Value {
    match value {
        Value::Scalar(node) => Value::Scalar(moved(node, line, offset)),
        Value::List(items) => Value::List(items.into_iter().map(|item| value_moved(item, line, offset)).collect()),
        Value::Table(table) => {
            let table = table.into_iter();
            Value::Table(
                table.map(|(key, value)| (moved(key, line, offset), value_moved(value, line, offset))).collect(),
            )
        }
        Value::Null | Value::Alias => value,
    }
}

/// The key that a piece begins with.
fn key_of<'a>(block: Block<'_>, piece: &'a str) -> Option<&'a str> {
    let line = piece.lines().next()?;
    let (key, value) = line.split_once(if block.format == Format::Toml { '=' } else { ':' })?;
    let is_apart = block.format != Format::Yaml || value.is_empty() || value.starts_with(char::is_whitespace);
    let key = key.trim().trim_matches(['"', '\'']);
    (is_apart && !key.is_empty() && key.len() <= 40 && !line.starts_with(['[', '{'])).then_some(key)
}

/// What keeps a piece from being read; `line` is how many lines of the front matter stand above it.
fn fault(block: Block<'_>, file: &str, piece: &str, line: usize, problem: &Problem) -> Diagnostic {
    let what = key_of(block, piece).map_or("this".to_owned(), |key| format!("`{key}`"));
    let said = |message: String, at: usize, column: usize| {
        Diagnostic::new(Code::FrontMatterSyntax, message).at(Place::at(file, block.above() + line + at, column))
    };
    let first = piece.lines().next().unwrap_or_default();
    if let Some((key, mark)) = hidden_key(block.format, first) {
        let message = match mark {
            Mark::FullWidth => format!("the colon behind `{key}` is a full-width one; write `{key}: …`"),
            Mark::Tight => format!("`{key}` is not read: a space is missing behind its colon; write `{key}: …`"),
            Mark::Equals => format!("`{key}` is not read: in YAML, a colon stands behind a key; write `{key}: …`"),
            Mark::Colon => format!("`{key}` is not read: in TOML, = stands behind a key; write `{key} = …`"),
        };
        return said(message, 1, 1);
    }
    if ["//", "%", "<!--"].iter().any(|start| first.starts_with(start)) {
        return said("this is not read: a comment begins with # here; write it so, or take it out".to_owned(), 1, 1);
    }
    if let Some((at, column, mark)) = open_quotation(piece) {
        let message = format!(
            "{what} is not read: a closing quotation mark is missing for the one that opens here; write {mark} at the end of the value"
        );
        return said(message, at, column);
    }
    let about = |word: &str| problem.message.contains(word);
    let remedy = match block.format {
        _ if about("twice") || about("duplicate") => "remove one of the two",
        _ if about("deep") || about("recursion") => "use fewer levels",
        Format::Json => "write it as one object of JSON",
        Format::Yaml if about("bracket") => "close it, or put the whole value into quotation marks",
        Format::Yaml if about("unknown anchor") => {
            "put the whole value into quotation marks, or write out what it stands for"
        }
        Format::Yaml if about("`key: value`") => "write a line as `key: value`, with a space behind the colon",
        Format::Yaml if about("tab") => "indent with spaces",
        Format::Yaml if about("trailing content") => "put the whole value into one pair of quotation marks",
        Format::Yaml => "a value with a colon or another special character goes into quotation marks",
        Format::Toml if key_of(block, piece).is_none() => "write a line as `key = value`, or take it out",
        Format::Toml => "texts go into quotation marks",
    };
    let why = match about("unknown anchor") {
        true => "* stands for another value in YAML, and here is none of that name",
        false => &problem.message.replace("; ", ", "),
    };
    let message = format!("{what} is not read: {why}; {remedy}");
    said(message, problem.line, problem.column)
}

/// Where a quotation mark opens a value that is not closed on its line: line, column, mark.
///
/// A text may go on over lines, but this one cannot be read, and a mark that somebody forgot is the usual reason.
fn open_quotation(piece: &str) -> Option<(usize, usize, char)> {
    for (at, line) in piece.lines().enumerate() {
        let mut can_open = true;
        let mut chars = line.char_indices();
        while let Some((start, c)) = chars.next() {
            match c {
                '#' if can_open => break,
                '"' | '\'' if can_open => {
                    let mut escaped = false;
                    let closed = chars.any(|(_, other)| {
                        let closes = other == c && !escaped;
                        escaped = c == '"' && other == '\\' && !escaped;
                        closes
                    });
                    if !closed {
                        return Some((at + 1, line[..start].chars().count() + 1, c));
                    }
                    can_open = false;
                }
                ' ' | '\t' => {}
                ':' | '-' | '[' | '{' | ',' | '=' => can_open = true,
                // The texts of a block are what they are.
                '|' | '>' if can_open => return None,
                _ => can_open = false,
            }
        }
    }
    None
}
