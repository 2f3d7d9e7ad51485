//! Calendar days, as authors write them.

use std::fmt;

/// A day of the calendar. A time and a zone are cut off: what counts is the day that the author wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Reads `2025-08-31`, alone or followed by `T` or a space and a time of day.
    ///
    /// # Errors
    /// Says in a sentence what is wrong with the text and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (day, time) = match text.find(['T', 't', ' ']) {
            Some(at) => (&text[..at], Some(&text[at + 1..])),
            None => (text, None),
        };
        let parts: Vec<&str> = day.split('-').collect();
        let well_formed = parts.iter().map(|part| part.len()).eq([4, 2, 2])
            && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
            && time.is_none_or(|time| {
                let time = time.trim_start().as_bytes();
                matches!(time, [a, b, b':', ..] if a.is_ascii_digit() && b.is_ascii_digit())
            });
        if !well_formed {
            return Err(format!("“{text}” is not a date; write it as 2025-08-31"));
        }
        let number = |at: usize| parts[at].parse::<i16>().expect("four digits at most");
        let (year, month, day_of_month) = (number(0), number(1) as i8, number(2) as i8);
        jiff::civil::Date::new(year, month, day_of_month)
            .map(Self)
            .map_err(|_| format!("the calendar has no {day}; write a day that exists, as 2025-08-31"))
    }

    /// The day of a moment, in seconds since 1970, at a place that is so many seconds ahead of UTC; `None` for one
    /// that no calendar has.
    #[must_use]
    pub fn of_moment(seconds: i64, ahead: i32) -> Option<Self> {
        let moment = jiff::Timestamp::from_second(seconds).ok()?;
        let zone = jiff::tz::Offset::from_seconds(ahead).ok()?;
        Some(Self(zone.to_datetime(moment).date()))
    }

    /// This day, where it is now.
    #[must_use]
    pub fn today() -> Self {
        Self(jiff::Zoned::now().date())
    }

    /// How many days later another day is; negative when it is earlier.
    #[must_use]
    pub fn days_until(self, later: Self) -> i32 {
        self.0.until(later.0).map_or(0, |span| span.get_days())
    }

    /// The day so much later; `None` behind the end of the calendar.
    pub(super) fn checked_add(self, span: jiff::Span) -> Option<Self> {
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
    use super::Date;

    #[test]
    fn what_authors_write() {
        let day = |text| Date::parse(text).map(|date| date.to_string());
        for text in [
            "2025-08-31",
            " 2025-08-31 ",
            "2025-08-31T23:59:59+08:00",
            "2025-08-31 07:00",
            "2025-08-31t07:00:00Z",
            "2025-08-31  07:00",
        ] {
            assert_eq!(day(text), Ok("2025-08-31".to_owned()), "{text}");
        }
        for text in
            ["2025-8-31", "31.08.2025", "2025/08/31", "", "today", "2025-08-31 noon", "+025-08-31", "２025-08-31"]
        {
            assert!(day(text).unwrap_err().contains("is not a date"), "{text}");
        }
        for text in ["2025-02-29", "2025-13-01", "2025-00-10", "2025-06-31T10:00"] {
            assert!(day(text).unwrap_err().contains("the calendar has no"), "{text}");
        }
        assert_eq!(day("2024-02-29"), Ok("2024-02-29".to_owned()));
    }
}
