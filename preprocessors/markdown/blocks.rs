//! What the inline parser makes of each block of a text, so that two readings of it can be compared.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// A change to a text that may not change anything else.
pub(super) type Change = (Range<usize>, &'static str);

/// What is in one block, in the offsets of the text without changes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Region {
    /// Emphasis: its kind and where it is.
    pub(super) emphasis: Vec<(Kind, Range<usize>)>,
    /// Everything else but text, comments of ours and soft breaks.
    others: Vec<(What, usize)>,
}

/// The kinds of emphasis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Region {
    /// Whether nothing but the emphasis can differ.
    pub(super) fn holds_the_same_as(&self, other: &Self) -> bool {
        self.others == other.others
    }
}

/// A text as the parser reads it.
#[derive(Debug, Default)]
pub(super) struct Regions {
    /// Its blocks, and where each begins in what was parsed.
    pub(super) all: Vec<Region>,
    begins: Vec<usize>,
    /// Which kind of block begins or ends where, in order.
    outline: Vec<What>,
    /// The bytes of its text and of the marks of its emphasis, where a comment can stand, by position.
    pub(super) open: Vec<Range<usize>>,
    /// The texts of its headings and terms, in order.
    pub(super) headings: Vec<Heading>,
}

/// A heading's text, or a term's.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Heading {
    /// The pieces, and whether each is code.
    pub(super) pieces: Vec<(String, bool)>,
    /// Its block.
    pub(super) region: usize,
    /// Whether it has what is more than text: a picture, a formula, the number of a footnote.
    pub(super) is_rich: bool,
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
        self.all.push(Region::default());
        self.begins.push(at);
    }

    fn read(&mut self, changed: &str, options: Options, back: impl Fn(&Range<usize>) -> Range<usize>) {
        // How deep in pictures, and in links whose text may not change.
        let mut shut = 0usize;
        let mut in_code = false;
        let mut heading: Option<Heading> = None;
        let mut links: Vec<bool> = Vec::new();
        for (event, range) in Parser::new_ext(changed, options).into_offset_iter() {
            let place = back(&range);
            let kind = match &event {
                Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => Some((Kind::Italic, 1)),
                Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => Some((Kind::Bold, 2)),
                Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => Some((Kind::Struck, 2)),
                _ => None,
            };
            let region = self.all.last_mut().expect("one was begun");
            if let Some((kind, width)) = kind {
                let is_start = matches!(event, Event::Start(_));
                if is_start {
                    region.emphasis.push((kind, place.clone()));
                }
                if shut == 0 {
                    self.open.push(if is_start {
                        place.start..place.start + width
                    } else {
                        place.end.saturating_sub(width)..place.end
                    });
                }
                continue;
            }
            let is_inline = match &event {
                Event::Start(Tag::Link { link_type, .. }) => {
                    // The text of `[text]` and `[text][]` is also the name of what it leads to.
                    let is_shut = !matches!(link_type, LinkType::Inline | LinkType::Reference);
                    links.push(is_shut);
                    shut += usize::from(is_shut);
                    true
                }
                Event::Start(Tag::Image { .. }) => {
                    links.push(true);
                    shut += 1;
                    true
                }
                Event::End(TagEnd::Link | TagEnd::Image) => {
                    shut -= usize::from(links.pop().unwrap_or(false));
                    true
                }
                Event::Start(_) | Event::End(_) | Event::Rule | Event::Html(_) => false,
                Event::Text(_) => {
                    if shut == 0 && !in_code {
                        self.open.push(place.clone());
                    }
                    true
                }
                _ => true,
            };
            if let Some(heading) = &mut heading {
                match &event {
                    Event::Text(piece) => heading.pieces.push((piece.to_string(), false)),
                    Event::Code(piece) => heading.pieces.push((piece.to_string(), true)),
                    Event::SoftBreak | Event::HardBreak => heading.pieces.push((" ".to_owned(), false)),
                    Event::FootnoteReference(_)
                    | Event::InlineMath(_)
                    | Event::DisplayMath(_)
                    | Event::Start(Tag::Image { .. }) => heading.is_rich = true,
                    _ => {}
                }
            }
            if is_inline {
                let is_ours =
                    |event: &Event| matches!(event, Event::InlineHtml(html) if &**html == crate::markdown::COMMENT);
                if !matches!(event, Event::Text(_) | Event::SoftBreak) && !is_ours(&event) {
                    region.others.push((What::of(event), place.start));
                }
                continue;
            }
            // The parser lets a definition list end behind the block that follows it; its last definition ends it.
            if event != Event::End(TagEnd::DefinitionList) {
                self.begin(if matches!(event, Event::End(_)) { place.end } else { place.start });
            }
            match &event {
                Event::Start(Tag::CodeBlock(_)) => in_code = true,
                Event::End(TagEnd::CodeBlock) => in_code = false,
                Event::Start(Tag::Heading { .. } | Tag::DefinitionListTitle) => {
                    heading = Some(Heading { region: self.all.len() - 1, ..Heading::default() });
                }
                Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => self.headings.extend(heading.take()),
                _ => {}
            }
            self.outline.push(What::of(event));
        }
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
