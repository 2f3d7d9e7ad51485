//! How the passes write: HTML that Markdown passes through untouched, and Markdown in which text stays text.

use std::ops::Range;

use maud::{Markup, html};

use crate::edit::{Edit, Layer, Splice};
use crate::markdown::outline::Ids;
use crate::markdown::{Escape, Gap, WithoutId};
use crate::messages::Piece;
use crate::notebook::Page;

/// HTML as one line, so that no blank line ends it early, and with nothing in it that mdBook's `links` would expand.
#[must_use]
pub fn html_line(markup: Markup) -> String {
    inert(&markup.into_string().replace(['\n', '\r'], " "))
}

/// Breaks up `{{`: mdBook's `links` would read a title such as `{{#include ../secret}}` as an order.
#[must_use]
pub fn inert(text: &str) -> String {
    text.replace("{{", "&#123;{")
}

/// Text as Markdown that shows it as it is.
#[must_use]
pub fn markdown_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '$' | '^' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text as Markdown that begins a block: what begins it does not make it a list or a line.
#[must_use]
pub fn markdown_block_text(text: &str) -> String {
    let text = markdown_text(text.trim_start());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let at = if text[digits..].starts_with(['.', ')']) && digits > 0 { digits } else { 0 };
    let special = at > 0 || text.starts_with(['-', '+', '=', ':']);
    if special { format!("{}\\{}", &text[..at], &text[at..]) } else { text }
}

/// A Markdown link. `text` is Markdown already.
#[must_use]
pub fn markdown_link(text: &str, url: &str) -> String {
    // Angle brackets hold any address: the ones that can stand here have no `<`, `>` or line break.
    if url.contains(['(', ')', ' ']) { format!("[{text}](<{url}>)") } else { format!("[{text}]({})", inert(url)) }
}

/// A sentence as HTML, with these elements in its slots.
#[must_use]
pub fn html_sentence(pieces: &[Piece], slots: &[Markup]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Text(text) => (text),
                Piece::Slot(at) => (slots[*at]),
            }
        }
    }
}

/// A sentence as Markdown, with this Markdown in its slots.
#[must_use]
pub fn markdown_sentence(pieces: &[Piece], slots: &[String]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => markdown_text(text),
            Piece::Slot(at) => slots[*at].clone(),
        })
        .collect()
}

/// A block of its own in a gap: with blank lines around it, as far as the text does not have them.
#[must_use]
pub fn block(page: &Page, gap: Gap, text: &str, layer: Layer) -> Edit {
    let before = if gap.after_line_break { "\n" } else { "\n\n" };
    let behind = if gap.before_blank { "\n" } else { "\n\n" };
    insert(page, gap.at, format!("{before}{text}{behind}"), layer)
}

/// Takes bytes away, such as a line that says what we say.
#[must_use]
pub fn remove(page: &Page, range: &Range<usize>, layer: Layer) -> Edit {
    Edit::Splice(page.chapter, Splice { range: range.clone(), text: String::new(), layer })
}

/// A backslash before a character that it keeps as it is.
#[must_use]
pub fn escape(page: &Page, escape: Escape, layer: Layer) -> Edit {
    // With the character, so that what takes it away takes the backslash too.
    let range = escape.at..escape.at + 1;
    Edit::Splice(page.chapter, Splice { range, text: format!("\\{}", escape.character), layer })
}

/// The id of a heading, for one whose text changes on the page; `None` when it has none.
#[must_use]
pub fn id(page: &Page, place: &WithoutId, ids: &[Ids], layer: Layer) -> Option<Edit> {
    let id = &ids[place.heading].page;
    let text = if place.in_braces { format!(" #{id}") } else { format!(" {{#{id}}}") };
    (!id.is_empty()).then(|| insert(page, place.at, text, layer))
}

/// Text at an offset.
#[must_use]
pub fn insert(page: &Page, at: usize, text: String, layer: Layer) -> Edit {
    Edit::Splice(page.chapter, Splice { range: at..at, text, layer })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a Markdown parser with mdBook's options makes of a paragraph: its text, and nothing but text.
    fn shown(markdown: &str) -> String {
        let options = pulldown_cmark::Options::all() - pulldown_cmark::Options::ENABLE_SMART_PUNCTUATION;
        let mut text = String::new();
        for event in pulldown_cmark::Parser::new_ext(markdown, options) {
            match event {
                pulldown_cmark::Event::Text(piece) => text.push_str(&piece),
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. } | pulldown_cmark::Tag::Paragraph)
                | pulldown_cmark::Event::End(pulldown_cmark::TagEnd::Heading(_) | pulldown_cmark::TagEnd::Paragraph) => {
                }
                other => panic!("{other:?} in {markdown}"),
            }
        }
        text
    }

    proptest! {
        #[test]
        fn a_title_stays_text(title in r#"[-!-~ 中文，。“”（）]{1,40}"#) {
            let title = title.trim();
            prop_assume!(!title.is_empty());
            let heading = format!("# {}\n", markdown_text(title));
            prop_assert_eq!(shown(&heading), title);
            prop_assert!(!heading.contains("{{"));
        }
    }

    #[test]
    fn a_block_stays_text() {
        for text in ["1. first", "12) x", "- item", "+ item", "---", "===", ": x", "# x", "> x", "1.5 times", "plain"] {
            assert_eq!(shown(&markdown_block_text(text)), text);
        }
    }

    #[test]
    fn html_is_one_inert_line() {
        let title = "<script>\n{{#include ../x}}</script>";
        let line = html_line(html! { p { (title) } });
        assert_eq!(line, "<p>&lt;script&gt; &#123;{#include ../x}}&lt;/script&gt;</p>");
    }
}
