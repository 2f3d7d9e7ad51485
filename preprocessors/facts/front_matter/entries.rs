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

use super::KEYS;
use super::block::{FrontMatterBlock, FrontMatterFormat, is_known, is_name};
use crate::diagnostic::{Code, Diagnostic, Message, Place};
use crate::facts::front_matter::value::{self, Entries, Node, SyntaxError, Value};
use crate::values::Date;

/// How many faults of one front matter are told apart, besides those of our keys.
const FAULTS: usize = 3;

/// All that can be read, and what cannot.
pub(super) fn readable(block: FrontMatterBlock<'_>, file: &str) -> (Entries, Vec<Diagnostic>) {
    let ends = never_ends(block, file);
    let whole = match block.format {
        FrontMatterFormat::Toml => value::toml(block.inner),
        FrontMatterFormat::Json if !block.inner.starts_with('{') => without_braces(block.inner),
        FrontMatterFormat::Yaml | FrontMatterFormat::Json => value::yaml(block.inner),
    };
    let problem = match whole {
        Ok(entries) if !hides_a_key(block, block.inner) => return (entries, ends.into_iter().collect()),
        Ok(_) => None,
        Err(problem) => Some(problem),
    };
    if let (FrontMatterFormat::Json, Some(problem)) = (block.format, &problem) {
        // What never ends is no object for that reason.
        return (Vec::new(), vec![ends.unwrap_or_else(|| fault(block, file, &whole_of(block), problem))]);
    }
    let (pieces, left) = pieces(block);
    let mut reader = PieceReader::new(block, file, left);
    pieces.iter().for_each(|piece| reader.add(piece));
    let (entries, faults) = reader.settle(&pieces, problem);
    (entries, ends.into_iter().chain(faults).collect())
}

/// Reads what no parser takes as a whole, key by key.
struct PieceReader<'a> {
    block: FrontMatterBlock<'a>,
    file: &'a str,
    /// How far the keys are indented, in columns.
    left: usize,
    entries: Entries,
    faults: Faults<'a>,
    /// Whether something was read that is no value for a parser, and whose meaning is clear.
    is_meant: bool,
    /// The first key further right than the others.
    indented: Option<Node<String>>,
}

impl<'a> PieceReader<'a> {
    fn new(block: FrontMatterBlock<'a>, file: &'a str, left: usize) -> Self {
        let (entries, faults) = (Entries::new(), Faults::default());
        Self { block, file, left, entries, faults, is_meant: false, indented: None }
    }

    fn add(&mut self, piece: &KeyLines<'a>) {
        let (block, file) = (self.block, self.file);
        let KeyLines { text, line, offset } = *piece;
        let hidden = || hidden_key(block.format, text.lines().next()?).map(|(key, _)| key);
        let own = key_of(block, text).or_else(hidden).filter(|key| KEYS.contains(key));
        let said = match self.read(text, own) {
            Ok(found) if !hides_a_key(block, text) => {
                let is_indented =
                    |key: &Node<String>| block.format == FrontMatterFormat::Yaml && key.column > self.left + 1;
                let first = found.first().filter(|(key, _)| is_indented(key));
                let first = first.map(|(key, _)| moved(key.clone(), line, offset));
                self.indented = self.indented.take().or(first);
                let found = found.into_iter();
                self.entries
                    .extend(found.map(|(key, value)| (moved(key, line, offset), value_moved(value, line, offset))));
                return;
            }
            // What its anchor stands for may be in another piece, and is not our business.
            Err(problem) if problem.message.contains("unknown anchor") && own.is_none() => return,
            Err(problem) => fault(block, file, piece, &problem),
            Ok(_) => fault(block, file, piece, &SyntaxError { message: String::new(), line: 1, column: 1 }),
        };
        self.faults.add(own, key_of(block, text).unwrap_or_else(|| text.trim()), said);
    }

