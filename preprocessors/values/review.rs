//! Whether a review is of the text that is there now, and when the next one is due.

use std::fmt;

use crate::diagnostic::{Message, says};
use crate::values::Date;

/// What became of a text since it was reviewed. Only a review with a fingerprint of the text can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Review {
    /// It is the text that was reviewed.
    OfThisText,
    /// The text was changed since then; the day of its last change, where one is known.
    ChangedSince(Option<Date>),
}

/// A length of time in calendar units: `90 days`, `6 months`, `1 year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period(jiff::SpanFieldwise);

/// A text that is no length of time; it displays as a sentence with what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsePeriodError {
    text: String,
}

impl ParsePeriodError {
    /// What is wrong, and what to write in its place.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(format!("“{}” is no length of time", self.text), "write it as 90 days, 6 months or 1 year")
    }
}

says!(ParsePeriodError);

impl Period {
    /// Reads a whole number above zero and a unit: days, weeks, months or years, in full or as its first letter.
    ///
    /// # Errors
    /// When the text is anything else, or a length that no calendar has.
    pub fn parse(text: &str) -> Result<Self, ParsePeriodError> {
        let trimmed = text.trim();
        let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = trimmed.split_at(digits);
        let wrong = || ParsePeriodError { text: text.to_owned() };
        let number: i32 = number.parse().map_err(|_| wrong())?;
        if !(1..=10_000).contains(&number) {
            return Err(wrong());
        }
        let span = jiff::Span::new();
        match unit.trim().to_lowercase().as_str() {
            "d" | "day" | "days" => Ok(Self(span.days(number).fieldwise())),
            "w" | "week" | "weeks" => Ok(Self(span.days(number * 7).fieldwise())),
            "m" | "month" | "months" => span.try_months(number).map(|span| Self(span.fieldwise())).map_err(|_| wrong()),
            "y" | "year" | "years" => span.try_years(number).map(|span| Self(span.fieldwise())).map_err(|_| wrong()),
            _ => Err(wrong()),
        }
    }

    /// The day so long after another one; `None` behind the end of the calendar.
    #[must_use]
    pub fn after(self, day: Date) -> Option<Date> {
        day.checked_add(self.0.0)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = if self.0.0.get_years() != 0 {
            (i32::from(self.0.0.get_years()), "year")
        } else if self.0.0.get_months() != 0 {
            (self.0.0.get_months(), "month")
        } else {
            (self.0.0.get_days(), "day")
        };
        write!(f, "{number} {unit}{}", if number == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time() {
        let due = |period: &str| {
            let period = Period::parse(period).unwrap();
            (period.to_string(), period.after(Date::parse("2025-08-31").unwrap()).unwrap().to_string())
        };
        assert_eq!(due("90 days"), ("90 days".into(), "2025-11-29".into()));
        assert_eq!(due("6 months"), ("6 months".into(), "2026-02-28".into()));
        assert_eq!(due("1y"), ("1 year".into(), "2026-08-31".into()));
        assert_eq!(due(" 2 Weeks "), ("14 days".into(), "2025-09-14".into()));
        for text in ["", "6", "months", "0 days", "-1 day", "1.5 years", "6 fortnights", "99999999999 days"] {
            assert!(Period::parse(text).is_err(), "{text}");
        }
    }
}
