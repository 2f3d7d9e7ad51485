//! A book of links on a machine where its links are something else, and what is said of it before `adopt` repairs it.

use std::fs;
use std::path::Path;

use support::files::{folder, write};
use support::git;
use support::host;

use crate::program::{PROGRAM, run_on};

const NOTES: &[(&str, &str)] = &[
    ("README.md", "# 笔记\n\n- [甲](a.md)：还有[英文版](a_en.md)\n- [乙](sub/b.md)\n- [甲](a.md#甲)\n"),
    ("a.md", "# 甲\n\n这是第一篇笔记。\n\n![图](sub/p.png)\n"),
    ("a_en.md", "# A\n\nThe first note, in English.\n"),
    ("sub/b.md", "# 乙\n\n这是第二篇笔记。\n"),
    ("sub/p.png", "png"),
];

fn adopted(arguments: &[&str]) -> tempfile::TempDir {
    let folder = folder(NOTES);
    adopt(folder.path(), arguments);
    folder
}

fn adopt(root: &Path, arguments: &[&str]) -> String {
    let run = run_on("adopt", root, arguments);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.out().to_owned()
}

/// What `check` and `list` say: exit codes, and the codes of `check`, each with its file.
fn said(root: &Path) -> (Option<i32>, Option<i32>, Vec<String>) {
    let check = run_on("check", root, &["--format", "json"]);
    let found: serde_json::Value = serde_json::from_slice(&check.stdout).expect("JSON");
    let codes = found["diagnostics"].as_array().expect("a list").iter();
    let codes =
        codes.map(|it| format!("{} {}", it["code"].as_str().expect("a code"), it["file"].as_str().unwrap_or("-")));
    let codes = codes.filter(|code| !code.starts_with("history-missing")).collect();
    (check.code, run_on("list", root, &[]).code, codes)
}

fn message(root: &Path) -> String {
    run_on("list", root, &[]).stderr
}

/// What an old copy says is said of the note, which has other bytes by now: nothing is changed in it.
#[test]
fn a_note_is_not_mended_by_what_its_old_copy_says() {
    let folder = adopted(&["--copy"]);
    let root = folder.path();
    let note = |heading: &str| format!("# 甲\n\n这是第一篇笔记，见[乙](sub/b.md#{heading})。\n");
    write(root, "sub/b.md", "# 乙\n\n这是第二篇笔记。\n\n## some heading\n");
    write(root, "a.md", &note("some-headng"));
    adopt(root, &["--copy"]);
    let fixed = |root: &Path| run_on("check", root, &["--fix"]).out().contains("fixed[");
    assert!(fixed(root));
    assert_eq!(fs::read_to_string(root.join("a.md")).expect("a.md"), note("some-heading"));
    // The copy is as it was.
    assert!(!fixed(root));
    assert_eq!(fs::read_to_string(root.join("a.md")).expect("a.md"), note("some-heading"));
    assert!(said(root).2.contains(&"copy-stale book/a.md".to_owned()));
}

fn build(root: &Path) -> bool {
    host::build(root, Path::new(PROGRAM), None).is_ok()
}

#[test]
fn links_that_became_files_with_their_text() {
    let folder = adopted(&[]);
    let git = |root: &Path, args: &[&str]| {
        let mut git = git::command(root);
        git.args(args);
        git::run(git, b"").unwrap_or_else(|error| panic!("{error:#}"));
    };
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "--quiet", "-m", "notes"]);
    assert_eq!(said(folder.path()).2, ["edition-missing sub/b.md"]);
    let above = tempfile::tempdir().expect("a folder");
    let clone = above.path().join("clone");
    let origin = folder.path().to_str().expect("UTF-8").to_owned();
    git(above.path(), &["clone", "--quiet", "-c", "core.symlinks=false", &origin, "clone"]);
    assert_eq!(fs::read_to_string(clone.join("book/sub/b.md")).expect("a file"), "../../sub/b.md");

    // One error, the same everywhere, and no other word than in a checkout with links.
    let (check, list, codes) = said(&clone);
    assert_eq!((check, list), (Some(1), Some(1)));
    assert_eq!(codes, ["edition-missing sub/b.md", "link-as-text book/README.md"]);
    let message = message(&clone);
    assert!(
        message.contains("error[link-as-text]: book/README.md: this file holds the text of a symbolic link and is none, as do 3 more files: ")
            && message.contains("run `mdbook-bilingual adopt`"),
        "{message}"
    );
    assert!(!build(&clone), "paths would be published in place of notes");

    adopt(&clone, &[]);
    assert_eq!(fs::read_link(clone.join("book/sub/b.md")).expect("a link"), Path::new("../../sub/b.md"));
    assert_eq!(said(&clone), (Some(0), Some(0), vec!["edition-missing sub/b.md".to_owned()]));
    assert!(build(&clone));
}

