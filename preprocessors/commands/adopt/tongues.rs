//! Which languages a folder of notes is in, for a book that does not say.
//!
//! ```text
//! 72 notes in Chinese characters, 55 in Latin letters, `_en` beside some     →     zh-CN, en
//! ```
//!
//! Letters tell scripts and not languages, so Latin letters are English unless file names say otherwise.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::notebook::{Chapter, Language, Material, Prose, Script, SourcePath, Tags, pairing};

/// The languages, the one of most notes first.
pub(super) fn of(material: &Material) -> Vec<Language> {
    // A catalogue is no note: it can be a list of titles.
    let is_catalogue = |chapter: &&Chapter| {
        material.catalogues.iter().any(|catalogue| catalogue.source.is_some() && catalogue.source == chapter.source)
    };
    let notes: Vec<&Chapter> = material.chapters.iter().filter(|chapter| !is_catalogue(chapter)).collect();
    let is_japanese = |prose: &Prose| prose.script() == Some(Script::Japanese);
    let has_japanese = notes.iter().any(|chapter| is_japanese(&chapter.written.prose));
    let mut by_letters: BTreeMap<&str, usize> = BTreeMap::new();
    for tag in notes.iter().filter_map(|chapter| tag(&chapter.written.prose, has_japanese)) {
        *by_letters.entry(tag).or_default() += 1;
    }
    // Of two with as many notes, the one that the front page is written in comes first.
    let front = material.chapters.iter().find(|chapter| {
        let source = chapter.source.as_ref();
        source.is_some_and(|source| source.folders().is_empty() && source.stem().eq_ignore_ascii_case("readme"))
    });
    let front = front.and_then(|chapter| tag(&chapter.written.prose, has_japanese));
    // Without one, names that say nothing are in the language that needs no saying.
    let mut unmarked: BTreeMap<&str, usize> = BTreeMap::new();
    let guessed = Tags::new(&Language::guessed());
    for chapter in &notes {
        let Some(source) = &chapter.source else { continue };
        let marked = pairing::split_suffix(source.stem(), &guessed).is_some()
            || source.folders().iter().any(|folder| guessed.get(folder).is_some());
        if let Some(tag) = tag(&chapter.written.prose, has_japanese).filter(|_| !marked) {
            *unmarked.entry(tag).or_default() += 1;
        }
    }
    let mut by_letters: Vec<(&str, usize)> = by_letters.into_iter().collect();
    by_letters.sort_by_key(|(tag, count)| {
        let unmarked = unmarked.get(tag).copied().unwrap_or(0);
        (Reverse(*count), front != Some(*tag), Reverse(unmarked), *tag)
    });
    let language = |tag: &str| Language::parse(tag).expect("a tag");
    let first = by_letters.first().map_or_else(|| language("en"), |(tag, _)| language(tag));
    let sources: Vec<SourcePath> = material.chapters.iter().filter_map(|chapter| chapter.source.clone()).collect();
    let mut languages = pairing::guess_languages(&sources, &first);
    // What is in other letters is in another language, whether or not it has a counterpart. One note in twenty may be
    // an exception.
    let notes = notes.len();
    for (tag, count) in by_letters {
        let other = language(tag);
        let told = languages.iter().any(|known| known.script() == other.script());
        if !told && count * 20 >= notes {
            languages.push(other);
        }
    }
    languages
}

/// The language that a text's letters stand for.
fn tag(prose: &Prose, has_japanese: bool) -> Option<&'static str> {
    Some(match prose.script()? {
        // A page of terms has no kana.
        Script::Han if has_japanese && prose.simplified == 0 => "ja",
        Script::Han if prose.traditional > prose.simplified => "zh-TW",
        Script::Han => "zh-CN",
        Script::Japanese => "ja",
        Script::Hangul => "ko",
        Script::Cyrillic => "ru",
        Script::Arabic => "ar",
        Script::Latin => "en",
    })
}
