//! What passes say to readers, as values: a sentence is put together once, and each format writes it in its own way.
//!
//! ```text
//!                                   html.rs      →   <aside class="freshness" …><p>The <a href="…">简体中文</a> …</p></aside>
//! a pass   →   Block, Inline   →
//!                                   markdown.rs  →   > The [简体中文](../zh/k.md) …
//! ```
//!
//! Text in a value is text: what writes it escapes it, for HTML, for Markdown and for mdBook's `{{`. Attributes of
//! elements are there for HTML; Markdown leaves them out. Another format is one more file beside these two, and one
//! more arm in [`Format`](crate::host::Format).

mod attributes;
mod block;
pub(super) mod html;
mod inline;
pub(super) mod markdown;

pub(super) use attributes::Attributes;
pub(super) use block::{Aside, Block, Entry, Navigation, NoteList, NumberTable, Paragraph, TableRow};
pub(super) use inline::{Inline, MarkupLink, joined, sentences};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::{Date, Language};

    /// A value as HTML and as Markdown.
    fn written(block: Block<'_>) -> [String; 2] {
        let blocks = [block];
        [html::write(&blocks), markdown::write(&blocks)]
    }

    #[test]
    fn text_stays_text() {
        let text = || vec![Inline::text("1. <b>\n{{#include ../x}} & \"y\"")];
        let markdown = "1\\. &lt;b&gt; &#123;&#123;\\#include ../x&#125;&#125; &amp; \"y\"";
        assert_eq!(written(Block::Paragraph(text())), [markdown, markdown]);
        let behind = markdown.replacen('\\', "", 1);
        assert_eq!(written(Block::Heading(7, text())), [format!("###### {behind}"), format!("###### {behind}")]);
        let link =
            MarkupLink::new("a(b).html?{{x}}", "1. <b>\n{{").target(Attributes::default().with("aria-label", "\"{{"));
        assert_eq!(
            written(Block::Navigation(Navigation {
                class: "c",
                label: "<l>".to_owned(),
                items: vec![vec![link.into()]]
            })),
            [
                "<nav class=\"c\" aria-label=\"&lt;l&gt;\" data-pagefind-ignore><ul role=\"list\"><li><a \
                 href=\"a(b).html?&#123;{x}}\" aria-label=\"&quot;&#123;{\">1. &lt;b&gt; &#123;{</a></li></ul></nav>",
                "[1. &lt;b&gt; &#123;&#123;](<a(b).html?&#123;{x}}>)"
            ]
        );
    }

    #[test]
    fn what_is_said_about_a_page() {
        let paragraph =
            |class, text| Paragraph { attributes: Attributes::class(class), text: vec![Inline::text(text)] };
        let aside = Aside {
            attributes: Attributes::class("a").with("data-x", "y"),
            lead: Some(paragraph("lead", "- Lead")),
            title: Some(paragraph("title", "Title")),
            text: vec![Inline::text("On "), Inline::Day(Date::parse("2025-12-01").unwrap())],
        };
        assert_eq!(
            written(Block::Aside(aside)),
            [
                "<aside class=\"a\" data-x=\"y\" role=\"note\" data-pagefind-ignore><p class=\"lead\">- Lead</p><p \
                 class=\"title\">Title</p><p>On <time datetime=\"2025-12-01\">2025-12-01</time></p></aside>",
                "\\- Lead\n\n> **Title**\n>\n> On 2025-12-01"
            ]
        );
    }

    #[test]
    fn elements_are_left_out_of_markdown() {
        let english = Language::parse("en").unwrap();
        let lang = || Attributes::default().with("lang", english.tag());
        let heading = || Block::Heading(2, vec![Inline::span(lang(), "a*b")]);
        assert_eq!(written(heading()), ["## <span lang=\"en\">a\\*b</span>", "## a\\*b"]);
        let division = Block::Division(lang(), vec![heading(), Block::CodeSource(Inline::text("a*b"))]);
        let source = "<div class=\"code-source\" translate=\"no\">a*b</div>";
        assert_eq!(
            written(division),
            [
                format!("<div lang=\"en\">\n\n## <span lang=\"en\">a\\*b</span>\n\n{source}\n\n</div>"),
                "## a\\*b".to_owned()
            ]
        );
    }
}
