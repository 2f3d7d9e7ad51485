//! The index of one language: its pages one after the other, then its files.
//!
//! ```text
//! bilingual-search/zh-CN.js           what a search begins with: tables, how many sections each page has, words for the reader
//! bilingual-search/zh-CN/….js         terms, texts, tables that are too long
//! ```
//!
//! A text is cut into pieces, so that what is shown of a hit in a long section is a small file. The key of a piece is the
//! number of its section and the position of its first term; sections are counted from 1.

use std::path::Path;

use anyhow::Result;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::digits;
use crate::folder::Folder;
use crate::page::{self, Section};
use crate::postings::Postings;
use crate::shards::{Table, Terms};
use crate::terms::{Reader, is_east_asian};
use crate::variants;

/// How many bytes of text a piece has, more or less.
const PIECE: usize = 900;

/// From how many bytes on a file of texts is full.
const FULL: usize = 1_300;

/// A page, as it is published.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its address from the site's root, as a link has it.
    pub address: &'a str,
    /// What it is called, after what it is below.
    pub names: &'a [String],
    /// Its text, as HTML.
    pub html: &'a str,
    /// Whether readers of all languages are shown it.
    pub is_shared: bool,
}

/// What a search is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// How many results are shown at most.
    pub limit_results: u32,
    /// How many words are shown of each.
    pub teaser_word_count: u32,
    /// How much more a word counts in a heading: 0 for no more than elsewhere.
    pub boost_title: u8,
    /// Down to which level of headings a page is split.
    pub heading_split_level: u8,
}

/// mdBook's.
impl Default for Options {
    fn default() -> Self {
        Self { limit_results: 30, teaser_word_count: 30, boost_title: 2, heading_split_level: 3 }
    }
}

/// An index in the making.
pub struct Index {
    folder: Folder,
    options: Options,
    postings: Postings,
    reader: Reader,
    /// How many sections there are.
    sections: u32,
    /// How many of them are shown to readers of all languages.
    shared: u32,
    /// How many sections each page has, as digits.
    pages: Vec<u8>,
    texts: Table,
    /// The pieces of the next file of texts.
    pieces: Vec<Value>,
    /// How many bytes they have.
    length: usize,
    /// The key of the first of them.
    first: (u32, u32),
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Made {
    /// How many sections can be found.
    pub sections: u32,
    /// How many files the index has.
    pub files: usize,
    /// How many bytes they have.
    pub bytes: u64,
    /// How many of the files were new, or had other bytes.
    pub written: usize,
}

impl Index {
    /// An index without pages, in the folder of a site.
    ///
    /// # Errors
    /// When its folder cannot be made.
    pub fn new(site: &Path, tag: &str, options: Options) -> Result<Self> {
        Ok(Self {
            folder: Folder::new(site, tag)?,
            options,
            postings: Postings::default(),
            reader: Reader::default(),
            sections: 0,
            shared: 0,
            pages: Vec::new(),
            texts: Table::default(),
            pieces: Vec::new(),
            length: 0,
            first: (0, 0),
        })
    }

    /// Adds a page. Those that readers of all languages are shown come first.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add(&mut self, page: &Page<'_>) -> Result<()> {
        let sections = page::sections(page.html, self.options.heading_split_level);
        digits::write(sections.len() as u64, &mut self.pages);
        for section in &sections {
            self.section(page, section)?;
        }
        if page.is_shared {
            self.shared = self.sections;
        }
        Ok(())
    }

    fn section(&mut self, page: &Page<'_>, section: &Section) -> Result<()> {
        self.sections += 1;
        self.reader = Reader::default();
        let (mut address, mut trail) = (page.address.to_owned(), page.names.to_vec());
        if !section.id.is_empty() {
            address.push('#');
            address.push_str(&page::encoded(&section.id));
        }
        // A page is mostly called as its first heading is.
        let headings = section.above.iter().chain((!section.heading.is_empty()).then_some(&section.heading));
        trail.extend(headings.filter(|heading| page.names.last() != Some(heading)).cloned());
        let mut about = Some((address, trail));
        self.read(&section.heading);
        let heading = self.reader.position();
        self.end_paragraph();
        let (mut piece, mut begin) = (String::new(), 0);
        for paragraph in &section.paragraphs {
            for part in cut(paragraph) {
                if piece.len() + part.len() > PIECE && !piece.is_empty() {
                    self.piece(begin, &piece, &mut about)?;
                    piece.clear();
                    begin = self.reader.position();
                }
                self.read(part);
                piece.push_str(part);
            }
            self.end_paragraph();
            piece.push('\n');
        }
        self.piece(begin, piece.trim_end(), &mut about)?;
        self.postings.end_section(self.sections, heading)?;
        Ok(())
    }

