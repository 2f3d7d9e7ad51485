//! Why a formula cannot be shown.

use std::fmt;

/// Why a formula cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaError {
    /// What is wrong; the beginning of a sentence without a capital.
    pub what: String,
    /// What to do about it, where that can be said: the end of that sentence, without a full stop.
    pub remedy: Option<String>,
    /// The command that it names, with its backslash.
    pub command: Option<String>,
    /// Where in the TeX, in bytes; for what comes from a macro, where the macro is used.
    pub at: usize,
}

/// A problem whose place is not said yet.
#[derive(Debug, Clone)]
pub(super) struct Said {
    what: String,
    remedy: Option<String>,
    command: Option<String>,
}

impl Said {
    pub(super) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..Self::from(what.into()) }
    }

    /// What is said of a command, which begins the sentence.
    pub(super) fn of(command: &str, what: impl fmt::Display) -> Self {
        Self::from(format!("`{command}` {what}")).naming(command)
    }

    /// The same, with what to do.
    pub(super) fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }

    /// The same, which names this token: a command if it begins with a backslash.
    pub(super) fn naming(self, token: &str) -> Self {
        let command = token.starts_with('\\').then(|| token.to_owned());
        Self { command, ..self }
    }
}

impl From<String> for Said {
    fn from(what: String) -> Self {
        Self { what, remedy: None, command: None }
    }
}

impl From<&str> for Said {
    fn from(what: &str) -> Self {
        what.to_owned().into()
    }
}

impl FormulaError {
    pub(super) fn new(said: impl Into<Said>, at: usize) -> Self {
        let Said { what, remedy, command } = said.into();
        // It may quote what stands in several lines.
        let on_one_line = |text: String| text.replace(char::is_control, " ");
        Self { what: on_one_line(what), remedy: remedy.map(on_one_line), command, at }
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        self.remedy.iter().try_for_each(|remedy| write!(f, "; {remedy}"))
    }
}

impl std::error::Error for FormulaError {}