    fn read(&mut self, text: &str, own: Option<&str>) -> Result<Entries, SyntaxError> {
        let (read, meant) = match self.block.format {
            FrontMatterFormat::Toml => (value::toml(text), own.and_then(|_| impossible_day(text))),
            // Braces are no key: a template, or an object among keys.
            _ if text.trim_start().starts_with('{') => {
                (Err(SyntaxError { message: value::NO_TABLE.to_owned(), line: 1, column: 1 }), None)
            }
            FrontMatterFormat::Yaml | FrontMatterFormat::Json => (value::yaml(text), lone_mark(text)),
        };
        read.or_else(|problem| {
            self.is_meant |= meant.is_some();
            meant.ok_or(problem)
        })
    }

    /// All that was read, and what was not. `problem` is what a parser had said of all pieces together.
    fn settle(mut self, pieces: &[KeyLines<'a>], problem: Option<SyntaxError>) -> (Entries, Vec<Diagnostic>) {
        let (block, file) = (self.block, self.file);
        let mut all = std::mem::take(&mut self.faults.all);
        if let Some(key) = self.indented {
            let message = Message::new(
                format!("`{}` begins further right than other keys", key.value),
                "begin all keys in the first column",
            );
            all.push(Diagnostic::new(Code::FrontMatterSyntax, message).at(place_of(block, file, &key)));
        }
        if all.is_empty()
            && !self.is_meant
            // A key that is there twice was read twice.
            && let Some(problem) = problem.filter(|problem| !problem.message.contains("duplicate"))
        {
            let at = pieces.partition_point(|piece| piece.line < problem.line).saturating_sub(1);
            let whole = whole_of(block);
            let piece = pieces.get(at).unwrap_or(&whole);
            let problem = SyntaxError { line: problem.line.saturating_sub(piece.line).max(1), ..problem };
            all.push(fault(block, file, piece, &problem));
        }
        if let Some((names, place)) = self.faults.rest() {
            let message = Message::new(format!("{names} not read either"), "put right what is said of the others");
            let said = Diagnostic::new(Code::FrontMatterSyntax, message);
            all.push(place.map_or(said.clone(), |place| said.at(place)));
        }
        (self.entries, all)
    }
}

/// JSON as Hexo has it, without the braces around it.
fn without_braces(inner: &str) -> Result<Entries, SyntaxError> {
    const OPENING: &str = "{\n";
    let back = |node: Node<String>| {
        let bytes = node.bytes.start.saturating_sub(OPENING.len())..node.bytes.end.saturating_sub(OPENING.len());
        Node { line: node.line.saturating_sub(1).max(1), bytes, ..node }
    };
    match value::yaml(&format!("{OPENING}{inner}\n}}")) {
        Ok(entries) => Ok(entries.into_iter().map(|(key, value)| (back(key), each_node(value, &back))).collect()),
        Err(problem) => Err(SyntaxError { line: problem.line.saturating_sub(1).max(1), ..problem }),
    }
}

/// What cannot be read.
#[derive(Default)]
struct Faults<'a> {
    all: Vec<Diagnostic>,
    /// The keys of ours that are among them.
    named: BTreeSet<&'a str>,
    others: usize,
    /// The keys of what there is besides, each once.
    more: Vec<&'a str>,
    /// How many there are besides.
    count: usize,
    /// Where the first of these is.
    place: Option<Place>,
}

/// How many keys are named that nothing else is said of.
const NAMED: usize = 5;

impl<'a> Faults<'a> {
    /// One more, of a key of ours or of something else. Each of our keys is named once, whatever else there is.
    fn add(&mut self, own: Option<&'a str>, name: &'a str, said: Diagnostic) {
        if own.is_some_and(|key| self.named.insert(key)) {
            self.all.push(said);
        } else if self.others < FAULTS {
            self.others += 1;
            self.all.push(said);
        } else {
            self.count += 1;
            self.place = self.place.take().or_else(|| said.place().cloned());
            if self.more.len() < NAMED && !self.more.contains(&name) {
                self.more.push(name);
            }
        }
    }

    /// What there is besides, in words, and where it begins.
    fn rest(&self) -> Option<(String, Option<Place>)> {
        let names = self.more.iter().map(|name| format!("`{}`", name.lines().next().unwrap_or_default()));
        let names = names.collect::<Vec<_>>().join(", ");
        let words = match (self.count, self.count - self.more.len()) {
            (0, _) => return None,
            (1, _) => format!("{names} is"),
            (_, 0) => format!("{names} are"),
            (_, more) => format!("{names} and {more} more are"),
        };
        Some((words, self.place.clone()))
    }
}

