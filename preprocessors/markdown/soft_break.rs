//! Line breaks of the source between two East Asian characters, which a page shows as a gap.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Tag, TagEnd};

use crate::markdown::COMMENT;
use crate::markdown::blocks::{Change, Regions};
use crate::text::east_asian::meet;

/// A line break between two characters that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// The break, with the white space before it and with the indentation and the marks of containers behind it.
    pub range: Range<usize>,
    /// Whether a mark of emphasis is beside it, which must not get a letter for a neighbour: a comment has to stand in
    /// place of the break.
    pub beside_a_mark: bool,
    /// Whether closing it changes nothing else where the emphasis of the page is as CommonMark sees it.
    pub as_written: bool,
    /// The same where [`Anatomy::emphasis`](crate::markdown::Anatomy::emphasis) has its comments.
    pub emphasised: bool,
}

impl Joint {
    /// What stands in its place.
    #[must_use]
    pub fn text(&self) -> &'static str {
        if self.beside_a_mark { COMMENT } else { "" }
    }

    fn change(&self) -> Change {
        (self.range.clone(), self.text())
    }
}

/// The joints of a page as they are found.
#[derive(Default)]
pub(super) struct Joints {
    found: Vec<Joint>,
    /// The last character of the text, as long as only emphasis and links have ended behind it.
    last: Option<char>,
    /// The line break behind that, and where the next line begins, once that is known.
    open: Option<(usize, Option<usize>)>,
    /// Open links and pictures, each with whether its text is also the name of what it leads to, or is shown nowhere.
    links: Vec<bool>,
}

