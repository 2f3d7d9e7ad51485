//! The links of a text, and which bytes say where each of them leads.
//!
//! ```text
//! see [the **code**](<a b.md> "title")     →     `<a b.md>` is the destination, `the code` the label
//! see [the code][1] and [1]: ./a.md        →     `./a.md`, once, with the label of each use
//! <a href="a.md">code</a>                  →     `"a.md"`
//! <https://example.org/a.md>               →     all of it
//! ```
//!
//! A destination that cannot be told byte by byte is known, but has no place, so that nobody edits it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, without escapes and entities.
    pub destination: String,
    /// The bytes of the destination, with its angle brackets or its quotation marks; `None` when they cannot be told.
    pub place: Option<Range<usize>>,
    /// The bytes of the whole link.
    pub whole: Range<usize>,
    /// Its text, without Markdown; for a definition, the texts of all its uses.
    pub labels: Vec<String>,
    /// How it is written.
    pub kind: LinkKind,
    /// Whether it shows something rather than leads somewhere.
    pub image: bool,
    /// Its line, from 1.
    pub line: usize,
}

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `[label]: destination`
    Definition,
    /// `<destination>`
    Autolink,
    /// `<a href="destination">`
    Html,
    /// `<img srcset="destination 1x, destination 2x">`
    HtmlPart,
}

impl Link {
    /// What has to stand in the link's place for it to lead to `url`: the bytes that go, and what comes.
    ///
    /// `url` is percent-encoded.
    #[must_use]
    pub fn leading_to(&self, url: &str) -> Option<(Range<usize>, String)> {
        let url = match self.kind {
            LinkKind::Html | LinkKind::HtmlPart => {
                url.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
            }
            // Angle brackets hold any address: the ones that can stand here have neither of them.
            _ if url.contains(['(', ')', ' ']) => format!("<{url}>"),
            _ => url.to_owned(),
        };
        let text = match self.kind {
            LinkKind::Inline | LinkKind::Definition => url,
            LinkKind::Html => format!("\"{url}\""),
            // Quotation marks of either kind are around it, and a comma would end it.
            LinkKind::HtmlPart => url.replace('\'', "%27").replace(',', "%2C"),
            LinkKind::Autolink => {
                // What was shown stays: Markdown reads no punctuation behind a backslash, and makes no dash of it.
                let shown: String = self.destination.chars().fold(String::new(), |mut shown, c| {
                    shown.extend(
                        (c.is_ascii_punctuation() && !matches!(c, '/' | ':')).then_some('\\').into_iter().chain([c]),
                    );
                    shown
                });
                format!("[{shown}]({url})")
            }
        };
        Some((self.place.clone()?, text))
    }
}

/// The destination of an inline link, in the source from behind the link's text: `](destination "title")`.
pub(crate) fn inline_destination(source: &str, from: usize, end: usize, destination: &str) -> Option<Range<usize>> {
    let open = from + source.get(from..end)?.find("](")? + 2;
    destination_at(source, open, end, destination)
}

/// The destination of a definition: `[label]: destination`.
pub(crate) fn definition_destination(source: &str, span: &Range<usize>, destination: &str) -> Option<Range<usize>> {
    let open = span.start + source.get(span.clone())?.find("]:")? + 2;
    destination_at(source, open, span.end, destination)
}

/// The bytes of a destination that begins at `from`, behind white space, if they say `destination`.
fn destination_at(source: &str, from: usize, end: usize, destination: &str) -> Option<Range<usize>> {
    let rest = source.get(from..end)?;
    let start = rest.len() - rest.trim_start().len();
    let rest = &rest[start..];
    let angled = rest.starts_with('<');
    let (mut depth, mut escaped, mut len) = (0_usize, false, rest.len());
    for (at, c) in rest.char_indices().skip(usize::from(angled)) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '>' if angled => {
                len = at + 1;
                break;
            }
            _ if angled => {}
            '(' => depth += 1,
            ')' if depth == 0 => {
                len = at;
                break;
            }
            ')' => depth -= 1,
            c if c.is_ascii_whitespace() => {
                len = at;
                break;
            }
            _ => {}
        }
    }
    let written = &rest[..len];
    says(written, destination).then(|| from + start..from + start + len)
}

/// Whether bytes of a source mean this destination.
fn says(written: &str, destination: &str) -> bool {
    if !written.contains(['\\', '&']) {
        return written.trim_start_matches('<').trim_end_matches('>') == destination;
    }
    let link = format!("[x]({written})");
    Parser::new_ext(&link, Options::empty())
        .any(|event| matches!(event, Event::Start(Tag::Link { dest_url, .. }) if *dest_url == *destination))
}

