//! A round: the same book built five ways, and what each used.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use super::cpu;
use super::report::{milliseconds, percent};
use crate::mdbook;

/// A way of building a book.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// Without any preprocessor of ours.
    Bare,
    /// With one that changes nothing.
    NoOp,
    /// With the suite, which asks git nothing and leaves the text as it is: no formulas, no emphasis and the like.
    Plain,
    /// With the suite, which asks git nothing.
    Suite,
    /// With the suite, and what git knows of the notes.
    History,
}

impl Variant {
    const ALL: [Self; 5] = [Self::Bare, Self::NoOp, Self::Plain, Self::Suite, Self::History];

    /// The preprocessor's name in `book.toml`.
    fn preprocessor(self) -> Option<&'static str> {
        match self {
            Self::Bare => None,
            Self::NoOp => Some("no-op"),
            Self::Plain | Self::Suite | Self::History => Some("bilingual"),
        }
    }

    /// The book's configuration.
    pub(super) fn book_toml(self) -> String {
        let mut toml = String::from("[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n");
        if let Some(name) = self.preprocessor() {
            toml += &format!(
                "\n[preprocessor.{name}]\nrenderers = [\"html\"]\nafter = [\"index\"]\nbefore = [\"links\"]\n"
            );
        }
        if self.preprocessor() == Some("bilingual") {
            toml += &format!("languages = [\"zh-CN\", \"en\"]\nhistory.git = {}\n", self == Self::History);
        }
        if self == Self::Plain {
            toml += &skip();
        }
        toml
    }
}

/// The passes that show the text as its author meant it.
const OF_THE_TEXT: [&str; 10] = [
    "formulas",
    "emphasis",
    "line-breaks",
    "diagrams",
    "callouts",
    "autolinks",
    "code-languages",
    "plain-text",
    "punctuation",
    "emoji",
];

/// The line of a configuration that leaves them out.
pub(super) fn skip() -> String {
    format!("skip = {OF_THE_TEXT:?}\n")
}

/// The programs that take part.
pub(super) struct Programs {
    pub(super) mdbook: PathBuf,
    pub(super) no_op: PathBuf,
    pub(super) suite: PathBuf,
}

/// The CPU time of one round.
pub(super) struct Round {
    /// Of `mdbook build` without a preprocessor.
    pub(super) bare: Duration,
    /// Of the preprocessor that does nothing.
    pub(super) no_op: Duration,
    /// Of the suite that leaves the text as it is.
    pub(super) plain: Duration,
    /// Of the suite.
    pub(super) suite: Duration,
    /// Of the suite with what git knows, and of git.
    pub(super) history: Duration,
    /// Of the whole build with the suite that leaves the text as it is, and with the one that does not.
    pub(super) builds: [Duration; 2],
}

impl Round {
    /// A round that took so many milliseconds.
    #[cfg(test)]
    pub(super) fn of_milliseconds(bare: u64, no_op: u64, plain: u64, suite: u64, history: u64) -> Self {
        let [bare, no_op, plain, suite, history] = [bare, no_op, plain, suite, history].map(Duration::from_millis);
        Self { bare, no_op, plain, suite, history, builds: [bare + plain, bare + suite] }
    }

    /// What the suite adds, as a share of the bare build.
    pub(super) fn share(&self) -> f64 {
        (self.suite.as_secs_f64() - self.no_op.as_secs_f64()) / self.bare.as_secs_f64()
    }

    /// What the passes of the text add to that, in the suite's own process.
    pub(super) fn share_of_text(&self) -> f64 {
        (self.suite.as_secs_f64() - self.plain.as_secs_f64()) / self.bare.as_secs_f64()
    }

    /// The same for the whole build: mdBook has more to render where there are formulas.
    pub(super) fn share_of_text_in_build(&self) -> f64 {
        let [plain, suite] = self.builds.map(|build| build.as_secs_f64());
        (suite - plain) / self.bare.as_secs_f64()
    }

    /// What it adds with what git knows, likewise.
    pub(super) fn share_with_history(&self) -> f64 {
        (self.history.as_secs_f64() - self.no_op.as_secs_f64()) / self.bare.as_secs_f64()
    }
}