impl Joints {
    /// Hears of what the parser sees; says where the joint before this begins, if there is one.
    pub(super) fn hear(&mut self, source: &str, event: &Event<'_>, range: &Range<usize>) -> Option<usize> {
        if let Some((_, begin @ None)) = &mut self.open {
            *begin = Some(range.start);
        }
        match event {
            Event::Text(piece) => {
                let joined = self.text(source, piece);
                // A variation selector belongs to what is before it.
                self.last = piece.chars().rev().find(|c| !is_selector(*c));
                self.open = None;
                return joined;
            }
            Event::SoftBreak => self.open = self.last.map(|_| (range.start, None)),
            Event::Start(Tag::Link { link_type, .. }) => {
                self.links.push(!matches!(link_type, LinkType::Inline | LinkType::Reference));
            }
            Event::End(TagEnd::Link) => {
                self.links.pop();
            }
            Event::Start(Tag::Image { .. }) => {
                self.links.push(true);
                self.forget();
            }
            Event::End(TagEnd::Image) => {
                self.links.pop();
                self.forget();
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            _ => self.forget(),
        }
        None
    }

    /// Takes what it heard for something that no line break is closed behind.
    pub(super) fn forget(&mut self) {
        (self.last, self.open) = (None, None);
    }

    fn text(&mut self, source: &str, piece: &str) -> Option<usize> {
        let (Some(last), Some((at, Some(end))), Some(first)) = (self.last, self.open, piece.chars().next()) else {
            return None;
        };
        if !meet(last, first) || self.links.contains(&true) {
            return None;
        }
        let start = source[..at].trim_end_matches([' ', '\t', '\r', '\n']).len();
        // A paragraph of several lines is no head of a table, but one of one line is.
        let following = source[end..].split_once('\n').and_then(|(_, behind)| behind.lines().next());
        if start >= end || following.is_some_and(is_like_a_delimiter_row) || parts_lines(source, start, end) {
            return None;
        }
        let is_mark = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'*' | b'_' | b'~'));
        let bytes = source.as_bytes();
        let beside_a_mark = is_mark(bytes[..start].last()) || is_mark(bytes.get(end));
        self.found.push(Joint { range: start..end, beside_a_mark, as_written: true, emphasised: true });
        Some(start)
    }

    /// The joints that can be closed, where comments stand at `comments` for the emphasis, or where none do.
    pub(super) fn settle(mut self, source: &str, comments: &[usize], options: Options) -> Vec<Joint> {
        let has = |text: &str| memchr::memmem::find(source.as_bytes(), text.as_bytes()).is_some();
        let is_delicate = || {
            self.found.iter().any(|joint| joint.is_delicate(source))
                // A name between brackets can get another form, and lead elsewhere.
                || has("]:")
                // A comment that nobody closes could be closed by ours.
                || has("<!") && self.found.iter().any(|joint| joint.beside_a_mark)
        };
        if self.found.is_empty() || !is_delicate() {
            return self.found;
        }
        let changes: Vec<Change> = comments.iter().map(|at| (*at..*at, COMMENT)).collect();
        let emphasised = (!changes.is_empty()).then(|| self.close(source, &changes, options));
        let as_written = self.close(source, &[], options);
        for (number, joint) in self.found.iter_mut().enumerate() {
            joint.as_written = as_written[number];
            joint.emphasised = emphasised.as_ref().map_or(joint.as_written, |emphasised| emphasised[number]);
        }
        self.found.retain(|joint| joint.as_written || joint.emphasised);
        self.found
    }

    /// Which joints change nothing else when they are closed in a text that has other changes: all of a block's, or else
    /// those that are not among brackets.
    fn close(&self, source: &str, others: &[Change], options: Options) -> Vec<bool> {
        let before = Regions::of(source, others, options);
        let all = vec![true; self.found.len()];
        let mut closed = self.close_some(&before, source, others, options, &all);
        if closed.contains(&false) {
            let among_brackets = self.among_brackets(source, &before);
            let some: Vec<bool> = closed.iter().zip(among_brackets).map(|(closed, among)| *closed || !among).collect();
            if some != closed && some.contains(&true) {
                closed = self.close_some(&before, source, others, options, &some);
            }
        }
        closed
    }

    /// Which of some joints change nothing else when these are closed.
    fn close_some(
        &self,
        before: &Regions,
        source: &str,
        others: &[Change],
        options: Options,
        some: &[bool],
    ) -> Vec<bool> {
        let chosen = self.found.iter().zip(some).filter(|(_, is_chosen)| **is_chosen).map(|(joint, _)| joint.change());
        let mut changes: Vec<Change> = others.iter().cloned().chain(chosen).collect();
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        let after = Regions::of(source, &changes, options);
        let same_blocks = after.are_the_blocks_of(before);
        let is_same = |joint: &Joint| {
            let region = before.at(joint.range.start);
            same_blocks && before.all[region] == after.all[region]
        };
        self.found.iter().zip(some).map(|(joint, is_chosen)| *is_chosen && is_same(joint)).collect()
    }

    /// Which joints stand between brackets or beside one, where a name can get another form.
    fn among_brackets(&self, source: &str, regions: &Regions) -> Vec<bool> {
        let bytes = source.as_bytes();
        let mut brackets = memchr::memchr2_iter(b'[', b']', bytes).peekable();
        let mut last: Option<usize> = None;
        let of = |joint: &Joint| {
            while let Some(bracket) = brackets.next_if(|bracket| *bracket < joint.range.start) {
                last = Some(bracket);
            }
            let is_open =
                last.is_some_and(|last| bytes[last] == b'[' && regions.at(last) == regions.at(joint.range.start));
            let is_bracket = |byte: Option<&u8>| byte.is_some_and(|byte| matches!(byte, b'[' | b']' | b'(' | b'!'));
            is_open || is_bracket(bytes[..joint.range.start].last()) || is_bracket(bytes.get(joint.range.end))
        };
        self.found.iter().map(of).collect()
    }
}

impl Joint {
    /// Whether the marks beside it may be able to do more than before.
    ///
    /// With a letter on their inner side they are not: a comment on the outer side lets them end, or begin, and nothing
    /// else. With punctuation there, it lets them do both; and so does a letter for two tildes.
    fn is_delicate(&self, source: &str) -> bool {
        let inner = |text: Option<char>| text.is_some_and(crate::text::east_asian::is_punctuation);
        let (before, after) = (&source[..self.range.start], &source[self.range.end..]);
        let marks = ['*', '_', '~'];
        self.beside_a_mark
            && (before.ends_with('~')
                || after.starts_with('~')
                || before.ends_with(marks) && inner(before.trim_end_matches(marks).chars().next_back())
                || after.starts_with(marks) && inner(after.trim_start_matches(marks).chars().next()))
    }
}

