//! `cargo xtask bench --search`: what the search of the site finds, what that loads, and what its index costs.
//!
//! Beside it, what mdBook's own search does with the same notes, and Pagefind with the same pages, if there is an npm that
//! installs it. What needs a browser is in a program of its own, `tests/browser/src/bin/search-bench`.
//!
//! | module | holds |
//! |---|---|
//! | [`corpora`] | the books, and how they are built |
//! | [`costs`] | files, bytes and CPU time of an index, and of the whole build |
//! | [`growth`] | how that grows |
//! | [`multiply`] | many pages, made of some |
//! | [`exchange`] | what makes a copy another text |

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Result, bail, ensure};

use super::place::Place;
use super::report::conclude;
use super::used::Used;
use super::{Options, Programs, notes};
use crate::book::build_fast_site;
use crate::workspace::{build_program, root};

mod corpora;
mod costs;
mod exchange;
mod growth;
mod multiply;

use corpora::{Corpus, MDBOOK};

/// More bytes than all that is built here.
const LARGEST: u64 = 4_000_000_000;

/// How many pages a large site has.
const MANY: usize = 4_000;

/// Sentences about limits, and whether each is kept.
type Verdicts = Vec<(String, bool)>;

/// The programs that are measured, beside those of all benches.
struct Tools {
    site: PathBuf,
    indexer: PathBuf,
    /// What searches, in a browser.
    bench: PathBuf,
    pagefind: Option<PathBuf>,
}

impl Tools {
    fn find(with_pagefind: bool) -> Result<Self> {
        let indexer = "mdbook-bilingual-search";
        let bench =
            build_program("search-bench", &["--release", "--package", "browser-tests", "--bin", "search-bench"])?;
        let pagefind = if with_pagefind { pagefind(&bench)? } else { None };
        let indexer = build_program(indexer, &["--release", "--package", indexer])?;
        Ok(Self { site: build_fast_site()?, indexer, bench, pagefind })
    }
}

/// The program of Pagefind, installed if need be and if that is possible.
fn pagefind(bench: &Path) -> Result<Option<PathBuf>> {
    let output = tool(bench).arg("pagefind").stderr(Stdio::inherit()).output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let pagefind = output.status.success().then(|| PathBuf::from(said.trim()));
    if pagefind.is_none() {
        println!("Pagefind cannot be installed: it is left out.");
    }
    Ok(pagefind)
}

/// The program that searches. It asks Cargo's variable where the checkout is, and this process has another package's.
fn tool(bench: &Path) -> Command {
    let mut command = Command::new(bench);
    command.env("CARGO_MANIFEST_DIR", root().join("tests/browser"));
    command
}

/// Measures what has `only` in its name: `queries`, `typing`, `builds` and `growth`, prints tables, and fails when a limit is
/// broken.
///
/// # Errors
/// When something does not build, or this system cannot measure.
pub(super) fn run(options: &Options, only: &str, programs: &Programs) -> Result<ExitCode> {
    let is_meant = |part: &str| part.contains(only);
    if !["queries", "typing", "builds", "growth"].into_iter().any(is_meant) {
        bail!("--search has the parts queries, typing, builds and growth, and none is called {only}");
    }
    let tools = Tools::find(is_meant("queries"))?;
    let bench = root().join("target/bench");
    let place = Place::new("search", LARGEST, &bench);
    let folder = &place.folder;
    let books = books(options, programs, folder)?;
    // Notes of somebody else are the better ones to measure with.
    let Some(first) = books.first() else { bail!("there is no book") };
    let mut verdicts = Verdicts::new();
    for book in &books {
        if is_meant("queries") || is_meant("typing") && book.folder == first.folder {
            book.build_site(programs, &tools.site)?;
        }
    }
    if is_meant("queries") {
        costs::head();
        for book in &books {
            costs::indexes(book, programs, &tools, options.rounds)?;
        }
        for book in &books {
            verdicts.push(searched(&tools.bench, book)?);
        }
    }
    if is_meant("typing") {
        let many = first.copies(MANY, &folder.join("many"))?;
        many.build_site(programs, &tools.site)?;
        let mut typing = tool(&tools.bench);
        typing.arg("typing");
        for book in [first, &many] {
            typing.arg(&book.name).arg(&book.folder);
        }
        ensure!(typing.status()?.success(), "what is typed is not found");
    }
    if is_meant("builds") {
        verdicts.extend(costs::builds(programs, &tools.site, options.rounds, options.keep)?);
    }
    if is_meant("growth") {
        Used::by(&first.plain(programs, true)?, &folder.join("cpu.log"))?;
        verdicts.extend(growth::run(&first.folder.join(MDBOOK), &tools.indexer, folder, options.rounds)?);
    }
    if options.keep {
        println!("\nAll that was built is in {}.", place.keep().display());
    } else {
        place.remove()?;
    }
    println!();
    Ok(conclude(&verdicts))
}

/// The books that are searched: notes, if they are given or this machine has some, and our own.
fn books(options: &Options, programs: &Programs, folder: &Path) -> Result<Vec<Corpus>> {
    let mut books = Vec::new();
    match notes::of_somebody(options) {
        Some(path) => books.push(Corpus::notes(&path, &folder.join("notes"), programs)?),
        None => println!("No notes of somebody else: name some with --notes, or set {}.", notes::CORPORA),
    }
    books.push(Corpus::own(&folder.join("own"))?);
    Ok(books)
}

/// Searches a book in a browser, which prints what it finds.
fn searched(bench: &Path, book: &Corpus) -> Result<(String, bool)> {
    let kept = tool(bench).arg("queries").arg(&book.name).arg(&book.folder).status()?.success();
    let word = if kept { "kept" } else { "BROKEN" };
    Ok((format!("{}: what is said above of its limits is {word}.", book.name), kept))
}
