//! Which languages a book is in, when it does not say.
//!
//! ```text
//! x.md in English, x.zh-CN.md, x.tr-TR.md      →   en, zh-CN, tr-TR
//! [Türkçe](y.md) at the top of a note           →   tr
//! it/x.md, user-id.md                           →   nothing: `it` and `id` are words
//! ```
//!
//! Names tell where they form a pair, and where the letters of a text agree with them. The side that says nothing is in
//! the book's own language, unless another file has taken that, or its letters are none of that language; then its
//! letters tell.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::naming;
use crate::assembly::pairing::Candidate;
use crate::assembly::pairing::folders::{FolderNames, around};
use crate::assembly::pairing::paths::{PathReading, read_paths};
use crate::assembly::{Chapter, Material, listing};
use crate::notebook::Destination;
use crate::text::Prose;
use crate::values::language::is_common;
use crate::values::{Fact, Language, PageLanguage, Script, SourcePath, Tags};

/// The languages of a book whose own language is known, that one first: what its paths and the links between its notes
/// show in at least one pair, what front matter names in one, and what a name and the letters of its text agree on.
///
/// Any other page that is alone in its language does not make the whole book lack it. `names` are what the book calls
/// languages.
#[must_use]
pub(crate) fn languages(material: &Material, own: &Language, names: &[(String, Language)]) -> Vec<Language> {
    let look = Look::at(material, names);
    look.paired(&look.written_in(own))
}

/// The languages of loose notes, the one of most notes first: those of pairs, and those of letters.
///
/// Letters tell scripts rather than languages: plain Latin ones are English unless names say otherwise.
#[must_use]
pub(crate) fn languages_of_notes(material: &Material, names: &[(String, Language)]) -> Vec<Language> {
    Look::at(material, names).of_notes()
}

/// The files that are catalogues: those that are read as such, and the same in other languages.
#[must_use]
pub(crate) fn catalogues(material: &Material, names: &[(String, Language)]) -> BTreeSet<SourcePath> {
    let candidates = Look::at(material, names).candidates.into_iter();
    candidates.filter(|candidate| candidate.catalogue).map(|candidate| candidate.source).collect()
}

/// Whether two tags are of one language, as far as letters can tell.
fn is_one(a: &Language, b: &Language) -> bool {
    a.primary() == b.primary() && a.script() == b.script() && a.is_traditional() == b.is_traditional()
}

/// The chapters of a book, read without knowing its languages.
struct Look<'a> {
    candidates: Vec<Candidate>,
    readings: Vec<PathReading>,
    /// The languages that stand beside the same language of another region.
    regions: BTreeSet<Language>,
    /// What the letters of each file tell.
    likely: Vec<Option<Language>>,
    /// What links call a file.
    named: BTreeMap<&'a SourcePath, Language>,
    /// How many files share each `translation-key`.
    keyed: BTreeMap<String, usize>,
}

impl<'a> Look<'a> {
    fn at(material: &'a Material, names: &[(String, Language)]) -> Self {
        let mut seen = BTreeSet::new();
        let chapters = material.chapters.iter().filter_map(|chapter| Some((chapter, chapter.note.source.as_ref()?)));
        let chapters: Vec<(&Chapter, &SourcePath)> = chapters.filter(|(_, source)| seen.insert(*source)).collect();
        let catalogues: BTreeSet<&SourcePath> =
            material.catalogues.iter().filter_map(|catalogue| catalogue.note.source.as_ref()).collect();
        let candidate = |(chapter, source): &(&Chapter, &SourcePath)| Candidate {
            source: (*source).clone(),
            listed: true,
            language: chapter.note.front_matter.language.clone(),
            said: None,
            translation_key: chapter.note.front_matter.translation_key.clone(),
            catalogue: false,
            prose: chapter.note.anatomy.prose.clone(),
        };
        let candidates: Vec<Candidate> = chapters.iter().map(candidate).collect();
        let mut keyed: BTreeMap<String, usize> = BTreeMap::new();
        for key in candidates.iter().filter_map(|candidate| candidate.translation_key.as_ref()) {
            *keyed.entry(key.value.clone()).or_default() += 1;
        }
        let mut look = Self { named: named(material, &chapters), ..Self::of(candidates, names) };
        look.keyed = keyed;
        let likely = |prose: &Prose, _: &BTreeSet<Language>| prose.likely().or_else(|| Some(Language::english()));
        listing::mark_catalogues(&mut look.candidates, |source| catalogues.contains(source), &look.readings, likely);
        look
    }

