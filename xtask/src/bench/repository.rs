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
    git(folder, &["init", "--quiet", "--initial-branch=main"], &[])?;
    git(folder, &["fast-import", "--quiet"], &stream(history))?;
    // The files are there already; this tells the index so.
    git(folder, &["reset", "--quiet"], &[])
}

/// The input of `git fast-import`.
fn stream(history: &[Revision]) -> Vec<u8> {
    let mut stream = String::new();
    for (hour, Revision { path, content }) in history.iter().enumerate() {
        let who = format!("Bench <bench@example.org> {} +0800", FIRST + hour * 3_600);
        stream += &format!("commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata 4\nNote\n");
        stream += &format!("M 100644 inline {path}\ndata {}\n{content}\n", content.len());
    }
    stream.into_bytes()
}

fn git(folder: &Path, args: &[&str], input: &[u8]) -> Result<()> {
    let mut command = Command::new("git");
    // Inside a git hook these name the project's own repository, and would make this write into it.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    let mut child = command
        .args(args)
        .current_dir(folder)
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
