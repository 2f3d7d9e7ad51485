//! The program as mdBook starts it: what it answers to good input, to bad input, and to none.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use mdbook::book::Book;
use support::book::book;
use support::host::sent;
use support::program::{Run, run};

use crate::program::{program, run_on};

const TABLE: &str = "[preprocessor.bilingual]\nrenderers = [\"html\"]\nlanguages = [\"zh-CN\", \"en\"]\n";
const SUMMARY: &str = "# Summary\n\n[Book](index.md)\n\n- [甲](zh/a.md)\n- [A](en/a.md)\n";
const FILES: &[(&str, &str)] = &[
    ("SUMMARY.md", SUMMARY),
    ("index.md", "# Book\n"),
    ("zh/a.md", "---\ndate: 2025-01-01\n---\n# 甲\n\n正文。\n"),
    ("en/a.md", "# A\n\nText.\n"),
];

/// Runs the program on a book, with one change to the JSON that mdBook sends.
fn run_changed(change: impl FnOnce(&mut serde_json::Value)) -> Run {
    let folder = book(TABLE, FILES);
    let json = sent(folder.path());
    let mut json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    change(&mut json);
    run(program(), json.to_string().as_bytes())
}

#[test]
fn which_renderers_are_supported() {
    for (renderer, code) in [
        ("html", 0),
        ("markdown", 0),
        ("epub", 0),
        ("bilingual-site", 0),
        ("test", 1),
        ("linkcheck", 1),
        ("xgettext", 1),
    ] {
        let mut program = program();
        program.args(["supports", renderer]);
        let run = run(program, b"");
        assert_eq!((run.code, run.stdout.len(), run.stderr.as_str()), (Some(code), 0, ""), "{renderer}");
    }
}

#[test]
fn input_that_is_not_mdbooks() {
    for input in ["", "{}", "[]", "[1, 2]", "not json", "[{}, {\"items\": []}]", "\u{0}"] {
        let run = run(program(), input.as_bytes());
        assert_eq!(run.code, Some(2), "{input}");
        assert!(run.stdout.is_empty());
        assert!(run.stderr.contains("run `mdbook build` instead"), "{input}: {}", run.stderr);
    }
    let run = run(program(), b"[\xff\xfe");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("is not the UTF-8 text that mdBook sends"), "{}", run.stderr);
}

#[test]
fn an_mdbook_of_another_family() {
    // mdBook 0.4 calls the items of a book sections.
    let run = run_changed(|json| {
        json[0]["mdbook_version"] = "0.4.52".into();
        let items = json[1]["items"].take();
        json[1] = serde_json::json!({ "sections": items, "__non_exhaustive": null });
    });
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("this is mdBook 0.4.52, and mdbook-bilingual needs mdBook 0.5"), "{}", run.stderr);

    let run = run_changed(|json| json[0]["mdbook_version"] = "0.6.1".into());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("warning[host-version]: this is mdBook 0.6.1"), "{}", run.stderr);
}

