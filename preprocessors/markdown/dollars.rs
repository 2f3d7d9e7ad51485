//! Which dollars begin no formula, where the parser took one of them for its beginning.
//!
//! ```text
//! 价格$5，其中$n$为件数，$p$为价格。
//!     ^ begins none          what is from here on is read from dollar to dollar: $n$, $p$
//! ```
//!
//! The parser reads in pairs: where a dollar is wrongly taken for a beginning, each further one in the paragraph is taken
//! for the opposite of what it is. So a pair that is no formula ends nothing, and the reading goes on at its second
//! dollar; the dollars that began nothing are masked then, and the parser finds the same formulas.

use std::ops::Range;

use crate::markdown::formula::{has_pairs_of_braces, is_formula, is_inside, is_words, may_begin, outside_of_braces};
use crate::markdown::masks::Known;

/// How many dollars in braces a formula may have, as in `$a \text{ if $b$}$`.
const MOST_INSIDE: usize = 4;

/// The dollars that begin no formula; `rejected` are the parser's pairs that are none, in order.
pub(super) fn beginning_none(text: &str, known: &mut Known, rejected: &[Range<usize>]) -> Vec<usize> {
    known.bounds.sort_unstable();
    let mut found = Vec::new();
    let mut read = 0;
    for pair in rejected {
        // Behind the first of a block, the parser's pairs say nothing.
        if pair.start < read {
            continue;
        }
        let next = known.bounds.partition_point(|bound| *bound <= pair.start);
        read = known.bounds.get(next).copied().unwrap_or(text.len());
        BlockText { text: &text[..read], opaque: &known.opaque }.read(pair.start, &mut found);
    }
    found
}

/// The formulas in a piece of text between the tags of HTML, which the parser does not read, and whether each stands on
/// lines of its own.
pub(super) fn in_html(text: &str, piece: Range<usize>) -> Vec<(Range<usize>, bool)> {
    let block = BlockText { text: &text[..piece.end], opaque: &[] };
    let bytes = block.text.as_bytes();
    let mut found = Vec::new();
    let mut from = piece.start;
    // There is none further on, if there was none once.
    let mut has_pairs = true;
    while let Some(at) = block.next(from) {
        from = at + 1;
        if bytes.get(at + 1) == Some(&b'$') {
            let end = if has_pairs { memchr::memmem::find(&bytes[at + 2..], b"$$") } else { None };
            let range = end.map(|length| at..at + length + 4);
            has_pairs &= range.is_some();
            from = match range.filter(|range| !is_words(text, range)) {
                Some(range) => {
                    let end = range.end;
                    found.push((range, true));
                    end
                }
                None => at + 1 + bytes[at + 1..].iter().take_while(|byte| **byte == b'$').count(),
            };
        } else if let AfterDollar::Formula(end) = block.behind(at) {
            found.push((at..end, false));
            from = end;
        }
    }
    found
}

/// What stands behind a dollar.
enum AfterDollar {
    /// A formula, which ends here.
    Formula(usize),
    /// None.
    Nothing,
    /// What is known only when the dollars before it are masked.
    Unknown,
}

/// A text up to where a block ends.
struct BlockText<'a> {
    text: &'a str,
    /// Code and HTML.
    opaque: &'a [Range<usize>],
}

