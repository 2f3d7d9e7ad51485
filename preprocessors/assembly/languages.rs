//! Which languages a book is in: those that it lists, else those that its files show.

use std::collections::BTreeSet;

use crate::assembly::pairing::Paired;
use crate::assembly::pairs::Pairs;
use crate::assembly::{Material, guess};
use crate::config::Config;
use crate::values::{Language, SourcePath, Tags};

/// Which languages a book is in, and the pairs that showed it.
pub struct DecidedLanguages {
    /// The languages, at least one.
    pub languages: Vec<Language>,
    /// What the files are in exactly these languages, of which this one is the book's own.
    pairs: Option<(Language, Pairs)>,
}

impl DecidedLanguages {
    /// Nothing but these.
    fn only(languages: Vec<Language>) -> Self {
        Self { languages, pairs: None }
    }

    /// The languages, and the pairs of a book whose own language is this one.
    pub(super) fn pairs(
        self,
        material: &Material,
        config: &Config,
        default: &Language,
    ) -> (Vec<Language>, Tags, Pairs) {
        let tags = Tags::new(&self.languages).with_names(&config.words.languages);
        let known = self.pairs.filter(|(own, _)| own == default).map(|(_, pairs)| pairs);
        let pairs = known.unwrap_or_else(|| Pairs::of(material, config, &tags, default));
        (self.languages, tags, pairs)
    }
}

/// The book's own language, as one of its languages.
pub(super) fn default_language(material: &Material, languages: &[Language]) -> Language {
    let own = material.language.as_deref().and_then(|tag| Tags::new(languages).get(tag).cloned());
    own.unwrap_or_else(|| languages[0].clone())
}

/// The book's languages, at least one: as listed, else as its files show them.
#[must_use]
pub fn languages(material: &Material, config: &Config) -> DecidedLanguages {
    if !config.languages.is_empty() {
        return DecidedLanguages::only(config.languages.clone());
    }
    let own = material.language.as_deref().and_then(|tag| Language::parse(tag).ok());
    let own = own.unwrap_or_else(Language::english);
    in_use(material, config, guess::languages(material, &own, &config.words.languages))
}

/// The files of catalogues: those that are read as such, and the same in other languages.
#[must_use]
pub fn catalogues_of_notes(material: &Material, config: &Config) -> BTreeSet<SourcePath> {
    guess::catalogues(material, &config.words.languages)
}

/// The languages of loose notes, at least one, the one of most notes first.
#[must_use]
pub fn languages_of_notes(material: &Material, config: &Config) -> DecidedLanguages {
    in_use(material, config, guess::languages_of_notes(material, &config.words.languages))
}

/// The languages that a page of the book is in, or that somebody wrote something down for, at least one.
fn in_use(material: &Material, config: &Config, languages: Vec<Language>) -> DecidedLanguages {
    if languages.len() == 1 {
        return DecidedLanguages::only(languages);
    }
    let default = default_language(material, &languages);
    let tags = Tags::new(&languages).with_names(&config.words.languages);
    let pairs = Pairs::of(material, config, &tags, &default);
    let Pairs { candidates, pairing, .. } = &pairs;
    let is_shown = |files: &&Vec<Paired>| files.iter().any(|file| candidates[file.candidate].listed);
    let files = pairing.groups.iter().map(|(_, files)| files).filter(is_shown).flatten();
    let tags = Tags::new(&languages);
    let written = config
        .language
        .keys()
        .chain(config.freshness.source.as_ref().map(|source| &source.value))
        .filter_map(|it| tags.get(it.tag()));
    let used: BTreeSet<&Language> =
        files.filter_map(|file| file.language.as_ref()).map(|fact| &fact.value).chain(written).collect();
    let found: Vec<Language> = languages.iter().filter(|language| used.contains(language)).cloned().collect();
    if found == languages {
        return DecidedLanguages { languages, pairs: Some((default, pairs)) };
    }
    DecidedLanguages::only(if found.is_empty() { vec![default] } else { found })
}
