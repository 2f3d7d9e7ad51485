//! What an index costs: files, bytes and CPU time, of our search and of the two that it is compared with; and the whole of
//! a build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use super::super::built::{Bench, Way};
use super::super::report::{at_most, milliseconds};
use super::super::used::{Used, median, ratio, row};
use super::super::{Programs, corpus};
use super::corpora::{Corpus, MDBOOK, PAGEFIND, SITE};
use super::multiply::{Pages, chapters, files};
use super::{Tools, Verdicts};
use crate::workspace::root;

/// The folder and the files of our search, in a site.
pub(super) const INDEX: &str = "bilingual-search";

/// What the whole build of made-up notes may cost with its search, as a share of plain mdBook's with its own, in pairs of
/// notes.
const BUILDS: [(u32, f64); 2] = [(100, 0.8), (500, 0.5)];

/// Pagefind brings its own boxes, which a page needs not.
const OF_PAGEFIND_UI: [&str; 3] = ["pagefind-ui", "pagefind-modular-ui", "pagefind-highlight"];

/// Makes the three indexes of a book whose site is built, and prints rows of a table. Leaves what mdBook and Pagefind wrote
/// beside the site.
///
/// # Errors
/// When something does not build.
pub(super) fn indexes(corpus: &Corpus, programs: &Programs, tools: &Tools, rounds: u32) -> Result<()> {
    let site = corpus.folder.join(SITE);
    let log = corpus.folder.join("cpu.log");
    let with = repeated(rounds, || Used::by(&corpus.plain(programs, true)?, &log))?;
    // The program that makes an index and nothing else takes the pages of mdBook, and here copies of them.
    let (pages, indexed) = (Pages::of(&corpus.folder.join(MDBOOK))?, corpus.folder.join("indexed"));
    pages.write(pages.number(), &indexed)?;
    let all = repeated(rounds, || made(&indexed, &tools.indexer, &log))?;
    print_row(corpus, "ours", &written(&site, |path| path.starts_with(INDEX))?, median(&all, Used::cpu_seconds));

    let without = repeated(rounds, || Used::by(&corpus.plain(programs, false)?, &log))?;
    let cpu = median(&with, Used::cpu_seconds) - median(&without, Used::cpu_seconds);
    let of_search = ["elasticlunr", "mark", "searcher", "searchindex"];
    let is_index = |path: &str| {
        !path.contains('/') && of_search.iter().any(|name| path.starts_with(name)) && !path.ends_with(".html")
    };
    print_row(corpus, "mdBook", &written(&corpus.folder.join(MDBOOK), is_index)?, cpu);

    let Some(pagefind) = &tools.pagefind else { return Ok(()) };
    let out = corpus.folder.join(PAGEFIND);
    // The pages alone: it would find each text in the print pages once more.
    let pages = corpus.folder.join("pages");
    for path in chapters(&site)? {
        let copy = pages.join(&path);
        fs::create_dir_all(copy.parent().context("a page lies in a folder")?)?;
        fs::copy(site.join(&path), copy)?;
    }
    let mut command = Command::new(pagefind);
    command.arg("--site").arg(&pages).arg("--output-path").arg(&out).args(["--root-selector", "main"]);
    let all = repeated(rounds, || Used::by(&command, &log))?;
    let is_index = |path: &str| !OF_PAGEFIND_UI.iter().any(|name| path.starts_with(name));
    print_row(corpus, "Pagefind 1.6.0", &written(&out, is_index)?, median(&all, Used::cpu_seconds));
    Ok(())
}

/// Makes our index of a site anew, by the program that does nothing else.
///
/// # Errors
/// When that fails.
pub(super) fn made(site: &Path, indexer: &Path, log: &Path) -> Result<Used> {
    let index = site.join(INDEX);
    if index.exists() {
        fs::remove_dir_all(&index)?;
    }
    let mut command = Command::new(indexer);
    command.arg(site);
    Used::by(&command, log)
}

pub(super) fn head() {
    println!("\n| book | search | files | KB | CPU time of the index |\n|---|---|---|---|---|");
}

fn print_row(corpus: &Corpus, search: &str, written: &[u64], cpu: f64) {
    let (files, kilobytes) = (written.len(), written.iter().sum::<u64>().div_ceil(1000));
    let cpu = milliseconds(Duration::from_secs_f64(cpu.max(0.0)));
    println!("| {} | {search} | {files} | {kilobytes} | {cpu} |", corpus.name);
}

/// The sizes of some files of a folder.
fn written(folder: &Path, is_one: impl Fn(&str) -> bool) -> Result<Vec<u64>> {
    let all = files(folder)?;
    let some = all.iter().filter(|path| is_one(&path.to_string_lossy().replace('\\', "/")));
    some.map(|path| Ok(fs::metadata(folder.join(path))?.len())).collect()
}

/// Runs something so often, and once uncounted before.
fn repeated(rounds: u32, mut run: impl FnMut() -> Result<Used>) -> Result<Vec<Used>> {
    run()?;
    (0..rounds).map(|_| run()).collect()
}

/// Builds made-up notes with the site and its search, and by plain mdBook with its own, by turns.
///
/// # Errors
/// When a build fails.
pub(super) fn builds(programs: &Programs, site: &Path, rounds: u32, keep: bool) -> Result<Verdicts> {
    let mut verdicts = Vec::new();
    println!(
        "\n| pairs | mdBook: CPU, time, memory | site with its search: CPU, time, memory | CPU | without a search: CPU |\n\
         |---|---|---|---|---|"
    );
    for (pairs, limit) in BUILDS {
        let folder: PathBuf = root().join("target/bench").join(format!("{pairs}-pairs"));
        corpus::write(&folder, pairs)?;
        let bench = Bench { folder, pairs, programs, site };
        let [plain, with, without] = bench.rounds([Way::Plain, Way::SiteWithSearch, Way::Site], rounds)?;
        let [cpu, bare] = [&with, &without].map(|all| ratio(Used::cpu_seconds, all, &plain));
        println!("| {pairs} | {} | {} | {cpu:.2} | {bare:.2} |", row(&plain), row(&with));
        verdicts.push(at_most(&format!("{pairs} pairs with the search: {cpu:.2} of mdBook's CPU time"), cpu, limit));
        if !keep {
            fs::remove_dir_all(&bench.folder)?;
        }
    }
    Ok(verdicts)
}
