//! As much of HTML as it takes to see which elements are open: tags and comments.
//!
//! mdBook reads HTML with a tokenizer too, so an element is open until its end tag is there, whatever a browser would
//! close by itself.

/// One piece of HTML that begins with `<`.
pub(super) enum Markup {
    Open(String),
    Close(String),
    /// An element that has no end tag.
    Empty(String),
    Comment,
}

impl Markup {
    /// Reads what begins at the `<` that `html` begins with, and its length in bytes.
    pub(super) fn next(html: &str) -> Option<(Self, usize)> {
        for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] {
            if let Some(rest) = html.strip_prefix(opening) {
                let end = rest.find(closing)?;
                return Some((Self::Comment, opening.len() + end + closing.len()));
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
        None
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
