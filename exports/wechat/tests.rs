//! Notes as WeChat takes them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::read_to_export;
use mdbook_bilingual_core::text::html::{Token, tokens};
use proptest::prelude::*;
use scraper::{ElementRef, Html, Node};

use super::page::fragment;
use crate::{Export, Exported, Images, LinkWay, Options, Platform, Sources};

/// Nobody has anything.
struct Nothing;

impl Sources for Nothing {
    fn bytes(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn is_pushed(&self, _: &str) -> bool {
        false
    }

    fn diagram(&self, _: &str) -> Option<Vec<u8>> {
        None
    }
}

const BOOK_TOML: &str = "[book]\nsrc = \"book\"\nlanguage = \"zh-CN\"\n\n[preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\n\n\
    [preprocessor.bilingual.history]\ngit = false\n";

/// A note with other text in each test, in a book that is otherwise the same.
fn exported_with(note: &str, own: &str) -> Exported {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(path, text).unwrap();
    };
    write("book.toml", BOOK_TOML);
    write("book/SUMMARY.md", "# S\n\n- [笔记](zh/note.md)\n- [Other](zh/other.md)\n");
    write("book/zh/note.md", note);
    write("book/zh/other.md", "# 别的\n\n文字\n");
    let (host, book) = Host::load(folder.path()).unwrap();
    let reading = read_to_export(&host, &book);
    let own: BTreeMap<String, serde_json::Value> = toml::from_str(own).unwrap();
    let platform = Platform::read("wechat", &own, &BookToml::new(String::new())).unwrap();
    let site = Some(url::Url::parse("https://notes.example/").unwrap());
    let options = Options { site, images: Images::Nowhere, links: LinkWay::ALL.to_vec() };
    let export = Export::new(&reading, &host, &platform, &options, &Nothing);
    let page = reading.notebook.pages.iter().find(|page| page.file.ends_with("note.md")).unwrap();
    export.note(page, note)
}

fn exported(note: &str) -> Exported {
    exported_with(note, "")
}

/// What is copied of a note, without styles.
fn html(note: &str) -> String {
    let exported = exported(note);
    sound(&exported, note);
    let html = without_styles(fragment(&exported.text));
    html.strip_prefix("<section data-wechat=\"article\">").unwrap().strip_suffix("</section>").unwrap().to_owned()
}

fn without_styles(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(" style=\"") {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 8..];
        rest = &behind[behind.find('"').unwrap() + 1..];
    }
    out + rest
}

fn codes(exported: &Exported) -> Vec<&'static str> {
    let codes: BTreeSet<Code> = exported.findings.iter().map(|finding| finding.diagnostic.code()).collect();
    codes.into_iter().filter(|code| *code != Code::PostUnsure).map(Code::name).collect()
}

/// Whether a browser reads it as it was written, and WeChat keeps it.
fn sound(exported: &Exported, note: &str) {
    let html = fragment(&exported.text);
    let parsed = Html::parse_fragment(html);
    for node in parsed.tree.nodes() {
        match node.value() {
            Node::Comment(_) | Node::Doctype(_) => panic!("{note:?}"),
            Node::Element(element) => {
                let name = element.name();
                assert!(
                    !matches!(name, "div" | "style" | "script" | "input" | "defs" | "text" | "foreignObject"),
                    "{note:?}"
                );
                for (attribute, value) in element.attrs() {
                    assert!(!matches!(attribute, "id" | "class" | "width" | "height"), "{note:?}");
                    assert!(attribute != "href" || value.starts_with("https://mp.weixin.qq.com/"), "{note:?}");
                }
            }
            _ => {}
        }
    }
    // What a browser would nest in another way would come back in another way.
    assert_eq!(nested(&parsed), written(html), "{note:?}");
    for code in [Code::CountDiffers, Code::ExportUnclean] {
        assert!(
            exported.findings.iter().all(|found| found.diagnostic.code() != code),
            "{note:?}: {:?}",
            exported.findings
        );
    }
}

/// The elements of what was written, in their order and depth.
fn written(html: &str) -> Vec<(usize, String)> {
    let (mut depth, mut found) = (0, Vec::new());
    for (token, _) in tokens(html) {
        match token {
            Token::Open(name) => {
                found.push((depth, name));
                depth += 1;
            }
            Token::Empty(name) => found.push((depth, name)),
            Token::Close(_) => depth -= 1,
            Token::Text(_) => {}
        }
    }
    found
}