/// Builds the book in `folder` over and over and returns what was measured, round by round. `beside` is done in each
/// round, the first one that is not counted included.
///
/// # Errors
/// When a build fails, or what is done beside it.
pub(super) fn measure(
    folder: &Path,
    programs: &Programs,
    rounds: u32,
    book_toml: impl Fn(Variant) -> String,
    mut beside: impl FnMut() -> Result<()>,
) -> Result<Vec<Round>> {
    // The first round finds cold caches and is not counted.
    beside()?;
    round(folder, programs, &book_toml)?;
    (1..=rounds)
        .map(|number| {
            beside()?;
            let round = round(folder, programs, &book_toml)?;
            println!(
                "{} round {number}/{rounds}: bare {}, no-op {}, suite {}, adds {}, of that the text {}, with git {}",
                folder.file_name().unwrap_or_default().display(),
                milliseconds(round.bare),
                milliseconds(round.no_op),
                milliseconds(round.suite),
                percent(round.share()),
                percent(round.share_of_text()),
                percent(round.share_with_history())
            );
            Ok(round)
        })
        .collect()
}

fn round(folder: &Path, programs: &Programs, book_toml: &impl Fn(Variant) -> String) -> Result<Round> {
    let [bare, no_op, plain, suite, history] =
        Variant::ALL.map(|variant| build(folder, programs, variant, &book_toml(variant)));
    let (plain, suite) = (plain?, suite?);
    Ok(Round {
        bare: bare?.build,
        no_op: no_op?.own,
        plain: plain.own,
        suite: suite.own,
        history: history?.own,
        builds: [plain.build, suite.build],
    })
}

/// The CPU time of one build.
struct Used {
    /// Of all of it.
    build: Duration,
    /// Of the preprocessor; nothing without one.
    own: Duration,
}

/// Builds the book and returns what that used.
fn build(folder: &Path, programs: &Programs, variant: Variant, book_toml: &str) -> Result<Used> {
    fs::write(folder.join("book.toml"), book_toml)?;
    let log = folder.join("cpu.log");
    let mut mdbook = Command::new(&programs.mdbook);
    mdbook.arg("build").current_dir(folder).stdin(Stdio::null());
    mdbook::forget_settings(&mut mdbook);
    if let Some(name) = variant.preprocessor() {
        fs::write(&log, "")?;
        let program = if variant == Variant::NoOp { &programs.no_op } else { &programs.suite };
        let wrapper = env::current_exe()?;
        let words = [wrapper.as_os_str(), "measured".as_ref(), log.as_os_str(), "--".as_ref(), program.as_os_str()];
        mdbook.env(mdbook::command_variable(name), mdbook::command_line(words)?);
    }
    let before = cpu::of_children()?;
    let output = mdbook.output().with_context(|| format!("could not run {}", programs.mdbook.display()))?;
    let whole = cpu::of_children()? - before;
    if !output.status.success() {
        bail!("mdbook build failed in {}:\n{}", folder.display(), String::from_utf8_lossy(&output.stderr));
    }
    if variant.preprocessor().is_none() {
        return Ok(Used { build: whole, own: Duration::ZERO });
    }
    let lines = fs::read_to_string(&log)?;
    // `renderers` in the table spares mdBook the question whether HTML is supported.
    ensure!(lines.lines().count() == 1, "the preprocessor ran {} times instead of once", lines.lines().count());
    Ok(Used { build: whole, own: Duration::from_micros(lines.split_whitespace().next().unwrap_or_default().parse()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_what_the_suite_uses_beyond_the_no_op() {
        let round = Round::of_milliseconds(1000, 20, 40, 50, 60);
        for (share, want) in
            [(round.share(), 0.03), (round.share_of_text(), 0.01), (round.share_of_text_in_build(), 0.01)]
        {
            assert!((share - want).abs() < 1e-9, "{share} {want}");
        }
        assert!(
            Round::of_milliseconds(1000, 50, 20, 20, 20).share() < 0.0,
            "faster than nothing is noise, and may be seen"
        );
    }

    #[test]
    fn only_the_suite_has_languages() {
        assert!(!Variant::Bare.book_toml().contains("preprocessor"));
        assert!(Variant::NoOp.book_toml().contains("[preprocessor.no-op]\nrenderers = [\"html\"]"));
        assert!(Variant::Suite.book_toml().contains("languages"));
        assert!(Variant::Suite.book_toml().ends_with("history.git = false\n"));
        assert!(Variant::Plain.book_toml().contains("skip = [\"formulas\", "));
        assert!(Variant::History.book_toml().ends_with("history.git = true\n"));
    }
}
