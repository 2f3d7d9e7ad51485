//! A git repository with a history that was made up.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// The first commit: 2024-01-01 in UTC, in seconds. One follows every hour.
const FIRST: usize = 1_704_067_200;

/// A file as a commit leaves it.
pub(super) struct Revision {
    /// Its path in the repository.
    pub(super) path: String,
    /// All of its text.
    pub(super) content: String,
}

/// Makes `folder` a repository with this history, in which the last revision of each file is what the folder holds.
///
/// # Errors
/// When git cannot be run, or fails.
pub(super) fn make(folder: &Path, history: &[Revision]) -> Result<()> {
    let mut stream = Stream::default();
    for Revision { path, content } in history {
        stream.commit(&[], &[Change::Write { path: path.clone(), content: content.clone() }]);
    }
    stream.import(folder)?;
    // The files are there already; this tells the index so.
    git(folder, &["reset", "--quiet"], &[])
}

/// What a commit does to a file.
pub(super) enum Change {
    /// Writes all of it.
    Write {
        /// Its path in the repository.
        path: String,
        /// All of its text.
        content: String,
    },
    /// Gives it another name.
    Rename {
        /// Its path until now.
        from: String,
        /// Its path from now on.
        to: String,
    },
}

/// The input of `git fast-import`.
#[derive(Default)]
pub(super) struct Stream {
    text: String,
    commits: usize,
}

impl Stream {
    /// How many commits there are. The first one has the number 1.
    pub(super) fn commits(&self) -> usize {
        self.commits
    }

    /// Adds a commit on top of these, or else of the one before it, and returns its number.
    pub(super) fn commit(&mut self, parents: &[usize], changes: &[Change]) -> usize {
        let who = format!("Bench <bench@example.org> {} +0800", FIRST + self.commits * 3_600);
        self.commits += 1;
        self.text +=
            &format!("commit refs/heads/main\nmark :{}\nauthor {who}\ncommitter {who}\ndata 4\nNote\n", self.commits);
        for (at, parent) in parents.iter().enumerate() {
            self.text += &format!("{} :{parent}\n", if at == 0 { "from" } else { "merge" });
        }
        for change in changes {
            self.text += &match change {
                Change::Write { path, content } => {
                    format!("M 100644 inline {path}\ndata {}\n{content}\n", content.len())
                }
                Change::Rename { from, to } => format!("R {from} {to}\n"),
            };
        }
        self.commits
    }

    /// Makes `folder` a repository with this history, and leaves its files alone.
    ///
    /// # Errors
    /// When git cannot be run, or fails.
    pub(super) fn import(&self, folder: &Path) -> Result<()> {
        git(folder, &["init", "--quiet", "--initial-branch=main"], &[])?;
        git(folder, &["fast-import", "--quiet"], self.text.as_bytes())
    }
}

/// Makes the files of a repository those of its last commit.
///
/// # Errors
/// When git cannot be run, or fails.
pub(super) fn check_out(folder: &Path) -> Result<()> {
    git(folder, &["reset", "--quiet", "--hard"], &[])
}

/// Packs a repository as a clone has it: `git fast-import` keeps the oldest contents whole, and makes the newest ones
/// of all that came before.
///
/// # Errors
/// When git cannot be run, or fails.
pub(super) fn pack(folder: &Path) -> Result<()> {
    git(folder, &["repack", "-a", "-d", "-f", "--quiet"], &[])
}

/// A git that knows nothing of who runs it.
pub(super) fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    // Inside a git hook these name the project's own repository, and would make this write into it.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

fn git(folder: &Path, args: &[&str], input: &[u8]) -> Result<()> {
    let mut child = command(folder)
        .args(args)
        .stdin(Stdio::piped())
        .spawn()
        .context("could not run git; install it and put it on PATH")?;
    // Dropped at the end of the statement, which is the end of git's input.
    child.stdin.take().context("stdin was asked for")?.write_all(input)?;
    if !child.wait()?.success() {
        bail!("git {} failed in {}", args.join(" "), folder.display());
    }
    Ok(())
}
