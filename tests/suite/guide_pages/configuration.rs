//! The page on the configuration: that it says of each key what the schema says, and that its examples are read without
//! complaint.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mdbook_bilingual::commands;
use mdbook_bilingual_core::config::Config;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::values::Status;
use regex::Regex;
use serde_json::Value;

use super::{TONGUES, read};

const PAGE: &str = "reference/configuration.md";

/// What the schema says of the keys that the guide describes: name → default, where that is a single value, and meaning.
fn keys_of_the_schema() -> BTreeMap<String, (Option<String>, String)> {
    let schema: Value = serde_json::from_str(&commands::config::schema()).expect("JSON");
    let mut keys = BTreeMap::new();
    let table = |room: &str, name: &str| &schema["properties"][room]["properties"][name];
    let mut waiting = vec![
        (String::new(), table("preprocessor", "bilingual")),
        ("output.bilingual-site".to_owned(), table("output", "bilingual-site")),
    ];
    while let Some((name, table)) = waiting.pop() {
        let meaning = table["description"].as_str().expect("a meaning").trim_end_matches('.').to_owned();
        let dot = if name.is_empty() { "" } else { "." };
        // Keys that a book makes up have a name in the guide, and so do those that are all alike.
        let made_up = match name.rsplit('.').next() {
            Some("macros") => Some("NAME"),
            Some("language" | "hreflang") => Some("TAG"),
            Some("in") => Some("PATTERN"),
            _ => None,
        };
        if let Some(key) = made_up {
            waiting.push((format!("{name}.{key}"), &table["additionalProperties"]));
        } else if name.ends_with(".messages") {
            keys.insert(format!("{name}.ID"), (None, meaning));
        } else if let Some(properties) = table["properties"].as_object() {
            if name == "export" {
                // The keys of a platform are on a page of their own.
                let meaning = table["additionalProperties"]["description"].as_str().expect("a meaning");
                keys.insert("export.PLATFORM".to_owned(), (None, meaning.trim_end_matches('.').to_owned()));
            }
            waiting.extend(properties.iter().map(|(key, schema)| (format!("{name}{dot}{key}"), schema)));
        } else {
            let default = Some(&table["default"]).filter(|default| !default.is_null() && !default.is_array());
            let status = Status::ALL.iter().map(|status| status.name()).find(|it| name == format!("words.{it}"));
            let (name, meaning) = match status {
                Some(status) => {
                    ("words.STATUS".to_owned(), meaning.replace(&format!("the status `{status}`"), "a status"))
                }
                None => (name, meaning),
            };
            keys.insert(name, (default.map(ToString::to_string), meaning));
        }
    }
    for mdbooks in ["command", "renderers", "before", "after", "optional"] {
        assert!(keys.remove(mdbooks).is_some(), "{mdbooks}");
    }
    // The table that holds mdBook's options has no keys of ours.
    for mdbooks in ["command", "optional", "html"] {
        keys.remove(&format!("output.bilingual-site.{mdbooks}"));
    }
    keys
}

#[test]
fn the_page_says_of_each_key_what_the_schema_says() {
    let keys = keys_of_the_schema();
    let link = Regex::new(r"\[([^\]]+)\]\([^)]*\)").expect("a pattern");
    for tongue in &TONGUES {
        let (page, text) = (tongue.folder, read(&tongue.page(PAGE)));
        let mut seen = BTreeSet::new();
        let tables = text.split(tongue.table_of_keys).skip(1).map(|rest| rest.split("\n\n").next().unwrap_or_default());
        for row in tables.flat_map(|table| table.lines().skip(1)) {
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            let [name, written, meaning] = cells.as_slice() else { panic!("{page}: {row}") };
            let name = name.trim_matches('`');
            let (default, meant) = keys.get(name).unwrap_or_else(|| panic!("{page}: there is no key `{name}`"));
            assert!(seen.insert(name), "{page}: two rows for `{name}`");
            if let Some(default) = default {
                assert_eq!(*written, format!("`{default}`"), "{page}: `{name}`");
            }
            // The one may say more than the other.
            let (meaning, meant) = (link.replace_all(meaning, "$1").to_lowercase(), meant.to_lowercase());
            let is_same = meaning.starts_with(&meant) || meant.starts_with(&meaning);
            assert!(page != "en" || is_same, "{page}: `{name}`: {meaning}\nin the schema: {meant}");
        }
        let missing: Vec<&String> = keys.keys().filter(|key| !seen.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{page}: no row for {missing:?}");
    }
}

#[test]
fn the_example_of_every_key_is_the_same_in_both_languages() {
    let configs = TONGUES.each_ref().map(|tongue| {
        let text = read(&tongue.page(PAGE));
        let mut blocks = text.split("\n```toml\n").skip(1).map(|rest| rest.split("\n```\n").next().unwrap_or_default());
        let example = blocks.find(|block| block.contains("pair = ")).expect("an example");
        let host = Host::of_toml(Path::new("/nowhere"), example).expect("TOML");
        let said: Vec<String> = host.findings.sorted().iter().map(ToString::to_string).collect();
        assert_eq!(said, Vec::<String>::new(), "{}", tongue.folder);
        host.config
    });
    assert_eq!(configs[0], configs[1]);
    assert_ne!(configs[0], Config::default());
}
