//! What changed between two texts, by lines and by sections.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use crate::markdown::outline::{Heading, Ids};
use crate::notebook::freshness::ChangedSection;

/// How many lines both texts may have together, from the first change to the last, to be compared in their order.
///
/// The time of that grows with the square of the lines where many are alike, and no note of a person is that long.
const IN_ORDER: usize = 1 << 14;

/// Lines of the older text, and those of the newer one that stand in their place.
type Hunk = (Range<usize>, Range<usize>);

/// How many lines of a text are new, how many are gone, and in which sections.
///
/// Each text comes with the line of its file on which it begins. `headings` are those of the newer file, with their ids;
/// `older` gives those of the older one, which are needed only when a heading may be gone.
/// In texts with more than `IN_ORDER` lines between the first change and the last, a line that only moved is no change.
pub(crate) fn difference(
    (then, then_first): (&str, usize),
    (now, now_first): (&str, usize),
    (headings, ids): (&[Heading], &[Ids]),
    older: impl FnOnce() -> Vec<Heading>,
) -> (usize, usize, Vec<ChangedSection>) {
    // The last line is one like the others.
    let [then, now] = [then, now].map(|text| format!("{text}\n"));
    let input = InternedInput::new(then.as_str(), now.as_str());
    let (mut added, mut removed) = (0, 0);
    // Each section by the line on which it begins; a section that is gone by the line where it was.
    let mut changed: BTreeSet<(usize, Option<String>, Option<String>)> = BTreeSet::new();
    let mut gone: Vec<Hunk> = Vec::new();
    let is_real = |heading: &Heading| heading.level > 0 && !heading.is_switch;
    let real: Vec<(&Heading, &Ids)> = headings.iter().zip(ids).filter(|(heading, _)| is_real(heading)).collect();
    let section = |line: usize| {
        let above = real.partition_point(|(heading, _)| heading.line <= line).checked_sub(1);
        match above.map(|at| real[at]) {
            Some((heading, ids)) => (heading.line, Some(heading.text.clone()), Some(ids.page.clone())),
            None => (0, None, None),
        }
    };
    for (before, after) in hunks(&input) {
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
        let older: Vec<&Heading> = older.iter().filter(|heading| is_real(heading)).collect();
        let names: HashSet<&str> = headings.iter().map(|heading| heading.text.as_str()).collect();
        for (lines, new) in gone {
            let was = within(&older, &lines, |heading| heading.line);
            // As many new headings as old ones are other words for the same sections.
            if was.len() <= within(&real, &new, |(heading, _)| heading.line).len() {
                continue;
            }
            for heading in was.iter().filter(|old| !names.contains(old.text.as_str())) {
                changed.insert((new.start, Some(heading.text.clone()), None));
            }
        }
    }
    let sections = changed.into_iter().map(|(_, heading, id)| ChangedSection { heading, id }).collect();
    (added, removed, sections)
}

/// What of a list in the order of lines stands on these.
fn within<'a, T>(list: &'a [T], lines: &Range<usize>, line: impl Fn(&T) -> usize) -> &'a [T] {
    let start = list.partition_point(|one| line(one) < lines.start);
    let end = list.partition_point(|one| line(one) < lines.end);
    &list[start..end.max(start)]
}

/// What changed.
fn hunks(input: &InternedInput<&str>) -> Vec<Hunk> {
    let (before, after) = (&input.before, &input.after);
    let least = before.len().min(after.len());
    let head = before.iter().zip(after).take_while(|(then, now)| then == now).count();
    let tail = before.iter().rev().zip(after.iter().rev()).take(least - head).take_while(|(then, now)| then == now);
    let same = head + tail.count();
    if before.len() + after.len() - 2 * same > IN_ORDER {
        return by_number(input);
    }
    let mut diff = Diff::compute(Algorithm::Myers, input);
    diff.postprocess_lines(input);
    let lines = |lines: Range<u32>| lines.start as usize..lines.end as usize;
    diff.hunks().map(|hunk| (lines(hunk.before), lines(hunk.after))).collect()
}

/// What changed where only the number of each line counts, and not where it stands.
fn by_number(input: &InternedInput<&str>) -> Vec<Hunk> {
    let count = |lines: &[imara_diff::Token]| {
        let mut counts = vec![0_usize; input.interner.num_tokens() as usize];
        lines.iter().for_each(|line| counts[line.0 as usize] += 1);
        counts
    };
    // As many lines of each kind stay as the other text has, from the first on.
    let stays = |lines: &[imara_diff::Token], mut others: Vec<usize>| -> Vec<bool> {
        let stays = lines.iter().map(|line| {
            let left = &mut others[line.0 as usize];
            let stays = *left > 0;
            *left = left.saturating_sub(1);
            stays
        });
        stays.collect()
    };
    let before = stays(&input.before, count(&input.after));
    let after = stays(&input.after, count(&input.before));
    let mut hunks = Vec::new();
    let (mut old, mut new) = (0, 0);
    while old < before.len() || new < after.len() {
        let end = |lines: &[bool], from: usize| from + lines[from..].iter().take_while(|stays| !**stays).count();
        let hunk = (old..end(&before, old), new..end(&after, new));
        // The line behind a hunk stays in both.
        (old, new) = ((hunk.0.end + 1).min(before.len()), (hunk.1.end + 1).min(after.len()));
        if !(hunk.0.is_empty() && hunk.1.is_empty()) {
            hunks.push(hunk);
        }
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Anatomy, outline};
    use crate::text::Wording;

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

    #[test]
    fn lines_of_a_very_long_text_are_counted() {
        let line = |at: usize| {
            format!("{}词 {at}\n\n", if at.is_multiple_of(1_000) { format!("## 节 {at}\n\n") } else { String::new() })
        };
        let text: String = (0..IN_ORDER).map(line).collect();
        let text = format!("# 标题\n\n{text}");
        let all = |text: &str| text.replace('词', "字");
        assert_eq!(told(&text, &text), (0, 0, Vec::new()));
        let (added, removed, sections) = told(&text, &all(&text));
        assert_eq!((added, removed, sections.len()), (IN_ORDER, IN_ORDER, IN_ORDER.div_ceil(1_000)));
        for (now, want) in [
            (
                text.replace("词 5\n", "字\n").replace("词 16001\n", "字\n"),
                (2, 2, vec!["节 0 #节-0", "节 16000 #节-16000"]),
            ),
            (
                text.replace("词 5\n", "").replace("词 16001\n", "词 16001\n新\n"),
                (1, 1, vec!["节 0 #节-0", "节 16000 #节-16000"]),
            ),
            (
                text.replace("词 5\n", "词 6\n").replace("词 16001\n", "词 5\n"),
                (1, 1, vec!["节 0 #节-0", "节 16000 #节-16000"]),
            ),
            (
                text.replace("# 标题\n", "# 题\n").replace("## 节 16000\n\n", ""),
                (1, 3, vec!["题 #题", "节 15000 #节-15000", "-节 16000"]),
            ),
        ] {
            let (added, removed, sections) = told(&text, &now);
            assert_eq!((added, removed), (want.0, want.1));
            assert_eq!(sections, want.2);
        }
    }
}
