//! Hears the text in which addresses can stand.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::address::{self, Address, TextPiece};
use crate::markdown::input::Input;

/// The text that was heard so far.
pub(super) struct Addresses<'a> {
    input: &'a Input<'a>,
    /// `None` when there is no address in the page.
    pieces: Option<Vec<TextPiece>>,
    /// Whether only emphasis began or ended since the last piece.
    goes_on: bool,
    in_table: bool,
}

impl<'a> Addresses<'a> {
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        let may_have = address::may_have(&input.text[input.body..]);
        Self { input, pieces: may_have.then(Vec::new), goes_on: false, in_table: false }
    }

    /// Hears of what the parser sees. `is_open` says that text here is no link yet, and not meant as it is.
    pub(super) fn hear(&mut self, event: &Event<'_>, place: &Range<usize>, in_heading: bool, is_open: bool) {
        let Some(pieces) = &mut self.pieces else { return };
        match event {
            Event::Text(_) if is_open => {
                let (in_table, goes_on) = (self.in_table, self.goes_on);
                pieces.push(TextPiece { range: place.clone(), in_table, in_heading, goes_on });
                self.goes_on = true;
                return;
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => return,
            Event::Start(Tag::Table(_)) => self.in_table = true,
            Event::End(TagEnd::Table) => self.in_table = false,
            _ => {}
        }
        self.goes_on = false;
    }

    /// The addresses, in order.
    pub(super) fn settle(self) -> Vec<Address> {
        address::find(self.input.text, &self.pieces.unwrap_or_default(), |offset| self.input.line(offset))
    }
}
