//! What the path of a file says of its language, and of the note that it belongs to.
//!
//! ```text
//! zh/cuda/graph.md      en/cuda/graph.md       folders, at any depth
//! 中文/graph.md          English/graph.md       the same, by name
//! docs-zh/graph.md      docs/graph.md          a part of a folder's name
//! i18n/zh-CN/docs/x.md  docs/x.md              a folder for translations
//! l10n/ja/x.md          docs/x.md              the same, of the one folder beside it that has these names
//! translations/x.zh.md  x.md                   the same, where the name says the language
//! graph.md              graph_en.md            a suffix on either side, or on both
//! graph（中文版）.md      graph.md               the same in brackets
//! zh_graph.md           [en] graph.md          a prefix
//! notes/zh.md           notes/en.md            the name is the language
//! ```
//!
//! A tag is a word in many names, and the name of a language is one, too: `en-route`, `api-polish`, `English/` for what
//! somebody learns. So the tags of the book's own languages count as suffixes and as folders wherever they stand;
//! everything else counts where a counterpart confirms it, and the letters of the text do not say otherwise.

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::pairing::Candidate;
use crate::text::Prose;
use crate::values::path::is_readme;
use crate::values::tags::LanguageToken;
use crate::values::{Language, SourcePath, Tags};

/// What a path says by itself.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    /// The folders without what names a language.
    folders: String,
    pub(crate) folder: Option<Language>,
    pub(crate) suffix: Option<Language>,
    /// The name without what names a language, as written.
    stem: String,
}

impl Reading {
    /// The key of the note, as shown to people.
    pub(crate) fn name(&self) -> String {
        join(&self.folders, &self.stem)
    }

    /// The key that is compared: case does not matter, and `README` is the index of its folder.
    pub(crate) fn key(&self) -> String {
        key(&self.folders, &self.stem)
    }

    /// The language that the path names: a name comes before a folder.
    pub(crate) fn language(&self) -> Option<&Language> {
        self.suffix.as_ref().or(self.folder.as_ref())
    }
}

fn join(folders: &str, stem: &str) -> String {
    match (folders.is_empty(), stem.is_empty()) {
        (true, _) => stem.to_owned(),
        (false, true) => folders.to_owned(),
        (false, false) => format!("{folders}/{stem}"),
    }
}

/// What a file is called in a folder, as names are compared.
pub(crate) fn key(folders: &str, stem: &str) -> String {
    join(folders, index_of(stem)).to_lowercase()
}

/// `README` is the index of its folder.
fn index_of(stem: &str) -> &str {
    if is_readme(stem) { "index" } else { stem }
}

/// How a piece of a path says its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// It is the whole piece.
    Whole,
    /// Behind the rest, after a `-`, `_` or `.`.
    Suffix,
    /// Behind the rest in another way: in brackets, after a space, or after nothing: `x（英文）`, `x 中文`, `README中文`.
    Behind,
    /// Before the rest.
    Before,
}

/// A piece of a path without its language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Split<'a> {
    pub(crate) rest: &'a str,
    /// The bytes of the piece that name the language.
    pub(crate) named: std::ops::Range<usize>,
    pub(crate) token: LanguageToken,
    pub(crate) form: Form,
}

impl Split<'_> {
    /// Whether a file of this name is in that language, whatever lies beside it.
    fn is_plain(&self) -> bool {
        !self.token.is_word && matches!(self.form, Form::Whole | Form::Suffix)
    }
}

/// Splits the language off a piece of a path: `graph.zh-CN` is `graph` in `zh-CN`, and `zh` is nothing in `zh`.
pub(crate) fn split<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    whole(piece, tags).or_else(|| suffix(piece, tags)).or_else(|| behind(piece, tags)).or_else(|| before(piece, tags))
}

fn whole<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    let token = tags.read(piece).or_else(|| tags.read_code(piece))?;
    Some(Split { rest: "", named: 0..piece.len(), token, form: Form::Whole })
}

fn suffix<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    // The longest tag wins: `x-zh-tw` is not `x-zh` in `tw`.
    piece.char_indices().filter(|(at, c)| *at > 0 && matches!(c, '-' | '_' | '.')).find_map(|(at, c)| {
        let rest = &piece[at + 1..];
        let token = tags.read(rest).or_else(|| tags.read_code(rest).filter(|_| c == '.'))?;
        Some(Split { rest: &piece[..at], named: at + 1..piece.len(), token, form: Form::Suffix })
    })
}

const BRACKETS: &[(char, char)] =
    &[('(', ')'), ('（', '）'), ('[', ']'), ('［', '］'), ('【', '】'), ('「', '」'), ('{', '}')];

/// What stands between a name and its language, and means nothing.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '.' | '·' | '–' | '—')
}

