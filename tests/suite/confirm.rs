//! `mdbook-bilingual confirm`: what it writes, and what it refuses to write.

use std::fs;
use std::path::Path;

use mdbook_bilingual::commands::confirm::reviewed_on;
use mdbook_bilingual_core::values::Date;
use support::book;
use support::files::{everything, read, write};
use support::host::sent;
use support::program::{Run, run};

use crate::program::{program, run_in};

const TABLE: &str = "[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\n";
const SUMMARY: &str =
    "# Summary\n\n[Book](index.md)\n\n- [甲](zh/a.md)\n- [A](en/a.md)\n- [乙](zh/b.md)\n- [Mixed](mixed.md)\n";

fn book_of(zh: &str, en: &str) -> tempfile::TempDir {
    book::book(
        TABLE,
        &[
            ("SUMMARY.md", SUMMARY),
            ("index.md", "# Book\n"),
            ("zh/a.md", zh),
            ("en/a.md", en),
            ("zh/b.md", "# 乙\n\n这是一篇关于显存的笔记。\n"),
            ("mixed.md", "---\nlanguage: mul\n---\n# Mixed\n"),
        ],
    )
}

fn book() -> tempfile::TempDir {
    book_of("# 甲\n\n这是一篇关于显存的笔记。\n", "# A\n\nA note about memory.\n")
}

fn confirm(folder: &Path, arguments: &[&str]) -> Run {
    run_in(folder, &[&["confirm"], arguments].concat())
}

/// Runs it, and expects it to write.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let run = confirm(folder, arguments);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    run.out().to_owned()
}

/// Runs it, and expects it to refuse; nothing in the folder may change.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let before = everything(folder);
    let run = confirm(folder, arguments);
    assert_eq!((run.code, run.stdout.len()), (Some(1), 0), "{arguments:?}: {}", run.stderr);
    assert!(run.stderr.ends_with("error: nothing was written, because of the errors above\n"), "{}", run.stderr);
    assert_eq!(everything(folder), before);
    run.stderr
}

/// The value of a key that holds a hash.
fn hash<'a>(text: &'a str, key: &str) -> &'a str {
    let at = text.find(&format!("\n{key}")).unwrap_or_else(|| panic!("{key} in {text}"));
    let at = at + text[at..].find("sha256:").expect("a hash");
    &text[at..at + "sha256:".len() + 16]
}

#[test]
fn a_translation_is_right_for_its_source() {
    let folder = book();
    let root = folder.path();
    let said = done(root, &["book/en/a.md"]);
    let text = read(root, "book/en/a.md");
    let first = hash(&text, "translated-from").to_owned();
    assert_eq!(text, format!("---\ntranslated-from: {first}\n---\n# A\n\nA note about memory.\n"));
    assert_eq!(said, format!("book/en/a.md: right for book/zh/a.md as it is now ({first})\n"));
    assert_eq!(done(root, &["book/en/a.md"]), "book/en/a.md: already confirmed\n");

    // Front matter of the source is no text of it.
    write(root, "book/zh/a.md", "---\ntitle: 甲\n---\n# 甲\n\n这是一篇关于显存的笔记。\n");
    assert_eq!(done(root, &["book/en/a.md"]), "book/en/a.md: already confirmed\n");
    write(root, "book/zh/a.md", "# 甲\n\n这是一篇关于显存的笔记。又一句。\n");
    done(&root.join("book/en"), &["a.md"]);
    let text = read(root, "book/en/a.md");
    assert_ne!(hash(&text, "translated-from"), first);
    assert_eq!(text.matches("translated-from").count(), 1);
}

