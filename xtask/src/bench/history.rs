//! `cargo xtask bench --history`: what the dates and the freshness of notes cost.
//!
//! What git knows of a tree of notes is in one `git log`, with renames found and merges shown for each parent.
//! The claim is that the suite, which runs it, reads it and compares texts, needs at most [`LIMIT`] of what that
//! command alone needs; that a history ten times as long costs ten times as much; and that git is started as often for
//! many notes as for a few.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::past::{self, Size};
use super::report::milliseconds;
use super::statistics::Spread;
use super::{cpu, repository};
use crate::workspace::root;

/// What git facts may cost, against the log that they need.
const LIMIT: f64 = 1.5;

/// What a commit of the longer history may cost, against one of the shorter.
const GROWTH: f64 = 1.5;

/// The log that git facts need.
const NEEDED: &[&str] = &["log", "-m", "--raw", "-M", "-z", "--no-abbrev", "--date-order", "--pretty=raw"];

/// The log that one would look at.
const PLAIN: &[&str] = &["log", "--name-status"];

/// The histories that are read.
const SIZES: [Size; 2] = [Size { notes: 190, commits: 1_000 }, Size { notes: 190, commits: 10_000 }];

/// The history that git is started for as often as for the first of [`SIZES`].
const SMALL: Size = Size { notes: 20, commits: 1_000 };

/// The CPU time of one round.
#[derive(Clone)]
struct Round {
    /// Of the log that is needed.
    needed: Duration,
    /// Of the log that one would look at.
    plain: Duration,
    /// Of the suite without git.
    without: Duration,
    /// Of the suite with git, and of git.
    with: Duration,
}

impl Round {
    /// What git facts cost, in seconds.
    fn facts(&self) -> f64 {
        self.with.as_secs_f64() - self.without.as_secs_f64()
    }
}

/// Measures, prints a table, and fails when a claim does not hold.
///
/// # Errors
/// When there is no git, when the suite fails, or when this system cannot measure.
pub(super) fn run(suite: &Path, rounds: u32, keep: bool) -> Result<ExitCode> {
    let mut measured = Vec::new();
    for size in SIZES {
        let folder = folder(size);
        past::write(&folder, size)?;
        measured.push((size, measure(&folder, suite, rounds)?));
    }
    let small = folder(SMALL);
    past::write(&small, SMALL)?;
    let starts = [starts(&small, suite)?, starts(&folder(SIZES[0]), suite)?];
    if !keep {
        for size in SIZES.into_iter().chain([SMALL]) {
            let folder = folder(size);
            fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
    }
    println!("\n{}", table(&measured));
    let mut kept = verdict(&measured);
    kept.push((
        format!(
            "git is started {} times for {} notes and {} times for {}.",
            starts[0], SMALL.notes, starts[1], SIZES[0].notes
        ),
        starts[1] <= starts[0],
    ));
    for (line, _) in &kept {
        println!("{line}");
    }
    let all = kept.iter().all(|(_, kept)| *kept);
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn folder(size: Size) -> PathBuf {
    root().join("target").join("bench").join(format!("history-{}-{}", size.notes, size.commits))
}

fn measure(folder: &Path, suite: &Path, rounds: u32) -> Result<Vec<Round>> {
    let round = || -> Result<Round> {
        Ok(Round {
            needed: used(&mut git(folder, NEEDED))?,
            plain: used(&mut git(folder, PLAIN))?,
            without: used(&mut list(folder, suite, false)?)?,
            with: used(&mut list(folder, suite, true)?)?,
        })
    };
    // The first round finds cold caches and is not counted.
    round()?;
    (1..=rounds)
        .map(|number| {
            let round = round()?;
            println!(
                "{} round {number}/{rounds}: git log {}, --name-status {}, suite {} with git, {} without",
                folder.file_name().unwrap_or_default().display(),
                milliseconds(round.needed),
                milliseconds(round.plain),
                milliseconds(round.with),
                milliseconds(round.without)
            );
            Ok(round)
        })
        .collect()
}

fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = repository::command(folder);
    command.arg("--no-pager").args(args);
    command
}

/// The suite reading the book, with git or without.
fn list(folder: &Path, suite: &Path, with_git: bool) -> Result<Command> {
    let toml = format!(
        "[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n\n[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\nhistory.git = {with_git}\n"
    );
    fs::write(folder.join("book.toml"), toml)?;
    let mut command = Command::new(suite);
    command.args(["list", ".", "--format", "json"]).current_dir(folder);
    Ok(command)
}

/// Runs a command, and returns the CPU time of it and of what it started.
fn used(command: &mut Command) -> Result<Duration> {
    let before = cpu::of_children()?;
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.with_context(|| format!("could not run {}", command.get_program().display()))?;
    ensure!(status.success(), "{} failed", command.get_program().display());
    Ok(cpu::of_children()? - before)
}

/// How often the suite starts git: a script that counts stands before git on the path.
#[cfg(unix)]
fn starts(folder: &Path, suite: &Path) -> Result<usize> {
    use std::env;
    use std::os::unix::fs::PermissionsExt;

    let path = env::var_os("PATH").context("there is no PATH")?;
    let real = env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file());
    let real = real.context("there is no git on PATH")?;
    let bin = folder.join(".git").join("bench");
    let log = bin.join("starts");
    fs::create_dir_all(&bin)?;
    fs::write(&log, "")?;
    let counts = bin.join("git");
    fs::write(
        &counts,
        format!("#!/bin/sh\nprintf '%s\\n' 'git' >> '{}'\nexec '{}' \"$@\"\n", log.display(), real.display()),
    )?;
    fs::set_permissions(&counts, fs::Permissions::from_mode(0o755))?;
    let path = env::join_paths([bin].into_iter().chain(env::split_paths(&path)))?;
    used(list(folder, suite, true)?.env("PATH", path))?;
    let starts = fs::read_to_string(&log)?.lines().count();
    ensure!(starts > 0, "the suite asked git nothing in {}", folder.display());
    Ok(starts)
}

