//! In which order a table of contents lists notes.
//!
//! ```text
//! catalogue                                 SUMMARY.md
//! ## RLHF                                   # RLHF
//! ### slime                                 - [slime]()
//! - [甲](a.md)，还有[英文版](a_en.md)           - [甲](a.md)
//!                                           # More notes
//! (b.md, in no catalogue)                   - [folder]()
//!                                             - [乙](folder/b.md)
//! ```
//!
//! One language comes after the other, so that a reader has their own in one piece. In each, the catalogue in this
//! language comes first, then the other catalogues, under the headings that correspond to theirs where the notes that
//! two catalogues share show it; then what no catalogue lists, by folder. A book that has a table of contents already
//! shows the order of a language that it leaves out, by the counterparts that it lists.

use std::collections::{BTreeMap, BTreeSet};

use mdbook::book::{Book, BookItem};

use super::summary::{Chapter, Entry, Part, Wanted};
use crate::notebook::{Edition, Language, Listing, Note, Notebook, SourcePath, Tags};

/// What readers see of a table of contents besides titles.
pub(super) struct Words<'a> {
    /// The heading of what no catalogue lists.
    pub(super) other_notes: &'a dyn Fn(&Language) -> String,
    /// What a language is called in itself.
    pub(super) autonym: &'a dyn Fn(&Language) -> String,
}

/// The table of contents for all notes of a notebook.
///
/// `order` is a table of contents that is there already, in whose order counterparts come; `leave_out` are files that
/// do not belong into this book.
pub(super) fn wanted(
    notebook: &Notebook,
    order: Option<&Book>,
    leave_out: &BTreeSet<SourcePath>,
    first: Option<Entry>,
    words: &Words<'_>,
) -> Wanted {
    let mut writer = Writer { notebook, words, placed: leave_out.clone(), sections: Sections::new(notebook) };
    let prefix = writer.prefix(first);
    let mut parts = Vec::new();
    for language in &notebook.languages {
        let mut tree = Tree::default();
        writer.listed(language, true, &mut tree);
        if let Some(book) = order {
            writer.mirrored(language, book, &mut tree);
        }
        writer.listed(language, false, &mut tree);
        let has_catalogue = !tree.sections.is_empty();
        parts.extend(tree.parts(&(words.autonym)(language)));
        parts.extend(writer.rest(language, has_catalogue));
    }
    Wanted { prefix, parts }
}

struct Writer<'a> {
    notebook: &'a Notebook,
    words: &'a Words<'a>,
    placed: BTreeSet<SourcePath>,
    sections: Sections<'a>,
}