/// Leaves those alone that others may take away, in part or together with more: `taken` is what they take.
pub(super) fn leave(joints: &mut Vec<Joint>, mut taken: Vec<Range<usize>>) {
    taken.sort_unstable_by_key(|taken| taken.start);
    joints.retain(|joint| {
        // None of them lies in another one, so the last that begins before a joint's end is the last to end.
        let before = taken.partition_point(|taken| taken.start <= joint.range.end);
        before.checked_sub(1).is_none_or(|last| taken[last].end < joint.range.start)
    });
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether a line break is all that stands between two lines which are no sentence: `作者：张三` above `日期：今天`, items
/// such as `（1）甲`, a bold line with a number above its text, or what is behind the marker of a callout that GitHub does
/// not know, `[!note] 标题`, `::: tip 标题`.
///
/// One line that begins like that can be a sentence that goes on, so there have to be two of a kind, one below the other.
/// A bold line alone is a heading where it begins a paragraph, or comes behind a sentence.
fn parts_lines(source: &str, start: usize, end: usize) -> bool {
    let above = bare(&source[crate::markdown::line_start(source, start)..start]);
    let begins_container = [":::", "!!!", "???"].into_iter().any(|mark| above.starts_with(mark));
    if begins_container || above.starts_with("[!") && above.contains(']') {
        return true;
    }
    let (line, following) =
        (crate::markdown::line_start(source, start), source[end..].lines().next().unwrap_or_default());
    let begins_text =
        || source[..line].lines().next_back().is_none_or(|before| begins_paragraph(before, &source[line..start]));
    if is_bold_item(&source[line..start]) && begins_text() || ends_a_sentence(above) && is_bold_item(following) {
        return true;
    }
    let mut lines = source[end..].lines();
    let (below, next) = (lines.next().map_or("", bare), lines.next().map_or("", bare));
    let kind = Part::of(below);
    !ends_a_clause(above) && kind.is_some() && (Part::of(above) == kind || Part::of(next) == kind)
}

/// What a line is that is no sentence.
#[derive(PartialEq)]
enum Part {
    /// `键：值`, or an item with its number: `（1）`, `一、`.
    Said,
    /// An item behind this mark: `·甲`.
    Marked(char),
    /// Something with its name before it: `【甲】子`, `《甲》`.
    Named,
    /// Nothing but a link.
    Link,
    /// `姓名 张三`
    Spaced,
}

impl Part {
    fn of(line: &str) -> Option<Self> {
        let first = line.chars().next()?;
        if is_link(line) {
            Some(Self::Link)
        } else if is_entry(line) || is_item(line) {
            Some(Self::Said)
        } else if is_named(line) {
            Some(Self::Named)
        } else if is_spaced(line) {
            Some(Self::Spaced)
        } else {
            MARKS.contains(first).then_some(Self::Marked(first))
        }
    }
}

/// What items begin with where nobody counts them. Others, such as `•`, are not wide, so lines before them are not joined.
const MARKS: &str = "·・･‧※—―－＊＋";

/// A line without what it stands behind, and without the marks of emphasis at its beginning.
fn bare(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let item = ["- ", "* ", "+ "].into_iter().find_map(|mark| line.strip_prefix(mark));
    item.unwrap_or(line).trim_start_matches([' ', '*', '_', '~']).trim_end()
}

/// Whether a line says one thing by its name: `键：值`, `「键」：值`, `键 ｜ 值`.
fn is_entry(line: &str) -> bool {
    const LONGEST_KEY: usize = 8;
    const QUOTES: &[char] = &['「', '『', '“', '‘', '《', '〈', '"', '\''];
    const CLOSING: &[char] = &['」', '』', '”', '’', '》', '〉', '"', '\''];
    let line = line.trim_start_matches('[');
    let quoted = line.strip_prefix(QUOTES);
    let name = quoted.unwrap_or(line);
    let key = name.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '*' | '_' | ' ' | '/')).count();
    let mut behind = name.chars().skip(key).peekable();
    if quoted.is_some() {
        behind.next_if(|c| CLOSING.contains(c));
        while behind.next_if(|c| matches!(c, '*' | '_' | ' ')).is_some() {}
    }
    (1..=LONGEST_KEY).contains(&key)
        && matches!(behind.next(), Some('：' | ':' | '｜' | '|'))
        && behind.next().is_some()
}