#[test]
fn a_newer_mdbook_may_say_more() {
    let run = run_changed(|json| {
        json[0]["config"]["book"]["shiny"] = true.into();
        json[0]["config"]["new-table"] = serde_json::json!({ "a": null });
        json[0]["surprise"] = 1.into();
    });
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn a_book_without_our_table() {
    let run = run_changed(|json| json[0]["config"]["preprocessor"] = serde_json::json!({}));
    assert_eq!((run.code, run.stderr.contains("error")), (Some(0), false), "{}", run.stderr);
    let book: Book = serde_json::from_slice(&run.stdout).expect("a book");
    // The languages are found in the folders.
    assert!(book.chapters().any(|chapter| chapter.content.contains("hreflang=\"en\"")), "{book:?}");
}

#[test]
fn what_another_plugin_wrote_above_the_front_matter() {
    let run = run_changed(|json| {
        let chapter = &mut json[1]["items"][1]["Chapter"];
        assert_eq!(chapter["path"], "zh/a.md");
        let content = chapter["content"].as_str().expect("text").to_owned();
        chapter["content"] = format!("<style>p {{}}</style>\n\n{content}").into();
    });
    let book: Book = serde_json::from_slice(&run.stdout).expect("a book");
    let page = book.chapters().find(|chapter| chapter.name == "甲").expect("a page");
    assert!(
        page.content.starts_with("<style>p {}</style>\n\n<div class=\"edition\" lang=\"zh-CN\">\n\n# 甲\n"),
        "{}",
        page.content
    );
    assert!(!page.content.contains("date:"), "{}", page.content);
}

#[test]
fn a_pipe_that_closes() {
    let folder = book(TABLE, FILES);
    let json = sent(folder.path());
    let mut child = program()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    child.stdin.take().expect("a pipe").write_all(json.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("the program ends");
    let stderr = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(!stderr.contains("panicked"), "{stderr}");
}

#[test]
fn a_chapter_of_twenty_megabytes() {
    let paragraph = "显存分成许多块 and each block is given back. `code` **bold** [link](x.md)\n\n";
    let text = format!("---\ntitle: 大\n---\n{}", paragraph.repeat(20_000_000 / paragraph.len()));
    let folder = book(TABLE, &[("SUMMARY.md", "# Summary\n\n[Big](big.md)\n"), ("big.md", &text)]);
    let json = sent(folder.path());
    let run = run(program(), json.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let book: Book = serde_json::from_slice(&run.stdout).expect("a book");
    let content = &book.chapters().next().expect("a chapter").content;
    assert!(content.contains(&text[text.find("显存").expect("it is there")..]), "a byte is lost");
    assert!(content.contains("# 大\n"));
}

/// Each link is looked at. How long that takes, `cargo xtask bench --growth "links to as many headings"` measures.
#[test]
fn a_table_of_contents_of_thousands_of_headings() {
    let numbers = 0..4000;
    let links: String = numbers.clone().map(|at| format!("- [{at}](#section-{at}) [gone](gone.md)\n")).collect();
    let sections: String = numbers.map(|at| format!("\n## Section {at}\n\ntext\n")).collect();
    let text = format!("# A\n\n{links}\n{sections}");
    let folder = book(TABLE, &[("SUMMARY.md", "# Summary\n\n[A](a.md)\n"), ("a.md", &text)]);
    let json = sent(folder.path());
    let run = run(program(), json.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stderr.contains("and 3980 more like these"), "{}", run.stderr);
}

#[test]
fn deep_nesting_is_only_text() {
    let text = format!("{}x\n\n{}\n\n{}", "> ".repeat(5000), "[".repeat(50_000), "<div>".repeat(20_000));
    let folder = book(TABLE, &[("SUMMARY.md", "# Summary\n\n[Deep](deep.md)\n"), ("deep.md", &text)]);
    let json = sent(folder.path());
    let run = run(program(), json.as_bytes());
    assert_eq!(run.code, Some(0), "{}", run.stderr);
}

#[test]
fn the_log_is_as_loud_as_mdbooks() {
    let folder = book(
        TABLE,
        &[
            (
                "SUMMARY.md",
                "# Summary\n\n[A](a.md)\n\n- [1](1.md)\n- [2](2.md)\n- [3](3.md)\n- [4](4.md)\n- [5](5.md)\n",
            ),
            ("a.md", "---\nstatus: done\n---\n# A\n"),
            ("1.md", "# 1\n"),
            ("2.md", "# 2\n"),
            ("3.md", "# 3\n"),
            ("4.md", "# 4\n"),
            ("5.md", "# 5\n"),
        ],
    );
    let json = sent(folder.path());
    let said = |level: Option<&str>| {
        let mut program = program();
        if let Some(level) = level {
            program.env("MDBOOK_LOG", level);
        }
        let run = run(program, json.as_bytes());
        assert_eq!(run.code, Some(0));
        run.stderr
    };
    let usual = said(None);
    assert_eq!(usual.matches("note[edition-missing]").count(), 4, "{usual}");
    assert!(usual.contains("and 3 more like these; MDBOOK_LOG=debug shows all"), "{usual}");
    assert!(usual.contains("warning[status-unknown]: book/a.md:2:9:"), "{usual}");
    assert_eq!(said(Some("info")), usual);
    assert_eq!(said(Some("debug")).matches("note[edition-missing]").count(), 6);
    assert_eq!(said(Some("warn")).matches("note[").count(), 0);
    assert!(said(Some("warn")).contains("warning[status-unknown]"));
    assert_eq!(said(Some("error")), "");
    assert_eq!(said(Some("off")), "");
    assert_eq!(said(Some("warn,mdbook_bilingual=debug")), said(Some("debug")));
}

#[test]
fn a_terminal_gets_help_instead_of_waiting() {
    let mut program = program();
    program.arg("--help");
    let run = run(program, b"");
    assert_eq!(run.code, Some(0));
    let help = run.out().to_owned();
    assert!(help.contains("list") && help.contains("install"), "{help}");
}

#[test]
fn list_says_what_it_needs() {
    let empty = tempfile::tempdir().expect("a folder");
    let list = |root: &std::path::Path| run_on("list", root, &[]);
    let none = list(empty.path());
    assert_eq!(none.code, Some(2));
    assert!(
        none.stderr.contains("holds neither a book.toml nor Markdown notes; name the folder of a book"),
        "{}",
        none.stderr
    );
    fs::write(empty.path().join("book.toml"), "[book\n").expect("written");
    let broken = list(empty.path());
    assert_eq!(broken.code, Some(2));
    assert!(broken.stderr.contains("is not valid TOML") && broken.stderr.contains("line 1"), "{}", broken.stderr);
    fs::write(empty.path().join("book.toml"), "[book]\nmultilingual = false\n").expect("written");
    assert!(list(empty.path()).stderr.contains("SUMMARY.md cannot be read"));

    let old = book("[output.html]\ncurly-quotes = true\n", FILES);
    let old = list(old.path());
    assert_eq!(old.code, Some(1));
    assert!(
        old.stderr.contains("error[config-old]: book.toml:8:1: mdBook 0.5 no longer reads `output.html.curly-quotes`"),
        "{}",
        old.stderr
    );

    let folder = book(TABLE, FILES);
    let table = list(folder.path());
    assert_eq!(table.code, Some(0), "{}", table.stderr);
    let table = String::from_utf8(table.stdout).expect("UTF-8");
    assert!(
        table.contains("zh-CN  book/zh/a.md → zh/a.html")
            && table.contains("published   2025-01-01  (front matter, book/zh/a.md:2:7)"),
        "{table}"
    );
}

#[test]
fn listed_files_are_the_real_ones() {
    let folder = book(
        TABLE,
        &[
            ("SUMMARY.md", "# Summary\n\n[Book](index.md)\n\n- [甲](zh/README.md)\n- [A](en/README.md)\n"),
            ("index.md", "# Book\n"),
            ("zh/README.md", "# 甲\n"),
            ("en/README.md", "# A\n"),
        ],
    );
    let run = run_on("list", folder.path(), &["--format", "json"]);
    let list: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let edition = &list["notes"][0]["editions"][0];
    assert_eq!(
        (edition["source"].as_str(), edition["page"].as_str()),
        (Some("book/zh/README.md"), Some("zh/index.html"))
    );
    assert_eq!(edition["paired-by"]["kind"], "folder");
    assert_eq!(edition.get("published"), None);
}

#[test]
fn files_that_are_no_text() {
    // What nobody lists is no problem of the book, whatever it denies.
    let folder = book(&format!("{TABLE}warnings = \"deny\"\n"), FILES);
    let broken = folder.path().join("book/en/broken.md");
    fs::write(&broken, b"# Line\n\xff\xfe\n").expect("written");
    let json = sent(folder.path());
    let done = run(program(), json.as_bytes());
    assert_eq!(done.code, Some(0), "{}", done.stderr);

    // mdBook itself refuses a listed one; `list` says which it is, and goes on.
    fs::write(folder.path().join("book/SUMMARY.md"), format!("{SUMMARY}- [Broken](en/broken.md)\n")).expect("written");
    let list = run_on("list", folder.path(), &[]);
    assert!(
        list.stderr.contains("error[chapter-unreadable]: book/en/broken.md: line 2 is not UTF-8; save"),
        "{}",
        list.stderr
    );
    assert!(String::from_utf8(list.stdout).expect("UTF-8").contains("zh/a.html"));
}
