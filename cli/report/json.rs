//! Findings for programs: one JSON document.
//!
//! ```json
//! {"version": 1,
//!  "diagnostics": [{"severity": "warning", "code": "link-dead", "file": "book/a.md", "line": 3,
//!                   "message": "“b.md” leads nowhere: there is no book/b.md", "help": "correct the link"}],
//!  "counts": {"errors": 0, "warnings": 1, "notes": 0}}
//! ```
//!
//! It is a contract: fields may be added, and are absent while there is nothing to say; none is renamed.

use mdbook_bilingual_core::diagnostic::{Counts, Diagnostic, Diagnostics, is_harmful};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    version: u8,
    diagnostics: Vec<Row<'a>>,
    counts: Counts,
}

#[derive(Serialize)]
struct Row<'a> {
    severity: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

/// All findings as one document, with a line break at its end.
///
/// Text is as it was found; what a terminal would obey or misread is escaped as JSON has it.
#[must_use]
pub fn document(diagnostics: &Diagnostics) -> String {
    let rows = diagnostics.sorted().into_iter().map(row).collect();
    let document = Document { version: 1, diagnostics: rows, counts: diagnostics.counts() };
    harmless(serde_json::to_string_pretty(&document).expect("texts and numbers are JSON") + "\n")
}

/// The same JSON, in which what a terminal would obey or misread is escaped.
pub(crate) fn harmless(json: String) -> String {
    // Outside of texts there are line breaks alone, and these are escaped in texts.
    let is_harmful = |c: char| c != '\n' && is_harmful(c);
    if !json.contains(is_harmful) {
        return json;
    }
    json.chars().fold(String::with_capacity(json.len()), |mut out, c| {
        if is_harmful(c) {
            out.push_str(&format!("\\u{:04x}", u32::from(c)))
        } else {
            out.push(c)
        }
        out
    })
}

fn row(diagnostic: &Diagnostic) -> Row<'_> {
    let (place, message) = (diagnostic.place(), diagnostic.message());
    Row {
        severity: diagnostic.severity().to_string(),
        code: diagnostic.code().name(),
        file: place.map(|place| place.file.as_str()),
        line: place.and_then(|place| place.line),
        column: place.and_then(|place| place.column),
        message: &message.what,
        help: message.remedy.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use mdbook_bilingual_core::diagnostic::{Code, Place};

    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_read_back() {
        let odd = "a\u{1b}[2J\u{9b}m\u{7f}\u{202e}\n\u{2028}“b”";
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::LinkDead, odd).at(Place::file(odd)));
        let json = document(&all);
        assert!(!json.contains(|c| c != '\n' && is_harmful(c)), "{json:?}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["diagnostics"][0]["message"], odd);
        assert_eq!(read["diagnostics"][0]["file"], odd);
        assert_eq!(read["diagnostics"][0]["help"], serde_json::Value::Null);
    }
}
