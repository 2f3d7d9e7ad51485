//! The guide: that its examples do what it says, and that its two languages are one guide.
//!
//! Each page is a folder of its own, and its blocks happen in it from the top to the bottom:
//!
//! | block | what happens |
//! |---|---|
//! | ```` ```markdown:src/en/kv.md ````, any language and a path | it is written to that file |
//! | ```` ```console ```` | the lines behind `$ ` are run, and what they print has to stand below them |
//! | ```` ```sh ```` | what readers type at home: only our program is run, in an empty folder, to see whether it knows the options |
//! | ```` ```toml ```` | a part of a `book.toml`: the suite has to read it without complaint |
//! | ```` ```yaml ````, ```` ```json ```` | has to be that; a workflow has to check a book, and what it names of ours has to be there |
//! | ```` ```text ````, ```` ```mermaid ```` | drawings |
//! | `<!-- file PATH`, lines, `-->` | a file that readers need not see |
//! | `<!-- run`, lines behind `$ `, `-->` | commands that readers need not see; they have to succeed |
//! | `<!-- console`, as in a block, `-->` | the same, and what they print is compared |
//!
//! What a reader sees run succeeds, or `echo $?` behind it shows that it does not.
//! In what a command prints, a line `…` stands for any lines, and `…` in a line for any text.
//! `BLESS=1 cargo test --test suite guide` writes what is printed into the pages, but for what holds a `…`.

use std::collections::BTreeSet;
use std::path::Path;

use mdbook_bilingual_core::config::PassName;
use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::facts::front_matter;
use mdbook_bilingual_core::host::renderer::RENDERERS;
use mdbook_bilingual_core::platforms::SITES;
use mdbook_bilingual_core::values::Status;
use support::files::{files, read};
use support::program::run;

use crate::program::{checkout, program};

mod fragments;
mod page;
mod terminal;

use page::{Kind, Page};
use terminal::Terminal;

/// The folders of its two languages.
const LANGUAGES: [&str; 2] = ["en", "zh"];

/// The day of its own check.
const DAY: &str = "2026-12-01";

/// As many lines as somebody reads in one sitting; what is hidden is not counted.
const LONGEST: usize = 270;

/// How to write what commands print.
const HOW: &str = "If the page should say what came: BLESS=1 cargo test --test suite guide";

#[test]
fn the_examples_of_start_are_true() {
    assert_true("start");
}

#[test]
fn the_examples_of_write_are_true() {
    assert_true("write");
}

#[test]
fn the_examples_of_keep_are_true() {
    assert_true("keep");
}

#[test]
fn the_examples_of_check_are_true() {
    assert_true("check");
}

#[test]
fn the_examples_of_recipes_are_true() {
    assert_true("recipes");
}

#[test]
fn the_examples_of_reference_are_true() {
    assert_true("reference");
}

#[test]
fn the_examples_of_behind_are_true() {
    assert_true("behind");
}

/// Lets the blocks of each page of a room happen.
fn assert_true(room: &str) {
    let mut wrong = Vec::new();
    for page in pages().iter().filter(|page| page.room() == Some(room)) {
        wrong.extend(happen(page));
    }
    assert!(wrong.is_empty(), "the guide says what is not so:\n\n{}\n\n{HOW}", wrong.join("\n\n"));
}

/// Lets the blocks of a page happen, and returns what is not as it says.
fn happen(page: &Page) -> Vec<String> {
    let mut wrong = page.wrong.clone();
    let mut terminal = Terminal::new();
    let mut blessed = Vec::new();
    for block in &page.blocks {
        let said = match &block.kind {
            Kind::File(path) => terminal.write(path, &block.text).and_then(|()| terminal.parse(path)),
            Kind::Run => terminal.succeed(block),
            Kind::Console => terminal.show(block).map(|shown| blessed.extend(shown.map(|text| (block, text)))),
            Kind::Shell => fragments::shell(&terminal, &block.text),
            Kind::Toml => fragments::toml(&block.text),
            Kind::Yaml => fragments::yaml(&page.name, &block.text),
            Kind::Json => fragments::json(&block.text),
            Kind::Drawing => Ok(()),
        };
        wrong.extend(said.err().map(|error| format!("guide/src/{}:{}: {error}", page.name, block.line)));
    }
    if !blessed.is_empty() {
        page.rewrite(&blessed);
    }
    wrong
}

