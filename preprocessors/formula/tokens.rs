//! A formula's tokens, and its groups.

use crate::formula::FormulaError;
use crate::formula::error::Said;

/// A token of TeX.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TexToken<'a> {
    /// What it is.
    pub(super) kind: TokenKind,
    /// As it is written; of white space only one space.
    pub(super) text: &'a str,
    /// Where it stands in the formula, in bytes; for what a macro stands for, where the macro stands.
    pub(super) at: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `\name`, or a backslash and one other character.
    Command,
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// White space of any length.
    Space,
    /// `#1` to `#9`: the number.
    Parameter(u8),
    /// Any other character.
    Character,
}

/// The commands whose names can end in a star; for all others it is a character of its own, as in `\theta*x`.
const STARRED: &[&str] = &["\\operatorname", "\\tag", "\\hspace", "\\vspace"];

/// The tokens of a text, without its comments.
pub(super) fn tokens(text: &str) -> Vec<TexToken<'_>> {
    read(text, |_| {})
}

/// The first `%` that begins a comment where its author most likely wrote a sign: behind a digit, or in a formula of
/// one line, which would lose what stands behind it.
pub(super) fn sign(text: &str) -> Option<usize> {
    let has_lines = text.trim().contains('\n');
    let mut found = None;
    if text.contains('%') {
        read(text, |at| {
            if !has_lines || text[..at].ends_with(|c: char| c.is_numeric()) {
                found.get_or_insert(at);
            }
        });
    }
    found
}

/// Reads the tokens of a text; says where each comment begins.
fn read(text: &str, mut comment: impl FnMut(usize)) -> Vec<TexToken<'_>> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length_while =
            |matches: fn(char) -> bool| rest[1..].find(|c| !matches(c)).map_or(rest.len(), |end| end + 1);
        let (kind, length) = match first {
            '%' => {
                comment(at);
                // A comment takes the line break along, and the indentation of the next line.
                let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
                at += line + rest[line..].len() - rest[line..].trim_start_matches([' ', '\t']).len();
                continue;
            }
            '\\' => {
                let letters = length_while(|c| c.is_ascii_alphabetic());
                let name = &rest[..letters];
                if let Some(kind) = group_word(name) {
                    tokens.push(TexToken { kind, text: if kind == TokenKind::Open { "{" } else { "}" }, at });
                    at += letters;
                    continue;
                }
                if name == "\\verb"
                    && let Some(length) = verbatim(rest, at, &mut tokens)
                {
                    at += length;
                    continue;
                }
                let length = match rest[1..].chars().next() {
                    _ if letters > 1 && rest[letters..].starts_with('*') && STARRED.contains(&name) => letters + 1,
                    _ if letters > 1 => letters,
                    Some(symbol) => 1 + symbol.len_utf8(),
                    None => 1,
                };
                (TokenKind::Command, length)
            }
            '{' => (TokenKind::Open, 1),
            '}' => (TokenKind::Close, 1),
            '#' => match rest[1..].bytes().next() {
                Some(digit @ b'1'..=b'9') => (TokenKind::Parameter(digit - b'0'), 2),
                _ => (TokenKind::Character, 1),
            },
            c if c.is_ascii_whitespace() => {
                tokens.push(TexToken { kind: TokenKind::Space, text: " ", at });
                at += length_while(|c| c.is_ascii_whitespace());
                continue;
            }
            c => (TokenKind::Character, c.len_utf8()),
        };
        tokens.push(TexToken { kind, text: &rest[..length], at });
        at += length;
    }
    tokens
}

/// The commands that are other words for braces.
fn group_word(name: &str) -> Option<TokenKind> {
    match name {
        "\\bgroup" | "\\begingroup" => Some(TokenKind::Open),
        "\\egroup" | "\\endgroup" => Some(TokenKind::Close),
        _ => None,
    }
}

