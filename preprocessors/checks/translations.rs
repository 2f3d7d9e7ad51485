//! Which translations miss changes of their source.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::freshness::Behind;

/// How many of the sections that changed are named.
const SECTIONS: usize = 3;

/// Which translations miss enough to be said.
pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (note, editions) in checked.notes() {
        for edition in editions {
            let Some(translation) = &edition.translation else { continue };
            let Some(behind) = translation.behind() else { continue };
            let source = note.edition(&translation.of.value).map(|source| source.file.as_str());
            let source = source.filter(|file| !file.is_empty()).unwrap_or("its source");
            let message = Message::new(
                format!("{}{}", missed(behind, source), sections(behind)),
                format!("bring it up to date, or run `mdbook-bilingual confirm {}` if it is right", edition.file),
            );
            diagnostics.push(Diagnostic::new(Code::TranslationBehind, message).at(Place::file(&edition.file)));
        }
    }
}

/// What is missed: `this translation misses 3 commits of book/zh/a.md, over 29 days (12 lines new, 4 gone)`.
fn missed(behind: &Behind, source: &str) -> String {
    let lines = behind.lines.map(|(new, gone)| format!(" ({new} {} new, {gone} gone)", plural(new, "line")));
    let lines = lines.unwrap_or_default();
    match behind.commits {
        Some(commits) => {
            let days = behind.days.filter(|days| *days > 0);
            let days = days.map(|days| format!(", over {days} {}", plural(days, "day"))).unwrap_or_default();
            format!("this translation misses {commits} {} of {source}{days}{lines}", plural(commits, "commit"))
        }
        None => {
            let since = behind.since.as_ref().map(|commit| format!(" since {}", commit.day));
            let since = since.unwrap_or_else(|| " since it was translated".to_owned());
            format!("{source} has changed{since}, and this translation has not followed{lines}")
        }
    }
}

/// Where: `: in “安装”, “用法” and 2 more`.
pub(super) fn sections(behind: &Behind) -> String {
    if behind.sections.is_empty() {
        return String::new();
    }
    let named = behind.sections.iter().take(SECTIONS);
    let mut names: Vec<String> = named
        .map(|section| section.heading.as_ref().map_or("its beginning".to_owned(), |text| format!("“{}”", text.trim())))
        .collect();
    let more = behind.sections.len().saturating_sub(SECTIONS);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    let last = names.pop().unwrap_or_default();
    let names = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    format!(", in {names}")
}

pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::freshness::ChangedSection;
    use crate::values::{Commit, Date};

    #[test]
    fn what_is_missed_in_words() {
        let day = |text| Date::parse(text).unwrap();
        let section = |heading: Option<&str>| ChangedSection { heading: heading.map(str::to_owned), id: None };
        let mut behind = Behind {
            commits: Some(3),
            days: Some(29),
            lines: Some((12, 4)),
            sections: vec![section(None), section(Some("安装")), section(Some("Use; it"))],
            since: Some(Commit { id: "a".repeat(40), day: day("2025-11-02") }),
            last: None,
            is_worth_saying: true,
        };
        let told = |behind: &Behind| missed(behind, "book/zh/a.md") + &sections(behind);
        assert_eq!(
            told(&behind),
            "this translation misses 3 commits of book/zh/a.md, over 29 days (12 lines new, 4 gone), in its beginning, “安装” and “Use; it”"
        );
        behind.sections.extend([section(Some("x")), section(Some("y"))]);
        assert!(told(&behind).ends_with(", in its beginning, “安装”, “Use; it” and 2 more"));
        (behind.commits, behind.days, behind.lines, behind.sections) =
            (Some(1), Some(0), None, vec![section(Some("x"))]);
        assert_eq!(told(&behind), "this translation misses 1 commit of book/zh/a.md, in “x”");
        (behind.commits, behind.days, behind.lines, behind.sections) = (None, None, Some((1, 0)), Vec::new());
        assert_eq!(
            told(&behind),
            "book/zh/a.md has changed since 2025-11-02, and this translation has not followed (1 line new, 0 gone)"
        );
        behind.since = None;
        assert!(told(&behind).starts_with("book/zh/a.md has changed since it was translated, and"));
    }
}
