//! `mdbook-bilingual install`: what it adds to somebody's book, and what it leaves alone.

use std::fs;
use std::path::Path;

use support::files::{files, read};

use crate::program::{build, run_on};

fn install(root: &Path) -> (Option<i32>, String, String) {
    let run = run_on("install", root, &[]);
    (run.code, run.out().to_owned(), run.stderr)
}

/// A book as `mdbook init` leaves it, with two languages.
fn somebodys_book(book_toml: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("src/zh")).expect("a folder");
    fs::create_dir_all(folder.path().join("src/en")).expect("a folder");
    fs::write(folder.path().join("book.toml"), book_toml).expect("written");
    for (file, text) in [
        ("SUMMARY.md", "# Summary\n\n[Book](index.md)\n\n- [甲](zh/a.md)\n- [A](en/a.md)\n"),
        ("index.md", "# Book\n"),
        ("zh/a.md", "# 甲\n"),
        ("en/a.md", "# A\n"),
    ] {
        fs::write(folder.path().join("src").join(file), text).expect("written");
    }
    folder
}

#[test]
fn adds_a_table_and_keeps_everything_else() {
    let before = "# My book\n[book]\ntitle = \"Book\" # a title\n\n[output.html]\n# my styles\nadditional-css = [\"my.css\"]\ngit-repository-url = \"https://example.org\"\n\n[preprocessor.other]\ncommand = \"other\"\n";
    let folder = somebodys_book(before);
    fs::write(folder.path().join("my.css"), "").expect("written");
    let (code, said, stderr) = install(folder.path());
    assert_eq!(
        (code, said.as_str(), stderr.as_str()),
        (Some(0), "book.toml: updated\ntheme/bilingual.css: written\n", "")
    );
    let after = read(folder.path(), "book.toml");
    for line in before.lines().filter(|line| !line.starts_with("additional-css")) {
        assert!(after.lines().any(|other| other == line), "{line} is lost:\n{after}");
    }
    assert!(after.contains("additional-css = [\"my.css\", \"theme/bilingual.css\"]"), "{after}");
    let table = "[preprocessor.bilingual]\nrenderers = [\"html\"]\nafter = [\"index\"]\nbefore = [\"links\"]\nlanguages = [\"en\", \"zh-CN\"]\n";
    assert!(after.contains(table), "{after}");
    let css = read(folder.path(), "theme/bilingual.css");
    assert!(css.starts_with(&format!("/* mdbook-bilingual {} ", env!("CARGO_PKG_VERSION"))), "{}", &css[..80]);

    // The second time there is nothing to do.
    let (code, said, _) = install(folder.path());
    assert_eq!((code, said.as_str()), (Some(0), "book.toml: unchanged\ntheme/bilingual.css: unchanged\n"));
    assert_eq!((read(folder.path(), "book.toml"), read(folder.path(), "theme/bilingual.css")), (after, css));
}

#[test]
fn line_endings_stay() {
    let before = "[book]\r\ntitle = \"Book\"\r\n# end\r\n";
    let folder = somebodys_book(before);
    assert_eq!(install(folder.path()).0, Some(0));
    let after = read(folder.path(), "book.toml");
    assert!(after.starts_with("[book]\r\ntitle = \"Book\"\r\n"), "{after:?}");
    assert_eq!(after.matches('\n').count(), after.matches("\r\n").count(), "{after:?}");
    assert!(install(folder.path()).1.starts_with("book.toml: unchanged"));
}

#[test]
fn a_byte_order_mark_stays_and_no_renderer_is_added() {
    let folder = somebodys_book("\u{feff}[book]\ntitle = \"Book\"\n\n[output.markdown]\n");
    let (code, said, _) = install(folder.path());
    assert_eq!(
        (code, said.as_str()),
        (Some(0), "book.toml: updated\ntheme/bilingual.css: not needed without [output.html]\n")
    );
    let toml = read(folder.path(), "book.toml");
    assert!(toml.starts_with("\u{feff}[book]") && !toml.contains("output.html"), "{toml}");
    assert!(toml.contains("renderers = [\"markdown\"]"), "{toml}");
    assert!(!folder.path().join("theme").exists());
}

#[test]
fn an_empty_book_toml_is_enough() {
    let folder = somebodys_book("");
    assert_eq!(install(folder.path()).0, Some(0));
    let toml = read(folder.path(), "book.toml");
    assert!(!toml.contains("[preprocessor]\n") && !toml.contains("[output]\n"), "{toml}");
    toml::from_str::<toml::Table>(&toml).expect("TOML");
}

