//! What is found in a book, and what that loads: tables, and a sentence for each limit.

use std::path::Path;

use anyhow::Result;

use crate::judge::Score;
use crate::others::{self, Compared, MDBOOK, PAGEFIND};
use crate::ours::{Ours, Outcome, SITE};
use crate::sample::{self, Query};
use crate::sizes::Size;
use crate::truth::Truth;

/// How much of what holds a phrase has to be found, and how often nothing else may stand before it.
const FOUND: f64 = 1.0;

/// What a first search with ten results may load, and a later one, in bytes as a server sends them.
const FIRST: u64 = 60_000;
const LATER: u64 = 30_000;

/// What the script of the search may be, likewise.
const SCRIPT: u64 = 8_000;

/// How many faults of a set are shown.
const FAULTS: usize = 12;

/// A sentence about a limit, and whether it is kept.
pub(crate) type Verdict = (String, bool);

/// Asks all queries of the book in a folder, prints tables, and returns what is to be said of the limits.
///
/// # Errors
/// When the book cannot be read, or there is no browser.
pub(crate) fn run(name: &str, folder: &Path) -> Result<Vec<Verdict>> {
    let truth = Truth::read(&folder.join(SITE))?;
    let named = sample::named(&truth);
    let strings = sample::strings(&truth, sample::STRINGS);
    let pairs = sample::pairs(&truth, sample::PAIRS);
    println!("\n## {name}: {} sections in {}\n", truth.sections.len(), truth.languages().join(" and "));
    let mixed = sample::mixed(&truth, sample::MIXED);
    let signs = sample::signs(&truth, sample::SIGNS);
    let sets: [(&str, &[Query]); 5] = [
        ("chosen phrases", &named),
        ("1 to 6 Chinese characters", &strings),
        ("pairs of English words", &pairs),
        ("English words beside Chinese ones", &mixed),
        ("quoted strings with signs", &signs),
    ];
    let mut ours = Ours::start(folder, &truth)?;
    let mut outcomes = Vec::new();
    for (set, queries) in sets {
        outcomes.push((set, ours.ask(queries)?));
    }
    let script = ours.script;
    drop(ours);
    print_found(&outcomes);
    print_loaded(&outcomes);
    let few = sample::strings(&truth, sample::COMPARED);
    print_compared(folder, &truth, &[("chosen phrases", &named), ("Chinese characters", &few)], &outcomes)?;
    print_faults(&outcomes);
    let mut all = vec![small(&format!("{name}: the script has"), script.zipped, SCRIPT)];
    all.extend(outcomes.iter().flat_map(|(set, outcome)| verdicts(&format!("{name}, {set}"), outcome)));
    Ok(all)
}

fn print_found(outcomes: &[(&str, Outcome)]) {
    println!("| searches | number | sections found | exact first | of the first ten, exact |\n|---|---|---|---|---|");
    for (set, outcome) in outcomes {
        println!("| {set} | {} |", row(&outcome.sections));
    }
}

fn row(score: &Score) -> String {
    // Nothing stands before anything where nothing is found.
    let order = score.precision().map(|precision| format!("{:.4} | {precision:.2}", score.exact_first()));
    format!("{} | {:.4} | {}", score.queries, score.recall(), order.unwrap_or("– | –".to_owned()))
}

fn print_loaded(outcomes: &[(&str, Outcome)]) {
    println!(
        "\nKB that a search loads (as files; in brackets each after `gzip -6`), medians and the most. Those with ten \
         results are counted for themselves, too.\n\n\
         | searches | first | most | with ten results | in the same page then | most | with ten results |\n\
         |---|---|---|---|---|---|---|"
    );
    for (set, outcome) in outcomes {
        println!("| {set} | {} | {} |", loaded(&outcome.first), loaded(&outcome.later));
    }
}

fn loaded(sizes: &[(Size, bool)]) -> String {
    let all = || sizes.iter().map(|(size, _)| *size);
    let full = sizes.iter().filter(|(_, is_full)| *is_full).map(|(size, _)| *size);
    [middle(all()), last(all()), middle(full)].map(shown).join(" | ")
}

/// KB, and in brackets those that a server sends.
fn shown(size: Option<Size>) -> String {
    let kilobytes = |bytes: u64| bytes as f64 / 1000.0;
    size.map_or("–".to_owned(), |size| format!("{:.1} ({:.1})", kilobytes(size.raw), kilobytes(size.zipped)))
}

/// The medians of both numbers.
fn middle(sizes: impl Iterator<Item = Size>) -> Option<Size> {
    part(sizes, |number| number / 2)
}

/// The largest ones.
fn last(sizes: impl Iterator<Item = Size>) -> Option<Size> {
    part(sizes, |number| number - 1)
}

