//! Findings as annotations of a workflow on GitHub.
//!
//! ```text
//! ::warning file=docs/book/a.md,line=3,title=link-dead::“b.md” leads nowhere: there is no book/b.md; correct the link
//! ```
//!
//! The form is that of GitHub's "Workflow commands for GitHub Actions", and the encoding that of its own toolkit: a
//! line break in a file name must not begin a command of its own.

use mdbook_bilingual_core::diagnostic::{Diagnostic, Diagnostics, Severity, harmless};

/// One line for each finding.
///
/// `in_repository` gives the path from the root of the repository, which is what GitHub knows, for a path from the
/// book's root.
#[must_use]
pub fn annotations(diagnostics: &Diagnostics, in_repository: impl Fn(&str) -> Option<String>) -> String {
    diagnostics.sorted().into_iter().map(|diagnostic| annotation(diagnostic, &in_repository)).collect()
}

fn annotation(diagnostic: &Diagnostic, in_repository: &impl Fn(&str) -> Option<String>) -> String {
    let command = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    if let Some(place) = diagnostic.place()
        && let Some(file) = in_repository(&place.file)
    {
        properties.push(format!("file={}", property(&file)));
        properties.extend(place.line.map(|line| format!("line={line}")));
        properties.extend(place.column.map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", property(diagnostic.code().name())));
    format!("::{command} {}::{}\n", properties.join(","), data(&diagnostic.message().to_string()))
}

/// The text of a command. Line breaks are GitHub's to decode; what else a terminal would obey is harmless, since logs are
/// read in terminals, too.
fn data(text: &str) -> String {
    harmless(&encoded(text)).into_owned()
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn encoded(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use mdbook_bilingual_core::diagnostic::{Code, Message, Place};

    use super::*;

    #[test]
    fn what_means_something_to_github_is_encoded() {
        let mut all = Diagnostics::default();
        let place = Place::at("a:b,c%\nd.md", 3, 7);
        all.push(Diagnostic::new(Code::LinkDead, Message::new("100% “a\r\n::error::b”, c: d", "e")).at(place));
        all.push(Diagnostic::new(Code::UrlForbidden, "x").at(Place::file("../up.md")));
        all.push(Diagnostic::new(Code::Undated, "x\u{1b}[31m").at(Place::file("out.md")));
        let told = annotations(&all, |file| match file {
            "out.md" => None,
            file => Some(file.strip_prefix("../").map_or_else(|| format!("docs/{file}"), str::to_owned)),
        });
        assert_eq!(
            told,
            "::notice title=undated::x\\u{1b}[31m\n\
             ::warning file=docs/a%3Ab%2Cc%25%0Ad.md,line=3,col=7,title=link-dead::100%25 “a%0D%0A::error::b”, c: d; e\n\
             ::error file=up.md,title=url-forbidden::x\n"
        );
    }
}
