//! A program that is run.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// What of the environment changes what the suite says.
const HEARD: [&str; 2] = ["MDBOOK_LOG", "NO_COLOR"];

/// The variable that names the program of the site; empty, it is not looked for.
pub const SITE: &str = "BILINGUAL_SITE";

/// What a program did.
#[derive(Debug)]
pub struct Run {
    /// Its exit code; none when a signal ended it.
    pub code: Option<i32>,
    /// What it wrote to standard output.
    pub stdout: Vec<u8>,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Run {
    /// What it wrote to standard output, as text.
    ///
    /// # Panics
    /// When that is no UTF-8.
    #[must_use]
    #[track_caller]
    pub fn out(&self) -> &str {
        std::str::from_utf8(&self.stdout).expect("UTF-8")
    }
}

/// A program, with nothing of the environment that it listens to.
#[must_use]
pub fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    for variable in HEARD {
        command.env_remove(variable);
    }
    // What is made for a new book must not depend on what else was built, or is installed.
    command.env(SITE, "");
    command
}

/// Runs a program with this on its standard input, and waits for its end.
///
/// # Panics
/// When it does not start, or says on standard error what is no UTF-8.
#[must_use]
#[track_caller]
pub fn run(mut command: Command, stdin: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that refuses its input early may close it; that is its answer, not a failure of the test.
    let mut input = child.stdin.take().expect("a pipe");
    let bytes = stdin.to_vec();
    let writer = thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    Run { code: output.status.code(), stdout: output.stdout, stderr: String::from_utf8(output.stderr).expect("UTF-8") }
}

/// Says that a test, or the rest of one, was skipped, and why.
pub fn skip(test: &str, why: &str) {
    // Not `println!`: what a passing test prints is not shown, and this has to be.
    let _ = writeln!(std::io::stderr(), "skipped: {test} ({why})");
}
