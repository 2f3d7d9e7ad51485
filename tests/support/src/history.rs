//! Histories that are made up.
//!
//! A history is written as the input of `git fast-import`, which makes hundreds of commits in the time that `git commit`
//! takes for one.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::git;

/// The first commit, where nobody says when it was made: 2024-01-01 in UTC, in seconds. One follows every hour.
const FIRST: usize = 1_704_067_200;

/// A commit of a history, by the order in which they were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(usize);

/// What a commit does to a file.
#[derive(Debug, Clone)]
pub struct Change(Vec<u8>);

impl Change {
    /// Writes all of a file.
    #[must_use]
    pub fn write(path: &str, text: &str) -> Self {
        Self::entry("100644", path, text)
    }

    /// Writes a file, a program (`100755`) or a link (`120000`).
    #[must_use]
    pub fn entry(mode: &str, path: &str, text: &str) -> Self {
        Self(format!("M {mode} inline {}\ndata {}\n{text}\n", quoted(path), text.len()).into_bytes())
    }

    /// Names the commit of another repository that a folder holds.
    #[must_use]
    pub fn submodule(path: &str, commit: &str) -> Self {
        Self(format!("M 160000 {commit} {}\n", quoted(path)).into_bytes())
    }

    /// Gives a file another name.
    #[must_use]
    pub fn rename(from: &str, to: &str) -> Self {
        Self(format!("R {} {}\n", quoted(from), quoted(to)).into_bytes())
    }

    /// Takes a file away.
    #[must_use]
    pub fn delete(path: &str) -> Self {
        Self(format!("D {}\n", quoted(path)).into_bytes())
    }
}

/// A path as `git fast-import` reads it: with quotes, so that it may hold anything.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// A commit before it is in a history.
#[derive(Debug, Default)]
pub struct Commit {
    day: Option<String>,
    author: Option<String>,
    committer: Option<String>,
    message: Option<String>,
    parents: Option<Vec<Mark>>,
    changes: Vec<u8>,
}

/// A commit an hour after the one that was added before it, and on top of that.
#[must_use]
pub fn next() -> Commit {
    Commit::default()
}

impl Commit {
    /// With this message.
    #[must_use]
    pub fn says(mut self, message: &str) -> Self {
        self.message = Some(message.to_owned());
        self
    }

    /// On top of these instead: none makes another root, several make a merge.
    #[must_use]
    pub fn after(mut self, parents: &[Mark]) -> Self {
        self.parents = Some(parents.to_vec());
        self
    }

    /// With all of these changes.
    #[must_use]
    pub fn with(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        for change in changes {
            self.changes.extend(change.0);
        }
        self
    }

    /// With a file that is [written](Change::write).
    #[must_use]
    pub fn write(self, path: &str, text: &str) -> Self {
        self.with([Change::write(path, text)])
    }

    /// With another [entry](Change::entry).
    #[must_use]
    pub fn entry(self, mode: &str, path: &str, text: &str) -> Self {
        self.with([Change::entry(mode, path, text)])
    }

    /// With a [submodule](Change::submodule).
    #[must_use]
    pub fn submodule(self, path: &str, commit: &str) -> Self {
        self.with([Change::submodule(path, commit)])
    }

    /// With a file that is [renamed](Change::rename).
    #[must_use]
    pub fn rename(self, from: &str, to: &str) -> Self {
        self.with([Change::rename(from, to)])
    }

    /// With a file that is [deleted](Change::delete).
    #[must_use]
    pub fn delete(self, path: &str) -> Self {
        self.with([Change::delete(path)])
    }
}

#[cfg(feature = "books")]
mod calendar {
    use super::Commit;

    /// A commit of this day, at noon in UTC, on top of the one that was added before it.
    #[must_use]
    pub fn on(day: &str) -> Commit {
        Commit { day: Some(day.to_owned()), author: Some(moment(day, "12:00", "+0000")), ..Commit::default() }
    }

    impl Commit {
        /// At this time of its day, by a clock in this zone (`+0800`).
        ///
        /// # Panics
        /// When the commit has no day.
        #[must_use]
        pub fn at(mut self, time: &str, zone: &str) -> Self {
            let day = self.day.as_deref().expect("a commit that has a day");
            self.author = Some(moment(day, time, zone));
            self
        }

        /// Committed on another day than it was written.
        #[must_use]
        pub fn committed(mut self, day: &str) -> Self {
            self.committer = Some(moment(day, "12:00", "+0000"));
            self
        }
    }

