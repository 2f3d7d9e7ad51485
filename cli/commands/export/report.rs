//! What is lost, what is changed, and what there is to do by hand: for an author who pastes, and for programs.
//!
//! ```text
//! rlhf/ppo.md → export/ppo.zhihu.md
//! there is a copy at https://zhuanlan.zhihu.com/p/1: it misses 3 changes
//!
//! by hand  title: 一文理解 PPO
//! by hand  ppo.md:41  picture 2: upload loss.png where the text says 【图 2：曲线】  [picture-by-hand]
//! lost     ppo.md:57  nobody can jump to the footnotes: 2 stand at the end           [footnote]
//! formulas 12, pictures 3 (1 less: see above), tables 1, links 5, blocks of code 2
//! ```

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use mdbook_bilingual_core::diagnostic::{Code, harmless};
use mdbook_bilingual_core::values::Date;
use mdbook_bilingual_export::platform::Title;
use mdbook_bilingual_export::{Counted, Counts, Exported, Finding, Grade, LinksTold, Platform};
use serde::Serialize;

use super::{Done, DoneNote, NoteCopy};
use crate::commands::typed;

/// What an author reads. `today` tells whether it is long since somebody tried the platform.
#[must_use]
pub fn human(done: &Done, today: Option<Date>) -> String {
    let mut out = String::new();
    for note in &done.notes {
        of_note(done, note, &mut out);
    }
    if done.notes.iter().any(|note| note.is_note) {
        not_sure(done, today, &mut out);
        steps(done, &mut out);
    }
    harmless_lines(&out)
}

/// A text without what a terminal would obey, line by line.
fn harmless_lines(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", harmless(line))).collect()
}

fn of_note(done: &Done, note: &DoneNote, out: &mut String) {
    let exported = &note.exported;
    let change = if note.changed || note.written.is_none() { "" } else { " (as it was)" };
    let written = note.written.as_ref().map_or_else(|| "standard output".to_owned(), |path| here(path));
    out.push_str(&format!("{} → {written}{change}\n", note.file));
    if !note.is_note {
        return;
    }
    if let Some(NoteCopy { address, state }) = &note.copy {
        let state = state.as_ref().map(|state| format!(": {state}")).unwrap_or_default();
        out.push_str(&format!("there is a copy at {address}{state}\n"));
    }
    out.push('\n');
    by_hand(done, exported, out);
    for finding in exported.findings.iter().filter(|finding| !is_unsure(finding)) {
        out.push_str(&line(finding));
    }
    out.push_str(&format!("{}\n", counts(exported)));
    if let Some(links) = links(&exported.links, &done.platform.name) {
        out.push_str(&format!("{links}\n"));
    }
    out.push('\n');
}

fn is_unsure(finding: &Finding) -> bool {
    finding.diagnostic.code() == Code::PostUnsure
}

/// A path from the current folder, where it lies below that.
fn here(path: &Path) -> String {
    let current = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(current).or_else(|_| path.strip_prefix(".")).unwrap_or(path).display().to_string()
}

/// What nobody knows of the platform, once for all notes that have it.
fn not_sure(done: &Done, today: Option<Date>, out: &mut String) {
    let findings = done.notes.iter().flat_map(|note| &note.exported.findings).filter(|finding| is_unsure(finding));
    let all: BTreeSet<String> = findings.map(|finding| finding.diagnostic.message().what.clone()).collect();
    let platform = &done.platform;
    let day = platform.tried.as_deref().and_then(|day| Date::parse(day).ok());
    let age = day.zip(today).map(|(day, today)| day.days_until(today));
    if let Some((day, age)) = day.zip(age).filter(|(_, age)| *age > HALF_A_YEAR) {
        out.push_str(&format!("by hand  {} was last tried on {day}, {age} days ago  [post-unsure]\n", platform.name));
    }
    for what in &all {
        out.push_str(&format!("by hand  {what}: look at it before you publish  [post-unsure]\n"));
    }
    if !all.is_empty() || age.is_some_and(|age| age > HALF_A_YEAR) {
        out.push('\n');
    }
}

/// How many days a platform may go untried.
const HALF_A_YEAR: i32 = 183;

/// What an author does with the file.
fn steps(done: &Done, out: &mut String) {
    let platform = &done.platform;
    let mut steps = platform.steps.clone();
    if platform.editor.is_some() && mdbook_bilingual_core::platforms::SITES.iter().any(|site| site.id == platform.id) {
        let (note, address) = match done.notes.as_slice() {
            [only] => (only.file.as_str(), only.copy.as_ref().map_or("ADDRESS", |copy| copy.address.as_str())),
            _ => ("NOTE", "ADDRESS"),
        };
        steps.push(format!(
            "after posting: mdbook-bilingual confirm --copy {} {} {}",
            platform.id,
            typed(note.as_ref()),
            typed(address.as_ref())
        ));
    }
    for (number, step) in steps.iter().enumerate() {
        out.push_str(&format!("{}. {step}\n", number + 1));
    }
}

fn by_hand(done: &Done, exported: &Exported, out: &mut String) {
    let Platform { title, keys, .. } = &done.platform;
    let is_written = |key: &str| keys.iter().any(|own| own == key);
    let mut say = |what: &str, text: &str| out.push_str(&format!("by hand  {what}: {text}\n"));
    if *title == Title::Apart && !is_written("title") {
        say("title", &exported.title);
    }
    if let Some(summary) = exported.summary.as_ref().filter(|_| !is_written("description")) {
        say("summary", summary);
    }
    if !exported.tags.is_empty() && !is_written("tags") {
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
struct ReportDocument<'d> {
    version: u8,
    platform: &'d str,
    notes: Vec<ExportedRow<'d>>,
}

#[derive(Serialize)]
struct ExportedRow<'d> {
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
    let notes = done.notes.iter().map(|note| ExportedRow {
        file: &note.file,
        written: note.written.as_deref(),
        title: &note.exported.title,
        summary: note.exported.summary.as_deref(),
        tags: &note.exported.tags,
        copy: note.copy.as_ref().map(|copy| copy.address.as_str()),
        pictures: note.exported.files.keys().map(String::as_str).collect(),
        before: note.exported.before,
        after: note.exported.after,
        links: note.exported.links,
        findings: note.exported.findings.iter().map(row).collect(),
    });
    let document = ReportDocument { version: 1, platform: &done.platform.id, notes: notes.collect() };
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
