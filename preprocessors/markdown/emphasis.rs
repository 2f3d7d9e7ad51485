//! Emphasis that an author meant and that CommonMark does not see beside East Asian characters.
//!
//! CommonMark decides by the neighbours of a run of `*` or `_` what it can do: with punctuation on its inner side, it
//! needs white space or punctuation on its outer side. Languages without spaces have a letter there:
//! `**中文。**后文`. The CJK-friendly amendment (<https://github.com/tats-u/markdown-cjk-friendly>, its
//! specification.md) asks for that only where the punctuation is not East Asian itself and no East Asian character
//! stands on the other side. In our words:
//!
//! | run | what it can do by the amendment as well |
//! |---|---|
//! | a letter before it, East Asian punctuation behind it: `a**「b` | begin |
//! | an East Asian letter before it, any punctuation behind it: `中**“b` | begin |
//! | East Asian punctuation before it, a letter behind it: `b」**a` | end |
//! | any punctuation before it, an East Asian letter behind it: `b)**中` | end |
//!
//! A quotation mark such as `“`, of ambiguous width, is punctuation that is not East Asian, unless the variation
//! selector U+FE01 says otherwise. A variation selector belongs to what is before it. Hangul counts, emoji do not.
//! `_` gains nothing of this, for it may not stand inside of a word in any case; only behind punctuation with a
//! variation selector it may begin.
//!
//! What such a run cannot do, it can when the neighbour that is no punctuation gets a comment of HTML, `<!---->`,
//! between itself and the run: `<` and `>` are punctuation. The parser then matches the runs by its own rules.
//!
//! A block whose emphasis would not change by that gets none. Most need no second look: where every run of a block is
//! used and nothing is nested, each run that gains an ability uses the one that it had before, so the amendment
//! agrees. Only a page with another block that has such a run is read again, twice, as often as it is long.
//!
//! One deliberate exception: a single `~` strikes nothing beside a letter here, since the parser does not let it; it
//! stands for “to” in East Asian text (`5~10 个`).

use std::ops::Range;

use pulldown_cmark::{Event, Options, Tag, TagEnd};

use crate::markdown::blocks::{Change, Regions};
use crate::text::east_asian::{is_cjk, is_punctuation};

/// What stands between a run and its neighbour.
pub const COMMENT: &str = "<!---->";

/// A run that can do more by the amendment than by CommonMark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    /// Where the comment would be.
    at: usize,
    /// A byte of the run beside that place.
    byte: usize,
    is_underscore: bool,
}

/// The runs of a page that may need a comment, and whether a block has to be looked at again.
pub(super) struct Runs {
    runs: Vec<Run>,
    /// What these runs are made of.
    marks: Vec<char>,
    /// Where the current block begins, and whether the amendment can say something else of it.
    block: usize,
    is_restless: bool,
    depth: usize,
    /// Whether there is a restless block with a run of ours.
    look_again: bool,
    /// Whether one of them is in a heading or a term, whose text its name is made of.
    are_in_names: bool,
}

/// What a neighbour of a run is to CommonMark or to the amendment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    /// Punctuation that is East Asian.
    EastAsianPunctuation,
    /// Other punctuation.
    Punctuation,
    /// An East Asian letter.
    EastAsian,
    Other,
}

impl Side {
    fn of(c: Option<char>) -> Self {
        let Some(c) = c.filter(|c| !c.is_whitespace()) else { return Self::Space };
        match (is_cjk(c), is_punctuation(c)) {
            (true, true) => Self::EastAsianPunctuation,
            (true, false) => Self::EastAsian,
            (false, true) => Self::Punctuation,
            (false, false) => Self::Other,
        }
    }

    /// The side before a run; whether it is punctuation with a variation selector, which CommonMark takes for a letter.
    fn before(text: &str) -> (Self, bool) {
        let mut characters = text.chars().rev();
        let last = characters.next();
        match last {
            Some('\u{e0100}'..='\u{e01ef}') => (Self::EastAsian, false),
            Some(selector @ '\u{fe00}'..='\u{fe0e}') => match characters.next() {
                Some('‘' | '’' | '“' | '”') if selector == '\u{fe01}' => (Self::EastAsianPunctuation, true),
                base => {
                    let side = Self::of(base);
                    (side, matches!(side, Self::EastAsianPunctuation | Self::Punctuation))
                }
            },
            _ => (Self::of(last), false),
        }
    }
}