    /// A moment as git stores it: seconds since 1970, and the zone of the clock that said it.
    fn moment(day: &str, time: &str, zone: &str) -> String {
        let clock: jiff::civil::DateTime = format!("{day}T{time}").parse().expect("a moment");
        let (sign, digits) = zone.split_at(1);
        let minutes: i64 =
            digits[..2].parse::<i64>().expect("hours") * 60 + digits[2..].parse::<i64>().expect("minutes");
        let ahead = if sign == "-" { -minutes } else { minutes } * 60;
        let utc = jiff::tz::Offset::UTC.to_timestamp(clock).expect("a moment").as_second();
        format!("{} {zone}", utc - ahead)
    }
}

#[cfg(feature = "books")]
pub use calendar::on;

/// A history, the oldest commit first.
#[derive(Debug, Default)]
pub struct History {
    stream: Vec<u8>,
    days: Vec<Option<String>>,
}

impl History {
    /// Adds a commit, which becomes the branch's last.
    pub fn add(&mut self, commit: Commit) -> Mark {
        let author = commit.author.unwrap_or_else(|| format!("{} +0000", FIRST + self.len() * 3_600));
        let committer = commit.committer.as_ref().unwrap_or(&author);
        let message = commit.message.as_deref().unwrap_or("Note");
        let parents = commit.parents.unwrap_or_else(|| self.last().into_iter().collect());
        let mut head = String::new();
        if parents.is_empty() {
            head.push_str("reset refs/heads/main\n\n");
        }
        let _ = write!(
            head,
            "commit refs/heads/main\nmark :{}\nauthor Author <author@example.org> {author}\ncommitter Committer <committer@example.org> {committer}\ndata {}\n{message}\n",
            self.len() + 1,
            message.len(),
        );
        for (at, parent) in parents.iter().enumerate() {
            let _ = writeln!(head, "{} :{}", if at == 0 { "from" } else { "merge" }, parent.0);
        }
        self.stream.extend(head.into_bytes());
        self.stream.extend(commit.changes);
        self.stream.push(b'\n');
        self.days.push(commit.day);
        Mark(self.len())
    }

    /// How many commits there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.days.len()
    }

    /// Whether there is none yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days.is_empty()
    }

    /// The last commit.
    #[must_use]
    pub fn last(&self) -> Option<Mark> {
        (!self.is_empty()).then(|| Mark(self.len()))
    }

    /// Makes a folder a repository with this history, by `git init` with these arguments, and leaves its files alone.
    ///
    /// # Errors
    /// When git cannot be run, or fails.
    pub fn import(&self, folder: &Path, init: &[&str]) -> Result<Imported> {
        let mut git = git::command(folder);
        git.args(["init", "--quiet", "--initial-branch=main"]).args(init);
        git::run(git, b"")?;
        if self.is_empty() {
            return Ok(Imported { ids: Vec::new(), days: Vec::new() });
        }
        // Its own folder, which a bundle or a clone does not take along.
        let marks = folder.join(".git").join("made-up-marks");
        let mut git = git::command(folder);
        git.args(["fast-import", "--quiet", "--export-marks=.git/made-up-marks"]);
        git::run(git, &self.stream)?;
        let said = fs::read_to_string(&marks).with_context(|| format!("reading {}", marks.display()))?;
        fs::remove_file(&marks)?;
        let mut ids = vec![String::new(); self.len()];
        for line in said.lines() {
            let (mark, id) = line.strip_prefix(':').and_then(|line| line.split_once(' ')).context("a mark of git's")?;
            id.clone_into(&mut ids[mark.parse::<usize>()? - 1]);
        }
        Ok(Imported { ids, days: self.days.clone() })
    }
}

/// What git made of a history.
#[derive(Debug, Clone)]
pub struct Imported {
    ids: Vec<String>,
    days: Vec<Option<String>>,
}

impl Imported {
    /// The full name of a commit.
    #[must_use]
    pub fn id(&self, mark: Mark) -> &str {
        &self.ids[mark.0 - 1]
    }

    /// The day of a commit, as its author wrote it.
    ///
    /// # Panics
    /// When the commit was given none.
    #[must_use]
    pub fn day(&self, mark: Mark) -> &str {
        self.days[mark.0 - 1].as_deref().expect("a commit that has a day")
    }
}
