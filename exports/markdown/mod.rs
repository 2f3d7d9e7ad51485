//! Markdown platforms: the author's own text, spliced. What a platform takes as it is stays byte for byte.
//!
//! ```text
//! > [!WARNING]                  →    > **警告**
//! > 见 [另一篇](kv.md#缓存)。         >
//!                                    > 见 [另一篇](https://zhuanlan.zhihu.com/p/1)。
//! ```
//!
//! | module | writes |
//! |---|---|
//! | `blocks` | what holds other blocks, and what stands between them |
//! | `inlines` | what stands in a line |
//! | `splices`, `escape` | text in place of bytes; text that stays text |
//! | `headings`, `quotes`, `lists`, `code`, `tables` | one kind of block each |
//! | `formulas`, `emphasis`, `links`, `pictures`, `footnotes`, `html`, `liquid` | one kind of what stands in a line each |
//! | `front_matter` | the platform's own |

mod blocks;
mod code;
mod emphasis;
mod escape;
mod footnotes;
mod formulas;
pub(crate) mod front_matter;
mod headings;
mod html;
mod inlines;
mod links;
mod liquid;
mod lists;
mod pictures;
mod quotes;
mod splices;
mod tables;

use std::ops::Range;

use mdbook_bilingual_core::markdown::{Anatomy, line_start};

use crate::counts::Counts;
use crate::document::{Document, Kind, Node};
use crate::formulas::begins_block;
use crate::headings::Levels;
use crate::note::Note;
use crate::platform::{Display, FrontMatter, Inline};
use emphasis::Run;
use footnotes::Numbers;
use html::{HtmlRow, OpenTag};

/// A note that is written as Markdown.
struct Writer<'n, 'e> {
    note: &'n mut Note<'e>,
    text: &'e str,
    /// What ends a line: as in the note.
    line_break: &'static str,
    levels: Levels,
    numbers: Numbers,
    /// What is open around what is written now.
    around: Around,
    /// The bytes of the paragraph that is written now.
    paragraph: Range<usize>,
    /// Where text begins a block in it now: where it begins itself, and behind what stands on lines of its own.
    begins: Vec<usize>,
    /// Pictures that stand below the block that is written now.
    below: Vec<String>,
    /// The tags of HTML that are open.
    tags: Vec<OpenTag>,
    /// Whether a block of HTML is written.
    in_html: bool,
    /// The row of a table that is written as HTML.
    row: HtmlRow,
    /// For each list that is written as HTML, the number of its last item; `None` where it has none.
    numbers_of_items: Vec<Option<usize>>,
}

/// What is open around a part of a note.
#[derive(Debug, Clone, Copy, Default)]
struct Around {
    /// How many lists.
    lists: usize,
    /// How much indentation they lost, in bytes of a line.
    moved: usize,
    /// How many quotations.
    quotes: usize,
    /// Whether it is a heading.
    heading: bool,
    /// Whether it is the cell of a table.
    cell: bool,
    /// Whether that holds text alone.
    cell_text: bool,
    /// Whether it is a link.
    link: bool,
    /// Whether bold is nothing: all of it is.
    bold: bool,
    /// The marks of emphasis that were opened last.
    run: Run,
}

/// The text of the file, and where that of the note begins in it.
pub(crate) fn write(note: &mut Note<'_>) -> (String, usize) {
    let nodes = std::mem::take(&mut note.document.nodes);
    let text = note.document.text;
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut writer = Writer {
        text,
        line_break,
        levels: Levels::of(&nodes, note),
        numbers: Numbers::of(&nodes, note),
        around: Around::default(),
        paragraph: 0..0,
        begins: Vec::new(),
        below: Vec::new(),
        tags: Vec::new(),
        in_html: false,
        row: HtmlRow::default(),
        numbers_of_items: Vec::new(),
        note,
    };
    let mut out = writer.blocks_at_top(&nodes);
    let ends = writer.close_tags(0);
    if !ends.trim().is_empty() {
        out.push_str(&format!("{line_break}{}{line_break}", ends.trim()));
    }
    writer.end_notes(&nodes, &mut out);
    let mut whole = String::new();
    if writer.note.export.platform.front_matter == FrontMatter::Keys {
        whole.push_str(&front_matter::write(writer.note));
    }
    if writer.note.has_title() {
        whole.push_str(&format!("# {}\n\n", escape::escaped(writer.note.title())));
    }
    writer.note.document.nodes = nodes;
    let whole = if line_break == "\n" { whole } else { whole.replace('\n', line_break) };
    let body = whole.len();
    (whole + &out, body)
}

impl Writer<'_, '_> {
    /// What begins a line in the containers that a block stands in, of which this is the first byte.
    fn prefix(&self, at: usize) -> String {
        let begins = line_start(self.text, at);
        without_box(&self.text[begins..at]).chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect()
    }

    /// The lines of a text, each but the first behind what begins a line there. A line break at its end begins a line
    /// that goes on.
    fn in_container(&self, text: &str, at: usize) -> String {
        let prefix = self.prefix(at);
        let mut lines = text.split('\n').peekable();
        let mut out = lines.next().unwrap_or_default().to_owned();
        while let Some(line) = lines.next() {
            out.push_str(self.line_break);
            let is_blank = line.is_empty() && lines.peek().is_some();
            out.push_str(if is_blank { prefix.trim_end() } else { &prefix });
            out.push_str(line);
        }
        out
    }

