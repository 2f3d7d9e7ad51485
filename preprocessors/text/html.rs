//! As much of HTML as it takes to see which elements are open: tags and comments.
//!
//! mdBook reads HTML with a tokenizer too, so an element is open until its end tag is there, whatever a browser would
//! close by itself.

use std::ops::Range;

/// A piece of HTML.
pub enum Token<'a> {
    /// What stands between tags.
    Text(&'a str),
    /// The start tag of an element with this name, in lower case.
    Open(String),
    /// Its end tag.
    Close(String),
    /// An element that has no end tag.
    Empty(String),
}

/// The pieces of some HTML, each with its bytes. Comments are none, nor is what is no text of the page: a script, a style.
pub fn tokens(html: &str) -> impl Iterator<Item = (Token<'_>, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < html.len() {
            let start = at;
            let rest = &html[start..];
            let text = rest.find('<').unwrap_or(rest.len());
            if text > 0 {
                at += text;
                return Some((Token::Text(&rest[..text]), start..at));
            }
            let (token, len) = markup(rest);
            at += len;
            let Some(token) = token else { continue };
            let range = start..at;
            if let Token::Open(name) = &token
                && matches!(name.as_str(), "script" | "style" | "textarea" | "title")
            {
                // Nothing inside of these is a tag but their own end.
                at = end_tag(html, at, name).unwrap_or(html.len());
            }
            return Some((token, range));
        }
        None
    })
}

/// Reads what begins at the `<` that `html` begins with, and its length in bytes: no token where there is a comment, a
/// mere `<`, or a tag that has no end, for nothing behind it is one.
fn markup(html: &str) -> (Option<Token<'_>>, usize) {
    for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] {
        if let Some(rest) = html.strip_prefix(opening) {
            let end = rest.find(closing).map(|end| opening.len() + end + closing.len());
            return (None, end.unwrap_or(html.len()));
        }
    }
    let closes = html.starts_with("</");
    let begin = if closes { 2 } else { 1 };
    let len = html[begin..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let name = &html[begin..begin + len];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 1);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(begin + len) {
        match (quote, byte) {
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            (None, b'>') => {
                let name = name.to_ascii_lowercase();
                let is_empty = || html[..at].ends_with('/') || is_void(&name);
                let token = if closes {
                    Token::Close(name)
                } else if is_empty() {
                    Token::Empty(name)
                } else {
                    Token::Open(name)
                };
                return (Some(token), at + 1);
            }
            _ => {}
        }
    }
    (None, html.len())
}

/// Where the end tag of an element begins, from an offset.
fn end_tag(html: &str, from: usize, name: &str) -> Option<usize> {
    html[from..].match_indices("</").map(|(at, _)| from + at).find(|at| {
        let found = html.as_bytes().get(at + 2..at + 2 + name.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// The elements of HTML that have no end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// An attribute of a tag.
pub struct Attribute {
    /// Its name, in lower case.
    pub name: String,
    /// Its value, as written.
    pub value: String,
    /// The bytes of the value in the tag, with its quotation marks.
    pub range: Range<usize>,
}

/// The addresses in the value of `srcset`, each as its bytes: what stands behind one, up to a comma, describes it.
pub fn addresses(value: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = &value[at..];
        let start = at + rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        let Some(len) = value[start..].find(char::is_whitespace).or(Some(value.len() - start)).filter(|len| *len > 0)
        else {
            return found;
        };
        let address = value[start..start + len].trim_end_matches(',');
        found.push(start..start + address.len());
        at = start + len;
        if address.len() == len {
            at += value[at..].find(',').unwrap_or(value.len() - at);
        }
    }
}

/// The attributes that have a value, of a tag from its `<` to its `>`.
pub fn attributes(tag: &str) -> Vec<Attribute> {
    let mut found = Vec::new();
    let mut from = 0;
    for (equals, _) in tag.match_indices('=') {
        // One that stands in a value is none.
        let Some(before) = tag.get(from..equals) else { continue };
        let before = before.trim_end();
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-');
        let stem = before.trim_end_matches(is_of_name);
        let name = &before[stem.len()..];
        let begins = stem.ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '/'));
        if !begins || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let behind = tag[equals + 1..].trim_start();
        let Some(length) = value(behind) else { continue };
        let start = tag.len() - behind.len();
        from = start + length;
        found.push(Attribute {
            name: name.to_ascii_lowercase(),
            value: tag[start..from].trim_matches(['"', '\'']).replace("&amp;", "&"),
            range: start..from,
        });
    }
    found
}

/// How long the value is that a text begins with, with its quotation marks.
fn value(text: &str) -> Option<usize> {
    match text.chars().next()? {
        quote @ ('"' | '\'') => text[1..].find(quote).map(|end| end + 2),
        _ => {
            let end = text.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '>'));
            Some(end.unwrap_or(text.len())).filter(|length| *length > 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_have_values_and_places() {
        let tag = "<a class='x'\n href=\"a.md?b&amp;c#d\" data-href=z hidden name=q>";
        let found = attributes(tag);
        let shown: Vec<_> = found.iter().map(|found| (found.name.as_str(), found.value.as_str())).collect();
        assert_eq!(shown, [("class", "x"), ("href", "a.md?b&c#d"), ("data-href", "z"), ("name", "q")]);
        assert_eq!(&tag[found[1].range.clone()], "\"a.md?b&amp;c#d\"");
    }

    #[test]
    fn what_is_no_attribute_hides_none_behind_it() {
        for (tag, expected) in [
            ("<a title='x href=y' href = z>", &[("title", "x href=y"), ("href", "z")][..]),
            ("<a title=\"x href=y>", &[("href", "y")]),
            ("<a class=\"x\"href=\"y\">", &[("class", "x")]),
            ("<a 1b=x -c=y d-1=z =w e=>", &[("d-1", "z")]),
            ("<img alt=\"中=文\" src=a.png?b=c/>", &[("alt", "中=文"), ("src", "a.png?b=c/")]),
            ("<a\u{3000}href=中\u{3000}id=''>", &[("href", "中"), ("id", "")]),
        ] {
            let found = attributes(tag);
            let found: Vec<_> = found.iter().map(|found| (found.name.as_str(), found.value.as_str())).collect();
            assert_eq!(found, expected, "{tag}");
        }
        // As long as it is, each byte is looked at a few times.
        for many in ["=", "@a=", "中="] {
            assert!(attributes(&format!("<div {}>", many.repeat(300_000))).is_empty());
        }
    }
}
