//! Is a phrase found: in its own language first, with keys and with an input method, on a host and on a disk?
//!
//! | module | asks |
//! |---|---|
//! | `keys` | can the box be used by keys and with an input method, and does Back lead where it should? |
//! | `words` | is what was typed found, in its order, and said so where it is not? |
//! | `files` | are answers those to the newest question, whenever their files come, and if they do not? |
//! | `places` | is it the same on a disk, under a strict policy, without scripts, with mdBook's own search? |
//! | `script` | is the script that pages load the one of the repository? |
//! | `looks` | does it fit a phone, and can it be read in every theme? |
//!
//! The book that is searched is in `notes`, and what a reader sees of it is told by `seen.js`.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use browser_tests::browser::Key;
use serde_json::{Value, json};

use crate::Reader;

mod files;
mod keys;
mod looks;
mod notes;
mod places;
mod script;
mod words;

/// A JavaScript program: `seen`, which tells what a reader sees.
const SEEN: &str = include_str!("seen.js");

/// How long a thing may take that a reader waits for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A page that somebody searches from, and what was wrong so far.
struct Searching {
    reader: Reader,
    page: String,
    faults: Vec<String>,
}

impl Searching {
    /// Opens a page of a book.
    fn from(mut reader: Reader, page: &str) -> Result<Self> {
        reader.browser.prepare(SEEN)?;
        let mut searching = Self { reader, page: String::new(), faults: Vec::new() };
        searching.open(page)?;
        Ok(searching)
    }

    /// Opens another page.
    fn open(&mut self, page: &str) -> Result<()> {
        page.clone_into(&mut self.page);
        self.reader.open(page)
    }

    fn press(&mut self, key: Key) -> Result<()> {
        self.reader.browser.press(key)
    }

    /// Types by keys, as fast as it goes.
    fn type_letters(&mut self, words: &str) -> Result<()> {
        words.chars().try_for_each(|letter| self.press(Key::Letter(letter)))
    }

    /// Writes words into the box in place of what is there, and opens it for that.
    fn write(&mut self, words: &str) -> Result<()> {
        if !self.evaluate("seen.isOpen()")?.as_bool().unwrap_or_default() {
            self.press(Key::Letter('s'))?;
        }
        self.evaluate("document.getElementById('mdbook-searchbar').select()")?;
        self.reader.browser.insert(words)
    }

    /// Searches for words, and waits for what is found.
    fn look_for(&mut self, words: &str) -> Result<()> {
        self.write(words)?;
        self.done(words)
    }

    /// Waits for what is found.
    fn done(&mut self, words: &str) -> Result<()> {
        self.sees(words, &format!("seen.isDone({})", json!(words)), true)
    }

    fn evaluate(&mut self, expression: &str) -> Result<Value> {
        self.reader.browser.evaluate(&format!("{{ const value = {expression}; value ?? null }}"))
    }

    /// Waits until an expression has a value, and notes where it does not get it. While another page is on its way, there
    /// is none.
    fn sees(&mut self, what: &str, expression: &str, expected: impl Into<Value>) -> Result<()> {
        let expected = expected.into();
        let end = Instant::now() + PATIENCE;
        loop {
            let value = self.evaluate(expression);
            if value.as_ref().is_ok_and(|value| *value == expected) {
                return Ok(());
            }
            if Instant::now() > end {
                let value = value.with_context(|| format!("{}: {what}", self.page))?;
                let name = expression.trim_start_matches("seen.");
                self.faults.push(format!("{}: {what}: {name} is {value} instead of {expected}", self.page));
                return Ok(());
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Says what was wrong, also what the page itself has not caught.
    fn finish(self) -> Result<()> {
        self.finish_with("seen.faults()")
    }

    fn finish_with(mut self, uncaught: &str) -> Result<()> {
        self.sees("all exceptions are caught", uncaught, json!([]))?;
        assert!(self.faults.is_empty(), "{}", self.faults.join("\n"));
        Ok(())
    }
}