    /// What stands before a block that is written where one began: a line break if that was on the line below text,
    /// without a blank line between. For [`Self::in_container`].
    fn break_from_text(&self, at: usize) -> &'static str {
        let begins = line_start(self.text, at);
        let above = self.text[..begins].lines().next_back().unwrap_or_default();
        let is_first = !self.text[begins..at].trim_matches([' ', '\t', '>']).is_empty();
        let is_text = !above.trim_matches(['>', ' ', '\t']).is_empty();
        if begins > self.note.document.body && !is_first && is_text { "\n" } else { "" }
    }

    /// What is written in place of a block of another kind: what stands on the lines beside it must not go on in it, nor
    /// it there.
    fn alone(&self, block: &str, place: Range<usize>) -> String {
        let above = self.break_from_text(place.start);
        let mut out = self.in_container(&format!("{above}{block}"), place.start);
        let next = self.text[place.end..].split('\n').nth(1).unwrap_or_default();
        let prefix = self.prefix(place.start);
        if !next.trim_matches([' ', '\t', '>', '\r']).is_empty() && !interrupts(next, &prefix) {
            out.push_str(self.line_break);
            out.push_str(prefix.trim_end());
        }
        out
    }

    /// The line breaks between two blocks of which one is written where there was none, for [`Self::in_container`]: in a
    /// container, one blank line is enough.
    fn gap_at(&self, at: usize) -> String {
        let blank = if self.prefix(at).is_empty() { self.note.export.platform.text.blank_lines } else { 1 };
        "\n".repeat(usize::from(blank) + 1)
    }

    /// A blank line between two blocks, or more.
    fn gap(&self) -> String {
        self.line_break.repeat(usize::from(self.note.export.platform.text.blank_lines) + 1)
    }
}

/// Whether a line below a paragraph is never a part of it, but as its author wrote it below something else: a line in the
/// same containers, behind this prefix, or in fewer of them.
fn interrupts(line: &str, prefix: &str) -> bool {
    let inside = line.strip_prefix(prefix);
    let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let number: String = text.chars().take_while(char::is_ascii_digit).collect();
    let is_first_item = number.is_empty() || number == "1";
    let is_code = inside.is_some_and(|inside| inside.starts_with("    ") || inside.starts_with('\t'));
    // The names of addresses and numbered items begin below a paragraph no more than text does, and items not without it.
    let is_text = text.starts_with('[') || text.len() < 3 || inside.is_some() && !is_first_item;
    let is_underline = text.trim_matches('-').is_empty();
    begins_block(text) && !is_code && !is_text && !is_underline
}

/// The marks of containers before a block, without the box of a task: the item begins before it.
fn without_box(marks: &str) -> &str {
    let end = marks.trim_end_matches([' ', '\t']);
    ["[ ]", "[x]", "[X]"].iter().find_map(|open| end.strip_suffix(open)).unwrap_or(marks)
}

/// The bytes that nodes take together.
fn span(nodes: &[Node]) -> Option<Range<usize>> {
    Some(nodes.first()?.range.start..nodes.last()?.range.end)
}

/// What the file holds behind its own front matter and its title.
pub(crate) fn counts(note: &Note<'_>, text: &str, body: usize) -> Counts {
    let mut counts = counts_of(note, text, body);
    let math = &note.export.platform.math;
    let number = |what: &str| text.matches(what).count() as isize;
    if math.inline == Inline::Eeimg || math.display == Display::Eeimg {
        let drawn = number("eeimg=\"");
        counts.formulas += drawn;
        counts.pictures -= drawn;
    }
    if math.inline == Inline::Liquid || math.display == Display::LiquidBlock {
        counts.formulas += number("{% endkatex %}");
    }
    if math.inline == Inline::Brackets {
        counts.formulas += number("\\\\(");
    }
    if math.display == Display::BracketsBlock {
        counts.formulas += number("\\\\[");
    }
    counts
}

/// What a text holds from an offset on.
fn counts_of(note: &Note<'_>, text: &str, body: usize) -> Counts {
    let wording = &note.export.unedited;
    // To tell formulas from prices takes as long as everything else. Where the note has none, and no mark of one stands
    // outside of code, there is nothing to tell.
    let marks = ["$", "\\(", "\\["];
    if note.document.formulas.is_empty() {
        let plain = Document::plain(text, body, wording);
        let mut has_marks = false;
        for node in &plain.nodes {
            node.walk(&mut |node| {
                let is_text = !matches!(node.kind, Kind::Code(_) | Kind::InlineCode(_)) && node.children.is_empty();
                has_marks |= is_text && marks.iter().any(|mark| text[node.range.clone()].contains(mark));
            });
        }
        if !has_marks {
            return Counts::of(&plain);
        }
    }
    let anatomy = Anatomy::of(text, body, wording);
    Counts::of(&Document::read(text, &anatomy, wording, Vec::new()))
}
