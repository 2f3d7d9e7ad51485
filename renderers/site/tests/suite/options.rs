//! Each option of `[output.html]`, rendered by mdBook's renderer and by ours.

use mdbook_html::theme::Theme;
use mdbook_renderer::config::HtmlConfig;

use crate::built::{By, Files, Sample, TWO, assert_same, book, compared, mdbooks_words, read, text};

/// A book of one language whose pages have a bit of everything.
const NOTES: &[(&str, &str)] = &[
    (
        "src/SUMMARY.md",
        "# Summary\n\n[Front](index.md)\n\n# Part one\n\n- [First & <b>](a.md)\n  - [Deep](sub/deep.md)\n    - [Deeper](sub/more/deeper.md)\n- [Draft]()\n\n---\n\n# Part two\n\n- [Second](b.md)\n\n[End](end.md)\n",
    ),
    ("src/index.md", "# Front\n\nSee [the first](a.md) and [deep](sub/deep.md#part). \"Quoted\" -- it's...\n"),
    (
        "src/a.md",
        "# First\n\n> [!NOTE]\n> A note.\n\n> [!TIP]\n> A tip.\n\n## Part\n\nText[^1] with `code` and ~~old~~ and $x$ \\\\( y \\\\).\n\n[^1]: A footnote.\n\nterm\n: meaning\n\n```rust,editable\n# fn hidden() {}\nfn main() {}\n```\n\n```rust\n# use x;\nlet a = 1;\n```\n\n```python\n~hidden = 1\nshown = 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![picture](sub/pic.png) <img src=\"sub/pic.png\" alt=\"raw\">\n\n- [ ] open\n- [x] done\n\n## Part\n\n<!-- a comment with <h1 id=\"x\"> -->\n\n<div class=\"raw\" id=\"part\"><p>Raw</p></div>\n",
    ),
    (
        "src/sub/deep.md",
        "## Part\n\nNo first heading. [Up](../a.md#part-1), [self](#part), [file](notes.txt), [web](https://example.org/a.md).\n",
    ),
    ("src/sub/more/deeper.md", "# 中文 名字\n\n[Up](../../b.md) <script>let a = '<b id=\"y\">';</script>\n"),
    ("src/sub/pic.png", "no picture"),
    ("src/sub/notes.txt", "text"),
    ("src/.hidden/file.txt", "hidden"),
    ("src/.dotfile", "hidden"),
    (
        "src/b.md",
        "{{#title A title & more}}\n# Second\n\n## Part\n\n[Front](index.md), [there](a.md), [root](/a.html)\n",
    ),
    // What our own marks look like is a text like any other.
    (
        "src/end.md",
        "Only text. <!-- bilingual-site: text --> x <!-- bilingual-site: end --> y\n\n<!-- bilingual-site: foot -->\n\n</main></body>\n",
    ),
];

/// That book with more files.
fn with(files: &[(&str, &str)]) -> Sample {
    let toml = format!(
        "[book]\ntitle = \"A book & more\"\ndescription = \"About \\\"it\\\"\"\nlanguage = \"en\"\n\n[preprocessor.bilingual]\n\
         languages = [\"en\"]\npasses = []\n\n[preprocessor.bilingual.language.en]\n{}",
        mdbooks_words()
    );
    Sample::new(&toml, &[NOTES, files].concat())
}

/// Nobody else's 404, so that pages for addresses that do not exist are the same.
const NOT_FOUND: (&str, &str) = ("src/404.md", "# Nothing *here*\n\n[Front](index.md)\n");

/// Renders a book twice and compares everything.
#[track_caller]
fn check(book: &Sample, options: &str) {
    let stock = compared(&book.rendered(By::MdBook, options));
    let ours = compared(&book.rendered(By::Us, options));
    assert_same(options, &stock, &ours);
}

/// mdBook's own theme, in a folder of a book.
pub(crate) fn theme(book: &Sample) {
    Theme::copy_theme(&HtmlConfig::default(), book.root()).expect("a theme");
}

/// Changes a file of a book.
fn change(book: &Sample, file: &str, from: &str, to: &str) {
    let path = book.root().join(file);
    let text = std::fs::read_to_string(&path).expect("a file");
    assert!(text.contains(from), "{file}: {from}");
    std::fs::write(&path, text.replace(from, to)).expect("it can be written");
}

