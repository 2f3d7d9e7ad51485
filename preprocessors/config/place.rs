//! Where the keys of a `book.toml` stand.

use std::cell::OnceCell;

use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::Place;

impl Place {
    /// The place of a key in `book.toml`.
    #[must_use]
    pub fn in_book_toml(book_toml: &str, path: &[&str]) -> Self {
        Places::new(book_toml).of(path)
    }
}

/// Where the keys of a `book.toml` are: it is parsed once, and not before something has to be said of one.
pub(super) struct Places<'a> {
    text: &'a str,
    parsed: OnceCell<Parsed<'a>>,
}

/// A TOML text, where it is one, and where its lines begin.
type Parsed<'a> = (Option<Spanned<DeTable<'a>>>, Vec<usize>);

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, parsed: OnceCell::new() }
    }

    pub(super) fn of(&self, path: &[&str]) -> Place {
        match self.line_of(path) {
            Some((line, column)) => Place::at("book.toml", line, column),
            None => Place::file("book.toml"),
        }
    }

    fn line_of(&self, path: &[&str]) -> Option<(usize, usize)> {
        let (document, lines) = self.parsed.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at + 1);
            (DeTable::parse(self.text).ok(), std::iter::once(0).chain(breaks).collect())
        });
        let mut table = document.as_ref()?.get_ref();
        let (last, above) = path.split_last()?;
        for name in above {
            table = table.get(*name)?.get_ref().as_table()?;
        }
        let (key, _) = table.get_key_value(*last)?;
        let at = key.span().start;
        let line = lines.partition_point(|begin| *begin <= at);
        Some((line, self.text[lines[line - 1]..at].chars().count() + 1))
    }
}
