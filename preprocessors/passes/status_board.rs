//! Shows how the notes and their translations stand, and what to do first.
//!
//! ```text
//! <!-- status-board -->     →     Section      Notes  Translated  In step  Behind  Pending review
//!                                 RLHF             5           4        3       1               0
//!                                 All notes        9           6        4       2               1
//!
//!                                 ## Behind the original
//!                                 1. KV cache · English misses 3 changes of 简体中文, over 29 days. …
//!
//!                                 ## Waiting for review
//!                                 …
//! ```
//!
//! No page is added for it: a book that wants it says where. What it counts is in [`crate::notebook::board`]. A note
//! that is not there in the reader's language is linked in another one, which is named.

use maud::{Markup, html};
use percent_encoding::utf8_percent_encode;

use super::marker::{self, heading};
use super::markup::{html_line, html_sentence, markdown_block_text, markdown_link, markdown_sentence, markdown_text};
use super::{Format, Stage};
use crate::edit::{Edit, Layer};
use crate::messages::{Argument, Piece};
use crate::notebook::anatomy::STATUS_BOARD;
use crate::notebook::board::{Counts, Late, Missing, Row, Waiting};
use crate::notebook::{Board, Date, Edition, IN_A_PATH, Language, Note, Page};

/// How many of the changed sections are named.
const SECTIONS: usize = 3;

/// One board in place of each marker.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    marker::fill(stage, STATUS_BOARD, Layer::StatusBoard, |page, language, level| {
        View { stage, page, language }.write(&Board::new(stage.notebook, language), level)
    })
}

/// A board on a page, for readers of one language.
struct View<'a> {
    stage: &'a Stage<'a>,
    page: &'a Page,
    language: &'a Language,
}

/// An entry of a list.
struct Entry<'a> {
    title: &'a str,
    link: Option<String>,
    /// The language of the title, where it is not the reader's.
    other: Option<&'a Language>,
    facts: Vec<Inline>,
}

/// A piece of text in both formats.
struct Inline {
    html: Markup,
    markdown: String,
}

impl<'a> View<'a> {
    fn write(&self, board: &Board<'a>, level: usize) -> String {
        if board.total.notes == 0 {
            return markdown_block_text(&self.text("learning-path-empty", &[]));
        }
        let mut parts = vec![self.table(board)];
        if board.total.unknown > 0 {
            let count = [("notes", Argument::Count(board.total.unknown))];
            parts.push(markdown_block_text(&self.text("status-board-unknown", &count)));
        }
        let lists = [
            ("status-board-behind-title", board.behind.iter().map(|late| self.late(late)).collect::<Vec<_>>()),
            ("status-board-changed-title", board.changed.iter().map(|waiting| self.waiting(waiting)).collect()),
            ("status-board-pending-title", board.pending.iter().map(|waiting| self.waiting(waiting)).collect()),
            ("status-board-missing-title", board.missing.iter().map(|missing| self.missing(missing)).collect()),
        ];
        for (title, entries) in lists.iter().filter(|(_, entries)| !entries.is_empty()) {
            parts.push(heading(self.stage, level + 1, &self.text(title, &[]), None));
            parts.push(self.list(entries));
        }
        if board.is_clear() {
            parts.push(markdown_block_text(&self.text("status-board-well", &[])));
        }
        parts.join("\n\n")
    }

    fn text(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.stage.messages.text(self.language, id, arguments)
    }

