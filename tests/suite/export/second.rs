//! What another parser finds in an export: comrak, which shares no code with the one that we read notes with.
//!
//! comrak takes `$HOME/$USER` and prices for formulas, and what is one is ours to say. So it is shown the export with
//! another letter in place of every dollar that is no mark of a formula of ours; that it finds these formulas, where they
//! begin and end, is what it is asked.

use comrak::nodes::{AstNode, NodeValue};
use mdbook_bilingual_core::markdown::Anatomy;
use mdbook_bilingual_core::text::Wording;
use mdbook_bilingual_export::Counts;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// How much of each kind there is.
    pub(super) counts: Counts,
    /// The formulas, without white space and marks of quotations.
    pub(super) formulas: Vec<String>,
    /// Where links lead, and where pictures are.
    pub(super) addresses: Vec<String>,
    /// What is HTML.
    pub(super) html: Vec<String>,
}

/// The part of an export that is counted: without the title that stands above it on the platform `markdown`.
pub(super) fn counted<'t>(platform: &str, text: &'t str) -> &'t str {
    if platform == "markdown" { text.split_once('\n').map_or("", |(_, behind)| behind) } else { text }
}

/// What comrak finds in Markdown.
pub(super) fn found(text: &str) -> Found {
    let shown = with_our_dollars(text);
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.math_dollars = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let mut found = Found::default();
    read(comrak::parse_document(&arena, &shown, &options), &mut found);
    found
}

/// The formulas of an export as we read it, likewise.
pub(super) fn ours(text: &str) -> Vec<String> {
    Anatomy::of(text, 0, &Wording::default()).formulas.iter().map(|formula| bare(&formula.tex)).collect()
}

fn bare(tex: &str) -> String {
    tex.chars().filter(|c| !c.is_whitespace() && *c != '>').collect()
}

fn with_our_dollars(text: &str) -> String {
    let formulas = Anatomy::of(text, 0, &Wording::default()).formulas;
    let mut bytes = text.as_bytes().to_vec();
    for (at, byte) in bytes.iter_mut().enumerate().filter(|(_, byte)| **byte == b'$') {
        if !formulas.iter().any(|formula| formula.range.contains(&at)) {
            *byte = b'S';
        }
    }
    String::from_utf8(bytes).expect("one letter for another")
}

fn read<'a>(node: &'a AstNode<'a>, found: &mut Found) {
    match &node.data.borrow().value {
        NodeValue::Link(link) => {
            found.counts.links += 1;
            found.addresses.push(link.url.clone());
        }
        NodeValue::Image(link) => {
            found.counts.pictures += 1;
            found.addresses.push(link.url.clone());
        }
        NodeValue::Math(math) => {
            found.counts.formulas += 1;
            found.formulas.push(bare(&math.literal));
        }
        NodeValue::Table(_) => found.counts.tables += 1,
        NodeValue::CodeBlock(_) => found.counts.code += 1,
        NodeValue::HtmlBlock(html) => found.html.push(html.literal.clone()),
        NodeValue::HtmlInline(html) => found.html.push(html.clone()),
        _ => {}
    }
    for child in node.children() {
        read(child, found);
    }
}
