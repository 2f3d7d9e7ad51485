//! `cargo xtask bench --history`: what the dates and the freshness of notes cost.
//!
//! What git knows of a tree of notes is in one `git log`, with renames found and merges shown for each parent.
//! The claim is that whoever waits for the suite, which runs it, reads it and compares texts, waits for these facts at
//! most [`LIMIT`] of what that command alone takes; that a history ten times as long costs ten times as much CPU time;
//! and that git is started as often for many notes as for a few.
//!
//! git goes through the history while the suite reads the notes, so time and CPU time differ: both are told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use bilingual_test_support::git;

use super::cpu;
use super::past::{self, Size};
use super::report::milliseconds;
use super::statistics::Spread;
use crate::workspace::root;

/// How long git facts may take, against the log that they need.
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

/// What one command used.
#[derive(Clone, Copy)]
struct Used {
    /// How long it took.
    time: Duration,
    /// The CPU time of it and of what it started.
    cpu: Duration,
}

/// What the commands of one round used.
#[derive(Clone)]
struct Round {
    /// The log that is needed.
    needed: Used,
    /// The log that one would look at.
    plain: Used,
    /// The suite without git.
    without: Used,
    /// The suite with git, and git.
    with: Used,
}

impl Round {
    /// How much longer it takes with git facts, in seconds.
    fn time(&self) -> f64 {
        self.with.time.as_secs_f64() - self.without.time.as_secs_f64()
    }

    /// How much more CPU time it uses with git facts, in seconds.
    fn cpu(&self) -> f64 {
        self.with.cpu.as_secs_f64() - self.without.cpu.as_secs_f64()
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
                milliseconds(round.needed.time),
                milliseconds(round.plain.time),
                milliseconds(round.with.time),
                milliseconds(round.without.time)
            );
            Ok(round)
        })
        .collect()
}

fn git(folder: &Path, args: &[&str]) -> Command {
    let mut command = git::command(folder);
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

/// Runs a command, and returns what it used.
fn used(command: &mut Command) -> Result<Used> {
    let (before, start) = (cpu::of_children()?, Instant::now());
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let status = status.with_context(|| format!("could not run {}", command.get_program().display()))?;
    let time = start.elapsed();
    ensure!(status.success(), "{} failed", command.get_program().display());
    Ok(Used { time, cpu: cpu::of_children()? - before })
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

/// The table for `guide/src/en/behind/speed.md`.
fn table(measured: &[(Size, Vec<Round>)]) -> String {
    let mut table = String::from(
        "| notes | commits | `git log` as it is needed | `git log --name-status` | dates and freshness | against the log that is needed | CPU time | against the log's |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for (size, rounds) in measured {
        let time = |of: fn(&Round) -> f64| milliseconds(Duration::from_secs_f64(median(rounds, of).max(0.0)));
        let spread = |ratio: Spread| format!("{:.2} ({:.2} to {:.2})", ratio.median, ratio.lower, ratio.upper);
        table += &format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} |\n",
            size.notes,
            size.commits,
            time(|round| round.needed.time.as_secs_f64()),
            time(|round| round.plain.time.as_secs_f64()),
            time(Round::time),
            spread(against_needed(rounds)),
            time(Round::cpu),
            spread(cpu_against_needed(rounds)),
        );
    }
    let rounds = measured.first().map_or(0, |(_, rounds)| rounds.len());
    table
        + &format!(
            "\nMedians of {rounds} rounds, with quartiles in brackets. CPU time is user and system, git's included. A note has 9 KB.\n"
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
                Spread::of(rounds.iter().map(|round| round.time() / round.plain.time.as_secs_f64())).median;
            let cpu = cpu_against_needed(rounds).median;
            let kept = ratio <= LIMIT;
            let line = format!(
                "{} commits: dates and freshness take {ratio:.2} of the time of the log that they need, and {plain:.2} of that of `git log --name-status`; the limit of {LIMIT} is {}. They use {cpu:.2} of its CPU time.",
                size.commits,
                word(kept)
            );
            (line, kept)
        })
        .collect();
    if let [(short, first), .., (long, last)] = measured {
        let growth = a_commit(*long, last, Round::cpu) / a_commit(*short, first, Round::cpu);
        let log = |round: &Round| round.needed.cpu.as_secs_f64();
        let git = a_commit(*long, last, log) / a_commit(*short, first, log);
        let is_kept = growth <= GROWTH;
        let line = format!(
            "A commit of {} costs {growth:.2} of the CPU time of one of {} (git alone: {git:.2}); the limit of {GROWTH} is {}.",
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

/// How long git facts take, against the log that they need.
fn against_needed(rounds: &[Round]) -> Spread {
    Spread::of(rounds.iter().map(|round| round.time() / round.needed.time.as_secs_f64()))
}

/// The same for CPU time.
fn cpu_against_needed(rounds: &[Round]) -> Spread {
    Spread::of(rounds.iter().map(|round| round.cpu() / round.needed.cpu.as_secs_f64()))
}

/// What something costs for each commit, in seconds.
fn a_commit(size: Size, rounds: &[Round], of: fn(&Round) -> f64) -> f64 {
    median(rounds, of) / size.commits as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Milliseconds, of CPU time; half of it was waited for.
    fn round(needed: u64, without: u64, with: u64) -> Round {
        let used = |cpu: u64| Used { time: Duration::from_millis(cpu / 2), cpu: Duration::from_millis(cpu) };
        Round { needed: used(needed), plain: used(needed), without: used(without), with: used(with) }
    }

    #[test]
    fn what_the_suite_costs_without_git_does_not_count() {
        let round = round(100, 50, 190);
        assert!((round.cpu() - 0.14).abs() < 1e-9 && (round.time() - 0.07).abs() < 1e-9);
    }

    #[test]
    fn limits_are_medians() {
        let sizes = |last| vec![(SIZES[0], vec![round(100, 50, 190); 3]), (SIZES[1], vec![round(1000, 50, last); 3])];
        let words = |last| verdict(&sizes(last)).into_iter().map(|(_, kept)| kept).collect::<Vec<_>>();
        assert_eq!(words(1450), [true, true, true]);
        // Ten times the commits, and sixteen times the time.
        assert_eq!(words(2290), [true, false, false]);
        assert!(
            table(&sizes(1450)).contains(
                "| 190 | 1000 | 50 ms | 50 ms | 70 ms | 1.40 (1.40 to 1.40) | 140 ms | 1.40 (1.40 to 1.40) |"
            )
        );
    }
}
