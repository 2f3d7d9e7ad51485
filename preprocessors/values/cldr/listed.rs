//! Lists of what takes long to look up: to ask CLDR for each name of each language costs as much as to read a dozen notes,
//! and nearly every book has a file whose name might be one.
//!
//! ```text
//! names.txt    中国語 → zh, with a tab between, in the order of the bytes
//! codes.txt    zh, one to a line
//! ```
//!
//! `BLESS=1 cargo test --package mdbook-bilingual-core cldr` writes both files anew.

use memchr::{memchr, memrchr};

/// The names of languages as [`simplified`] leaves them, and their tags.
///
/// [`simplified`]: crate::values::name::simplified
pub(super) const NAMES: &str = include_str!("names.txt");

/// The codes of languages.
pub(super) const CODES: &str = include_str!("codes.txt");

/// What stands behind a key and a tab in a list of lines that is sorted by its keys.
pub(super) fn value<'a>(list: &'a str, key: &str) -> Option<&'a str> {
    let mut rest = list;
    while !rest.is_empty() {
        // The line that the middle lies in.
        let middle = memrchr(b'\n', &rest.as_bytes()[..rest.len() / 2]).map_or(0, |end| end + 1);
        let end = memchr(b'\n', &rest.as_bytes()[middle..]).map_or(rest.len(), |length| middle + length + 1);
        let (own, value) = rest[middle..end].trim_end_matches('\n').split_once('\t')?;
        rest = match key.cmp(own) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Less => &rest[..middle],
            std::cmp::Ordering::Greater => &rest[end..],
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use icu_locale::{LanguageIdentifier, LocaleExpander};

    use super::*;
    use crate::values::cldr::{NAMED_IN, likely_script, name};
    use crate::values::name::simplified;

    fn codes() -> Vec<String> {
        let common = LocaleExpander::new_common();
        let letters = || b'a'..=b'z';
        let (mut codes, mut longer): (Vec<String>, Vec<String>) = Default::default();
        for (first, second) in letters().flat_map(|first| letters().map(move |second| (first, second))) {
            let pair = String::from_utf8_lossy(&[first, second]).into_owned();
            if pair.parse().is_ok_and(|id| likely_script(&id).is_some()) {
                codes.push(pair.clone());
            }
            let longer_ones = letters().map(|third| format!("{pair}{}", char::from(third)));
            longer.extend(
                longer_ones.filter(|code| code.parse().is_ok_and(|id| common.get_likely_script(&id).is_some())),
            );
        }
        codes.extend(longer);
        codes
    }

    fn names() -> BTreeMap<String, String> {
        let languages: Vec<LanguageIdentifier> = codes().iter().filter_map(|code| code.parse().ok()).collect();
        let mut names = BTreeMap::new();
        let mut add = |name: Option<String>, language: &LanguageIdentifier| {
            // A name of one letter is none: `中`, `日`.
            if let Some(name) = name.filter(|name| name.chars().count() > 1) {
                names.entry(name.to_lowercase()).or_insert_with(|| language.to_string());
            }
        };
        for language in &languages {
            add(name(language, language), language);
        }
        // What is written in two scripts has a name in each.
        for script in ["Latn", "Cyrl"].map(|code| code.parse().ok()) {
            for language in &languages {
                add(name(language, &LanguageIdentifier { script, ..language.clone() }), language);
            }
        }
        for in_language in &NAMED_IN {
            for language in &languages {
                add(name(language, in_language), language);
            }
        }
        let mut plain = BTreeMap::new();
        for (name, tag) in names {
            plain.entry(simplified(&name)).or_insert(tag);
        }
        plain
    }

    #[test]
    fn lists_are_what_cldr_says() {
        let codes: String = codes().iter().map(|code| format!("{code}\n")).collect();
        let names: String = names().iter().map(|(name, tag)| format!("{name}\t{tag}\n")).collect();
        for (file, kept, now) in [("codes.txt", CODES, codes), ("names.txt", NAMES, names)] {
            if std::env::var_os("BLESS").is_some() {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("values/cldr");
                std::fs::write(folder.join(file), now).unwrap();
            } else {
                assert!(
                    kept == now,
                    "CLDR has changed: BLESS=1 cargo test --package mdbook-bilingual-core cldr writes {file} anew"
                );
            }
        }
    }

    #[test]
    fn each_key_is_found_and_no_other() {
        for (name, tag) in NAMES.lines().filter_map(|line| line.split_once('\t')) {
            assert_eq!(value(NAMES, name), Some(tag), "{name}");
            assert_eq!(value(NAMES, &format!("{name}\u{1}")), None, "{name}");
        }
        for (list, key, is) in [
            ("", "a", None),
            ("a\tb\n", "a", Some("b")),
            ("a\tb\n", "", None),
            ("a\tb\n", "b", None),
            ("a\tb\nc\td", "c", Some("d")),
            ("a\tb\nc\td\n", "a\tb", None),
        ] {
            assert_eq!(value(list, key), is, "{list:?} {key:?}");
        }
    }
}
