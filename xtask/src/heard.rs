//! What is worth saying again of what `mdbook serve` prints: each build says all that there is to say about the book,
//! and whoever writes wants to hear what changed.
//!
//! ```text
//!  INFO Book building has started         INFO Book building has started
//! note[edition-missing]: a.md: …     →    put right: warning[link-dead]: c.md: …
//! warning[link-dead]: b.md: …             warning[link-dead]: b.md: …
//!  INFO Running the html backend          INFO Running the html backend
//! ```
//!
//! Only what a build before said in the same words is left out, and only notes and warnings; a build that fails says
//! what it fails for, and says it last.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// How long mdBook is silent when it has said all about a build that failed.
const SILENCE: Duration = Duration::from_millis(250);

/// What the line behind the few that are printed of a kind says.
const MORE: &str = " more like these";

/// What was said, and what of it was said before.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    /// What the last build said of the book.
    before: BTreeSet<String>,
    /// What this one has said so far.
    now: BTreeSet<String>,
    /// Errors of this one, which are printed last, and the line that says why it stopped.
    errors: Vec<String>,
    /// Whether this one is over, for better or worse.
    is_settled: bool,
    has_failed: bool,
}

impl Heard {
    /// The lines to print when this one comes.
    pub(crate) fn line(&mut self, line: &str) -> Vec<String> {
        if line.contains("Book building has started") {
            let mut out = self.settle();
            *self = Self { before: std::mem::take(&mut self.before), ..Self::default() };
            out.push(line.to_owned());
            return out;
        }
        match kind(line) {
            Some("error") => {
                self.errors.push(line.to_owned());
                return Vec::new();
            }
            Some(_) => {
                self.now.insert(line.to_owned());
                return if self.before.contains(line) { Vec::new() } else { vec![line.to_owned()] };
            }
            None if line.starts_with("error: mdbook-bilingual stopped") => {
                if line.contains("warnings above") {
                    let warnings = self.now.iter().filter(|line| kind(line) == Some("warning"));
                    self.errors.extend(warnings.filter(|line| self.before.contains(*line)).cloned());
                }
                self.errors.push(line.to_owned());
                return Vec::new();
            }
            None => {}
        }
        self.has_failed |= line.trim_start().starts_with("ERROR");
        let mut out = if line.contains("Running the ") { self.settle() } else { Vec::new() };
        out.push(line.to_owned());
        out
    }

    /// The lines to print when nothing has come for a while.
    pub(crate) fn silence(&mut self) -> Vec<String> {
        if self.has_failed { self.settle() } else { Vec::new() }
    }

    /// The lines to print when nothing more will come.
    pub(crate) fn end(&mut self) -> Vec<String> {
        self.settle()
    }

    fn settle(&mut self) -> Vec<String> {
        if std::mem::replace(&mut self.is_settled, true) {
            return std::mem::take(&mut self.errors);
        }
        // Of a kind that is too frequent to be printed whole, nobody knows what is gone.
        let is_cut = |line: &str| self.now.iter().any(|more| more.contains(MORE) && code(more) == code(line));
        let gone = self.before.difference(&self.now).filter(|line| !line.contains(MORE) && !is_cut(line));
        // A build that stopped early has not said everything.
        let is_whole = !self.has_failed || !self.errors.is_empty();
        let mut out: Vec<String> = gone.filter(|_| is_whole).map(|line| format!("put right: {line}")).collect();
        out.append(&mut self.errors);
        if is_whole {
            self.before.clone_from(&self.now);
        }
        out
    }
}

/// The severity of a line that the suite says of the book: `warning[link-dead]: …`.
fn kind(line: &str) -> Option<&str> {
    let (kind, rest) = line.split_once('[')?;
    let (code, _) = rest.split_once("]: ")?;
    let is_code = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    (matches!(kind, "error" | "warning" | "note") && is_code).then_some(kind)
}

/// What a line is about, and how much it matters.
fn code(line: &str) -> Option<&str> {
    line.split_once(']').map(|(code, _)| code)
}

/// Passes on what a program says on its standard error, as far as it is worth saying.
pub(crate) fn pass_on(stderr: impl Read + Send + 'static) {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stderr);
        let mut line = Vec::new();
        // Bytes that are no text are somebody's, too.
        while reader.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            let text = String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send(text).is_err() {
                return;
            }
            line.clear();
        }
    });
    let mut heard = Heard::default();
    let styled = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let say = |lines: Vec<String>| {
        let mut stderr = std::io::stderr().lock();
        for line in lines {
            let _ = writeln!(stderr, "{}", if styled { coloured(&line) } else { line });
        }
    };
    loop {
        match lines.recv_timeout(SILENCE) {
            Ok(line) => say(heard.line(&line)),
            Err(RecvTimeoutError::Timeout) => say(heard.silence()),
            Err(RecvTimeoutError::Disconnected) => return say(heard.end()),
        }
    }
}

