//! `cargo xtask bench`: what the suite adds to a build, in CPU time.
//!
//! Whoever has a preprocessor pays for starting it and for the book's way through JSON and back.
//! A preprocessor that does nothing else pays that too, so the suite's own cost is what it uses beyond that one, and
//! the claim is that this is at most [`LIMIT`] of what `mdbook build` uses without any preprocessor, and at most
//! [`LIMIT_WITH_GIT`] with what git knows of the notes, which has a measure of its own as well: [`history`].
//! A share of CPU time depends on the machine much less than seconds do.
//!
//! | module | holds |
//! |---|---|
//! | [`notes`] | somebody's notes, adopted, in place of made-up ones |
//! | [`corpus`] | the notes that are built: made up, the same every time |
//! | [`prose`] | their text |
//! | [`history`] | what reading that history costs, beside git itself |
//! | [`export`] | what exporting all notes costs, beside reading them |
//! | [`growth`] | how the time of each command grows with what it is given |
//! | [`past`] | a history as long as one likes |
//! | [`round`] | five builds, taking turns: a machine that slows down slows all of them |
//! | [`built`] | the books that are measured beside mdBook's own, and how they are built |
//! | [`place`] | where |
//! | [`site`] | the site renderer beside mdBook's own pages |
//! | [`search`] | what the search of the site finds, and what it costs |
//! | [`used`] | what a command used |
//! | [`cpu`] | the CPU time of a child process |
//! | [`statistics`] | medians and quartiles |
//! | [`report`] | the table for `guide/src/en/behind/speed.md`, and the verdict |

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use crate::book::build_fast_suite;
use crate::mdbook;
use crate::workspace::{build_program, exit_code, root};

mod built;
mod corpus;
mod cpu;
mod export;
mod growth;
mod history;
mod notes;
mod past;
mod place;
mod prose;
mod report;
mod round;
mod search;
mod site;
mod statistics;
mod used;

use round::{Programs, Variant, measure};

/// What the suite may add, as a share of the CPU time of a build without preprocessors.
const LIMIT: f64 = 0.05;

/// The same with what git knows of the notes, and with git itself.
const LIMIT_WITH_GIT: f64 = 0.08;

/// Measures what the suite adds to a build.
#[derive(Args)]
pub(crate) struct Options {
    /// How often each of the things that are compared is measured.
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// How many pairs of notes the books have: 100 and 500, and for the site 2,000 as well.
    #[arg(long, value_delimiter = ',', value_parser = clap::value_parser!(u32).range(1..))]
    pairs: Option<Vec<u32>>,
    /// Measures a folder of notes, or a git bundle of one, instead of made-up books: it is adopted first.
    #[arg(long, value_name = "PATH")]
    notes: Option<PathBuf>,
    /// Measures what the dates and the freshness of notes cost, beside the `git log` that they need.
    #[arg(long, conflicts_with_all = ["pairs", "notes"])]
    history: bool,
    /// Measures how the time of each command grows with what it is given; with a value, only of
    /// what has it in its name.
    #[arg(long, conflicts_with_all = ["pairs", "notes", "history"], value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    growth: Option<String>,
    /// Measures the site renderer, beside mdBook's own pages of the same book.
    #[arg(long, conflicts_with_all = ["notes", "history", "growth"])]
    site: bool,
    /// Measures what exporting all notes costs, beside `list`.
    #[arg(long, conflicts_with_all = ["history", "growth", "site"])]
    export: bool,
    /// Measures what the search of the site finds, beside mdBook's own and Pagefind; with a value, only the parts that have it
    /// in their names: queries, typing, builds, growth.
    #[arg(long, conflicts_with_all = ["pairs", "history", "growth", "site", "export"], value_name = "PART", num_args = 0..=1, default_missing_value = "")]
    search: Option<String>,
    /// Leaves the books in target/bench/.
    #[arg(long)]
    keep: bool,
}

/// Measures, prints a table, and fails when the suite adds more than [`LIMIT`], or than [`LIMIT_WITH_GIT`] with git.
///
/// # Errors
/// When something does not build, or when this system cannot measure.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    if options.history {
        return history::run(&build_fast_suite()?, options.rounds, options.keep);
    }
    if let Some(only) = &options.growth {
        return growth::run(&build_fast_suite()?, only, options.keep);
    }
    if options.export {
        return export::run(options, &build_fast_suite()?);
    }
    let programs = Programs {
        mdbook: mdbook::optimised()?,
        no_op: build_program(
            "no-op-preprocessor",
            &["--release", "--package", "xtask", "--example", "no-op-preprocessor"],
        )?,
        suite: build_fast_suite()?,
    };
    if let Some(only) = &options.search {
        return search::run(options, only, &programs);
    }
    if options.site {
        let pairs = options.pairs.clone().unwrap_or_else(|| site::LIMITS.map(|(pairs, _)| pairs).to_vec());
        return site::run(&programs, &pairs, options.rounds, options.keep);
    }
    if let Some(path) = &options.notes {
        return notes::run(path, &programs, options.rounds, options.keep);
    }
    let mut measured = Vec::new();
    for pairs in options.pairs.clone().unwrap_or_else(|| vec![100, 500]) {
        let folder = root().join("target").join("bench").join(format!("{pairs}-pairs"));
        corpus::write(&folder, pairs)?;
        measured.push((pairs, measure(&folder, &programs, options.rounds, Variant::book_toml, || Ok(()))?));
        if !options.keep {
            fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        }
    }
    println!("\n{}", report::table(&measured));
    let kept = report::verdict(&measured, LIMIT, LIMIT_WITH_GIT);
    Ok(report::conclude(&kept))
}

/// Runs a command for [`run`], in its place between mdBook and a preprocessor: appends to `log` the CPU time of the
/// command and of what it started, in microseconds, and the most memory that any of them had, in bytes, and ends as it
/// ends.
///
/// # Errors
/// When the command cannot be run or measured.
pub(crate) fn measured(log: &Path, command: &[OsString]) -> Result<ExitCode> {
    let (program, args) = command.split_first().context("no command was given")?;
    let status =
        Command::new(program).args(args).status().with_context(|| format!("could not run {}", program.display()))?;
    let mut log = OpenOptions::new().create(true).append(true).open(log)?;
    writeln!(log, "{} {}", cpu::of_children()?.as_micros(), cpu::peak_of_children()?)?;
    Ok(exit_code(status))
}
