//! How editions stand: their reviews, their history, and what translations miss of their sources.

use mdbook_bilingual_core::notebook::board::{NoteCounts, SectionCounts};
use mdbook_bilingual_core::notebook::freshness::{Behind, ChangedSection};
use mdbook_bilingual_core::notebook::{Freshness, Posted, Translation};
use mdbook_bilingual_core::values::{Commit, Fact, History, Language, Origin, Period, Review};
use serde::Serialize;

/// A section as the status board counts it.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct BoardRow<'a> {
    /// Its title; empty for the notes of no section.
    section: Vec<&'a str>,
    notes: usize,
    translated: usize,
    in_step: usize,
    behind: usize,
    unknown: usize,
    pending_review: usize,
}

/// Whether the text is the one that was reviewed.
#[derive(Serialize)]
pub(super) struct ReviewRow {
    state: &'static str,
    /// The day of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

#[derive(Serialize)]
pub(super) struct PeriodRow<'a> {
    value: String,
    origin: &'a Origin,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct HistoryRow<'a> {
    first_commit: CommitRow<'a>,
    last_change: CommitRow<'a>,
}

#[derive(Serialize)]
struct CommitRow<'a> {
    date: String,
    commit: &'a str,
}

/// What is known of a translation and the edition that it was made from.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct TranslationRow<'a> {
    of: &'a Language,
    origin: &'a Origin,
    #[serde(flatten)]
    freshness: FreshnessRow<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confirmed: Option<&'a Origin>,
}

/// What was confirmed of a copy elsewhere, and whether it misses anything.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PostedRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(flatten)]
    freshness: Option<FreshnessRow<'a>>,
}

/// Whether a text misses changes of another one, and which.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct FreshnessRow<'a> {
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    commits_behind: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days_behind: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines_added: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines_removed: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sections: Vec<SectionRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<CommitRow<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<CommitRow<'a>>,
    /// Whether it is enough for readers to be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    worth_saying: Option<bool>,
}

#[derive(Serialize)]
struct SectionRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
}

fn commit(commit: &Commit) -> CommitRow<'_> {
    CommitRow { date: commit.day.to_string(), commit: &commit.id }
}

pub(super) fn history(history: &History) -> HistoryRow<'_> {
    HistoryRow { first_commit: commit(&history.first), last_change: commit(&history.last) }
}

pub(super) fn period(fact: &Fact<Period>) -> PeriodRow<'_> {
    PeriodRow { value: fact.value.to_string(), origin: &fact.origin }
}

pub(super) fn review(review: Review) -> ReviewRow {
    match review {
        Review::OfThisText => ReviewRow { state: "of-this-text", date: None },
        Review::ChangedSince(day) => ReviewRow { state: "changed-since", date: day.map(|day| day.to_string()) },
    }
}

pub(super) fn translation(translation: &Translation) -> TranslationRow<'_> {
    TranslationRow {
        of: &translation.of.value,
        origin: &translation.of.origin,
        freshness: freshness(&translation.freshness),
        confirmed: translation.confirmed.as_ref(),
    }
}

/// What was confirmed of a copy, where anything was.
pub(super) fn posted<'a>(posted: Option<&'a Posted>, stands: Option<&'a Freshness>) -> Option<PostedRow<'a>> {
    let posted = posted?;
    Some(PostedRow {
        text: posted.text.as_ref().map(|text| text.value.to_string()),
        on: posted.on.as_ref().map(|on| on.value.to_string()),
        freshness: stands.map(freshness),
    })
}

fn freshness(freshness: &Freshness) -> FreshnessRow<'_> {
    match freshness {
        Freshness::Unknown => FreshnessRow { state: "unknown", ..FreshnessRow::default() },
        Freshness::InStep => {
            FreshnessRow { state: "in-step", commits_behind: Some(0), days_behind: Some(0), ..FreshnessRow::default() }
        }
        Freshness::Behind(behind) => FreshnessRow {
            state: "behind",
            commits_behind: behind.commits,
            days_behind: behind.days,
            lines_added: behind.lines.map(|(added, _)| added),
            lines_removed: behind.lines.map(|(_, removed)| removed),
            sections: behind.sections.iter().map(section).collect(),
            since: behind.since.as_ref().map(commit),
            last: behind.last.as_ref().map(commit),
            worth_saying: Some(behind.is_worth_saying),
        },
    }
}

fn section(section: &ChangedSection) -> SectionRow<'_> {
    SectionRow { heading: section.heading.as_deref(), id: section.id.as_deref() }
}

pub(super) fn board<'a>(row: &SectionCounts<'a>) -> BoardRow<'a> {
    let NoteCounts { notes, translated, in_step, behind, unknown, pending_review } = row.counts;
    let section = row.section.map(|(title, _)| title).into_iter().collect();
    BoardRow { section, notes, translated, in_step, behind, unknown, pending_review }
}

