//! Where the parts of a page are, in bytes: the places that passes may edit, and what can be read off the text.
//!
//! One run of mdBook's own Markdown parser over the text; nothing is ever printed back from its events.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::markdown::include::Include;
use crate::markdown::link::Link;
use crate::markdown::outline::Heading;
use crate::markdown::own_lines::Lead;
use crate::platforms::CrossPost;
use crate::text::{Prose, Wording};
use crate::values::Status;

mod address;
mod addresses;
mod block_structure;
pub mod blocks;
mod callout;
pub mod catalogue;
mod dollars;
mod elements;
mod emphasis;
pub mod escape;
mod fence;
mod formula;
mod formulas;
mod headings;
pub mod include;
pub mod info_string;
mod input;
mod leads;
pub mod link;
mod links;
mod markers;
mod masks;
mod options;
pub mod outline;
pub mod own_lines;
mod plain;
mod punctuation;
mod reader;
mod shell;
pub mod shortcode;
mod slug;
pub mod soft_break;
mod words;

pub use address::{Address, Scheme};
pub use callout::{BEGINS_LINE, Callout, CalloutKind};
pub use elements::EndTag;
pub use emphasis::COMMENT;
pub use fence::Fence;
pub use formula::{Formula, Marks};
pub use info_string::{CodeSource, Info};
use input::{Input, Parsed};
use masks::Masks;
pub use options::mdbook_options;
pub(crate) use punctuation::are_straight;
use reader::Reader;
pub use shortcode::Shortcode;
pub use soft_break::Joint;

/// The comment at which the learning path is written.
pub const LEARNING_PATH: &str = "learning-path";

/// The comment at which the status board is written.
pub const STATUS_BOARD: &str = "status-board";

/// The comments at which something is written.
pub const MARKERS: &[&str] = &[LEARNING_PATH, STATUS_BOARD];

/// The parts of one page. All offsets are bytes of the text that was given to [`Anatomy::of`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anatomy {
    /// The bytes of the front matter; empty without one.
    pub front_matter: Range<usize>,
    /// Where the text begins: behind the front matter, or at 0.
    pub body: usize,
    /// The first heading, when it is of level 1 and stands at the top.
    pub title: Option<Title>,
    /// Whether there is a level-1 heading anywhere, in Markdown or in HTML.
    pub has_level_one: bool,
    /// The place for banners: behind the title, or where the text begins.
    pub banner: Gap,
    /// The place behind everything.
    pub end: Gap,
    /// The markers, in order.
    pub markers: Vec<Marker>,
    /// Whether the text ends at block level with all its HTML closed, so that an element can be put around it.
    pub closed: bool,
    /// Whether there is nothing to read but the title.
    pub blank: bool,
    /// Where its links lead, when it does no more than lead elsewhere; `None` for a text of its own.
    pub leads: Option<Vec<CrossPost>>,
    /// What there is to read.
    pub prose: Prose,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// The ids and names of its HTML.
    pub anchors: BTreeSet<String>,
    /// The files that mdBook puts into it, in order; what they hold is not known here.
    pub includes: Vec<Include>,
    /// The title of the browser's window that it asks mdBook for.
    pub window_title: Option<String>,
    /// Its links and images, in order.
    pub links: Vec<Link>,
    /// The lines at its top that lead to other languages.
    pub switches: Vec<Lead>,
    /// The lines at its top, or at its end, that lead to copies elsewhere.
    pub copies: Vec<Lead>,
    /// Its fenced blocks of code, in order.
    pub fences: Vec<Fence>,
    /// Its formulas, in order.
    pub formulas: Vec<Formula>,
    /// The headings with formulas or emoji and without an id of their own, in order.
    pub without_id: Vec<WithoutId>,
    /// Where mdBook's smart punctuation would do something wrong, in order.
    pub straight: Vec<Escape>,
    /// Where mdBook would take text for something else, in order.
    pub plain: Vec<Escape>,
    /// The emoji that are written by their names, in order.
    pub shortcodes: Vec<Shortcode>,
    /// Where [`COMMENT`] makes emphasis beside East Asian characters what its author meant, in order.
    pub emphasis: Vec<usize>,
    /// The line breaks between East Asian characters that belong together, in order.
    pub joints: Vec<Joint>,
    /// What the info strings of blocks of code say besides a language, in order.
    pub infos: Vec<Info>,
    /// The addresses in its text that are no links yet, in order.
    pub addresses: Vec<Address>,
    /// Its callouts, in order.
    pub callouts: Vec<Callout>,
    /// The end tags of HTML that close what Markdown opened, in order.
    pub end_tags: Vec<EndTag>,
}

