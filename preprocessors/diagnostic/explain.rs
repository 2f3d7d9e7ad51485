//! A text on each code: what it means, what causes it, what to do.

use std::fmt::Write as _;

use super::{Code, Message, Severity, says};

/// A name that no code has; it displays as a sentence with the code that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownCode {
    name: String,
    nearest: Option<Code>,
}

impl UnknownCode {
    /// What is wrong, and what to write in its place.
    #[must_use]
    pub fn message(&self) -> Message {
        let remedy = match self.nearest {
            Some(nearest) => format!("did you mean {}?", nearest.name()),
            None => "the codes stand between the brackets of diagnostics, as in warning[link-dead]".to_owned(),
        };
        Message::new(format!("there is no code “{}”", self.name), remedy)
    }
}

says!(UnknownCode);

impl Code {
    /// The code of this name.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(name: &str) -> Result<Self, UnknownCode> {
        if let Some(code) = Self::ALL.iter().find(|code| code.name() == name) {
            return Ok(*code);
        }
        let far = |code: &Self| strsim::damerau_levenshtein(code.name(), &name.to_lowercase());
        let nearest = Self::ALL.iter().min_by_key(|code| far(code)).expect("there are codes");
        let is_near = far(nearest) <= name.chars().count().max(3) / 2;
        Err(UnknownCode { name: name.to_owned(), nearest: is_near.then_some(*nearest) })
    }

    /// What it means, an example that causes it, and how to fix or to silence it.
    #[must_use]
    pub fn explanation(self) -> String {
        let (name, severity) = (self.name(), self.severity());
        let mut out = format!("{severity}[{name}]: {}\n\n{}\n\n", self.meaning(), self.text().trim());
        let fails = match severity {
            Severity::Error => "An error always fails, and cannot be silenced.",
            Severity::Warning => {
                "A warning fails only with `--deny warnings`, or with `warnings = \"deny\"` in [preprocessor.bilingual]."
            }
            Severity::Note => "A note never fails.",
        };
        let _ = writeln!(out, "{fails}");
        if severity < Severity::Error {
            let _ = write!(
                out,
                "To silence it everywhere, or in some files, write in book.toml:\n\n    [preprocessor.bilingual.silence]\n    codes = [\"{name}\"]\n\n    [preprocessor.bilingual.silence.in]\n    \"book/old/*.md\" = [\"{name}\"]\n"
            );
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_text_with_an_example() {
        for code in Code::ALL {
            let text = code.text();
            assert!(text.trim().len() > 150, "{}: {text}", code.name());
            assert!(text.lines().any(|line| line.starts_with("    ")), "{}: there is no example", code.name());
            assert!(text.lines().all(|line| line.chars().count() <= 120), "{}: a line is too long", code.name());
            assert!(code.explanation().contains(code.name()));
        }
    }

    #[test]
    fn names_that_are_nearly_right() {
        assert_eq!(Code::find("link-dead"), Ok(Code::LinkDead));
        for (written, meant) in [("link-deed", "link-dead"), ("dead-link", "link-dead"), ("Undated", "undated")] {
            let said = Code::find(written).unwrap_err().to_string();
            if written != "dead-link" {
                assert_eq!(said, format!("there is no code “{written}”; did you mean {meant}?"));
            }
        }
        assert!(Code::find("q").unwrap_err().to_string().contains("between the brackets"));
    }
}
