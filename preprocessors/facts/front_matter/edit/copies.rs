//! Writes beside the address of a copy which text that has, and since when.
//!
//! ```text
//! zhihu: https://zhuanlan.zhihu.com/p/1 # mine
//!                 ↓
//! zhihu: { url: https://zhuanlan.zhihu.com/p/1, text: "sha256:…", on: 2025-12-02 } # mine
//!
//! cross-posts:                                  cross-posts:
//!   - platform: juejin                            - platform: juejin
//!     url: https://juejin.cn/post/7       →         url: https://juejin.cn/post/7
//!                                                   text: sha256:…
//!                                                   on: 2025-12-02
//! ```
//!
//! An address that is not there yet becomes the value of its site's own key, where that is free, and an entry of
//! `cross-posts` else.

use std::ops::Range;

use super::{
    EditError, InsertionPoint, bare_node, begun, found, indent, line_end, missing, one_line, quoted, replaced, scalar,
    without_mark, written,
};
use crate::facts::front_matter::value::{Entries, Node, Value};
use crate::facts::front_matter::{self, FrontMatterBlock, FrontMatterFormat, entry};
use crate::markdown::line_start;
use crate::platforms::{CrossPost, ZHIHU};
use crate::values::{Date, Fingerprint};

/// The keys that hold copies.
const KEYS: [&str; 2] = ["zhihu", "cross-posts"];

/// A copy whose text an author knows.
#[derive(Debug, Clone, Copy)]
pub struct ConfirmedCopy<'a> {
    /// Where it is.
    pub post: &'a CrossPost,
    /// The text that it has.
    pub text: &'a Fingerprint,
    /// Since when.
    pub on: Date,
}

/// A text whose front matter says this of a copy. `file` is what people call the text.
///
/// # Errors
/// When the front matter cannot be read, or when it is written in a way that leaves the place of the value open.
pub fn set_copy(text: &str, file: &str, copy: ConfirmedCopy<'_>) -> Result<String, EditError> {
    let (mark, bare) = without_mark(text);
    let Some(block) = front_matter::find(bare) else {
        let lines = new_key(FrontMatterFormat::Yaml, copy, |_| true);
        let lines: Vec<&str> = lines.1.iter().map(String::as_str).collect();
        return Ok(begun(mark, bare, &lines));
    };
    let entries = front_matter::entries(block, file).map_err(EditError::Unreadable)?;
    let by_hand = |line: String| EditError::ByHand(line);
    let Some((key, at)) = place(&entries, copy.post) else {
        let added = added(bare, block, &entries, copy);
        return added.map(|new| format!("{mark}{new}")).map_err(by_hand);
    };
    let line = || by_hand(fields(block.format, &copy.post.url, copy));
    match item(&entries, key, at) {
        Some(Value::Scalar(node)) => {
            let wrapped = wrapped(block, node, copy).map(|(range, text)| (range, text, table_of(&node.value, copy)));
            let (range, text, value) = wrapped.ok_or_else(line)?;
            let (value, own) = with_item(&entries, key, at, value).ok_or_else(line)?;
            let places = vec![InsertionPoint { range, text, own }];
            written(bare, block, &entries, (key, &value), places).map(|new| format!("{mark}{new}")).ok_or_else(line)
        }
        _ => {
            let mut bare = bare.to_owned();
            for (name, value) in [("text", copy.text.to_string()), ("on", copy.on.to_string())] {
                bare = with_field(&bare, file, (key, at), (name, &value))?.ok_or_else(line)?;
            }
            Ok(format!("{mark}{bare}"))
        }
    }
}

/// Where the address of a copy stands: its key, and its place in the list there. Of several, what was confirmed already.
fn place(entries: &Entries, post: &CrossPost) -> Option<(&'static str, Option<usize>)> {
    let mut all = Vec::new();
    for key in KEYS {
        let Some((node, value, _)) = found(entries, key) else { continue };
        let items = match value {
            Value::List(items) => items.iter().enumerate().map(|(at, item)| (Some(at), item)).collect(),
            one => vec![(None, one)],
        };
        for (at, item) in items.into_iter().filter(|(_, item)| is_at(item, key, post)) {
            let is_confirmed = matches!(item, Value::Table(table) if entry(table, "text").is_some());
            all.push((!is_confirmed, node.bytes.start, (key, at)));
        }
    }
    all.into_iter().min().map(|(.., place)| place)
}

