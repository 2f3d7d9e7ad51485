//! All texts of a language on one page, to be printed.
//!
//! ```text
//! a.html  <h2 id="intro">…</h2> <a href="b.html#intro">     print.html  <h2 id="intro">…</h2> <a href="#intro-1">
//! b.html  <h2 id="intro">…</h2> <a href="c.png">        →               <h2 id="intro-1">…</h2> <a href="c.png">
//! ```
//!
//! The page is what mdBook's own would be, to the byte. mdBook's counts from 1 for every id that there already was, which
//! takes the square of the notes where each has a heading of the same name; here each name remembers where it was.
//! The texts are those that mdBook wrote: an attribute stands between `"`, and what is no tag has no `<`.

use std::collections::{HashMap, HashSet};

use mdbook_core::utils::{escape_html, escape_html_attribute};

use crate::escape::unescaped;

/// What stands between two texts.
const BREAK: &str = r#"<div style="break-before: page; page-break-before: always;"></div>"#;

/// A text that is printed.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// Its page, from the site's root: `zh/a.html`.
    pub page: &'a str,
    /// Its chapter's name, which becomes a heading where the text has none.
    pub name: &'a str,
    /// What stands in its page.
    pub main: &'a str,
}

/// Puts texts behind each other.
#[must_use]
pub fn page(texts: &[Text<'_>]) -> String {
    let mut ids = Ids::default();
    let mut new_ids: HashMap<&str, HashMap<String, String>> = HashMap::new();
    // What the elements of each text are called: of two that had the same id, only the second has another.
    let mut in_order: Vec<Vec<String>> = Vec::new();
    let mut own_tops: Vec<Option<String>> = Vec::new();
    for text in texts {
        let (mut all, mut top) = (Vec::new(), Top::Unseen);
        for tag in Tags::new(text.main) {
            let id = attribute(tag.text, "id").map(|(_, id)| unescaped(id).into_owned());
            let own = id.as_deref().map(|id| ids.unique(id));
            top.see(tag.name, own.as_deref());
            let (Some(id), Some(own)) = (id, own) else { continue };
            all.push(own.clone());
            if own != id {
                new_ids.entry(text.page).or_default().insert(id, own);
            }
        }
        in_order.push(all);
        own_tops.push(top.id());
    }
    let mut tops: HashMap<&str, String> = HashMap::new();
    let mut headings: Vec<Option<String>> = Vec::new();
    for (text, own) in texts.iter().zip(own_tops) {
        let made = own.is_none().then(|| ids.unique(&id_of(text.name)));
        headings.push(made.as_ref().map(|id| heading(id, text.name)));
        tops.insert(text.page, own.or(made).unwrap_or_default());
    }
    // With room for ids and links that become longer.
    let whole: usize = texts.iter().map(|text| text.main.len() + BREAK.len()).sum();
    let mut page = String::with_capacity(whole + whole / 16);
    for ((text, heading), own_ids) in texts.iter().zip(headings).zip(&in_order) {
        if !page.is_empty() {
            page.push_str(BREAK);
        }
        let heading = heading.unwrap_or_default();
        for piece in [heading.as_str(), text.main] {
            if begins_a_block(piece) && !page.is_empty() && !page.ends_with('\n') {
                page.push('\n');
            }
            if piece.as_ptr() == text.main.as_ptr() {
                write_text(&mut page, text, own_ids, &new_ids, &tops);
            } else {
                page.push_str(piece);
            }
        }
    }
    page
}

/// A text in which ids are unique, and links lead to places of this page. `own_ids` are those of its elements, in their
/// order.
fn write_text(
    page: &mut String,
    text: &Text<'_>,
    own_ids: &[String],
    new_ids: &HashMap<&str, HashMap<String, String>>,
    tops: &HashMap<&str, String>,
) {
    let mut end = 0;
    let mut replace = |from: usize, to: usize, with: &str| {
        page.push_str(&text.main[end..from]);
        page.push_str(with);
        end = to;
    };
    let mut own_ids = own_ids.iter();
    for tag in Tags::new(text.main) {
        let mut changes: Vec<(usize, usize, String)> = Vec::new();
        if let Some((at, id)) = attribute(tag.text, "id")
            && let Some(new) = own_ids.next().filter(|new| **new != unescaped(id))
        {
            changes.push((at, id.len(), new.clone()));
        }
        if matches!(tag.name, "a" | "img") {
            for name in ["href", "src", "xlink:href"] {
                let Some((at, href)) = attribute(tag.text, name) else { continue };
                if let Some(new) = lead(&unescaped(href), text.page, new_ids, tops) {
                    changes.push((at, href.len(), new));
                }
            }
        }
        changes.sort_by_key(|(at, ..)| *at);
        for (at, length, new) in changes {
            replace(tag.at + at, tag.at + at + length, &escape_html_attribute(&new));
        }
    }
    page.push_str(&text.main[end..]);
}

/// Where a link of a page leads on the print page; `None` where it stays.
fn lead(
    href: &str,
    page: &str,
    new_ids: &HashMap<&str, HashMap<String, String>>,
    tops: &HashMap<&str, String>,
) -> Option<String> {
    let scheme = href.find(|c: char| !matches!(c, 'a'..='z' | '0'..='9' | '+' | '.' | '-'));
    if href.starts_with(|c: char| c.is_ascii_lowercase()) && scheme.is_some_and(|at| href[at..].starts_with(':')) {
        return None;
    }
    let (path, anchor) = match href.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (href, None),
    };
    let target = if path.is_empty() { page.to_owned() } else { joined(page, path) };
    if !path.is_empty() && !tops.contains_key(target.as_str()) {
        return Some(anchor.map_or(target.clone(), |anchor| format!("{target}#{anchor}")));
    }
    let id = match anchor {
        Some(anchor) => {
            let new = new_ids.get(target.as_str()).and_then(|ids| ids.get(anchor));
            new.map_or(anchor, String::as_str)
        }
        None => tops.get(target.as_str())?,
    };
    Some(format!("#{id}"))
}

