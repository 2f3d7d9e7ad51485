//! Quotation marks, hyphens and dots that mdBook's smart punctuation would turn into what their author did not mean.
//!
//! Its quotation marks are curled by the white space and the punctuation beside them, which Chinese, Japanese and Korean
//! text does not have where it quotes: of `对应"hydroxo"、"oxo"的情况` it makes `“hydroxo“、“oxo“`. Where those of a block
//! do not come in pairs that open and close, and an East Asian character is beside one of them, all of that kind in the
//! block stay straight, as GitHub shows them. Apostrophes between letters are none of them.
//!
//! A mark behind a digit where no quotation is open closes none: `27" 屏`, `5'8"`. It stays straight, too.
//!
//! Hyphens are dashes between words, with spaces or without, and stay what they are in options and in arrows: `--flag`,
//! `i--`, `-->`. Three dots are an ellipsis, but not in front of a word or in a path: `./...`, `a...b`, `f(...)`.
//!
//! What stays straight gets a backslash.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::text::east_asian::is_cjk;

/// Whether hyphens in a text, two or more, are none of a dash.
pub(crate) fn are_straight(text: &str, run: &Range<usize>) -> bool {
    let before = text[..run.start].chars().next_back();
    let behind = text[run.end..].chars().next();
    let of_a_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let between_words = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
    behind == Some('>')
        || before == Some('<')
        || of_a_word(behind) && !between_words(before)
        || of_a_word(before) && !between_words(behind)
}

/// Whether three dots or more are no ellipsis.
fn are_dots(text: &str, run: &Range<usize>) -> bool {
    let before = text[..run.start].chars().next_back();
    let behind = text[run.end..].chars().next();
    behind.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/')
        || before == Some('/')
        || before == Some('(') && behind == Some(')')
}

/// What is beside a byte, behind marks of emphasis.
fn beside(text: &str, at: usize) -> [Option<char>; 2] {
    let marks = ['*', '_', '~'];
    let before = text[..at].trim_end_matches(marks).chars().next_back();
    [before, text[at + 1..].trim_start_matches(marks).chars().next()]
}

fn is_east_asian(c: Option<char>) -> bool {
    c.is_some_and(is_cjk)
}

/// Whether a mark of quotation is behind a digit, and may be one of inches, of feet, of seconds or of minutes.
fn is_behind_digit(text: &str, at: usize) -> bool {
    beside(text, at)[0].is_some_and(char::is_numeric)
}

/// Whether a mark is the apostrophe of `1960's`.
fn begins_ending(text: &str, at: usize) -> bool {
    let behind = text[at..].strip_prefix("'s");
    behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// Whether smart punctuation may do something wrong in a text.
fn may_be_needed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let runs = |byte: u8, least: usize| {
        let mut from = 0;
        std::iter::from_fn(move || {
            let start = from + memchr::memchr(byte, &bytes[from..])?;
            let len = bytes[start..].iter().take_while(|found| **found == byte).count();
            from = start + len;
            Some(start..from)
        })
        .filter(move |run| run.len() >= least)
    };
    memchr::memchr2_iter(b'"', b'\'', bytes)
        .any(|at| is_behind_digit(text, at) || beside(text, at).into_iter().any(is_east_asian))
        || runs(b'-', 2).any(|run| are_straight(text, &run))
        || runs(b'.', 3).any(|run| are_dots(text, &run))
}

/// The quotation marks of one block, of each kind: where they are, and what is made of them.
#[derive(Default)]
struct Quotes {
    double: Vec<(usize, char)>,
    single: Vec<(usize, char)>,
    /// Marks of either kind behind digits, which quote nothing.
    measures: Vec<usize>,
}

