//! What is shown to somebody who waits: on a terminal, and only when it takes longer than a second.
//!
//! ```text
//! ⠹ asking git (3s)
//! ```
//!
//! It is drawn on standard error and taken away again, so that a report begins on a line of its own. In a pipe, a file and
//! a workflow nothing is drawn.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use mdbook_bilingual_core::host::ReadingStep;

/// How long nothing is shown.
const QUIET: Duration = Duration::from_secs(1);

/// How often what is shown is drawn.
const PACE: Duration = Duration::from_millis(100);

/// What is being done.
static DOING: Mutex<&str> = Mutex::new("");

/// Does something for which somebody waits; `first` is what is done at first. Where standard error is no terminal, nothing
/// is shown.
pub fn during<T>(first: &'static str, work: impl FnOnce() -> T) -> T {
    let _patience = wait(first);
    work()
}

/// Somebody waits, until this is dropped.
struct Patience(Option<(Sender<()>, JoinHandle<()>)>);

fn wait(first: &'static str) -> Patience {
    say(first);
    if !io::stderr().is_terminal() {
        return Patience(None);
    }
    let (end, ended) = mpsc::channel();
    let began = Instant::now();
    Patience(Some((
        end,
        thread::spawn(move || {
            if ended.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            // The bar draws nothing on a terminal that cannot take a line away again.
            let shown = ProgressBar::new_spinner().with_elapsed(began.elapsed());
            shown.set_style(ProgressStyle::with_template("{spinner} {msg} ({elapsed})").expect("a template"));
            while ended.recv_timeout(PACE) == Err(RecvTimeoutError::Timeout) {
                shown.set_message(*DOING.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
                shown.tick();
            }
            shown.finish_and_clear();
        }),
    )))
}

impl Drop for Patience {
    fn drop(&mut self) {
        if let Some((end, shown)) = self.0.take() {
            drop(end);
            // It ends at once, and what is printed next must not stand behind it.
            let _ = shown.join();
        }
    }
}

/// Says what is being done.
fn say(doing: &'static str) {
    *DOING.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = doing;
}

/// Says which step of reading a book comes next.
pub fn step(step: ReadingStep) {
    say(match step {
        ReadingStep::Notes => "reading the notes",
        ReadingStep::History => "asking git",
        ReadingStep::Translations => "comparing translations with their sources",
        ReadingStep::Checks => "looking for what is odd",
    });
}
