//! One folder for each behaviour: `tests/golden/<case>/{book.toml, book/, expected/, stderr.txt}`.
//!
//! `expected/` holds every chapter as the suite hands it on, and `outline.txt`, the names and pages of all chapters. A
//! case without `expected/` is one that fails. `list.json`, where it is there, is what `list --format json` prints. A
//! book with `[output.markdown]` or `[output.bilingual-site]` is processed for that renderer. Whatever else lies in the folder belongs to the book's
//! repository: a catalogue, a script that a note links.
//!
//! `BLESS=1 cargo test --test suite golden` writes what is there now; read the difference before you commit it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook::book::{Book, BookItem};
use support::files::files;
use support::host::sent_for;
use support::program::run;

use crate::program::{checkout, program, run_in};

fn outline(items: &[BookItem], depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for item in items {
        match item {
            BookItem::PartTitle(title) => out.push_str(&format!("{indent}# {title}\n")),
            BookItem::Separator => out.push_str(&format!("{indent}---\n")),
            BookItem::Chapter(chapter) => {
                let number = chapter.number.as_ref().map_or("-".to_owned(), ToString::to_string);
                let path = chapter.path.as_ref().map_or("(draft)".to_owned(), |path| path.display().to_string());
                let above = chapter.parent_names.join(" » ");
                out.push_str(&format!(
                    "{indent}{number} {} → {path}{}\n",
                    chapter.name,
                    if above.is_empty() { String::new() } else { format!("  [{above}]") }
                ));
                outline(&chapter.sub_items, depth + 1, out);
            }
        }
    }
}

/// A copy of a case in a repository of its own: paths and links must not depend on where this checkout lies.
fn alone(case: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in files(case).into_iter().filter(|file| !file.starts_with("expected")) {
        let to = folder.path().join(&file);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(case.join(&file), to).expect("copied");
    }
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    folder
}

/// What a case gives now: file → text.
fn actual(case: &Path) -> BTreeMap<PathBuf, String> {
    let folder = alone(case);
    let case = folder.path();
    let toml = fs::read_to_string(case.join("book.toml")).expect("book.toml");
    let others = ["markdown", "bilingual-site"];
    let renderer = others.into_iter().find(|name| toml.contains(&format!("[output.{name}]"))).unwrap_or("html");
    let (received, json) = sent_for(case, renderer);
    let mut program = program();
    program.env("MDBOOK_LOG", "debug").current_dir(case);
    let run = run(program, json.as_bytes());
    let mut files = BTreeMap::new();
    if !run.stderr.is_empty() {
        files.insert(PathBuf::from("stderr.txt"), run.stderr);
    }
    if run.code == Some(0) {
        let book: Book = serde_json::from_slice(&run.stdout).expect("a book");
        let mut names = String::new();
        outline(&book.items, 0, &mut names);
        files.insert(PathBuf::from("expected/outline.txt"), names);
        for chapter in book.chapters() {
            let path = chapter.path.as_ref().expect("a page");
            files.insert(Path::new("expected").join(path), chapter.content.clone());
        }
        assert!(received.chapters().count() <= book.chapters().count(), "{}: a chapter is lost", case.display());
    } else {
        assert_eq!(run.code, Some(1), "{}", case.display());
        assert!(run.stdout.is_empty(), "{}: a failed run must not write a book", case.display());
    }
    if case.join("list.json").exists() {
        let run = run_in(case, &["list", "--format", "json"]);
        files.insert(PathBuf::from("list.json"), run.out().to_owned());
    }
    files
}

/// What differs between the files that a case wants and those that it gives.
pub(crate) fn differences(
    name: &str,
    expected: &BTreeMap<PathBuf, String>,
    actual: &BTreeMap<PathBuf, String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for path in expected.keys().chain(actual.keys()).collect::<std::collections::BTreeSet<_>>() {
        match (expected.get(path), actual.get(path)) {
            (Some(expected), Some(actual)) if expected == actual => {}
            (Some(expected), Some(actual)) => {
                let difference = snapbox::Data::text(expected.clone());
                let mut text = String::new();
                let _ = snapbox::report::write_diff(
                    &mut text,
                    &difference,
                    &snapbox::Data::text(actual.clone()),
                    Some(&"expected"),
                    Some(&"actual"),
                    snapbox::report::Palette::plain(),
                );
                wrong.push(format!("{name}/{}:\n{text}", path.display()));
            }
            (Some(_), None) => wrong.push(format!("{name}/{}: nothing writes this file", path.display())),
            (None, _) => wrong.push(format!("{name}/{}: this is written, and not expected", path.display())),
        }
    }
    wrong
}

#[test]
fn cases() {
    let root = checkout().join("tests/golden");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(&root).expect("cases").map(|entry| entry.expect("a case").path()).collect();
    cases.sort();
    assert!(cases.len() >= 12, "where are the cases?");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let actual = actual(&case);
        assert_eq!(actual, self::actual(&case), "{name}: two runs differ");
        if bless {
            let _ = fs::remove_dir_all(case.join("expected"));
            let _ = fs::remove_file(case.join("stderr.txt"));
            for (path, text) in &actual {
                fs::create_dir_all(case.join(path).parent().expect("a folder")).expect("a folder");
                fs::write(case.join(path), text).expect("written");
            }
            continue;
        }
        let is_golden = |path: &PathBuf| {
            path.starts_with("expected") || path.ends_with("stderr.txt") || path.ends_with("list.json")
        };
        let expected: BTreeMap<PathBuf, String> = files(&case)
            .into_iter()
            .filter(|path| is_golden(path) && !path.starts_with("book"))
            .map(|path| (path.clone(), fs::read_to_string(case.join(&path)).expect("UTF-8")))
            .collect();
        wrong.extend(differences(&name, &expected, &actual));
    }
    assert!(
        wrong.is_empty(),
        "{}\n\nBLESS=1 cargo test --test suite golden writes what is there now",
        wrong.join("\n")
    );
}