    /// What paths and letters tell.
    fn of(candidates: Vec<Candidate>, names: &[(String, Language)]) -> Self {
        let mut guessed = Language::guessed();
        guessed.extend(names.iter().map(|(_, language)| language.clone()));
        guessed.extend(codes(&candidates, &Tags::new(&guessed)));
        let mut seen = BTreeSet::new();
        guessed.retain(|language| seen.insert(language.clone()));
        let read = |guessed: &[Language]| read_paths(&candidates, &Tags::new(guessed).with_names(names));
        let mut readings = read(&guessed);
        let has_traditional = candidates.iter().any(|candidate| is_traditional(&candidate.prose) == Some(true));
        let is_chinese = |reading: &PathReading| reading.language().is_some_and(|it| it.primary() == "zh");
        if has_traditional && readings.iter().any(is_chinese) {
            // The first that can have it is what `zh` means.
            let mut turned = guessed.clone();
            turned.sort_by_key(|language| !language.is_traditional());
            let others = read(&turned);
            if is_mostly_traditional(&candidates, &readings, &others) {
                (guessed, readings) = (turned, others);
            }
        }
        let regions = regions(&candidates, &guessed, names);
        if !regions.is_empty() {
            guessed.extend(regions.iter().filter(|region| !guessed.contains(region)).cloned().collect::<Vec<_>>());
            readings = read(&guessed);
        }
        let unwritten = unwritten(&candidates, &readings, names);
        if !unwritten.is_empty() {
            guessed.retain(|language| !unwritten.contains(language));
            readings = read(&guessed);
        }
        let likely = candidates.iter().map(|candidate| candidate.prose.likely()).collect();
        Self { candidates, readings, regions, likely, named: BTreeMap::new(), keyed: BTreeMap::new() }
    }

    /// Whether a page belongs to no language: it is nobody's counterpart, and brings no language.
    fn is_mul(&self, at: usize) -> bool {
        self.candidates[at].language.as_ref().is_some_and(|fact| fact.value == PageLanguage::None)
    }

    /// The language that somebody says a file is in.
    fn said(&self, at: usize) -> Option<&Language> {
        let candidate = &self.candidates[at];
        match &candidate.language {
            Some(Fact { value: PageLanguage::One(language), .. }) => Some(language),
            _ => self.named.get(&candidate.source),
        }
    }

    /// The same, and else the one that its path says.
    fn told(&self, at: usize) -> Option<&Language> {
        self.said(at).or_else(|| self.readings[at].language())
    }

