//! Findings as SARIF 2.1.0, the format of OASIS that code hosts and editors read.
//!
//! ```json
//! {"version": "2.1.0", "runs": [{
//!   "tool": {"driver": {"name": "mdbook-bilingual", "rules": [{"id": "link-dead", …}]}},
//!   "results": [{"ruleId": "link-dead", "level": "warning",
//!                "message": {"text": "“b.md” leads nowhere: there is no book/b.md; did you mean c/b.md?"},
//!                "locations": [{"physicalLocation": {
//!                    "artifactLocation": {"uri": "docs/book/a.md", "uriBaseId": "%SRCROOT%"},
//!                    "region": {"startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 13,
//!                               "byteOffset": 27, "byteLength": 4}}}]}],
//!   "columnKind": "unicodeCodePoints"}]}
//! ```
//!
//! Files are named from the root of the repository, `%SRCROOT%`, which whoever reads the log knows: no path of this
//! machine is in it. Only the rules are there of which something was found.

use std::collections::BTreeSet;
use std::rc::Rc;

use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Fix, Place, Region, Source};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// What stays as it is in a path: what RFC 3986 calls unreserved, and the slash.
const IN_A_URI: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The log of one run, with a line break at its end.
///
/// `in_repository` gives the path from the root of the repository for one from the book's root, and `source_of` the text
/// of a file as a place names it.
#[must_use]
pub fn log(
    diagnostics: &Diagnostics,
    in_repository: impl Fn(&str) -> Option<String>,
    source_of: impl Fn(&str) -> Option<Rc<Source>>,
) -> String {
    let found = diagnostics.sorted();
    let codes: BTreeSet<Code> = found.iter().map(|found| found.code()).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let files = SourceFiles { in_repository: &in_repository, source_of: &source_of };
    let results: Vec<Value> = found.into_iter().map(|found| result(found, &codes, &files)).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "mdbook-bilingual",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the book's repository."}}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    super::json::harmless(serde_json::to_string_pretty(&log).expect("texts and numbers are JSON") + "\n")
}

/// Where the files of a book are, and what they hold.
struct SourceFiles<'a> {
    in_repository: &'a dyn Fn(&str) -> Option<String>,
    source_of: &'a dyn Fn(&str) -> Option<Rc<Source>>,
}

impl SourceFiles<'_> {
    /// A file as SARIF names it; `None` for one outside of the repository.
    fn artifact(&self, file: &str) -> Option<Value> {
        let path = (self.in_repository)(file)?;
        Some(json!({"uri": utf8_percent_encode(&path, IN_A_URI).to_string(), "uriBaseId": "%SRCROOT%"}))
    }
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.name(),
        "shortDescription": {"text": code.meaning()},
        "fullDescription": {"text": code.text().trim()},
        "help": {"text": code.explanation()},
        "defaultConfiguration": {"level": code.severity().to_string()},
    })
}

fn result(found: &Diagnostic, codes: &[Code], files: &SourceFiles<'_>) -> Value {
    let mut result = json!({
        "ruleId": found.code().name(),
        "ruleIndex": codes.iter().position(|code| *code == found.code()),
        "level": found.severity().to_string(),
        "message": {"text": found.message().to_string()},
    });
    if let Some(place) = found.place()
        && let Some(artifact) = files.artifact(&place.file)
    {
        let mut location = json!({"artifactLocation": artifact});
        if let Some(region) = region(place, files) {
            location["region"] = region;
        }
        result["locations"] = json!([{"physicalLocation": location}]);
    }
    if let Some(fix) = found.fix().and_then(|fix| fixed(fix, files)) {
        result["fixes"] = json!([fix]);
    }
    result
}

fn region(place: &Place, files: &SourceFiles<'_>) -> Option<Value> {
    let known = (files.source_of)(&place.file).and_then(|source| source.extent(place));
    match (known, place.line, place.column) {
        (Some(region), ..) => Some(whole(region)),
        (None, Some(line), Some(column)) => Some(json!({"startLine": line, "startColumn": column})),
        (None, Some(line), None) => Some(json!({"startLine": line})),
        (None, None, _) => None,
    }
}

