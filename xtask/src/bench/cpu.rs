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

/// The most memory that any child of this process that has ended has had, with their own children, in bytes.
///
/// # Errors
/// When the system does not say.
#[cfg(unix)]
pub(super) fn peak_of_children() -> Result<u64> {
    use nix::sys::resource::{UsageWho, getrusage};

    let peak: u64 = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss().try_into()?;
    // macOS counts bytes, and all others kilobytes.
    Ok(if cfg!(target_os = "macos") { peak } else { peak * 1024 })
}

/// As below.
#[cfg(not(unix))]
pub(super) fn peak_of_children() -> Result<u64> {
    anyhow::bail!("memory is measured on Unix only: run this on Linux or macOS")
}

/// Windows counts per process and not per tree, so there is nothing to compare.
#[cfg(not(unix))]
pub(super) fn of_children() -> Result<Duration> {
    anyhow::bail!("CPU time is measured on Unix only: run this on Linux or macOS")
}
