//! Edits of a file as a unified diff, for `git apply` and `patch`.
//!
//! ```text
//! --- a/book/a.md
//! +++ b/book/a.md
//! @@ -2,3 +2,3 @@
//!  text before
//! -see [b](B.md)
//! +see [b](b.md)
//!  text behind
//! ```

use std::ops::Range;

/// How many lines are shown before and behind what changes.
const AROUND: usize = 3;

/// The diff of one file. The edits are in order, and none overlaps another.
#[must_use]
pub fn of(path: &str, text: &str, edits: &[(Range<usize>, String)]) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut starts = Vec::with_capacity(lines.len());
    let mut at = 0;
    for line in &lines {
        starts.push(at);
        at += line.len();
    }
    let line_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
    let begin_of = |line: usize| starts.get(line).copied().unwrap_or(text.len());
    // Lines that go, and what comes for them.
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut done = 0;
    for (bytes, new) in edits {
        // Where the end of a line goes, the next one changes as well.
        let last = if new.ends_with('\n') { bytes.end.saturating_sub(1) } else { bytes.end };
        let touched = line_of(bytes.start)..line_of(last.max(bytes.start)) + 1;
        match changes.last_mut().filter(|(before, _)| touched.start < before.end) {
            Some((before, out)) => {
                out.truncate(out.len() - (begin_of(before.end) - done));
                out.push_str(&text[done..bytes.start]);
                before.end = before.end.max(touched.end);
            }
            None => changes.push((touched.clone(), text[begin_of(touched.start)..bytes.start].to_owned())),
        }
        let (lines, out) = changes.last_mut().expect("one was put there");
        out.push_str(new);
        done = bytes.end;
        out.push_str(&text[done..begin_of(lines.end)]);
    }
    let mut out = format!("--- a/{path}\n+++ b/{path}\n");
    let mut grown = 0_isize;
    let mut rest = changes.as_slice();
    while let Some(((first, _), _)) = rest.split_first() {
        let apart = rest.windows(2).position(|pair| pair[1].0.start > pair[0].0.end + 2 * AROUND);
        let (hunk, behind) = rest.split_at(apart.map_or(rest.len(), |at| at + 1));
        let last = &hunk[hunk.len() - 1].0;
        let shown = first.start.saturating_sub(AROUND)..(last.end + AROUND).min(lines.len());
        let (body, growth) = body(&lines, shown.clone(), hunk);
        let from = isize::try_from(shown.start).unwrap_or_default() + grown + 1;
        let length = isize::try_from(shown.len()).unwrap_or_default() + growth;
        out.push_str(&format!("@@ -{},{} +{from},{length} @@\n{body}", shown.start + 1, shown.len()));
        grown += growth;
        rest = behind;
    }
    out
}

/// The lines of a hunk, and by how many it grows.
fn body(lines: &[&str], shown: Range<usize>, changes: &[(Range<usize>, String)]) -> (String, isize) {
    let (mut out, mut growth, mut at) = (String::new(), 0, shown.start);
    let mut say = |mark: char, line: &str| {
        out.push(mark);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    };
    for (gone, new) in changes {
        lines[at..gone.start].iter().for_each(|line| say(' ', line));
        lines[gone.clone()].iter().for_each(|line| say('-', line));
        new.split_inclusive('\n').for_each(|line| say('+', line));
        growth += isize::try_from(new.split_inclusive('\n').count()).unwrap_or_default();
        growth -= isize::try_from(gone.len()).unwrap_or_default();
        at = gone.end;
    }
    lines[at..shown.end].iter().for_each(|line| say(' ', line));
    (out, growth)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(text: &str, edits: &[(&str, &str)]) -> String {
        let edit = |(old, new): &(&str, &str)| {
            let start = text.find(old).expect(old);
            (start..start + old.len(), (*new).to_owned())
        };
        of("a.md", text, &edits.iter().map(edit).collect::<Vec<_>>())
    }

    #[test]
    fn lines_that_change() {
        assert_eq!(
            diff("1\n2\n3\n4\nsee x and y\n6\n7\n8\n9\n", &[("x", "b"), ("y", "c")]),
            "--- a/a.md\n+++ b/a.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-see x and y\n+see b and c\n 6\n 7\n 8\n"
        );
        assert_eq!(
            diff("x\r\nno end", &[("x", "看"), ("end", "e")]),
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n-x\r\n+看\r\n-no end\n\\ No newline at end of file\n+no e\n\\ No newline at end of file\n"
        );
        let far: String = (0..30).map(|line| format!("line {line}.\n")).collect();
        let told = diff(&far, &[("line 2.", "two\nlines"), ("line 20.", "z")]);
        let heads: Vec<&str> = told.lines().filter(|line| line.starts_with("@@")).collect();
        assert_eq!(heads, ["@@ -1,6 +1,7 @@", "@@ -18,7 +19,7 @@"]);
    }

    #[test]
    fn edits_that_touch_the_same_lines() {
        assert_eq!(
            diff("ab\ncd\nef\n", &[("a", "A"), ("b\nc", "-"), ("d", "D"), ("f", "F")]),
            "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,2 @@\n-ab\n-cd\n+A-D\n-ef\n+eF\n"
        );
        assert_eq!(
            diff("ab\ncd\nef\n", &[("ab\n", "x")]),
            "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,2 @@\n-ab\n-cd\n+xcd\n ef\n"
        );
    }
}
