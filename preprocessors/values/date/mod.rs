//! Calendar days, as authors write them.

use std::fmt;

use crate::diagnostic::{Message, says};

mod written;

/// A day of the calendar. A time and a zone are cut off: what counts is the day that the author wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// What an author writes where a day is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// This day.
    On(Date),
    /// That nobody knows the day, which is no reason to work one out.
    Unknown,
}

/// A text that says no day; it displays as a sentence that says why, and what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseDateError {
    text: String,
    why: written::NoDate,
}

impl ParseDateError {
    /// What is wrong, and what to write in its place.
    #[must_use]
    pub fn message(&self) -> Message {
        self.why.message(&self.text)
    }
}

says!(ParseDateError);

/// What says that nobody knows the day, in lower case.
const UNKNOWN: &[&str] = &[
    "unknown",
    "undated",
    "none",
    "no date",
    "n/a",
    "na",
    "n.d.",
    "?",
    "??",
    "???",
    "-",
    "--",
    "---",
    "–",
    "—",
    "——",
    "未知",
    "不详",
    "不詳",
    "不明",
    "日期不详",
    "日期未知",
    "无",
    "無",
    "なし",
];

impl Day {
    /// Reads a day, or one of the words that say that there is none.
    ///
    /// # Errors
    /// As [`Date::parse`].
    pub fn parse(text: &str) -> Result<Self, ParseDateError> {
        let said = text.trim().to_lowercase();
        if UNKNOWN.contains(&said.as_str()) { Ok(Self::Unknown) } else { Date::parse(text).map(Self::On) }
    }

    /// Whether a text is meant to be a day, though it may be an impossible, an ambiguous or an incomplete one.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_three_numbers = |text: &str| {
            ['-', '/', '.'].into_iter().any(|mark| text.split(mark).count() == 3 && text.split(mark).all(is_number))
        };
        !matches!(written::read(text), Err(written::NoDate::NotADate)) || is_three_numbers(text.trim())
    }
}

impl Date {
    /// Reads a day as people write it: `2025-12-19`, `2025/12/19`, `2025年12月19日`, `20251219`, `December 19, 2025`,
    /// `19th Dec 2025`, the dates of RFC 2822 and of RFC 3339. What follows of a time, a zone and a day of the week is cut
    /// off, and not looked at: a wrong day of the week is no reason to refuse a day.
    ///
    /// In `25/12/2025` only one of the two numbers can be a month. In `03/04/2025` both can, and nobody guesses.
    ///
    /// # Errors
    /// When the text is something else, has more than one meaning, or means a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, ParseDateError> {
        let refused = |why| ParseDateError { text: text.to_owned(), why };
        let day = written::read(text).map_err(refused)?;
        let date = jiff::civil::Date::new(day.year, day.month, day.day);
        date.map(Self).map_err(|_| refused(written::NoDate::NotInCalendar(day)))
    }

    /// The day of a moment, in seconds since 1970, at a place that is so many seconds ahead of UTC; `None` for one
    /// that no calendar has, and for one before the year 0, whose day could not be written.
    #[must_use]
    pub fn of_moment(seconds: i64, ahead: i32) -> Option<Self> {
        let moment = jiff::Timestamp::from_second(seconds).ok()?;
        let zone = jiff::tz::Offset::from_seconds(ahead).ok()?;
        Some(zone.to_datetime(moment).date()).filter(|day| day.year() >= 0).map(Self)
    }

    /// Whether this is the first day of the calendar, at which Go's time begins: tools in Go, such as Hugo, write it where
    /// there is no day.
    #[must_use]
    pub fn is_zero_of_go(self) -> bool {
        self.0 == jiff::civil::date(1, 1, 1)
    }

    /// How many days later another day is; negative when it is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i32 {
        self.0.until(later.0).map_or(0, |span| span.get_days())
    }

    /// The day so much later; `None` behind the end of the calendar.
    pub(crate) fn checked_add(self, span: jiff::Span) -> Option<Self> {
        self.0.checked_add(span).ok().map(Self)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }
}

