//! Text as Markdown that shows it as it is.
//!
//! ```text
//! a_b [c] <d>     →     a\_b \[c\] &lt;d&gt;
//! 1. first        →     1\. first, where a block begins
//! ```
//!
//! Nothing of it is read by mdBook's `links` either, which would take a title such as `{{#include ../secret}}` for an
//! order.

/// Text in a line of Markdown; line breaks become spaces.
#[must_use]
pub fn text(text: &str) -> String {
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

/// Text that begins a block: what begins it does not make it a list or a line.
#[must_use]
pub fn block(text: &str) -> String {
    let text = self::text(text.trim_start());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let at = if text[digits..].starts_with(['.', ')']) && digits > 0 { digits } else { 0 };
    let special = at > 0 || text.starts_with(['-', '+', '=', ':']);
    if special { format!("{}\\{}", &text[..at], &text[at..]) } else { text }
}

/// What stands between the brackets behind the text of a link: `(…)`.
#[must_use]
pub fn destination(url: &str) -> String {
    let url = url.replace("{{", "&#123;{");
    // Angle brackets hold any address: the ones that can stand here have no `<`, `>` or line break.
    if url.contains(['(', ')', ' ']) { format!("<{url}>") } else { url }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What a Markdown parser with mdBook's options makes of a paragraph: its text, and nothing but text.
    fn shown(markdown: &str) -> String {
        let options = Options::all() - Options::ENABLE_SMART_PUNCTUATION;
        let mut text = String::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(piece) => text.push_str(&piece),
                Event::Start(Tag::Heading { .. } | Tag::Paragraph)
                | Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => {}
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
            let heading = format!("# {}\n", text(title));
            prop_assert_eq!(shown(&heading), title);
            prop_assert!(!heading.contains("{{"));
        }
    }

    #[test]
    fn a_block_stays_text() {
        for text in ["1. first", "12) x", "- item", "+ item", "---", "===", ": x", "# x", "> x", "1.5 times", "plain"] {
            assert_eq!(shown(&block(text)), text);
        }
    }
}