/// Whether an item is the copy at this address.
fn is_at(item: &Value, key: &str, post: &CrossPost) -> bool {
    let (url, platform) = match item {
        Value::Scalar(url) => (url, None),
        Value::Table(table) => {
            let text = |name| match entry(table, name) {
                Some((_, Value::Scalar(text))) => Some(text),
                _ => None,
            };
            let Some(url) = text("url") else { return false };
            (url, text("platform"))
        }
        _ => return false,
    };
    let read = match key {
        "zhihu" => CrossPost::on(&ZHIHU, &url.value),
        _ => CrossPost::new(platform.map(|node| node.value.as_str()), &url.value),
    };
    read.is_ok_and(|read| read.url == post.url)
}

fn item<'a>(entries: &'a Entries, key: &str, at: Option<usize>) -> Option<&'a Value> {
    match (found(entries, key)?.1, at) {
        (Value::List(items), Some(at)) => items.get(at),
        (value, _) => Some(value),
    }
}

/// What a key holds with another item at this place, and whether it is in the table of our own.
fn with_item(entries: &Entries, key: &str, at: Option<usize>, new: Value) -> Option<(Value, bool)> {
    let (_, value, own) = found(entries, key)?;
    Some(match (value, at) {
        (Value::List(items), Some(at)) => {
            let mut items = items.clone();
            *items.get_mut(at)? = new;
            (Value::List(items), own)
        }
        _ => (new, own),
    })
}

/// An address as a table, in the letters in which it was written.
fn wrapped(
    FrontMatterBlock { format, inner, .. }: FrontMatterBlock<'_>,
    node: &Node<String>,
    copy: ConfirmedCopy<'_>,
) -> Option<(Range<usize>, String)> {
    let range = one_line(format, inner, node)?;
    // An anchor or a tag would be one of the table.
    let before = inner[line_start(inner, range.start)..range.start].trim_end();
    if !before.is_empty() && !before.ends_with([':', '=', '-', '[', ',']) {
        return None;
    }
    let url = &inner[range.clone()];
    let is_plain = !url.starts_with(['"', '\'']);
    let url = if is_plain && url.contains(['{', '}', '[', ']', ',']) { quoted(&node.value) } else { url.to_owned() };
    Some((range, fields(format, &url, copy)))
}

/// A table in one line; `url` is written as it is.
fn fields(format: FrontMatterFormat, url: &str, copy: ConfirmedCopy<'_>) -> String {
    // Some readers of YAML stumble over a colon in braces.
    let (text, on) = (quoted(&copy.text.to_string()), scalar(format, &copy.on.to_string(), None));
    match format {
        FrontMatterFormat::Yaml => format!("{{ url: {url}, text: {text}, on: {on} }}"),
        FrontMatterFormat::Toml => format!("{{ url = {url}, text = {text}, on = {on} }}"),
        FrontMatterFormat::Json => format!("{{ \"url\": {url}, \"text\": {text}, \"on\": {on} }}"),
    }
}

/// An entry of `cross-posts` in one line.
fn with_platform(format: FrontMatterFormat, copy: ConfirmedCopy<'_>) -> String {
    let (id, rest) = (copy.post.platform.id(), fields(format, &quoted(&copy.post.url), copy));
    let rest = rest.trim_start_matches('{');
    match format {
        FrontMatterFormat::Yaml => format!("{{ platform: {},{rest}", scalar(format, id, None)),
        FrontMatterFormat::Toml => format!("{{ platform = {},{rest}", quoted(id)),
        FrontMatterFormat::Json => format!("{{ \"platform\": {},{rest}", quoted(id)),
    }
}

