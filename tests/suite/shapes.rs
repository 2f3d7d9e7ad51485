//! What `adopt` makes of folders that were made for other tools, or for mdBook in one language each.

use std::path::Path;

use support::files::{self, read, write};

use crate::program::{build, run_on};

fn adopt(root: &Path, arguments: &[&str]) -> String {
    let run = run_on("adopt", root, arguments);
    assert_eq!(run.code, Some(0), "{}\n{}", run.out(), run.stderr);
    run.out().to_owned()
}

/// A folder with these files, and with notes that hold nothing but their title and a sentence: `file=title`.
fn folder(files: &[(&str, &str)], notes: &[&str]) -> tempfile::TempDir {
    let folder = files::folder(files);
    for note in notes {
        let (file, title) = note.split_once('=').expect("file=title");
        let text =
            if title.is_ascii() { "This is a sentence in English." } else { "这是一句中文，说明内容。" };
        write(folder.path(), file, &format!("# {title}\n\n{text}\n"));
    }
    folder
}

/// mdBook builds the book, and the page of this source has these words.
fn builds(root: &Path, page: &str, words: &str) {
    let html = read(&build(root), page);
    assert!(html.contains(words), "{html}");
}

/// A second run has nothing to do.
fn settles(root: &Path, arguments: &[&str]) {
    let summary = read(root, "book/SUMMARY.md");
    let toml = read(root, "book.toml");
    let out = adopt(root, arguments);
    assert!(out.contains("SUMMARY.md unchanged, 0 chapters"), "{out}");
    assert_eq!((read(root, "book/SUMMARY.md"), read(root, "book.toml")), (summary, toml));
}

const TWO_LANGUAGES: &[&str] = &[
    "zh/preface.md=前言一篇",
    "zh/intro.md=简介一篇",
    "zh/basics.md=基础一篇",
    "zh/zebra.md=斑马一篇",
    "zh/thanks.md=致谢一篇",
    "en/preface.md=The preface",
    "en/intro.md=The intro",
    "en/basics.md=The basics",
    "en/zebra.md=The zebra",
    "en/thanks.md=The thanks",
];

const CHINESE: &str = "# 目录\n\n[前言](preface.md)\n\n# 动物\n\n- [斑马](./zebra.md)\n- [附录]()\n  - [基础](basics.md)\n\n# 其余\n\n- [简介](intro.md)\n\n---\n\n[致谢](thanks.md)\n";
const ENGLISH: &str = "# Summary\n\n[Preface](preface.md)\n\n# Animals\n\n- [Zebra](./zebra.md)\n- [Appendix]()\n  - [Basics](basics.md)\n\n# The rest\n\n- [Intro](intro.md)\n\n---\n\n[Thanks](thanks.md)\n";

fn as_listed(zh: &str, en: &str) -> String {
    format!(
        "# English\n\n- [Preface]({en}preface.md)\n\n# Animals\n\n- [Zebra]({en}zebra.md)\n- [Appendix]()\n  - [Basics]({en}basics.md)\n\n# The rest\n\n- [Intro]({en}intro.md)\n- [Thanks]({en}thanks.md)\n\n# 简体中文\n\n- [前言]({zh}preface.md)\n\n# 动物\n\n- [斑马]({zh}zebra.md)\n- [附录]()\n  - [基础]({zh}basics.md)\n\n# 其余\n\n- [简介]({zh}intro.md)\n- [致谢]({zh}thanks.md)\n"
    )
}

#[test]
fn a_table_of_contents_for_each_language_gives_the_order() {
    let folder = folder(&[("zh/SUMMARY.md", CHINESE), ("en/SUMMARY.md", ENGLISH)], TWO_LANGUAGES);
    let root = folder.path();
    let out = adopt(root, &[]);
    for line in [
        "Catalogue: en/SUMMARY.md, 5 entries: 5 for notes, 0 for texts elsewhere\n",
        "Catalogue: zh/SUMMARY.md, 5 entries: 5 for notes, 0 for texts elsewhere\n",
        "\nPairs: 5\n",
        "\nIn no catalogue: 0\n",
    ] {
        assert!(out.contains(line), "{out}");
    }
    let summary = read(root, "book/SUMMARY.md");
    assert!(summary.ends_with(&as_listed("zh/", "en/")), "{summary}");
    settles(root, &[]);
    builds(root, "zh/zebra.html", "斑马一篇");
}

