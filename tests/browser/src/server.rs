//! The built book over HTTP, as a static host serves it.
//!
//! `file://` would not do: it has no `index.html` for a folder, no 404, and another storage rule for the theme.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::mem;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result};
use percent_encoding::percent_decode_str;

/// Serves a folder on the loopback interface until the program ends.
pub struct Server {
    address: SocketAddr,
    desk: Arc<Desk>,
}

/// What is said of answers while they are asked for.
struct Desk {
    folder: PathBuf,
    /// Pages that are in no folder, by their paths.
    made: BTreeMap<String, String>,
    /// A header that every answer has, with the end of its line; empty for none.
    header: String,
    line: Mutex<Line>,
    moves: Condvar,
    asked: Mutex<Vec<String>>,
}

/// The answers that wait.
#[derive(Default)]
struct Line {
    /// Whoever asks for a path with this in it waits.
    part: Option<String>,
    waiting: usize,
    /// How often all that waited were let go.
    round: usize,
}

impl Desk {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn asked(&self) -> MutexGuard<'_, Vec<String>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is behind a request, and its type.
    fn content(&self, target: &str) -> Option<(Vec<u8>, &'static str)> {
        let path = path_of(target)?;
        if let Some(page) = self.made.get(&path) {
            return Some((page.clone().into_bytes(), content_type(Path::new(&path))));
        }
        let file = file_for(&self.folder, &path)?;
        Some((fs::read(&file).ok()?, content_type(&file)))
    }

    /// Waits as long as an answer has to.
    fn wait(&self, target: &str) {
        let mut line = self.line();
        if line.part.as_ref().is_some_and(|part| target.contains(part)) {
            line.waiting += 1;
            let round = line.round;
            drop(self.moves.wait_while(line, |line| line.round == round));
        }
    }
}

impl Server {
    /// Starts serving `folder` on a free port.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub fn start(folder: &Path) -> Result<Self> {
        Self::begin(folder, "", BTreeMap::new())
    }

    /// The same, with a header such as `Content-Security-Policy: script-src 'self'` in every answer.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub fn start_with(folder: &Path, header: &str) -> Result<Self> {
        Self::begin(folder, header, BTreeMap::new())
    }

    /// The same, with pages that are in no folder: their texts by their paths.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub fn start_with_pages(folder: &Path, made: BTreeMap<String, String>) -> Result<Self> {
        Self::begin(folder, "", made)
    }

    fn begin(folder: &Path, header: &str, made: BTreeMap<String, String>) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("listening on a loopback port")?;
        let address = listener.local_addr()?;
        let header = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
        let (line, moves, asked) = (Mutex::default(), Condvar::new(), Mutex::default());
        let desk = Arc::new(Desk { folder: folder.to_owned(), made, header, line, moves, asked });
        let answering = Arc::clone(&desk);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let desk = Arc::clone(&answering);
                // A thread each: Chromium opens connections ahead of need and leaves them silent.
                // A reader who leaves in the middle of a page is no failure.
                thread::spawn(move || answer(&desk, &stream).ok());
            }
        });
        Ok(Self { address, desk })
    }

    /// Lets whoever asks from now on for a path with `part` in it wait, or nobody any more. Who waits goes on waiting.
    pub fn hold(&self, part: Option<&str>) {
        self.desk.line().part = part.map(str::to_owned);
    }

    /// How many answers wait.
    pub fn held(&self) -> usize {
        self.desk.line().waiting
    }

    /// Gives the answers that wait.
    pub fn release(&self) {
        let mut line = self.desk.line();
        line.waiting = 0;
        line.round += 1;
        self.desk.moves.notify_all();
    }

    /// What was asked for since this was called last, in order: paths with what came behind them.
    pub fn asked(&self) -> Vec<String> {
        mem::take(&mut self.desk.asked())
    }

    /// The address of a page, given its path inside the book.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }
}

/// Answers what is asked over one connection, until its other end has no more questions.
fn answer(desk: &Desk, mut stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut lines = BufReader::new(stream).lines();
    while let Some(request) = lines.next().transpose()? {
        // The head is read to its end, where the next one begins.
        for line in lines.by_ref() {
            if line?.is_empty() {
                break;
            }
        }
        let target = request.split(' ').nth(1).unwrap_or("/");
        desk.asked().push(target.to_owned());
        desk.wait(target);
        let (status, kind, body) = match desk.content(target) {
            Some((body, kind)) => ("200 OK", kind, body),
            None => ("404 Not Found", "text/plain; charset=utf-8", format!("{target}: not in the book\n").into_bytes()),
        };
        let (length, header) = (body.len(), &desk.header);
        let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{header}\r\n");
        stream.write_all(&[head.into_bytes(), body].concat())?;
    }
    Ok(())
}

/// The path inside the book that a request is about.
///
/// A first folder whose name begins with `~` is left out: below each such name, a browser that has seen everything finds
/// it new.
fn path_of(target: &str) -> Option<String> {
    let path = target.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = path.trim_start_matches('/');
    let fresh = path.strip_prefix('~').and_then(|rest| rest.split_once('/'));
    Some(fresh.map_or(path, |(_, inside)| inside).to_owned())
}

/// The file at a path, `index.html` for a folder; nothing outside `folder`.
fn file_for(folder: &Path, path: &str) -> Option<PathBuf> {
    let inside = Path::new(path);
    if !inside.components().all(|component| matches!(component, Component::Normal(_))) {
        return None;
    }
    let file = folder.join(inside);
    Some(if file.is_dir() { file.join("index.html") } else { file })
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("woff") => "font/woff",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(folder: &Path, target: &str) -> Option<PathBuf> {
        file_for(folder, &path_of(target)?)
    }

    #[test]
    fn a_folder_is_its_index() -> Result<()> {
        let book = tempfile::tempdir()?;
        fs::create_dir(book.path().join("zh"))?;
        assert_eq!(found(book.path(), "/zh/"), Some(book.path().join("zh").join("index.html")));
        assert_eq!(found(book.path(), "/"), Some(book.path().join("index.html")));
        Ok(())
    }

    #[test]
    fn names_are_decoded_and_queries_dropped() {
        let book = Path::new("book");
        assert_eq!(found(book, "/%E7%AC%94%E8%AE%B0.html?highlight=x"), Some(book.join("笔记.html")));
        assert_eq!(found(book, "/~12/zh/a.html"), Some(book.join("zh/a.html")));
    }

    #[test]
    fn nothing_outside_the_book_is_served() {
        let book = Path::new("book");
        assert_eq!(found(book, "/../Cargo.toml"), None);
        assert_eq!(found(book, "/%2e%2e/Cargo.toml"), None);
        assert_eq!(found(book, "/~1/../Cargo.toml"), None);
        assert_eq!(found(book, "/~1//etc/passwd"), None);
        assert_eq!(found(book, "//etc/passwd"), Some(book.join("etc/passwd")));
    }
}
