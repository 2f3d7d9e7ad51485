//! `mdbook-bilingual-site`: the program of `[output.bilingual-site]`. The only code that prints.

#![allow(clippy::print_stderr, reason = "this is the program")]

use std::io;
use std::process::ExitCode;

use anyhow::{Context, Result};
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
    let context = RenderContext::from_json(io::stdin()).context("what mdBook sends to a renderer")?;
    for lacking in mdbook_bilingual_site::render(&context)? {
        eprintln!("note: {lacking}");
    }
    Ok(())
}