/// Reads `\verb|a_b|` as `\texttt{a_b}` in which nothing is a command or a group, and gives its length.
fn verbatim<'a>(rest: &'a str, at: usize, tokens: &mut Vec<TexToken<'a>>) -> Option<usize> {
    let begins = "\\verb".len() + usize::from(rest["\\verb".len()..].starts_with('*'));
    let mark = rest[begins..].chars().next().filter(|c| !c.is_alphanumeric() && !c.is_whitespace())?;
    let inside = begins + mark.len_utf8();
    let length = rest[inside..].find([mark, '\n']).filter(|end| rest[inside + end..].starts_with(mark))?;
    tokens.push(TexToken { kind: TokenKind::Command, text: "\\texttt", at });
    tokens.push(TexToken { kind: TokenKind::Open, text: "{", at });
    for (offset, c) in rest[inside..inside + length].char_indices() {
        let from = inside + offset;
        let (kind, text) =
            if c == ' ' { (TokenKind::Space, " ") } else { (TokenKind::Character, &rest[from..from + c.len_utf8()]) };
        tokens.push(TexToken { kind, text, at: at + from });
    }
    let end = inside + length;
    tokens.push(TexToken { kind: TokenKind::Close, text: "}", at: at + end });
    Some(end + mark.len_utf8())
}

/// For each token that opens a group, the position of the one that closes it; for every other token its own position.
///
/// # Errors
/// When a brace has no partner.
pub(super) fn partners(tokens: &[TexToken<'_>]) -> Result<Vec<usize>, FormulaError> {
    let mut partners: Vec<usize> = (0..tokens.len()).collect();
    let mut open = Vec::new();
    for (position, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open => open.push(position),
            TokenKind::Close => match open.pop() {
                Some(opening) => partners[opening] = position,
                None => {
                    return Err(FormulaError::new(
                        Said::new("this `}` closes nothing", "take it out, or write `\\}` for a brace"),
                        token.at,
                    ));
                }
            },
            _ => {}
        }
    }
    match open.first() {
        Some(opening) => {
            let at = tokens[*opening].at;
            Err(FormulaError::new(Said::new("this `{` is never closed", "add a `}`, or write `\\{` for a brace"), at))
        }
        None => Ok(partners),
    }
}

/// The position of the first token from here on that is not white space.
pub(super) fn behind_space(tokens: &[TexToken<'_>], from: usize) -> usize {
    from + tokens[from.min(tokens.len())..].iter().take_while(|token| token.kind == TokenKind::Space).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn a_formula_falls_into_tokens() {
        assert_eq!(texts(r"\frac{a}b"), [r"\frac", "{", "a", "}", "b"]);
        assert_eq!(texts("a \n\t b"), ["a", " ", "b"]);
        assert_eq!(texts(r"\\[4pt]\{显"), [r"\\", "[", "4", "p", "t", "]", r"\{", "显"]);
        assert_eq!(texts(r"\theta*x\operatorname*{a}"), [r"\theta", "*", "x", r"\operatorname*", "{", "a", "}"]);
        assert_eq!(texts("a% {comment\n  b\\%"), ["a", "b", "\\%"]);
        assert_eq!(texts("#1#0\\"), ["#1", "#", "0", "\\"]);
        assert_eq!(tokens("显x")[1].at, 3);
        assert_eq!(texts(r"\bgroup a\egroup"), ["{", " ", "a", "}"]);
        assert_eq!(texts(r"\verb|a{\%|b"), [r"\texttt", "{", "a", "{", "\\", "%", "}", "b"]);
        assert_eq!(texts(r"\verb|a"), [r"\verb", "|", "a"]);
    }

    #[test]
    fn braces_have_partners() {
        assert_eq!(partners(&tokens("{a{b}}")).unwrap(), [5, 1, 4, 3, 4, 5]);
        assert_eq!(partners(&tokens("a}b")).unwrap_err().at, 1);
        assert_eq!(partners(&tokens("a{b{c}")).unwrap_err().at, 1);
        assert!(partners(&tokens(r"\{")).is_ok());
    }
}
