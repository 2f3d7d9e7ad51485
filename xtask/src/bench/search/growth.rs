//! How an index grows: time and memory, with pages that are multiplied.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::super::report::at_most;
use super::super::used::{Used, median};
use super::multiply::{Pages, files};
use super::{Verdicts, costs};

/// How many pages there are.
const PAGES: [usize; 4] = [1_250, 2_500, 5_000, 10_000];

/// Which of them the last one is compared with.
const COMPARED: usize = 1;

/// How much more time a page may take there.
const TIME: f64 = 1.3;

/// How much memory the whole may take, in MB, whatever is on the pages: five times what is given to the terms.
const MEMORY: f64 = 80.0;

/// How often each is measured at most: what takes seconds differs little.
const ROUNDS: u32 = 3;

/// Multiplies the pages of a built book in `folder`, and makes an index of them.
///
/// # Errors
/// When that fails.
pub(super) fn run(book: &Path, indexer: &Path, folder: &Path, rounds: u32) -> Result<Verdicts> {
    println!("\n| pages | CPU time of the index | a page | memory | files |\n|---|---|---|---|---|");
    let some = Pages::of(book)?;
    let (mut times, mut memories) = (Vec::new(), Vec::new());
    for pages in PAGES {
        let made = folder.join(format!("{pages}-pages"));
        some.write(pages, &made)?;
        let log = folder.join("cpu.log");
        // Once uncounted: pages are given another script then.
        costs::made(&made, indexer, &log)?;
        let all: Vec<Used> =
            (0..rounds.min(ROUNDS)).map(|_| costs::made(&made, indexer, &log)).collect::<Result<_>>()?;
        let files = files(&made.join(costs::INDEX))?.len();
        let (cpu, memory) = (median(&all, Used::cpu_seconds), median(&all, |used| used.memory as f64));
        let each = cpu * 1000.0 / pages as f64;
        println!("| {pages} | {cpu:.2} s | {each:.2} ms | {:.0} MB | {files} |", memory / f64::from(1 << 20));
        times.push(each);
        memories.push(memory);
        fs::remove_dir_all(&made)?;
    }
    let last = PAGES.len() - 1;
    let (time, memory) = (times[last] / times[COMPARED], memories[last] / f64::from(1 << 20));
    let (few, many) = (PAGES[COMPARED], PAGES[last]);
    Ok(vec![
        at_most(&format!("a page takes {time:.2} times as long to index among {many} as among {few}"), time, TIME),
        at_most(&format!("{many} pages take {memory:.0} MB of memory"), memory, MEMORY),
    ])
}
