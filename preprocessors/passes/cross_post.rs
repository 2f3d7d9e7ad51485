//! Says where else a note was published.
//!
//! ```text
//! # 标题     →     # 标题
//!
//!                  本文也发表在知乎。
//! ```
//!
//! A line of the note's own that says the same makes room for it. A page that has no text of its own, and a copy elsewhere, says so and leads there; its summary is its text.

use maud::{Markup, html};

use super::markup::{
    block, html_line, html_sentence, markdown_block_text, markdown_link, markdown_sentence, markdown_text, remove,
};
use super::{Format, Stage};
use crate::edit::{Edit, Layer};
use crate::messages::Argument;
use crate::notebook::Edition;
use crate::platforms::CrossPost;
use crate::values::Language;

/// One banner for each edition with a copy elsewhere.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let Some((_, edition)) = stage.notebook.shown(page) else { continue };
        if edition.cross_posts.is_empty() {
            continue;
        }
        let text = match stage.format {
            Format::Html => html_line(html_banner(stage, edition)),
            Format::Markdown => markdown_banner(stage, edition),
        };
        edits.push(block(page, page.anatomy.banner, &text, Layer::CrossPost));
        if stage.config.cross_post.replace {
            edits.extend(page.own_copies.iter().map(|range| remove(page, range, Layer::CrossPost)));
        }
    }
    edits
}

fn html_banner(stage: &Stage<'_>, edition: &Edition) -> Markup {
    let language = &edition.language.value;
    let posts = &edition.cross_posts;
    let separator = stage.messages.text(language, "list-separator", &[]);
    let links = html! {
        @for (at, post) in posts.iter().enumerate() {
            @if at > 0 { (separator) }
            (html_link(stage, language, &post.value, true))
        }
    };
    let pieces = stage.messages.sentence(language, message(edition), &[], &["links"]);
    html! {
        aside.cross-post.cross-post-only[edition.blank] role="note" data-pagefind-ignore {
            @if let Some(summary) = edition.summary.as_ref().filter(|_| edition.blank) {
                p.cross-post-summary { (summary.value) }
            }
            p { (html_sentence(&pieces, &[links])) }
        }
    }
}

/// A link to a copy; where the copy is in another language than the page, the link says so. On the page that it
/// is a copy of, it says that, too.
pub(super) fn html_link(stage: &Stage<'_>, language: &Language, post: &CrossPost, of_page: bool) -> Markup {
    let other = post.platform.language();
    html! {
        a class=[of_page.then_some("u-syndication")] rel=[of_page.then_some("syndication")] href=(post.url) hreflang=[other.as_ref()] { (link_text(stage, language, post)) }
    }
}

/// A link to a copy, as Markdown.
pub(super) fn markdown_link_to(stage: &Stage<'_>, language: &Language, post: &CrossPost) -> String {
    markdown_link(&markdown_text(&link_text(stage, language, post)), &post.url)
}

fn link_text(stage: &Stage<'_>, language: &Language, post: &CrossPost) -> String {
    let platform = stage.messages.platform(language, &post.platform);
    match post.platform.language().filter(|other| other.primary() != language.primary()) {
        Some(other) => {
            let other = stage.messages.text(language, &format!("platform-language-{}", other.primary()), &[]);
            let arguments = [("platform", Argument::Text(&platform)), ("language", Argument::Text(&other))];
            stage.messages.text(language, "cross-post-in-language", &arguments)
        }
        None => platform,
    }
}

fn markdown_banner(stage: &Stage<'_>, edition: &Edition) -> String {
    let language = &edition.language.value;
    let separator = markdown_text(&stage.messages.text(language, "list-separator", &[]));
    let links: Vec<String> =
        edition.cross_posts.iter().map(|post| markdown_link_to(stage, language, &post.value)).collect();
    let pieces = stage.messages.sentence(language, message(edition), &[], &["links"]);
    let sentence = format!("> {}", markdown_sentence(&pieces, &[links.join(&separator)]));
    match edition.summary.as_ref().filter(|_| edition.blank) {
        Some(summary) => format!("{}\n\n{sentence}", markdown_block_text(&summary.value)),
        None => sentence,
    }
}

fn message(edition: &Edition) -> &'static str {
    if edition.blank { "cross-post-only" } else { "cross-post" }
}
