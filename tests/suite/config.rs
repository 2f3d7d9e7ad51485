//! `mdbook-bilingual config --schema`: whether the schema takes what the program takes, and refuses what it refuses.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use boon::{Compiler, Schemas};
use mdbook_bilingual::commands::config;
use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::host::Host;
use serde_json::Value;

use crate::program::{checkout, run_in};

fn schema() -> Value {
    serde_json::from_str(&config::schema()).expect("JSON")
}

/// What is wrong with each of these files by the schema; `None` where nothing is.
fn judged<'a>(files: impl IntoIterator<Item = &'a str>) -> Vec<Option<String>> {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("schema.json", schema()).expect("a name");
    // It is itself checked against draft 7.
    let schema = compiler.compile("schema.json", &mut schemas).unwrap_or_else(|error| panic!("{error:#}"));
    let judge = |text: &str| {
        let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let table = serde_json::to_value(table).expect("JSON");
        schemas.validate(&table, schema).err().map(|error| format!("{error:#}"))
    };
    files.into_iter().map(judge).collect()
}

/// Whether our reader finds something wrong in a file.
fn is_wrong(text: &str) -> bool {
    let findings = Host::of_toml(Path::new("/nowhere"), text).expect("TOML").findings;
    let codes: BTreeSet<Code> = findings.sorted().iter().map(|found| found.code()).collect();
    [Code::ConfigKey, Code::ConfigValue, Code::UrlForbidden].iter().any(|code| codes.contains(code))
}

#[test]
fn the_program_prints_it() {
    let printed = run_in(&checkout(), &["config", "--schema"]);
    assert_eq!((printed.code, printed.stderr.as_str()), (Some(0), ""));
    assert_eq!(printed.out(), config::schema());
}

#[test]
fn books_that_are_right_are_right_by_the_schema() {
    let golden = fs::read_dir(checkout().join("tests/golden")).expect("the golden books");
    let mut files: Vec<_> = golden.map(|case| case.expect("a case").path().join("book.toml")).collect();
    files.push(checkout().join("book.toml"));
    files.sort();
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).expect("book.toml")).collect();
    let mut refused = Vec::new();
    for ((file, text), why) in files.iter().zip(&texts).zip(judged(texts.iter().map(String::as_str))) {
        let name = file.strip_prefix(checkout()).unwrap_or(file).display().to_string();
        assert!(why.is_none() || is_wrong(text), "{name}: {}", why.unwrap_or_default());
        refused.extend(why.map(|_| name));
    }
    assert_eq!(refused, ["tests/golden/bad-config/book.toml"]);
}

#[test]
fn other_plugins_and_mdbook_are_left_alone() {
    let book = r#"
[book]
title = "x"
whatever = 1
[preprocessor.other]
passes = 1
[preprocessor.bilingual]
command = "x"
renderers = ["html"]
before = ["links"]
after = ["index"]
optional = true
[output.html]
theme = 1
[output.bilingual-site]
command = "x"
optional = true
feeds = false
hreflang = { zh-CN = "zh" }
[output.bilingual-site.html]
theme = 1
"#;
    assert!(!is_wrong(book));
    assert_eq!(judged([book, "", "[preprocessor]\n", "[preprocessor.bilingual]\n"]), [None, None, None, None]);
}

#[test]
fn each_mistake_of_keys_and_kinds_is_seen() {
    let mistakes = [
        "langauges = []",
        "languages = \"en\"",
        "languages = [1]",
        "catalogue = \"README.md\"",
        "notes = [\".\"]",
        "pair = [\"a.md\", \"b.md\"]",
        "pair = [[\"a.md\"]]",
        "separate = 1",
        "passes = [\"zhihu\"]",
        "skip = [\"zhihu\"]",
        "warnings = true",
        "warnings = \"allow\"",
        "language-switch = true",
        "language-switch.mising = \"hide\"",
        "language-switch.missing = \"show\"",
        "language-switch.replace = \"no\"",
        "cross-post.replace = 0",
        "review-status.sidebar-marks = 1",
        "review-status.review-in = 6",
        "freshness.commits = -1",
        "freshness.days = \"7\"",
        "freshness.lines = 1.5",
        "freshness.source = [\"en\"]",
        "learning-path.group-by = \"month\"",
        "learning-path.words-per-minute = 0",
        "links.dead = \"yes\"",
        "links.repository = 1",
        "links.branches = \"main\"",
        "formulas.macro = {}",
        "formulas.macros.norm = 1",
        "history.git = 1",
        "history.ignore = [\"\"]",
        "words.daft = [\"x\"]",
        "words.draft = [\" \"]",
        "language.en.nane = \"English\"",
        "language.en.name = \" \"",
        "language.en.messages.status-daft = \"x\"",
        "language.en.messages.status-draft = 1",
        "silence.codes = [\"link-deed\"]",
        "silence.codes = [\"url-forbidden\"]",
        "silence.files = \"x.md\"",
        "silence.in.\"x.md\" = [\"link-deed\"]",
    ];
    let of_site = [
        "feed = true",
        "feeds = 1",
        "llms = \"no\"",
        "sitemap = {}",
        "hreflang = \"zh\"",
        "hreflang.zh-CN = 1",
        "site-url = \"/\"",
    ];
    let book = |table: &'static str| move |mistake: &&str| format!("[{table}]\n{mistake}\n");
    let books: Vec<String> = (mistakes.iter().map(book("preprocessor.bilingual")))
        .chain(of_site.iter().map(book("output.bilingual-site")))
        .collect();
    for (book, why) in books.iter().zip(judged(books.iter().map(String::as_str))) {
        assert!(is_wrong(book), "{book}");
        assert!(why.is_some(), "{book}");
    }
}
