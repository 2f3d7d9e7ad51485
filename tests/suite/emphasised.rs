//! What is emphasised in a text, as mdBook's parser and comrak see it.

use std::fmt::Write as _;
use std::path::Path;

use comrak::nodes::{AstNode, NodeValue};
use mdbook_bilingual_core::edit::{self, Layer, Splice};
use mdbook_bilingual_core::markdown::{Anatomy, COMMENT};
use mdbook_bilingual_core::text::Wording;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A text with our comments.
pub(crate) fn spliced(text: &str) -> (String, usize) {
    // comrak is asked for no formulas, either.
    let places = Anatomy::of(text, 0, &Wording::default().with_formulas(false)).emphasis;
    let splices =
        places.iter().map(|at| Splice { range: *at..*at, text: COMMENT.to_owned(), layer: Layer::Emphasis }).collect();
    (edit::splice(text, splices).expect("they do not overlap"), places.len())
}

/// What mdBook's parser makes of a text: its words, with marks around what is emphasised.
pub(crate) fn by_mdbook(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::new();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(Tag::Emphasis) => out.push_str("<i>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</i>"),
            Event::Start(Tag::Strong) => out.push_str("<b>"),
            Event::End(TagEnd::Strong) => out.push_str("</b>"),
            Event::Start(Tag::Strikethrough) => out.push_str("<s>"),
            Event::End(TagEnd::Strikethrough) => out.push_str("</s>"),
            Event::Start(Tag::Link { .. }) => out.push_str("<a>"),
            Event::End(TagEnd::Link) => out.push_str("</a>"),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) => out.push('\n'),
            Event::Text(piece) => out.push_str(&piece),
            Event::Code(piece) => write!(out, "<code>{piece}</code>").expect("a string"),
            Event::InlineHtml(piece) if &*piece != COMMENT => out.push_str(&piece),
            Event::SoftBreak => out.push(' '),
            _ => {}
        }
    }
    out
}

/// What comrak makes of it, by CommonMark or by the amendment.
pub(crate) fn by_comrak(text: &str, amended: bool) -> String {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = amended;
    let mut out = String::new();
    write(comrak::parse_document(&arena, text, &options), &mut out);
    out
}

fn write<'a>(node: &'a AstNode<'a>, out: &mut String) {
    let tag = match &node.data.borrow().value {
        NodeValue::Emph => Some("i"),
        NodeValue::Strong => Some("b"),
        NodeValue::Strikethrough => Some("s"),
        NodeValue::Link(_) => Some("a"),
        _ => None,
    };
    if let Some(tag) = tag {
        write!(out, "<{tag}>").expect("a string");
    }
    match &node.data.borrow().value {
        NodeValue::Text(text) => out.push_str(text),
        NodeValue::Code(code) => write!(out, "<code>{}</code>", code.literal).expect("a string"),
        NodeValue::HtmlInline(html) => out.push_str(html),
        NodeValue::SoftBreak => out.push(' '),
        _ => {}
    }
    for child in node.children() {
        write(child, out);
    }
    if let Some(tag) = tag {
        write!(out, "</{tag}>").expect("a string");
    }
    let ends = matches!(node.data.borrow().value, NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell);
    if ends {
        out.push('\n');
    }
}

/// The emphasised words of what these two give, each with its tag, in order.
pub(crate) fn emphasised(shown: &str) -> Vec<String> {
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut found = Vec::new();
    for (at, _) in shown.match_indices('<') {
        for tag in ["i", "b", "s"] {
            if shown[at..].starts_with(&format!("<{tag}>")) {
                open.push((at, tag));
            } else if shown[at..].starts_with(&format!("</{tag}>"))
                && let Some(begin) = open.iter().rposition(|(_, open)| *open == tag)
            {
                let (begin, _) = open.remove(begin);
                found.push(shown[begin..at].split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    found.sort();
    found
}

/// What there is to gain in a folder of notes.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Files with comments of ours.
    pub(crate) files: usize,
    /// Those comments.
    pub(crate) comments: usize,
    /// Pieces that are emphasised and were not.
    pub(crate) gained: usize,
    /// Line breaks that are closed.
    pub(crate) joints: usize,
}

/// Compares what is emphasised in each note of a folder with what comrak says.
///
/// # Panics
/// When they differ.
pub(crate) fn compare(root: &Path) -> Found {
    let mut found = Found::default();
    let files = walkdir::WalkDir::new(root).sort_by_file_name();
    for file in files.into_iter().map(|file| file.expect("a file").into_path()) {
        let Some(text) =
            std::fs::read_to_string(&file).ok().filter(|_| file.extension().is_some_and(|end| end == "md"))
        else {
            continue;
        };
        let (ours, comments) = spliced(&text);
        let (plain, amended) = (emphasised(&by_comrak(&text, false)), emphasised(&by_comrak(&text, true)));
        let (before, after) = (emphasised(&by_mdbook(&text)), emphasised(&by_mdbook(&ours)));
        // What the two parsers see in another way without us is none of our business; what changes is.
        let new = |from: &[String], to: &[String]| -> Vec<String> {
            to.iter().filter(|words| !from.contains(words)).cloned().collect()
        };
        assert_eq!(new(&plain, &amended), new(&before, &after), "{}", file.display());
        assert_eq!(new(&amended, &plain), new(&after, &before), "{}", file.display());
        for words in plain.iter().filter(|words| amended.contains(words) && before.contains(words)) {
            assert!(after.contains(words), "{}: {words}", file.display());
        }
        found.gained += new(&before, &after).len();
        found.comments += comments;
        found.files += usize::from(comments > 0);
        found.joints += Anatomy::of(&text, 0, &Wording::default()).joints.len();
    }
    found
}
