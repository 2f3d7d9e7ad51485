//! Formulas: what is one, and what has to be known of it.
//!
//! ```text
//! $O(n)$   $`O(n)`$   \(O(n)\)            in a line
//! $$…$$    \[…\]      a block of `math`    on lines of their own
//! ```
//!
//! mdBook's own parser finds most of them, with its option for formulas; for the others there are [`masks`](crate::markdown::masks).
//!
//! A dollar begins a formula when no Latin letter, digit or dollar is before it, and ends one when none is behind it, as
//! on GitHub; there is no such rule for Chinese characters, beside which formulas stand without spaces.
//! (GitHub Docs, “Writing mathematical expressions”.)

use std::borrow::Cow;
use std::ops::Range;

use crate::formula::markdown::between_dollars;
use crate::formula::{LONGEST, is_command};
use crate::markdown::{Fence, line_start, shell};
use crate::text::east_asian::is_cjk;

/// A formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    /// All of it, with the marks around it.
    pub range: Range<usize>,
    /// Its TeX, without the marks around it and the marks of what it stands in.
    pub tex: String,
    /// What its author wrote, with the marks around it and without the marks of what it stands in; empty between fences.
    pub source: String,
    /// Whether it stands on lines of its own.
    pub display: bool,
    /// The marks around it.
    pub marks: Marks,
    /// What each further line of it begins with: the indentation and the marks of what it stands in. Empty for a formula
    /// on one line between marks of another kind than fences.
    pub prefix: String,
    /// Its line, from 1.
    pub line: usize,
    /// The brackets right before it from which no line break may part it.
    pub before: String,
    /// The punctuation right behind it from which no line break may part it.
    pub behind: String,
}

/// The marks around a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// `$…$` or `$$…$$`, with the TeX behind the first dollar: what every program understands.
    Dollars,
    /// Others, in a line or in a paragraph.
    Other,
    /// The fences of a block of code.
    Fences {
        /// Whether the line above them belongs to something else.
        follows: bool,
        /// Whether the line below them does.
        precedes: bool,
    },
}

impl Formula {
    /// All of it, with what no line break may part from it.
    pub(super) fn held(&self) -> Range<usize> {
        self.range.start - self.before.len()..self.range.end + self.behind.len()
    }

    /// A formula in a paragraph.
    pub(super) fn inline(
        text: &str,
        range: Range<usize>,
        tex: String,
        display: bool,
        is_masked: bool,
        line: usize,
        in_link: bool,
    ) -> Self {
        let written = &text[range.clone()];
        let width = if display || written.starts_with('\\') { 2 } else { 1 };
        let source = [&written[..width], &tex, &written[written.len() - width..]].concat();
        let bare = if is_masked { &tex } else { without_backticks(&tex) };
        let marks = if is_masked || bare != tex { Marks::Other } else { Marks::Dollars };
        let tex = bare.to_owned();
        // Between dollars, GitHub reads the TeX as Markdown first.
        let is_bare =
            tex.len() <= LONGEST && written.starts_with('$') && !written.trim_start_matches('$').starts_with('`');
        let read = if is_bare { between_dollars(&tex, display, is_command) } else { Cow::Borrowed(&*tex) };
        let (tex, marks) = match read {
            Cow::Owned(read) if read != tex => (read, Marks::Other),
            _ => (tex, marks),
        };
        // A line can hold many formulas, and what begins it is long then.
        let has_lines = text[range.clone()].contains('\n');
        let prefix = if has_lines { prefix(text, range.start) } else { String::new() };
        let held = if display { range.clone() } else { held(text, &range, in_link) };
        let (before, behind) = (text[held.start..range.start].to_owned(), text[range.end..held.end].to_owned());
        Self { prefix, range, tex, source, display, marks, line, before, behind }
    }

