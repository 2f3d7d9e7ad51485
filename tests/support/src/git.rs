//! A git that knows nothing of whoever runs it.

use std::env;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// `git` in a folder, without the variables and the configuration of this machine, and with names of its own.
#[must_use]
pub fn command(folder: &Path) -> Command {
    let mut git = Command::new("git");
    forget_variables(&mut git);
    git.current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_AUTHOR_NAME", "Author")
        .env("GIT_AUTHOR_EMAIL", "author@example.org")
        .env("GIT_COMMITTER_NAME", "Committer")
        .env("GIT_COMMITTER_EMAIL", "committer@example.org");
    git
}

/// Takes git's variables from a command: inside a git hook they name the repository of the project.
pub fn forget_variables(command: &mut Command) {
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
}

/// Runs a git with this on its standard input, and returns what it prints, without the last line's end.
///
/// # Errors
/// When there is no git, and when it fails, with what it says.
pub fn run(mut git: Command, input: &[u8]) -> Result<String> {
    let mut child = git
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("could not run git; install it and put it on PATH")?;
    // Dropped at the end of the statement, which is the end of git's input.
    child.stdin.take().context("stdin was asked for")?.write_all(input)?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "{git:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Makes the files of a repository those of its last commit.
///
/// # Errors
/// When git cannot be run, or fails.
pub fn check_out(folder: &Path) -> Result<()> {
    quietly(folder, &["reset", "--quiet", "--hard"])
}

/// Tells the index of a repository that the files which lie there are those of its last commit.
///
/// # Errors
/// When git cannot be run, or fails.
pub fn index(folder: &Path) -> Result<()> {
    quietly(folder, &["reset", "--quiet"])
}

/// Packs a repository as a clone has it: `git fast-import` keeps the oldest contents whole, and makes the newest ones
/// of all that came before.
///
/// # Errors
/// When git cannot be run, or fails.
pub fn pack(folder: &Path) -> Result<()> {
    quietly(folder, &["repack", "-a", "-d", "-f", "--quiet"])
}

fn quietly(folder: &Path, args: &[&str]) -> Result<()> {
    let mut git = command(folder);
    git.args(args);
    run(git, b"").map(drop)
}
