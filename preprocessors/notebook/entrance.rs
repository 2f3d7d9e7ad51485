//! Where readers come in whose language a page lacks: the index in that language that is nearest to the page.
//!
//! A page about `rlhf/ppo` that is not there in English leads to the English index of `rlhf`, if there is one: a
//! chapter above it, or the `README` of its folder. Else to one further out, to the front page in English, and at last
//! to the English learning path. Where the book has none of these, there is no index to lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edition, Note, Notebook, Page};
use crate::markdown::LEARNING_PATH;
use crate::values::path::is_readme;
use crate::values::{Language, PagePath};

/// A page to come in at.
pub type Entrance<'a> = (&'a Edition, &'a PagePath);

/// The indexes of a book.
#[derive(Debug)]
pub struct Entrances<'a> {
    /// The notes that have others below them, by the titles of these in each language.
    above: BTreeMap<(&'a Language, &'a [String]), &'a Note>,
    /// The index of each folder, by the folder without its language.
    folders: BTreeMap<(&'a Language, String), Entrance<'a>>,
    /// Where each language begins, or else the list of all that there is in it.
    fronts: BTreeMap<&'a Language, Entrance<'a>>,
}

impl<'a> Entrances<'a> {
    /// The indexes of a book; `has_paths` says whether its learning paths are shown.
    #[must_use]
    pub fn new(notebook: &'a Notebook, has_paths: bool) -> Self {
        let lists_all = |page: &Page| has_paths && page.anatomy.places(LEARNING_PATH).next().is_some();
        let mut above = BTreeMap::new();
        let mut folders = BTreeMap::new();
        let mut sections: BTreeSet<(&Language, &[String])> = BTreeSet::new();
        for (note, edition) in notebook.pages.iter().filter_map(|page| notebook.shown(page)) {
            let language = &edition.language.value;
            if !edition.heads.is_empty() {
                above.entry((language, edition.heads.as_slice())).or_insert(note);
            }
            sections.insert((language, edition.section.as_slice()));
            if let Some(page) = edition.page.as_ref().filter(|page| is_index(note, page)) {
                folders.entry((language, folder(note).to_lowercase())).or_insert((edition, page));
            }
        }
        // What stands before the numbered chapters is a preface. Where nothing is numbered, nobody says what is one.
        let numbered = notebook.pages.iter().position(|page| page.is_numbered).unwrap_or_default();
        let prefaces: BTreeSet<&PagePath> = notebook.pages[..numbered].iter().map(|page| &page.path).collect();
        let fronts = notebook.languages.iter().filter_map(|language| {
            let home = notebook.home(language).and_then(|page| Some((notebook.shown(page)?, &page.path)));
            let home = home.filter(|((note, edition), page)| {
                let has_chapters = sections.contains(&(language, edition.heads.as_slice()));
                is_index(note, page) || has_chapters || prefaces.contains(page)
            });
            let list = || {
                let mut lists = notebook.pages.iter().filter(|page| lists_all(page)).filter_map(|page| {
                    let (_, edition) = notebook.shown(page)?;
                    Some((edition, &page.path))
                });
                lists.find(|(edition, _)| edition.language.value == *language)
            };
            Some((language, home.map(|((_, edition), page)| (edition, page)).or_else(list)?))
        });
        let fronts = fronts.collect();
        Self { above, folders, fronts }
    }

    /// The index in a language that is nearest to a note, as one of its editions stands in the book.
    #[must_use]
    pub fn nearest(&self, note: &Note, edition: &Edition, language: &Language) -> Option<Entrance<'a>> {
        let chapter = (1..=edition.section.len()).rev().find_map(|depth| {
            let above = self.above.get(&(&edition.language.value, &edition.section[..depth]))?;
            Some((*above, above.counterpart(language)?))
        });
        let folder = folders(folder(note)).find_map(|folder| {
            let key = (language, folder.to_lowercase());
            Some((folder.len(), *self.folders.get(&key)?))
        });
        match (chapter, folder) {
            // The index of all is above everything, and one of a folder nearer.
            (Some((above, (_, page))), Some((depth, index)))
                if is_index(above, page) && self::folder(above).len() < depth =>
            {
                Some(index)
            }
            (Some((_, chapter)), _) => Some(chapter),
            (None, Some((_, index))) => Some(index),
            (None, None) => self.fronts.get(language).copied(),
        }
    }
}

/// Whether a page is an index by its name, or because it lists notes.
fn is_index(note: &Note, page: &PagePath) -> bool {
    let name = note.key.rsplit('/').next().unwrap_or_default();
    let is_named_so = is_readme(name) || name.eq_ignore_ascii_case("index");
    is_named_so || note.catalogue || page.html().rsplit('/').next() == Some("index.html")
}

/// The folder of a note, without its language.
fn folder(note: &Note) -> &str {
    note.key.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A folder, and those that it lies in, from the inside out; the outermost one is empty.
fn folders(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| {
        (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(outer, _)| outer))
    })
}
