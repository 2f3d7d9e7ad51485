//! Writes a key into a note's front matter, and leaves every other byte of the note as it is.
//!
//! ```text
//! ---                                       ---
//! title: "KV cache" # as on the site   →    title: "KV cache" # as on the site
//! status: draft # until Lin has time        status: reviewed # until Lin has time
//! ---                                       reviewed-on: 2025-12-02
//! # KV cache                                ---
//!                                           # KV cache
//! ```
//!
//! A key that is there gets its new value in its own line, in the quotation marks of the old one. A missing key becomes
//! the last one; below `bilingual:`, where a note has that table. A note without front matter gets some.
//!
//! Nothing is trusted: the new text is read again, and has to hold the old keys with their old values, and the new one.
//! So what cannot be told apart by its bytes (a block scalar, an anchor, one line of braces) is left to its author.
//!
//! What was confirmed of a copy elsewhere is written beside its address: [`set_copy`].

mod copies;

use std::ops::Range;

pub use copies::{ConfirmedCopy, set_copy};

use crate::diagnostic::Diagnostic;
use crate::facts::front_matter::value::{Entries, Node, Value};
use crate::facts::front_matter::{self, FrontMatterBlock, FrontMatterFormat};
use crate::markdown::line_start;
use crate::values::Date;

/// Why a key was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditError {
    /// The front matter cannot be read.
    Unreadable(Box<Diagnostic>),
    /// Its bytes cannot be told apart. This line has to be written by hand.
    ByHand(String),
}

/// A place for the new value, and whether that is in the table `bilingual`.
struct InsertionPoint {
    /// The bytes to replace, from the beginning of what stands between the delimiters.
    range: Range<usize>,
    text: String,
    own: bool,
}

/// A text whose front matter has this value for a key. The value is one line. `file` is what people call the text.
///
/// # Errors
/// When the front matter cannot be read, or when it is written in a way that leaves the place of the value open.
pub fn set(text: &str, file: &str, key: &str, value: &str) -> Result<String, EditError> {
    let (mark, bare) = without_mark(text);
    let Some(block) = front_matter::find(bare) else {
        return Ok(begun(mark, bare, &[&format!("{key}: {}", scalar(FrontMatterFormat::Yaml, value, None))]));
    };
    let entries = front_matter::entries(block, file).map_err(EditError::Unreadable)?;
    if found(&entries, key).is_some_and(|(_, old, _)| matches!(old, Value::Scalar(old) if old.value.trim() == value)) {
        return Ok(text.to_owned());
    }
    let places = candidates(block, &entries, key, value, line_end(bare));
    let new_value = Value::Scalar(bare_node(value));
    if let Some(new) = written(bare, block, &entries, (key, &new_value), places) {
        return Ok(format!("{mark}{new}"));
    }
    let line = match block.format {
        FrontMatterFormat::Yaml => format!("{key}: {}", scalar(FrontMatterFormat::Yaml, value, None)),
        FrontMatterFormat::Toml => format!("{key} = {}", scalar(FrontMatterFormat::Toml, value, None)),
        FrontMatterFormat::Json => format!("\"{key}\": {}", quoted(value)),
    };
    Err(EditError::ByHand(line))
}

/// A text without its byte order mark, and that.
fn without_mark(text: &str) -> (&'static str, &str) {
    match text.strip_prefix('\u{feff}') {
        Some(bare) => ("\u{feff}", bare),
        None => ("", text),
    }
}

/// A text with front matter that it did not have.
fn begun(mark: &str, bare: &str, lines: &[&str]) -> String {
    // As the rest of the file ends its lines.
    let end = if bare.matches("\r\n").count() * 2 > bare.matches('\n').count() { "\r\n" } else { "\n" };
    let lines: String = lines.iter().flat_map(|line| [line, end]).collect();
    format!("{mark}---{end}{lines}---{end}{bare}")
}

/// A text that is written anew at the first of these places at which its key gets this value, and nothing else changes.
fn written(
    bare: &str,
    block: FrontMatterBlock<'_>,
    entries: &Entries,
    (key, value): (&str, &Value),
    places: Vec<InsertionPoint>,
) -> Option<String> {
    places.into_iter().find_map(|InsertionPoint { range, text, own }| {
        let (before, behind) = (&bare[..block.start + range.start], &bare[block.start + range.end..]);
        let new = format!("{before}{text}{behind}");
        is_only_change(bare, block, &new, &expected(entries, key, value, own)).then_some(new)
    })
}

