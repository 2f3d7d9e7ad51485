//! A small book with diagrams, good ones and bad ones, built for the checks that need one.
//!
//! The scripts are where `install` puts them, and not where this project keeps them.

use std::fs;

use anyhow::Result;
use mdbook_bilingual::commands::install::{InstallOptions, install};
use support::book::book_toml;
use support::files::write;
use tempfile::TempDir;

use crate::book::Book;
use crate::small::{build, built};

/// Three diagrams with Chinese labels: in the text, in a list and in a quotation; and one in a closed `<details>`.
pub const NESTED: &str = "zh/nested.html";
/// One diagram, too wide for a phone, with shapes that its author filled for a light page.
pub const WIDE: &str = "en/wide.html";
/// Blocks that cannot be drawn, and others that try to be more than pictures.
pub const BAD: &str = "zh/bad.html";
/// A mind map, an architecture diagram and a flow chart with formulas in its labels, which asks for a layout that
/// is not there.
pub const KINDS: &str = "zh/kinds.html";
/// Diagrams that would like to load something from elsewhere, in a book of their own.
pub const REACHING: &str = "en/reaching.html";
/// A page without a diagram.
pub const PLAIN: &str = "en/plain.html";

/// How many blocks of [`BAD`] cannot be drawn: one that is wrong, one that is empty, and one that is too long.
pub const FAILING: usize = 3;
/// How many of them can be drawn: one with orders of its own, and one that ends with the page.
pub const DARING: usize = 2;

const MORE: &str = r#"
[output.html]
default-theme = "light"
preferred-dark-theme = "navy"
"#;

const SUMMARY: &str = "\
- [嵌套的图](zh/nested.md)
- [A wide diagram](en/wide.md)
- [坏的图](zh/bad.md)
- [Plain](en/plain.md)
- [各种图](zh/kinds.md)
";

const NESTED_TEXT: &str = r#"# 嵌套的图

先看流程。

```mermaid
flowchart TD
    accTitle: 请求的一生
    accDescr: 显存不够就换出
    A[调度器] -->|很长的中文标签文字在这里| B{显存够吗？}
    B -->|是| C[前向计算]
    B -->|否| D[换出缓存]
```

1. 列表里的图：

   ```mermaid
   stateDiagram-v2
       等待 --> 运行: 有空位
   ```

> ```mermaid
> sequenceDiagram
>     用户->>引擎: 请求
>     引擎-->>用户: 流式返回
> ```

<details><summary>更多</summary>

```mermaid
graph LR
    A[收起来的图] --> B[展开才画]
```

</details>
"#;

const WIDE_TEXT: &str = r#"# A wide diagram

From left to right.

```mermaid
flowchart LR
    A[Reads the prompts] --> B[Splits them into batches] --> C[Generates one token each] --> D[Scores what was written] --> E[Computes the advantages] --> F[Updates the weights] --> G[Sends them to the engine]
    style B fill:#ffffcc
    style C fill:#ddeeff,color:#112244
    subgraph engine [The engine]
        C
    end
    style engine fill:#f4f4f4
```
"#;

const KINDS_TEXT: &str = r#"# 各种图

不只有流程图。

```mermaid
mindmap
  root((RL 系统))
    推理
      SGLang
      vLLM
    训练
      FSDP
      Megatron
```

```mermaid
architecture-beta
    group api(cloud)[API]
    service db(database)[Database] in api
    service server(server)[Server] in api
    db:L -- R:server
```

```mermaid
---
config:
  layout: elk
---
flowchart LR
    A["$$\sqrt{x+3}$$"] -->|"$$\frac{\partial L}{\partial w}$$"| B["损失 $$-\log p_\theta$$"]
```
"#;