    fn read(&mut self, text: &str) {
        let postings = &mut self.postings;
        self.reader.read(text, |term, position| postings.add(term, position));
    }

    fn end_paragraph(&mut self) {
        let postings = &mut self.postings;
        self.reader.end_paragraph(|term, position| postings.add(term, position));
    }

    /// Adds a piece of a section's text. `about` is said in each file that has a piece of the section.
    fn piece(&mut self, begin: u32, text: &str, about: &mut Option<(String, Vec<String>)>) -> Result<()> {
        if self.length > FULL {
            self.flush()?;
        }
        let is_first = self.pieces.is_empty();
        if is_first {
            self.first = (self.sections, begin);
        }
        let text = text.trim_end();
        self.length += text.len() + 12;
        let mut piece = vec![Value::from(self.sections), Value::from(begin), Value::from(text)];
        let (address, trail) = about.get_or_insert_default();
        if is_first || begin == 0 {
            self.length += address.len() + trail.iter().map(String::len).sum::<usize>();
            piece.extend([Value::from(address.as_str()), Value::from(trail.as_slice())]);
        }
        self.pieces.push(Value::Array(piece));
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        if self.pieces.is_empty() {
            return Ok(());
        }
        let pieces = Value::Array(std::mem::take(&mut self.pieces));
        let file = self.folder.shard(&serde_json::to_string(&pieces)?)?;
        let (mut key, (section, position)) = (Vec::new(), self.first);
        digits::write(u64::from(section), &mut key);
        digits::write(u64::from(position), &mut key);
        self.texts.add(String::from_utf8_lossy(&key).into_owned(), file);
        self.length = 0;
        Ok(())
    }

    /// Writes what is left. `name` is what the language calls itself, and `words` is what readers are told.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self, name: &str, words: &Value) -> Result<Made> {
        self.flush()?;
        let folder = &mut self.folder;
        let texts = self.texts.finish(folder)?;
        let (mut terms, mut characters) = (Terms::default(), Vec::new());
        self.postings.finish(|term, postings| {
            let mut chars = term.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                characters.push(c);
            }
            terms.add(term, postings, folder)
        })?;
        let terms = terms.finish(folder)?;
        let variants = variants::of(characters.into_iter());
        let variants = if variants.is_empty() { variants } else { folder.shard(&serde_json::to_string(&variants)?)? };
        let options = self.options;
        let root = json!({
            "name": name,
            "say": words,
            "limit": options.limit_results,
            "teaser": options.teaser_word_count,
            "boost": options.boost_title,
            "shared": self.shared,
            "pages": String::from_utf8_lossy(&self.pages),
            "variants": variants,
            "texts": texts,
            "terms": terms,
        });
        folder.finish(&serde_json::to_string(&root)?)?;
        Ok(Made { sections: self.sections, files: folder.files(), bytes: folder.bytes, written: folder.written })
    }
}

/// A paragraph in parts that are no longer than a piece, each cut behind a sentence, a space or a character that is
/// written without spaces. A word stays whole.
fn cut(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.len() <= PIECE { rest.len() } else { end(rest) };
        let (part, behind) = rest.split_at(end);
        rest = behind;
        Some(part)
    })
}

/// Where the first part of a long text ends.
fn end(text: &str) -> usize {
    let limit = text.floor_char_boundary(PIECE);
    let ends = |of: fn(char) -> bool| {
        let (at, c) = text[..limit].char_indices().rev().find(|(_, c)| of(*c))?;
        Some(at + c.len_utf8()).filter(|end| *end > PIECE / 2)
    };
    ends(|c| matches!(c, '。' | '！' | '？' | '；'))
        .or_else(|| ends(char::is_whitespace))
        // A syllable of Hangul may be written in several characters.
        .or_else(|| ends(|c| !c.is_alphanumeric() || (is_east_asian(c) && !matches!(c, '\u{1100}'..='\u{11ff}'))))
        .or_else(|| Some(limit + text[limit..].find(|c: char| !c.is_alphanumeric())?))
        .unwrap_or(text.len())
}
