//! `mdbook-bilingual check`: what it says, in which form, and what its exit code says.

use std::fs;
use std::path::Path;

use mdbook_bilingual_core::diagnostic::Code;
use serde_json::{Value, json};
use snapbox::IntoData;
use support::book::book;
use support::files::{everything, files};
use support::host::sent;
use support::program::{Run, run};

use crate::program::{program, run_in, run_on};

fn check(root: &Path, arguments: &[&str]) -> Run {
    run_on("check", root, arguments)
}

/// Every code that was said, in the order in which it was said.
fn codes(root: &Path, arguments: &[&str]) -> Vec<String> {
    let run = check(root, &[&["--format", "json"], arguments].concat());
    let document: Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let all = document["diagnostics"].as_array().expect("a list").clone();
    all.iter().map(|found| found["code"].as_str().expect("a code").to_owned()).collect()
}

const LANGUAGES: &str = "[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\n";

/// A book about which there is nothing to say.
const FINE: &[(&str, &str)] = &[
    ("SUMMARY.md", "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n"),
    ("index.md", "---\nlanguage: mul\n---\n\n# Notes\n"),
    ("zh/a.md", "---\ndate: 2025-08-31\n---\n\n# 甲\n\n## 一节\n\n中文的内容。\n"),
    ("en/a.md", "---\ndate: 2025-09-01\n---\n\n# A\n\n## Section\n\nSome text.\n"),
];

fn fine_but(book_toml: &str, files: &[(&str, &str)]) -> tempfile::TempDir {
    let kept = FINE.iter().filter(|(path, _)| files.iter().all(|(other, _)| other != path));
    book(&format!("{LANGUAGES}{book_toml}"), &kept.chain(files).copied().collect::<Vec<_>>())
}

/// Makes mdBook stop where the file of a chapter is gone.
fn make_mdbook_stop(root: &Path) {
    let toml = root.join("book.toml");
    let text = fs::read_to_string(&toml).expect("book.toml");
    fs::write(&toml, text.replace("[build]\n", "[build]\ncreate-missing = false\n")).expect("written");
}

#[test]
fn nothing_to_say() {
    let folder = fine_but("", &[]);
    let run = check(folder.path(), &[]);
    assert_eq!((run.code, run.out(), run.stderr.as_str()), (Some(0), "0 errors, 0 warnings, 0 notes\n", ""));
}

/// mdBook writes the language of the book on every page as it stands.
#[test]
fn the_language_of_a_book_is_a_tag() {
    for (written, remedy) in [
        ("zh_CN", "write zh-CN"),
        ("中文", "write zh"),
        ("nothing at all", "or delete the key"),
        ("cn", "write zh-CN"),
        ("chs", "write zh-CN"),
        ("jp", "write ja"),
        ("qx", "no language that we know"),
    ] {
        let folder = fine_but("", &[]);
        let file = folder.path().join("book.toml");
        let text = fs::read_to_string(&file).expect("book.toml");
        let line = format!("language = {written:?}\n");
        let text = match text.lines().find(|line| line.starts_with("language = ")) {
            Some(old) => text.replacen(&format!("{old}\n"), &line, 1),
            None => text.replacen("[book]\n", &format!("[book]\n{line}"), 1),
        };
        fs::write(&file, text).expect("written");
        let run = check(folder.path(), &[]);
        assert!(run.out().contains("warning[language-invalid]") && run.out().contains(remedy), "{}", run.out());
        assert!(run.out().contains("0 errors, 1 warning,"), "{}", run.out());
    }
}

/// Variants, private parts, old codes, and what is in no language: none of them is for us to judge.
#[test]
fn rare_tags_are_tags() {
    for written in
        ["de-CH-1996", "ca-valencia", "sl-rozaj", "en-x-y", "sr-Latn", "cmn", "tw", "sh", "nah", "tlh", "und"]
    {
        let files = [("SUMMARY.md", "- [1](1.md)\n"), ("1.md", "# 1\n")];
        let folder = book("[preprocessor.bilingual]\n", &files);
        let file = folder.path().join("book.toml");
        let toml = fs::read_to_string(&file).expect("book.toml");
        let kept = toml.lines().filter(|line| !line.starts_with("language = "));
        let toml = kept.map(|line| format!("{line}\n")).collect::<String>();
        fs::write(&file, toml.replacen("[book]\n", &format!("[book]\nlanguage = {written:?}\n"), 1)).expect("written");
        let run = check(folder.path(), &[]);
        assert!(!run.out().contains("book.language"), "{written}: {}", run.out());
    }
}

/// `mdbook init` writes that a book is in English.
#[test]
fn the_language_of_a_book_is_that_of_its_notes() {
    let chinese = "# 甲\n\n这是一段简体中文，对读者说明问题：显存不够时，我们应该怎么办。\n";
    let english = "# A\n\nThis is a text in English, which tells the reader what to do about memory.\n";
    for (written, text, is) in [("en", chinese, "zh-CN"), ("zh-CN", english, "en"), ("zh", chinese, "zh")] {
        let files = [("SUMMARY.md", "- [1](1.md)\n- [2](2.md)\n"), ("1.md", text), ("2.md", text)];
        let folder = book("[preprocessor.bilingual]\n", &files);
        let file = folder.path().join("book.toml");
        let toml = fs::read_to_string(&file).expect("book.toml");
        let kept = toml.lines().filter(|line| !line.starts_with("language = "));
        let toml = kept.map(|line| format!("{line}\n")).collect::<String>();
        let toml = toml.replacen("[book]\n", &format!("[book]\nlanguage = {written:?}\n"), 1);
        fs::write(&file, toml).expect("written");
        let run = check(folder.path(), &[]);
        let doubt = format!("the notes are in {is}");
        assert_eq!(run.out().contains(&doubt), is != written, "{}", run.out());
        assert_eq!(run.out().contains("book.toml:2"), is != written, "{}", run.out());
        let list = run_in(folder.path(), &["list", "--format", "json"]);
        let list: Value = serde_json::from_slice(&list.stdout).expect("JSON");
        assert_eq!(list["languages"], json!([is]));
    }
}