#[test]
fn without_options() {
    check(&with(&[NOT_FOUND]), "");
}

#[test]
fn short_options() {
    let book = with(&[NOT_FOUND, ("src/own.md", "# Lost\n"), ("src/sub/lost.md", "# Lost [Front](../index.md)\n")]);
    for options in [
        "[HTML]\nhash-files = false",
        "[HTML]\ndefault-theme = \"Rust\"\npreferred-dark-theme = \"Coal\"",
        "[HTML]\nsmart-punctuation = false\ndefinition-lists = false\nadmonitions = false",
        "[HTML]\nmathjax-support = true",
        "[HTML]\nno-section-label = true",
        "[HTML]\nsidebar-header-nav = false",
        "[HTML]\ninput-404 = \"\"",
        "[HTML]\ninput-404 = \"own.md\"",
        "[HTML]\ninput-404 = \"sub/lost.md\"",
        "[HTML]\nlive-reload-endpoint = \"__livereload\"",
        "[rust]\nedition = \"2021\"",
        "[HTML]\ncname = \"example.org\"",
        "[HTML]\nsite-url = \"/notes/\"",
        "[HTML]\ngit-repository-url = \"https://example.org/repo\"",
        "[HTML]\ngit-repository-url = \"https://example.org/repo\"\ngit-repository-icon = \"fas-code-branch\"",
        "[HTML]\nedit-url-template = \"https://example.org/edit/{path}\"",
        "[HTML.fold]\nenable = true\nlevel = 1",
        "[HTML.print]\nenable = false",
        "[HTML.print]\npage-break = false",
        "[HTML.search]\nenable = false",
        "[HTML.search]\nlimit-results = 5\nteaser-word-count = 4\nuse-boolean-and = true\nboost-title = 3\nexpand = false\nheading-split-level = 1\ncopy-js = true",
        "[HTML.search]\ncopy-js = false",
        "[HTML.search.chapter]\n\"b.md\" = { enable = false }",
        "[HTML.playground]\neditable = true",
        "[HTML.playground]\neditable = true\nline-numbers = true",
        "[HTML.playground]\neditable = true\ncopy-js = false",
        "[HTML.playground]\ncopyable = false\nrunnable = false",
        "[HTML.code.hidelines]\npython = \"~\"",
    ] {
        check(&book, options);
    }
}

#[test]
fn additional_files() {
    let files = [
        ("theme/own.css", "a { color: red }"),
        ("look/more.min.css", "b { color: red }"),
        ("theme/own.js", "let a = 1;"),
        ("plain", "no suffix"),
        NOT_FOUND,
    ];
    let book = with(&files);
    for hash in ["", "hash-files = false\n"] {
        check(
            &book,
            &format!(
                "[HTML]\n{hash}additional-css = [\"theme/own.css\", \"./look/more.min.css\"]\nadditional-js = [\"theme/own.js\", \"plain\"]"
            ),
        );
    }
}

/// A redirect of the root is none where the first page is there, and mdBook writes none.
#[test]
fn redirects_of_what_is_there() {
    let book = with(&[NOT_FOUND]);
    let listed = "# Summary\n\n- [First](a.md)\n- [Second](b.md)\n";
    support::files::write(book.root(), "src/SUMMARY.md", listed);
    std::fs::remove_file(book.root().join("src/index.md")).expect("a file");
    for options in [
        "[HTML.redirect]\n\"/index.html\" = \"b.html\"\n\"/old.html\" = \"a.html\"",
        "[HTML.redirect]\n\"/404.html\" = \"b.html\"\n\"/print.html\" = \"b.html\"",
    ] {
        check(&book, options);
    }
    let two = crate::built::book(&["zh-CN", "en"], crate::built::TWO);
    let options = "[HTML.redirect]\n\"/index.html\" = \"en/a.html\"\n\"/toc-en.html\" = \"en/a.html\"";
    let site = two.rendered(By::Us, options);
    let redirects: Vec<&String> = site
        .iter()
        .filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(redirects, [""; 0]);
}

