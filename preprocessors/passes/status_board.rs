//! Shows how the notes and their translations stand, and what to do first.
//!
//! ```text
//! <!-- status-board -->     →     Section      Notes  Translated  In step  Behind  Pending review
//!                                 RLHF             5           4        3       1               0
//!                                 All notes        9           6        4       2               1
//!
//!                                 ## Behind the original
//!                                 1. KV cache · The English edition misses 3 changes of the 简体中文 one, …
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
use crate::markdown::STATUS_BOARD;
use crate::messages::{Argument, Piece};
use crate::notebook::board::{Counts, Late, Missing, Row, Waiting};
use crate::notebook::{Board, Edition, Note, Page};
use crate::values::path::IN_A_PATH;
use crate::values::{Date, Language};

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
        let mut parts = match board.total.notes {
            0 => vec![markdown_block_text(&self.text("learning-path-empty", &[]))],
            _ => vec![self.table(board)],
        };
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
        if board.total.notes > 0 && board.is_clear() {
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
                            @if !rows.is_empty() {
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
            @if !facts.is_empty() {
                p.status-board-facts { @for fact in facts { span { (fact.html) } " " } }
            }
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
        let language = &waiting.edition.language.value;
        let has_own = waiting.note.counterpart(self.language).is_some();
        let named = match &waiting.edition.page {
            // The title leads there, and its language is named beside it.
            _ if !has_own => None,
            Some(page) if language != self.language => {
                let link = self.stage.link(self.page, page);
                let (name, direction) = (self.stage.config.autonym(language), self.stage.direction(language));
                let html = html! { a href=(link) hreflang=(language) lang=(language) dir=[direction] { (name) } };
                Some(Inline { html, markdown: markdown_link(&markdown_text(name), &link) })
            }
            _ => Some(self.named(language)),
        };
        self.entry(waiting.note, waiting.edition, named.into_iter().chain(waiting.since.map(day)).collect())
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

#[cfg(test)]
mod tests {
    use super::super::trial::{behind, day, edition, pages, translation};
    use super::*;
    use crate::notebook::Freshness;
    use crate::notebook::freshness::Behind;
    use crate::values::Review;

    const FILES: &[(&str, &str)] = &[
        (
            "SUMMARY.md",
            "[S](en/status.md)\n[S](zh/status.md)\n\n# 推理\n\n- [甲](zh/a.md)\n- [乙](zh/b.md)\n- [丙](zh/c.md)\n\n\
             # Inference\n\n- [A](en/a.md)\n- [B](en/b.md)\n- [C](en/c.md)\n\n# Training\n\n- [D](en/d.md)\n",
        ),
        ("en/status.md", "# S\n\n<!-- status-board -->\n"),
        ("zh/status.md", "# S\n"),
        ("zh/a.md", "# 甲\n\n中文。\n"),
        ("zh/b.md", "# 乙\n\n中文。\n"),
        ("zh/c.md", "# 丙\n\n中文。\n"),
        ("en/a.md", "# A\n\nText.\n"),
        ("en/b.md", "# B\n\nText.\n"),
        ("en/c.md", "# C\n\nText.\n"),
        ("en/d.md", "# D\n\nText.\n"),
    ];

    fn board(format: Format) -> String {
        let mut pages = pages("status-board", FILES, format, |notebook| {
            let more = Behind { commits: Some(4), days: Some(0), sections: Vec::new(), ..behind() };
            edition(notebook, "en/a.md").translation = translation("zh-CN", Freshness::Behind(behind()));
            edition(notebook, "en/b.md").translation = translation("zh-CN", Freshness::Behind(more));
            edition(notebook, "en/c.md").translation = translation("zh-CN", Freshness::InStep);
            edition(notebook, "zh/c.md").review = Some(Review::ChangedSince(Some(day("2025-12-01"))));
        });
        assert_eq!(pages["zh/status.md"], "# S\n");
        pages.remove("en/status.md").unwrap()
    }

    #[test]
    fn sections_then_lists_with_the_most_urgent_first() {
        assert_eq!(
            board(Format::Markdown),
            "# S\n\n\n\
             | Section | Notes | Translated | In step | Behind | Pending review |\n\
             |---|--:|--:|--:|--:|--:|\n\
             | Inference | 3 | 3 | 1 | 2 | 0 |\n\
             | Training | 1 | 0 | 0 | 0 | 0 |\n\
             | All notes | 4 | 3 | 1 | 2 | 0 |\n\n\
             ## Behind the original\n\n\
             1. [B](b.md) · The English edition misses 4 changes of the 简体中文 one.\n\
             2. [A](a.md) · The English edition misses 3 changes of the 简体中文 one, over 29 days. · Changed: [the \
             beginning](../zh/a.md), [显存 &lt;b&gt;](../zh/a.md#%E6%98%BE%E5%AD%98-b)\n\n\n\
             ## Changed since the review\n\n\
             1. [C](c.md) · [简体中文](../zh/c.md) · 2025-12-01\n\n\n\
             ## Not translated yet\n\n\
             1. [D](d.md) · No 简体中文 version yet\n\n\n\n"
        );
    }

    #[test]
    fn what_is_no_note_is_listed_only_when_it_waits() {
        let board = |freshness: Freshness| {
            let mut pages = pages("status-board", FILES, Format::Markdown, |notebook| {
                for name in ["zh/a.md", "en/a.md"] {
                    edition(notebook, name).on_path = false;
                }
                edition(notebook, "en/d.md").on_path = false;
                edition(notebook, "en/a.md").translation = translation("zh-CN", freshness);
            });
            pages.remove("en/status.md").unwrap()
        };
        let waiting = board(Freshness::Behind(behind()));
        assert!(waiting.contains("| All notes | 2 | 2 | 0 | 0 | 0 |"), "{waiting}");
        assert!(waiting.contains("## Behind the original\n\n1. [A](a.md) · "), "{waiting}");
        assert!(!waiting.contains("d.md") && !waiting.contains("Training"), "{waiting}");
        assert!(!board(Freshness::InStep).contains("a.md"));
    }

    #[test]
    fn names_and_links_carry_their_languages() {
        let board = board(Format::Html);
        for part in [
            "<th scope=\"row\">Inference</th><td>3</td><td>3</td><td>1</td><td>2</td><td>0</td>",
            "The <span lang=\"en\">English</span> edition misses 3 changes of the <span lang=\"zh-CN\">简体中文</span> one",
            "Changed: <a href=\"../zh/a.html\" hreflang=\"zh-CN\">the beginning</a>, <a href=\"../zh/a.html#",
            " hreflang=\"zh-CN\" lang=\"zh-CN\">显存 &lt;b&gt;</a>",
            "<a href=\"../zh/c.html\" hreflang=\"zh-CN\" lang=\"zh-CN\">简体中文</a>",
        ] {
            assert!(board.contains(part), "{part}\n{board}");
        }
    }
}