#[test]
fn what_the_author_chose_stays() {
    let folder = somebodys_book(
        "[preprocessor.bilingual]\nrenderers = [\"html\", \"markdown\"]\nlanguages = [\"zh-CN\"]\npasses = []\n",
    );
    assert_eq!(install(folder.path()).0, Some(0));
    let toml = read(folder.path(), "book.toml");
    for line in
        ["renderers = [\"html\", \"markdown\"]", "languages = [\"zh-CN\"]", "passes = []", "before = [\"links\"]"]
    {
        assert!(toml.contains(line), "{toml}");
    }
    assert_eq!(toml.matches("renderers").count(), 1);
}

#[test]
fn an_old_stylesheet_is_replaced_and_an_edited_one_is_kept() {
    let folder = somebodys_book("");
    install(folder.path());
    let new = read(folder.path(), "theme/bilingual.css");
    // What an earlier version wrote: its own text under its own hash.
    fs::write(folder.path().join("theme/bilingual.css"), "/* mdbook-bilingual 0.0.1 64b3e1ed2e1ef0bb */\nold\n")
        .expect("written");
    let edited = install(folder.path());
    assert!(edited.1.contains("theme/bilingual.css: kept"), "{}", edited.1);
    assert!(
        edited.2.contains("warning[stylesheet-edited]: theme/bilingual.css: this stylesheet was changed by hand"),
        "{}",
        edited.2
    );
    let old = "p { color: red }\n";
    let hash: String = {
        use sha2::Digest;
        sha2::Sha256::digest(old).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    };
    fs::write(folder.path().join("theme/bilingual.css"), format!("/* mdbook-bilingual 0.0.1 {hash} */\n{old}"))
        .expect("written");
    assert!(install(folder.path()).1.contains("theme/bilingual.css: updated"));
    assert_eq!(read(folder.path(), "theme/bilingual.css"), new);
    fs::write(folder.path().join("theme/bilingual.css"), new.clone() + "p {}\n").expect("written");
    assert!(install(folder.path()).1.contains("theme/bilingual.css: kept"));
    assert!(read(folder.path(), "theme/bilingual.css").ends_with("p {}\n"));
}

/// The scripts that draw diagrams, and the licence of the one that is not ours.
const SCRIPTS: [&str; 3] = ["bilingual/diagrams.js", "bilingual/mermaid.min.js", "bilingual/mermaid.license.txt"];

/// A book with a diagram, whose sources are in `book/notes/`.
fn book_with_a_diagram(more: &str) -> tempfile::TempDir {
    let folder =
        somebodys_book(&format!("[book]\nsrc = \"./book/notes/\"\n\n[build]\nbuild-dir = \"public\"\n\n{more}"));
    fs::create_dir_all(folder.path().join("book")).expect("a folder");
    fs::rename(folder.path().join("src"), folder.path().join("book/notes")).expect("moved");
    fs::write(folder.path().join("book/notes/zh/a.md"), "# 甲\n\n- 图\n\n  ```mermaid\n  graph LR\n  ```\n")
        .expect("written");
    folder
}

#[test]
fn the_font_is_for_a_book_with_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join("src")).expect("a folder");
    fs::write(root.join("src/SUMMARY.md"), "# Summary\n\n- [A](a.md)\n").expect("written");
    fs::write(root.join("book.toml"), "[book]\ntitle = \"x\"\n\n[output.html]\ntheme = \"look\"\n").expect("written");
    fs::write(root.join("src/a.md"), "# A\n\nIt costs $5, or 6$.\n").expect("written");
    let font = root.join("look/fonts/bilingual-math.woff2");
    install(root);
    assert!(!font.exists());
    fs::write(root.join("src/a.md"), "# A\n\n$x$\n").expect("written");
    let done = install(root).1;
    assert!(
        done.contains("look/fonts/bilingual-math.woff2: written\nlook/fonts/BILINGUAL-MATH-LICENSE.txt: written\n"),
        "{done}"
    );
    assert_eq!(fs::read(&font).expect("a font"), include_bytes!("../../theme/fonts/bilingual-math.woff2"));
    let done = install(root).1;
    assert!(done.contains("look/fonts/bilingual-math.woff2: unchanged\n"), "{done}");
}

