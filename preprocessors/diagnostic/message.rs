//! What a finding says.

use std::error::Error;
use std::fmt;

/// What is wrong, and what to do about it where that can be said.
///
/// ```text
/// “done” is not a status; choose from draft, published     what; remedy
/// this edition waits for its review                        what
/// ```
///
/// It is also the error of whatever reads a value that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Message {
    /// What is wrong, and what to do about it.
    #[must_use]
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: Some(remedy.into()) }
    }

    /// The same, and what else to do.
    #[must_use]
    pub fn and(self, remedy: &str) -> Self {
        let remedy = self.remedy.map_or_else(|| remedy.to_owned(), |first| format!("{first}; {remedy}"));
        Self { remedy: Some(remedy), ..self }
    }

    /// The same, of something that is named first: a key, a file.
    #[must_use]
    pub fn of(self, name: impl fmt::Display) -> Self {
        Self { what: format!("{name}: {}", self.what), ..self }
    }
}

impl From<String> for Message {
    fn from(what: String) -> Self {
        Self { what, remedy: None }
    }
}

impl From<&str> for Message {
    fn from(what: &str) -> Self {
        what.to_owned().into()
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        self.remedy.iter().try_for_each(|remedy| write!(f, "; {remedy}"))
    }
}

impl Error for Message {}

/// Makes a type an error that says what its function `message` does.
macro_rules! says {
    ($error:ty) => {
        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.message().fmt(f)
            }
        }

        impl std::error::Error for $error {}

        impl From<$error> for $crate::diagnostic::Message {
            fn from(error: $error) -> Self {
                error.message()
            }
        }
    };
}

pub(crate) use says;

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn one_sentence() {
        let message = Message::new("“a; b” is no tag", "write zh-CN");
        assert_eq!(message.clone().of("`language`").to_string(), "`language`: “a; b” is no tag; write zh-CN");
        assert_eq!(Message::from("“a; b” is odd").to_string(), "“a; b” is odd");
    }
}