/// The same of what was read.
fn nested(html: &Html) -> Vec<(usize, String)> {
    let elements = html.tree.root().descendants().filter_map(ElementRef::wrap).skip(1);
    // Above each is the document, and what a parser puts around a fragment.
    elements.map(|element| (element.ancestors().count() - 2, element.value().name().to_owned())).collect()
}

#[test]
fn what_stands_in_a_line() {
    for (note, expected) in [
        ("**显存。**然后", "<p><strong>显存。</strong>然后</p>"),
        ("*a* ~~b~~ `c  d`", "<p><em>a</em> <del>b</del> <code>c  d</code></p>"),
        ("第一行，\n第二行\nline three", "<p>第一行，第二行 line three</p>"),
        ("中\n**文** a\n`b`\nc", "<p>中<strong>文</strong> a <code>b</code> c</p>"),
        ("a  \nb\\\nc", "<p>a<br>b<br>c</p>"),
        ("a < b & c <!-- 草稿 --> \"d\"", "<p>a &lt; b &amp; c  &quot;d&quot;</p>"),
        ("价格 $5 和 $10", "<p>价格 $5 和 $10</p>"),
        ("a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"),
        ("<!-- 草稿 -->\n\na", "<p>a</p>"),
    ] {
        assert_eq!(html(note), expected, "{note:?}");
    }
}

#[test]
fn headings_begin_where_the_platform_has_them() {
    assert_eq!(html("# 标题\n\n## 甲\n\n### 乙\n\n#### 丙"), "<h2>甲</h2><h3>乙</h3><h4>丙</h4>");
    assert_eq!(
        html("# 标题\n\n# 甲 `a`\n\n### 乙\n\n#### 丙"),
        "<h2>甲 <code>a</code></h2><h4>乙</h4><p><strong>丙</strong></p>"
    );
    let exported = exported("# 标题\n\n## 甲\n\n##### 乙\n\n###### 丙");
    assert_eq!(codes(&exported), ["heading-depth"]);
}

#[test]
fn lists_have_their_text_in_elements_and_lists_behind_items() {
    for (note, expected) in [
        ("- a\n- b", "<ul><li><section>a</section></li><li><section>b</section></li></ul>"),
        ("3. a\n4. b", "<ol start=\"3\"><li><section>a</section></li><li><section>b</section></li></ol>"),
        (
            "- a\n  - b\n\n  c\n- d",
            "<ul><li><section>a</section></li><ul><li><section>b</section></li></ul><section>c</section>\
             <li><section>d</section></li></ul>",
        ),
        (
            "- a\n  - b\n    1. c\n    2. d",
            "<ul><li><section>a</section></li><ul><li><section>b</section></li>\
             <section><section>1. c</section></section><section><section>2. d</section></section></ul></ul>",
        ),
        ("- [ ] a\n- [x] b", "<ul><li><section>☐ a</section></li><li><section>☑ b</section></li></ul>"),
        ("- \n- b", "<ul><li><section>&nbsp;</section></li><li><section>b</section></li></ul>"),
    ] {
        assert_eq!(html(note), expected, "{note:?}");
    }
    assert_eq!(codes(&exported("- a\n  - b\n    - c\n      - d")), ["list-block"]);
}

#[test]
fn quotations_callouts_and_details() {
    for (note, expected, found) in [
        ("> a\n>\n> > b", "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", &[][..]),
        ("> [!WARNING]\n> 小心", "<section><p>警告</p><p>小心</p></section>", &["callout"]),
        (
            "<details><summary>推导 $x$</summary>\n\n第一\n\n</details>",
            "<p><strong>推导 <svg/></strong></p><p>第一</p>",
            &["details"],
        ),
        ("a <details><summary>b</summary>c</details>", "<p>a <strong>b</strong>c</p>", &["details"]),
    ] {
        let shown = html(note);
        assert_eq!(shown_svg(&shown), expected, "{note:?}");
        assert_eq!(codes(&exported(note)), found, "{note:?}");
    }
}

/// Drawings without what is drawn.
fn shown_svg(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find("<svg") {
        out.push_str(&rest[..at]);
        out.push_str("<svg/>");
        rest = &rest[rest.find("</svg>").unwrap() + 6..];
    }
    out + rest
}