    /// The files that have one name in several languages, by that name.
    fn pairs(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, reading) in self.readings.iter().enumerate().filter(|(at, _)| !self.is_mul(*at)) {
            groups.entry(reading.key()).or_default().push(at);
        }
        groups.retain(|_, members| self.marks(members).len() > 1);
        groups.into_values().collect()
    }

    /// What the names of files say.
    fn marks(&self, members: &[usize]) -> BTreeSet<Option<&Language>> {
        members.iter().map(|at| self.readings[*at].language()).collect()
    }

    /// The files that are notes. A catalogue is none: it can be a list of titles.
    fn notes(&self) -> impl Iterator<Item = usize> {
        (0..self.candidates.len()).filter(|at| !self.candidates[*at].catalogue && !self.is_mul(*at))
    }

    /// The languages of loose notes.
    fn of_notes(&self) -> Vec<Language> {
        let notes: Vec<usize> = self.notes().collect();
        let has_japanese = notes.iter().any(|at| self.candidates[*at].prose.script() == Some(Script::Japanese));
        let letters = |at: usize| {
            let prose = &self.candidates[at].prose;
            // A page of terms has no kana.
            let is_plain = prose.script() == Some(Script::Han) && prose.simplified + prose.traditional == 0;
            if is_plain && has_japanese { Language::parse("ja").ok() } else { self.likely[at].clone() }
        };
        let paired: BTreeSet<usize> = self.pairs().into_iter().flatten().collect();
        let (mut counts, mut unmarked): (BTreeMap<Language, usize>, BTreeMap<Language, usize>) = Default::default();
        for &at in &notes {
            // A name that is alone gives way to letters.
            let is_possible = |language: &&Language| self.candidates[at].prose.can_be(language) != Some(false);
            let is_said = self.said(at).is_some() || paired.contains(&at);
            let told = self.told(at).filter(|language| is_said || is_possible(language)).cloned();
            let is_told = told.is_some();
            let Some(language) = told.or_else(|| letters(at)) else { continue };
            if !is_told {
                *unmarked.entry(language.clone()).or_default() += 1;
            }
            *counts.entry(language).or_default() += 1;
        }
        // Of two with as many notes, the one that the front page is written in comes first; without one, names that say
        // nothing are in the language that needs no saying.
        let front = (0..self.candidates.len()).find(|at| {
            let source = &self.candidates[*at].source;
            source.folders().is_empty() && source.stem().eq_ignore_ascii_case("readme")
        });
        let front = front.and_then(letters);
        let mut counts: Vec<(Language, usize)> = counts.into_iter().collect();
        counts.sort_by_cached_key(|(language, count)| {
            let silent = unmarked.get(language).copied().unwrap_or(0);
            (Reverse(*count), front.as_ref() != Some(language), Reverse(silent), language.clone())
        });
        let first = counts.first().map_or_else(Language::english, |(first, _)| first.clone());
        let mut found = self.paired(&first);
        // What is in other letters is in another language, whether or not it has a counterpart. One note in twenty may
        // be an exception.
        for (language, _) in counts {
            let silent = unmarked.get(&language).copied().unwrap_or(0);
            if silent * 20 >= notes.len() && silent > 0 {
                self.add(&language, None, &mut found);
            }
        }
        self.keep_chinese(&mut found);
        found
    }

    /// Puts the Chinese that names call `zh` before the other one, where there are both: the first of a book's languages
    /// that can have a short name gets it.
    fn keep_chinese(&self, found: &mut [Language]) {
        let is_chinese = |language: &Language| language.script() == Script::Han;
        let mut places = (0..found.len()).filter(|at| is_chinese(&found[*at]));
        let (Some(first), Some(second), None) = (places.next(), places.next(), places.next()) else { return };
        let readings = read_paths(&self.candidates, &Tags::new(found));
        let is_other = |(now, then): (&PathReading, &PathReading)| {
            now.language().zip(then.language()).is_some_and(|(now, then)| now != then && is_chinese(now))
        };
        if readings.iter().zip(&self.readings).any(is_other) {
            found.swap(first, second);
        }
    }

    /// The languages that a name and the letters of its text agree on, though nothing pairs.
    ///
    /// Letters agree where they tell the language by themselves, and where none of the others is written in them.
    fn vouched(&self, own: &Language) -> BTreeSet<&Language> {
        let shown = self.notes().filter_map(|at| self.readings[at].language().or(self.likely[at].as_ref()));
        let all: BTreeSet<&Language> = shown.chain([own]).collect();
        let mut found = BTreeSet::new();
        for at in self.notes() {
            let Some(language) = self.readings[at].language().filter(|language| !found.contains(language)) else {
                continue;
            };
            let prose = &self.candidates[at].prose;
            let is_likely = || self.likely[at].as_ref().is_some_and(|likely| is_one(likely, language));
            let is_other = |other: &&Language| !is_one(other, language) && prose.can_be(other) == Some(true);
            if prose.can_be(language) == Some(true) && (is_likely() || !all.iter().any(is_other)) {
                found.insert(language);
            }
        }
        found
    }

    /// The language that the book is really in: `mdbook init` calls each book English.
    ///
    /// It is the book's own, unless the letters of most notes rule that out; then the one that most of these are in.
    /// Only Chinese, Japanese and Korean characters, or their absence, count: foreign names bring any accent into any
    /// text, and some languages have two alphabets.
    fn written_in(&self, own: &Language) -> Language {
        let (mut told, mut letters) = (0, 0);
        let mut others: BTreeMap<&Language, usize> = BTreeMap::new();
        for at in self.notes() {
            let prose = &self.candidates[at].prose;
            let Some(can_be) = prose.can_be(own) else { continue };
            told += 1;
            let Some(likely) = self.likely[at].as_ref().filter(|_| !can_be) else { continue };
            // A page of words from another language is in the one that explains them.
            let explains = !own.is_east_asian() && prose.characters() <= 2 * prose.words();
            if likely.is_written_unlike(own) && !explains {
                letters += prose.characters() + prose.words();
                *others.entry(likely).or_default() += 1;
            }
        }
        let ruled_out: usize = others.values().sum();
        let most = others.into_iter().max_by_key(|(_, count)| *count).map(|(language, _)| language.clone());
        most.filter(|_| ruled_out * 2 > told && letters >= ENOUGH).unwrap_or_else(|| own.clone())
    }

    /// The languages of pairs, after the book's own.
    fn paired(&self, own: &Language) -> Vec<Language> {
        let mut found = vec![own.clone()];
        let pairs = self.pairs();
        let pairs: Vec<(&Vec<usize>, BTreeSet<Option<&Language>>)> =
            pairs.iter().map(|members| (members, self.marks(members))).collect();
        let paired: BTreeSet<&Language> = pairs.iter().flat_map(|(_, marks)| marks.iter().copied().flatten()).collect();
        // The side that says nothing.
        let is_own = |language: &Language| Tags::new(std::slice::from_ref(own)).get(language.tag()).is_some();
        for (members, marks) in &pairs {
            let taken: BTreeSet<&Language> = marks.iter().copied().flatten().collect();
            let own_is_taken = taken.iter().any(|language| is_own(language));
            for at in members.iter().filter(|at| self.told(**at).is_none()) {
                if !own_is_taken && self.candidates[*at].prose.can_be(own) != Some(false) {
                    continue;
                }
                if let Some(likely) = self.likely[*at].as_ref().filter(|likely| !taken.contains(likely)) {
                    self.add(likely, None, &mut found);
                }
            }
        }
        for language in paired.into_iter().chain(self.vouched(own)) {
            self.add(language, None, &mut found);
        }
        for (source, language) in &self.named {
            self.add(language, Some(source), &mut found);
        }
        for candidate in &self.candidates {
            let is_shared = candidate.translation_key.as_ref().is_some_and(|key| self.keyed[&key.value] > 1);
            if let Some(Fact { value: PageLanguage::One(language), .. }) = &candidate.language
                && is_shared
            {
                self.add(language, None, &mut found);
            }
        }
        found
    }

    /// Adds a language that is not there yet: a book in `zh` whose folder is called `zh-CN` has one Chinese, not two.
    fn add(&self, language: &Language, source: Option<&SourcePath>, found: &mut Vec<Language>) {
        let is_there = if self.regions.contains(language) {
            found.contains(language)
        } else {
            Tags::new(found).get(language.tag()).is_some()
        };
        if is_there {
            return;
        }
        // `中文` is a language of which the letters tell the rest.
        let text = source.and_then(|source| self.candidates.iter().find(|candidate| candidate.source == *source));
        let precise = match text {
            Some(candidate) if language.tag() == "zh" => candidate.prose.likely().filter(|it| it.primary() == "zh"),
            _ => None,
        };
        found.push(precise.unwrap_or_else(|| language.clone()));
    }
}

