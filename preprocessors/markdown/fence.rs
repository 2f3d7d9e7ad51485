//! Fenced blocks of code.

use std::ops::Range;

/// The languages of blocks whose contents somebody shows in another way.
const SHOWN: &[&str] = &["math", "mermaid"];

/// A fenced block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// All of it, from its first fence to the end of its last one, without the line break behind that.
    pub range: Range<usize>,
    /// What stands behind its first fence, without white space around it.
    pub info: Range<usize>,
    /// The first word of that, in lower case: what GitHub takes for the language.
    pub language: String,
    /// What it holds, without the indentation and the marks of what it stands in; empty but for Mermaid and formulas,
    /// which are shown in another way.
    pub contents: String,
    /// Its line, from 1.
    pub line: usize,
}

impl Fence {
    /// A block without its contents. `range` is all of it, as the parser says.
    pub(super) fn new(text: &str, range: Range<usize>, line: usize) -> Self {
        let whole = text[range.clone()].trim_end();
        let first = whole.lines().next().unwrap_or_default();
        let behind = first.trim_start_matches(['`', '~']);
        let info = behind.trim();
        let start = range.start + first.len() - behind.trim_start().len();
        let language = info.split([' ', '\t', ',']).next().unwrap_or_default().to_lowercase();
        Self {
            range: range.start..range.start + whole.len(),
            info: start..start + info.len(),
            language,
            contents: String::new(),
            line,
        }
    }

    /// Whether it is shown as a diagram.
    #[must_use]
    pub fn is_diagram(&self) -> bool {
        self.language == "mermaid"
    }

    /// Whether somebody will ask for its contents.
    pub(super) fn is_shown(&self) -> bool {
        SHOWN.contains(&self.language.as_str())
    }
}
