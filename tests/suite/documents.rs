//! Whether both READMEs are short and say the same, whether links inside of the documents lead somewhere, and whether
//! workflows check a book.

use std::collections::BTreeSet;

use granit_parser::{Event, Parser};

use crate::program::{checkout, text};

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn read(file: &str) -> String {
    text(&checkout().join(file))
}

/// The blocks of code in a language, without their fences.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("\n```{language}\n");
    let block = |part: &str| part.split_once("\n```\n").expect("the block ends").0.to_owned() + "\n";
    text.split(&fence).skip(1).map(block).collect()
}

#[test]
fn links_inside_of_a_document_lead_to_a_heading() {
    for file in READMES.into_iter().chain(["CONTRIBUTING.md"]) {
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

/// The longest README that is read in a minute.
const LINES: usize = 150;

#[test]
fn both_readmes_are_short_and_say_the_same() {
    let said = READMES.map(|file| {
        let text = read(file);
        let lines = text.lines().count();
        assert!(lines <= LINES, "{file} has {lines} lines; what is more than a minute's reading belongs into guide/");
        let links: Vec<String> =
            text.split("](").skip(1).filter_map(|part| Some(part.split_once(')')?.0.to_owned())).collect();
        for link in links.iter().filter(|link| !link.starts_with("http")) {
            assert!(checkout().join(link).exists(), "{file}: there is no {link}");
        }
        let typed = blocks(&text, "sh").concat();
        let typed: Vec<String> =
            typed.lines().map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned()).collect();
        let headings = text.lines().filter(|line| line.starts_with("## ")).count();
        let others: BTreeSet<String> = links
            .iter()
            .filter(|link| !link.starts_with("README"))
            .map(|link| link.replace("guide/src/zh/", "guide/src/en/"))
            .collect();
        (headings, typed, others)
    });
    assert_eq!(said[0], said[1]);
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
fn the_workflow_of_the_guide_checks_a_book_and_publishes_it_as_that_of_a_new_book_does() {
    let workflows = ["en", "zh"].map(|language| {
        let file = format!("guide/src/{language}/check/on-github.md");
        let found = blocks(&read(&file), "yaml");
        let whole: Vec<&String> = found.iter().filter(|block| block.contains("\njobs:\n")).collect();
        let [workflow] = whole.as_slice() else { panic!("{file}: {} workflows", whole.len()) };
        let said = said(workflow);
        let place = |key: &str, begins: &str| {
            let at = said.windows(2).position(|pair| pair[0] == key && pair[1].starts_with(begins));
            at.unwrap_or_else(|| panic!("{file}: there is no `{key}: {begins}…`"))
        };
        assert!(
            place("fetch-depth", "0") < place("uses", "OWNER/mdbook-bilingual@"),
            "{file}: what is the history for?"
        );
        assert!(place("uses", "OWNER/mdbook-bilingual@") < place("run", "mdbook build"), "{file}: it builds unchecked");
        said
    });
    assert_eq!(workflows[0], workflows[1]);
    let new_book = said(mdbook_bilingual::commands::init::WORKFLOW);
    let [ours, others] = [&workflows[0], &new_book].map(|said| {
        let built = said.windows(2).position(|pair| pair == ["run", "mdbook build"]).expect("it builds the book");
        &said[built..]
    });
    assert_eq!(ours, others, "left what the guide does with the book, right what the workflow of a new book does");
}

#[test]
fn the_workflow_of_a_new_book_checks_it() {
    assert_checks("workflow.yml", mdbook_bilingual::commands::init::WORKFLOW, "mdbook-bilingual check ");
}

#[test]
fn our_own_workflows_check_our_own_book() {
    for file in ["ci.yml", "pages.yml"] {
        let check = "cargo run --quiet --locked --bin mdbook-bilingual -- check ";
        assert_checks(file, &read(&format!(".github/workflows/{file}")), check);
    }
}
