//! Which mdBook to run, and how it is told about the suite.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use semver::{Version, VersionReq};

use crate::workspace;

/// The versions whose preprocessor protocol the suite speaks.
const ACCEPTED: &str = "^0.5";

/// The version that is installed where there is none.
pub(crate) const PINNED: &str = "0.5.4";

/// Which mdBook there is.
pub(crate) enum Found {
    /// One that the suite works with.
    Program(PathBuf),
    /// None; why not.
    None(String),
}

/// Looks for an mdBook that the suite works with: on `PATH`, else the project's own.
pub(crate) fn look() -> Found {
    let own = workspace::tool("mdbook");
    let mut unfit = Vec::new();
    for program in [Path::new("mdbook"), &own] {
        match version_of(program) {
            Some(version) if accepts(&version) => return Found::Program(program.to_owned()),
            Some(version) => unfit.push(format!("{} is version {version}", program.display())),
            None => {}
        }
    }
    Found::None(if unfit.is_empty() { "there is none".to_owned() } else { unfit.join(", ") })
}

/// An mdBook that the suite works with; the project's own is installed if need be.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn find() -> Result<PathBuf> {
    let reason = match look() {
        Found::Program(program) => return Ok(program),
        Found::None(reason) => reason,
    };
    println!("mdBook {ACCEPTED} is needed and {reason}: installing {PINNED} in target/tools.");
    let mut install = workspace::installer("mdbook", PINNED, &workspace::tools());
    // It builds this book in a second all the same, and is there in half of the time.
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    if !workspace::run(&mut install)?.success() {
        bail!("mdBook {PINNED} could not be installed; install one yourself and put it on PATH");
    }
    println!("mdBook {PINNED} is found in target/tools; your PATH can stay as it is.");
    Ok(workspace::tool("mdbook"))
}

/// The mdBook that is measured: the pinned version, optimised as `cargo install mdbook` has it. That of [`find`] may be one
/// that is several times slower, beside which everything looks fast.
///
/// # Errors
/// When it cannot be installed.
pub(crate) fn optimised() -> Result<PathBuf> {
    let folder = workspace::tools().join("optimised");
    let program = workspace::program_in(&folder, "mdbook");
    if version_of(&program).is_none_or(|version| version.to_string() != PINNED) {
        println!("Benchmarks need an optimised mdBook {PINNED}: installing it in {}.", folder.display());
        let mut install = workspace::installer("mdbook", PINNED, &folder);
        install.env_remove("CARGO_PROFILE_RELEASE_OPT_LEVEL");
        if !workspace::run(&mut install)?.success() {
            bail!("mdBook {PINNED} could not be installed for the benchmarks; what cargo said is above");
        }
    }
    Ok(program)
}

/// What `program --version` says, if it is there and says a version.
fn version_of(program: &Path) -> Option<Version> {
    let output = Command::new(program).arg("--version").output().ok()?;
    parse_version(&String::from_utf8_lossy(&output.stdout))
}

/// `mdbook v0.5.4` → `0.5.4`
fn parse_version(said: &str) -> Option<Version> {
    let word = said.split_whitespace().nth(1)?;
    Version::parse(word.strip_prefix('v').unwrap_or(word)).ok()
}

fn accepts(version: &Version) -> bool {
    VersionReq::parse(ACCEPTED).expect("the constant is a requirement").matches(version)
}

/// The environment variable that sets the command of the preprocessor `name`, in mdBook's spelling.
pub(crate) fn command_variable(name: &str) -> String {
    format!("MDBOOK_PREPROCESSOR__{}__COMMAND", name.to_uppercase().replace('-', "_"))
}

/// The environment's name for the command of a renderer.
pub(crate) fn renderer_variable(name: &str) -> String {
    format!("MDBOOK_OUTPUT__{}__COMMAND", name.to_uppercase().replace('-', "_"))
}

/// Takes mdBook's settings out of the environment of a command: whoever measures may have some for another book.
pub(crate) fn forget_settings(command: &mut Command) {
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("MDBOOK_")) {
        command.env_remove(name);
    }
}

/// A command line that mdBook takes apart into exactly these words.
/// It does so as a Unix shell would, on every system: spaces and Windows' backslashes have to be quoted.
///
/// # Errors
/// When a word is not Unicode, which mdBook's configuration has to be.
pub(crate) fn command_line<S: AsRef<OsStr>>(words: impl IntoIterator<Item = S>) -> Result<String> {
    let quoted = words.into_iter().map(|word| {
        let word = word.as_ref();
        let text = word.to_str().with_context(|| format!("{} is not Unicode", word.display()))?;
        Ok(shlex::try_quote(text)?.into_owned())
    });
    Ok(quoted.collect::<Result<Vec<_>>>()?.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_0_5_is_accepted_and_nothing_else() {
        for (said, accepted) in [
            ("mdbook v0.5.4\n", true),
            ("mdbook v0.5.0", true),
            ("mdbook 0.5.99", true),
            ("mdbook v0.4.52", false),
            ("mdbook v0.6.0", false),
            ("mdbook v0.5.0-beta.1", false),
        ] {
            let version = parse_version(said).unwrap_or_else(|| panic!("{said:?} has a version"));
            assert_eq!(accepts(&version), accepted, "{said:?}");
        }
    }

    #[test]
    fn a_program_that_says_something_else_has_no_version() {
        assert_eq!(parse_version(""), None);
        assert_eq!(parse_version("command not found"), None);
    }

    #[test]
    fn the_pinned_version_is_accepted() -> Result<()> {
        assert!(accepts(&Version::parse(PINNED)?));
        Ok(())
    }

    #[test]
    fn mdbook_gets_back_the_words_that_went_in() -> Result<()> {
        for words in [
            vec!["/home/me/my notes/target/release/suite"],
            vec![r"C:\Users\me\target\release\suite.exe", "--", "it's"],
            vec!["/plain/suite", "measured", "/plain/log"],
        ] {
            assert_eq!(shlex::split(&command_line(&words)?), Some(words.into_iter().map(str::to_owned).collect()));
        }
        Ok(())
    }

    #[test]
    fn the_variable_is_spelled_as_mdbook_reads_it() {
        assert_eq!(command_variable("bilingual"), "MDBOOK_PREPROCESSOR__BILINGUAL__COMMAND");
        assert_eq!(command_variable("no-op"), "MDBOOK_PREPROCESSOR__NO_OP__COMMAND");
    }
}