/// The path that a relative one means on a page, as mdBook joins them.
fn joined(page: &str, path: &str) -> String {
    let base = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    let is_absolute = path.starts_with('/');
    let all = if is_absolute { path.to_owned() } else { format!("{base}/{path}") };
    for part in all.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            ".." if is_absolute => {}
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    if is_absolute { format!("/{joined}") } else { joined }
}

/// The ids that there are.
#[derive(Default)]
struct Ids {
    used: HashSet<String>,
    /// The last number that was tried behind an id.
    counts: HashMap<String, usize>,
}

impl Ids {
    /// An id that was not there yet: the same, or with the first number behind it that is free.
    fn unique(&mut self, id: &str) -> String {
        if self.used.insert(id.to_owned()) {
            return id.to_owned();
        }
        let count = self.counts.entry(id.to_owned()).or_default();
        loop {
            *count += 1;
            let candidate = format!("{id}-{count}");
            if self.used.insert(candidate.clone()) {
                return candidate;
            }
        }
    }
}

/// The first heading of a text.
enum Top {
    Unseen,
    /// One of the first level, with its id.
    Title(String),
    /// Another, or one without an id.
    Other,
}

impl Top {
    fn see(&mut self, tag: &str, id: Option<&str>) {
        if !matches!(self, Self::Unseen) {
            return;
        }
        *self = match (tag, id) {
            ("h1", Some(id)) => Self::Title(id.to_owned()),
            ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", _) => Self::Other,
            _ => Self::Unseen,
        };
    }

    fn id(self) -> Option<String> {
        if let Self::Title(id) = self { Some(id) } else { None }
    }
}

/// A start tag: its place, its name and all of it.
struct Tag<'a> {
    at: usize,
    name: &'a str,
    text: &'a str,
}

/// The start tags of a text that mdBook wrote, without those in comments, scripts and styles.
struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tags<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            let at = self.at + memchr::memchr(b'<', &self.text.as_bytes()[self.at..])?;
            let rest = &self.text[at..];
            if rest.starts_with("<!--") {
                self.at = at + rest.find("-->").map_or(rest.len(), |end| end + 3);
                continue;
            }
            let length = tag_length(rest);
            self.at = at + length;
            if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                continue;
            }
            let tag = &rest[..length];
            let name = &tag[1..];
            let name = &name[..name.find([' ', '>', '/', '\n', '\t']).unwrap_or(name.len())];
            if matches!(name, "script" | "style") && !tag.ends_with("/>") {
                let close = format!("</{name}");
                self.at += self.text[self.at..].find(&close).unwrap_or(self.text.len() - self.at);
            }
            return Some(Tag { at, name, text: tag });
        }
    }
}

/// How long a tag is. A `>` in an attribute's value is a part of it.
fn tag_length(rest: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The value of an attribute in a start tag, and where it begins.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<(usize, &'a str)> {
    let mut from = 0;
    loop {
        let at = from + tag[from..].find(name)?;
        let begin = at + name.len() + 2;
        let is_whole = tag[..at].ends_with(' ') && tag[at + name.len()..].starts_with("=\"");
        // Not in the value of another attribute.
        if is_whole && tag[..at].bytes().filter(|byte| *byte == b'"').count() % 2 == 0 {
            let value = &tag[begin..];
            return Some((begin, &value[..value.find('"')?]));
        }
        from = at + name.len();
    }
}

fn heading(id: &str, name: &str) -> String {
    let (id, name) = (escape_html_attribute(id), escape_html(name));
    format!("<h1 id=\"{id}\"><a href=\"#{id}\" class=\"header\">{name}</a></h1>\n")
}

/// The id that mdBook gives a heading.
fn id_of(name: &str) -> String {
    let kept = |c: char| match c {
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        c => c.is_whitespace().then_some('-'),
    };
    name.trim().to_lowercase().chars().filter_map(kept).collect()
}

/// Whether mdBook begins a new line before what comes here.
fn begins_a_block(text: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "blockquote",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "table",
        "tbody",
        "thead",
        "tr",
        "ul",
    ];
    text.strip_prefix('<').is_some_and(|tag| {
        let name = &tag[..tag.find([' ', '>', '/']).unwrap_or(tag.len())];
        BLOCKS.contains(&name)
    })
}
