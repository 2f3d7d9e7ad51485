//! One folder for each construct: `tests/export/<case>/{book/, want/<platform>/}`.
//!
//! `book/` holds the notes, of which those are exported whose names begin with `note`; `want/<platform>/` what is written
//! for a platform, and `report.txt`, what is said. A case without a `book.toml` has that of `tests/export/`, and lists its
//! notes by their names.
//!
//! `BLESS=1 cargo test --test suite export::golden` writes what is there now; read the difference before you commit it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use support::files::files;
use support::program::run;

use crate::golden::differences;
use crate::program::{checkout, program};

/// The platforms that each case is written for.
pub(super) const PLATFORMS: &[&str] = &["zhihu", "wechat", "juejin", "csdn", "dev-to", "markdown"];

/// A copy of a case in a repository of its own.
fn alone(case: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in files(case).into_iter().filter(|file| !file.starts_with("want")) {
        let to = folder.path().join(&file);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(case.join(&file), to).expect("copied");
    }
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    let book_toml = folder.path().join("book.toml");
    if !book_toml.exists() {
        fs::copy(case.with_file_name("book.toml"), book_toml).expect("copied");
    }
    let summary = folder.path().join("book/SUMMARY.md");
    if !summary.exists() {
        let notes = files(&folder.path().join("book")).into_iter();
        let notes = notes.filter(|file| file.extension().is_some_and(|extension| extension == "md"));
        let lines: String = notes.map(|file| format!("- [{0}]({0})\n", file.display())).collect();
        fs::write(summary, lines).expect("written");
    }
    folder
}

/// What a case gives for a platform: file → text; of a picture, what it is.
fn actual(case: &Path, platform: &str) -> BTreeMap<PathBuf, String> {
    let folder = alone(case);
    let root = folder.path();
    let mut notes: Vec<String> = fs::read_dir(root.join("book"))
        .expect("notes")
        .map(|entry| entry.expect("a note").file_name().into_string().expect("UTF-8"))
        .filter(|name| name.starts_with("note") && name.ends_with(".md"))
        .map(|name| format!("book/{name}"))
        .collect();
    notes.sort();
    let mut arguments = vec!["export", "--for", platform, "-o", "out/"];
    arguments.extend(notes.iter().map(String::as_str));
    // What a Chromium draws differs from one to the next.
    let mut program = program();
    program.args(&arguments).current_dir(root).env("CHROME", "none");
    let run = run(program, b"");
    assert_eq!(run.code, Some(0), "{}: {}", case.display(), run.stderr);
    let out = root.join("out");
    let mut all: BTreeMap<PathBuf, String> = files(&out)
        .into_iter()
        .map(|file| {
            let bytes = fs::read(out.join(&file)).expect("a file");
            let text = String::from_utf8(bytes).unwrap_or_else(|error| format!("{} bytes\n", error.as_bytes().len()));
            (file, text)
        })
        .collect();
    all.insert(PathBuf::from("report.txt"), run.stderr);
    all
}

#[test]
fn constructs() {
    let root = checkout().join("tests/export");
    let entries = fs::read_dir(&root).expect("cases").map(|entry| entry.expect("a case").path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    assert!(cases.len() >= 11, "where are the cases?");
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let mut all = BTreeMap::new();
        for platform in PLATFORMS {
            let actual = actual(&case, platform);
            for (file, text) in &actual {
                if file.extension().is_some_and(|extension| extension == "md") {
                    assert!(!text.contains("> [!") && !text.contains("](./"), "{name}/{platform}: {text}");
                }
            }
            assert_eq!(actual, self::actual(&case, platform), "{name}: two runs differ");
            all.extend(actual.into_iter().map(|(file, text)| (Path::new(platform).join(file), text)));
        }
        let want = case.join("want");
        if bless {
            let _ = fs::remove_dir_all(&want);
            for (path, text) in &all {
                fs::create_dir_all(want.join(path).parent().expect("a folder")).expect("a folder");
                fs::write(want.join(path), text).expect("written");
            }
            continue;
        }
        let read = |path: PathBuf| (path.clone(), fs::read_to_string(want.join(path)).expect("UTF-8"));
        let expected = files(&want).into_iter().map(read).collect();
        wrong.extend(differences(&name, &expected, &all));
    }
    let blessing = "BLESS=1 cargo test --test suite export::golden writes what is there now";
    assert!(wrong.is_empty(), "{}\n\n{blessing}", wrong.join("\n"));
}
