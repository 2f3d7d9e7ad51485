//! What a command used: CPU time, time and memory.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::report::milliseconds;
use super::statistics::Spread;
use crate::workspace::typed;

/// What a command used.
#[derive(Clone, Copy)]
pub(super) struct Used {
    /// Of it and of all that it started.
    pub(super) cpu: Duration,
    pub(super) wall: Duration,
    /// The most memory of any of its processes, in bytes.
    pub(super) memory: u64,
}

impl Used {
    /// Runs a command and returns what it used, which is written to `log` meanwhile.
    ///
    /// # Errors
    /// When it fails, with what it said, or when this system cannot measure.
    pub(super) fn by(command: &Command, log: &Path) -> Result<Self> {
        fs::write(log, "")?;
        let mut measured = Command::new(std::env::current_exe()?);
        measured.arg("measured").arg(log).arg("--").arg(command.get_program()).args(command.get_args());
        measured.stdin(Stdio::null());
        if let Some(folder) = command.get_current_dir() {
            measured.current_dir(folder);
        }
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => measured.env(name, value),
                None => measured.env_remove(name),
            };
        }
        let begin = Instant::now();
        let output = measured.output().with_context(|| format!("could not run {}", typed(command)))?;
        let wall = begin.elapsed();
        if !output.status.success() {
            bail!("{} failed:\n{}", typed(command), String::from_utf8_lossy(&output.stderr));
        }
        let said = fs::read_to_string(log)?;
        let mut numbers = said.split_whitespace().map(str::parse::<u64>);
        let mut number = || numbers.next().context("nothing was measured")?.map_err(anyhow::Error::from);
        Ok(Self { cpu: Duration::from_micros(number()?), memory: number()?, wall })
    }

    pub(super) fn cpu_seconds(&self) -> f64 {
        self.cpu.as_secs_f64()
    }

    pub(super) fn seconds(&self) -> f64 {
        self.wall.as_secs_f64()
    }
}

/// The median of something that some runs used.
pub(super) fn median(all: &[Used], of: fn(&Used) -> f64) -> f64 {
    Spread::of(all.iter().map(of)).median
}

/// How many times as much the runs of one thing used as those of another.
pub(super) fn ratio(of: fn(&Used) -> f64, all: &[Used], others: &[Used]) -> f64 {
    median(all, of) / median(others, of)
}

/// The medians, as a table shows them.
pub(super) fn row(all: &[Used]) -> String {
    let time = |of| milliseconds(Duration::from_secs_f64(median(all, of)));
    let memory = median(all, |used| used.memory as f64) / f64::from(1 << 20);
    format!("{}, {}, {memory:.0} MB", time(Used::cpu_seconds), time(Used::seconds))
}
