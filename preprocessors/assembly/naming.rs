//! How a piece of a path names a language.
//!
//! ```text
//! zh            中文           English       the whole piece
//! graph_en      x.zh-CN        docs-zh       behind the rest, after a `-`, `_` or `.`
//! graph（中文版）  x 中文          README中文      behind the rest in another way
//! zh_graph      [en] graph                   before the rest
//! ```
//!
//! A tag is a word in many names, and the name of a language is one, too: whether it counts is for those to say who know
//! the neighbours (`pairing::paths`).

use crate::values::path::is_readme;
use crate::values::tags::LanguageToken;
use crate::values::{Language, Tags};

/// A name in a folder.
pub(crate) fn join(folders: &str, stem: &str) -> String {
    match (folders.is_empty(), stem.is_empty()) {
        (true, _) => stem.to_owned(),
        (false, true) => folders.to_owned(),
        (false, false) => [folders, "/", stem].concat(),
    }
}

/// What a file is called in a folder, as names are compared.
pub(crate) fn key(folders: &str, stem: &str) -> String {
    join(folders, index_of(stem)).to_lowercase()
}

/// `README` is the index of its folder.
fn index_of(stem: &str) -> &str {
    if is_readme(stem) { "index" } else { stem }
}

/// How a piece of a path says its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// It is the whole piece.
    Whole,
    /// Behind the rest, after a `-`, `_` or `.`.
    Suffix,
    /// Behind the rest in another way: in brackets, after a space, or after nothing: `x（英文）`, `x 中文`, `README中文`.
    Behind,
    /// Before the rest.
    Before,
}

/// A piece of a path without its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    pub(crate) rest: &'a str,
    /// The bytes of the piece that name the language.
    pub(crate) named: std::ops::Range<usize>,
    pub(crate) token: LanguageToken,
    pub(crate) form: Form,
}

impl Split<'_> {
    /// Whether a file of this name is in that language, whatever lies beside it.
    pub(crate) fn is_plain(&self) -> bool {
        !self.token.is_word && matches!(self.form, Form::Whole | Form::Suffix)
    }
}

/// Splits the language off a piece of a path: `graph.zh-CN` is `graph` in `zh-CN`, and `zh` is nothing in `zh`.
pub(crate) fn split<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    whole(piece, tags).or_else(|| suffix(piece, tags)).or_else(|| behind(piece, tags)).or_else(|| before(piece, tags))
}

fn whole<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    let token = tags.read(piece).or_else(|| tags.read_code(piece))?;
    Some(Split { rest: "", named: 0..piece.len(), token, form: Form::Whole })
}

fn suffix<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    // The longest tag wins: `x-zh-tw` is not `x-zh` in `tw`.
    piece.char_indices().filter(|(at, c)| *at > 0 && matches!(c, '-' | '_' | '.')).find_map(|(at, c)| {
        let rest = &piece[at + 1..];
        let token = tags.read(rest).or_else(|| tags.read_code(rest).filter(|_| c == '.'))?;
        Some(Split { rest: &piece[..at], named: at + 1..piece.len(), token, form: Form::Suffix })
    })
}

const BRACKETS: &[(char, char)] =
    &[('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('【', '】'), ('「', '」'), ('{', '}')];

/// What stands between a name and its language, and means nothing.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '.' | '·' | '–' | '—')
}

fn behind<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    let split = |from: usize, named: std::ops::Range<usize>| {
        let rest = piece[..from].trim_end_matches(is_between);
        let token = tags.read(&piece[named.clone()]).filter(|_| !rest.is_empty())?;
        Some(Split { rest, named, token, form: Form::Behind })
    };
    if let Some((open, close)) = BRACKETS.iter().find(|(_, close)| piece.ends_with(*close)) {
        let from = piece.rfind(*open)?;
        return split(from, from + open.len_utf8()..piece.len() - close.len_utf8());
    }
    if let Some((at, space)) = piece.char_indices().rfind(|(_, c)| c.is_whitespace())
        && let Some(found) = split(at, at + space.len_utf8()..piece.len())
    {
        return Some(found);
    }
    // `README中文`: Chinese characters behind others are a piece of their own.
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let at = piece.char_indices().rev().take_while(|(_, c)| is_han(*c)).last()?.0;
    split(at, at..piece.len())
}

fn before<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    let split = |named: std::ops::Range<usize>, until: usize| {
        let rest = piece[until..].trim_start_matches(is_between);
        let token = tags.read(&piece[named.clone()]).filter(|_| !rest.is_empty())?;
        Some(Split { rest, named, token, form: Form::Before })
    };
    if let Some((open, close)) = BRACKETS.iter().find(|(open, _)| piece.starts_with(*open)) {
        let until = piece.find(*close)?;
        return split(open.len_utf8()..until, until + close.len_utf8());
    }
    // The longest tag wins here, too.
    let ends = piece.char_indices().rev().filter(|(at, c)| *at > 0 && is_between(*c));
    ends.into_iter().find_map(|(at, c)| split(0..at, at + c.len_utf8()))
}

/// A folder without the name of a language that lies in it: nothing of `zh`, `docs` of `docs-zh`, all of any other.
#[must_use]
pub fn without<'a>(folder: &'a str, language: &Language, tags: &Tags) -> &'a str {
    split(folder, tags).filter(|split| split.token.language == *language).map_or(folder, |split| split.rest)
}

/// The language that a name ends or begins with, when nothing is known of its neighbours.
pub(crate) fn named(stem: &str, tags: &Tags) -> Option<Language> {
    split(stem, tags).filter(|split| split.form != Form::Before).map(|split| split.token.language)
}