/// All keys and values, or the first thing that is wrong with them.
pub(in crate::facts) fn entries(block: FrontMatterBlock<'_>, file: &str) -> Result<Entries, Box<Diagnostic>> {
    let (entries, faults) = readable(block, file);
    if let Some(fault) = faults.into_iter().next() {
        return Err(Box::new(fault));
    }
    let own = entries.iter().filter_map(|(key, value)| match value {
        Value::Table(own) if key.value == "bilingual" => Some(own),
        _ => None,
    });
    for table in std::iter::once(&entries).chain(own) {
        let mut seen = BTreeSet::new();
        if let Some((key, _)) = table.iter().find(|(key, _)| !key.value.is_empty() && !seen.insert(key.value.as_str()))
        {
            let message = Message::new(format!("the key `{}` is there twice", key.value), "remove one of the two");
            return Err(Box::new(Diagnostic::new(Code::FrontMatterSyntax, message).at(place_of(block, file, key))));
        }
    }
    Ok(entries)
}

fn never_ends(block: FrontMatterBlock<'_>, file: &str) -> Option<Diagnostic> {
    if block.closed {
        return None;
    }
    let (dashes, last) = (block.dashes, block.above() + block.inner.lines().count());
    let message = Message::new(
        format!("the front matter never ends, and is taken to end with line {last}"),
        format!("put a line of {dashes} behind that"),
    );
    Some(Diagnostic::new(Code::FrontMatterSyntax, message).at(Place::at(file, block.line(), 1)))
}

/// A mark behind a key that ends none for YAML, or none for TOML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyMark {
    /// `title：x`
    FullWidth,
    /// `title:x`
    Tight,
    /// `title = x`
    Equals,
    /// `title: x` in TOML.
    Colon,
    /// `title: x` with a space that YAML takes for a letter.
    Space(char),
}

/// The key at the beginning of a line, where YAML or TOML does not see it.
pub(super) fn hidden_key(format: FrontMatterFormat, line: &str) -> Option<(&str, KeyMark)> {
    let (key, rest) = line.split_at(line.find([':', '：', '='])?);
    let key = key.trim();
    let mark = match (format, rest.chars().next()?) {
        (FrontMatterFormat::Yaml, '：') => KeyMark::FullWidth,
        (FrontMatterFormat::Yaml, '=') if is_known(key) => KeyMark::Equals,
        (FrontMatterFormat::Toml, ':') if is_known(key) => KeyMark::Colon,
        (FrontMatterFormat::Yaml, ':') => {
            let behind = rest[1..].chars().next();
            match behind {
                None | Some(' ' | '\t' | '\r' | '\n') => return None,
                Some(space) if is_odd_space(space) => KeyMark::Space(space),
                Some(_) if rest.starts_with("://") => return None,
                Some(_) => KeyMark::Tight,
            }
        }
        _ => return None,
    };
    (is_name(key) && !key.contains(char::is_whitespace)).then_some((key, mark))
}