/// The same as it is read.
fn table_of(url: &str, copy: ConfirmedCopy<'_>) -> Value {
    Value::Table(fields_of(url, copy).into_iter().map(field).collect())
}

fn fields_of(url: &str, copy: ConfirmedCopy<'_>) -> [(&'static str, String); 3] {
    [("url", url.to_owned()), ("text", copy.text.to_string()), ("on", copy.on.to_string())]
}

fn field((name, value): (&str, String)) -> (Node<String>, Value) {
    (bare_node(name), Value::Scalar(bare_node(&value)))
}

fn table_with_platform(copy: ConfirmedCopy<'_>) -> Value {
    let platform = ("platform", copy.post.platform.id().to_owned());
    Value::Table(fields_of(&copy.post.url, copy).into_iter().chain([platform]).map(field).collect())
}

/// A text in which a field of a copy's table has this value; `None` where its place is open.
fn with_field(
    bare: &str,
    file: &str,
    (key, at): (&str, Option<usize>),
    (name, value): (&str, &str),
) -> Result<Option<String>, EditError> {
    let Some(block) = front_matter::find(bare) else { return Ok(None) };
    let entries = front_matter::entries(block, file).map_err(EditError::Unreadable)?;
    let Some(Value::Table(table)) = item(&entries, key, at) else { return Ok(None) };
    let FrontMatterBlock { format, inner, .. } = block;
    let old = entry(table, name);
    if matches!(old, Some((_, Value::Scalar(old))) if old.value.trim() == value) {
        return Ok(Some(bare.to_owned()));
    }
    let mut new: Entries = table.clone();
    new.retain(|(key, _)| key.value != name);
    new.push(field((name, value.to_owned())));
    let places = match old {
        Some((node, old)) => replaced(format, inner, node, old, value).into_iter().collect(),
        None => behind_address(block, table, name, value, line_end(bare)),
    };
    let Some((value, own)) = with_item(&entries, key, at, Value::Table(new)) else { return Ok(None) };
    let places = places.into_iter().map(|(range, text)| InsertionPoint { range, text, own }).collect();
    Ok(written(bare, block, &entries, (key, &value), places))
}

/// Where a new field of a copy's table could go: behind its text or its address, on the same line or on the next.
fn behind_address(
    FrontMatterBlock { format, inner, .. }: FrontMatterBlock<'_>,
    table: &Entries,
    name: &str,
    value: &str,
    end: &str,
) -> Vec<(Range<usize>, String)> {
    let last = ["text", "url"].into_iter().find_map(|name| match entry(table, name) {
        Some((key, Value::Scalar(node))) => Some((key, one_line(format, inner, node)?)),
        _ => None,
    });
    let Some((key, node)) = last else { return Vec::new() };
    let next = line_behind(inner, node.end);
    let (in_line, on_its_own) = match format {
        FrontMatterFormat::Yaml => {
            let in_line = if name == "text" { quoted(value) } else { scalar(format, value, None) };
            let indent = " ".repeat(key.column - 1);
            (format!(", {name}: {in_line}"), format!("{indent}{name}: {}{end}", scalar(format, value, None)))
        }
        FrontMatterFormat::Toml => {
            let assigned = format!("{name} = {}", scalar(format, value, None));
            (format!(", {assigned}"), format!("{}{assigned}{end}", indent(inner, key)))
        }
        FrontMatterFormat::Json => (format!(", \"{name}\": {}", quoted(value)), String::new()),
    };
    vec![(node.end..node.end, in_line), (next..next, on_its_own)]
}

/// Where the next line begins.
fn line_behind(inner: &str, at: usize) -> usize {
    inner[at..].find('\n').map_or(inner.len(), |line| at + line + 1)
}

