//! Which languages a folder of notes is in, for a book that does not say.
//!
//! ```text
//! 72 notes in Chinese characters, 55 in Latin letters, `_en` beside some     →     zh-CN, en
//! ```
//!
//! Letters tell scripts and not languages, so Latin letters are English unless file names say otherwise.

use std::collections::BTreeMap;

use crate::notebook::{Language, Material, Prose, Script, SourcePath, pairing};

/// The languages, the one of most notes first.
pub(super) fn of(material: &Material) -> Vec<Language> {
    let mut by_letters: BTreeMap<&str, usize> = BTreeMap::new();
    for chapter in &material.chapters {
        if let Some(tag) = tag(&chapter.written.prose) {
            *by_letters.entry(tag).or_default() += 1;
        }
    }
    let mut by_letters: Vec<(&str, usize)> = by_letters.into_iter().collect();
    by_letters.sort_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag));
    let language = |tag: &str| Language::parse(tag).expect("a tag");
    let first = by_letters.first().map_or_else(|| language("en"), |(tag, _)| language(tag));
    let sources: Vec<SourcePath> = material.chapters.iter().filter_map(|chapter| chapter.source.clone()).collect();
    let mut languages = pairing::guess_languages(&sources, &first);
    // What is in other letters is in another language, whether or not it has a counterpart. One note in twenty may be
    // an exception.
    let notes = material.chapters.len();
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
fn tag(prose: &Prose) -> Option<&'static str> {
    Some(match prose.script()? {
        Script::Han if prose.traditional > prose.simplified => "zh-TW",
        Script::Han => "zh-CN",
        Script::Japanese => "ja",
        Script::Hangul => "ko",
        Script::Cyrillic => "ru",
        Script::Arabic => "ar",
        Script::Latin => "en",
    })
}
