//! A preprocessor that changes nothing: what `cargo xtask bench` compares the suite with.
//!
//! It reads and writes the book in the leanest way there is, so that what the suite adds is not made to look small:
//! all of the input into one string and all of the output from one.

use std::env;
use std::io::{self, Read, Write};

use mdbook_preprocessor::PreprocessorContext;
use mdbook_preprocessor::book::Book;

fn main() -> anyhow::Result<()> {
    if env::args().nth(1).as_deref() == Some("supports") {
        return Ok(());
    }
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let (_, book): (PreprocessorContext, Book) = serde_json::from_str(&input)?;
    io::stdout().write_all(serde_json::to_string(&book)?.as_bytes())?;
    Ok(())
}
