//! The titles of callouts that mdBook writes, in the language of a page.
//!
//! ```text
//! <blockquote class="blockquote-tag blockquote-tag-note">
//! <p class="blockquote-tag-title"><svg …>…</svg>Note</p>      →      <p class="blockquote-tag-title"><svg …>…</svg>注意</p>
//! ```
//!
//! A book that runs the pass `callouts` has none of them. What an author wrote by hand stays: only what has mdBook's own
//! mark-up, to the byte, is one.

use std::borrow::Cow;

use memchr::memmem;

use super::words::Voice;
use crate::escape::markup;

/// The kinds, as classes name them, and what mdBook calls them.
pub const KINDS: &[(&str, &str)] =
    &[("note", "Note"), ("tip", "Tip"), ("important", "Important"), ("warning", "Warning"), ("caution", "Caution")];

const QUOTE: &str = "<blockquote class=\"blockquote-tag blockquote-tag-";
const TITLE: &str = "\">\n<p class=\"blockquote-tag-title\"><svg viewbox=\"0 0 16 16\" width=\"18\" height=\"18\">";

/// The titles of the kinds, in their order.
#[must_use]
pub fn titles(voice: Voice<'_>) -> Vec<String> {
    KINDS.iter().map(|(kind, _)| markup(&voice.text(&format!("callout-{kind}")))).collect()
}

/// A page whose callouts have these titles.
#[must_use]
pub fn translate<'p>(page: &'p str, titles: &[String]) -> Cow<'p, str> {
    let mut out = String::new();
    let mut end = 0;
    for at in memmem::find_iter(page.as_bytes(), QUOTE) {
        let Some((from, english, own)) = title(page, at, titles) else { continue };
        out.push_str(&page[end..from]);
        out.push_str(own);
        end = from + english.len();
    }
    match end {
        0 => Cow::Borrowed(page),
        end => Cow::Owned(out + &page[end..]),
    }
}

/// Where the title of a callout stands that may begin here, what it is, and what it should be.
fn title<'t>(page: &str, at: usize, titles: &'t [String]) -> Option<(usize, &'static str, &'t str)> {
    let rest = &page[at + QUOTE.len()..];
    let (kind, rest) = rest.split_once(TITLE)?;
    let which = KINDS.iter().position(|(name, _)| *name == kind)?;
    let (_, rest) = rest.split_once("</svg>")?;
    let (_, english) = KINDS[which];
    let is_whole = rest.strip_prefix(english)?.starts_with("</p>");
    is_whole.then(|| (page.len() - rest.len(), english, titles[which].as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn callout(kind: &str, title: &str) -> String {
        format!("{QUOTE}{kind}{TITLE}<path d=\"M0\"></path></svg>{title}</p>\n<p>Note</p>\n</blockquote>\n")
    }

    #[test]
    fn only_titles_that_mdbook_wrote_are_replaced() {
        let titles: Vec<String> = ["甲", "乙", "丙", "丁", "戊"].map(str::to_owned).to_vec();
        let page = callout("note", "Note") + "text" + &callout("caution", "Caution");
        let expected = callout("note", "甲") + "text" + &callout("caution", "戊");
        assert_eq!(translate(&page, &titles), expected);
        for other in [
            callout("note", "Tip"),
            callout("mine", "Note"),
            callout("note", "Notes"),
            callout("note", "Note").replace('\n', ""),
            format!("{QUOTE}note\"><p>Note</p>"),
            "Note".to_owned(),
        ] {
            assert!(matches!(translate(&other, &titles), Cow::Borrowed(_)), "{other}");
        }
    }
}
