//! The book, read while mdBook still writes.
//!
//! ```text
//! {"version":"0.5.4","root":"/book",   ─→  the notes are read as its book.toml says    ─→  mdBook was told the same:
//!  "book": 10 MB in small pieces, …                                                        all of it is known already
//!  "config":{…},"destination":"…"}                                                    ─→  it was told something else:
//!                                                                                         the notes are read again
//! ```
//!
//! For a book of a thousand notes mdBook writes for longer than it takes to read them. What it was told comes last, and is
//! most likely what `book.toml` says; a variable `MDBOOK_…` may say otherwise.
//!
//! Only where an author waits for the page: two things at once take less time and more of the processors.

use std::path::{Path, PathBuf};
use std::thread::{self, JoinHandle};

use anyhow::Result;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::edit::Edit;
use mdbook_bilingual_core::host::Host;
use mdbook_renderer::book::Book;
use serde_json::{Deserializer, Value};

use crate::NAME;
use crate::engine::kept;

/// A book that was read from its files.
pub struct ReadBook {
    /// The book that is built.
    pub host: Host,
    /// Its chapters as their files have them.
    pub book: Book,
    /// What it is.
    pub reading: Reading,
    /// What the passes make of it for a renderer that knows no HTML.
    pub edits: Vec<Edit>,
}

/// A book that is being read.
pub struct Ahead(JoinHandle<Option<(Host, ReadBook)>>);

impl ReadBook {
    /// Reads the book of a host.
    ///
    /// # Errors
    /// Names the file that is missing or cannot be read, and what to do.
    pub fn of(mut host: Host) -> Result<Self> {
        let book = host.listed()?;
        // What each page says as Markdown is made by the passes, for a renderer that knows no HTML.
        let mut plain = host.clone();
        plain.renderer = Some("markdown".to_owned());
        let (reading, edits) = mdbook_bilingual_core::plan(&plain, &book);
        Ok(Self { host, book, reading, edits })
    }
}

impl Ahead {
    /// Whether somebody waits for the site in a folder: it has pages that were kept under `mdbook serve`.
    #[must_use]
    pub fn is_worth_it(site: &Path) -> bool {
        site.join(kept::FILE).is_file()
    }

    /// Begins to read the book that the beginning of mdBook's JSON names; `None` where that is not there yet.
    #[must_use]
    pub fn of(json: &[u8]) -> Option<Self> {
        let root = root(json)?;
        Some(Self(thread::spawn(move || {
            let host = expected(&root)?;
            Some((host.clone(), ReadBook::of(host).ok()?))
        })))
    }

    /// What was read; `None` where it is not the book of this host, or could not be read.
    #[must_use]
    pub fn read(self, host: &Host) -> Option<ReadBook> {
        self.0.join().ok().flatten().filter(|(expected, _)| expected == host).map(|(_, read)| read)
    }
}

/// The folder of the book, as the JSON of a renderer begins.
fn root(json: &[u8]) -> Option<PathBuf> {
    let version = json.strip_prefix(b"{\"version\":")?;
    let mut parsed = Deserializer::from_slice(version).into_iter::<String>();
    parsed.next()?.ok()?;
    let root = version[parsed.byte_offset()..].strip_prefix(b",\"root\":")?;
    Deserializer::from_slice(root).into_iter::<String>().next()?.ok().map(PathBuf::from)
}

/// The host of the book in a folder, if mdBook is told what its `book.toml` says.
fn expected(root: &Path) -> Option<Host> {
    let text = std::fs::read_to_string(root.join("book.toml")).ok()?;
    let config: Value = toml::from_str(&text).ok()?;
    Some(Host::for_renderer(root, &config, NAME))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_folder_is_named_at_the_beginning() {
        let json = r#"{"version":"0.5.4","root":"C:\\books\\书","book":{"items":["#.as_bytes();
        assert_eq!(root(json), Some(PathBuf::from("C:\\books\\书")));
        let whole = json.len() - r#","book":{"items":["#.len();
        assert!((0..whole).all(|end| root(&json[..end]).is_none()));
        assert_eq!(root(br#"{"root":"/book","version":"0.5.4"}"#), None);
    }

    #[test]
    fn a_book_is_read_once_where_mdbook_was_told_what_book_toml_says() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        write("book.toml", "[book]\ntitle = \"Book\"\n\n[output.bilingual-site]\n");
        write("src/SUMMARY.md", "- [甲](a.md)\n");
        write("src/a.md", "# 甲\n\n正文。\n");
        let json = format!(r#"{{"version":"0.5.4","root":{},"#, json!(folder.path()));
        let ahead = || Ahead::of(json.as_bytes()).unwrap();
        let host = |title: &str, tables: Value| {
            let mut config = json!({"book": {"title": title, "src": "src"}, "output": {"bilingual-site": {}}});
            config.as_object_mut().unwrap().extend(tables.as_object().unwrap().clone());
            Host::for_renderer(folder.path(), &config, NAME)
        };
        let same = host("Book", json!({}));
        let read = ahead().read(&same).expect("the same book");
        let alone = ReadBook::of(same).unwrap();
        assert_eq!(read.host, alone.host);
        assert_eq!((read.book, read.edits), (alone.book, alone.edits));
        assert!(ahead().read(&host("Another", json!({}))).is_none());
        let table = json!({"preprocessor": {"bilingual": {"languages": ["zh-CN", "en"]}}});
        assert!(ahead().read(&host("Book", table)).is_none());
        std::fs::remove_file(folder.path().join("src/SUMMARY.md")).unwrap();
        assert!(ahead().read(&host("Book", json!({}))).is_none());
    }
}