#[test]
fn scripts_are_for_a_book_with_a_diagram() {
    let folder = somebodys_book("");
    install(folder.path());
    assert!(!folder.path().join("src/bilingual").exists());

    let folder = book_with_a_diagram("");
    let said = |what: &str| {
        let scripts: String = SCRIPTS.iter().map(|name| format!("book/notes/{name}: {what}\n")).collect();
        format!("theme/bilingual.css: {what}\n{scripts}")
    };
    let (code, out, stderr) = install(folder.path());
    assert_eq!((code, out, stderr.as_str()), (Some(0), format!("book.toml: updated\n{}", said("written")), ""));
    let texts = || SCRIPTS.map(|name| read(&folder.path().join("book/notes"), name));
    let before = texts();
    assert!(before[0].starts_with("/* mdbook-bilingual ") && before[1].starts_with("/* mdbook-bilingual "));
    assert!(before[2].contains("The MIT License") && before[2].contains("Permission is hereby granted"));
    let (_, out, stderr) = install(folder.path());
    assert_eq!((out, stderr.as_str()), (format!("book.toml: unchanged\n{}", said("unchanged")), ""));
    assert_eq!(texts(), before);

    for more in ["[output.markdown]\n", "[preprocessor.bilingual]\nskip = [\"diagrams\"]\n"] {
        let folder = book_with_a_diagram(more);
        let (_, out, _) = install(folder.path());
        assert!(!out.contains("notes/bilingual"), "{out}");
        assert!(!folder.path().join("book/notes/bilingual").exists(), "{more}");
    }
}

#[test]
fn an_edited_script_is_kept_and_an_old_one_replaced() {
    let folder = book_with_a_diagram("");
    install(folder.path());
    let path = |at: usize| folder.path().join("book/notes").join(SCRIPTS[at]);
    let new = [0, 1, 2].map(|at| fs::read_to_string(path(at)).expect("a file"));
    let old = "console.log(1);\n";
    let hash: String = {
        use sha2::Digest;
        sha2::Sha256::digest(old).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    };
    fs::write(path(0), format!("/* mdbook-bilingual 0.0.1 {hash} */\n{old}")).expect("written");
    fs::write(path(1), "// A build of our own.\n").expect("written");
    // What git does to a text on Windows is no edit.
    fs::write(path(2), new[2].replace('\n', "\r\n")).expect("written");
    let (code, out, stderr) = install(folder.path());
    assert_eq!(code, Some(0));
    for (at, change) in ["updated", "kept", "unchanged"].into_iter().enumerate() {
        assert!(out.contains(&format!("book/notes/{}: {change}\n", SCRIPTS[at])), "{out}");
    }
    assert!(
        stderr.contains("warning[file-edited]: book/notes/bilingual/mermaid.min.js: this file was changed by hand"),
        "{stderr}"
    );
    assert_eq!(fs::read_to_string(path(0)).expect("a file"), new[0]);
    assert_eq!(fs::read_to_string(path(1)).expect("a file"), "// A build of our own.\n");
    fs::write(path(2), new[2].replace("MIT", "other")).expect("written");
    let (_, out, stderr) = install(folder.path());
    assert!(out.contains("mermaid.license.txt: kept"), "{out}");
    assert!(stderr.contains("warning[file-edited]: book/notes/bilingual/mermaid.license.txt"), "{stderr}");
}

#[test]
fn the_scripts_reach_the_site() {
    let folder = book_with_a_diagram("");
    let check = |root: &Path| run_on("check", root, &[]).out().to_owned();
    let before = check(folder.path());
    assert!(before.contains("warning[diagram-script-missing]"), "{before}");
    assert!(before.contains("book/notes/bilingual/diagrams.js is not there"), "{before}");
    install(folder.path());
    assert!(!check(folder.path()).contains("diagram-script-missing"));
    fs::remove_file(folder.path().join("book/notes/bilingual/mermaid.min.js")).expect("removed");
    assert!(check(folder.path()).contains("bilingual/mermaid.min.js is not there"));
    install(folder.path());
    let toml = read(folder.path(), "book.toml").replace("\"public\"", "\"out\"");
    fs::write(folder.path().join("book.toml"), toml).expect("written");
    build(folder.path());
    for name in SCRIPTS {
        assert_eq!(read(&folder.path().join("out"), name), read(&folder.path().join("book/notes"), name), "{name}");
    }
    assert!(read(folder.path(), "out/zh/a.html").contains("'bilingual/diagrams.js'"));
    assert!(!read(folder.path(), "out/en/a.html").contains("diagrams.js"));
}

