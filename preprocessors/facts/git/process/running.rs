//! A git that goes through a history while the notes are read.
//!
//! ```text
//! here   start ── read every note ──── what the log said ─→
//! git      └─ log ─ log ─ log ─┘       (waits in memory, as far as it fits)
//! ```
//!
//! Both take about as long, and a machine mostly has a second core: who builds a book waits for one of the two.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::{Failure, git};

/// How many bytes are taken at once.
const PIECE: usize = 64 << 10;

/// How many pieces wait; after that git waits.
const PIECES: usize = 256;

/// How long git may say nothing: a setting of a repository can make it read a pipe, which has no end.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much of what it complains of is kept.
const LARGEST_COMPLAINT: u64 = 64 << 10;

/// A git whose output is taken as it comes, and read later.
pub(in crate::facts::git) struct Running {
    child: Child,
    pieces: Option<Receiver<io::Result<Vec<u8>>>>,
    /// How long it is waited for.
    patience: Duration,
    /// The piece that is being read, and how far.
    piece: (Vec<u8>, usize),
    complaints: Option<JoinHandle<Vec<u8>>>,
}

impl Running {
    /// Starts a command.
    ///
    /// # Errors
    /// When there is no git, or when it cannot be started.
    pub(in crate::facts::git) fn start(repository: &Path, args: &[&str]) -> Result<Self, Failure> {
        let mut command = git(repository, args).ok_or(Failure::NoGit)?;
        let mut child = command.spawn().map_err(|error| Failure::start(&error))?;
        let stdout = child.stdout.take().expect("it was asked for");
        let mut stderr = child.stderr.take().expect("it was asked for");
        let (sender, pieces) = sync_channel(PIECES);
        // From here on it is ended where something fails.
        let mut running =
            Self { child, pieces: Some(pieces), patience: PATIENCE, piece: (Vec::new(), 0), complaints: None };
        let failed = |error: io::Error| Failure::Other(error.to_string());
        thread::Builder::new().spawn(move || take(stdout, &sender)).map_err(failed)?;
        // Both are taken at once: git stops when nobody takes what it says.
        let complaints = thread::Builder::new().spawn(move || {
            let mut text = Vec::new();
            let _ = stderr.by_ref().take(LARGEST_COMPLAINT).read_to_end(&mut text);
            let _ = io::copy(&mut stderr, &mut io::sink());
            text
        });
        running.complaints = Some(complaints.map_err(failed)?);
        Ok(running)
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// When it failed, with what it said.
    pub(in crate::facts::git) fn end(mut self) -> Result<(), Failure> {
        // What nobody read any more is not waited for.
        self.pieces = None;
        let status = self.child.wait().map_err(|error| Failure::Other(error.to_string()))?;
        let complaints = self.complaints.take().and_then(|complaints| complaints.join().ok()).unwrap_or_default();
        if status.success() { Ok(()) } else { Err(Failure::of(&complaints, status)) }
    }
}

impl Read for Running {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.1 == self.piece.0.len() {
            match self.pieces.as_ref().map(|pieces| pieces.recv_timeout(self.patience)) {
                Some(Ok(piece)) => self.piece = (piece?, 0),
                Some(Err(RecvTimeoutError::Timeout)) => {
                    let said = format!("git has said nothing for {} seconds", self.patience.as_secs());
                    return Err(io::Error::new(io::ErrorKind::TimedOut, said));
                }
                Some(Err(RecvTimeoutError::Disconnected)) | None => return Ok(0),
            }
        }
        let (piece, at) = &mut self.piece;
        let length = (&piece[*at..]).read(buffer)?;
        *at += length;
        Ok(length)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Where nobody asked what it has to say, it may still be at work.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Takes what git says until it ends, or until nobody wants it.
fn take(mut stdout: ChildStdout, sender: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let mut piece = Vec::with_capacity(PIECE);
        // It comes in small parts, and few pieces are quicker to hand over.
        let taken = stdout.by_ref().take(PIECE as u64).read_to_end(&mut piece);
        let is_last = !matches!(taken, Ok(PIECE));
        if sender.send(taken.map(|_| piece)).is_err() || is_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git_repository() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        assert!(git(folder.path(), &["init", "--quiet"]).unwrap().status().unwrap().success());
        folder
    }

    #[test]
    fn what_it_says_is_read_in_any_steps() {
        let folder = git_repository();
        let mut running = Running::start(folder.path(), &["help", "--all"]).unwrap();
        let (mut said, mut part) = (Vec::new(), [0; 100]);
        loop {
            let length = running.read(&mut part).unwrap();
            if length == 0 {
                break;
            }
            said.extend_from_slice(&part[..length]);
        }
        assert_eq!(running.end(), Ok(()));
        assert!(String::from_utf8(said).unwrap().contains("diff-tree"));
    }

    #[test]
    fn a_failure_says_why() {
        let folder = git_repository();
        let running = Running::start(folder.path(), &["log", "HEAD", "--"]).unwrap();
        assert_eq!(running.end(), Err(Failure::NoCommit));
    }

    #[cfg(unix)]
    #[test]
    fn one_that_says_nothing_is_not_waited_for() {
        let folder = git_repository();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let mut running = Running::start(folder.path(), &["hash-object", "--no-filters", "--", "pipe"]).unwrap();
        running.patience = Duration::from_millis(100);
        assert_eq!(running.read(&mut [0; 10]).unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[test]
    fn nobody_has_to_read_it() {
        let folder = git_repository();
        drop(Running::start(folder.path(), &["cat-file", "--batch"]).unwrap());
    }
}