    /// A block of code in the language `math`.
    pub(super) fn fenced(text: &str, fence: &Fence) -> Self {
        let begins = line_start(text, fence.range.start);
        let prefix = prefix(text, fence.range.start);
        let is_free = |line: &str| line.trim_matches(['>', ' ', '\t', '\r', '\n']).is_empty();
        // Behind the mark of a list, it begins what it stands in.
        let begins_item = text[begins..fence.range.start] != prefix;
        let above = text[..begins].strip_suffix('\n').map(|above| above.rsplit('\n').next().unwrap_or(above));
        let below =
            text[fence.range.end..].split_once('\n').map(|(_, below)| below.split('\n').next().unwrap_or(below));
        let marks = Marks::Fences {
            follows: !begins_item && above.is_some_and(|line| !is_free(line)),
            precedes: below.is_some_and(|line| !is_free(line)),
        };
        let (range, tex) = (fence.range.clone(), fence.contents.clone());
        let (source, before, behind) = (String::new(), String::new(), String::new());
        Self { range, tex, source, display: true, marks, prefix, line: fence.line, before, behind }
    }
}

/// What may not end a line: opening brackets and quotation marks.
const OPENING: &str = "（【「『《〈〔［｛“‘([";

/// What may not begin a line: closing brackets, quotation marks and other punctuation (W3C, “Requirements for Chinese
/// Text Layout”, 3.1.3). Straight quotation marks are not among them: Markdown turns them by what is beside them.
const CLOSING: &str = "，。、：；！？）】」』》〉〕］｝”’…—～·‧％‰°,.:;!?)]%-–/";

/// How many of them are held.
const MOST_HELD: usize = 8;

/// A formula in a line, with the brackets before it and the punctuation behind it.
fn held(text: &str, range: &Range<usize>, in_link: bool) -> Range<usize> {
    let mut start = range.start;
    for c in text[..range.start].chars().rev().take(MOST_HELD) {
        let before = start - c.len_utf8();
        // Behind a backslash it is Markdown's; in a link it can be the link's.
        if !OPENING.contains(c) || text[..before].ends_with('\\') || c == '[' && in_link {
            break;
        }
        start = before;
    }
    let mut end = range.end;
    for c in text[range.end..].chars().take(MOST_HELD) {
        let behind = &text[end + c.len_utf8()..];
        let is_more = match c {
            ']' => in_link || behind.starts_with(['(', '[', ':']),
            '!' => behind.starts_with('['),
            // The name of an emoji.
            ':' => behind.starts_with(|c: char| c.is_ascii_alphanumeric() || "+-_:".contains(c)),
            c => !CLOSING.contains(c),
        };
        if is_more {
            break;
        }
        end += c.len_utf8();
    }
    start..end
}

/// What a further line of a block begins with, when its first line begins at an offset.
fn prefix(text: &str, at: usize) -> String {
    let begins = line_start(text, at);
    let before = text[begins..at].chars();
    let marks: String = before.map(|c| if matches!(c, '>' | ' ' | '\t') { c } else { ' ' }).collect();
    // In the middle of a paragraph, indentation means nothing.
    if marks.contains('>') || text[begins..at].trim_start_matches(['-', '*', '+', ' ', '\t']).is_empty() {
        marks
    } else {
        String::new()
    }
}

/// The TeX of a formula without its own marks, and without what its further lines begin with.
pub(super) fn without_line_marks(text: &str, range: &Range<usize>, marks: usize) -> String {
    let inside = &text[range.start + marks..range.end - marks];
    if !inside.contains('\n') {
        return inside.to_owned();
    }
    let before = &text[line_start(text, range.start)..range.start];
    // Further on it is the end of a tag.
    let quotes = before.chars().take_while(|c| !matches!(c, '<' | '$')).filter(|c| *c == '>').count();
    let lines = inside.split('\n').enumerate();
    let lines = lines.map(|(number, line)| if number == 0 { line } else { without_marks(line, quotes) });
    lines.collect::<Vec<_>>().join("\n")
}

