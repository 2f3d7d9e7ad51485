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

use percent_encoding::utf8_percent_encode;

use super::markup::{Attributes, Block, Entry, Inline, MarkupLink, NoteList, NumberTable, TableRow, joined};
use super::{Stage, cross_post, marker};
use crate::edit::{Edit, Layer};
use crate::markdown::STATUS_BOARD;
use crate::messages::Argument;
use crate::notebook::board::{self, Late, LateCopy, MissingNote, NoteCounts, Waiting};
use crate::notebook::freshness::{Behind, ChangedSection};
use crate::notebook::{Board, Edition, Note, Page};
use crate::values::Language;
use crate::values::path::IN_A_PATH;

/// How many of the changed sections are named.
const SECTIONS: usize = 3;

/// One board in place of each marker.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    marker::fill(stage, STATUS_BOARD, Layer::StatusBoard, |page, language, level| {
        BoardView { stage, page, language }.blocks(&Board::new(stage.notebook, language), level)
    })
}

/// A board on a page, for readers of one language.
struct BoardView<'a> {
    stage: &'a Stage<'a>,
    page: &'a Page,
    language: &'a Language,
}

impl<'a> BoardView<'a> {
    fn blocks(&self, board: &Board<'a>, level: usize) -> Vec<Block<'a>> {
        let mut blocks = match board.total.notes {
            0 => vec![self.paragraph("learning-path-empty", &[])],
            _ => vec![self.table(board)],
        };
        if board.total.unknown > 0 {
            let count = [("notes", Argument::Count(board.total.unknown))];
            blocks.push(self.paragraph("status-board-unknown", &count));
        }
        let lists = [
            ("status-board-behind-title", board.behind.iter().map(|late| self.late(late)).collect::<Vec<_>>()),
            ("status-board-copies-title", board.copies.iter().map(|late| self.late_copy(late)).collect()),
            ("status-board-changed-title", board.changed.iter().map(|waiting| self.waiting(waiting)).collect()),
            ("status-board-pending-title", board.pending.iter().map(|waiting| self.waiting(waiting)).collect()),
            ("status-board-missing-title", board.missing.iter().map(|missing| self.missing(missing)).collect()),
        ];
        for (title, entries) in lists.into_iter().filter(|(_, entries)| !entries.is_empty()) {
            blocks.push(marker::heading(level + 1, self.text(title), None));
            blocks.push(Block::List(NoteList {
                is_of_pages: true,
                class: "status-board-list",
                is_ordered: true,
                entry_class: None,
                facts_class: "status-board-facts",
                entries,
            }));
        }
        if board.total.notes > 0 && board.is_clear() {
            blocks.push(self.paragraph("status-board-well", &[]));
        }
        blocks
    }

    fn text(&self, id: &str) -> String {
        self.stage.text(self.language, id)
    }

    fn paragraph(&self, id: &str, arguments: &[(&str, Argument<'_>)]) -> Block<'a> {
        Block::Paragraph(self.stage.sentence(self.language, id, arguments, &[]))
    }

    fn table(&self, board: &Board<'a>) -> Block<'a> {
        let columns = [
            "status-board-section",
            "status-board-notes",
            "status-board-translated",
            "status-board-in-step",
            "status-board-behind",
            "status-pending-review",
        ];
        // One row for the notes of no section says what the last row says.
        let rows: &[board::SectionCounts<'a>] = match board.rows.as_slice() {
            [board::SectionCounts { section: None, .. }] => &[],
            rows => rows,
        };
        Block::Table(NumberTable {
            class: "status-board",
            caption: self.text("status-board-caption"),
            columns: columns.iter().map(|id| self.text(id)).collect(),
            rows: rows.iter().map(|row| self.row(row)).collect(),
            total: TableRow {
                title: self.text("status-board-total").into(),
                language: None,
                numbers: numbers(&board.total),
            },
        })
    }

    fn row(&self, row: &board::SectionCounts<'a>) -> TableRow<'a> {
        let (title, language) = match row.section {
            Some((title, language)) => (title.into(), Some(language).filter(|language| *language != self.language)),
            None => (self.text("other-notes").into(), None),
        };
        TableRow { title, language, numbers: numbers(&row.counts) }
    }

    /// An entry for a note: a link to its edition in the reader's language, else to `edition`.
    fn entry(
        &self,
        note: &'a Note,
        edition: &'a Edition,
        facts: impl IntoIterator<Item = Vec<Inline<'a>>>,
    ) -> Entry<'a> {
        let edition = note.counterpart(self.language).map_or(edition, |(own, _)| own);
        let title = edition.title.value.as_str();
        // The language of the title, where it is not the reader's.
        let other = Some(&edition.language.value).filter(|language| *language != self.language);
        let class = Attributes::class("status-board-title");
        let title = match &edition.page {
            Some(page) => {
                let target = other.map(|other| self.stage.to_language(other)).unwrap_or_default();
                MarkupLink::new(self.stage.link(self.page, page), title).kind(class).target(target).into()
            }
            None => {
                let language = other.map(|other| self.stage.in_language(other)).unwrap_or_default();
                Inline::span(class.and(language), title)
            }
        };
        let named = other.map(|other| {
            let class = Attributes::class("status-board-language").with("lang", other.tag());
            Inline::span(class, self.stage.config.autonym(other))
        });
        let facts = facts.into_iter().map(|fact| Inline::Span(Attributes::default(), fact)).collect();
        Entry { title: vec![title], beside: named.into_iter().collect(), facts, ..Entry::default() }
    }

    fn late(&self, late: &Late<'a>) -> Entry<'a> {
        let Late { note, edition, of, behind } = *late;
        let (id, arguments) = match (behind.commits, behind.days) {
            (Some(changes), Some(days)) if days > 0 => (
                "status-board-changes-days",
                vec![("changes", Argument::Count(changes)), ("days", Argument::Count(days))],
            ),
            (Some(changes), _) => ("status-board-changes", vec![("changes", Argument::Count(changes))]),
            (None, _) => ("status-board-changed", Vec::new()),
        };
        let (language, source) = (self.stage.named(&edition.language.value), self.stage.named(of));
        let slots = [("language", vec![language]), ("source", vec![source])];
        let said = self.stage.sentence(self.language, id, &arguments, &slots);
        self.entry(note, edition, [Some(said), self.sections(note, of, behind)].into_iter().flatten())
    }

    fn late_copy(&self, late: &LateCopy<'a>) -> Entry<'a> {
        let LateCopy { note, edition, post, behind } = *late;
        let (id, arguments) = match (behind.commits, behind.days) {
            (Some(changes), Some(days)) if days > 0 => (
                "status-board-copy-changes-days",
                vec![("changes", Argument::Count(changes)), ("days", Argument::Count(days))],
            ),
            (Some(changes), _) if changes > 0 => {
                ("status-board-copy-changes", vec![("changes", Argument::Count(changes))])
            }
            _ => ("status-board-copy-changed", Vec::new()),
        };
        let copy = vec![cross_post::link(self.stage, self.language, post).into()];
        let said = self.stage.sentence(self.language, id, &arguments, &[("platform", copy)]);
        let sections = self.sections(note, &edition.language.value, behind);
        self.entry(note, edition, [Some(said), sections].into_iter().flatten())
    }

    /// The sections of an edition that changed, with links into it.
    fn sections(&self, note: &'a Note, of: &'a Language, behind: &'a Behind) -> Option<Vec<Inline<'a>>> {
        let source = note.counterpart(of).map(|(_, page)| self.stage.link(self.page, page));
        let sections = &behind.sections;
        let named = sections.iter().take(SECTIONS).map(|section| self.section(section, of, source.as_deref()));
        let named = joined(named.collect(), &self.text("list-separator"));
        let id = if sections.len() > SECTIONS { "status-board-sections-more" } else { "status-board-sections" };
        (!named.is_empty()).then(|| self.stage.sentence(self.language, id, &[], &[("sections", named)]))
    }

    /// A section of a text in the language `of`, on this page.
    fn section(&self, section: &'a ChangedSection, of: &'a Language, page: Option<&str>) -> Inline<'a> {
        let (text, other) = match &section.heading {
            Some(heading) => (heading.clone(), Some(of).filter(|language| *language != self.language)),
            None => (self.text("status-board-introduction"), None),
        };
        let lang = Attributes::default().maybe("lang", other.map(Language::tag));
        let Some(page) = page else { return Inline::span(lang, text) };
        let url = match &section.id {
            Some(id) => format!("{page}#{}", utf8_percent_encode(id, IN_A_PATH)),
            None => page.to_owned(),
        };
        MarkupLink::new(url, text).target(Attributes::default().with("hreflang", of.tag()).and(lang)).into()
    }

    fn waiting(&self, waiting: &Waiting<'a>) -> Entry<'a> {
        let Waiting { note, edition, since } = *waiting;
        let language = &edition.language.value;
        let named = match &edition.page {
            // The title leads there, and its language is named beside it.
            _ if note.counterpart(self.language).is_none() => None,
            Some(page) if language != self.language => {
                let link = MarkupLink::new(self.stage.link(self.page, page), self.stage.config.autonym(language));
                Some(link.target(self.stage.to_language(language)).into())
            }
            _ => Some(self.stage.named(language)),
        };
        self.entry(note, edition, named.into_iter().chain(since.map(Inline::Day)).map(|fact| vec![fact]))
    }

    fn missing(&self, missing: &MissingNote<'a>) -> Entry<'a> {
        let languages = missing.languages.iter().map(|language| self.stage.named(language)).collect();
        let languages = joined(languages, &self.text("list-separator"));
        let said = self.stage.sentence(self.language, "edition-missing", &[], &[("language", languages)]);
        let (edition, _) = missing.note.listed().next().expect("the board has no note without a page");
        self.entry(missing.note, edition, [said])
    }
}

/// The numbers of a row, in the order of the columns.
fn numbers(counts: &NoteCounts) -> Vec<usize> {
    vec![counts.notes, counts.translated, counts.in_step, counts.behind, counts.pending_review]
}

#[cfg(test)]
mod tests {
    use crate::notebook::Freshness;
    use crate::notebook::freshness::Behind;
    use crate::passes::test_book::{behind, day, edition, pages, translation};
    use crate::platforms::CrossPost;
    use crate::values::{Fact, Origin, Review};

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

    fn board(renderer: &str) -> String {
        let mut pages = pages(crate::read, "status-board", FILES, renderer, |notebook| {
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
            board("markdown"),
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
            let mut pages = pages(crate::read, "status-board", FILES, "markdown", |notebook| {
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
    fn copies_that_are_behind_have_a_list() {
        let text = |commits, days| Behind { commits, days, ..behind() };
        let mut pages = pages(crate::read, "status-board", FILES, "markdown", |notebook| {
            for (file, id, behind) in [
                ("zh/a.md", "1", text(Some(3), Some(29))),
                ("zh/b.md", "2", text(None, None)),
                ("zh/c.md", "3", Behind { is_worth_saying: false, ..text(Some(9), None) }),
            ] {
                let edition = edition(notebook, file);
                let url = format!("https://zhuanlan.zhihu.com/p/{id}");
                let post = CrossPost::new(None, &url).unwrap();
                edition.cross_posts.push(Fact { value: post, origin: Origin::Default });
                edition
                    .copies
                    .insert(url, Freshness::Behind(Behind { sections: behind.sections[1..].to_vec(), ..behind }));
            }
        });
        let board = pages.remove("en/status.md").unwrap();
        let list = "## Copies elsewhere that are behind\n\n\
             1. [A](a.md) · The copy on [Zhihu (in Chinese)](https://zhuanlan.zhihu.com/p/1) misses 3 changes, over 29 days. · \
             Changed: [显存 &lt;b&gt;](../zh/a.md#%E6%98%BE%E5%AD%98-b)\n\
             2. [B](b.md) · The copy on [Zhihu (in Chinese)](https://zhuanlan.zhihu.com/p/2) has another text. · Changed: ";
        assert!(board.contains(list), "{board}");
        assert!(!board.contains("/p/3") && !board.contains("Nothing waits"), "{board}");
    }

    #[test]
    fn names_and_links_carry_their_languages() {
        let board = board("html");
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
