//! `cargo xtask bench --site`: what the site of a book costs, beside mdBook's own pages of the same book.
//!
//! The whole of `mdbook build` with the suite and the site renderer, print pages, feeds and lists included, against plain
//! `mdbook build` of the same notes with its default search; the site without a search, which is counted elsewhere. git
//! is not asked: what that costs is a limit of its own, and it would be paid in both. And under `mdbook serve`, how long
//! one edit takes from the moment at which mdBook begins to build until the page is there, and how much of that mdBook
//! needs to carry the book to a preprocessor and a renderer that do nothing.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::report::{milliseconds, percent};
use super::statistics::Spread;
use super::{Programs, corpus};
use crate::mdbook;
use crate::workspace::{build_program, root};

/// The books that are measured unless others are asked for, in pairs of notes, and what the site may cost of each, as a
/// share of plain mdBook.
pub(super) const LIMITS: [(u32, f64); 3] = [(100, 0.6), (500, 0.4), (2_000, 0.2)];

/// How much more the largest may cost than the middle one, which is a quarter of it.
const GROWTH: f64 = 5.0;

/// How long one edit may take, in pairs of notes and seconds.
const EDITS: [(u32, f64); 2] = [(100, 0.5), (500, 1.0)];

/// More bytes than a pair of notes is on any site, its part of print pages and of the search included.
const LARGEST_OUTPUT: u64 = 400_000;

/// From how many pairs on a book is built no more often than it was asked for. What is built in a second is disturbed by
/// whatever else the machine does in that second, and takes several of them.
const LONG: u32 = 500;

/// How long a server is waited for.
const PATIENCE: Duration = Duration::from_secs(120);

/// A way of building a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// mdBook alone.
    Plain,
    /// The suite and the site.
    Site,
    /// A preprocessor and a renderer that do nothing.
    Nothing,
}

/// What a build used.
#[derive(Clone, Copy)]
struct Used {
    cpu: Duration,
    wall: Duration,
    /// The most memory of any of its processes, in bytes.
    memory: u64,
}

