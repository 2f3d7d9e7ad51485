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
use mdbook_bilingual_core::assembly::naming::without;
use mdbook_bilingual_core::notebook::listing::Listing;
use mdbook_bilingual_core::notebook::{Edition, Note, Notebook};
use mdbook_bilingual_core::text::Wording;
use mdbook_bilingual_core::text::prose::can_title;
use mdbook_bilingual_core::values::{Language, SourcePath};

use super::summary::{NumberedChapter, PrefixChapter, SummaryPart, Wanted};

/// What readers see of a table of contents besides titles.
pub(super) struct Labels<'a> {
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
    words: &Labels<'_>,
) -> Wanted {
    let mut writer =
        ContentsWriter { notebook, words, placed: leave_out.clone(), sections: CorrespondingSections::new(notebook) };
    let prefix = writer.prefix();
    let mut parts = Vec::new();
    for language in &notebook.languages {
        let mut tree = Tree::default();
        writer.listed(language, true, &mut tree);
        if let Some(book) = order {
            writer.mirrored(language, book, &mut tree);
        }
        writer.listed(language, false, &mut tree);
        let has_catalogue = !tree.sections.is_empty();
        let one = notebook.languages.len() == 1;
        parts.extend(tree.parts().into_iter().map(|part| match &part.title {
            // In one language its name says nothing.
            Some(title) if one && *title == (words.autonym)(language) => SummaryPart { title: None, ..part },
            _ => part,
        }));
        parts.extend(writer.rest(language, has_catalogue));
    }
    Wanted { prefix, parts }
}

struct ContentsWriter<'a> {
    notebook: &'a Notebook,
    words: &'a Labels<'a>,
    placed: BTreeSet<SourcePath>,
    sections: CorrespondingSections<'a>,
}

