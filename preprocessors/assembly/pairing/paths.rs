//! What the path of a file says of its language, and of the note that it belongs to.
//!
//! ```text
//! zh/graph.md           en/graph.md            a folder (`folders`)
//! translations/x.zh.md  x.md                   a folder for translations, where the name says the language
//! graph.md              graph_en.md            a suffix on either side, or on both
//! graph（中文版）.md      graph.md               the same in brackets
//! zh_graph.md           [en] graph.md          a prefix
//! notes/zh.md           notes/en.md            the name is the language
//! ```
//!
//! A tag is a word in many names, and the name of a language is one, too: `en-route`, `api-polish`, `English/` for what
//! somebody learns. So the tags of the book's own languages count as suffixes and as folders wherever they stand;
//! everything else counts where a counterpart confirms it, and the letters of the text do not say otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::assembly::naming::{Split, join, key, split};
use crate::assembly::pairing::Candidate;
use crate::assembly::pairing::folders::{confirmed, is_contained, replaced};
use crate::text::Prose;
use crate::values::{Language, SourcePath, Tags};

/// What a path says by itself.
#[derive(Debug, Clone)]
pub(crate) struct PathReading {
    /// The folders without what names a language.
    folders: String,
    pub(crate) folder: Option<Language>,
    pub(crate) suffix: Option<Language>,
    /// The name without what names a language, as written.
    stem: String,
}

impl PathReading {
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

/// Reads the paths of a book's files.
pub(crate) fn read_paths(candidates: &[Candidate], tags: &Tags) -> Vec<PathReading> {
    let folders = confirmed(candidates, tags);
    // Many files have one name, in different folders.
    let mut names: HashMap<&str, Option<Split<'_>>> = HashMap::new();
    let splits = candidates.iter().map(|candidate| {
        let stem = candidate.source.stem();
        names.entry(stem).or_insert_with(|| split(stem, tags)).clone()
    });
    let splits: Vec<Option<Split<'_>>> = splits.collect();
    let homes = homes(candidates, &splits, &folders);
    let siblings = siblings(candidates, &splits, &homes);
    let shared = shared_names(candidates, &folders);
    let all = candidates.iter().zip(&splits).zip(&folders).zip(&homes);
    let readings = all.map(|(((candidate, split), (others, folder)), home)| {
        let is_name = folder.is_some() && shared.contains(&full_name(others, &candidate.source));
        let split = split.as_ref().filter(|_| !is_name).filter(|split| {
            let found = siblings.get(&place(&candidate.source, home.as_deref(), split.rest));
            counts(candidate, split, folder.as_ref(), found.map_or(&[][..], Vec::as_slice))
        });
        PathReading {
            folders: home.as_ref().filter(|_| split.is_some()).unwrap_or(others).clone(),
            folder: folder.clone(),
            stem: split.map_or(candidate.source.stem(), |split| split.rest).to_owned(),
            suffix: split.map(|split| split.token.language.clone()),
        }
    });
    readings.collect()
}

/// The folders that files in a folder for translations would lie in without it, where their names say the language.
fn homes(
    candidates: &[Candidate],
    splits: &[Option<Split<'_>>],
    folders: &[(String, Option<Language>)],
) -> Vec<Option<String>> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (candidate, split) in candidates.iter().zip(splits) {
        let folders = candidate.source.folders();
        if (1..=folders.len()).all(|at| !is_contained(&folders, at)) {
            let stems = [Some(candidate.source.stem()), split.as_ref().map(|split| split.rest)];
            names.extend(stems.into_iter().flatten().map(|stem| key(&folders.join("/"), stem)));
        }
    }
    let all = candidates.iter().zip(splits).zip(folders);
    all.map(|((candidate, split), (_, language))| match language {
        None => home(candidate, split.as_ref(), &names),
        Some(_) => None,
    })
    .collect()
}

/// The folders above a file that a name marks in a folder for translations, without that: `a` of
/// `a/translations/x.zh.md`, where `a` has an `x`.
fn home(candidate: &Candidate, split: Option<&Split<'_>>, names: &BTreeSet<String>) -> Option<String> {
    let (split, folders) = (split?, candidate.source.folders());
    let at = (1..=folders.len()).find(|at| is_contained(&folders, *at))?;
    let home = replaced(&folders, at - 1, at, "");
    names.contains(&key(&home, split.rest)).then_some(home)
}

/// What stands in a place: the language of its name, and its letters.
type Siblings<'a> = Vec<(Option<Language>, &'a Prose)>;

/// What a name is without its language, in its real folder: the siblings that can vouch for it.
fn siblings<'a>(
    candidates: &'a [Candidate],
    splits: &[Option<Split<'_>>],
    homes: &[Option<String>],
) -> BTreeMap<String, Siblings<'a>> {
    let mut siblings: BTreeMap<String, Siblings<'_>> = BTreeMap::new();
    for ((candidate, split), home) in candidates.iter().zip(splits).zip(homes) {
        let mut add = |stem: &str, language: Option<Language>| {
            let place = place(&candidate.source, home.as_deref(), stem);
            siblings.entry(place).or_default().push((language, &candidate.prose));
        };
        if let Some(split) = split {
            add(split.rest, Some(split.token.language.clone()));
        }
        if split.as_ref().is_none_or(|split| !split.is_plain()) {
            add(candidate.source.stem(), None);
        }
    }
    siblings
}

fn place(source: &SourcePath, home: Option<&str>, stem: &str) -> String {
    match home {
        Some(home) => key(home, stem),
        None => key(&source.folders().join("/"), stem),
    }
}

/// The names that stand in the folders of two languages: whatever they end in is a part of them.
fn shared_names(candidates: &[Candidate], folders: &[(String, Option<Language>)]) -> BTreeSet<String> {
    let mut languages: BTreeMap<String, BTreeSet<&Language>> = BTreeMap::new();
    for (candidate, (others, language)) in candidates.iter().zip(folders) {
        if let Some(language) = language {
            languages.entry(full_name(others, &candidate.source)).or_default().insert(language);
        }
    }
    languages.into_iter().filter(|(_, languages)| languages.len() > 1).map(|(name, _)| name).collect()
}

fn full_name(folders: &str, source: &SourcePath) -> String {
    join(folders, source.stem()).to_lowercase()
}

/// Whether what looks like a language in a name is one.
fn counts(
    candidate: &Candidate,
    split: &Split<'_>,
    folder: Option<&Language>,
    siblings: &[(Option<Language>, &Prose)],
) -> bool {
    let language = &split.token.language;
    if !split.is_plain() {
        // Somebody else has that name in another language, or without this one and a text that may be in another.
        let other = siblings.iter().any(|(other, prose)| match other {
            Some(other) => other != language,
            None => !prose.is_surely_like(&candidate.prose),
        });
        return other && candidate.prose.can_be(language) != Some(false);
    }
    let vouched = siblings.iter().any(|(other, _)| other.as_ref() != Some(language));
    match folder {
        Some(folder) => folder == language && !split.rest.is_empty() || vouched,
        // A name that is nothing but a language needs another one beside it.
        None => vouched || !split.rest.is_empty(),
    }
}
