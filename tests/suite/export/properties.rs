//! What holds for the export of every text: nothing panics, the same note gives the same bytes, what is counted agrees,
//! and a plain paragraph stays as it is.

use std::collections::BTreeMap;

use mdbook::book::{Book, BookItem, Chapter};
use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::read_to_export;
use mdbook_bilingual_export::{Export, Exported, Images, LinkWay, Options, Platform, Sources};
use proptest::prelude::*;
use support::book::book;

use super::golden::PLATFORMS;
use super::second;
use crate::properties::{cases, text};

/// Pieces of what exports change, in any order. Of HTML that is not closed as it was opened, no count can be kept: the
/// report says so. Tables and code of HTML are blocks, as authors write them.
fn note() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n\n",
        "\n",
        "# $x$ 题\n",
        "#### 深 `a`\n",
        "- [ ] a\n",
        "- [x] **b。**后\n",
        "  - c\n    - d\n",
        "1. e\n",
        "> > 深\n",
        "> [!WARNING]\n> 小心\n",
        "[^a]",
        "\n[^a]: 注 [b](x.md)\n",
        "| a | $x_1$ |\n|---|:-:|\n| `b\\|c` | [d](https://e.org) ![e](b.png) |\n\n",
        "$$\n\\frac{a}{b}\n= c\n$$\n",
        "$$a$$",
        "文 $a<b$ 字",
        "\n```mermaid\ngraph TD\n```\n",
        "\n```python:a/b.py\nx = 1\n```\n",
        "\n\n<details><summary>推导</summary>\n\n内\n\n</details>\n\n",
        "<img src=\"b.png\" alt=\"图\">",
        "<b>粗</b>",
        "<br>",
        "\n\n<table><tr><th>甲</th><td>乙</td></tr></table>\n\n",
        "\n\n<pre>x\n</pre>\n\n",
        "<a href=\"https://e.org\">链接</a>",
        "文<!-- 草稿 -->字",
        "![图](b.png)",
        "![](a.svg)",
        "[甲](#乙)",
        "[甲](x.md#乙)",
        "[甲](gone.md)",
        "[**甲**](https://e.org/a_(b))",
        "[乙](<https://e.org/a b(c&lt;>)",
        "[r]",
        "\n[r]: https://e.org/r \"t\"\n",
        "~~删~~",
        "*a*",
        "**“快”**的",
        "{% if %}",
        "{{ a }}",
        "文字",
        "words",
        " ",
    ]);
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Whole blocks, as an author writes them.
fn blocks() -> impl Strategy<Value = String> {
    let block = prop::sample::select(vec![
        "段落，**显存。**然后 *a* 和 ~~b~~。",
        "第一行，\n第二行 `code`\nline three",
        "每卡 $5，共 $10；$\\pi_\\theta$ 是。",
        "## 一、背景",
        "### 1.1 节",
        "#### 缓冲区",
        "$$\na\n= b\n$$",
        "- a\n- b\n  - c\n    - d",
        "1. a\n2. b",
        "- [ ] a\n- [x] b",
        "> 引\n>\n> > 深",
        "> [!NOTE]\n> 见 [甲](x.md)。",
        "```python:a/b.py\nx = 1\n```",
        "```mermaid\ngraph LR\n```",
        "| a | b |\n|---|---|\n| `c` | **d** $x_1$ |",
        "![图](https://e.org/a.png)",
        "文字 ![图](https://e.org/b.png) 文字",
        "正文。[^a]\n\n[^a]: 注",
        "<details><summary>推导</summary>\n\n内\n\n</details>",
        "见 [源码](https://e.org/a) 和 <https://e.org/b>。",
        "---",
    ]);
    prop::collection::vec(block, 1..8).prop_map(|blocks| blocks.join("\n\n") + "\n")
}

/// Files of a book: whatever is called so is a picture.
struct Files;

impl Sources for Files {
    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        path.ends_with(".png").then(|| b"\x89PNG\r\n\x1a\n-".to_vec())
    }

    fn is_pushed(&self, path: &str) -> bool {
        path.len().is_multiple_of(2)
    }

    fn diagram(&self, source: &str) -> Option<Vec<u8>> {
        source.contains("TD").then(|| b"\x89PNG\r\n\x1a\n-".to_vec())
    }
}