impl ContentsWriter<'_> {
    /// The front page, the other pages of no language, and the catalogues beside it.
    fn prefix(&mut self) -> Vec<PrefixChapter> {
        let mut prefix = self.of_no_language();
        let root = |edition: &&Edition| edition.source.as_ref().is_some_and(|source| source.folders().is_empty());
        let begins = |note: &&Note| note.catalogue || note.editions.iter().any(is_index);
        // A catalogue goes with its translation, wherever that lies.
        let front = self.notebook.notes.iter().filter(begins).flat_map(|note| {
            let is_catalogue = note.catalogue && note.editions.iter().any(|edition| root(&edition));
            note.editions.iter().filter(move |edition| is_catalogue || root(edition))
        });
        let mut front: Vec<&Edition> = front.collect();
        // The unsuffixed README is the page that a site begins with.
        front.sort_by_key(|edition| !is_index(edition));
        for edition in front {
            let Some(source) = &edition.source else { continue };
            if self.placed.insert(source.clone()) {
                let title = edition.title.value.clone();
                let same = prefix.iter().any(|entry| entry.title == title);
                let language = (self.words.autonym)(&edition.language.value);
                let title = if same { format!("{title} · {language}") } else { title };
                prefix.push(PrefixChapter { title, path: source.to_string() });
            }
        }
        prefix
    }

    /// Pages of no language belong to all of them: a README beside one folder for each language, or what says `mul`.
    fn of_no_language(&mut self) -> Vec<PrefixChapter> {
        let notebook = self.notebook;
        let pages = notebook.pages_by_source.iter().map(|(source, at)| (source, &notebook.pages[*at]));
        let mut pages: Vec<_> = pages.filter(|(_, page)| page.edition.is_none()).collect();
        pages.sort_by_key(|(source, _)| (!source.folders().is_empty(), !is_front(source)));
        let mut entries = Vec::new();
        for (source, page) in pages {
            if self.placed.insert(source.clone()) {
                let heading = page.written.title.as_ref().map(|title| title.text.clone());
                let title = heading.filter(|title| !title.is_empty()).unwrap_or_else(|| source.stem().to_owned());
                entries.push(PrefixChapter { title, path: source.to_string() });
            }
        }
        entries
    }

    /// Notes in the order of catalogues: of those in a language, or of all others.
    fn listed(&mut self, language: &Language, own: bool, tree: &mut Tree) {
        let notebook = self.notebook;
        let notes = by_source(notebook);
        for listing in notebook.listings.iter().filter(|listing| (listing.language == *language) == own) {
            let (headings, bullets) = listing.section.split_at(listing.section.len() - listing.parents.len());
            let key = |line: usize| ChapterKey::Entry(listing.catalogue, line);
            // What a reader of this language cannot read is no heading for them; the note that it stands for may be there.
            let above = listing.parents.iter().map(|line| key(*line)).zip(bullets.iter().cloned());
            // Nor is a language: that is the part.
            let readable = |(at, (key, title)): &(usize, (ChapterKey, String))| {
                let is_language = || self.sections.is_language(listing, headings.len() + at);
                tree.places.contains_key(key) || can_title(language, title) && !is_language()
            };
            let place = ChapterPlace {
                headings: self.sections.of(listing, headings, language, &(self.words.autonym)(language)),
                above: above.enumerate().filter(readable).map(|(_, above)| above).collect(),
                key: key(listing.place.line.unwrap_or(0)),
            };
            // Of what nobody has written yet, this language has a chapter only where its own catalogue says so.
            if listing.draft && own {
                tree.add(&place, NumberedChapter { title: listing.title.clone(), ..NumberedChapter::default() });
            }
            for note in listing.notes.iter().filter_map(|source| notes.get(source)) {
                if let Some(edition) = note.edition(language) {
                    self.place(edition, &place, tree);
                }
            }
        }
    }

    /// Notes in the order in which a table of contents lists their counterparts.
    fn mirrored(&mut self, language: &Language, book: &Book, tree: &mut Tree) {
        let notes = by_source(self.notebook);
        let mut place = ChapterPlace {
            headings: vec![(self.words.autonym)(language)],
            above: Vec::new(),
            key: ChapterKey::Chapter(0),
        };
        self.mirror(&book.items, &notes, language, &mut place, tree);
    }

    fn mirror(
        &mut self,
        items: &[BookItem],
        notes: &BTreeMap<&SourcePath, &Note>,
        language: &Language,
        place: &mut ChapterPlace,
        tree: &mut Tree,
    ) {
        for item in items {
            let BookItem::Chapter(chapter) = item else { continue };
            let source = chapter.source_path.as_deref().and_then(SourcePath::new);
            let note = source.as_ref().and_then(|source| notes.get(source));
            let edition = note.and_then(|note| note.edition(language));
            let counterpart = edition.filter(|edition| edition.source != source);
            place.key = place.key.next();
            let depth = place.above.len();
            if let Some(edition) = counterpart {
                self.place(edition, place, tree);
                place.above.push((place.key, edition.title.value.clone()));
            }
            self.mirror(&chapter.sub_items, notes, language, place, tree);
            place.above.truncate(depth);
        }
    }

    fn place(&mut self, edition: &Edition, place: &ChapterPlace, tree: &mut Tree) {
        let Some(source) = &edition.source else { return };
        if self.placed.insert(source.clone()) {
            let (title, path) = (edition.title.value.clone(), Some(source.to_string()));
            tree.add(place, NumberedChapter { title, path, children: Vec::new() });
        } else {
            tree.again(place.key, source.as_str());
        }
    }

    /// What is left in a language, by folder.
    fn rest(&mut self, language: &Language, has_catalogue: bool) -> Option<SummaryPart> {
        let tags = &self.notebook.tags;
        let mut folder = FolderTree::default();
        let mut any = false;
        for edition in self.notebook.notes.iter().filter_map(|note| note.edition(language)) {
            let Some(source) = &edition.source else { continue };
            if !self.placed.insert(source.clone()) {
                continue;
            }
            any = true;
            let folders: Vec<&str> = source
                .folders()
                .into_iter()
                .map(|name| without(name, language, tags))
                .filter(|name| !name.is_empty())
                .collect();
            folder.add(&folders, edition, source);
        }
        let several = self.notebook.languages.len() > 1;
        let title = match (has_catalogue, several) {
            (true, _) => Some((self.words.other_notes)(language)),
            (false, true) => Some((self.words.autonym)(language)),
            (false, false) => None,
        };
        any.then(|| SummaryPart { title, chapters: folder.chapters() })
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
    edition.source.as_ref().is_some_and(is_front)
}

/// Whether a file becomes the index of its folder.
fn is_front(source: &SourcePath) -> bool {
    let stem = source.stem();
    stem.eq_ignore_ascii_case("readme") || stem.eq_ignore_ascii_case("index")
}

