//! Do formulas look like formulas, and is what GitHub shows there as well: callouts, boxes of tasks, footnotes, details,
//! addresses, highlighted code?

use std::fs;

use anyhow::{Context, Result};
use browser_tests::browser::Viewport;
use browser_tests::small::{build, built};
use mdbook_bilingual::commands::install::{InstallOptions, install};
use serde::Deserialize;
use support::book::book_toml;
use support::files::write;
use tempfile::TempDir;

use crate::Reader;

const MORE: &str = r#"formulas.macros = { "\\E" = "\\mathbb{E}" }

[output.html]
smart-punctuation = true
"#;

const FORMULAS: &str = r"# 关于 $\pi_\theta$ 的梯度

状态$s_t$下执行动作 $a_t$，**$\gamma$**是折扣，写成 $`x_i * y_i`$、\(O(n)\) 都行；$20 一次，或者 30$。

$$
\nabla_\theta J
= \E_t\left[ \sum_{t=0}^{T} \frac{\partial \log \pi_\theta(a_t \mid s_t)}{\partial \theta} \hat{A}_t \right]
+ \beta \begin{cases} 0 & \text{开始} \\ 1 & \text{之后} \end{cases} \tag{1}
$$

| 名称 | 公式 |
|---|---|
| 范数 | $\|x\|_2$ |

> - 引用里的列表
>   ```math
>   \begin{aligned} a &= b \\ &= \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix} \end{aligned}
>   ```

很宽的：

$$x_{1} + x_{2} + x_{3} + x_{4} + x_{5} + x_{6} + x_{7} + x_{8} + x_{9} + x_{10} + x_{11} + x_{12} + x_{13} + x_{14} + x_{15} + x_{16} + x_{17} + x_{18} + x_{19} + x_{20} + x_{21} + x_{22} + x_{23} + x_{24} + x_{25} + x_{26}$$

不认识的 $\nosuchcommand$ 显示源码。
";

const GITHUB: &str = "# 笔记

> [!WARNING]
> 先备份，再看 https://example.org/a_b这里。
>
> ```python:srt/server.py
> import os
> ```

- [x] 做完了
- [ ] 还没有

~~删去~~的话有注[^1]。

[^1]: 注的内容。

<details>
<summary>展开</summary>

**里面**是 Markdown。

</details>
";

struct Shelf {
    folder: TempDir,
}

impl Shelf {
    fn build() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        fs::create_dir(root.join(".git"))?;
        for (path, text) in [
            ("book.toml", book_toml("笔记", MORE).as_str()),
            (
                "book/SUMMARY.md",
                "# Summary\n\n- [公式](formulas.md)\n- [GitHub](github.md)\n- [English](github_en.md)\n",
            ),
            ("book/formulas.md", FORMULAS),
            ("book/github.md", GITHUB),
            ("book/github_en.md", "# Notes\n\n> [!WARNING]\n> Save first.\n"),
        ] {
            write(root, path, text);
        }
        install(root, InstallOptions::default())?;
        build(root)?;
        Ok(Self { folder })
    }

    fn reader(&self) -> Result<Reader> {
        Reader::of(built(self.folder.path())?)
    }
}

/// What the browser makes of the formulas.
#[derive(Debug, Deserialize)]
struct Formulas {
    count: usize,
    heading: String,
    /// What stays text.
    text: String,
    source: Vec<String>,
    /// How high the brackets of the first display formula are, against a letter.
    stretched: f64,
    /// Whether the widest one is cut off the page, and whether its own box scrolls.
    page_scrolls: bool,
    box_scrolls: bool,
    /// Whether the colours of formulas are those of the text.
    same_colour: bool,
    /// Whether one font is loaded, and from where.
    fonts: Vec<String>,
    /// Addresses of other hosts.
    elsewhere: Vec<String>,
}

const LOOK: &str = r#"(async () => {
    await document.fonts.ready;
    const main = document.querySelector("main");
    const maths = [...main.querySelectorAll("math")];
    const loaded = performance.getEntriesByType("resource").map(it => it.name);
    const height = it => it.getBoundingClientRect().height;
    const display = main.querySelector(".formula math");
    const brackets = [...display.querySelectorAll("mo")].filter(it => it.textContent === "[");
    const boxes = [...main.querySelectorAll(".formula")];
    return {
        count: maths.length,
        heading: main.querySelector("h1").id,
        text: main.innerText,
        source: [...main.querySelectorAll(".formula-source")].map(it => it.textContent),
        stretched: Math.max(...brackets.map(height)) / height(display.querySelector("mi")),
        page_scrolls: document.scrollingElement.scrollWidth > document.documentElement.clientWidth,
        box_scrolls: boxes.some(it => it.scrollWidth > it.clientWidth + 1),
        same_colour: maths.every(it => getComputedStyle(it).color === getComputedStyle(it.parentElement).color),
        fonts: loaded.filter(it => it.includes("bilingual-math")).map(it => new URL(it).pathname),
        elsewhere: loaded.filter(it => new URL(it).origin !== location.origin),
    };
})()"#;