/// The languages of which one note has several, by region: Portuguese of Brazil and of Portugal, Spanish and that of
/// Mexico.
fn regions(candidates: &[Candidate], guessed: &[Language], names: &[(String, Language)]) -> BTreeSet<Language> {
    let read = |languages: &[Language]| read_paths(candidates, &Tags::new(languages).with_names(names));
    // Without languages of its own, a book has those that can be nothing else.
    let exact = read(&[]).into_iter().filter_map(|reading| reading.language().cloned());
    let exact: BTreeSet<Language> = exact.filter(|language| language.tag().contains('-')).collect();
    if exact.is_empty() {
        return exact;
    }
    let mut all = guessed.to_vec();
    all.extend(exact.into_iter().filter(|language| !guessed.contains(language)));
    let readings = read(&all);
    let mut groups: BTreeMap<String, BTreeSet<&Language>> = BTreeMap::new();
    for reading in &readings {
        groups.entry(reading.key()).or_default().extend(reading.language());
    }
    let beside = groups.values().flat_map(|languages| {
        let differs =
            |one: &&Language| languages.iter().any(|other| is_one(one, other) && one.region() != other.region());
        languages.iter().copied().filter(differs)
    });
    beside.cloned().collect()
}

/// How many characters and words a text has of which the letters tell something.
const ENOUGH: usize = 20;

/// How many texts that only names call Spanish make a language of untranslated copies, and no subject called `es`.
const COPIES: usize = 3;

/// The languages that bare codes name and that no text can be in, by its letters: `es/` is what somebody writes about
/// Elasticsearch in Chinese.
///
/// `zh` and `en` are the names of nothing else, and a tree of copies is there to be translated.
fn unwritten(candidates: &[Candidate], readings: &[PathReading], names: &[(String, Language)]) -> BTreeSet<Language> {
    let mut marks: BTreeMap<String, BTreeSet<Option<&Language>>> = BTreeMap::new();
    for reading in readings {
        marks.entry(reading.key()).or_default().insert(reading.language());
    }
    // Language → whether a text can be in it, and how many counterparts those have that cannot.
    let mut found: BTreeMap<&Language, (bool, usize)> = BTreeMap::new();
    for (candidate, reading) in candidates.iter().zip(readings) {
        let Some(language) = reading.language() else { continue };
        let Candidate { prose, .. } = candidate;
        let is_ruled_out = prose.characters() + prose.words() >= ENOUGH && prose.can_be(language) == Some(false);
        let is_said =
            matches!(&candidate.language, Some(Fact { value: PageLanguage::One(said), .. }) if said == language);
        let of = found.entry(language).or_default();
        of.0 |= is_said || !is_ruled_out;
        of.1 += usize::from(marks[&reading.key()].len() > 1);
    }
    let is_code = |language: &Language| {
        language.tag().len() < 4
            && !matches!(language.tag(), "en" | "zh")
            && names.iter().all(|(_, named)| named != language)
    };
    let none = found
        .into_iter()
        .filter(|(language, (is_written, copies))| is_code(language) && !is_written && *copies < COPIES);
    none.map(|(language, _)| language.clone()).collect()
}

/// Whether most texts whose names say no more than Chinese are in traditional characters: which it is depends on the
/// order of the languages.
fn is_mostly_traditional(candidates: &[Candidate], readings: &[PathReading], others: &[PathReading]) -> bool {
    let read = candidates.iter().zip(readings.iter().zip(others));
    let read = read.filter(|(_, (reading, other))| reading.language() != other.language());
    let (mut traditional, mut simplified) = (0, 0);
    for (Candidate { prose, .. }, _) in read {
        traditional += usize::from(is_traditional(prose) == Some(true));
        simplified += usize::from(is_traditional(prose) == Some(false));
    }
    traditional > simplified
}

/// Whether a Chinese text is in traditional characters; `None` when they do not tell, and of any other text.
fn is_traditional(prose: &Prose) -> Option<bool> {
    prose.chinese().filter(|_| prose.script() == Some(Script::Han))
}

/// What the lines that lead to other languages call the notes that they lead to.
fn named<'a>(material: &'a Material, chapters: &[(&'a Chapter, &'a SourcePath)]) -> BTreeMap<&'a SourcePath, Language> {
    let prose: BTreeMap<&SourcePath, &Prose> =
        chapters.iter().map(|(chapter, source)| (*source, &chapter.note.anatomy.prose)).collect();
    let mut named = BTreeMap::new();
    for (chapter, own) in chapters {
        for target in chapter.note.anatomy.switches.iter().flat_map(|lead| &lead.targets) {
            let (Some(language), Destination::Note { source, .. }) =
                (&target.language, material.files.destination(&chapter.note.location, &target.destination))
            else {
                continue;
            };
            // Links are wrong now and then, and letters are not.
            let Some((source, prose)) = prose.get_key_value(source) else { continue };
            if *source != *own && prose.can_be(language) != Some(false) {
                named.entry(*source).or_insert_with(|| language.clone());
            }
        }
    }
    named
}

/// A file in a folder that is called by a bare code.
struct Coded<'a> {
    /// The folder, from the sources.
    folder: String,
    language: Language,
    /// What the file would be without that folder.
    key: String,
    prose: &'a Prose,
}