    fn table(&self, board: &Board<'_>) -> String {
        let columns = [
            "status-board-section",
            "status-board-notes",
            "status-board-translated",
            "status-board-in-step",
            "status-board-behind",
            "status-pending-review",
        ]
        .map(|id| self.text(id, &[]));
        // One row for the notes of no section says what the last row says.
        let rows: &[Row<'_>] = match board.rows.as_slice() {
            [Row { section: None, .. }] => &[],
            rows => rows,
        };
        let (others, total) = (self.text("other-notes", &[]), self.text("status-board-total", &[]));
        match self.stage.format {
            Format::Html => {
                let caption = self.text("status-board-caption", &[]);
                html_line(html! {
                    // A wide table scrolls, and who has only a keyboard has to get into it.
                    div.status-board role="region" aria-label=(caption) tabindex="0" {
                        table {
                            caption { (caption) }
                            thead { tr { @for column in &columns { th scope="col" { (column) } } } }
                            tbody {
                                @for row in rows {
                                    tr {
                                        th scope="row" lang=[self.other(row)] {
                                            (row.section.map_or(others.as_str(), |(title, _)| title))
                                        }
                                        @for number in numbers(&row.counts) { td { (number) } }
                                    }
                                }
                            }
                            tfoot {
                                tr {
                                    th scope="row" { (total) }
                                    @for number in numbers(&board.total) { td { (number) } }
                                }
                            }
                        }
                    }
                })
            }
            Format::Markdown => {
                let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
                let row = |title: &str, counts: &Counts| {
                    let cells = numbers(counts).map(|number| number.to_string());
                    line(&std::iter::once(markdown_text(title)).chain(cells).collect::<Vec<_>>())
                };
                let mut table = line(&columns.map(|column| markdown_text(&column)));
                table.push_str("|---|--:|--:|--:|--:|--:|\n");
                for Row { section, counts } in rows {
                    table.push_str(&row(section.map_or(others.as_str(), |(title, _)| title), counts));
                }
                table.push_str(&row(&total, &board.total));
                table.trim_end().to_owned()
            }
        }
    }