/// The key that a new copy goes to, and its lines without the ends of these; `is_free` tells of a key whether nothing
/// stands there.
fn new_key(
    format: FrontMatterFormat,
    copy: ConfirmedCopy<'_>,
    is_free: impl Fn(&str) -> bool,
) -> (&'static str, Vec<String>) {
    if copy.post.platform.site() == Some(&ZHIHU) && is_free("zhihu") {
        let table = fields(format, &quoted(&copy.post.url), copy);
        let separator = if format == FrontMatterFormat::Toml { " =" } else { ":" };
        return ("zhihu", vec![format!("zhihu{separator} {table}")]);
    }
    let table = with_platform(format, copy);
    let lines = match format {
        FrontMatterFormat::Yaml => vec!["cross-posts:".to_owned(), format!("  - {table}")],
        FrontMatterFormat::Toml => vec![format!("cross-posts = [{table}]")],
        FrontMatterFormat::Json => vec![format!("\"cross-posts\": [{table}]")],
    };
    ("cross-posts", lines)
}

/// A text with a copy that it does not name yet; else the line that has to be written by hand.
fn added(
    bare: &str,
    block: FrontMatterBlock<'_>,
    entries: &Entries,
    copy: ConfirmedCopy<'_>,
) -> Result<String, String> {
    let (format, inner, end) = (block.format, block.inner, line_end(bare));
    let is_free = |key: &str| found(entries, key).is_none_or(|(_, value, _)| matches!(value, Value::Null));
    let (key, lines) = new_key(format, copy, is_free);
    let new = match key {
        "zhihu" => table_of(&copy.post.url, copy),
        _ => table_with_platform(copy),
    };
    let one_more = |items: &[Value]| Value::List(items.iter().cloned().chain([new.clone()]).collect());
    let (value, places) = match found(entries, key) {
        None => {
            let made = |indent: &str| lines.iter().map(|line| format!("{indent}{line}{end}")).collect::<String>();
            let value = if key == "zhihu" { new } else { one_more(&[]) };
            (value, missing(block, entries, made))
        }
        Some((node, Value::Null, own)) => {
            let list = key != "zhihu";
            let table = if list {
                format!("[{}]", with_platform(format, copy))
            } else {
                fields(format, &quoted(&copy.post.url), copy)
            };
            let range = replaced(format, inner, node, &Value::Null, "x").map(|(range, _)| range);
            let places = range.map(|range| InsertionPoint { range, text: format!(" {table}"), own });
            (if list { one_more(&[]) } else { new }, places.into_iter().collect())
        }
        Some((node, Value::List(items), own)) => {
            let places = behind_items(block, node, items, copy, own, end);
            let places = places.into_iter().map(|(at, text)| InsertionPoint { range: at..at, text, own });
            (one_more(items), places.collect())
        }
        Some(_) => (one_more(&[]), Vec::new()),
    };
    let by_hand = || match (key, format) {
        ("cross-posts", FrontMatterFormat::Yaml) => format!("{key}: [{}]", with_platform(format, copy)),
        _ => lines.concat(),
    };
    written(bare, block, entries, (key, &value), places).ok_or_else(by_hand)
}

/// How many brackets behind the last item are looked at.
const BRACKETS: usize = 3;

/// Where one more item of `cross-posts` could go.
fn behind_items(
    FrontMatterBlock { format, inner, .. }: FrontMatterBlock<'_>,
    key: &Node<String>,
    items: &[Value],
    copy: ConfirmedCopy<'_>,
    own: bool,
    end: &str,
) -> Vec<(usize, String)> {
    let table = with_platform(format, copy);
    let Some(first) = items.first().and_then(front_matter::begin) else {
        let open = inner[key.bytes.end..].find('[').map(|at| key.bytes.end + at + 1);
        return open.map(|at| (at, table)).into_iter().collect();
    };
    let last = items.iter().map(last_byte).max().unwrap_or(first.bytes.end);
    let last = last - (inner[..last].len() - inner[..last].trim_end().len());
    let closing = inner[last..].char_indices().filter(|(_, c)| *c == '}').take(BRACKETS);
    let in_line = closing.map(|(at, _)| last + at + 1).chain([last]).map(|at| (at, format!(", {table}")));
    let next = line_behind(inner, last);
    let line = &inner[line_start(inner, first.bytes.start)..];
    let on_its_own = match format {
        FrontMatterFormat::Yaml if line.trim_start().starts_with('-') => {
            let indent = &line[..line.len() - line.trim_start().len()];
            Some((next, format!("{indent}- {table}{end}")))
        }
        FrontMatterFormat::Toml => {
            let name = if own { "bilingual.cross-posts" } else { "cross-posts" };
            let fields = table.trim_start_matches("{ ").trim_end_matches(" }").replace(", ", end);
            Some((next, format!("{end}[[{name}]]{end}{fields}{end}")))
        }
        _ => None,
    };
    in_line.chain(on_its_own).collect()
}