#[test]
fn redirects() {
    let book = with(&[NOT_FOUND]);
    check(
        &book,
        "[HTML.redirect]\n\"/old.html\" = \"a.html\"\n\"/deep/er/old.html\" = \"https://example.org/\"\n\
         \"/old.html#x\" = \"b.html#part\"\n\"/a.html#gone\" = \"b.html#part\"\n\"/b.html#gone\" = \"https://example.org/\"\n\
         \"relative.html\" = \"b.html\"",
    );
    let onto_a_page = "[HTML.redirect]\n\"/b.html\" = \"a.html\"";
    for by in [By::MdBook, By::Us] {
        let error = format!("{:#}", book.attempt(by, onto_a_page).expect_err("a page that is there"));
        assert!(error.contains("redirect found for existing chapter at `/b.html`"), "{error}");
    }
    let only_places = "[HTML.redirect]\n\"/gone.html#x\" = \"a.html\"";
    for by in [By::MdBook, By::Us] {
        let error = format!("{:#}", book.attempt(by, only_places).expect_err("no page to lead to"));
        assert!(error.contains("only has source paths with `#` fragments"), "{error}");
    }
}

/// Each file of a theme by itself, and all of them.
#[test]
fn themes() {
    const CHANGES: &[(&str, &str, &str)] = &[
        (
            "theme/index.hbs",
            "<div id=\"mdbook-menu-bar-hover-placeholder\"></div>",
            "<p>{{ path }} {{ chapter_title }} {{ section }}</p>",
        ),
        (
            "theme/head.hbs",
            "",
            "<meta name=\"own\" content=\"{{ title }}\"><link href=\"{{ resource \"css/general.css\" }}\">\n",
        ),
        (
            "theme/header.hbs",
            "",
            "<header>{{ path_to_root }}{{ language }} <a href=\"{{ path_to_root }}toc.html\">all</a></header>\n",
        ),
        ("theme/redirect.hbs", "", "<html><title>Own</title><a href=\"{{ url }}\">{{{ fragment_map }}}</a></html>\n"),
        ("theme/toc.js.hbs", "", "const own = `{{#toc}}{{/toc}}`; // {{ language }} {{ text_direction }}\n"),
        (
            "theme/toc.html.hbs",
            "",
            "<html lang=\"{{ language }}\"><link href=\"{{ resource \"css/general.css\" }}\"></head>{{#toc}}{{/toc}}</html>\n",
        ),
        ("theme/book.js", "'use strict';", "'use strict'; // own"),
        ("theme/css/general.css", "html {", "html { --own: 1;"),
        ("theme/css/chrome.css", ".menu-bar", ".own, .menu-bar"),
        ("theme/css/print.css", "", "@page { margin: 1cm }"),
        ("theme/css/variables.css", ":root {", ":root { --own: 1;"),
        ("theme/highlight.css", ".hljs", ".own, .hljs"),
        (
            "theme/fonts/fonts.css",
            "",
            "/* own */ @font-face { font-family: \"Own\"; src: url('{{ resource \"fonts/own.woff2\" }}') }\n",
        ),
        ("theme/fonts/own.woff2", "", "a font"),
        ("theme/favicon.png", "", "an icon"),
        ("theme/favicon.svg", "", "<svg></svg>"),
        ("theme/highlight.js", "", "let own = 1;"),
        ("theme/clipboard.min.js", "", "let own = 2;"),
    ];
    let whole = with(&[]);
    theme(&whole);
    let options = "[HTML]\n[HTML.redirect]\n\"/old.html\" = \"a.html\"";
    for (file, from, to) in CHANGES {
        let book = with(&[NOT_FOUND]);
        let default = std::fs::read_to_string(whole.root().join(file)).unwrap_or_default();
        assert!(default.contains(from), "{file}: {from}");
        let text = if from.is_empty() { (*to).to_owned() } else { default.replacen(from, to, 1) };
        support::files::write(book.root(), file, &text);
        check(&book, options);
    }
    let book = with(&[NOT_FOUND]);
    theme(&book);
    check(&book, "");
    check(&book, "[HTML]\nhash-files = false");
    for (file, from, to) in CHANGES.iter().filter(|(_, from, _)| !from.is_empty()) {
        change(&book, file, from, to);
    }
    std::fs::rename(book.root().join("theme"), book.root().join("look")).expect("a folder");
    check(&book, "[HTML]\ntheme = \"look\"");
    for by in [By::MdBook, By::Us] {
        let error = format!("{:#}", book.attempt(by, "[HTML]\ntheme = \"none\"").expect_err("no theme"));
        assert!(error.contains("theme dir") && error.contains("does not exist"), "{error}");
    }
}