/// A line of mdBook's in the colours that it has on a terminal; a pipe takes them off.
fn coloured(line: &str) -> String {
    for (level, colour) in [(" INFO", 32), (" WARN", 33), ("ERROR", 31)] {
        if let Some(rest) = line.strip_prefix(level).filter(|rest| rest.starts_with(' ')) {
            return format!("\x1b[{colour}m{level}\x1b[0m{rest}");
        }
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is printed of each build; a build ends with a silence.
    fn printed(builds: &[&str]) -> Vec<Vec<String>> {
        let mut heard = Heard::default();
        builds
            .iter()
            .map(|build| {
                let mut out: Vec<String> = build.lines().flat_map(|line| heard.line(line)).collect();
                out.extend(heard.silence());
                out
            })
            .collect()
    }

    const START: &str = " INFO Book building has started\n";
    const END: &str = " INFO Running the html backend\n INFO HTML book written to `target/book`\n";
    const NOTE: &str = "note[edition-missing]: book/zh/a.md: no English edition; add book/en/a.md\n";
    const DEAD: &str = "warning[link-dead]: book/zh/b.md:3: “c.md” leads nowhere\n";
    const BROKEN: &str = "error[url-forbidden]: book/zh/b.md:2: a script is no address\n";
    const STOPPED: &str = "error: mdbook-bilingual stopped because of the errors above\n";
    const FAILED: &str = "ERROR failed to build the book: The preprocessor exited unsuccessfully\n";

    fn lines(parts: &[&str]) -> Vec<String> {
        parts.concat().lines().map(str::to_owned).collect()
    }

    #[test]
    fn a_rebuild_says_what_changed() {
        let builds = [
            format!("{START}{NOTE}{DEAD}{END}"),
            format!(" INFO Files changed: [\"a\"]\n{START}{NOTE}{DEAD}{END}"),
            format!("{START}{NOTE}{END}"),
            format!("{START}{NOTE}{DEAD}{END}"),
        ];
        let out = printed(&builds.each_ref().map(String::as_str));
        assert_eq!(out[0], lines(&[START, NOTE, DEAD, END]));
        assert_eq!(out[1], lines(&[" INFO Files changed: [\"a\"]\n", START, END]));
        assert_eq!(out[2], lines(&[START, "put right: ", DEAD, END]));
        assert_eq!(out[3], lines(&[START, DEAD, END]));
    }

    #[test]
    fn an_error_stands_last_each_time() {
        let good = format!("{START}{NOTE}{END}");
        let bad = format!("{START}{NOTE}{BROKEN}{STOPPED}{FAILED}\tCaused by: it stopped\n");
        let out = printed(&[&good, &bad, &bad, &good]);
        let cause = "\tCaused by: it stopped\n";
        for again in [&out[1], &out[2]] {
            assert_eq!(*again, lines(&[START, FAILED, cause, BROKEN, STOPPED]));
        }
        assert_eq!(out[3], lines(&[START, END]));
    }

    #[test]
    fn warnings_that_a_book_denies_are_said_again() {
        let denied = "error: mdbook-bilingual stopped because of the warnings above, which this book denies\n";
        let bad = format!("{START}{NOTE}{DEAD}{denied}{FAILED}");
        let out = printed(&[&bad, &bad]);
        assert_eq!(out[0], lines(&[START, NOTE, DEAD, FAILED, denied]));
        assert_eq!(out[1], lines(&[START, FAILED, DEAD, denied]));
    }

    /// A build that never came to the notes puts none of them right.
    #[test]
    fn what_stops_before_it_looked_puts_nothing_right() {
        let good = format!("{START}{NOTE}{END}");
        let panicked = format!("{START}thread 'main' panicked at x.rs:1:1:\nnote: run with RUST_BACKTRACE=1\n{FAILED}");
        let out = printed(&[&good, &panicked, &good]);
        assert_eq!(out[1], lines(&[&panicked]));
        assert_eq!(out[2], lines(&[START, END]));
    }

    #[test]
    fn of_a_kind_that_is_counted_nothing_is_known_to_be_gone() {
        let more = "note[edition-missing]: and 5 more like these; MDBOOK_LOG=debug shows all\n";
        let fewer = "note[edition-missing]: and 4 more like these; MDBOOK_LOG=debug shows all\n";
        let builds = [format!("{START}{NOTE}{more}{END}"), format!("{START}{fewer}{END}"), format!("{START}{END}")];
        let out = printed(&builds.each_ref().map(String::as_str));
        assert_eq!(out[1], lines(&[START, fewer, END]));
        assert_eq!(out[2], lines(&[START, END]));
    }

    #[test]
    fn what_is_no_finding_is_passed_on_however_often() {
        let odd = " WARN The command wasn't found\nnote: something else\nwarning[Other]: x\narray[0]: y\n\n";
        let build = format!("{START}{odd}{END}");
        let out = printed(&[&build, &build]);
        assert_eq!(out[0], out[1]);
        assert_eq!(out[1], lines(&[START, odd, END]));
    }

    #[test]
    fn lines_of_mdbook_keep_their_colours() {
        assert_eq!(coloured(" INFO Serving"), "\x1b[32m INFO\x1b[0m Serving");
        assert_eq!(coloured("ERROR no"), "\x1b[31mERROR\x1b[0m no");
        assert_eq!(coloured("ERRORS"), "ERRORS");
        assert_eq!(coloured(NOTE), NOTE);
    }
}
