//! A git that answers questions, one after the other, until nobody asks any more.

use std::io::{BufReader, Result, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The process.
pub(super) struct Dialogue {
    child: Child,
    asks: ChildStdin,
    /// What it answers.
    pub(super) says: BufReader<ChildStdout>,
}

impl Dialogue {
    /// Starts a command; `None` when it cannot be started.
    pub(super) fn start(command: Option<Command>) -> Option<Self> {
        let mut child = command?.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let (asks, says) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        Some(Self { child, asks, says })
    }

    /// Asks, without waiting for the answer.
    ///
    /// # Errors
    /// When the process has ended.
    pub(super) fn ask(&mut self, questions: &str) -> Result<()> {
        self.asks.write_all(questions.as_bytes())?;
        self.asks.flush()
    }
}

impl Drop for Dialogue {
    fn drop(&mut self) {
        // Nobody waits for a process that has nothing more to say.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