/// An error, a warning and a note.
const ODD: &[(&str, &str)] = &[
    ("zh/a.md", "---\nzhihu: javascript:a\n---\n\n# 甲\n\n## 一节\n\n看这篇\t[the other; one](b.md)。\n"),
    ("en/a.md", "---\ndate: 2025-09-01\n---\n\n# A\n\n## Section\n\n### More\n"),
];

#[test]
fn for_people() {
    let folder = fine_but("", ODD);
    let run = check(folder.path(), &[]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    snapbox::assert_data_eq!(
        run.out(),
        snapbox::str![[r#"
note[outline-differs]: the heading “More” has no counterpart: book/zh/a.md:7 has the last one, “一节”
 --> book/en/a.md:9:5
  |
9 | ### More
  |     ^^^^
  |
  = help: give both editions the same headings

warning[link-dead]: “b.md” leads nowhere: there is no book/zh/b.md
 --> book/zh/a.md:9:22
  |
9 | 看这篇    [the other; one](b.md)。
  |                            ^^^^
  |
  = help: correct the link

error[url-forbidden]: “javascript:a” cannot be linked: javascript: is not a web address
 --> book/zh/a.md:2:8
  |
2 | zhihu: javascript:a
  |        ^^^^^^^^^^^^
  |
  = help: write an https: address

1 error, 1 warning, 1 note

"#]]
        .raw()
    );
    let styled = check(folder.path(), &["--color", "always"]);
    assert!(styled.out().contains("\u{1b}["), "{}", styled.out());
    for arguments in [&["--color", "never"][..], &["--color", "auto"]] {
        assert_eq!(check(folder.path(), arguments).out(), run.out());
    }
}

#[test]
fn for_programs() {
    let folder = fine_but("", ODD);
    let run = check(folder.path(), &["--format", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let document: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(
        document,
        json!({
            "version": 1,
            "diagnostics": [
                {
                    "severity": "note", "code": "outline-differs", "file": "book/en/a.md", "line": 9, "column": 5,
                    "endLine": 9, "endColumn": 9, "offset": 47, "length": 4,
                    "message": "the heading “More” has no counterpart: book/zh/a.md:7 has the last one, “一节”",
                    "help": "give both editions the same headings",
                },
                {
                    "severity": "warning", "code": "link-dead", "file": "book/zh/a.md", "line": 9, "column": 22,
                    "endLine": 9, "endColumn": 26, "offset": 74, "length": 4,
                    "message": "“b.md” leads nowhere: there is no book/zh/b.md",
                    "help": "correct the link",
                },
                {
                    "severity": "error", "code": "url-forbidden", "file": "book/zh/a.md", "line": 2, "column": 8,
                    "endLine": 2, "endColumn": 20, "offset": 11, "length": 12,
                    "message": "“javascript:a” cannot be linked: javascript: is not a web address",
                    "help": "write an https: address",
                },
            ],
            "counts": {"errors": 1, "warnings": 1, "notes": 1},
        })
    );
}

#[test]
fn for_github_paths_begin_at_the_repository() {
    let folder = fine_but("", ODD);
    let repository = tempfile::tempdir().expect("a folder");
    fs::create_dir(repository.path().join(".git")).expect("a folder");
    let root = repository.path().join("docs, or: 100%");
    fs::create_dir(&root).expect("a folder");
    for file in files(folder.path()) {
        fs::create_dir_all(root.join(&file).parent().expect("a folder")).expect("a folder");
        fs::copy(folder.path().join(&file), root.join(&file)).expect("copied");
    }
    let run = check(&root, &["--format", "github"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    snapbox::assert_data_eq!(run.out(), snapbox::str![[r#"
::notice file=docs%2C or%3A 100%25/book/en/a.md,line=9,col=5,endLine=9,endColumn=8,title=outline-differs::the heading “More” has no counterpart: book/zh/a.md:7 has the last one, “一节”; give both editions the same headings
::warning file=docs%2C or%3A 100%25/book/zh/a.md,line=9,col=22,endLine=9,endColumn=25,title=link-dead::“b.md” leads nowhere: there is no book/zh/b.md; correct the link
::error file=docs%2C or%3A 100%25/book/zh/a.md,line=2,col=8,endLine=2,endColumn=19,title=url-forbidden::“javascript:a” cannot be linked: javascript: is not a web address; write an https: address
1 error, 1 warning, 1 note

"#]].raw());
}

#[test]
fn exit_codes() {
    let note = fine_but("", &[("en/a.md", "# A\n")]);
    let warning = fine_but("", &[("zh/a.md", "---\ndate: 2025-08-31\nstatus: done\n---\n\n# 甲\n\n## 一节\n")]);
    let denied = fine_but("warnings = \"deny\"\n", &[("zh/a.md", "# 甲\n\n## 一节\n\n[x](x.md)\n")]);
    let error = fine_but("colour = 1\n", &[]);
    for (folder, arguments, code) in [
        (&note, &["--deny", "warnings"][..], 0),
        (&warning, &[], 0),
        (&warning, &["--deny", "warnings"], 1),
        (&warning, &["--deny", "warnings", "--format", "github"], 1),
        (&denied, &[], 1),
        (&denied, &["--format", "json"], 1),
        (&error, &[], 1),
    ] {
        assert_eq!(check(folder.path(), arguments).code, Some(code), "{arguments:?}");
    }
    // Nothing of what could not run is written where a program reads.
    let fine = fine_but("", &[]);
    let no_summary = fine_but("", &[]);
    fs::remove_file(no_summary.path().join("book/SUMMARY.md")).expect("removed");
    let not_toml = fine_but("[[[", &[]);
    let empty = tempfile::tempdir().expect("a folder");
    for (root, arguments, said) in [
        (
            fine.path(),
            &["--today", "31.08.25"][..],
            "in “31.08.25” the year has two digits; write all of it, as 2025-08-31",
        ),
        (fine.path(), &["--today", "2025-02-30"], "the calendar has no 2025-02-30"),
        (fine.path(), &["--explain", "link-deed"], "there is no code “link-deed”; did you mean link-dead?"),
        (fine.path(), &["--explain", ""], "there is no code “”"),
        (fine.path(), &["--format", "xml"], "invalid value 'xml'"),
        (fine.path(), &["--deny", "notes"], "invalid value 'notes'"),
        (no_summary.path(), &[], "SUMMARY.md cannot be read"),
        (not_toml.path(), &[], "book.toml is not valid TOML"),
        (empty.path(), &[], "holds neither a book.toml nor Markdown notes"),
        (Path::new("/nowhere/at/all"), &[], "book.toml cannot be read"),
    ] {
        let run = check(root, arguments);
        assert_eq!((run.code, run.out()), (Some(2), ""), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{said}\n{}", run.stderr);
    }
}

#[cfg(unix)]
#[test]
fn names_and_texts_are_harmless() {
    let evil = "\u{1b}[31m\n::error::x\u{202e}.md";
    let link = format!("<{}>", "\u{1b}]0;title\u{7}gone.md");
    let text = format!("---\ndate: 2025-08-31\nstatus: \"\\e[2J\u{202e}\"\n---\n\n# A {link}\n\n[x]({link})\n");
    let folder = fine_but("", &[(&format!("en/{evil}"), text.as_str()), ("zh/b.md", "# 乙\n")]);
    let root = folder.path();
    // mdBook could not list the file; a folder of notes needs no list.
    for file in ["book.toml", "book/SUMMARY.md"] {
        fs::remove_file(root.join(file)).expect("removed");
    }
    let harmful = |c: char| c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c));
    for format in ["human", "github", "json"] {
        let run = check(root, &["--format", format]);
        assert!(run.code < Some(2) && !run.out().contains(harmful), "{format}: {:?}", run.out());
        if format == "github" {
            for line in run.out().lines() {
                let starts = ["::notice ", "::warning ", "::error "].iter().any(|command| line.starts_with(command));
                assert!(starts || line.ends_with(" notes") || line.ends_with(" note"), "{line}");
            }
        }
    }
    assert!(codes(root, &[]).contains(&"link-dead".to_owned()));
}

#[test]
fn what_is_silenced_is_not_said() {
    let odd = |silence: &str| fine_but(silence, ODD);
    let all = ["outline-differs", "link-dead", "url-forbidden"];
    for (silence, left) in [
        ("", &all[..]),
        ("[preprocessor.bilingual.silence]\ncodes = [\"link-dead\"]\n", &["outline-differs", "url-forbidden"]),
        ("[preprocessor.bilingual.silence]\nfiles = [\"book/zh/*.md\"]\n", &["outline-differs", "url-forbidden"]),
        ("[preprocessor.bilingual.silence]\nfiles = [\"**/a.md\"]\n", &["url-forbidden"]),
        ("[preprocessor.bilingual.silence]\nfiles = [\"book/*.md\", \"zh/a.md\"]\n", &all),
        (
            "[preprocessor.bilingual.silence.in]\n\"book/en/a.md\" = [\"outline-differs\", \"link-dead\"]\n",
            &["link-dead", "url-forbidden"],
        ),
    ] {
        let folder = odd(silence);
        assert_eq!(codes(folder.path(), &[]), left, "{silence}");
        // `list` says the same, and a build leaves the notes to whoever asks.
        let list = run_on("list", folder.path(), &[]);
        let json = sent(folder.path());
        let built = run(program(), json.as_bytes());
        for code in all {
            let is_left = left.contains(&code);
            assert_eq!(list.stderr.contains(code), is_left, "{silence}: {}", list.stderr);
            let is_built = is_left && code != "outline-differs";
            assert_eq!(built.stderr.contains(code), is_built, "{silence}: {}", built.stderr);
        }
    }
    let folder = odd("[preprocessor.bilingual.silence]\ncodes = [\"url-forbidden\", \"link-deed\"]\n");
    let run = check(folder.path(), &[]);
    for said in ["url-forbidden is an error, and an error cannot be silenced", "did you mean link-dead?"] {
        assert!(run.out().contains(said), "{}", run.out());
    }
    assert!(run.out().ends_with("3 errors, 1 warning, 1 note\n"), "{}", run.out());
}

#[test]
fn adopt_is_silent_as_well_and_knows_what_stops_mdbook() {
    let adopt = |silence: &str| {
        let text = "---\ndate: 2025-08-31\nstatus: done\n---\n\n# 甲\n\n## 一节\n";
        let folder = fine_but(silence, &[("zh/a.md", text)]);
        make_mdbook_stop(folder.path());
        let summary = folder.path().join("book/SUMMARY.md");
        let text = fs::read_to_string(&summary).expect("read");
        fs::write(&summary, text + "- [Gone](zh/gone.md)\n").expect("written");
        run_on("adopt", folder.path(), &[])
    };
    let loud = adopt("");
    assert!(loud.stderr.contains("status-unknown") && loud.stderr.contains("error[chapter-gone]"), "{}", loud.stderr);
    let silent = adopt("[preprocessor.bilingual.silence]\ncodes = [\"status-unknown\"]\n");
    assert!(!silent.stderr.contains("warning["), "{}", silent.stderr);
    for run in [&loud, &silent] {
        assert!(run.out().contains("mdBook does not build this book"), "{}", run.out());
    }
}

#[test]
fn old_keys_are_named_and_cannot_be_silenced() {
    let with = |silence: &str| {
        let folder = fine_but(silence, &[]);
        let path = folder.path().join("book.toml");
        let text = fs::read_to_string(&path).expect("book.toml");
        fs::write(&path, text.replace("[book]\n", "[book]\nmultilingual = false\n")).expect("written");
        codes(folder.path(), &[])
    };
    assert_eq!(with(""), ["config-old"]);
    assert_eq!(with("[preprocessor.bilingual.silence]\ncodes = [\"config-old\"]\n"), ["config-old", "config-value"]);
}

#[test]
fn a_review_is_overdue_on_a_day() {
    let folder = fine_but("[preprocessor.bilingual.review-status]\nreview-in = \"6 months\"\n", &[]);
    let none: [&str; 0] = [];
    assert_eq!(codes(folder.path(), &["--today", "2026-02-28"]), none);
    assert_eq!(codes(folder.path(), &["--today", "2026-03-01"]), ["review-overdue"]);
    assert_eq!(codes(folder.path(), &["--today", "2026-03-02"]), ["review-overdue", "review-overdue"]);
    // The day that it is lies far behind both.
    assert_eq!(codes(folder.path(), &[]), ["review-overdue", "review-overdue"]);
    let overdue = check(folder.path(), &["--today", "2026-03-01", "--deny", "warnings"]);
    assert_eq!(overdue.code, Some(1));
    snapbox::assert_data_eq!(
        overdue.out(),
        snapbox::str![[r#"
warning[review-overdue]: nobody has reviewed it since it was published on 2025-08-31, and a review was due 6 months later, on 2026-02-28
--> book/zh/a.md
 = help: review it, and run `mdbook-bilingual confirm --review book/zh/a.md`

0 errors, 1 warning, 0 notes

"#]]
        .raw()
    );
    // A build knows no day.
    let json = sent(folder.path());
    assert_eq!(run(program(), json.as_bytes()).stderr, "");
    let wrong = fine_but("[preprocessor.bilingual.review-status]\nreview-in = \"soon\"\n", &[]);
    assert!(check(wrong.path(), &[]).out().contains("“soon” is no length of time"));
}

#[test]
fn every_code_is_explained_without_a_book() {
    for code in Code::ALL {
        let nowhere = tempfile::tempdir().expect("a folder");
        let run = run_in(nowhere.path(), &["check", "--explain", code.name()]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{}", code.name());
        let head = format!("{}[{}]: {}\n\n", code.severity(), code.name(), code.meaning());
        assert!(run.out().starts_with(&head), "{}", run.out());
    }
}

#[test]
fn a_folder_of_notes_can_be_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    fs::create_dir(folder.path().join("rl")).expect("a folder");
    for (file, text) in [
        ("README.md", "# 笔记\n\n- [甲](rl/a.md)\n- [乙](rl/b.md)\n- [丙](rl/gone.md)\n- [戊](rl/d.md)\n"),
        ("rl/a.md", "---\ndate: 2025-08-31\n---\n\n# 甲\n\n中文的内容，看[乙](b_en.md)。\n"),
        ("rl/b.md", "---\ndate: 2025-08-31\n---\n\n# 乙\n\n中文的内容。\n"),
        ("rl/b_en.md", "---\ndate: 2025-08-31\n---\n\n# B\n\nSome English text.\n\n## More\n"),
        ("rl/c.md", "---\ndate: 2025-08-31\n---\n\n# 丁\n\n中文的内容。\n"),
        ("rl/d.md", "---\ndate: 2025-08-31\n---\n\n# 戊\n\n中文的内容。\n"),
    ] {
        fs::write(folder.path().join(file), text).expect("written");
    }
    let before = files(folder.path());
    let said = codes(folder.path(), &["--today", "2026-01-01"]);
    for code in ["catalogue-target", "edition-missing", "link-language", "note-uncatalogued", "outline-differs"] {
        assert!(said.iter().any(|other| other == code), "{code}: {said:?}");
    }
    assert_eq!(before, files(folder.path()), "a check writes nothing");
    let run = check(folder.path(), &[]);
    assert!(run.out().contains(" --> README.md:5:7\n"), "{}", run.out());
}

#[test]
fn links_and_headings_across_languages() {
    let folder = fine_but(
        "catalogue = [\"book/list.md\"]\n",
        &[
            ("SUMMARY.md", "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [乙](zh/b.md)\n- [B](en/b.md)\n"),
            ("list.md", "- [甲](zh/a.md)\n"),
            (
                "zh/b.md",
                "---\ndate: 2025-08-31\n---\n\n# 乙\n\n[English](../en/b.md)\n\n看[甲](../en/a.md)，[甲，英文](../en/a.md)。\n\n[甲](../zh/a.md)与[A](../en/a.md)\n",
            ),
            ("en/b.md", "---\ntitle: B\ndate: 2025-08-31\n---\n\nSome text.\n"),
        ],
    );
    let run = check(folder.path(), &["--format", "github"]);
    snapbox::assert_data_eq!(run.out(), snapbox::str![[r#"
::notice file=book/zh/b.md,line=9,col=6,endLine=9,endColumn=15,title=link-language::“../en/a.md” leads to the English edition of a note that has one in 简体中文; write a.md, or name the language in the text of the link
::notice file=book/zh/b.md,title=note-uncatalogued::no catalogue lists this note; add a line for it to one, or say `learning-path: false` in its front matter if it is none
0 errors, 0 warnings, 2 notes

"#]].raw());
}

#[test]
fn links_that_need_no_file() {
    let text = "# A\n\n## Section\n\nWrite to <a@example.org>, see [the Chinese path](../zh/learning-path.md), [it](learning-path.html) or [all](../print.html).\n";
    let folder = fine_but("", &[("en/a.md", text)]);
    let run = check(folder.path(), &[]);
    assert!(!run.out().contains("link-dead"), "{}", run.out());
}

#[test]
fn a_chapter_whose_file_is_gone() {
    let gone = |stops: bool| {
        let folder = fine_but("", &[]);
        if stops {
            make_mdbook_stop(folder.path());
        }
        let summary = folder.path().join("book/SUMMARY.md");
        let text = fs::read_to_string(&summary).expect("SUMMARY.md");
        fs::write(&summary, format!("{}\n- [Gone](en/gone.md)\n", text.trim_end())).expect("written");
        check(folder.path(), &[])
    };
    let run = gone(true);
    assert_eq!(run.code, Some(1));
    assert!(run.out().contains("error[chapter-gone]: en/gone.md is listed here, and is gone"), "{}", run.out());
    assert!(run.out().ends_with("1 error, 0 warnings, 0 notes\n"), "{}", run.out());
    // mdBook makes a file, unless a book says otherwise.
    let run = gone(false);
    assert_eq!(run.code, Some(0));
    assert!(run.out().contains("warning[chapter-missing]: en/gone.md is listed here, and is gone"), "{}", run.out());
}

#[test]
fn columns_are_those_of_what_is_meant() {
    let folder = fine_but(
        "",
        &[(
            "zh/a.md",
            "---\ndate: 2025-08-31\n---\n\n# 甲\n\n## 一节\n\n看 [b](x/b.md)、[乙](b.md)\n和[丙](\nc.md)。\n",
        )],
    );
    let run = check(folder.path(), &["--format", "json"]);
    let document: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let dead: Vec<_> = document["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|found| found["code"] == "link-dead")
        .collect();
    let places: Vec<_> = dead.iter().map(|found| (found["line"].as_u64(), found["column"].as_u64())).collect();
    // What stands on another line than its link is found there.
    assert_eq!(places, [(Some(9), Some(7)), (Some(9), Some(19)), (Some(11), Some(1))], "{document:#}");
    let run = check(folder.path(), &["--format", "github"]);
    assert!(run.out().contains(",line=9,col=19,endLine=9,endColumn=22,title=link-dead::“b.md”"), "{}", run.out());
}

#[test]
fn empty_links_of_a_catalogue() {
    let folder = fine_but(
        "catalogue = [\"README.md\"]\n",
        &[(
            "../README.md",
            "# Notes\n\n- [甲](book/zh/a.md): [more](), [English]()\n- [To come]()\n- [A](book/en/a.md)\n",
        )],
    );
    let run = check(folder.path(), &["--format", "github"]);
    let said: Vec<&str> = run.out().lines().filter(|line| line.contains("catalogue-target")).collect();
    assert_eq!(
        said,
        [
            "::warning file=README.md,line=3,col=22,endLine=3,endColumn=29,title=catalogue-target::the link “more” is empty; write where it leads, or make it plain text",
            "::warning file=README.md,line=4,col=3,endLine=4,endColumn=13,title=catalogue-target::the link “To come” is empty; write where it leads, or make it plain text",
        ],
        "{}",
        run.out()
    );
}

#[test]
fn a_translation_of_nothing() {
    let text = "---\ndate: 2025-08-31\ntranslated-from: sha256:0123456789ab\n---\n\n# 乙\n";
    let folder = fine_but(
        "",
        &[("zh/b.md", text), ("SUMMARY.md", "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [乙](zh/b.md)\n")],
    );
    let run = check(folder.path(), &["--deny", "warnings"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out().contains("warning[source-missing]"), "{}", run.out());
    assert!(run.out().contains("--> book/zh/b.md:3:"), "{}", run.out());
}

/// mdBook logs an error, and builds the book with the directive on the page.
#[test]
fn directives_that_bring_nothing() {
    let page = "---\nsummary: \"{{#include none.md}}\"\n---\n# 甲\n\n{{#include ../extra.md:1:3}}\n见 {{#include none.md}}，\n\n\\{{#include none.md}}\n\n```\n{{#include none.rs:2}}\n```\n";
    let folder = fine_but(
        "after = [\"index\", \"links\"]\n",
        &[
            ("SUMMARY.md", "- [甲](a.md)\n- [乙](b.md)\n"),
            ("a.md", page),
            ("b.md", "# 乙\n\n{{#include ../extra.md}}\n"),
            ("../extra.md", "附\n{{#include book/none.md}}\n\n见 {{#include none.md}}\n"),
        ],
    );
    let run = check(folder.path(), &["--format", "json"]);
    let told: Value = serde_json::from_str(run.out()).expect("JSON");
    let told: Vec<_> =
        told["diagnostics"].as_array().expect("a list").iter().filter(|one| one["code"] == "include-missing").collect();
    let number = |one: &Value, name: &str| one[name].as_u64();
    let place = |one: &Value| {
        (
            one["file"].as_str().expect("a file").to_owned(),
            number(one, "line"),
            number(one, "column"),
            number(one, "length"),
        )
    };
    let places: Vec<_> = told.iter().map(|one| place(one)).collect();
    let at = |file: &str, line, column, length| (file.to_owned(), Some(line), Some(column), Some(length));
    assert_eq!(
        places,
        [at("book/a.md", 7, 3, 20), at("book/a.md", 12, 1, 22), at("extra.md", 2, 1, 25), at("extra.md", 4, 3, 20),]
    );
    assert_eq!(
        told[0]["message"],
        "`{{#include none.md}}` stays on the page as it is written: there is no book/none.md"
    );
    assert_eq!(
        told[0]["help"],
        "correct its path, which begins at the folder of this file, or write `\\{{#include none.md}}` if it is an example"
    );
}

/// Files with everything that has one answer, and what they are when it is given.
const MENDED: &[(&str, &str, &str)] = &[
    (
        "book/zh/a.md",
        "\u{feff}---\r\ndate: 2025-08-31\r\nreviewd-by: 林\r\nstatus: publishd\r\n---\r\n\r\n# 甲\r\n\r\n## 一节\r\n\r\n看[乙](../en/b.md#usage)和[这里](B.md)，[页面](sub/index.md#x)。\r\n",
        "\u{feff}---\r\ndate: 2025-08-31\r\nreviewed-by: 林\r\nstatus: published\r\n---\r\n\r\n# 甲\r\n\r\n## 一节\r\n\r\n看[乙](b.md#用法)和[这里](b.md)，[页面](sub/README.md#x)。\r\n",
    ),
    (
        "book/zh/b.md",
        "---\ndate: 2025-08-31\n---\n\n# 乙\n\n## 用法\n",
        "---\ndate: 2025-08-31\n---\n\n# 乙\n\n## 用法\n",
    ),
    (
        "book/en/b.md",
        "---\ndate: 2025-08-31\n---\n\n# B\n\n## Usage\n\nSee [above](#usgae) and [the A](<../en/A.md> \"t\"). No end",
        "---\ndate: 2025-08-31\n---\n\n# B\n\n## Usage\n\nSee [above](#usage) and [the A](a.md \"t\"). No end",
    ),
];

fn to_be_mended() -> tempfile::TempDir {
    let summary = "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [乙](zh/b.md)\n- [B](en/b.md)\n- [丙](zh/sub/README.md)\n- [C](en/sub/README.md)\n";
    let folder = fine_but(
        "",
        &[
            ("SUMMARY.md", summary),
            ("zh/sub/README.md", "---\ndate: 2025-08-31\n---\n\n# 丙\n\n## x\n"),
            ("en/sub/README.md", "---\ndate: 2025-08-31\n---\n\n# C\n\n## x\n"),
        ],
    );
    let toml = folder.path().join("book.toml");
    let text = fs::read_to_string(&toml).expect("book.toml");
    fs::write(&toml, text.replace("languages = [", "skpi = [\"emoji\"]\nlanguages = [")).expect("written");
    for (file, text, _) in MENDED {
        fs::write(folder.path().join(file), text).expect("written");
    }
    folder
}

#[test]
fn what_has_one_answer_is_mended() {
    let folder = to_be_mended();
    let before = everything(folder.path());
    // Nothing is written at first.
    let shown = check(folder.path(), &["--fix", "--dry-run"]);
    assert_eq!((shown.code, shown.stderr.as_str()), (Some(1), ""));
    assert_eq!(everything(folder.path()), before);
    for line in [
        "--- a/book.toml\n+++ b/book.toml\n",
        "-status: publishd\r\n",
        "+status: published\r\n",
        "-skpi = [\"emoji\"]\n+skip",
    ] {
        assert!(shown.out().contains(line), "{line}: {}", shown.out());
    }
    assert!(shown.out().contains("No end\n\\ No newline at end of file\n"), "{}", shown.out());

    let run = check(folder.path(), &["--fix"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{}", run.out());
    snapbox::assert_data_eq!(
        run.out(),
        snapbox::str![[r#"
fixed[config-key]: book.toml:8:1: write `skip`
fixed[link-dead]: book/en/b.md:9:13: write #usage
fixed[link-dead]: book/en/b.md:9:33: write a.md
fixed[front-matter-key]: book/zh/a.md:3:1: write `reviewed-by`
fixed[status-unknown]: book/zh/a.md:4:9: write `published`
fixed[link-language]: book/zh/a.md:11:6: write b.md#用法
fixed[link-dead]: book/zh/a.md:11:29: write b.md
fixed[link-page-only]: book/zh/a.md:11:40: write sub/README.md#x

0 errors, 0 warnings, 0 notes

"#]]
        .raw()
    );
    for (file, _, mended) in MENDED {
        assert_eq!(fs::read_to_string(folder.path().join(file)).expect(file), *mended, "{file}");
    }
    // There is nothing left to do.
    let again = check(folder.path(), &["--fix"]);
    assert_eq!((again.code, again.out()), (Some(0), "0 errors, 0 warnings, 0 notes\n"));
    assert_eq!(check(folder.path(), &["--fix", "--dry-run"]).out(), "");
}

#[test]
fn what_is_mended_leaves_the_report_to_programs() {
    let folder = to_be_mended();
    let run = check(folder.path(), &["--fix", "--format", "json"]);
    let document: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!(document["diagnostics"], json!([]));
    assert!(run.stderr.contains("fixed[link-dead]: book/zh/a.md:11:29: write b.md\n"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 8, "{}", run.stderr);
}

/// A name in any letters is written as it is, and only what Markdown or a browser would read is encoded, once.
#[test]
fn names_of_files_are_written_once() {
    let folder = fine_but(
        "",
        &[
            (
                "SUMMARY.md",
                "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [乙](<zh/乙 (1) B.md>)\n- [丙](zh/目录/README.md)\n- [B](<en/乙 (1) B.md>)\n- [C](en/目录/README.md)\n",
            ),
            (
                "zh/a.md",
                "---\ndate: 2025-08-31\n---\n\n# 甲\n\n## 一节\n\n看[一](<乙 (1) b.md>)、[二](目录/index.md#x)、[三](<../en/乙 (1) B.md>)。\n",
            ),
            ("zh/乙 (1) B.md", "---\ndate: 2025-08-31\n---\n\n# 乙\n"),
            ("en/乙 (1) B.md", "---\ndate: 2025-08-31\n---\n\n# B\n"),
            ("zh/目录/README.md", "---\ndate: 2025-08-31\n---\n\n# 丙\n\n## x\n"),
            ("en/目录/README.md", "---\ndate: 2025-08-31\n---\n\n# C\n\n## x\n"),
        ],
    );
    let run = check(folder.path(), &["--fix"]);
    let text = fs::read_to_string(folder.path().join("book/zh/a.md")).expect("a.md");
    assert!(
        text.ends_with("看[一](<乙%20(1)%20B.md>)、[二](目录/README.md#x)、[三](<乙%20(1)%20B.md>)。\n"),
        "{text}{}",
        run.out()
    );
    assert!(run.out().ends_with("\n0 errors, 0 warnings, 0 notes\n"), "{}", run.out());
}

/// More than one thing can be meant, or it is somebody else's.
#[test]
fn what_has_no_one_answer_stays() {
    let text = "---\ndate: 2025-08-31\nstatus: done\ntitles: [x]\ntitle: 甲\n---\n\n# 甲\n\n## 第一节 1\n\n看[这里](none.md)、[那里](#第一节-2)、[乙](../en/b.md#gone)、[乙，英文](../en/b.md)、<a href=\"B.md?x\">乙</a>。\n";
    let folder = fine_but(
        "colour = 1\n",
        &[
            ("SUMMARY.md", "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [乙](zh/b.md)\n- [B](en/b.md)\n"),
            ("zh/a.md", text),
            ("zh/b.md", "---\ndate: 2025-08-31\n---\n\n# 乙\n"),
            ("en/b.md", "---\ndate: 2025-08-31\n---\n\n# B\n"),
        ],
    );
    let before = everything(folder.path());
    let run = check(folder.path(), &["--fix"]);
    assert!(!run.out().contains("fixed["), "{}", run.out());
    assert!(run.out().contains("link-language") && run.out().contains("config-key"), "{}", run.out());
    assert_eq!((run.code, everything(folder.path())), (Some(1), before));
}

/// A key is rewritten where its value is one of those that the other key has, and where no second key becomes the same.
#[test]
fn keys_of_others_and_keys_that_meet_stay() {
    let front_matter = "---\ndate: 2025-08-31\nreview-on: 2025-12-02\nstatuss: draft\nsttus: reviewed\n---\n\n# 甲\n";
    let other = "---\ndata: { kind: table }\nsumary: A.\n---\n\n# A\n";
    let toml = "wrnings = \"warn\"\nwarnigs = \"warn\"\nskpi = []\nfrehsness.commits = 2\nfrehsness.days = 3\n";
    let folder = fine_but(toml, &[("zh/a.md", front_matter), ("en/a.md", other)]);
    let before = everything(folder.path());
    let run = check(folder.path(), &["--fix"]);
    let mended: Vec<&str> = run.out().lines().filter(|line| line.starts_with("fixed[")).collect();
    assert_eq!(
        mended,
        [
            "fixed[config-key]: book.toml:11:1: write `skip`",
            "fixed[front-matter-key]: book/en/a.md:3:1: write `summary`"
        ],
        "{}",
        run.out()
    );
    let after = everything(folder.path());
    assert_ne!(before, after);
    let text = fs::read_to_string(folder.path().join("book.toml")).expect("book.toml");
    assert!(text.contains(&toml.replace("skpi", "skip")), "{text}");
    assert_eq!(fs::read_to_string(folder.path().join("book/zh/a.md")).expect("a.md"), front_matter);
    // All of it is still said.
    let left = codes(folder.path(), &[]);
    let count = |code: &str| left.iter().filter(|left| *left == code).count();
    assert_eq!((count("config-key"), count("front-matter-key")), (3, 4), "{left:?}");
}

/// What is advised is what is written.
#[test]
fn the_key_that_is_written_is_the_one_that_is_named() {
    let folder = fine_but("language.en.namess = [\"EN\"]\n", &[]);
    let run = check(folder.path(), &["--format", "json"]);
    let document: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let found = &document["diagnostics"][0];
    assert_eq!(
        (&found["help"], &found["fix"]["title"]),
        (&json!("did you mean `names`?"), &json!("write `names`")),
        "{document:#}"
    );
}

#[test]
fn a_dry_run_is_one_of_fixes() {
    let run = check(Path::new("."), &["--dry-run"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--fix"), "{}", run.stderr);
}

#[test]
fn for_code_hosts() {
    let folder = to_be_mended();
    let run = check(folder.path(), &["--format", "sarif"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
    let log: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&json!("2.1.0"), Some(1)));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 8, "{log:#}");
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("small")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        let location = &result["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        let file = location["artifactLocation"]["uri"].as_str().expect("a path");
        let bytes = fs::read(folder.path().join(file)).expect(file);
        // What is replaced is what is shown, to the byte.
        let change = &result["fixes"][0]["artifactChanges"][0];
        assert_eq!(change["artifactLocation"], location["artifactLocation"]);
        let deleted = &change["replacements"][0]["deletedRegion"];
        let number = |name: &str| usize::try_from(deleted[name].as_u64().expect(name)).expect("small");
        let gone = &bytes[number("byteOffset")..][..number("byteLength")];
        let line = bytes.split(|byte| *byte == b'\n').nth(number("startLine") - 1).expect("a line");
        let line: Vec<char> =
            std::str::from_utf8(line).expect("UTF-8").trim_start_matches('\u{feff}').chars().collect();
        let shown: String = line[number("startColumn") - 1..number("endColumn") - 1].iter().collect();
        assert_eq!(std::str::from_utf8(gone).expect("UTF-8"), shown);
    }
}

/// A Chinese note that links to another one, and what is said of its copy when the two were posted like this.
fn said_of_links(front: &str, other: &str, today: &[&str]) -> Vec<String> {
    let a = format!(
        "---\ndate: 2025-08-31\n{front}\n---\n\n# 甲\n\n见[乙](b.md#x)和[乙](./b.md)，还有![图](b.md)。\n\n<a id=\"x\"></a>\n"
    );
    let b = format!("---\ndate: 2025-08-31\n{other}\n---\n\n# 乙\n\n<a id=\"x\"></a>\n中文的内容，见[甲](a.md)。\n");
    let files = [("SUMMARY.md", "- [甲](a.md)\n- [乙](b.md)\n"), ("a.md", a.as_str()), ("b.md", &b)];
    let folder = book("[preprocessor.bilingual]\nlanguages = [\"zh-CN\"]\n", &files);
    let run = check(folder.path(), &[&["--format", "json"], today].concat());
    let document: Value = serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let all = document["diagnostics"].as_array().expect("a list").clone();
    let all = all.iter().filter(|found| found["code"] == "copy-links");
    all.map(|found| format!("{}:{} {found}", found["file"].as_str().unwrap_or("?"), found["line"])).collect()
}

#[test]
fn a_copy_could_link_to_a_younger_one() {
    let article = |id: &str, on: &str| format!("zhihu: {{ url: https://zhuanlan.zhihu.com/p/{id}, on: {on} }}");
    let said = said_of_links(&article("1", "2025-11-02"), &article("2", "2025-12-03"), &["--today", "2025-12-05"]);
    assert_eq!(said.len(), 1, "{said:?}");
    for part in [
        "the copy of book/b.md on Zhihu is of 2025-12-03, and the one of this note, of 2025-11-02, could not link to it yet",
        "mdbook-bilingual confirm --copy zhihu --on 2025-12-05 book/a.md",
    ] {
        assert!(said[0].contains(part), "{said:?}");
    }
    for (own, other) in [
        // It was there before, on the same day, or elsewhere; or nobody knows when.
        (article("1", "2025-11-02"), article("2", "2025-11-02")),
        (article("1", "2025-11-02"), "cross-posts: [{ url: https://juejin.cn/post/7, on: 2025-12-03 }]".to_owned()),
        (article("1", "2025-11-02"), "zhihu: https://zhuanlan.zhihu.com/p/2".to_owned()),
        ("zhihu: https://zhuanlan.zhihu.com/p/1".to_owned(), article("2", "2025-12-03")),
        // The number of the article is from September, so it was only posted again.
        (article("1", "2025-11-02"), article("1946402397409740613", "2025-12-03")),
    ] {
        let said = said_of_links(&own, &other, &[]);
        assert!(said.iter().all(|line| !line.starts_with("book/a.md")), "{own} {other}: {said:?}");
    }
}

#[test]
fn links_through_other_sites_are_made_direct() {
    let through = |target: &str| format!("https://link.zhihu.com/?target={target}");
    let (paper, note) =
        (through("https%3A//arxiv.org/abs/1%3Fa%3Db"), through("https%3A//github.com/o/r/blob/main/book/en/b.md%23x"));
    let (gone, bad) = (through("https%3A//github.com/o/r/blob/main/book/en/gone.md"), through("javascript%3Aalert(1)"));
    let text = format!(
        "---\ndate: 2025-09-01\n---\n\n# A\n\n## Section\n\n[p]({paper}), [n]({note}), [g]({gone}), <{paper}>, [b]({bad}), [d]\n\n\
         <a href=\"{paper}\">h</a>\n\n[d]: {paper}\n"
    );
    let folder = fine_but(
        "links.repository = \"https://github.com/o/r\"\n",
        &[
            ("en/a.md", &text),
            ("en/b.md", "---\ndate: 2025-09-01\n---\n\n# B\n\n## x\n"),
            ("SUMMARY.md", "- [Home](index.md)\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [B](en/b.md)\n"),
        ],
    );
    let root = folder.path();
    let said = check(root, &[]).out().to_owned();
    assert_eq!(said.matches("note[link-redirect]: “https://link.zhihu.com/?target=").count(), 5, "{said}");
    assert_eq!(said.matches("= help: write https://arxiv.org/abs/1?a=b").count(), 4, "{said}");
    assert!(said.contains("= help: write b.md#x"), "{said}");
    assert_eq!(said.matches("warning[link-dead]").count(), 1, "{said}");
    check(root, &["--fix"]);
    let direct = "https://arxiv.org/abs/1?a=b";
    let mended = text
        .replace(&format!("[p]({paper})"), &format!("[p]({direct})"))
        .replace(&note, "b.md#x")
        .replace(&format!("\"{paper}\""), &format!("\"{direct}\""))
        .replace(&format!("[d]: {paper}"), &format!("[d]: {direct}"));
    assert_eq!(fs::read_to_string(root.join("book/en/a.md")).expect("a note"), mended);
}