#[test]
fn the_book_that_it_installs_into_builds() {
    let folder = somebodys_book("[book]\ntitle = \"Book\"\n");
    install(folder.path());
    build(folder.path());
    let page = read(folder.path(), "book/zh/a.html");
    assert!(page.contains("href=\"../en/a.html\" hreflang=\"en\""), "{page}");
    let sheet = files(&folder.path().join("book/theme"));
    assert!(sheet.iter().any(|file| file.to_string_lossy().starts_with("bilingual")), "{sheet:?}");
}

#[test]
fn what_cannot_be_installed_into_is_left_alone() {
    let empty = tempfile::tempdir().expect("a folder");
    let (code, _, stderr) = install(empty.path());
    assert_eq!(code, Some(2));
    assert!(stderr.contains("book.toml cannot be read"), "{stderr}");
    for (toml, why) in [
        ("[book\n", "is not valid TOML; nothing was changed"),
        ("preprocessor = 1\n", "`preprocessor` is not a table"),
        ("[output.html]\nadditional-css = \"x\"\n", "is not a list"),
    ] {
        let folder = somebodys_book(toml);
        let (code, _, stderr) = install(folder.path());
        assert_eq!(code, Some(2), "{toml}");
        assert!(stderr.contains(why), "{stderr}");
        assert_eq!(read(folder.path(), "book.toml"), toml);
        assert!(!folder.path().join("theme").exists());
    }
}

#[test]
fn keys_of_mdbook_0_4_are_named() {
    let folder = somebodys_book("[book]\nmultilingual = false\n\n[output.html]\ncurly-quotes = true\n");
    let (code, _, stderr) = install(folder.path());
    assert_eq!(code, Some(1), "mdBook does not build it");
    for said in [
        "error[config-old]: book.toml:2:1: mdBook 0.5 no longer reads `book.multilingual`, and does not build the book; delete it",
        "error[config-old]: book.toml:5:1: mdBook 0.5 no longer reads `output.html.curly-quotes`, and drops the whole table [output.html]",
    ] {
        assert!(stderr.contains(said), "{stderr}");
    }
    assert!(stderr.ends_with("`install --upgrade` puts right what has one answer\n"), "{stderr}");
    assert!(read(folder.path(), "book.toml").contains("curly-quotes = true"), "nobody asked for a change");
}