#[test]
fn chapters_without_a_text_yet_come_over() {
    let zh = "# 目录\n\n- [斑马](zebra.md)\n  - [待写]()\n- [以后]()\n\n# 附录\n\n- [索引]()\n\n[后记]()\n";
    let folder = folder(&[("zh/SUMMARY.md", zh)], &["zh/zebra.md=斑马一篇", "en/zebra.md=The zebra"]);
    let out = adopt(folder.path(), &[]);
    assert!(
        out.contains("Catalogue: zh/SUMMARY.md, 5 entries: 1 for notes, 0 for texts elsewhere, 4 without a text yet\n"),
        "{out}"
    );
    let summary = read(folder.path(), "book/SUMMARY.md");
    let chinese = "# 简体中文\n\n- [斑马](zh/zebra.md)\n  - [待写]()\n- [以后]()\n\n# 附录\n\n- [索引]()\n- [后记]()\n";
    assert!(summary.contains(chinese), "{summary}");
    assert_eq!(summary.matches("]()").count(), 4, "{summary}");
    settles(folder.path(), &[]);
    builds(folder.path(), "zh/zebra.html", "斑马一篇");
}

#[test]
fn tables_of_contents_side_by_side_are_told_by_their_names() {
    for (zh, en) in [("SUMMARY-zh.md", "SUMMARY_en.md"), ("docs/SUMMARY.zh.md", "docs/SUMMARY.md")] {
        let in_folders = |text: &str, language: &str| {
            let up = if zh.contains('/') { "../" } else { "" };
            text.replace("./zebra", "zebra")
                .replace("](", &format!("]({up}{language}/"))
                .replace(&format!("({up}{language}/)"), "()")
        };
        let folder = folder(&[(zh, &in_folders(CHINESE, "zh")), (en, &in_folders(ENGLISH, "en"))], TWO_LANGUAGES);
        let out = adopt(folder.path(), &[]);
        assert!(out.contains(&format!("Catalogue: {zh}, 5 entries")), "{out}");
        let summary = read(folder.path(), "book/SUMMARY.md");
        assert!(summary.ends_with(&as_listed("zh/", "en/")), "{summary}");
    }
}

