//! Says how far a text has come.
//!
//! ```text
//! # [Pending Review] KV cache     →     # KV cache
//!
//!                                       Pending review
//!                                       Nobody has reviewed this page yet, so read it with care.
//! ```
//!
//! ```text
//! reviewed: sha256:5f0c1f0b7a3d9a42         Changed since review
//!                                     →
//! # KV cache, a sentence longer             Reviewed by Lin on 2025-12-02. Its text has changed since, last on …
//! ```
//!
//! A callout with mdBook's own classes, so that every theme shows it as its own. The mark leaves the heading and the
//! sidebar's title; in its place the sidebar gets one in the page's language, unless the book does not want it.

use super::markup::{Aside, Attributes, Block, Inline, Paragraph};
use super::{Stage, markup, names, splices, status_word};
use crate::edit::{Edit, Layer};
use crate::messages::Argument;
use crate::notebook::Edition;
use crate::values::{Date, Review, Status};

/// A callout for each edition that is not simply published, and a clean title for each page with a mark.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        if let Some(range) = page.anatomy.title.as_ref().and_then(|title| title.mark.clone()?.1) {
            edits.push(splices::remove(page, range, Layer::Title));
        }
        let clean = page.bare_name.clone();
        let name = names::in_sidebar(stage, page).unwrap_or_else(|| clean.clone());
        if name != page.name {
            edits.push(Edit::Rename { chapter: page.chapter, name, breadcrumb: clean });
        }
        let Some((_, edition)) = stage.notebook.shown(page) else { continue };
        let Some(status) = status_word::worth_saying(edition) else { continue };
        let callout = [Block::Aside(callout(stage, edition, status))];
        edits.extend(splices::blocks(stage, page, page.anatomy.banner, &callout, Layer::ReviewStatus));
    }
    edits
}

fn callout<'v>(stage: &Stage<'_>, edition: &Edition, status: Status) -> Aside<'v> {
    let word = status_word::of(stage, &edition.language.value, edition, status);
    let classes = format!("review-status blockquote-tag blockquote-tag-{}", kind(edition, status));
    Aside {
        attributes: Attributes::class(classes)
            .with("data-status", status.name())
            .maybe("data-review", status_word::is_changed(edition).then_some("changed")),
        lead: None,
        title: Some(Paragraph {
            attributes: Attributes::class("blockquote-tag-title"),
            text: vec![Inline::text(word)],
        }),
        text: said(stage, edition, status),
    }
}

/// mdBook's class for an edition's status.
fn kind(edition: &Edition, status: Status) -> &'static str {
    match status {
        _ if status_word::is_changed(edition) => "warning",
        Status::Published | Status::Draft | Status::NotFinished => "note",
        Status::PendingReview | Status::Outdated => "warning",
        Status::Reviewed => "tip",
    }
}

/// What the callout says below its title: a few sentences.
fn said<'v>(stage: &Stage<'_>, edition: &Edition, status: Status) -> Vec<Inline<'v>> {
    let sentence = |id: &str, arguments: &[_], day: Option<Date>| {
        let day = day.into_iter().map(Inline::Day).collect();
        stage.sentence(&edition.language.value, id, arguments, &[("date", day)])
    };
    let reviewed_on = edition.reviewed_on.as_ref().map(|fact| fact.value);
    let review = match (&edition.reviewed_by, reviewed_on) {
        (Some(_), Some(_)) => Some("review-by-on"),
        (Some(_), None) => Some("review-by"),
        (None, Some(_)) => Some("review-on"),
        (None, None) => None,
    };
    let mut sentences = Vec::new();
    // “Reviewed by Lin” says all that “This page has been reviewed” does.
    if status != Status::Reviewed || review.is_none() {
        sentences.push(sentence(&format!("status-{}-text", status.name()), &[], None));
    }
    if let Some(id) = review {
        let reviewer = edition.reviewed_by.as_ref().map_or("", |fact| fact.value.as_str());
        sentences.push(sentence(id, &[("reviewer", Argument::Text(reviewer))], reviewed_on));
    }
    match edition.review {
        Some(Review::ChangedSince(Some(day))) => sentences.push(sentence("review-changed-on", &[], Some(day))),
        Some(Review::ChangedSince(None)) => sentences.push(sentence("review-changed-text", &[], None)),
        Some(Review::OfThisText) | None => {}
    }
    markup::sentences(sentences)
}
