//! Findings for people: what is wrong, the line that it is about, and what to do.
//!
//! ```text
//! warning[link-dead]: “b.md” leads nowhere: there is no book/b.md
//!  --> book/a.md:3
//!   |
//! 3 | See [the other note](b.md).
//!   |                      ^^^^
//!   |
//!   = help: correct the link
//! ```
//!
//! What is underlined are the bytes of the place; where they are not known, the word at its column, else the line.

use std::ops::Range;
use std::rc::Rc;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet};

use mdbook_bilingual_core::diagnostic::{Diagnostic, Diagnostics, Place, Severity, Source, harmless};

/// How much of a long line is shown, in columns of a terminal.
const WIDTH: usize = 110;

/// How much of that stands before what is underlined.
const BEFORE: usize = 40;

/// All findings, each followed by a blank line, and how many there are.
///
/// `source_of` gives the text of a file as a place names it.
#[must_use]
pub fn report(
    diagnostics: &Diagnostics,
    styled: bool,
    mut source_of: impl FnMut(&str) -> Option<Rc<Source>>,
) -> String {
    let renderer = if styled { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let mut out = String::new();
    for diagnostic in diagnostics.sorted() {
        let source = diagnostic.place().and_then(|place| source_of(&place.file));
        out.push_str(&one(diagnostic, source.as_deref(), &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&format!("{}\n", diagnostics.counts()));
    out
}

fn one(diagnostic: &Diagnostic, source: Option<&Source>, renderer: &Renderer) -> String {
    let message = diagnostic.message();
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut has_snippet = false;
    let mut group = Group::with_title(level.primary_title(harmless(&message.what)).id(diagnostic.code().name()));
    if let Some(place) = diagnostic.place() {
        let region = source.and_then(|source| source.region(place));
        let number = region.map(|region| region.line).or(place.line);
        let mut origin = Origin::path(harmless(&place.file));
        if let Some(number) = number {
            origin = origin.line(number);
        }
        if let Some(column) = region.map(|region| region.column).or(place.column) {
            origin = origin.char_column(column);
        }
        group = group.element(origin);
        if let (Some(number), Some(source)) = (number, source)
            && let Some(line) = source.line(number)
            && let Some((shown, marked)) = shown(line, mark(line, place, source))
        {
            let snippet = Snippet::source(shown).line_start(number);
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(marked)));
            has_snippet = true;
        }
    }
    if let Some(remedy) = &message.remedy {
        if has_snippet {
            group = group.element(Padding);
        }
        group = group.element(Level::HELP.message(harmless(remedy)));
    }
    let rendered = renderer.render(&[group]);
    // We say the position ourselves, since the line may be cut and changed; the renderer then takes the snippet for
    // one of a second file, and gives that a line of its own. No text of a note makes such a line: those have a number.
    let is_place = diagnostic.place().is_some();
    let lines = rendered.split('\n').filter(|line| !has_snippet || unstyled(line).trim() != ":::");
    // Where there is no place, there is nothing for an empty line of a snippet to lead to.
    let lines = lines.filter(|line| is_place || unstyled(line).trim() != "|");
    lines.collect::<Vec<_>>().join("\n")
}

/// A line without the colours of the renderer.
fn unstyled(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default();
    parts.fold(first.to_owned(), |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

/// The bytes of a line that a finding is about: what is on it of the place.
fn mark(line: &str, place: &Place, source: &Source) -> Range<usize> {
    if let Some(region) = source.region(place) {
        let Range { start, end } = source.in_line(&region);
        let end = if region.end_line == region.line { end } else { line.trim_end().len() };
        return start..end.max(start);
    }
    let offset = |column: usize| line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
    let from = place.column.map(offset);
    let start = from.unwrap_or(0);
    let rest = line[start..].trim_end();
    let also = if rest.starts_with("http") { "-_./:?=&#%~+@" } else { "-_." };
    let word = rest.find(|c: char| !(c.is_alphanumeric() || also.contains(c))).unwrap_or(rest.len());
    match from {
        Some(_) if word > 0 => start..start + word,
        _ => start + (rest.len() - rest.trim_start().len())..start + rest.len(),
    }
}

/// A line as it is shown, and the bytes to underline in it: no longer than a terminal is wide, tabs made spaces, and
/// harmless. `None` for a line on which there is nothing.
fn shown(line: &str, marked: Range<usize>) -> Option<(String, Range<usize>)> {
    if line.trim().is_empty() {
        return None;
    }
    // Only what can be seen is looked at: one line may be a megabyte long.
    let mut first = marked.start;
    let mut columns = 0;
    for (at, c) in line[..marked.start].char_indices().rev() {
        columns += width(c);
        if columns > BEFORE {
            break;
        }
        first = at;
    }
    let (mut out, mut columns) = (String::new(), 0);
    let (mut start, mut end) = (None, None);
    if first > 0 {
        out.push('…');
    }
    for (at, c) in line[first..].char_indices().map(|(at, c)| (first + at, c)) {
        if at >= marked.start && start.is_none() {
            start = Some(out.len());
        }
        if at >= marked.end && end.is_none() {
            end = Some(out.len());
        }
        columns += width(c);
        if columns > WIDTH {
            end = end.or(Some(out.len()));
            out.push('…');
            break;
        }
        match c {
            '\t' => out.push_str("    "),
            c => out.push_str(&harmless(c.encode_utf8(&mut [0; 4]))),
        }
    }
    let start = start.unwrap_or(out.len());
    let end = end.unwrap_or(out.len()).max(start);
    Some((out, start..end))
}

/// About how many columns a character takes; what is not Latin takes two at most.
fn width(c: char) -> usize {
    match c {
        '\t' => 4,
        c if c.is_ascii_graphic() || c == ' ' => 1,
        c if mdbook_bilingual_core::diagnostic::is_harmful(c) => 8,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mdbook_bilingual_core::diagnostic::{Code, Message};

    /// The source of a file with this third line.
    fn third(line: &str) -> Rc<Source> {
        Rc::new(Source::new(format!("\n\n{line}")))
    }

    /// The place of something on that line.
    fn place_of(wanted: &str, line: &str) -> Place {
        let start = 2 + line.find(wanted).unwrap();
        Place::line("book/a.md", 3).spanning(start..start + wanted.len())
    }

    fn told(code: Code, message: impl Into<Message>, place: Option<Place>, line: &str) -> String {
        let diagnostic = Diagnostic::new(code, message);
        let diagnostic = place.into_iter().fold(diagnostic, Diagnostic::at);
        let mut all = Diagnostics::default();
        all.push(diagnostic);
        let source = third(line);
        report(&all, false, |_| Some(Rc::clone(&source)))
    }

    #[test]
    fn the_line_is_shown_with_what_the_finding_is_about() {
        let line = "看这篇\t[the other](b.md) x";
        let told = told(
            Code::LinkDead,
            Message::new("“b.md” leads nowhere: there is no book/b.md", "correct the link"),
            Some(place_of("b.md", line)),
            line,
        );
        snapbox::assert_data_eq!(
            told,
            snapbox::str![[r#"
warning[link-dead]: “b.md” leads nowhere: there is no book/b.md
 --> book/a.md:3:17
  |
3 | 看这篇    [the other](b.md) x
  |                       ^^^^
  |
  = help: correct the link

0 errors, 1 warning, 0 notes

"#]]
        );
    }

    #[test]
    fn places_without_a_line_and_findings_without_a_place() {
        let file =
            told(Code::EditionMissing, Message::new("no English edition", "add b.md"), Some(Place::file("a.md")), "");
        snapbox::assert_data_eq!(
            file,
            snapbox::str![[r#"
note[edition-missing]: no English edition
--> a.md
 = help: add b.md

0 errors, 0 warnings, 1 note

"#]]
        );
        let gone = told(
            Code::UrlForbidden,
            Message::new("`date`: bad", "write it as 2025-08-31"),
            Some(Place::at("a.md", 9, 7)),
            "",
        );
        snapbox::assert_data_eq!(
            gone,
            snapbox::str![[r#"
error[url-forbidden]: `date`: bad
--> a.md:9:7
 = help: write it as 2025-08-31

1 error, 0 warnings, 0 notes

"#]]
        );
        let book = told(Code::HostVersion, Message::new("this is mdBook 9", "look for a newer one"), None, "");
        snapbox::assert_data_eq!(
            book,
            snapbox::str![[r#"
warning[host-version]: this is mdBook 9
 = help: look for a newer one

0 errors, 1 warning, 0 notes

"#]]
        );
    }

    #[test]
    fn text_of_notes_is_harmless_and_long_lines_are_cut() {
        let line = format!("x: \u{1b}]8;;evil\u{7}“soon”\u{202e}{}", "长".repeat(1_000_000));
        let place = Place { file: "a\u{1b}[2J\n.md".to_owned(), ..place_of("soon", &line) };
        let told = told(
            Code::UrlForbidden,
            Message::new("“soon” is\u{1b}[31m not a date", "write it as 2025-08-31"),
            Some(place),
            &line,
        );
        assert!(told.chars().all(|c| c == '\n' || !mdbook_bilingual_core::diagnostic::is_harmful(c)), "{told:?}");
        assert!(told.len() < 2_000, "{}", told.len());
        snapbox::assert_data_eq!(
            told,
            snapbox::str![[r#"
error[url-forbidden]: “soon” is/u{1b}[31m not a date
 --> a/u{1b}[2J/n.md:3:15
  |
3 | x: /u{1b}]8;;evil/u{7}“soon”/u{202e}长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长…
  |                        ^^^^
  |
  = help: write it as 2025-08-31

1 error, 0 warnings, 0 notes

"#]]
        );
        let far = format!("{}“soon”{}", "a".repeat(500_000), "b".repeat(500_000));
        let told = self::told(Code::UrlForbidden, "“soon” is not a date", Some(place_of("soon", &far)), &far);
        snapbox::assert_data_eq!(
            told,
            snapbox::str![[r#"
error[url-forbidden]: “soon” is not a date
 --> book/a.md:3:500002
  |
3 | …aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa“soon”bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
  |                                         ^^^^

1 error, 0 warnings, 0 notes

"#]]
        );
    }

    #[test]
    fn colours_are_the_renderers_alone() {
        let mut all = Diagnostics::default();
        let place = Place::line("a.md", 3);
        all.push(Diagnostic::new(Code::LinkDead, Message::new("“b” leads nowhere", "correct it")).at(place));
        let source = |_: &str| Some(third("[b](b)\u{1b}[5m"));
        let (plain, styled) = (report(&all, false, source), report(&all, true, source));
        assert!(!plain.contains('\u{1b}') && styled.contains('\u{1b}') && !styled.contains("\u{1b}[5m"), "{styled}");
        assert_eq!(styled.split('\n').map(unstyled).collect::<Vec<_>>(), plain.split('\n').collect::<Vec<_>>());
    }

    proptest::proptest! {
        #[test]
        fn any_text_can_be_shown(line in "\\PC*|.*", message in ".*|“.*”.*", column in 1..200_usize, is_known: bool, bytes in proptest::option::of((0..9_usize, 0..300_usize))) {
            let place = Place { column: is_known.then_some(column), ..Place::line("a\u{1b}.md", 3) };
            let place = match bytes {
                Some((start, length)) => place.spanning(start..start + length),
                None => place,
            };
            let told = told(Code::LinkDead, message, Some(place), &line);
            proptest::prop_assert!(told.chars().all(|c| c == '\n' || !mdbook_bilingual_core::diagnostic::is_harmful(c)), "{told:?}");
        }
    }

    #[test]
    fn what_is_underlined() {
        let marked = |line: &str, place: &Place| line[mark(line, place, &third(line))].to_owned();
        let at = |column: usize| Place::at("a.md", 3, column);
        assert_eq!(marked("status: done, status", &at(9)), "done");
        assert_eq!(marked("date: 2025-02-30", &at(7)), "2025-02-30");
        assert_eq!(marked("  see [b](b.md)", &Place::line("a.md", 3)), "see [b](b.md)");
        assert_eq!(marked("# 标题", &at(1)), "# 标题");
        assert_eq!(marked("title: [x", &at(8)), "[x");
        assert_eq!(marked("zhihu: https://a.b/c?d=1, x", &at(8)), "https://a.b/c?d=1");
        assert_eq!(marked("短", &at(9)), "");
        assert_eq!(marked("", &Place::line("a.md", 3)), "");
        let line = "短 [x](x/a.md) [y](a.md)";
        assert_eq!(marked(line, &place_of("[x](x/a.md)", line)), "[x](x/a.md)");
        // Of several lines, what is on the first one.
        let long = Source::new("a $b\r\nc$ d".to_owned());
        assert_eq!(mark("a $b", &Place::line("a.md", 1).spanning(2..9), &long), 2..4);
    }
}
