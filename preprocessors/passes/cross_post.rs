//! Says where else a note was published.
//!
//! ```text
//! # 标题     →     # 标题
//!
//!                  本文也发表在知乎。
//! ```
//!
//! A line of the note's own that says the same makes room for it. A page that has no text of its own, and a
//! copy elsewhere, says so and leads there; its summary is its text.

use super::markup::{Aside, Attributes, Block, Inline, MarkupLink, Paragraph, joined};
use super::{Stage, splices};
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
        let banner = [Block::Aside(banner(stage, edition))];
        edits.extend(splices::blocks(stage, page, page.anatomy.banner, &banner, Layer::CrossPost));
        if stage.config.cross_post.replace {
            edits.extend(page.own_copies.iter().map(|range| splices::remove(page, range.clone(), Layer::CrossPost)));
        }
    }
    edits
}

fn banner<'v>(stage: &Stage<'_>, edition: &'v Edition) -> Aside<'v> {
    let language = &edition.language.value;
    let of_page = Attributes::class("u-syndication").with("rel", "syndication");
    let links = edition.cross_posts.iter().map(|post| link(stage, language, &post.value).kind(of_page.clone()).into());
    let links = joined(links.collect(), &stage.text(language, "list-separator"));
    let (class, message) = match edition.blank {
        true => ("cross-post cross-post-only", "cross-post-only"),
        false => ("cross-post", "cross-post"),
    };
    let summary = edition.summary.as_ref().filter(|_| edition.blank);
    Aside {
        attributes: Attributes::class(class),
        lead: summary.map(|summary| Paragraph {
            attributes: Attributes::class("cross-post-summary"),
            text: vec![Inline::text(summary.value.as_str())],
        }),
        title: None,
        text: stage.sentence(language, message, &[], &[("links", links)]),
    }
}

/// A link to a copy; where the copy is in another language than the page, the link says so.
pub(super) fn link<'v>(stage: &Stage<'_>, language: &Language, post: &'v CrossPost) -> MarkupLink<'v> {
    let other = post.platform.language().map(|other| other.to_string());
    MarkupLink::new(post.url.as_str(), link_text(stage, language, post))
        .target(Attributes::default().maybe("hreflang", other))
}

fn link_text(stage: &Stage<'_>, language: &Language, post: &CrossPost) -> String {
    let platform = stage.messages.platform(language, &post.platform);
    match post.platform.language().filter(|other| other.primary() != language.primary()) {
        Some(other) => {
            let other = stage.text(language, &format!("platform-language-{}", other.primary()));
            let arguments = [("platform", Argument::Text(&platform)), ("language", Argument::Text(&other))];
            stage.messages.text(language, "cross-post-in-language", &arguments)
        }
        None => platform,
    }
}
