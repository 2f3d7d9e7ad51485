//! The two halves of a message: `what is wrong; what to do`, and what it quotes.

use std::ops::Range;

/// Takes a message apart at its last semicolon that is in no quotation, no code and no parentheses.
///
/// ```text
/// “a; b” is not a status; choose from draft     →     “a; b” is not a status  +  choose from draft
/// this edition waits for its review             →     all of it
/// ```
pub(super) fn parts(message: &str) -> (&str, Option<&str>) {
    let Some(at) = semicolon(message) else { return (message, None) };
    let (what, remedy) = (&message[..at], &message[at + 2..]);
    if what.is_empty() || remedy.is_empty() { (message, None) } else { (what, Some(remedy)) }
}

fn semicolon(message: &str) -> Option<usize> {
    let (mut quoted, mut parentheses, mut code) = (0_usize, 0_usize, false);
    let mut last = None;
    for (at, c) in message.char_indices() {
        match c {
            '“' if !code => quoted += 1,
            '”' if !code => quoted = quoted.saturating_sub(1),
            '`' if quoted == 0 => code = !code,
            _ if quoted > 0 || code => {}
            '(' => parentheses += 1,
            ')' => parentheses = parentheses.saturating_sub(1),
            ';' if parentheses == 0 && message[at..].starts_with("; ") => last = Some(at),
            _ => {}
        }
    }
    // A title may hold half of a pair of quotation marks; then any semicolon has to do.
    let balanced = quoted == 0 && parentheses == 0 && !code;
    last.or_else(|| if balanced { None } else { message.rfind("; ") })
}

/// The bytes of what a message quotes, where a line has it from a position on.
pub fn quoted(message: &str, line: &str, from: usize) -> Option<Range<usize>> {
    quotations(message).find_map(|quoted| find(line, from, quoted))
}

/// Where a line says something, from a position on: alone if it can be, and not as a part of a longer name.
fn find(line: &str, from: usize, wanted: &str) -> Option<Range<usize>> {
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    let places = || line[from..].match_indices(wanted).map(|(at, _)| from + at..from + at + wanted.len());
    let is_alone =
        |place: &Range<usize>| !line[..place.start].ends_with(in_name) && !line[place.end..].starts_with(in_name);
    places().find(is_alone).or_else(|| places().next())
}

/// What a message quotes, in “quotation marks” or in `code`.
fn quotations(message: &str) -> impl Iterator<Item = &str> {
    message.char_indices().filter_map(move |(at, c)| {
        let close = match c {
            '“' => '”',
            '`' => '`',
            _ => return None,
        };
        let rest = &message[at + c.len_utf8()..];
        rest.find(close).map(|end| &rest[..end]).filter(|quoted| !quoted.trim().is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn what_is_wrong_and_what_to_do() {
        for (message, what, remedy) in [
            ("no English edition; add book/en/tts.md", "no English edition", Some("add book/en/tts.md")),
            ("this edition waits for its review", "this edition waits for its review", None),
            ("“a; b” is not a status; choose from draft", "“a; b” is not a status", Some("choose from draft")),
            ("“a; b” is odd", "“a; b” is odd", None),
            ("no `a; b`; write “c; d”", "no `a; b`", Some("write “c; d”")),
            ("it cannot be read (a; b); make it readable", "it cannot be read (a; b)", Some("make it readable")),
            ("a; b; c", "a; b", Some("c")),
            ("“x“ is odd; correct it", "“x“ is odd", Some("correct it")),
            ("“a` b” and “c` d” differ; choose; one", "“a` b” and “c` d” differ; choose", Some("one")),
            ("; x", "; x", None),
            ("", "", None),
        ] {
            assert_eq!(parts(message), (what, remedy), "{message}");
        }
    }
}
