//! The parts of `guide/` that are made from what the code owns: a page for each diagnostic code, the tables of codes and
//! of messages, the entries of the table of contents; and that the pages on commands name every option.
//!
//! `BLESS=1 cargo test --test suite guide_pages` writes them; without `BLESS` they are compared.

mod commands;
mod configuration;
mod diagnostics;
mod explanations;
mod messages;
mod platforms;

use std::path::{Path, PathBuf};

use mdbook_bilingual_core::diagnostic::Severity;

use crate::program::{checkout, text as read};

/// A language of the guide, and what the pages that are made say in it.
struct Tongue {
    /// The folder of its pages, below `guide/src`.
    folder: &'static str,
    /// What its texts on codes end with.
    explanation: &'static str,
    /// Its messages for readers.
    messages: &'static str,
    /// Error, warning, note: as a table has them.
    severities: [&'static str; 3],
    /// The same, as they begin the page of a code.
    leads: [&'static str; 3],
    /// What each of them does to a build and to the exit code of `check`.
    consequences: [&'static str; 3],
    /// The end of a sentence.
    stop: &'static str,
    /// What stands between two sentences.
    gap: &'static str,
    /// The headings of a code's page: what it does, how to silence it.
    headings: [&'static str; 2],
    /// What `check --fix` does about it: something, nothing.
    fixes: [&'static str; 2],
    /// What stands above the lines that silence a code, and what in their place for an error.
    silencing: [&'static str; 2],
    /// The link back to the table.
    back: &'static str,
    /// The head of the table of codes.
    codes: [&'static str; 3],
    /// The head of a table of keys.
    table_of_keys: &'static str,
    /// The head of a table of messages.
    table_of_messages: [&'static str; 2],
}

const TONGUES: [Tongue; 2] = [
    Tongue {
        folder: "en",
        explanation: ".md",
        messages: "en.ftl",
        severities: ["error", "warning", "note"],
        leads: ["**Error.** ", "**Warning.** ", "**Note.** "],
        consequences: [
            "It stops a build, and `check` ends with exit code 1.",
            "It fails a build or a `check`, with exit code 1, only where [warnings are denied](../check.md#exit-codes).",
            "It fails nothing: the exit code stays as it is.",
        ],
        stop: ".",
        gap: "\n",
        headings: ["What it does", "Silencing it"],
        fixes: [
            "`check --fix` puts it right where there is one answer, and [writes](../check.md#fixes) that.",
            "`check --fix` changes nothing about it.",
        ],
        silencing: [
            "To hear nothing of it, in the whole book or in some files, write in `book.toml`:",
            "An error cannot be silenced.",
        ],
        back: "[All diagnostics](index.md)",
        codes: ["code", "severity", "meaning"],
        table_of_keys: "\n| key | default | meaning |\n",
        table_of_messages: ["message", "text"],
    },
    Tongue {
        folder: "zh",
        explanation: ".zh-CN.md",
        messages: "zh-CN.ftl",
        severities: ["错误", "警告", "提示"],
        leads: ["**错误**：", "**警告**：", "**提示**："],
        consequences: [
            "构建会停下，`check` 的退出码是 1。",
            "只有在[警告也算失败](../check.md#退出码)时，构建或 `check` 才会失败，退出码是 1。",
            "什么都不会失败，退出码不受影响。",
        ],
        stop: "。",
        gap: "",
        headings: ["后果", "屏蔽"],
        fixes: ["只有一种改法时，`check --fix` 会[改好](../check.md#自动修正)。", "`check --fix` 不会改动它。"],
        silencing: ["不想看到它，无论是在全书还是在某些文件里，请在 `book.toml` 里写上：", "错误不能屏蔽。"],
        back: "[全部诊断信息](index.md)",
        codes: ["代码", "级别", "含义"],
        table_of_keys: "\n| 键 | 默认值 | 含义 |\n",
        table_of_messages: ["名称", "文字"],
    },
];

impl Tongue {
    /// A file of the guide in this language.
    fn page(&self, path: &str) -> PathBuf {
        checkout().join("guide/src").join(self.folder).join(path)
    }

    /// Which of three words are those of a severity.
    fn of(severity: Severity) -> usize {
        match severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        }
    }
}

/// Writes a file that is made, or compares it.
#[track_caller]
fn settle(path: &Path, want: &str) {
    let is = if path.is_file() { read(path) } else { String::new() };
    if is == want {
        return;
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, want).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    let line = is.lines().zip(want.lines()).take_while(|(is, want)| is == want).count();
    panic!(
        "{}:{}: this part is made, and is not as it would be made now; run `BLESS=1 cargo test --test suite guide`\nis:   {:?}\nwant: {:?}",
        path.display(),
        line + 1,
        is.lines().nth(line),
        want.lines().nth(line)
    );
}

/// Puts `made` behind the only line `<!-- NAME … -->` of a page, up to the next line `<!-- end -->`.
#[track_caller]
fn with_block(page: &str, head: &str, made: &str) -> String {
    let (before, rest) = page.split_once(head).unwrap_or_else(|| panic!("the page has no line {head}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap_or_else(|| panic!("{head} has no end"));
    format!("{before}{head}\n\n{made}\n<!-- end -->{after}")
}
