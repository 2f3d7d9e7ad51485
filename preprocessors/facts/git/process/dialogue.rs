//! A git that answers questions, one after the other, until nobody asks any more.
//!
//! One that does not answer is ended. It may read what has no end, such as a pipe in the place of an object; that is
//! looked for before git is started, but it may be where nobody looks.

use std::io::{BufReader, Read, Result, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long an answer may take to begin, or to go on.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much of an answer is read at once: most notes fit.
const ANSWER: usize = 64 << 10;

/// The process.
pub(in crate::facts::git) struct Dialogue {
    child: Arc<Mutex<Child>>,
    asks: ChildStdin,
    /// What it answers.
    pub(in crate::facts::git) says: BufReader<Watched>,
}

/// Since when somebody waits for the process. Whoever looks after it looks here now and then: to be told of each question
/// would wake it each time, which costs more than what is asked.
struct Waits {
    start: Instant,
    /// In milliseconds from the start, and one more; 0 when nobody waits.
    since: AtomicU64,
}

impl Waits {
    /// Does something that waits for the process.
    fn during<T>(&self, wait: impl FnOnce() -> T) -> T {
        self.since.store(self.now(), Ordering::Relaxed);
        let done = wait();
        self.since.store(0, Ordering::Relaxed);
        done
    }

    /// Whether somebody has waited as long as this.
    fn has_waited(&self, patience: Duration) -> bool {
        let since = self.since.load(Ordering::Relaxed);
        since > 0 && u128::from(self.now().saturating_sub(since)) >= patience.as_millis()
    }

    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }
}

/// What a process says, while somebody looks whether it does.
pub(in crate::facts::git) struct Watched {
    stdout: ChildStdout,
    waits: Arc<Waits>,
    /// When it goes, there is nothing to look after any more.
    _end: Sender<()>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        self.waits.during(|| self.stdout.read(buffer))
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
        let waits = Arc::new(Waits { start: Instant::now(), since: AtomicU64::new(0) });
        let (end, ends) = channel();
        let watching = {
            let (child, waits) = (Arc::clone(&child), Arc::clone(&waits));
            thread::Builder::new().spawn(move || end_where_silent(&child, &waits, &ends, patience))
        };
        let says = BufReader::with_capacity(ANSWER, Watched { stdout, waits, _end: end });
        let dialogue = Self { child, asks, says };
        watching.ok().map(|_| dialogue)
    }

    /// Asks, without waiting for the answer.
    ///
    /// # Errors
    /// When the process has ended.
    pub(in crate::facts::git) fn ask(&mut self, questions: &str) -> Result<()> {
        let waits = Arc::clone(&self.says.get_ref().waits);
        waits.during(|| self.asks.write_all(questions.as_bytes()).and_then(|()| self.asks.flush()))
    }
}

/// Ends a process for which somebody has waited too long. Then there is nothing more to read from it.
fn end_where_silent(child: &Mutex<Child>, waits: &Waits, ends: &Receiver<()>, patience: Duration) {
    while let Err(RecvTimeoutError::Timeout) = ends.recv_timeout(patience / 4) {
        if waits.has_waited(patience) {
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
