//! The checkout, and programs that run in it.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The root of the checkout.
#[must_use]
pub fn root() -> PathBuf {
    // Cargo says this when it runs a program, too. What it said when it compiled this one is the place of another
    // checkout, if two share a target directory or one was moved.
    let package = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&package).parent();
    root.expect("the package lies in xtask/").to_owned()
}

/// `cargo`, to run in the root of the checkout: the one that runs this program, so that the toolchain is the same.
#[must_use]
pub fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    cargo_in(&root(), args)
}

/// The same, in another checkout.
#[must_use]
pub fn cargo_in<S: AsRef<OsStr>>(root: &Path, args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args).current_dir(root);
    command
}

/// The folder of the programs that the project installs for itself, with `bin/` in it.
#[must_use]
pub fn tools() -> PathBuf {
    root().join("target").join("tools")
}

/// Where one of them is, once it is installed.
#[must_use]
pub fn tool(name: &str) -> PathBuf {
    program_in(&tools(), name)
}

/// Where [`installer`] puts a program that it installs in a folder.
#[must_use]
pub fn program_in(folder: &Path, name: &str) -> PathBuf {
    folder.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// What installs one of them in a folder, in this version and with what its authors tested it with.
#[must_use]
pub fn installer(package: &str, version: &str, folder: &Path) -> Command {
    let mut install = cargo(["install", package, "--version", version, "--locked", "--root"]);
    install.arg(folder);
    install
}

/// A command as one would type it.
#[must_use]
pub fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args()).map(|word| {
        let word = word.to_string_lossy();
        shlex::try_quote(&word).map_or_else(|_| word.to_string(), |quoted| quoted.into_owned())
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Says what it runs, runs it, and waits for its end.
///
/// # Errors
/// When it cannot be started.
pub fn run(command: &mut Command) -> Result<ExitStatus> {
    println!("$ {}", typed(command));
    command.status().with_context(|| format!("could not run {}", command.get_program().display()))
}

/// Ends as a child has ended; a signal counts as a failure.
#[must_use]
pub fn exit_code(status: ExitStatus) -> ExitCode {
    status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
}

/// Builds with `cargo build ARGS` and returns the path of the program `name` that comes out of it.
///
/// # Errors
/// When the build fails.
pub fn build_program(name: &str, args: &[&str]) -> Result<PathBuf> {
    let [program] = build_programs([name], args)?;
    Ok(program)
}

/// Builds with `cargo build ARGS` and returns the paths of the programs with these names that come out of it.
/// Cargo is asked for the paths, because the user's configuration can put them anywhere.
///
/// # Errors
/// When the build fails.
pub fn build_programs<const N: usize>(names: [&str; N], args: &[&str]) -> Result<[PathBuf; N]> {
    let mut command = cargo(["build", "--locked"]);
    command.args(args);
    println!("$ {}", typed(&command));
    let mut child = command
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped())
        .spawn()
        .context("could not run cargo")?;
    let stdout = child.stdout.take().context("stdout was asked for")?;
    let mut programs = names.map(|_| PathBuf::new());
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        for (program, name) in programs.iter_mut().zip(names) {
            if let Some(path) = executable(&line, name) {
                *program = path;
            }
        }
    }
    let is_built = child.wait()?.success();
    match names.iter().zip(&programs).find(|(_, program)| program.as_os_str().is_empty()) {
        _ if !is_built => bail!("{} does not compile", names.join(" or ")),
        Some((name, _)) => bail!("cargo built no program called {name}"),
        None => Ok(programs),
    }
}

/// The path of the program `name`, if this line of Cargo's says that it was built.
fn executable(line: &str, name: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["target"]["name"] != name {
        return None;
    }
    message["executable"].as_str().map(PathBuf::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("/some where/cargo");
        command.args(["clippy", "--", "-D", "two words"]);
        assert_eq!(typed(&command), "cargo clippy -- -D 'two words'");
    }

    #[test]
    fn cargo_says_where_a_program_is() {
        let line = |name, executable| {
            format!(r#"{{"reason":"compiler-artifact","target":{{"name":"{name}"}},"executable":{executable}}}"#)
        };
        assert_eq!(executable(&line("suite", r#""/t/suite""#), "suite"), Some(PathBuf::from("/t/suite")));
        assert_eq!(executable(&line("suite", "null"), "suite"), None, "a library");
        assert_eq!(executable(&line("other", r#""/t/other""#), "suite"), None);
        assert_eq!(executable("warning: no JSON at all", "suite"), None);
    }
}
