//! Findings as annotations of a workflow on GitHub.
//!
//! ```text
//! ::warning file=docs/book/a.md,line=3,col=9,endLine=3,endColumn=12,title=link-dead::“b.md” leads nowhere: there is no book/b.md; correct the link
//! ```
//!
//! The form is that of GitHub's "Workflow commands for GitHub Actions", and the encoding that of its own toolkit: a
//! line break in a file name must not begin a command of its own. `endColumn` is the last column that belongs to it; GitHub
//! takes columns only where both are on one line.

use std::rc::Rc;

use mdbook_bilingual_core::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Source, harmless};

/// One line for each finding.
///
/// `in_repository` gives the path from the root of the repository, which is what GitHub knows, for a path from the
/// book's root; `source_of` the text of a file as a place names it.
#[must_use]
pub fn annotations(
    diagnostics: &Diagnostics,
    in_repository: impl Fn(&str) -> Option<String>,
    mut source_of: impl FnMut(&str) -> Option<Rc<Source>>,
) -> String {
    let sorted = diagnostics.sorted().into_iter();
    sorted.map(|diagnostic| annotation(diagnostic, &in_repository, &mut source_of)).collect()
}

fn annotation(
    diagnostic: &Diagnostic,
    in_repository: &impl Fn(&str) -> Option<String>,
    source_of: &mut impl FnMut(&str) -> Option<Rc<Source>>,
) -> String {
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
        properties.extend(position(place, source_of(&place.file).as_deref()));
    }
    properties.push(format!("title={}", property(diagnostic.code().name())));
    format!("::{command} {}::{}\n", properties.join(","), data(&diagnostic.message().to_string()))
}

/// The lines and columns of a place, as far as they are known.
fn position(place: &Place, source: Option<&Source>) -> Vec<String> {
    match source.and_then(|source| source.extent(place)) {
        Some(region) if region.line == region.end_line => vec![
            format!("line={}", region.line),
            format!("col={}", region.column),
            format!("endLine={}", region.end_line),
            format!("endColumn={}", region.end_column.saturating_sub(1).max(region.column)),
        ],
        Some(region) => vec![format!("line={}", region.line), format!("endLine={}", region.end_line)],
        None => {
            let line = place.line.map(|line| format!("line={line}"));
            line.into_iter().chain(place.column.map(|column| format!("col={column}"))).collect()
        }
    }
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
    use super::*;
    use mdbook_bilingual_core::diagnostic::{Code, Message};

    #[test]
    fn what_means_something_to_github_is_encoded() {
        let mut all = Diagnostics::default();
        let place = Place::at("a:b,c%\nd.md", 3, 7);
        all.push(Diagnostic::new(Code::LinkDead, Message::new("100% “a\r\n::error::b”, c: d", "e")).at(place));
        all.push(Diagnostic::new(Code::UrlForbidden, "x").at(Place::file("../up.md")));
        all.push(Diagnostic::new(Code::Undated, "x\u{1b}[31m").at(Place::file("out.md")));
        let in_repository = |file: &str| match file {
            "out.md" => None,
            file => Some(file.strip_prefix("../").map_or_else(|| format!("docs/{file}"), str::to_owned)),
        };
        let told = annotations(&all, in_repository, |_| None);
        assert_eq!(
            told,
            "::notice title=undated::x\\u{1b}[31m\n\
             ::warning file=docs/a%3Ab%2Cc%25%0Ad.md,line=3,col=7,title=link-dead::100%25 “a%0D%0A::error::b”, c: d; e\n\
             ::error file=up.md,title=url-forbidden::x\n"
        );
    }

    #[test]
    fn what_is_known_of_a_place_is_said() {
        let source = Source::new("看 [b](b.md) $x\ny$\n".to_owned());
        let said = |place: &Place| position(place, Some(&source)).join(",");
        let place = Place::line("a.md", 1);
        assert_eq!(said(&place), "line=1,col=1,endLine=1,endColumn=14");
        assert_eq!(said(&place.clone().spanning(8..12)), "line=1,col=7,endLine=1,endColumn=10");
        assert_eq!(said(&place.clone().spanning(14..19)), "line=1,endLine=2");
        assert_eq!(said(&place.spanning(8..8)), "line=1,col=7,endLine=1,endColumn=7");
    }
}