#[test]
fn tables_have_formulas() {
    let shown = html("| 名 | 值 |\n|:-:|--:|\n| `a\\|b` | $x_1$ |");
    assert_eq!(
        shown_svg(&shown),
        "<section><table><thead><tr><th>名</th><th>值</th></tr></thead>\
         <tbody><tr><td><code>a|b</code></td><td><svg/></td></tr></tbody></table></section>"
    );
    assert!(exported("| a |\n|:-:|\n| b |").text.contains(";text-align:center\">a</th>"));
}

#[test]
fn code_keeps_its_lines_and_spaces() {
    assert_eq!(
        html("```\n    a <b>\n\n\tc\n```"),
        "<pre><section>&nbsp;&nbsp;&nbsp;&nbsp;a&nbsp;&lt;b&gt;</section><section>&nbsp;</section>\
         <section>&nbsp;&nbsp;&nbsp;&nbsp;c</section></pre>"
    );
    let note = "```python:srt/server.py\nx\n```\n\n```mermaid\ngraph TD;\n```\n\n```12:40:a/b.py\n$x$ {% raw %}\n```";
    let shown = html(note);
    assert!(shown.starts_with("<section>srt/server.py</section><pre><section>x</section></pre><pre>"), "{shown}");
    assert!(shown.contains("<section>a/b.py:12-40</section><pre>"), "{shown}");
    assert_eq!(codes(&exported(note)), ["code-path", "diagram"]);
}

#[test]
fn links_and_footnotes_stand_at_the_end() {
    let note = "见 [源码](https://e.org/a)、[再见](https://e.org/a) 和 [公号文](https://mp.weixin.qq.com/s/x)，[小结](#小结)。[^1]\
        \n\n[^1]: 旁注 <https://e.org/b>\n\n## 小结\n";
    assert_eq!(
        html(note),
        "<p>见 源码<sup>[2]</sup>、再见<sup>[2]</sup> 和 <a href=\"https://mp.weixin.qq.com/s/x\">公号文</a>，小结。<sup>[1]</sup></p>\
         <h2>小结</h2><p>注释</p><section>[1] 旁注 https://e.org/b<sup>[3]</sup></section>\
         <p>链接</p><section>[2] 源码: https://e.org/a</section><section>[3] https://e.org/b</section>"
    );
    let exported = exported(note);
    assert_eq!(codes(&exported), ["anchor", "footnote", "links-numbered"]);
    assert_eq!((exported.before.links, exported.after.links), (5, 1));
}

#[test]
fn footnotes_are_numbered_as_they_are_named() {
    assert_eq!(
        html("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^z]: Z\n[^x]: X[^w]\n[^w]: W\n[^x]: again $x$\n"),
        "<p>a<sup>[1]</sup> b<sup>[2]</sup> c<sup>[1]</sup></p><p>注释</p><section>[1] X<sup>[3]</sup></section>\
         <section>[2] Y</section><section>[3] W</section><section>[4] Z</section>"
    );
}

#[test]
fn formulas_are_drawn_or_are_their_tex() {
    for (note, expected, found) in [
        (
            "每卡 $5，$HOME/$USER 不是公式，$\\pi_\\theta$ 是。",
            "<p>每卡 $5，$HOME/$USER 不是公式，<svg/> 是。</p>",
            &[][..],
        ),
        (
            "前\n$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$\n后",
            "<p>前</p><section><svg/></section><p>后</p>",
            &[],
        ),
        ("```math\nx\n```", "<section><svg/></section>", &[]),
        ("$\\nobody{<b>}$", "<p><code>\\nobody{&lt;b&gt;}</code></p>", &["formula-unknown"]),
        ("$P_{\\text{显存}}$", "<p><svg/><sub>显存</sub></p>", &[]),
        ("$\\sqrt{显}$", "<p><code>\\sqrt{显}</code></p>", &["formula-font"]),
        ("$\\text{显存} = x + \\text{“快”}$", "<p>显存<svg/>“快”</p>", &[]),
        ("$\\text{显存}$", "<p>显存</p>", &["formula-font"]),
        (
            "## 甲 $x$\n\n推导的全文见 [甲 $y$](https://mp.weixin.qq.com/) 一文。",
            "<h2>甲 <svg/></h2><p>推导的全文见 <a href=\"https://mp.weixin.qq.com/\">甲 <svg/></a> 一文。</p>",
            &[],
        ),
    ] {
        let shown = html(note);
        assert_eq!(shown_svg(&shown), expected, "{note:?}");
        assert_eq!(codes(&exported(note)), found, "{note:?}");
    }
}

