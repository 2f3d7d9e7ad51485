//! What the documents say about names that the code owns, and whether what they show can be used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use granit_parser::{Event, Parser};
use mdbook_bilingual::commands;
use mdbook_bilingual_core::config::{Config, PassName};
use mdbook_bilingual_core::diagnostic::{Code, Severity};
use mdbook_bilingual_core::facts::front_matter;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::host::renderer::RENDERERS;
use mdbook_bilingual_core::platforms::SITES;
use mdbook_bilingual_core::text::Wording;
use mdbook_bilingual_core::values::Status;
use regex::Regex;
use serde_json::Value;

use crate::program::checkout;

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn read(file: &str) -> String {
    let text = std::fs::read_to_string(checkout().join(file)).expect(file);
    text.replace("\r\n", "\n")
}

/// The blocks of code in a language, without their fences.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    let block = |part: &str| part.split_once("\n```\n").expect("the block ends").0.to_owned() + "\n";
    text.split(&fence).skip(1).map(block).collect()
}

#[test]
fn both_readmes_name_everything_that_can_be_written_or_read() {
    let codes = Code::ALL.iter().map(|code| code.name());
    let passes = PassName::ALL.iter().map(|pass| pass.name());
    let statuses = Status::ALL.iter().map(|status| status.name());
    let keys = front_matter::KEYS.iter().copied();
    let sites = SITES.iter().map(|site| site.id);
    let untouched = RENDERERS.iter().filter(|renderer| renderer.untouched && renderer.name != "test");
    let untouched = untouched.map(|renderer| renderer.name);
    let names: Vec<&str> = codes.chain(passes).chain(statuses).chain(keys).chain(sites).chain(untouched).collect();
    for (file, severities) in READMES.into_iter().zip([["note", "warning", "error"], ["提示", "警告", "错误"]]) {
        let text = read(file);
        for name in &names {
            assert!(text.contains(&format!("`{name}`")), "{file} does not name `{name}`");
        }
        // The table of codes: each once, with its severity, and none that does not exist any more.
        let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
        let rows = rows.filter_map(|(name, rest)| Some((name, rest.split_once(" |")?.0)));
        let rows: Vec<_> = rows.filter(|(_, severity)| severities.contains(severity)).collect();
        let want = Code::ALL.iter().map(|code| {
            let severity = match code.severity() {
                Severity::Note => severities[0],
                Severity::Warning => severities[1],
                Severity::Error => severities[2],
            };
            (code.name(), severity)
        });
        assert_eq!(rows, want.collect::<Vec<_>>(), "{file}");
    }
}

