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

use serde::Serialize;

use super::{Counts, Diagnostic, Diagnostics};

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
/// Text is as it was found; JSON itself escapes what a terminal would obey.
#[must_use]
pub fn document(diagnostics: &Diagnostics) -> String {
    let rows = diagnostics.sorted().into_iter().map(row).collect();
    let document = Document { version: 1, diagnostics: rows, counts: diagnostics.counts() };
    serde_json::to_string_pretty(&document).expect("texts and numbers are JSON") + "\n"
}

fn row(diagnostic: &Diagnostic) -> Row<'_> {
    let (message, help) = diagnostic.parts();
    let place = diagnostic.place();
    Row {
        severity: diagnostic.severity().to_string(),
        code: diagnostic.code().name(),
        file: place.map(|place| place.file.as_str()),
        line: place.and_then(|place| place.line),
        column: place.and_then(|place| place.column),
        message,
        help,
    }
}
