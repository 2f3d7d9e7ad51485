//! The page on the platforms of an export: that it has each key with its values and its default, that its examples are
//! read, and the table of what the built-in platforms say.
//!
//! The keys are asked of the program: what it says of a key that nobody knows names those that there are.

use std::collections::{BTreeMap, BTreeSet};

use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_export::Platform;
use mdbook_bilingual_export::platform::BUILT_IN;
use regex::Regex;
use serde_json::{Value, json};

use super::{TONGUES, Tongue, read, settle, with_block};
use crate::program::checkout;

const PAGE: &str = "reference/platforms.md";

/// A new platform with these keys.
fn platform(keys: &Value) -> Result<Platform, String> {
    let own = BTreeMap::from([("new".to_owned(), keys.clone())]);
    Platform::read("new", &own, &BookToml::default()).map_err(|error| error.to_string())
}

/// A value behind the parts of a key.
fn at(key: &str, value: &Value) -> Value {
    key.rsplit('.').fold(value.clone(), |value, part| json!({ part: value }))
}

/// The names between the backticks of what is said to be expected.
fn expected(said: &str, what: &str) -> Option<Vec<String>> {
    let (_, rest) = said.split_once(what)?.1.split_once("expected ")?;
    let rest = rest.split(';').next().unwrap_or_default();
    Some(rest.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Every key of a platform, with the words that it may have; none where it takes something else.
fn keys() -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    let said = platform(&json!({ "?": 1 })).expect_err("no such key");
    let mut waiting = expected(&said, "unknown field").expect("keys");
    while let Some(key) = waiting.pop() {
        let said = platform(&at(&key, &json!("?"))).err().unwrap_or_default();
        if let Some(words) = expected(&said, "unknown variant") {
            keys.insert(key, words.into_iter().collect());
            continue;
        }
        let inner =
            |name: &str| platform(&at(&format!("{key}.?"), &json!("x"))).err().and_then(|it| expected(&it, name));
        if let Some(inner) = inner("unknown field") {
            waiting.extend(inner.into_iter().map(|name| format!("{key}.{name}")));
        } else if let Some(constructs) = inner("unknown variant") {
            keys.insert(format!("{key}.CONSTRUCT"), constructs.into_iter().collect());
        } else {
            keys.insert(if key == "styles" { "styles.NAME".to_owned() } else { key }, BTreeSet::new());
        }
    }
    // The name of the table says it.
    keys.remove("id");
    keys
}

/// The rows of the tables of keys: key, default, meaning.
fn rows<'p>(text: &'p str, tongue: &Tongue) -> Vec<[&'p str; 3]> {
    let tables = text.split(tongue.table_of_keys).skip(1).map(|rest| rest.split("\n\n").next().unwrap_or_default());
    let row = |row: &'p str| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        <[&str; 3]>::try_from(cells).unwrap_or_else(|_| panic!("{row}"))
    };
    tables
        .flat_map(|table| table.lines().skip(1))
        .map(row)
        .map(|[key, default, meaning]| [key.trim_matches('`'), default, meaning])
        .collect()
}

/// A value as a cell has it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(" "),
        Value::Object(table) => table
            .iter()
            .map(|(key, value)| format!("{}: {}", shown(&json!(key)), shown(value)))
            .collect::<Vec<_>>()
            .join(" "),
        value => format!("`{value}`"),
    }
}

