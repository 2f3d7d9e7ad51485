//! As much of HTML as it takes to see which elements are open: tags and comments.
//!
//! mdBook reads HTML with a tokenizer too, so an element is open until its end tag is there, whatever a browser would
//! close by itself.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// One piece of HTML that begins with `<`.
pub(crate) enum Markup {
    Open(String),
    Close(String),
    /// An element that has no end tag.
    Empty(String),
    Comment,
    /// A tag or a comment that has no end: nothing behind it is one.
    Unclosed,
}

impl Markup {
    /// Reads what begins at the `<` that `html` begins with, and its length in bytes; `None` for a mere `<`.
    pub(crate) fn next(html: &str) -> Option<(Self, usize)> {
        for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] {
            if let Some(rest) = html.strip_prefix(opening) {
                return Some(match rest.find(closing) {
                    Some(end) => (Self::Comment, opening.len() + end + closing.len()),
                    None => (Self::Unclosed, html.len()),
                });
            }
        }
        let closes = html.starts_with("</");
        let name_start = if closes { 2 } else { 1 };
        let name: String =
            html[name_start..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut quote = None;
        for (at, byte) in html.bytes().enumerate().skip(name_start + name.len()) {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                (None, b'>') => {
                    let name = name.to_ascii_lowercase();
                    let markup = if closes {
                        Self::Close(name)
                    } else if html[..at].ends_with('/') || is_void(&name) {
                        Self::Empty(name)
                    } else {
                        Self::Open(name)
                    };
                    return Some((markup, at + 1));
                }
                _ => {}
            }
        }
        Some((Self::Unclosed, html.len()))
    }
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
pub(crate) struct Attribute {
    /// Its name, in lower case.
    pub(crate) name: String,
    /// Its value, as written.
    pub(crate) value: String,
    /// The bytes of the value in the tag, with its quotation marks.
    pub(crate) range: Range<usize>,
}

/// The addresses in the value of `srcset`, each as its bytes: what stands behind one, up to a comma, describes it.
pub(crate) fn addresses(value: &str) -> Vec<Range<usize>> {
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
pub(crate) fn attributes(tag: &str) -> Vec<Attribute> {
    static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)[\s"'/]([a-zA-Z][a-zA-Z0-9:_-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"#)
            .expect("a valid pattern")
    });
    ATTRIBUTE
        .captures_iter(tag)
        .filter_map(|found| {
            let value = found.get(2)?;
            Some(Attribute {
                name: found[1].to_ascii_lowercase(),
                value: value.as_str().trim_matches(['"', '\'']).replace("&amp;", "&"),
                range: value.range(),
            })
        })
        .collect()
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
}
