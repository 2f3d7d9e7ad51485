//! The many ways in which people write one day.
//!
//! ```text
//! Fri, 19 Dec 2025 08:00:00 +0800    →    2025-12-19, and nothing of the rest
//! ２０２５年１２月１９日（星期五）         →    2025-12-19
//! 03/04/2025                         →    two readings, so none
//! ```
//!
//! The calendar day is the one that stands there: an author who writes 23:30 in Shanghai means that day, wherever the
//! book is built. What stands behind a day has to look like a time, a zone or a day of the week, or the whole is
//! something else: of `2025-08-31 to 2025-09-02`, nobody takes the half.

use std::sync::LazyLock;

use jiff::fmt::rfc2822;
use regex::{Captures, Regex};

use crate::diagnostic::Message;

/// A day as it was written; a calendar need not have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenDay {
    pub(super) year: i16,
    pub(super) month: i8,
    pub(super) day: i8,
}

/// Why a text says no day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoDate {
    /// It is something else.
    NotADate,
    /// Either number can be the month.
    Ambiguous(WrittenDay, WrittenDay),
    /// A month or a year.
    NoDay,
    /// A day of every year.
    NoYear,
    /// `19.12.25`
    ShortYear,
    /// No calendar has it.
    NotInCalendar(WrittenDay),
}

/// A text that is longer is no date, and is not looked at.
const LONGEST: usize = 100;

const MONTHS: &[(&str, &str)] = &[
    ("jan", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("apr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("aug", "August"),
    ("sep", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dec", "December"),
];

impl NoDate {
    /// What is wrong with a text, and what to write.
    pub(super) fn message(&self, text: &str) -> Message {
        let text = text.trim();
        let shown = match text.char_indices().nth(60) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        let iso = |day: &WrittenDay| {
            let name = MONTHS[usize::try_from(day.month - 1).unwrap_or_default()].1;
            format!("{:04}-{:02}-{:02} ({name})", day.year, day.month, day.day)
        };
        match self {
            Self::NotADate => Message::new(format!("“{shown}” is not a date"), "write it as 2025-08-31"),
            Self::Ambiguous(one, other) => Message::new(
                format!("“{shown}” can be {} or {}", iso(one), iso(other)),
                "write the one that is meant, as 2025-08-31",
            ),
            Self::NoDay => Message::new(
                format!("“{shown}” does not say the day"),
                "write all of it, as 2025-08-31, or `unknown` if nobody knows it",
            ),
            Self::NoYear => Message::new(format!("“{shown}” does not say the year"), "write all of it, as 2025-08-31"),
            Self::ShortYear => {
                Message::new(format!("in “{shown}” the year has two digits"), "write all of it, as 2025-08-31")
            }
            Self::NotInCalendar(WrittenDay { year, month, day }) => Message::new(
                format!("the calendar has no {year:04}-{month:02}-{day:02}"),
                "write a day that exists, as 2025-08-31",
            ),
        }
    }
}

const MONTH: &str = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
const DAY: &str = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?";
const CLOCK: &str = r"(?:\d{1,2}(?::\d{1,2}){1,2}(?:[.,]\d{1,9})?(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)";

fn pattern(text: &str) -> Regex {
    let text = text.replace("MONTH", MONTH).replace("DAY", DAY).replace("CLOCK", CLOCK);
    Regex::new(&text).expect("a valid pattern")
}

/// The patterns of a day at the beginning of a text, each with `y`, and `m` or `month`, and `d`; or with `a` and `b`,
/// of which each can be the month.
static DAYS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"^(?P<y>\d{4}) ?- ?(?P<m>\d{1,2}) ?- ?(?P<d>\d{1,2})",
        r"^(?P<y>\d{4}) ?/ ?(?P<m>\d{1,2}) ?/ ?(?P<d>\d{1,2})",
        r"^(?P<y>\d{4})\. ?(?P<m>\d{1,2})\. ?(?P<d>\d{1,2})\.?",
        r"^(?P<y>\d{4})_(?P<m>\d{1,2})_(?P<d>\d{1,2})",
        r"^(?P<y>\d{4}) (?P<m>\d{1,2}) (?P<d>\d{1,2})",
        r"^(?P<y>\d{4}) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日号號일]?",
        r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
        r"^MONTH[ -]*DAY(?: ?, ?| |-)(?P<y>\d{4}|\d{2}\b)",
        // As programs print it: the year is behind the time.
        r"^MONTH DAY CLOCK(?: [a-z]{2,5})? (?P<y>\d{4})",
        r"^(?:the )?DAY\.?(?: of)?[ /-]*MONTH(?: ?, ?| |-|/)(?P<y>\d{4}|\d{2}\b)",
        r"^(?P<y>\d{4})(?:, ?| |-)MONTH[ -]DAY",
        r"^(?P<a>\d{1,2}) ?- ?(?P<b>\d{1,2}) ?- ?(?P<y>\d{4}|\d{2}\b)",
        r"^(?P<a>\d{1,2}) ?/ ?(?P<b>\d{1,2}) ?/ ?(?P<y>\d{4}|\d{2}\b)",
        r"^(?P<a>\d{1,2})\. ?(?P<b>\d{1,2})\. ?(?P<y>\d{4}|\d{2}\b)",
    ]
    .iter()
    .map(|text| pattern(text))
    .collect()
});

