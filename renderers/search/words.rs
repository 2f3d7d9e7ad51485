//! What a reader is told while searching.

use mdbook_bilingual_core::messages::{Argument, Messages};
use mdbook_bilingual_core::values::Language;
use serde_json::{Map, Value};

/// What the script calls a message, and its name. `{count}` and the like stay in it as places to be filled in.
pub const WORDS: &[(&str, &str)] = &[
    ("one", "site-search-one"),
    ("none", "site-search-none"),
    ("many", "site-search-many"),
    ("first", "site-search-first"),
    ("typo", "site-search-typo"),
    ("other", "site-search-other"),
    ("turn", "site-search-turn"),
    ("teaser", "site-search-teaser"),
    ("han", "site-search-han"),
    ("failed", "site-search-failed"),
];

/// The messages in a language.
#[must_use]
pub fn of(messages: &Messages, language: &Language) -> Value {
    let places = ["count", "words", "language", "instead", "shown", "key"];
    let places = places.map(|place| (place, format!("{{{place}}}")));
    let arguments: Vec<(&str, Argument<'_>)> =
        places.iter().map(|(place, filled)| (*place, Argument::Text(filled.as_str()))).collect();
    let say = |(name, id): &(&str, &str)| ((*name).to_owned(), messages.text(language, id, &arguments).into());
    Value::Object(WORDS.iter().map(say).collect::<Map<_, _>>())
}
