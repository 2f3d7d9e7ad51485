//! The files of a book, paired by all that is known of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::assembly::listing::mark_catalogues;
use crate::assembly::pairing::claims::{self, CandidateFile, SettledGroups, Ties};
use crate::assembly::pairing::paths::read_paths;
use crate::assembly::pairing::{Candidate, Pairing};
use crate::assembly::{Material, listing, pairing};
use crate::config::Config;
use crate::notebook::FrontMatter;
use crate::notebook::disputes::Disputes;
use crate::notebook::listing::{CatalogueFault, Listing};
use crate::text::Prose;
use crate::values::{Fact, Language, PageLanguage, SourcePath, Tags};

/// The files of a book, paired.
pub(super) struct Pairs {
    /// The files.
    pub(super) candidates: Vec<Candidate>,
    /// What the catalogues list.
    pub(super) listings: Vec<Listing>,
    /// The links of the catalogues that list nothing.
    pub(super) faults: Vec<CatalogueFault>,
    /// What people said of pairs.
    ties: Ties,
    /// The notes, as groups of files.
    pub(super) pairing: Pairing,
}

impl Pairs {
    /// Pairs the files.
    pub(super) fn of(material: &Material, config: &Config, tags: &Tags, default: &Language) -> Self {
        let (listings, faults) = listing::follow(material, tags, default);
        let mut candidates = candidates(material, tags);
        let readings = read_paths(&candidates, tags);
        let read: BTreeSet<&SourcePath> =
            material.catalogues.iter().filter_map(|catalogue| catalogue.note.source.as_ref()).collect();
        let letters = |prose: &Prose, taken: &BTreeSet<Language>| by_letters(prose, taken, tags.languages(), default);
        mark_catalogues(&mut candidates, |source| read.contains(source), &readings, letters);
        let ties = ties(material, config, tags, &mut candidates, &listings);
        let pairing = pairing::pair(&candidates, &readings, &ties.together, &ties.apart, tags, default);
        Self { candidates, listings, faults, ties, pairing }
    }

    /// What there is to ask about the pairs.
    pub(super) fn disputes(&mut self) -> Disputes {
        let Self { candidates, listings, ties, pairing, .. } = self;
        let listed_apart = pairing::listed_apart(candidates, pairing, ties, listings);
        let misnamed = std::mem::take(&mut ties.misnamed).into_iter();
        let misnamed = misnamed.map(|(at, fact)| (candidates[at].source.clone(), fact)).collect();
        let unknown = std::mem::take(&mut ties.unknown);
        Disputes { misnamed, listed_apart, unknown, ..std::mem::take(&mut pairing.disputes) }
    }
}

/// The language of a file that says none by its path, given those of the files beside it.
fn by_letters(
    prose: &Prose,
    taken: &BTreeSet<Language>,
    languages: &[Language],
    default: &Language,
) -> Option<Language> {
    let among: Vec<&Language> = languages.iter().collect();
    let is_free = |language: &&Language| !taken.contains(language) && prose.can_be(language) != Some(false);
    let mut free = std::iter::once(default).chain(languages).filter(is_free);
    prose.language(&among).or_else(|| free.next()).cloned()
}

/// What is known of each file before it is paired. A file that is listed twice is one candidate.
fn candidates(material: &Material, tags: &Tags) -> Vec<Candidate> {
    let mut seen = BTreeSet::new();
    let found = material.found().filter(|found| seen.insert(found.source.clone()));
    found
        .map(|found| Candidate {
            listed: found.chapter.is_some(),
            language: known(&found.note.front_matter, tags),
            said: None,
            catalogue: false,
            translation_key: found.note.front_matter.translation_key.clone(),
            prose: found.note.anatomy.prose.clone(),
            source: found.source,
        })
        .collect()
}

/// The language of a front matter as one of the book's: `zh` in a book of `zh-CN` is `zh-CN`.
fn known(front_matter: &FrontMatter, tags: &Tags) -> Option<Fact<PageLanguage>> {
    let fact = front_matter.language.clone()?;
    let own = match &fact.value {
        PageLanguage::One(language) => tags.get(language.tag()).cloned(),
        PageLanguage::None => None,
    };
    Some(match own {
        Some(own) => Fact { value: PageLanguage::One(own), origin: fact.origin },
        None => fact,
    })
}

/// What people said of pairs, and the languages that they named, which go to the candidates.
fn ties(material: &Material, config: &Config, tags: &Tags, candidates: &mut [Candidate], listings: &[Listing]) -> Ties {
    let places: BTreeMap<SourcePath, usize> =
        candidates.iter().enumerate().map(|(at, candidate)| (candidate.source.clone(), at)).collect();
    let of_files = material.found().filter(|found| found.note.source.is_some());
    let written: Vec<CandidateFile<'_>> = of_files
        .filter_map(|found| Some(CandidateFile { candidate: *places.get(&found.source)?, note: found.note }))
        .collect();
    let settled = SettledGroups { pairs: &config.pair, separate: &config.separate };
    let ties = claims::ties(candidates, &written, &material.files, listings, settled, tags);
    for (at, language) in &ties.languages {
        candidates[*at].said = Some(language.clone());
    }
    ties
}
