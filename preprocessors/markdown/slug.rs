//! The id that a heading has by its text, on a page of mdBook and on GitHub.
//!
//! ```text
//!                         mdBook               GitHub
//! `--passes`: add more    --passes-add-more    --passes-add-more
//! ① 第一                  ①-第一               -第一
//! ![ok](ok.png) Rule      rule                 -rule
//! ```
//!
//! mdBook gives a heading its id in a private function. This is the one place that says it again; a test compares it
//! with the pages that mdBook renders.

use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use crate::markdown::are_straight;

const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::<GeneralCategory>::new();

/// What mdBook makes of a heading, as readers see it.
pub(super) fn of_mdbook(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}

/// What GitHub calls a heading: it keeps letters, marks, decimal digits, what connects words, and hyphens, makes a hyphen
/// of a space, and nothing else of what is at the heading's ends: a picture leaves the space behind it.
///
/// The rule is that of the table of contents in GitHub's `html-pipeline`; a shortcode such as `:rocket:` is no emoji yet
/// when it is asked.
pub(super) fn of_github(text: &str) -> String {
    let is_in_word = |c: char| {
        let category = CATEGORIES.get(c);
        let others = [GeneralCategory::DecimalNumber, GeneralCategory::ConnectorPunctuation];
        GeneralCategoryGroup::Mark.contains(category) || others.contains(&category)
    };
    let is_kept = |c: char| match c {
        '-' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric() || c == '_',
        c => c.is_alphabetic() || is_in_word(c),
    };
    text.to_lowercase().chars().filter(|c| is_kept(*c) || *c == ' ').map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Text as smart punctuation leaves it for an id: two hyphens or more become dashes, one stays. `straight` says that those
/// of an option, as in `--flag`, stay too.
pub(crate) fn without_dashes(text: &str, straight: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('-') {
        out.push_str(&rest[..at]);
        let run = rest[at..].bytes().take_while(|byte| *byte == b'-').count();
        let begin = text.len() - rest.len() + at;
        if run == 1 || straight && are_straight(text, &(begin..begin + run)) {
            out.push_str(&rest[at..at + run]);
        }
        rest = &rest[at + run..];
    }
    out.push_str(rest);
    out
}