/// How the first line ends.
fn line_end(text: &str) -> &'static str {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.ends_with("\r\n") { "\r\n" } else { "\n" }
}

/// The table of our own keys.
fn own_table(entries: &Entries) -> Option<(&Node<String>, &Entries)> {
    entries.iter().find_map(|(key, value)| match value {
        Value::Table(table) if key.value == "bilingual" => Some((key, table)),
        _ => None,
    })
}

/// The entry that counts for a key, and whether it is in the table of our own.
fn found<'a>(entries: &'a Entries, key: &str) -> Option<(&'a Node<String>, &'a Value, bool)> {
    let entry = |entries: &'a Entries, own| {
        entries.iter().find(|(node, _)| node.value == key).map(|(node, value)| (node, value, own))
    };
    own_table(entries).and_then(|(_, table)| entry(table, true)).or_else(|| entry(entries, false))
}

/// Where the value could go, the best place first.
fn candidates(
    block: FrontMatterBlock<'_>,
    entries: &Entries,
    key: &str,
    value: &str,
    end: &str,
) -> Vec<InsertionPoint> {
    let FrontMatterBlock { format, inner, .. } = block;
    match found(entries, key) {
        Some((node, old, own)) => replaced(format, inner, node, old, value)
            .map(|(range, text)| InsertionPoint { range, text, own })
            .into_iter()
            .collect(),
        None => {
            let assigned = if format == FrontMatterFormat::Yaml { ":" } else { " =" };
            let line = format!("{key}{assigned} {}", scalar(format, value, None));
            missing(block, entries, |indent| format!("{indent}{line}{end}"))
        }
    }
}

/// Where a key could go that is not there, the best place first; `lines` makes its lines, which are so far indented.
fn missing(block: FrontMatterBlock<'_>, entries: &Entries, lines: impl Fn(&str) -> String) -> Vec<InsertionPoint> {
    let FrontMatterBlock { format, inner, .. } = block;
    let new = |(at, indent): (usize, &str), own| InsertionPoint { range: at..at, text: lines(indent), own };
    let own = own_table(entries).into_iter().flat_map(|(_, table)| in_own_table(inner, table));
    let top = match format {
        FrontMatterFormat::Yaml => {
            vec![(inner.len(), entries.first().map_or("", |(key, _)| indent(inner, key)))]
        }
        FrontMatterFormat::Toml => before_tables(inner),
        // A comma belongs somewhere.
        FrontMatterFormat::Json => Vec::new(),
    };
    own.map(|place| new(place, true)).chain(top.into_iter().map(|place| new(place, false))).collect()
}

/// The bytes of an old value, and what takes their place.
fn replaced(
    format: FrontMatterFormat,
    inner: &str,
    key: &Node<String>,
    old: &Value,
    value: &str,
) -> Option<(Range<usize>, String)> {
    let separator = if format == FrontMatterFormat::Toml { "=" } else { ":" };
    match old {
        Value::Scalar(node) => {
            // Between the two stand a tag or an anchor, or the value is on another line.
            let between = inner.get(key.bytes.end..node.bytes.start)?;
            if between.trim() != separator || between.contains('\n') {
                return None;
            }
            let range = one_line(format, inner, node)?;
            let quote = inner[range.clone()].chars().next();
            Some((range, scalar(format, value, quote)))
        }
        // `key:` or `key: ~`, with a comment perhaps.
        Value::Null => {
            let line = inner[key.bytes.end..].split('\n').next().unwrap_or_default();
            let rest = line.trim_start().strip_prefix(':')?;
            let colon = key.bytes.end + line.len() - rest.len();
            let word = ["null", "Null", "NULL", "~"].into_iter().find(|word| rest.trim_start().starts_with(word));
            let until = word.map_or(colon, |word| colon + rest.len() - rest.trim_start().len() + word.len());
            Some((colon..until, format!(" {}", scalar(format, value, None))))
        }
        _ => None,
    }
}