/// Measures all of it. Fails when a limit is broken.
///
/// # Errors
/// When something does not build, or this system cannot measure.
pub(super) fn run(programs: &Programs, pairs: &[u32], rounds: u32, keep: bool) -> Result<ExitCode> {
    let name = "mdbook-bilingual-site";
    let site = build_program(name, &["--release", "--package", name])?;
    let (mut lines, mut folders) = (Vec::new(), Vec::new());
    let mut costs: Vec<(u32, f64)> = Vec::new();
    println!(
        "| pairs | mdBook: CPU, time, memory | suite and site: CPU, time, memory | CPU | time |\n|---|---|---|---|---|"
    );
    for &pairs in pairs {
        let folder = root().join("target").join("bench").join(format!("{pairs}-pairs"));
        corpus::write(&folder, pairs)?;
        let bench = Bench { folder, pairs, programs, site: &site };
        let [plain, with] = bench.rounds(rounds * (LONG / pairs).max(1))?;
        let ratio = |of: fn(&Used) -> f64| median(&with, of) / median(&plain, of);
        let (cpu, wall) = (ratio(|used| used.cpu.as_secs_f64()), ratio(|used| used.wall.as_secs_f64()));
        println!("| {pairs} | {} | {} | {cpu:.2} | {wall:.2} |", row(&plain), row(&with));
        costs.push((pairs, median(&with, |used| used.cpu.as_secs_f64())));
        if let Some((_, limit)) = LIMITS.iter().find(|(of, _)| *of == pairs) {
            lines.push(verdict(&format!("{pairs} pairs: {cpu:.2} of mdBook's CPU time"), cpu, *limit));
            lines.push(verdict(&format!("{pairs} pairs: {wall:.2} of mdBook's time"), wall, *limit));
        }
        let memory = ratio(|used| used.memory as f64);
        lines.push(verdict(&format!("{pairs} pairs: {memory:.2} of mdBook's memory"), memory, 1.0));
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
        lines.push(verdict(&format!("from 500 to 2,000 pairs: {growth:.1} times the CPU time"), growth, GROWTH));
    }
    println!();
    for (line, _) in &lines {
        println!("{line}");
    }
    Ok(if lines.iter().all(|(_, kept)| *kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn verdict(what: &str, value: f64, limit: f64) -> (String, bool) {
    let kept = value <= limit;
    (format!("{what}; the limit of {limit} is {}.", if kept { "kept" } else { "BROKEN" }), kept)
}

fn median(all: &[Used], of: fn(&Used) -> f64) -> f64 {
    Spread::of(all.iter().map(of)).median
}

fn row(all: &[Used]) -> String {
    let time = |of| milliseconds(Duration::from_secs_f64(median(all, of)));
    let memory = median(all, |used| used.memory as f64) / f64::from(1 << 20);
    format!("{}, {}, {memory:.0} MB", time(|used| used.cpu.as_secs_f64()), time(|used| used.wall.as_secs_f64()))
}

/// A book that is built.
#[derive(Clone)]
struct Bench<'a> {
    folder: PathBuf,
    pairs: u32,
    programs: &'a Programs,
    site: &'a Path,
}

impl Bench<'_> {
    /// Builds by turns, once uncounted.
    fn rounds(&self, rounds: u32) -> Result<[Vec<Used>; 2]> {
        let mut all = [Vec::new(), Vec::new()];
        for round in 0..=rounds {
            for (way, used) in [Way::Plain, Way::Site].into_iter().zip(&mut all) {
                let measured = self.build(way)?;
                used.extend((round > 0).then_some(measured));
            }
        }
        Ok(all)
    }

    /// The command of mdBook for a way of building, with its `book.toml` in place.
    fn mdbook(&self, way: Way, verb: &str) -> Result<Command> {
        let mut toml = String::from("[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n");
        let mut commands = Vec::new();
        match way {
            Way::Plain => {}
            Way::Site => {
                toml += "\n[preprocessor.bilingual]\nrenderers = [\"bilingual-site\"]\nafter = [\"index\"]\nbefore = \
                         [\"links\"]\nlanguages = [\"zh-CN\", \"en\"]\nhistory.git = false\n\n[output.bilingual-site.html]\n\
                         site-url = \"https://example.org/\"\nsearch.enable = false\n";
                commands.push((mdbook::command_variable("bilingual"), mdbook::command_line([&self.programs.suite])?));
                commands.push((mdbook::renderer_variable("bilingual-site"), mdbook::command_line([self.site])?));
            }
            Way::Nothing => {
                toml += "\n[preprocessor.no-op]\nrenderers = [\"nothing\"]\nafter = [\"index\"]\nbefore = [\"links\"]\n\n\
                         [output.nothing]\ncommand = \"sh -c 'cat > /dev/null'\"\n";
                commands.push((mdbook::command_variable("no-op"), mdbook::command_line([&self.programs.no_op])?));
            }
        }
        fs::write(self.folder.join("book.toml"), toml)?;
        let mut mdbook = Command::new(&self.programs.mdbook);
        mdbook.arg(verb).current_dir(&self.folder).stdin(Stdio::null());
        mdbook::forget_settings(&mut mdbook);
        mdbook.envs(commands);
        Ok(mdbook)
    }

    /// One build from nothing.
    fn build(&self, way: Way) -> Result<Used> {
        let place = Place::of(self, way)?;
        let mut mdbook = self.mdbook(way, "build")?;
        mdbook.arg("--dest-dir").arg(&place.folder);
        let log = self.folder.join("cpu.log");
        fs::write(&log, "")?;
        let mut measured = Command::new(std::env::current_exe()?);
        measured.arg("measured").arg(&log).arg("--").arg(mdbook.get_program()).args(mdbook.get_args());
        measured.current_dir(&self.folder).stdin(Stdio::null());
        for (name, value) in mdbook.get_envs() {
            match value {
                Some(value) => measured.env(name, value),
                None => measured.env_remove(name),
            };
        }
        let begin = Instant::now();
        let output = measured.output().context("could not run mdbook")?;
        let wall = begin.elapsed();
        drop(place);
        if !output.status.success() {
            bail!("mdbook build failed in {}:\n{}", self.folder.display(), String::from_utf8_lossy(&output.stderr));
        }
        let said = fs::read_to_string(&log)?;
        let mut numbers = said.split_whitespace().map(str::parse::<u64>);
        let mut number = || numbers.next().context("nothing was measured")?.map_err(anyhow::Error::from);
        Ok(Used { cpu: Duration::from_micros(number()?), memory: number()?, wall })
    }

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
        Ok(verdict(&what, with, limit))
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

/// Where a book is built.
struct Place {
    folder: PathBuf,
    is_in_memory: bool,
}

impl Place {
    /// A new folder in memory, where the system has one with room for a site. For minutes after files were deleted, ext4
    /// takes several times as long to create others, and what was measured before would count; elsewhere the folder stays
    /// until all is measured.
    fn of(bench: &Bench<'_>, way: Way) -> Result<Self> {
        let name = bench.folder.file_name().context("a folder")?.to_string_lossy();
        let memory = Path::new("/dev/shm").join(format!("mdbook-bilingual-{}-{name}-{way:?}", std::process::id()));
        if is_roomy(Path::new("/dev/shm"), u64::from(bench.pairs) * LARGEST_OUTPUT) {
            return Ok(Self { folder: memory, is_in_memory: true });
        }
        let out = (0..).map(|number| bench.folder.join(format!("out-{number}"))).find(|out| !out.exists());
        Ok(Self { folder: out.context("a folder")?, is_in_memory: false })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_in_memory {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// Whether a folder has room for so many bytes.
#[cfg(unix)]
fn is_roomy(folder: &Path, bytes: u64) -> bool {
    // The numbers have other sizes on other systems.
    #[allow(clippy::useless_conversion, reason = "not on all systems")]
    let free =
        |found: nix::sys::statvfs::Statvfs| u64::from(found.blocks_available()) * u64::from(found.fragment_size());
    nix::sys::statvfs::statvfs(folder).is_ok_and(|found| free(found) > bytes)
}

/// The same where nothing is measured.
#[cfg(not(unix))]
fn is_roomy(_: &Path, _: u64) -> bool {
    false
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
