//! Is Chinese text set as its author meant it: bold where it should be, and without gaps where lines end?

use anyhow::Result;
use browser_tests::small::{PLACE, build, built};
use serde::Deserialize;
use support::book::book_toml;
use support::files::write;

use crate::Reader;

const NOTE: &str = "\
# **缓存。**与调度

<p id=\"reference\">前真，她说“你好”然后换行。</p>

前**真，**她说**“你好”**然后
换行。

- 列表里**（也是）**一样，
  下一行接着 *斜体。*后文
- 代码`**甲。**乙`不变

> ~~删去。~~后文
> **重点**
> 之后
";

/// What the browser makes of the note.
#[derive(Debug, Deserialize)]
struct Shown {
    /// The words that are set bold, slanted or struck out.
    bold: Vec<String>,
    slanted: Vec<String>,
    struck: Vec<String>,
    /// All of the text.
    text: String,
    heading: String,
    /// How wide the paragraph and its reference in HTML are, set in one weight.
    widths: [f64; 2],
}

/// The note as a book with these passes shows it.
fn shown(passes: &str, picture: &str) -> Result<Shown> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    write(root, "book.toml", &book_toml("笔记", &format!("{PLACE}{passes}\n")));
    write(root, "book/SUMMARY.md", "# Summary\n\n- [缓存](a.md)\n");
    write(root, "book/a.md", NOTE);
    build(root)?;
    let mut reader = Reader::of(built(root)?)?;
    reader.open("a.html")?;
    let shown = reader.browser.evaluate(
        r#"(() => {
            const main = document.querySelector("main");
            const elements = [...main.querySelectorAll("strong, em, del")];
            const having = test => elements.filter(it => test(getComputedStyle(it))).map(it => it.textContent);
            const [reference, paragraph] = main.querySelectorAll("p");
            const width = it => {
                const range = document.createRange();
                range.selectNodeContents(it);
                return range.getBoundingClientRect().width;
            };
            const result = {
                bold: having(style => Number(style.fontWeight) >= 600),
                slanted: having(style => style.fontStyle === "italic"),
                struck: having(style => style.textDecorationLine.includes("line-through")),
                text: main.innerText,
                heading: main.querySelector("h1").id,
                widths: [],
            };
            const plain = document.createElement("style");
            plain.textContent = "main p strong { font-weight: inherit }";
            document.head.append(plain);
            result.widths = [width(reference), width(paragraph)];
            plain.remove();
            return result;
        })()"#,
    )?;
    reader.picture(&format!("east-asian-{picture}"))?;
    Ok(shown)
}

#[test]
fn chinese_is_bold_where_it_was_meant_to_be_and_has_no_gaps() -> Result<()> {
    let ours = shown("", "with")?;
    assert_eq!(ours.bold, ["缓存。", "真，", "“你好”", "（也是）", "重点"]);
    assert_eq!((ours.slanted.join("|"), ours.struck.join("|")), ("斜体。".to_owned(), "删去。".to_owned()));
    assert_eq!(ours.heading, "缓存与调度");
    assert!(ours.text.contains("代码**甲。**乙不变"), "{ours:?}");
    for joined in ["然后换行。", "一样，下一行", "重点之后"] {
        assert!(ours.text.contains(joined), "{ours:?}");
    }
    let [reference, paragraph] = ours.widths;
    assert!((reference - paragraph).abs() < 0.5 && reference > 50.0, "a gap: {ours:?}");

    // mdBook alone is what this test is about.
    let theirs = shown("skip = [\"emphasis\", \"line-breaks\"]", "without")?;
    assert!(!theirs.bold.contains(&"真，".to_owned()) && theirs.text.contains("**"), "{theirs:?}");
    assert!((theirs.widths[0] - theirs.widths[1]).abs() > 1.0, "{theirs:?}");
    Ok(())
}
