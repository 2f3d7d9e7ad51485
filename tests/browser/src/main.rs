//! Prints the path of the Chromium that the checks would run, or nothing when there is none.
//!
//! `cargo xtask test` asks this, so that a check is skipped for exactly the reason for which it could not run.

#![allow(clippy::print_stdout, reason = "this program prints names")]

fn main() -> anyhow::Result<()> {
    if let Some(path) = browser_tests::chromium::find()? {
        println!("{}", path.display());
    }
    Ok(())
}