/// Which headings of one catalogue correspond to which of another.
struct CorrespondingSections<'a> {
    /// Language and headings → the headings in another language.
    others: BTreeMap<Question<'a>, &'a [String]>,
    /// The headings, by catalogue, that say no more than in which language the notes below them are.
    languages: BTreeSet<HeadingPath<'a>>,
}

/// A heading of a catalogue, with those above it.
type HeadingPath<'a> = (usize, &'a [String]);

/// A language, headings in it, and the language in which they are wanted.
type Question<'a> = (&'a Language, &'a [String], &'a Language);

impl<'a> CorrespondingSections<'a> {
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
        let others = counts.into_iter().filter_map(|(key, counts)| Some((key, most(counts)?))).collect();
        Self { others, languages: languages(notebook) }
    }

    /// Whether one of the headings of an entry says no more than in which language the notes below it are.
    fn is_language(&self, listing: &Listing, at: usize) -> bool {
        self.languages.contains(&(listing.catalogue, &listing.section[..=at]))
    }

    /// The headings of an entry for readers of a language: those that correspond, as deep as they do.
    fn of(&self, listing: &Listing, headings: &[String], language: &Language, autonym: &str) -> Vec<String> {
        let theirs = &listing.language;
        // What stands below no heading would join the part before it.
        if headings.is_empty() {
            return vec![autonym.to_owned()];
        }
        if theirs == language {
            let own = |(at, heading): (usize, &String)| {
                if self.is_language(listing, at) { autonym.to_owned() } else { heading.clone() }
            };
            return headings.iter().enumerate().map(own).collect();
        }
        let depths = (1..=headings.len()).rev();
        let mut found = depths.filter_map(|depth| self.others.get(&(theirs, &headings[..depth], language)));
        // Two parts of one name would say nothing: what has no name in this language stands below the language's. What is
        // in letters that this language is not written in is left out, and so is a language.
        let is_readable =
            |(at, heading): &(usize, &String)| can_title(language, heading) && !self.is_language(listing, *at);
        let readable = || headings.iter().enumerate().filter(is_readable).map(|(_, heading)| heading.clone());
        let below = || std::iter::once(autonym.to_owned()).chain(readable()).collect();
        found.next().map_or_else(below, |section| section.to_vec())
    }
}

/// The headings that are called like the language of all notes below them. Above others, the name of a language is a
/// topic: what somebody learns. So is the name of a catalogue's own language where it lists no other language so.
fn languages(notebook: &Notebook) -> BTreeSet<HeadingPath<'_>> {
    let wording = Wording::default();
    let notes = by_source(notebook);
    let mut names: BTreeMap<&str, Option<&Language>> = BTreeMap::new();
    // Whether it is the catalogue's own language, and whether it is that of all notes below it.
    let mut below: BTreeMap<HeadingPath<'_>, (bool, bool)> = BTreeMap::new();
    for listing in &notebook.listings {
        let Some(source) = listing.notes.first() else { continue };
        let editions = notes.get(source).map_or(&[][..], |note| &note.editions);
        let edition = editions.iter().find(|edition| edition.source.as_ref() == Some(source));
        let written = edition.map(|edition| &edition.language.value);
        for (at, heading) in listing.section.iter().enumerate() {
            let name = || wording.language(heading).and_then(|named| notebook.tags.get(named.tag()));
            let Some(named) = *names.entry(heading).or_insert_with(name) else { continue };
            let heading = (listing.catalogue, &listing.section[..=at]);
            let (_, all) = below.entry(heading).or_insert((*named == listing.language, true));
            *all &= written == Some(named);
        }
    }
    below.retain(|_, (_, all)| *all);
    let with_others: BTreeSet<usize> =
        below.iter().filter(|(_, (own, _))| !own).map(|((catalogue, _), _)| *catalogue).collect();
    below.into_keys().filter(|(catalogue, _)| with_others.contains(catalogue)).collect()
}

/// What a chapter of the tree stands for: titles can be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum ChapterKey {
    /// The entry of a catalogue on a line.
    Entry(usize, usize),
    /// A chapter of a table of contents.
    Chapter(usize),
}

impl ChapterKey {
    fn next(self) -> Self {
        match self {
            Self::Chapter(number) => Self::Chapter(number + 1),
            entry => entry,
        }
    }
}