/// A heading whose author gave it no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithoutId {
    /// Which of the page's headings it is.
    pub heading: usize,
    /// Where it begins.
    pub begin: usize,
    /// The place for an id.
    pub at: usize,
    /// Whether that is in braces that are there already, as in `{.class}`.
    pub in_braces: bool,
    /// Whether it has a formula.
    pub has_formula: bool,
    /// Whether it has an emoji that is written by its name.
    pub has_emoji: bool,
}

/// A character that stays text with a backslash before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Escape {
    /// Its offset.
    pub at: usize,
    /// The character, of one byte.
    pub character: char,
}

/// The heading that is the page's title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Its text, without Markdown and without a status mark.
    pub text: String,
    /// Its status mark, and the bytes that the mark takes where they are plain text.
    pub mark: Option<(Status, Option<Range<usize>>)>,
    /// Its line, from 1.
    pub line: usize,
}

/// A place between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The offset.
    pub at: usize,
    /// Whether what is before ends with a line break (or is nothing).
    pub after_line_break: bool,
    /// Whether what follows is a blank line (or nothing).
    pub before_blank: bool,
}

/// A comment such as `<!-- learning-path -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its name.
    pub name: String,
    /// The bytes of the comment.
    pub range: Range<usize>,
    /// The level of the heading above it; 1 without one.
    pub level: usize,
    /// Whether it stands inside of something, where no block can be put.
    pub nested: bool,
    /// Its line, from 1.
    pub line: usize,
}

/// Where the line of an offset begins.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
}

impl Anatomy {
    /// The markers of this name that can be filled: those with room for a block.
    pub fn places(&self, name: &str) -> impl Iterator<Item = &Marker> {
        self.markers.iter().filter(move |marker| marker.name == name && !marker.nested)
    }

    /// Whether mdBook puts text into it, with headings that nobody knows here.
    #[must_use]
    pub fn goes_on_elsewhere(&self) -> bool {
        self.includes.iter().any(|include| include.is_text)
    }

    /// The directives inside of its formulas: what mdBook puts in their place is TeX, and no text.
    pub fn fills(&self) -> impl Iterator<Item = &Include> {
        self.includes.iter().filter(|include| {
            let next = self.formulas.partition_point(|formula| formula.range.end <= include.range.start);
            self.formulas.get(next).is_some_and(|formula| formula.range.start < include.range.start)
        })
    }

    /// Whether a formula is whole only when mdBook has put something into it.
    #[must_use]
    pub fn is_filled(&self, formula: &Formula) -> bool {
        let next = self.includes.partition_point(|include| include.range.start < formula.range.start);
        self.includes.get(next).is_some_and(|include| include.range.start < formula.range.end)
    }

    /// Whether there is a block of code that is shown as a diagram.
    #[must_use]
    pub fn has_diagram(&self) -> bool {
        self.fences.iter().any(Fence::is_diagram)
    }

    /// Reads the text of a page whose front matter ends at `body`.
    #[must_use]
    pub fn of(text: &str, body: usize, wording: &Wording) -> Self {
        Self::behind(text, 0..body, wording)
    }

    /// Reads the text of a page whose front matter is somewhere in it: another plugin can have written above it.
    #[must_use]
    pub fn behind(text: &str, front_matter: Range<usize>, wording: &Wording) -> Self {
        let input = Input::new(text, front_matter.end, wording);
        let mut masks = Masks::default();
        let mut round = 1;
        let anatomy = loop {
            let parsed = Parsed::new(&input, &masks);
            match Reader::new(&input, &parsed).read(round == masks::ROUNDS) {
                Ok(anatomy) => break anatomy,
                Err(better) => masks = better,
            }
            round += 1;
        };
        Self { front_matter, ..anatomy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    /// The whole of it would be over before these were read, or not at all.
    #[test]
    fn many_of_a_kind_are_read_in_one_go() {
        const MANY: usize = 20_000;
        assert_eq!(of(&"https://a.b/c *x* ".repeat(MANY)).addresses.len(), MANY);
        assert_eq!(of(&"<b>https://a.b ".repeat(MANY)).addresses.len(), MANY);
        assert_eq!(of(&format!("{}中\n===\n", "中\n".repeat(MANY))).joints.len(), MANY);
        assert_eq!(of(&"**中。**\n后\n===\n\n".repeat(MANY / 2)).headings.len(), MANY / 2);
        assert_eq!(of(&"> [!NOTE]\n> a\n\n".repeat(MANY)).callouts.len(), MANY);
    }
}
