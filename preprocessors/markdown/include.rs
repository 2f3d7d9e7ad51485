//! What mdBook's `links` puts into a page: the directives, and the texts behind them.
//!
//! ```text
//! {{#include ../README.md}}       Markdown: the page goes on in another file
//! {{#include intro.md:3:20}}      lines of it
//! ```
//!
//! In a block of code a directive brings code, and behind a backslash it is an example of one.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use regex::Regex;

use crate::markdown::{Anatomy, Fence};

/// A directive that names a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The bytes of the directive.
    pub range: Range<usize>,
    /// The file, as it is written there.
    pub target: String,
    /// The lines that are wanted, from 0; `None` for what an anchor names.
    pub lines: Option<Range<usize>>,
    /// Its line, from 1.
    pub line: usize,
    /// Whether what it brings is text of the page, and no code.
    pub is_text: bool,
}

impl Include {
    /// Whether it brings a file of Markdown, as far as the name of the file tells.
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        let extension = Path::new(&self.target).extension().map(|extension| extension.to_string_lossy().to_lowercase());
        self.is_text && matches!(extension.as_deref(), None | Some("md" | "markdown" | "mdown" | "mkd" | "txt"))
    }
}

/// A file of Markdown that becomes a part of a page.
#[derive(Debug, Clone)]
pub struct Brought {
    /// The file, from the root of the repository.
    pub file: String,
    /// The directive that brings it, or that brings what brings it.
    pub directive: String,
    /// The line of the directive in the page's file.
    pub line: usize,
    /// Its bytes there.
    pub range: Range<usize>,
    /// The parts of the file.
    pub anatomy: Arc<Anatomy>,
}

/// A directive inside of a formula, which is whole only when mdBook has put its file there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fill {
    /// All of it.
    pub directive: String,
    /// Its line in the page's file.
    pub line: usize,
    /// Its bytes there.
    pub range: Range<usize>,
}

/// The directives in a text, in order. `fences` are its blocks of code.
pub(crate) fn find(text: &str, fences: &[Fence]) -> Vec<Include> {
    static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{\{\s*#(include|rustdoc_include|playground|playpen)\s+([^}\s:]+)(?::([^}\s]*))?[^}]*\}\}")
            .expect("a valid pattern")
    });
    if !text.contains("{{") {
        return Vec::new();
    }
    let (mut line, mut counted) = (1, 0);
    let mut found = Vec::new();
    for directive in DIRECTIVE.captures_iter(text) {
        let range = directive.get(0).expect("the whole").range();
        if text[..range.start].ends_with('\\') {
            continue;
        }
        line += text[counted..range.start].matches('\n').count();
        counted = range.start;
        let fence = fences.partition_point(|fence| fence.range.end <= range.start);
        let is_code = fences.get(fence).is_some_and(|fence| fence.range.contains(&range.start))
            || text[..range.start].ends_with('`')
            || directive[1].starts_with("play");
        found.push(Include {
            range,
            target: directive[2].to_owned(),
            lines: lines(directive.get(3).map_or("", |part| part.as_str())),
            line,
            is_text: !is_code,
        });
    }
    found
}

/// The title of the browser's window that a text asks for: `{{#title …}}`. Where it asks twice, mdBook takes the last.
pub(crate) fn window_title(text: &str) -> Option<String> {
    static DIRECTIVE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\\?\{\{\s*#title\s+([^}]+)\}\}").expect("a valid pattern"));
    if !text.contains("{{") {
        return None;
    }
    let asked = DIRECTIVE.captures_iter(text).filter(|directive| !directive[0].starts_with('\\'));
    asked.last().map(|directive| directive[1].trim().to_owned()).filter(|title| !title.is_empty())
}

/// The lines that stand behind the name of a file, as mdBook reads them: `3`, `3:`, `:8`, `3:8`, nothing for all.
fn lines(part: &str) -> Option<Range<usize>> {
    let mut parts = part.split(':');
    let start = match parts.next().unwrap_or_default() {
        "" => None,
        number => Some(number.parse::<usize>().ok()?.saturating_sub(1)),
    };
    match (start, parts.next().map(str::parse::<usize>)) {
        (None, None | Some(Err(_))) => Some(0..usize::MAX),
        (None, Some(Ok(end))) => Some(0..end),
        (Some(start), None) => Some(start..start + 1),
        (Some(start), Some(Ok(end))) => Some(start..end.max(start)),
        (Some(start), Some(Err(_))) => Some(start..usize::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Wording;

    #[test]
    fn directives_and_what_they_bring() {
        let text = "---\na: b\n---\n\n{{#include ../a.md}}\n\n- {{ #include b.MD:2:5 }}\n\n```\n{{#include c.md}}\n```\n\n\
            \\{{#include d.md}} `{{#include e.md}}` {{#include LICENSE}} {{#include t.html}}\n{{#rustdoc_include f.md:anchor}}\n\
            {{#playground g.rs editable}}\n{{#title x.md}}\n~~~rust,no_run\n{{#include h.rs:3}}\n~~~\n";
        let anatomy = Anatomy::of(text, 13, &Wording::default());
        let found: Vec<_> = anatomy
            .includes
            .iter()
            .map(|found| (found.target.as_str(), found.line, found.is_text, found.is_markdown()))
            .collect();
        assert_eq!(
            found,
            [
                ("../a.md", 5, true, true),
                ("b.MD", 7, true, true),
                ("c.md", 10, false, false),
                ("e.md", 13, false, false),
                ("LICENSE", 13, true, true),
                ("t.html", 13, true, false),
                ("f.md", 14, true, true),
                ("g.rs", 15, false, false),
                ("h.rs", 18, false, false),
            ]
        );
    }

    #[test]
    fn lines_as_mdbook_reads_them() {
        for (part, wanted) in [
            ("", Some(0..usize::MAX)),
            (":", Some(0..usize::MAX)),
            ("3", Some(2..3)),
            ("3:", Some(2..usize::MAX)),
            (":8", Some(0..8)),
            ("3:8", Some(2..8)),
            ("8:3", Some(7..7)),
            ("anchor", None),
        ] {
            assert_eq!(lines(part), wanted, "{part}");
        }
    }
    #[test]
    fn the_title_that_a_text_asks_for() {
        let asked = |text: &str| Anatomy::of(text, 0, &Wording::default()).window_title;
        assert_eq!(asked("{{#title A b}}\n\ntext {{ #title  C & d }}\n").as_deref(), Some("C & d"));
        for text in [
            "",
            "a",
            "{{#title}}",
            "{{#title  }}",
            r"\{{#title a}}",
            "{{#titles a}}",
            "{{#title a",
            "{{#include a.md}}",
        ] {
            assert_eq!(asked(text), None, "{text}");
        }
    }
}
