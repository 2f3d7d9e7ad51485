//! `cargo xtask serve` and `cargo xtask build`: mdBook on this project's book, with the suite as it is in the checkout.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};

use anyhow::Result;

use crate::mdbook;
use crate::workspace::{self, build_program, root};

/// The name of the suite's package and program.
const SUITE: &str = "mdbook-bilingual";

/// Builds the suite, then runs `mdbook VERB ARGS` with it.
///
/// # Errors
/// When the suite does not compile, or when there is no mdBook and none can be installed.
pub(crate) fn run(verb: &str, args: &[OsString]) -> Result<ExitStatus> {
    let suite = build_suite()?;
    let mut mdbook = Command::new(mdbook::find()?);
    mdbook.arg(verb).args(args).current_dir(root());
    // `book.toml` names `cargo run`, which would compile the suite a second time, for debugging.
    mdbook.env(mdbook::command_variable("bilingual"), mdbook::command_line([suite])?);
    workspace::run(&mut mdbook)
}

/// Builds the suite as its users install it, and returns the path of the program.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build_suite() -> Result<PathBuf> {
    build_program(SUITE, &["--release", "--package", SUITE])
}