#[test]
fn both_languages_have_the_same_pages_and_the_same_outlines() {
    let pages = pages();
    let find = |name: &str| pages.iter().find(|page| page.name == name);
    let mut wrong = Vec::new();
    for page in &pages {
        let Some((language, rest)) = page.name.split_once('/') else { continue };
        let other = LANGUAGES.into_iter().find(|other| *other != language).expect("there are two");
        let Some(counterpart) = find(&format!("{other}/{rest}")) else {
            wrong.push(format!("{}: there is no {other}/{rest}", page.name));
            continue;
        };
        if page.levels != counterpart.levels {
            let (own, others) = (&page.levels, &counterpart.levels);
            wrong.push(format!(
                "{}: its headings have the levels {own:?}, those of {other}/{rest} {others:?}",
                page.name
            ));
        }
        if let Some(at) = (0..page.shape.len().max(counterpart.shape.len()))
            .find(|&at| page.shape.get(at) != counterpart.shape.get(at))
        {
            let [own, others] = [page, counterpart].map(|page| page.shape[at.saturating_sub(3)..].iter().take(6));
            let [own, others] = [own, others].map(|shape| shape.cloned().collect::<Vec<_>>().join(", "));
            wrong.push(format!(
                "{}: from its thing {at} on it has\n  {own}\nand {other}/{rest} has\n  {others}",
                page.name
            ));
        }
        if page.deeds() != counterpart.deeds() {
            let (own, others) = (page.deeds().join("\n  "), counterpart.deeds().join("\n  "));
            wrong.push(format!("{}: it does\n  {own}\nand {other}/{rest} does\n  {others}", page.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_summary_lists_each_page_once_and_both_languages_in_one_order() {
    let summary = read(&source(), "SUMMARY.md");
    let listed: Vec<&str> = summary.lines().filter_map(|line| line.rsplit_once("](")?.1.strip_suffix(')')).collect();
    let there: BTreeSet<String> = pages().into_iter().map(|page| page.name).collect();
    let told: BTreeSet<String> = listed.iter().map(|&path| path.to_owned()).collect();
    assert_eq!(told, there, "left what SUMMARY.md lists, right what is there");
    assert_eq!(told.len(), listed.len(), "SUMMARY.md lists a page twice");
    let half = |language: &str| -> Vec<&str> {
        listed.iter().filter_map(|path| path.strip_prefix(language)?.strip_prefix('/')).collect()
    };
    assert_eq!(half("en"), half("zh"));
}

#[test]
fn each_page_has_one_title_and_can_be_read_in_one_sitting() {
    for page in pages() {
        assert_eq!(page.levels.iter().filter(|level| **level == 1).count(), 1, "{}: titles", page.name);
        let lines = page.seen();
        // What is looked up and not read, or is made, is as long as it is.
        let is_read = page.room() != Some("reference") && !page.name.contains("/diagnostics/");
        assert!(!is_read || lines <= LONGEST, "{} has {lines} lines: make two pages of it", page.name);
    }
}

#[test]
fn both_languages_name_everything_that_can_be_written_or_read() {
    let codes = Code::ALL.iter().map(|code| code.name());
    let passes = PassName::ALL.iter().map(|pass| pass.name());
    let statuses = Status::ALL.iter().map(|status| status.name());
    let sites = SITES.iter().map(|site| site.id);
    let untouched = RENDERERS.iter().filter(|renderer| renderer.untouched && renderer.name != "test");
    let names = codes.chain(passes).chain(statuses).chain(front_matter::KEYS.iter().copied()).chain(sites);
    let names: Vec<&str> = names.chain(untouched.map(|renderer| renderer.name)).collect();
    for language in LANGUAGES {
        let all: String =
            pages().into_iter().filter(|page| page.name.starts_with(language)).map(|it| it.text).collect();
        let missing: Vec<_> = names.iter().filter(|name| !all.contains(&format!("`{name}`"))).collect();
        assert!(missing.is_empty(), "no page in {language} names {missing:?}");
    }
}

#[test]
fn there_is_nothing_odd_about_the_guide() {
    let mut check = program();
    check.args(["check", "guide", "--deny", "warnings", "--today", DAY]).current_dir(checkout());
    let said = run(check, b"");
    assert_eq!(said.code, Some(0), "{}{}", said.out(), said.stderr);
}

/// The folder of its pages.
fn source() -> std::path::PathBuf {
    checkout().join("guide").join("src")
}

/// All pages, by their paths from the folder of the sources.
fn pages() -> Vec<Page> {
    let source = source();
    let is_page = |path: &Path| path.extension().is_some_and(|it| it == "md") && !path.ends_with("SUMMARY.md");
    files(&source).into_iter().filter(|path| is_page(path)).map(|path| Page::read(&source, &path)).collect()
}
