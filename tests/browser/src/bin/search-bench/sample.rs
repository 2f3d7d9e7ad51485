//! What is searched for: phrases that somebody chose, and others that dice chose from the texts, the same every time.

use std::collections::BTreeSet;

use support::dice::Dice;

use crate::text::{Phrase, is_han};
use crate::truth::Truth;

/// How many strings of Chinese characters, and how many of them for the searches that are only compared with.
pub(crate) const STRINGS: usize = 1_000;
pub(crate) const COMPARED: usize = 100;

/// How many pairs of words.
pub(crate) const PAIRS: usize = 300;

/// How many words with Chinese characters beside them.
pub(crate) const MIXED: usize = 300;

/// How many strings with signs.
pub(crate) const SIGNS: usize = 300;

/// The most characters of a string.
const LONGEST: usize = 6;

/// What readers of such notes look for.
const NAMED: [&str; 11] = [
    "显存",
    "权重更新",
    "训推不一致",
    "调度器",
    "量化",
    "强化学习",
    "训练",
    "推理引擎",
    "scheduler",
    "KV cache",
    "weight update",
];

/// A search; what is in quotation marks has to be found as it is, and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Query {
    /// The tag of the language that is searched.
    pub(crate) language: String,
    /// What is typed.
    pub(crate) words: String,
}

impl Query {
    pub(crate) fn is_quoted(&self) -> bool {
        self.words.starts_with('"')
    }

    /// What has to be found.
    pub(crate) fn phrase(&self) -> Phrase {
        Phrase::of(self.words.trim_matches('"'))
    }
}

/// The chosen phrases: Chinese ones in Chinese, others in each language.
pub(crate) fn named(truth: &Truth) -> Vec<Query> {
    let mut queries = Vec::new();
    for language in truth.languages() {
        let is_searched = |words: &&&str| !words.contains(is_han) || language.starts_with("zh");
        for words in NAMED.iter().filter(is_searched) {
            queries.push(Query { language: language.clone(), words: (*words).to_owned() });
        }
    }
    queries
}

/// Strings of one to six Chinese characters that stand together in a text.
pub(crate) fn strings(truth: &Truth, number: usize) -> Vec<Query> {
    let mut runs: Vec<(&str, Vec<char>)> = Vec::new();
    for section in &truth.sections {
        let Some(language) = section.language() else { continue };
        for text in &section.texts {
            for run in text.split(|char| !is_han(char)).filter(|run| !run.is_empty()) {
                runs.push((language, run.chars().collect()));
            }
        }
    }
    // Each character is as likely to be the first one.
    let places: Vec<(usize, usize)> =
        runs.iter().enumerate().flat_map(|(run, (_, chars))| (0..chars.len()).map(move |at| (run, at))).collect();
    drawn(number, places.len(), |dice| {
        let (run, at) = places[dice.below(places.len())];
        let (language, chars) = &runs[run];
        let string = chars.get(at..=at + dice.below(LONGEST))?;
        Some(Query { language: (*language).to_owned(), words: string.iter().collect() })
    })
}

/// Pairs of English words that stand beside each other.
pub(crate) fn pairs(truth: &Truth, number: usize) -> Vec<Query> {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut pairs: Vec<Query> = Vec::new();
    for section in &truth.sections {
        let Some(language) = section.language().filter(|language| language.starts_with("en")) else { continue };
        for text in &section.texts {
            let words: Vec<&str> = text.split(' ').collect();
            for pair in words.windows(2).filter(|pair| pair.iter().all(|word| is_word(word))) {
                pairs.push(Query { language: language.to_owned(), words: pair.join(" ") });
            }
        }
    }
    drawn(number, pairs.len(), |dice| Some(pairs[dice.below(pairs.len())].clone()))
}

/// English words with the Chinese characters beside them.
pub(crate) fn mixed(truth: &Truth, number: usize) -> Vec<Query> {
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut places: Vec<(&str, &str, std::ops::Range<usize>)> = Vec::new();
    for section in &truth.sections {
        let Some(language) = section.language() else { continue };
        for text in &section.texts {
            let mut at = 0;
            for word in text.split_inclusive(|char: char| is_han(char) || !(char.is_alphanumeric() || char == '_')) {
                let bare = word.trim_end_matches(|char: char| is_han(char) || !(char.is_alphanumeric() || char == '_'));
                if is_word(bare) {
                    places.push((language, text, at..at + bare.len()));
                }
                at += word.len();
            }
        }
    }
    drawn(number, places.len(), |dice| {
        let (language, text, word) = &places[dice.below(places.len())];
        let (before, behind) = (&text[..word.start], &text[word.end..]);
        let before: String = beside(before.chars().rev(), dice.below(4)).chars().rev().collect();
        let words = format!("{before}{}{}", &text[word.clone()], beside(behind.chars(), dice.below(4)));
        words.contains(is_han).then(|| Query { language: (*language).to_owned(), words })
    })
}