/// What the schema says of the keys that the READMEs describe: name → default, where that is a single value, and meaning.
fn keys_of_the_schema() -> BTreeMap<String, (Option<String>, String)> {
    let schema: Value = serde_json::from_str(&commands::config::schema()).expect("JSON");
    let mut keys = BTreeMap::new();
    let mut waiting = vec![(String::new(), &schema["properties"]["preprocessor"]["properties"]["bilingual"])];
    while let Some((name, table)) = waiting.pop() {
        let meaning = table["description"].as_str().expect("a meaning").trim_end_matches('.').to_owned();
        let dot = if name.is_empty() { "" } else { "." };
        // Keys that a book makes up have a name in the READMEs, and so do those that are all alike.
        let made_up = match name.rsplit('.').next() {
            Some("macros") => Some("NAME"),
            Some("language") => Some("TAG"),
            Some("in") => Some("PATTERN"),
            _ => None,
        };
        if let Some(key) = made_up {
            waiting.push((format!("{name}.{key}"), &table["additionalProperties"]));
        } else if name.ends_with(".messages") {
            keys.insert(format!("{name}.ID"), (None, meaning));
        } else if let Some(properties) = table["properties"].as_object() {
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
    keys
}

#[test]
fn both_readmes_say_of_each_key_what_the_schema_says() {
    let keys = keys_of_the_schema();
    let link = Regex::new(r"\[([^\]]+)\]\([^)]*\)").expect("a pattern");
    for (file, head) in READMES.into_iter().zip(["\n| key | default | meaning |\n", "\n| 键 | 默认值 | 含义 |\n"])
    {
        let text = read(file);
        let table = text.split_once(head).expect("a table").1.split_once("\n\n").expect("its end").0;
        let mut seen = BTreeSet::new();
        for row in table.lines().skip(1) {
            let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
            let [name, written, meaning] = cells.as_slice() else { panic!("{file}: {row}") };
            let name = name.trim_matches('`');
            let (default, meant) = keys.get(name).unwrap_or_else(|| panic!("{file}: there is no key `{name}`"));
            assert!(seen.insert(name), "{file}: two rows for `{name}`");
            if let Some(default) = default {
                assert_eq!(*written, format!("`{default}`"), "{file}: `{name}`");
            }
            // The one may say more than the other.
            let (meaning, meant) = (link.replace_all(meaning, "$1").to_lowercase(), meant.to_lowercase());
            let is_same = meaning.starts_with(&meant) || meant.starts_with(&meaning);
            assert!(file != "README.md" || is_same, "{file}: `{name}`: {meaning}\nin the schema: {meant}");
        }
        let missing: Vec<&String> = keys.keys().filter(|key| !seen.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{file}: no row for {missing:?}");
    }
}

#[test]
fn links_inside_of_a_document_lead_to_a_heading() {
    let others =
        ["CONTRIBUTING.md", "docs/engines.md", "docs/engines.zh-CN.md", "docs/speed.md", "docs/speed.zh-CN.md"];
    for file in READMES.into_iter().chain(others) {
        let text = read(file);
        let heading = |line: &str| line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim().to_owned());
        let anchor = |heading: String| -> String {
            let kept = heading.to_lowercase().replace(' ', "-");
            kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()
        };
        let anchors: BTreeSet<String> = text.lines().filter_map(heading).map(anchor).collect();
        for part in text.split("](#").skip(1) {
            let (target, _) = part.split_once(')').expect("a link");
            assert!(anchors.contains(target), "{file}: there is no heading for #{target}");
        }
    }
}

#[test]
fn the_examples_of_both_readmes_are_read_without_complaint() {
    let mut configs = Vec::new();
    let mut notes = Vec::new();
    for file in READMES {
        let text = read(file);
        let example = blocks(&text, "toml").into_iter().find(|block| block.contains("pair = ")).expect(file);
        let host = Host::of_toml(Path::new("/nowhere"), &example).expect(file);
        let mut diagnostics = host.findings;
        configs.push(host.config);
        let note = blocks(&text, "markdown").into_iter().find(|block| block.starts_with("---\n")).expect(file);
        let block = front_matter::find(&note).expect("front matter");
        notes.push(front_matter::read(block, file, &Wording::default(), &mut diagnostics));
        let said: Vec<String> = diagnostics.sorted().iter().map(ToString::to_string).collect();
        assert_eq!(said, Vec::<String>::new(), "{file}");
    }
    assert_eq!(configs[0], configs[1]);
    assert_ne!(configs[0], Config::default());
    assert_eq!(notes[0].published.as_ref().map(|fact| fact.value), notes[1].published.as_ref().map(|fact| fact.value));
}

/// What a YAML document says: its keys and its values, in their order. Comments and places do not matter.
pub(crate) fn said(yaml: &str) -> Vec<String> {
    let mut said = Vec::new();
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.unwrap_or_else(|error| panic!("{error}\n{yaml}"));
        match event {
            Event::Scalar(text, ..) => said.push(text.into_owned()),
            Event::MappingStart(..) => said.push("{".to_owned()),
            Event::MappingEnd => said.push("}".to_owned()),
            Event::SequenceStart(..) => said.push("[".to_owned()),
            Event::SequenceEnd => said.push("]".to_owned()),
            _ => {}
        }
    }
    said
}

/// Holds a workflow to what a check of a book needs. `check` is what it runs.
pub(crate) fn assert_checks(name: &str, yaml: &str, check: &str) {
    let said = said(yaml);
    for key in ["name", "on", "permissions", "jobs", "steps"] {
        assert!(said.iter().any(|said| said == key), "{name}: there is no `{key}`");
    }
    assert!(said.windows(2).any(|pair| pair == ["fetch-depth", "0"]), "{name}: it clones only a part of the history");
    let runs: Vec<&str> = said.windows(2).filter(|pair| pair[0] == "run").map(|pair| pair[1].as_str()).collect();
    let at = runs.iter().position(|run| run.trim_end().starts_with(check));
    let built = runs.iter().position(|run| run.starts_with("mdbook build") || run.starts_with("cargo xtask build"));
    let at = at.unwrap_or_else(|| panic!("{name} does not run `{check}`: {runs:#?}"));
    assert!(built.is_none_or(|built| at < built), "{name} checks the book when it is built already");
    assert!(runs[at].contains("--format github"), "{name}: {}", runs[at]);
}

#[test]
fn the_workflow_in_both_readmes_checks_a_book() {
    let workflows = READMES.map(|file| {
        let found = blocks(&read(file), "yaml");
        let [workflow] = found.as_slice() else { panic!("{file}: {} workflows", found.len()) };
        assert_checks(file, workflow, "mdbook-bilingual check ");
        workflow.clone()
    });
    assert_eq!(said(&workflows[0]), said(&workflows[1]));
}

#[test]
fn our_own_workflows_check_our_own_book() {
    for file in ["ci.yml", "pages.yml"] {
        let check = "cargo run --quiet --release --locked --package mdbook-bilingual -- check ";
        assert_checks(file, &read(&format!(".github/workflows/{file}")), check);
    }
}