/// Whether a line is a name and what belongs to it, with a space between: `姓名 张三`.
///
/// Spaces beside Latin letters are usual in Chinese text, and between two ideographs they are not. All the same, the line
/// may have nothing else that a sentence has.
fn is_spaced(line: &str) -> bool {
    const LONGEST_NAME: usize = 6;
    const LONGEST: usize = 30;
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\u{3000}');
    let is_ideograph = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}');
    let Some((name, behind)) = line.split_once(is_space) else { return false };
    let value = behind.trim_start_matches(is_space);
    let length = name.chars().count();
    (1..=LONGEST_NAME).contains(&length)
        && name.chars().chain(value.chars().take(1)).all(is_ideograph)
        && !value.is_empty()
        && !value.contains(is_space)
        && value.chars().count() <= LONGEST
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '·' | '-' | '@' | '.' | '+'))
}

/// Whether a line begins with what counts it: `（1）`, `一、`, `２．`, `A、`, `甲、`, `㈠`, `第一章`.
fn is_item(line: &str) -> bool {
    if is_numbered_part(line) {
        return true;
    }
    let is_digit = |c: &char| matches!(c, '0'..='9' | '０'..='９') || "〇一二三四五六七八九十".contains(*c);
    // Letters and the ten heavenly stems count alone.
    let is_letter = |c: &char| matches!(c, 'A'..='Z' | 'a'..='z' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ') || STEMS.contains(*c);
    if line.starts_with(|c| matches!(c, '㈠'..='㈩' | '㊀'..='㊉')) {
        return true;
    }
    let opens = line.starts_with(['（', '(']);
    let number = line.chars().skip(usize::from(opens));
    let digits = number.clone().take_while(is_digit).count();
    let length = if digits > 0 { digits } else { usize::from(number.clone().next().is_some_and(|c| is_letter(&c))) };
    let mut behind = number.skip(length);
    length > 0
        && match behind.next() {
            Some('）' | ')') => true,
            Some('、') => !opens,
            // A point can stand in a number.
            Some('.' | '．') => !opens && !behind.next().is_some_and(|c| is_digit(&c)),
            _ => false,
        }
}

/// Whether a line begins with the number of a part, and with nothing that goes on behind it: `第一章 甲`, `第 2 节`.
fn is_numbered_part(line: &str) -> bool {
    const UNITS: &[&str] = &["部分", "阶段", "单元", "小节", "步骤"];
    const SHORT_UNITS: &str = "章节節篇部卷回讲講课課步条條款项項集期周天季页頁题題幕场場";
    let is_digit =
        |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c) || "〇零一二三四五六七八九十百".contains(c);
    let Some(number) = line.strip_prefix('第').map(str::trim_start) else { return false };
    let unit = number.trim_start_matches(is_digit);
    if unit.len() == number.len() {
        return false;
    }
    let unit = unit.trim_start();
    let long = UNITS.iter().find_map(|long| unit.strip_prefix(long));
    let behind = long.or_else(|| unit.strip_prefix(|c| SHORT_UNITS.contains(c)));
    behind.is_some_and(|behind| {
        behind.is_empty() || behind.starts_with(|c: char| c.is_whitespace() || "、：:*_".contains(c))
    })
}

/// Whether a line is bold from its beginning to its end, and begins with what counts it: `**一、甲**`.
fn is_bold_item(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    let item = ["- ", "* ", "+ "].into_iter().find_map(|mark| line.strip_prefix(mark)).unwrap_or(line);
    let bold = ["**", "__"].into_iter().find_map(|mark| {
        let text = item.trim_start().strip_prefix(mark)?.strip_suffix(mark)?;
        (!text.contains(mark)).then_some(text)
    });
    bold.is_some_and(|text| is_item(text) && !ends_a_clause(text))
}