    /// The language of a section's name, where it is not the reader's.
    fn other<'r>(&self, row: &Row<'r>) -> Option<&'r Language> {
        row.section.map(|(_, language)| language).filter(|language| *language != self.language)
    }

    fn list(&self, entries: &[Entry<'_>]) -> String {
        match self.stage.format {
            Format::Html => html_line(html! {
                // Without its marker a list is no list to some screen readers, unless it says so.
                ol.status-board-list role="list" {
                    @for entry in entries { li { (self.html_entry(entry)) } }
                }
            }),
            Format::Markdown => entries
                .iter()
                .enumerate()
                .map(|(at, entry)| format!("{}. {}\n", at + 1, self.markdown_entry(entry)))
                .collect(),
        }
    }

    fn html_entry(&self, entry: &Entry<'_>) -> Markup {
        let Entry { title, link, other, facts } = entry;
        let direction = other.and_then(|other| self.stage.direction(other));
        html! {
            @match link {
                Some(link) => a.status-board-title href=(link) hreflang=[other] lang=[other] dir=[direction] { (title) },
                None => span.status-board-title lang=[other] dir=[direction] { (title) },
            }
            @if let Some(other) = other {
                " " span.status-board-language lang=(other) { (self.stage.config.autonym(other)) }
            }
            p.status-board-facts { @for fact in facts { span { (fact.html) } " " } }
        }
    }

    fn markdown_entry(&self, entry: &Entry<'_>) -> String {
        let title = match &entry.link {
            Some(link) => markdown_link(&markdown_text(entry.title), link),
            None => markdown_block_text(entry.title),
        };
        let other = entry.other.map(|other| markdown_text(self.stage.config.autonym(other)));
        let facts = entry.facts.iter().map(|fact| fact.markdown.clone());
        std::iter::once(title).chain(other).chain(facts).collect::<Vec<_>>().join(" · ")
    }

    /// An entry for a note: a link to its edition in the reader's language, else to `edition`.
    fn entry(&self, note: &'a Note, edition: &'a Edition, facts: Vec<Inline>) -> Entry<'a> {
        let edition = note.counterpart(self.language).map_or(edition, |(own, _)| own);
        Entry {
            title: &edition.title.value,
            link: edition.page.as_ref().map(|page| self.stage.link(self.page, page)),
            other: Some(&edition.language.value).filter(|language| *language != self.language),
            facts,
        }
    }

    fn late(&self, late: &Late<'a>) -> Entry<'a> {
        let Late { note, edition, of, behind } = late;
        let (id, arguments) = match (behind.commits, behind.days) {
            (Some(changes), Some(days)) if days > 0 => (
                "status-board-changes-days",
                vec![("changes", Argument::Count(changes)), ("days", Argument::Count(days))],
            ),
            (Some(changes), _) => ("status-board-changes", vec![("changes", Argument::Count(changes))]),
            (None, _) => ("status-board-changed", Vec::new()),
        };
        let slots = [self.named(&edition.language.value), self.named(of)];
        let mut facts = vec![self.sentence(id, &arguments, &["language", "source"], &slots)];
        facts.extend(self.sections(late));
        self.entry(note, edition, facts)
    }

    /// The sections that changed, with links into the source edition.
    fn sections(&self, late: &Late<'_>) -> Option<Inline> {
        let source = late.note.counterpart(late.of).map(|(_, page)| self.stage.link(self.page, page));
        let language = Some(late.of).filter(|language| *language != self.language);
        let sections = &late.behind.sections;
        let named: Vec<Inline> = sections
            .iter()
            .take(SECTIONS)
            .map(|section| {
                let introduction = || self.text("status-board-introduction", &[]);
                let text = section.heading.clone().unwrap_or_else(introduction);
                let language = language.filter(|_| section.heading.is_some());
                let url = source.as_ref().map(|page| match &section.id {
                    Some(id) => format!("{page}#{}", utf8_percent_encode(id, IN_A_PATH)),
                    None => page.clone(),
                });
                let markdown = match &url {
                    Some(url) => markdown_link(&markdown_text(&text), url),
                    None => markdown_text(&text),
                };
                let html = html! {
                    @match url {
                        Some(url) => a href=(url) hreflang=(late.of) lang=[language] { (text) },
                        None => span lang=[language] { (text) },
                    }
                };
                Inline { html, markdown }
            })
            .collect();
        let id = if sections.len() > SECTIONS { "status-board-sections-more" } else { "status-board-sections" };
        (!named.is_empty()).then(|| self.sentence(id, &[], &["sections"], &[self.joined(&named)]))
    }

    fn waiting(&self, waiting: &Waiting<'a>) -> Entry<'a> {
        let mut facts = vec![self.named(&waiting.edition.language.value)];
        facts.extend(waiting.since.map(day));
        self.entry(waiting.note, waiting.edition, facts)
    }

    fn missing(&self, missing: &Missing<'a>) -> Entry<'a> {
        let languages: Vec<Inline> = missing.languages.iter().map(|language| self.named(language)).collect();
        let fact = self.sentence("edition-missing", &[], &["language"], &[self.joined(&languages)]);
        let (edition, _) = missing.note.listed().next().expect("the board has no note without a page");
        self.entry(missing.note, edition, vec![fact])
    }

    /// A language by its own name.
    fn named(&self, language: &Language) -> Inline {
        let name = self.stage.config.autonym(language);
        let html = html! { span lang=(language) dir=[self.stage.direction(language)] { (name) } };
        Inline { html, markdown: markdown_text(name) }
    }

    fn joined(&self, items: &[Inline]) -> Inline {
        let separator = self.text("list-separator", &[]);
        let html = html! {
            @for (at, item) in items.iter().enumerate() {
                @if at > 0 { (separator) }
                (item.html)
            }
        };
        let markdown: Vec<&str> = items.iter().map(|item| item.markdown.as_str()).collect();
        Inline { html, markdown: markdown.join(&markdown_text(&separator)) }
    }

    fn sentence(&self, id: &str, arguments: &[(&str, Argument<'_>)], names: &[&str], slots: &[Inline]) -> Inline {
        let pieces: Vec<Piece> = self.stage.messages.sentence(self.language, id, arguments, names);
        let html: Vec<Markup> = slots.iter().map(|slot| slot.html.clone()).collect();
        let markdown: Vec<String> = slots.iter().map(|slot| slot.markdown.clone()).collect();
        Inline { html: html_sentence(&pieces, &html), markdown: markdown_sentence(&pieces, &markdown) }
    }
}

fn day(date: Date) -> Inline {
    Inline { html: html! { time datetime=(date) { (date) } }, markdown: date.to_string() }
}

/// The numbers of a row, in the order of the columns.
fn numbers(counts: &Counts) -> [usize; 5] {
    [counts.notes, counts.translated, counts.in_step, counts.behind, counts.pending_review]
}