impl Writer<'_> {
    /// The front page, and the catalogues beside it.
    fn prefix(&mut self, first: Option<Entry>) -> Vec<Entry> {
        let root = |edition: &&Edition| edition.source.as_ref().is_some_and(|source| source.folders().is_empty());
        let is_front = |note: &&Note| note.catalogue || note.editions.iter().any(is_index);
        let front = self.notebook.notes.iter().filter(is_front).flat_map(|note| &note.editions).filter(root);
        let mut front: Vec<&Edition> = front.collect();
        // The unsuffixed README is the page that a site begins with.
        front.sort_by_key(|edition| !is_index(edition));
        let mut prefix: Vec<Entry> = first.into_iter().collect();
        for edition in front {
            let Some(source) = &edition.source else { continue };
            if self.placed.insert(source.clone()) {
                let title = edition.title.value.clone();
                let same = prefix.iter().any(|entry| entry.title == title);
                let language = (self.words.autonym)(&edition.language.value);
                let title = if same { format!("{title} · {language}") } else { title };
                prefix.push(Entry { title, path: source.to_string() });
            }
        }
        prefix
    }

    /// Notes in the order of catalogues: of those in a language, or of all others.
    fn listed(&mut self, language: &Language, own: bool, tree: &mut Tree) {
        let notebook = self.notebook;
        let notes = by_source(notebook);
        for listing in notebook.listings.iter().filter(|listing| (listing.language == *language) == own) {
            for note in listing.notes.iter().filter_map(|source| notes.get(source)) {
                let Some(edition) = note.edition(language) else { continue };
                let section = self.sections.of(listing, language, &(self.words.autonym)(language));
                self.place(edition, section, tree);
            }
        }
    }

    /// Notes in the order in which a table of contents lists their counterparts.
    fn mirrored(&mut self, language: &Language, book: &Book, tree: &mut Tree) {
        let notes = by_source(self.notebook);
        self.mirror(&book.items, &notes, language, &mut vec![(self.words.autonym)(language)], tree);
    }

    fn mirror(
        &mut self,
        items: &[BookItem],
        notes: &BTreeMap<&SourcePath, &Note>,
        language: &Language,
        above: &mut Vec<String>,
        tree: &mut Tree,
    ) {
        for item in items {
            let BookItem::Chapter(chapter) = item else { continue };
            let source = chapter.source_path.as_deref().and_then(SourcePath::new);
            let note = source.as_ref().and_then(|source| notes.get(source));
            let edition = note.and_then(|note| note.edition(language));
            let counterpart = edition.filter(|edition| edition.source != source);
            if let Some(edition) = counterpart {
                self.place(edition, above.clone(), tree);
            }
            let depth = above.len();
            above.extend(counterpart.map(|edition| edition.title.value.clone()));
            self.mirror(&chapter.sub_items, notes, language, above, tree);
            above.truncate(depth);
        }
    }

    fn place(&mut self, edition: &Edition, section: Vec<String>, tree: &mut Tree) {
        let Some(source) = &edition.source else { return };
        if self.placed.insert(source.clone()) {
            tree.add(
                &section,
                Chapter { title: edition.title.value.clone(), path: Some(source.to_string()), children: Vec::new() },
            );
        }
    }

    /// What is left in a language, by folder.
    fn rest(&mut self, language: &Language, has_catalogue: bool) -> Option<Part> {
        let tags = Tags::new(&self.notebook.languages);
        let mut folder = Folder::default();
        let mut any = false;
        for edition in self.notebook.notes.iter().filter_map(|note| note.edition(language)) {
            let Some(source) = &edition.source else { continue };
            if !self.placed.insert(source.clone()) {
                continue;
            }
            any = true;
            let folders: Vec<&str> =
                source.folders().into_iter().filter(|name| tags.get(name) != Some(language)).collect();
            folder.add(&folders, edition, source);
        }
        let several = self.notebook.languages.len() > 1;
        let title = match (has_catalogue, several) {
            (true, _) => Some((self.words.other_notes)(language)),
            (false, true) => Some((self.words.autonym)(language)),
            (false, false) => None,
        };
        any.then(|| Part { title, chapters: folder.chapters() })
    }
}

fn by_source(notebook: &Notebook) -> BTreeMap<&SourcePath, &Note> {
    let of_note = |note| -> Vec<(&SourcePath, &Note)> {
        let note: &Note = note;
        note.editions.iter().filter_map(|edition| edition.source.as_ref()).map(|source| (source, note)).collect()
    };
    notebook.notes.iter().flat_map(of_note).collect()
}

fn is_index(edition: &Edition) -> bool {
    let stem = edition.source.as_ref().map_or("", SourcePath::stem);
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// Which headings of one catalogue correspond to which of another.
struct Sections<'a> {
    /// Language and headings → the headings in another language.
    others: BTreeMap<Question<'a>, &'a [String]>,
}

/// A language, headings in it, and the language in which they are wanted.
type Question<'a> = (&'a Language, &'a [String], &'a Language);

