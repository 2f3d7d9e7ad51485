//! `cargo xtask bench --site`: what the site of a book costs, beside mdBook's own pages of the same book.
//!
//! The whole of `mdbook build` with the suite and the site renderer, print pages, feeds and lists included, against plain
//! `mdbook build` of the same notes with its default search; the site without a search, which is counted elsewhere. git
//! is not asked: what that costs is a limit of its own, and it would be paid in both. And under `mdbook serve`, how long
//! one edit takes from the moment at which mdBook begins to build until the page is there, and how much of that mdBook
//! needs to carry the book to a preprocessor and a renderer that do nothing.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::built::{Bench, Way};
use super::report::{at_most, conclude, percent};
use super::statistics::Spread;
use super::used::{Used, median, ratio, row};
use super::{Programs, corpus};
use crate::book::build_fast_site;
use crate::workspace::root;

/// The books that are measured unless others are asked for, in pairs of notes, and what the site may cost of each, as a
/// share of plain mdBook.
pub(super) const LIMITS: [(u32, f64); 3] = [(100, 0.6), (500, 0.4), (2_000, 0.2)];

/// How much more the largest may cost than the middle one, which is a quarter of it.
const GROWTH: f64 = 5.0;

/// How long one edit may take, in pairs of notes and seconds.
const EDITS: [(u32, f64); 2] = [(100, 0.5), (500, 1.0)];

/// From how many pairs on a book is built no more often than it was asked for. What is built in a second is disturbed by
/// whatever else the machine does in that second, and takes several of them.
const LONG: u32 = 500;

/// How long a server is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// Measures all of it. Fails when a limit is broken.
///
/// # Errors
/// When something does not build, or this system cannot measure.
pub(super) fn run(programs: &Programs, pairs: &[u32], rounds: u32, keep: bool) -> Result<ExitCode> {
    let site = build_fast_site()?;
    let (mut lines, mut folders) = (Vec::new(), Vec::new());
    let mut costs: Vec<(u32, f64)> = Vec::new();
    println!(
        "| pairs | mdBook: CPU, time, memory | suite and site: CPU, time, memory | CPU | time |\n|---|---|---|---|---|"
    );
    for &pairs in pairs {
        let folder = root().join("target").join("bench").join(format!("{pairs}-pairs"));
        corpus::write(&folder, pairs)?;
        let bench = Bench { folder, pairs, programs, site: &site };
        let [plain, with] = bench.rounds([Way::Plain, Way::Site], rounds * often(pairs))?;
        let (cpu, wall) = (ratio(Used::cpu_seconds, &with, &plain), ratio(Used::seconds, &with, &plain));
        println!("| {pairs} | {} | {} | {cpu:.2} | {wall:.2} |", row(&plain), row(&with));
        costs.push((pairs, median(&with, Used::cpu_seconds)));
        if let Some((_, limit)) = LIMITS.iter().find(|(of, _)| *of == pairs) {
            lines.push(at_most(&format!("{pairs} pairs: {cpu:.2} of mdBook's CPU time"), cpu, *limit));
            lines.push(at_most(&format!("{pairs} pairs: {wall:.2} of mdBook's time"), wall, *limit));
        }
        let memory = ratio(|used| used.memory as f64, &with, &plain);
        lines.push(at_most(&format!("{pairs} pairs: {memory:.2} of mdBook's memory"), memory, 1.0));
        if let Some((_, limit)) = EDITS.iter().find(|(of, _)| *of == pairs) {
            // mdBook watches no file that git ignores, as it does those below target/.
            let folder = std::env::temp_dir().join(format!("mdbook-bilingual-bench-{}", std::process::id()));
            corpus::write(&folder, pairs)?;
            let elsewhere = Bench { folder, ..bench.clone() };
            let edited = elsewhere.edit(*limit);
            fs::remove_dir_all(&elsewhere.folder)?;
            lines.push(edited?);
        }
        folders.push(bench.folder);
    }
    for folder in folders.into_iter().filter(|_| !keep) {
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    let of = |pairs: u32| costs.iter().find(|(of, _)| *of == pairs).map(|(_, cost)| *cost);
    if let (Some(middle), Some(large)) = (of(500), of(2_000)) {
        let growth = large / middle;
        lines.push(at_most(&format!("from 500 to 2,000 pairs: {growth:.1} times the CPU time"), growth, GROWTH));
    }
    println!();
    Ok(conclude(&lines))
}

/// How many times as many rounds as were asked for a book is built.
fn often(pairs: u32) -> u32 {
    (LONG / pairs).max(1)
}

impl Bench<'_> {
    /// One edit of one note under `mdbook serve`, five times.
    fn edit(&self, limit: f64) -> Result<(String, bool)> {
        let with = median_of(self.edits(Way::Site)?);
        let protocol = median_of(
            (0..5).map(|_| self.build(Way::Nothing).map(|used| used.wall.as_secs_f64())).collect::<Result<_>>()?,
        );
        let share = percent(protocol / with);
        let what = format!(
            "one edit under serve: {with:.2} s from the beginning of the build to the page, of which mdBook takes {protocol:.2} s \
             ({share}) to carry the book to a preprocessor and a renderer that do nothing"
        );
        Ok(at_most(&what, with, limit))
    }

    fn edits(&self, way: Way) -> Result<Vec<f64>> {
        let mut server = Server::start(self.mdbook(way, "serve")?)?;
        let page = self.folder.join("book/en/note-0001.html");
        let note = self.folder.join("src/en/note-0001.md");
        let text = fs::read_to_string(&note)?;
        server.wait_for("Serving on")?;
        wait_until(|| page.is_file())?;
        // The watcher takes its time to begin.
        std::thread::sleep(Duration::from_secs(2));
        let mut seconds = Vec::new();
        for round in 0..5 {
            let mark = format!("Edited for the {round}. time.");
            fs::write(&note, format!("{text}\n{mark}\n"))?;
            let begin = server.wait_for("Book building has started")?;
            wait_until(|| fs::read_to_string(&page).is_ok_and(|page| page.contains(&mark)))?;
            seconds.push(begin.elapsed().as_secs_f64());
            std::thread::sleep(Duration::from_secs(2));
        }
        fs::write(&note, text)?;
        Ok(seconds)
    }
}

fn median_of(values: Vec<f64>) -> f64 {
    Spread::of(values).median
}

fn wait_until(is: impl Fn() -> bool) -> Result<()> {
    let begin = Instant::now();
    while !is() {
        if begin.elapsed() > PATIENCE {
            bail!("mdbook serve has not written the page");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    Ok(())
}

/// An `mdbook serve`, which ends when this is dropped.
struct Server {
    child: Child,
    lines: mpsc::Receiver<(Instant, String)>,
}

impl Server {
    fn start(mut mdbook: Command) -> Result<Self> {
        mdbook.args(["--port", "39418"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = mdbook.spawn().context("could not run mdbook serve")?;
        let (sender, lines) = mpsc::channel();
        let streams: [Option<Box<dyn Read + Send>>; 2] = [
            child.stdout.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
            child.stderr.take().map(|stream| Box::new(stream) as Box<dyn Read + Send>),
        ];
        for stream in streams.into_iter().flatten() {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = sender.send((Instant::now(), line));
                }
            });
        }
        Ok(Self { child, lines })
    }

    /// When it said this.
    fn wait_for(&mut self, what: &str) -> Result<Instant> {
        loop {
            let (at, line) = self.lines.recv_timeout(PATIENCE).context("mdbook serve has said nothing more")?;
            if line.contains(what) {
                return Ok(at);
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
