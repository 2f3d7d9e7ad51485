//! A small book whose translations fell behind, built for the checks that need one.
//!
//! This project's own book is to be in step, so it cannot show what readers of another one see. Here, a git repository
//! is made with a few commits, and mdBook builds it with the suite in its own process.

use std::fs;

use anyhow::{Context, Result};
use mdbook_bilingual_core::values::Fingerprint;
use support::book::book_toml;
use support::git;
use support::history::{History, on};
use tempfile::TempDir;

use crate::book::{Book, workspace};
use crate::small::{PLACE, build, built};

/// Where the book says that its repository is shown.
pub const REPOSITORY: &str = "https://github.com/example/notes";

/// Of the book's pages, the translation that is behind.
pub const BEHIND: &str = "en/kv-cache.html";
/// The edition that it was translated from.
pub const SOURCE: &str = "zh/kv-cache.html";
/// A translation that is in step.
pub const IN_STEP: &str = "en/scheduler.html";
/// A page whose text changed since its review.
pub const CHANGED: &str = "zh/scheduler.html";
/// The boards, in Chinese and in English.
pub const BOARDS: [&str; 2] = ["zh/status.html", "en/status.html"];

const MORE: &str = r#"
[output.html]
default-theme = "light"
preferred-dark-theme = "navy"
additional-css = ["bilingual.css"]
git-repository-url = "https://github.com/example/notes"
"#;

const SUMMARY: &str = "\
# Summary

[笔记 · Notes](index.md)

- [笔记状态](zh/status.md)

# SGLang 学习笔记

- [KV Cache 的管理：从请求到显存](zh/kv-cache.md)

# 调度与路由

- [调度器](zh/scheduler.md)
- [零开销的批次调度](zh/zero-overhead-batch-scheduler.md)

# Status

- [Status of the notes](en/status.md)

# SGLang Learning Notes

- [KV cache management: from a request to a slot](en/kv-cache.md)

# Scheduling and Routing

- [The scheduler](en/scheduler.md)
";

/// What is there from the first day on, beside the notes that change.
const FIRST: [(&str, &str); 5] = [
    ("book/SUMMARY.md", SUMMARY),
    ("book/index.md", "---\nlanguage: mul\n---\n\n你好。 Hello.\n"),
    ("book/zh/status.md", "# 笔记状态\n\n每篇笔记的现状。\n\n<!-- status-board -->\n"),
    ("book/en/status.md", "# Status of the notes\n\nHow they stand.\n\n<!-- status-board -->\n"),
    ("book/zh/zero-overhead-batch-scheduler.md", "---\nstatus: pending-review\n---\n# 零开销的批次调度\n\n待续。\n"),
];

/// The translation that falls behind.
const TRANSLATION: &str = "\
# KV cache management: from a request to a slot

Who owns a slot?

## Allocation

Each request has its own.

## Eviction

One without references can go.
";

/// A book, built from a history of its own.
pub struct Past {
    /// The commit that the translation knows, and the last one of its source.
    pub missed: (String, String),
    // The checkout, which goes with the check.
    folder: TempDir,
}

impl Past {
    /// Makes the repository and builds its book.
    ///
    /// # Errors
    /// When there is no git, or when mdBook or the suite finds a fault.
    pub fn build() -> Result<Self> {
        let mut history = History::default();
        let mut born = on("2025-01-01");
        for (path, text) in FIRST {
            born = born.write(path, text);
        }
        let reviewed = "# 调度器\n\n先来先服务。\n";
        let review = format!(
            "---\nstatus: reviewed\nreviewed-by: Lin\nreviewed-on: 2025-01-03\nreviewed: {}\n---\n",
            Fingerprint::of(reviewed, 0)
        );
        history.add(
            born.write("book.toml", &book_toml("笔记 · Notes", &format!("{PLACE}{MORE}")))
                .write("book/zh/kv-cache.md", &cache("每个请求各占一段。", "引用归零即可回收。"))
                .write("book/zh/scheduler.md", &format!("{review}{reviewed}")),
        );
        let known = history.add(on("2025-01-05").write("book/en/kv-cache.md", TRANSLATION));
        let shared = "前缀相同的请求共用一段。";
        let change = |day, eviction| on(day).write("book/zh/kv-cache.md", &cache(shared, eviction));
        history.add(change("2025-02-01", "引用归零即可回收。"));
        let last = history.add(change("2025-03-01", "引用归零且最久未用的先回收。"));
        history.add(
            on("2025-03-02").write("book/zh/scheduler.md", &format!("{review}# 调度器\n\n前缀最长的先服务。\n")).write(
                "book/en/scheduler.md",
                "---\nstatus: published\n---\n# The scheduler\n\nThe longest prefix is served first.\n",
            ),
        );

        let folder = tempfile::tempdir()?;
        let root = folder.path();
        let made = history.import(root, &[])?;
        git::check_out(root)?;
        fs::copy(workspace().join("theme/bilingual.css"), root.join("bilingual.css")).context("the stylesheet")?;
        build(root)?;
        Ok(Self { missed: (made.id(known).to_owned(), made.id(last).to_owned()), folder })
    }

    /// The built book.
    ///
    /// # Errors
    /// When a page cannot be read.
    pub fn book(&self) -> Result<Book> {
        built(self.folder.path())
    }
}

/// The Chinese note that is changed after its translation.
fn cache(allocation: &str, eviction: &str) -> String {
    format!(
        "# KV Cache 的管理：从请求到显存\n\n谁占用了一段显存？\n\n## 分配\n\n{allocation}\n\n## 回收\n\n{eviction}\n"
    )
}
