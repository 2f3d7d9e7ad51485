//! Which folders above a file name its language.
//!
//! ```text
//! zh/cuda/graph.md      en/cuda/graph.md       folders, at any depth
//! 中文/graph.md          English/graph.md       the same, by name
//! docs-zh/graph.md      docs/graph.md          a part of a folder's name
//! i18n/zh-CN/docs/x.md  docs/x.md              a folder for translations
//! l10n/ja/x.md          docs/x.md              the same, of the one folder beside it that has these names
//! ```
//!
//! The tags of the book's own languages count wherever they stand; everything else counts where a counterpart confirms
//! it, and the letters of the text do not say otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::assembly::naming::{Split, join, key, split};
use crate::assembly::pairing::Candidate;
use crate::values::tags::LanguageToken;
use crate::values::{Language, SourcePath, Tags};

/// Folders that hold the translations of what lies beside them.
const CONTAINERS: &[&str] = &[
    "i18n",
    "l10n",
    "lang",
    "langs",
    "language",
    "languages",
    "locale",
    "locales",
    "translated",
    "translation",
    "translations",
    "versions",
    "翻译",
];

/// Where a site that Docusaurus builds has the translations of a folder: below `i18n/zh-CN/`.
const DOCUSAURUS: &[(&[&str], &str)] = &[
    (&["docusaurus-plugin-content-docs", "current"], "docs"),
    (&["docusaurus-plugin-content-blog"], "blog"),
    (&["docusaurus-plugin-content-pages"], "src/pages"),
];

/// Whether a folder lies in one for translations.
pub(super) fn is_contained(folders: &[&str], at: usize) -> bool {
    let is_container = |folder: &str| CONTAINERS.iter().any(|known| known.eq_ignore_ascii_case(folder));
    at > 0 && is_container(folders[at - 1])
}

/// Folders without one that names a language, with `instead` in its place.
pub(super) fn replaced(folders: &[&str], at: usize, until: usize, instead: &str) -> String {
    let pieces = folders[..at].iter().copied().chain([instead]).chain(folders[until..].iter().copied());
    pieces.filter(|piece| !piece.is_empty()).collect::<Vec<_>>().join("/")
}

/// Folders without one that names a language, and without the one for translations that it lies in.
pub(crate) fn around(folders: &[&str], at: usize) -> String {
    if !is_contained(folders, at) {
        return replaced(folders, at, at + 1, "");
    }
    match DOCUSAURUS.iter().find(|(below, _)| folders[at + 1..].starts_with(below)) {
        Some((below, home)) => replaced(folders, at - 1, at + 1 + below.len(), home),
        None => replaced(folders, at - 1, at + 1, ""),
    }
}

/// What the names of folders say. Many files lie in few of them, so each is read once.
pub(crate) struct FolderNames<'a> {
    tags: &'a Tags,
    wholes: HashMap<&'a str, Option<LanguageToken>>,
    splits: HashMap<&'a str, Option<Split<'a>>>,
}

impl<'a> FolderNames<'a> {
    pub(crate) fn new(tags: &'a Tags) -> Self {
        Self { tags, wholes: HashMap::new(), splits: HashMap::new() }
    }

    /// The folders above a file without the one that names a language, if one does.
    pub(crate) fn unmarked(&mut self, source: &'a SourcePath) -> Option<String> {
        mark(source, self).map(|mark| mark.folders)
    }

    /// The language that a whole name says.
    fn whole(&mut self, folder: &'a str) -> Option<LanguageToken> {
        let read = || self.tags.read(folder).or_else(|| self.tags.read_code(folder));
        self.wholes.entry(folder).or_insert_with(read).clone()
    }