/// The label of a definition as its uses are compared to it: case and white space do not matter.
pub(crate) fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a link takes its destination from a definition.
pub(crate) fn is_reference(kind: LinkType) -> bool {
    matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn links(text: &str) -> Vec<Link> {
        Anatomy::of(text, 0, &Wording::default()).links
    }

    /// Each link: destination, what stands there, labels.
    fn shown(text: &str) -> Vec<(String, String, String)> {
        let place = |link: &Link| link.place.clone().map_or("?", |range| &text[range]).to_owned();
        links(text).iter().map(|link| (link.destination.clone(), place(link), link.labels.join("+"))).collect()
    }

    fn one(text: &str) -> (String, String, String) {
        let all = shown(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        all[0].clone()
    }

    #[test]
    fn destinations_are_found_byte_by_byte() {
        for (text, destination, place, label) in [
            ("[a](b.md)", "b.md", "b.md", "a"),
            ("x [the **code** `c`]( ./b%20c.md \"title\" ) y", "./b%20c.md", "./b%20c.md", "the code c"),
            ("[a](<b c.md>)", "b c.md", "<b c.md>", "a"),
            ("[a](b(1).md)", "b(1).md", "b(1).md", "a"),
            ("[a](b\\(1.md)", "b(1.md", "b\\(1.md", "a"),
            ("[a](b.md?x=1&amp;y=2)", "b.md?x=1&y=2", "b.md?x=1&amp;y=2", "a"),
            ("[[a][b] c](d.md)", "d.md", "d.md", "[a][b] c"),
            ("[](b.md)", "b.md", "b.md", ""),
            ("[a](\nb.md\n)", "b.md", "b.md", "a"),
            ("# [a](b.md)", "b.md", "b.md", "a"),
            ("| [a](b.md) |\n|---|\n", "b.md", "b.md", "a"),
            ("![alt](b.png)", "b.png", "b.png", "alt"),
            ("<https://a.b/c.md>", "https://a.b/c.md", "<https://a.b/c.md>", "https://a.b/c.md"),
            ("<a@b.org>", "mailto:a@b.org", "<a@b.org>", "a@b.org"),
            ("x <a class=y href='b.md'>c <b>d</b></a>", "b.md", "'b.md'", "c d"),
            ("<p>\n<a href=\"b.md\">c</a>\n</p>\n", "b.md", "\"b.md\"", "c"),
            ("<img alt=\"x\" src=b.png>", "b.png", "b.png", ""),
            ("<source srcset='b.png'>", "b.png", "b.png", ""),
            ("> - [a\n>   b](c.md)", "c.md", "c.md", "a b"),
        ] {
            assert_eq!(one(text), (destination.to_owned(), place.to_owned(), label.to_owned()), "{text}");
        }
        for text in
            ["`[a](b.md)`", "```\n[a](b.md)\n```\n", "\\[a](b.md)", "[a]", "<!-- [a](b.md) -->", "[^1]\n\n[^1]: x"]
        {
            assert_eq!(shown(text), [], "{text}");
        }
    }

    #[test]
    fn a_definition_is_one_link_with_the_labels_of_its_uses() {
        let text = "[English][x] and [the *note*][X], ![pic][y], [z]\n\n[x]: <a b.md> 'title'\n[y]: p.png\n[z]: z.md\n[unused]: u.md\n";
        assert_eq!(
            shown(text),
            [
                ("a b.md".into(), "<a b.md>".into(), "English+the note".into()),
                ("p.png".into(), "p.png".into(), "pic".into()),
                ("z.md".into(), "z.md".into(), "z".into()),
                ("u.md".into(), "u.md".into(), String::new()),
            ]
        );
        assert!(links(text)[1].image);
        assert_eq!(links(text)[2].line, 5);
    }

    #[test]
    fn an_image_in_a_link_is_a_link_too() {
        let all = links("[![English](badge.svg)](x_en.md)");
        assert_eq!(all.len(), 2);
        assert_eq!((all[0].destination.as_str(), all[0].labels.as_slice()), ("x_en.md", &["English".to_owned()][..]));
        assert_eq!((all[1].destination.as_str(), all[1].labels.as_slice()), ("badge.svg", &["English".to_owned()][..]));
    }

    #[test]
    fn each_picture_of_a_set_is_a_link() {
        for (text, wanted) in [
            ("<img srcset=\"a.png 1x, /b.png 2x\">", vec!["a.png", "/b.png"]),
            ("<source srcset=\"a.png,b.png 2x ,\n c.png 100w\">", vec!["a.png,b.png", "c.png"]),
            ("<source srcset=\", a.png, b.png\">", vec!["a.png", "b.png"]),
            ("<source srcset=\"data:image/png;base64,xyz= 1x, a.png\">", vec!["data:image/png;base64,xyz=", "a.png"]),
            ("<source srcset=\"\"><source srcset=\" , \">", vec![]),
        ] {
            let found: Vec<String> = shown(text)
                .into_iter()
                .map(|(destination, place, _)| {
                    assert_eq!(destination, place);
                    destination
                })
                .collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn a_new_destination_is_read_back() {
        for text in
            ["[a](b.md)", "[a](<b c.md>)", "<a href=b.md>c</a>", "<https://a.b/c_d*e[f].md>", "[a]\n\n[a]: b.md\n"]
        {
            for url in ["../x/y.html#z", "a%20b(c.html", "x.html?a=1&b=2"] {
                let link = links(text).into_iter().next().expect(text);
                let (range, new) = link.leading_to(url).expect("it has a place");
                let changed = format!("{}{new}{}", &text[..range.start], &text[range.end..]);
                let again = links(&changed).into_iter().next().expect(&changed);
                assert_eq!(again.destination, url, "{changed}");
                assert_eq!(again.labels, link.labels, "{changed}");
            }
        }
    }
}
