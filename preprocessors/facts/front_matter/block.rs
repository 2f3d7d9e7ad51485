//! Where the front matter of a text is.
//!
//! ```text
//! ---                    ---                    ---
//! title: FSDP            title: FSDP            Text between two rules.
//! date: 2025-08-31       date: 2025-08-31       ---
//! ---
//! Text                   Text
//!
//! front matter           the same, and a word   no front matter
//!                        about its end
//! ```
//!
//! Two things must not happen: that readers see keys, and that text is taken off a page. Three dashes are a thematic
//! break as well, so what stands behind them decides: it is front matter when it reads as a table of keys, of which one
//! is known or looks like the name of a key; when it cannot be read, a known key has to begin a line of its first
//! paragraph. Where it ends is looked for line by line then, and never behind the first line that cannot belong to it.
//!
//! What people write in other ways is taken off as well, where known keys leave no doubt: TOML between dashes, YAML
//! between plus signs, a comment or the name of the language behind the first dashes, and Hexo's forms: YAML without
//! these, and JSON without its braces, which a line of semicolons ends.

use std::sync::LazyLock;

use regex::Regex;

use super::KEYS;
use super::entries::hidden_key;
use crate::facts::front_matter::value::{self, Value};

/// The languages that front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::facts) enum FrontMatterFormat {
    Yaml,
    Toml,
    Json,
}

/// The front matter of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatterBlock<'a> {
    pub(in crate::facts) format: FrontMatterFormat,
    /// What it says, without its delimiters.
    pub(in crate::facts) inner: &'a str,
    /// The offset of that.
    pub(in crate::facts) start: usize,
    /// How many lines stand above that.
    above: usize,
    /// The offset of the text behind it.
    pub end: usize,
    /// Whether a second line of dashes ends it.
    pub(super) closed: bool,
    /// The line that ends it.
    pub(super) dashes: &'static str,
}

/// Keys that other tools have: Hugo, Jekyll, Hexo, Zola, Docusaurus, VuePress, Material for MkDocs, Obsidian, Pandoc.
const KNOWN: &[&str] = &[
    "abstract",
    "alias",
    "aliases",
    "archive",
    "author",
    "authors",
    "banner",
    "bibliography",
    "categories",
    "category",
    "comment",
    "comments",
    "copyright",
    "cover",
    "created",
    "created_at",
    "cssclass",
    "cssclasses",
    "description",
    "draft",
    "excerpt",
    "expirydate",
    "extra",
    "featured",
    "hide",
    "hide_table_of_contents",
    "hide_title",
    "icon",
    "id",
    "image",
    "keywords",
    "lang",
    "last_modified_at",
    "lastmod",
    "layout",
    "license",
    "linktitle",
    "locale",
    "math",
    "mathjax",
    "menu",
    "meta",
    "mermaid",
    "modified",
    "name",
    "nav_order",
    "order",
    "outline",
    "pagination_label",
    "parent",
    "params",
    "permalink",
    "pin",
    "position",
    "prev",
    "next",
    "priority",
    "publish",
    "publishdate",
    "published",
    "published_at",
    "readingtime",
    "redirect_from",
    "search",
    "seo",
    "series",
    "short_title",
    "sidebar",
    "sidebar_label",
    "sidebar_position",
    "slug",
    "source",
    "sticky",
    "subtitle",
    "tag",
    "tags",
    "taxonomies",
    "template",
    "theme",
    "thumbnail",
    "toc",
    "top",
    "type",
    "uid",
    "updated_at",
    "url",
    "uuid",
    "version",
    "weight",
];

impl FrontMatterBlock<'_> {
    /// How many lines stand above what it says.
    pub(super) fn above(&self) -> usize {
        self.above
    }

    /// The line that it begins with, from 1: an object of JSON with its own brace, all else that may never end with the
    /// line above what it says.
    pub(super) fn line(&self) -> usize {
        self.above + usize::from(self.dashes == BRACE)
    }
}

/// Whether a key is one of ours, or of another tool.
pub(super) fn is_known(key: &str) -> bool {
    let key = key.trim().trim_matches(['"', '\'']).to_lowercase();
    KEYS.contains(&key.as_str()) || KNOWN.contains(&key.as_str())
}

/// Whether a key is known, and written as tools write it.
fn is_written_known(key: &str) -> bool {
    is_known(key) && !key.contains(char::is_uppercase)
}