/// Files that a theme names in another spelling than mdBook's own.
#[test]
fn a_theme_that_names_files_in_other_ways() {
    const NAMES: &str = "{{ resource 'book.js' }} {{{ resource \"toc.js\" }}} {{~resource 'css/general.css'~}} x {{resource \"toc.js\"}} \
                         {{path_to_root}}toc.html {{{path_to_root}}}print.html {{~ path_to_root ~}}toc.html \
                         {{#with title}}{{ resource 'book.js' }} {{../path_to_root}}print.html{{@root/path_to_root}}toc.html{{/with}}\n";
    let book = with(&[NOT_FOUND]);
    theme(&book);
    for file in ["head.hbs", "header.hbs"] {
        support::files::write(book.root(), &format!("theme/{file}"), &format!("<p>{NAMES}</p>"));
    }
    change(&book, "theme/index.hbs", "<div id=\"mdbook-menu-bar-hover-placeholder\"></div>", NAMES);
    check(&book, "");
    let two = crate::built::book(&["zh-CN", "en"], crate::built::TWO);
    support::files::write(two.root(), "theme/header.hbs", NAMES);
    let site = two.rendered(By::Us, "[HTML]\nhash-files = false");
    let header =
        crate::built::text(&site, "en/a.html").lines().find(|line| line.contains("../book.js")).expect("the header");
    for name in ["../toc-en.js", "../toc-en.html", "../print-en.html"] {
        assert!(header.contains(name), "{name}: {header}");
    }
    for name in ["../toc.js", "../toc.html", "../print.html"] {
        assert!(!header.contains(name), "{name}: {header}");
    }
}

/// Whether there is a print page and a search is asked in any file of a theme, in any spelling.
#[test]
fn a_theme_that_asks_for_print_and_search() {
    const ASKS: &str = "{{#if print_enable}}print{{/if}} {{# if search_enabled }}search{{/if}} {{~#if search_js~}}js{{/if}} \
                        {{#if (or search_enabled mathjax_support)}}or{{else if print_enable}}else{{/if}} {{#unless @root.print_enable}}no{{/unless}} \
                        {{#with title}}{{#if ../search_enabled}}up{{/if}}{{/with}} {{search_enabled}}{{ print_enable }} {{#if (eq title \"print_enable\")}}t{{/if}}\n";
    let book = with(&[NOT_FOUND]);
    theme(&book);
    for file in ["head.hbs", "header.hbs"] {
        support::files::write(book.root(), &format!("theme/{file}"), &format!("<p>{ASKS}</p>"));
    }
    change(&book, "theme/index.hbs", "<div id=\"mdbook-menu-bar-hover-placeholder\"></div>", ASKS);
    for options in [
        "",
        "[HTML.print]\nenable = false",
        "[HTML.search]\nenable = false",
        "[HTML.search]\ncopy-js = false",
        "[HTML.print]\nenable = false\n[HTML.search]\nenable = false",
    ] {
        check(&book, options);
    }
}

/// A template that lists the chapters itself.
#[test]
fn a_theme_that_lists_chapters() {
    let book = with(&[NOT_FOUND]);
    theme(&book);
    change(
        &book,
        "theme/index.hbs",
        "<div id=\"mdbook-menu-bar-hover-placeholder\"></div>",
        "<ol>{{#each chapters}}<li>{{name}} {{path}}</li>{{/each}}</ol>{{#toc}}{{/toc}}",
    );
    check(&book, "");
}

