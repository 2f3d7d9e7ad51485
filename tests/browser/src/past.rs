//! A small book whose translations fell behind, built for the checks that need one.
//!
//! This project's own book is to be in step, so it cannot show what readers of another one see. Here, a git repository
//! is made with a few commits, and mdBook builds it with the suite in its own process.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use mdbook_bilingual_core::values::Fingerprint;
use tempfile::TempDir;

use crate::book::{Book, workspace};
use crate::small::{PLACE, book_toml, build, built, write};

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
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        git(root, "2025-01-01", &["init", "--quiet"])?;
        write(root, "book.toml", &book_toml("笔记 · Notes", &format!("{PLACE}{MORE}")))?;
        write(root, "book/SUMMARY.md", SUMMARY)?;
        write(root, "book/index.md", "---\nlanguage: mul\n---\n\n你好。 Hello.\n")?;
        write(root, "book/zh/status.md", "# 笔记状态\n\n每篇笔记的现状。\n\n<!-- status-board -->\n")?;
        write(root, "book/en/status.md", "# Status of the notes\n\nHow they stand.\n\n<!-- status-board -->\n")?;
        write(
            root,
            "book/zh/zero-overhead-batch-scheduler.md",
            "---\nstatus: pending-review\n---\n# 零开销的批次调度\n\n待续。\n",
        )?;
        write(root, "book/zh/kv-cache.md", &cache("每个请求各占一段。", "引用归零即可回收。"))?;
        let reviewed = "# 调度器\n\n先来先服务。\n";
        let review = format!(
            "---\nstatus: reviewed\nreviewed-by: Lin\nreviewed-on: 2025-01-03\nreviewed: {}\n---\n",
            Fingerprint::of(reviewed, 0)
        );
        write(root, "book/zh/scheduler.md", &(review.clone() + reviewed))?;
        commit(root, "2025-01-01")?;

        write(
            root,
            "book/en/kv-cache.md",
            "# KV cache management: from a request to a slot\n\nWho owns a slot?\n\n## Allocation\n\nEach request has its own.\n\n## Eviction\n\nOne without references can go.\n",
        )?;
        let known = commit(root, "2025-01-05")?;

        write(root, "book/zh/kv-cache.md", &cache("前缀相同的请求共用一段。", "引用归零即可回收。"))?;
        commit(root, "2025-02-01")?;
        write(root, "book/zh/kv-cache.md", &cache("前缀相同的请求共用一段。", "引用归零且最久未用的先回收。"))?;
        let last = commit(root, "2025-03-01")?;

        write(root, "book/zh/scheduler.md", &(review + "# 调度器\n\n前缀最长的先服务。\n"))?;
        write(
            root,
            "book/en/scheduler.md",
            "---\nstatus: published\n---\n# The scheduler\n\nThe longest prefix is served first.\n",
        )?;
        commit(root, "2025-03-02")?;

        fs::copy(workspace().join("theme/bilingual.css"), root.join("bilingual.css")).context("the stylesheet")?;
        build(root)?;
        Ok(Self { missed: (known, last), folder })
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

/// Commits everything on this day, and returns the commit's name.
fn commit(root: &Path, day: &str) -> Result<String> {
    git(root, day, &["add", "--all"])?;
    git(root, day, &["commit", "--quiet", "--message=Note"])?;
    git(root, day, &["rev-parse", "HEAD"])
}

/// Runs git on this day, without the machine's own configuration.
fn git(root: &Path, day: &str, args: &[&str]) -> Result<String> {
    let moment = format!("{day}T12:00:00+0000");
    let mut git = Command::new("git");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        git.env_remove(name);
    }
    git.args(["-c", "user.name=Author", "-c", "user.email=author@example.org", "-c", "core.autocrlf=false"])
        .args(args)
        .current_dir(root)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", root.join("no-configuration"))
        .env("GIT_AUTHOR_DATE", &moment)
        .env("GIT_COMMITTER_DATE", &moment);
    let output = git.output().context("git has to be installed for these checks")?;
    ensure!(output.status.success(), "git {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