/// Whether this can be the name of a key, and is no piece of Markdown.
pub(super) fn is_name(key: &str) -> bool {
    !key.is_empty()
        && key.chars().count() <= 40
        && !key.contains(['*', '[', ']', '(', ')', '`', '<', '>', '#', '!', '|', '{', '}', '/', '\\', '，', '。'])
}

/// Finds the front matter at the beginning of a text. A byte order mark and blank lines may stand above it.
#[must_use]
pub fn find(text: &str) -> Option<FrontMatterBlock<'_>> {
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut above = 0;
    let first = loop {
        let line = text[at..].split_inclusive('\n').next()?;
        if !line.trim().is_empty() {
            break line;
        }
        at += line.len();
        above += 1;
    };
    let (dashes, said) = match first.trim_end() {
        line if line.starts_with("---") => ("---", &line[3..]),
        line if line.starts_with("+++") => ("+++", &line[3..]),
        _ if first.starts_with('{') => return json(text, at, above),
        SEMICOLONS => return json_of_hexo(text, at + first.len(), above + 1),
        _ if first.starts_with('"') => return json_of_hexo(text, at, above),
        _ => return without_opening(text, at, above),
    };
    let format = match said.trim() {
        "" if dashes == "+++" => FrontMatterFormat::Toml,
        "" | "yaml" | "yml" => FrontMatterFormat::Yaml,
        "toml" => FrontMatterFormat::Toml,
        "json" => FrontMatterFormat::Json,
        comment if comment.starts_with('#') && said.starts_with(char::is_whitespace) => FrontMatterFormat::Yaml,
        _ => return None,
    };
    let opening =
        Opening { dashes, is_bare: said.trim().is_empty(), format, start: at + first.len(), above: above + 1 };
    opening.close(text)
}

/// The line that opens front matter.
struct Opening {
    dashes: &'static str,
    /// Whether nothing but dashes stands in it.
    is_bare: bool,
    format: FrontMatterFormat,
    /// Where the next line begins.
    start: usize,
    /// How many lines end before that one.
    above: usize,
}

impl Opening {
    /// What it opens, if that is front matter and no text below a rule.
    fn close(self, text: &str) -> Option<FrontMatterBlock<'_>> {
        let Self { dashes, is_bare, format, start, above } = self;
        let closes = |line: &str| match line.trim_end() {
            "..." => dashes == "---",
            line => line == dashes,
        };
        let mut at = start;
        let closing = text[start..].split_inclusive('\n').find_map(|line| {
            at += line.len();
            closes(line).then_some((at - line.len(), at))
        });
        let inner = &text[start..closing.map_or(text.len(), |(until, _)| until)];
        let syntax = Syntax { format }.spoken(inner);
        let block = |until: usize, end: usize, closed: bool| FrontMatterBlock {
            format: syntax.format,
            inner: &text[start..until],
            start,
            above,
            end,
            closed,
            dashes,
        };
        match closing {
            // Where more than dashes stands in the first line, only known keys leave no doubt.
            Some(_) if !is_bare && !syntax.has_known(inner) => None,
            Some((until, end)) => match syntax.judge(inner) {
                Verdict::All => Some(block(until, end, true)),
                Verdict::Until(length) if is_bare => Some(block(start + length, start + length, false)),
                Verdict::Until(_) | Verdict::Text => None,
            },
            None if is_bare => {
                let length = syntax.unclosed(inner);
                (length > 0).then(|| block(start + length, start + length, false))
            }
            None => None,
        }
    }
}

/// Front matter as Hexo has it: known keys from the first line on, two at least, then a line of dashes.
fn without_opening(text: &str, at: usize, above: usize) -> Option<FrontMatterBlock<'_>> {
    let (mut until, mut keys) = (at, 0);
    for line in text[at..].split_inclusive('\n').filter(|_| above == 0) {
        if keys > 1 && line.trim_end() == "---" {
            let (format, inner) = (FrontMatterFormat::Yaml, &text[at..until]);
            let end = until + line.len();
            return Some(FrontMatterBlock { format, inner, start: at, above, end, closed: true, dashes: "---" });
        }
        let (key, value) = line.split_once(':')?;
        let is_apart = value.is_empty() || value.starts_with(char::is_whitespace);
        (is_apart && is_written_known(key) && key.trim() == key).then_some(())?;
        until += line.len();
        keys += 1;
    }
    None
}