/// ISO 8601, the form that `<time datetime>` wants.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use crate::values::{Date, Day};

    #[test]
    fn what_authors_write() {
        let day = |text: &str| Date::parse(text).map(|date| date.to_string());
        for text in [
            "2025-12-19",
            " 2025-12-19 ",
            "2025-12-19T23:59:59+08:00",
            "2025-12-19 07:00",
            "2025-12-19t07:00:00Z",
            "2025-12-19  07:00",
            "2025-12-19, 08:05",
            "2025-12-19 8:05",
            "2025-12-19T8:05",
            "2025-12-19T08:05Z",
            "2025-12-19 08:00:00.123456",
            "2025-12-19 08:00:00,123",
            "2025-12-19 08:00:00 UTC",
            "2025-12-19 08:00:00 +08:00",
            "2025-12-19 08:00:00 +0800",
            "2025-12-19 08:00:00 -0500 EST",
            "2025-12-19T08:00:00+08:00[Asia/Shanghai]",
            "2025-12-19T08:00[Asia/Shanghai][u-ca=iso8601]",
            "2025-12-19 08:00 Asia/Shanghai",
            "2025-12-19 8:05 pm",
            "2025-12-19 8PM",
            "2025-12-19 8:05 A.M. CST",
            "2025-12-19 24:00",
            "2025-12-19Z",
            "2025-12-19+08:00",
            "2025-12-19 UTC",
            "2025-12-19 Fri",
            "<2025-12-19 Fri 10:00>",
            "[2025-12-19 Fri]",
            "Friday, 2025-12-19",
            "\"2025-12-19\"",
            "2025/12/19",
            "2025/12/19 08:05:00",
            "2025 / 12 / 19",
            "2025.12.19",
            "2025. 12. 19.",
            "2025 12 19",
            "2025_12_19",
            "2025–12–19",
            "２０２５-１２-１９",
            "２０２５／１２／１９　８：０５",
            "2025年12月19日",
            "2025 年 12 月 19 日",
            "２０２５年１２月１９号",
            "2025年12月19號",
            "2025年12月19",
            "2025年12月19日 星期五",
            "2025年12月19日（周五）",
            "2025年12月19日(金)",
            "2025年12月19日 08:05",
            "2025年12月19日8时5分",
            "2025年12月19日 上午8点05分30秒",
            "2025年12月19日 下午 3:04",
            "2025年12月19日 08:05 北京时间",
            "二〇二五年十二月十九日",
            "2025년 12월 19일",
            "20251219",
            "20251219T080500",
            "20251219T080500Z",
            "20251219 0805",
            "202512190805",
            "20251219080500",
            "2025-W51-5",
            "December 19, 2025",
            "december 19 2025",
            "DECEMBER 19TH, 2025",
            "Dec. 19 2025",
            "Dec 19th, 2025",
            "Dec 19,2025",
            "Dec-19-2025",
            "December 19, 2025 at 8:05 AM",
            "December 19, 2025, 8:05 p.m.",
            "December 19, 2025 - 8:05pm",
            "Friday, December 19, 2025",
            "Fri Dec 19 2025",
            "Fri Dec 19 2025 08:00:00 GMT+0800 (China Standard Time)",
            "Fri Dec 19 08:00:00 2025",
            "Fri Dec 19 08:00:00 2025 +0800",
            "Fri Dec 19 08:00:00 CST 2025",
            "Fri Dec 19 08:00:00 AM CST 2025",
            "19 Dec 2025",
            "19 December, 2025",
            "19-Dec-2025",
            "19/Dec/2025:08:00:00 +0800",
            "19. December 2025",
            "19th December 2025",
            "19th of December, 2025",
            "the 19th of December 2025",
            "2025 Dec 19",
            "2025-Dec-19",
            "2025, December 19",
            "Fri, 19 Dec 2025 08:00:00 +0800",
            "Fri, 19 Dec 2025 08:00:00 GMT",
            "19 Dec 25 08:00 +0800",
            "Mon, 19 Dec 2025 08:00:00 +0800",
            "Monday 19 December 2025",
            "08:05, 19 December 2025 (UTC)",
            "08:05 2025-12-19",
            "19/12/2025",
            "12/19/2025",
            "19.12.2025",
            "19-12-2025 08:05",
            "12/19/2025 8:05:00 AM",
        ] {
            assert_eq!(day(text), Ok("2025-12-19".to_owned()), "{text}");
        }
        for (text, expected) in [
            ("2024-1-2 8:05", "2024-01-02"),
            ("2024-01-02T8:05", "2024-01-02"),
            ("2024年1月2日", "2024-01-02"),
            ("二零二四年二月二十九日", "2024-02-29"),
            ("Sept. 3, 2024", "2024-09-03"),
            ("1st May 2024", "2024-05-01"),
            ("7/7/2024", "2024-07-07"),
            ("2024-02-29", "2024-02-29"),
            ("2024-12-31T23:30:00-08:00", "2024-12-31"),
            ("Wed, 1 Jan 2025 00:30:00 +0800", "2025-01-01"),
        ] {
            assert_eq!(day(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_day() {
        let why = |text: &str| Date::parse(text).unwrap_err().to_string();
        for text in [
            "",
            "today",
            "soon",
            "2025-08-31 noon",
            "2025-08-31 or so",
            "2025-08-31 25 pages",
            "2025-08-31 ~ 2025-09-02",
            "2025-08-31/2025-09-02",
            "2025-08-31 / 2025-09-02",
            "+025-08-31",
            "2025-8",
            "1766102400",
            "202512191",
            "<% tp.date.now() %>",
            "{{ date }}",
            "v2025.12.19",
            "December",
            "2025-353",
            "2025-12/19",
            "12 19",
            "2025-08-31x",
            "2025-123-1",
            "12345-01-02",
            "19 Foo 2025",
            &"9".repeat(100_000),
            &"2025-".repeat(10_000),
        ] {
            let why = why(text);
            assert!(why.contains("is not a date; write it as 2025-08-31") || text == "2025-8", "{text}: {why}");
            assert!(why.len() < 300, "{text}");
        }
        for text in ["2025-02-29", "2025-13-01", "2025-00-10", "2025-06-31T10:00", "31 June 2025", "0000-00-00"] {
            assert!(why(text).contains("the calendar has no"), "{text}");
        }
        for text in ["32/13/2025", "13/13/2025"] {
            assert!(why(text).contains("is not a date"), "{text}");
        }
        for (text, readings) in [
            ("03/04/2025", "2025-03-04 (March) or 2025-04-03 (April)"),
            ("3.4.2025", "2025-03-04 (March) or 2025-04-03 (April)"),
            ("12-11-2025 08:00", "2025-12-11 (December) or 2025-11-12 (November)"),
        ] {
            let why = why(text);
            assert!(why.contains(readings), "{why}");
            assert!(why.contains("; write the one that is meant"), "{why}");
        }
        for text in
            ["2025", "2025年", "2025-12", "2025/12", "2025年12月", "December 2025", "Dec. 2025", "2025 Dec", "12/2025"]
        {
            assert!(why(text).contains("does not say the day"), "{text}: {}", why(text));
        }
        for text in ["12月19日", "Dec 19", "19 December"] {
            assert!(why(text).contains("does not say the year"), "{text}: {}", why(text));
        }
        for text in ["12/19/25", "19.12.25", "25-12-19", "19 Dec 25", "Dec 19, 25"] {
            assert!(why(text).contains("the year has two digits"), "{text}: {}", why(text));
        }
    }

    #[test]
    fn what_is_meant_to_be_a_day() {
        for text in ["2025-02-30", "2025-13-01", "03/04/2025", "32/13/2025", "2025-12", "Dec 19", "12/19/25"] {
            assert!(Day::is_meant(text) && Day::parse(text).is_err(), "{text}");
        }
        for text in ["", "soon", "true", "1766102400", "1.0", "<% tp.date.now() %>", "a-b-c"] {
            assert!(!Day::is_meant(text), "{text}");
        }
    }

    #[test]
    fn a_day_that_nobody_knows() {
        for text in ["unknown", " Unknown ", "NONE", "n/a", "N/A", "?", "-", "—", "未知", "不详", "undated"] {
            assert_eq!(Day::parse(text), Ok(Day::Unknown), "{text}");
        }
        assert_eq!(Day::parse("2025/12/19").ok(), Date::parse("2025-12-19").ok().map(Day::On));
        assert!(Day::parse("TBD").is_err());
    }
}