#[test]
fn books_of_other_shapes() {
    for (src, summary) in [
        ("src", "[Only](only.md)\n"),
        ("src", "- [One](sub/one.md)\n- [Two](sub/two.md)\n"),
        ("notes/all", "- [One](one.md)\n  - [Two](a/two.md)\n"),
        (".", "- [One](one.md)\n"),
        ("./notes", "- [One](one.md)\n"),
        ("notes/../other", "- [One](one.md)\n"),
        ("../notes", "- [One](one.md)\n"),
    ] {
        let toml = format!(
            "[book]\nsrc = \"{src}\"\nlanguage = \"en\"\n[preprocessor.bilingual]\nlanguages = [\"en\"]\npasses = []\n\
             [preprocessor.bilingual.language.en]\n{}",
            mdbooks_words()
        );
        let book = Sample::below_a_repository(&toml, &[]);
        let summary = format!("# Summary\n\n{summary}");
        support::files::write(book.root(), &format!("{src}/SUMMARY.md"), &summary);
        support::files::write(book.root(), &format!("{src}/404.md"), "# None\n");
        support::files::write(book.root(), &format!("{src}/sub/file.txt"), "a file");
        for page in ["only", "one", "two", "sub/one", "sub/two", "a/two"] {
            if summary.contains(&format!("({page}.md)")) {
                support::files::write(book.root(), &format!("{src}/{page}.md"), &format!("# {page}\n\n[Here](.)\n"));
            }
        }
        let options = "[HTML]\nedit-url-template = \"https://example.org/edit/{path}\"";
        let stock = compared(&book.rendered(By::MdBook, options));
        let mut ours = compared(&book.rendered(By::Us, options));
        if src == "." {
            // The file says which renderer it is for.
            ours.remove("book.toml");
        }
        let stock = stock.into_iter().filter(|(name, _)| src != "." || name != "book.toml").collect();
        assert_same(&format!("{src} {summary}"), &stock, &ours);
    }
}

/// More chapters than are rendered at a time.
#[test]
fn many_chapters() {
    let book = with(&[NOT_FOUND]);
    let mut summary = "# Summary\n\n".to_owned();
    for at in 0..150 {
        summary.push_str(&format!("- [Chapter {at}](c/{at}.md)\n"));
        let text = format!("# Introduction\n\n## Part\n\n[Next]({}.md#part)\n", (at + 1) % 150);
        support::files::write(book.root(), &format!("src/c/{at}.md"), &text);
    }
    support::files::write(book.root(), "src/SUMMARY.md", &summary);
    check(&book, "[HTML.redirect]\n\"/c/3.html#x\" = \"4.html\"\n\"/c/140.html#x\" = \"4.html\"");
}

