//! Real notes of other people, for every platform: nothing vanishes without a line, and another parser finds what the
//! report says. Each test is skipped, by its name, unless `BILINGUAL_CORPORA` names the folder that holds them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::files::files;

use super::golden::PLATFORMS;
use super::second;
use crate::corpora::{Corpus, adopt, awesome, corpus};
use crate::program::run_in;

/// What tells of less of a kind.
const LESS: &[(&str, &[&str])] = &[
    ("formulas", &["formula-font", "formula-in-table", "formula-unknown", "table-cell"]),
    ("pictures", &["picture-by-hand", "picture-lost"]),
    ("tables", &["html"]),
    ("links", &["anchor", "link-dead", "link-lost", "links-numbered", "table-cell"]),
    ("code", &["picture-by-hand"]),
];

/// What tells of more of it.
const MORE: &[(&str, &[&str])] = &[("pictures", &["picture-by-hand"]), ("links", &["code-path", "html"])];

/// Every file below a folder, and its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder).into_iter().map(|file| (file.clone(), fs::read(folder.join(file)).expect("a file"))).collect()
}

/// Exports all notes of a book for a platform into a folder, and returns the report.
fn export(root: &Path, platform: &str, out: &Path) -> Value {
    let to = format!("{}/", out.display());
    let run = run_in(root, &["export", "--all", "--for", platform, "--report", "json", "-o", &to]);
    assert_eq!(run.code, Some(0), "{platform}: {}", run.stderr);
    assert!(run.stdout.is_empty());
    serde_json::from_str(&run.stderr).unwrap_or_else(|error| panic!("{platform}: {error}: {}", run.stderr))
}

fn number(note: &Value, when: &str, kind: &str) -> i64 {
    note[when][kind].as_i64().expect("a number")
}

/// What is wrong with the report of a note: a difference that no line tells of.
fn untold(note: &Value) -> Vec<String> {
    let findings = note["findings"].as_array().expect("findings");
    let codes: BTreeSet<&str> = findings.iter().map(|finding| finding["code"].as_str().expect("a code")).collect();
    let mut wrong = Vec::new();
    for finding in findings {
        if matches!(finding["code"].as_str(), Some("count-differs" | "export-unclean")) {
            wrong.push(finding["message"].to_string());
        }
    }
    for (kind, told) in LESS {
        let (before, after) = (number(note, "before", kind), number(note, "after", kind));
        let more = MORE.iter().find(|(known, _)| known == kind).map_or(&[][..], |(_, told)| *told);
        let told = if before > after { *told } else { more };
        if before != after && !told.iter().any(|code| codes.contains(code)) {
            wrong.push(format!("{kind} {before} → {after} without a line"));
        }
    }
    wrong
}

/// What another parser finds otherwise in the Markdown of a note.
fn otherwise(platform: &str, text: &str, note: &Value) -> Vec<String> {
    let counted = second::counted(platform, text);
    let found = second::found(counted);
    let mut wrong = Vec::new();
    let mut pairs = vec![
        ("pictures", found.counts.pictures),
        ("tables", found.counts.tables),
        ("links", found.counts.links),
        ("code", found.counts.code),
    ];
    if platform != "dev-to" {
        pairs.push(("formulas", found.counts.formulas));
        let ours = second::ours(counted);
        if ours != found.formulas {
            let differ = ours.iter().zip(&found.formulas).find(|(ours, theirs)| ours != theirs);
            wrong.push(format!("formulas are read in another way: {differ:?}"));
        }
    }
    for (kind, theirs) in pairs {
        let said = number(note, "after", kind);
        if said != theirs as i64 {
            wrong.push(format!("{kind}: {said} says the report, {theirs} finds comrak"));
        }
    }
    for address in found.addresses {
        let is_of_the_web = address.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '#', '?', '.']));
        if !is_of_the_web {
            wrong.push(format!("`{address}` leads nowhere on the web"));
        }
    }
    // Markdown has no other line break in the cell of a table.
    wrong.extend(found.html.into_iter().filter(|html| html != "<br>").map(|html| format!("HTML: {html}")));
    if (text.lines().next() == Some("---")) != (platform == "dev-to") {
        wrong.push("front matter".to_owned());
    }
    wrong
}

/// Exports a book for each platform, twice, and looks at all that comes out. Returns the files of its notes.
fn check(root: &Path) -> BTreeSet<String> {
    let mut wrong = Vec::new();
    let mut exported = BTreeSet::new();
    for platform in PLATFORMS {
        let [one, other] = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
        let report = export(root, platform, one.path());
        export(root, platform, other.path());
        assert!(contents(one.path()) == contents(other.path()), "{platform}: two runs differ");
        let notes = report["notes"].as_array().expect("notes");
        for note in notes {
            let file = note["file"].as_str().expect("a file");
            let written = note["written"].as_str().expect("a path");
            let text = fs::read_to_string(written).expect("a text");
            let mut said = untold(note);
            if *platform != "wechat" {
                said.extend(otherwise(platform, &text, note));
            }
            if text.contains("{{#") {
                said.push("what mdBook would read".to_owned());
            }
            wrong.extend(said.into_iter().map(|what| format!("{platform}: {file}: {what}")));
        }
        let all: BTreeSet<String> =
            notes.iter().map(|note| note["file"].as_str().expect("a file").to_owned()).collect();
        assert_eq!(all.len(), notes.len(), "{platform}: a note twice");
        assert!(exported.is_empty() || exported == all, "{platform}: other notes");
        exported = all;
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    exported
}

/// The files of all notes of a book with something to read.
fn notes(corpus: &Corpus) -> BTreeSet<String> {
    let list = corpus.list(&["list", ".", "--format", "json"]);
    let notes = list["notes"].as_array().expect("notes").iter();
    let editions = notes.flat_map(|note| note["editions"].as_array().expect("editions"));
    editions.map(|edition| edition["source"].as_str().expect("a file").to_owned()).collect()
}

#[test]
fn exports_of_awesome_ml_sys() {
    let Some(corpus) = awesome("exports_of_awesome_ml_sys") else { return };
    let exported = check(corpus.root());
    let missing: Vec<String> = notes(&corpus).difference(&exported).cloned().collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn exports_of_bpf_tutorial() {
    let Some(corpus) = corpus("bpf-tutorial", "exports_of_bpf_tutorial") else { return };
    adopt(&corpus);
    let exported = check(corpus.root());
    let missing: Vec<String> = notes(&corpus).difference(&exported).cloned().collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn exports_of_async_book() {
    let Some(corpus) = corpus("async-book", "exports_of_async_book") else { return };
    let toml = corpus.root().join("book.toml");
    let before = fs::read_to_string(&toml).expect("book.toml");
    fs::write(&toml, before.replace("[preprocess.links]\n", "")).expect("written");
    adopt(&corpus);
    let exported = check(corpus.root());
    let missing: Vec<String> = notes(&corpus).difference(&exported).cloned().collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn exports_of_vsag_docs() {
    let Some(corpus) = corpus("vsag-docs", "exports_of_vsag_docs") else { return };
    for book in ["docs/docs/en", "docs/docs/zh"] {
        corpus.run(&["install", book]);
        assert!(!check(&corpus.root().join(book)).is_empty());
    }
}