    /// The language in a name.
    fn split(&mut self, folder: &'a str) -> Option<Split<'a>> {
        self.splits.entry(folder).or_insert_with(|| split(folder, self.tags)).clone()
    }
}

/// The folder above a file that names a language.
struct Mark {
    language: Language,
    is_word: bool,
    /// The folders without what names the language.
    folders: String,
    /// The folder itself, from the sources: its files are confirmed together.
    place: String,
    /// Whether it counts without a counterpart below it.
    is_plain: bool,
    /// What remains of the folders when there is none, for a mark that counts all the same.
    otherwise: Option<String>,
    /// In a folder for translations: the folders above that, and those below the mark.
    beside: Option<(String, String)>,
}

/// The folder that names a language, of the folders above a file: the first that is a tag, else the first that is a
/// name, else the first that has one in its name.
fn mark<'a>(source: &'a SourcePath, names: &mut FolderNames<'a>) -> Option<Mark> {
    let folders = source.folders();
    let wholes: Vec<Option<LanguageToken>> = folders.iter().map(|folder| names.whole(folder)).collect();
    let tagged = wholes.iter().position(|token| token.as_ref().is_some_and(|token| !token.is_word));
    if let Some(at) = tagged.or_else(|| wholes.iter().position(Option::is_some)) {
        let token = wholes[at].clone()?;
        return Some(Mark {
            language: token.language,
            is_word: token.is_word,
            folders: around(&folders, at),
            place: folders[..=at].join("/"),
            is_plain: !token.is_word && !is_contained(&folders, at),
            otherwise: (!token.is_word).then(|| replaced(&folders, at, at + 1, "")),
            beside: is_contained(&folders, at).then(|| (folders[..at - 1].join("/"), folders[at + 1..].join("/"))),
        });
    }
    folders.iter().enumerate().find_map(|(at, folder)| {
        let split = names.split(folder)?;
        Some(Mark {
            language: split.token.language,
            is_word: split.token.is_word,
            folders: replaced(&folders, at, at + 1, split.rest),
            place: folders[..=at].join("/"),
            is_plain: false,
            otherwise: None,
            beside: None,
        })
    })
}

/// The marks of all files, those that count: the folders without the language, and the language.
pub(super) fn confirmed(candidates: &[Candidate], tags: &Tags) -> Vec<(String, Option<Language>)> {
    let mut names = FolderNames::new(tags);
    let marks: Vec<Option<Mark>> = candidates.iter().map(|candidate| mark(&candidate.source, &mut names)).collect();
    // Where a file would lie without its language → the languages that claim it.
    let mut claims: BTreeMap<String, BTreeSet<Option<&Language>>> = BTreeMap::new();
    // Those of files outside of folders for translations.
    let mut outside = claims.clone();
    let key = |folders: &str, candidate: &Candidate| key(folders, candidate.source.stem());
    for (candidate, mark) in candidates.iter().zip(&marks) {
        let (folders, language) = match mark {
            Some(mark) => (mark.folders.clone(), Some(&mark.language)),
            None => (candidate.source.folders().join("/"), None),
        };
        let key = key(&folders, candidate);
        if mark.as_ref().is_none_or(|mark| mark.beside.is_none()) {
            outside.entry(key.clone()).or_default().insert(language);
        }
        claims.entry(key).or_default().insert(language);
    }
    // Translations into two languages are each other's counterparts, and still without their original.
    let has_original = |candidate: &Candidate, mark: &Mark| {
        let others = outside.get(&key(&mark.folders, candidate));
        others.is_some_and(|others| others.iter().any(|other| *other != Some(&mark.language)))
    };
    let has_counterpart = |candidate: &Candidate, mark: &Mark| claims[&key(&mark.folders, candidate)].len() > 1;
    let originals = originals(candidates, &marks, has_original);
    // Folder → whether anything below it has a counterpart, how many files it holds, and how many of them cannot be in
    // its language.
    let mut places: BTreeMap<&str, (bool, usize, usize)> = BTreeMap::new();
    for (candidate, mark) in candidates.iter().zip(&marks) {
        let Some(mark) = mark.as_ref().filter(|mark| !mark.is_plain) else { continue };
        let place = places.entry(&mark.place).or_default();
        place.0 |= has_counterpart(candidate, mark) || originals.contains_key(mark.place.as_str());
        place.1 += 1;
        place.2 += usize::from(candidate.prose.can_be(&mark.language) == Some(false));
    }
    let found = candidates.iter().zip(&marks).map(|(candidate, mark)| {
        let Some(mark) = mark else { return (candidate.source.folders().join("/"), None) };
        let counts = mark.is_plain || {
            let (is_confirmed, files, foreign) = places[mark.place.as_str()];
            is_confirmed && (!mark.is_word || foreign * 2 < files)
        };
        if counts {
            let original = originals.get(mark.place.as_str()).filter(|_| !has_original(candidate, mark));
            let folders = original.zip(mark.beside.as_ref()).map(|(original, (_, below))| join(original, below));
            return (folders.unwrap_or_else(|| mark.folders.clone()), Some(mark.language.clone()));
        }
        match &mark.otherwise {
            // A tag in a folder for translations that translates nothing beside it is a tag all the same.
            Some(folders) => (folders.clone(), Some(mark.language.clone())),
            None => (candidate.source.folders().join("/"), None),
        }
    });
    found.collect()
}

/// How many folders above a file can be the one that a folder for translations stands for.
const DEEPEST: usize = 8;

