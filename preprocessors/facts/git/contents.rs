//! Reads contents out of a repository, all through two processes: one for sizes, one for the few texts that matter.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Result, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::rc::Rc;

use super::program::git;
use crate::facts::text::Text;

/// A process that answers questions, one after the other.
struct Process {
    child: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
}

/// A process that is started when it is first asked, and not asked again once it ended.
enum Asked {
    Never,
    Runs(Process),
    Ended,
}

/// The contents of a repository.
pub(super) struct Contents {
    repository: PathBuf,
    /// It tells contents.
    reader: Asked,
    /// It tells names and sizes, which costs much less.
    sizer: Asked,
    read: HashMap<String, Option<Rc<Text>>>,
}

/// What `git cat-file` says of an object before its contents.
struct Object {
    name: String,
    is_blob: bool,
    size: usize,
}

impl Contents {
    pub(super) fn new(repository: &Path) -> Self {
        Self { repository: repository.to_owned(), reader: Asked::Never, sizer: Asked::Never, read: HashMap::new() }
    }

    /// The text with this name of its object; `None` when it is not there, is no UTF-8, or has to be fetched from
    /// another machine.
    pub(super) fn text(&mut self, name: &str) -> Option<Rc<Text>> {
        if let Some(known) = self.read.get(name) {
            return known.clone();
        }
        let bytes = self.reader.ask(&self.repository, "--batch", name, |process, object| {
            let mut bytes = vec![0; object.size];
            process.says.read_exact(&mut bytes)?;
            process.says.read_exact(&mut [0])?;
            Ok(object.is_blob.then_some(bytes))
        });
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map(|text| Rc::new(Text::new(text)));
        self.read.insert(name.to_owned(), text.clone());
        text
    }

    /// Takes a text for the contents with this name, where it is: then nobody has to read them.
    pub(super) fn is(&mut self, name: &str, text: &Rc<Text>) -> bool {
        let is_it = text.is_object(name);
        if is_it {
            self.read.entry(name.to_owned()).or_insert_with(|| Some(Rc::clone(text)));
        }
        is_it
    }

    /// How many bytes are in the object with this name; `None` when it is not there.
    pub(super) fn size(&mut self, name: &str) -> Option<usize> {
        self.sizer.ask(&self.repository, "--batch-check", name, |_, object| Ok(Some(object.size)))
    }

    /// The name of the object at a path of the newest commit; `None` when there is none.
    pub(super) fn newest(&mut self, path: &str) -> Option<String> {
        // One line is one question.
        let question = Some(format!("HEAD:{path}")).filter(|question| !question.contains('\n'))?;
        self.sizer.ask(&self.repository, "--batch-check", &question, |_, object| Ok(Some(object.name)))
    }
}

impl Asked {
    fn ask<T>(
        &mut self,
        repository: &Path,
        how: &str,
        question: &str,
        answer: impl FnOnce(&mut Process, Object) -> Result<Option<T>>,
    ) -> Option<T> {
        if matches!(self, Self::Never) {
            *self = start(repository, how).map_or(Self::Ended, Self::Runs);
        }
        let Self::Runs(process) = self else { return None };
        let said = process.object(question).and_then(|object| match object {
            Some(object) => answer(process, object),
            None => Ok(None),
        });
        if said.is_err() {
            *self = Self::Ended;
        }
        said.ok().flatten()
    }
}

fn start(repository: &Path, how: &str) -> Option<Process> {
    let mut command = git(repository, &["cat-file", how]);
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (asks, says) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
    Some(Process { child, asks, says })
}

impl Process {
    /// `NAME blob SIZE`, or `NAME missing` for what is not there.
    fn object(&mut self, question: &str) -> Result<Option<Object>> {
        self.asks.write_all(format!("{question}\n").as_bytes())?;
        self.asks.flush()?;
        let mut line = Vec::new();
        if self.says.read_until(b'\n', &mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let line = String::from_utf8_lossy(&line);
        let fields: Vec<&str> = line.trim_end().split(' ').collect();
        Ok(match fields.as_slice() {
            [name, kind @ ("blob" | "tree" | "commit" | "tag"), size] => {
                let object = |size| Object { name: (*name).to_owned(), is_blob: *kind == "blob", size };
                size.parse().ok().map(object)
            }
            _ => None,
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Nobody waits for a process that has nothing more to say.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
