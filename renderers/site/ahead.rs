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
//! most likely what `book.toml` and the variables `MDBOOK_…` say, which it reads as well; `--dest-dir` says otherwise.
//!
//! Only where pages were kept under `mdbook serve`, so that an author most likely waits for the site: two things at once
//! take less time and more of the processors.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};

use anyhow::Result;
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::edit::Edit;
use mdbook_bilingual_core::host::Host;
use mdbook_renderer::book::Book;
use mdbook_renderer::config::Config;
use serde_json::Deserializer;

use crate::engine::kept;
use crate::{NAME, STACK};

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

/// A book that is being read. What reads it is waited for when this is dropped: it may have started git.
pub struct Ahead {
    /// The book that it reads, as it was before its files were read.
    expected: Receiver<Host>,
    /// Gives `None` where the book cannot be read.
    reading: Option<JoinHandle<Option<ReadBook>>>,
}

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
        let (sender, expected) = mpsc::channel();
        let read = move || {
            let host = expected_host(&root)?;
            sender.send(host.clone()).ok()?;
            ReadBook::of(host).ok()
        };
        let reading = thread::Builder::new().stack_size(STACK).spawn(read).ok()?;
        Some(Self { expected, reading: Some(reading) })
    }

    /// What was read; `None` where it is not the book of this host, or could not be read. Nobody asks twice.
    #[must_use]
    pub fn read(&mut self, host: &Host) -> Option<ReadBook> {
        let expected = self.expected.recv().ok()?;
        self.reading.take_if(|_| expected == *host)?.join().ok().flatten()
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        let _ = self.reading.take().map(JoinHandle::join);
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

/// The host of the book in a folder, if mdBook is told what it reads there.
fn expected_host(root: &Path) -> Option<Host> {
    let text = Host::book_toml_in(root);
    let mut config: Config = text.parse().ok()?;
    config.update_from_env().ok()?;
    Some(Host::for_renderer(root, &serde_json::to_value(&config).ok()?, NAME, Some(text)))
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

    /// What mdBook tells a renderer of a `book.toml`, with one table of it changed.
    fn told(root: &Path, text: &str, key: &str, value: &str) -> Host {
        let mut config: Config = text.parse().unwrap();
        config.set(key, value).unwrap();
        Host::for_renderer(root, &serde_json::to_value(&config).unwrap(), NAME, None)
    }

    #[test]
    fn a_book_is_read_once_where_mdbook_was_told_what_it_reads() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("src")).unwrap();
        write("src/SUMMARY.md", "- [甲](a.md)\n");
        write("src/a.md", "# 甲\n\n正文。\n");
        let json = format!(r#"{{"version":"0.5.4","root":{},"#, json!(folder.path()));
        let ahead = || Ahead::of(json.as_bytes()).unwrap();
        for language in ["", "language = \"zh-CN\"\n"] {
            let toml = format!("[book]\ntitle = \"Book\"\n{language}[output.bilingual-site]\n");
            write("book.toml", &toml);
            // What a server adds is none of the book's.
            let same = told(folder.path(), &toml, "output.html.live-reload-endpoint", "__livereload");
            let read = ahead().read(&same).expect("the same book");
            let alone = ReadBook::of(same).unwrap();
            assert_eq!(read.host, alone.host);
            assert_eq!((read.book, read.edits), (alone.book, alone.edits));
            for (key, value) in [("book.title", "Another"), ("book.src", "."), ("build.build-dir", "elsewhere")] {
                assert!(ahead().read(&told(folder.path(), &toml, key, value)).is_none(), "{key}");
            }
        }
        let toml = "[output.bilingual-site]\n";
        write("book.toml", toml);
        std::fs::remove_file(folder.path().join("src/SUMMARY.md")).unwrap();
        assert!(ahead().read(&told(folder.path(), toml, "book.src", "src")).is_none());
    }

    #[test]
    #[cfg(unix)]
    fn a_pipe_in_the_place_of_book_toml_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.path().join("book.toml")).status().unwrap();
        assert!(made.success());
        let mut ahead =
            Ahead::of(format!(r#"{{"version":"0.5.4","root":{},"#, json!(folder.path())).as_bytes()).unwrap();
        assert!(ahead.read(&told(folder.path(), "[book]\ntitle = \"Book\"\n", "book.src", "src")).is_none());
    }
}
