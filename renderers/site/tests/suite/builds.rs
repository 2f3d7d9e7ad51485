//! Builds that come again, that fail, and that run at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use mdbook_bilingual_core::files::lock;
use mdbook_bilingual_site::engine::kept::{self, Kept, Key};
use support::files::{files, write};

use crate::built::{By, TWO, assert_equal, book, read, text};

/// What `mdbook serve` adds to a `book.toml`.
const SERVED: &str = "[output.html]\nlive-reload-endpoint = \"__livereload\"\nsite-url = \"/\"\n";

#[test]
fn the_same_book_gives_the_same_bytes_and_touches_nothing() {
    let book = book(&["zh-CN", "en"], TWO);
    let options =
        "[HTML.redirect]\n\"/b.html\" = \"zh/b.html\"\n\"/a.html\" = \"zh/a.html\"\n\"/zh/a.html#x\" = \"b.html\"";
    book.render(By::Us, options, &book.site()).expect("a site");
    let (first, then) = (read(&book.site()), times(&book.site()));
    for _ in 0..3 {
        book.render(By::Us, options, &book.site()).expect("a site");
        assert_eq!(read(&book.site()), first);
        assert_eq!(times(&book.site()), then);
    }
    assert_eq!(book.rendered(By::Us, options), first, "in another folder");
    // One note changes, and pages of the other language stay.
    write(book.root(), "src/en/b.md", "# B\n\nAnother text.\n");
    book.render(By::Us, options, &book.site()).expect("a site");
    let now = times(&book.site());
    let changed: Vec<String> = now
        .iter()
        .filter(|(name, time)| then.get(*name) != Some(time))
        .map(|(name, _)| name.display().to_string())
        .collect();
    assert!(changed.contains(&"en/b.html".to_owned()), "{changed:?}");
    assert!(!changed.iter().any(|name| name.starts_with("zh/") || name.starts_with("css/")), "{changed:?}");
}

#[test]
fn a_build_that_fails_leaves_the_old_site() {
    let book = book(&["zh-CN", "en"], TWO);
    book.render(By::Us, "", &book.site()).expect("a site");
    let (before, then) = (read(&book.site()), times(&book.site()));
    let fails = |options: &str, says: &str| {
        let error = format!("{:#}", book.render(By::Us, options, &book.site()).expect_err(says));
        assert!(error.contains(says), "{says}: {error}");
        assert_eq!(read(&book.site()), before, "{says}");
        assert_eq!(times(&book.site()), then, "{says}");
    };
    write(book.root(), "src/en/b.md", "# B\n\nAnother text.\n");
    fails("[HTML]\nadditional-css = [\"none.css\"]", "none.css");
    fails("[HTML]\nadditional-js = [\"../outside.js\"]", "outside.js");
    fails("[HTML]\ntheme = \"none\"", "theme dir");
    fails("[HTML]\ninput-404 = \"none.md\"", "none.md");
    fails("[HTML]\nsmart-punctuation = 7", "smart-punctuation");
    fails("[HTML.redirect]\n\"/zh/a.html\" = \"b.html\"", "redirect found for existing chapter");
    let long = "<p>A line of a template that is long enough to be taken out of it.</p>\n".repeat(8);
    let misspelt = format!("{long}{{{{nohelper title \"x\"}}}}{{{{{{ content }}}}}}");
    let open = format!("{long}{{{{#if title}}}}\n{{{{{{ content }}}}}}");
    for (file, text, says) in [
        ("index.hbs", misspelt.as_str(), "line 9"),
        ("index.hbs", open.as_str(), "7 | <p>A line of a template"),
        ("index.hbs", "{{#if}}{{{ content }}}", "Template error"),
        ("index.hbs", "{{> none}}{{{ content }}}", "Partial not found"),
        ("head.hbs", "{{#each", "Template error"),
        ("toc.html.hbs", "{{/if}}", "Template error"),
        ("redirect.hbs", "{{/if}}", "Template error"),
    ] {
        write(book.root(), &format!("theme/{file}"), text);
        fails("", says);
        std::fs::remove_file(book.root().join("theme").join(file)).expect("a file");
    }
    book.render(By::Us, "", &book.site()).expect("a site again");
    assert_ne!(read(&book.site()), before);
}

#[test]
fn pages_that_are_no_longer_there_go() {
    let book = book(&["zh-CN", "en"], TWO);
    write(&book.site(), "old/page.html", "old");
    write(&book.site(), "old.txt", "old");
    book.render(By::Us, "", &book.site()).expect("a site");
    assert!(!book.site().join("old").exists() && !book.site().join("old.txt").exists());
    assert!(book.site().join("en/b.html").exists());
    write(book.root(), "src/SUMMARY.md", "# Summary\n\n- [甲](zh/a.md)\n- [乙](zh/b.md)\n");
    std::fs::remove_dir_all(book.root().join("src/en")).expect("a folder");
    book.render(By::Us, "", &book.site()).expect("a site");
    assert!(!book.site().join("en").exists());
    assert_eq!(read(&book.site()), book.rendered(By::Us, ""));
}