impl Quotes {
    fn push(&mut self, text: &str, at: usize, shown: char) {
        let is_double = text.as_bytes()[at] == b'"';
        let last = if is_double { self.double.last() } else { self.single.last() };
        let is_open = last.is_some_and(|(_, shown)| matches!(shown, '“' | '‘'));
        // Two single ones are as good as a double one: `27''`.
        let follows = self.measures.last().is_some_and(|last| last + 1 == at);
        if !is_open && (follows || is_behind_digit(text, at)) && !begins_ending(text, at) {
            self.measures.push(at);
            return;
        }
        if is_double {
            self.double.push((at, shown));
            return;
        }
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_cjk(c));
        if !(is_letter(text[..at].chars().next_back()) && is_letter(text[at + 1..].chars().next())) {
            self.single.push((at, shown));
        }
    }

    /// Ends the block: those that have to stay straight are noted.
    fn settle(&mut self, text: &str, straight: &mut Vec<usize>) {
        straight.append(&mut self.measures);
        for (quotes, pair) in [(&mut self.double, ['“', '”']), (&mut self.single, ['‘', '’'])] {
            let are_pairs = quotes.len().is_multiple_of(2)
                && quotes.iter().zip(pair.iter().cycle()).all(|((_, shown), wanted)| shown == wanted);
            let is_beside = |at: usize| beside(text, at).into_iter().any(is_east_asian);
            if !are_pairs && quotes.iter().any(|(at, _)| is_beside(*at)) {
                straight.extend(quotes.iter().map(|(at, _)| *at));
            }
            quotes.clear();
        }
    }
}