/// How many folders above a file may be called by codes.
const MOST_CODES: usize = 8;

/// The names of a book's files, and the folders above them that may be called by codes.
struct Codes<'a> {
    candidates: &'a [Candidate],
    tags: &'a Tags,
    /// Each name as it is, and without a language that is known already.
    names: BTreeSet<String>,
    /// The files below folders that are called by codes.
    coded: Vec<Coded<'a>>,
}

/// The languages that bare codes name, beyond those that `tags` has: a code can be any short word, so that the letters
/// of a text have to agree with it, or several counterparts.
fn codes(candidates: &[Candidate], tags: &Tags) -> Vec<Language> {
    let mut codes = Codes { candidates, tags, names: BTreeSet::new(), coded: Vec::new() };
    let mut folder_names = FolderNames::new(tags);
    candidates.iter().for_each(|candidate| codes.read(candidate, &mut folder_names));
    let mut found = codes.in_names();
    found.extend(codes.in_folders());
    found.into_iter().collect()
}

/// Whether a code alone names what the letters tell without it.
fn is_told(prose: &Prose, language: &Language) -> bool {
    is_common(language.tag()) && prose.is_surely(language) && prose.likely().as_ref() == Some(language)
}

impl<'a> Codes<'a> {
    fn code(&self, piece: &str) -> Option<Language> {
        let language = Language::of_code(piece).filter(Language::exists)?;
        (self.tags.get(piece).is_none() && self.tags.get(language.tag()).is_none()).then_some(language)
    }

    fn read(&mut self, candidate: &'a Candidate, folder_names: &mut FolderNames<'a>) {
        let (source, stem) = (&candidate.source, candidate.source.stem());
        let rest = naming::split(stem, self.tags).map(|split| split.rest);
        for folders in [Some(source.folders().join("/")), folder_names.unmarked(source)].into_iter().flatten() {
            self.names.extend([Some(stem), rest].into_iter().flatten().map(|stem| naming::key(&folders, stem)));
        }
        let folders = source.folders();
        let called = folders.iter().enumerate().filter_map(|(at, folder)| Some((at, self.code(folder)?)));
        let coded: Vec<Coded<'_>> = called
            .take(MOST_CODES)
            .map(|(at, language)| Coded {
                folder: folders[..=at].join("/"),
                language,
                key: naming::key(&around(&folders, at), stem),
                prose: &candidate.prose,
            })
            .collect();
        self.coded.extend(coded);
    }

    /// The languages that the ends of names are codes of.
    fn in_names(&self) -> BTreeSet<Language> {
        let named = |Candidate { source, prose, .. }: &Candidate| {
            let (stem, folders) = (source.stem(), source.folders().join("/"));
            let at = stem.rfind(['.', '_', '-'])?;
            let language = self.code(&stem[at + 1..])?;
            if is_told(prose, &language) && naming::split(stem, self.tags).is_none() {
                return Some(language);
            }
            if !self.names.contains(&naming::key(&folders, &stem[..at])) {
                return None;
            }
            // Behind a `.`, a rare code is one where the words agree: an extension stands there, too.
            let can_be = prose.can_be(&language);
            let is_meant = match is_common(language.tag()) {
                true => can_be != Some(false),
                false => can_be == Some(true) && stem.len() - at == 3 && prose.is_without_english(),
            };
            (prose.is_surely(&language) || stem[at..].starts_with('.') && is_meant).then_some(language)
        };
        self.candidates.iter().filter_map(named).collect()
    }

