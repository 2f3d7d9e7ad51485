//! `mdbook-bilingual-site`: the program of `[output.bilingual-site]`. The only code that prints.

#![allow(clippy::print_stderr, reason = "this is the program")]

use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
use mdbook_bilingual_core::host::pipe;
use mdbook_renderer::RenderContext;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}

fn run() -> Result<()> {
    let json = pipe::read(io::stdin())?;
    let context: RenderContext = serde_json::from_str(&json).context("what mdBook sends to a renderer")?;
    drop(json);
    for lacking in mdbook_bilingual_site::render(&context)? {
        eprintln!("note: {lacking}");
    }
    Ok(())
}
