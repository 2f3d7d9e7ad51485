//! `cargo xtask bench --export`: what exporting all notes of a book costs, beside reading it.
//!
//! `export --all --for zhihu` against `list` of the same book, by turns: Zhihu is the Markdown platform for which most is
//! changed. Both read the book, and the history of real notes as it is.
//!
//! Pictures and diagrams are apart: what drawing one costs says nothing about how notes are written. No browser is named,
//! so that none is started, and neither the made-up notes nor the bundles of real ones have pictures. The made-up book has
//! no history; `list` reads it in next to no time, so its ratio is told and has no limit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use super::place::Place;
use super::report::{at_most, conclude};
use super::used::{Used, ratio, row};
use super::{Options, corpus, notes};
use crate::workspace::root;

/// How much of the CPU time of `list` an export of all notes may use.
const LIMIT: f64 = 1.5;

/// What the book of real notes is called.
const NOTES: &str = "notes";

/// The book of made-up notes: its pairs.
const PAIRS: u32 = 100;

/// More bytes than all notes have as exports.
const LARGEST: u64 = 400_000_000;

/// The configuration of the made-up book.
const BOOK_TOML: &str = "[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n\n[preprocessor.bilingual]\n\
                         languages = [\"zh-CN\", \"en\"]\n";

/// What keeps git from being asked, behind all other tables.
const WITHOUT_GIT: &str = "\n[preprocessor.bilingual.history]\ngit = false\n";

/// Measures the made-up books, and real notes where there are some. Fails when the limit is broken.
///
/// # Errors
/// When something cannot be written or run, or when this system cannot measure.
pub(super) fn run(options: &Options, suite: &Path) -> Result<ExitCode> {
    let bench = root().join("target").join("bench");
    let mut books = Vec::new();
    for &pairs in options.pairs.as_deref().unwrap_or(&[PAIRS]) {
        let folder = bench.join(format!("{pairs}-pairs"));
        corpus::write(&folder, pairs)?;
        fs::write(folder.join("book.toml"), format!("{BOOK_TOML}{WITHOUT_GIT}"))?;
        books.push((format!("{pairs} pairs"), folder));
    }
    match notes::of_somebody(options) {
        Some(notes) => books.push((NOTES.to_owned(), adopted(&notes, bench.join("notes"), suite)?)),
        None => println!("No notes of somebody else: name some with --notes, or set {}.", notes::CORPORA),
    }
    println!("| book | list: CPU, time, memory | export: CPU, time, memory | CPU |\n|---|---|---|---|");
    let mut lines = Vec::new();
    for (name, folder) in &books {
        let [list, export] = measure(folder, suite, options.rounds)?;
        let cpu = ratio(Used::cpu_seconds, &export, &list);
        println!("| {name} | {} | {} | {cpu:.2} |", row(&list), row(&export));
        if name == NOTES {
            lines.push(at_most(
                &format!("exporting all of the notes uses {cpu:.2} of the CPU time of list"),
                cpu,
                LIMIT,
            ));
        }
    }
    for (_, folder) in books.iter().filter(|_| !options.keep) {
        fs::remove_dir_all(folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    println!();
    Ok(conclude(&lines))
}

/// A copy of notes that is a book.
fn adopted(notes: &Path, folder: PathBuf, suite: &Path) -> Result<PathBuf> {
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("emptying {}", folder.display()))?;
    }
    notes::copy(notes, &folder)?;
    notes::adopt(&folder, suite, &["--no-site"])?;
    Ok(folder)
}

/// What `list` and `export` used, by turns, once uncounted.
fn measure(folder: &Path, suite: &Path, rounds: u32) -> Result<[Vec<Used>; 2]> {
    let log = folder.join("cpu.log");
    let command = |arguments: &[&str]| {
        let mut command = Command::new(suite);
        command.args(arguments).current_dir(folder);
        command
    };
    let mut all = [Vec::new(), Vec::new()];
    for round in 0..=rounds {
        // Each export writes all of its files, and not to the disk.
        let out = Place::new("export", LARGEST, folder);
        let list = command(&["list", ".", "--format", "json"]);
        let mut export = command(&["export", "--all", "--for", "zhihu", "--report", "none"]);
        export.env("CHROME", "none").arg("-o").arg(format!("{}/", out.folder.display()));
        for (command, used) in [list, export].iter().zip(&mut all) {
            let measured = Used::by(command, &log)?;
            used.extend((round > 0).then_some(measured));
        }
        out.remove()?;
    }
    Ok(all)
}
