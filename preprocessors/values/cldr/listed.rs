//! Lists of what takes long to look up: to ask CLDR for each name of each language costs as much as to read a dozen notes,
//! and nearly every book has a file whose name might be one.
//!
//! ```text
//! names.txt    中国語 → zh, with a tab between, and a tab and ~ behind those that sentences bend: русский → ru ~
//! codes.txt    zh, one to a line
//! ```
//!
//! The names are in the order of their bytes.
//! `BLESS=1 cargo test --package mdbook-bilingual-core cldr` writes both files anew.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names of languages as [`simplified`] leaves them, and their tags.
///
/// [`simplified`]: crate::values::name::simplified
const NAMES: &str = include_str!("names.txt");

/// The codes of languages.
pub(super) const CODES: &str = include_str!("codes.txt");

/// A line of [`NAMES`].
struct ListedName {
    name: &'static str,
    tag: &'static str,
    /// Whether sentences bend it.
    bends: bool,
}

fn rows() -> impl Iterator<Item = ListedName> {
    NAMES.lines().filter_map(|line| {
        let (name, rest) = line.split_once('\t')?;
        let (tag, bends) = rest.strip_suffix("\t~").map_or((rest, false), |tag| (tag, true));
        Some(ListedName { name, tag, bends })
    })
}

/// The tag of the language with this name.
pub(super) fn tag(name: &str) -> Option<&'static str> {
    static TAGS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| rows().map(|row| (row.name, row.tag)).collect());
    TAGS.get(name).copied()
}

/// The names that begin so and that sentences bend.
pub(super) fn bending(stem: &str) -> impl Iterator<Item = &'static str> {
    static ROWS: LazyLock<Vec<ListedName>> = LazyLock::new(|| rows().collect());
    let from = ROWS.partition_point(|row| row.name < stem);
    ROWS[from..].iter().take_while(move |row| row.name.starts_with(stem)).filter(|row| row.bends).map(|row| row.name)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
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

    /// The names of languages in themselves, and in languages that bend them; those of one word. English does not.
    fn bending_names() -> BTreeSet<String> {
        let languages: Vec<LanguageIdentifier> = codes().iter().filter_map(|code| code.parse().ok()).collect();
        let bends = |id: &LanguageIdentifier| ["fr", "de", "es", "pt", "ru"].contains(&id.language.as_str());
        let itself = languages.iter().filter(|id| id.language.as_str() != "en").filter_map(|id| name(id, id));
        let others = NAMED_IN.into_iter().filter(bends);
        let others = others.flat_map(|other| languages.iter().filter_map(move |id| name(id, &other)));
        let names = itself.chain(others).map(|name| name.to_lowercase());
        names.filter(|name| name.chars().all(char::is_alphabetic)).collect()
    }

    #[test]
    fn lists_are_what_cldr_says() {
        let bending = bending_names();
        let line = |(name, tag): (String, String)| {
            let mark = if bending.contains(&name) { "\t~" } else { "" };
            format!("{name}\t{tag}{mark}\n")
        };
        let names: String = names().into_iter().map(line).collect();
        let codes: String = codes().iter().map(|code| format!("{code}\n")).collect();
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
    fn what_bends_is_listed() {
        let listed: BTreeSet<String> = bending("").map(str::to_owned).collect();
        assert_eq!(listed, bending_names());
    }

    #[test]
    fn each_name_is_found_and_no_other() {
        for ListedName { name, tag: is, .. } in rows() {
            assert_eq!(tag(name), Some(is), "{name}");
            assert_eq!(tag(&format!("{name}\u{1}")), None, "{name}");
        }
        assert_eq!(tag(""), None);
        assert_eq!(bending("русс").collect::<Vec<_>>(), ["русский"]);
        assert_eq!(bending("русск-").count(), 0);
    }
}
