//! What holds for every text: bytes outside of edits stay, the same input gives the same output, nothing panics.

use std::path::{Path, PathBuf};

use mdbook::book::{Book, BookItem, Chapter};
use mdbook_bilingual_core::config::PassName;
use mdbook_bilingual_core::edit::{self, Edit, Layer, Splice};
use mdbook_bilingual_core::facts::front_matter;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::markdown::Anatomy;
use mdbook_bilingual_core::text::{Dialect, Wording};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use pulldown_cmark::{Event, Options, Parser, TagEnd};
use support::corpora;
use support::files::files;

use crate::invariants::{check, check_formula, check_parts, undo};
use crate::program::checkout;

/// A book of all Markdown files below a folder.
fn everything_below(root: &Path) -> (Host, Book) {
    let mut book = Book::new();
    for file in files(root).into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")) {
        let Ok(text) = std::fs::read_to_string(root.join(&file)) else { continue };
        let text = text.trim_start_matches('\u{feff}').to_owned();
        book.push_item(BookItem::Chapter(Chapter::new(&file.to_string_lossy(), text, &file, Vec::new())));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let config = "[book]\nsrc = \".\"\n[preprocessor.bilingual]\nbefore = [\"links\"]\nlanguages = [\"zh-CN\", \"en\"]\n[preprocessor.bilingual.links]\nrepository = \"https://github.com/o/r\"\n";
    std::fs::write(folder.path().join("book.toml"), config).expect("written");
    std::fs::write(folder.path().join("SUMMARY.md"), "# Summary\n").expect("written");
    let (mut host, _) = Host::load(folder.path()).expect("it loads");
    host.root = root.to_owned();
    (host, book)
}

#[test]
fn every_byte_of_our_own_book_stays() {
    let (host, book) = Host::load(&checkout()).expect("our book loads");
    assert!(check(&host, &book) > 100);
}

#[test]
fn every_byte_of_the_golden_books_stays() {
    for case in std::fs::read_dir(checkout().join("tests/golden")).expect("cases") {
        let root = case.expect("a case").path();
        let (host, book) = Host::load(&root).expect("it loads");
        check(&host, &book);
    }
}

/// Sample notes lie in the folder that `BILINGUAL_CORPORA` names, each corpus as a `notes.tar.gz` or a `notes.bundle`.
#[test]
fn every_byte_of_the_corpora_stays() {
    let Some(corpora) = corpora::all("every_byte_of_the_corpora_stays") else { return };
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(&corpora).expect("corpora").map(|entry| entry.expect("a corpus").path()).collect();
    names.sort();
    let mut checked = 0;
    for corpus in names.into_iter().filter(|path| path.is_dir()) {
        let folder = tempfile::tempdir().expect("a folder");
        let notes = folder.path().join("notes");
        corpora::unpack(&corpus, &notes);
        let (host, book) = everything_below(&notes);
        let count = check(&host, &book);
        println!("{}: {count} files", corpus.file_name().expect("a name").to_string_lossy());
        checked += count;
    }
    assert!(checked > 300, "only {checked} files");
}

