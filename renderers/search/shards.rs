//! What is found by a key, cut into small files, and a table of what is in which file.
//!
//! ```text
//! 不一 … 不同 …       →  bilingual-search/zh-CN/0f3k2a1.js    bilingualSearch("zh-CN/0f3k2a1", "0不一 3a1…;1同 …")
//! 训推 … 训练 …       →  bilingual-search/zh-CN/9xw02mb.js
//! table               →  "不一 0f3k2a1;训推 9xw02mb"
//! ```
//!
//! A file's name is a hash of what it holds, so that it can be kept for ever. A table that grows too long for the first
//! search is cut into files, too, and the table of these begins with `+`; so on, until it is short enough.

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::folder::Folder;

/// From how many bytes on a file of terms is full.
const FULL: usize = 3_000;

/// How many entries a table has at most.
const ENTRIES: usize = 600;

/// How many entries a table in a file has.
const ENTRIES_IN_FILE: usize = 160;

/// A table: keys and the files that begin with them.
#[derive(Debug, Default)]
pub struct Table {
    entries: Vec<(String, String)>,
}

impl Table {
    /// Adds a file behind the others.
    pub fn add(&mut self, key: String, file: String) {
        self.entries.push((key, file));
    }

    /// The table as a text. What is too long of it is written into files.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(self, folder: &mut Folder) -> Result<String> {
        let (mut entries, mut depth) = (self.entries, 0);
        while entries.len() > ENTRIES {
            depth += 1;
            let mut above = Vec::new();
            for some in entries.chunks(ENTRIES_IN_FILE) {
                above.push((some[0].0.clone(), folder.shard(&serde_json::to_string(&joined(some))?)?));
            }
            entries = above;
        }
        Ok("+".repeat(depth) + &joined(&entries))
    }
}

fn joined(entries: &[(String, String)]) -> String {
    entries.iter().map(|(key, file)| format!("{key} {file}")).collect::<Vec<_>>().join(";")
}

/// Terms and their postings on their way into files.
#[derive(Default)]
pub struct Terms {
    table: Table,
    first: String,
    last: String,
    text: String,
}

impl Terms {
    /// Adds a term behind the others, with its postings as digits.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn add(&mut self, term: &str, postings: &[u8], folder: &mut Folder) -> Result<()> {
        if self.text.len() + postings.len() > FULL && self.text.len() > FULL / 4 {
            self.flush(folder)?;
        }
        if self.text.is_empty() {
            term.clone_into(&mut self.first);
            self.last.clear();
        } else {
            self.text.push(';');
        }
        // What it has in common with the one before it, in units of a script's texts.
        let alike = self.last.chars().zip(term.chars()).take_while(|(a, b)| a == b).take(15);
        let alike: usize = alike.map(|(c, _)| c.len_utf16()).sum();
        let rest = term.chars().scan(0, |units, c| {
            *units += c.len_utf16();
            Some((*units, c))
        });
        let mut head = Vec::new();
        crate::digits::write(alike as u64, &mut head);
        self.text.push_str(&String::from_utf8_lossy(&head));
        self.text.extend(rest.filter(|(units, _)| *units > alike).map(|(_, c)| c));
        self.text.push(' ');
        self.text.push_str(&String::from_utf8_lossy(postings));
        term.clone_into(&mut self.last);
        if self.text.len() > FULL { self.flush(folder) } else { Ok(()) }
    }

    fn flush(&mut self, folder: &mut Folder) -> Result<()> {
        if !self.text.is_empty() {
            let file = folder.shard(&serde_json::to_string(&self.text)?)?;
            self.table.add(std::mem::take(&mut self.first), file);
            self.text.clear();
        }
        Ok(())
    }

    /// The table of all of them, as a text.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn finish(mut self, folder: &mut Folder) -> Result<String> {
        self.flush(folder)?;
        self.table.finish(folder)
    }
}

/// The name of a file that holds this: 36 bits of a hash, in letters that are different on every system.
#[must_use]
pub fn name(data: &str) -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let hash = Sha256::digest(data.as_bytes());
    let mut number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    let mut name = String::new();
    for _ in 0..7 {
        name.push(char::from(LETTERS[usize::try_from(number % 36).unwrap_or_default()]));
        number /= 36;
    }
    name
}

/// Whether a file is called as one of these.
#[must_use]
pub fn is_name(file: &str) -> bool {
    let stem = file.strip_suffix(".js");
    stem.is_some_and(|stem| stem.len() == 7 && stem.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()))
}
