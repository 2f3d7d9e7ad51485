//! Values as Markdown.
//!
//! ```text
//! aside            →   > **Pending review**
//!                      >
//!                      > Nobody has reviewed this page yet, …
//! navigation       →   **简体中文** · [English: Title](../en/a.md)
//! list of notes    →   1. 2024-12-22 [Title](a.md) · 5 minutes
//! ```

use super::{Aside, Attributes, Block, Entry, Inline, MarkupLink, Navigation, NoteList, NumberTable, TableRow};
use crate::markdown::escape;

/// What stands between the facts about a note, and between the items of a navigation.
const BETWEEN: &str = " · ";

/// Blocks with a blank line between any two of them. Blocks that Markdown has no place for are left out.
pub(crate) fn write(blocks: &[Block<'_>]) -> String {
    let blocks = blocks.iter().map(block).filter(|block| !block.is_empty());
    blocks.collect::<Vec<_>>().join("\n\n")
}

fn block(block: &Block<'_>) -> String {
    match block {
        Block::Heading(level, text) => heading(*level, &line(text)),
        Block::Paragraph(text) => begun(text),
        Block::Aside(aside) => self::aside(aside),
        Block::Navigation(navigation) => self::navigation(navigation),
        Block::List(list) => self::list(list),
        Block::Table(table) => self::table(table),
        Block::Division(_, blocks) => write(blocks),
        Block::CodeSource(_) | Block::Script(..) => String::new(),
    }
}

/// A heading whose text is Markdown already.
pub(super) fn heading(level: usize, text: &str) -> String {
    format!("{} {text}", "#".repeat(level.min(6)))
}

fn aside(aside: &Aside<'_>) -> String {
    let title = aside.title.as_ref().map(|title| format!("> **{}**\n>\n", line(&title.text)));
    let quote = format!("{}> {}", title.unwrap_or_default(), begun(&aside.text));
    match &aside.lead {
        Some(lead) => format!("{}\n\n{quote}", begun(&lead.text)),
        None => quote,
    }
}

fn navigation(navigation: &Navigation<'_>) -> String {
    let mut writer = MarkdownWriter { out: String::new(), begins: true, tags: leave_out };
    for item in &navigation.items {
        if !writer.begins {
            writer.mark(BETWEEN);
        }
        writer.inlines(item);
    }
    writer.out
}

fn list(list: &NoteList<'_>) -> String {
    let entries = list.entries.iter().enumerate();
    entries
        .map(|(at, item)| match list.is_ordered {
            true => entry(&format!("{}. ", at + 1), item),
            false => entry("- ", item),
        })
        .collect()
}

fn entry(mark: &str, entry: &Entry<'_>) -> String {
    let Entry { day, title, beside, summary, facts } = entry;
    let (day, title) = match day {
        Some(day) => (format!("{day} "), line(title)),
        None => (String::new(), begun(title)),
    };
    let facts = beside.iter().chain(facts).map(|fact| line(std::slice::from_ref(fact)));
    let parts: Vec<String> = std::iter::once(title).chain(facts).collect();
    let mut text = format!("{mark}{day}{}\n", parts.join(BETWEEN));
    if let Some(summary) = summary {
        // As deep as the text behind the mark, or it would not belong to the entry.
        text.push_str(&format!("\n{}{}\n\n", " ".repeat(mark.len()), begun(&summary.text)));
    }
    text
}

fn table(table: &NumberTable<'_>) -> String {
    let mut lines = vec![row(table.columns.iter().map(|column| escape::text(column)))];
    lines.push(format!("|---|{}", "--:|".repeat(table.columns.len().saturating_sub(1))));
    lines.extend(table.rows.iter().chain([&table.total]).map(|TableRow { title, numbers, .. }| {
        let numbers = numbers.iter().map(ToString::to_string);
        row(std::iter::once(escape::text(title)).chain(numbers))
    }));
    lines.join("\n")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// A line that begins a block.
fn begun(line: &[Inline<'_>]) -> String {
    inlines(line, true, leave_out)
}

/// A line, or its end, behind something else.
fn line(line: &[Inline<'_>]) -> String {
    inlines(line, false, leave_out)
}

/// The tags around a span with these attributes.
type TagsAround = fn(&Attributes<'_>) -> (String, &'static str);

fn leave_out(_: &Attributes<'_>) -> (String, &'static str) {
    (String::new(), "")
}

/// A line in which spans have tags. `begins` says whether it begins a block.
pub(super) fn inlines(line: &[Inline<'_>], begins: bool, tags: TagsAround) -> String {
    let mut writer = MarkdownWriter { out: String::new(), begins, tags };
    writer.inlines(line);
    writer.out
}

struct MarkdownWriter {
    out: String,
    /// Whether a block begins here, where some text would be a mark.
    begins: bool,
    tags: TagsAround,
}

impl MarkdownWriter {
    fn inlines(&mut self, inlines: &[Inline<'_>]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline<'_>) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Span(attributes, inside) => {
                let (begin, end) = (self.tags)(attributes);
                self.mark(&begin);
                self.inlines(inside);
                self.mark(end);
            }
            Inline::Current(_, text) => {
                self.mark("**");
                self.text(text);
                self.mark("**");
            }
            Inline::Link(MarkupLink { url, text, description, .. }) => {
                self.mark("[");
                self.inlines(text);
                self.mark(&format!("]({})", escape::destination(url)));
                if let Some(description) = description {
                    self.mark(" ");
                    self.inline(description);
                }
            }
            Inline::Day(day) => self.mark(&day.to_string()),
            Inline::Addition(inside) => {
                self.mark("(");
                self.inline(inside);
                self.mark(")");
            }
            Inline::Icon(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.begins && !text.is_empty() {
            self.mark(&escape::block(text));
        } else {
            self.mark(&escape::text(text));
        }
    }

    /// Writes Markdown.
    fn mark(&mut self, markdown: &str) {
        self.out.push_str(markdown);
        self.begins = self.begins && markdown.is_empty();
    }
}