/// Quoted strings of two to eight characters with a sign among them, also at their ends. No word is cut, and none stands at an
/// end, where in another text it may be a part of a longer one.
pub(crate) fn signs(truth: &Truth, number: usize) -> Vec<Query> {
    let is_sign = |char: char| char != '"' && (char.is_ascii_punctuation() || "，。、；：！？（）《》".contains(char));
    let is_usual = |char: char| is_han(char) || char == ' ' || char.is_ascii_alphanumeric() || is_sign(char);
    let is_end = |char: Option<&char>| char.is_some_and(|char| is_han(*char) || is_sign(*char));
    let mut texts: Vec<(&str, Vec<char>)> = Vec::new();
    for section in &truth.sections {
        let Some(language) = section.language() else { continue };
        texts.extend(section.texts.iter().map(|text| (language, text.chars().collect())));
    }
    let places: Vec<(usize, usize)> =
        texts.iter().enumerate().flat_map(|(text, (_, chars))| (0..chars.len()).map(move |at| (text, at))).collect();
    drawn(number, places.len(), |dice| {
        let (text, at) = places[dice.below(places.len())];
        let (language, chars) = &texts[text];
        let string = chars.get(at..at + 2 + dice.below(7))?;
        let has = |is: &dyn Fn(char) -> bool| string.iter().any(|char| is(*char));
        let fits = string.iter().all(|char| is_usual(*char)) && is_end(string.first()) && is_end(string.last());
        let words = format!("\"{}\"", string.iter().collect::<String>());
        (fits && has(&is_sign) && has(&char::is_alphanumeric))
            .then(|| Query { language: (*language).to_owned(), words })
    })
}

/// So many Chinese characters that stand there, with the space that may be before them.
fn beside(chars: impl Iterator<Item = char>, number: usize) -> String {
    let mut chars = chars.peekable();
    let mut all = String::new();
    if number > 0 {
        all.extend(chars.next_if_eq(&' '));
    }
    all.extend(chars.take_while(|char| is_han(*char)).take(number));
    if all.contains(is_han) { all } else { String::new() }
}

/// So many different queries, as far as there are.
fn drawn(number: usize, from: usize, draw: impl Fn(&mut Dice) -> Option<Query>) -> Vec<Query> {
    let (mut dice, mut known, mut queries) = (Dice::seeded(15), BTreeSet::new(), Vec::new());
    // What has few different ones gives fewer.
    for _ in 0..if from == 0 { 0 } else { number * 20 } {
        if queries.len() == number {
            break;
        }
        if let Some(query) = draw(&mut dice)
            && known.insert(query.clone())
        {
            queries.push(query);
        }
    }
    // Those of a language can be asked together.
    queries.sort_by(|one, other| one.language.cmp(&other.language));
    queries
}

#[cfg(test)]
mod tests {
    use anyhow::Result;

    use super::*;

    #[test]
    fn the_same_is_drawn_every_time_and_is_in_the_texts() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let page = |language, text| format!("<html lang='{language}'><main>{text}</main></html>");
        std::fs::write(folder.path().join("a.html"), page("zh-CN", "<p>训推<b>不一致</b>，用 KV 显存</p>"))?;
        std::fs::write(folder.path().join("b.html"), page("en", "The weight update, then a KV cache"))?;
        let truth = Truth::read(folder.path())?;
        let drawn = strings(&truth, 10);
        assert_eq!(drawn, strings(&truth, 10));
        for query in &drawn {
            let is_there = ["训推不一致", "用", "显存"].iter().any(|run| run.contains(&query.words));
            assert!(is_there && query.language == "zh-CN", "{query:?}");
        }
        assert_eq!(drawn.len(), 10);
        let mut words: Vec<String> = pairs(&truth, 10).into_iter().map(|query| query.words).collect();
        words.sort();
        assert_eq!(words, ["KV cache", "The weight"]);
        let mixed: Vec<String> = mixed(&truth, 10).into_iter().map(|query| query.words).collect();
        assert!(mixed.iter().all(|words| "用 KV 显存".contains(words.as_str())) && mixed.len() > 3, "{mixed:?}");
        assert_eq!(named(&truth).len(), 8 + 2 * 3);
        let signs: Vec<String> = signs(&truth, 10).into_iter().map(|query| query.words).collect();
        assert!(
            signs.contains(&"\"一致，用\"".to_owned()) && signs.iter().all(|words| words.contains('，')),
            "{signs:?}"
        );
        Ok(())
    }
}
