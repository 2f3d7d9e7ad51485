//! What is lost, what is changed, and what there is to do by hand: for an author who pastes, and for programs.
//!
//! ```text
//! rlhf/ppo.md → export/ppo.zhihu.md
//!
//! by hand  title: 一文理解 PPO
//! by hand  ppo.md:41  picture 2: upload loss.png where the text says 【图 2：曲线】  [picture-by-hand]
//! lost     ppo.md:57  nobody can jump to the footnotes: 2 stand at the end           [footnote]
//! formulas 12, pictures 3 (1 less: see above), tables 1, links 5, blocks of code 2
//! ```

use std::path::Path;

use anyhow::Result;
use mdbook_bilingual_core::diagnostic::harmless;
use mdbook_bilingual_export::{Counted, Counts, Exported, Finding, Grade, LinksTold};
use serde::Serialize;

use super::{Done, DoneNote};

/// What an author reads.
#[must_use]
pub fn human(done: &Done) -> String {
    let mut out = String::new();
    for note in &done.notes {
        of_note(done, note, &mut out);
    }
    harmless_lines(&out)
}

/// A text without what a terminal would obey, line by line.
fn harmless_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", harmless(line))).collect()
}

fn of_note(done: &Done, note: &DoneNote, out: &mut String) {
    let exported = &note.exported;
    if let Some(written) = &note.written {
        let change = if note.changed { "" } else { " (as it was)" };
        out.push_str(&format!("{} → {}{change}\n", note.file, written.display()));
    }
    if exported.before == Counts::default() && exported.findings.is_empty() && note.file == "the probe page" {
        return;
    }
    out.push('\n');
    by_hand(exported, out);
    let mut told: Vec<&Finding> = Vec::new();
    for finding in &exported.findings {
        told.push(finding);
        out.push_str(&line(finding));
    }
    out.push_str(&format!("{}\n", counts(exported)));
    if let Some(links) = links(&exported.links, &done.platform.name) {
        out.push_str(&format!("{links}\n"));
    }
    out.push('\n');
    for (number, step) in done.platform.steps.iter().enumerate() {
        out.push_str(&format!("{}. {step}\n", number + 1));
    }
    if done.platform.editor.is_some() {
        let address = note.copy.as_deref().unwrap_or("ADDRESS");
        let number = done.platform.steps.len() + 1;
        let id = &done.platform.id;
        out.push_str(&format!(
            "{number}. after posting: mdbook-bilingual confirm --copy {id} {} {address}\n",
            note.file
        ));
    }
    out.push('\n');
}

fn by_hand(exported: &Exported, out: &mut String) {
    let mut say = |what: &str, text: &str| out.push_str(&format!("by hand  {what}: {text}\n"));
    say("title", &exported.title);
    if let Some(summary) = &exported.summary {
        say("summary", summary);
    }
    if !exported.tags.is_empty() {
        say("tags", &exported.tags.join(", "));
    }
}

fn line(finding: &Finding) -> String {
    let found = &finding.diagnostic;
    let place =
        found.place().filter(|place| place.line.is_some()).map(|place| format!("{place}  ")).unwrap_or_default();
    // A formula in it can have several lines.
    let message = found.message().to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{:<7}  {place}{message}  [{}]\n", finding.grade.to_string(), found.code().name())
}

fn counts(exported: &Exported) -> String {
    let one = |what: Counted| {
        let (before, after) = (exported.before[what], exported.after[what]);
        match before == after {
            true => format!("{what} {before}"),
            false => format!("{what} {before} → {after}"),
        }
    };
    Counted::ALL.map(one).join(", ")
}

fn links(links: &LinksTold, platform: &str) -> Option<String> {
    let parts = [
        (links.sister, format!("to copies on {platform}")),
        (links.site, "to the site".to_owned()),
        (links.repository, "to the repository".to_owned()),
        (links.elsewhere, "to where they led".to_owned()),
        (links.text, "are words alone".to_owned()),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    (!parts.is_empty()).then(|| format!("links: {}", parts.join(", ")))
}

#[derive(Serialize)]
struct Document<'d> {
    version: u8,
    platform: &'d str,
    notes: Vec<NoteRow<'d>>,
}

#[derive(Serialize)]
struct NoteRow<'d> {
    file: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<&'d Path>,
    title: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'d str>,
    tags: &'d [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    copy: Option<&'d str>,
    pictures: Vec<&'d str>,
    before: Counts,
    after: Counts,
    links: LinksTold,
    findings: Vec<FindingRow<'d>>,
}

#[derive(Serialize)]
struct FindingRow<'d> {
    grade: Grade,
    severity: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    message: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'d str>,
}

/// The same for programs: one JSON document, with a line break at its end.
///
/// # Errors
/// When a path is no text.
pub fn json(done: &Done) -> Result<String> {
    let notes = done.notes.iter().map(|note| NoteRow {
        file: &note.file,
        written: note.written.as_deref(),
        title: &note.exported.title,
        summary: note.exported.summary.as_deref(),
        tags: &note.exported.tags,
        copy: note.copy.as_deref(),
        pictures: note.exported.files.keys().map(String::as_str).collect(),
        before: note.exported.before,
        after: note.exported.after,
        links: note.exported.links,
        findings: note.exported.findings.iter().map(row).collect(),
    });
    let document = Document { version: 1, platform: &done.platform.id, notes: notes.collect() };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn row(finding: &Finding) -> FindingRow<'_> {
    let found = &finding.diagnostic;
    FindingRow {
        grade: finding.grade,
        severity: found.severity().to_string(),
        code: found.code().name(),
        file: found.place().map(|place| place.file.as_str()),
        line: found.place().and_then(|place| place.line),
        message: &found.message().what,
        help: found.message().remedy.as_deref(),
    }
}
