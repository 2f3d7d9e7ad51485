//! The project's own commands.
//!
//! | call | does |
//! |---|---|
//! | `cargo xtask serve [ARGS]` | shows this project's book while it is written: `mdbook serve` with the suite as it is |
//! | `cargo xtask build [ARGS]` | builds it once: `mdbook build` |
//! | `cargo xtask serve --guide`, `build --guide` | the same with the guide |
//! | `cargo xtask test` | all that has to pass before a commit, the same at home and in CI |
//! | `cargo xtask bench` | what the suite adds to a build, in CPU time |
//! | `cargo xtask package` | the archive that a release has of this system, and the packages for crates.io |
//! | `cargo xtask release` | what is missing for a release |
//! | `cargo xtask third-party FILE` | the licences of what the program holds of others |
//!
//! Each needs nothing but Rust and git: an mdBook is installed under `target/` where there is none.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "these commands talk to who runs them")]

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use book::Shown;
use clap::Parser;
use xtask::workspace;

mod address;
mod bench;
mod book;
mod check;
mod heard;
mod mdbook;

/// The project's own commands.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
enum Task {
    /// Builds the suite, then runs `mdbook serve` with it.
    Serve {
        /// Shows the guide, and not the notes.
        #[arg(long)]
        guide: bool,
        /// Arguments of `mdbook serve`, such as `--open` or `-p 4000`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Builds the suite, then runs `mdbook build` with it.
    Build {
        /// Builds the guide, and not the notes.
        #[arg(long)]
        guide: bool,
        /// Arguments of `mdbook build`, such as `--open`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Runs everything that has to pass: formatting, lints, tests, docs, what `check` says of the book, the book, and what
    /// its readers see.
    Test,
    /// Measures what the suite adds to a build.
    Bench(bench::Options),
    /// Makes the archive that a release has of this system; `--help` says more.
    #[command(disable_help_flag = true)]
    Package {
        /// Arguments of the package `release-tools`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Says what is missing for a release; `--help` says more.
    #[command(disable_help_flag = true)]
    Release {
        /// The same.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Writes the licences of what the program holds of others into a file.
    #[command(disable_help_flag = true)]
    ThirdParty {
        /// The same.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<OsString>,
    },
    /// Runs a command and appends the CPU time that it used, in microseconds, to a file.
    #[command(hide = true)]
    Measured {
        /// The file.
        log: PathBuf,
        /// The command.
        #[arg(last = true, required = true)]
        command: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    run(Task::parse()).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

fn run(task: Task) -> Result<ExitCode> {
    match task {
        Task::Serve { guide, args } => book::serve(Shown::of(guide), &args).map(workspace::exit_code),
        Task::Build { guide, args } => book::build(Shown::of(guide), &args).map(workspace::exit_code),
        Task::Test => Ok(check::run()),
        Task::Bench(options) => bench::run(&options),
        Task::Package { args } => release_tools("package", &args),
        Task::Release { args } => release_tools("release", &args),
        Task::ThirdParty { args } => release_tools("third-party", &args),
        Task::Measured { log, command } => bench::measured(&log, &command),
    }
}

/// Runs what makes releases: a package of its own, so that nobody else compiles what writes archives.
fn release_tools(verb: &str, args: &[OsString]) -> Result<ExitCode> {
    let mut tools = workspace::cargo(["run", "--quiet", "--locked", "--package", "release-tools", "--", verb]);
    // Paths are as they were typed.
    tools.args(args).current_dir(std::env::current_dir()?);
    Ok(workspace::exit_code(tools.status()?))
}