fn whole(Region { line, column, end_line, end_column, offset, length }: Region) -> Value {
    json!({
        "startLine": line,
        "startColumn": column,
        "endLine": end_line,
        "endColumn": end_column,
        "byteOffset": offset,
        "byteLength": length,
    })
}

/// A fix; `None` where a file of it is not to be told. Edits of one file stand together.
fn fixed(fix: &Fix, files: &SourceFiles<'_>) -> Option<Value> {
    let names: BTreeSet<&str> = fix.edits.iter().map(|edit| edit.file.as_str()).collect();
    let change = |name: &str| {
        let source = (files.source_of)(name)?;
        let edits = fix.edits.iter().filter(|edit| edit.file == name);
        let replacements = edits.map(|edit| {
            let place = Place::file(name).spanning(edit.bytes.range());
            Some(json!({"deletedRegion": whole(source.region(&place)?), "insertedContent": {"text": edit.text}}))
        });
        let replacements = replacements.collect::<Option<Vec<_>>>()?;
        Some(json!({"artifactLocation": files.artifact(name)?, "replacements": replacements}))
    };
    let changes = names.into_iter().map(change).collect::<Option<Vec<_>>>()?;
    Some(json!({"description": {"text": fix.title}, "artifactChanges": changes}))
}

#[cfg(test)]
mod tests {
    use mdbook_bilingual_core::diagnostic::Message;

    use super::*;

    #[test]
    fn a_log_says_what_was_found_and_where() {
        let mut all = Diagnostics::default();
        let message = Message::new("“b.md” leads nowhere", "did you mean c.md?");
        let fix = Fix::new("write c.md", "书/a b.md", 9..13, "c.md");
        let place = Place::line("书/a b.md", 2).spanning(9..13);
        all.push(Diagnostic::new(Code::LinkDead, message).at(place).fixed_by(fix));
        all.push(Diagnostic::new(Code::Undated, "no date").at(Place::file("../out.md")));
        all.push(Diagnostic::new(Code::StatusUnknown, "x").at(Place::at("a.md", 4, 2)));
        all.push(Diagnostic::new(Code::HostVersion, "this is mdBook 9"));
        let source = Rc::new(Source::new("\u{feff}看\r\n[b](b.md)\r\n".to_owned()));
        let in_repository = |file: &str| (!file.starts_with("..")).then(|| format!("docs/{file}"));
        let log = log(&all, in_repository, |file| file.starts_with('书').then(|| Rc::clone(&source)));
        let log: Value = serde_json::from_str(&log).unwrap();
        let run = &log["runs"][0];
        let rules: Vec<&str> = run["tool"]["driver"]["rules"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rule| rule["id"].as_str().unwrap())
            .collect();
        assert_eq!(rules, ["host-version", "link-dead", "status-unknown", "undated"]);
        let results = run["results"].as_array().unwrap();
        for result in results {
            let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[rule], result["ruleId"]);
        }
        let by_rule = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).unwrap();
        assert_eq!(by_rule("undated")["locations"], Value::Null);
        assert_eq!(by_rule("undated")["level"], "note");
        assert_eq!(
            by_rule("status-unknown")["locations"][0]["physicalLocation"]["region"],
            json!({"startLine": 4, "startColumn": 2})
        );
        let region = json!({
            "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 9, "byteOffset": 12, "byteLength": 4,
        });
        let artifact = json!({"uri": "docs/%E4%B9%A6/a%20b.md", "uriBaseId": "%SRCROOT%"});
        let dead = by_rule("link-dead");
        assert_eq!(dead["message"]["text"], "“b.md” leads nowhere; did you mean c.md?");
        assert_eq!(dead["locations"], json!([{"physicalLocation": {"artifactLocation": artifact, "region": region}}]));
        assert_eq!(
            dead["fixes"],
            json!([{"description": {"text": "write c.md"}, "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": "c.md"}}],
            }]}])
        );
    }
}
