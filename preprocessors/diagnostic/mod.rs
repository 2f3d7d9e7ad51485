//! What the suite has to say to an author: one sentence on what is wrong, where, and what to do about it.
//!
//! Diagnostics are collected while a book is read, sorted once, and printed once by the program.
//! Nothing in the library prints.
//!
//! `explain` holds a text on each code.
//!
//! # Adding a code
//! A line in the table below, its text in `explain/NAME.md`, and a line in the tables of both READMEs.

use std::borrow::Cow;
use std::fmt;

mod explain;
pub mod message;

pub use explain::UnknownCode;

/// How much a diagnostic matters.
///
/// The order is the order of printing: what matters most comes last, next to the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; never fails a build.
    Note,
    /// Probably a mistake; fails a build only with `warnings = "deny"`.
    Warning,
    /// Always fails the build.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Declares the codes in one table: variant, name, severity, meaning.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $meaning:literal;)*) => {
        /// What a diagnostic is about. The name is stable: scripts may rely on it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name between the brackets of a printed diagnostic.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// How much this matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// What it is about, in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// The text of `explain/NAME.md`. A code without one does not compile.
            fn text(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("explain/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    BuildDirTaken "build-dir-taken" Error "A folder for the output that mdBook would empty, and that holds what the book is made of.";
    CatalogueTarget "catalogue-target" Warning "A link of a catalogue that leads to no note and to no address.";
    ChapterGone "chapter-gone" Error "A chapter of `SUMMARY.md` whose note is gone, in a book that mdBook does not build without it.";
    ChapterMissing "chapter-missing" Warning "A chapter of `SUMMARY.md` whose note is gone, and for which mdBook makes an empty file.";
    ChapterUnreadable "chapter-unreadable" Error "A chapter of `SUMMARY.md` that mdBook cannot read, or cannot hand on, so that it builds nothing.";
    CommitUnknown "commit-unknown" Warning "A commit in front matter that the history does not have.";
    ConfigKey "config-key" Error "A key of the configuration that does not exist.";
    ConfigOld "config-old" Error "Something in `book.toml` that was right for mdBook 0.4 and that mdBook 0.5 refuses.";
    ConfigRefused "config-refused" Error "Something in `book.toml` that mdBook does not take.";
    ConfigValue "config-value" Error "A value of the configuration that cannot be used.";
    CopyStale "copy-stale" Warning "A file in the place of a link to a note, and it says something else than the note.";
    CrossPostDuplicate "cross-post-duplicate" Warning "One address is given as the cross-post of two different notes.";
    DateInvalid "date-invalid" Warning "A date that cannot be read, or that no calendar has.";
    DiagramScriptMissing "diagram-script-missing" Warning "A page has a diagram, and the script that draws it is not in the source folder.";
    EditionDuplicate "edition-duplicate" Warning "Two files claim to be the same note in the same language.";
    EditionMissing "edition-missing" Note "A note that is not there in one of the book's languages.";
    EditionUnlisted "edition-unlisted" Warning "A counterpart lies in the book's folder, but `SUMMARY.md` does not list it.";
    EndTagUnmatched "end-tag-unmatched" Warning "An end tag of HTML that closes what Markdown opened, at which mdBook would stop.";
    FactsDisagree "facts-disagree" Warning "Two places say different things about the same edition.";
    FileEdited "file-edited" Warning "An installed file other than the stylesheet was changed by hand, so it was kept.";
    FileSkipped "file-skipped" Warning "A file or a folder that was found and left out.";
    FileUnreadable "file-unreadable" Warning "A file that could not be read as UTF-8 text, or that is too large or no file at all.";
    FirstChapterNested "first-chapter-nested" Warning "The first chapter lies in a folder, so its copy at the root has broken links.";
    FormulaInvalid "formula-invalid" Warning "A formula that cannot be shown.";
    FrontMatterKey "front-matter-key" Note "A front matter key that is one letter away from one of ours.";
    FrontMatterSyntax "front-matter-syntax" Warning "Front matter that is not valid YAML or TOML.";
    FrontMatterValue "front-matter-value" Warning "A front matter value of the wrong kind.";
    HistoryMissing "history-missing" Note "There is no git history, so notes get no dates from it.";
    HistoryPartial "history-partial" Note "A clone without all texts of its history.";
    HistoryShallow "history-shallow" Note "A clone without all commits of its history, so notes get no dates from it.";
    HostVersion "host-version" Warning "The mdBook that runs the suite is not of the 0.5 family.";
    IncludeMissing "include-missing" Warning "A directive of mdBook that names a file which is not there.";
    IncludeUntreated "include-untreated" Warning "Markdown, or TeX in a formula, that mdBook puts into a page when the passes have run.";
    LanguageDoubtful "language-doubtful" Warning "A text that looks like another language than the one it counts as.";
    LanguageInvalid "language-invalid" Warning "A language that is not a BCP 47 tag.";
    LanguageNotMarked "language-not-marked" Note "A page whose text could not be wrapped in an element that names its language.";
    LanguageUnknown "language-unknown" Warning "A page, or a table of the configuration, in a language that the book does not list.";
    LinkAsText "link-as-text" Error "A symbolic link to a note that became a file with the text of the link.";
    LinkDead "link-dead" Warning "A link that leads nowhere.";
    LinkLanguage "link-language" Note "A link to another language's edition of a note that has one in the page's own.";
    LinkPageOnly "link-page-only" Note "A link to a page that is no file, so that it works in the book and nowhere else.";
    LinkUnpublished "link-unpublished" Warning "A link to a file that is neither in the book nor, as far as is known, on the web.";
    MarkerNested "marker-nested" Warning "A marker stands inside a list, a quotation or a paragraph.";
    MessagesMissing "messages-missing" Note "A language for which there are no messages; English stands in.";
    NoteUncatalogued "note-uncatalogued" Note "A note that no catalogue lists.";
    NoteUnlisted "note-unlisted" Note "A note of the folder that a book was made of, and that is not in the book.";
    OutlineDiffers "outline-differs" Note "Two editions of a note have different headings.";
    PageListedTwice "page-listed-twice" Warning "`SUMMARY.md` lists one page twice.";
    PageOverwritten "page-overwritten" Error "Two files are written to one page, so that one of them is lost.";
    PairDoubtful "pair-doubtful" Warning "Two files that a catalogue lists as two notes, and that only their names pair.";
    PairRefused "pair-refused" Warning "Evidence for a pair that contradicts stronger evidence.";
    PathOutside "path-outside" Error "A page that lies outside the book's folder, or a file that mdBook would publish, and that lies outside of the repository.";
    ReviewChanged "review-changed" Warning "A text that was changed since its review.";
    ReviewOverdue "review-overdue" Warning "A text whose next review was due before today.";
    ReviewPending "review-pending" Note "An edition that still waits for its review.";
    SourceMissing "source-missing" Warning "A translation by its own word, of a note that has no other edition.";
    StatusUnknown "status-unknown" Warning "A status that does not exist.";
    StylesheetEdited "stylesheet-edited" Warning "The installed stylesheet was changed by hand, so it was kept.";
    TitleUnset "title-unset" Note "A browser title that cannot be set, because mdBook's `links` has run already.";
    TranslationBehind "translation-behind" Warning "A translation that misses changes of its source.";
    TranslationKeyDuplicate "translation-key-duplicate" Warning "One `translation-key` is used by two notes in one language.";
    Undated "undated" Note "A note without a date, which the learning path can only put last.";
    UrlForbidden "url-forbidden" Error "An address that would harm who follows it.";
    UrlInvalid "url-invalid" Warning "An address that is none of the web.";
    ZhihuUrl "zhihu-url" Warning "An address that is not a Zhihu article or answer.";
}

/// Where something stands: a file, and a position in it where one is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Place {
    /// The file, relative to the book's root, with forward slashes.
    pub file: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column, from 1, in characters.
    #[serde(skip)]
    pub column: Option<usize>,
}

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None }
    }

    /// A position in a file.
    #[must_use]
    pub fn at(file: impl Into<String>, line: usize, column: usize) -> Self {
        Self { file: file.into(), line: Some(line), column: Some(column) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

/// One finding. Its text is one line: `severity[code]: place: what is wrong; what to do`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    severity: Severity,
    code: Code,
    place: Option<Place>,
    message: String,
}

impl Diagnostic {
    /// A finding about the book as a whole.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { severity: code.severity(), place: None, code, message: message.into() }
    }

    /// The same finding, at a place.
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same finding, where what was asked for cannot be done because of it.
    #[must_use]
    pub fn as_error(&self) -> Self {
        Self { severity: Severity::Error, ..self.clone() }
    }

    /// How much it matters.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What it is about.
    #[must_use]
    pub fn code(&self) -> Code {
        self.code
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// What is wrong, and what to do about it, in one line.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What is wrong, and what to do about it, where the message says that.
    #[must_use]
    pub fn parts(&self) -> (&str, Option<&str>) {
        message::parts(&self.message)
    }
}

/// A text without what a terminal would obey or misread: controls, and marks that turn the direction of a line.
///
/// File names, titles and lines of notes come from anywhere.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    Cow::Owned(out)
}

