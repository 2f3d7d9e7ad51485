//! The small book that is searched: in Chinese, English and Japanese, with a front page of no language.

use std::fs;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use anyhow::{Context, Result};
use browser_tests::book::workspace;
use browser_tests::small::{PLACE, build_site, built};
use support::files::write;
use tempfile::TempDir;

use crate::Reader;

const TOML: &str = r#"[book]
title = "Notes"
language = "zh-CN"

[build]
build-dir = "out"

[output.bilingual-site.html]
default-theme = "light"
additional-css = ["bilingual.css", "contrast.css"]

[preprocessor.bilingual]
languages = ["zh-CN", "en", "ja"]
"#;

/// Has one of the chapters be none that is searched.
pub(crate) const HIDDEN: &str = "[output.bilingual-site.html.search.chapter.\"zh/hidden.md\"]\nenable = false\n";

const SUMMARY: &str = "\
# Summary

[笔记 · Notes](index.md)

- [显存的管理](zh/memory.md)
- [调度器](zh/scheduler.md)
- [繁體](zh/traditional.md)
- [深藏不露](zh/hidden.md)
- [长篇](zh/long.md)
- [符号](zh/signs.md)
- [Video memory](en/memory.md)
- [The scheduler](en/scheduler.md)
- [メモリの管理](ja/memory.md)
";

/// What is in the notes, none of which is on a learning path; `long.md` and `signs.md` are made.
const NOTES: [(&str, &str); 8] = [
    ("index.md", "---\nlanguage: mul\n---\n\n# 笔记 · Notes\n\n门厅 lobby\n"),
    (
        "zh/memory.md",
        "---\nstatus: pending-review\n---\n\n# 显存的管理\n\n一段显存由谁占用？\n\n\
         ## 分配\n\n每个请求各占一段**显**存，不够时先等待。\n\n\
         ## 权重更新\n\n`update_weights_from_tensor` 把新的权重交给推理引擎，之后才释放 KV cache 显存。\n",
    ),
    (
        "zh/scheduler.md",
        "# 调度器\n\nscheduler 先服务前缀最长的请求，它的 KV cache 还在缓存里。\n\n\
         ## 一致性\n\n训练与推理的结果不同，叫做训推不一致。显存里的 KV 也是一种 cache。\n",
    ),
    ("zh/traditional.md", "# 繁體\n\n這段顯存不是簡體。\n"),
    ("zh/hidden.md", "# 深藏不露\n\n谁也找不到的章节，也没有显存。\n"),
    (
        "en/memory.md",
        "# Video memory\n\nEach request owns a slot of what is called 显存 in Chinese.\n\n\
         ## Weights\n\nUpdate them, and each weight is new.\n\n\
         ## Later\n\nA weight update comes before the next batch.\n",
    ),
    (
        "en/scheduler.md",
        "# The scheduler\n\nIt serves the longest prefix, whose KV cache stays.\n\n\
         ## Batches\n\nSeveral schedulers make one batch.\n",
    ),
    ("ja/memory.md", "# メモリの管理\n\nKV cache のこと。中国語では显存という。\n"),
];

/// The sections that say 蝴蝶: more than are shown at once.
pub(crate) const BUTTERFLIES: usize = 14;

pub(crate) struct Notes {
    folder: TempDir,
}

impl Notes {
    /// The book, for tests that leave it as it is: built once for those that run at the same time.
    pub(crate) fn shared() -> Result<Arc<Self>> {
        static SHARED: Mutex<Weak<Notes>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(notes) = shared.upgrade() {
            return Ok(notes);
        }
        let notes = Arc::new(Self::build(HIDDEN)?);
        *shared = Arc::downgrade(&notes);
        Ok(notes)
    }

    /// Builds the book with more in its `book.toml`.
    pub(crate) fn build(options: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        fs::create_dir(root.join(".git"))?;
        let place = PLACE.replace("\"html\"", "\"bilingual-site\"");
        write(root, "book.toml", &format!("{TOML}{place}\n{options}\n"));
        write(root, "src/SUMMARY.md", SUMMARY);
        for style in ["bilingual.css", "contrast.css"] {
            fs::copy(workspace().join("theme").join(style), root.join(style)).context("a stylesheet")?;
        }
        let notes = Self { folder };
        for (path, text) in NOTES {
            notes.change(path, text);
        }
        notes.change("zh/long.md", &long());
        notes.change("zh/signs.md", &signs());
        notes.build_again()?;
        Ok(notes)
    }

    /// Changes a note. The site is as it was until it is built again.
    pub(crate) fn change(&self, path: &str, text: &str) {
        let facts = text.strip_prefix("---\n").map_or_else(|| format!("---\n\n{text}"), str::to_owned);
        write(self.folder.path(), &format!("src/{path}"), &format!("---\nlearning-path: false\n{facts}"));
    }

    pub(crate) fn build_again(&self) -> Result<()> {
        build_site(self.folder.path())
    }

    pub(crate) fn reader(&self) -> Result<Reader> {
        Reader::of(built(self.folder.path())?)
    }
}

/// A section whose words fill files of their own, so that other words are in other ones, and some that are alike.
fn long() -> String {
    let unlike: String = ('\u{7000}'..'\u{7a00}').collect();
    let sections = (1..BUTTERFLIES).map(|at| format!("## 第 {at} 条\n\n这里也有蝴蝶。\n\n"));
    format!("# 长篇\n\n{unlike}。最后才有蝴蝶效应。\n\n{}", sections.collect::<String>())
}

/// Sections with the same words and other signs. In the first one a sign is far behind many of what is beside it.
fn signs() -> String {
    let ours = "我们，".repeat(12);
    format!(
        "# 符号\n\n## 前\n\n{ours}{}验，我们。\n\n## 我们的验收\n\n{ours}\n\n\
         ## 加号\n\nQ++ 是一门语言（language），a_b 与 tp/dp 在此。\n\n\
         ## 字母\n\nQ 也是一门语言，甲✓乙，a x b，TP and the other DP，XyzQux baz。\n\n\
         ## 箭头\n\n甲→乙，XYZQ上，a的b。\n",
        "凑数".repeat(700)
    )
}