/// Where a backslash keeps a text as it is written, in order.
pub(super) fn find(source: &str, options: Options) -> Vec<usize> {
    let mut straight = Vec::new();
    if !may_be_needed(source) {
        return straight;
    }
    let mut quotes = Quotes::default();
    // Links whose text is also the name of what they lead to, and pictures.
    let (mut links, mut shut) = (Vec::new(), 0_usize);
    for (event, range) in Parser::new_ext(source, options | Options::ENABLE_SMART_PUNCTUATION).into_offset_iter() {
        match event {
            Event::Text(shown) if shut == 0 => {
                // The whole run, for the first piece of it.
                let bytes = source.as_bytes();
                let run = |byte: u8| {
                    let is_first = range.start == 0 || bytes[range.start - 1] != byte;
                    let len = || bytes[range.start..].iter().take_while(|found| **found == byte).count();
                    is_first.then(|| range.start..range.start + len())
                };
                match (&source[range.clone()], shown.chars().next()) {
                    ("\"" | "'", Some(shown @ ('“' | '”' | '‘' | '’'))) => {
                        quotes.push(source, range.start, shown)
                    }
                    (written, Some('–' | '—')) if written.starts_with('-') => {
                        if let Some(run) = run(b'-').filter(|run| are_straight(source, run)) {
                            straight.extend(run.start..run.end - 1);
                        }
                    }
                    (written, Some('…')) if written.starts_with('.') => {
                        if let Some(run) = run(b'.').filter(|run| are_dots(source, run)) {
                            straight.extend(run.start..run.end - 2);
                        }
                    }
                    _ => {}
                }
            }
            Event::Start(Tag::Link { link_type, .. }) => {
                let is_shut = !matches!(link_type, LinkType::Inline | LinkType::Reference);
                links.push(is_shut);
                shut += usize::from(is_shut);
            }
            Event::Start(Tag::Image { .. }) => {
                links.push(true);
                shut += 1;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => shut -= usize::from(links.pop().unwrap_or(false)),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(_) | Event::End(_) => quotes.settle(source, &mut straight),
            _ => {}
        }
    }
    quotes.settle(source, &mut straight);
    straight.sort_unstable();
    straight
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, TagEnd};

    use crate::markdown::Anatomy;
    use crate::text::Wording;

    /// What a page shows of a text, with smart punctuation.
    fn shown(text: &str) -> String {
        let mut changed = text.to_owned();
        for escape in Anatomy::of(text, 0, &Wording::default()).straight.into_iter().rev() {
            changed.insert(escape.at, '\\');
        }
        let mut out = String::new();
        for event in Parser::new_ext(&changed, Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_TABLES) {
            match event {
                Event::Text(piece) | Event::Code(piece) => out.push_str(&piece),
                Event::SoftBreak => out.push('\n'),
                Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => out.push('/'),
                _ => {}
            }
        }
        out.trim_end_matches('/').to_owned()
    }

    #[test]
    fn quotation_marks_beside_east_asian_text() {
        for (text, wanted) in [
            ("对应\"hydroxo\"、\"oxo\"的情况", "对应\"hydroxo\"、\"oxo\"的情况"),
            ("（'x'的", "（'x'的"),
            ("他说\"你好\"。", "他说\"你好\"。"),
            ("彼は\"はい\"と言った", "彼は\"はい\"と言った"),
            ("그는\"안녕\"이라고 했다", "그는\"안녕\"이라고 했다"),
            ("**\"重点\"**的", "**“重点”**的"),
            ("\"**重点**\"的", "\"重点\"的"),
            ("\"`代码`\"的\"[链接](x)\"", "\"代码\"的\"链接\""),
            ("屏幕为5\"的", "屏幕为5\"的"),
            ("| \"甲\"的 | 乙 |\n|---|---|\n", "\"甲\"的/乙"),
            ("- '甲'和'乙'\n- b", "'甲'和'乙'/b"),
            // Inches and feet.
            ("一台 27\" 显示器", "一台 27\" 显示器"),
            ("13.3\" 屏，(27\")", "13.3\" 屏，(27\")"),
            ("27\"/32\" 屏", "27\"/32\" 屏"),
            ("5'8\" 高，6' 深，27''屏", "5'8\" 高，6' 深，27''屏"),
            ("a 27\" screen, 5'8\", 3½\" and **19**\"", "a 27\" screen, 5'8\", 3½\" and 19\""),
            ("| 27\" | (5') |\n|---|---|\n", "27\"/(5')"),
            ("say \"a\": 27\" and \"b\"", "say “a”: 27\" and “b”"),
            ("say \"route 66\" or 'Apollo 13', not 27\"", "say “route 66” or ‘Apollo 13’, not 27\""),
            ("版本\"2.0\"的", "版本\"2.0\"的"),
            ("the 1960's and 'the 90's'", "the 1960’s and ‘the 90’s’"),
            // Right as they are.
            ("他说 \"你好\" 了", "他说 “你好” 了"),
            ("the word \"中文\" is", "the word “中文” is"),
            ("it's \"a\" '90s thing", "it’s “a” ’90s thing"),
            ("don't，it's和'x'的", "don’t，it’s和'x'的"),
            // Another block is another matter.
            ("用\"甲\"的\n\nsay \"b\"", "用\"甲\"的/say “b”"),
            ("`\"甲\"的`", "\"甲\"的"),
            ("[\"甲\"的]\n\n[\"甲\"的]: x", "“甲“的"),
            ("\\\"甲\"的", "\"甲\"的"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }

    #[test]
    fn time_is_linear() {
        for text in [
            format!("{}x", ".".repeat(300_000)),
            format!("{}x", "-".repeat(300_000)),
            "中\"".repeat(100_000),
            "\"*".repeat(100_000),
            "'x'的\n\n".repeat(20_000),
            "27\" 5'8*".repeat(50_000),
            format!("27{}", "'".repeat(200_000)),
        ] {
            let _ = Anatomy::of(&text, 0, &Wording::default());
        }
    }

    #[test]
    fn hyphens_and_dots() {
        for (text, wanted) in [
            ("用 --flag 和 --no-x=1", "用 --flag 和 --no-x=1"),
            ("用--flag可以", "用--flag可以"),
            ("（--flag）或`--x`", "（--flag）或--x"),
            ("--flag\n\n**--flag** ---x", "--flag/--flag ---x"),
            ("i-- 与 i--; --i", "i-- 与 i--; --i"),
            ("A --> B, B <-- A, A ---> B", "A --> B, B <-- A, A ---> B"),
            ("a -- b, a--b, 1--2, a---b", "a – b, a–b, 1–2, a—b"),
            ("中文——中文，中文--中文", "中文——中文，中文–中文"),
            ("go test ./... and git log a...b", "go test ./... and git log a...b"),
            ("f(...) and ...args ....x", "f(...) and ...args ....x"),
            ("wait... 等等...", "wait… 等等…"),
            ("[--flag](x) [--y]\n\n[--y]: z", "--flag –y"),
        ] {
            assert_eq!(shown(text), wanted, "{text}");
        }
    }
}
