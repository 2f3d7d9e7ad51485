//! What a page shows and nobody runs: whether it is what it seems to be.

use std::path::Path;

use mdbook_bilingual_core::host::Host;

use super::terminal::Terminal;
use crate::documents::{assert_checks, said};

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
pub(super) fn yaml(page: &str, text: &str) -> Result<(), String> {
    let said = said(text);
    let uses_ours = said.windows(2).any(|pair| pair[0] == "uses" && pair[1].contains("/mdbook-bilingual@"));
    if said.iter().any(|said| said == "jobs") && !uses_ours {
        assert_checks(page, text, "mdbook-bilingual check ");
    }
    Ok(())
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
        ("mdbook-bilingual look", false),
        ("make book", false),
    ] {
        assert_eq!(shell(&terminal, line).is_ok(), is_right, "{line}");
    }
}
