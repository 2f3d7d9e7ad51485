//! How much of each kind a text holds: the cheapest proof that nothing vanished on the way.

use std::fmt;
use std::ops::{AddAssign, Index, IndexMut};

use mdbook_bilingual_core::text::html::{Token, attributes, tokens};
use serde::Serialize;

use crate::document::{Document, Kind, Node};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Formulas.
    Formulas,
    /// Pictures.
    Pictures,
    /// Tables.
    Tables,
    /// Links.
    Links,
    /// Blocks of code.
    Code,
}

impl Counted {
    /// All of them, in the order of a report.
    pub const ALL: [Self; 5] = [Self::Formulas, Self::Pictures, Self::Tables, Self::Links, Self::Code];
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Formulas => "formulas",
            Self::Pictures => "pictures",
            Self::Tables => "tables",
            Self::Links => "links",
            Self::Code => "blocks of code",
        })
    }
}

/// How much of each kind there is; a difference may be below zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Formulas.
    pub formulas: isize,
    /// Pictures.
    pub pictures: isize,
    /// Tables.
    pub tables: isize,
    /// Links, without those that are pictures.
    pub links: isize,
    /// Blocks of code.
    pub code: isize,
}

impl Index<Counted> for Counts {
    type Output = isize;

    fn index(&self, what: Counted) -> &isize {
        match what {
            Counted::Formulas => &self.formulas,
            Counted::Pictures => &self.pictures,
            Counted::Tables => &self.tables,
            Counted::Links => &self.links,
            Counted::Code => &self.code,
        }
    }
}

impl IndexMut<Counted> for Counts {
    fn index_mut(&mut self, what: Counted) -> &mut isize {
        match what {
            Counted::Formulas => &mut self.formulas,
            Counted::Pictures => &mut self.pictures,
            Counted::Tables => &mut self.tables,
            Counted::Links => &mut self.links,
            Counted::Code => &mut self.code,
        }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        for what in Counted::ALL {
            self[what] += other[what];
        }
    }
}

impl Counts {
    /// What a note holds.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let mut counts = Self::default();
        for node in &document.nodes {
            node.walk(&mut |node| counts.hear(document, node));
        }
        counts
    }

    /// What some parts of a note hold.
    pub(crate) fn of_nodes<'n>(document: &Document<'_>, nodes: impl IntoIterator<Item = &'n Node>) -> Self {
        let mut counts = Self::default();
        nodes.into_iter().for_each(|node| node.walk(&mut |node| counts.hear(document, node)));
        counts
    }

    fn hear(&mut self, document: &Document<'_>, node: &Node) {
        match &node.kind {
            Kind::Formula(_) | Kind::FormulaBlock(_) => self.formulas += 1,
            Kind::Picture(_) => self.pictures += 1,
            Kind::Table(_) => self.tables += 1,
            Kind::Link(_) => self.links += 1,
            Kind::Code(_) => self.code += 1,
            Kind::Html => {
                let range = &node.range;
                self.formulas += document.formulas_in(range.clone()).count() as isize;
                self.html(&document.text[range.clone()]);
            }
            Kind::InlineHtml(html) => self.html(html),
            _ => {}
        }
    }

    /// Links and pictures that are written as HTML.
    fn html(&mut self, html: &str) {
        for (token, range) in tokens(html) {
            let has = |name: &str| attributes(&html[range.clone()]).iter().any(|found| found.name == name);
            match token {
                Token::Open(tag) | Token::Empty(tag) if tag == "img" && has("src") => self.pictures += 1,
                Token::Open(tag) if tag == "a" && has("href") => self.links += 1,
                Token::Open(tag) if tag == "table" => self.tables += 1,
                Token::Open(tag) if tag == "pre" => self.code += 1,
                _ => {}
            }
        }
    }
}