#[test]
fn a_review_is_of_one_text() {
    let folder = book_of("# 甲\n", "---\nstatus: draft # for now\ntitle: A\n---\n# A\n\nA note about memory.\n");
    let root = folder.path();
    let said = done(root, &["--review", "--by", " Lin  Y ", "--on", "2025-12-02", "book/en/a.md"]);
    let text = read(root, "book/en/a.md");
    let own = hash(&text, "reviewed").to_owned();
    assert_eq!(
        text,
        format!(
            "---\nstatus: reviewed # for now\ntitle: A\nreviewed-by: Lin Y\nreviewed-on: 2025-12-02\nreviewed: {own}\n---\n# A\n\nA note about memory.\n"
        )
    );
    assert_eq!(said, format!("book/en/a.md: reviewed by Lin Y on 2025-12-02, as it is now ({own})\n"));
    assert_eq!(done(root, &["--review", "--on", "2025-12-02", "book/en/a.md"]), "book/en/a.md: already confirmed\n");

    // The same text, reviewed again a week later.
    done(root, &["--review", "--on", "2025-12-09", "book/en/a.md"]);
    assert_eq!(read(root, "book/en/a.md"), text.replace("2025-12-02", "2025-12-09"));

    // Without a day it is today's, and a second run on that day has nothing to do.
    done(root, &["--review", "book/zh/a.md"]);
    let text = read(root, "book/zh/a.md");
    assert!(text.starts_with("---\nreviewed-on: 2"), "{text}");
    assert!(text.ends_with("\n---\n# 甲\n"), "{text}");
}

#[test]
fn a_build_says_that_a_reviewed_text_was_changed() {
    let folder = book();
    let root = folder.path();
    done(root, &["--review", "--by", "Lin", "--on", "2025-12-02", "book/en/a.md"]);
    let built = |root: &Path| {
        let json = sent(root);
        let mut program = program();
        program.current_dir(root);
        let run = run(program, json.as_bytes());
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.out().to_owned()
    };
    let book = built(root);
    assert!(book.contains("data-status=\\\"reviewed\\\"") && !book.contains("data-review"), "{book}");
    let text = read(root, "book/en/a.md");
    // Line ends and white space at the end are no change, and neither is front matter.
    write(root, "book/en/a.md", &text.replacen("---\n", "---\nsummary: x\n", 1).replace('\n', "\r\n"));
    assert!(!built(root).contains("data-review"));
    write(root, "book/en/a.md", &format!("{text}\nOne more sentence.\n"));
    assert!(built(root).contains("data-review=\\\"changed\\\""));
}