/// The end of the last text in a value.
fn last_byte(value: &Value) -> usize {
    match value {
        Value::Scalar(node) => node.bytes.end,
        Value::List(items) => items.iter().map(last_byte).max().unwrap_or_default(),
        Value::Table(table) => {
            table.iter().map(|(key, value)| key.bytes.end.max(last_byte(value))).max().unwrap_or_default()
        }
        Value::Null | Value::Alias => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platforms::linkable;

    const TEXT: &str = "sha256:ee2b7d33904c23ba";

    fn set(text: &str, platform: &str, url: &str) -> Result<String, EditError> {
        let post = CrossPost::new(Some(platform), url).unwrap();
        assert!(linkable(url).is_ok());
        let (hash, on) = (Fingerprint::parse(TEXT).unwrap(), Date::parse("2026-11-29").unwrap());
        set_copy(text, "x.md", ConfirmedCopy { post: &post, text: &hash, on })
    }

    const Z: &str = "https://zhuanlan.zhihu.com/p/1";
    const J: &str = "https://juejin.cn/post/7";

    #[track_caller]
    fn assert_written(old: &str, (platform, url): (&str, &str), new: &str) {
        let new = new.replace("REST", &format!("text: \"{TEXT}\", on: 2026-11-29"));
        let new = new.replace("TOML", &format!("text = \"{TEXT}\", on = 2026-11-29"));
        for crlf in [false, true] {
            let ends = |text: &str| if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
            assert_eq!(set(&ends(old), platform, url), Ok(ends(&new)), "{old}");
            assert_eq!(set(&ends(&new), platform, url), Ok(ends(&new)), "{old}: twice");
        }
    }

    #[test]
    fn beside_an_address_that_is_there() {
        for (old, new) in [
            (
                "---\nzhihu: https://www.zhihu.com/p/1 # mine\na: b\n---\nx",
                "---\nzhihu: { url: https://www.zhihu.com/p/1, REST } # mine\na: b\n---\nx",
            ),
            (
                "---\nzhihu: 'https://zhuanlan.zhihu.com/p/1'\n---\n",
                "---\nzhihu: { url: 'https://zhuanlan.zhihu.com/p/1', REST }\n---\n",
            ),
            (
                "---\nzhihu:\n  - https://zhuanlan.zhihu.com/p/2\n  - https://zhuanlan.zhihu.com/p/1 # b\n---\n",
                "---\nzhihu:\n  - https://zhuanlan.zhihu.com/p/2\n  - { url: https://zhuanlan.zhihu.com/p/1, REST } # b\n---\n",
            ),
            (
                "---\nzhihu: [https://zhuanlan.zhihu.com/p/1, https://zhuanlan.zhihu.com/p/2]\n---\n",
                "---\nzhihu: [{ url: https://zhuanlan.zhihu.com/p/1, REST }, https://zhuanlan.zhihu.com/p/2]\n---\n",
            ),
            (
                "---\nzhihu: { url: https://zhuanlan.zhihu.com/p/1 }\n---\n",
                "---\nzhihu: { url: https://zhuanlan.zhihu.com/p/1, REST }\n---\n",
            ),
            (
                "---\nzhihu: { on: 2025-01-01, url: https://zhuanlan.zhihu.com/p/1, text: sha256:111111111111 }\n---\n",
                "---\nzhihu: { on: 2026-11-29, url: https://zhuanlan.zhihu.com/p/1, text: sha256:ee2b7d33904c23ba }\n---\n",
            ),
            (
                "---\nzhihu:\n  url: https://zhuanlan.zhihu.com/p/1 # c\n  x: y\nz: a\n---\n",
                "---\nzhihu:\n  url: https://zhuanlan.zhihu.com/p/1 # c\n  text: sha256:ee2b7d33904c23ba\n  on: 2026-11-29\n  x: y\nz: a\n---\n",
            ),
            (
                "---\nbilingual:\n  zhihu: https://zhuanlan.zhihu.com/p/1\n---\n",
                "---\nbilingual:\n  zhihu: { url: https://zhuanlan.zhihu.com/p/1, REST }\n---\n",
            ),
            (
                "+++\nzhihu = \"https://zhuanlan.zhihu.com/p/1\" # c\n[extra]\na = 1\n+++\n",
                "+++\nzhihu = { url = \"https://zhuanlan.zhihu.com/p/1\", TOML } # c\n[extra]\na = 1\n+++\n",
            ),
            (
                "+++\nzhihu = { url = 'https://zhuanlan.zhihu.com/p/1' }\n+++\n",
                "+++\nzhihu = { url = 'https://zhuanlan.zhihu.com/p/1', TOML }\n+++\n",
            ),
            (
                "{\n  \"title\": \"x\",\n  \"zhihu\": \"https://zhuanlan.zhihu.com/p/1\"\n}\n# A\n",
                "{\n  \"title\": \"x\",\n  \"zhihu\": { \"url\": \"https://zhuanlan.zhihu.com/p/1\", \"text\": \"sha256:ee2b7d33904c23ba\", \"on\": \"2026-11-29\" }\n}\n# A\n",
            ),
            (
                "---\ncross-posts:\n- { platform: zhihu, url: https://zhuanlan.zhihu.com/p/1 }\n---\n",
                "---\ncross-posts:\n- { platform: zhihu, url: https://zhuanlan.zhihu.com/p/1, REST }\n---\n",
            ),
        ] {
            assert_written(old, ("zhihu", Z), new);
        }
        for (old, new) in [
            (
                "---\ncross-posts: [{ platform: juejin, url: https://juejin.cn/post/7 }, https://e.org]\n---\n",
                "---\ncross-posts: [{ platform: juejin, url: https://juejin.cn/post/7, REST }, https://e.org]\n---\n",
            ),
            (
                "---\ncross-posts:\n  - url: https://juejin.cn/post/7\n    platform: juejin\n  - url: https://e.org\n---\n",
                "---\ncross-posts:\n  - url: https://juejin.cn/post/7\n    text: sha256:ee2b7d33904c23ba\n    on: 2026-11-29\n    platform: juejin\n  - url: https://e.org\n---\n",
            ),
            (
                "---\ncross-posts:\n- https://juejin.cn/post/7\n---\n",
                "---\ncross-posts:\n- { url: https://juejin.cn/post/7, REST }\n---\n",
            ),
            (
                "+++\n[[cross-posts]]\nurl = \"https://juejin.cn/post/7\"\n\n[[cross-posts]]\nurl = \"https://e.org\"\n+++\n",
                "+++\n[[cross-posts]]\nurl = \"https://juejin.cn/post/7\"\ntext = \"sha256:ee2b7d33904c23ba\"\non = 2026-11-29\n\n[[cross-posts]]\nurl = \"https://e.org\"\n+++\n",
            ),
        ] {
            assert_written(old, ("juejin", J), new);
        }
    }

    #[test]
    fn an_address_that_is_not_there() {
        const ZHIHU: &str = "{ url: \"https://zhuanlan.zhihu.com/p/1\", REST }";
        const JUEJIN: &str = "{ platform: juejin, url: \"https://juejin.cn/post/7\", REST }";
        for (old, post, new) in [
            ("# A\n", ("zhihu", Z), format!("---\nzhihu: {ZHIHU}\n---\n# A\n")),
            ("# A\n", ("juejin", J), format!("---\ncross-posts:\n  - {JUEJIN}\n---\n# A\n")),
            ("---\na: b\nzhihu: # c\n---\n", ("zhihu", Z), format!("---\na: b\nzhihu: {ZHIHU} # c\n---\n")),
            ("---\na: b\n---\n", ("juejin", J), format!("---\na: b\ncross-posts:\n  - {JUEJIN}\n---\n")),
            ("---\ncross-posts: []\n---\n", ("juejin", J), format!("---\ncross-posts: [{JUEJIN}]\n---\n")),
            ("---\ncross-posts:\n---\n", ("juejin", J), format!("---\ncross-posts: [{JUEJIN}]\n---\n")),
            (
                "---\ncross-posts:\n  - { platform: csdn, url: https://csdn.net/1 } # c\na: b\n---\n",
                ("juejin", J),
                format!("---\ncross-posts:\n  - {{ platform: csdn, url: https://csdn.net/1 }} # c\n  - {JUEJIN}\na: b\n---\n"),
            ),
            (
                "---\ncross-posts: [{ platform: csdn, url: https://csdn.net/1 }, https://e.org]\n---\n",
                ("juejin", J),
                format!("---\ncross-posts: [{{ platform: csdn, url: https://csdn.net/1 }}, https://e.org, {JUEJIN}]\n---\n"),
            ),
            (
                "---\ncross-posts:\n- platform: csdn\n  url: https://csdn.net/1\n---\n",
                ("juejin", J),
                format!("---\ncross-posts:\n- platform: csdn\n  url: https://csdn.net/1\n- {JUEJIN}\n---\n"),
            ),
            // Zhihu's own key names another text of this note.
            (
                "---\nzhihu: https://zhuanlan.zhihu.com/p/2\n---\n",
                ("zhihu", Z),
                "---\nzhihu: https://zhuanlan.zhihu.com/p/2\ncross-posts:\n  - { platform: zhihu, url: \"https://zhuanlan.zhihu.com/p/1\", REST }\n---\n".to_owned(),
            ),
            (
                "---\nbilingual:\n  status: draft\nz: y\n---\n",
                ("juejin", J),
                format!("---\nbilingual:\n  status: draft\n  cross-posts:\n    - {JUEJIN}\nz: y\n---\n"),
            ),
            (
                "+++\na = 1\n[b]\nc = 1\n+++\n",
                ("juejin", J),
                "+++\na = 1\ncross-posts = [{ platform = \"juejin\", url = \"https://juejin.cn/post/7\", TOML }]\n[b]\nc = 1\n+++\n".to_owned(),
            ),
            (
                "+++\n[[cross-posts]]\nurl = \"https://e.org\"\n+++\n",
                ("juejin", J),
                "+++\n[[cross-posts]]\nurl = \"https://e.org\"\n\n[[cross-posts]]\nplatform = \"juejin\"\nurl = \"https://juejin.cn/post/7\"\ntext = \"sha256:ee2b7d33904c23ba\"\non = 2026-11-29\n+++\n".to_owned(),
            ),
        ] {
            assert_written(old, post, &new);
        }
    }

    #[test]
    fn what_is_left_to_its_author() {
        for old in [
            "---\nzhihu: &x https://zhuanlan.zhihu.com/p/1\nb: *x\n---\n",
            "---\nzhihu: |\n  https://zhuanlan.zhihu.com/p/1\n---\n",
            "{\n  \"title\": \"x\"\n}\n# A\n",
        ] {
            assert!(matches!(set(old, "zhihu", Z), Err(EditError::ByHand(_))), "{old}");
        }
        assert!(matches!(set("---\na: [\n---\n", "zhihu", Z), Err(EditError::Unreadable(_))));
        let Err(EditError::ByHand(line)) = set("---\ncross-posts: no\n---\n", "juejin", J) else { panic!("written") };
        assert!(line.starts_with("cross-posts: [{ platform: juejin, url: "), "{line}");
    }
}