/// Where a chapter belongs.
struct ChapterPlace {
    /// The headings above it, at least one; the first is a part.
    headings: Vec<String>,
    /// What it is nested below, outermost first, and its titles.
    above: Vec<(ChapterKey, String)>,
    /// What it stands for itself.
    key: ChapterKey,
}

/// Chapters below headings, in the order in which they came.
#[derive(Default)]
struct Tree {
    sections: Vec<(String, Vec<NumberedChapter>)>,
    /// Where in the tree something stands: the section, then the chapters.
    places: BTreeMap<ChapterKey, Vec<usize>>,
    /// The same, by file.
    files: BTreeMap<String, Vec<usize>>,
}

impl Tree {
    fn add(&mut self, place: &ChapterPlace, chapter: NumberedChapter) {
        let inner = place.above.iter().rposition(|(key, _)| self.places.contains_key(key));
        let (mut at, drafts): (Vec<usize>, Vec<&String>) = match inner {
            Some(inner) => {
                let below = place.above[inner + 1..].iter().map(|(_, title)| title).collect();
                (self.places[&place.above[inner].0].clone(), below)
            }
            None => {
                let (part, headings) = place.headings.split_first().expect("a place has a heading");
                let above = place.above.iter().map(|(_, title)| title);
                (vec![self.section(part)], headings.iter().chain(above).collect())
            }
        };
        for title in drafts {
            let chapters = self.chapters(&at);
            let known = chapters.iter().position(|chapter| chapter.path.is_none() && chapter.title == *title);
            let draft = known.unwrap_or_else(|| {
                chapters.push(NumberedChapter { title: title.clone(), path: None, children: Vec::new() });
                chapters.len() - 1
            });
            at.push(draft);
        }
        let chapters = self.chapters(&at);
        chapters.push(chapter);
        at.push(chapters.len() - 1);
        let file = self.chapters(&at[..at.len() - 1]).last().and_then(|chapter| chapter.path.clone());
        self.files.extend(file.map(|file| (file, at.clone())));
        self.places.entry(place.key).or_insert(at);
    }

    /// An entry that lists a file which stands in the tree already.
    fn again(&mut self, key: ChapterKey, file: &str) {
        if let Some(at) = self.files.get(file) {
            self.places.entry(key).or_insert_with(|| at.clone());
        }
    }

    fn section(&mut self, part: &str) -> usize {
        self.sections.iter().position(|(title, _)| title == part).unwrap_or_else(|| {
            self.sections.push((part.to_owned(), Vec::new()));
            self.sections.len() - 1
        })
    }

    /// The chapters of a section, or below a chapter.
    fn chapters(&mut self, at: &[usize]) -> &mut Vec<NumberedChapter> {
        let (section, below) = at.split_first().expect("a place begins with a section");
        below.iter().fold(&mut self.sections[*section].1, |chapters, at| &mut chapters[*at].children)
    }

    fn parts(self) -> Vec<SummaryPart> {
        self.sections.into_iter().map(|(title, chapters)| SummaryPart { title: Some(title), chapters }).collect()
    }
}

/// Notes in their folders.
#[derive(Default)]
struct FolderTree {
    index: Option<(String, String)>,
    notes: Vec<(String, String)>,
    folders: BTreeMap<String, FolderTree>,
}

impl FolderTree {
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

    fn chapters(self) -> Vec<NumberedChapter> {
        let mut notes = self.notes;
        notes.sort_by(|(_, a), (_, b)| a.cmp(b));
        let note = |(title, path): (String, String)| NumberedChapter { title, path: Some(path), children: Vec::new() };
        let mut chapters: Vec<NumberedChapter> = self.index.into_iter().chain(notes).map(note).collect();
        chapters.extend(self.folders.into_iter().map(|(name, folder)| folder.chapter(name)));
        chapters
    }

    /// The folder as one chapter: its index with all else below it, or a draft that is named after it.
    fn chapter(mut self, name: String) -> NumberedChapter {
        // A folder with nothing in it but a folder is no level of its own.
        if self.index.is_none() && self.notes.is_empty() && self.folders.len() == 1 {
            let (inner, folder) = self.folders.pop_first().expect("there is one");
            return folder.chapter(format!("{name}/{inner}"));
        }
        match self.index.take() {
            Some((title, path)) => NumberedChapter { title, path: Some(path), children: self.chapters() },
            None => NumberedChapter { title: name, path: None, children: self.chapters() },
        }
    }
}
