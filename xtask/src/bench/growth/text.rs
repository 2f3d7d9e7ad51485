//! What a page can have many of: keys, headings, links, brackets, formulas, lines.

use super::construct::Command::{Check, List, Preprocess};
use super::construct::{Book, Construct, pair};

/// Every construct of a page.
pub(super) const ALL: &[Construct] = &[
    // Front matter.
    Construct::new("YAML keys", Preprocess, 4_000, |n| yaml(&many(n, |at| format!("key{at}: value\n")))),
    Construct::new("YAML keys, read by list", List, 4_000, |n| yaml(&many(n, |at| format!("key{at}: value\n")))),
    Construct::new("YAML, a long value", Preprocess, 100_000, |n| yaml(&format!("summary: {}\n", "x".repeat(n)))),
    Construct::new("YAML, a long title", Preprocess, 20_000, |n| yaml(&format!("title: {}\n", "x ".repeat(n)))),
    Construct::new("YAML, a long quoted value", Preprocess, 50_000, |n| {
        yaml(&format!("note: \"{}\"\n", "\\n".repeat(n)))
    }),
    Construct::new("YAML brackets", Preprocess, 50_000, |n| yaml(&format!("a: {}{}\n", "[".repeat(n), "]".repeat(n)))),
    Construct::new("YAML brackets, unclosed", Preprocess, 100_000, |n| yaml(&format!("a: {}\n", "[".repeat(n)))),
    Construct::new("YAML items of items", Preprocess, 50_000, |n| yaml(&format!("a:\n  {}x\n", "- ".repeat(n)))),
    Construct::new("YAML aliases", Preprocess, 4_000, |n| {
        yaml(&format!("a: &a 1\n{}", many(n, |at| format!("k{at}: *a\n"))))
    }),
    Construct::new("YAML aliases of aliases", Preprocess, 3_000, |n| {
        let chain = many(n, |at| format!("a{}: &a{} [*a{at}, *a{at}]\n", at + 1, at + 1));
        yaml(&format!("a0: &a0 x\n{chain}"))
    }),
    Construct::new("YAML comments", Preprocess, 10_000, |n| yaml(&"# a comment\n".repeat(n))),
    Construct::new("YAML documents", Preprocess, 10_000, |n| yaml(&"a: 1\n...\n".repeat(n))),
    Construct::new("YAML, unclosed", Preprocess, 10_000, |n| Book::page(&format!("---\n{}", "key: value\n".repeat(n)))),
    Construct::new("YAML cross-posts", Preprocess, 1_000, |n| {
        let posts = many(n, |at| format!("  - {{ platform: juejin, url: \"https://juejin.cn/post/{at}\" }}\n"));
        yaml(&format!("cross-posts:\n{posts}"))
    }),
    Construct::new("TOML keys", Preprocess, 4_000, |n| toml(&many(n, |at| format!("key{at} = 1\n")))),
    Construct::new("TOML tables", Preprocess, 4_000, |n| toml(&many(n, |at| format!("[table{at}]\na = 1\n")))),
    Construct::new("TOML, a dotted key", Preprocess, 20_000, |n| toml(&format!("a{} = 1\n", ".a".repeat(n)))),
    Construct::new("TOML brackets", Preprocess, 50_000, |n| toml(&format!("a = {}{}\n", "[".repeat(n), "]".repeat(n)))),
    Construct::new("TOML, unclosed", Preprocess, 10_000, |n| Book::page(&format!("+++\n{}", "key = 1\n".repeat(n)))),
    // Blocks.
    Construct::pieces("headings", 4_000, |at| format!("## Heading {at}\n\n")),
    Construct::pieces("headings of one name", 4_000, |_| "## Heading\n\n".to_owned()),
    Construct::pieces("headings with ids", 4_000, |at| format!("## Heading {{#id-{at}}}\n\n")),
    Construct::pieces("headings with underlines", 4_000, |at| format!("Heading {at}\n===\n\n")),
    Construct::pieces("paragraphs", 5_000, |_| "A short paragraph.\n\n".to_owned()),
    Construct::pieces("Chinese lines", 5_000, |_| "这一行在这里断开\n".to_owned()),
    Construct::pieces("Chinese paragraphs", 5_000, |_| "一段话。\n\n".to_owned()),
    Construct::line("blank lines", 100_000, "\n"),
    Construct::pieces("lines that end with CR LF", 5_000, |_| "a line\r\n".to_owned()),
    Construct::line("one line", 20_000, "word "),
    Construct::line("one Chinese line", 20_000, "字，"),
    Construct::pieces("callouts", 4_000, |_| "> [!NOTE]\n> Text.\n\n".to_owned()),
    Construct::pieces("callouts in one quotation", 4_000, |_| "> [!NOTE]\n".to_owned()),
    Construct::pieces("callouts of other kinds", 4_000, |at| format!("> [!kind{at}] Title\n> Text.\n\n")),
    // As many bytes as their number: each of them stands behind as many marks as it is deep.
    Construct::new("nested callouts, in bytes", Preprocess, 100_000, |n| {
        Book::page(&many(n.isqrt(), |at| format!("{}[!NOTE]\n", "> ".repeat(at + 1))))
    }),
    Construct::new("nested callouts in lists, in bytes", Preprocess, 100_000, |n| {
        Book::page(&many(n.isqrt(), |at| format!("{}- > [!NOTE]\n", "  ".repeat(at * 2))))
    }),
    Construct::line("nested quotations", 5_000, "> "),
    Construct::line("nested lists", 5_000, "- "),
    Construct::pieces("list items", 5_000, |at| format!("- item {at}\n")),
    Construct::pieces("numbered items", 5_000, |at| format!("{}. item\n", at + 1)),
    Construct::pieces("tasks", 5_000, |_| "- [ ] task\n".to_owned()),
    Construct::pieces("definitions", 5_000, |_| "Term\n: What it is\n\n".to_owned()),
    Construct::pieces("code fences", 4_000, |_| "```rust,ignore title=x\nfn main() {}\n```\n\n".to_owned()),
    Construct::pieces("code fences, unclosed", 4_000, |_| "> ```\n\n".to_owned()),
    Construct::new("lines in one fence", Preprocess, 10_000, |n| {
        Book::page(&format!("# 甲\n\n```\n{}", "code $x$\n".repeat(n)))
    }),
    Construct::pieces("indented code", 5_000, |_| "    code\n\n".to_owned()),
    Construct::new("rows of a table", Preprocess, 4_000, |n| {
        Book::page(&format!("# 甲\n\n| a | b |\n|---|---|\n{}", "| 1 | $x$ |\n".repeat(n)))
    }),
    Construct::new("columns of a table", Preprocess, 4_000, |n| {
        Book::page(&format!("# 甲\n\n{}|\n{}|\n{}|\n", "| a ".repeat(n), "|---".repeat(n), "| 1 ".repeat(n)))
    }),
    Construct::pieces("tables", 2_000, |_| "| a | b |\n|---|---|\n| 1 | 2 |\n\n".to_owned()),
    Construct::pieces("rules", 5_000, |_| "***\n\n".to_owned()),
    // HTML.
    Construct::line("HTML that opens", 10_000, "<div>"),
    Construct::pieces("HTML that opens, by lines", 5_000, |_| "<div>\n\n".to_owned()),
    Construct::line("HTML that opens in a line", 10_000, "a <b>"),
    Construct::pieces("HTML that closes", 5_000, |_| "</div>\n\n".to_owned()),
    Construct::pieces("HTML that closes what Markdown opened", 5_000, |_| "text</p>\n\n".to_owned()),
    Construct::line("HTML that closes what Markdown opened, in a line", 10_000, "a</p> "),
    Construct::pieces("HTML that opens and closes", 5_000, |_| "<div>\n\ntext\n\n</div>\n\n".to_owned()),
    Construct::new("HTML, attributes", Preprocess, 5_000, |n| {
        Book::page(&format!("# 甲\n\n<div {}>\n", many(n, |at| format!("a{at}=\"b\" "))))
    }),
    Construct::new("HTML, signs that are no attribute", Preprocess, 20_000, |n| {
        Book::page(&format!("# 甲\n\n<div {}@{}>\n", "=".repeat(n), "a=@".repeat(n)))
    }),
    Construct::line("comments that open", 20_000, "<!--"),
    Construct::line("comments that open in a line", 20_000, "a <!-- "),
    Construct::pieces("comments", 5_000, |_| "<!-- x -->\n\n".to_owned()),
    Construct::line("processing instructions", 20_000, "a <?"),
    Construct::line("CDATA", 10_000, "a <![CDATA["),
    Construct::line("declarations", 10_000, "a <!A "),
    Construct::line("less-than signs", 50_000, "<"),
    Construct::line("tags without an end", 20_000, "a <b "),
    Construct::pieces("tags without an end, in a block", 10_000, |at| {
        format!("{}<b x='>' ", if at == 0 { "<div>\n<i \"" } else { "" })
    }),
    Construct::line("links in HTML", 4_000, "<a href=\"b.md\">x</a> "),
    Construct::line("links in HTML, unclosed", 4_000, "<a href=\"b.md\">x "),
    Construct::line("pictures in HTML", 4_000, "<img src=\"x.png\"> "),
    // Inline.
    Construct::line("emphasis, alternating", 20_000, "*_"),
    Construct::line("emphasis, closed", 10_000, "*a* **b** "),
    Construct::line("emphasis beside Chinese", 5_000, "中**“文”**字"),
    Construct::line("emphasis beside Chinese, unclosed", 10_000, "中**“"),
    Construct::line("stars", 50_000, "*"),
    Construct::line("strikethrough", 20_000, "~a~~b~~~"),
    Construct::line("brackets", 30_000, "["),
    Construct::line("brackets that close", 30_000, "]"),
    Construct::line("brackets of pictures", 20_000, "!["),
    Construct::new("nested pictures", Preprocess, 10_000, |n| {
        Book::page(&format!("# 甲\n\n{}{}\n", "![a ".repeat(n), "](x.png)".repeat(n)))
    }),
    Construct::line("brackets and parentheses", 20_000, "[a]("),
    Construct::line("brackets, twice", 20_000, "[]["),
    Construct::line("backquotes", 50_000, "`"),
    Construct::new("backquotes in runs, in bytes", Preprocess, 50_000, |n| {
        Book::page(&format!("# 甲\n\n{}\n", many((n * 2).isqrt(), |at| format!("{}x", "`".repeat(at + 1)))))
    }),
    Construct::line("code in lines", 10_000, "`a` "),
    Construct::line("entities", 20_000, "&amp;"),
    Construct::line("ampersands", 30_000, "&"),
    Construct::line("backslashes", 30_000, "\\"),
    Construct::line("addresses", 4_000, "https://example.org/a "),
    Construct::line("beginnings of addresses", 20_000, "http://"),
    Construct::line("addresses with parentheses", 20_000, "https://a.b/("),
    Construct::line("addresses that go on", 20_000, "www.a.b/~"),
    Construct::line("mail addresses", 10_000, "a@b.cd "),
    Construct::line("at signs", 20_000, "a@"),
    Construct::line("links", 4_000, "[a](../en/a.md) "),
    Construct::line("links to headings", 4_000, "[a](../en/a.md#a) "),
    Construct::line("links that lead nowhere", 2_000, "[a](none.md) "),
    Construct::new("links that lead nowhere, in check", Check, 2_000, |n| {
        Book::page(&format!("# 甲\n\n{}", "[a](none.md)\n".repeat(n)))
    }),
    Construct::new("links to as many headings", Check, 2_000, |n| {
        let headings = many(n, |at| format!("## H{at}\n\n[x](#h{at})\n\n"));
        Book::page(&format!("# 甲\n\n{headings}"))
    }),
    Construct::line("pictures", 4_000, "![a](x.png) "),
    Construct::pieces("reference definitions", 4_000, |at| format!("[r{at}]: ../en/a.md\n")),
    Construct::pieces("reference links", 4_000, |at| format!("[x][r{at}]\n\n[r{at}]: ../en/a.md\n\n")),
    Construct::line("references that nobody defines", 10_000, "[a][b] "),
    Construct::pieces("footnotes", 1_000, |at| format!("text[^{at}]\n\n[^{at}]: note\n\n")),
    Construct::line("references to one footnote", 10_000, "[^1] "),
    Construct::line("includes", 10_000, "{{#include x.md}} "),
    Construct::line("braces", 20_000, "{{"),
    // Formulas.
    Construct::line("formulas", 4_000, "$x_i$ "),
    Construct::line("formulas in Chinese", 4_000, "令$x_i$为"),
    Construct::pieces("displayed formulas", 2_000, |_| "$$\nx^2\n$$\n\n".to_owned()),
    Construct::line("dollars", 50_000, "$"),
    Construct::line("dollars, unclosed", 10_000, "a $b "),
    Construct::line("double dollars, unclosed", 10_000, "a $$b "),
    Construct::line("dollars and digits", 10_000, "$5 "),
    Construct::line("prices among formulas", 4_000, "共$8，令$x_i$为"),
    Construct::line("dollars behind letters", 10_000, "O$(n)$，"),
    Construct::line("formulas with spaces inside", 4_000, "$ x_1 $，"),
    Construct::pieces("formulas in blocks of HTML", 2_000, |_| "<p>令$x_i$为，共$8</p>\n\n".to_owned()),
    Construct::new("formulas in one block of HTML", Preprocess, 4_000, |n| {
        Book::page(&format!("# 甲\n\n<div>\n{}</div>\n", "令$x_i$为 $$y$$，共$8\n".repeat(n)))
    }),
    Construct::line("formulas in code of HTML", 4_000, "<code>$x$</code> $y$ "),
    Construct::line("brackets of TeX in a line", 4_000, "\\[ x^2 \\] 和 "),
    Construct::line("parentheses of TeX", 10_000, "\\(x\\) "),
    Construct::line("parentheses of TeX, unclosed", 20_000, "\\("),
    Construct::line("brackets of TeX, unclosed", 20_000, "\\["),
    Construct::pieces("blocks of mathematics", 2_000, |_| "```math\nx^2\n```\n\n".to_owned()),
    Construct::new("one long formula", Preprocess, 20_000, |n| formula(&"x+".repeat(n))),
    Construct::new("one formula of fractions", Preprocess, 4_000, |n| formula(&"\\frac{a}{b}".repeat(n))),
    Construct::new("nested braces", Preprocess, 20_000, |n| formula(&format!("{}x{}", "{".repeat(n), "}".repeat(n)))),
    Construct::new("nested fractions", Preprocess, 5_000, |n| {
        formula(&format!("{}x{}", "\\frac{1}{".repeat(n), "}".repeat(n)))
    }),
    Construct::new("nested roots", Preprocess, 5_000, |n| formula(&"\\sqrt".repeat(n))),
    Construct::new("superscripts of superscripts", Preprocess, 20_000, |n| formula(&"x^".repeat(n))),
    Construct::new("primes", Preprocess, 20_000, |n| formula(&"x'".repeat(n))),
    Construct::new("parentheses that stretch", Preprocess, 4_000, |n| {
        formula(&format!("{}x{}", "\\left(".repeat(n), "\\right)".repeat(n)))
    }),
    Construct::new("rows of a matrix", Preprocess, 4_000, |n| {
        formula(&format!("\\begin{{matrix}}{}\\end{{matrix}}", "a & b \\\\ ".repeat(n)))
    }),
    Construct::new("nested environments", Preprocess, 2_000, |n| {
        formula(&format!("{}x{}", "\\begin{matrix}".repeat(n), "\\end{matrix}".repeat(n)))
    }),
    Construct::new("comments in a formula", Preprocess, 4_000, |n| formula(&"x +% a\n".repeat(n))),
    Construct::new("macros of a page", Preprocess, 2_000, |n| {
        formula(&many(n, |at| format!("\\newcommand{{\\{}}}{{x}} ", letters(at))))
    }),
    Construct::new("uses of a macro", Preprocess, 4_000, |n| {
        formula(&format!("\\newcommand{{\\ab}}{{xyz}} {}", "\\ab ".repeat(n)))
    }),
    Construct::new("text in a formula", Preprocess, 4_000, |n| formula(&"\\text{中文 a}".repeat(n))),
    Construct::new("doubled backslashes", Preprocess, 4_000, |n| formula(&"\\\\frac{a}{b} \\\\\\\\ ".repeat(n))),
    Construct::new("nested bold", Preprocess, 4_000, |n| formula(&format!("{}1{}", "\\bm{1".repeat(n), "}".repeat(n)))),
    Construct::new("unknown commands", Preprocess, 4_000, |n| formula(&"\\nosuch ".repeat(n))),
    Construct::line("formulas that are wrong", 2_000, "$\\frac{$ "),
    // What passes look for.
    Construct::pieces("diagrams", 1_000, |_| "```mermaid\ngraph TD\n  A --> B\n```\n\n".to_owned()),
    Construct::new("one long diagram", Preprocess, 10_000, |n| {
        Book::page(&format!("# 甲\n\n```mermaid\ngraph TD\n{}```\n", "  A --> B\n".repeat(n)))
    }),
    Construct::pieces("switch lines", 2_000, |_| "[English](../en/a.md) | 中文\n\n".to_owned()),
    Construct::pieces("switch lines, formulas and Chinese lines", 1_000, |_| {
        "[English](../en/a.md) | 中文\n\n令$x$为\n这一行\n断开\n\n".to_owned()
    }),
    Construct::line("links of a switch line", 4_000, "[English](../en/a.md) | "),
    Construct::pieces("cross-post lines", 2_000, |at| {
        format!("本文首发于[知乎](https://zhuanlan.zhihu.com/p/{at})\n\n")
    }),
    Construct::pieces("status marks", 4_000, |at| format!("## [Pending Review] Heading {at}\n\n")),
    Construct::pieces("markers of the learning path", 2_000, |_| "<!-- learning-path -->\n\n".to_owned()),
    Construct::pieces("markers of the status board", 2_000, |_| "<!-- status-board -->\n\n".to_owned()),
];

/// So many pieces.
pub(super) fn many(n: usize, piece: impl Fn(usize) -> String) -> String {
    (0..n).map(piece).collect()
}

/// A name of letters for a number.
pub(super) fn letters(number: usize) -> String {
    let digits = number.to_string();
    let letter = |digit: u8| char::from(digit - b'0' + b'a');
    format!("my{}", digits.bytes().map(letter).collect::<String>())
}

fn yaml(lines: &str) -> Book {
    Book::page(&format!("---\n{lines}---\n\n# 甲\n\n正文。\n"))
}

fn toml(lines: &str) -> Book {
    Book::page(&format!("+++\n{lines}+++\n\n# 甲\n\n正文。\n"))
}

fn formula(tex: &str) -> Book {
    Book::of(pair(format!("# 甲\n\n$$\n{tex}\n$$\n")))
}