impl<'a> Sections<'a> {
    fn new(notebook: &'a Notebook) -> Self {
        let mut counts: BTreeMap<Question<'_>, BTreeMap<&[String], usize>> = BTreeMap::new();
        for note in &notebook.notes {
            for (language, section) in &note.catalogued {
                for (other, theirs) in note.catalogued.iter().filter(|(other, _)| *other != language) {
                    for depth in 1..=section.len().min(theirs.len()) {
                        let count = counts.entry((language, &section[..depth], other)).or_default();
                        *count.entry(&theirs[..depth]).or_default() += 1;
                    }
                }
            }
        }
        let most = |counts: BTreeMap<&'a [String], usize>| {
            counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(section, _)| section)
        };
        Self { others: counts.into_iter().filter_map(|(key, counts)| Some((key, most(counts)?))).collect() }
    }

    /// The headings of an entry for readers of a language: those that correspond, as deep as they do.
    fn of(&self, listing: &Listing, language: &Language, autonym: &str) -> Vec<String> {
        if listing.language == *language {
            return listing.section.clone();
        }
        let depths = (1..=listing.section.len()).rev();
        let found =
            depths.filter_map(|depth| self.others.get(&(&listing.language, &listing.section[..depth], language)));
        // Two parts of one name would say nothing: what has no name in this language stands below the language's.
        let below = || std::iter::once(autonym.to_owned()).chain(listing.section.iter().cloned()).collect();
        found.map(|section| section.to_vec()).next().unwrap_or_else(below)
    }
}

/// Chapters below headings, in the order in which they came.
#[derive(Default)]
struct Tree {
    sections: Vec<(Option<String>, Vec<Chapter>)>,
}

impl Tree {
    fn add(&mut self, section: &[String], chapter: Chapter) {
        let (part, below) = section.split_first().map_or((None, &[][..]), |(part, below)| (Some(part), below));
        let at = self.sections.iter().position(|(title, _)| title.as_ref() == part).unwrap_or_else(|| {
            self.sections.push((part.cloned(), Vec::new()));
            self.sections.len() - 1
        });
        let mut chapters = &mut self.sections[at].1;
        for title in below {
            let at = chapters.iter().position(|chapter| chapter.title == *title).unwrap_or_else(|| {
                chapters.push(Chapter { title: title.clone(), path: None, children: Vec::new() });
                chapters.len() - 1
            });
            chapters = &mut chapters[at].children;
        }
        chapters.push(chapter);
    }

    /// `unnamed` is the heading of what stands below none, which would otherwise join the part before it.
    fn parts(self, unnamed: &str) -> Vec<Part> {
        let part = |(title, chapters): (Option<String>, Vec<Chapter>)| Part {
            title: Some(title.unwrap_or_else(|| unnamed.to_owned())),
            chapters,
        };
        self.sections.into_iter().map(part).collect()
    }
}

/// Notes in their folders.
#[derive(Default)]
struct Folder {
    index: Option<(String, String)>,
    notes: Vec<(String, String)>,
    folders: BTreeMap<String, Folder>,
}

impl Folder {
    fn add(&mut self, folders: &[&str], edition: &Edition, source: &SourcePath) {
        match folders.split_first() {
            Some((first, below)) => self.folders.entry((*first).to_owned()).or_default().add(below, edition, source),
            None => {
                let entry = (edition.title.value.clone(), source.to_string());
                if is_index(edition) && self.index.is_none() {
                    self.index = Some(entry);
                } else {
                    self.notes.push(entry);
                }
            }
        }
    }

    fn chapters(self) -> Vec<Chapter> {
        let mut notes = self.notes;
        notes.sort_by(|(_, a), (_, b)| a.cmp(b));
        let note = |(title, path): (String, String)| Chapter { title, path: Some(path), children: Vec::new() };
        let mut chapters: Vec<Chapter> = self.index.into_iter().chain(notes).map(note).collect();
        chapters.extend(self.folders.into_iter().map(|(name, folder)| folder.chapter(name)));
        chapters
    }

    /// The folder as one chapter: its index with all else below it, or a draft that is named after it.
    fn chapter(mut self, name: String) -> Chapter {
        // A folder with nothing in it but a folder is no level of its own.
        if self.index.is_none() && self.notes.is_empty() && self.folders.len() == 1 {
            let (inner, folder) = self.folders.pop_first().expect("there is one");
            return folder.chapter(format!("{name}/{inner}"));
        }
        match self.index.take() {
            Some((title, path)) => Chapter { title, path: Some(path), children: self.chapters() },
            None => Chapter { title: name, path: None, children: self.chapters() },
        }
    }
}
