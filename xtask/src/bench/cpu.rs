//! The CPU time of child processes.

use std::time::Duration;

use anyhow::Result;

/// What all children of this process that have ended have used, user and system, with their own children.
///
/// # Errors
/// When the system does not say.
#[cfg(unix)]
pub(super) fn of_children() -> Result<Duration> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let microseconds = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Ok(Duration::from_micros(microseconds.try_into()?))
}

/// Windows counts per process and not per tree, so there is nothing to compare.
#[cfg(not(unix))]
pub(super) fn of_children() -> Result<Duration> {
    anyhow::bail!("CPU time is measured on Unix only: run this on Linux or macOS")
}