/// Diagrams that would like to load something from an address, each in its own way.
pub fn reaching_for(address: &str) -> Vec<String> {
    let css = |css: &str| format!("%%{{init: {{\"themeCSS\": \"{css}\"}}}}%%\ngraph LR\nA[Rule] --> B");
    let config = |key: &str, value: &str| {
        format!("---\nconfig:\n  {key}: '{value}'\n---\nsequenceDiagram\nA->>B: {key}\nNote over A: note")
    };
    let evil = format!("x; background: url({address}/font)");
    vec![
        css(&format!("*{{background:url({address}/rule)}}")),
        css(&format!("@import url({address}/import);")),
        css(&format!("@font-face{{font-family:q;src:url({address}/face)}} *{{font-family:q !important}}")),
        css(&format!("*{{background:u\\\\72l({address}/escape)}}")),
        css(&format!("*{{background-image:image-set('{address}/set' 1x)}}")),
        css(&format!("*{{--q:u\\\\72l({address}/variable);background:var(--q)}}")),
        css(&format!("@media all{{*{{list-style:url({address}/media);filter:url({address}/f.svg#f)}}}}")),
        config("themeCSS", &format!("*{{background:url({address}/front)}}")),
        config("fontFamily", &evil),
        config("altFontFamily", &evil),
        format!(
            "---\nconfig:\n  sequence:\n    messageFontFamily: '{evil}'\n    noteFontFamily: '{evil}'\n    actorFontFamily: '{evil}'\n---\nsequenceDiagram\nA->>B: fonts\nNote over A: note"
        ),
        format!(
            "%%{{init: {{\"themeVariables\": {{\"primaryColor\": \"url({address}/var)\"}}}}}}%%\ngraph LR\nA[Variable] --> B"
        ),
        format!("flowchart LR\nA@{{ img: \"{address}/a.png\", label: \"Picture\", w: 60, h: 60 }}\nA --> B"),
        format!("flowchart LR\nA[\"<img src='{address}/label.png'>\"] --> B"),
        format!(
            "flowchart LR\nA[\"<img srcset='{address}/srcset.png 1x'><video poster='{address}/poster'></video>\"] --> B"
        ),
        format!("flowchart LR\nA[\"<b style='background:url({address}/style)'>bold</b>\"] --> B"),
        format!("flowchart LR\nA[\"`![x]({address}/md.png)`\"] --> B"),
        format!("graph LR\nA --> B\nclassDef q fill:url({address}/class)\nclass A q"),
        format!("graph LR\nA --> B\nstyle A background:url({address}/node)\nlinkStyle 0 stroke:url({address}/edge)"),
        format!("graph LR\nA --> B\nclick A href \"{address}/link\""),
        format!("mindmap\n  root((<img src='{address}/mind.png'>))\n    a"),
        format!("classDiagram\nclass A\nstyle A fill:url({address}/box)"),
        format!("stateDiagram-v2\nA --> B: <img src='{address}/state.png'>"),
        format!("C4Context\nPerson(a, \"A\", \"x\", $sprite=\"{address}/sprite.png\")"),
        format!("flowchart LR\nA[\"$$\\\\includegraphics{{{address}/tex.png}}$$\"] --> B"),
    ]
}

impl Diagrams {
    /// Writes the book, installs the suite into it and builds it.
    ///
    /// # Errors
    /// When mdBook or the suite finds a fault.
    pub fn build() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        // The root of a repository, so that nothing above it counts.
        fs::create_dir(root.join(".git"))?;
        let long: String = (0..70_000).map(|at| format!("A{at} --> A{}\n", at + 1)).collect();
        let bad = format!(
            "# 坏的图\n\n有的写错了。\n\n```mermaid\ngraph LR\nA --> --> B\n```\n\n```mermaid\n```\n\n```mermaid\ngraph LR\n{long}```\n\n\
             ```mermaid\n%%{{init: {{\"securityLevel\": \"loose\", \"maxTextSize\": 9999999}}}}%%\ngraph LR\n\
             A[\"<img src=x onerror=window.tricked=1>\"] --> B[\"</script><script>window.tricked=2</script>\"]\n\
             click A href \"javascript:window.tricked=3\"\nclick B call alert()\n```\n\n```mermaid\ngraph TD\nX --> Y\n"
        );
        for (path, text) in [
            ("book.toml", book_toml("图 · Diagrams", MORE).as_str()),
            ("book/SUMMARY.md", SUMMARY),
            ("book/zh/nested.md", NESTED_TEXT),
            ("book/en/wide.md", WIDE_TEXT),
            ("book/zh/bad.md", &bad),
            ("book/zh/kinds.md", KINDS_TEXT),
            ("book/en/plain.md", "# Plain\n\nNo diagram here.\n\n```text\nmermaid\n```\n"),
        ] {
            write(root, path, text);
        }
        install(root, InstallOptions::default())?;
        build(root)?;
        Ok(Self { folder })
    }

    /// A book with one page, [`REACHING`], whose diagrams would like to load something from `address`, and one picture in
    /// its text that does.
    ///
    /// # Errors
    /// When mdBook or the suite finds a fault.
    pub fn reaching(address: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        fs::create_dir(root.join(".git"))?;
        let blocks: String = reaching_for(address).iter().map(|text| format!("```mermaid\n{text}\n```\n\n")).collect();
        for (path, text) in [
            ("book.toml", book_toml("图 · Diagrams", MORE).as_str()),
            ("book/SUMMARY.md", "- [Reaching](en/reaching.md)\n"),
            ("book/en/reaching.md", &format!("# Reaching\n\n![control]({address}/control.png)\n\n{blocks}")),
        ] {
            write(root, path, text);
        }
        install(root, InstallOptions::default())?;
        build(root)?;
        Ok(Self { folder })
    }

    /// The built book.
    ///
    /// # Errors
    /// When a page cannot be read.
    pub fn book(&self) -> Result<Book> {
        built(self.folder.path())
    }
}

/// The book. Its folder goes with the check.
pub struct Diagrams {
    folder: TempDir,
}
