//! Where the keys of a `book.toml` stand, for what is said of their values.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::diagnostic::Place;

/// The text of a `book.toml`, and where its keys stand in it. A clone shares both.
///
/// It is parsed once, and not before something has to be said of a key: most builds have nothing to say.
#[derive(Debug, Clone, Default)]
pub struct BookToml(Arc<Inner>);

impl PartialEq for BookToml {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

#[derive(Debug, Default)]
struct Inner {
    text: String,
    index: OnceLock<Index>,
}

/// The keys of a text, where it is TOML, and where its lines begin, in bytes.
#[derive(Debug)]
struct Index {
    keys: KeyPlaces,
    lines: Vec<usize>,
}

/// The keys of a table: the bytes of each, and those below it.
type KeyPlaces = BTreeMap<String, KeyPlace>;

#[derive(Debug)]
struct KeyPlace {
    bytes: Range<usize>,
    below: KeyPlaces,
}

/// What no key is called.
const UNUSED: &str = "\u{fffd}";

impl BookToml {
    /// A text, which need not be TOML; then none of its keys has a line.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Arc::new(Inner { text: text.into(), index: OnceLock::new() }))
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// The place of a key, named by the tables that lead to it and itself; the file as a whole where it is not there:
    /// the environment may have set it.
    #[must_use]
    pub fn place<S: AsRef<str>>(&self, path: &[S]) -> Place {
        self.key(path).unwrap_or_else(|| Place::file("book.toml"))
    }

    /// Whether a key stands in one place: `[a.b]` and `[a.c]` both name `a`.
    pub(super) fn is_named_once<S: AsRef<str>>(&self, path: &[S]) -> bool {
        let Some(bytes) = self.key(path).and_then(|place| place.bytes) else { return false };
        // Whatever it is called instead, a second place would still name it.
        let mut text = self.body().to_owned();
        text.replace_range(bytes.range(), &format!("\"{UNUSED}\""));
        let renamed = Index::of(&text);
        !renamed.keys.is_empty() && renamed.key(path).is_none()
    }

    /// The text as places count: without a byte order mark.
    fn body(&self) -> &str {
        self.text().trim_start_matches('\u{feff}')
    }

    fn key<S: AsRef<str>>(&self, path: &[S]) -> Option<Place> {
        let index = self.0.index.get_or_init(|| Index::of(self.body()));
        let (bytes, lines) = (index.key(path)?, &index.lines);
        let line = lines.partition_point(|begin| *begin <= bytes.start);
        let column = self.body()[lines[line - 1]..bytes.start].chars().count() + 1;
        Some(Place::at("book.toml", line, column).spanning(bytes.clone()))
    }
}

impl Index {
    fn of(text: &str) -> Self {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            keys: DeTable::parse(text).map(|table| keys(table.get_ref())).unwrap_or_default(),
            lines: std::iter::once(0).chain(breaks).collect(),
        }
    }

    /// The bytes of a key.
    fn key<S: AsRef<str>>(&self, path: &[S]) -> Option<&Range<usize>> {
        let (last, above) = path.split_last()?;
        let table = above.iter().try_fold(&self.keys, |table, name| Some(&table.get(name.as_ref())?.below))?;
        Some(&table.get(last.as_ref())?.bytes)
    }
}

fn keys(table: &DeTable<'_>) -> KeyPlaces {
    let key = |(name, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
        let below = value.get_ref().as_table().map(keys).unwrap_or_default();
        (name.get_ref().to_string(), KeyPlace { bytes: name.span(), below })
    };
    table.iter().map(key).collect()
}

/// A value of the configuration, and the key that it stands behind.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    path: Vec<String>,
    book_toml: BookToml,
}

impl<T> Placed<T> {
    pub(super) fn new(value: T, path: Vec<String>, book_toml: &BookToml) -> Self {
        Self { value, path, book_toml: book_toml.clone() }
    }

    /// Where its key stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.book_toml.place(&self.path)
    }
}

/// The same value behind the same key, in whichever file.
impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value && self.path == other.path
    }
}

impl<T: Eq> Eq for Placed<T> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_lines_and_columns() {
        let book_toml = BookToml::new("[book]\nsrc = \"x\"\n[a]\n\"ä\" = 1\nb.\"c d\" = { e = 2 }\n[[f]]\ng = 1\n");
        let place = |path: &[&str]| book_toml.place(path).to_string();
        assert_eq!(place(&["book", "src"]), "book.toml:2:1");
        assert_eq!(place(&["a"]), "book.toml:3:2");
        assert_eq!(place(&["a", "ä"]), "book.toml:4:1");
        assert_eq!(place(&["a", "b", "c d"]), "book.toml:5:3");
        assert_eq!(place(&["a", "b", "c d", "e"]), "book.toml:5:13");
        assert_eq!(place(&["f", "g"]), "book.toml");
        assert_eq!(place(&["book", "title"]), "book.toml");
        assert_eq!(place(&[]), "book.toml");
        assert_eq!(BookToml::new("[book\n").place(&["book"]).to_string(), "book.toml");
    }

    #[test]
    fn a_table_can_be_named_in_several_places() {
        let book_toml = BookToml::new("\u{feff}[a.x]\nc = 1\n[a.y]\nb.d = 1\nb.e = 2\n\"b c\" = {}\n[e]\n[e.f]\n");
        for (path, is_once) in [
            (&["a"] as &[&str], false),
            (&["a", "x"], true),
            (&["a", "y", "b"], false),
            (&["a", "y", "b c"], true),
            (&["e"], false),
            (&["e", "f"], true),
            (&["none"], false),
            (&[], false),
        ] {
            assert_eq!(book_toml.is_named_once(path), is_once, "{path:?}");
        }
        assert!(!BookToml::new("[a\n").is_named_once(&["a"]));
    }
}
