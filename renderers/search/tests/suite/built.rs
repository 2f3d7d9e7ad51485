//! The program, on folders that `mdbook build` writes.

use std::path::Path;
use std::process::{Command, Output};

use mdbook_driver::MDBook;
use support::files::{files, write};
use tempfile::TempDir;

/// A book as mdBook builds it, in the folder `book` of this one.
fn built(options: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(root, "book.toml", &format!("[book]\ntitle = \"Notes\"\nlanguage = \"zh-CN\"\n\n{options}\n"));
    write(root, "src/SUMMARY.md", "# Summary\n\n- [甲](a.md)\n- [B](deep/b.md)\n");
    write(root, "src/a.md", "# 甲\n\n关于显存的一段。\n\n## 乙\n\nKV cache\n");
    write(root, "src/deep/b.md", "# B\n\n<div class=\"edition\" lang=\"en\">\n\nText about memory.\n\n</div>\n");
    MDBook::load(root).expect("a book").build().expect("a site");
    folder
}

fn run(folder: &Path) -> Output {
    let program = env!("CARGO_BIN_EXE_mdbook-bilingual-search");
    Command::new(program).arg(folder).output().expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn a_book_of_mdbooks_is_searched_by_us() {
    let book = built("");
    let site = book.path().join("book");
    let output = run(&site);
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("zh-CN: 2 sections") && said(&output).contains("en: 1 sections"),
        "{}",
        said(&output)
    );
    let names: Vec<String> = files(&site).iter().map(|name| name.to_string_lossy().into_owned()).collect();
    for gone in ["searcher", "searchindex", "elasticlunr", "mark-"] {
        assert!(!names.iter().any(|name| name.starts_with(gone)), "{gone}: {names:?}");
    }
    let page = |name: &str| std::fs::read_to_string(site.join(name)).expect("a page");
    let (chinese, english) = (page("a.html"), page("deep/b.html"));
    for (page, up, tag) in [(&chinese, "", "zh-CN"), (&english, "../", "en"), (&page("print.html"), "", "zh-CN")] {
        let begin = format!("<script src=\"{up}bilingual-search-");
        assert_eq!(page.matches(&begin).count(), 1, "{page}");
        assert!(page.contains(&format!("data-languages=\"zh-CN en\" data-language=\"{tag}\"")), "{page}");
        assert!(!page.contains("src=\"../searcher") && !page.contains("src=\"searcher"), "{page}");
    }
    // The front page is the first chapter once more, and is found once.
    let index = std::fs::read_to_string(site.join("bilingual-search/zh-CN.js")).expect("an index");
    assert!(index.contains("\"pages\":\"2\""), "{index}");

    // Again: the same bytes.
    let before: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(site.join(name)).expect("a file")).collect();
    assert!(run(&site).status.success());
    let after: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(site.join(name)).expect("a file")).collect();
    assert!(before == after && files(&site).len() == names.len());
}

#[test]
fn what_is_not_mdbooks_stays() {
    let book = built("");
    let root = book.path();
    let toml = std::fs::read_to_string(root.join("book.toml")).expect("a file");
    let own = "[output.html]\nadditional-js = [\"benchmark.js\", \"researcher.js\", \"js/bookmark.js\"]\n";
    write(root, "book.toml", &(toml + own));
    for name in ["benchmark.js", "researcher.js", "js/bookmark.js"] {
        write(root, name, "mine");
    }
    MDBook::load(root).expect("a book").build().expect("a site");
    let site = root.join("book");
    write(&site, "demo/other.html", "<html><body><main lang=\"fr\"><p>autre</p></main></body></html>");
    std::fs::write(site.join("demo/latin.html"), b"<main>\xe9</main>").expect("a file");
    write(&site, "bilingual-search/en/x.html", "<p>a chapter of the author's</p>");
    let scripts = |page: &str| page.matches("<script src=").count();
    let before = std::fs::read_to_string(site.join("a.html")).expect("a page");
    let output = run(&site);
    assert!(output.status.success() && !said(&output).contains("fr:"), "{}", said(&output));
    let page = std::fs::read_to_string(site.join("a.html")).expect("a page");
    assert_eq!(scripts(&page), scripts(&before) - 2, "three give way to one: {page}");
    for name in ["benchmark", "researcher", "js/bookmark"] {
        assert!(page.contains(&format!("<script src=\"{name}")), "{name}: {page}");
    }
    assert!(site.join("demo/latin.html").is_file() && site.join("bilingual-search/en/x.html").is_file());
}

#[test]
fn a_folder_that_is_no_book_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = run(&folder.path().join("none"));
    assert_eq!(missing.status.code(), Some(1));
    assert!(said(&missing).contains("there is no folder") && said(&missing).contains("build the book first"));
    write(folder.path(), "a.html", "<html><body><p>mine</p></body></html>");
    let other = run(folder.path());
    assert_eq!(other.status.code(), Some(1));
    assert!(said(&other).contains("no page of an mdBook is in"), "{}", said(&other));
    assert_eq!(files(folder.path()).len(), 1);

    for script in ["bilingual-site-0a1b2c3d.js", "bilingual-site.js", "../bilingual-site.js"] {
        let folder = tempfile::tempdir().expect("a folder");
        let page = format!(
            "<html lang=\"en\"><div id=\"mdbook-content\"><main></main></div><script src=\"{script}\"></script>"
        );
        write(folder.path(), "a.html", &page);
        let output = run(folder.path());
        assert!(said(&output).contains("a page of mdbook-bilingual-site"), "{script}: {}", said(&output));
        assert_eq!(files(folder.path()).len(), 1);
    }

    let book = built("[output.html.search]\nenable = false");
    let site = book.path().join("book");
    let before = files(&site);
    let output = run(&site);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("no page in") && said(&output).contains("search.enable"), "{}", said(&output));
    assert_eq!(files(&site), before);
}