fn part(sizes: impl Iterator<Item = Size>, at: fn(usize) -> usize) -> Option<Size> {
    let (mut raw, mut zipped): (Vec<u64>, Vec<u64>) = sizes.map(|size| (size.raw, size.zipped)).unzip();
    raw.sort_unstable();
    zipped.sort_unstable();
    let at = at(raw.len().max(1));
    Some(Size { raw: *raw.get(at)?, zipped: *zipped.get(at)? })
}

/// The other searches, page by page. Ours did the first of the strings with all others, and is shown with all.
fn print_compared(folder: &Path, truth: &Truth, sets: &[(&str, &[Query])], outcomes: &[(&str, Outcome)]) -> Result<()> {
    println!(
        "\nThe same, with pages in place of sections; KB of a first search as above.\n\n\
         | search | searches | number | pages found | exact first | of the first ten, exact | KB | most |\n\
         |---|---|---|---|---|---|---|---|"
    );
    for (set, outcome) in outcomes {
        let sizes = || outcome.first.iter().map(|(size, _)| *size);
        println!("| ours | {set} | {} | {} | {} |", row(&outcome.pages), shown(middle(sizes())), shown(last(sizes())));
    }
    let queries: Vec<&[Query]> = sets.iter().map(|(_, queries)| *queries).collect();
    let mut all: Vec<(&str, Vec<Compared>)> = Vec::new();
    if folder.join(MDBOOK).is_dir() {
        all.push(("mdBook", others::mdbook(folder, &Truth::read(&folder.join(MDBOOK))?, &queries)?));
    }
    if folder.join(PAGEFIND).is_dir() {
        all.push(("Pagefind", others::pagefind(folder, truth, &queries, false)?));
        all.push(("Pagefind, in quotes", others::pagefind(folder, truth, &queries, true)?));
    }
    for (search, compared) in all {
        for ((set, _), compared) in sets.iter().zip(compared) {
            let sizes = || compared.first.iter().copied();
            let failed = if compared.failed == 0 { String::new() } else { format!(", {} failed", compared.failed) };
            let score = row(&compared.score);
            println!("| {search} | {set}{failed} | {score} | {} | {} |", shown(middle(sizes())), shown(last(sizes())));
        }
    }
    Ok(())
}

fn print_faults(outcomes: &[(&str, Outcome)]) {
    for (set, outcome) in outcomes.iter().filter(|(_, outcome)| !outcome.faults.is_empty()) {
        println!("\n{set}: {} faults", outcome.faults.len());
        for fault in outcome.faults.iter().take(FAULTS) {
            println!("- {fault}");
        }
    }
}

fn verdicts(name: &str, outcome: &Outcome) -> Vec<Verdict> {
    let share = |what: &str, share: f64| {
        let kept = share >= FOUND;
        (format!("{name}: {what} {share:.4}; the limit of {FOUND} is {}.", word(kept)), kept)
    };
    let size = |what: &str, sizes: &[(Size, bool)], limit: u64| {
        // A search with few results loads less, and is no proof.
        let middle = middle(sizes.iter().filter(|(_, is_full)| *is_full).map(|(size, _)| *size))?;
        Some(small(&format!("{name}: {what}"), middle.zipped, limit))
    };
    let (recall, first) = (outcome.sections.recall(), outcome.sections.exact_first());
    let mut all = vec![share("recall", recall), share("exact first", first)];
    all.extend(size("a first search with ten results loads", &outcome.first, FIRST));
    all.extend(size("a later one", &outcome.later, LATER));
    let faults = outcome.faults.len();
    all.push((format!("{name}: {faults} faults; the limit of 0 is {}.", word(faults == 0)), faults == 0));
    all
}

/// What is to be said of some bytes.
fn small(what: &str, bytes: u64, limit: u64) -> Verdict {
    let (kept, kilobytes) = (bytes <= limit, bytes as f64 / 1000.0);
    (format!("{what} {kilobytes:.1} KB; the limit of {} KB is {}.", limit / 1000, word(kept)), kept)
}

fn word(kept: bool) -> &'static str {
    if kept { "kept" } else { "BROKEN" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_medians_and_the_most() {
        let size = |zipped| Size { raw: zipped * 3, zipped };
        let sizes = [(size(1_000), false), (size(61_000), true), (size(2_000), false)];
        assert_eq!(loaded(&sizes), "6.0 (2.0) | 183.0 (61.0) | 183.0 (61.0)");
        let outcome = Outcome { first: sizes.to_vec(), ..Outcome::default() };
        let said: Vec<Verdict> = verdicts("notes", &outcome);
        assert!(said[0].1 && !said[2].1, "{said:?}");
        assert_eq!(said[2].0, "notes: a first search with ten results loads 61.0 KB; the limit of 60 KB is BROKEN.");
        assert_eq!(loaded(&[]), "– | – | –");
    }
}
