//! `[preprocessor.bilingual.silence]`: what a book does not want to hear.
//!
//! ```toml
//! [preprocessor.bilingual.silence]
//! codes = ["undated"]                      # nowhere
//! files = ["book/zh/old/*.md"]             # nothing of these files
//! [preprocessor.bilingual.silence.in]
//! "book/zh/x.md" = ["link-dead"]           # not there
//! ```
//!
//! Files are named from the folder of `book.toml`. An error is heard whatever is written here.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobMatcher};

use super::key::Key;
use super::schema::Schema;
use super::table::table;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Severity};
use crate::text::glob;

table! {
    /// What a book does not want to hear.
    pub struct Silence {
        /// Diagnostics that the book does not want to hear.
        pub codes: BTreeSet<Code> = codes("codes"),
        /// Patterns of files about which it wants to hear nothing, from the folder of `book.toml`.
        pub files: Vec<Pattern> = patterns("files"),
        /// Diagnostics that it does not want to hear about some files.
        pub codes_in: Vec<(Pattern, BTreeSet<Code>)> = codes_in("in"),
    }
}

/// A pattern of files: `*` is part of a name, `**` any folders.
#[derive(Debug, Clone)]
pub struct Pattern(GlobMatcher);

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.glob() == other.0.glob()
    }
}

impl Eq for Pattern {}

impl Pattern {
    fn parse(text: &str) -> Result<Self, Message> {
        // A folder stands for what is in it.
        let inside = text.trim_start_matches("./");
        let whole = if inside.ends_with('/') { format!("{inside}**") } else { inside.to_owned() };
        if whole.is_empty() || whole.starts_with('/') {
            return Err(Message::new(
                format!("“{text}” matches no file, since files are named from the folder of book.toml"),
                "write a pattern such as book/zh/old/*.md",
            ));
        }
        if !glob::is_sound(&whole) {
            let (longest, deepest) = (glob::LONGEST, glob::DEEPEST);
            return Err(Message::new(
                format!("a pattern of files has {longest} bytes, and braces in {deepest} others, at most"),
                "write several",
            ));
        }
        let glob = GlobBuilder::new(&whole).literal_separator(true).build();
        glob.map(|glob| Self(glob.compile_matcher())).map_err(|error| {
            Message::new(
                format!("“{text}” is no pattern of files ({})", error.kind()),
                "write one such as book/zh/old/*.md",
            )
        })
    }
}

impl Silence {
    /// Takes out what the book does not want to hear.
    pub fn apply(&self, diagnostics: &mut Diagnostics) {
        diagnostics.retain(|diagnostic| !self.holds(diagnostic));
    }

    fn holds(&self, diagnostic: &Diagnostic) -> bool {
        if diagnostic.severity() == Severity::Error {
            return false;
        }
        let code = diagnostic.code();
        let is_about = |pattern: &Pattern| diagnostic.place().is_some_and(|place| pattern.0.is_match(&place.file));
        self.codes.contains(&code)
            || self.files.iter().any(is_about)
            || self.codes_in.iter().any(|(pattern, codes)| codes.contains(&code) && is_about(pattern))
    }
}

impl Key<'_, '_> {
    /// A list of codes, none of them an error.
    fn codes(&mut self) -> BTreeSet<Code> {
        let is_quiet = |code: &&Code| code.severity() < Severity::Error;
        let quiet = Code::ALL.iter().filter(is_quiet).map(|code| (code.name(), code.meaning()));
        let mut codes = BTreeSet::new();
        for name in self.texts_of(|| Schema::list(Schema::one_of(quiet))).unwrap_or_default() {
            match Code::find(&name) {
                Ok(code) if is_quiet(&&code) => drop(codes.insert(code)),
                Ok(_) => self.wrong(Message::new(
                    format!("{name} is an error, and an error cannot be silenced: the book would be wrong"),
                    "take it out",
                )),
                Err(error) => self.wrong(error),
            }
        }
        codes
    }

    /// A list of patterns.
    fn patterns(&mut self) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for text in self.texts() {
            match Pattern::parse(&text) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => self.wrong(error),
            }
        }
        patterns
    }

    /// Lists of codes by patterns.
    fn codes_in(&mut self) -> Vec<(Pattern, BTreeSet<Code>)> {
        let mut codes_in = Vec::new();
        self.each("PATTERN", "Diagnostics that it does not want to hear about the files of this pattern.", |key| {
            let codes = key.codes();
            match Pattern::parse(key.name()) {
                Ok(pattern) => codes_in.push((pattern, codes)),
                Err(error) => key.wrong(error),
            }
        });
        codes_in
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;

    fn read(text: &str) -> (Silence, Vec<String>) {
        let (config, said) = crate::config::tests::read(text);
        (config.silence, said)
    }

    #[test]
    fn codes_files_and_codes_in_files() {
        let (silence, said) = read(
            "[preprocessor.bilingual.silence]\ncodes = [\"undated\"]\nfiles = [\"book/old/*.md\", \"../**/x.md\"]\n[preprocessor.bilingual.silence.in]\n\"book/{a,b}.md\" = [\"link-dead\"]\n",
        );
        assert_eq!(said, Vec::<String>::new());
        let mut all = Diagnostics::default();
        for (code, file) in [
            (Code::Undated, "anywhere.md"),
            (Code::LinkDead, "book/old/a.md"),
            (Code::LinkDead, "book/old/deeper/a.md"),
            (Code::UrlForbidden, "book/old/a.md"),
            (Code::LinkDead, "../other/deep/x.md"),
            (Code::LinkDead, "book/b.md"),
            (Code::StatusUnknown, "book/b.md"),
        ] {
            all.push(Diagnostic::new(code, "x").at(Place::file(file)));
        }
        all.push(Diagnostic::new(Code::Undated, "x"));
        all.push(Diagnostic::new(Code::HostVersion, "x"));
        silence.apply(&mut all);
        let left: Vec<String> = all.sorted().iter().map(ToString::to_string).collect();
        assert_eq!(
            left,
            [
                "warning[host-version]: x",
                "warning[link-dead]: book/old/deeper/a.md: x",
                "warning[status-unknown]: book/b.md: x",
                "error[url-forbidden]: book/old/a.md: x",
            ]
        );
    }

    #[test]
    fn mistakes() {
        let (silence, said) = read(
            "[preprocessor.bilingual.silence]\ncodes = [\"url-forbidden\", \"undatd\"]\nfiles = [\"book/[.md\"]\n[preprocessor.bilingual.silence.in]\n\"b.md\" = [\"q\"]\n\"{\" = []\n",
        );
        assert_eq!(silence.codes, BTreeSet::new());
        for start in [
            "error[config-value]: book.toml:2:1: `silence.codes`: url-forbidden is an error, and an error cannot be silenced",
            "error[config-value]: book.toml:2:1: `silence.codes`: there is no code “undatd”; did you mean undated?",
            "error[config-value]: book.toml:3:1: `silence.files`: “book/[.md” is no pattern of files (",
            "error[config-value]: book.toml:5:1: `silence.in.b.md`: there is no code “q”; the codes stand",
            "error[config-value]: book.toml:6:1: `silence.in.{`: “{” is no pattern of files (",
        ] {
            assert!(said.iter().any(|line| line.starts_with(start)), "{start}\n{said:#?}");
        }
        assert_eq!(said.len(), 5, "{said:#?}");
    }
}
