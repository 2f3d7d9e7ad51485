//! How the notes of a book use the keys that are ours.
//!
//! ```text
//! status: Final        in every note          →    one warning, which counts and names them
//! status: Final        in one of them         →    a warning of its own
//! date: 31 Feb 2025    in any number of them  →    a warning of its own for each
//! ```
//!
//! A key that most notes of a book give values of another kind belongs to another tool. To say so of each note would
//! bury everything else. A value that is meant for us, and badly written, does not count: each of them is to be mended.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Message, Severity};

/// Fewer notes than these are told one by one.
const MANY: usize = 3;

/// How many of the other notes are named.
const NAMED: usize = 10;

/// The values of each key, in all notes that were read.
#[derive(Debug, Default)]
pub(in crate::facts) struct Usage(BTreeMap<String, Values>);

#[derive(Debug, Default)]
struct Values {
    /// How many notes have one that is ours, or meant to be.
    good: usize,
    /// What there is to say of the others, note by note.
    bad: Vec<Vec<Diagnostic>>,
}

impl Usage {
    /// One value. An error is said at once: it is about harm, and not about another tool.
    pub(super) fn add(&mut self, key: &str, said: Vec<Diagnostic>, diagnostics: &mut Diagnostics) {
        let (errors, said): (Vec<_>, Vec<_>) = said.into_iter().partition(|said| said.severity() == Severity::Error);
        errors.into_iter().for_each(|error| diagnostics.push(error));
        let values = self.0.entry(key.to_owned()).or_default();
        if said.is_empty() { values.good += 1 } else { values.bad.push(said) }
    }

    /// Says what there is to say, when all notes are read.
    pub(in crate::facts) fn settle(self, diagnostics: &mut Diagnostics) {
        for (key, Values { good, bad }) in self.0 {
            let first = bad.first().and_then(|said| said.first());
            match first.filter(|_| bad.len() >= MANY && bad.len() > good) {
                Some(first) => diagnostics.push(together(&key, &bad, first)),
                None => bad.into_iter().flatten().for_each(|said| diagnostics.push(said)),
            }
        }
    }
}

fn together(key: &str, bad: &[Vec<Diagnostic>], first: &Diagnostic) -> Diagnostic {
    let notes = bad.len();
    let others = bad[1..].iter().filter_map(|said| said.first()?.place()).map(|place| place.file.as_str());
    let mut named = others.take(NAMED).collect::<Vec<_>>().join(", ");
    if notes - 1 > NAMED {
        named.push_str(&format!(" and {} more", notes - 1 - NAMED));
    }
    let why = first.message().what.as_str();
    let why = why.strip_prefix(&format!("`{key}`: ")).unwrap_or(why);
    let message = Message::new(
        format!("{notes} notes have values of `{key}` that are not ours, this one and {named}: {why}"),
        "if the key is another tool's, leave it, and put ours into a table `bilingual:` where a note needs it",
    );
    let together = Diagnostic::new(first.code(), message);
    match first.place() {
        Some(place) => together.at(place.clone()),
        None => together,
    }
}
