//! What changed between two texts, by lines and by sections.

use std::collections::BTreeSet;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::freshness::ChangedSection;
use super::outline::{Heading, Ids};

/// How many lines of a text are new, how many are gone, and in which sections.
///
/// Each text comes with the line of its file on which it begins. `headings` are those of the newer file, with their ids;
/// `older` gives those of the older one, which are needed only when a heading may be gone.
pub fn difference(
    (then, then_first): (&str, usize),
    (now, now_first): (&str, usize),
    (headings, ids): (&[Heading], &[Ids]),
    older: impl FnOnce() -> Vec<Heading>,
) -> (usize, usize, Vec<ChangedSection>) {
    // The last line is one like the others.
    let [then, now] = [then, now].map(|text| format!("{text}\n"));
    let input = InternedInput::new(then.as_str(), now.as_str());
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let (mut added, mut removed) = (0, 0);
    // Each section by the line on which it begins; a section that is gone by the line where it was.
    let mut changed: BTreeSet<(usize, Option<String>, Option<String>)> = BTreeSet::new();
    let mut gone: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let section = |line: usize| {
        let real = headings.iter().zip(ids).filter(|(heading, _)| heading.level > 0 && !heading.is_switch);
        let above = real.take_while(|(heading, _)| heading.line <= line).last();
        match above {
            Some((heading, ids)) => (heading.line, Some(heading.text.clone()), Some(ids.page.clone())),
            None => (0, None, None),
        }
    };
    for hunk in diff.hunks() {
        let [before, after] = [&hunk.before, &hunk.after].map(|lines| lines.start as usize..lines.end as usize);
        added += after.len();
        removed += before.len();
        let is_blank = |lines: &[imara_diff::Token]| lines.iter().all(|line| input.interner[*line].trim().is_empty());
        for line in after.clone() {
            if !is_blank(&input.after[line..=line]) {
                changed.insert(section(now_first + line));
            }
        }
        if after.is_empty() {
            // What stands above the gap.
            changed.insert(section((now_first + after.start).saturating_sub(1)));
        }
        let may_be_heading = |line: &imara_diff::Token| input.interner[*line].starts_with('#');
        if input.before[before.clone()].iter().any(may_be_heading) {
            let new = now_first + after.start..now_first + after.end;
            gone.push((then_first + before.start..then_first + before.end, new));
        }
    }
    if !gone.is_empty() {
        let older = older();
        let is_real = |heading: &&Heading| heading.level > 0 && !heading.is_switch;
        for (lines, new) in gone {
            let was: Vec<&Heading> = older.iter().filter(|old| lines.contains(&old.line)).filter(is_real).collect();
            // As many new headings as old ones are other words for the same sections.
            if was.len() <= headings.iter().filter(|now| new.contains(&now.line)).filter(is_real).count() {
                continue;
            }
            for heading in was.into_iter().filter(|old| headings.iter().all(|now| now.text != old.text)) {
                changed.insert((new.start, Some(heading.text.clone()), None));
            }
        }
    }
    let sections = changed.into_iter().map(|(_, heading, id)| ChangedSection { heading, id }).collect();
    (added, removed, sections)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::outline;
    use crate::notebook::{Anatomy, Wording};

    /// Lines that are new and gone, and sections; one that is gone has a `-`.
    fn told(then: &str, now: &str) -> (usize, usize, Vec<String>) {
        let headings = |text: &str| Anatomy::of(text, 0, &Wording::default()).headings;
        let new = headings(now);
        let ids = outline::ids(&new, true, false);
        let (added, removed, sections) = difference((then, 1), (now, 1), (&new, &ids), || headings(then));
        let name = |section: ChangedSection| match (section.heading, section.id) {
            (Some(heading), Some(id)) => format!("{heading} #{id}"),
            (Some(heading), None) => format!("-{heading}"),
            (None, _) => "the beginning".to_owned(),
        };
        (added, removed, sections.into_iter().map(name).collect())
    }

    #[test]
    fn sections_by_their_headings() {
        let text = "# 标题\n\n开头\n\n## 安装\n\n一\n\n## 用法\n\n二\n";
        for (now, want) in [
            (text.replace("一", "三"), (1, 1, vec!["安装 #安装"])),
            (text.replace("一\n\n", ""), (0, 2, vec!["安装 #安装"])),
            (format!("先\n\n{text}"), (2, 0, vec!["the beginning"])),
            (format!("{text}\n三\n"), (2, 0, vec!["用法 #用法"])),
            (text.replace("## 用法\n\n二\n", ""), (0, 3, vec!["安装 #安装", "-用法"])),
            (text.replace("## 用法", "## 用途"), (1, 1, vec!["用途 #用途"])),
            (text.replace("## 用法\n\n二\n", "```sh\n# install\n```\n"), (3, 3, vec!["安装 #安装", "-用法"])),
        ] {
            let (added, removed, sections) = told(text, &now);
            assert_eq!((added, removed), (want.0, want.1), "{now}");
            assert_eq!(sections, want.2, "{now}");
        }
    }
}
