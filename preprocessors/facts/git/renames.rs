//! Asks git which files of a commit were renamed and changed.
//!
//! To find these, git compares contents, which costs more than all the rest of a log. Few commits can matter: those
//! that add a file that is followed, and delete another one.

use std::io::{BufRead, BufReader, Result, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use super::program::git;

/// What is no name of a commit comes back as it is, and so ends an answer.
const END: &str = "end\n";

/// A file that was renamed, and changed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rename {
    pub(super) from: String,
    pub(super) path: String,
    /// The names of its contents before and after.
    pub(super) old: String,
    pub(super) new: String,
}

/// The process, once it was asked.
struct Process {
    child: Child,
    asks: ChildStdin,
    says: BufReader<ChildStdout>,
}

/// Tells renames.
pub(super) struct Renames {
    repository: PathBuf,
    process: Option<Process>,
    /// Whether there were commits of which it could not tell any.
    pub(super) failed: bool,
}

impl Renames {
    pub(super) fn new(repository: &Path) -> Self {
        Self { repository: repository.to_owned(), process: None, failed: false }
    }

    /// The renames of a commit as compared to one of its parents.
    pub(super) fn of(&mut self, commit: &str, parent: &str) -> Vec<Rename> {
        // Contents that are not there will not be there for the next commit either, but its renames may need others.
        for _ in 0..2 {
            if self.process.is_none() {
                self.process = start(&self.repository);
            }
            let Some(process) = &mut self.process else { break };
            if let Ok(renames) = process.ask(commit, parent) {
                return renames;
            }
            self.process = None;
        }
        self.failed = true;
        Vec::new()
    }
}

fn start(repository: &Path) -> Option<Process> {
    let args = [
        "diff-tree",
        "--stdin",
        "-r",
        "-z",
        "--raw",
        "--no-abbrev",
        "--no-commit-id",
        "--diff-filter=R",
        // In a commit of more files than this, renames without changes are all that git looks for.
        "--find-renames=50%",
        "-l1000",
        "--no-ext-diff",
        "--no-textconv",
        "--no-relative",
        "-O/dev/null",
    ];
    let mut child = git(repository, &args).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (asks, says) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
    Some(Process { child, asks, says })
}

impl Process {
    fn ask(&mut self, commit: &str, parent: &str) -> Result<Vec<Rename>> {
        self.asks.write_all(format!("{commit} {parent}\n{END}").as_bytes())?;
        self.asks.flush()?;
        let mut renames = Vec::new();
        loop {
            match self.says.fill_buf()?.first() {
                Some(b':') => renames.extend(self.rename()?),
                Some(_) => {
                    self.says.read_until(b'\n', &mut Vec::new())?;
                    return Ok(renames);
                }
                None => return Err(std::io::ErrorKind::UnexpectedEof.into()),
            }
        }
    }

    /// `:100644 100644 OLD NEW R095`, and the two paths.
    fn rename(&mut self) -> Result<Option<Rename>> {
        let [meta, from, path] = [self.piece()?, self.piece()?, self.piece()?];
        let (Ok(meta), Ok(from), Ok(path)) =
            (String::from_utf8(meta), String::from_utf8(from), String::from_utf8(path))
        else {
            return Ok(None);
        };
        let mut fields = meta.split_ascii_whitespace().skip(2).map(str::to_owned);
        Ok(fields.next().zip(fields.next()).map(|(old, new)| Rename { from, path, old, new }))
    }

    fn piece(&mut self) -> Result<Vec<u8>> {
        let mut piece = Vec::new();
        self.says.read_until(0, &mut piece)?;
        piece.pop();
        Ok(piece)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
