//! What `cargo xtask bench --search` needs a browser for, and a reader of pages: a program of its own, so that nobody who
//! only builds the book compiles it.
//!
//! | call | does |
//! |---|---|
//! | `search-bench pagefind` | installs Pagefind if need be, and says where its program is |
//! | `search-bench queries NAME FOLDER` | searches the book in `FOLDER`, which holds `site/`, and what it is compared with in `mdbook/` and `pagefind/` |
//! | `search-bench typing NAME FOLDER …` | measures the time from a key to a result |
//!
//! | module | holds |
//! |---|---|
//! | [`truth`] | what is in the pages |
//! | [`text`] | when a text holds a phrase |
//! | [`sample`] | what is searched for |
//! | [`frames`] | searches in a browser, and what they load |
//! | [`ours`] | the search of the site |
//! | [`others`] | those that it is compared with |
//! | [`judge`] | what is right and wrong about hits |
//! | [`sizes`] | bytes |
//! | [`queries`] | the tables, and the limits |
//! | [`typing`] | the time from a key to a result |

#![allow(clippy::print_stdout, reason = "it says what it measured")]

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use browser_tests::checkers;

mod frames;
mod judge;
mod others;
mod ours;
mod queries;
mod sample;
mod sizes;
mod text;
mod truth;
mod typing;

fn main() -> Result<ExitCode> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["pagefind"] => println!("{}", checkers::pagefind()?.display()),
        ["queries", name, folder] => {
            let verdicts = queries::run(name, Path::new(folder))?;
            println!();
            for (sentence, _) in &verdicts {
                println!("{sentence}");
            }
            if verdicts.iter().any(|(_, kept)| !kept) {
                return Ok(ExitCode::FAILURE);
            }
        }
        ["typing", ref folders @ ..] if !folders.is_empty() && folders.len().is_multiple_of(2) => {
            let folders: Vec<(&str, &Path)> = folders.chunks(2).map(|pair| (pair[0], Path::new(pair[1]))).collect();
            typing::run(&folders)?;
        }
        _ => bail!("`cargo xtask bench --search` knows how this is called"),
    }
    Ok(ExitCode::SUCCESS)
}