/// What ends an object of JSON.
const BRACE: &str = "}";

/// Front matter as Hugo has it in JSON: one object, alone on its lines.
fn json(text: &str, at: usize, above: usize) -> Option<FrontMatterBlock<'_>> {
    let rest = &text[at..];
    let mut read = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
    let object = read.next().and_then(Result::ok);
    let (length, closed) = match object {
        Some(object) => (object.as_object()?.keys().any(|key| is_known(key)).then(|| read.byte_offset())?, true),
        None => bad_json(rest)?,
    };
    let line = if closed { rest[length..].split_inclusive('\n').next().unwrap_or_default() } else { "" };
    line.trim().is_empty().then(|| FrontMatterBlock {
        format: FrontMatterFormat::Json,
        inner: &text[at..at + length],
        start: at,
        above,
        end: at + length + line.len(),
        closed,
        dashes: BRACE,
    })
}

/// How much of a text is an object of JSON that is written badly, and whether a brace ends it: a known key comes first,
/// and no line without a piece of JSON belongs to it.
fn bad_json(text: &str) -> Option<(usize, bool)> {
    static PIECE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"^(?:["'].*["']\s*:.*|["'][^"']*["'],?|[{}\[\],]+|(?:[-+.0-9eE]+|true|false|null),?)$"#)
            .expect("a pattern")
    });
    let inside = text.strip_prefix('{')?.trim_start();
    let mark = inside.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let (key, behind) = inside[1..].split_once(mark)?;
    (is_known(key) && behind.trim_start().starts_with(':')).then_some(())?;
    let (mut length, mut open) = (0, 0_usize);
    for line in text.split_inclusive('\n') {
        let said = line.trim();
        if length > 0 && !PIECE.is_match(said) {
            break;
        }
        for c in said.chars() {
            open = match c {
                '{' => open + 1,
                '}' => open.saturating_sub(1),
                _ => open,
            };
        }
        if open == 0 {
            return said.ends_with('}').then_some((length + line.trim_end().len(), true));
        }
        length += line.len();
    }
    Some((length, false))
}

/// What ends JSON without braces.
const SEMICOLONS: &str = ";;;";

/// Front matter as Hexo has it in JSON: what stands between the braces of an object, then a line of semicolons.
fn json_of_hexo(text: &str, start: usize, above: usize) -> Option<FrontMatterBlock<'_>> {
    let mut until = start;
    let closing = text[start..].split_inclusive('\n').find(|line| {
        let closes = line.trim_end() == SEMICOLONS;
        until += if closes { 0 } else { line.len() };
        closes
    })?;
    let inner = &text[start..until];
    let is_known = |line: &&str| {
        let key = line.trim_start().strip_prefix('"').and_then(|line| line.split_once('"'));
        key.is_some_and(|(key, behind)| is_written_known(key) && behind.trim_start().starts_with(':'))
    };
    let is_object = || serde_json::from_str::<serde_json::Map<_, _>>(&format!("{{{inner}}}")).is_ok();
    // Written badly, it is keys from the first line on, and no paragraph.
    let are_keys =
        || inner.lines().take_while(is_known).count() > 1 && !inner.lines().any(|line| line.trim().is_empty());
    let is_meant = inner.lines().any(|line| is_known(&line)) && (is_object() || are_keys());
    is_meant.then(|| FrontMatterBlock {
        format: FrontMatterFormat::Json,
        inner,
        start,
        above,
        end: until + closing.len(),
        closed: true,
        dashes: SEMICOLONS,
    })
}

/// What stands between two lines of dashes.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// Front matter.
    All,
    /// Front matter that nobody ended, and then text: so many bytes are front matter.
    Until(usize),
    /// Text.
    Text,
}

/// What a line can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Blank,
    /// A key and its value; whether the value is on other lines.
    Key {
        /// Whether it looks like the name of a key wherever it stands.
        plain: bool,
        open: bool,
    },
    /// Indented, or a closing bracket.
    Inside,
    /// A list item at the left.
    Item,
    Comment,
    Other,
}

struct Syntax {
    format: FrontMatterFormat,
}

static NAME: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^[a-z][a-z0-9_.-]{0,39}$").expect("a valid pattern"));

