//! Folders that hold the same paths in different languages, and that nothing says are two sides of one thing.
//!
//! ```text
//! original/a.md  original/x/b.md          Chinese
//! handbook/a.md  handbook/x/b.md          English      →   language.zh-CN.names = ["original"], and so on
//! ```
//!
//! Two versions of one manual mirror each other, too, and are in one language.

use std::collections::BTreeMap;

use super::{Edition, Note, Notebook};
use crate::values::Language;
use crate::values::path::is_readme;

/// Two folders that mirror each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mirror {
    /// What both lie in, with a slash at its end; empty for the sources themselves.
    pub parent: String,
    /// The names of both, and the language that most of the files below each are in.
    pub sides: [(String, Language); 2],
    /// How many paths are in both.
    pub shared: usize,
    /// How many files the smaller one holds, as far as nothing pairs them.
    pub files: usize,
}

/// The languages of two files at one path below two folders, and how often these are the two.
type Languages<'a> = BTreeMap<(&'a Language, &'a Language), usize>;

/// How many folders above a file are looked at.
const DEEPEST: usize = 8;

/// How many folders beside each other are compared; a folder for each chapter with the same files in each is no mirror.
const MOST_SIDES: usize = 6;

/// The folders of a notebook that mirror each other, among the notes that have one edition.
#[must_use]
pub fn mirrors(notebook: &Notebook) -> Vec<Mirror> {
    let alone = |note: &&Note| note.editions.len() == 1 && !note.added && !note.catalogue;
    let editions: Vec<&Edition> = notebook.notes.iter().filter(alone).flat_map(|note| &note.editions).collect();
    // The folder above both, and the path below → the folders between, with the language of the file.
    let mut places: BTreeMap<(String, String), Vec<(&str, &Language)>> = BTreeMap::new();
    let mut files: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for edition in editions {
        let Some(source) = &edition.source else { continue };
        let folders = source.folders();
        let name = if is_readme(source.stem()) { "index" } else { source.stem() };
        for at in 0..folders.len().min(DEEPEST) {
            let parent = folders[..at].iter().map(|folder| format!("{folder}/")).collect::<String>();
            let below = folders[at + 1..].iter().map(|folder| format!("{folder}/")).collect::<String>();
            *files.entry((parent.clone(), folders[at])).or_default() += 1;
            let place = places.entry((parent, format!("{below}{name}").to_lowercase())).or_default();
            place.push((folders[at], &edition.language.value));
        }
    }
    // The folder above, and two folders in it → how many paths are in both, by the languages of their files.
    let mut shared: BTreeMap<(String, &str, &str), Languages<'_>> = BTreeMap::new();
    for ((parent, _), sides) in &places {
        for (at, (one, own)) in sides.iter().enumerate().take(MOST_SIDES) {
            for (other, theirs) in sides[at + 1..].iter().take(MOST_SIDES).filter(|(other, _)| other != one) {
                let ((a, first), (b, second)) =
                    if one < other { ((*one, *own), (*other, *theirs)) } else { ((*other, *theirs), (*one, *own)) };
                *shared.entry((parent.clone(), a, b)).or_default().entry((first, second)).or_default() += 1;
            }
        }
    }
    let found = shared.into_iter().filter_map(|((parent, a, b), languages)| {
        let all: usize = languages.values().sum();
        let ((first, second), most) = languages.into_iter().max_by_key(|(_, count)| *count)?;
        let size = |folder| files.get(&(parent.clone(), folder)).copied().unwrap_or(0);
        let smaller = size(a).min(size(b));
        let is_mirror = first != second && all > 1 && all * 2 > smaller && most * 2 > all;
        let sides = [(a.to_owned(), first.clone()), (b.to_owned(), second.clone())];
        is_mirror.then_some(Mirror { parent, sides, shared: all, files: smaller })
    });
    found.collect()
}
