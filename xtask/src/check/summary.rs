//! How the steps went, and how that is told.

use std::fmt::{self, Display};

use super::step::Step;
use crate::workspace::typed;

/// How a step went.
pub(super) struct Outcome {
    pub(super) step: Step,
    pub(super) passed: bool,
    /// What its tests said, all in all.
    pub(super) tests: Option<Counts>,
    /// The names of the checks that could not run.
    pub(super) skipped: Vec<String>,
}

/// What the lines `test result: …` of a run of tests add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Outcome {
    /// A step that has not passed yet.
    pub(super) fn new(step: Step) -> Self {
        Self { step, passed: false, tests: None, skipped: Vec::new() }
    }
}

impl Counts {
    /// Takes in a line of a test program: `test result: ok. 5 passed; 0 failed; 1 ignored; …` counts.
    pub(super) fn add(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")) else {
            return;
        };
        for count in counts.split("; ") {
            match count.split_once(' ') {
                Some((number, "passed")) => self.passed += number.parse::<u32>().unwrap_or(0),
                Some((number, "failed")) => self.failed += number.parse::<u32>().unwrap_or(0),
                Some((number, "ignored")) => self.ignored += number.parse::<u32>().unwrap_or(0),
                _ => {}
            }
        }
    }
}

/// How all steps went: one line each, then the one line that counts.
pub(super) struct Summary<'a>(pub(super) &'a [Outcome]);

impl Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "== summary ==")?;
        let mut total = Counts::default();
        for Outcome { step, passed, tests, skipped } in self.0 {
            write!(f, "{:<7} {}", if *passed { "passed" } else { "FAILED" }, step.name())?;
            if let Some(Counts { passed, failed, ignored }) = tests {
                total.passed += passed;
                total.failed += failed;
                total.ignored += ignored;
                write!(f, ": {passed} passed, {failed} failed, {ignored} ignored")?;
            }
            writeln!(f)?;
            for check in skipped {
                writeln!(f, "skipped {check}: no Chromium was found; install one, or set CHROME to its path")?;
            }
        }
        for step in Step::ALL.iter().skip(self.0.len()) {
            writeln!(f, "not run {}", step.name())?;
        }
        // In the words of `cargo test`, for those who read the last line alone.
        let Counts { passed, failed, ignored } = total;
        let skipped: usize = self.0.iter().map(|outcome| outcome.skipped.len()).sum();
        match self.0.iter().find(|outcome| !outcome.passed) {
            None => {
                let steps = self.0.len();
                write!(
                    f,
                    "test result: ok. {passed} passed; {failed} failed; {ignored} ignored; {skipped} skipped; {steps} steps"
                )
            }
            Some(Outcome { step, .. }) => {
                write!(
                    f,
                    "test result: FAILED. {passed} passed; {failed} failed; {ignored} ignored; {skipped} skipped\n\
                     The step `{}` failed; repeat it with: {}",
                    step.name(),
                    repeatable(*step)
                )
            }
        }
    }
}

/// The command that repeats a step, with the variables that it needs.
fn repeatable(step: Step) -> String {
    let command = step.command();
    let variables = command
        .get_envs()
        .filter_map(|(name, value)| Some(format!("{}='{}' ", name.to_string_lossy(), value?.to_string_lossy())));
    variables.chain([typed(&command)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(step: Step, passed: bool) -> Outcome {
        Outcome { passed, ..Outcome::new(step) }
    }

    #[test]
    fn results_of_tests_add_up() {
        let mut counts = Counts::default();
        counts.add("test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s");
        counts.add("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s");
        counts.add("test a::passed ... ok");
        assert_eq!(counts, Counts { passed: 6, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_failure_ends_with_the_command_that_repeats_it() {
        let outcomes = [outcome(Step::Formatting, true), outcome(Step::Lints, true), outcome(Step::Docs, false)];
        let summary = Summary(&outcomes).to_string();
        let last = summary.lines().last();
        assert_eq!(
            last,
            Some(
                "The step `docs` failed; repeat it with: \
                 RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked"
            )
        );
    }

    #[test]
    fn what_was_skipped_is_named() {
        let readers = Outcome {
            tests: Some(Counts { passed: 8, failed: 0, ignored: 0 }),
            skipped: vec!["keyboard::there_and_back".to_owned()],
            ..outcome(Step::Readers, true)
        };
        let summary = Summary(&[readers]).to_string();
        assert!(summary.contains("skipped keyboard::there_and_back: no Chromium"), "{summary}");
        assert!(summary.contains("8 passed; 0 failed; 0 ignored; 1 skipped"), "{summary}");
    }
}