fn behind<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    let split = |from: usize, named: std::ops::Range<usize>| {
        let rest = piece[..from].trim_end_matches(is_between);
        let token = tags.read(&piece[named.clone()]).filter(|_| !rest.is_empty())?;
        Some(Split { rest, named, token, form: Form::Behind })
    };
    if let Some((open, close)) = BRACKETS.iter().find(|(_, close)| piece.ends_with(*close)) {
        let from = piece.rfind(*open)?;
        return split(from, from + open.len_utf8()..piece.len() - close.len_utf8());
    }
    if let Some((at, space)) = piece.char_indices().rfind(|(_, c)| c.is_whitespace())
        && let Some(found) = split(at, at + space.len_utf8()..piece.len())
    {
        return Some(found);
    }
    // `README中文`: Chinese characters behind others are a piece of their own.
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
    let at = piece.char_indices().rev().take_while(|(_, c)| is_han(*c)).last()?.0;
    split(at, at..piece.len())
}

fn before<'a>(piece: &'a str, tags: &Tags) -> Option<Split<'a>> {
    let split = |named: std::ops::Range<usize>, until: usize| {
        let rest = piece[until..].trim_start_matches(is_between);
        let token = tags.read(&piece[named.clone()]).filter(|_| !rest.is_empty())?;
        Some(Split { rest, named, token, form: Form::Before })
    };
    if let Some((open, close)) = BRACKETS.iter().find(|(open, _)| piece.starts_with(*open)) {
        let until = piece.find(*close)?;
        return split(open.len_utf8()..until, until + close.len_utf8());
    }
    // The longest tag wins here, too.
    let ends = piece.char_indices().rev().filter(|(at, c)| *at > 0 && is_between(*c));
    ends.into_iter().find_map(|(at, c)| split(0..at, at + c.len_utf8()))
}

/// A folder without the name of a language that lies in it: nothing of `zh`, `docs` of `docs-zh`, all of any other.
#[must_use]
pub fn without<'a>(folder: &'a str, language: &Language, tags: &Tags) -> &'a str {
    split(folder, tags).filter(|split| split.token.language == *language).map_or(folder, |split| split.rest)
}

/// The language that a name ends or begins with, when nothing is known of its neighbours.
pub(crate) fn named(stem: &str, tags: &Tags) -> Option<Language> {
    split(stem, tags).filter(|split| split.form != Form::Before).map(|split| split.token.language)
}

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
fn is_contained(folders: &[&str], at: usize) -> bool {
    let is_container = |folder: &str| CONTAINERS.iter().any(|known| known.eq_ignore_ascii_case(folder));
    at > 0 && is_container(folders[at - 1])
}

