//! End tags of HTML that close what Markdown opened.
//!
//! ```text
//! 文</p>                   →     `</p>`: the paragraph is Markdown's
//! - 项</p></li>            →     `</li>`, where the item has no paragraph
//! <p>文</p>                →     nothing: HTML opened it
//! <div>文</p></div>        →     nothing: no paragraph is open, and mdBook passes over the tag
//! ```
//!
//! mdBook 0.5 keeps one stack for both. A tag that closes the element of a paragraph is followed by the paragraph's own
//! end, which then closes one element too many, and the whole build ends in a panic. Browsers, and GitHub, pass over
//! such a tag. The stack here is the one of `mdbook_html`.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// An end tag that closes what Markdown opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndTag {
    /// Its bytes.
    pub range: Range<usize>,
    /// The name of its element.
    pub name: String,
    /// Its line, from 1.
    pub line: usize,
}

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Open {
    elements: Vec<Element>,
    /// How many images are open: in their text, HTML is text.
    images: usize,
    /// Whether the first row of a table is open.
    in_head: bool,
}

#[derive(Debug)]
enum Element {
    Markdown(&'static str),
    Html(String),
}

impl Open {
    /// Hears the next event. Blocks of HTML and of code are no elements here.
    pub(super) fn hear(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            Event::Start(tag) => {
                self.in_head |= matches!(tag, Tag::TableHead);
                let name = if self.in_head && matches!(tag, Tag::TableCell) { Some("th") } else { element(tag) };
                self.elements.extend(name.map(Element::Markdown));
            }
            Event::End(TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => {}
            // What HTML opened in an element of Markdown ends with it.
            Event::End(tag) => {
                self.in_head &= !matches!(tag, TagEnd::TableHead);
                while let Some(Element::Html(_)) = self.elements.pop() {}
            }
            _ => {}
        }
    }

    /// Hears a start tag.
    pub(super) fn opens(&mut self, name: &str) {
        if self.images == 0 {
            self.elements.push(Element::Html(name.to_owned()));
        }
    }

    /// Hears an end tag; says whether it closes what Markdown opened.
    pub(super) fn closes(&mut self, name: &str) -> bool {
        match self.elements.last() {
            _ if self.images > 0 => false,
            Some(Element::Html(open)) if open == name => {
                self.elements.pop();
                false
            }
            Some(Element::Markdown(open)) => *open == name,
            _ => false,
        }
    }
}

/// The innermost element that mdBook makes of something.
fn element(tag: &Tag<'_>) -> Option<&'static str> {
    Some(match tag {
        Tag::Paragraph => "p",
        Tag::Heading { level, .. } => match level {
            HeadingLevel::H1 => "h1",
            HeadingLevel::H2 => "h2",
            HeadingLevel::H3 => "h3",
            HeadingLevel::H4 => "h4",
            HeadingLevel::H5 => "h5",
            HeadingLevel::H6 => "h6",
        },
        Tag::BlockQuote(_) => "blockquote",
        Tag::List(Some(_)) => "ol",
        Tag::List(None) => "ul",
        Tag::Item | Tag::FootnoteDefinition(_) => "li",
        Tag::DefinitionList => "dl",
        Tag::DefinitionListTitle => "dt",
        Tag::DefinitionListDefinition => "dd",
        Tag::Table(_) => "table",
        Tag::TableHead | Tag::TableRow => "tr",
        Tag::TableCell => "td",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strikethrough => "del",
        Tag::Superscript => "sup",
        Tag::Subscript => "sub",
        Tag::Link { .. } => "a",
        Tag::HtmlBlock | Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::Image { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    /// The tags of a text that close what Markdown opened.
    fn found(text: &str) -> Vec<String> {
        let anatomy = Anatomy::of(text, 0, &Wording::default());
        anatomy.end_tags.iter().map(|tag| format!("{}:{}", tag.line, &text[tag.range.clone()])).collect()
    }

    #[test]
    fn what_closes_an_element_of_markdown() {
        for (text, want) in [
            ("文</p>", &["1:</p>"][..]),
            ("文</P >后\n文</p>", &["1:</P >", "2:</p>"]),
            ("<p>\n\n文</p>", &["3:</p>"]),
            ("- 项</p>\n- 项</li>", &["2:</li>"]),
            ("- 项</li></ul>", &["1:</li>"]),
            ("- 项</p>\n\n- 项", &["1:</p>"]),
            ("# 题</h1>", &["1:</h1>"]),
            ("> 文\n> </blockquote>", &["2:</blockquote>"]),
            ("> </blockquote>", &["1:</blockquote>"]),
            ("[链</a>](x) **粗</strong>** *斜</em>* ~~删</del>~~", &["1:</a>", "1:</strong>", "1:</em>", "1:</del>"]),
            ("| 甲</th> |\n|--|\n| 乙</td></tr> |", &["1:</th>", "3:</td>"]),
            ("文[^1]\n\n[^1]: 注</p>", &["3:</p>"]),
            ("文<b>粗</p>\n\n文</p>", &["3:</p>"]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
        // They are passed over, so that nothing is left open or closed too often.
        let closed = |text| Anatomy::of(text, 0, &Wording::default()).closed;
        assert!(closed("文</p>\n\n后文") && !closed("文</div>") && !closed("<p>\n\n文</p>"));
    }

    #[test]
    fn what_closes_an_element_of_html_or_nothing() {
        for text in [
            "<p>文</p>",
            "文<b>粗</b>",
            "</p>",
            "</div>\n\n文</div>",
            "<p align=\"center\">\n\n# 题\n\n</p>",
            "<ul><li>甲<li>乙</ul>",
            "<table><tr><td>\n\n文\n\n</td></tr></table>",
            "![图</p>](x.png)",
            "`</p>`",
            "```\n</p>\n```",
            "<!-- </p> -->文",
            "文<p>段</p>",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
