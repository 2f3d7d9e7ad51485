//! What has lines of its own.

use std::borrow::Cow;

use super::{Attributes, Inline};
use crate::values::{Date, Language};

/// A block of a page.
#[derive(Debug, Clone)]
pub(crate) enum Block<'a> {
    /// A heading of the page.
    Heading(usize, Vec<Inline<'a>>),
    /// A paragraph of the page.
    Paragraph(Vec<Inline<'a>>),
    /// What is said about the page.
    Aside(Aside<'a>),
    /// Where a reader can go from the page.
    Navigation(Navigation<'a>),
    /// A list of notes.
    List(NoteList<'a>),
    /// A table of numbers.
    Table(NumberTable<'a>),
    /// Blocks of the page in an element of these attributes.
    Division(Attributes<'a>, Vec<Block<'a>>),
    /// Where the block of code below is from. Formats without a place for it leave it out.
    CodeSource(Inline<'a>),
    /// Code that the page runs, with its settings. Formats whose pages run nothing leave it out.
    Script(Attributes<'a>, &'static str),
}

/// A paragraph in another block.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph<'a> {
    pub(crate) attributes: Attributes<'a>,
    pub(crate) text: Vec<Inline<'a>>,
}

/// What is said about the page, and is no part of its text.
#[derive(Debug, Clone)]
pub(crate) struct Aside<'a> {
    pub(crate) attributes: Attributes<'a>,
    /// A paragraph in place of a text of the page's own. Where an aside is a quote, this is none.
    pub(crate) lead: Option<Paragraph<'a>>,
    pub(crate) title: Option<Paragraph<'a>>,
    pub(crate) text: Vec<Inline<'a>>,
}

/// A list of links, each with what belongs to it.
#[derive(Debug, Clone)]
pub(crate) struct Navigation<'a> {
    pub(crate) class: &'static str,
    /// What the list is, for those who do not see it.
    pub(crate) label: String,
    pub(crate) items: Vec<Vec<Inline<'a>>>,
}

/// A list of notes.
#[derive(Debug, Clone)]
pub(crate) struct NoteList<'a> {
    /// Whether it lists pages of the book, each of which is found by its own text.
    pub(crate) is_of_pages: bool,
    pub(crate) class: &'static str,
    pub(crate) is_ordered: bool,
    /// The class of an element around an entry without its day, where there is one.
    pub(crate) entry_class: Option<&'static str>,
    /// The class of the line of facts.
    pub(crate) facts_class: &'static str,
    pub(crate) entries: Vec<Entry<'a>>,
}

/// A note in a list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry<'a> {
    pub(crate) day: Option<Date>,
    /// The title, as a link where it leads to something.
    pub(crate) title: Vec<Inline<'a>>,
    /// What stands beside the title.
    pub(crate) beside: Vec<Inline<'a>>,
    pub(crate) summary: Option<Paragraph<'a>>,
    pub(crate) facts: Vec<Inline<'a>>,
}

/// A table whose first column has titles, and whose others have numbers.
#[derive(Debug, Clone)]
pub(crate) struct NumberTable<'a> {
    pub(crate) class: &'static str,
    /// What the table is. Formats whose tables have no caption leave it out.
    pub(crate) caption: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<TableRow<'a>>,
    /// The last row, which sums up the others.
    pub(crate) total: TableRow<'a>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) struct TableRow<'a> {
    pub(crate) title: Cow<'a, str>,
    /// The language of the title, where it is not the page's.
    pub(crate) language: Option<&'a Language>,
    pub(crate) numbers: Vec<usize>,
}
