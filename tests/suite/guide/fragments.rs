//! What a page shows and nobody runs: whether it is what it seems to be.

use std::path::Path;

use mdbook_bilingual::commands::init::WORKFLOW;
use mdbook_bilingual_core::host::Host;

use super::terminal::Terminal;
use crate::documents::{assert_checks, said};
use crate::program::checkout;

/// What a reader may be asked to type at home.
const TYPED: &[&str] = &[
    "brew",
    "cargo",
    "cd",
    "cp",
    "curl",
    "docker",
    "git",
    "mdbook",
    "mdbook-bilingual",
    "mdbook-bilingual-search",
    "mkdir",
    "npm",
    "npx",
    "pandoc",
    "pip",
    "pipx",
    "pre-commit",
    "python3",
    "rustup",
    "tar",
    "typst",
    "unzip",
];

/// Each line begins with a known program; ours has to understand what it is told.
pub(super) fn shell(terminal: &Terminal, text: &str) -> Result<(), String> {
    let text = text.replace("\\\n", " ");
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let line = line.split_once(" #").map_or(line, |(line, _)| line).trim();
        for part in line.split(" && ").flat_map(|part| part.split(" | ")) {
            let part = part.split([' ', '\t']).take_while(|word| !word.starts_with(['>', '<'])).collect::<Vec<_>>();
            let from = part.iter().position(|word| !is_assignment(word)).unwrap_or_default();
            let Some(program) = part.get(from).filter(|program| TYPED.contains(program)) else {
                return Err(format!("`{line}`: it begins with none of {TYPED:?}"));
            };
            if *program == "mdbook-bilingual" && part.len() > from + 1 {
                terminal.understands(&part.join(" "))?;
            }
        }
    }
    Ok(())
}

/// `NAME=value` before a command.
fn is_assignment(word: &str) -> bool {
    word.split_once('=').is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
}

/// A part of a `book.toml`, about which there is nothing to say.
pub(super) fn toml(text: &str) -> Result<(), String> {
    let host = Host::of_toml(Path::new("/nowhere"), text).map_err(|error| format!("{error:#}"))?;
    let said: Vec<String> = host.findings.sorted().iter().map(ToString::to_string).collect();
    if said.is_empty() { Ok(()) } else { Err(said.join("\n")) }
}

/// YAML; a workflow of GitHub checks the book that it publishes, by the program or by the action that installs it.
/// What it names of our action and of our hooks has to be there, and how it installs the program by another action is how
/// the workflow of a new book does.
pub(super) fn yaml(page: &str, text: &str) -> Result<(), String> {
    let said = said(text);
    let at = said.windows(2).position(|pair| pair[0] == "uses" && pair[1].contains("/mdbook-bilingual@"));
    let uses_ours = at.is_some();
    if let Some(at) = at {
        let known = keys(&ours("action.yml"), "inputs");
        if let Some(key) = keys(&said[at..], "with").iter().find(|key| !known.contains(key)) {
            return Err(format!("`{key}` is no input of action.yml, which has {known:?}"));
        }
    }
    if said.windows(2).any(|pair| pair[0] == "repo" && pair[1].ends_with("/mdbook-bilingual")) {
        let known = ids(&ours(".pre-commit-hooks.yaml"));
        if let Some(id) = ids(&said).iter().find(|id| !known.contains(id)) {
            return Err(format!("`{id}` is no hook of .pre-commit-hooks.yaml, which has {known:?}"));
        }
    }
    if said.iter().any(|said| said.contains("/install-action@")) {
        let new_book = WORKFLOW.replace("VERSION", env!("CARGO_PKG_VERSION"));
        let new_book = crate::documents::said(&new_book);
        let steps = &said[1..said.len() - 1];
        if !new_book.windows(steps.len()).any(|part| part == steps) {
            return Err(format!("the workflow of a new book does not install the program by {steps:?}"));
        }
    }
    if said.iter().any(|said| said == "jobs") && !uses_ours {
        assert_checks(page, text, "mdbook-bilingual check ");
    }
    Ok(())
}

/// What a file of YAML at the root of the checkout says.
fn ours(file: &str) -> Vec<String> {
    said(&std::fs::read_to_string(checkout().join(file)).unwrap_or_else(|error| panic!("{file}: {error}")))
}

/// The keys of the first mapping behind a key that holds one, before the next step of a workflow.
fn keys(said: &[String], key: &str) -> Vec<String> {
    let step = said.iter().position(|said| said == "}").map_or(said.len(), |end| end + 1);
    let within = if key == "with" { &said[..step] } else { said };
    let Some(at) = within.windows(2).position(|pair| pair[0] == key && pair[1] == "{") else { return Vec::new() };
    let (mut keys, mut depth, mut is_key) = (Vec::new(), 0_usize, true);
    for said in &said[at + 2..] {
        match said.as_str() {
            "{" | "[" => depth += 1,
            "}" | "]" if depth == 0 => break,
            "}" | "]" => depth -= 1,
            _ if depth > 0 => continue,
            said if is_key => keys.push(said.to_owned()),
            _ => {}
        }
        // A value is over with its last part.
        is_key = depth == 0 && !is_key;
    }
    keys
}

/// The values of `id`.
fn ids(said: &[String]) -> Vec<String> {
    said.windows(2).filter(|pair| pair[0] == "id").map(|pair| pair[1].clone()).collect()
}

/// JSON.
pub(super) fn json(text: &str) -> Result<(), String> {
    serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| error.to_string())
}

#[test]
fn a_line_that_would_not_work_at_home_is_told() {
    let terminal = Terminal::new();
    for (line, is_right) in [
        ("mdbook-bilingual check --deny warnings  # at home", true),
        ("MDBOOK_LOG=debug mdbook build && mdbook-bilingual list > list.txt", true),
        ("# nothing but a remark", true),
        ("mdbook-bilingual check --deny everything", false),
        ("mdbook-bilingual man", false),
        ("mdbook-bilingual man pages", true),
        ("mdbook-bilingual man /pages", false),
        ("mdbook-bilingual look", false),
        ("make book", false),
    ] {
        assert_eq!(shell(&terminal, line).is_ok(), is_right, "{line}");
    }
}