#[test]
fn what_still_calls_it_something_else_is_named() {
    let folder = book_of("# 甲\n", "# [Draft] A\n");
    let run = confirm(folder.path(), &["--review", "book/en/a.md"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.stderr,
        "warning: book/en/a.md: it is still called draft at book/en/a.md:5:1; change that, or readers will not see the review\n"
    );
}

#[test]
fn every_refusal_says_what_to_do() {
    let folder = book();
    let root = folder.path();
    write(root, "elsewhere.md", "# X\n");
    write(root, "latin.txt", "x");
    for (arguments, sentence) in [
        (
            &["book/zh/a.md"][..],
            "error: book/zh/a.md: it is the edition that the others were translated from; confirm those,",
        ),
        (&["book/zh/b.md"], "error: book/zh/b.md: this note has no other edition, so there is nothing"),
        (&["book/mixed.md"], "error: book/mixed.md: it is a page of no language; name its language"),
        (&["elsewhere.md"], "error: elsewhere.md: it is no note of the book in "),
        (&["--review", "book/SUMMARY.md"], "error: book/SUMMARY.md: it is no note of the book in "),
        (&["book"], "error: book: this is no file; name the file of a note"),
        (&["book/en/c.md"], "error: book/en/c.md: it cannot be read ("),
        // The good one is not written either.
        (&["book/en/a.md", "book/zh/b.md"], "error: book/zh/b.md: this note has no other edition"),
    ] {
        let said = refused(root, arguments);
        assert!(said.starts_with(sentence), "{said}");
    }
    for (text, sentence) in [
        (&b"---\ntitle: [\n---\n# A\n"[..], "error[front-matter-syntax]: book/en/a.md:2:"),
        (
            b"---\ntitle: a\n\n# A\n",
            "error[front-matter-syntax]: book/en/a.md:1:1: the front matter never ends, and is taken to end with line 2;",
        ),
        (b"# A\n\nb\xff\n", "error: book/en/a.md: line 3 is not UTF-8; save the file as UTF-8"),
        (
            b"---\ntranslated-from: >\n  sha256:5f0c1f0b7a3d9a42\n---\n# A\n",
            "error: book/en/a.md: its front matter is written in a way that only you can change; write `translated-from: sha256:",
        ),
        (
            b"---\ntranslation-of: ja\n---\n# A\n",
            "error: book/en/a.md: `translation-of` names ja, and this note has no",
        ),
    ] {
        fs::write(root.join("book/en/a.md"), text).expect("written");
        let said = refused(root, &["book/en/a.md"]);
        assert!(said.starts_with(sentence), "{said}");
    }
}

#[test]
fn what_cannot_run_is_another_exit() {
    let folder = book();
    let root = folder.path();
    let lost = tempfile::tempdir().expect("a folder");
    write(lost.path(), "x.md", "# X\n");
    for (at, arguments, sentence) in [
        (
            lost.path(),
            &["x.md"][..],
            "error: x.md: no folder above it has a book.toml; name the book's folder with --root",
        ),
        (root, &["--root", "book", "book/en/a.md"], "error: book/book.toml cannot be read;"),
        (root, &["--review", "--by", " ", "book/en/a.md"], "error: --by wants the name of the reviewer"),
        (
            root,
            &["--review", "--on", "soon", "book/en/a.md"],
            "error: invalid value 'soon' for '--on <DATE>': “soon” is not",
        ),
        (root, &["--review", "--on", "9998-01-01", "book/en/a.md"], "error: --on 9998-01-01 is still to come; write"),
        (root, &["--by", "Lin", "book/en/a.md"], "error: the following required arguments were not provided"),
        (root, &[], "error: the following required arguments were not provided"),
    ] {
        let run = confirm(at, arguments);
        assert_eq!((run.code, run.stdout.len()), (Some(2), 0), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.starts_with(sentence), "{}", run.stderr);
    }
}

#[test]
fn which_edition_is_the_source() {
    // The older one; the language that the book writes first; what a translation says of itself.
    let folder = book_of("---\ndate: 2025-02-01\n---\n# 甲\n", "---\ndate: 2025-01-01\n---\n# A\n");
    let root = folder.path();
    assert!(done(root, &["book/zh/a.md"]).contains("right for book/en/a.md"));
    // Now that the Chinese one is a translation by its own word, it is no source, whatever the book says.
    let toml = read(root, "book.toml");
    write(root, "book.toml", &format!("{toml}\n[preprocessor.bilingual.freshness]\nsource = \"zh-CN\"\n"));
    assert!(done(root, &["book/zh/a.md"]).contains("already confirmed"));
    refused(root, &["book/en/a.md"]);
    write(root, "book/zh/a.md", "---\ndate: 2025-02-01\n---\n# 甲\n");
    assert!(done(root, &["book/en/a.md"]).contains("right for book/zh/a.md"));
    write(root, "book/en/a.md", "---\ndate: 2025-01-01\n---\n# A\n");
    write(root, "book/zh/a.md", "---\ndate: 2025-02-01\ntranslation-of: en\n---\n# 甲\n");
    assert!(done(root, &["book/zh/a.md"]).contains("right for book/en/a.md"));
}

#[test]
fn marks_and_line_ends_stay() {
    let folder = book_of("# 甲\n", "\u{feff}# A\r\n\r\nA note about memory.");
    let root = folder.path();
    done(root, &["book/en/a.md"]);
    let text = read(root, "book/en/a.md");
    let source = hash(&text, "translated-from");
    assert_eq!(text, format!("\u{feff}---\r\ntranslated-from: {source}\r\n---\r\n# A\r\n\r\nA note about memory."));
    done(root, &["--review", "--on", "2025-12-02", "book/en/a.md"]);
    let text = read(root, "book/en/a.md");
    assert!(text.starts_with("\u{feff}---\r\ntranslated-from: ") && text.ends_with("memory."), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(done(root, &["--review", "--on", "2025-12-02", "book/en/a.md"]), "book/en/a.md: already confirmed\n");
}

#[test]
fn front_matter_in_toml() {
    let folder = book_of("# 甲\n", "+++\nstatus = 'draft'\n\n# Hugo's\n[params]\nstatus = 3\n+++\n# A\n");
    let root = folder.path();
    done(root, &["--review", "--by", "Lin", "--on", "2025-12-02", "book/en/a.md"]);
    let text = read(root, "book/en/a.md");
    let own = hash(&text, "reviewed =");
    assert_eq!(
        text,
        format!(
            "+++\nstatus = 'reviewed'\nreviewed-by = \"Lin\"\nreviewed-on = 2025-12-02\nreviewed = \"{own}\"\n\n# Hugo's\n[params]\nstatus = 3\n+++\n# A\n"
        )
    );
    assert_eq!(done(root, &["--review", "--on", "2025-12-02", "book/en/a.md"]), "book/en/a.md: already confirmed\n");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_file_keeps_its_mode() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for path in ["zh", "en", "book/zh", "book/en"] {
        fs::create_dir_all(root.join(path)).expect("a folder");
    }
    write(
        root,
        "book.toml",
        &format!("[book]\nsrc = \"book\"\n\n[build]\nbuild-dir = \"public\"\n\n{TABLE}notes = \".\"\n"),
    );
    write(root, "book/SUMMARY.md", "# Summary\n\n[Book](index.md)\n\n- [甲](zh/a.md)\n- [A](en/a.md)\n");
    write(root, "book/index.md", "# Book\n");
    write(root, "zh/a.md", "# 甲\n");
    write(root, "en/a.md", "# A\n");
    for file in ["zh/a.md", "en/a.md"] {
        symlink(Path::new("../..").join(file), root.join("book").join(file)).expect("a link");
    }
    fs::set_permissions(root.join("en/a.md"), fs::Permissions::from_mode(0o640)).expect("a mode");
    let said = done(root, &["book/en/a.md", "en/a.md"]);
    assert!(said.starts_with("book/en/a.md: right for zh/a.md as it is now (") && said.lines().count() == 1, "{said}");
    assert!(fs::symlink_metadata(root.join("book/en/a.md")).expect("a link").is_symlink());
    assert!(read(root, "en/a.md").starts_with("---\ntranslated-from: sha256:"));
    assert_eq!(fs::metadata(root.join("en/a.md")).expect("a file").permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(root.join("en")).expect("a folder").count(), 1, "nothing is left behind");

    // A copy that stands for a note is not the note.
    fs::remove_file(root.join("book/en/a.md")).expect("removed");
    fs::copy(root.join("en/a.md"), root.join("book/en/a.md")).expect("copied");
    fs::set_permissions(root.join("book/en/a.md"), fs::Permissions::from_mode(0o444)).expect("a mode");
    let said = refused(root, &["--review", "book/en/a.md"]);
    assert!(said.starts_with("error: book/en/a.md: this is a copy; confirm the note itself, "), "{said}");
    assert!(
        said.lines().next().is_some_and(|line| line.ends_with("/en/a.md") && !line.ends_with("/book/en/a.md")),
        "{said}"
    );
    done(root, &["--review", "en/a.md"]);
    fs::set_permissions(root.join("en/a.md"), fs::Permissions::from_mode(0o444)).expect("a mode");
    let said = refused(root, &["--review", "--on", "2020-01-01", "en/a.md"]);
    assert!(said.starts_with("error: en/a.md: it is read-only; make it writable"), "{said}");

    // Nothing is written outside of the repository.
    let outside = tempfile::tempdir().expect("a folder");
    write(outside.path(), "x.md", "# X\n");
    symlink(outside.path().join("x.md"), root.join("book/en/x.md")).expect("a link");
    write(root, "book/SUMMARY.md", &format!("{}- [X](en/x.md)\n", read(root, "book/SUMMARY.md")));
    let said = refused(root, &["--review", "book/en/x.md"]);
    assert!(said.contains("outside of the book's repository"), "{said}");
    assert_eq!(read(outside.path(), "x.md"), "# X\n");

    // Neither is a file that git keeps for itself.
    fs::create_dir(root.join(".git")).expect("a folder");
    write(root, ".git/config", "[core]\n");
    symlink("../../.git/config", root.join("book/en/git.md")).expect("a link");
    write(root, "book/SUMMARY.md", &format!("{}- [Git](en/git.md)\n", read(root, "book/SUMMARY.md")));
    refused(root, &["--review", "book/en/git.md"]);
    assert_eq!(read(root, ".git/config"), "[core]\n");
}

#[test]
fn a_review_is_not_still_to_come() {
    let day = |text| Date::parse(text).expect("a day");
    let today = day("2025-12-31");
    assert_eq!(reviewed_on(None, Ok(today)).ok(), Some(today));
    // Where the day begins earlier, it is tomorrow already.
    for good in ["1999-01-01", "2025-12-31", "2026-01-01"] {
        assert_eq!(reviewed_on(Some(day(good)), Ok(today)).ok(), Some(day(good)));
    }
    assert!(reviewed_on(Some(day("2026-01-02")), Ok(today)).is_err());
    // A clock that cannot be right proves nothing.
    let wrong = || Err(anyhow::anyhow!("it says a day before 1970"));
    assert!(reviewed_on(None, wrong()).is_err());
    assert_eq!(reviewed_on(Some(day("2026-01-02")), wrong()).ok(), Some(day("2026-01-02")));
}

const TODAY: &str = "2026-11-29";
const ARTICLE: &str = "https://zhuanlan.zhihu.com/p/1946402397409740613";

/// Confirms a copy as of one day.
fn copied(folder: &Path, arguments: &[&str]) -> String {
    done(folder, &[&["--on", TODAY, "--copy"], arguments].concat())
}

#[test]
fn a_copy_has_the_text_of_now() {
    let folder = book();
    let root = folder.path();
    let said = copied(root, &["zhihu", "book/zh/a.md", &format!("{ARTICLE}/edit?utm_id=0")]);
    let text = read(root, "book/zh/a.md");
    let first = hash(&text, "zhihu").to_owned();
    let body = "# 甲\n\n这是一篇关于显存的笔记。\n";
    let entry = |hash: &str, day: &str| format!("zhihu: {{ url: \"{ARTICLE}\", text: \"{hash}\", on: {day} }}\n");
    assert_eq!(text, format!("---\n{}---\n{body}", entry(&first, TODAY)));
    assert_eq!(said, format!("book/zh/a.md: on Zhihu as it is now ({first}), {TODAY}\n"));

    // The address is known now, and a copy that is current stays as it is.
    let current = "book/zh/a.md: already confirmed\n";
    for arguments in [&["--copy", "zhihu", "book/zh/a.md"][..], &["--copy", "zhihu", "book/zh/a.md", ARTICLE]] {
        assert_eq!(done(root, arguments), current);
    }
    // The same text was posted again, with other links perhaps.
    done(root, &["--copy", "zhihu", "--on", "2026-11-30", "book/zh/a.md"]);
    assert_eq!(read(root, "book/zh/a.md"), format!("---\n{}---\n{body}", entry(&first, "2026-11-30")));

    write(root, "book/zh/a.md", &format!("---\ntitle: 甲 # c\n{}---\n{body}又一句。\n", entry(&first, TODAY)));
    done(root, &["--copy", "zhihu", "--on", "2026-11-30", "book/zh/a.md"]);
    let text = read(root, "book/zh/a.md");
    let second = hash(&text, "zhihu").to_owned();
    assert_ne!(first, second);
    assert_eq!(text, format!("---\ntitle: 甲 # c\n{}---\n{body}又一句。\n", entry(&second, "2026-11-30")));

    // A platform without a key of its own.
    copied(root, &["juejin", "book/zh/b.md", "https://juejin.cn/post/7"]);
    copied(root, &["wechat", "book/zh/b.md", "https://mp.weixin.qq.com/s/abc"]);
    let text = read(root, "book/zh/b.md");
    let own = hash(&text, "cross-posts");
    assert_eq!(
        text,
        format!(
            "---\ncross-posts:\n  - {{ platform: juejin, url: \"https://juejin.cn/post/7\", text: \"{own}\", on: {TODAY} }}\n  \
             - {{ platform: wechat, url: \"https://mp.weixin.qq.com/s/abc\", text: \"{own}\", on: {TODAY} }}\n---\n\
             # 乙\n\n这是一篇关于显存的笔记。\n"
        )
    );
    // Two notes at once.
    copied(root, &["juejin", "book/zh/a.md", "https://juejin.cn/post/8"]);
    assert_eq!(done(root, &["--copy", "juejin", "book/zh/a.md", "book/zh/b.md"]).lines().count(), 2);
}

#[cfg(unix)]
#[test]
fn all_other_bytes_of_a_note_with_a_copy_stay() {
    use std::os::unix::fs::PermissionsExt as _;
    let english = format!("\u{feff}+++\r\n# c\r\nzhihu = '{ARTICLE}' # mine\r\n+++\r\n# A\r\n\r\nA note about memory.");
    let folder = book_of("# 甲\n", &english);
    let root = folder.path();
    let file = root.join("book/en/a.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
    copied(root, &["zhihu", "book/en/a.md"]);
    let text = read(root, "book/en/a.md");
    let hash = hash(&text, "zhihu");
    let entry = format!("{{ url = '{ARTICLE}', text = \"{hash}\", on = {TODAY} }}");
    assert_eq!(text, english.replace(&format!("'{ARTICLE}'"), &entry));
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_copy_that_stands_only_elsewhere_comes_into_the_note() {
    let folder = book::book(
        "[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\ncatalogue = [\"README.md\"]\n",
        &[
            ("SUMMARY.md", SUMMARY),
            ("index.md", "# Book\n"),
            ("zh/a.md", "# 甲\n\n这是一篇关于显存的笔记。\n"),
            ("en/a.md", "# A\n\nA note about memory.\n"),
            ("zh/b.md", &format!("# 乙\n\n本文也发表于[知乎]({ARTICLE})\n\n这是一篇笔记。\n")),
            ("mixed.md", "---\nlanguage: mul\n---\n# Mixed\n"),
        ],
    );
    let root = folder.path();
    write(root, "README.md", "# 笔记\n\n- [甲](book/zh/a.md)，同样刊载[知乎](https://zhuanlan.zhihu.com/p/2)\n");
    copied(root, &["zhihu", "book/zh/a.md", "book/zh/b.md"]);
    assert!(read(root, "book/zh/a.md").starts_with("---\nzhihu: { url: \"https://zhuanlan.zhihu.com/p/2\", text: "));
    assert!(read(root, "book/zh/b.md").starts_with(&format!("---\nzhihu: {{ url: \"{ARTICLE}\", text: ")));
    // A copy more is written as such, and never without a word: it may have been meant in place of the first.
    let more = "https://zhuanlan.zhihu.com/p/3";
    let said = copied(root, &["zhihu", "book/zh/a.md", more]);
    assert!(said.ends_with(&format!(", {TODAY}; another copy, beside https://zhuanlan.zhihu.com/p/2\n")), "{said}");
    assert!(read(root, "book/zh/a.md").contains(&format!("\n  - {{ platform: zhihu, url: \"{more}\", text: ")));
    // The English edition only shows the copy of the Chinese one.
    let said = refused(root, &["--copy", "zhihu", "book/en/a.md"]);
    assert!(
        said.starts_with(
            "error: book/en/a.md: the copy on Zhihu that book/zh/a.md:2:15 names is of another edition; confirm"
        ),
        "{said}"
    );
}

#[test]
fn what_is_no_copy_is_refused() {
    let two = "---\nzhihu: [https://zhuanlan.zhihu.com/p/1, https://zhuanlan.zhihu.com/p/2]\ncross-posts:\n  - { platform: medium, url: https://me.example/a }\n---\n# A\n";
    let folder = book_of("# 甲\n", two);
    let root = folder.path();
    for (arguments, sentence) in [
        (
            &["juejin", "book/zh/b.md"][..],
            "error: book/zh/b.md: it names no copy on Juejin; write the address of that behind",
        ),
        (
            &["zhihu", "book/en/a.md"],
            "error: book/en/a.md: it has 2 copies on Zhihu, https://zhuanlan.zhihu.com/p/1 and https://zhuanlan.zhihu.com/p/2; \
             write behind the note which of them it is",
        ),
        (
            &["zhihu", "book/en/a.md", "https://www.zhihu.com/people/x"],
            "error: book/en/a.md: “https://www.zhihu.com/people/x” is not a Zhihu article or answer; write https://",
        ),
        (
            &["csdn", "book/en/a.md", "https://juejin.cn/post/7"],
            "error: book/en/a.md: “https://juejin.cn/post/7” is no address of CSDN, which is at csdn.net; write the address that",
        ),
        (
            &["csdn", "book/en/a.md", "blog.csdn.net/x/1"],
            "error: book/en/a.md: “blog.csdn.net/x/1” cannot be linked: it is not a full address; write an https: address",
        ),
        (&["csdn", "book/en/a.md", "https://me:secret@blog.csdn.net/x"], "error: book/en/a.md: “https://me:secret@"),
        (
            &["medium", "book/zh/b.md", "https://me.example/a"],
            "error: book/zh/b.md: “https://me.example/a” is no address of",
        ),
    ] {
        let said = refused(root, &[&["--copy"], arguments].concat());
        assert!(said.starts_with(sentence), "{said}");
    }
    // Which of two copies it is; and an address that the note calls one of the platform.
    copied(root, &["zhihu", "book/en/a.md", "https://zhuanlan.zhihu.com/p/2?x=y"]);
    copied(root, &["medium", "book/en/a.md", "https://me.example/a"]);
    let text = read(root, "book/en/a.md");
    let own = hash(&text, "zhihu").to_owned();
    let rest = format!("text: \"{own}\", on: {TODAY} }}");
    let new =
        two.replace("https://zhuanlan.zhihu.com/p/2]", &format!("{{ url: https://zhuanlan.zhihu.com/p/2, {rest}]"));
    assert_eq!(text, new.replace("https://me.example/a }", &format!("https://me.example/a, {rest}")));
    for (arguments, sentence) in [
        (
            &["--copy", "zhuhi", "book/en/a.md"][..],
            "error: invalid value 'zhuhi' for '--copy <PLATFORM>': there is no platform",
        ),
        (
            &["--copy", "zhihu", "--review", "book/en/a.md"],
            "error: the argument '--copy <PLATFORM>' cannot be used with",
        ),
        (&["--on", TODAY, "book/en/a.md"], "error: the following required arguments were not provided"),
        (
            &["--copy", "zhihu", "--on", "9998-01-01", "book/en/a.md"],
            "error: --on 9998-01-01 is still to come; write the day on which it was posted",
        ),
        (&["--copy", "zhihu", ARTICLE], "error: --copy wants a note; write its file before"),
        (
            &["--copy", "zhihu", "book/en/a.md", "book/zh/a.md", ARTICLE],
            "error: an address is that of one copy; confirm",
        ),
    ] {
        let run = confirm(root, arguments);
        assert_eq!((run.code, run.stdout.len()), (Some(2), 0), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.starts_with(sentence), "{}", run.stderr);
    }
}