/// The bytes of a text that stands on one line.
fn one_line(format: FrontMatterFormat, inner: &str, node: &Node<String>) -> Option<Range<usize>> {
    let written = inner.get(node.bytes.clone())?.trim_end();
    let is_block = format == FrontMatterFormat::Yaml && written.starts_with(['|', '>']);
    (!written.contains('\n') && !is_block).then(|| node.bytes.start..node.bytes.start + written.len())
}

/// Behind the last entry of a table of our keys, or else before its first one.
fn in_own_table<'a>(inner: &'a str, table: &Entries) -> Vec<(usize, &'a str)> {
    let behind = table.last().map(|(key, _)| {
        let at = inner[key.bytes.end..].find('\n').map_or(inner.len(), |line| key.bytes.end + line + 1);
        (at, indent(inner, key))
    });
    let before = table.first().map(|(key, _)| (line_start(inner, key.bytes.start), indent(inner, key)));
    behind.into_iter().chain(before).collect()
}

/// The end of TOML without tables; where there are some, the place above the first, with its comments.
fn before_tables(inner: &str) -> Vec<(usize, &str)> {
    let mut places = Vec::new();
    let mut at = 0;
    // Behind the last line that is neither a comment nor blank.
    let mut behind = 0;
    for line in inner.split_inclusive('\n') {
        let text = line.trim();
        if text.starts_with('[') {
            places.push((behind, ""));
        }
        at += line.len();
        if !text.is_empty() && !text.starts_with('#') {
            behind = at;
        }
    }
    // Each place is tried, and read again: a line of an array can look like a table, but not many of them will.
    places.truncate(8);
    if places.is_empty() { vec![(inner.len(), "")] } else { places.into_iter().chain([(0, "")]).collect() }
}

/// The white space before a key, unless more than that stands there.
fn indent<'a>(inner: &'a str, key: &Node<String>) -> &'a str {
    let before = &inner[line_start(inner, key.bytes.start)..key.bytes.start];
    if before.trim().is_empty() { before } else { "" }
}

/// The entries that a text should have afterwards.
fn expected(entries: &Entries, key: &str, value: &Value, own: bool) -> Entries {
    let mut expected = bare(entries);
    let table = expected.iter_mut().find_map(|(key, table)| match table {
        Value::Table(table) if own && key.value == "bilingual" => Some(table),
        _ => None,
    });
    let new = (bare_node(key), bare_value(value));
    if let Some(table) = table {
        insert(table, new);
    } else {
        insert(&mut expected, new);
    }
    expected
}

fn insert(entries: &mut Entries, new: (Node<String>, Value)) {
    entries.retain(|(key, _)| *key != new.0);
    entries.push(new);
    entries.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
}

/// Whether a new text differs from an old one in this way, and in no other.
fn is_only_change(old: &str, block: FrontMatterBlock<'_>, new: &str, expected: &Entries) -> bool {
    let Some(found) = front_matter::find(new).filter(|found| found.format == block.format) else { return false };
    let Ok(entries) = front_matter::entries(found, "") else { return false };
    old[block.end..] == new[found.end..] && bare(&entries) == *expected
}

/// Entries without their places, in the order of their keys.
fn bare(entries: &Entries) -> Entries {
    let mut bare: Entries = entries.iter().map(|(key, value)| (bare_node(&key.value), bare_value(value))).collect();
    bare.sort_by(|(a, _), (b, _)| a.value.cmp(&b.value));
    bare
}

fn bare_value(value: &Value) -> Value {
    match value {
        Value::Scalar(node) => Value::Scalar(bare_node(&node.value)),
        Value::List(items) => Value::List(items.iter().map(bare_value).collect()),
        Value::Table(entries) => Value::Table(bare(entries)),
        Value::Null => Value::Null,
        Value::Alias => Value::Alias,
    }
}

fn bare_node(text: &str) -> Node<String> {
    Node { value: text.to_owned(), line: 0, column: 0, bytes: 0..0 }
}

/// A value as it is written, in the quotation marks that the old one began with.
fn scalar(format: FrontMatterFormat, value: &str, old: Option<char>) -> String {
    match old {
        Some('\'') if format == FrontMatterFormat::Yaml => format!("'{}'", value.replace('\'', "''")),
        Some('\'') if !value.contains('\'') => format!("'{value}'"),
        Some('"' | '\'') => quoted(value),
        _ => match format {
            FrontMatterFormat::Yaml if is_plain(value) => value.to_owned(),
            FrontMatterFormat::Toml if is_day(value) => value.to_owned(),
            _ => quoted(value),
        },
    }
}

