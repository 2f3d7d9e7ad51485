//! What the inline parser makes of each block of a text, so that two readings of it can be compared.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A change to a text that may not change anything else.
pub(super) type Change = (Range<usize>, &'static str);

/// What is in one block, in the offsets of the text without changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct BlockRegion {
    /// Emphasis: its kind and where it is.
    pub(super) emphasis: Vec<(EmphasisKind, Range<usize>)>,
    /// Everything else but text, comments of ours and soft breaks.
    others: Vec<(What, usize)>,
}

/// The kinds of emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EmphasisKind {
    /// `*a*`.
    Italic,
    /// `**a**`.
    Bold,
    /// `~~a~~`.
    Struck,
}

/// What an event says, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Begins(TagEnd),
    Ends(TagEnd),
    Piece(std::mem::Discriminant<Event<'static>>),
}

impl What {
    fn of(event: Event<'_>) -> Self {
        match event {
            Event::Start(tag) => Self::Begins(tag.to_end()),
            Event::End(tag) => Self::Ends(tag),
            event => Self::Piece(std::mem::discriminant(&event.into_static())),
        }
    }
}

impl BlockRegion {
    /// Whether nothing but the emphasis can differ.
    pub(super) fn holds_the_same_as(&self, other: &Self) -> bool {
        self.others == other.others
    }
}

/// A text as the parser reads it.
#[derive(Debug, Default)]
pub(super) struct Regions {
    /// Its blocks, and where each begins in what was parsed.
    pub(super) all: Vec<BlockRegion>,
    begins: Vec<usize>,
    /// Which kind of block begins or ends where, in order.
    outline: Vec<What>,
    /// The bytes of its text and of the marks of its emphasis, where a comment can stand, by position.
    pub(super) open: Vec<Range<usize>>,
    /// The texts of its headings and terms, in order.
    pub(super) headings: Vec<HeadingText>,
}

/// A heading's text, or a term's.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct HeadingText {
    /// The pieces, and whether each is code.
    pub(super) pieces: Vec<(String, bool)>,
    /// Its block.
    pub(super) region: usize,
    /// Whether it has what is more than text: a picture, a formula, the number of a footnote.
    pub(super) is_rich: bool,
}

impl HeadingText {
    fn hear(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(piece) => self.pieces.push((piece.to_string(), false)),
            Event::Code(piece) => self.pieces.push((piece.to_string(), true)),
            Event::SoftBreak | Event::HardBreak => self.pieces.push((" ".to_owned(), false)),
            Event::FootnoteReference(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Start(Tag::Image { .. }) => self.is_rich = true,
            _ => {}
        }
    }
}

/// What is open where a text is read.
#[derive(Default)]
struct Open {
    /// Links and pictures, each with whether its text may not change.
    links: Vec<bool>,
    /// How many of them may not.
    shut: usize,
    in_code: bool,
    heading: Option<HeadingText>,
}

impl Open {
    /// Hears of links, and of what is in a heading.
    fn hear(&mut self, event: &Event<'_>) {
        let is_shut = match event {
            // The text of `[text]` and `[text][]` is also the name of what it leads to.
            Event::Start(Tag::Link { link_type, .. }) => !matches!(link_type, LinkType::Inline | LinkType::Reference),
            Event::Start(Tag::Image { .. }) => true,
            _ => false,
        };
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                self.links.push(is_shut);
                self.shut += usize::from(is_shut);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.shut -= usize::from(self.links.pop().unwrap_or(false)),
            _ => {}
        }
        if let Some(heading) = &mut self.heading {
            heading.hear(event);
        }
    }
}

/// The kind of emphasis that begins or ends, and how long its mark is.
fn emphasis(event: &Event<'_>) -> Option<(EmphasisKind, usize)> {
    match event {
        Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => Some((EmphasisKind::Italic, 1)),
        Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => Some((EmphasisKind::Bold, 2)),
        Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => Some((EmphasisKind::Struck, 2)),
        _ => None,
    }
}

/// Whether an event, which is none of emphasis, is one of a line, and not of a block.
fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(tag, Tag::Link { .. } | Tag::Image { .. }),
        Event::End(tag) => matches!(tag, TagEnd::Link | TagEnd::Image),
        Event::Rule | Event::Html(_) => false,
        _ => true,
    }
}