impl Syntax {
    /// The syntax that a text is written in, which may be another one than its delimiters say.
    fn spoken(self, inner: &str) -> Self {
        let other = match self.format {
            FrontMatterFormat::Yaml => Self { format: FrontMatterFormat::Toml },
            FrontMatterFormat::Toml => Self { format: FrontMatterFormat::Yaml },
            FrontMatterFormat::Json => return self,
        };
        let is_other = other.begins_known(inner) && !self.begins_known(inner);
        if is_other && (!self.has_known(inner) || other.read(inner).is_ok()) { other } else { self }
    }

    fn read(&self, inner: &str) -> Result<Vec<(value::Node<String>, Value)>, value::SyntaxError> {
        match self.format {
            FrontMatterFormat::Toml => value::toml(inner),
            _ => value::yaml(inner),
        }
    }

    /// Whether a line begins with a key that is known, and written as tools write it.
    fn is_known_line(&self, line: &str) -> bool {
        self.key(line).is_some_and(|(key, _)| is_written_known(key))
    }

    fn has_known(&self, inner: &str) -> bool {
        inner.lines().any(|line| self.is_known_line(line))
    }

    /// The key of a line, and what stands behind its separator.
    fn key<'a>(&self, line: &'a str) -> Option<(&'a str, &'a str)> {
        let (key, value) = match self.format {
            FrontMatterFormat::Toml => line.split_once('=')?,
            // A colon of a Chinese keyboard behind a known key is a slip.
            _ => match line.split_once(':') {
                Some(found) => found,
                None => line.split_once('：').filter(|(key, _)| is_known(key))?,
            },
        };
        let key = key.trim().trim_matches(['"', '\'']);
        let is_key = is_name(key);
        let separated =
            self.format == FrontMatterFormat::Toml || value.is_empty() || value.starts_with([' ', '\t', '\r']);
        // `status:draft` is one, badly written.
        (is_key && (separated || is_known(key))).then_some((key, value.trim()))
    }

    fn class(&self, line: &str) -> LineKind {
        let text = line.trim_end();
        if text.is_empty() {
            return LineKind::Blank;
        }
        match text.as_bytes()[0] {
            b' ' | b'\t' | b']' | b'}' => LineKind::Inside,
            b'#' => LineKind::Comment,
            b'-' if text == "-" || text.starts_with("- ") => LineKind::Item,
            b'[' if self.format == FrontMatterFormat::Toml && text.contains(']') => {
                LineKind::Key { plain: true, open: false }
            }
            b'"' | b'\'' if self.format == FrontMatterFormat::Toml && self.key(text).is_none() => LineKind::Inside,
            _ => match self.key(text) {
                Some((key, value)) => {
                    let open = value.is_empty() || value.starts_with(['|', '>', '[', '{', '#', '&']);
                    LineKind::Key { plain: is_known(key) || NAME.is_match(key), open }
                }
                None => LineKind::Other,
            },
        }
    }

    /// Whether what stands between two lines of dashes is front matter.
    fn judge(&self, inner: &str) -> Verdict {
        if inner.is_empty() {
            return Verdict::All;
        }
        let classes: Vec<LineKind> = inner.lines().map(|line| self.class(line)).collect();
        let first =
            inner.lines().zip(&classes).find(|(_, class)| !matches!(class, LineKind::Blank | LineKind::Comment));
        let Some((first, class)) = first else {
            // A heading between two rules; keys that somebody took out are none.
            let mut comments = inner.lines().filter(|line| line.starts_with('#')).peekable();
            let is_key =
                |line: &str| self.key(line.trim_start_matches(['#', ' '])).is_some_and(|(key, _)| is_known(key));
            return if comments.peek().is_some() && comments.all(is_key) { Verdict::All } else { Verdict::Text };
        };
        let begins_known = self.begins_known(inner) || first.starts_with('[');
        let is_gapless = classes.iter().all(|class| !matches!(class, LineKind::Blank | LineKind::Other));
        if begins_known && is_gapless && matches!(class, LineKind::Key { .. }) && self.format != FrontMatterFormat::Toml
        {
            return Verdict::All;
        }
        if let Ok(entries) = self.read(inner) {
            return if self.is_table_of_keys(inner, &entries) { Verdict::All } else { Verdict::Text };
        }
        let plain = classes.iter().any(|class| matches!(class, LineKind::Key { plain: true, .. }));
        match class {
            LineKind::Key { .. } if begins_known => self.walk(inner, &classes, 0),
            LineKind::Key { .. } | LineKind::Inside if is_gapless && plain => Verdict::All,
            LineKind::Inside if is_gapless && begins_known => Verdict::All,
            // TOML has no other use in Markdown.
            LineKind::Key { .. } if self.format == FrontMatterFormat::Toml => self.walk(inner, &classes, 0),
            _ => match self.below(inner, &classes) {
                Some((first, is_sure)) => match self.walk(inner, &classes, first) {
                    Verdict::Until(_) if !is_sure => Verdict::Text,
                    verdict => verdict,
                },
                None => Verdict::Text,
            },
        }
    }

    /// The first line that is a known key, where those above it are none: comments of another language, or keys that are
    /// badly written. And whether more than one known key stands in its paragraph.
    ///
    /// Behind a blank line, more than one key has to follow: it could be the text of a page.
    fn below(&self, inner: &str, classes: &[LineKind]) -> Option<(usize, bool)> {
        const COMMENTS: &[&str] = &["#", "<!--", "//", "%", "{{", "{%"];
        const FENCES: &[&str] = &["```", "~~~"];
        let begins = |line: &str, all: &[&str]| all.iter().any(|start| line.starts_with(start));
        let is_key =
            |(line, class): (&str, &LineKind)| matches!(class, LineKind::Key { .. }) && self.is_known_line(line);
        let first = inner.lines().zip(classes).position(is_key)?;
        let paragraph = inner.lines().zip(classes).skip(first).take_while(|(_, class)| **class != LineKind::Blank);
        let is_sure = paragraph.filter(|line| is_key(*line)).count() > 1;
        let is_gapless = !classes[..first].contains(&LineKind::Blank);
        let is_stray = |line: &str| begins(line, COMMENTS) || hidden_key(self.format, line).is_some();
        let mut above = inner.lines().take(first);
        let is_above = match is_gapless {
            // An example of front matter.
            true => above.all(|line| !begins(line, FENCES)),
            false => is_sure && above.all(|line| line.trim().is_empty() || is_stray(line)),
        };
        is_above.then_some((first, is_sure))
    }

    /// Whether what could be read is front matter: a sentence with a colon can be read, too.
    fn is_table_of_keys(&self, inner: &str, entries: &[(value::Node<String>, Value)]) -> bool {
        let keys = || entries.iter().map(|(key, _)| key.value.as_str());
        if keys().any(is_known) {
            return true;
        }
        if inner.starts_with(['\n', '\r']) || entries.is_empty() {
            return false;
        }
        let looks_like_key = |key: &str| self.key(&format!("{key}: ")).is_some();
        self.format == FrontMatterFormat::Toml
            || keys().any(|key| NAME.is_match(key))
            || (entries.len() > 1 && keys().all(looks_like_key))
    }

    /// Where front matter that cannot be read ends: at the line of dashes, or at a paragraph that cannot be keys. Down to
    /// the line `first`, no paragraph is looked at.
    fn walk(&self, inner: &str, classes: &[LineKind], first: usize) -> Verdict {
        let lines: Vec<&str> = inner.split_inclusive('\n').collect();
        // Whether the next line that says something belongs to front matter, from the last line up.
        let mut belongs = vec![false; classes.len()];
        for at in (0..classes.len()).rev() {
            belongs[at] = match classes[at] {
                LineKind::Comment | LineKind::Blank => belongs.get(at + 1).is_some_and(|next| *next),
                class => matches!(class, LineKind::Key { plain: true, .. } | LineKind::Inside),
            };
        }
        let (mut at, mut end, mut offset) = (0, 0, 0);
        while at < classes.len() {
            let until = classes[at..]
                .iter()
                .position(|class| *class == LineKind::Blank)
                .map_or(classes.len(), |next| at + next);
            if until > at {
                // A heading is a comment for YAML.
                if at > first && !belongs[at] {
                    return Verdict::Until(end);
                }
                let last = classes[at..until]
                    .iter()
                    .rposition(|class| *class != LineKind::Other)
                    .map_or(at, |last| at + last + 1);
                // The paragraph above the line of dashes may end in a line that is no key.
                let kept = if until == classes.len() || until <= first { until } else { last };
                let length: usize = lines[at..kept].iter().map(|line| line.len()).sum();
                end = offset + length;
                if kept < until {
                    return Verdict::Until(end);
                }
                offset = end;
            }
            offset += lines.get(until).map_or(0, |line| line.len());
            at = until + 1;
        }
        Verdict::All
    }

    /// Whether a key is known in the first paragraph, which begins with one.
    fn begins_known(&self, inner: &str) -> bool {
        let mut lines =
            inner.lines().skip_while(|line| line.starts_with('#')).take_while(|line| !line.trim().is_empty());
        let begins = |line: &str| matches!(self.class(line), LineKind::Key { plain: true, .. });
        let is_known = |line: &str| self.key(line).is_some_and(|(key, _)| is_known(key));
        match lines.next() {
            Some(first) => is_known(first) || (begins(first) && lines.take_while(|line| begins(line)).any(is_known)),
            None => false,
        }
    }

    /// How many bytes behind a line of dashes are front matter, when no other such line follows: to the first blank line,
    /// or to one that cannot belong to it, where a known key is among the lines.
    fn unclosed(&self, rest: &str) -> usize {
        if rest.starts_with(char::is_whitespace) {
            return 0;
        }
        let first = if self.begins_known(rest) {
            0
        } else {
            let paragraph = rest.lines().take_while(|line| !line.trim().is_empty());
            let classes: Vec<LineKind> = paragraph.map(|line| self.class(line)).collect();
            match self.below(rest, &classes) {
                Some((first, true)) => first,
                _ => return 0,
            }
        };
        let (mut at, mut end, mut open) = (0, 0, false);
        for (number, line) in rest.split_inclusive('\n').enumerate() {
            at += line.len();
            match self.class(line) {
                _ if number < first => end = at,
                LineKind::Key { open: is_open, .. } => (end, open) = (at, is_open),
                LineKind::Inside => end = at,
                // Below a text, it is a list of the page.
                LineKind::Item if open => end = at,
                // A heading, unless a key follows.
                LineKind::Comment => {}
                LineKind::Item | LineKind::Blank | LineKind::Other => break,
            }
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::front_matter::find;

    /// What is left of a text.
    fn left(text: &str) -> &str {
        find(text).map_or(text, |block| &text[block.end..])
    }

    #[test]
    fn front_matter_is_taken_off() {
        for head in [
            "---\n---\n",
            "---\ntitle: a\n---\n",
            "---\r\ntitle: a\r\n---\r\n",
            "---  \ntitle: a\n--- \t\n",
            "\u{feff}---\ntitle: a\n---\n",
            "\n\n---\ntitle: a\n---\n",
            " \t\r\n\r\n---\r\ntitle: a\r\n---\r\n",
            "\u{feff}\n---\ntitle: a\n---\n",
            "---\n\ntitle: a\n\n---\n",
            "---\n# a comment\ntitle: a\n---\n",
            "---\n# title: a\n# date: 2025-01-01\n---\n",
            "---\n\"title\": a\n...\n",
            "---\ntitle: a\n\ntags:\n- b\n- c\n\n# of c\ndraft: true\n---\n",
            "---\nsummary: |\n  one\n\n  two\n---\n",
            "---\n{title: a, tags: [b]}\n---\n",
            "---\ncssclass: wide\n---\n",
            "---\nmy_own_key: 1\n---\n",
            "---\n标题: 显存\n作者: 林\n---\n",
            "---\n  title: a\n  b: c\n---\n",
            // What cannot be read is front matter all the same.
            "---\ntitle: \"open\ndate: 2025-01-01\n---\n",
            "---\ntitle: Part 1: the beginning\n---\n",
            "---\ntitle: a\nthis is no key\ndate: 2025-01-01\n---\n",
            "---\nsummary: a long\nsentence\n---\n",
            "---\ntitle: \"open\n\ndate: 2025-01-01\n---\n",
            "---\nstatus:draft\n---\n",
            "---\ntitle：中文\n---\n",
            "---\ntitle: @a\nlayout: %b\n---\n",
            "---\ntitle: {{ title }}\ndate: {{ date }}\ntags:\n---\n",
            "---\ntitle: a\ttab\n\tb: c\n---\n",
            "---\nfoo: [a\nbar: b\n---\n",
            "---\ndate: <% tp.date.now() %>\n---\n",
            "---\ntitle: a\ntitle: b\n---\n",
            "+++\n+++\n",
            "+++\ntitle = \"a\"\n+++\n",
            "+++\r\ntitle = \"a\"\r\n\r\n[extra]\r\nb = 1\r\n+++\r\n",
            "+++\ntitle = \n+++\n",
            "+++\n[taxonomies]\ntags = [\n  \"a\",\n]\n+++\n",
            "{\"title\": \"a\"}\n",
            "{\n  \"title\": \"a\",\n  \"tags\": [\"b\"]\n}\n",
            "{\n  \"title\": \"a\",\n}\n",
            "{\"title\": \"a\", }\n",
            "{\n'title': '甲'\n}\n",
            "{\"date\": 1e999}\n",
            "{\"title\": \"\\ud800\"}\n",
            "{\"title\": \"a\",\n  \"extra\": {\n \"x\": [\n1,\n\"b\",\n],\n}\n}\n",
            // Lines above the first key.
            "---\n标题：我的笔记\ndate: 2024-01-02\n---\n",
            "---\n标签：x\ntitle: A\ndate: 2024-01-02\nstatus: draft\n---\n",
            "---\n作者:张三\ntitle: A\n---\n",
            "---\n标题：x\n\ntitle: A\ndate: 2024-01-02\n---\n",
            "---\n<!-- c -->\ntitle: A\n---\n",
            "---\n<!-- c -->\n\ntitle: A\ndate: 2024-01-02\n---\n",
            "---\n// c\ntitle: A\n---\n",
            "---\n%c\ndate: 2024-01-02\n---\n",
            "---\n{{ x }}\ntitle: A\n---\n",
            "---\n- x\ntitle: A\n---\n",
            "---\nno key at all\n- x\ntitle: A\n\ntags:\n- b\n---\n",
            "---\n\ntitle: @a\ndate: b\n---\n",
            "---\n// c\n\ntitle: A\ntags:\n- b\n\n# d\ndate: 2024-01-02\n---\n",
            "+++\n// c\ntitle = \"A\"\n+++\n",
            // Other delimiters.
            "+++\ntitle: A\n+++\n",
            "+++\ntitle: A\ntags:\n- b\n\ndraft: true\n+++\n",
            "---\ntitle = \"A\"\n---\n",
            "---\ntitle = \"A: b\"\nsummary = \"C: d\"\n\n[extra]\na = 1\n---\n",
            "---\ntitle = \"A\"\ndate: 2024-01-02\n---\n",
            "---yaml\ntitle: A\n---\n",
            "--- yml\ntitle: A\n---\n",
            "---toml\ntitle = \"A\"\n---\n",
            "---json\n{\n\"title\": \"A\"\n}\n---\n",
            "--- # comment\ntitle: A\n---\n",
            "title: A\ndate: 2024-01-02\n---\n",
            "\u{feff}title: A\r\ntags:\r\n---\r\n",
            "\"title\": \"A\",\n\"date\": \"2024/01/02\"\n;;;\n",
            "\"title\": \"A\",\r\n\r\n\"tags\": [\r\n  \"b\"\r\n]\r\n;;;\r\n",
            ";;;\n\"title\": \"A\"\n;;;\n",
            "\"title\": \"A\"\n\"date\": \"2024/01/02\"\n;;;\n",
        ] {
            for body in ["\n# Text\n\npara\n", "\npara: with a colon\n\n---\n\nmore\n"] {
                let text = format!("{head}{body}");
                assert_eq!(left(&text), body, "{text}");
            }
        }
        for (text, body) in [
            ("---\ntitle: a\ndate: 2025-01-01\n\n# Text\n", "\n# Text\n"),
            ("---\ntitle: a\ntags:\n- b\n  - c\n# why\ndraft: true\n\nText: b\n", "\nText: b\n"),
            ("+++\ntitle = \"a\"\n\nText\n", "\nText\n"),
            ("---\ntitle: a\ndate: b\n# Heading\n\npara\n", "# Heading\n\npara\n"),
            ("---\ntitle: a\npara at once\n", "para at once\n"),
            ("---\ntitle: a\n- an item\n", "- an item\n"),
            ("---\ntitle: a\n\n# Heading\n\npara\n\n---\n\nmore\n", "\n# Heading\n\npara\n\n---\n\nmore\n"),
            ("---\ntitle: a\nNote this.\n\npara\n\n---\n", "Note this.\n\npara\n\n---\n"),
            ("---\ntitle: a\n\n    code\npara\n\nmore\n\n---\n", "para\n\nmore\n\n---\n"),
            ("---\nmarp: true\ntitle: a\n\nText\n", "\nText\n"),
            ("---\ntitle: a", ""),
            ("---\ntitle: a\n---", ""),
            ("{\"title\": \"a\"}", ""),
            ("{\"title\": \"a\"\n\n# Text\n", "\n# Text\n"),
            ("{\"title\": \"a\"\n# Text\n", "# Text\n"),
            ("{\n\"title\": \"a\",\n\"date\": \"b\"\n\n# Text\n\n}\n", "\n# Text\n\n}\n"),
            ("---\n标题：我的笔记\ntitle: a\ndate: b\n\n# Text\n", "\n# Text\n"),
            ("---\n// c\ntitle: a\ndate: b\nText\n\npara\n\n---\n", "Text\n\npara\n\n---\n"),
            ("---\ntitle = \"a\"\n\nText\n", "\nText\n"),
        ] {
            assert_eq!(left(text), body, "{text}");
        }
    }

    #[test]
    fn text_stays() {
        for text in [
            "",
            "\n\n",
            "---",
            "---\n",
            "---\n\nText\n\n---\n",
            "---\n\n---\n",
            "---\nText and more\n---\n",
            "---\n# A heading between rules\n---\n",
            "---\n- a: b\n---\n",
            "----\ntitle: b\n---\n",
            "---\n**Note**: text\n---\n",
            "---\nNote: this page is old.\n---\n",
            "---\n注意: 本文很旧\n---\n",
            "---\n作者：张三\n日期：今天\n---\n",
            "---\nNote: the following\nis text.\n---\n",
            "---\nhttps://example.org\n---\n",
            "---\nSee [a](b.md): it is good\n---\n",
            "---\n> title: a\n---\n",
            "---\n| a: b |\n---\n",
            " ---\ntitle: b\n---\n",
            "text\n---\ntitle: b\n---\n",
            "---\nText: with a colon, and no end\n",
            "---\nfoo: bar\n\ntitle: a\n",
            "***\ntitle: a\n***\n",
            "+++\nsome text\n+++\n",
            "+++\n\n+++\n",
            "{% raw %}\n",
            "{{#include a.md}}\n",
            "{\"a\": 1}\n",
            "{\"title\": 1} and text\n",
            "{\"title\": 1,} and text\n",
            "{\"title\"} is a set\n",
            "{\"a\": 1,}\n",
            "{ a set }\n",
            "{\n\ntext\n}\n",
            "[title]: a.md\n",
            "---\nSome prose: with a colon\n---\n",
            "---\n```yaml\ntitle: a\ndate: b\n```\n---\n",
            "---\n\nA paragraph.\nsource: x\n\n---\n",
            "---\n\nA paragraph.\n\nsource: x\ntype: y\n\n---\n",
            "---\n\nsource: @x\n\n---\n",
            "---\nA sentence.\nsource: x\n\nMore text.\n\n---\n",
            "---\nA sentence.\nSource: x\n---\n",
            "---\nA sentence.\nsource: x\n",
            "---\na = b\n---\n",
            "---yaml\nText\n---\n",
            "---yaml\ntitle: a\n",
            "--- a rule\ntitle: a\n---\n",
            "---#\ntitle: a\n---\n",
            "title: a\n---\n",
            "title: a\nText\n---\n",
            "title: a\ndate: b\n\n---\n",
            "title: a\ndate: b\n",
            "Title: a\nDate: b\n---\n",
            "title:a\ndate:b\n---\n",
            "title: a\n  date: b\n---\n",
            "---\n标题：x\n\nsource: x\n\n---\n",
            "\ntitle: a\ndate: b\n---\n",
            "\"title\": \"a\"\n---\n",
            "\"A sentence\": \"a\"\n;;;\n",
            "\"title\" is a key\n\n;;;\n",
            "\"title\": a\n\nText\n\n;;;\n",
            "\"title\": \"a\"\n",
            ";;;\n\nText\n\n;;;\n",
        ] {
            assert_eq!(left(text), text);
        }
    }
}