/// What the built-in platforms say: a row for each key that one of them has another value of than its default.
fn table(rows: &[[&str; 3]], tongue: &Tongue) -> String {
    let files: Vec<(&str, Value)> =
        BUILT_IN.iter().map(|(id, text)| (*id, toml::from_str(text).expect("TOML"))).collect();
    let head: String = files.iter().map(|(id, _)| format!(" `{id}` |")).collect();
    let mut out = format!(
        "| {} |{head}\n|---|{}\n",
        tongue.table_of_keys.split(' ').nth(1).expect("a head"),
        "---|".repeat(files.len())
    );
    // What is no form, and what is told apart.
    let is_told = |key: &str| !["name", "editor", "steps", "tried", "styles.NAME", "unsure.CONSTRUCT"].contains(&key);
    for [key, default, _] in rows.iter().filter(|[key, ..]| is_told(key)) {
        let pointer = format!("/{}", key.replace('.', "/"));
        let cells: Vec<String> = files
            .iter()
            .map(|(_, file)| {
                file.pointer(&pointer)
                    .map(shown)
                    .filter(|cell| *cell != default.replace('"', ""))
                    .unwrap_or_else(|| "–".to_owned())
            })
            .collect();
        if cells.iter().any(|cell| cell != "–") {
            out += &format!("| `{key}` | {} |\n", cells.join(" | "));
        }
    }
    out
}

#[test]
fn the_page_has_every_key_with_its_values_and_its_default() {
    let keys = keys();
    let word = Regex::new(r#"`"([a-z-]+)"`"#).expect("a pattern");
    for tongue in &TONGUES {
        let (page, text) = (tongue.folder, read(&tongue.page(PAGE)));
        let mut seen = BTreeSet::new();
        for [key, default, meaning] in rows(&text, tongue) {
            let words = keys.get(key).unwrap_or_else(|| panic!("{page}: there is no key `{key}`"));
            assert!(seen.insert(key), "{page}: two rows for `{key}`");
            let cells = format!("{default} {meaning}");
            let told: BTreeSet<String> = word.captures_iter(&cells).map(|found| found[1].to_owned()).collect();
            assert_eq!(told, *words, "{page}: the values of `{key}`");
            if let Some(written) = default.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
                let value: Value =
                    serde_json::from_str(written).unwrap_or_else(|error| panic!("{page}: {key}: {error}"));
                assert_eq!(platform(&at(key, &value)), platform(&json!({})), "{page}: the default of `{key}`");
            }
        }
        let missing: Vec<&String> = keys.keys().filter(|key| !seen.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{page}: no row for {missing:?}");
    }
}

#[test]
fn the_table_has_what_the_platforms_say() {
    for tongue in &TONGUES {
        let path = tongue.page(PAGE);
        let text = read(&path);
        settle(&path, &with_block(&text, "<!-- platforms -->", &table(&rows(&text, tongue), tongue)));
    }
}

#[test]
fn the_page_names_every_style() {
    let source = read(&checkout().join("exports/wechat/styles.rs"));
    let (_, styles) = source.split_once("const STYLES: ").expect("the styles");
    let styles = styles.split("\n];").next().unwrap_or_default();
    let name = Regex::new(r#"\(\s*"([a-z0-9-]+)","#).expect("a pattern");
    let names: Vec<&str> = name.captures_iter(styles).filter_map(|found| Some(found.get(1)?.as_str())).collect();
    assert!(names.len() > 30, "where are the styles?");
    for tongue in &TONGUES {
        let text = read(&tongue.page(PAGE));
        // Headings stand there from the first to the last.
        let is_there = |name: &str| text.contains(&format!("`{name}`")) || matches!(name, "h2" | "h3" | "h4" | "h5");
        let missing: Vec<&&str> = names.iter().filter(|name| !is_there(name)).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", tongue.folder);
    }
}

#[test]
fn the_examples_are_platforms() {
    for tongue in &TONGUES {
        let text = read(&tongue.page(PAGE));
        let blocks = text.split("\n```toml\n").skip(1).map(|rest| rest.split("\n```\n").next().unwrap_or_default());
        let mut read = 0;
        for block in blocks {
            let parsed: Value = toml::from_str(block).expect("TOML");
            let own: BTreeMap<String, Value> =
                serde_json::from_value(parsed["preprocessor"]["bilingual"]["export"].clone()).expect("tables");
            for id in own.keys() {
                let platform = Platform::read(id, &own, &BookToml::new(block.to_owned()));
                assert!(platform.is_ok(), "{}: {platform:?}", tongue.folder);
                read += 1;
            }
        }
        assert!(read > 1, "{}: where are the examples?", tongue.folder);
    }
}