impl BlockText<'_> {
    /// Reads on from a dollar that begins nothing.
    fn read(&self, first: usize, found: &mut Vec<usize>) {
        found.push(first);
        let mut from = first + 1;
        while let Some(at) = self.next(from) {
            if self.hides(from..at) {
                return;
            }
            from = match self.behind(at) {
                AfterDollar::Formula(end) => end,
                AfterDollar::Nothing => {
                    found.push(at);
                    at + 1
                }
                AfterDollar::Unknown => return,
            };
        }
    }

    /// The next dollar.
    fn next(&self, from: usize) -> Option<usize> {
        memchr::memchr_iter(b'$', &self.text.as_bytes()[from..]).map(|at| from + at).find(|at| {
            let backslashes = self.text[from..*at].bytes().rev().take_while(|byte| *byte == b'\\').count();
            backslashes % 2 == 0 && !is_inside(self.opaque, *at)
        })
    }

    /// Whether the parser may have overlooked code, HTML or an address here, for it took it for a part of a formula.
    fn hides(&self, range: Range<usize>) -> bool {
        let text = &self.text[range.clone()];
        let is_one = |at: usize| {
            text.as_bytes()[at] == b'`'
                || text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
        };
        memchr::memchr2_iter(b'`', b'<', text.as_bytes())
            .any(|at| is_one(at) && !is_inside(self.opaque, range.start + at))
            || text.rfind("](").is_some_and(|at| !text[at..].contains(')'))
    }

    fn behind(&self, at: usize) -> AfterDollar {
        let text = self.text;
        match text.as_bytes().get(at + 1) {
            Some(b'$') => return AfterDollar::Unknown,
            Some(byte) if !byte.is_ascii_whitespace() && may_begin(text, at) => {}
            _ => return AfterDollar::Nothing,
        }
        let mut end = at + 1;
        for _ in 0..=MOST_INSIDE {
            let Some(close) = self.next(end) else { break };
            let tex = &text[at + 1..close];
            end = close + 1;
            if !has_pairs_of_braces(tex) {
                continue;
            }
            let is_bare = !tex.contains('`') || tex.len() > 2 && tex.starts_with('`') && tex.ends_with('`');
            return match is_formula(text, &(at..end), tex) {
                _ if tex.ends_with(|c: char| c.is_ascii_whitespace()) || is_left_over(tex) => AfterDollar::Nothing,
                true if is_bare => AfterDollar::Formula(end),
                true => AfterDollar::Unknown,
                false => AfterDollar::Nothing,
            };
        }
        AfterDollar::Nothing
    }
}

/// Whether this is more likely text between two dollars that have nothing to do with each other: it has the punctuation
/// of a sentence, or is a list of prices. Where one dollar begins nothing, the next ones are in doubt.
///
/// ```text
/// US$20）$HOME（$#      $5~$9; 100$
/// ```
fn is_left_over(tex: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let are_prices = tex.starts_with(is_digit)
        && tex.ends_with(is_digit)
        && tex.contains(|c: char| !is_digit(c) && c != '.')
        && tex.chars().all(|c| is_digit(c) || " .,;~-–—/".contains(c));
    are_prices || outside_of_braces(tex).contains(|c| PUNCTUATION.contains(c))
}

