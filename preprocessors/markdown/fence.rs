//! Fenced blocks of code.

use std::ops::Range;

use pulldown_cmark::Event;

use crate::markdown::input::Input;

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
    /// Reads a block. `range` is all of it, as the parser says, and `contents` what is in it.
    pub(super) fn read<'e>(input: &Input<'_>, range: &Range<usize>, contents: impl Iterator<Item = Event<'e>>) -> Self {
        let mut fence = Self::new(input.text, range, input.line(range.start));
        for event in contents {
            if let Event::Text(piece) = event
                && fence.is_shown()
            {
                fence.contents.push_str(&piece);
            }
        }
        fence
    }

    /// A block without its contents.
    fn new(text: &str, range: &Range<usize>, line: usize) -> Self {
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

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn of(text: &str) -> Anatomy {
        Anatomy::of(text, 0, &Wording::default())
    }

    #[test]
    fn fences_and_what_they_say() {
        let text = "- a\n\n  ```mermaid\n  graph LR\n\n    A --> B\n  ```\n\n~~~~ Python:a/b.py  {1}\nx\n~~~~\n\n    code\n\n```\n";
        let fences = of(text).fences;
        let told: Vec<_> =
            fences.iter().map(|fence| (&text[fence.info.clone()], fence.language.as_str(), fence.line)).collect();
        assert_eq!(told, [("mermaid", "mermaid", 3), ("Python:a/b.py  {1}", "python:a/b.py", 9), ("", "", 15)]);
        assert_eq!(fences[0].contents, "graph LR\n\n  A --> B\n");
        assert_eq!(&text[fences[1].range.clone()], "~~~~ Python:a/b.py  {1}\nx\n~~~~");
    }
}