/// Pieces that Markdown, HTML and front matter are made of, in any order.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "---\n",
        "+++\n",
        "title: a\n",
        "title = \"a\"\n",
        "date: 2025-01-01\n",
        "# A\n",
        "# [Draft] A\n",
        "A [WIP]\n===\n",
        "\n",
        "\r\n",
        "text",
        "中文。",
        "中\n文",
        "\n> 中",
        " ",
        "> ",
        "> [!NOTE]\n",
        "> [!tip]\n> ",
        "- ",
        "    ",
        "```\n",
        "~~~\n",
        "<div>",
        "</div>",
        "<details>\n",
        "<!--",
        "-->",
        "<!-- learning-path -->\n",
        "<!-- status-board -->\n",
        "<script>",
        "[a](b.md)",
        "[English](x.md)",
        "[中文](x_zh.md)",
        "- [中文](x_zh.md)\n",
        "[中文][z]\n",
        "[z]: x_zh.md\n",
        "<a href=\"x_zh.md\">",
        "<https://github.com/o/r/blob/main/x.md>",
        "![a](<x y.png>)",
        "本文发表于[知乎](https://zhuanlan.zhihu.com/p/1)\n",
        "|a|\n|-|\n",
        "[^1]",
        "[^1]: x\n",
        "`",
        "**",
        "*",
        "!",
        "https://a.b/c",
        "http://",
        "xhttps://",
        "www.",
        "mailto:",
        "https://a.b/c\\_d",
        "www.a.b这里",
        "a@b.c",
        "```python:a/b.py\n",
        "``` 12:40:a.rs\n",
        "\u{feff}",
        "{{#include x}}",
        "\\",
        "[",
        "【草稿】",
        "\t",
        ": d\n",
        ":::tip\n",
        ":fire:",
        ":x: a",
        "## A {b}\n",
        "中\"甲\"的",
        "'甲'",
        "--flag",
        "...x",
        "<",
        "\"",
        "'",
        "&amp;",
        "\u{0}",
        "$",
        "$$",
        "$x$",
        "$ x_1 $",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "+ ",
        "5",
        "```math\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// So many cases, and before them those that failed once, which are kept beside this file.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let kept = FileFailurePersistence::WithSource("proptest-regressions");
    ProptestConfig { cases, failure_persistence: Some(Box::new(kept)), ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn every_byte_of_any_text_stays(chinese in text(), english in text()) {
        let chapter = |path: &str, text: &str| BookItem::Chapter(Chapter::new("N", text.to_owned(), path, Vec::new()));
        let book = Book::new_with_items(vec![chapter("x.md", &english), chapter("x_zh.md", &chinese)]);
        let (mut host, _) = everything_below(Path::new("/nowhere/at/all"));
        host.root = PathBuf::from("/nowhere/at/all");
        check(&host, &book);
    }

    #[test]
    fn the_parts_of_any_text_are_in_it(text in text()) {
        check_parts(&text);
    }

    /// What only an edit asks for is not looked for in a page that nobody edits, and all else is the same there: the
    /// names of its headings above all, which hang on emphasis, on joints and on emoji.
    #[test]
    fn a_page_that_nobody_edits_is_read_the_same(
        text in prop::collection::vec(
            prop_oneof![
                text(),
                prop::sample::select(vec!["# **中文。**后文\n", "中文\n后**。**字\n===\n", "## :fire: https://a.b/:fire:\n"])
                    .prop_map(str::to_owned),
            ],
            0..5,
        )
        .prop_map(|pieces| pieces.concat()),
        definition_lists in any::<bool>(),
    ) {
        let body = front_matter::find(&text).map_or(0, |block| block.end);
        let read = |edits| {
            let dialect = Dialect { edits, definition_lists, ..Dialect::default() };
            Anatomy {
                straight: Vec::new(),
                plain: Vec::new(),
                emphasis: Vec::new(),
                joints: Vec::new(),
                addresses: Vec::new(),
                callouts: Vec::new(),
                ..Anatomy::of(&text, body, &Wording::default().with_dialect(dialect))
            }
        };
        prop_assert_eq!(read(true), read(false));
    }

    #[test]
    fn addresses_of_any_text_become_links(text in text()) {
        // The other passes are switched off, and with them what they make of a page.
        let dialect = Dialect {
            formulas: false,
            definition_lists: true,
            plain_colons: false,
            plain_braces: false,
            straight: false,
            shortcodes: false,
            meant: false,
            edits: true,
        };
        let wording = Wording::default().with_dialect(dialect);
        let folder = tempfile::tempdir().unwrap();
        let (mut host, _) = everything_below(folder.path());
        host.config.passes = vec![PassName::Autolinks];
        let book = Book::new_with_items(vec![BookItem::Chapter(Chapter::new("N", text.clone(), "x.md", Vec::new()))]);
        let (_, edits) = mdbook_bilingual_core::plan(&host, &book);
        let of = |edit: &Edit| if let Edit::Splice(_, splice) = edit { Some(splice.clone()) } else { None };
        let splices: Vec<Splice> =
            edits.iter().filter_map(of).filter(|splice| splice.layer == Layer::Autolink).collect();
        let body = front_matter::find(&text).map_or(0, |block| block.end);
        let before = Anatomy::of(&text, body, &wording);
        let after = Anatomy::of(&edit::splice(&text, splices).unwrap(), body, &wording);
        prop_assert_eq!(after.links.len(), before.links.len() + before.addresses.len());
    }

    #[test]
    fn callouts_of_any_text_keep_their_contents(text in text()) {
        // Where an `<a>` without an end ends depends on the HTML behind it.
        let text = text.replace("<a href=", "<b title=");
        // What a formula is may depend on the line that goes into its place.
        let wording = Wording::default().with_formulas(false);
        let body = front_matter::find(&text).map_or(0, |block| block.end);
        let before = Anatomy::of(&text, body, &wording);
        let splices = before.callouts.iter().rev().flat_map(|callout| callout.splices("<div class=\"x\">", "</div>"));
        let splices = splices.map(|(range, text)| Splice { range, text, layer: Layer::Callout }).collect();
        let after = Anatomy::of(&edit::splice(&text, splices).unwrap(), body, &wording);
        prop_assert!(after.callouts.len() <= before.callouts.len());
        let told = |anatomy: &Anatomy| {
            let headings: Vec<_> = anatomy.headings.iter().map(|heading| heading.text.clone()).collect();
            let links: Vec<_> = anatomy.links.iter().map(|link| (link.destination.clone(), link.labels.clone())).collect();
            let fences: Vec<_> = anatomy.fences.iter().map(|fence| fence.language.clone()).collect();
            let addresses: Vec<_> = anatomy.addresses.iter().map(|address| address.text.clone()).collect();
            (headings, links, fences, addresses)
        };
        prop_assert_eq!(told(&before), told(&after));
    }

    #[test]
    fn what_holds_a_formula_begins_and_ends_in_one_block(
        front_matter in prop::sample::select(vec!["", "---\nstatus: draft\n---\n", "---\ntitle: 甲\n---\n",
            "---\nzhihu: https://zhuanlan.zhihu.com/p/1\n---\n"]),
        pieces in prop::collection::vec(prop::sample::select(vec![
            "$x$", "$x$", "，", "（", "甲", "\n", "\n\n", "# ", "> ", "> [!NOTE]\n> ", "- ", "**", "| a |\n|---|\n| ", "```\na\n```\n",
            "[English](x.md)", "<!-- learning-path -->\n",
        ]), 0..12),
    ) {
        let chapter = |path: &str, text: &str| BookItem::Chapter(Chapter::new("N", text.to_owned(), path, Vec::new()));
        let text = front_matter.to_owned() + &pieces.concat();
        let mut book = Book::new_with_items(vec![chapter("x.md", "# A\n"), chapter("x_zh.md", &text)]);
        let folder = tempfile::tempdir().unwrap();
        let (host, _) = everything_below(folder.path());
        let (reading, edits) = mdbook_bilingual_core::plan(&host, &book);
        edit::apply(&mut book, &reading.notebook.added, edits).unwrap();
        let page = book.chapters().find(|chapter| chapter.path.as_deref() == Some(Path::new("x_zh.md"))).unwrap();
        let mut open = 0;
        for event in Parser::new_ext(&page.content, Options::ENABLE_TABLES | Options::ENABLE_GFM) {
            match event {
                Event::InlineHtml(tag) if tag.starts_with("<span") => open += 1,
                Event::InlineHtml(tag) if &*tag == "</span>" => open -= 1,
                Event::Html(html) => prop_assert!(!html.contains("formula-held"), "{}", page.content),
                Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => {
                    prop_assert_eq!(open, 0, "{}", page.content);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn splices_in_any_order_give_one_text(at in prop::collection::vec(0usize..=20, 0..12)) {
        let text = "0123456789abcdefghij";
        let splices: Vec<Splice> = at.iter().enumerate().map(|(number, at)| Splice {
            range: *at..*at,
            text: format!("<{number}>"),
            layer: if number % 2 == 0 { Layer::Title } else { Layer::CrossPost },
        }).collect();
        let out = edit::splice(text, splices.clone()).unwrap();
        prop_assert_eq!(undo(&out, splices, text), text);
    }
}

/// Formulas that look like TeX: commands that the engine knows and ones that it does not, groups, scripts, any characters.
fn tex() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z0-9+=<>|.,:;!?()*/'\"`~@&$#%-]",
        2 => "[{}^_ \\[\\]\n]",
        1 => proptest::sample::select(vec!["显", "，", "é", "\u{303}", "\u{7}", "\u{E000}", "{{", "}}", "</math>", "<!--", "]]>", "&lt;"]).prop_map(str::to_owned),
        6 => proptest::sample::select(vec![
            r"\frac", r"\sqrt", r"\sqrt[3]", r"\hat ", r"\bar", r"\text{", r"\textbf", r"\mathbf{", r"\mathcal L", r"\left(",
            r"\right)", r"\left.", r"\right|", r"\middle|", r"\begin{aligned}", r"\end{aligned}", r"\begin{array}{c|c}", r"\end{array}",
            r"\begin{cases}", r"\end{cases}", r"\begin{align}", r"\end{align}", r"\\", r"\\[4pt]", r"\tag{1}", r"\label{a}", r"\sum", r"\limits",
            r"\int", r"\lim", r"\not", r"\over", r"\choose", r"\color{red}", r"\color{#f00}", r"\textcolor{#0f0}", r"\textcolor{red}{", r"\boxed",
            r"\substack{", r"\operatorname{", r"\operatorname*", r"\underbrace{", r"\overset", r"\stackrel", r"\binom", r"\big", r"\Bigl(",
            r"\,", r"\;", r"\!", r"\quad", r"\ ", r"\{", r"\}", r"\|", r"\%", r"\_", r"\$", r"\displaystyle", r"\rm", r"\alpha", r"\prime",
            r"\mathop", r"\mathbb", r"\mathrm{", r"\xrightarrow", r"\prescript", r"\sideset", r"\genfrac", r"\hline", r"\hspace{1em}", r"\kern",
            r"\cancel", r"\phantom", r"\verb|x|", r"\dots", r"\cdots", r"\nope", r"\E", r"\norm", r"\loop", r"\mathscr", r"\bm", r"\widetilde",
            r"\pmod", r"\bra", r"\Braket", r"\cramped", r"\notag", r"\slashed", r"\texttt", r"\tiny", r"\'", r"\href", r"\def", r"\rule", r"\mspace",
        ]).prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_formula_is_inert_in_markdown(tex in tex(), display in any::<bool>()) {
        let macros = [("E", r"\mathbb{E}"), ("norm", r"\left\|#1\right\|"), ("loop", r"\loop")];
        let macros = macros.map(|(name, body)| (name.to_owned(), body.to_owned()));
        let mathematics = mdbook_bilingual_core::formula::Mathematics::new(&macros.into());
        check_formula(&mathematics, &tex, display);
    }
}
