//! A git that answers questions, one after the other, until nobody asks any more.
//!
//! One that does not answer is ended. It may read what has no end, such as a pipe in the place of an object; that is
//! looked for before git is started, but it may be where nobody looks.

use std::io::{BufReader, Read, Result, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// How long an answer may take to begin, or to go on.
const PATIENCE: Duration = Duration::from_secs(60);

/// The process.
pub(in crate::facts::git) struct Dialogue {
    child: Arc<Mutex<Child>>,
    asks: ChildStdin,
    /// What it answers.
    pub(in crate::facts::git) says: BufReader<Watched>,
}

/// What is told to whoever looks after the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waits {
    Begin,
    End,
}

/// What a process says, while somebody looks whether it does.
pub(in crate::facts::git) struct Watched {
    stdout: ChildStdout,
    watch: Sender<Waits>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        // Without a watch, it is waited for.
        let _ = self.watch.send(Waits::Begin);
        let read = self.stdout.read(buffer);
        let _ = self.watch.send(Waits::End);
        read
    }
}

impl Dialogue {
    /// Starts a command; `None` when it cannot be started.
    pub(in crate::facts::git) fn start(command: Option<Command>) -> Option<Self> {
        Self::start_for(command, PATIENCE)
    }

    fn start_for(command: Option<Command>, patience: Duration) -> Option<Self> {
        let mut child = command?.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let (asks, stdout) = (child.stdin.take()?, child.stdout.take()?);
        let child = Arc::new(Mutex::new(child));
        let (watch, waits) = channel();
        let watched = Arc::clone(&child);
        let watching = thread::Builder::new().spawn(move || end_where_silent(&watched, &waits, patience));
        let dialogue = Self { child, asks, says: BufReader::new(Watched { stdout, watch }) };
        watching.ok().map(|_| dialogue)
    }

    /// Asks, without waiting for the answer.
    ///
    /// # Errors
    /// When the process has ended.
    pub(in crate::facts::git) fn ask(&mut self, questions: &str) -> Result<()> {
        let watch = self.says.get_ref().watch.clone();
        let _ = watch.send(Waits::Begin);
        let asked = self.asks.write_all(questions.as_bytes()).and_then(|()| self.asks.flush());
        let _ = watch.send(Waits::End);
        asked
    }
}

/// Ends a process for which somebody has waited too long. Then there is nothing more to read from it.
fn end_where_silent(child: &Mutex<Child>, waits: &Receiver<Waits>, patience: Duration) {
    while let Ok(Waits::Begin) = waits.recv() {
        if waits.recv_timeout(patience).is_err() {
            let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
            return;
        }
    }
}

impl Drop for Dialogue {
    fn drop(&mut self) {
        // Nobody waits for a process that has nothing more to say.
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::BufRead;

    use super::*;

    #[test]
    fn one_that_does_not_answer_is_ended() {
        // It answers once, and then reads what nobody writes.
        let mut command = Command::new("sh");
        command.args(["-c", "read a; echo \"$a\"; exec sleep 600"]).stdout(Stdio::piped());
        let mut dialogue = Dialogue::start_for(Some(command), Duration::from_millis(200)).unwrap();
        dialogue.ask("one\n").unwrap();
        let mut line = String::new();
        dialogue.says.read_line(&mut line).unwrap();
        assert_eq!(line, "one\n");
        // As long as nobody waits for it, it may take its time.
        thread::sleep(Duration::from_millis(400));
        dialogue.ask("two\n").unwrap();
        assert_eq!(dialogue.says.read_line(&mut line).unwrap(), 0);
        // More than a pipe holds, to one that takes nothing.
        let mut command = Command::new("sleep");
        command.arg("600").stdout(Stdio::piped());
        let mut dialogue = Dialogue::start_for(Some(command), Duration::from_millis(200)).unwrap();
        assert!(dialogue.ask(&"x".repeat(1 << 20)).is_err());
    }
}
