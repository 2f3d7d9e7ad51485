//! The golden books, rendered to HTML by mdBook with the built program: what readers get.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::markdown::{Anatomy, outline};
use mdbook_bilingual_core::text::{Dialect, Wording};
use support::book::book;
use support::files::files;
use support::site::{heading_ids, main_part, own_links, pages, target};

use crate::program::{build_into, checkout};

/// Every link of the suite on every page leads somewhere; returns how many there are.
fn check_links(out: &Path, nested_first: bool) -> usize {
    let pages = pages(out);
    let files: BTreeSet<PathBuf> = files(out).into_iter().collect();
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
    for case in fs::read_dir(checkout().join("tests/golden")).expect("cases") {
        let case = case.expect("a case").path();
        let toml = fs::read_to_string(case.join("book.toml")).expect("book.toml");
        // Another renderer than mdBook's own has other pages, and a program of its own.
        let is_for_another = ["[output.markdown]", "[output.bilingual-site]"].iter().any(|table| toml.contains(table));
        if !case.join("expected").exists() || is_for_another {
            continue;
        }
        let out = tempfile::tempdir().expect("a folder");
        build_into(&case, out.path());
        let stderr = fs::read_to_string(case.join("stderr.txt")).unwrap_or_default();
        count += check_links(out.path(), stderr.contains("first-chapter-nested"));
    }
    assert!(count > 100, "only {count} links");
}

