//! `mdbook-bilingual-search`: the program for books that have no other part of the suite. The only code that prints.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is the program")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use mdbook_bilingual_search::book;
use mdbook_bilingual_search::index::Options;

/// What gives the program its memory: the system's takes longer where many small pieces are asked for.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Gives a built mdBook a search that finds Chinese phrases, exact ones first, in a few dozen kilobytes.
///
/// Run it after each `mdbook build`: it takes the place of mdBook's own search in the folder that was built, in the same
/// box. A book with [output.bilingual-site] has this search already.
#[derive(Parser)]
#[command(name = "mdbook-bilingual-search", version = concat!(env!("CARGO_PKG_VERSION"), " (mdBook 0.5)"))]
struct Arguments {
    /// The folder that `mdbook build` wrote.
    #[arg(default_value = "book")]
    folder: PathBuf,
    /// How many results are shown at most.
    #[arg(long, default_value_t = Options::default().limit_results)]
    limit_results: u32,
    /// How many words are shown of each result.
    #[arg(long, default_value_t = Options::default().teaser_word_count)]
    teaser_word_count: u32,
    /// How much more a word counts in a heading: 0 for no more than elsewhere.
    #[arg(long, default_value_t = Options::default().boost_title)]
    boost_title: u8,
    /// Down to which level of headings a page is split.
    #[arg(long, default_value_t = Options::default().heading_split_level, value_parser = clap::value_parser!(u8).range(0..=6))]
    heading_split_level: u8,
}

fn main() -> ExitCode {
    let Arguments { folder, limit_results, teaser_word_count, boost_title, heading_split_level } = Arguments::parse();
    let options = Options { limit_results, teaser_word_count, boost_title, heading_split_level };
    match book::index(&folder, options) {
        Ok(made) => {
            for (language, made) in made {
                let kilobytes = made.bytes / 1000;
                println!("{language}: {} sections, {} files, {kilobytes} kB", made.sections, made.files);
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(1)
        }
    }
}
