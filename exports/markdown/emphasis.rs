//! Emphasis beside Chinese punctuation, in a form that needs no rule but CommonMark's.
//!
//! ```text
//! **显存。**然后     →     **显存**。然后
//! **“快”**的         →     **“快”**的           with a character of no width inside, before the mark
//! **a**b             stays
//! ```
//!
//! A platform reads such a mark as text, since CommonMark takes it for one that cannot end there, and an author sees
//! that only when the text is published.

use std::ops::Range;

use super::splices::Splices;
use super::{Around, Writer, span};
use crate::document::{Kind, Node};
use crate::platform::Emphasis;

/// Punctuation that is no part of the words that it ends.
const MOVABLE: &str = "，。、；：！？…,.;:!?";

/// A character of no width, which is neither a space nor punctuation to CommonMark.
pub(super) const ZERO_WIDTH: char = '\u{200b}';

impl Writer<'_, '_> {
    pub(super) fn emphasis(&mut self, node: &Node, splices: &mut Splices) {
        let Some(inner) = span(&node.children) else { return };
        let whole = node.range.clone();
        let (open, close) = (whole.start..inner.start, inner.end..whole.end);
        if self.around.bold && node.kind == Kind::Strong {
            splices.remove(open);
            splices.remove(close);
            return self.inlines(&node.children, splices);
        }
        let form = self.note.export.platform.text.emphasis;
        let text = self.text;
        // Marks that stand together are one for the parser, and only the innermost of them has words beside it.
        let outer = self.around;
        let touches = |child: Option<&Node>, at: fn(&Node) -> usize, edge: usize| {
            child.is_some_and(|child| at(child) == edge && is_emphasis(&child.kind))
        };
        let is_first = touches(node.children.first(), |child| child.range.start, inner.start);
        let is_last = touches(node.children.last(), |child| child.range.end, inner.end);
        let run_start = if outer.run.end > outer.run.start && outer.run.inner_start == whole.start {
            outer.run.start
        } else {
            whole.start
        };
        let run_end =
            if outer.run.end > outer.run.start && outer.run.inner_end == whole.end { outer.run.end } else { whole.end };
        let before = self.seen_before(run_start);
        let behind = self.seen_behind(run_end);
        let first = text[inner.clone()].chars().next();
        let last = text[inner.clone()].chars().next_back();
        let opens = is_first || flanks(before, first) && !text[inner.clone()].starts_with(char::is_whitespace);
        let closes = is_last || flanks(behind, last);
        let is_nested = run_end > whole.end;
        let run = Run { start: run_start, end: run_end, inner_start: inner.start, inner_end: inner.end };
        self.around = Around { run, ..outer };
        self.inlines(&node.children, splices);
        self.around = outer;
        if opens && closes || form == Emphasis::Keep {
            return;
        }
        if form == Emphasis::Html {
            let name = match node.kind {
                Kind::Emphasis => "em",
                Kind::Strong => "strong",
                _ => "del",
            };
            splices.replace(open, format!("<{name}>"));
            splices.replace(close, format!("</{name}>"));
            return;
        }
        if !opens {
            splices.insert(inner.start, ZERO_WIDTH);
        }
        if !closes {
            self.end_elsewhere(node, (inner, close), form == Emphasis::Outside && !is_nested, splices);
        }
    }

    /// Ends emphasis that could not end where it does: before the punctuation at its end, if that may be moved, or else
    /// behind a character of no width.
    fn end_elsewhere(
        &self,
        node: &Node,
        (inner, close): (Range<usize>, Range<usize>),
        may_move: bool,
        splices: &mut Splices,
    ) {
        let text = self.text;
        // Only what stands there as it is: no entity, and nothing behind a backslash.
        let last = node.children.last().filter(|child| {
            matches!(&child.kind, Kind::Text(piece) if *piece == text[child.range.clone()])
                && !text[..child.range.start].ends_with('\\')
        });
        let words = last.map(|last| text[last.range.clone()].trim_end_matches(|c| MOVABLE.contains(c)));
        let moved = last.zip(words).map(|(last, words)| last.range.start + words.len());
        match moved.filter(|at| *at > inner.start && *at < inner.end && may_move) {
            Some(moved) => {
                let mark = &text[close.clone()];
                splices.replace(moved..close.end, format!("{mark}{}", &text[moved..inner.end]));
            }
            None => splices.insert(inner.end, ZERO_WIDTH),
        }
    }

    /// The character before an offset, as the platform will see it: without comments, and without what is joined.
    fn seen_before(&self, at: usize) -> Option<char> {
        let mut before = &self.text[..at];
        loop {
            match before.strip_suffix("-->").and_then(|rest| rest.rfind("<!--")) {
                Some(begin) => before = &before[..begin],
                None => return before.chars().next_back(),
            }
        }
    }

    /// The same behind an offset. A line break that goes counts as what stands behind it.
    fn seen_behind(&self, at: usize) -> Option<char> {
        let mut behind = &self.text[at..];
        loop {
            if let Some(end) = behind.strip_prefix("<!--").and_then(|rest| rest.find("-->")) {
                behind = &behind[4 + end + 3..];
                continue;
            }
            let joined = behind.strip_prefix('\n').or_else(|| behind.strip_prefix("\r\n"));
            let Some(next) = joined else { return behind.chars().next() };
            let next = next.trim_start_matches([' ', '\t', '>']);
            // A blank line ends the paragraph, and Latin letters get a space.
            let is_joined = next.chars().next().is_some_and(|c| c > '\u{2e80}');
            return if is_joined { next.chars().next() } else { Some(' ') };
        }
    }
}

/// Marks of emphasis that stand together: where they begin and end, and what is inside of the innermost.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    start: usize,
    end: usize,
    inner_start: usize,
    inner_end: usize,
}

fn is_emphasis(kind: &Kind) -> bool {
    matches!(kind, Kind::Emphasis | Kind::Strong | Kind::Struck)
}

/// Whether a mark between an outer and an inner character can do what it is to do there.
pub(super) fn flanks(outer: Option<char>, inner: Option<char>) -> bool {
    let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_mark = |c: Option<char>| c.is_some_and(is_punctuation);
    !is_space(inner) && (!is_mark(inner) || is_space(outer) || is_mark(outer))
}

/// Whether CommonMark takes a character for punctuation, as far as notes have it beside emphasis.
fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && c != ZERO_WIDTH
}

#[cfg(test)]
mod tests {
    use super::flanks;

    #[test]
    fn where_a_mark_can_end() {
        for (outer, inner, can) in [
            (Some('然'), Some('。'), false),
            (Some('。'), Some('存'), true),
            (Some('的'), Some('”'), false),
            (Some('b'), Some('a'), true),
            (None, Some('。'), true),
            (Some('，'), Some('”'), true),
            (Some('后'), Some('\u{200b}'), true),
        ] {
            assert_eq!(flanks(outer, inner), can, "{outer:?} {inner:?}");
        }
    }
}