/// How a translation stands, in words.
pub(super) fn stands(translation: &Translation) -> String {
    let of = &translation.of.value;
    match &translation.freshness {
        Freshness::Unknown => format!("of {of}; whether it is in step is not known"),
        Freshness::InStep => format!("in step with {of}"),
        Freshness::Behind(behind) => behind_in_words(behind, &format!("behind {of}")),
    }
}

fn behind_in_words(Behind { commits, days, is_worth_saying, .. }: &Behind, what: &str) -> String {
    let changes = commits.map(|commits| format!("{} ", counted(commits, "change"))).unwrap_or_default();
    let days = days.map(|days| format!(", {}", counted(days, "day"))).unwrap_or_default();
    let quiet = if *is_worth_saying { "" } else { "; too little to be said to readers" };
    format!("{changes}{what}{days}{quiet}")
}

/// What is known of a copy besides its address, in words, and where that comes from.
pub(super) fn copy(posted: &Posted, stands: Option<&Freshness>) -> Option<(String, Origin)> {
    let origin = posted.text.as_ref().map(|text| &text.origin).or(posted.on.as_ref().map(|on| &on.origin))?;
    let on = posted.on.as_ref().map(|on| format!("posted on {}", on.value));
    let stands = stands.map(|stands| match stands {
        Freshness::Unknown => "whether it is in step is not known".to_owned(),
        Freshness::InStep => "in step".to_owned(),
        Freshness::Behind(Behind { commits: Some(0), .. }) => "behind what is not committed yet".to_owned(),
        Freshness::Behind(behind) => behind_in_words(behind, "behind") + &changed_lines(behind),
    });
    let words: Vec<String> = stands.into_iter().chain(on).collect();
    Some((words.join("; "), origin.clone()))
}

/// `, 12 lines new, 4 gone, in 缓存, 分页`
fn changed_lines(behind: &Behind) -> String {
    let lines = behind.lines.map(|(new, gone)| format!(", {} new, {gone} gone", counted(new, "line")));
    let named = behind.sections.iter().map(|section| section.heading.as_deref().unwrap_or("its beginning").trim());
    let named = named.collect::<Vec<_>>().join(", ");
    let named = if named.is_empty() { named } else { format!(", in {named}") };
    lines.unwrap_or_default() + &named
}

/// What became of a text since its review, in words.
pub(super) fn reviewed(review: Review) -> String {
    match review {
        Review::OfThisText => "of this text".to_owned(),
        Review::ChangedSince(day) => {
            format!("the text was changed since{}", day.map(|day| format!(", on {day}")).unwrap_or_default())
        }
    }
}

fn counted(number: usize, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use mdbook_bilingual_core::values::Date;

    use super::*;

    fn of_chinese(freshness: Freshness) -> Translation {
        let of = Fact { value: Language::parse("zh-CN").unwrap(), origin: Origin::Default };
        Translation { of, freshness, confirmed: None }
    }

    fn behind(commits: Option<usize>, days: Option<usize>) -> Freshness {
        let last = Commit { id: "3c4d".to_owned(), day: Date::parse("2025-12-01").unwrap() };
        Freshness::Behind(Behind {
            commits,
            days,
            lines: Some((12, 4)),
            sections: vec![
                ChangedSection { heading: None, id: None },
                ChangedSection { heading: Some("显存".to_owned()), id: Some("显存".to_owned()) },
            ],
            since: None,
            last: Some(last),
            is_worth_saying: true,
        })
    }

    #[test]
    fn as_json() {
        let json = |freshness| serde_json::to_value(translation(&of_chinese(freshness))).unwrap();
        assert_eq!(
            json(behind(Some(3), Some(29))),
            serde_json::json!({
                "of": "zh-CN", "origin": {"kind": "default"}, "state": "behind",
                "commits-behind": 3, "days-behind": 29, "lines-added": 12, "lines-removed": 4,
                "sections": [{}, {"heading": "显存", "id": "显存"}],
                "last": {"date": "2025-12-01", "commit": "3c4d"}, "worth-saying": true
            })
        );
        assert_eq!(
            json(Freshness::InStep),
            serde_json::json!({
                "of": "zh-CN", "origin": {"kind": "default"}, "state": "in-step", "commits-behind": 0, "days-behind": 0
            })
        );
        assert_eq!(
            json(Freshness::Unknown),
            serde_json::json!({"of": "zh-CN", "origin": {"kind": "default"}, "state": "unknown"})
        );
        let day = Date::parse("2025-12-01").unwrap();
        let json = serde_json::to_value([review(Review::OfThisText), review(Review::ChangedSince(Some(day)))]).unwrap();
        assert_eq!(
            json,
            serde_json::json!([{"state": "of-this-text"}, {"state": "changed-since", "date": "2025-12-01"}])
        );
    }

    #[test]
    fn in_words() {
        let said = |freshness| stands(&of_chinese(freshness));
        assert_eq!(said(behind(Some(3), Some(29))), "3 changes behind zh-CN, 29 days");
        assert_eq!(said(behind(Some(1), Some(1))), "1 change behind zh-CN, 1 day");
        assert_eq!(said(behind(None, None)), "behind zh-CN");
        assert_eq!(said(Freshness::InStep), "in step with zh-CN");
    }
}