/// A script cannot stand in for a program on Windows, where nothing is measured either.
#[cfg(not(unix))]
fn starts(_folder: &Path, _suite: &Path) -> Result<usize> {
    anyhow::bail!("git is counted on Unix only: run this on Linux or macOS")
}

/// The table for the README.
fn table(measured: &[(Size, Vec<Round>)]) -> String {
    let mut table = String::from(
        "| notes | commits | `git log` as it is needed | `git log --name-status` | dates and freshness | against the log that is needed | a commit |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for (size, rounds) in measured {
        let time = |of: fn(&Round) -> f64| milliseconds(Duration::from_secs_f64(median(rounds, of).max(0.0)));
        let ratio = against_needed(rounds);
        table += &format!(
            "| {} | {} | {} | {} | {} | {:.2} ({:.2} to {:.2}) | {:.0} µs |\n",
            size.notes,
            size.commits,
            time(|round| round.needed.as_secs_f64()),
            time(|round| round.plain.as_secs_f64()),
            time(Round::facts),
            ratio.median,
            ratio.lower,
            ratio.upper,
            a_commit(*size, rounds) * 1e6
        );
    }
    let rounds = measured.first().map_or(0, |(_, rounds)| rounds.len());
    table
        + &format!(
            "\nCPU time, user and system, git's included: medians of {rounds} rounds, with quartiles in brackets. A note has 9 KB.\n"
        )
}

/// A sentence for each claim, and whether it holds.
fn verdict(measured: &[(Size, Vec<Round>)]) -> Vec<(String, bool)> {
    let word = |kept: bool| if kept { "kept" } else { "BROKEN" };
    let mut kept: Vec<(String, bool)> = measured
        .iter()
        .map(|(size, rounds)| {
            let ratio = against_needed(rounds).median;
            let plain =
                Spread::of(rounds.iter().map(|round| round.facts() / round.plain.as_secs_f64())).median;
            let kept = ratio <= LIMIT;
            let line = format!(
                "{} commits: dates and freshness take {ratio:.2} of the log that they need, and {plain:.2} of `git log --name-status`; the limit of {LIMIT} is {}.",
                size.commits,
                word(kept)
            );
            (line, kept)
        })
        .collect();
    if let [(short, first), .., (long, last)] = measured {
        let growth = a_commit(*long, last) / a_commit(*short, first);
        let git = median(last, |round| round.needed.as_secs_f64())
            / long.commits as f64
            / (median(first, |round| round.needed.as_secs_f64()) / short.commits as f64);
        let is_kept = growth <= GROWTH;
        let line = format!(
            "A commit of {} costs {growth:.2} of one of {} (git alone: {git:.2}); the limit of {GROWTH} is {}.",
            long.commits,
            short.commits,
            word(is_kept)
        );
        kept.push((line, is_kept));
    }
    kept
}

fn median(rounds: &[Round], of: fn(&Round) -> f64) -> f64 {
    Spread::of(rounds.iter().map(of)).median
}

/// What git facts cost, against the log that they need.
fn against_needed(rounds: &[Round]) -> Spread {
    Spread::of(rounds.iter().map(|round| round.facts() / round.needed.as_secs_f64()))
}

/// What git facts cost for each commit, in seconds.
fn a_commit(size: Size, rounds: &[Round]) -> f64 {
    median(rounds, Round::facts) / size.commits as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(needed: u64, without: u64, with: u64) -> Round {
        let [needed, plain, without, with] = [needed, needed, without, with].map(Duration::from_millis);
        Round { needed, plain, without, with }
    }

    #[test]
    fn what_the_suite_costs_without_git_does_not_count() {
        assert!((round(100, 50, 190).facts() - 0.14).abs() < 1e-9);
    }

    #[test]
    fn limits_are_medians() {
        let sizes = |last| vec![(SIZES[0], vec![round(100, 50, 190); 3]), (SIZES[1], vec![round(1000, 50, last); 3])];
        let words = |last| verdict(&sizes(last)).into_iter().map(|(_, kept)| kept).collect::<Vec<_>>();
        assert_eq!(words(1450), [true, true, true]);
        // Ten times the commits, and sixteen times the time.
        assert_eq!(words(2290), [true, false, false]);
        assert!(
            table(&sizes(1450)).contains("| 190 | 1000 | 100 ms | 100 ms | 140 ms | 1.40 (1.40 to 1.40) | 140 µs |")
        );
    }
}
