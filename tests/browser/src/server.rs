//! The built book over HTTP, as a static host serves it.
//!
//! `file://` would not do: it has no `index.html` for a folder, no 404, and another storage rule for the theme.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
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
    /// A header that every answer has, with the end of its line; empty for none.
    header: String,
    line: Mutex<Line>,
    moves: Condvar,
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
        Self::start_with(folder, "")
    }

    /// The same, with a header such as `Content-Security-Policy: script-src 'self'` in every answer.
    ///
    /// # Errors
    /// When there is no port to listen on.
    pub fn start_with(folder: &Path, header: &str) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("listening on a loopback port")?;
        let address = listener.local_addr()?;
        let header = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
        let (line, moves) = (Mutex::default(), Condvar::new());
        let desk = Arc::new(Desk { folder: folder.to_owned(), header, line, moves });
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

    /// The address of a page, given its path inside the book.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }
}

fn answer(desk: &Desk, mut stream: &TcpStream) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The head is read to its end: a connection closed with unread bytes is reset, and the answer lost.
    for line in lines {
        if line?.is_empty() {
            break;
        }
    }
    let target = request.split(' ').nth(1).unwrap_or("/");
    desk.wait(target);
    let found = file_for(&desk.folder, target).and_then(|file| Some((fs::read(&file).ok()?, content_type(&file))));
    let (status, kind, body) = match found {
        Some((body, kind)) => ("200 OK", kind, body),
        None => ("404 Not Found", "text/plain; charset=utf-8", format!("{target}: not in the book\n").into_bytes()),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n",
        body.len(),
        desk.header
    )?;
    stream.write_all(&body)
}

/// The file behind a request, `index.html` for a folder; nothing outside `folder`.
fn file_for(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let inside = Path::new(path.trim_start_matches('/'));
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

    #[test]
    fn a_folder_is_its_index() -> Result<()> {
        let book = tempfile::tempdir()?;
        fs::create_dir(book.path().join("zh"))?;
        assert_eq!(file_for(book.path(), "/zh/"), Some(book.path().join("zh").join("index.html")));
        assert_eq!(file_for(book.path(), "/"), Some(book.path().join("index.html")));
        Ok(())
    }

    #[test]
    fn names_are_decoded_and_queries_dropped() {
        let book = Path::new("book");
        assert_eq!(file_for(book, "/%E7%AC%94%E8%AE%B0.html?highlight=x"), Some(book.join("笔记.html")));
    }

    #[test]
    fn nothing_outside_the_book_is_served() {
        let book = Path::new("book");
        assert_eq!(file_for(book, "/../Cargo.toml"), None);
        assert_eq!(file_for(book, "/%2e%2e/Cargo.toml"), None);
        assert_eq!(file_for(book, "//etc/passwd"), Some(book.join("etc/passwd")));
    }
}