/// A text as some platforms take it, as a note of a book that has another one.
fn exported<'p>(text: &str, platforms: &[&'p str]) -> BTreeMap<&'p str, Exported> {
    let tables = "[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\n\
        [preprocessor.bilingual.links]\nrepository = \"https://github.com/o/r\"";
    let folder = book(tables, &[("SUMMARY.md", "# Summary\n")]);
    let (host, _) = Host::load(folder.path()).expect("it loads");
    let chapter = |path: &str, text: &str| BookItem::Chapter(Chapter::new("N", text.to_owned(), path, Vec::new()));
    let book = Book::new_with_items(vec![chapter("x.md", "# A\n"), chapter("x_zh.md", text)]);
    let reading = read_to_export(&host, &book);
    let page = reading.notebook.pages.iter().find(|page| page.file.ends_with("x_zh.md")).expect("the page");
    let options = Options { site: None, images: Images::Nowhere, links: LinkWay::ALL.to_vec() };
    let write = |id: &&'p str| {
        let platform = Platform::read(id, &BTreeMap::new(), &BookToml::new(String::new())).expect("a platform");
        let export = Export::new(&reading, &host, &platform, &options, &Files);
        let [once, twice] = [(); 2].map(|()| export.note(page, text));
        assert_eq!((&once.text, &once.files), (&twice.text, &twice.files), "{id}: two runs differ");
        assert_eq!(once.findings, twice.findings, "{id}: two runs differ");
        (*id, once)
    };
    platforms.iter().map(write).collect()
}

/// What stands behind the front matter of an export for DEV.
fn behind_front_matter(text: &str) -> &str {
    let text = text.strip_prefix("---").expect("front matter");
    text.split_once("\n---").expect("front matter").1
}

/// What has to hold for each export of a text.
fn check(text: &str) {
    for (platform, exported) in exported(text, PLATFORMS) {
        let differ: Vec<&str> = exported
            .findings
            .iter()
            .filter(|finding| finding.diagnostic.code() == Code::CountDiffers)
            .map(|finding| finding.diagnostic.message().what.as_str())
            .collect();
        assert_eq!(differ, Vec::<&str>::new(), "{platform}: {text:?} gives {:?}", exported.text);
        // comrak leaves out a footnote to which nothing leads, with all that is in it.
        if platform != "wechat" && !exported.text.contains("[^a]:") {
            let counts = second::found(second::counted(platform, &exported.text)).counts;
            let (ours, theirs) = (exported.after, counts);
            assert_eq!(ours.pictures, theirs.pictures, "{platform}: {text:?} gives {:?}", exported.text);
        }
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn any_text_is_exported(text in prop::collection::vec(prop_oneof![note(), text()], 1..3).prop_map(|texts| texts.concat())) {
        exported(&text, PLATFORMS);
    }

    #[test]
    fn what_is_counted_agrees(text in note()) {
        check(&text);
    }

    /// Where it begins a note, whatever comes behind it.
    #[test]
    fn a_plain_paragraph_stays(words in "[a-z一-龥，。][a-z一-龥0-9，。 ]{0,39}", behind in note()) {
        let paragraph = words.trim();
        prop_assume!(!paragraph.is_empty() && !paragraph.starts_with(|c: char| c.is_ascii_digit()));
        let text = format!("{paragraph}\n\n{behind}");
        for (platform, exported) in exported(&text, PLATFORMS) {
            let begin = match platform {
                "wechat" => continue,
                "dev-to" => behind_front_matter(&exported.text),
                "markdown" => exported.text.split_once('\n').expect("a title").1,
                _ => &exported.text,
            };
            let begin = begin.trim_start_matches(['\r', '\n']);
            prop_assert!(begin.starts_with(paragraph), "{}: {:?} gives {:?}", platform, text, exported.text);
        }
    }

    /// An export is a note of which nothing is left to be changed; but DEV's has tags of Liquid, which the text of a note
    /// has not.
    #[test]
    fn an_export_of_an_export_is_the_same(text in blocks()) {
        for platform in ["zhihu", "juejin", "csdn", "markdown"] {
            let once = exported(&text, &[platform]).remove(platform).expect("an export");
            let twice = exported(&once.text, &[platform]).remove(platform).expect("an export");
            prop_assert_eq!(&once.text, &twice.text, "{}: {:?}", platform, text);
        }
    }
}