impl Runs {
    /// Looks at the runs of a text.
    pub(super) fn of(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut runs = Vec::new();
        let mut from = 0;
        // An underscore gains nothing without a variation selector (U+FE00 to U+FE0F), and code is full of them.
        let has_selector = memchr::memmem::find(bytes, b"\xef\xb8").is_some();
        let next = |text: &[u8]| {
            if has_selector { memchr::memchr3(b'*', b'_', b'~', text) } else { memchr::memchr2(b'*', b'~', text) }
        };
        while let Some(at) = next(&bytes[from..]).map(|at| from + at) {
            let mark = bytes[at];
            let len = bytes[at..].iter().take_while(|byte| **byte == mark).count();
            from = at + len;
            // Between ASCII, nothing is East Asian.
            let is_ascii = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii);
            if is_ascii(at.checked_sub(1).map(|before| &bytes[before])) && is_ascii(bytes.get(from)) {
                continue;
            }
            let backslashes = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
            let begin = at + backslashes % 2;
            if begin < from {
                runs.extend(Run::of(source, begin..from));
            }
        }
        let mut marks: Vec<char> = runs.iter().map(|run| char::from(bytes[run.byte])).collect();
        marks.sort_unstable();
        marks.dedup();
        Self { runs, marks, block: 0, is_restless: false, depth: 0, look_again: false, are_in_names: false }
    }

    /// Hears of what the parser sees.
    pub(super) fn hear(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.runs.is_empty() {
            return;
        }
        if matches!(event, Event::Start(Tag::Heading { .. } | Tag::DefinitionListTitle)) {
            let first = self.runs.partition_point(|run| run.at < range.start);
            self.are_in_names |= self.runs.get(first).is_some_and(|run| run.at <= range.end);
        }
        if self.look_again {
            return;
        }
        match event {
            Event::Text(piece) => {
                // A mark that stayed text.
                self.is_restless = self.is_restless || self.marks.iter().any(|mark| piece.contains(*mark));
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                self.is_restless |= self.depth > 0;
                self.depth += 1;
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                self.depth = self.depth.saturating_sub(1);
            }
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) | Event::End(TagEnd::Link | TagEnd::Image) => {}
            Event::Start(_) => self.block_ends(range.start),
            Event::End(_) => self.block_ends(range.end),
            _ => {}
        }
    }

    fn block_ends(&mut self, at: usize) {
        if self.is_restless {
            let first = self.runs.partition_point(|run| run.at < self.block);
            self.look_again |= self.runs.get(first).is_some_and(|run| run.at <= at);
        }
        (self.block, self.is_restless, self.depth) = (at, false, 0);
    }

    /// Whether the name of a heading or a term may hang on them.
    pub(super) fn are_in_names(&self) -> bool {
        self.are_in_names
    }

    /// The changes that make the emphasis what its author meant, and the text of each heading that they change, by its
    /// number: pieces, and whether each is code.
    pub(super) fn settle(mut self, source: &str, options: Options) -> EmphasisRepairs {
        self.block_ends(source.len());
        let mut settled = EmphasisRepairs::default();
        if !self.look_again {
            return settled;
        }
        let before = Regions::of(source, &[], options);
        let in_heading = |run: &Run| {
            let region = before.at(run.byte);
            before.headings.iter().any(|heading| heading.region == region)
        };
        // An underscore is a part of a heading's id.
        self.runs.retain(|run| before.is_open(run.byte) && !(run.is_underscore && in_heading(run)));
        let changes: Vec<Change> = self.runs.iter().map(|run| (run.at..run.at, COMMENT)).collect();
        let after = Regions::of(source, &changes, options);
        if !after.are_the_blocks_of(&before) {
            return settled;
        }
        let changed: Vec<bool> = before
            .all
            .iter()
            .zip(&after.all)
            .map(|(before, after)| before.holds_the_same_as(after) && before.emphasis != after.emphasis)
            .collect();
        let kept = self.runs.iter().filter(|run| changed[before.at(run.byte)]);
        settled.comments = kept.map(|run| run.at).collect();
        for (number, heading) in after.headings.into_iter().enumerate() {
            if changed[heading.region] && !heading.is_rich {
                settled.headings.push((number, heading.pieces));
            }
        }
        settled
    }
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct EmphasisRepairs {
    /// Where comments have to stand.
    pub(super) comments: Vec<usize>,
    /// The headings, and terms, whose text changes by that: their numbers, and their pieces with whether each is code.
    pub(super) headings: Vec<(usize, Vec<(String, bool)>)>,
}

impl Run {
    fn of(source: &str, range: Range<usize>) -> Option<Self> {
        use crate::markdown::emphasis::Side::{EastAsian, EastAsianPunctuation, Other, Punctuation, Space};
        let mark = source.as_bytes()[range.start];
        let (before, has_selector) = Side::before(&source[..range.start]);
        let after = Side::of(source[range.end..].chars().next());
        let is_punctuation = |side| matches!(side, EastAsianPunctuation | Punctuation);
        let (begins, ends) = match (before, after) {
            _ if mark == b'_' => (has_selector && after != Space, false),
            (EastAsianPunctuation, _) if has_selector => (is_punctuation(after), false),
            (Punctuation, _) if has_selector => (is_punctuation(after), false),
            (EastAsian | Other, EastAsianPunctuation) | (EastAsian, Punctuation) => (true, false),
            (EastAsianPunctuation, EastAsian | Other) | (Punctuation, EastAsian) => (false, true),
            _ => (false, false),
        };
        // Two tildes can always begin; one cannot stand beside a letter.
        let (begins, ends) = match (mark, range.len()) {
            (b'~', 2) => (false, ends),
            (b'~', _) => (false, false),
            _ => (begins, ends),
        };
        let is_underscore = mark == b'_';
        if begins {
            Some(Self { at: range.start, byte: range.start, is_underscore })
        } else if ends {
            Some(Self { at: range.end, byte: range.end - 1, is_underscore })
        } else {
            None
        }
    }
}
