//! What the suite has to say to an author: one sentence on what is wrong, where, and what to do about it.
//!
//! Diagnostics are collected while a book is read, sorted once, and printed once by the program.
//! Nothing in the library prints.
//!
//! A finding is data: a [`Code`], a [`Message`] of what is wrong and what to do, a [`Place`], and a [`Fix`] where there is
//! one answer. Nothing is read back from a sentence.
//!
//! | module | holds |
//! |---|---|
//! | `code` | every code |
//! | `explain` | a text on each code |
//! | `message`, `place`, `fix` | the parts of a finding |
//! | `source` | the text of a file, for lines and columns |
//!
//! # Adding a code
//! A line in the table of `code.rs`, its text in `explain/NAME.md`, and the same in Chinese in `explain/NAME.zh-CN.md`,
//! headed by what the code is about. `BLESS=1 cargo test --test suite guide` writes its pages of the guide.

use std::borrow::Cow;
use std::fmt;
use std::rc::Rc;

mod code;
mod explain;
mod fix;
mod message;
mod place;
mod source;

pub use code::{Code, Severity};
pub use explain::UnknownCode;
pub use fix::{Fix, Replacement};
pub use message::Message;
pub(crate) use message::says;
pub use place::{Place, Span};
pub use source::{Region, Source};

/// One finding. Its text is one line: `severity[code]: place: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    severity: Severity,
    code: Code,
    place: Option<Place>,
    message: Message,
    fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding about the book as a whole: what is wrong, and what to do about it.
    #[must_use]
    pub fn new(code: Code, message: impl Into<Message>) -> Self {
        Self { severity: code.severity(), place: None, code, message: message.into(), fix: None }
    }

    /// The same finding, at a place.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same finding, with edits after which it is not there any more.
    #[must_use]
    pub fn fixed_by(self, fix: impl Into<Option<Fix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }

    /// The same finding, where what was asked for cannot be done because of it.
    #[must_use]
    pub fn as_error(&self) -> Self {
        Self { severity: Severity::Error, ..self.clone() }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What it is about.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// What is wrong, and what to do about it.
    #[must_use]
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// The edits that mend it, where there is one answer.
    #[must_use]
    pub fn fix(&self) -> Option<&Fix> {
        self.fix.as_ref()
    }
}

/// A text without what a terminal would obey or misread: controls, and marks that turn the direction of a line.
///
/// File names, titles and lines of notes come from anywhere.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Whether a terminal would obey or misread a character.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = format!("{}[{}]: ", self.severity, self.code.name());
        if let Some(place) = &self.place {
            line.push_str(&format!("{place}: "));
        }
        line.push_str(&self.message.to_string());
        f.write_str(&harmless(&line))
    }
}

/// All findings of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether this was said of anything.
    #[must_use]
    pub fn say(&self, code: Code) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// The places of which this was said.
    pub fn places(&self, code: Code) -> impl Iterator<Item = &Place> {
        self.0.iter().filter(move |diagnostic| diagnostic.code == code).filter_map(Diagnostic::place)
    }

    /// Adds all findings of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Keeps the findings of which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// Takes the bytes and the fixes from the findings in some files.
    pub fn forget_bytes(&mut self, is_one: impl Fn(&str) -> bool) {
        for found in &mut self.0 {
            found.fix.take_if(|fix| fix.edits.iter().any(|edit| is_one(&edit.file)));
            if let Some(place) = found.place.as_mut().filter(|place| is_one(&place.file)) {
                place.bytes = None;
            }
        }
    }

    /// Says the line and the column of each finding of which the bytes are known and the column is not.
    ///
    /// `source_of` gives the text of a file as a place names it.
    pub fn locate(&mut self, mut source_of: impl FnMut(&str) -> Option<Rc<Source>>) {
        let is_open = |place: &&mut Place| place.bytes.is_some() && place.column.is_none();
        for place in self.0.iter_mut().filter_map(|found| found.place.as_mut()).filter(is_open) {
            if let Some(region) = source_of(&place.file).and_then(|source| source.region(place)) {
                (place.line, place.column) = (Some(region.line), Some(region.column));
            }
        }
    }

    /// How many there are of each severity, each finding counted once.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for diagnostic in self.sorted() {
            *match diagnostic.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Note => &mut counts.notes,
            } += 1;
        }
        counts
    }

    /// The findings in the order in which they are printed, each once.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether these findings fail a build.
    #[must_use]
    pub fn fail(&self, deny_warnings: bool) -> bool {
        let limit = if deny_warnings { Severity::Warning } else { Severity::Error };
        self.0.iter().any(|diagnostic| diagnostic.severity >= limit)
    }
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        let (errors, warnings) = (counted(self.errors, "error"), counted(self.warnings, "warning"));
        write!(f, "{errors}, {warnings}, {}", counted(self.notes, "note"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_with_place_and_remedy() {
        let diagnostic = Diagnostic::new(Code::EditionMissing, "no English edition; add book/en/tts.md")
            .at(Place::file("book/zh/tts.md"));
        assert_eq!(
            diagnostic.to_string(),
            "note[edition-missing]: book/zh/tts.md: no English edition; add book/en/tts.md"
        );
    }

    #[test]
    fn terminal_escapes_are_harmless() {
        let diagnostic = Diagnostic::new(Code::StatusUnknown, "\u{1b}[31mred\nline");
        assert_eq!(diagnostic.to_string(), "warning[status-unknown]: \\u{1b}[31mred\\nline");
        let turned = Diagnostic::new(Code::StatusUnknown, "a\u{202e}b\u{2066}c\u{200f}");
        assert_eq!(turned.to_string(), "warning[status-unknown]: a\\u{202e}b\\u{2066}c\\u{200f}");
    }

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn notes_never_fail_and_warnings_only_when_denied() {
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::Undated, "x"));
        assert!(!all.fail(true));
        all.push(Diagnostic::new(Code::StatusUnknown, "x"));
        assert!(!all.fail(false) && all.fail(true));
        all.push(Diagnostic::new(Code::UrlForbidden, "x"));
        assert!(all.fail(false));
    }
}
