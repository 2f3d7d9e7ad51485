//! The text that is read: what every listener may ask of it, and what the parser is shown of it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Tag};

use crate::markdown::Gap;
use crate::markdown::link;
use crate::markdown::masks::Masks;
use crate::markdown::options::mdbook_options;
use crate::text::Wording;

/// A text, and how it is read.
pub(super) struct Input<'a> {
    /// All of it, with its front matter.
    pub(super) text: &'a str,
    /// Where its text begins: behind the front matter.
    pub(super) body: usize,
    pub(super) wording: &'a Wording,
    /// Where each line begins, once somebody asked.
    lines: OnceCell<Vec<usize>>,
}

impl<'a> Input<'a> {
    pub(super) fn new(text: &'a str, body: usize, wording: &'a Wording) -> Self {
        Self { text, body, wording, lines: OnceCell::new() }
    }

    /// The line of an offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        let begins = self.lines.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1);
            std::iter::once(0).chain(breaks).collect()
        });
        begins.partition_point(|begin| *begin <= offset)
    }

    /// The place between two lines at an offset.
    pub(super) fn gap(&self, at: usize) -> Gap {
        Gap {
            at,
            after_line_break: at == 0 || self.text[..at].ends_with('\n'),
            before_blank: self.text[at..].lines().next().is_none_or(|line| line.trim().is_empty()),
        }
    }
}

/// What has to stand behind a page's text when an element is put around it.
const CLOSING: &str = "\n\n</div>\n";

/// A text without its front matter as the parser is shown it: under its masks.
pub(super) struct Parsed<'a> {
    pub(super) text: String,
    pub(super) masks: &'a Masks,
    /// What mdBook parses the page with.
    pub(super) options: Options,
    /// The same, and formulas where there can be some.
    pub(super) with_formulas: Options,
    body: usize,
    /// What stands in for a dollar under the masks.
    stand_in: Option<char>,
}

impl<'a> Parsed<'a> {
    pub(super) fn new(input: &Input<'_>, masks: &'a Masks) -> Self {
        let dialect = input.wording.dialect;
        let (text, stand_in) = if masks.is_empty() {
            ([&input.text[input.body..], CLOSING].concat(), None)
        } else {
            let (masked, stand_in) = masks.apply(input.text);
            ([&masked[input.body..], CLOSING].concat(), stand_in)
        };
        let options = mdbook_options(dialect.definition_lists);
        // It costs a little, for braces as well.
        let may_have_formulas = dialect.formulas && memchr::memchr(b'$', text.as_bytes()).is_some();
        let formulas = if may_have_formulas { Options::ENABLE_MATH } else { Options::empty() };
        Self { text, masks, options, with_formulas: options | formulas, body: input.body, stand_in }
    }

    /// How long the text is, without what stands behind it.
    fn len(&self) -> usize {
        self.text.len() - CLOSING.len()
    }

    /// Where something in the text is in the page.
    pub(super) fn in_page(&self, range: Range<usize>) -> Range<usize> {
        self.body + range.start..self.body + range.end
    }

    /// The same for something that may go on behind the text.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let len = self.len();
        self.in_page(range.start.min(len)..range.end.min(len))
    }

    /// Where the destination of a definition is in the page, of which these bytes are the definition.
    pub(super) fn definition_destination(&self, span: &Range<usize>, destination: &str) -> Option<Range<usize>> {
        let span = span.start.min(self.len())..span.end.min(self.len());
        link::definition_destination(&self.text, &span, destination).map(|place| self.in_page(place))
    }

    /// Whether this is what stands behind the text.
    pub(super) fn is_closing(&self, event: &Event<'_>, range: &Range<usize>) -> bool {
        range.start > self.len() && matches!(event, Event::Start(Tag::HtmlBlock))
    }

    /// A piece of it, as its author wrote it.
    pub(super) fn real<'b>(&self, piece: &'b str) -> Cow<'b, str> {
        match self.stand_in {
            Some(stand_in) if piece.contains(stand_in) => Cow::Owned(piece.replace(stand_in, "$")),
            _ => Cow::Borrowed(piece),
        }
    }

    /// Whether a piece has a dollar under a mask.
    pub(super) fn has_masked_dollar(&self, piece: &str) -> bool {
        self.stand_in.is_some_and(|stand_in| piece.contains(stand_in))
    }
}