/// Two books, `en` and `zh` below `above`, and a loose note.
fn two_books(above: &str) -> tempfile::TempDir {
    let zh = "[book]\ntitle = \"一本书\"\ndescription = \"说明\"\nauthors = [\"甲\"]\nlanguage = \"zh\"\n\n[output.html]\nmathjax-support = true\nadditional-css = [\"x.css\"]\n";
    let en = "[book]\ntitle = \"A book\"\nauthors = [\"Me\", \"甲\"]\nlanguage = \"en\"\n\n[output.html]\nmathjax-support = true\n\n[preprocessor.mermaid]\n";
    let at = |file: &str| format!("{above}{file}");
    let files = [
        (at("zh/book.toml"), zh),
        (at("en/book.toml"), en),
        (at("zh/src/SUMMARY.md"), CHINESE),
        (at("en/src/SUMMARY.md"), ENGLISH),
        (at("en/README.md"), "# How to build\n\nNo chapter of the book.\n"),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), *text)).collect();
    let notes: Vec<String> = TWO_LANGUAGES
        .iter()
        .map(|note| at(&note.replacen('/', "/src/", 1)))
        .chain(["loose.md=A loose note".to_owned()])
        .collect();
    folder(&files, &notes.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn pairs_of_two_books_are_not_counted_unless_they_are_joined() {
    let folder = two_books("");
    let out = adopt(folder.path(), &["--dry-run"]);
    for line in [
        "Languages: English (en) 1\n",
        "\nPairs: 0\n",
        "\nen/ is a book of its own (notes: 6); run `mdbook-bilingual install en` for it\n",
        "\nen/ and zh/ are books in different languages, with 5 pairs between them, which no book shows;\n`mdbook-bilingual adopt --join` makes one book of them\n",
        "book/SUMMARY.md written, 1 chapters\n",
    ] {
        assert!(out.contains(line), "{line}\n---\n{out}");
    }
    adopt(folder.path(), &[]);
    let toml = read(folder.path(), "book.toml");
    assert!(toml.contains("language = \"en\"") && !toml.contains("languages"), "{toml}");
}

#[test]
fn two_books_become_one() {
    for above in ["", "docs/", "book/"] {
        let folder = two_books(above);
        let root = folder.path();
        let before: Vec<String> = ["en/book.toml", "zh/book.toml", "en/src/SUMMARY.md"]
            .iter()
            .map(|file| read(root, &format!("{above}{file}")))
            .collect();
        let out = adopt(root, &["--join"]);
        let book = if above == "book/" { "mdbook" } else { "book" };
        for line in [
            "\nPairs: 5\n".to_owned(),
            format!("\n{above}en/ is a book that becomes a part of this one, and stays as it is\n"),
            format!("Of {above}en/book.toml these stay out: preprocessor.mermaid\n"),
            format!("Of {above}zh/book.toml these stay out: output.html.additional-css\n"),
            format!("{book}/SUMMARY.md written, 11 chapters\n"),
        ] {
            assert!(out.contains(&line), "{line}\n---\n{out}");
        }
        let summary = read(root, &format!("{book}/SUMMARY.md"));
        let listed = as_listed(&format!("{above}zh/src/"), &format!("{above}en/src/"));
        let (english, chinese) = listed.split_at(listed.find("# 简体中文").expect("both"));
        assert_eq!(
            summary,
            format!(
                "# Summary\n\n[A book](index.md)\n\n{english}# More notes\n\n- [A loose note](loose.md)\n\n{chinese}"
            )
        );
        let toml = read(root, "book.toml");
        for part in [
            "[book]\ntitle = \"A book\"\nlanguage = \"en\"\n",
            "authors = [\"Me\", \"甲\"]\n",
            "languages = [\"en\", \"zh-CN\"]\n",
            "\n[preprocessor.bilingual.language.zh-CN]\ntitle = \"一本书\"\ndescription = \"说明\"\n",
            "mathjax-support = true\n",
        ] {
            assert!(toml.contains(part), "{part}\n---\n{toml}");
        }
        builds(root, &format!("{above}zh/src/zebra.html"), "斑马一篇");
        let after: Vec<String> = ["en/book.toml", "zh/book.toml", "en/src/SUMMARY.md"]
            .iter()
            .map(|file| read(root, &format!("{above}{file}")))
            .collect();
        assert_eq!(before, after);
        // What was joined once stays so, and gets what comes later.
        write(root, &format!("{above}zh/src/new.md"), "# 新的\n\n这是后来写的一篇。\n");
        let out = adopt(root, &[]);
        assert!(out.contains(&format!("{book}/SUMMARY.md updated, 1 chapters")), "{out}");
        assert!(read(root, &format!("{book}/SUMMARY.md")).contains(&format!("({above}zh/src/new.md)")));
    }
}

#[test]
fn two_books_are_told_by_the_names_of_languages() {
    for [english, chinese] in [["english", "chinese"], ["English", "中文"], ["book-english", "book-中文"]] {
        let at = |language: &str, file: &str| format!("{language}/{file}");
        let files = [
            (at(english, "book.toml"), "[book]\ntitle = \"A book\"\n"),
            (at(chinese, "book.toml"), "[book]\ntitle = \"一本书\"\n"),
            (at(english, "src/SUMMARY.md"), "# Summary\n\n- [B](b.md)\n- [A](a.md)\n"),
            (at(chinese, "src/SUMMARY.md"), "# Summary\n\n- [乙](b.md)\n- [甲](a.md)\n"),
        ];
        let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), *text)).collect();
        let notes = ["b.md=B", "a.md=A"].map(|note| format!("{english}/src/{note}")).into_iter();
        let notes: Vec<String> =
            notes.chain(["b.md=乙", "a.md=甲"].map(|note| format!("{chinese}/src/{note}"))).collect();
        let folder = folder(&files, &notes.iter().map(String::as_str).collect::<Vec<_>>());
        let out = adopt(folder.path(), &["--join"]);
        assert!(out.contains("\nPairs: 2\n"), "{english} {chinese}: {out}");
        let toml = read(folder.path(), "book.toml");
        assert!(toml.contains("[preprocessor.bilingual.language.zh-CN]\ntitle = \"一本书\"\n"), "{toml}");
    }
}

#[test]
fn the_book_beside_one_of_a_language_is_in_its_own() {
    let files = [
        ("guide/book.toml", "[book]\ntitle = \"A guide\"\n"),
        ("guide-zh/book.toml", "[book]\ntitle = \"指南\"\n"),
        ("guide/src/SUMMARY.md", "# Summary\n\n- [B](b.md)\n- [A](a.md)\n"),
        ("guide-zh/src/SUMMARY.md", "# Summary\n\n- [乙](b.md)\n- [甲](a.md)\n"),
        // Neither a counterpart nor in another language.
        ("other/book.toml", "[book]\ntitle = \"Another\"\n"),
    ];
    let notes =
        ["guide/src/b.md=B", "guide/src/a.md=A", "guide-zh/src/b.md=乙", "guide-zh/src/a.md=甲", "other/src/x.md=X"];
    let folder = folder(&files, &[&notes[..], &["loose.md=A loose note"]].concat());
    let root = folder.path();
    let out = adopt(root, &["--dry-run"]);
    assert!(out.contains("guide/ and guide-zh/ are books in different languages, with 2 pairs between them"), "{out}");
    let out = adopt(root, &["--join"]);
    assert!(out.contains("\nPairs: 2\n"), "{out}");
    let summary = read(root, "book/SUMMARY.md");
    assert!(summary.contains("- [B](guide/src/b.md)\n- [A](guide/src/a.md)\n"), "{summary}");
    assert!(summary.contains("- [乙](guide-zh/src/b.md)\n- [甲](guide-zh/src/a.md)\n"), "{summary}");
    assert!(!summary.contains("other/"), "{summary}");
    let toml = read(root, "book.toml");
    assert!(toml.contains("[preprocessor.bilingual.language.zh-CN]\ntitle = \"指南\"\n"), "{toml}");
    settles(root, &[]);
}

