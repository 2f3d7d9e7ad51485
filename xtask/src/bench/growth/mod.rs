//! `cargo xtask bench --growth`: how the time of each command grows with what it is given.
//!
//! Notes are other people's, and one odd file must not make anybody wait. Each construct is a thing that a note, a book or
//! a history can have many of. It is made at n, 2n, 4n and 8n, and the exponent of its growth is the slope of a line
//! through the logarithms of size and CPU time: 1 is linear, 2 is quadratic. The limit is [`LIMIT`], which leaves room
//! for sorting, for trees, and for a machine that does something else besides.
//!
//! | module | holds |
//! |---|---|
//! | [`construct`] | what a construct is, and the book that is made of it |
//! | [`text`] | what a page can have many of |
//! | [`book`] | what a book, its configuration and mdBook's JSON can have many of |
//! | [`history`] | what a repository can have many of |
//! | [`mod@run`] | the commands, and their CPU time |
//! | [`fit`] | the exponent |

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::workspace::root;

mod book;
mod construct;
mod fit;
mod history;
mod run;
mod text;

use construct::Construct;
use fit::Point;
use run::{Outcome, Runner};

/// The largest exponent.
const LIMIT: f64 = 1.3;

/// The sizes, as multiples of a construct's own.
const TIMES: [usize; 4] = [1, 2, 4, 8];

/// How often a row is measured anew before it is believed to be above the limit.
const AGAIN: u32 = 2;

/// What was measured of a construct.
struct Row {
    construct: &'static Construct,
    /// How many bytes its book has, at each size.
    bytes: Vec<u64>,
    points: Vec<Point>,
    /// `None` for what is too fast to tell.
    exponent: Option<f64>,
    /// What went wrong, with the size at which it did.
    failure: Option<String>,
}

impl Row {
    fn keeps(&self) -> bool {
        self.failure.is_none()
            && (self.construct.exception.is_some() || self.exponent.is_none_or(|exponent| exponent <= LIMIT))
    }
}

/// Measures, prints a table, and fails when something grows faster than the limit without being an exception, or ends
/// in another way than by an exit code. Only constructs whose names, or whose commands, hold `only` are
/// measured.
///
/// # Errors
/// When a book cannot be written, or when this system cannot measure.
pub(super) fn run(suite: &Path, only: &str, keep: bool) -> Result<ExitCode> {
    let folder = root().join("target").join("bench").join("growth");
    let mut runner = Runner::new(suite, &folder)?;
    let constructs: Vec<&Construct> = [text::ALL, book::ALL, history::ALL].into_iter().flatten().collect();
    let mut rows: Vec<Row> = Vec::new();
    println!("{}", head());
    let is_meant = |construct: &&Construct| construct.name.contains(only) || construct.command.name().contains(only);
    for construct in constructs.into_iter().filter(is_meant) {
        let mut row = measure(construct, &mut runner)?;
        for _ in 0..AGAIN {
            if row.keeps() || row.failure.is_some() {
                break;
            }
            let again = measure(construct, &mut runner)?;
            if again.exponent < row.exponent {
                row = again;
            }
        }
        println!("{}", line(&row));
        rows.push(row);
    }
    if !keep {
        fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    println!("\n{}", verdict(&rows));
    let all = rows.iter().all(Row::keeps);
    Ok(if all { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure(construct: &'static Construct, runner: &mut Runner) -> Result<Row> {
    let mut row = Row { construct, bytes: Vec::new(), points: Vec::new(), exponent: None, failure: None };
    for times in TIMES {
        let n = construct.n * times;
        let book = construct.book(n);
        row.bytes.push(book.size());
        match runner.measure(&book, construct.command)? {
            Outcome::Time(seconds) => row.points.push(Point { size: n as f64, seconds }),
            Outcome::Failure(why) => {
                row.failure = Some(format!("{why} at {n}"));
                break;
            }
        }
    }
    row.exponent = fit::exponent(&row.points, runner.fixed(construct.command)?);
    Ok(row)
}

fn head() -> String {
    let title = "| construct | command | n | KB at 8n | ms at n, 2n, 4n, 8n | exponent |";
    format!("{title}\n|---|---|---|---|---|---|")
}

/// A row of the table.
fn line(row: &Row) -> String {
    let Row { construct, bytes, points, exponent, failure } = row;
    let times: Vec<String> = points.iter().map(|point| format!("{:.0}", point.seconds * 1000.0)).collect();
    let exponent = match (failure, exponent) {
        (Some(failure), _) => failure.clone(),
        (None, Some(exponent)) => format!("{exponent:.2}"),
        (None, None) => "too fast to tell".to_owned(),
    };
    let verdict = match construct.exception {
        Some(reason) => format!(" ({reason})"),
        None if row.keeps() => String::new(),
        None => " **above the limit**".to_owned(),
    };
    let kilobytes = bytes.last().copied().unwrap_or(0).div_ceil(1000);
    let (name, command, n) = (construct.name, construct.command.name(), construct.n);
    format!("| {name} | {command} | {n} | {kilobytes} | {} | {exponent}{verdict} |", times.join(", "))
}

/// How many keep the limit, and which ones do not.
fn verdict(rows: &[Row]) -> String {
    let exceptions = rows.iter().filter(|row| row.construct.exception.is_some()).count();
    let broken: Vec<String> = rows
        .iter()
        .filter(|row| !row.keeps())
        .map(|row| format!("\n- {} ({})", row.construct.name, row.construct.command.name()))
        .collect();
    format!(
        "{} constructs, of which {exceptions} are exceptions with a reason; {} above the limit of {LIMIT}.{}",
        rows.len(),
        broken.len(),
        broken.concat()
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_are_many_constructs_and_each_command_has_some() {
        let all: Vec<&Construct> = [text::ALL, book::ALL, history::ALL].into_iter().flatten().collect();
        assert!(all.len() >= 60, "{}", all.len());
        let names: BTreeSet<(&str, &str)> = all.iter().map(|one| (one.name, one.command.name())).collect();
        assert_eq!(names.len(), all.len(), "a name is there twice");
        let commands: BTreeSet<&str> = all.iter().filter_map(|one| one.command.name().split(' ').next()).collect();
        assert_eq!(
            commands.into_iter().collect::<Vec<_>>(),
            ["adopt", "check", "confirm", "install", "list", "preprocessor"]
        );
    }

    #[test]
    fn no_construct_grows_faster_than_its_number() {
        for construct in [text::ALL, book::ALL, history::ALL].into_iter().flatten() {
            let [small, large] = [1, 8].map(|times| construct.book(construct.n * times).size());
            // Numbers get longer, too.
            assert!(large <= small * 9 || construct.exception.is_some(), "{}: {small}, {large}", construct.name);
            assert!(large <= 8_000_000, "{}: {large} bytes", construct.name);
        }
    }

    #[test]
    fn a_row_says_what_was_found() {
        let construct = &text::ALL[0];
        let points = vec![Point { size: 1.0, seconds: 0.01 }, Point { size: 2.0, seconds: 0.02 }];
        let mut row = Row { construct, bytes: vec![1_500], points, exponent: Some(1.004), failure: None };
        assert!(row.keeps() && line(&row).ends_with("| 2 | 10, 20 | 1.00 |"), "{}", line(&row));
        row.exponent = Some(2.0);
        assert!(!row.keeps() && line(&row).ends_with("2.00 **above the limit** |"), "{}", line(&row));
        assert!(verdict(&[row]).contains("1 above the limit of 1.3.\n- "));
    }
}