impl Regions {
    /// Reads a text with changes, which are sorted and do not overlap.
    pub(super) fn of(source: &str, changes: &[Change], options: Options) -> Self {
        let mut changed = String::with_capacity(source.len() + changes.len() * 8);
        let mut at = 0;
        // Where each change begins in the changed text and in the source, and where it ends in both.
        let mut places = Vec::with_capacity(changes.len());
        for (range, text) in changes {
            changed.push_str(&source[at..range.start]);
            let begin = changed.len();
            changed.push_str(text);
            places.push((begin, range.start, changed.len(), range.end));
            at = range.end;
        }
        changed.push_str(&source[at..]);
        let back = |offset: usize| match places[..places.partition_point(|place| place.0 < offset)].last() {
            None => offset,
            Some((_, start, end, _)) if offset < *end => *start,
            Some((_, _, end, source_end)) => source_end + (offset - end),
        };
        // What begins where a line break was taken away began behind it.
        let back_to_begin = |offset: usize| match places[..places.partition_point(|place| place.0 <= offset)].last() {
            Some((_, _, end, source_end)) if *end <= offset => source_end + (offset - end),
            _ => back(offset),
        };
        let mut regions = Self::default();
        regions.begin(0);
        regions.read(&changed, options, |range| back_to_begin(range.start)..back(range.end));
        regions.open.sort_by_key(|range| range.start);
        regions
    }

    fn begin(&mut self, at: usize) {
        if self.begins.last().is_some_and(|last| at <= *last) {
            return;
        }
        self.all.push(BlockRegion::default());
        self.begins.push(at);
    }

    fn read(&mut self, changed: &str, options: Options, back: impl Fn(&Range<usize>) -> Range<usize>) {
        let mut open = Open::default();
        for (event, range) in Parser::new_ext(changed, options).into_offset_iter() {
            let place = back(&range);
            if let Some((kind, width)) = emphasis(&event) {
                self.hear_emphasis(kind, width, matches!(event, Event::Start(_)), place, &open);
                continue;
            }
            open.hear(&event);
            if matches!(event, Event::Text(_)) && open.shut == 0 && !open.in_code {
                self.open.push(place.clone());
            }
            if is_inline(&event) {
                self.hear_inline(event, place.start);
            } else {
                self.hear_block(event, &place, &mut open);
            }
        }
    }

    fn hear_emphasis(&mut self, kind: EmphasisKind, width: usize, is_start: bool, place: Range<usize>, open: &Open) {
        if open.shut == 0 {
            self.open.push(if is_start {
                place.start..place.start + width
            } else {
                place.end.saturating_sub(width)..place.end
            });
        }
        if is_start {
            self.last().emphasis.push((kind, place));
        }
    }

    fn hear_inline(&mut self, event: Event<'_>, at: usize) {
        let is_ours = |event: &Event| matches!(event, Event::InlineHtml(html) if &**html == crate::markdown::COMMENT);
        if !matches!(event, Event::Text(_) | Event::SoftBreak) && !is_ours(&event) {
            self.last().others.push((What::of(event), at));
        }
    }

    fn hear_block(&mut self, event: Event<'_>, place: &Range<usize>, open: &mut Open) {
        // The parser lets a definition list end behind the block that follows it; its last definition ends it.
        if event != Event::End(TagEnd::DefinitionList) {
            self.begin(if matches!(event, Event::End(_)) { place.end } else { place.start });
        }
        match &event {
            Event::Start(Tag::CodeBlock(_)) => open.in_code = true,
            Event::End(TagEnd::CodeBlock) => open.in_code = false,
            Event::Start(Tag::Heading { .. } | Tag::DefinitionListTitle) => {
                open.heading = Some(HeadingText { region: self.all.len() - 1, ..HeadingText::default() });
            }
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => self.headings.extend(open.heading.take()),
            _ => {}
        }
        self.outline.push(What::of(event));
    }

    /// The block that is read.
    fn last(&mut self) -> &mut BlockRegion {
        self.all.last_mut().expect("one was begun")
    }

    /// Whether the same blocks are in another reading.
    pub(super) fn are_the_blocks_of(&self, other: &Self) -> bool {
        self.outline == other.outline && self.begins == other.begins
    }

    /// The block that an offset is in.
    pub(super) fn at(&self, offset: usize) -> usize {
        self.begins.partition_point(|begin| *begin <= offset) - 1
    }

    /// Whether this byte is one of a text, where a comment may stand.
    pub(super) fn is_open(&self, offset: usize) -> bool {
        let behind = self.open.partition_point(|range| range.start <= offset);
        behind > 0 && self.open[behind - 1].contains(&offset)
    }
}
