//! Hears of formulas, and of what has to be known to find those that the parser does not see.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::markdown::elements::Inside;
use crate::markdown::formula::{is_formula, is_words, without_line_marks};
use crate::markdown::input::{Input, Parsed};
use crate::markdown::links::Links;
use crate::markdown::masks::{Known, Masks};
use crate::markdown::{Fence, Formula, dollars};

/// What was heard so far.
pub(super) struct Formulas<'a> {
    input: &'a Input<'a>,
    parsed: &'a Parsed<'a>,
    pub(super) found: Vec<Formula>,
    /// What is no text, and what the cells of tables are, where somebody will ask.
    known: Option<Known>,
    /// Where formulas in lines are.
    inline: Vec<Range<usize>>,
    /// Dollars that begin none.
    dollars: Vec<usize>,
    /// What the parser takes for a formula between two single dollars, and is none.
    rejected: Vec<Range<usize>>,
    in_cell: bool,
}

impl<'a> Formulas<'a> {
    pub(super) fn new(input: &'a Input<'a>, parsed: &'a Parsed<'a>) -> Self {
        let may_be_needed = input.wording.dialect.formulas && Masks::may_be_needed(&input.text[input.body..]);
        Self {
            input,
            parsed,
            found: Vec::new(),
            known: may_be_needed.then(Known::default),
            inline: Vec::new(),
            dollars: Vec::new(),
            rejected: Vec::new(),
            in_cell: false,
        }
    }

    /// Hears of what the parser sees, besides formulas.
    pub(super) fn hear(&mut self, event: &Event<'_>, place: &Range<usize>, inside: Inside) {
        let Some(known) = &mut self.known else { return };
        match event {
            Event::Start(tag) => {
                self.in_cell |= matches!(tag, Tag::TableCell);
                known.hear(tag, place);
            }
            Event::End(TagEnd::TableCell) => self.in_cell = false,
            Event::InlineHtml(_) | Event::Code(_) => known.opaque.push(place.clone()),
            Event::Text(_) if inside.is_literal => {
                // A backslash before it is no part of the piece.
                let is_escaped = self.input.text[..place.start].ends_with('\\');
                known.opaque.push(place.start - usize::from(is_escaped)..place.end);
            }
            _ => {}
        }
    }

    /// Hears of what the parser takes for a formula; says whether it is one.
    pub(super) fn hear_tex(
        &mut self,
        tex: &str,
        display: bool,
        place: &Range<usize>,
        inside: Inside,
        links: &Links<'_>,
    ) -> bool {
        let text = self.input.text;
        let masked = self.parsed.masks.tex(text, place);
        if masked.is_none() && self.rejects(tex, display, place, inside) {
            return false;
        }
        self.inline.push(place.clone());
        // An image has a text in place of it, and that is no place for a formula.
        if !links.is_in_image() {
            let is_masked = masked.is_some();
            // A table takes the backslash before a bar for its own, before anything else is read.
            let masked = masked.map(|tex| if self.in_cell { tex.replace("\\|", "|") } else { tex });
            let tex = masked.unwrap_or_else(|| tex.to_owned());
            let (line, in_link) = (self.input.line(place.start), links.is_open());
            self.found.push(Formula::inline(text, place.clone(), tex, display, is_masked, line, in_link));
        }
        true
    }

    /// Whether what the parser takes for a formula is none; what that says of its dollars is noted.
    fn rejects(&mut self, tex: &str, display: bool, place: &Range<usize>, inside: Inside) -> bool {
        let text = self.input.text;
        let written = &text[place.clone()];
        // What is meant as it is has none; its second dollar can stand behind that.
        if inside.is_literal {
            let marks = if display { 2 } else { 1 };
            let ends = if written.contains('<') { None } else { Some(place.end - marks..place.end) };
            self.dollars.extend((place.start..place.start + marks).chain(ends.into_iter().flatten()));
            if let Some(known) = &mut self.known {
                known.opaque.push(place.start..place.start + marks);
            }
            return true;
        }
        // A dollar under a mask is none that a formula could hold.
        if !display && (self.parsed.has_masked_dollar(tex) || !is_formula(text, place, tex)) {
            self.rejected.push(place.clone());
            return true;
        }
        if display && is_words(text, place) {
            // The pair at the end can begin a formula, unless it is one with the pair before it.
            let is_one = written.trim_matches('$').trim().is_empty();
            let pairs = if is_one { place.clone() } else { place.start..place.start + 2 };
            self.dollars.extend(pairs.filter(|at| text.as_bytes()[*at] == b'$'));
            return true;
        }
        false
    }

    /// Hears a piece of text between the tags of HTML.
    pub(super) fn hear_html(&mut self, place: &Range<usize>, inside: Inside, in_link: bool) {
        let has_dollar = || memchr::memchr(b'$', &self.input.text.as_bytes()[place.clone()]).is_some();
        if self.known.is_none() || inside.is_literal || inside.is_drawn || !has_dollar() {
            return;
        }
        for (range, display) in dollars::in_html(self.input.text, place.clone()) {
            let marks = if display { 2 } else { 1 };
            let tex = without_line_marks(self.input.text, &range, marks);
            let line = self.input.line(range.start);
            self.found.push(Formula::inline(self.input.text, range, tex, display, false, line, in_link));
        }
    }

    /// Hears a block of code.
    pub(super) fn hear_fence(&mut self, fence: &Fence) {
        if fence.language == "math" && self.input.wording.dialect.formulas {
            self.found.push(Formula::fenced(self.input.text, fence));
        }
    }

    /// The masks under which more formulas would be found, or fewer dollars taken for the beginning of one.
    pub(super) fn better(&mut self) -> Option<Masks> {
        let known = self.known.as_mut()?;
        self.dollars.extend(dollars::beginning_none(self.input.text, known, &self.rejected));
        self.dollars.sort_unstable();
        let masks = if self.parsed.masks.is_empty() {
            Masks::find(self.input.text, self.input.body, known, &self.inline, &self.dollars)
        } else {
            self.parsed.masks.with(&self.dollars)
        };
        Some(masks).filter(|masks| masks != self.parsed.masks)
    }

    /// Whether a line can be taken away, and no formula goes on behind it or began before it.
    pub(super) fn leave_whole(&self, line: &Range<usize>) -> bool {
        let cuts = |formula: &Range<usize>| {
            formula.start < line.end
                && line.start < formula.end
                && !(line.start <= formula.start && formula.end <= line.end)
        };
        // They stand in their order, and none in another one.
        let begin = self.found.partition_point(|formula| formula.held().end <= line.start);
        let touched = self.found[begin..].iter().take_while(|formula| formula.held().start < line.end);
        !touched.into_iter().any(|formula| cuts(&formula.held()))
    }
}
