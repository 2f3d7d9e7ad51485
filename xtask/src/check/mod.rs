//! `cargo xtask test`: everything that has to pass, one [`Step`] after the other.
//!
//! ## Adding a step
//! A variant of [`Step`], its command in [`Step::command`], its place in [`Step::ALL`]: what is quick and fails often
//! comes first.
//! A step is a command that can be typed, because a failing run ends with the command that repeats it.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use bilingual_test_support::chromium;

use crate::book::{self, Shown};
use crate::mdbook;
use crate::workspace::{self, cargo, typed};

mod step;
mod summary;

use step::Step;
use summary::{Counts, Outcome, Summary};

/// The checks of [`Step::Readers`] that read the built files, and need no browser.
const WITHOUT_BROWSER: &str = "built::";

/// Runs every step up to the first that fails.
pub(crate) fn run() -> ExitCode {
    let mut outcomes = Vec::new();
    for step in Step::ALL {
        println!("\n== {} ==", step.name());
        // A step that cannot even start has failed too, and its reason is to be seen above the summary.
        let outcome = run_step(step).unwrap_or_else(|error| {
            println!("error: {error:#}");
            Outcome::new(step)
        });
        let passed = outcome.passed;
        outcomes.push(outcome);
        if !passed {
            break;
        }
    }
    println!("\n{}", Summary(&outcomes));
    let passed = outcomes.iter().all(|outcome| outcome.passed);
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_step(step: Step) -> Result<Outcome> {
    if let Some((subcommand, component)) = step.component()
        && !cargo([subcommand, "--version"]).output().is_ok_and(|output| output.status.success())
    {
        bail!("this toolchain has no {component}: run `rustup component add {component}`");
    }
    let mut outcome = Outcome::new(step);
    match step {
        Step::Formatting | Step::Lints | Step::BareLints | Step::Docs | Step::Packages => {
            outcome.passed = workspace::run(&mut step.command())?.success();
        }
        Step::Truth | Step::GuideTruth => outcome.passed = run_briefly(step.command())?,
        Step::Tests => {
            // One of them builds a book with what a release holds, and mdBook beside it.
            mdbook::find()?;
            run_tests(step.command(), &mut outcome)?;
        }
        Step::Examples => run_tests(step.command(), &mut outcome)?,
        Step::Book => outcome.passed = book::build(Shown::Notes, &[])?.success(),
        Step::Guide => outcome.passed = book::build(Shown::Guide, &[])?.success(),
        Step::Readers => match chromium::find()? {
            Some(path) => {
                println!("Chromium: {}", path.display());
                run_tests(step.command(), &mut outcome)?;
            }
            None => {
                outcome.skipped = reader_checks()?;
                let mut rest = step.command();
                rest.args(["--", WITHOUT_BROWSER]);
                run_tests(rest, &mut outcome)?;
                for check in &outcome.skipped {
                    println!("skipped: {check}");
                }
            }
        },
    }
    Ok(outcome)
}

/// Runs tests, shows what they say, and adds it up.
fn run_tests(mut command: Command, outcome: &mut Outcome) -> Result<()> {
    println!("$ {}", typed(&command));
    let mut child = command.stdout(Stdio::piped()).spawn().context("could not run cargo")?;
    let stdout = child.stdout.take().context("stdout was asked for")?;
    let mut counts = Counts::default();
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        counts.add(&line);
    }
    outcome.passed = child.wait()?.success();
    outcome.tests = Some(counts);
    Ok(())
}

/// Runs a command that says much even when all is well: then, only its last line is shown.
fn run_briefly(mut command: Command) -> Result<bool> {
    println!("$ {}", typed(&command));
    let output = command.stderr(Stdio::inherit()).output().context("could not run cargo")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let passed = output.status.success();
    println!("{}", if passed { said.lines().next_back().unwrap_or_default() } else { said.trim_end() });
    Ok(passed)
}

/// The names of the checks that need a Chromium.
fn reader_checks() -> Result<Vec<String>> {
    let mut list = Step::Readers.command();
    list.args(["--quiet", "--", "--list", "--format", "terse", "--skip", WITHOUT_BROWSER]);
    let output = list.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("{} failed", typed(&list));
    }
    let said = String::from_utf8(output.stdout)?;
    Ok(said.lines().filter_map(|line| line.strip_suffix(": test")).map(str::to_owned).collect())
}