#[test]
fn html_is_its_text() {
    for (note, expected, found) in [
        ("H<sub>2</sub>O <b>x</b><br>y", "<p>H<sub>2</sub>O <strong>x</strong><br>y</p>", &[][..]),
        ("<font color=\"red\">x</font> <b>y", "<p>x <strong>y</strong></p>", &["html"]),
        (
            "<div align=\"center\">\n<b>a\n文</b> &copy; <i>c</div>\n",
            "<p><strong>a 文</strong> &copy; <em>c</em></p>",
            &["html"],
        ),
        ("<p>甲\n乙 $x$</p><p>丙</p>", "<p>甲乙 <svg/></p><p>丙</p>", &[]),
        ("> <div>\n> a\n> </div>", "<blockquote><p>a</p></blockquote>", &["html"]),
        ("<script>alert(1)</script>\n\na", "<p>a</p>", &["html"]),
        (
            "<a href=\"https://e.org/\">甲 <b>乙</b></a> <a id=\"x\"></a>丙",
            "<p>甲 <strong>乙</strong><sup>[1]</sup> 丙</p><p>链接</p><section>[1] 甲 乙: https://e.org/</section>",
            &["links-numbered"],
        ),
        ("<a href=\"javascript:alert(1)\">a</a>", "<p>a</p>", &["link-lost"]),
    ] {
        let shown = html(note);
        assert_eq!(shown_svg(&shown), expected, "{note:?}");
        assert_eq!(codes(&exported(note)), found, "{note:?}");
    }
}

#[test]
fn the_page_speaks_the_language_of_the_note() {
    let exported = exported("# 标题 <b>\n\na");
    for part in
        ["<html lang=\"zh-CN\">", "<meta charset=\"utf-8\">", ">复制到公众号</button>", "data-copied=\"已复制，"]
    {
        assert!(exported.text.contains(part), "{part}: {}", exported.text);
    }
    assert_eq!(exported.text.matches("<button").count(), 1);
}

#[test]
fn a_style_of_the_book_cannot_end_its_attribute() {
    let exported = exported_with("## a", "[wechat.styles]\nh2 = \"color:red\\\"><div>\"\n");
    assert!(exported.text.contains("<h2 style=\"color:red&quot;&gt;&lt;div&gt;\">a</h2>"), "{}", exported.text);
    assert_eq!(codes(&exported), [""; 0]);
}

#[test]
fn the_same_note_is_the_same_bytes() {
    let note = "# a\n\n$x$ `b` [c](https://e.org/)\n\n```rust\nfn main() {}\n```\n";
    assert_eq!(exported(note).text, exported(note).text);
}

/// Pieces of which notes are made.
const PIECES: &[&str] = &[
    "中文",
    "a b",
    "。",
    "**",
    "*",
    "~~",
    "`",
    "$",
    "$$",
    "$x^2$",
    "\\frac{a}",
    "\\text{显}",
    "\n",
    "\n\n",
    "  \n",
    "    ",
    "> ",
    "- ",
    "1. ",
    "  - ",
    "# ",
    "### ",
    "###### ",
    "|",
    "| a | b |\n|---|---|\n| c | $d$ |\n",
    "```\n",
    "```python:a.py\n",
    "```mermaid\n",
    "```math\n",
    "[a](https://e.org/)",
    "[b](other.md)",
    "[c](#d)",
    "![e](f.png)",
    "![$x$](https://e.org/g.png)",
    "[![h](i.png)](j)",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<details>",
    "<summary>",
    "</summary>",
    "</details>",
    "<a href=\"https://e.org/k\">",
    "</a>",
    "<img src=\"l.png\">",
    "<br>",
    "<!--",
    "-->",
    "<table>",
    "<pre>",
    "</pre>",
    "<script>",
    "&lt;",
    "&",
    "<",
    "\"",
    "[^1]",
    "[^2]",
    "\n[^1]: ",
    "\n[^2]: ",
    "> [!NOTE]\n",
    "- [ ] ",
    "- [x] ",
    "---\n",
    "\nterm\n: meaning\n",
    "\t",
    "\r\n",
    "\u{0}",
    "<https://e.org/m>",
    "[n]: https://e.org/o\n",
    "[n]",
    "\\",
    "<svg>",
    "<p",
    "</p>",
];

fn any_note() -> impl Strategy<Value = String> {
    let piece = prop_oneof![9 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => ".{0,8}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_note_is_clean_and_nothing_vanishes(note in any_note()) {
        sound(&exported(&note), &note);
    }
}