/// Whether a character looks like a space and is none for YAML and TOML.
fn is_odd_space(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// What such a character is called.
fn space_name(space: char) -> String {
    let name = match space {
        '\u{a0}' | '\u{202f}' | '\u{2060}' | '\u{feff}' => "a no-break one, ",
        '\u{3000}' => "a full-width one, ",
        _ => "",
    };
    format!("{name}U+{:04X}", u32::from(space))
}

/// Whether a key of ours is hidden in a text that can be read: `title:Part 1: the beginning` has another key.
fn hides_a_key(block: FrontMatterBlock<'_>, text: &str) -> bool {
    let left = left(text);
    let is_ours = |line: &str| hidden_key(block.format, line).is_some_and(|(key, _)| KEYS.contains(&key));
    block.format == FrontMatterFormat::Yaml && text.lines().any(|line| indent(line) == left && is_ours(line))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// How far the keys of a text are indented.
fn left(text: &str) -> usize {
    text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')).map_or(0, indent)
}

/// A key with what belongs to it.
struct KeyLines<'a> {
    text: &'a str,
    /// How many lines stand above it.
    line: usize,
    offset: usize,
}

/// Cuts front matter before each line that begins a key; and how far those at the left are indented.
fn pieces(block: FrontMatterBlock<'_>) -> (Vec<KeyLines<'_>>, usize) {
    let can_begin = |text: &str| !text.is_empty() && !text.starts_with(['#', '-', ']', '}', ',']);
    let left = block.inner.lines().filter(|line| can_begin(line.trim())).map(indent).min().unwrap_or(0);
    let mut pieces: Vec<KeyLines<'_>> = Vec::new();
    let (mut offset, mut in_table, mut is_complete, mut open) = (0, false, false, None);
    for (at, line) in block.inner.split_inclusive('\n').enumerate() {
        let text = line.trim();
        let begins = match block.format {
            // Inside of a text of several lines, nothing is a key.
            FrontMatterFormat::Toml if open.is_some() => false,
            FrontMatterFormat::Toml => {
                text.starts_with('[') && text.contains(']') && indent(line) == 0
                    || (!in_table && text.contains('=') && indent(line) == 0)
            }
            _ if indent(line) <= left => can_begin(text),
            _ => is_complete && key_of(block, text).is_some_and(|key| is_known(key) && key == key.to_lowercase()),
        };
        if begins || pieces.is_empty() {
            is_complete = is_whole(text);
        }
        if block.format == FrontMatterFormat::Toml {
            open = open_behind(line, open);
        }
        in_table |= block.format == FrontMatterFormat::Toml && begins && text.starts_with('[');
        match pieces.last_mut() {
            Some(last) if !begins => last.text = &block.inner[last.offset..offset + line.len()],
            _ => pieces.push(KeyLines { text: line, line: at, offset }),
        }
        offset += line.len();
    }
    (pieces, left)
}

/// The marks that begin and end a text of several lines in TOML.
const LONG_MARKS: [&str; 2] = ["\"\"\"", "'''"];

/// The mark of the text of several lines that is open behind a line of TOML, when this one is open before it.
fn open_behind(line: &str, mut open: Option<&'static str>) -> Option<&'static str> {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let long = LONG_MARKS.into_iter().find(|mark| rest.starts_with(mark));
        let behind = match (open, c) {
            // A literal text has no escapes.
            (Some("\"\"\""), '\\') => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            (Some(mark), _) if long == Some(mark) => {
                open = None;
                // Up to two marks before the end are the text's own.
                mark.len() + rest[mark.len()..].chars().take(2).take_while(|other| *other == c).count()
            }
            (Some(_), _) => c.len_utf8(),
            (None, '#') => return None,
            (None, '"' | '\'') if long.is_some() => {
                open = long;
                LONG_MARKS[0].len()
            }
            (None, '"' | '\'') => {
                let mut escaped = false;
                let end = rest[1..].find(|other| {
                    let ends = other == c && !escaped;
                    escaped = c == '"' && other == '\\' && !escaped;
                    ends
                });
                end.map_or(rest.len(), |end| end + 2)
            }
            (None, _) => c.len_utf8(),
        };
        rest = &rest[behind..];
    }
    open
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

/// A day that TOML refuses because no calendar has it: what is wrong with it is not how it is written.
fn impossible_day(text: &str) -> Option<Entries> {
    let line = text.lines().next()?;
    let (key, behind) = line.split_once('=')?;
    let value = behind.split('#').next()?.trim();
    let digits =
        |range: std::ops::Range<usize>| value.as_bytes().get(range)?.iter().all(u8::is_ascii_digit).then_some(());
    digits(0..4).and(digits(5..7)).and(digits(8..10))?;
    let is_day = value.as_bytes()[4] == b'-' && value.as_bytes()[7] == b'-';
    if !is_day || Date::parse(value).is_ok() || text.lines().skip(1).any(|line| !is_blank_or_comment(line)) {
        return None;
    }
    let node = |value: &str, start: usize| {
        let column = text[..start].chars().count() + 1;
        Node { value: value.to_owned(), line: 1, column, bytes: start..start + value.len() }
    };
    let name = key.trim().trim_matches(['"', '\'']);
    let start = key.len() + 1 + (behind.len() - behind.trim_start().len());
    Some(vec![(node(name, key.find(name)?), Value::Scalar(node(value, start)))])
}

fn is_blank_or_comment(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn moved(node: Node<String>, line: usize, offset: usize) -> Node<String> {
    Node { line: node.line + line, bytes: node.bytes.start + offset..node.bytes.end + offset, ..node }
}

fn value_moved(value: Value, line: usize, offset: usize) -> Value {
    each_node(value, &|node| moved(node, line, offset))
}

/// A value with something done to each of its texts and keys.
fn each_node(value: Value, change: &impl Fn(Node<String>) -> Node<String>) -> Value {
    match value {
        Value::Scalar(node) => Value::Scalar(change(node)),
        Value::List(items) => Value::List(items.into_iter().map(|item| each_node(item, change)).collect()),
        Value::Table(table) => {
            let table = table.into_iter();
            Value::Table(table.map(|(key, value)| (change(key), each_node(value, change))).collect())
        }
        Value::Null | Value::Alias => value,
    }
}

/// The key that a piece begins with.
fn key_of<'a>(block: FrontMatterBlock<'_>, piece: &'a str) -> Option<&'a str> {
    let line = piece.lines().next()?;
    let (key, value) = line.split_once(if block.format == FrontMatterFormat::Toml { '=' } else { ':' })?;
    let is_apart =
        block.format != FrontMatterFormat::Yaml || value.is_empty() || value.starts_with(char::is_whitespace);
    let key = key.trim().trim_matches(['"', '\'']);
    (is_apart && !key.is_empty() && key.len() <= 40 && !line.starts_with(['[', '{'])).then_some(key)
}

/// Where a key or a value stands.
fn place_of(block: FrontMatterBlock<'_>, file: &str, node: &Node<String>) -> Place {
    let bytes = block.start + node.bytes.start..block.start + node.bytes.end;
    Place::at(file, block.above() + node.line, node.column).spanning(bytes)
}

/// All of it as one piece.
fn whole_of(block: FrontMatterBlock<'_>) -> KeyLines<'_> {
    KeyLines { text: block.inner, line: 0, offset: 0 }
}

/// A position in a piece, with what stands behind it on its line. `line` and `column` count from 1.
fn position(block: FrontMatterBlock<'_>, file: &str, piece: &KeyLines<'_>, line: usize, column: usize) -> Place {
    let place = Place::at(file, block.above() + piece.line + line, column);
    let before: usize = piece.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let Some(text) = piece.text.get(before..).and_then(|rest| rest.lines().next()) else { return place };
    let begin = text.char_indices().nth(column - 1).map_or(text.len(), |(at, _)| at);
    let offset = block.start + piece.offset + before;
    place.spanning(offset + begin..offset + text.trim_end().len().max(begin))
}

/// What keeps a piece from being read.
fn fault(block: FrontMatterBlock<'_>, file: &str, of: &KeyLines<'_>, problem: &SyntaxError) -> Diagnostic {
    let piece = of.text;
    let what = key_of(block, piece).map_or("this".to_owned(), |key| format!("`{key}`"));
    let first = piece.lines().next().unwrap_or_default();
    let hidden = || hidden_key(block.format, first).map(|(key, mark)| (hidden_message(key, mark), 1, 1));
    let (message, line, column) = hidden()
        .or_else(|| foreign_comment(first))
        .or_else(|| unclosed_in_toml(block.format, piece, &what))
        .or_else(|| unclosed_quotation(piece, &what))
        .or_else(|| odd_space(piece, problem, &what))
        .unwrap_or_else(|| (refused(block, piece, problem, &what), problem.line, problem.column));
    let place = position(block, file, of, line.max(1), column.max(1));
    Diagnostic::new(Code::FrontMatterSyntax, message).at(place)
}

/// What is wrong with a piece, with line and column in it, both from 1.
type FaultInPiece = Option<(Message, usize, usize)>;

/// A key that does not end as keys do.
fn hidden_message(key: &str, mark: KeyMark) -> Message {
    match mark {
        KeyMark::FullWidth => {
            Message::new(format!("the colon behind `{key}` is a full-width one"), format!("write `{key}: …`"))
        }
        KeyMark::Space(space) => Message::new(
            format!(
                "`{key}` is not read: the space behind its colon is {}, which YAML takes for a letter",
                space_name(space)
            ),
            format!("write `{key}: …` with a plain one"),
        ),
        KeyMark::Tight => Message::new(
            format!("`{key}` is not read: a space is missing behind its colon"),
            format!("write `{key}: …`"),
        ),
        KeyMark::Equals => Message::new(
            format!("`{key}` is not read: in YAML, a colon stands behind a key"),
            format!("write `{key}: …`"),
        ),
        KeyMark::Colon => {
            Message::new(format!("`{key}` is not read: in TOML, = stands behind a key"), format!("write `{key} = …`"))
        }
    }
}

/// A comment as other languages have it.
fn foreign_comment(first: &str) -> FaultInPiece {
    ["//", "%", "<!--"].iter().any(|start| first.starts_with(start)).then(|| {
        let message = Message::new("this is not read: a comment begins with # here", "write it so, or take it out");
        (message, 1, 1)
    })
}

/// A text or a list of TOML that goes on to the end.
fn unclosed_in_toml(format: FrontMatterFormat, piece: &str, what: &str) -> FaultInPiece {
    let FrontMatterFormat::Toml = format else { return None };
    let mark = piece.lines().fold(None, |open, line| open_behind(line, open))?;
    let message = Message::new(
        format!("{what} is not read, and neither is what follows: the {mark} at the end of its value is missing"),
        "write it there",
    );
    let at = piece.lines().position(|line| open_behind(line, None).is_some()).unwrap_or_default();
    let column = piece.lines().nth(at).and_then(|line| Some(line[..line.find(mark)?].chars().count() + 1));
    Some((message, at + 1, column.unwrap_or(1)))
}

/// A quotation mark without its other half.
fn unclosed_quotation(piece: &str, what: &str) -> FaultInPiece {
    let (line, column, mark) = open_quotation(piece)?;
    let message = Message::new(
        format!("{what} is not read: a closing quotation mark is missing for the one that opens here"),
        format!("write {mark} at the end of the value"),
    );
    Some((message, line, column))
}

/// A space that is none for the parser, where it stopped.
fn odd_space(piece: &str, problem: &SyntaxError, what: &str) -> FaultInPiece {
    let line = piece.lines().nth(problem.line.saturating_sub(1))?;
    let space = line.chars().nth(problem.column.saturating_sub(1)).filter(|c| is_odd_space(*c))?;
    let message = Message::new(
        format!("{what} is not read: the space here is {}, and takes part in no syntax", space_name(space)),
        "write a plain one",
    );
    Some((message, problem.line, problem.column))
}

/// What a parser says, with a remedy for what it usually is.
fn refused(block: FrontMatterBlock<'_>, piece: &str, problem: &SyntaxError, what: &str) -> Message {
    let about = |word: &str| problem.message.contains(word);
    let remedy = match block.format {
        _ if about("twice") || about("duplicate") => "remove one of the two",
        _ if about("deep") || about("recursion") => "use fewer levels",
        FrontMatterFormat::Json => "write it as one object of JSON",
        FrontMatterFormat::Yaml if about("bracket") => "close it, or put the whole value into quotation marks",
        FrontMatterFormat::Yaml if about("unknown anchor") => {
            "put the whole value into quotation marks, or write out what it stands for"
        }
        FrontMatterFormat::Yaml if about("`key: value`") => {
            "write a line as `key: value`, with a space behind the colon"
        }
        FrontMatterFormat::Yaml if about("tab") => "indent with spaces",
        FrontMatterFormat::Yaml if about("trailing content") => "put the whole value into one pair of quotation marks",
        FrontMatterFormat::Yaml => "a value with a colon or another special character goes into quotation marks",
        FrontMatterFormat::Toml if key_of(block, piece).is_none() => "write a line as `key = value`, or take it out",
        FrontMatterFormat::Toml => "texts go into quotation marks",
    };
    let why = match about("unknown anchor") {
        true => "* stands for another value in YAML, and here is none of that name",
        false => &problem.message.replace("; ", ", "),
    };
    Message::new(format!("{what} is not read: {why}"), remedy)
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