#[test]
fn two_builds_at_once_end_with_one_site() {
    let all: Vec<(String, String)> = (0..40).map(|at| (format!("n{at}.md"), format!("# N{at}\n\nfirst\n"))).collect();
    let summary: String = all.iter().map(|(name, _)| format!("- [N]({name})\n")).collect();
    let sample = |word: &str, more: &str| {
        let mut files: Vec<(String, String)> =
            all.iter().map(|(name, text)| (name.clone(), text.replace("first", word))).collect();
        files.push(("SUMMARY.md".to_owned(), format!("# Summary\n\n{summary}- [More]({more}.md)\n")));
        files.push((format!("{more}.md"), "# More\n".to_owned()));
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        book(&["en"], &files)
    };
    let (first, second) = (sample("first", "one"), sample("second", "two"));
    let possible = [first.rendered(By::Us, ""), second.rendered(By::Us, "")];
    let out = tempfile::tempdir().expect("a folder");
    for _ in 0..3 {
        std::thread::scope(|scope| {
            for sample in [&first, &second] {
                scope.spawn(|| sample.render(By::Us, "", out.path()).expect("a site"));
            }
        });
        assert!(possible.contains(&read(out.path())), "two sites are mixed");
    }
}

/// Under `mdbook serve` a site is built again and again from what is there: it is the one that a first build makes.
#[test]
fn a_served_site_is_the_one_that_a_first_build_makes() {
    let book = book(&["zh-CN", "en"], TWO);
    let edits: &[(&str, &str)] = &[
        ("src/en/b.md", "# B\n\nAnother text.\n"),
        ("src/en/b.md", "# Another title\n\n> [!NOTE]\n> x\n\n## Part\n"),
        ("src/zh/b.md", "# 乙\n\n## 部分\n"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [甲](zh/a.md)\n- [乙](zh/b.md)\n- [A](en/a.md)\n- [Another name](en/b.md)\n",
        ),
        ("src/SUMMARY.md", "# Summary\n\n- [乙](zh/b.md)\n- [甲](zh/a.md)\n  - [新](zh/c.md)\n- [A](en/a.md)\n"),
        ("theme/head.hbs", "<meta name=\"own\">"),
        ("src/zh/a.md", "# 甲\n"),
        ("src/SUMMARY.md", "# Summary\n\n- [乙](zh/b.md)\n- [甲](zh/a.md)\n- [新](zh/c.md)\n- [A](en/a.md)\n"),
        ("theme/index.hbs", "{{#each chapters}}{{name}} {{/each}}{{{ content }}}"),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [乙](zh/b.md)\n- [甲](zh/a.md)\n- [新](zh/c.md)\n- [丁](zh/d.md)\n- [A](en/a.md)\n",
        ),
    ];
    book.render(By::Us, SERVED, &book.site()).expect("a site");
    assert!(text(&read(&book.site()), "zh/a.html").contains("__livereload"));
    for (file, content) in [("src/en/a.md", "# A\n")].iter().chain(edits) {
        write(book.root(), file, content);
        book.render(By::Us, SERVED, &book.site()).expect("a site");
        let fresh = book.rendered(By::Us, SERVED);
        for (name, bytes) in read(&book.site()) {
            assert_equal(&format!("{file}: {name}"), &fresh[&name], &bytes);
        }
        assert_eq!(read(&book.site()).len(), fresh.len(), "{file}");
    }
}

/// Under `mdbook serve` an edit renders the page again that was edited, and with a new title those that name it.
#[test]
fn a_served_site_renders_again_only_what_an_edit_changes() {
    let summary = "# Summary\n\n- [甲](zh/a.md)\n- [乙](zh/b.md)\n- [A](en/a.md)\n- [B](en/b.md)\n- [C](en/c.md)\n- [D](en/d.md)\n";
    let files: Vec<(&str, &str)> = TWO
        .iter()
        .skip(1)
        .copied()
        .chain([("SUMMARY.md", summary), ("en/c.md", "# C\n"), ("en/d.md", "# D\n")])
        .collect();
    let book = book(&["zh-CN", "en"], &files);
    let keys = || -> BTreeSet<Key> {
        book.render(By::Us, SERVED, &book.site()).expect("a site");
        let pages = std::fs::read(book.site().join(kept::FILE)).expect("the pages that were kept");
        Kept::read(pages.clone()).keys().copied().collect()
    };
    let mut before = keys();
    assert_eq!(before.len(), 6);
    let renamed = summary.replace("[D]", "[Delta]");
    for (file, text, rendered) in [
        ("src/en/b.md", "# B\n\nAnother text, with words that the search has not seen.\n", 1),
        ("src/zh/b.md", "# 乙\n\n## 部分\n\n正文。\n", 1),
        ("src/SUMMARY.md", &renamed, 2),
    ] {
        write(book.root(), file, text);
        let now = keys();
        assert_eq!(now.difference(&before).count(), rendered, "{file}");
        before = now;
    }
}

