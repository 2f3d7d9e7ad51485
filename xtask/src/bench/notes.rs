//! `cargo xtask bench --notes PATH`: somebody's notes, adopted, instead of made-up ones.
//!
//! The claim is that the suite's share of a build, without git, costs at most [`LIMIT`] of what a build without
//! preprocessors costs, and `adopt --dry-run` at most [`LIMIT_OF_ADOPTING`] of it.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::report::{milliseconds, percent};
use super::round::{self, Programs, Round, Variant, measure};
use super::statistics::Spread;
use super::{Options, cpu};
use crate::workspace::root;

/// The variable that names the folder of other people's notes.
pub(super) const CORPORA: &str = "BILINGUAL_CORPORA";

/// What the suite may cost, as a share of the CPU time of a build without preprocessors.
const LIMIT: f64 = 0.10;

/// What looking at the notes may cost, likewise.
const LIMIT_OF_ADOPTING: f64 = 0.05;

/// Adopts a copy of the notes and measures its builds.
///
/// # Errors
/// When the notes cannot be copied, adopted or built, or when this system cannot measure.
pub(super) fn run(notes: &Path, programs: &Programs, rounds: u32, keep: bool) -> Result<ExitCode> {
    let bench = root().join("target").join("bench");
    let (folder, loose) = (bench.join("notes"), bench.join("loose-notes"));
    for folder in [&folder, &loose] {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
        }
        copy(notes, folder)?;
    }
    // The preprocessor alone is measured, in builds of the renderer that all have.
    adopt(&folder, &programs.suite, &["--no-site"])?;
    let adopted = fs::read_to_string(folder.join("book.toml"))?;
    // Looked at once in each round, by turns with the builds that it is compared with.
    let mut dry = Vec::new();
    let look = || {
        dry.push(adopt(&loose, &programs.suite, &["--dry-run"])?);
        Ok(())
    };
    let measured = measure(&folder, programs, rounds, |variant| book_toml(&adopted, variant), look)?;
    let dry = measured.iter().zip(dry.iter().skip(1)).map(|(round, dry)| dry.as_secs_f64() / round.bare.as_secs_f64());
    let dry: Vec<f64> = dry.collect();
    if !keep {
        for folder in [&folder, &loose] {
            fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
        }
    }

    let median = |seconds: Vec<f64>| Spread::of(seconds).median;
    let bare = median(measured.iter().map(|round| round.bare.as_secs_f64()).collect());
    // The whole of the suite, JSON included, and not only what it adds to a preprocessor that does nothing.
    let whole = median(measured.iter().map(|round| round.suite.as_secs_f64() / round.bare.as_secs_f64()).collect());
    let adds = median(measured.iter().map(Round::share).collect());
    let text = median(measured.iter().map(Round::share_of_text).collect());
    let text_in_build = median(measured.iter().map(Round::share_of_text_in_build).collect());
    let history = median(measured.iter().map(Round::share_with_history).collect());
    let dry = Spread::of(dry);
    println!("bare build                {}", milliseconds(Duration::from_secs_f64(bare)));
    println!("the suite, all of it      {} of it", percent(whole));
    println!("the suite beyond a no-op  {} of it", percent(adds));
    println!("of that, the text         {} of it", percent(text));
    println!("the text, whole build     {} of it", percent(text_in_build));
    println!("all of it with git        {} of it", percent(history));
    println!("adopt --dry-run           {} of it", percent(dry.median));
    let limits = [("the suite", whole, LIMIT), ("adopting", dry.median, LIMIT_OF_ADOPTING)];
    for (what, share, limit) in limits {
        println!("the limit of {} for {what} is {}.", percent(limit), if share <= limit { "kept" } else { "BROKEN" });
    }
    let is_kept = limits.iter().all(|(_, share, limit)| share <= limit);
    Ok(if is_kept { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The notes of somebody else that are measured: those that were named, or the ones among the corpora of this machine.
pub(super) fn of_somebody(options: &Options) -> Option<PathBuf> {
    let here = || env::var_os(CORPORA).map(|corpora| Path::new(&corpora).join("awesome-ml-sys/notes.bundle"));
    options.notes.clone().or_else(here)
}

/// Copies a folder, or clones a bundle, with git: what is not tracked is no note.
///
/// # Errors
/// When it is neither a repository nor a bundle.
pub(super) fn copy(notes: &Path, folder: &Path) -> Result<()> {
    let is_bundle = notes.extension() == Some(OsStr::new("bundle"));
    ensure!(is_bundle || notes.join(".git").exists(), "{} is neither a git repository nor a bundle", notes.display());
    let status = Command::new("git").args(["clone", "--quiet"]).arg(notes).arg(folder).status();
    ensure!(status.context("could not run git")?.success(), "{} could not be cloned", notes.display());
    Ok(())
}

/// Runs `adopt` in a folder, and returns the CPU time that it used.
///
/// # Errors
/// When the notes cannot be adopted.
pub(super) fn adopt(folder: &Path, suite: &Path, args: &[&str]) -> Result<Duration> {
    let before = cpu::of_children()?;
    let mut command = Command::new(suite);
    command.arg("adopt").arg(folder).args(args).stdout(Stdio::null()).stderr(Stdio::null());
    ensure!(command.status()?.success(), "{} could not be adopted", folder.display());
    Ok(cpu::of_children()? - before)
}

/// An adopted `book.toml`, as it is, with a preprocessor that does nothing, or without any.
fn book_toml(adopted: &str, variant: Variant) -> String {
    let mut toml = String::new();
    let mut inside = false;
    for line in adopted.lines() {
        if line.starts_with('[') {
            inside = line.starts_with("[preprocessor.bilingual");
        }
        if matches!(variant, Variant::Plain | Variant::Suite | Variant::History) || !inside {
            toml += line;
            toml.push('\n');
        }
        if variant == Variant::Plain && line == "[preprocessor.bilingual]" {
            toml += &round::skip();
        }
    }
    if matches!(variant, Variant::Plain | Variant::Suite) {
        toml += "\n[preprocessor.bilingual.history]\ngit = false\n";
    }
    if variant == Variant::NoOp {
        toml += "\n[preprocessor.no-op]\nrenderers = [\"html\"]\nafter = [\"index\"]\nbefore = [\"links\"]\n";
    }
    toml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_suite_has_its_table() {
        let adopted = "[book]\ntitle = \"x\"\n\n[preprocessor.bilingual]\nnotes = \".\"\n\n[output.html]\na = 1\n";
        assert_eq!(book_toml(adopted, Variant::History), adopted);
        assert!(book_toml(adopted, Variant::Suite).starts_with(adopted));
        assert!(book_toml(adopted, Variant::Plain).contains("[preprocessor.bilingual]\nskip = ["));
        assert_eq!(book_toml(adopted, Variant::Bare), "[book]\ntitle = \"x\"\n\n[output.html]\na = 1\n");
        assert!(book_toml(adopted, Variant::NoOp).contains("[preprocessor.no-op]"));
    }
}
