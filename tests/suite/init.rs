//! `mdbook-bilingual init`: a new book that builds and that nothing is odd about, and what it does not write over; and what
//! else a user gets from the program: man pages and completions.

use std::fs;

use support::files::{everything, files, folder, read};

use crate::program::{build, run_in};

/// The files of a new book in two languages.
const FILES: [&str; 12] = [
    ".github/workflows/book.yml",
    ".gitignore",
    "book.toml",
    "src/SUMMARY.md",
    "src/en/first-note.md",
    "src/en/learning-path.md",
    "src/en/status.md",
    "src/index.md",
    "src/zh/first-note.md",
    "src/zh/learning-path.md",
    "src/zh/status.md",
    "theme/bilingual.css",
];

#[test]
fn a_new_book_builds_and_nothing_is_odd_about_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let title = "Notes on `C++` & *more* [1]";
    let run = run_in(folder.path(), &["init", "a/book", "--languages", "zh-CN,en", "--title", title]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let root = folder.path().join("a/book");
    assert_eq!(files(&root), FILES.map(std::path::PathBuf::from));
    for file in FILES {
        assert!(run.out().contains(&format!("{file}: written\n")), "{file}: {}", run.out());
    }
    let checked = run_in(&root, &["check", "--deny", "warnings", "--today", "2026-01-01"]);
    assert_eq!(
        (checked.code, checked.out().lines().last()),
        (Some(0), Some("0 errors, 0 warnings, 1 note")),
        "{}",
        checked.out()
    );
    assert!(checked.out().contains("note[history-missing]"), "{}", checked.out());
    let pages = build(&root);
    let note = read(&pages, "zh/first-note.html");
    assert!(note.contains("<a href=\"../en/first-note.html\" hreflang=\"en\""), "{note}");
    assert!(read(&pages, "en/learning-path.html").contains("<ol class=\"learning-path\""));
    assert!(read(&pages, "zh/status.html").contains("class=\"status-board\""));
    assert!(read(&pages, "index.html").contains("Notes on `C++` &amp; *more* [1]"));

    // A second book does not go over the first one.
    let before = everything(&root);
    let again = run_in(&root, &["init", ".", "--languages", "zh-CN,en"]);
    assert_eq!(again.code, Some(2));
    assert_eq!(
        again.stderr,
        "error: . has a book.toml already; `mdbook-bilingual install .` adds the suite to that book\n"
    );
    assert_eq!(everything(&root), before);
}

#[test]
fn every_language_makes_a_book() {
    for languages in ["en,de", "ru,ko,ar", "zh-TW,ja", "zh-CN,zh-TW", "pt-BR,pt-PT"] {
        let folder = tempfile::tempdir().expect("a folder");
        let run = run_in(folder.path(), &["init", "book", "--languages", languages]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{languages}");
        let root = folder.path().join("book");
        let checked = run_in(&root, &["check", "--deny", "warnings", "--today", "2026-01-01"]);
        assert_eq!(checked.code, Some(0), "{languages}: {}", checked.out());
        let main = languages.split(',').next().expect("one");
        assert!(read(&root, "book.toml").contains(&format!("title = \"book\"\nlanguage = \"{main}\"\n")));
    }
}

#[test]
fn what_is_there_stays() {
    let there = [(".gitignore", "/mine/\n"), ("README.md", "# Mine\n"), (".github/workflows/book.yml", "name: Mine\n")];
    let folder = folder(&there);
    let run = run_in(folder.path(), &["init", ".", "--languages", "zh-CN", "en"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    for (file, text) in there {
        assert_eq!(read(folder.path(), file), text);
    }
    assert!(run.out().contains(".gitignore: kept\n.github/workflows/book.yml: kept\n"), "{}", run.out());
    assert!(run.out().contains("Add `/book/` to .gitignore"), "{}", run.out());
}

#[test]
fn nothing_is_left_of_a_book_that_cannot_be_begun() {
    let folder = folder(&[("notes/src/a.md", "# A\n")]);
    let before = everything(folder.path());
    for (arguments, why) in [
        (["init", "new/book", "--languages", "en"].as_slice(), "error: a bilingual book has two languages; name them"),
        (&["init", "new/book"], "error: a bilingual book has two languages; name them"),
        (&["init", "new/book", "--languages", "en,en"], "error: --languages: “en” is there twice"),
        (&["init", "new/book", "--languages", "en,!"], "error: --languages: “!” is not a language tag"),
        (&["init", "notes", "--languages", "zh-CN,en"], "a new book would be mixed with it"),
        (&["init", "notes/src/a.md/book", "--languages", "zh-CN,en"], "cannot be made"),
    ] {
        let run = run_in(folder.path(), arguments);
        assert_eq!((run.code, run.out()), (Some(2), ""), "{arguments:?}");
        assert!(run.stderr.contains(why), "{arguments:?}: {}", run.stderr);
        assert_eq!(everything(folder.path()), before, "{arguments:?}");
    }
}

#[test]
fn a_book_in_a_folder_of_a_repository_gets_no_workflow() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join(".git")).expect("a folder");
    let run = run_in(folder.path(), &["init", "docs", "--languages", "zh-CN,en"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!folder.path().join("docs/.github").exists());
    assert!(run.out().contains("GitHub reads workflows only at the root of a repository"), "{}", run.out());
}

#[test]
fn man_pages_replace_only_their_own_kind() {
    let folder = tempfile::tempdir().expect("a folder");
    let man = || run_in(folder.path(), &["man", "man1"]);
    let run = man();
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let check = read(folder.path(), "man1/mdbook-bilingual-check.1");
    for part in [".TH mdbook-bilingual", "--deny", "Examples:", "Exit codes"] {
        assert!(check.replace('\\', "").contains(part), "{part}: {check}");
    }
    let before = everything(folder.path());
    assert_eq!(man().code, Some(0));
    assert_eq!(everything(folder.path()), before);
    fs::write(folder.path().join("man1/mdbook-bilingual-check.1"), "mine").expect("written");
    let run = man();
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("is not written over"), "{}", run.stderr);
    assert_eq!(read(folder.path(), "man1/mdbook-bilingual-check.1"), "mine");
}

#[test]
fn every_shell_gets_its_completions() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run_in(folder.path(), &["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{shell}");
        for word in ["adopt", "explain"] {
            assert!(run.out().contains(word), "{shell}: {word}");
        }
    }
}