#[test]
fn one_lost_link_in_a_book_that_adopt_did_not_make() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "README.md", "# Book\n\nThe front page of it all.\n");
    write(root, "book.toml", "[book]\ntitle = \"B\"\n\n[preprocessor.bilingual]\nlanguages = [\"en\"]\n");
    write(root, "src/SUMMARY.md", "# Summary\n\n- [Book](README.md)\n- [A](a.md)\n");
    write(root, "src/a.md", "See README.md");
    write(root, "src/README.md", "../README.md");
    let (check, _, codes) = said(root);
    assert_eq!((check, codes.last().map(String::as_str)), (Some(1), Some("link-as-text src/README.md")));
    assert!(
        message(root).contains("is none: the checkout was made without links")
            && message(root).contains("core.symlinks true")
    );
}

#[test]
fn copies_that_are_old_lost_or_somebodys() {
    let folder = adopted(&["--copy"]);
    let root = folder.path();
    assert_eq!(said(root).2, ["edition-missing sub/b.md"]);
    write(root, "a.md", "# 甲\n\n这一篇后来改过。\n");
    fs::remove_file(root.join("sub/b.md")).expect("removed");
    fs::remove_file(root.join("book/a_en.md")).expect("removed");
    write(root, "book/a_en.md", "# Mine\n\nSomething else.\n");
    let (check, list, codes) = said(root);
    assert_eq!((check, list), (Some(0), Some(0)));
    let stale: Vec<&String> = codes.iter().filter(|code| code.starts_with("copy-stale")).collect();
    assert_eq!(stale, ["copy-stale book/a.md", "copy-stale book/a_en.md", "copy-stale book/sub/b.md"]);
    let said_of = message(root);
    for part in [
        "book/a.md: this is a copy of a.md as it was",
        "book/a_en.md: this is no link to a_en.md and says something else",
        "book/sub/b.md: this is a copy of sub/b.md, which is gone",
    ] {
        assert!(said_of.contains(part), "{said_of}");
    }
    adopt(root, &[]);
    assert_eq!(fs::read_to_string(root.join("book/a.md")).expect("a copy"), "# 甲\n\n这一篇后来改过。\n");
}

#[test]
fn copies_that_git_brought_are_taken_for_what_they_are() {
    let folder = adopted(&["--copy"]);
    let root = folder.path();
    for file in ["book/a.md", "book/README.md", "book/sub/b.md", "book/a_en.md", "book/sub/p.png"] {
        let bytes = fs::read(root.join(file)).expect("a copy");
        fs::remove_file(root.join(file)).expect("removed");
        fs::write(root.join(file), bytes).expect("written");
    }
    assert_eq!(said(root).2, ["edition-missing sub/b.md"]);
    let out = adopt(root, &[]);
    assert!(out.contains("links: 5 written"), "{out}");
}

#[test]
fn what_came_in_in_another_language_needs_that_language() {
    let folder = adopted(&[]);
    let root = folder.path();
    let text = "# 甲\n\nこれはあとから書いたノートで、ここには日本語だけで書いてあります。\n";
    write(root, "a_ja.md", text);
    let remedy = "note[note-unlisted]: a_ja.md: this note is not in the book; add \"ja\" to `languages` in [preprocessor.bilingual] and run `mdbook-bilingual adopt`";
    assert!(message(root).contains(remedy), "{}", message(root));
    let toml = fs::read_to_string(root.join("book.toml")).expect("a book.toml");
    let toml = toml.replace("languages = [", "languages = [\"ja\", ");
    fs::write(root.join("book.toml"), toml).expect("written");
    assert!(!message(root).contains("add \"ja\""), "{}", message(root));
    adopt(root, &[]);
    assert!(!message(root).contains("note-unlisted"), "{}", message(root));
}

#[test]
fn what_came_in_was_moved_or_is_not_linked_yet() {
    let folder = adopted(&[]);
    let root = folder.path();
    write(root, "new.md", "# 新\n\n这是后来写的一篇。\n");
    write(root, "sub/b_en.md", "# B\n\nThe second note, in English.\n");
    fs::rename(root.join("a_en.md"), root.join("sub/a_en.md")).expect("moved");
    fs::remove_file(root.join("book/a.md")).expect("removed");
    let (check, _, codes) = said(root);
    assert_eq!(check, Some(1));
    for code in ["chapter-gone book/SUMMARY.md", "note-unlisted new.md"] {
        assert!(codes.iter().any(|found| found == code), "{codes:?}");
    }
    let text = message(root);
    for part in [
        "a.md is listed here, and nothing links to it yet, so that mdBook stops at it; run `mdbook-bilingual adopt`",
        "a_en.md is listed here, and is gone",
        "note[note-unlisted]: new.md: 3 notes are not in the book: new.md, sub/a_en.md, sub/b_en.md; run `mdbook-bilingual adopt`",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
    // What an author keeps out is no finding, and neither is what another book holds.
    adopt(root, &[]);
    write(root, "other.md", "# 其他\n\n这一篇不收。\n");
    write(root, "nested/book.toml", "[book]\ntitle = \"N\"\n");
    write(root, "nested/src/x.md", "# 别的书\n\n别的书里的一篇。\n");
    let summary = fs::read_to_string(root.join("book/SUMMARY.md")).expect("a table of contents");
    fs::write(root.join("book/SUMMARY.md"), format!("{summary}\n<!-- - [x](other.md) -->\n")).expect("written");
    assert!(!message(root).contains("note-unlisted"), "{}", message(root));
}
