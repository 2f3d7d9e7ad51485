//! The text of a file that findings are about, for their lines and columns.

use std::cell::OnceCell;
use std::ops::Range;

use super::Place;

/// The byte order mark.
const MARK: char = '\u{feff}';

/// A text, and where its lines begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The text without a byte order mark.
    text: String,
    /// How many bytes the byte order mark takes.
    mark: usize,
    lines: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes, once a line was longer than that.
    characters: OnceCell<Vec<usize>>,
}

/// How many bytes are counted through for a column at most. A line can hold thousands of findings.
const BLOCK: usize = 1024;

/// The part of a file that a finding is about, as editors and viewers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The line that it begins on, from 1.
    pub line: usize,
    /// The column of its first character, from 1, in characters; a tab is one.
    pub column: usize,
    /// The line that it ends on.
    pub end_line: usize,
    /// The column behind its last character.
    pub end_column: usize,
    /// The offset of its first byte in the file, of which a byte order mark is a part.
    pub offset: usize,
    /// How many bytes it takes.
    pub length: usize,
}

impl Source {
    /// A text as its file holds it.
    #[must_use]
    pub fn new(mut text: String) -> Self {
        let mark = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        text.drain(..mark);
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        Self { text, mark, lines, characters: OnceCell::new() }
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the file holds: the text, and the byte order mark before it where there is one.
    #[must_use]
    pub fn whole(&self) -> String {
        if self.mark == 0 { self.text.clone() } else { format!("{MARK}{}", self.text) }
    }

    /// How many bytes of the file stand before the text.
    #[must_use]
    pub fn mark(&self) -> usize {
        self.mark
    }

    /// A line, from 1, without its end.
    #[must_use]
    pub fn line(&self, number: usize) -> Option<&str> {
        let start = *self.lines.get(number.checked_sub(1)?)?;
        let end = self.lines.get(number).map_or(self.text.len(), |next| next - 1);
        Some(self.text[start..end].trim_end_matches('\r'))
    }

    /// The bytes of a region in the line that it begins on; those behind that line's end do not count.
    #[must_use]
    pub fn in_line(&self, region: &Region) -> Range<usize> {
        let line = self.line(region.line).unwrap_or_default();
        let start = region.offset - self.mark - self.lines[region.line - 1];
        start.min(line.len())..(start + region.length).min(line.len())
    }

    /// What a place takes; `None` where nobody knows its bytes, or where the text does not have them any more.
    #[must_use]
    pub fn region(&self, place: &Place) -> Option<Region> {
        self.span(place.bytes?.range())
    }

    /// The same, for programs, which want a range: where only the line is known, what stands on it, from the column on
    /// where there is one.
    #[must_use]
    pub fn extent(&self, place: &Place) -> Option<Region> {
        self.region(place).or_else(|| {
            let number = place.line?;
            let line = self.line(number)?;
            let before = match place.column {
                Some(column) => line.char_indices().nth(column.checked_sub(1)?)?.0,
                None => line.len() - line.trim_start().len(),
            };
            let (start, end) = (self.lines[number - 1] + before, self.lines[number - 1] + line.trim_end().len());
            self.span(start..end.max(start))
        })
    }

    fn span(&self, bytes: Range<usize>) -> Option<Region> {
        let (start, end) = (bytes.start, bytes.end);
        let length = self.text.get(bytes)?.len();
        let ((line, column), (end_line, end_column)) = (self.position(start), self.position(end));
        Some(Region { line, column, end_line, end_column, offset: self.mark + start, length })
    }

    /// The line and the column of an offset that is between two characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|begin| *begin <= at);
        let begin = self.lines[line - 1];
        let before = match at - begin {
            0..BLOCK => begun(&self.text.as_bytes()[begin..at]),
            _ => self.characters_before(at) - self.characters_before(begin),
        };
        (line, before + 1)
    }

    fn characters_before(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let blocks = self.characters.get_or_init(|| {
            let mut all = 0;
            let sums = bytes.chunks(BLOCK).map(|block| {
                all += begun(block);
                all
            });
            std::iter::once(0).chain(sums).collect()
        });
        let block = at / BLOCK;
        blocks[block] + begun(&bytes[block * BLOCK..at])
    }
}

/// How many characters begin in a piece of a text.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| !matches!(byte, 0x80..0xc0)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(text: &str, wanted: &str) -> [usize; 6] {
        let source = Source::new(text.to_owned());
        let start = source.text().find(wanted).expect(wanted);
        let place = Place::file("a.md").spanning(start..start + wanted.len());
        let Region { line, column, end_line, end_column, offset, length } = source.region(&place).expect(wanted);
        assert_eq!(&text[offset..offset + length], wanted);
        [line, column, end_line, end_column, offset, length]
    }

    #[test]
    fn lines_and_columns_are_those_of_the_file() {
        assert_eq!(region("a\nsee [b](c.md)\n", "c.md"), [2, 9, 2, 13, 10, 4]);
        assert_eq!(region("\u{feff}a\r\n看\t[b](c.md)\r\n", "c.md"), [2, 7, 2, 11, 14, 4]);
        assert_eq!(region("👩‍🔬 x\n", "x"), [1, 5, 1, 6, 12, 1]);
        assert_eq!(region("a\r\nb\r\nc", "a\r\nb"), [1, 1, 2, 2, 0, 4]);
        assert_eq!(region("a\n\nb", "b"), [3, 1, 3, 2, 3, 1]);
    }

    #[test]
    fn programs_get_the_line_where_no_more_is_known() {
        let source = Source::new("\u{feff}a\r\n\t看 b \r\n\nc".to_owned());
        let told = |place: Place| {
            let Region { line, column, end_line, end_column, offset, length } = source.extent(&place)?;
            Some([line, column, end_line, end_column, offset, length])
        };
        assert_eq!(told(Place::line("a.md", 2)), Some([2, 2, 2, 5, 7, 5]));
        assert_eq!(told(Place::at("a.md", 2, 4)), Some([2, 4, 2, 5, 11, 1]));
        assert_eq!(told(Place::line("a.md", 3)), Some([3, 1, 3, 1, 15, 0]));
        assert_eq!(told(Place::line("a.md", 4).spanning(0..1)), Some([1, 1, 1, 2, 3, 1]));
        assert_eq!([told(Place::file("a.md")), told(Place::line("a.md", 5)), told(Place::at("a.md", 1, 9))], [None; 3]);
    }

    #[test]
    fn what_is_not_there_has_no_region() {
        let source = Source::new("看\n".to_owned());
        for bytes in [0..9, 1..3, 0..1] {
            assert_eq!(source.region(&Place::file("a.md").spanning(bytes)), None);
        }
        assert_eq!(source.region(&Place::line("a.md", 1)), None);
        assert!(source.region(&Place::file("a.md").spanning(4..4)).is_some());
        assert_eq!([0, 1, 2, 3].map(|number| source.line(number)), [None, Some("看"), Some(""), None]);
    }

    #[test]
    fn columns_of_long_lines() {
        let line = "a中é\u{1f600}\t".repeat(400);
        let source = Source::new(format!("\u{feff}x\n{line}\n{line}"));
        for begin in [2, 2 + line.len() + 1] {
            let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
            for (before, at) in ends.enumerate() {
                assert_eq!(source.position(begin + at).1, before + 1);
            }
        }
    }
}
