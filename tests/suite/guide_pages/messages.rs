//! The tables of the messages that readers see.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::{TONGUES, Tongue, read, settle, with_block};
use crate::program::checkout;

const PAGE: &str = "reference/messages-and-words.md";

/// The messages of a file, in its order: identifier, and text on one line.
fn messages(tongue: &Tongue) -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for line in read(&checkout().join("preprocessors/messages").join(tongue.messages)).lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(" = ") {
            Some((id, text)) if !line.starts_with(' ') => messages.push((id.to_owned(), text.to_owned())),
            _ => {
                let (_, text) = messages.last_mut().expect("a message begins before it goes on");
                *text += &format!(" {}", line.trim());
            }
        }
    }
    messages
}

#[test]
fn the_tables_have_every_message() {
    let head = Regex::new("<!-- messages: ([a-z -]+) -->").expect("a pattern");
    for tongue in &TONGUES {
        let messages = messages(tongue);
        let text = read(&tongue.page(PAGE));
        let mut made = text.clone();
        let mut told: BTreeMap<&str, &str> = BTreeMap::new();
        for block in head.captures_iter(&text) {
            let [id, said] = tongue.table_of_messages;
            let mut table = format!("| {id} | {said} |\n|---|---|\n");
            let families: Vec<&str> = block.get(1).expect("a group").as_str().split(' ').collect();
            // A message stands in the first table that one of its families has.
            for (id, text) in &messages {
                let belongs = |family: &str| id == family || id.starts_with(&format!("{family}-"));
                if families.iter().any(|family| belongs(family)) && !told.contains_key(id.as_str()) {
                    told.insert(id, text);
                    table += &format!("| `{id}` | `{text}` |\n");
                }
            }
            made = with_block(&made, block.get(0).expect("a line").as_str(), &table);
        }
        let missing: Vec<&String> =
            messages.iter().map(|(id, _)| id).filter(|id| !told.contains_key(id.as_str())).collect();
        assert!(missing.is_empty(), "{PAGE} ({}): no table has {missing:?}", tongue.folder);
        settle(&tongue.page(PAGE), &made);
    }
}

#[test]
fn the_page_says_what_each_variable_is() {
    let variable = Regex::new(r"\{ (\$[a-z]+)").expect("a pattern");
    for tongue in &TONGUES {
        let messages = messages(tongue);
        let used = messages.iter().flat_map(|(_, text)| variable.captures_iter(text));
        let used: BTreeSet<&str> = used.map(|found| found.get(1).expect("a group").as_str()).collect();
        let text = read(&tongue.page(PAGE));
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `$")?.split_once('`'));
        let rows: BTreeSet<String> = rows.map(|(name, _)| format!("${name}")).collect();
        assert_eq!(rows.iter().map(String::as_str).collect::<BTreeSet<_>>(), used, "{}", tongue.folder);
    }
}