#[test]
fn an_upgrade_mends_what_has_one_answer() {
    let before = "[book]\n# how many\nmultilingual = false # languages\n\n[output.html]\ncurly-quotes = true\ngit-repository-url = \"https://github.com/o/r\"\ngit-repository-icon = \"fa-github\" # here\n\n[output.html.playpen]\neditor = \"ace\"\n";
    let folder = somebodys_book(before);
    let with = |args: &[&str]| {
        let run = run_on("install", folder.path(), args);
        (run.code, run.out().to_owned(), run.stderr)
    };
    let (code, dry, stderr) = with(&["--upgrade", "--dry-run"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert!(
        dry.starts_with("Nothing was written; without --dry-run:\nbook.toml:3: `book.multilingual` deleted\n"),
        "{dry}"
    );
    assert_eq!(read(folder.path(), "book.toml"), before);
    assert!(!folder.path().join("theme").exists());

    let (code, said, stderr) = with(&["--upgrade"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert_eq!(format!("Nothing was written; without --dry-run:\n{said}"), dry);
    let after = read(folder.path(), "book.toml");
    let html = "[output.html]\nsmart-punctuation = true\ngit-repository-url = \"https://github.com/o/r\"\ngit-repository-icon = \"fab-github\" # here\nadditional-css = [\"theme/bilingual.css\"]\n\n[output.html.playground]\n";
    assert!(after.starts_with(&format!("[book]\n# how many\n# languages\n\n{html}")), "{after}");
    let config: mdbook::config::Config = after.parse().expect("mdBook takes it");
    assert!(config.html_config().is_some_and(|html| html.additional_css.len() == 1));
    let (code, said, _) = with(&["--upgrade"]);
    assert_eq!((code, said.lines().next()), (Some(0), Some("book.toml: unchanged")));
}

/// What a book's table says of its order, and what `install` says of includes.
fn order(book_toml: &str, page: &str) -> (String, bool) {
    let folder = somebodys_book(book_toml);
    fs::write(folder.path().join("extra.md"), "---\ntitle: Extra\n---\n**粗：**后文 $x$\n").expect("written");
    fs::write(folder.path().join("src/code.rs"), "fn main() {}\n").expect("written");
    fs::write(folder.path().join("src/energy.tex"), "E = mc^2\n").expect("written");
    fs::write(folder.path().join("src/zh/a.md"), format!("# 甲\n\n{page}\n")).expect("written");
    let (code, _, stderr) = install(folder.path());
    assert_eq!(code, Some(0), "{stderr}");
    let table = read(folder.path(), "book.toml");
    let order = table.lines().filter(|line| line.starts_with("after") || line.starts_with("before"));
    let order = order.collect::<Vec<_>>().join(" ");
    assert_eq!(install(folder.path()).1.lines().next(), Some("book.toml: unchanged"), "{table}");
    (order, stderr.contains("include-untreated"))
}

#[test]
fn a_book_that_includes_markdown_is_read_behind_links() {
    let (book, behind) = ("[book]\ntitle = \"Book\"\n", "after = [\"index\", \"links\"]");
    let before = "after = [\"index\"] before = [\"links\"]";
    for page in [
        "{{#include ../../extra.md}}",
        "- {{ #include ../../extra.md:2: }}",
        "text {{#include ../../extra.md:anchor}} text",
        "{{#rustdoc_include ../../extra.md}}",
        "```\n{{#include ../code.rs}}\n```\n\n{{#include ../../extra.md}}",
        "$$\n{{#include ../energy.tex}}\n$$",
        "text ${{#include ../energy.tex}}$",
        "```math\n{{#include ../energy.tex}}\n```",
    ] {
        assert_eq!(order(book, page), (behind.to_owned(), false), "{page}");
    }
    for page in [
        "```markdown\n{{#include ../../extra.md}}\n```",
        "{{#include ../code.rs}}",
        "{{#playground ../code.rs}}",
        "\\{{#include ../../extra.md}}",
        "`{{#include ../../extra.md}}`",
        "{{#include ../../gone.md}}",
        "$${{#include ../gone.tex}}$$",
        "$x$ {{#include ../energy.tex}} $x$",
        "{{#include ../../../elsewhere.md}}",
        "{{#title extra.md}}",
    ] {
        assert_eq!(order(book, page), (before.to_owned(), false), "{page}");
    }
    // What somebody settled stays, and never becomes a circle.
    let page = "{{#include ../../extra.md}}";
    let table = |keys: &str| format!("{book}[preprocessor.bilingual]\n{keys}\n");
    assert_eq!(
        order(&table("before = [\"links\"]"), page),
        (format!("before = [\"links\"] {}", "after = [\"index\"]"), true)
    );
    let tex = "$$\n{{#include ../energy.tex}}\n$$";
    assert!(order(&table("before = [\"links\"]"), tex).1);
    assert!(!order(&table("before = [\"links\"]\nskip = [\"formulas\"]"), tex).1);
    assert_eq!(order(&table("after = [\"links\"]"), page), ("after = [\"links\"]".to_owned(), false));
    assert_eq!(order(&table("after = [\"index\"]"), page), ("after = [\"index\"]".to_owned(), false));
    assert_eq!(order(&table("after = [\"links\"]"), "text"), ("after = [\"links\"]".to_owned(), false));
}

/// What a page brings needs its font, too.
#[test]
fn the_font_comes_with_a_formula_that_is_included() {
    let folder = somebodys_book("[book]\ntitle = \"Book\"\n");
    fs::write(folder.path().join("extra.md"), "$x$\n").expect("written");
    fs::write(folder.path().join("src/zh/a.md"), "# 甲\n\n{{#include ../../extra.md}}\n").expect("written");
    let (_, said, _) = install(folder.path());
    assert!(said.contains("bilingual-math.woff2: written"), "{said}");
}

#[test]
fn a_book_moves_to_the_site_and_back() {
    let folder = somebodys_book(
        "[book]\ntitle = \"Book\"\n\n# how it looks\n[output.html]\nsite-url = \"/book/\"\n\n[output.html.search]\nlimit-results = 20\n",
    );
    install(folder.path());
    let before = read(folder.path(), "book.toml");
    let workflows = folder.path().join(".github/workflows");
    fs::create_dir_all(&workflows).expect("a folder");
    fs::write(workflows.join("pages.yml"), "env:\n  MDBOOK_OUTPUT__HTML__SITE_URL: /x/\n").expect("written");
    let with = |args: &[&str]| {
        let run = run_on("install", folder.path(), args);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.out().to_owned()
    };
    let dry = with(&["--site", "--dry-run"]);
    assert_eq!(read(folder.path(), "book.toml"), before);
    let said = with(&["--site"]);
    assert_eq!(format!("Nothing was written; without --dry-run:\n{said}"), dry);
    let left = ".github/workflows/pages.yml: `MDBOOK_OUTPUT__HTML__SITE_URL` has to become `MDBOOK_OUTPUT__BILINGUAL_SITE__HTML__SITE_URL`; it was not changed.\n";
    let want = format!(
        "book.toml: [output.html] is now [output.bilingual-site.html]\nbook.toml: \"bilingual-site\" added to `preprocessor.bilingual.renderers`\nbook.toml: updated\ntheme/bilingual.css: unchanged\n{left}"
    );
    assert_eq!(said, want);
    let after = read(folder.path(), "book.toml");
    let html = "[output.bilingual-site]\n\n# how it looks\n[output.bilingual-site.html]\nsite-url = \"/book/\"\nadditional-css = [\"theme/bilingual.css\"]\n\n[output.bilingual-site.html.search]\nlimit-results = 20\n";
    assert!(after.contains(html) && after.contains("renderers = [\"html\", \"bilingual-site\"]"), "{after}");
    let config: mdbook::config::Config = after.parse().expect("mdBook takes it");
    assert!(config.html_config().is_none());
    // It stays there when it is installed again, by whatever words.
    for args in [&["--site"] as &[&str], &[]] {
        assert!(with(args).starts_with("book.toml: unchanged\ntheme/bilingual.css: unchanged\n"), "{args:?}");
    }
    with(&["--no-site"]);
    assert_eq!(read(folder.path(), "book.toml"), before);
    assert!(with(&["--no-site"]).starts_with("book.toml: unchanged\n"));
}

#[test]
fn a_book_without_the_suite_gets_it_for_the_site() {
    let folder = somebodys_book("[book]\ntitle = \"Book\"\n");
    let run = run_on("install", folder.path(), &["--site"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let toml = read(folder.path(), "book.toml");
    let tables =
        "[output.bilingual-site]\n\n[output.bilingual-site.html]\nadditional-css = [\"theme/bilingual.css\"]\n";
    assert!(toml.contains(tables) && toml.contains("renderers = [\"bilingual-site\"]"), "{toml}");
    assert!(folder.path().join("theme/bilingual.css").is_file());
    let both = format!("{toml}\n[output.html]\n");
    fs::write(folder.path().join("book.toml"), &both).expect("written");
    for flag in ["--site", "--no-site"] {
        let run = run_on("install", folder.path(), &[flag]);
        assert_eq!(run.code, Some(2));
        assert!(run.stderr.contains("book.toml has both [output.html] and [output.bilingual-site]"), "{}", run.stderr);
        assert_eq!(read(folder.path(), "book.toml"), both);
    }
    // A command that is none of ours is not guessed at.
    fs::write(folder.path().join("book.toml"), "[book]\n[preprocessor.bilingual]\ncommand = \"cargo run --\"\n")
        .expect("written");
    let run = run_on("install", folder.path(), &["--site"]);
    assert!(run.out().contains("the preprocessor is started by `cargo run --`"), "{}", run.out());
    assert!(!read(folder.path(), "book.toml").contains("mdbook-bilingual-site"));
}

#[test]
fn other_plugins_that_have_to_hear_of_the_site_are_named() {
    let folder = somebodys_book(
        "[book]\ntitle = \"x\"\n\n[preprocessor.bilingual]\nrenderers = [\"html\"]\n\n[preprocessor.mermaid]\nrenderers = [\"html\"]\n\n[preprocessor.katex]\n\n[output.html]\n\n[output.epub]\n",
    );
    let run = run_on("install", folder.path(), &["--site"]);
    let stdout = run.out().to_owned();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    for said in [
        "book.toml: [preprocessor.mermaid] runs for \"html\" and not for \"bilingual-site\"; add that to its `renderers`.\n",
        "With [output.epub] beside it, mdBook builds the site in the folder bilingual-site of its output",
    ] {
        assert!(stdout.contains(said), "{stdout}");
    }
    assert!(!stdout.contains("katex"), "{stdout}");
}
