//! The sections of a book in one language, and what corresponds to them in another.
//!
//! A section is the part of `SUMMARY.md` and the chapters above a note. Two languages never say which of their
//! sections are the same; the notes that they share say it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Note, Notebook};
use crate::values::Language;

/// A section's titles, outermost first.
type Titles = [String];

/// The sections of one language.
#[derive(Debug)]
pub struct Sections<'a> {
    language: &'a Language,
    /// The sections of other languages, and what they are called here.
    here: BTreeMap<(&'a Language, &'a Titles), &'a Titles>,
    /// How many titles all notes of a language have in common: a part that holds the whole language says nothing.
    shared: BTreeMap<&'a Language, usize>,
}

/// The titles above a note in one language: as a catalogue has them, else as `SUMMARY.md` has them.
fn section_in<'a>(note: &'a Note, language: &Language) -> Option<&'a Titles> {
    if let Some(catalogued) = note.catalogued.get(language) {
        return Some(catalogued);
    }
    let section = note.counterpart(language)?.0.section.as_slice();
    // A table of contents can repeat the headings of a catalogue in another language.
    let repeats = note.catalogued.values().any(|titles| !titles.is_empty() && section.ends_with(titles));
    (!repeats).then_some(section)
}

/// Where a note belongs, for a reader of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belongs<'a> {
    /// The section's titles below what all notes share; empty for a note of no section.
    pub titles: &'a Titles,
    /// The language of the titles.
    pub language: &'a Language,
}

impl<'a> Sections<'a> {
    /// The sections of a book, as seen by readers of `language`.
    #[must_use]
    pub fn new(notebook: &'a Notebook, language: &'a Language) -> Self {
        let mut together: BTreeMap<(&Language, &Titles), BTreeMap<&Titles, usize>> = BTreeMap::new();
        let mut correspond = |other: &'a Language, theirs: &'a Titles, ours: &'a Titles| {
            *together.entry((other, theirs)).or_default().entry(ours).or_default() += 1;
        };
        for note in &notebook.notes {
            let Some(ours) = section_in(note, language) else { continue };
            for other in notebook.languages.iter().filter(|other| *other != language) {
                // `RLHF » slime` and `强化学习 » slime 框架` also say that RLHF is 强化学习.
                if let Some(theirs) = section_in(note, other) {
                    for depth in 0..=theirs.len().min(ours.len()) {
                        correspond(other, &theirs[..depth], &ours[..depth]);
                    }
                }
            }
            // A pair of chapters that have others below them says it of its own titles, even where the others have no
            // counterpart.
            let Some((own, _)) = note.counterpart(language) else { continue };
            for (other, _) in note.listed().filter(|(other, _)| other.language.value != *language) {
                if other.heads.len() == own.heads.len() {
                    correspond(&other.language.value, &other.heads, &own.heads);
                }
            }
        }
        let here = together
            .into_iter()
            .filter_map(|(theirs, ours)| Some((theirs, ours.into_iter().max_by_key(|(_, count)| *count)?.0)))
            .collect();
        let mut shared: BTreeMap<&Language, usize> = BTreeMap::new();
        for edition_language in &notebook.languages {
            let editions = || {
                let notes = notebook.notes.iter();
                let listed = notes.filter_map(|note| Some((note, note.counterpart(edition_language)?.0)));
                listed.filter(|(_, edition)| edition.on_path)
            };
            // A chapter with others below it stands above the section that it makes.
            let above: BTreeSet<&Titles> = editions().map(|(_, edition)| edition.section.as_slice()).collect();
            let mut sections = editions()
                .filter(|(_, edition)| !above.iter().any(|section| section.starts_with(&edition.heads)))
                .filter_map(|(note, _)| section_in(note, edition_language));
            let Some(first) = sections.next() else { continue };
            let common = sections.fold(first, |common, other| {
                let same = common.iter().zip(other).take_while(|(a, b)| a == b).count();
                &common[..same]
            });
            shared.insert(edition_language, common.len());
        }
        Self { language, here, shared }
    }

    /// Where a note belongs: by its edition in this language, else by what corresponds to the section of another.
    #[must_use]
    pub fn of(&self, note: &'a Note) -> Option<Belongs<'a>> {
        if let Some(own) = section_in(note, self.language) {
            return Some(self.below(own, self.language));
        }
        let listed = note.listed().map(|(other, _)| &other.language.value);
        let mut others = note.catalogued.keys().chain(listed);
        others.find_map(|language| Some(self.corresponding(section_in(note, language)?, language)))
    }

    fn corresponding(&self, theirs: &'a Titles, language: &'a Language) -> Belongs<'a> {
        for depth in (1..=theirs.len()).rev() {
            if let Some(ours) = self.here.get(&(language, &theirs[..depth]))
                && !ours.is_empty()
            {
                return self.below(ours, self.language);
            }
        }
        self.below(theirs, language)
    }

    fn below(&self, titles: &'a Titles, language: &'a Language) -> Belongs<'a> {
        let shared = self.shared.get(language).copied().unwrap_or(0).min(titles.len());
        Belongs { titles: &titles[shared..], language }
    }
}
