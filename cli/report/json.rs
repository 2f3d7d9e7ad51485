//! Findings for programs: one JSON document.
//!
//! ```json
//! {"version": 1,
//!  "diagnostics": [{"severity": "warning", "code": "link-dead", "file": "book/a.md",
//!                   "line": 3, "column": 9, "endLine": 3, "endColumn": 13, "offset": 27, "length": 4,
//!                   "message": "“b.md” leads nowhere: there is no book/b.md", "help": "did you mean c/b.md?",
//!                   "fix": {"title": "write c/b.md", "edits": [
//!                       {"file": "book/a.md", "offset": 27, "length": 4, "text": "c/b.md"}]}}],
//!  "counts": {"errors": 0, "warnings": 1, "notes": 0}}
//! ```
//!
//! Lines and columns count from 1, columns in characters, and `endColumn` is behind the last one. `offset` and `length`
//! are bytes of the file. Where only the line is known, they are those of what stands on it.
//!
//! It is a contract: fields may be added, and are absent while there is nothing to say; none is renamed.

use std::rc::Rc;

use serde::Serialize;

use mdbook_bilingual_core::diagnostic::{Counts, Diagnostic, Diagnostics, Replacement, Source, is_harmful};

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
    #[serde(flatten)]
    end: Option<End>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fixed<'a>>,
}

/// What more is known of a place whose bytes are.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct End {
    end_line: usize,
    end_column: usize,
    offset: usize,
    length: usize,
}

#[derive(Serialize)]
struct Fixed<'a> {
    title: &'a str,
    edits: Vec<EditRow<'a>>,
}

#[derive(Serialize)]
struct EditRow<'a> {
    file: &'a str,
    offset: usize,
    length: usize,
    text: &'a str,
}

/// All findings as one document, with a line break at its end.
///
/// `source_of` gives the text of a file as a place names it.
/// Text is as it was found; what a terminal would obey or misread is escaped as JSON has it.
#[must_use]
pub fn document(diagnostics: &Diagnostics, mut source_of: impl FnMut(&str) -> Option<Rc<Source>>) -> String {
    let rows = diagnostics.sorted().into_iter().map(|diagnostic| row(diagnostic, &mut source_of)).collect();
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

fn row<'a>(diagnostic: &'a Diagnostic, source_of: &mut impl FnMut(&str) -> Option<Rc<Source>>) -> Row<'a> {
    let (place, message) = (diagnostic.place(), diagnostic.message());
    let region = place.and_then(|place| source_of(&place.file)?.extent(place));
    let fix = diagnostic.fix().and_then(|fix| {
        let edits = fix.edits.iter().map(|replacement| edit(replacement, source_of)).collect::<Option<_>>()?;
        Some(Fixed { title: &fix.title, edits })
    });
    Row {
        severity: diagnostic.severity().to_string(),
        code: diagnostic.code().name(),
        file: place.map(|place| place.file.as_str()),
        line: region.map(|region| region.line).or_else(|| place?.line),
        column: region.map(|region| region.column).or_else(|| place?.column),
        end: region.map(|region| End {
            end_line: region.end_line,
            end_column: region.end_column,
            offset: region.offset,
            length: region.length,
        }),
        message: &message.what,
        help: message.remedy.as_deref(),
        fix,
    }
}

/// An edit in bytes of the file; `None` where the file cannot be read any more.
fn edit<'a>(
    Replacement { file, bytes, text }: &'a Replacement,
    source_of: &mut impl FnMut(&str) -> Option<Rc<Source>>,
) -> Option<EditRow<'a>> {
    let offset = source_of(file)?.mark() + bytes.start;
    Some(EditRow { file, offset, length: bytes.end - bytes.start, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_bilingual_core::diagnostic::{Code, Fix, Message, Place};

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_read_back() {
        let odd = "a\u{1b}[2J\u{9b}m\u{7f}\u{202e}\n\u{2028}“b”";
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::LinkDead, odd).at(Place::file(odd)));
        let json = document(&all, |_| None);
        assert!(!json.contains(|c| c != '\n' && is_harmful(c)), "{json:?}");
        let read: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(read["diagnostics"][0]["message"], odd);
        assert_eq!(read["diagnostics"][0]["file"], odd);
        assert_eq!(read["diagnostics"][0]["help"], serde_json::Value::Null);
    }

    #[test]
    fn places_and_fixes_are_bytes_of_the_file() {
        let text = "\u{feff}看\r\n[b](b.md)\r\n";
        let place = Place::line("a.md", 2).spanning(9..13);
        let message = Message::new("“b.md” leads nowhere", "did you mean c.md?");
        let fix = Fix::new("write c.md", "a.md", 9..13, "c.md");
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::LinkDead, message).at(place).fixed_by(fix));
        let source = Rc::new(Source::new(text.to_owned()));
        let read: serde_json::Value = serde_json::from_str(&document(&all, |_| Some(Rc::clone(&source)))).unwrap();
        let edit = serde_json::json!({"file": "a.md", "offset": 12, "length": 4, "text": "c.md"});
        assert_eq!(&text[12..16], "b.md");
        assert_eq!(
            read["diagnostics"][0],
            serde_json::json!({
                "severity": "warning", "code": "link-dead", "file": "a.md",
                "line": 2, "column": 5, "endLine": 2, "endColumn": 9, "offset": 12, "length": 4,
                "message": "“b.md” leads nowhere", "help": "did you mean c.md?",
                "fix": {"title": "write c.md", "edits": [edit]},
            })
        );
    }
}