#[test]
fn what_cannot_be_joined_is_said() {
    let folder = folder(&[], &["a.md=A note"]);
    let run = run_on("adopt", folder.path(), &["--join"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("--join: there are no two books in"), "{}", run.stderr);
    assert!(!folder.path().join("book.toml").exists());
}

#[test]
fn a_readme_beside_a_folder_for_each_language_is_the_front_page() {
    for title in ["我的笔记", "My notes"] {
        let readme = format!("README.md={title}");
        let notes = ["zh/a.md=甲", "zh/b.md=乙", "en/a.md=First", "en/b.md=Second", readme.as_str()];
        let folder = folder(&[("all.md", "---\nlanguage: mul\n---\n# Both 两者\n")], &notes);
        let root = folder.path();
        adopt(root, &[]);
        let summary = read(root, "book/SUMMARY.md");
        assert!(
            summary.starts_with(&format!("# Summary\n\n[{title}](README.md)\n\n[Both 两者](all.md)\n")),
            "{summary}"
        );
        assert!(!root.join("book/index.md").exists());
        assert!(read(root, "book.toml").contains(&format!("title = \"{title}\"")));
        settles(root, &[]);
        builds(root, "index.html", title);
    }
}

#[test]
fn a_site_by_docsify() {
    let folder = folder(
        &[
            (
                "_sidebar.md",
                "* 入门\n  * [首页](/)\n  * [使用](use.md?id=go \"怎么用\")\n  * [安装](/install)\n* [插件](/plugins/)\n  * [甲](plugins/a)\n",
            ),
            (
                "en/_sidebar.md",
                "- Start\n\n  - [Home](en/)\n  - [Use](/en/use.md)\n  - [Install](en/install)\n\n- [Plugins](en/plugins/)\n  - [A](/en/plugins/a.md)\n",
            ),
            ("_navbar.md", "* [En](/en/)\n* [中文](/)\n"),
            ("_coverpage.md", "# docs <small>1.0</small>\n"),
            ("en/_coverpage.md", "# docs\n"),
            ("_404.md", "# 404\n"),
            ("index.html", "<script src=\"docsify.min.js\"></script>"),
        ],
        &[
            "README.md=文档一份",
            "use.md=怎么用",
            "install.md=怎么装",
            "plugins/README.md=插件们",
            "plugins/a.md=甲插件",
            "en/README.md=The docs",
            "en/use.md=How to use it",
            "en/install.md=How to install it",
            "en/plugins/README.md=The plugins",
            "en/plugins/a.md=Plugin A",
        ],
    );
    let root = folder.path();
    let out = adopt(root, &[]);
    for line in [
        "Catalogue: _sidebar.md, 5 entries: 5 for notes, 0 for texts elsewhere\n",
        "Catalogue: en/_sidebar.md, 5 entries: 5 for notes, 0 for texts elsewhere\n",
        "No notes, but parts of a site: _404.md, _coverpage.md, _navbar.md, en/_coverpage.md\n",
        "\nPairs: 5\n",
    ] {
        assert!(out.contains(line), "{line}\n---\n{out}");
    }
    assert_eq!(
        read(root, "book/SUMMARY.md"),
        "# Summary\n\n[首页](README.md)\n\n# 简体中文\n\n- [入门]()\n  - [使用](use.md)\n  - [安装](install.md)\n- [插件](plugins/README.md)\n  - [甲](plugins/a.md)\n\n# English\n\n- [Start]()\n  - [Home](en/README.md)\n  - [Use](en/use.md)\n  - [Install](en/install.md)\n- [Plugins](en/plugins/README.md)\n  - [A](en/plugins/a.md)\n"
    );
    assert!(read(root, "book.toml").starts_with("[book]\ntitle = \"文档一份\"\n"));
    settles(root, &[]);
    builds(root, "en/plugins/a.html", "Plugin A");
}

/// `docsify init ./docs` makes such a site, and its paths begin at the folder of `index.html`.
#[test]
fn a_site_by_docsify_in_a_folder() {
    for (sidebar, links) in [
        ("docs/_sidebar.md", ["/z", "/a"]),
        ("docs/_sidebar.md", ["/z.md", "/a.md"]),
        ("docs/_sidebar.md", ["z", "a"]),
        ("docs/zh-cn/_sidebar.md", ["/z", "a"]),
        ("_sidebar.md", ["docs/z", "/docs/a"]),
    ] {
        let text = format!("* [乙]({})\n* [甲]({})\n", links[0], links[1]);
        let folder = folder(
            &[
                (sidebar, &text),
                ("docs/index.html", "<script src=\"docsify.min.js\"></script>"),
                ("docs/.nojekyll", ""),
            ],
            &["docs/README.md=文档一份", "docs/z.md=乙篇", "docs/a.md=甲篇"],
        );
        let out = adopt(folder.path(), &[]);
        assert!(out.contains(&format!("Catalogue: {sidebar}, 2 entries: 2 for notes")), "{text}\n{out}");
        let summary = read(folder.path(), "book/SUMMARY.md");
        let at = |link: &str| summary.find(link).unwrap_or_else(|| panic!("{link} in {summary}"));
        assert!(at("[乙](docs/z.md)") < at("[甲](docs/a.md)"), "{sidebar} {text}\n{summary}");
    }
    // By docsify's default, the paths of a language begin at the root as well.
    let folder = folder(
        &[("zh-cn/_sidebar.md", "* [乙](zh-cn/z.md)\n* [甲](/zh-cn/a)\n")],
        &["README.md=文档一份", "zh-cn/z.md=乙篇", "zh-cn/a.md=甲篇"],
    );
    let out = adopt(folder.path(), &[]);
    assert!(out.contains("Catalogue: zh-cn/_sidebar.md, 2 entries: 2 for notes"), "{out}");
}

#[test]
fn a_wiki_on_github() {
    let wiki =
        |sidebar: &str| folder(&[("_Sidebar.md", sidebar)], &["Home.md=Home", "Page-One.md=One", "Another.md=Two"]);
    for sidebar in ["* [Z](Page-One)\n* [A](Another)\n", "* [[Page One]]\n* [[A|Another]]\n"] {
        let folder = wiki(sidebar);
        let out = adopt(folder.path(), &[]);
        assert!(out.contains("Catalogue: _Sidebar.md, 2 entries: 2 for notes"), "{out}");
        let summary = read(folder.path(), "book/SUMMARY.md");
        assert!(summary.find("(Page-One.md)") < summary.find("(Another.md)"), "{summary}");
    }
    let out = adopt(wiki("Nothing but words.\n").path(), &[]);
    assert!(out.contains("\nNo notes, but parts of a site: _Sidebar.md\n"), "{out}");
}

/// GitBook's list of languages leads to a folder for each.
#[test]
fn a_book_by_gitbook_in_two_languages() {
    let folder = folder(
        &[
            ("LANGS.md", "# Languages\n\n* [English](en/)\n* [中文](zh/)\n"),
            ("en/SUMMARY.md", "# Summary\n\n* [Start](README.md)\n* [B](b.md)\n* [A](a.md)\n"),
            ("zh/SUMMARY.md", "# Summary\n\n* [开始](README.md)\n* [乙](b.md)\n* [甲](a.md)\n"),
        ],
        &["en/README.md=Start", "en/b.md=B", "en/a.md=A", "zh/README.md=开始", "zh/b.md=乙", "zh/a.md=甲"],
    );
    let root = folder.path();
    let out = adopt(root, &[]);
    for line in ["\nNo notes, but parts of a site: LANGS.md\n", "\nPairs: 3\n", "\nUnpaired: 0\n", "\nAmbiguous: 0\n"] {
        assert!(out.contains(line), "{line}\n---\n{out}");
    }
    let summary = read(root, "book/SUMMARY.md");
    assert!(!summary.contains("LANGS") && !summary.contains("其他笔记"), "{summary}");
    settles(root, &[]);
}

#[test]
fn a_language_that_heads_chapters_is_a_chapter_of_its_own_language() {
    let notes = [
        "en/README.md=Welcome",
        "en/moon.md=Moon",
        "en/sun.md=Sun",
        "zh/README.md=欢迎你们",
        "zh/moon.md=月亮一篇",
        "zh/sun.md=太阳一篇",
    ];
    let nested = "# Summary\n\n* [English](en/README.md)\n  * [Sun](en/sun.md)\n  * [Moon](en/moon.md)\n* [中文](zh/README.md)\n  * [太阳](zh/sun.md)\n  * [月亮](zh/moon.md)\n";
    let folder_of = |file, text| folder(&[(file, text)], &notes);
    let first = folder_of("SUMMARY.md", nested);
    let out = adopt(first.path(), &[]);
    assert!(out.contains("Pairs: 3\n") && out.contains("In no catalogue: 0\n"), "{out}");
    let summary = read(first.path(), "book/SUMMARY.md");
    for part in [
        "# English\n\n- [Welcome](en/README.md)\n  - [Sun](en/sun.md)\n  - [Moon](en/moon.md)\n",
        "# 简体中文\n\n- [欢迎你们](zh/README.md)\n  - [太阳](zh/sun.md)\n  - [月亮](zh/moon.md)\n",
    ] {
        assert!(summary.contains(part), "{summary}");
    }
    assert!(!summary.contains("# More notes") && !summary.contains("]()"), "{summary}");
    settles(first.path(), &[]);

    let headed = "# Notes\n\n## English\n\n- [Sun](en/sun.md)\n- [Moon](en/moon.md)\n\n## 中文\n\n- [太阳](zh/sun.md)\n- [月亮](zh/moon.md)\n";
    let second = folder_of("README.md", headed);
    adopt(second.path(), &[]);
    let summary = read(second.path(), "book/SUMMARY.md");
    for part in [
        "# English\n\n- [Sun](en/sun.md)\n- [Moon](en/moon.md)\n",
        "# 简体中文\n\n- [太阳](zh/sun.md)\n- [月亮](zh/moon.md)\n",
    ] {
        assert!(summary.contains(part), "{summary}");
    }
    assert!(!summary.contains("]()"), "{summary}");
}

#[test]
fn a_topic_that_is_called_like_a_language_stays_a_heading() {
    let chinese = &["a.md=甲的一篇", "b.md=乙的一篇", "c.md=丁的一篇"];
    let english = &["a.md=First note", "b.md=Second note", "c.md=Third note"];
    let listed = |headings: [&str; 3], titles: [&str; 3], level: &str| {
        let section =
            |(heading, (title, file)): (&str, (&str, &str))| format!("\n{level} {heading}\n\n- [{title}]({file})\n");
        let files = titles.into_iter().zip(["a.md", "b.md", "c.md"]);
        headings.into_iter().zip(files).map(section).collect::<String>()
    };
    let zh = ["甲的一篇", "乙的一篇", "丁的一篇"];
    let en = ["First note", "Second note", "Third note"];
    let cases: &[(&[&str], [&str; 3], [&str; 3])] = &[
        (chinese, zh, ["英语", "中文", "数学"]),
        (chinese, zh, ["English", "日语", "数学"]),
        (english, en, ["French", "German", "Maths"]),
        (english, en, ["Chinese", "Maths", "日本語"]),
    ];
    for (notes, titles, headings) in cases {
        for (file, level) in [("SUMMARY.md", "##"), ("README.md", "##"), ("SUMMARY.md", "#")] {
            let title = if titles == &zh { "目录" } else { "Contents" };
            let text = format!("# {title}\n{}", listed(*headings, *titles, level));
            let folder = folder(&[(file, &text)], notes);
            adopt(folder.path(), &[]);
            let summary = read(folder.path(), "book/SUMMARY.md");
            assert!(summary.contains(&listed(*headings, *titles, "#")), "{file} {text}\n{summary}");
            settles(folder.path(), &[]);
        }
    }

    let nested = "- 编程\n  - [甲的一篇](a.md)\n- 英语\n  - [乙的一篇](b.md)\n- 中文\n  - [丁的一篇](c.md)\n";
    let folder_of = folder(&[("SUMMARY.md", &format!("# 目录\n\n{nested}"))], chinese);
    adopt(folder_of.path(), &[]);
    let summary = read(folder_of.path(), "book/SUMMARY.md");
    let drafts = nested.replace("编程", "[编程]()").replace("英语", "[英语]()").replace("中文", "[中文]()");
    assert!(summary.contains(&drafts), "{summary}");
}

#[test]
fn a_topic_that_is_called_like_a_language_is_one_in_each_language() {
    let files = [
        (
            "README.md",
            "# Notes\n\nThis is a list of notes in English.\n\n## French\n\n- [Verbs](verbs.md)\n\n## Maths\n\n- [Sums](sums.md)\n- [Sets](sets.md)\n",
        ),
        (
            "README.zh.md",
            "# 笔记\n\n这是一份中文的目录，列出笔记。\n\n## 法语\n\n- [动词一篇](verbs.zh.md)\n\n## 数学\n\n- [求和一篇](sums.zh.md)\n- [集合一篇](sets.zh.md)\n",
        ),
    ];
    let notes = [
        "verbs.md=Verbs",
        "sums.md=Sums",
        "verbs.zh.md=动词一篇",
        "sums.zh.md=求和一篇",
        "sets.md=Sets",
        "sets.zh.md=集合一篇",
    ];
    let pairs = folder(&files, &notes);
    adopt(pairs.path(), &[]);
    let summary = read(pairs.path(), "book/SUMMARY.md");
    for part in ["# French\n\n- [Verbs](verbs.md)\n\n# Maths\n", "# 法语\n\n- [动词一篇](verbs.zh.md)\n\n# 数学\n"]
    {
        assert!(summary.contains(part), "{summary}");
    }

    // What is about English is not all in English.
    let list = "# 目录\n\n## 数学\n\n- [甲的一篇](a.md)\n\n## 英语\n\n- [乙的一篇](b.md)\n- [Tenses](tenses.md)\n";
    let notes = ["a.md=甲的一篇", "b.md=乙的一篇", "tenses.md=Tenses"];
    let mixed = folder(&[("SUMMARY.md", list)], &notes);
    adopt(mixed.path(), &[]);
    let summary = read(mixed.path(), "book/SUMMARY.md");
    assert!(summary.contains("# 数学\n\n- [甲的一篇](a.md)\n\n# 英语\n\n- [乙的一篇](b.md)\n"), "{summary}");
    assert!(summary.contains("# English\n\n- [Tenses](tenses.md)\n"), "{summary}");
}

/// A README in another language lists the same notes, by titles that are translations.
#[test]
fn a_catalogue_in_another_language_translates_titles() {
    let folder = folder(
        &[
            ("README.md", "# Notes\n\n- [First](a.md)\n- [Second](b.md)\n- [Third](c.md)\n"),
            ("README.basque.md", "# Oharrak\n\n- [Lehena](a.md)\n- [Bigarrena](b.md)\n- [Hirugarrena](c.md)\n"),
        ],
        &["a.md=First", "b.md=Second", "c.md=Third"],
    );
    let run = run_on("adopt", folder.path(), &[]);
    assert!(!run.stderr.contains("facts-disagree"), "{}", run.stderr);
    let summary = read(folder.path(), "book/SUMMARY.md");
    assert!(summary.contains("- [First](a.md)\n"), "{summary}");
}

/// The catalogue and its translation, each with its list.
const NUMBERS: &str = "# Numbers\n\n[简体中文](zh/README.md)\n\n## Small\n\n- [Two](two.md)\n- [One](one.md)\n\n## Large\n\n- [Million](million.md)\n";
const SHUZI: &str = "# 数字\n\n[English](../README.md)\n\n## 小的\n\n- [二](two.md)\n- [一](one.md)\n\n## 大的\n\n- [百万](million.md)\n";

const NUMBERED: &[&str] = &[
    "one.md=One",
    "two.md=Two",
    "million.md=Million",
    "zh/one.md=数字一",
    "zh/two.md=数字二",
    "zh/million.md=数字百万",
];

#[test]
fn a_catalogue_goes_with_its_translation_in_a_folder() {
    let wanted = "# Summary\n\n[Numbers](README.md)\n\n[数字](zh/README.md)\n\n# Small\n\n- [Two](two.md)\n- [One](one.md)\n\n# Large\n\n- [Million](million.md)\n\n# 小的\n\n- [二](zh/two.md)\n- [一](zh/one.md)\n\n# 大的\n\n- [百万](zh/million.md)\n";
    let folder = folder(&[("README.md", NUMBERS), ("zh/README.md", SHUZI)], NUMBERED);
    let root = folder.path();
    let out = adopt(root, &[]);
    assert!(out.contains("Languages: English (en) 3, 简体中文 (zh-CN) 3\n"), "{out}");
    assert!(out.contains("Pairs: 3\n"), "{out}");
    assert!(out.contains("Unpaired: 0\n") && out.contains("In no catalogue: 0\n"), "{out}");
    assert_eq!(read(root, "book/SUMMARY.md"), wanted);
    builds(root, "index.html", "hreflang=\"zh-CN\"");
    settles(root, &[]);
}

#[test]
fn the_translation_of_a_catalogue_may_list_nothing() {
    let text = "# 数字\n\n[English](../README.md)\n\n这里是一些数字。\n";
    let folder = folder(&[("README.md", NUMBERS), ("zh/README.md", text)], NUMBERED);
    let root = folder.path();
    let out = adopt(root, &[]);
    assert!(out.contains("In no catalogue: 0\n"), "{out}");
    assert!(read(root, "book/SUMMARY.md").starts_with("# Summary\n\n[Numbers](README.md)\n\n[数字](zh/README.md)\n"));
    builds(root, "index.html", "hreflang=\"zh-CN\"");
}

#[test]
fn a_catalogue_beside_the_front_pages_of_both_languages_is_of_none() {
    let list = "# Numbers\n\n- [One](en/one.md)\n- [Two](en/two.md)\n- [一](zh/one.md)\n- [二](zh/two.md)\n";
    let files = [
        ("README.md", list),
        ("en/README.md", "# Numbers in English\n\nWhat there is to know of numbers.\n"),
        ("zh/README.md", "# 数字\n\n关于数字，这里都有。\n"),
    ];
    let notes = ["en/one.md=One", "en/two.md=Two", "zh/one.md=数字一", "zh/two.md=数字二"];
    let folder = folder(&files, &notes);
    let out = adopt(folder.path(), &[]);
    assert!(out.contains("Pairs: 3\n"), "{out}");
    assert!(out.contains("zh/README.md  ↔  en/README.md"), "{out}");
}

#[test]
fn bullets_with_something_before_their_link() {
    let folder = folder(
        &[
            (
                "README.md",
                "# Algorithms\n\n## Data\n\n* `B` [Linked List](src/linked-list)\n* **A** [Queue](src/queue/)\n* ⭐ [![badge](b.svg)](https://badge.example/x) [Heap](src/heap)\n- [x] 2024-01-02 [Trie](src/v1.2)\n",
            ),
            ("README.zh-CN.md", "# 算法\n\n这里没有列表，只有几句说明。\n"),
        ],
        &[
            "src/linked-list/README.md=Lists",
            "src/queue/README.md=Queues",
            "src/heap/README.md=Heaps",
            "src/v1.2/README.md=Tries",
            "src/heap/README.zh-CN.md=堆的说明",
        ],
    );
    let out = adopt(folder.path(), &[]);
    assert!(out.contains("Catalogue: README.md, 4 entries: 4 for notes, 0 for texts elsewhere\nIn other languages, without entries: README.zh-CN.md\n"), "{out}");
    let summary = read(folder.path(), "book/SUMMARY.md");
    assert!(
        summary.contains("# Data\n\n- [Linked List](src/linked-list/README.md)\n- [Queue](src/queue/README.md)\n- [Heap](src/heap/README.md)\n- [Trie](src/v1.2/README.md)\n"),
        "{summary}"
    );
}

#[test]
fn a_catalogue_of_addresses_of_the_repository() {
    for (remote, entries) in [
        (
            "git@github.com:o/r.git",
            [
                "https://github.com/o/r/blob/main/a.md",
                "https://github.com/o/r/blob/main/b.md?plain=1",
                "https://github.com/o/r/tree/main/c",
                "https://raw.githubusercontent.com/o/r/main/d.md",
            ],
        ),
        (
            "https://gitlab.com/g/o/r.git",
            [
                "https://gitlab.com/g/o/r/-/blob/dev/a.md",
                "https://gitlab.com/g/o/r/-/blob/dev/b.md?ref_type=heads",
                "https://gitlab.com/g/o/r/-/tree/dev/c",
                "https://gitlab.com/g/o/r/-/raw/dev/d.md#top",
            ],
        ),
        (
            "https://gitee.com/o/r",
            [
                "https://gitee.com/o/r/blob/master/a.md",
                "https://gitee.com/o/r/blob/master/b.md",
                "https://gitee.com/o/r/tree/master/c",
                "https://gitee.com/o/r/raw/master/d.md",
            ],
        ),
    ] {
        let list: Vec<String> = entries
            .iter()
            .zip(["丁", "乙", "丙", "甲"])
            .rev()
            .map(|(url, title)| format!("- [{title}]({url})\n"))
            .collect();
        let text = format!("# 笔记\n\n## 全部\n\n{}", list.concat());
        let config = format!("[remote \"origin\"]\n\turl = {remote}\n");
        let folder = folder(
            &[("README.md", &text), (".git/config", &config), (".git/HEAD", "ref: refs/heads/dev\n")],
            &["a.md=第一篇", "b.md=第二篇", "c/README.md=第三篇", "d.md=第四篇"],
        );
        let out = adopt(folder.path(), &[]);
        assert!(out.contains("Catalogue: README.md, 4 entries: 4 for notes, 0 for texts elsewhere\n"), "{out}");
        let summary = read(folder.path(), "book/SUMMARY.md");
        assert!(
            summary.ends_with("# 全部\n\n- [甲](d.md)\n- [丙](c/README.md)\n- [乙](b.md)\n- [丁](a.md)\n"),
            "{summary}"
        );
        // The book knows them as well.
        let list = run_on("list", folder.path(), &["--format", "json"]);
        let list: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
        assert_eq!(list["catalogue"].as_array().map(Vec::len), Some(4), "{list}");
        assert!(list.get("external").is_none(), "{list}");
    }
}