    /// The languages that folders are codes of.
    fn in_folders(&self) -> BTreeSet<Language> {
        // Two such folders can be each other's counterparts, where the letters of both agree.
        let mut claims: BTreeMap<&str, BTreeSet<&Language>> = BTreeMap::new();
        for Coded { key, language, .. } in self.coded.iter().filter(|file| file.prose.is_surely(&file.language)) {
            claims.entry(key).or_default().insert(language);
        }
        let has_counterpart = |file: &Coded<'_>| {
            let others = claims.get(file.key.as_str());
            self.names.contains(&file.key) || others.is_some_and(|all| all.iter().any(|other| **other != file.language))
        };
        let mut found: BTreeSet<Language> = BTreeSet::new();
        // Folder → files, and counterparts among them.
        let mut folders: BTreeMap<&str, (&Language, usize, usize)> = BTreeMap::new();
        for file in &self.coded {
            let (language, is_paired) = (&file.language, has_counterpart(file));
            if is_paired && file.prose.is_surely(language) || is_told(file.prose, language) {
                found.insert(language.clone());
            }
            let counts = folders.entry(&file.folder).or_insert((language, 0, 0));
            counts.1 += 1;
            counts.2 += usize::from(is_paired && file.prose.can_be(language) != Some(false));
        }
        let mirrored = folders.into_values().filter(|(language, files, counterparts)| {
            is_common(language.tag()) && *counterparts > 2 && counterparts * 2 >= *files
        });
        found.extend(mirrored.map(|(language, ..)| language.clone()));
        found
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::assembly::pairing::{self, Paired};
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    /// What is seen of these files, each with its text.
    fn look(files: &[(&str, &str)]) -> Look<'static> {
        let candidates = files.iter().map(|(path, text)| Candidate {
            source: SourcePath::new(Path::new(path)).unwrap(),
            listed: true,
            language: None,
            said: None,
            translation_key: None,
            catalogue: false,
            prose: Anatomy::of(text, 0, &Wording::default()).prose,
        });
        Look::of(candidates.collect(), &[])
    }

    fn tags(languages: &[Language]) -> Vec<&str> {
        languages.iter().map(Language::tag).collect()
    }

    /// The languages of loose notes with these paths, `{a,b}` for each of several, and each text: how many are in each,
    /// and how many are pairs.
    fn notes(files: &[(&str, &str)]) -> String {
        let mut all: Vec<(String, &str)> = Vec::new();
        for (path, text) in files {
            let (before, rest) = path.split_once('{').unwrap_or((path, "}"));
            let (names, after) = rest.split_once('}').unwrap();
            all.extend(names.split(',').map(|name| (format!("{before}{name}{after}"), *text)));
        }
        let look = look(&all.iter().map(|(path, text)| (path.as_str(), *text)).collect::<Vec<_>>());
        let languages = look.of_notes();
        let tags = Tags::new(&languages);
        let readings = read_paths(&look.candidates, &tags);
        let pairing = pairing::pair(&look.candidates, &readings, &[], &BTreeSet::new(), &tags, &languages[0]);
        let files: Vec<&Paired> = pairing.groups.iter().flat_map(|(_, files)| files).collect();
        let count = |language: &Language| {
            let is_in = |file: &&&Paired| file.language.as_ref().is_some_and(|fact| fact.value == *language);
            format!("{language} {}", files.iter().filter(is_in).count())
        };
        let pairs = pairing.groups.iter().filter(|(_, files)| files.len() > 1).count();
        format!("{}; {pairs}", languages.iter().map(count).collect::<Vec<_>>().join(", "))
    }

    const EN: &str = "A plain text in English.";
    const ZH: &str = "这是一段简体中文，对读者说明问题。";
    const ES_IN_CHINESE: &str = "分片是一个索引的一部分，它们分布在集群的各个节点上，这样读写都更快。";
    const ES: &str = "Este es un texto en español; explica qué hacer mañana o después, según el año.";
    const PT: &str = "Este é um texto em português; explica o que fazer amanhã ou depois, então são duas opções.";
    const TW: &str = "這是一段繁體中文，對讀者說明問題。";
    const JA: &str = "これは日本語の文章です";
    const TR: &str = "Bu Türkçe yazılmış bir metindir; öğrenme için güzel bir örnek.";
    const DE: &str = "Größere Übungen führen außerdem zu schöneren Ergebnissen für später.";
    const IT: &str = "Questo è un testo in italiano; perché è così più facile, già da città e università.";
    const SR: &str = "Ovo je srpski jezik, latinica sa slovima č, ć, š, ž i đ, brže nego što misliš.";
    const AR: &str = "هذا نص باللغة العربية عن تدريب النماذج.";
    const UK: &str = "Це українська мова, її літери інші, ніж у російській.";
    const VI: &str = "Đây là một văn bản tiếng Việt, viết bằng chữ quốc ngữ.";

    #[test]
    fn languages_of_pairs() {
        type PairCase<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a [&'a str]);
        let rows: &[PairCase<'_>] = &[
            (&[("x.md", ""), ("x_zh.md", "")], "en", &["en", "zh-CN"]),
            (&[("zh/x.md", ""), ("en/x.md", "")], "zh", &["zh", "en"]),
            // Words that are codes.
            (&[("x.md", EN), ("it/x.md", EN), ("de.md", EN)], "en", &["en"]),
            (&[("user.md", EN), ("user-id.md", EN), ("what.md", EN), ("what_is.md", EN)], "en", &["en"]),
            (&[("x.md", EN), ("x-kv.md", EN), ("api.md", EN), ("api-polish.md", EN.repeat(200).leak())], "en", &["en"]),
            (&[("how.md", EN), ("how-to.md", EN), ("how-to-do.md", EN), ("en-route.md", EN)], "en", &["en"]),
            // Tags that can be nothing else, and codes that the letters agree with.
            (&[("x.md", EN), ("x.zh-CN.md", ZH), ("x.tr-TR.md", TR)], "en", &["en", "tr-TR", "zh-CN"]),
            (&[("x.md", EN), ("x_uk.md", UK), ("x-vi.md", VI)], "en", &["en", "uk", "vi"]),
            (&[("x.md", EN), ("x.pl.md", ""), ("x.pt.md", "")], "en", &["en", "pl", "pt"]),
            (&[("x.md", EN), ("uk/x.md", UK)], "en", &["en", "uk"]),
            // One language of two regions.
            (&[("x.md", EN), ("x.pt-BR.md", PT), ("x.pt-PT.md", PT)], "en", &["en", "pt-BR", "pt-PT"]),
            (&[("x.md", EN), ("x.es.md", ES), ("x.es-MX.md", ES), ("y.es-MX.md", ES)], "en", &["en", "es", "es-MX"]),
            (&[("x.md", EN), ("x.pt.md", PT), ("y.pt-BR.md", PT)], "en", &["en", "pt"]),
            (&[("zh-CN/x.md", ZH), ("zh-SG/x.md", ZH)], "zh-CN", &["zh-CN", "zh-SG"]),
            (&[("zh-CN/x.md", ZH), ("zh-Hans/x.md", ZH), ("zh/y.md", ZH)], "zh-CN", &["zh-CN"]),
            (&[("x.md", EN), ("x.fil-PH.md", ""), ("x-sr-Latn.md", "")], "en", &["en", "fil-PH", "sr-Latn"]),
            // Names.
            (&[("x.md", EN), ("x.chinese.md", ZH), ("x.turkish.md", TR)], "en", &["en", "tr", "zh-CN"]),
            (&[("中文/x.md", ZH), ("English/x.md", EN), ("日本語/x.md", JA)], "zh-CN", &["zh-CN", "en", "ja"]),
            // The side that says nothing.
            (&[("a.md", EN), ("a.zh.md", ZH)], "zh-CN", &["zh-CN", "en"]),
            (&[("README.md", EN), ("README_zh.md", ZH), ("README_ja.md", JA)], "zh-CN", &["zh-CN", "en", "ja"]),
            (&[("a.md", ZH), ("a.ja.md", JA), ("a.zh-TW.md", TW)], "zh-TW", &["zh-TW", "zh-CN", "ja"]),
            (&[("a.md", ZH), ("a.en.md", EN)], "en", &["en", "zh-CN"]),
            // A name and its letters.
            (&[("zh/a.md", ZH), ("tr/b.md", TR), ("c_vi.md", VI)], "en", &["en", "tr", "vi", "zh-CN"]),
            (&[("a.md", EN), ("a.zh.md", ZH), ("a.fr-FR.md", "")], "zh-CN", &["zh-CN", "en", "fr"]),
        ];
        for (files, own, want) in rows {
            assert_eq!(tags(&look(files).paired(&Language::parse(own).unwrap())), *want, "{files:?}");
        }
    }

    #[test]
    fn languages_of_folders_of_codes() {
        for (files, want) in [
            (&[("en/{a,b,c}.md", EN), ("tr/{a,b,c}.md", TR)] as &[_], "en 3, tr 3; 3"),
            (&[("zh/{a,b,c}.md", ZH), ("tr/{a,b,c}.md", TR)], "tr 3, zh-CN 3; 3"),
            (&[("zh/a.md", ZH), ("it/a.md", IT)], "it 1, zh-CN 1; 1"),
            (&[("en/{a,b,c}.md", EN), ("ar/{a,b,c}.md", AR), ("tr/{a,b,c}.md", TR)], "ar 3, en 3, tr 3; 3"),
            (&[("en/{a,b,c}.md", EN), ("it/{a,b,c}.md", IT), ("uk/{a,b,c}.md", UK)], "en 3, it 3, uk 3; 3"),
            (&[("it/a.md", IT), ("uk/a.md", UK)], "it 1, uk 1; 1"),
            (&[("docs/{a,b}.md", EN), ("i18n/tr/docs/{a,b}.md", TR)], "en 2, tr 2; 2"),
            (&[("ml/en/{a,b}.md", EN), ("ml/tr/{a,b}.md", TR)], "en 2, tr 2; 2"),
            (&[("eng/{a,b}.md", EN), ("deu/{a,b}.md", DE), ("tur/{a,b}.md", TR)], "de 2, en 2, tr 2; 2"),
            (&[("zho/{a,b}.md", ZH), ("en/{a,b}.md", EN)], "en 2, zh-CN 2; 2"),
            (&[("chn/{a,b}.md", ZH), ("eng/{a,b}.md", EN)], "en 2, zh-CN 2; 2"),
            // A subject is called by a code, too, and letters know better.
            (&[("README.md", ES_IN_CHINESE), ("redis/a.md", ZH), ("es/README.md", ES_IN_CHINESE)], "zh-CN 3; 0"),
            (&[("a.md", ES_IN_CHINESE), ("a.es.md", ES_IN_CHINESE), ("b_de.md", ES_IN_CHINESE)], "zh-CN 3; 0"),
            (&[("README.md", ES_IN_CHINESE), ("{ru,ko,ja}/README.md", ES_IN_CHINESE)], "zh-CN 4; 0"),
            (&[("README.md", ZH), ("es/README.md", ES)], "zh-CN 1, es 1; 1"),
            // Copies that are to be translated, in whatever language they are still.
            (&[("{a,b,c}.md", ES_IN_CHINESE), ("es/{a,b,c}.md", ES_IN_CHINESE)], "zh-CN 3, es 3; 3"),
            (&[("a.md", ES_IN_CHINESE), ("a_en.md", ES_IN_CHINESE)], "zh-CN 1, en 1; 1"),
            // Words.
            (&[("day.md", EN), ("day-spa.md", EN), ("it/a.md", EN), ("hr/a.md", EN)], "en 4; 0"),
        ] {
            assert_eq!(notes(files), want, "{files:?}");
        }
    }

    #[test]
    fn languages_of_names_that_letters_agree_with() {
        for (files, want) in [
            (&[("zh/x.md", ZH), ("en/y.md", EN)] as &[_], "en 1, zh-CN 1; 0"),
            (&[("x.md", ZH), ("en/y.md", EN)], "zh-CN 1, en 1; 0"),
            (&[("x.md", EN), ("y.zh.md", ZH)], "en 1, zh-CN 1; 0"),
            (&[("README.md", ZH), ("docs/en/x.md", EN), ("docs/zh/y.md", ZH)], "zh-CN 1, en 1; 0"),
            (&[("zh/{x,y}.md", ZH), ("src/{x,y}.md", EN)], "en 2, zh-CN 2; 0"),
            (&[("en/x.md", EN), ("de/y.md", DE)], "de 1, en 1; 0"),
            (&[("zh/x.md", ZH), ("tr/y.md", TR)], "tr 1, zh-CN 1; 0"),
            (&[("zh/{a,b}.md", TW), ("en/{a,b}.md", EN)], "en 2, zh-TW 2; 2"),
            (&[("zh/{a,b}.md", ZH), ("tw/{a,b,c}.md", TW)], "zh-CN 2, zh-TW 3; 2"),
            // A name alone is none.
            (&[("{x,y}.md", ZH), ("z-en.md", ZH)], "zh-CN 3; 0"),
            (&[("x.md", EN), ("ja/{y,z}.md", EN)], "en 3; 0"),
            (&[("{x,y}.md", EN), ("de/z.md", EN)], "en 3; 0"),
            // A folder for translations, beside what it translates.
            (&[("l10n/zh/{a,b,c}.md", ZH), ("docs/{a,b,c}.md", EN)], "en 3, zh-CN 3; 3"),
            (&[("locale/zh_CN/{a,b,c}.md", ZH), ("content/{a,b,c}.md", EN)], "en 3, zh-CN 3; 3"),
            (&[("l10n/ja/{a,b}.md", JA), ("l10n/zh/{a,b}.md", ZH), ("src/{a,b,c}.md", EN)], "en 3, ja 2, zh-CN 2; 2"),
            (&[("i18n/zh/{a,b}.md", ZH), ("docs/en/{a,b}.md", EN), ("c.md", EN)], "en 3, zh-CN 2; 2"),
            (&[("i18n/zh/{a,b}.md", ZH), ("docs/a.md", EN), ("src/a.md", EN)], "en 2, zh-CN 2; 0"),
        ] {
            assert_eq!(notes(files), want, "{files:?}");
        }
    }

    #[test]
    fn the_own_language_of_a_book() {
        type OwnCase<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);
        let rows: &[OwnCase<'_>] = &[
            (&[("a.md", ZH), ("b.md", ZH)], "en", "zh-CN"),
            (&[("a.md", ZH), ("b.md", ZH), ("c.md", EN)], "en", "zh-CN"),
            (&[("a.md", EN.repeat(3).leak()), ("b.md", EN)], "zh-CN", "en"),
            // Accents say less than an author, and so does one of two alphabets.
            (&[("a.md", DE.repeat(3).leak()), ("b.md", DE)], "en", "en"),
            (&[("a.md", UK.repeat(3).leak()), ("b.md", UK)], "ru", "ru"),
            (&[("a.md", UK.repeat(3).leak())], "sr-Latn", "sr-Latn"),
            (
                &[(
                    "a.md",
                    "The word 你好 means hello, 谢谢 means thanks, and 再见 is what one says at the end of a day",
                )],
                "en",
                "en",
            ),
            // As many speak for it, or there is next to nothing to read.
            (&[("a.md", ZH), ("b.md", EN)], "en", "en"),
            (&[("a.md", ZH), ("b.md", EN)], "zh-CN", "zh-CN"),
            (&[("a.md", "# 附录"), ("b.md", "# 前言")], "en", "en"),
            (&[("a.md", TW.repeat(2).leak())], "zh", "zh-TW"),
            (&[("a.md", "")], "ja", "ja"),
        ];
        for (files, own, want) in rows {
            assert_eq!(look(files).written_in(&Language::parse(own).unwrap()).tag(), *want, "{files:?}");
        }
    }

    #[test]
    fn texts_without_the_letters_of_others() {
        let long: &str = EN.repeat(3).leak();
        for (files, want) in [
            (&[("{a,b,c}.md", TR), ("{d,e}.md", long)] as &[_], "tr 3, en 2; 0"),
            (&[("{a,b,c}.md", VI), ("{d,e}.md", long), ("f.md", ZH)], "vi 3, en 2, zh-CN 1; 0"),
            // A few words tell nothing.
            (&[("{a,b,c}.md", DE), ("{d,e}.md", long), ("f.md", "Ein Wort")], "de 4, en 2; 0"),
        ] {
            assert_eq!(notes(files), want, "{files:?}");
        }
    }

    #[test]
    fn tags_with_regions_and_scripts_in_lower_case() {
        for (files, want) in [
            (&[("{a,b}.md", EN), ("sr-latn/{a,b}.md", SR)] as &[_], "en 2, sr-Latn 2; 2"),
            (&[("{a,b}.md", EN), ("{a,b}.sr_RS@latin.md", SR)], "en 2, sr-Latn-RS 2; 2"),
            (&[("{a,b}.md", ZH), ("{a,b}.de-ch.md", DE)], "zh-CN 2, de 2; 2"),
            (&[("a.md", EN), ("a-es-mx.md", EN)], "en 1, es 1; 1"),
        ] {
            assert_eq!(notes(files), want, "{files:?}");
        }
    }
}
