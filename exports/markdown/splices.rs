//! Text in place of bytes.

use std::cmp::Reverse;
use std::ops::Range;

/// Changes of a text, in its offsets.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<(Range<usize>, String)>);

/// What is seen first of a text that was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The author's text, from this offset on.
    Kept(usize),
    /// What was put there, at this offset.
    New(usize),
    /// Nothing: all of it is white space, or gone.
    Nothing,
}

impl Splices {
    /// Puts a text in place of some bytes.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Puts a text at an offset.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Takes bytes away.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, String::new());
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts those behind the first so many into the order of the text. At one position, what is inserted comes first, and
    /// the longest replacement before shorter ones.
    pub(super) fn sort(&mut self, first: usize) {
        self.0[first..].sort_by_key(|(range, _)| (range.start, !range.is_empty(), Reverse(range.end)));
    }

    /// What is seen first of some bytes of a text, by the changes behind the first so many, which are sorted. A `>` at the
    /// beginning of a line is the mark of a quotation around it.
    pub(super) fn first_seen(&self, text: &str, range: Range<usize>, first: usize) -> Seen {
        let sorted = &self.0[first..];
        let mut at = range.start;
        let mut is_in_marks = false;
        while at < range.end {
            let here = &sorted[sorted.partition_point(|(place, _)| place.start < at)..];
            let here = || here.iter().take_while(|(place, _)| place.start == at);
            let longest = here().find(|(place, _)| !place.is_empty());
            let inserted = here().take_while(|(place, _)| place.is_empty());
            if inserted.chain(longest).any(|(_, new)| !new.trim().is_empty()) {
                return Seen::New(at);
            }
            if let Some((place, _)) = longest {
                (at, is_in_marks) = (place.end, false);
                continue;
            }
            match text.as_bytes()[at] {
                b'\n' => is_in_marks = true,
                b' ' | b'\t' | b'\r' => {}
                b'>' if is_in_marks => {}
                _ => return Seen::Kept(at),
            }
            at += 1;
        }
        Seen::Nothing
    }

    /// Some bytes of a text, changed. A replacement takes what begins inside of it with it.
    pub(super) fn apply(mut self, text: &str, range: Range<usize>) -> String {
        self.sort(0);
        let mut out = String::with_capacity(range.len());
        let mut at = range.start;
        for (place, new) in self.0 {
            if place.start < at || place.end > range.end {
                continue;
            }
            out.push_str(&text[at..place.start]);
            out.push_str(&new);
            at = place.end;
        }
        out.push_str(&text[at..range.end]);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, Splices};

    #[test]
    fn a_part_of_a_text_is_changed() {
        let mut splices = Splices::default();
        splices.replace(3..5, "X");
        splices.remove(4..6);
        splices.insert(3, "+");
        splices.insert(9, "outside");
        assert_eq!(splices.apply("0123456789", 2..8), "2+X567");
    }

    #[test]
    fn what_is_seen_first() {
        let text = "0 1\n> 2 > 3";
        let mut splices = Splices::default();
        let first = |splices: &mut Splices, from: usize| {
            splices.sort(0);
            splices.first_seen(text, from..text.len(), 0)
        };
        assert_eq!(first(&mut splices, 0), Seen::Kept(0));
        assert_eq!(first(&mut splices, 3), Seen::Kept(6));
        splices.remove(0..1);
        assert_eq!(first(&mut splices, 0), Seen::Kept(2));
        splices.replace(1..3, " ");
        splices.remove(6..7);
        // The mark of a quotation belongs to the line that it begins; another one is text.
        assert_eq!(first(&mut splices, 0), Seen::Kept(8));
        splices.remove(8..11);
        assert_eq!(first(&mut splices, 0), Seen::Nothing);
        splices.insert(8, "+");
        assert_eq!(first(&mut splices, 0), Seen::New(8));
    }
}