/// What a page can hold that a page of all pages has to change, or must not.
#[test]
fn print_pages() {
    let chapters: &[(&str, &str, &str)] = &[
        ("a", "一", "# 一\n\n## 简介\n\n## 简介\n\n[b](b.md#简介) [c](sub/c.md) [none](none.md#x) [z](sub/d.md#no)\n"),
        (
            "b",
            "二 & 三 <b>",
            "## 简介\n\ntext[^1] [^n]\n\n[^1]: One\n[^n]: Two [link](a.md)\n\n[up](#简介) [top](#) [empty]() [self](b.md)\n",
        ),
        (
            "sub/c",
            "C \"quoted\" 'name'",
            "<h1>No id</h1>\n\n# Second\n\n![i](../i.png) ![w](https://e.org/i.png) ![r](/i.png) ![up](../../../i.png) <img src='j.png'>\n",
        ),
        (
            "sub/d",
            "D",
            "text[^1]\n\n[^1]: Again\n\n<a id=\"anchor\" name=\"other\">x</a> <a id='anchor'>y</a> [back](#anchor) [mail](mailto:x@e.org) [tel](tel:123) [UP](HTTPS://e.org) [net](//e.org/x) [q](../a.html?x=1#y) [pct](../a%20b.html)\n",
        ),
        (
            "e",
            "E",
            "<!-- <a id=\"anchor\" href=\"a.html\"> > -->\n\n<script>let x = \"<a id='anchor'>\"; if (1 < 2 && 3 > 2) {}</script>\n\n<style>a > b { content: \"<a id=\\\"anchor\\\">\" }</style>\n\n<textarea><a id=\"anchor\" href=\"a.html\"></textarea>\n\n<svg><a xlink:href=\"a.html\" href=\"b.html\"><title id=\"t\"><b></title></a></svg>\n",
        ),
        (
            "f",
            "F",
            "# F {#简介}\n\n<div title=\"a > b <a id='x'>\" id=\"q&quot;&amp;&lt;\" class=\"id=\">\n\n[to](#简介)\n\n</div>\n\nterm\n: def\n\n### 简介\n",
        ),
        ("g", "G", ""),
        (
            "h",
            "H",
            "Text first\n\n# H\n\n# H\n\nterm\n: again\n\n`<a id=\"anchor\">` \\<a id=\"y\"\\>\n\n```html\n<a id=\"anchor\">\n```\n",
        ),
        (
            "i",
            "I",
            "<p id=\"one\">\n\n# I\n\n</p><p id=one>x<p ID=\"one\">y</p><input disabled id=\"one\"><br id=\"one\"/>\n\n<h2 id=\"i\">raw</h2>\n\n<pre>\n\n# in pre\n</pre>\n",
        ),
        ("j", "简介", "- a\n- b\n"),
        ("k", "K", "> quoted\n\n## 简介-1\n"),
        ("l", "L", "1. a\n"),
        ("m", "M", "| a |\n|---|\n| <a href=\"./sub/../a.html#简介\">x</a> |\n"),
        ("n", "N", "<details id=\"d\"><summary>s</summary>\n\ntext\n\n</details>\n"),
        ("o", "O", "<!-- only a comment -->\n"),
        ("p", "P", "***\n\n# P [a](a.md) `code` *em* <b>x</b> ![i](i.png)\n"),
        (
            "q",
            "Q",
            "<template><a id=\"anchor\" href=\"a.html\">t</a></template>\n\n<noscript><a id=\"anchor\" href=\"a.html\">n</a></noscript>\n\n<iframe src=\"a.html\"></iframe>\n",
        ),
    ];
    let summary: String = chapters.iter().map(|(file, name, _)| format!("- [{name}]({file}.md)\n")).collect();
    let book = with(&[NOT_FOUND]);
    for (file, _, text) in chapters {
        support::files::write(book.root(), &format!("src/{file}.md"), text);
    }
    support::files::write(book.root(), "src/SUMMARY.md", &format!("# Summary\n\n{summary}"));
    check(&book, "");
    // Pairs, so that one difference does not hide another.
    for (at, (file, name, _)) in chapters.iter().enumerate() {
        let (other, other_name, _) = chapters[(at + 1) % chapters.len()];
        let summary = format!("# Summary\n\n- [{name}]({file}.md)\n- [{other_name}]({other}.md)\n- [Again](b.md)\n");
        if *file != "b" && other != "b" {
            support::files::write(book.root(), "src/SUMMARY.md", &summary);
            check(&book, "");
        }
    }
}

/// The links of the page for addresses that do not exist stay on the host that shows it, where mdBook's lead to the
/// address that the book names.
#[test]
fn a_whole_address_is_not_the_base_of_links() {
    let files = [("SUMMARY.md", "# Summary\n\n- [A](a.md)\n"), ("a.md", "# A\n")];
    let site = book(&["en"], &files).rendered(By::Us, "[HTML]\nsite-url = \"https://example.org/notes/\"");
    assert!(text(&site, "404.html").contains("<base href=\"/notes/\">"));
    assert!(text(&site, "a.html").contains("<link rel=\"canonical\" href=\"https://example.org/notes/a.html\">"));
}

/// A book with our search, and its options in the table of the renderer.
const OWN_SEARCH: &str = "[output.bilingual-site]\nsearch = \"bilingual\"\n";