/// How many folders with the same path below them are looked at.
const MOST_ORIGINALS: usize = 8;

/// The files in folders for translations, with their marks: the folders above that, and those below the mark.
fn contained<'a>(
    candidates: &'a [Candidate],
    marks: &'a [Option<Mark>],
) -> impl Iterator<Item = (&'a Candidate, &'a Mark, &'a (String, String))> {
    let marked = candidates.iter().zip(marks).filter_map(|(candidate, mark)| Some((candidate, mark.as_ref()?)));
    marked.filter_map(|(candidate, mark)| Some((candidate, mark, mark.beside.as_ref()?)))
}

/// The folders that a path is found in, below one folder: the folder between, and the language of the file.
type Between<'a> = BTreeSet<(String, Option<&'a Language>)>;

/// What lies beside the folders for translations, by the folders above and the path below.
fn beside<'a>(candidates: &'a [Candidate], marks: &'a [Option<Mark>]) -> BTreeMap<(&'a str, String), Between<'a>> {
    let parents: BTreeSet<&str> = contained(candidates, marks).map(|(_, _, (parent, _))| parent.as_str()).collect();
    let mut paths: BTreeMap<(&str, String), Between<'_>> = BTreeMap::new();
    for (candidate, mark) in candidates.iter().zip(marks).filter(|_| !parents.is_empty()) {
        let (folders, language) = match mark {
            Some(Mark { beside: Some(_), .. }) => continue,
            Some(mark) => (mark.folders.clone(), Some(&mark.language)),
            None => (candidate.source.folders().join("/"), None),
        };
        let folders: Vec<&str> = folders.split('/').filter(|folder| !folder.is_empty()).collect();
        for (at, folder) in folders.iter().enumerate().take(DEEPEST) {
            if let Some(parent) = parents.get(folders[..at].join("/").as_str()) {
                let below = key(&folders[at + 1..].join("/"), candidate.source.stem());
                paths.entry((parent, below)).or_default().insert(((*folder).to_owned(), language));
            }
        }
    }
    paths
}

/// The folder of a language in a folder for translations.
struct Translated<'a> {
    /// The folders above that.
    parent: &'a str,
    /// How many of its files have no original.
    files: usize,
    /// How many of these each folder beside it would have.
    found: BTreeMap<String, usize>,
}

impl Translated<'_> {
    /// The one folder that has at least half of the files.
    fn original(&self) -> Option<String> {
        let (folder, most) = self.found.iter().max_by_key(|(_, count)| **count)?;
        let is_only = self.found.values().filter(|count| *count == most).count() == 1;
        (is_only && most * 2 >= self.files).then(|| join(self.parent, folder))
    }
}

/// What the folders of languages in a folder for translations translate: the one folder beside that which has the paths
/// of at least half of their files, of those that have no original without it; where one language of several has too few
/// of these, that of the others.
fn originals<'a>(
    candidates: &'a [Candidate],
    marks: &'a [Option<Mark>],
    has_original: impl Fn(&Candidate, &Mark) -> bool,
) -> BTreeMap<&'a str, String> {
    let paths = beside(candidates, marks);
    let mut places: BTreeMap<&str, Translated<'_>> = BTreeMap::new();
    let lacking = contained(candidates, marks).filter(|(candidate, mark, _)| !has_original(candidate, mark));
    for (candidate, mark, (parent, below)) in lacking {
        let new = || Translated { parent, files: 0, found: BTreeMap::new() };
        let place = places.entry(&mark.place).or_insert_with(new);
        place.files += 1;
        let found = paths.get(&(parent.as_str(), key(below, candidate.source.stem()))).into_iter().flatten();
        let others = found.filter(|(_, language)| *language != Some(&mark.language)).map(|(folder, _)| folder);
        for folder in others.take(MOST_ORIGINALS).collect::<BTreeSet<&String>>() {
            *place.found.entry(folder.clone()).or_default() += 1;
        }
    }
    let mut originals: BTreeMap<&'a str, String> = BTreeMap::new();
    // Folders above → what the languages below translate.
    let mut shared: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (place, translated) in &places {
        if let Some(found) = translated.original() {
            shared.entry(translated.parent).or_default().insert(found.clone());
            originals.insert(place, found);
        }
    }
    for (place, translated) in &places {
        let of_others = shared.get(translated.parent).filter(|of_others| of_others.len() == 1);
        if let Some(found) = of_others.and_then(BTreeSet::first) {
            originals.entry(place).or_insert_with(|| found.clone());
        }
    }
    originals
}
