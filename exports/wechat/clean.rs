//! A last look: nothing is left that WeChat takes away, or refuses.
//!
//! ```text
//! <div class="a">   →   `<div>`, `class`
//! ```
//!
//! A fragment is clean by the way in which it is written. This finds a fault of ours, or a style of the book that is none.

use std::collections::BTreeSet;

use mdbook_bilingual_core::text::html::{Token, attributes, tokens};

use crate::platform::Links;

/// The elements that may be there.
const ELEMENTS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "path",
    "pre",
    "section",
    "span",
    "strong",
    "sub",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// The attributes that may be there.
const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-hidden",
    "aria-label",
    "d",
    "data-wechat",
    "fill",
    "href",
    "role",
    "src",
    "start",
    "stroke",
    "stroke-width",
    "style",
    "viewbox",
    "xmlns",
];

/// What is left in a fragment that WeChat does not keep, each once, by the alphabet.
pub(super) fn unclean(html: &str, links: &Links) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (token, range) in tokens(html) {
        let (Token::Open(name) | Token::Empty(name) | Token::Close(name)) = token else { continue };
        if !ELEMENTS.contains(&name.as_str()) {
            found.insert(format!("<{name}>"));
        }
        for attribute in attributes(&html[range]) {
            let is_kept = ATTRIBUTES.contains(&attribute.name.as_str());
            if !is_kept || attribute.name == "href" && !links.may_lead_to(&attribute.value) {
                found.insert(format!("{}=\"{}\"", attribute.name, attribute.value));
            }
        }
    }
    if html.contains("<!--") {
        found.insert("<!--".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::Elsewhere;

    fn links() -> Links {
        Links { elsewhere: Elsewhere::Numbered, own_hosts: vec!["mp.weixin.qq.com".to_owned()], ..Links::default() }
    }

    #[test]
    fn what_wechat_takes_away_is_found() {
        for (html, expected) in [
            ("<p style=\"margin:0\">a</p>", &[][..]),
            ("<a href=\"https://mp.weixin.qq.com/s/x\">a</a>", &[]),
            ("<a href=\"https://e.org/\">a</a>", &["href=\"https://e.org/\""]),
            ("<a href=\"https://e.org/mp.weixin.qq.com/\">a</a>", &["href=\"https://e.org/mp.weixin.qq.com/\""]),
            ("<a href=\"#a\">a</a>", &["href=\"#a\""]),
            ("<div class=\"b\"><style>p{}</style><input></div>", &["<div>", "<input>", "<style>", "class=\"b\""]),
            (
                "<svg><defs></defs><foreignObject/><text x=\"1\">a</text></svg>",
                &["<defs>", "<foreignobject>", "<text>", "x=\"1\""],
            ),
            ("<p id=\"b\" onclick=\"c\">", &["id=\"b\"", "onclick=\"c\""]),
            ("a<!-- b -->", &["<!--"]),
        ] {
            assert_eq!(unclean(html, &links()).into_iter().collect::<Vec<_>>(), expected, "{html}");
        }
    }
}