/// mdBook starts the program, which is told the book as JSON; two of them at once, into one folder.
#[test]
fn the_program_renders_what_the_library_does() {
    use mdbook_bilingual_core::Bilingual;
    use mdbook_driver::MDBook;

    let files: Vec<(&str, &str)> = TWO
        .iter()
        .copied()
        .filter(|(name, _)| *name != "en/b.md")
        .chain([("en/b.md", "{{#title Own}}\n# B\n")])
        .collect();
    let sample = book(&["zh-CN", "en"], &files);
    let command = toml::Value::from(format!("\"{}\"", env!("CARGO_BIN_EXE_mdbook-bilingual-site")));
    let options = format!("[output.bilingual-site]\ncommand = {command}\n");
    let expected = sample.rendered(By::Us, &options);
    assert!(text(&expected, "en/b.html").contains("<title>Own</title>"), "{}", text(&expected, "en/b.html"));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut book = MDBook::load(sample.root()).expect("a book");
                book.with_preprocessor(Bilingual);
                book.build().expect("a site");
            });
        }
    });
    assert_eq!(read(&sample.site()), expected);
    // What the library refuses, the program refuses, with the same words.
    let broken = format!("{options}[output.bilingual-site.html]\nadditional-css = [\"none.css\"]\n");
    sample.attempt(By::Us, &broken).expect_err("no file");
    let mut book = MDBook::load(sample.root()).expect("a book");
    book.with_preprocessor(Bilingual);
    book.build().expect_err("no file");
    assert_eq!(read(&sample.site()), expected);
}

/// As `mdbook serve` starts it: pages were kept, and the notes are read while mdBook writes, also where the program is told
/// something else than mdBook.
#[test]
fn the_program_reads_ahead_where_an_author_waits() {
    use mdbook_bilingual_core::Bilingual;
    use mdbook_driver::MDBook;

    let variables: &[&str] = if cfg!(unix) { &["", "env MDBOOK_BOOK__TITLE=Other "] } else { &[""] };
    for variable in variables {
        let sample = book(&["zh-CN", "en"], TWO);
        let command = toml::Value::from(format!("{variable}\"{}\"", env!("CARGO_BIN_EXE_mdbook-bilingual-site")));
        let options = format!("[output.bilingual-site]\ncommand = {command}\n");
        let mut expected = sample.rendered(By::Us, &format!("{options}{SERVED}"));
        for round in 0..3 {
            if round == 2 {
                write(sample.root(), "src/zh/a.md", "---\ndate: 2025-01-02\n---\n\n# 丙\n\n见[乙](b.md)。\n");
                expected = sample.rendered(By::Us, &format!("{options}{SERVED}"));
                assert!(text(&expected, "zh/a.md").contains("2025-01-02"));
            }
            // The book's own file has no word of a server's.
            sample.rendered(By::Us, &options);
            let mut book = MDBook::load(sample.root()).expect("a book");
            book.config.set("output.html.live-reload-endpoint", "__livereload").expect("a key");
            book.with_preprocessor(Bilingual);
            book.build().expect("a site");
            assert!(sample.site().join(kept::FILE).is_file());
            // The index follows, and another program makes it: what it writes last is there, then it is at its end.
            let folder = sample.site().join("bilingual-search");
            let is_there = |tag: &str| {
                let name = format!("{tag}.js");
                std::fs::read(folder.join(&name))
                    .is_ok_and(|root| root == expected[&format!("bilingual-search/{name}")])
            };
            let begin = Instant::now();
            while !(is_there("zh-CN") && is_there("en")) && begin.elapsed() < Duration::from_secs(30) {
                std::thread::sleep(Duration::from_millis(20));
            }
            let _lock = lock(&folder);
            let mut site = read(&sample.site());
            assert!(site.remove("bilingual-search/.newest").is_some());
            assert!(site.keys().eq(expected.keys()), "{variable:?} {round}: {:?}", site.keys());
            assert!(site == expected, "{variable:?} {round}");
        }
    }
}

fn times(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let modified = |name: &PathBuf| folder.join(name).metadata().and_then(|file| file.modified()).expect("a time");
    files(folder).into_iter().map(|name| (name.clone(), modified(&name))).collect()
}
