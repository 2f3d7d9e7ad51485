//! Runs commands, and measures their CPU time.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use bilingual_test_support::git;

use super::construct::{Book, Command, pairs};
use crate::bench::cpu;

/// When nobody waits any longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much CPU time the runs of one measurement have to come to, and how many runs there are at most.
const ENOUGH: (f64, usize) = (0.15, 5);

/// How a measurement ended.
pub(super) enum Outcome {
    /// CPU time in seconds: the least of some runs, because whatever disturbs one makes it longer.
    Time(f64),
    /// A crash, or no end.
    Failure(String),
}

/// What runs commands on books.
pub(super) struct Runner {
    suite: PathBuf,
    folder: PathBuf,
    /// What each command takes for a book with nothing in it.
    fixed: BTreeMap<Command, f64>,
}

impl Runner {
    /// One that runs this program, in this folder.
    ///
    /// # Errors
    /// When this system cannot measure.
    pub(super) fn new(suite: &Path, folder: &Path) -> Result<Self> {
        cpu::of_children()?;
        Ok(Self { suite: suite.to_owned(), folder: folder.to_owned(), fixed: BTreeMap::new() })
    }

    /// What a command takes for a book with next to nothing in it.
    ///
    /// # Errors
    /// When that cannot be measured.
    pub(super) fn fixed(&mut self, command: Command) -> Result<f64> {
        if let Some(known) = self.fixed.get(&command) {
            return Ok(*known);
        }
        let book = match command {
            Command::Adopt | Command::AdoptDry => Book::loose([("a.md".to_owned(), "# A\n".to_owned())]),
            _ => Book::of(pairs(1)),
        };
        let time = match self.measure(&book, command)? {
            Outcome::Time(time) => time,
            Outcome::Failure(why) => anyhow::bail!("{} of a small book: {why}", command.name()),
        };
        self.fixed.insert(command, time);
        Ok(time)
    }

    /// Measures a command on a book.
    ///
    /// # Errors
    /// When the book cannot be written, or when nothing can be run.
    pub(super) fn measure(&mut self, book: &Book, command: Command) -> Result<Outcome> {
        self.write(book)?;
        let (mut least, mut all) = (f64::INFINITY, 0.0);
        for run in 0..ENOUGH.1 {
            if run > 0 && command.writes() {
                self.write(book)?;
            }
            match self.once(book, command)? {
                Outcome::Time(time) => (least, all) = (least.min(time), all + time),
                failure => return Ok(failure),
            }
            if run > 0 && all >= ENOUGH.0 {
                break;
            }
        }
        Ok(Outcome::Time(least))
    }

    fn write(&self, book: &Book) -> Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder).with_context(|| format!("emptying {}", self.folder.display()))?;
        }
        for (path, text) in &book.files {
            let path = self.folder.join(path);
            let folder = path.parent().context("a file lies in a folder")?;
            fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
            fs::write(&path, text).with_context(|| format!("writing {}", path.display()))?;
        }
        if let Some(history) = &book.history {
            history.import(&self.folder, &[])?;
            git::pack(&self.folder)?;
            git::check_out(&self.folder)?;
        }
        Ok(())
    }

    fn once(&self, book: &Book, command: Command) -> Result<Outcome> {
        let mut process = Process::new(&self.suite);
        process.args(command.args(book)).current_dir(&self.folder);
        process.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if command == Command::Preprocess {
            let path = self.folder.with_extension("json");
            fs::write(&path, book.json(&self.folder.to_string_lossy()))?;
            process.stdin(File::open(&path)?);
            fs::remove_file(&path)?;
        }
        let before = cpu::of_children()?;
        let mut child = process.spawn().with_context(|| format!("could not run {}", self.suite.display()))?;
        let Some(code) = wait(&mut child)? else {
            return Ok(Outcome::Failure(format!("no end after {} s", PATIENCE.as_secs())));
        };
        let time = (cpu::of_children()? - before).as_secs_f64();
        // 0, 1 and 2 are how the program ends; 101 is a panic, and a signal has no code.
        Ok(match code {
            Some(0..=2) => Outcome::Time(time),
            Some(code) => Outcome::Failure(format!("exit code {code}")),
            None => Outcome::Failure("ended by a signal".to_owned()),
        })
    }
}

/// The exit code of a process, which a signal has not; `None` when it had no end and was stopped.
fn wait(child: &mut Child) -> Result<Option<Option<i32>>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.code()));
        }
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