/// The punctuation of Chinese and Japanese sentences.
const PUNCTUATION: &str = "、，。；：！？（）「」『』【】《》〈〉";

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn tex(text: &str) -> Vec<String> {
        let formulas = Anatomy::of(text, 0, &Wording::default()).formulas;
        formulas.into_iter().map(|formula| formula.tex).collect()
    }

    #[test]
    fn what_is_no_formula_ends_nothing() {
        for (text, want) in [
            ("每台$8，其中$m$为台数，$q$为单价。", vec!["m", "q"]),
            ("一共 $300，令$a$是$b$，再付$40。", vec!["a", "b"]),
            ("$PATH，令$m$为数，$q$为价", vec!["m", "q"]),
            ("每台 HK$800，其中$m$为台数，$q$为单价。", vec!["m", "q"]),
            ("共 HK$800，$\\beta$与$\\gamma$", vec!["\\beta", "\\gamma"]),
            ("时间是O$(m\\log m)$，其中$m$是边数，$q$是点数。", vec!["m", "q"]),
            ("拨款$30万，按$s=4\\%$算，共$m$月", vec!["s=4\\%", "m"]),
            ("付了 70$，令$a$是$b$", vec!["a", "b"]),
            ("在 $i$th 处，$a$与$b$，$c$", vec!["a", "b", "c"]),
            ("CO$_2$气，$a$，$b$，$c$。", vec!["a", "b", "c"]),
            ("# 每台$8，其中$m$\n\n- 每台$8，其中$q$\n- $a$", vec!["m", "q", "a"]),
            ("| 每台$8，其中$m$ | $q$ |\n|---|---|\n| CO$_2$，$a$ | $b$ |\n", vec!["m", "q", "a", "b"]),
            ("> 每台$8，其中$m$\n> 为台数，$q$\n> 为单价", vec!["m", "q"]),
            // Code, HTML and links among them stay what they are.
            ("每台$8，见 `a$b$`，其中$m$为 `$c$`，$q$", vec!["m", "q"]),
            ("每台$8，见 <b title=\"$a$\">甲</b>，其中$m$", vec!["m"]),
            ("每台$8，见[甲$n$](b.md)，其中$m$", vec!["n", "m"]),
            ("每台$8，若$m<q$且$a>b$", vec!["m<q", "a>b"]),
            ("每台$8，$\\text{若 $m$}$与$q$", vec!["\\text{若 $m$}", "q"]),
            ("每台$8，$$m$$，又$9，$$q$$与$a$", vec!["m", "q", "a"]),
            ("每台$8，共\\$9，$m$", vec!["m"]),
            ("约 $7 $VAR（$-1$", vec!["-1"]),
            ("每台$8，$f(m，q)$与$q$，$\\text{若，}$和$10^5$、$0.5$", vec!["q", "\\text{若，}", "10^5", "0.5"]),
            ("<table><tr><td>$f(x)$，$i、100（100$</td><td>$q$</td></tr></table>\n", vec!["f(x)", "q"]),
            // Every mark that could stand in for a dollar is taken.
            ("@ ^ % ; \" = 每台$8，其中$m$为台数，$q$", vec!["m", "q"]),
        ] {
            assert_eq!(tex(text), want, "{text}");
        }
    }

    #[test]
    fn prices_stay_text() {
        for text in [
            "甲$8、乙$9、丙$10，共 27$。",
            "花了$20（含税$）和其他$",
            "从 $5 涨到 6$，又到 7$。",
            "甲$8，乙$9。丙 $10，丁 $11。",
            "从$5（约$6）到$7",
            "$5~$9; 100$。",
            "从$5-$9-10$",
            "US$20）$HOME（$#。",
        ] {
            assert!(tex(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn a_space_on_each_side_pairs_from_the_left() {
        for (text, want) in [
            ("令 $ a_1 $，$ a_2 $ 为数。", vec![" a_1 ", " a_2 "]),
            ("令 $ \\mu $、$ \\nu $ 和 $ \\rho $", vec![" \\mu ", " \\nu ", " \\rho "]),
            ("令 $ a_1 $与$ a_2 $", vec![" a_1 ", " a_2 "]),
            ("（$ a $）（$ b $）", vec![" a ", " b "]),
            ("($ a_1 $,$ a_2 $)", vec![" a_1 ", " a_2 "]),
            ("**$ a_1 $**,**$ a_2 $**", vec![" a_1 ", " a_2 "]),
            ("令 $速度$ 为", vec!["速度"]),
        ] {
            assert_eq!(tex(text), want, "{text}");
        }
    }

    #[test]
    fn many_dollars_that_begin_nothing_are_read_in_one_go() {
        const MANY: usize = 10_000;
        for piece in
            ["$5，", "每台$8，其中$m$，", "O$(m)$，", "$i$th ", "每台$8，`a$b`，", "$8，\\{$", "${", "}$", "$a`b$"]
        {
            let text = piece.repeat(MANY);
            // The whole of it would be over before this were read, or not at all.
            assert!(Anatomy::of(&text, 0, &Wording::default()).formulas.len() <= MANY, "{piece}");
        }
    }
}
