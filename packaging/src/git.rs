//! What git says of a checkout.

use std::env;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// What `git ARGS` prints in a folder.
///
/// # Errors
/// When there is no git, or it fails.
pub fn git(root: &Path, args: &[&str]) -> Result<String> {
    let output = Command::new("git").args(args).current_dir(root).output().context("could not run git")?;
    if !output.status.success() {
        bail!("`git {}` failed: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim_end());
    }
    String::from_utf8(output.stdout).with_context(|| format!("what `git {}` says is no UTF-8", args.join(" ")))
}

/// The files that git knows, by their paths from the root, with slashes.
///
/// # Errors
/// As [`git`].
pub fn files(root: &Path) -> Result<Vec<String>> {
    let listed = git(root, &["ls-files", "-z"])?;
    Ok(listed.split_terminator('\0').map(str::to_owned).collect())
}

/// The time that files of an archive have: `SOURCE_DATE_EPOCH`, or else that of the last commit, in seconds since 1970.
///
/// # Errors
/// When the variable is no number, or git says nothing.
pub fn time(root: &Path) -> Result<i64> {
    match env::var("SOURCE_DATE_EPOCH") {
        Ok(time) => time.parse().with_context(|| format!("SOURCE_DATE_EPOCH is no number of seconds: {time}")),
        Err(_) => {
            let time = git(root, &["log", "-1", "--format=%ct"])?;
            time.trim().parse().context("git says no time of the last commit; set SOURCE_DATE_EPOCH")
        }
    }
}