/// YAML and TOML write these two alike.
fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_day(value: &str) -> bool {
    Date::parse(value).is_ok_and(|day| day.to_string() == value)
}

/// Whether every reader of YAML takes this for a text, and for this one.
fn is_plain(value: &str) -> bool {
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    let rest = value.strip_prefix("sha256:").unwrap_or(value);
    is_day(value)
        || (value.starts_with(char::is_alphabetic)
            && rest.chars().all(is_word)
            && !value.ends_with(' ')
            && !WORDS.contains(&value.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Wording;
    use crate::values::Fingerprint;

    fn set(text: &str, key: &str, value: &str) -> Result<String, EditError> {
        super::set(text, "x.md", key, value)
    }

    const HASH: &str = "sha256:5f0c1f0b7a3d9a42";

    #[test]
    fn a_value_in_place_of_another() {
        for (old, new) in [
            ("---\nreviewed: old\n---\n", "---\nreviewed: sha256:5f0c1f0b7a3d9a42\n---\n"),
            (
                "---\r\nreviewed:  old  # why\r\na: b\r\n---\r\nx",
                "---\r\nreviewed:  sha256:5f0c1f0b7a3d9a42  # why\r\na: b\r\n---\r\nx",
            ),
            (
                "---\na: 'b'\n'reviewed' : 'it''s' #c\n---\n",
                "---\na: 'b'\n'reviewed' : 'sha256:5f0c1f0b7a3d9a42' #c\n---\n",
            ),
            ("---\nreviewed: \"a \\\" # b\"\n...\n", "---\nreviewed: \"sha256:5f0c1f0b7a3d9a42\"\n...\n"),
            ("---\nreviewed:\n---\n", "---\nreviewed: sha256:5f0c1f0b7a3d9a42\n---\n"),
            ("---\nreviewed: ~ # none\n---\n", "---\nreviewed: sha256:5f0c1f0b7a3d9a42 # none\n---\n"),
            ("---\nreviewed: # none\n---\n", "---\nreviewed: sha256:5f0c1f0b7a3d9a42 # none\n---\n"),
            ("---\n{a: b, reviewed: c}\n---\n", "---\n{a: b, reviewed: sha256:5f0c1f0b7a3d9a42}\n---\n"),
            (
                "---\nreviewed: 3\nbilingual:\n  status: draft\n  reviewed: old # ours\n---\n",
                "---\nreviewed: 3\nbilingual:\n  status: draft\n  reviewed: sha256:5f0c1f0b7a3d9a42 # ours\n---\n",
            ),
            (
                "\u{feff}---\n标题: 显存\nreviewed: 旧\n---\n",
                "\u{feff}---\n标题: 显存\nreviewed: sha256:5f0c1f0b7a3d9a42\n---\n",
            ),
            ("+++\nreviewed = 'old' # why\n+++\n", "+++\nreviewed = 'sha256:5f0c1f0b7a3d9a42' # why\n+++\n"),
            (
                "+++\nreviewed = 2025-01-01\n[a]\nreviewed = 3\n+++\n",
                "+++\nreviewed = \"sha256:5f0c1f0b7a3d9a42\"\n[a]\nreviewed = 3\n+++\n",
            ),
            (
                "+++\n[bilingual]\nreviewed = \"a\"\n+++\n",
                "+++\n[bilingual]\nreviewed = \"sha256:5f0c1f0b7a3d9a42\"\n+++\n",
            ),
            (
                "+++\nbilingual = { reviewed = \"a\" }\n+++\n",
                "+++\nbilingual = { reviewed = \"sha256:5f0c1f0b7a3d9a42\" }\n+++\n",
            ),
        ] {
            assert_eq!(set(old, "reviewed", HASH).as_deref(), Ok(new), "{old}");
            assert_eq!(set(new, "reviewed", HASH).as_deref(), Ok(new), "{old}: twice");
        }
    }

    #[test]
    fn a_missing_key() {
        for (old, new) in [
            ("# A\n", "---\nreviewed-on: 2025-12-02\n---\n# A\n"),
            ("", "---\nreviewed-on: 2025-12-02\n---\n"),
            ("no end", "---\nreviewed-on: 2025-12-02\n---\nno end"),
            ("\u{feff}# A\r\n\r\nb", "\u{feff}---\r\nreviewed-on: 2025-12-02\r\n---\r\n# A\r\n\r\nb"),
            ("---\n\nA break\n\n---\n", "---\nreviewed-on: 2025-12-02\n---\n---\n\nA break\n\n---\n"),
            ("---\n---\n# A\n", "---\nreviewed-on: 2025-12-02\n---\n# A\n"),
            ("---\r\na: b\r\n---", "---\r\na: b\r\nreviewed-on: 2025-12-02\r\n---"),
            ("---\na: |\n  b\n\n# c\n---\n", "---\na: |\n  b\n\n# c\nreviewed-on: 2025-12-02\n---\n"),
            ("---\na:\n- b\n---\n", "---\na:\n- b\nreviewed-on: 2025-12-02\n---\n"),
            ("---\n  title: b\n  c: d\n---\n", "---\n  title: b\n  c: d\n  reviewed-on: 2025-12-02\n---\n"),
            (
                "---\nbilingual:\n  status: draft\n# end\nz: y\n---\n",
                "---\nbilingual:\n  status: draft\n  reviewed-on: 2025-12-02\n# end\nz: y\n---\n",
            ),
            (
                "---\nbilingual:\n  zhihu:\n    - https://a\nz: y\n---\n",
                "---\nbilingual:\n  reviewed-on: 2025-12-02\n  zhihu:\n    - https://a\nz: y\n---\n",
            ),
            (
                "---\nbilingual: { status: draft }\n---\n",
                "---\nbilingual: { status: draft }\nreviewed-on: 2025-12-02\n---\n",
            ),
            ("+++\na = 1\n+++\n", "+++\na = 1\nreviewed-on = 2025-12-02\n+++\n"),
            ("---\ntitle = \"a\"\n---\n", "---\ntitle = \"a\"\nreviewed-on = 2025-12-02\n---\n"),
            ("--- # c\ntitle: a\n---\n", "--- # c\ntitle: a\nreviewed-on: 2025-12-02\n---\n"),
            ("title: a\ndate: b\n---\n# A\n", "title: a\ndate: b\nreviewed-on: 2025-12-02\n---\n# A\n"),
            (
                "+++\na = [\n[1],\n]\n# of b\n[b]\nc = 1\n+++\n",
                "+++\na = [\n[1],\n]\nreviewed-on = 2025-12-02\n# of b\n[b]\nc = 1\n+++\n",
            ),
            ("+++\n[[b]]\nc = 1\n+++\n", "+++\nreviewed-on = 2025-12-02\n[[b]]\nc = 1\n+++\n"),
            (
                "+++\n[bilingual]\n  status = \"draft\"\n[b]\n+++\n",
                "+++\n[bilingual]\n  status = \"draft\"\n  reviewed-on = 2025-12-02\n[b]\n+++\n",
            ),
            ("+++\r\n+++\r\nx", "+++\r\nreviewed-on = 2025-12-02\r\n+++\r\nx"),
        ] {
            assert_eq!(set(old, "reviewed-on", "2025-12-02").as_deref(), Ok(new), "{old}");
        }
    }

    #[test]
    fn what_is_left_to_its_author() {
        for old in [
            "---\nreviewed: |\n  a\n---\n",
            "---\nreviewed: >-\n  a\n---\n",
            "---\nreviewed: a\n  b\n---\n",
            "---\nreviewed: \"a\n  b\"\n---\n",
            "---\nreviewed: &x a\nb: *x\n---\n",
            "---\nreviewed: !!str a\n---\n",
            "---\nreviewed: [a]\n---\n",
            "---\nreviewed:\n  a: b\n---\n",
            "---\nreviewed:\n  a\n---\n",
            "---\nb: c\n? reviewed\n: a\n---\n",
            "---\na: &x b\nreviewed: *x\n---\n",
            "---\n{a: b}\n---\n",
        ] {
            assert_eq!(set(old, "reviewed", HASH), Err(EditError::ByHand(format!("reviewed: {HASH}"))), "{old}");
        }
        for old in ["+++\nreviewed = [1]\n+++\n", "+++\nreviewed = \"\"\"\na\"\"\"\n+++\n"] {
            assert_eq!(set(old, "reviewed", HASH), Err(EditError::ByHand(format!("reviewed = \"{HASH}\""))), "{old}");
        }
        for old in ["---\na: [\n---\n", "---\ntitle: a\n\n# A\n", "+++\na = \n+++\n", "---\ntitle：b\n---\n"] {
            let Err(EditError::Unreadable(problem)) = set(old, "reviewed", HASH) else { panic!("{old}") };
            assert!(problem.to_string().starts_with("warning[front-matter-syntax]: x.md:"), "{problem}");
        }
    }

    #[test]
    fn names_are_quoted_as_far_as_they_need_it() {
        for (name, yaml) in [
            ("Lin", "Lin"),
            ("林 一", "林 一"),
            ("No", "\"No\""),
            ("Lin: \"L\" # 1", "\"Lin: \\\"L\\\" # 1\""),
            ("@lin", "\"@lin\""),
            ("1e5", "\"1e5\""),
        ] {
            assert_eq!(set("# A", "reviewed-by", name), Ok(format!("---\nreviewed-by: {yaml}\n---\n# A")));
        }
    }

    fn value(text: &str, key: &str) -> Option<String> {
        let block = front_matter::find(text.trim_start_matches('\u{feff}'))?;
        let mut said = crate::diagnostic::Diagnostics::default();
        let read = front_matter::read(block, "x.md", &Wording::default(), &mut said);
        match key {
            "reviewed-by" => read.reviewed_by.map(|fact| fact.value),
            _ => read.reviewed.map(|fact| fact.value.to_string()),
        }
    }

    fn fingerprint(text: &str) -> Fingerprint {
        let text = text.trim_start_matches('\u{feff}');
        Fingerprint::of(text, front_matter::find(text).map_or(0, |block| block.end))
    }

    /// Lines of front matter, as people write them.
    fn lines() -> impl Strategy<Value = Vec<&'static str>> {
        let yaml = [
            "title: \"a # b\"",
            "reviewed: old # why",
            "reviewed-by: 'Li''n'",
            "tags: [a, b]",
            "# comment",
            "",
            "summary: |\n  two\n  lines",
            "bilingual:\n  status: draft",
            "date: 2025-01-01",
            "list:\n- a\n- b: c",
            "reviewed:",
            "标题: 显存",
            "long: one\n  two",
        ];
        proptest::sample::subsequence(yaml.to_vec(), 0..=yaml.len()).prop_shuffle()
    }

    proptest! {
        #[test]
        fn only_one_line_changes(
            lines in lines(),
            has in proptest::bool::ANY,
            body in r"[-a#:\[\]+ 中\n]{0,40}",
            windows in proptest::bool::ANY,
            mark in proptest::bool::ANY,
            name in r"[ -~林]{1,12}",
        ) {
            let name = name.trim();
            prop_assume!(!name.is_empty());
            let mut text = if has { format!("---\n{}\n---\n{body}", lines.join("\n")) } else { body.clone() };
            if windows {
                text = text.replace('\n', "\r\n");
            }
            if mark {
                text.insert(0, '\u{feff}');
            }
            for (key, wanted) in [("reviewed", HASH), ("reviewed-by", name)] {
                let Ok(new) = set(&text, key, wanted) else { continue };
                prop_assert_eq!(value(&new, key), Some(wanted.split_whitespace().collect::<Vec<_>>().join(" ")));
                prop_assert_eq!(fingerprint(&new), fingerprint(&text));
                prop_assert_eq!(new.starts_with('\u{feff}'), mark);
                prop_assert_eq!(set(&new, key, wanted), Ok(new.clone()));
                if windows && text.contains('\n') {
                    prop_assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
                }
                // Each old line is still there, but for the one of the key.
                let mut rest = new.split_inclusive('\n').peekable();
                let mut lost = 0;
                for line in text.trim_start_matches('\u{feff}').split_inclusive('\n') {
                    let mut ahead = rest.clone();
                    match ahead.position(|other| other.trim_start_matches('\u{feff}') == line) {
                        Some(at) => drop(rest.nth(at)),
                        None => lost += 1,
                    }
                }
                prop_assert!(lost <= 1, "{text:?}\n{new:?}");
            }
        }
    }
}