/// A line without its indentation, and without the marks of as many quotations as it stands in.
fn without_marks(line: &str, quotes: usize) -> &str {
    let mut rest = line.trim_start();
    for _ in 0..quotes {
        match rest.strip_prefix('>') {
            Some(inner) => rest = inner.trim_start(),
            None => break,
        }
    }
    rest
}

/// Whether each brace has its counterpart.
pub(super) fn has_pairs_of_braces(tex: &str) -> bool {
    let mut depth = 0_usize;
    let mut bytes = tex.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'{' => depth += 1,
            b'}' if depth == 0 => return false,
            b'}' => depth -= 1,
            _ => {}
        }
    }
    depth == 0
}

/// Whether nothing else stands on the first line and on the last one.
pub(super) fn has_lines_of_its_own(text: &str, range: &Range<usize>) -> bool {
    // A line can hold many formulas: what begins it is looked for no further than marks go.
    let before = text[..range.start].trim_end_matches(|c: char| c.is_ascii_digit() || ">-*+.)[]xX \t".contains(c));
    let behind = text[range.end..].trim_start_matches([' ', '\t', '\r']);
    (before.is_empty() || before.ends_with('\n'))
        && are_marks(&text[before.len()..range.start])
        && (behind.is_empty() || behind.starts_with('\n'))
}

/// Whether there is nothing but the marks of quotations, of lists and of tasks.
fn are_marks(mut before: &str) -> bool {
    loop {
        before = before.trim_start_matches(['>', ' ', '\t']);
        let number = before.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = number.len() < before.len() && before.len() - number.len() < 10;
        let marks = ["-", "*", "+", "[ ]", "[x]", "[X]"].iter().find_map(|mark| before.strip_prefix(mark));
        let marks = marks.or_else(|| number.strip_prefix(['.', ')']).filter(|_| is_number));
        match marks {
            _ if before.is_empty() => return true,
            Some(behind) if behind.is_empty() || behind.starts_with([' ', '\t']) => before = behind,
            _ => return false,
        }
    }
}

/// Whether a formula may begin at an offset.
pub(super) fn may_begin(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '$' | '\\'))
}

/// Whether a formula may end at an offset.
pub(super) fn may_end(text: &str, at: usize) -> bool {
    !text[at..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '$')
}

/// Whether what a parser takes for a formula in a line is one by GitHub's rules.
pub(super) fn is_formula(text: &str, range: &Range<usize>, tex: &str) -> bool {
    may_begin(text, range.start)
        && may_end(text, range.end)
        && !tex.starts_with(|c| CONTINUING.contains(c))
        // Behind a bracket of a sentence, the sentence goes on.
        && !tex.ends_with(|c: char| !c.is_ascii() && OPENING.contains(c))
        && !is_price(tex)
        && !shell::is_between(text, range, tex)
}

/// What goes on with a sentence, and so begins no formula.
const CONTINUING: &str = "，。、；：！？）】」』》〉”’…";

/// Whether an offset is in one of these ranges, which stand in order.
pub(super) fn is_inside(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}

/// Whether there is text between two pairs of dollars, and no formula: nothing at all; or, among other text, nothing but
/// words in Chinese, Japanese or Korean, or nothing that could be counted.
///
/// ```text
/// 人均 $$，高档 $$$，豪华 $$$$。      用 $$ 包住公式，以 $$ 结束。
/// ```
pub(super) fn is_words(text: &str, range: &Range<usize>) -> bool {
    let inside = text.get(range.start + 2..range.end.saturating_sub(2)).unwrap_or_default();
    if inside.trim().is_empty() {
        return true;
    }
    if inside.starts_with(['\r', '\n']) || has_lines_of_its_own(text, range) {
        return false;
    }
    let is_of_words = |c: char| {
        // What is ASCII but for its width is as good as that.
        let c = if matches!(c, '！'..='～') { char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c) } else { c };
        is_cjk(c) || c.is_whitespace() || ",.;:!?\"'$()[]|~“”‘’…—·".contains(c)
    };
    inside.chars().all(is_of_words) || !inside.contains(|c: char| c.is_alphanumeric() || c == '\\')
}

