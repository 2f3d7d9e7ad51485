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

use maud::{Markup, html};

use super::markup::{block, html_line, html_sentence, markdown_sentence, markdown_text};
use super::{Format, Stage, window_title};
use crate::config::PassName;
use crate::edit::{Edit, Layer, Splice};
use crate::messages::{Argument, Piece};
use crate::notebook::{Edition, Page};
use crate::values::{Date, Language, Review, Status};

/// A callout for each edition that is not simply published, and a clean title for each page with a mark.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        if let Some(range) = page.anatomy.title.as_ref().and_then(|title| title.mark.clone()?.1) {
            edits.push(Edit::Splice(page.chapter, Splice { range, text: String::new(), layer: Layer::Title }));
        }
        let clean = page.bare_name.clone();
        let name = sidebar_name(stage, page).unwrap_or_else(|| clean.clone());
        if name != page.name {
            edits.push(Edit::Rename { chapter: page.chapter, name, breadcrumb: clean });
        }
        let Some((_, edition)) = stage.notebook.shown(page) else { continue };
        let Some(status) = worth_saying(edition) else { continue };
        let text = match stage.format {
            Format::Html => html_line(html_callout(stage, edition, status)),
            Format::Markdown => markdown_callout(stage, edition, status),
        };
        edits.push(block(page, page.anatomy.banner, &text, Layer::ReviewStatus));
    }
    edits
}

/// The status of an edition, unless there is nothing to say about it.
pub(super) fn worth_saying(edition: &Edition) -> Option<Status> {
    edition.status.as_ref().map(|fact| fact.value).filter(|status| *status != Status::Published)
}

/// Whether the text of an edition is another one than the text that was reviewed.
pub(super) fn is_changed(edition: &Edition) -> bool {
    matches!(edition.review, Some(Review::ChangedSince(_)))
}

/// The word for an edition's status. Of a review, that it is of an older text is more than that there was one.
pub(super) fn word_of(stage: &Stage<'_>, language: &Language, edition: &Edition, status: Status) -> String {
    if status == Status::Reviewed && is_changed(edition) {
        return stage.messages.text(language, "review-changed", &[]);
    }
    word(stage, language, status)
}

/// The word for a status.
pub(super) fn word(stage: &Stage<'_>, language: &Language, status: Status) -> String {
    stage.messages.text(language, &format!("status-{}", status.name()), &[])
}

/// The name of a page in the sidebar, when it carries a mark there.
///
/// Where the browser's title could not be kept clean of it (without `links` behind us, or with a brace in the title),
/// there is no mark.
pub(super) fn sidebar_name(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let wanted = stage.config.runs(PassName::ReviewStatus) && stage.config.review_status.sidebar_marks;
    if !wanted || stage.format != Format::Html || !stage.links {
        return None;
    }
    let (_, edition) = stage.notebook.shown(page)?;
    let status = worth_saying(edition)?;
    let language = &edition.language.value;
    let word = word_of(stage, language, edition, status);
    let arguments = [("title", Argument::Text(&page.bare_name)), ("status", Argument::Text(&word))];
    window_title::title(stage, page).map(|_| stage.messages.text(language, "sidebar-mark", &arguments))
}

/// mdBook's class for an edition's status.
fn kind(edition: &Edition, status: Status) -> &'static str {
    match status {
        _ if is_changed(edition) => "warning",
        Status::Published | Status::Draft | Status::NotFinished => "note",
        Status::PendingReview | Status::Outdated => "warning",
        Status::Reviewed => "tip",
    }
}

/// What the callout says below its title, sentence by sentence. A slot of a sentence is its day.
fn said(stage: &Stage<'_>, edition: &Edition, status: Status) -> Vec<(Vec<Piece>, Option<Date>)> {
    let language = &edition.language.value;
    let sentence = |id: &str, arguments: &[_]| stage.messages.sentence(language, id, arguments, &["date"]);
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
        sentences.push((sentence(&format!("status-{}-text", status.name()), &[]), None));
    }
    if let Some(id) = review {
        let reviewer = edition.reviewed_by.as_ref().map_or("", |fact| fact.value.as_str());
        sentences.push((sentence(id, &[("reviewer", Argument::Text(reviewer))]), reviewed_on));
    }
    match edition.review {
        Some(Review::ChangedSince(Some(day))) => sentences.push((sentence("review-changed-on", &[]), Some(day))),
        Some(Review::ChangedSince(None)) => sentences.push((sentence("review-changed-text", &[]), None)),
        Some(Review::OfThisText) | None => {}
    }
    let last = sentences.len().saturating_sub(1);
    for (sentence, _) in &mut sentences[..last] {
        // A full-width stop brings its own space.
        if !matches!(sentence.last(), Some(Piece::Text(text)) if text.ends_with('。')) {
            sentence.push(Piece::Text(" ".to_owned()));
        }
    }
    sentences
}

fn html_callout(stage: &Stage<'_>, edition: &Edition, status: Status) -> Markup {
    let day = |day: Option<Date>| {
        let day = day.map(|day| day.to_string()).unwrap_or_default();
        html! { time datetime=(day) { (day) } }
    };
    html! {
        aside class={ "review-status blockquote-tag blockquote-tag-" (kind(edition, status)) }
            data-status=(status.name()) data-review=[is_changed(edition).then_some("changed")]
            role="note" data-pagefind-ignore {
            p.blockquote-tag-title { (word_of(stage, &edition.language.value, edition, status)) }
            p {
                @for (sentence, date) in said(stage, edition, status) {
                    (html_sentence(&sentence, &[day(date)]))
                }
            }
        }
    }
}

fn markdown_callout(stage: &Stage<'_>, edition: &Edition, status: Status) -> String {
    let sentences = said(stage, edition, status).into_iter().map(|(sentence, date)| {
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        markdown_sentence(&sentence, &[date])
    });
    let sentences: String = sentences.collect();
    let word = word_of(stage, &edition.language.value, edition, status);
    format!("> **{}**\n>\n> {sentences}", markdown_text(&word))
}