/// Whether a line begins a paragraph, below this one, or what could be one: below a blank line, a heading or the end of a
/// sentence, or with a mark of its own.
fn begins_paragraph(before: &str, line: &str) -> bool {
    let (before, line) = (before.trim_start_matches([' ', '\t', '>']), line.trim_start_matches([' ', '\t', '>']));
    let is_behind = before.trim().is_empty() || before.starts_with('#') || ends_a_sentence(before.trim_end());
    is_behind || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";

/// Whether a line begins with a name in brackets that stand around names: `【甲】`, `《甲》`.
fn is_named(line: &str) -> bool {
    const LONGEST_NAME: usize = 40;
    let mut characters = line.chars();
    let close = match characters.next() {
        Some('【') => '】',
        Some('《') => '》',
        Some('〖') => '〗',
        Some('〔') => '〕',
        Some('［') => '］',
        _ => return false,
    };
    characters.take(LONGEST_NAME).position(|c| c == close).is_some_and(|length| length > 0)
}

/// Whether a line is a link, `[甲](a)` or `[甲][a]`, and nothing else.
fn is_link(line: &str) -> bool {
    let line = line.split('\r').next().unwrap_or_default().trim_end_matches(['*', '_', '~']);
    let Some((label, behind)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) else { return false };
    let (open, close) = match behind.bytes().next() {
        Some(b'(') => (b'(', b')'),
        Some(b'[') => (b'[', b']'),
        _ => return false,
    };
    let mut depth = 0_usize;
    let end = behind.bytes().position(|byte| {
        depth += usize::from(byte == open);
        depth -= usize::from(byte == close);
        depth == 0
    });
    !label.is_empty() && end == Some(behind.len() - 1)
}

fn ends_a_clause(line: &str) -> bool {
    line.trim_end_matches(['*', '_', '~']).ends_with(['，', '。', '；', '、', '！', '？', '…', '—', ',', ';', '：'])
}

fn ends_a_sentence(line: &str) -> bool {
    line.trim_end_matches(['*', '_', '~', '”', '」', '）']).ends_with(['。', '！', '？'])
}

/// Whether a line could be the second one of a table.
fn is_like_a_delimiter_row(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
    // A line of hyphens alone makes a heading of what is above it, whatever number of lines that has.
    line.contains(['|', ':'])
        && line.contains('-')
        && line.bytes().all(|byte| matches!(byte, b'|' | b':' | b'-' | b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    fn joined(text: &str) -> String {
        let anatomy = Anatomy::of(text, 0, &Wording::default());
        let mut out = text.to_owned();
        for joint in anatomy.joints.iter().rev().filter(|joint| joint.as_written) {
            out.replace_range(joint.range.clone(), joint.text());
        }
        out
    }

    #[test]
    fn lines_that_meet() {
        for (text, wanted) in [
            ("中文，\n后文", "中文，后文"),
            ("中文 \r\n   后文\r\n", "中文后文\r\n"),
            ("中文\r后文", "中文后文"),
            ("> - 中\n>   文\n", "> - 中文\n"),
            ("> 中\n文", "> 中文"),
            ("**重点**\n后文", "**重点**<!---->后文"),
            ("中文\n**重点**", "中文<!---->**重点**"),
            ("**甲**\n**乙**", "**甲**<!---->**乙**"),
            ("_甲_\n乙", "_甲_<!---->乙"),
            ("**甲。**\n乙", "**甲。**<!---->乙"),
            ("甲\n**“乙”**\n丙", "甲<!---->**“乙”**<!---->丙"),
            ("甲\n**(乙)**\n丙", "甲\n**(乙)**\n丙"),
            ("甲\n**「乙」**\n丙", "甲<!---->**「乙」**<!---->丙"),
            ("[链接](x)\n后文", "[链接](x)后文"),
            ("中文\n[链接](x)", "中文[链接](x)"),
            ("[甲\n乙](x)", "[甲乙](x)"),
            ("中[^1]。\n文\n\n[^1]: 注\n    解", "中[^1]。文\n\n[^1]: 注解"),
            ("甲\n乙\n===", "甲乙\n==="),
            ("甲\n乙\n---", "甲乙\n---"),
            ("甲……\n乙", "甲……乙"),
            ("甲\n“乙”", "甲“乙”"),
            ("日本\nカナ\nｶﾅ", "日本カナｶﾅ"),
            ("葛\u{e0100}\n城", "葛\u{e0100}城"),
            ("[甲\n乙]\n\n[b]: x", "[甲乙]\n\n[b]: x"),
            ("一\n二\n[链接](b.md)\n三\n四\n\n[^1]: 注", "一二[链接](b.md)三四\n\n[^1]: 注"),
            ("一\n二\n[注]\n三\n四[^1]\n\n[^1]: 注", "一二\n[注]\n三四[^1]\n\n[^1]: 注"),
            ("一\n[^1]\n二\n\n[^1]: 注\n    解\n    [甲](b)", "一\n[^1]\n二\n\n[^1]: 注解[甲](b)"),
            ("> 一\n> [甲][b]\n> 二\n\n[b]: x", "> 一[甲][b]二\n\n[b]: x"),
            ("- 一\n  [乙][b]\n  二\n\n[b]: x", "- 一[乙][b]二\n\n[b]: x"),
            ("一\n![图](x)\n[链](y)\n二\n三\n\n[b]: x", "一\n![图](x)\n[链](y)二三\n\n[b]: x"),
            // Only the seam that would change a name stays.
            ("一\n二[甲\n乙]三\n四\n\n[甲 乙]: x", "一二[甲\n乙]三四\n\n[甲 乙]: x"),
            ("一\n二[甲\n乙]三\n四\n\n[甲乙]: x", "一二[甲\n乙]三四\n\n[甲乙]: x"),
            ("[丙]\n[甲]\n三\n\n[甲]: x\n[丙]: y", "[丙]\n[甲]三\n\n[甲]: x\n[丙]: y"),
        ] {
            assert_eq!(joined(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn lines_that_are_no_sentence() {
        for (text, wanted) in [
            ("> [!note] 自定义标题\n> 正文\n> 后文\n", "> [!note] 自定义标题\n> 正文后文\n"),
            ("::: tip 标题\n正文\n后文\n:::", "::: tip 标题\n正文后文\n:::"),
            ("> [!提示] 标题\n> 正文\n", "> [!提示] 标题\n> 正文\n"),
            ("作者：张三\n日期：今天", "作者：张三\n日期：今天"),
            ("标题\n作者：张三\n日期：今天\n地点：北京", "标题\n作者：张三\n日期：今天\n地点：北京"),
            ("**作者**：张三\n**日期**：今天", "**作者**：张三\n**日期**：今天"),
            ("**作者：** 张三\n**日期：** 今天", "**作者：** 张三\n**日期：** 今天"),
            ("- 作者：张三\n  日期：今天", "- 作者：张三\n  日期：今天"),
            ("> 作者:张三\n> 日期:今天", "> 作者:张三\n> 日期:今天"),
            ("作者：[张三](x)\n日期：今天", "作者：[张三](x)\n日期：今天"),
            ("步骤\n（1）打开\n（2）关闭", "步骤\n（1）打开\n（2）关闭"),
            ("一、甲\n二、乙", "一、甲\n二、乙"),
            ("（１）甲\n（２）乙", "（１）甲\n（２）乙"),
            ("１、甲\n２、乙", "１、甲\n２、乙"),
            ("１．甲\n２．乙\n３）丙", "１．甲\n２．乙\n３）丙"),
            ("A、甲\nB、乙", "A、甲\nB、乙"),
            ("Ａ、甲\nＢ、乙", "Ａ、甲\nＢ、乙"),
            ("甲、子\n乙、丑", "甲、子\n乙、丑"),
            ("（甲）子\n（乙）丑", "（甲）子\n（乙）丑"),
            ("一. 甲\n二. 乙", "一. 甲\n二. 乙"),
            ("㈠甲\n㈡乙", "㈠甲\n㈡乙"),
            ("·甲\n·乙", "·甲\n·乙"),
            ("・甲\n・乙\n・丙", "・甲\n・乙\n・丙"),
            ("注\n※甲\n※乙", "注\n※甲\n※乙"),
            ("—甲\n—乙", "—甲\n—乙"),
            ("【甲】子\n【乙】丑", "【甲】子\n【乙】丑"),
            ("《甲》\n《乙》", "《甲》\n《乙》"),
            ("**【甲】**子\n**【乙】**丑", "**【甲】**子\n**【乙】**丑"),
            ("[甲](a)\n[乙](a)", "[甲](a)\n[乙](a)"),
            ("**[甲](a)**\n[乙][b]\n\n[b]: c_(d)", "**[甲](a)**\n[乙][b]\n\n[b]: c_(d)"),
            ("著者：山田\n日付：今日", "著者：山田\n日付：今日"),
            ("第一章 甲\n第二章 乙", "第一章 甲\n第二章 乙"),
            ("第 1 节 甲\n第 2 节 乙\n第３节　丙", "第 1 节 甲\n第 2 节 乙\n第３节　丙"),
            ("第一部分\n第二部分", "第一部分\n第二部分"),
            ("「甲」：乙\n「丙」：丁", "「甲」：乙\n「丙」：丁"),
            ("“甲”：乙\n“丙”：丁", "“甲”：乙\n“丙”：丁"),
            ("**「甲」**：乙\n**「丙」**：丁", "**「甲」**：乙\n**「丙」**：丁"),
            ("作者 ｜ 张三\n编辑 ｜ 李四", "作者 ｜ 张三\n编辑 ｜ 李四"),
            ("姓名 张三\n电话 一二三", "姓名 张三\n电话 一二三"),
            ("姓名　张三\n住址　北京", "姓名　张三\n住址　北京"),
            ("**一、甲**\n正文乙\n正文", "**一、甲**\n正文乙正文"),
            ("> 文\n>\n> **（一）甲**\n> 正文乙", "> 文\n>\n> **（一）甲**\n> 正文乙"),
            ("- **第一步 甲**\n  正文乙", "- **第一步 甲**\n  正文乙"),
            ("**一、甲**\n正文乙。\n**二、丙**\n正文丁", "**一、甲**\n正文乙。\n**二、丙**\n正文丁"),
        ] {
            assert_eq!(joined(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn running_text_that_looks_like_it() {
        for (text, wanted) in [
            ("见\n第一章和\n第二章的内容", "见第一章和第二章的内容"),
            ("他说“甲”：\n“丙”：丁", "他说“甲”：“丙”：丁"),
            ("在 GPU 上跑\n显存 OOM 时\n怎么办", "在 GPU 上跑显存 OOM 时怎么办"),
            ("我们 一起，走到\n这里 然后，再走", "我们 一起，走到这里 然后，再走"),
            ("第一行的\n**一、二和三**\n都是重点", "第一行的<!---->**一、二和三**<!---->都是重点"),
            ("**一、甲。**\n后文", "**一、甲。**<!---->后文"),
            ("如图\n（1）所示，\n其中", "如图（1）所示，其中"),
            ("这里要说明的\n一点：必须这样\n做", "这里要说明的一点：必须这样做"),
            ("他说：你好，\n我说：再见", "他说：你好，我说：再见"),
            ("作者：张三。\n日期：今天。", "作者：张三。日期：今天。"),
            ("说明如下：\n第一：甲，\n第二：乙", "说明如下：第一：甲，第二：乙"),
            ("注意：这一段文字\n会换行", "注意：这一段文字会换行"),
            ("甲\n乙\n丙", "甲乙丙"),
            ("见\n《甲》的\n第二章", "见《甲》的第二章"),
            ("共有\n３．５万人\n４．５万户", "共有３．５万人４．５万户"),
            ("他\n—也就是甲—\n说", "他—也就是甲—说"),
            ("甲、乙\n两人", "甲、乙两人"),
            ("《甲》\n·乙", "《甲》·乙"),
            ("[甲](a)\n[乙](b)和[丙](c)", "[甲](a)[乙](b)和[丙](c)"),
            ("[甲](a)和(b)\n[乙](b)", "[甲](a)和(b)\n[乙](b)"),
        ] {
            assert_eq!(joined(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn line_breaks_that_stay() {
        for text in [
            "中文\nLatin",
            "Latin\n中文",
            "中文  \n后文",
            "中文\\\n后文",
            "중\n문",
            "中文\n😀",
            "`代码`\n后文",
            "中文\n`代码`",
            "`甲\n乙`",
            "```\n甲\n乙\n```",
            "    甲\n    乙",
            "<div>\n甲\n乙\n</div>",
            "中文<br>\n后文",
            "<pre>\n\n甲\n乙\n\n</pre>",
            "<div><pre>\n\n甲\n乙\n\n</pre></div>",
            "![甲\n乙](x)",
            "[甲\n乙]\n\n[甲 乙]: x",
            "[甲\n乙]\n\n[甲乙]: x",
            "甲\n乙|丙\n--|--",
            "甲\n乙\n:--\n",
            "> 甲\n> 乙\n> -|-\n",
            "- 甲\n- 乙",
            "甲\n\n乙",
            "**甲\n",
            "中**\n文",
        ] {
            assert_eq!(joined(text), text, "{text:?}");
        }
    }

    #[test]
    fn a_heading_loses_the_space() {
        let anatomy = Anatomy::of("甲--\n乙\n丙\n===\n", 0, &Wording::default());
        assert_eq!(anatomy.title.map(|title| title.text).as_deref(), Some("甲-- 乙丙"));
        let page = |joined| crate::markdown::outline::ids(&anatomy.headings, true, joined).remove(0).page;
        assert_eq!((page(false).as_str(), page(true).as_str()), ("甲-乙-丙", "甲-乙丙"));
    }
}