/// Whether this is from one amount of money to the next: a number, and behind it words that are none of TeX.
///
/// ```text
/// $5，再加 30$      $20 for two, or 35$
/// ```
fn is_price(tex: &str) -> bool {
    if !tex.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let outside = outside_of_braces(tex);
    let is_word = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    outside.contains(is_cjk) || outside.split([' ', ',', '.', '\n']).any(is_word)
}

/// What a formula has outside of braces, as `\text{…}` has them.
pub(super) fn outside_of_braces(tex: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in tex.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}

/// The TeX between the dollars: GitHub has a second form of these, for TeX that looks like Markdown.
fn without_backticks(tex: &str) -> &str {
    tex.strip_prefix('`').and_then(|tex| tex.strip_suffix('`')).unwrap_or(tex)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    /// Each formula: its source, and its TeX where that is not what stands between two marks of one length.
    pub(in crate::markdown) fn found(text: &str) -> Vec<(String, String, bool)> {
        let formulas = Anatomy::of(text, 0, &Wording::default()).formulas;
        formulas.into_iter().map(|found| (text[found.range].to_owned(), found.tex, found.display)).collect()
    }

    pub(in crate::markdown) fn inline(text: &str) -> Vec<String> {
        let in_lines = found(text).into_iter().filter(|(source, _, display)| *display == source.starts_with("$$"));
        in_lines.map(|(_, tex, _)| tex).collect()
    }

    #[test]
    fn what_is_a_formula() {
        for (text, want) in [
            ("状态$s_m$下执行动作$a_m$。", vec!["s_m", "a_m"]),
            ("$x$-th, ($y$), **$z$**", vec!["x", "y", "z"]),
            ("a $`b_c`$ d", vec!["b_c"]),
            (
                "a \\(b_c\\) d \\\\(e\\\\), \\(x\\) and \\( \\log p \\), \\(O(n)\\)",
                vec!["b_c", "x", " \\log p ", "O(n)"],
            ),
            ("是 $ \\log p $ 和 $ x_1 $", vec![" \\log p ", " x_1 "]),
            ("$$x$$ and $$y$$", vec!["x", "y"]),
            ("$$$$ 与 $$x$$，$$ 之间 $$y$$", vec!["x", "y"]),
            ("损失 $$甲 + 乙$$，$$\\text{甲}$$ 与 $$甲＝乙$$", vec!["甲 + 乙", "\\text{甲}", "甲＝乙"]),
            ("$$ 损失 $$", vec![" 损失 "]),
            ("| $x$ | $$ |\n|---|---|\n| b | $$$ |\n| $y$ | $$ |\n", vec!["x", "y"]),
            ("a $b*c$ d *e $f*g$*", vec!["b*c", "f*g"]),
            ("| $\\|a\\|$ |\n|---|\n| $b$ |\n", vec!["|a|", "b"]),
            (
                "| \\(p(a\\|b)\\) | $ a_1 \\| b $ |\n|---|---|\n| $`a\\|b`$ | $$a\\|b$$ |\n\n\\(a\\|b_1\\)",
                vec!["p(a|b)", " a_1 | b ", "a|b", "a|b", "a\\|b_1"],
            ),
            ("# On $x$ {#id}\n", vec!["x"]),
            ("[$x$](y.md) and <b>$z$</b>", vec!["x", "z"]),
            ("$x$\u{1d7d9}", vec!["x"]),
            ("<kbd>$x$</kbd> 和 $y$，<code>a$</code> 和 $z$", vec!["y", "z"]),
            ("<p align=\"center\">$x_1$</p>\n\n<table><tr><td>$y$</td></tr></table>\n", vec!["x_1", "y"]),
            ("<details><summary>证 $x$，$y$</summary>\n\n$z$\n</details>\n", vec!["x", "y", "z"]),
            ("<div>\n$x$\n每台$8，$y$\n</div>\n", vec!["x", "y"]),
            ("<div><code>$x$</code><svg><text>$y$</text></svg><b title=\"$a$\">$z$</b><!-- $b$ --></div>\n", vec!["z"]),
            ("a $\\frac{1}{2$ b $x$", vec!["\\frac{1}{2", "x"]),
            ("${x}$，${\\alpha}_i$，$(x+1)$，$(a,b)$", vec!["{x}", "{\\alpha}_i", "(x+1)", "(a,b)"]),
            ("$(s, a)$ 和 ${QK}^T$", vec!["(s, a)", "{QK}^T"]),
            ("$d$(维度) $n$(number) $(a,b)$(见上) $x$!", vec!["d", "n", "(a,b)", "x"]),
            ("路径 ${A}/${B}/c，其中 $x$ 是", vec!["x"]),
            ("$?$ 和 $!$", vec!["?", "!"]),
            ("$A = \\\\{1,2\\\\}$ $a &lt; b$", vec!["A = \\{1,2\\}", "a < b"]),
            ("| $a \\\\_ b \\| c$ &lt; | $x &gt; y$ |\n|---|---|\n", vec!["a \\_ b | c", "x > y"]),
            ("$`a &lt; \\\\{\\\\}`$", vec!["a &lt; \\\\{\\\\}"]),
            ("a $\\alpha}$ b $x$", vec!["\\alpha}", "x"]),
        ] {
            assert_eq!(inline(text), want, "{text}");
        }
    }

    #[test]
    fn what_is_none() {
        for text in [
            "It costs $5 and $10.",
            "from $5-$10, US$30 or 40$",
            "花了 $20，另外 30$。",
            "$20 for two, or 35$",
            "$5, or 6$",
            "$HOME/bin:$PATH and $HOME/$USER",
            "路径是 ${HOME}/${USER}/bin。",
            "$(pwd)/${NAME} 和 ${x}+${y}",
            "| ${A}/${B} | ${C}:${D} |\n|---|---|\n",
            "- ${A}/${B}/${C}/${D}/${E}/${F}/${G}/${H}/${I}/${J}",
            "$HOME/${USER}，${A:-x}-${B%.*}",
            "$HOME/$(date)，$(date +%F)-$(uname -s)",
            "${{ github.ref }}-${{ github.sha }}",
            "用 ${HOME} 目录，约 5$",
            "kill $$ 和 $?/$!，$@/$*",
            "${arr[0]}/${#arr[@]}/${!name}",
            "a$b$ and $c$d",
            "`$x$` and <code title=\"$x$\"></code>",
            "```sh\necho $a$\n\\(x\\)\n$$\n+ y\n$$\n```\n",
            "    $x$\n    \\[x\\]\n",
            "\\$x\\$ and \\\\(x\\\\)",
            "$x",
            "$$\n\nx\n\n$$",
            "人均 $$，高档 $$$，豪华 $$$$。",
            "$$$$ 和 $$ $$",
            "$$\n$$",
            "LaTeX 用 $$ 包住公式，以 $$ 结束。",
            "数式は $$ で始まり、「$$」で終わる。",
            "수식은 $$ 로 시작하고\n$$ 로 끝난다.",
            "人均 $$-$$$，$$ / $$$",
            "| 甲 | $$ | $$$ |\n|---|---|---|\n| 乙 | $$$$ | b |\n| 丙 | $$ | c |\n",
            "| \\(a_1 | b_1\\) |\n|---|---|\n",
            "![$x$](y.png)",
            "$ pip install a $ b",
            "<!-- $x$ \\(y\\) -->",
            "[a](https://x.y/\\(z\\)) $ $$ $",
            "[https://a\\.b/c\\[f=g\\]\\.md](../x/y.html#z)",
            "\\[1\\] \\[Draft\\] \\(see below\\) \\(1\\) a \\[x_y\\] b",
            "1. \\[ build_system \\]\n2. \\[ 10^3, 10^5 \\]\n3. \\[ ^0-9 \\]\n4. \\[ x = y \\]\n5. \\[ a_name \\]",
            "1. \\[1\\]\n2. \\[注\\]\n3. \\[ Smith, 2020 \\]\n4. \\[0, 1\\]\n5. \\[tool.poetry\\]\n- [ ] \\[ a_x_b \\]",
            "正则 \\[ ^0-9 \\] 与 \\[ \\w\\S \\]，见 \\[ a_b \\] 变量，与 \\[ x = y \\]，区间 \\[ 10^3, 10^5 \\]",
            "# 题 \\[ x^2 \\]\n\n| \\[ a_1 \\] |\n|---|\n\n\\[ x^2 \\]，",
            "\\[ max_len \\] 和 \\[ 甲=乙 \\]，\\[D:\\data\\]，\\[ \\] 待办，\\[ a \\]",
            "<code>$x$ \\(y_1\\)</code>，<samp>$$z$$</samp> <kbd>$</kbd> 和 <kbd>$</kbd>",
            "<div>$5 or $6</div>\n\n<pre>\n$x$\n</pre>\n\n<script>\nvar $x$, $$y$$;\n</script>\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_stands_around() {
        let of = |text: &str| {
            let formula = Anatomy::of(text, 0, &Wording::default()).formulas.remove(0);
            (formula.marks, formula.prefix)
        };
        let fences = |follows, precedes| Marks::Fences { follows, precedes };
        for (text, marks, prefix) in [
            ("a $x$", Marks::Dollars, ""),
            ("a $`x`$", Marks::Other, ""),
            ("a $ x_1 $", Marks::Other, ""),
            ("- $$\n  x\n  $$", Marks::Dollars, "  "),
            ("> \\[\n> x\n> \\]", Marks::Other, "> "),
            ("```math\nx\n```\n", fences(false, false), ""),
            ("a\n```math\nx\n```\nb\n", fences(true, true), ""),
            ("- ```math\n  x\n  ```\n- b\n", fences(false, true), "  "),
            ("> a\n>\n> ```math\n> x\n> ```\n>\n", fences(false, false), "> "),
        ] {
            assert_eq!(of(text), (marks, prefix.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_no_line_break_may_part_from_a_formula() {
        for (text, want) in [
            ("见（$x_8$），即 $y$。", vec!["（$x_8$），", "$y$。"]),
            ("($x$), [$y$]; “$z$”", vec!["($x$),", "[$y$];", "“$z$”"]),
            ("[$x$](b.md) [a $y$]", vec!["$x$", "$y$]"]),
            ("\\[$x$\\] $y$![a](b.png) $z$:tada: $w$: v", vec!["$x$", "$y$", "$z$", "$w$:"]),
            ("$n$-gram **$y$**，*（$z$）*", vec!["$n$-", "$y$", "（$z$）"]),
            ("| （$x$）| $y$|\n|---|---|\n", vec!["（$x$）", "$y$"]),
            ("「$x$」、『$y$』……", vec!["「$x$」、", "『$y$』……"]),
        ] {
            let formulas = Anatomy::of(text, 0, &Wording::default()).formulas;
            let held = formulas
                .iter()
                .map(|formula| format!("{}{}{}", formula.before, &text[formula.range.clone()], formula.behind));
            let held: Vec<String> = held.collect();
            assert_eq!(held, want, "{text}");
        }
    }

    #[test]
    fn lines_are_those_of_the_file() {
        let text = "---\ntitle: $x$\n---\n\n$a$\n\n$$\n+ b\n$$\n";
        let body = text.rfind("---\n").unwrap() + 4;
        let formulas = Anatomy::of(text, body, &Wording::default()).formulas;
        assert_eq!(formulas.iter().map(|formula| formula.line).collect::<Vec<_>>(), [5, 7]);
    }

    #[test]
    fn a_book_that_wants_none_has_none() {
        let wording = Wording::default().with_formulas(false);
        assert!(Anatomy::of("$x$ \\(y\\)\n\n```math\nz\n```\n", 0, &wording).formulas.is_empty());
    }
}