/// What may follow a day: a time and its zone, or a zone that can be nothing else.
static REST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)^(?:
            # 2025-12-19T08:05, 2025-12-19 8:05 pm CST, 19/Dec/2025:08:00:00 +0800
            [\ ]?(?:t|,|:|at|-|@|\ )*[\ ]?(?:CLOCK|t\d{4}(?:\d{2})?|\d{4}(?:\d{2})?|CHINESE)
            [\ ]?(?:[a-z]{1,5}|[a-z]+(?:/[a-z_]+)+|北京时间|北京時間)?[\ ]?(?:[+-]\d{1,2}(?::?\d{2})?)?
            [\ ]?(?:[a-z]{2,5})?
            |
            [\ ]?(?:z|utc|gmt)?(?:[+-]\d{1,2}(?::?\d{2})?)?
        )(?:[\ ]?(?:\[[^\[\]]{1,40}\]|\([^()]{1,40}\)))*$"
            .replace(
                "CHINESE",
                r"(?:上午|下午|凌晨|清晨|早上|早晨|中午|晚上|傍晚|午前|午後|午后|오전|오후)?[\ ]?\d{1,2}[\ ]?(?:[时時点點시][\ ]?(?:\d{1,2}[\ ]?[分분]?[\ ]?(?:\d{1,2}[\ ]?[秒초])?)?|(?::\d{1,2}){1,2})",
            )
            .replace("CLOCK", &CLOCK.replace(' ', r"[\ ]"))
            .as_str(),
    )
});

/// Days of the week in any place, and whether they are right or not.
static WEEKDAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\(?\b(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b\.?\)?,?|\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?|\([月火水木金土日월화수목금토일]\)|[월화수목금토일]요일",
    )
});

/// A time that comes first.
static FIRST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^CLOCK(?: ?, ?| )"));

/// What says a year, or a month, and no day.
static NO_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\d{4}(?: ?[年년])?|\d{4} ?[-/.年년] ?(?:0?[1-9]|1[0-2])(?: ?[月월])?|(?:0?[1-9]|1[0-2])[-/.]\d{4}|MONTH(?:,| of)? ?\d{4}|\d{4}[ ,-]+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)$",
    )
});

/// What says a day of any year.
static NO_YEAR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\d{1,2} ?[月월] ?\d{1,2} ?[日号號일]|MONTH ?\d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)?\.?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)$",
    )
});

/// The day that a text says.
pub(super) fn read(text: &str) -> Result<WrittenDay, NoDate> {
    match plain(text) {
        Some(day) => Ok(day),
        None => read_any(text),
    }
}

