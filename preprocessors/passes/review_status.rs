//! Says how far a text has come.
//!
//! ```text
//! # [Pending Review] KV cache     →     # KV cache
//!
//!                                       Pending review
//!                                       Nobody has reviewed this page yet, so read it with care.
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
use crate::notebook::{Edition, Language, Page, Status};

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

/// The word for a status.
pub(super) fn word(stage: &Stage<'_>, language: &Language, status: Status) -> String {
    stage.messages.text(language, &format!("status-{}", status.name()), &[])
}

/// The name of a page in the sidebar, when it carries a mark there.
///
/// Where the browser's title could not be kept clean of it (without `links` behind us, or with a brace in the title),
/// there is no mark.
pub(super) fn sidebar_name(stage: &Stage<'_>, page: &Page) -> Option<String> {
    let wanted = stage.config.runs(PassName::ReviewStatus) && stage.config.sidebar_marks;
    if !wanted || stage.format != Format::Html || !stage.links {
        return None;
    }
    let (_, edition) = stage.notebook.shown(page)?;
    let status = worth_saying(edition)?;
    let language = &edition.language.value;
    let word = word(stage, language, status);
    let arguments = [("title", Argument::Text(&page.bare_name)), ("status", Argument::Text(&word))];
    window_title::title(stage, page).map(|_| stage.messages.text(language, "sidebar-mark", &arguments))
}

/// mdBook's class for a status.
fn kind(status: Status) -> &'static str {
    match status {
        Status::Published | Status::Draft | Status::NotFinished => "note",
        Status::PendingReview | Status::Outdated => "warning",
        Status::Reviewed => "tip",
    }
}

/// What the callout says, below its title.
struct Said {
    text: Option<String>,
    review: Option<Vec<Piece>>,
}

fn said(stage: &Stage<'_>, edition: &Edition, status: Status) -> Said {
    let language = &edition.language.value;
    let review = match (&edition.reviewed_by, &edition.reviewed_on) {
        (Some(_), Some(_)) => Some("review-by-on"),
        (Some(_), None) => Some("review-by"),
        (None, Some(_)) => Some("review-on"),
        (None, None) => None,
    };
    let reviewer = edition.reviewed_by.as_ref().map_or("", |fact| fact.value.as_str());
    let review =
        review.map(|id| stage.messages.sentence(language, id, &[("reviewer", Argument::Text(reviewer))], &["date"]));
    // “Reviewed by Lin” says all that “This page has been reviewed” does.
    let text = (status != Status::Reviewed || review.is_none())
        .then(|| stage.messages.text(language, &format!("status-{}-text", status.name()), &[]));
    Said { text, review }
}

fn html_callout(stage: &Stage<'_>, edition: &Edition, status: Status) -> Markup {
    let Said { text, review } = said(stage, edition, status);
    let date = edition.reviewed_on.as_ref().map(|fact| fact.value.to_string()).unwrap_or_default();
    html! {
        aside class={ "review-status blockquote-tag blockquote-tag-" (kind(status)) } data-status=(status.name())
            role="note" data-pagefind-ignore {
            p.blockquote-tag-title { (word(stage, &edition.language.value, status)) }
            p {
                @if let Some(text) = &text { (text) }
                @if text.is_some() && review.is_some() { " " }
                @if let Some(review) = review {
                    (html_sentence(&review, &[html! { time datetime=(date) { (date) } }]))
                }
            }
        }
    }
}

fn markdown_callout(stage: &Stage<'_>, edition: &Edition, status: Status) -> String {
    let Said { text, review } = said(stage, edition, status);
    let date = edition.reviewed_on.as_ref().map(|fact| fact.value.to_string()).unwrap_or_default();
    let review = review.map(|review| markdown_sentence(&review, &[date]));
    let sentences: Vec<String> = text.map(|text| markdown_text(&text)).into_iter().chain(review).collect();
    format!("> **{}**\n>\n> {}", markdown_text(&word(stage, &edition.language.value, status)), sentences.join(" "))
}
