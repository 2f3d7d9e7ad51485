//! Is what a page for WeChat copies the same when it is pasted?
//!
//! The page is opened from a disk, as authors do, its button is pressed, and Chromium pastes what is on its clipboard into
//! an editor. `target/screenshots/` has a picture of the page, by day and by night.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use browser_tests::book::workspace;
use browser_tests::browser::{Browser, Key, Viewport};
use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::read_to_export;
use mdbook_bilingual_export::{Export, Exported, Images, LinkWay, Options, Platform, Sources};
use serde_json::{Value, json};
use support::book::book_toml;
use support::files::write;
use tempfile::TempDir;

use crate::looks::{CONTRASTS, Contrast};

/// A note with what an article has.
const NOTE: &str = r#"# KV 缓存

> [!WARNING]
> 显存不够时 **先减小批次。**再看这里。

每个词元要存 $2 \cdot n_{\text{layer}} \cdot d$ 个数，见[源码](https://e.org/kv.py)、[再见一次](https://e.org/kv.py)和脚注。[^1]

## 推导

第一行，
第二行。

$$
\begin{aligned}
\mathcal{L}(\theta) &= -\mathbb{E}_{\tau \sim \pi_\theta}\left[ \sum_{t=0}^{T} \gamma^t r_t \right] \\
&= \sqrt{\frac{\partial f}{\partial x}} + \begin{pmatrix} a & b \\ c & d \end{pmatrix} \tag{1}
\end{aligned}
$$

- 甲
  - 乙 `a  b`
    1. 丙
- [x] 丁

| 名 | 值 |
|:---|---:|
| `a\|b` | $x_1$ |
| 长 | 2 |

```python:srt/server.py
def cache(n):
    # 两层缩进
    if n < 1:

        return "a  b"
```

> 引文 $\hat{y}$
>
> > 里层

<details><summary>更多</summary>

H<sub>2</sub>O

</details>

[^1]: 旁注，见 <https://e.org/b>。
"#;

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

fn exported(root: &Path) -> Result<Exported> {
    let (host, book) = Host::load(root)?;
    let reading = read_to_export(&host, &book);
    let platform = Platform::read("wechat", &Default::default(), &BookToml::new(String::new()))?;
    let options = Options { site: None, images: Images::Nowhere, links: LinkWay::ALL.to_vec() };
    let page = reading.notebook.pages.iter().find(|page| page.file.ends_with("kv.md")).context("the note")?;
    Ok(Export::new(&reading, &host, &platform, &options, &Nothing).note(page, NOTE))
}

/// The page of the note in a folder, and its address.
fn page(folder: &TempDir) -> Result<(Exported, String)> {
    let root = folder.path();
    write(root, "book.toml", &book_toml("Notes", "\n[preprocessor.bilingual.history]\ngit = false\n"));
    write(root, "book/SUMMARY.md", "# S\n\n- [KV 缓存](zh/kv.md)\n");
    write(root, "book/zh/kv.md", NOTE);
    let exported = exported(root)?;
    let path = root.join("kv.wechat.html");
    fs::write(&path, &exported.text)?;
    Ok((exported, format!("file://{}", path.display())))
}

/// What is seen of an element: its text, its code, and how many of its parts there are.
/// A space that does not break counts as any other, for Chromium pastes one alone as such.
const LOOK: &str = "(element => ({
    text: element.innerText.replace(/[ \\u00a0]/g, ' ').replace(/\\n+/g, '\\n').trim(),
    code: [...element.querySelectorAll('pre')].map(pre => pre.innerText.replaceAll('\\u00a0', ' ')),
    formulas: element.querySelectorAll('svg').length,
    drawn: [...element.querySelectorAll('svg')].filter(svg => {
        const box = svg.getBoundingClientRect();
        return box.width > 3 && box.height > 3 && getComputedStyle(svg.querySelector('path')).fill !== 'none';
    }).length,
    links: [...element.querySelectorAll('a')].map(a => a.href),
    cells: [...element.querySelectorAll('th, td')].map(cell => cell.innerText.trim()),
    items: [...element.querySelectorAll('li')].map(item => item.innerText.trim()),
    bold: [...element.querySelectorAll('strong')].map(strong => strong.innerText),
}))";

#[test]
fn what_is_pasted_is_what_was_copied() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (exported, address) = page(&folder)?;
    for writes in [true, false] {
        let mut browser = Browser::start()?;
        if !writes {
            // As where a browser refuses it.
            browser.prepare("Clipboard.prototype.write = () => Promise.reject(new Error('no'))")?;
        }
        browser.open(&address)?;
        browser.evaluate::<bool>("(document.querySelector('button').focus(), true)")?;
        browser.press(Key::Enter)?;
        let told: String = browser.evaluate(
            "new Promise(resolve => { const look = () => { const told = document.querySelector('[role=status]').textContent;
                if (told) resolve(told); else setTimeout(look, 20); }; look(); })",
        )?;
        assert_eq!(told, "已复制，请粘贴到编辑器里。");
        browser.evaluate::<bool>(
            "(document.body.insertAdjacentHTML('beforeend', '<div contenteditable style=\"width:677px\"></div>'),
                document.querySelector('[contenteditable]').focus(), true)",
        )?;
        for kind in ["rawKeyDown", "keyUp"] {
            let key = json!({"type": kind, "modifiers": 2, "key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86, "commands": ["paste"]});
            browser.call("Input.dispatchKeyEvent", key)?;
        }
        let look = |element: &str| format!("{LOOK}(document.querySelector('{element}'))");
        let copied: Value = browser.evaluate(&look("[data-wechat]"))?;
        let pasted: Value = browser.evaluate(&look("[contenteditable]"))?;
        assert_eq!(pasted, copied, "writes: {writes}");
        assert_eq!(copied["formulas"], exported.after.formulas);
        assert_eq!(copied["drawn"], copied["formulas"]);
        let code = "def cache(n):\n    # 两层缩进\n    if n < 1:\n \n        return \"a  b\"";
        assert_eq!(copied["code"], json!([code]));
        assert_eq!(copied["bold"], json!(["先减小批次。", "更多"]));
    }
    Ok(())
}

#[test]
fn it_can_be_read_by_day_and_by_night() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let (_, address) = page(&folder)?;
    let mut browser = Browser::start()?;
    let pictures = workspace().join("target").join("screenshots");
    fs::create_dir_all(&pictures)?;
    for (size, viewport) in [("wide", Viewport { width: 760, height: 2100 }), ("phone", Viewport::PHONE)] {
        browser.resize(viewport)?;
        for scheme in ["light", "dark"] {
            let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
            browser.call("Emulation.setEmulatedMedia", json!({"features": features}))?;
            browser.open(&address)?;
            browser.screenshot(&pictures.join(format!("export-wechat-{size}-{scheme}.png")))?;
            let contrasts: Vec<Contrast> = browser.evaluate(&format!("({CONTRASTS})('body')"))?;
            assert!(contrasts.len() > 40, "{size} {scheme}");
            let faint: Vec<_> = contrasts.iter().filter(|it| it.ratio < 4.5).map(|it| (&it.text, it.ratio)).collect();
            assert!(faint.is_empty(), "{size} {scheme}: {faint:?}");
            let wide: bool = browser.evaluate("document.documentElement.scrollWidth > innerWidth")?;
            assert!(!wide, "{size} {scheme}: the page scrolls sideways");
        }
    }
    Ok(())
}