#[test]
fn our_search_has_the_options_that_mean_something() {
    let book = book(&["zh-CN", "en"], TWO);
    let site = |options: &str| book.rendered(By::Us, &format!("{OWN_SEARCH}{options}"));
    let root = |site: &Files, tag: &str| text(site, &format!("bilingual-search/{tag}.js")).to_owned();
    let has_script = |site: &Files| site.keys().any(|name| name.starts_with("bilingual-search-"));

    let plain = site("");
    assert!(has_script(&plain) && !plain.keys().any(|name| name.contains("searcher") || name.contains("elasticlunr")));
    let page = text(&plain, "zh/a.html");
    assert!(
        page.contains("<script src=\"../bilingual-search-") && page.contains("data-languages=\"zh-CN en\""),
        "{page}"
    );
    assert!(page.contains("mdbook-searchbar") && !page.contains("searcher"), "{page}");
    for (tag, pages) in [("zh-CN", "11"), ("en", "11")] {
        assert!(root(&plain, tag).contains(&format!("\"pages\":\"{pages}\"")), "{}", root(&plain, tag));
        assert!(root(&plain, tag).contains("\"limit\":30") && root(&plain, tag).contains("\"boost\":2"));
    }

    let told = site("[HTML.search]\nlimit-results = 5\nteaser-word-count = 7\nboost-title = 3\n");
    assert!(["\"limit\":5", "\"teaser\":7", "\"boost\":3"].iter().all(|said| root(&told, "en").contains(said)));

    let chapters = site("[HTML.search.chapter]\nzh = { enable = false }\n\"zh/b.md\" = { enable = true }\n");
    assert!(root(&chapters, "zh-CN").contains("\"pages\":\"1\"") && root(&chapters, "en").contains("\"pages\":\"11\""));

    let none = site("[HTML.search]\nenable = false\n");
    assert!(!has_script(&none) && !none.keys().any(|name| name.starts_with("bilingual-search/")));
    assert!(!text(&none, "zh/a.html").contains("mdbook-searchbar"));

    // A box for somebody else's script.
    let bare = site("[HTML.search]\ncopy-js = false\n");
    assert!(!has_script(&bare) && text(&bare, "zh/a.html").contains("mdbook-searchbar"));
}

#[test]
fn our_search_says_which_options_mean_nothing() {
    let book = book(&["zh-CN", "en"], TWO);
    let out = tempfile::tempdir().expect("a folder");
    let options = format!("{OWN_SEARCH}[HTML.search]\nexpand = true\nuse-boolean-and = true\nlimit-results = 3\n");
    let notes = book.render(By::Us, &options, &out.path().join("site")).expect("a site");
    assert_eq!(
        notes,
        [
            "`use-boolean-and` in [output.bilingual-site.html.search] means nothing to this search: all words are needed; remove it, or write `search = \"mdbook\"` into [output.bilingual-site]",
            "`expand` in [output.bilingual-site.html.search] means nothing to this search: the last word may go on; remove it, or write `search = \"mdbook\"` into [output.bilingual-site]",
        ]
    );
    // mdBook's search is told of each language by itself.
    let some = "[HTML.search.chapter]\nzh = { enable = false }\n\"en/b.md\" = { enable = false }\n";
    let mdbooks = book.rendered(By::Us, some);
    let index = |name: &str| {
        let found = mdbooks.iter().find(|(file, _)| file.starts_with(name)).expect("an index");
        String::from_utf8_lossy(found.1).into_owned()
    };
    assert!(index("searchindex-en").contains("en/a.html") && !index("searchindex-en").contains("en/b.html"));
    let unknown = format!("{OWN_SEARCH}[HTML.search.chapter]\nnone = {{ enable = false }}\n");
    let error = book.attempt(By::Us, &unknown).expect_err("no such chapter").to_string();
    assert!(error.contains("has `none`, and no chapter's file begins with that"), "{error}");
}

/// Where it is switched off again, or mdBook's takes its place, nothing of it is left.
#[test]
fn an_index_goes_with_its_search() {
    let book = book(&["zh-CN", "en"], TWO);
    let index = book.site().join("bilingual-search");
    for _ in 0..2 {
        book.render(By::Us, OWN_SEARCH, &book.site()).expect("a site");
        assert!(index.join("zh-CN.js").is_file() && index.join("en.js").is_file());
        let first = read(&book.site());
        book.render(By::Us, OWN_SEARCH, &book.site()).expect("a site");
        assert!(read(&book.site()) == first);
        book.render(By::Us, "", &book.site()).expect("a site");
        assert!(!index.exists());
    }
}
