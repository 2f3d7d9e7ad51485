//! The golden books, rendered to HTML by mdBook with the built program: what readers get.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_driver::MDBook;
use regex::Regex;

/// Builds a book with the built program as its preprocessor.
fn build(root: &Path, out: &Path) {
    let mut book = MDBook::load(root).unwrap_or_else(|error| panic!("{}: {error:#}", root.display()));
    let mut config = book.config.clone();
    config
        .set("preprocessor.bilingual.command", format!("\"{}\"", env!("CARGO_BIN_EXE_mdbook-bilingual")))
        .expect("set");
    config.build.build_dir = out.to_owned();
    book = MDBook::load_with_config(root, config).expect("loads");
    book.build().unwrap_or_else(|error| panic!("{}: {error:#}", root.display()));
}

/// The pages of a built book.
fn pages(out: &Path) -> Vec<(PathBuf, String)> {
    common::files(out)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "html"))
        .filter(|file| !["print.html", "404.html", "toc.html"].contains(&file.to_string_lossy().as_ref()))
        .map(|file| (file.clone(), fs::read_to_string(out.join(&file)).expect("UTF-8")))
        .collect()
}

/// The addresses in what the suite wrote on a page.
fn own_links(html: &str) -> Vec<String> {
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        let element = |tag: &str, class: &str| format!(r#"<{tag} class="{class}[^"]*".*?</{tag}>"#);
        let all = [
            element("nav", "language-switch"),
            element("aside", "cross-post"),
            element("aside", "review-status"),
            element("ol", "learning-path"),
            element("ul", "external-reading"),
        ];
        Regex::new(&format!("(?s){}", all.join("|"))).expect("a valid pattern")
    });
    static HREF: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<a [^>]*href="([^"]*)""#).expect("a valid pattern"));
    OWN.find_iter(html)
        .flat_map(|own| {
            HREF.captures_iter(own.as_str())
                .map(|found| found[1].replace("&#39;", "'").replace("&amp;", "&"))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The file that a relative link on a page leads to.
fn target(page: &Path, link: &str) -> PathBuf {
    let link =
        percent_encoding::percent_decode_str(link.split('#').next().unwrap_or(link)).decode_utf8().expect("UTF-8");
    let mut path: Vec<String> = page
        .parent()
        .expect("a folder")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            part => path.push(part.to_owned()),
        }
    }
    path.iter().collect()
}

/// Every link of the suite on every page leads somewhere; returns how many there are.
fn check_links(out: &Path, nested_first: bool) -> usize {
    let pages = pages(out);
    let files: BTreeSet<PathBuf> = common::files(out).into_iter().collect();
    let mut count = 0;
    for (page, html) in &pages {
        // A first chapter in a folder is shown at the root too, with links that cannot work there; the suite warns.
        if nested_first && page == Path::new("index.html") {
            continue;
        }
        for link in own_links(html) {
            count += 1;
            if link.starts_with("https://") || link.starts_with("http://") {
                continue;
            }
            assert!(files.contains(&target(page, &link)), "{}: {link} leads nowhere", page.display());
        }
        assert!(!html.contains("{{#title"), "{}: a directive is shown", page.display());
    }
    count
}

#[test]
fn no_link_of_ours_is_dead() {
    let mut count = 0;
    for case in fs::read_dir(common::checkout().join("tests/golden")).expect("cases") {
        let case = case.expect("a case").path();
        let toml = fs::read_to_string(case.join("book.toml")).expect("book.toml");
        if !case.join("expected").exists() || toml.contains("[output.markdown]") {
            continue;
        }
        let out = tempfile::tempdir().expect("a folder");
        build(&case, out.path());
        let stderr = fs::read_to_string(case.join("stderr.txt")).unwrap_or_default();
        count += check_links(out.path(), stderr.contains("first-chapter-nested"));
    }
    assert!(count > 100, "only {count} links");
}

#[test]
fn titles_and_escapes_as_readers_see_them() {
    let out = tempfile::tempdir().expect("a folder");
    build(&common::checkout().join("tests/golden/all-passes"), out.path());
    let page = fs::read_to_string(out.path().join("zh/a.html")).expect("a page");
    assert!(page.contains("<title>&lt;script&gt; - 笔记</title>"), "{page}");
    assert!(!page.contains("<script>alert(1)") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    assert!(page.contains("<div class=\"edition\" lang=\"zh-CN\">"), "{page}");
    let page = fs::read_to_string(out.path().join("en/b.html")).expect("a page");
    assert!(page.contains("{{{{ #include ../../book.toml }}}}</a></h1>"), "{page}");
    assert!(!page.contains("create-missing"), "a file was included: {page}");
    let toc = common::files(out.path())
        .into_iter()
        .find(|file| file.to_string_lossy().starts_with("toc-"))
        .expect("a sidebar");
    let toc = fs::read_to_string(out.path().join(toc)).expect("UTF-8");
    assert!(toc.contains("Include [Reviewed]"), "{toc}");
}

/// mdBook's search has to find the same headings with our element around the text as without.
#[test]
fn search_still_sees_the_headings() {
    let files = [("SUMMARY.md", "# Summary\n\n[A](index.md)\n"), ("index.md", "# Alpha\n\ntext\n\n## Beta\n\nmore\n")];
    let with =
        common::book("[preprocessor.bilingual]\nrenderers = [\"html\"]\npasses = [\"language-switch\"]\n", &files);
    let without = common::book("[preprocessor.bilingual]\nrenderers = [\"html\"]\npasses = []\n", &files);
    let index = |folder: &tempfile::TempDir| {
        build(folder.path(), &folder.path().join("out"));
        let out = folder.path().join("out");
        let file = common::files(&out)
            .into_iter()
            .find(|file| file.to_string_lossy().starts_with("searchindex"))
            .expect("an index");
        fs::read_to_string(out.join(file)).expect("UTF-8")
    };
    let (with, without) = (index(&with), index(&without));
    assert!(with.contains("#beta") && with.contains("#alpha"));
    assert_eq!(with, without);
}
