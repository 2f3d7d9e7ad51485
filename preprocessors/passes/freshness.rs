//! Says in one line that a page misses changes of the edition that it was translated from.
//!
//! ```text
//! # KV cache     →     # KV cache
//!
//!                      The 简体中文 original has 3 newer changes, the last of 2025-12-01. See what changed
//! ```
//!
//! The language's name leads to the fresher edition, the last words to the repository's web page. What is not known is
//! left out: the number where only the text itself tells that it changed, the difference without a commit to begin at.
//! A page in step shows nothing.

use maud::html;

use super::markup::{block, html_line, html_sentence, markdown_link, markdown_sentence, markdown_text};
use super::{Format, Stage};
use crate::edit::{Edit, Layer};
use crate::messages::{Argument, Piece};
use crate::notebook::freshness::Behind;
use crate::notebook::{Edition, Language, Note, Page};

/// One line for each page that is behind.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let Some((note, edition)) = stage.notebook.shown(page) else { continue };
        let Some(translation) = &edition.translation else { continue };
        let Some(behind) = translation.behind() else { continue };
        let line = Line::new(stage, page, note, edition, &translation.of.value, behind);
        let text = match stage.format {
            Format::Html => line.html(stage),
            Format::Markdown => line.markdown(stage),
        };
        edits.push(block(page, page.anatomy.banner, &text, Layer::Freshness));
    }
    edits
}

/// What the line says.
struct Line<'a> {
    sentence: Vec<Piece>,
    source: &'a Language,
    /// The page of the source edition, where it has one.
    link: Option<String>,
    /// The day of the last change.
    date: String,
    /// The web page that shows what changed, and what the link to it is called.
    difference: Option<(String, String)>,
}

impl<'a> Line<'a> {
    fn new(
        stage: &Stage<'_>,
        page: &Page,
        note: &Note,
        edition: &Edition,
        source: &'a Language,
        behind: &Behind,
    ) -> Self {
        let id = match (behind.commits, &behind.last) {
            (Some(_), Some(_)) => "freshness-changes-on",
            (Some(_), None) => "freshness-changes",
            (None, Some(_)) => "freshness-changed-on",
            (None, None) => "freshness-changed",
        };
        let language = &edition.language.value;
        let arguments = [("changes", Argument::Count(behind.commits.unwrap_or_default()))];
        let difference = difference(stage, note, source, behind);
        Self {
            sentence: stage.messages.sentence(language, id, &arguments, &["source", "date"]),
            source,
            link: note.counterpart(source).map(|(_, to)| stage.link(page, to)),
            date: behind.last.as_ref().map(|commit| commit.day.to_string()).unwrap_or_default(),
            difference: difference.map(|url| (url, stage.messages.text(language, "freshness-difference", &[]))),
        }
    }

    fn html(&self, stage: &Stage<'_>) -> String {
        let source = self.source;
        let (name, direction) = (stage.config.autonym(source), stage.direction(source));
        let named = html! {
            @match &self.link {
                Some(link) => a href=(link) hreflang=(source) lang=(source) dir=[direction] rel="alternate" { (name) },
                None => span lang=(source) dir=[direction] { (name) },
            }
        };
        let date = html! { time datetime=(self.date) { (self.date) } };
        html_line(html! {
            aside.freshness role="note" data-pagefind-ignore {
                p {
                    (html_sentence(&self.sentence, &[named, date]))
                    @if let Some((url, text)) = &self.difference {
                        " " a rel="external noopener" href=(url) { (text) }
                    }
                }
            }
        })
    }

    fn markdown(&self, stage: &Stage<'_>) -> String {
        let name = markdown_text(stage.config.autonym(self.source));
        let named = match &self.link {
            Some(link) => markdown_link(&name, link),
            None => name,
        };
        let mut line = format!("> {}", markdown_sentence(&self.sentence, &[named, self.date.clone()]));
        if let Some((url, text)) = &self.difference {
            line.push_str(&format!(" {}", markdown_link(&markdown_text(text), url)));
        }
        line
    }
}

/// The web page that shows what the source edition's file has gained.
fn difference(stage: &Stage<'_>, note: &Note, source: &Language, behind: &Behind) -> Option<String> {
    let files = &stage.notebook.files;
    let path = files.reals.get(note.edition(source)?.source.as_ref()?)?;
    files.repository.difference(&behind.since.as_ref()?.id, &behind.last.as_ref()?.id, path)
}
