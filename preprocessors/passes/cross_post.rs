//! Says where else a note was published.
//!
//! ```text
//! # 标题     →     # 标题
//!
//!                  本文也发表在知乎。
//! ```
//!
//! Where the book wants it, the banner says since when a copy is there, and that the page has changed since:
//!
//! ```text
//! 本文也发表在知乎（2025-09-03 起）。发表在知乎之后，本页又有改动。
//! ```
//!
//! A line of the note's own that says the same makes room for it. A page that has no text of its own, and a
//! copy elsewhere, says so and leads there; its summary is its text.

use super::markup::{Aside, Attributes, Block, Inline, MarkupLink, Paragraph, sentences};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::messages::Argument;
use crate::notebook::{Edition, Note};
use crate::platforms::CrossPost;
use crate::values::Language;

/// One banner for each edition with a copy elsewhere.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let Some((note, edition)) = stage.notebook.shown(page) else { continue };
        if edition.cross_posts.is_empty() {
            continue;
        }
        let banner = [Block::Aside(banner(stage, note, edition))];
        edits.extend(splices::blocks(stage, page, page.anatomy.banner, &banner, Layer::CrossPost));
        if stage.config.cross_post.replace {
            edits.extend(page.own_copies.iter().map(|range| splices::remove(page, range.clone(), Layer::CrossPost)));
        }
    }
    edits
}

fn banner<'v>(stage: &Stage<'_>, note: &Note, edition: &'v Edition) -> Aside<'v> {
    let language = &edition.language.value;
    let separator = stage.text(language, "list-separator");
    let copies = edition.cross_posts.iter().map(|post| copy(stage, note, language, &post.value));
    let links = copies.reduce(|all, next| [all, vec![Inline::text(separator.clone())], next].concat());
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
        text: sentences(vec![
            stage.sentence(language, message, &[], &[("links", links.unwrap_or_default())]),
            newer(stage, edition),
        ]),
    }
}

/// A copy, with its day where the book wants that: the one since when it is there, as far as its address tells, else the
/// one of its text.
fn copy<'v>(stage: &Stage<'_>, note: &Note, language: &Language, post: &'v CrossPost) -> Vec<Inline<'v>> {
    let of_page = Attributes::class("u-syndication").with("rel", "syndication");
    let link = vec![link(stage, language, post).kind(of_page).into()];
    let since = || post.published().map(|day| ("cross-post-since", day));
    let as_of = || note.posted_on(post).map(|day| ("cross-post-as-of", day));
    match since().or_else(as_of).filter(|_| stage.config.cross_post.dates) {
        Some((id, day)) => stage.sentence(language, id, &[], &[("link", link), ("date", vec![Inline::Day(day)])]),
        None => link,
    }
}

/// That the page has changed since it was posted, where the book wants that to be said; nothing else.
fn newer<'v>(stage: &Stage<'_>, edition: &Edition) -> Vec<Inline<'v>> {
    let language = &edition.language.value;
    let mut platforms: Vec<String> = Vec::new();
    for (post, _) in edition.copies_behind().filter(|_| stage.config.cross_post.newer) {
        let name = stage.messages.platform(language, &post.value.platform);
        if !platforms.contains(&name) {
            platforms.push(name);
        }
    }
    if platforms.is_empty() {
        return Vec::new();
    }
    let platforms = platforms.join(&stage.text(language, "list-separator"));
    stage.sentence(language, "cross-post-newer", &[("platforms", Argument::Text(&platforms))], &[])
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
