//! Text in place of bytes.

use std::ops::Range;

/// Changes of a text, in its offsets.
#[derive(Debug, Default)]
pub(super) struct Splices(Vec<(Range<usize>, String)>);

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

    /// Some bytes of a text, changed. A replacement takes what begins inside of it with it.
    pub(super) fn apply(mut self, text: &str, range: Range<usize>) -> String {
        // At one position, what is inserted comes first, and the longest replacement before shorter ones.
        self.0.sort_by_key(|(range, _)| (range.start, !range.is_empty(), std::cmp::Reverse(range.end)));
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
    use super::Splices;

    #[test]
    fn a_part_of_a_text_is_changed() {
        let mut splices = Splices::default();
        splices.replace(3..5, "X");
        splices.remove(4..6);
        splices.insert(3, "+");
        splices.insert(9, "outside");
        assert_eq!(splices.apply("0123456789", 2..8), "2+X567");
    }
}
