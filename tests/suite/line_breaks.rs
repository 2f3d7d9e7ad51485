//! A line break that is closed takes nothing with it: the page says the same, in the same blocks.

use std::ops::Range;

use mdbook_bilingual_core::edit::{self, Layer, Splice};
use mdbook_bilingual_core::markdown::{Anatomy, COMMENT, Joint};
use mdbook_bilingual_core::text::{Dialect, Wording};
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser};

/// What mdBook's parser sees, without the line breaks in these ranges and without our comments.
fn seen(text: &str, closed: &[Range<usize>], definition_lists: bool) -> Vec<Event<'static>> {
    let lists = if definition_lists { Options::ENABLE_DEFINITION_LIST } else { Options::empty() };
    let options = lists
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut events: Vec<Event<'static>> = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::SoftBreak if closed.iter().any(|closed| closed.start <= range.start && range.end <= closed.end) => {}
            Event::InlineHtml(html) if &*html == COMMENT => {}
            Event::Text(piece) => {
                if let Some(Event::Text(last)) = events.last_mut() {
                    *last = format!("{last}{piece}").into();
                } else {
                    events.push(Event::Text(piece.into_string().into()));
                }
            }
            event => events.push(event.into_static()),
        }
    }
    events
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "中",
        "文",
        "。",
        "“",
        "…",
        "か",
        "한",
        "a",
        "1",
        "1. ",
        " ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\n\n",
        "中\n文",
        "。\n文",
        "文**\n中",
        "。**\n",
        "\n**「",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "[",
        "](x)",
        "]",
        "[中文]: x\n",
        "[中 文]: x\n",
        "[^1]",
        "[^1]: 中\n",
        "> ",
        "- ",
        "    ",
        "  \n",
        "\\\n",
        "# ",
        "===\n",
        "---\n",
        "|",
        "--|--\n",
        ":--\n",
        ": ",
        "<b>",
        "</b>",
        "<div>",
        "<!--",
        "-->",
        "![",
        "$",
        "{#a}",
        "[ ] ",
        "\\",
        "&amp;",
        "😀",
        "\u{3000}",
    ]);
    prop::collection::vec(piece, 1..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_page_says_the_same(text in text(), definition_lists in any::<bool>()) {
        let dialect = Dialect { formulas: false, definition_lists, plain_colons: false, ..Dialect::default() };
        let anatomy = Anatomy::of(&text, 0, &Wording::default().with_dialect(dialect));
        let seen = |text: &str, closed: &[Range<usize>]| seen(text, closed, definition_lists);
        let comments: Vec<Splice> = anatomy
            .emphasis
            .iter()
            .map(|at| Splice { range: *at..*at, text: COMMENT.to_owned(), layer: Layer::Emphasis })
            .collect();
        let splice =
            |joint: &Joint| Splice { range: joint.range.clone(), text: joint.text().to_owned(), layer: Layer::LineBreak };
        let joints: Vec<Splice> = anatomy.joints.iter().filter(|joint| joint.as_written).map(splice).collect();
        for joint in &joints {
            let taken = &text[joint.range.clone()];
            prop_assert!(taken.contains(['\n', '\r']) && taken.chars().all(|c| " \t\r\n>".contains(c)), "{taken:?}");
        }
        let closed: Vec<Range<usize>> = joints.iter().map(|joint| joint.range.clone()).collect();
        let joined = edit::splice(&text, joints.clone()).expect("they do not overlap");
        prop_assert_eq!(seen(&text, &closed), seen(&joined, &[]), "{}", joined);
        let joints: Vec<Splice> = anatomy.joints.iter().filter(|joint| joint.emphasised).map(splice).collect();
        let closed: Vec<Range<usize>> = joints.iter().map(|joint| joint.range.clone()).collect();
        // With both passes, the emphasis is the one that its own pass gives.
        let emphasised = edit::splice(&text, comments.clone()).expect("they do not overlap");
        let shift = |at: usize| at + anatomy.emphasis.iter().filter(|place| **place <= at).count() * COMMENT.len();
        let closed: Vec<Range<usize>> = closed.iter().map(|closed| shift(closed.start)..shift(closed.end)).collect();
        let both = edit::splice(&text, comments.into_iter().chain(joints).collect()).expect("they do not overlap");
        prop_assert_eq!(seen(&emphasised, &closed), seen(&both, &[]), "{}", both);
    }
}