#[test]
fn formulas_are_drawn_in_every_theme_and_on_a_phone() -> Result<()> {
    let shelf = Shelf::build()?;
    let mut reader = shelf.reader()?;
    for theme in ["light", "navy", "coal"] {
        for (viewport, name) in [(Viewport::WIDE, "wide"), (Viewport::PHONE, "phone")] {
            reader.browser.resize(viewport)?;
            reader.choose(theme)?;
            reader.open("formulas.html")?;
            let found: Formulas = reader.browser.evaluate(LOOK)?;
            assert_eq!(found.count, 10, "{found:?}");
            assert_eq!(found.heading, "关于-pi_theta-的梯度");
            assert!(found.text.contains("$20 一次，或者 30$"), "{found:?}");
            assert_eq!(found.source, ["$\\nosuchcommand$"]);
            assert!(found.stretched > 1.8, "{found:?}");
            assert!(!found.page_scrolls && found.same_colour, "{theme} {name}: {found:?}");
            assert!(found.box_scrolls, "{theme} {name}: {found:?}");
            assert!(matches!(found.fonts.as_slice(), [font] if font.starts_with("/fonts/")), "{found:?}");
            assert_eq!(found.elsewhere, Vec::<String>::new());
            reader.picture(&format!("formulas-{theme}-{name}"))?;
        }
    }
    // A page without formulas loads no font for them.
    reader.open("github.html")?;
    let fonts: usize = reader.browser.evaluate(
        "document.fonts.ready.then(() => performance.getEntriesByType('resource').filter(it => it.name.includes('math')).length)",
    )?;
    assert_eq!(fonts, 0);
    Ok(())
}

#[test]
fn formulas_need_no_javascript() -> Result<()> {
    let shelf = Shelf::build()?;
    let page = fs::read_to_string(shelf.folder.path().join("out/formulas.html"))?;
    let main =
        page.split("<main>").nth(1).and_then(|rest| rest.split("</main>").next()).context("a page has a text")?;
    assert_eq!(main.matches("<math").count(), 10);
    assert_eq!(main.matches("application/x-tex").count(), 10);
    assert!(!main.contains("<script"));
    Ok(())
}

/// What the browser makes of the page with what GitHub shows.
#[derive(Debug, Deserialize)]
struct Shown {
    titles: Vec<String>,
    boxes: Vec<bool>,
    links: Vec<String>,
    code: Vec<String>,
    source: Vec<String>,
    bold: Vec<String>,
    notes: Vec<String>,
}

#[test]
fn what_github_shows_is_there() -> Result<()> {
    let shelf = Shelf::build()?;
    let mut reader = shelf.reader()?;
    let look = r#"(() => {
        const all = selector => [...document.querySelectorAll(`main ${selector}`)];
        const texts = selector => all(selector).map(it => it.textContent.trim());
        return {
            titles: texts(".blockquote-tag-title"),
            boxes: all("input[type=checkbox]").map(it => it.disabled && it.checked),
            links: all("a[href^=http]").map(it => it.getAttribute("href")),
            code: all("pre code").map(it => it.className),
            source: texts(".code-source"),
            bold: texts("details strong"),
            notes: texts(".footnote-definition li"),
        };
    })()"#;
    for (theme, viewport) in [("light", Viewport::WIDE), ("coal", Viewport::PHONE)] {
        reader.browser.resize(viewport)?;
        reader.choose(theme)?;
        reader.open("github.html")?;
        let shown: Shown = reader.browser.evaluate(look)?;
        assert_eq!(shown.titles, ["警告"]);
        assert_eq!(shown.boxes, [true, false]);
        assert_eq!(shown.links, ["https://example.org/a_b"]);
        assert!(shown.code[0].contains("language-python") && shown.code[0].contains("hljs"), "{shown:?}");
        assert_eq!((shown.source[0].as_str(), shown.bold[0].as_str()), ("srt/server.py", "里面"));
        assert!(shown.notes.len() == 1 && shown.notes[0].starts_with("注的内容"), "{shown:?}");
        reader.picture(&format!("github-{theme}"))?;
    }
    reader.open("github_en.html")?;
    let shown: Shown = reader.browser.evaluate(look)?;
    assert_eq!(shown.titles, ["Warning"]);
    Ok(())
}
