//! Dollars of a shell, of a makefile or of a workflow, which are none of a formula.
//!
//! ```text
//! ${HOME}/${USER}     $(pwd)/${NAME}     ${x}+${y}     ${{ github.ref }}-${{ github.sha }}     $?/$!
//! ```
//!
//! Formulas begin with brackets as well: `$(x+1)$`, `${x}$`, `${QK}^T$`. So a single dollar says little, and what counts
//! is both: between two dollars that each have a variable behind them there is no formula, and a dollar with a variable
//! in braces behind it ends none at all.

use std::ops::Range;

use crate::text::east_asian::is_cjk;

/// The longest variable or command that is looked for, in bytes.
const LONGEST: usize = 200;

/// What can follow the name of a variable in braces: `${name:-x}`, `${name%.*}`, `${name[0]}`.
const BEHIND_A_NAME: &[char] = &[':', '-', '=', '+', '?', '#', '%', '/', '^', ',', '@', '['];

/// Signs that are variables of a shell by themselves.
const SPECIAL: &[char] = &['?', '!', '#', '@', '*'];

/// A variable or a command of a shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Expansion {
    /// How long it is, in bytes.
    length: usize,
    /// Whether it stands in braces, and not in parentheses.
    in_braces: bool,
    /// Whether its name is a word, and not one letter.
    is_word: bool,
}

/// The variable or command at the beginning of what follows a dollar.
pub(super) fn expansion(behind: &str) -> Option<Expansion> {
    let (open, close) = match behind.bytes().next()? {
        b'{' => ('{', '}'),
        b'(' => ('(', ')'),
        _ => return None,
    };
    let mut depth = 0_usize;
    let end = behind.bytes().take(LONGEST).position(|byte| {
        depth += usize::from(byte == open as u8);
        depth -= usize::from(byte == close as u8);
        depth == 0
    })?;
    let inside = &behind[1..end];
    if inside.contains(['\\', '\n']) || !inside.is_ascii() {
        return None;
    }
    let is_word = if open == '{' { variable(inside)? } else { command(inside).then_some(true)? };
    Some(Expansion { length: end + 1, in_braces: open == '{', is_word })
}

/// Whether this is what stands in `${…}`, and then, whether its name is a word.
fn variable(inside: &str) -> Option<bool> {
    if let Some(expression) = inside.strip_prefix('{').and_then(|inside| inside.strip_suffix('}')) {
        // An expression of a workflow: `${{ secrets.TOKEN }}`.
        let words = expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let is_one = expression.starts_with(' ') && expression.ends_with(' ') || expression.contains('.');
        return (is_one && words.into_iter().any(|word| word.len() > 1)).then_some(true);
    }
    if matches!(inside, "@" | "*" | "#" | "?" | "!" | "-" | "$") {
        return Some(true);
    }
    let named = inside.strip_prefix(['#', '!']).unwrap_or(inside);
    let length = named.find(|c: char| !c.is_ascii_alphanumeric() && !"_.".contains(c)).unwrap_or(named.len());
    let (name, behind) = named.split_at(length);
    // `x_1` is a formula more often than a variable; whether it is one here shows at the other dollar.
    (!name.is_empty() && (behind.is_empty() || behind.starts_with(BEHIND_A_NAME))).then_some(name.len() > 1)
}

/// Whether this is what stands in `$(…)`: a command with its arguments, or a sum.
fn command(inside: &str) -> bool {
    if let Some(sum) = inside.strip_prefix('(') {
        return sum.ends_with(')');
    }
    let word = inside.split(' ').next().unwrap_or_default();
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_alphabetic() || "_./~".contains(c))
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "_./~-".contains(c))
}

/// Whether two dollars are those of a shell: the range is from one to the other, and `tex` what is between them.
pub(super) fn is_between(text: &str, range: &Range<usize>, tex: &str) -> bool {
    let behind = &text[range.end..];
    let opens = expansion(&text[range.start + 1..]);
    if let Some(closes) = expansion(behind) {
        // A name in capitals, or something that joins it to what follows: `$HOME/$(date)`.
        let is_joined = tex.ends_with(['/', '-', ':', '.', '=', '_', ',', '@', '+', '"', '\'']);
        return closes.in_braces || opens.is_some() || is_joined;
    }
    if let Some(opens) = opens.filter(|opens| opens.is_word && opens.length <= tex.len()) {
        let rest = &tex[opens.length..];
        let path = rest.strip_prefix('/').unwrap_or_default();
        return rest.contains(is_cjk) || path.bytes().take_while(u8::is_ascii_lowercase).count() > 1;
    }
    tex.len() > 1 && tex.starts_with(SPECIAL) && (behind.starts_with(SPECIAL) || tex.contains(is_cjk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_expands() {
        for (text, is_one) in [
            ("{HOME}/x", true),
            ("{x}", true),
            ("{A:-b}", true),
            ("{arr[@]}", true),
            ("{#arr[@]}", true),
            ("{1}", true),
            ("{{ github.ref }}", true),
            ("{{a}}_b", false),
            ("{\\alpha}", false),
            ("{x^2}", true),
            ("{a b}", false),
            ("{中}", false),
            ("{x", false),
            ("(pwd)", true),
            ("(date +%F)", true),
            ("((1 + 2))", true),
            ("(x)", false),
            ("(a, b)", false),
            ("(x+1)", false),
            ("(见上)", false),
            ("x", false),
            ("", false),
        ] {
            assert_eq!(expansion(text).is_some(), is_one, "{text}");
        }
    }
}