#[test]
fn titles_and_escapes_as_readers_see_them() {
    let out = tempfile::tempdir().expect("a folder");
    build_into(&checkout().join("tests/golden/all-passes"), out.path());
    let page = fs::read_to_string(out.path().join("zh/a.html")).expect("a page");
    assert!(page.contains("<title>&lt;script&gt; - 笔记</title>"), "{page}");
    assert!(!page.contains("<script>alert(1)") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{page}");
    assert!(page.contains("<div class=\"edition\" lang=\"zh-CN\">"), "{page}");
    let page = fs::read_to_string(out.path().join("en/b.html")).expect("a page");
    assert!(page.contains("{{{{ #include ../../book.toml }}}}</a></h1>"), "{page}");
    assert!(!page.contains("create-missing"), "a file was included: {page}");
    let toc = files(out.path()).into_iter().find(|file| file.to_string_lossy().starts_with("toc-")).expect("a sidebar");
    let toc = fs::read_to_string(out.path().join(toc)).expect("UTF-8");
    assert!(toc.contains("Include [Reviewed]"), "{toc}");
}

/// mdBook's search has to find the same headings with our element around the text as without.
#[test]
fn search_still_sees_the_headings() {
    let notes = [("SUMMARY.md", "# Summary\n\n[A](index.md)\n"), ("index.md", "# Alpha\n\ntext\n\n## Beta\n\nmore\n")];
    let with = book("[preprocessor.bilingual]\nrenderers = [\"html\"]\npasses = [\"language-switch\"]\n", &notes);
    let without = book("[preprocessor.bilingual]\nrenderers = [\"html\"]\npasses = []\n", &notes);
    let index = |folder: &tempfile::TempDir| {
        build_into(folder.path(), &folder.path().join("out"));
        let out = folder.path().join("out");
        let file =
            files(&out).into_iter().find(|file| file.to_string_lossy().starts_with("searchindex")).expect("an index");
        fs::read_to_string(out.join(file)).expect("UTF-8")
    };
    let (with, without) = (index(&with), index(&without));
    assert!(with.contains("#beta") && with.contains("#alpha"));
    assert_eq!(with, without);
}

/// mdBook's own function is private, so ours has to be held against its pages.
#[test]
fn headings_have_the_ids_that_we_think_they_have() {
    let text = "# A `--b` c\n\n## 中文 CJK -- x\n\n## 中文 CJK -- x\n\n### \"Q\" & *e* [l](index.md) <b>h</b>\n\n\
        ## Own {#mine}\n\n## mine\n\n> ## quoted\n\n- # in a list\n\nterm\n: text\n\n## term\n\nSet\n===\n\n#\n\n## a---b_c...\n\n<h2>raw</h2>\n\n## raw\n\n## 🎉 E\n\n## $x$ ![alt](p.png)\n\n## Foot[^b] and[^a]\n\n[^a]: A\n[^b]: B\n";
    let files = [("SUMMARY.md", "# Summary\n\n[A](index.md)\n"), ("index.md", text)];
    for smart in [true, false] {
        let toml = format!(
            "[preprocessor.bilingual]\nrenderers = [\"html\"]\npasses = []\n[output.html]\nsmart-punctuation = {smart}\n"
        );
        let folder = book(&toml, &files);
        build_into(folder.path(), &folder.path().join("out"));
        let html = fs::read_to_string(folder.path().join("out/index.html")).expect("a page");
        // No pass of ours has the page.
        let dialect = Dialect {
            definition_lists: true,
            plain_colons: false,
            plain_braces: false,
            straight: false,
            ..Dialect::default()
        };
        let anatomy = Anatomy::of(text, 0, &Wording::default().with_dialect(dialect));
        let ours: Vec<String> = outline::ids(&anatomy.headings, smart, false).into_iter().map(|ids| ids.page).collect();
        assert_eq!(ours, heading_ids(&html));
    }
}

/// Readers of a page see bold words and joined lines, and nobody sees the comments.
#[test]
fn east_asian_text_as_readers_see_it() {
    let out = tempfile::tempdir().expect("a folder");
    build_into(&checkout().join("tests/golden/east-asian"), out.path());
    let page = fs::read_to_string(out.path().join("zh/a.html")).expect("a page");
    for shown in [
        "<title>中文 - 笔记</title>",
        "<h1 id=\"中文后文\">",
        "<strong>中文。</strong><!---->后文",
        "<strong>真，</strong><!---->她说<!----><strong>“你好”</strong>",
        "换行，不留空隙，",
        "<code>**中。**后</code>",
        "id=\"分两行的标题\"",
        "<td><strong>甲。</strong>",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // What mdBook makes out of the text besides the page: the sidebar, its titles and the search.
    let mut looked_at = 0;
    for file in files(out.path()) {
        let name = file.to_string_lossy().into_owned();
        if name.starts_with("toc") || name.starts_with("searchindex") {
            let text = fs::read_to_string(out.path().join(&file)).expect("UTF-8");
            assert!(!text.contains("!----"), "{name}");
            assert!(!name.starts_with("searchindex") || text.contains("真，她说 “你好”然后"), "{name}: {text}");
            looked_at += 1;
        }
    }
    assert!(looked_at >= 3, "{looked_at}");
    // What links lead to is what is there.
    let (host, book) = Host::load(&checkout().join("tests/golden/east-asian")).expect("it loads");
    let reading = mdbook_bilingual_core::read(&host, &book);
    let page_of = reading.notebook.pages.iter().find(|page| page.path.html() == "zh/a.html").expect("a page");
    let ids =
        outline::ids(&page_of.anatomy.headings, true, reading.config.joins_lines(reading.notebook.script(page_of)));
    let ours: Vec<String> = ids.into_iter().map(|ids| ids.page).collect();
    assert_eq!(ours, heading_ids(&page));
    assert_eq!(page_of.anatomy.title.as_ref().map(|title| title.text.as_str()), Some("中文。后文"));
}

/// Markdown that another file brings is treated like the page's own, and its front matter is no part of the page.
#[test]
fn included_markdown_as_readers_see_it() {
    let out = tempfile::tempdir().expect("a folder");
    build_into(&checkout().join("tests/golden/includes"), out.path());
    let page = fs::read_to_string(out.path().join("a.html")).expect("a page");
    for shown in [
        "<strong>粗：</strong>",
        "<msup><mi>x</mi><mn>2</mn></msup>",
        "见<a href=\"https://e.com/x\">https://e.com/x</a>，好第二行。",
        "说明</p>",
        "<math display=\"block\">",
        "id=\"附加小节\"",
        "<strong>嵌套。</strong>",
        // In a block of code it is what somebody wanted to show.
        "title: 附\nstatus: draft\n",
        "{{#include ../extra.md}}",
        "第一行第二行",
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    assert_eq!(page.matches("status: draft").count(), 1, "{page}");
    for hidden in ["title: Windows", "Nested", "<hr", "**", "$$"] {
        assert!(!main_part(&page).contains(hidden), "{hidden}: {page}");
    }
    let page = fs::read_to_string(out.path().join("b.html")).expect("a page");
    assert!(!page.contains("date: 2025") && page.contains("A part of it."), "{page}");
    // Front matter that no directive brings is the author's text.
    assert!(page.contains("title: 不是 front matter"), "{page}");
}

/// What GitHub shows as text, mdBook shows as text; and what it shows as a picture, as one.
#[test]
fn text_as_github_shows_it() {
    let toml = "[output.html]\nedit-url-template = \"https://example.org/edit/{path}\"\n\
        [preprocessor.bilingual]\nrenderers = [\"html\"]\nlanguages = [\"zh-CN\"]\n";
    let files = [
        ("SUMMARY.md", "# Summary\n\n- [甲](index.md)\n- [乙](zh/sub/a.md)\n"),
        ("index.md", "# 甲\n\n地址的开头是 http://"),
        ("shared/y.png", ""),
        (
            "zh/sub/a.md",
            "# :rocket: 乙 {a, b}\n\n前文。\n\n::: tip 提示\n内容\n:::\n\n\
             对应\"hydroxo\"、\"oxo\"的情况，用 --flag。:warning: ![图](/shared/y.png) <img src='/shared/y.png'>\n\n\
             [去](#️-设置)、[回](#rocket-乙-a-b)\n\n## ⚙️ 设置\n\n\
             https://zh.wikipedia.org/wiki/图灵_(消歧义)\n",
        ),
    ];
    let folder = book(toml, &files);
    let out = folder.path().join("out");
    build_into(folder.path(), &out);
    let page = fs::read_to_string(out.join("zh/sub/a.html")).expect("a page");
    let page = page.split_once("<main>").and_then(|(_, main)| main.split_once("</main>")).expect("a text").0;
    for shown in [
        "<h1 id=\"rocket-乙-a-b\">",
        "🚀 乙 {a, b}",
        "::: tip 提示\n内容\n:::",
        "对应\"hydroxo\"、\"oxo\"的情况，用 --flag。⚠️",
        "<img src=\"../../shared/y.png\" alt=\"图\">",
        "<h2 id=\"-设置\">",
        "href=\"https://zh.wikipedia.org/wiki/图灵_(消歧义)\"",
    ] {
        assert!(page.replace("&quot;", "\"").contains(shown), "{shown}: {page}");
    }
    assert!(!page.contains("<dl>") && !page.contains("\"/shared"), "{page}");
    let path = fs::read_to_string(out.join("learning-path.html")).expect("a page that is added");
    assert!(path.contains("https://example.org/edit/book/SUMMARY.md"), "{path}");
}