/// Folders without one that names a language, with `instead` in its place.
fn replaced(folders: &[&str], at: usize, until: usize, instead: &str) -> String {
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

/// The folders above a file without the one that names a language, if one does.
pub(crate) fn unmarked(source: &SourcePath, tags: &Tags) -> Option<String> {
    mark(source, tags).map(|mark| mark.folders)
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
fn mark(source: &SourcePath, tags: &Tags) -> Option<Mark> {
    let folders = source.folders();
    let wholes: Vec<Option<LanguageToken>> =
        folders.iter().map(|folder| tags.read(folder).or_else(|| tags.read_code(folder))).collect();
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
        let split = split(folder, tags)?;
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
fn confirmed(candidates: &[Candidate], tags: &Tags) -> Vec<(String, Option<Language>)> {
    let marks: Vec<Option<Mark>> = candidates.iter().map(|candidate| mark(&candidate.source, tags)).collect();
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

/// What the folders of languages in a folder for translations translate: the one folder beside that which has the paths
/// of at least half of their files, of those that have no original without it; where one language of several has too few
/// of these, that of the others.
fn originals<'a>(
    candidates: &[Candidate],
    marks: &'a [Option<Mark>],
    has_original: impl Fn(&Candidate, &Mark) -> bool,
) -> BTreeMap<&'a str, String> {
    /// The folders between, and the language of the file.
    type Found<'a> = BTreeSet<(String, Option<&'a Language>)>;
    let contained = || {
        let marked = candidates.iter().zip(marks).filter_map(|(candidate, mark)| Some((candidate, mark.as_ref()?)));
        marked.filter_map(|(candidate, mark)| Some((candidate, mark, mark.beside.as_ref()?)))
    };
    let parents: BTreeSet<&str> = contained().map(|(_, _, (parent, _))| parent.as_str()).collect();
    // By the folders above, and the path below.
    let mut paths: BTreeMap<(&str, String), Found<'_>> = BTreeMap::new();
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
    // Folder of a language → the folders above, its files that have no original, and where these would have one.
    let mut places: BTreeMap<&str, (&str, usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for (candidate, mark, (parent, below)) in contained().filter(|(candidate, mark, _)| !has_original(candidate, mark))
    {
        let (_, files, found) = places.entry(&mark.place).or_insert_with(|| (parent, 0, BTreeMap::new()));
        *files += 1;
        let beside = paths.get(&(parent.as_str(), key(below, candidate.source.stem()))).into_iter().flatten();
        let others =
            beside.filter(|(_, language)| *language != Some(&mark.language)).map(|(folder, _)| folder.as_str());
        for folder in others.take(MOST_ORIGINALS).collect::<BTreeSet<&str>>() {
            *found.entry(folder).or_default() += 1;
        }
    }
    let original = |(parent, files, found): &(&str, usize, BTreeMap<&str, usize>)| {
        let (folder, most) = found.iter().max_by_key(|(_, count)| **count)?;
        let is_only = found.values().filter(|count| *count == most).count() == 1;
        (is_only && most * 2 >= *files).then(|| join(parent, folder))
    };
    let mut originals: BTreeMap<&'a str, String> = BTreeMap::new();
    // Folders above → what the languages below translate.
    let mut shared: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (place, files) in &places {
        if let Some(found) = original(files) {
            shared.entry(files.0).or_default().insert(found.clone());
            originals.insert(place, found);
        }
    }
    for (place, (parent, ..)) in &places {
        let of_others = shared.get(parent).filter(|of_others| of_others.len() == 1);
        if let Some(found) = of_others.and_then(BTreeSet::first) {
            originals.entry(place).or_insert_with(|| found.clone());
        }
    }
    originals
}

/// The folders above a file that a name marks in a folder for translations, without that: `a` of
/// `a/translations/x.zh.md`, where `a` has an `x`.
fn home(candidate: &Candidate, split: Option<&Split<'_>>, names: &BTreeSet<String>) -> Option<String> {
    let (split, folders) = (split?, candidate.source.folders());
    let at = (1..=folders.len()).find(|at| is_contained(&folders, *at))?;
    let home = replaced(&folders, at - 1, at, "");
    names.contains(&key(&home, split.rest)).then_some(home)
}

/// Reads the paths of a book's files.
pub(crate) fn read_paths(candidates: &[Candidate], tags: &Tags) -> Vec<Reading> {
    let folders = confirmed(candidates, tags);
    // What a name is without its language, in its real folder: the siblings that can vouch for it.
    let mut siblings: BTreeMap<String, Vec<(Option<Language>, &Prose)>> = BTreeMap::new();
    let splits: Vec<Option<Split<'_>>> =
        candidates.iter().map(|candidate| split(candidate.source.stem(), tags)).collect();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (candidate, split) in candidates.iter().zip(&splits) {
        let folders = candidate.source.folders();
        if (1..=folders.len()).all(|at| !is_contained(&folders, at)) {
            let stems = [Some(candidate.source.stem()), split.as_ref().map(|split| split.rest)];
            names.extend(stems.into_iter().flatten().map(|stem| key(&folders.join("/"), stem)));
        }
    }
    let homes: Vec<Option<String>> = candidates
        .iter()
        .zip(&splits)
        .zip(&folders)
        .map(|((candidate, split), (_, language))| {
            language.is_none().then(|| home(candidate, split.as_ref(), &names)).flatten()
        })
        .collect();
    let place = |source: &SourcePath, home: &Option<String>, stem: &str| match home {
        Some(home) => key(home, stem),
        None => key(&source.folders().join("/"), stem),
    };
    for ((candidate, split), home) in candidates.iter().zip(&splits).zip(&homes) {
        if let Some(split) = split {
            let language = Some(split.token.language.clone());
            siblings.entry(place(&candidate.source, home, split.rest)).or_default().push((language, &candidate.prose));
        }
        if split.as_ref().is_none_or(|split| !split.is_plain()) {
            let place = place(&candidate.source, home, candidate.source.stem());
            siblings.entry(place).or_default().push((None, &candidate.prose));
        }
    }
    // The same name in the folders of two languages: whatever it ends in is a part of the name.
    let full_name = |folders: &str, source: &SourcePath| join(folders, source.stem()).to_lowercase();
    let mut shared: BTreeMap<String, BTreeSet<&Language>> = BTreeMap::new();
    for (candidate, (others, language)) in candidates.iter().zip(&folders) {
        if let Some(language) = language {
            shared.entry(full_name(others, &candidate.source)).or_default().insert(language);
        }
    }
    let all = candidates.iter().zip(&splits).zip(&folders).zip(&homes);
    let readings = all.map(|(((candidate, split), (others, folder)), home)| {
        let stem = candidate.source.stem();
        let is_name = folder.is_some() && shared[&full_name(others, &candidate.source)].len() > 1;
        let split = split.as_ref().filter(|_| !is_name).filter(|split| {
            let language = &split.token.language;
            let found = siblings.get(&place(&candidate.source, home, split.rest)).map_or(&[][..], Vec::as_slice);
            if !split.is_plain() {
                // Somebody else has that name in another language, or without this one and a text that may be in another.
                let other = found.iter().any(|(other, prose)| match other {
                    Some(other) => other != language,
                    None => !prose.is_surely_like(&candidate.prose),
                });
                return other && candidate.prose.can_be(language) != Some(false);
            }
            let vouched = found.iter().any(|(other, _)| other.as_ref() != Some(language));
            match folder {
                Some(folder) => folder == language && !split.rest.is_empty() || vouched,
                // A name that is nothing but a language needs another one beside it.
                None => vouched || !split.rest.is_empty(),
            }
        });
        Reading {
            folders: home.as_ref().filter(|_| split.is_some()).unwrap_or(others).clone(),
            folder: folder.clone(),
            stem: split.map_or(stem, |split| split.rest).to_owned(),
            suffix: split.map(|split| split.token.language.clone()),
        }
    });
    readings.collect()
}
