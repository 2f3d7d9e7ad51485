//! `cargo xtask serve` and `cargo xtask build`: mdBook on a book of this project, with the suite as it is in the checkout.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

use crate::address::Address;
use crate::heard;
use crate::mdbook::{self, Found, PINNED};
use crate::workspace::{self, build_program, build_programs, root};

/// The name of the suite's package and program.
const SUITE: &str = "mdbook-bilingual";

/// The name of the renderer's.
const SITE: &str = "mdbook-bilingual-site";

/// The books of this project.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// The notes, in `book/`.
    Notes,
    /// How to use the suite, in `guide/`.
    Guide,
}

impl Shown {
    pub(crate) fn of(guide: bool) -> Self {
        if guide { Self::Guide } else { Self::Notes }
    }

    /// The folder of its `book.toml`.
    fn folder(self) -> PathBuf {
        match self {
            Self::Notes => root(),
            Self::Guide => root().join("guide"),
        }
    }

    /// What it is called, and where it is built.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Notes => ("the book", "target/book"),
            Self::Guide => ("the guide", "target/guide"),
        }
    }
}

/// Builds the suite, then runs `mdbook build ARGS` with it.
///
/// # Errors
/// When the suite does not compile, or when there is no mdBook and none can be installed.
pub(crate) fn build(shown: Shown, args: &[OsString]) -> Result<ExitStatus> {
    let (name, place) = shown.words();
    println!("{}", plan(&format!("builds {name} into {place}")));
    workspace::run(&mut mdbook(shown, "build", args)?)
}

/// Builds the suite, then runs `mdbook serve ARGS` with it, and passes on what that says as far as it is new.
///
/// # Errors
/// As above, and when nobody can listen where mdBook would.
pub(crate) fn serve(shown: Shown, args: &[OsString]) -> Result<ExitStatus> {
    let address = Address::of(args);
    // Not after ten minutes.
    address.check()?;
    println!("{}", plan(&format!("serves {} at {address} until you press Ctrl-C", shown.words().0)));
    let mut mdbook = mdbook(shown, "serve", args)?;
    println!("$ {}", workspace::typed(&mdbook));
    let mut child = mdbook.stderr(Stdio::piped()).spawn().context("could not run mdbook")?;
    heard::pass_on(child.stderr.take().context("stderr was asked for")?);
    Ok(child.wait()?)
}

/// What will be done, and how long that takes.
fn plan(then: &str) -> String {
    let needs_mdbook = matches!(mdbook::look(), Found::None(_));
    told(!was_built(), needs_mdbook, then)
}

/// The same, in words. The times were measured on two cores, idle and with other builds beside it.
fn told(is_first: bool, needs_mdbook: bool, then: &str) -> String {
    let suite = if is_first { "compiles the suite (the first time: 1 to 6 minutes)" } else { "compiles what changed" };
    let install = if needs_mdbook { format!(", installs mdBook {PINNED} (1 to 4 minutes)") } else { String::new() };
    let less = if is_first || needs_mdbook {
        "\nThese are times of two cores, idle or busy; the next start takes seconds."
    } else {
        ""
    };
    format!("This {suite}{install}, and then {then}.{less}")
}

/// Whether the suite was built here before, as far as can be told without asking Cargo, which can take a while.
fn was_built() -> bool {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target));
    [SUITE, SITE].iter().all(|name| target.join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX)).exists())
}

/// `mdbook VERB ARGS` with the suite, which is built first.
fn mdbook(shown: Shown, verb: &str, args: &[OsString]) -> Result<Command> {
    let [suite, site] = build_suite()?;
    let mut mdbook = Command::new(mdbook::find()?);
    mdbook.arg(verb).args(args).current_dir(shown.folder());
    // `book.toml` names `cargo run`, which would ask Cargo twice more, each time that a file is saved.
    mdbook.env(mdbook::command_variable("bilingual"), mdbook::command_line([suite])?);
    mdbook.env(mdbook::renderer_variable("bilingual-site"), mdbook::command_line([site])?);
    Ok(mdbook)
}

/// Builds the suite for whoever works on it, and returns the paths of its two programs: a page takes a fifth of a second
/// more than with the release profile, and the first page half of the time.
///
/// Both at once, as `cargo run --bin` of `book.toml` and of the checks builds them: each by itself would have other
/// features, and Cargo would compile the library for each.
///
/// # Errors
/// When they do not compile.
fn build_suite() -> Result<[PathBuf; 2]> {
    build_programs([SUITE, SITE], &["--bins"])
}

/// Builds the suite as its users install it, and returns the path of the program.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build_fast_suite() -> Result<PathBuf> {
    build_program(SUITE, &["--release", "--package", SUITE])
}

/// The same for the site renderer.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build_fast_site() -> Result<PathBuf> {
    build_program(SITE, &["--release", "--package", SITE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_be_done_is_said() {
        assert_eq!(told(false, false, "serves"), "This compiles what changed, and then serves.");
        let first = told(true, true, "serves");
        for part in ["the suite", "6 minutes", "installs mdBook 0.5.4 (1 to 4 minutes), and then serves.", "two cores"]
        {
            assert!(first.contains(part), "{first}");
        }
        assert!(!told(true, false, "builds").contains("mdBook"));
    }
}
