//! What changed between two texts, by lines and by sections.

use std::collections::BTreeSet;

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
    let mut gone: Vec<(std::ops::Range<usize>, usize)> = Vec::new();
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
        let is_heading = |line: &imara_diff::Token| input.interner[*line].starts_with('#');
        let headings_in = |lines: &[imara_diff::Token]| lines.iter().filter(|line| is_heading(line)).count();
        // As many new headings as old ones are other words for the same sections.
        if headings_in(&input.before[before.clone()]) > headings_in(&input.after[after.clone()]) {
            gone.push((then_first + before.start..then_first + before.end, now_first + after.start));
        }
    }
    if !gone.is_empty() {
        for heading in older() {
            let place = gone.iter().find(|(lines, _)| lines.contains(&heading.line));
            let is_known = headings.iter().any(|known| known.text == heading.text);
            if let Some((_, line)) = place.filter(|_| !is_known && heading.level > 0 && !heading.is_switch) {
                changed.insert((*line, Some(heading.text), None));
            }
        }
    }
    let sections = changed.into_iter().map(|(_, heading, id)| ChangedSection { heading, id }).collect();
    (added, removed, sections)
}
