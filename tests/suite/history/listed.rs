//! What the program says of a book in a repository.

use std::process::Command;

use serde_json::Value;
use support::history::Mark;
use support::program::run;
use support::repository::Repository;

use crate::program::program;

/// Asks the program about a book in a repository.
pub(crate) trait Ask {
    /// The built program, without the machine's git and with all that it has to say.
    fn program(&self) -> Command;

    /// What `list` prints for the book.
    fn list(&self) -> Listed {
        self.list_with(|_| {})
    }

    /// What `list` prints for the book, started in another way.
    fn list_with(&self, how: impl FnOnce(&mut Command)) -> Listed;

    /// Asserts that a file came with one commit and was last changed by another.
    #[track_caller]
    fn assert_history(&self, listed: &Listed, file: &str, first: Mark, last: Mark);
}

impl Ask for Repository {
    fn program(&self) -> Command {
        let mut program = program();
        self.settle(&mut program);
        program.env("MDBOOK_LOG", "debug");
        program
    }

    fn list_with(&self, how: impl FnOnce(&mut Command)) -> Listed {
        let mut program = self.program();
        program.args(["list", ".", "--format", "json"]);
        how(&mut program);
        let run = run(program, b"");
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        Listed { json: serde_json::from_slice(&run.stdout).expect("JSON"), said: run.stderr }
    }

    #[track_caller]
    fn assert_history(&self, listed: &Listed, file: &str, first: Mark, last: Mark) {
        let history = &listed.edition(file)["history"];
        let want = |mark| (Some(self.day(mark)), Some(self.id(mark)));
        let have = |key: &str| (history[key]["date"].as_str(), history[key]["commit"].as_str());
        assert_eq!(have("first-commit"), want(first), "{file}: first commit\n{}", listed.said);
        assert_eq!(have("last-change"), want(last), "{file}: last change\n{}", listed.said);
    }
}

/// What `list` printed.
pub(crate) struct Listed {
    pub(crate) json: Value,
    /// What was said on standard error.
    pub(crate) said: String,
}

impl Listed {
    /// Every edition of the book.
    pub(crate) fn editions(&self) -> impl Iterator<Item = &Value> {
        let notes = self.json["notes"].as_array().expect("notes");
        notes.iter().flat_map(|note| note["editions"].as_array().expect("editions"))
    }

    /// The edition in a file.
    #[track_caller]
    pub(crate) fn edition(&self, file: &str) -> &Value {
        self.editions()
            .find(|edition| edition["source"] == file)
            .unwrap_or_else(|| panic!("there is no {file}: {:#}\n{}", self.json, self.said))
    }

    /// How a file keeps up with its source.
    #[track_caller]
    pub(crate) fn translation(&self, file: &str) -> &Value {
        &self.edition(file)["translation"]
    }

    /// What was said with this code.
    pub(crate) fn said_with(&self, code: &str) -> Vec<&str> {
        self.said.lines().filter(|line| line.contains(&format!("[{code}]"))).collect()
    }

    /// Asserts that nothing is dated, and that one sentence of this code says why and what to do.
    #[track_caller]
    pub(crate) fn assert_undated(&self, code: &str, remedy: &str) {
        for edition in self.editions() {
            for key in ["published", "updated", "history"] {
                assert_eq!(edition.get(key), None, "{key} of {}\n{}", edition["source"], self.said);
            }
        }
        let said: Vec<&str> = self.said.lines().filter(|line| line.contains("[history-")).collect();
        assert_eq!(said.len(), 1, "{}", self.said);
        assert!(said[0].contains(&format!("note[{code}]")) && said[0].contains(remedy), "{}", said[0]);
    }
}
