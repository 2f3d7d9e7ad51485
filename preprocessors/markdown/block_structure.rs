//! The blocks of a page.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag, TagEnd};

use crate::markdown::Fence;
use crate::markdown::own_lines::{Shape, TopBlock};

/// What was heard of blocks so far.
#[derive(Default)]
pub(super) struct BlockStructure {
    /// Those at the top level.
    pub(super) at_top: Vec<TopBlock>,
    /// The quotes that are callouts.
    pub(super) quotes: Vec<(BlockQuoteKind, Range<usize>)>,
    /// The fenced blocks of code.
    pub(super) fences: Vec<Fence>,
    /// How many containers are open, in lines as well, but for those in headings.
    depth: usize,
}

impl BlockStructure {
    /// Hears of what the parser sees.
    pub(super) fn hear(&mut self, event: &Event<'_>, place: &Range<usize>, in_heading: bool) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.note(Shape::Html, place),
            Event::Start(Tag::CodeBlock(_)) => self.note(Shape::Text, place),
            // Its shape shows at its end.
            Event::Start(Tag::Heading { .. }) => {}
            Event::Start(tag) => {
                if let Tag::BlockQuote(Some(kind)) = tag {
                    self.quotes.push((*kind, place.clone()));
                }
                if !in_heading {
                    let shape = match tag {
                        Tag::Table(_) => Shape::Html,
                        Tag::DefinitionList | Tag::FootnoteDefinition(_) => Shape::Text,
                        _ => Shape::Lines,
                    };
                    self.note(shape, place);
                    self.depth += 1;
                }
            }
            Event::End(TagEnd::HtmlBlock | TagEnd::CodeBlock | TagEnd::Heading(_)) => {}
            Event::End(_) if !in_heading => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Notes a block, if it stands at the top level.
    pub(super) fn note(&mut self, shape: Shape, place: &Range<usize>) {
        if self.is_top() {
            self.at_top.push(TopBlock { shape, range: place.clone() });
        }
    }

    /// Whether nothing is open around what follows.
    pub(super) fn is_top(&self) -> bool {
        self.depth == 0
    }
}
