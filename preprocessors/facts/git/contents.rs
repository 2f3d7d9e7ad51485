//! Reads contents out of a repository, all through one process.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::rc::Rc;

use super::program::git;
use crate::facts::front_matter;

/// A text as it was at a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    whole: String,
    body: usize,
}

impl Text {
    /// A text as a file holds it.
    pub(crate) fn new(mut whole: String) -> Self {
        if whole.contains('\r') {
            whole = whole.replace("\r\n", "\n");
        }
        let bom = whole.len() - whole.trim_start_matches('\u{feff}').len();
        whole.drain(..bom);
        let body = front_matter::find(&whole).map_or(0, |block| block.end);
        Self { whole, body }
    }

    /// All of it, with plain ends of lines.
    pub(crate) fn whole(&self) -> &str {
        &self.whole
    }

    /// The line on which what counts as its text begins, from 1.
    pub(crate) fn first_line(&self) -> usize {
        self.whole[..self.body].matches('\n').count() + 1
    }

    /// What counts as its text: neither front matter nor white space at its end.
    pub(crate) fn body(&self) -> &str {
        self.whole[self.body..].trim_end()
    }
}

/// The process, once something was asked.
struct Process {
    child: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
}

/// The contents of a repository.
pub(super) struct Contents {
    repository: PathBuf,
    /// `None` when it cannot be asked any more.
    process: Option<Option<Process>>,
    read: HashMap<String, Option<Rc<Text>>>,
}

impl Contents {
    pub(super) fn new(repository: &Path) -> Self {
        Self { repository: repository.to_owned(), process: None, read: HashMap::new() }
    }

    /// The text with this name of its object, or `COMMIT:PATH`; `None` when it is not there, is no UTF-8, or has to be
    /// fetched from another machine.
    pub(super) fn text(&mut self, name: &str) -> Option<Rc<Text>> {
        if let Some(known) = self.read.get(name) {
            return known.clone();
        }
        let text =
            self.bytes(name).and_then(|bytes| String::from_utf8(bytes).ok()).map(|text| Rc::new(Text::new(text)));
        self.read.insert(name.to_owned(), text.clone());
        text
    }

    fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        // One line is one question.
        if name.contains('\n') {
            return None;
        }
        let repository = &self.repository;
        let process = self.process.get_or_insert_with(|| start(repository));
        let answer = ask(process.as_mut()?, name);
        if answer.is_err() {
            *process = None;
        }
        answer.ok().flatten()
    }
}

fn start(repository: &Path) -> Option<Process> {
    let mut command = git(repository, &["cat-file", "--batch"]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (asks, says) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
    Some(Process { child, asks, says })
}

/// `NAME blob SIZE`, the bytes and a line break; `NAME missing` for what is not there.
fn ask(process: &mut Process, name: &str) -> std::io::Result<Option<Vec<u8>>> {
    process.asks.write_all(format!("{name}\n").as_bytes())?;
    process.asks.flush()?;
    let mut line = Vec::new();
    if process.says.read_until(b'\n', &mut line)? == 0 {
        return Err(std::io::ErrorKind::UnexpectedEof.into());
    }
    let line = String::from_utf8_lossy(&line);
    let mut fields = line.trim_end().rsplitn(3, ' ');
    let (size, kind) = (fields.next().and_then(|size| size.parse::<usize>().ok()), fields.next());
    let (Some(size), Some(kind @ ("blob" | "tree" | "commit" | "tag"))) = (size, kind) else { return Ok(None) };
    let mut bytes = vec![0; size];
    process.says.read_exact(&mut bytes)?;
    process.says.read_exact(&mut [0])?;
    Ok((kind == "blob").then_some(bytes))
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends when there is nothing more to be asked; nobody waits for one that does not.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
