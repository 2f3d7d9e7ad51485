//! The elements that are open around a piece of a text: those that Markdown makes, and those of its HTML.
//!
//! mdBook 0.5 keeps one stack for both, and the stack here is the one of `mdbook_html`: what HTML opened inside of an
//! element of Markdown ends with it, and an end tag closes the innermost element or none.
//!
//! ```text
//! 文</p>                   →     `</p>` closes what Markdown opened
//! - 项</p></li>            →     `</li>` does, where the item has no paragraph
//! <p>文</p>                →     nothing does: HTML opened it
//! <div>文</p></div>        →     nothing does: no paragraph is open, and mdBook passes over the tag
//! ```
//!
//! A tag that closes the element of a paragraph is followed by the paragraph's own end, which then closes one element too
//! many, and the whole build ends in a panic. Browsers, and GitHub, pass over such a tag.

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
pub(super) struct Elements {
    open: Vec<Element>,
    /// How many images are open: in their text, HTML is text.
    images: usize,
    /// Whether the first row of a table is open.
    in_head: bool,
    /// Whether HTML was left open by something that ended, or closed once too often.
    is_unbalanced: bool,
    /// The end tags that close what Markdown opened.
    pub(super) end_tags: Vec<EndTag>,
}

#[derive(Debug)]
struct Element {
    name: Name,
    /// What the text in it is.
    inside: Inside,
}

#[derive(Debug, PartialEq)]
enum Name {
    Markdown(&'static str),
    Html(String),
}

/// What the HTML around a text says of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Inside {
    /// It is meant as it is.
    pub(super) is_literal: bool,
    /// There is no place for an element in it.
    pub(super) is_drawn: bool,
    /// It is the text of a link.
    pub(super) is_link: bool,
    /// Its line breaks are shown as they are.
    pub(super) is_preformatted: bool,
}

impl Inside {
    /// What a text is in an element of HTML that stands here.
    fn of(self, name: &str) -> Self {
        match name {
            "pre" | "textarea" => Self { is_literal: true, is_preformatted: true, ..self },
            "code" | "kbd" | "samp" | "script" | "style" | "tt" => Self { is_literal: true, ..self },
            "iframe" | "math" | "noscript" | "option" | "svg" | "template" | "title" => Self { is_drawn: true, ..self },
            "a" => Self { is_link: true, ..self },
            _ => self,
        }
    }

    /// Whether an address is a link already, or meant as it is.
    pub(super) fn is_verbatim(self) -> bool {
        self.is_literal || self.is_link
    }
}

impl Elements {
    /// Hears the next event. Blocks of HTML and of code are no elements here.
    pub(super) fn hear(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(TagEnd::Image) => self.images -= 1,
            Event::Start(tag) => {
                self.in_head |= matches!(tag, Tag::TableHead);
                let name = if self.in_head && matches!(tag, Tag::TableCell) { Some("th") } else { element(tag) };
                let inside = self.inside();
                self.open.extend(name.map(|name| Element { name: Name::Markdown(name), inside }));
            }
            Event::End(TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => {}
            // What HTML opened in an element of Markdown ends with it.
            Event::End(tag) => {
                self.in_head &= !matches!(tag, TagEnd::TableHead);
                while let Some(Element { name: Name::Html(_), .. }) = self.open.pop() {
                    self.is_unbalanced = true;
                }
            }
            _ => {}
        }
    }

    /// Hears a start tag.
    pub(super) fn opens(&mut self, name: String) {
        if self.images == 0 {
            let inside = self.inside().of(&name);
            self.open.push(Element { name: Name::Html(name), inside });
        }
    }

    /// Hears an end tag.
    pub(super) fn closes(&mut self, name: String, range: Range<usize>, line: impl FnOnce() -> usize) {
        match self.open.last().map(|element| &element.name) {
            _ if self.images > 0 => {}
            Some(Name::Html(open)) if *open == name => drop(self.open.pop()),
            Some(Name::Markdown(open)) if *open == name => self.end_tags.push(EndTag { range, name, line: line() }),
            _ => self.is_unbalanced = true,
        }
    }

    /// What the text is that stands here.
    pub(super) fn inside(&self) -> Inside {
        self.open.last().map(|element| element.inside).unwrap_or_default()
    }

    /// Whether all HTML was closed where it was opened, and none is open.
    pub(super) fn are_closed(&self) -> bool {
        !self.is_unbalanced && !self.open.iter().any(|element| matches!(element.name, Name::Html(_)))
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

    /// mdBook closes it there, so that what follows is no code.
    #[test]
    fn what_html_opens_in_markdown_ends_with_it() {
        for open in
            ["# <code>题", "题 <pre>\n===", "- <kbd>项", "**<samp>粗** 文", "| <code>甲 |\n|---|", "![<code>](x.png)"]
        {
            let text = format!("{open}\n\n$x_1$ :fire: https://a.b\n甲\n乙\n");
            let anatomy = Anatomy::of(&text, 0, &Wording::default());
            let found = (anatomy.formulas.len(), anatomy.shortcodes.len(), anatomy.addresses.len());
            assert_eq!((found, anatomy.joints.len()), ((1, 1, 1), 1), "{text}");
        }
        let text = "<code>\n\n$x_1$ :fire: https://a.b\n\n</code>\n";
        let anatomy = Anatomy::of(text, 0, &Wording::default());
        assert!(anatomy.formulas.is_empty() && anatomy.shortcodes.is_empty() && anatomy.addresses.is_empty());
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

    #[test]
    fn open_ends_are_seen() {
        for text in [
            "",
            "# A",
            "text",
            "- a\n  - b",
            "> a",
            "```\na\n```",
            "<details>\n\na\n\n</details>\n",
            "a <b>b</b><br>\n",
            "| a |\n|---|\n| b |",
            "[^1]: a",
            "<!-- a -->",
            "<p align=\"center\"><img src=\"a>b.png\"></p>",
            "    code",
            "a < b",
            "<https://a.b>",
            "<script>if (a < b) \"</div>\"</script>\n",
        ] {
            assert!(Anatomy::of(text, 0, &Wording::default()).closed, "{text}");
        }
        for text in [
            "```\na",
            "~~~\na\n```\n",
            "<details>\n\na\n",
            "a\n\n</div>\n",
            "<!-- a",
            "<script>\n",
            "<b>a\n\nb</b>",
            "- <div>\n\n</div>\n",
            "a <span>b",
            "<pre>\n",
        ] {
            assert!(!Anatomy::of(text, 0, &Wording::default()).closed, "{text}");
        }
    }
}
