//! The built program.

use std::path::{Path, PathBuf};
use std::process::Command;

use support::host;
use support::program::{Run, command, run};

/// Where Cargo has put it.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_mdbook-bilingual");

/// The program, with nothing of the environment that it listens to.
pub(crate) fn program() -> Command {
    command(Path::new(PROGRAM))
}

/// Runs `mdbook-bilingual VERB FOLDER ARGUMENTS`.
#[track_caller]
pub(crate) fn run_on(verb: &str, folder: &Path, arguments: &[&str]) -> Run {
    let mut program = program();
    program.arg(verb).arg(folder).args(arguments);
    run(program, b"")
}

/// Runs `mdbook-bilingual ARGUMENTS` in a folder.
#[track_caller]
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    let mut program = program();
    program.args(arguments).current_dir(folder);
    run(program, b"")
}

/// Builds the book in a folder with the program as its preprocessor, and returns the folder of its pages.
#[track_caller]
pub(crate) fn build(root: &Path) -> PathBuf {
    host::build(root, Path::new(PROGRAM), None).unwrap_or_else(|error| panic!("{}: {error:#}", root.display()))
}

/// The same, into this folder.
#[track_caller]
pub(crate) fn build_into(root: &Path, out: &Path) {
    let built = host::build(root, Path::new(PROGRAM), Some(out));
    built.unwrap_or_else(|error| panic!("{}: {error:#}", root.display()));
}

/// The root of the checkout.
pub(crate) fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file, with the line ends of Unix: a checkout may have others.
#[track_caller]
pub(crate) fn text(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.replace("\r\n", "\n")
}