/// Whether a terminal would obey or misread a character.
#[must_use]
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = format!("{}[{}]: ", self.severity, self.code.name());
        if let Some(place) = &self.place {
            line.push_str(&format!("{place}: "));
        }
        line.push_str(&self.message);
        f.write_str(&harmless(&line))
    }
}

/// All findings of one run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Whether this was said of anything.
    #[must_use]
    pub fn say(&self, code: Code) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.code == code)
    }

    /// The places of which this was said.
    #[must_use]
    pub fn places(&self, code: Code) -> std::collections::BTreeSet<Place> {
        let same = self.0.iter().filter(|diagnostic| diagnostic.code == code);
        same.filter_map(|diagnostic| diagnostic.place.clone()).collect()
    }

    /// Adds all findings of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Keeps the findings of which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.0.retain(keep);
    }

    /// The same findings, each at the column of what its message quotes, where its line has that and no column was known.
    ///
    /// `line` gives a line of a file, both as a place names them.
    #[must_use]
    pub fn with_columns(&self, mut line: impl FnMut(&str, usize) -> Option<String>) -> Self {
        let found = self.0.iter().cloned().map(|mut found| {
            if let Some(Place { file, line: Some(number), column: column @ None }) = &mut found.place
                && let Some(line) = line(file, *number)
                && let Some(quoted) = message::quoted(message::parts(&found.message).0, &line, 0)
            {
                *column = Some(line[..quoted.start].chars().count() + 1);
            }
            found
        });
        Self(found.collect())
    }

    /// How many there are of each severity, each finding counted once.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for diagnostic in self.sorted() {
            *match diagnostic.severity {
                Severity::Error => &mut counts.errors,
                Severity::Warning => &mut counts.warnings,
                Severity::Note => &mut counts.notes,
            } += 1;
        }
        counts
    }

    /// The findings in the order in which they are printed, each once.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut all: Vec<_> = self.0.iter().collect();
        all.sort();
        all.dedup();
        all
    }

    /// Whether these findings fail a build.
    #[must_use]
    pub fn fail(&self, deny_warnings: bool) -> bool {
        let limit = if deny_warnings { Severity::Warning } else { Severity::Error };
        self.0.iter().any(|diagnostic| diagnostic.severity >= limit)
    }
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        let (errors, warnings) = (counted(self.errors, "error"), counted(self.warnings, "warning"));
        write!(f, "{errors}, {warnings}, {}", counted(self.notes, "note"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_with_place_and_remedy() {
        let diagnostic = Diagnostic::new(Code::EditionMissing, "no English edition; add book/en/tts.md")
            .at(Place::file("book/zh/tts.md"));
        assert_eq!(
            diagnostic.to_string(),
            "note[edition-missing]: book/zh/tts.md: no English edition; add book/en/tts.md"
        );
    }

    #[test]
    fn terminal_escapes_are_harmless() {
        let diagnostic = Diagnostic::new(Code::StatusUnknown, "\u{1b}[31mred\nline");
        assert_eq!(diagnostic.to_string(), "warning[status-unknown]: \\u{1b}[31mred\\nline");
        let turned = Diagnostic::new(Code::StatusUnknown, "a\u{202e}b\u{2066}c\u{200f}");
        assert_eq!(turned.to_string(), "warning[status-unknown]: a\\u{202e}b\\u{2066}c\\u{200f}");
    }

    #[test]
    fn names_are_unique_and_kebab_case() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.iter().all(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn notes_never_fail_and_warnings_only_when_denied() {
        let mut all = Diagnostics::default();
        all.push(Diagnostic::new(Code::Undated, "x"));
        assert!(!all.fail(true));
        all.push(Diagnostic::new(Code::StatusUnknown, "x"));
        assert!(!all.fail(false) && all.fail(true));
        all.push(Diagnostic::new(Code::UrlForbidden, "x"));
        assert!(all.fail(false));
    }
}