/// A day as most people write it: `2025-12-19`, `2025/12/19`, and with a time behind it `2025-12-19T08:05:00+08:00`.
///
/// [`read_any`] says the same of it. To compile its patterns takes longer than to read ten notes.
fn plain(text: &str) -> Option<WrittenDay> {
    let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let separator = text[4..].chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let (month, rest) = number(&text[5..], 1..=2)?;
    let (day, rest) = number(rest.strip_prefix(separator)?, 1..=2)?;
    let written = WrittenDay { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
    (rest.is_empty() || is_plain_time(rest)).then_some(written)
}

/// ` 08:05`, `T08:05:00.123Z`, `T08:05:00+08:00`
fn is_plain_time(text: &str) -> bool {
    let time = || {
        let (_, rest) = number(text.strip_prefix(['T', ' '])?, 2..=2)?;
        let (_, mut rest) = number(rest.strip_prefix(':')?, 2..=2)?;
        if let Some(seconds) = rest.strip_prefix(':') {
            rest = number(seconds, 2..=2)?.1;
            if let Some(part) = rest.strip_prefix('.') {
                rest = number(part, 1..=9)?.1;
            }
        }
        if matches!(rest, "" | "Z") {
            return Some("");
        }
        let (_, rest) = number(rest.strip_prefix(['+', '-'])?, 2..=2)?;
        Some(number(rest.strip_prefix(':')?, 2..=2)?.1)
    };
    time().is_some_and(str::is_empty)
}

/// So many digits, all that there are, and what stands behind them.
fn number(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<(&str, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    length.contains(&digits).then(|| text.split_at(digits))
}

fn read_any(text: &str) -> Result<WrittenDay, NoDate> {
    if text.trim().len() > LONGEST {
        return Err(NoDate::NotADate);
    }
    if let Some(day) = mail(text.trim()) {
        return Ok(day);
    }
    let text = WEEKDAY.replace_all(&normal(text), " ").into_owned();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = text.trim_end_matches([',', ' ']).trim_start_matches([',', ' ']);
    if let Some(found) = FIRST.find(text) {
        text = &text[found.end()..];
    }
    if let Some(day) = week(text) {
        return Ok(day);
    }
    let mut refused = NoDate::NotADate;
    for pattern in DAYS.iter() {
        let Some(found) = pattern.captures(text) else { continue };
        let (day, rest) = text.split_at(found.get(0).map_or(0, |all| all.end()));
        if !is_rest(day, rest) {
            continue;
        }
        match day_of(&found) {
            Err(NoDate::NotADate) => {}
            Err(why) => refused = why,
            found => return found,
        }
    }
    if refused != NoDate::NotADate {
        return Err(refused);
    }
    Err(match text {
        _ if NO_DAY.is_match(text) => NoDate::NoDay,
        _ if NO_YEAR.is_match(text) => NoDate::NoYear,
        _ => NoDate::NotADate,
    })
}

/// A date of RFC 2822, which alone knows years of two digits.
fn mail(text: &str) -> Option<WrittenDay> {
    static PARSER: rfc2822::DateTimeParser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    let day = PARSER.parse_zoned(text).ok()?.date();
    Some(WrittenDay { year: day.year(), month: day.month(), day: day.day() })
}

/// `2025-W51-5`
fn week(text: &str) -> Option<WrittenDay> {
    static WEEK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(\d{4})-?w(\d{2})-?([1-7])$").expect("a valid pattern"));
    let found = WEEK.captures(text)?;
    let weekday = jiff::civil::Weekday::from_monday_one_offset(found[3].parse().ok()?).ok()?;
    let day = jiff::civil::ISOWeekDate::new(found[1].parse().ok()?, found[2].parse().ok()?, weekday).ok()?.date();
    Some(WrittenDay { year: day.year(), month: day.month(), day: day.day() })
}

/// Whether what follows a day leaves it one.
fn is_rest(day: &str, rest: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    // Of a longer number, the first digits are no day; a stamp of 12 or 14 digits holds one.
    if day.ends_with(is_digit) && rest.starts_with(is_digit) {
        return day.len() == 8 && matches!(rest.len(), 4 | 6) && (day.chars().chain(rest.chars())).all(is_digit);
    }
    REST.is_match(rest)
}

fn day_of(found: &Captures<'_>) -> Result<WrittenDay, NoDate> {
    let number = |name: &str| found.name(name).and_then(|number| number.as_str().parse::<i16>().ok());
    let (Some(year), Some(digits)) = (number("y"), found.name("y").map(|year| year.len())) else {
        return Err(NoDate::NotADate);
    };
    let written = |month: i16, day: i16| WrittenDay { year, month: month as i8, day: day as i8 };
    if let (Some(a), Some(b)) = (number("a"), number("b")) {
        let is_month = |number: i16| (1..=12).contains(&number);
        let is_day = |number: i16| (1..=31).contains(&number);
        return match (is_month(a) && is_day(b), is_month(b) && is_day(a)) {
            (false, false) => Err(NoDate::NotADate),
            _ if digits == 2 => Err(NoDate::ShortYear),
            (true, true) if a != b => Err(NoDate::Ambiguous(written(a, b), written(b, a))),
            (true, _) => Ok(written(a, b)),
            (false, true) => Ok(written(b, a)),
        };
    }
    if digits == 2 {
        return Err(NoDate::ShortYear);
    }
    let named = found.name("month").and_then(|name| {
        let at = MONTHS.iter().position(|(short, _)| name.as_str().starts_with(short))?;
        i16::try_from(at + 1).ok()
    });
    match (number("m").or(named), number("d")) {
        (Some(month), Some(day)) => Ok(written(month, day)),
        _ => Err(NoDate::NotADate),
    }
}

/// A text in lower case, with ASCII digits and punctuation, one space in place of many, and nothing around it.
fn normal(text: &str) -> String {
    let narrow = |c: char| match c {
        // Full-width forms are ASCII, 0xFEE0 higher.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        '、' => ',',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let text: String = text.trim().chars().map(narrow).flat_map(char::to_lowercase).collect();
    let mut text = text.trim();
    for (open, close) in [('"', '"'), ('\'', '\''), ('<', '>'), ('[', ']'), ('“', '”')] {
        if let Some(inside) = text.strip_prefix(open).and_then(|text| text.strip_suffix(close)) {
            text = inside.trim();
        }
    }
    chinese_numbers(text)
}

/// `二〇二五年十二月十九日` in digits; any other text as it is.
fn chinese_numbers(text: &str) -> String {
    static DATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^([〇零○一二三四五六七八九]{4}) ?年 ?([一二三四五六七八九十]{1,2}) ?月 ?([一二三四五六七八九十廿卅]{1,3}) ?[日号號]")
            .expect("a valid pattern")
    });
    let Some(found) = DATE.captures(text) else { return text.to_owned() };
    let digit = |c: char| "一二三四五六七八九".chars().position(|own| own == c).map_or(0, |at| at + 1);
    let year: String = found[1].chars().map(|c| digit(c).to_string()).collect();
    let number = |text: &str| {
        text.chars().fold(0, |sum: usize, c| match c {
            '十' => sum.max(1) * 10,
            '廿' => 20,
            '卅' => 30,
            c => sum + digit(c),
        })
    };
    format!("{year}年{}月{}日{}", number(&found[2]), number(&found[3]), &text[found[0].len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_at_a_glance_is_read_in_the_same_way() {
        let days =
            ["2025-12-19", "2025/1/2", "0000-13-99", "2025-12/19", "2025-012-1", "25-12-19", "2025-12-", "2025年1-2"];
        let clocks =
            ["", " ", "T", "T08", " 08:05", "T8:05", "T08:05:00", "T08:05:00.123", " 08:05:00.", "T25:61:61", "5"];
        let zones = ["", "Z", "z", "+08:00", "-0800", "+08", "+8:00", "+08:00 ", "Z+08:00", "+08:000", " +08:00"];
        let mut plain_ones = 0;
        let behind = clocks.map(|clock| zones.map(|zone| format!("{clock}{zone}"))).concat();
        for text in days.map(|day| behind.iter().map(|rest| format!("{day}{rest}")).collect::<Vec<_>>()).concat() {
            if let Some(day) = plain(&text) {
                assert_eq!(read_any(&text), Ok(day), "{text}");
                plain_ones += 1;
            }
        }
        // Three days, with nothing or with four times in three zones; and two to which the 5 belongs.
        assert_eq!(plain_ones, 3 * (1 + 4 * 3) + 2);
    }
}
