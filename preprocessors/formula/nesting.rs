//! How deep a formula goes: the engine calls itself for each level, and so does a browser.

use crate::formula::tokens::{TexToken, TokenKind, behind_space};

/// How many arguments a command of the engine takes that it may read without braces: `\sqrt\sqrt x` is two levels.
/// An argument that is never formula, such as a colour's name, is in braces and counts like a group.
fn arguments(token: &TexToken<'_>) -> usize {
    match token.kind {
        TokenKind::Character if matches!(token.text, "_" | "^") => 1,
        TokenKind::Command => {
            let name = &token.text[1..];
            match name {
                "frac" | "dfrac" | "tfrac" | "cfrac" | "binom" | "dbinom" | "tbinom" | "overset" | "stackrel"
                | "underset" | "textcolor" | "colorbox" | "enclose" | "raisebox" => 2,
                "prescript" | "sideset" | "fcolorbox" => 3,
                "mathchoice" => 4,
                "genfrac" => 6,
                _ if ONE.contains(&name) => 1,
                _ if name.starts_with('x') && (name.contains("arrow") || name.contains("harpoon")) => 1,
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Whether brackets behind a command are an argument that can be left out, as in `\sqrt[3]{x}` and unlike `\hat[`.
fn takes_brackets(token: &TexToken<'_>) -> bool {
    let name = token.text.trim_start_matches('\\');
    token.kind == TokenKind::Command
        && (matches!(name, "sqrt" | "cramped" | "cfrac" | "overbracket" | "underbracket" | "cancel" | "bcancel")
            || name.starts_with('x') && arguments(token) == 1)
}

/// The commands with one argument, but for the arrows.
#[rustfmt::skip]
const ONE: &[&str] = &[
    "Bbb", "Big", "Bigg", "Biggl", "Biggm", "Biggr", "Bigl", "Bigm", "Bigr", "Bra", "Ket", "Overrightarrow", "acute", "angl",
    "bar", "bbox", "bcancel", "big", "bigg", "biggl", "biggm", "biggr", "bigl", "bigm", "bigr", "bm", "bold", "boldsymbol", "boxed", "bra",
    "braket", "breve", "cancel", "check", "cramped", "crampedllap", "crampedrlap", "ddddot", "dddot", "ddot", "dot", "emph", "fbox", "frak", "grave", "hat",
    "hphantom", "ket", "llap", "mathbb", "mathbf", "mathbin", "mathcal", "mathclose", "mathfrak", "mathinner", "mathit", "mathllap",
    "mathop", "mathopen", "mathord", "mathpunct", "mathrel", "mathring", "mathrlap", "mathrm", "mathscr", "mathsf", "mathtt",
    "not", "operatorname", "operatorname*", "operatornamewithlimits", "overbrace", "overbracket", "overgroup",
    "overleftarrow", "overleftharpoon", "overleftrightarrow", "overline", "overparen", "overrightarrow",
    "overrightharpoon", "phantom", "pmod", "rlap", "slashed", "sqrt", "substack", "symbf", "text", "textbf", "textit", "textllap", "textrlap",
    "textrm", "textsc", "textsf", "texttt", "tilde", "underbar", "underbrace", "underbracket", "undergroup",
    "underleftarrow", "underleftrightarrow", "underline", "underparen", "underrightarrow", "utilde", "vec",
    "vertoverlay", "vphantom", "widecheck", "widehat", "widetilde", "xcancel", "xlongequal", "xmapsto", "xtofrom",
];

/// Whether a command changes all that follows it in its group, which the engine reads as one level more.
pub(super) fn is_switch(command: &str) -> bool {
    matches!(
        command,
        "\\color"
            | "\\displaystyle"
            | "\\textstyle"
            | "\\scriptstyle"
            | "\\scriptscriptstyle"
            | "\\bf"
            | "\\cal"
            | "\\it"
            | "\\rm"
            | "\\sf"
            | "\\tt"
    )
}

/// How many scripts an operator can have: one below, one above.
const MOST_SCRIPTS: usize = 2;

fn is_limits(command: &str) -> bool {
    matches!(command, "\\limits" | "\\nolimits" | "\\displaylimits")
}

/// What is known of a token as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Loose {
    /// How many arguments without braces begin at it, one in another.
    pub(super) depth: usize,
    /// Whether it begins an argument itself.
    pub(super) is_argument: bool,
    /// Whether that command takes more than one.
    pub(super) is_of_several: bool,
    /// In which style the argument is set.
    pub(super) set: Set,
    /// The position behind it and its arguments.
    pub(super) end: usize,
}

/// In which style an argument is set, compared with what it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Set {
    /// The same.
    #[default]
    Alike,
    /// As a part of a fraction: one smaller.
    Fraction,
    /// As a script.
    Script,
}

/// How a command sets one of its arguments.
fn set(token: &TexToken<'_>, argument: usize) -> Set {
    match token.text.trim_start_matches('\\') {
        "frac" | "dfrac" | "cfrac" | "binom" | "dbinom" => Set::Fraction,
        "_" | "^" | "tfrac" | "tbinom" | "substack" => Set::Script,
        "overset" | "underset" | "stackrel" if argument == 0 => Set::Script,
        name if name.starts_with('x') && (name.contains("arrow") || name.contains("harpoon")) => Set::Script,
        _ => Set::Alike,
    }
}

/// The `[` of an argument that can be left out: `\sqrt[3]{x}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Bracket {
    /// The position of its `]`, where it has one.
    pub(super) close: Option<usize>,
    /// The position of the first `&` or `\\` before that, which ends a cell and stands in no other bracket.
    pub(super) cell_end: Option<usize>,
}

/// For each token, what is known of it as such a bracket.
///
/// As the engine reads them, they can stand in each other, and end neither braces nor what `\begin` and `\left` open.
pub(super) fn brackets(tokens: &[TexToken<'_>]) -> Vec<Bracket> {
    let mut brackets = vec![Bracket::default(); tokens.len()];
    // What is open: the position of a bracket, or none for braces and their like.
    let mut open: Vec<Option<usize>> = Vec::new();
    let mut before: Option<&TexToken<'_>> = None;
    for (position, token) in tokens.iter().enumerate() {
        let is_delimiter = before.is_some_and(|token| matches!(token.text, "\\left" | "\\middle" | "\\right"));
        match token.text {
            "[" if before.is_some_and(takes_brackets) => open.push(Some(position)),
            "]" if !is_delimiter => {
                if let Some(bracket) = open.pop_if(|open| open.is_some()).flatten() {
                    brackets[bracket].close = Some(position);
                }
            }
            "{" | "\\begin" | "\\left" => open.push(None),
            "}" | "\\end" | "\\right" => while open.pop().is_some_and(|open| open.is_some()) {},
            "&" | "\\\\" | "\\newline" | "\\cr" => {
                if let Some(bracket) = open.last().copied().flatten() {
                    brackets[bracket].cell_end.get_or_insert(position);
                }
            }
            _ => {}
        }
        if token.kind != TokenKind::Space {
            before = Some(token);
        }
    }
    brackets
}

/// For each token, what is known of it as an argument. `partners` are those of the tokens.
pub(super) fn loose(tokens: &[TexToken<'_>], partners: &[usize], brackets: &[Bracket]) -> Vec<Loose> {
    let mut depths = vec![0; tokens.len()];
    let mut arguments_at = vec![(false, false, Set::Alike); tokens.len()];
    let mut ends = vec![0; tokens.len()];
    for position in (0..tokens.len()).rev() {
        let mut end = partners[position] + 1;
        let mut depth = 0;
        let number = arguments(&tokens[position]);
        for argument in 0..number {
            let mut next = behind_space(tokens, end);
            // An optional argument, as of `\sqrt[3]{x}`: its brackets are counted with what stands in them.
            if let Some(close) = brackets.get(next).and_then(|bracket| bracket.close) {
                next = behind_space(tokens, close + 1);
            }
            if next >= tokens.len() {
                break;
            }
            arguments_at[next] = (true, number > 1, set(&tokens[position], argument));
            depth = depth.max(1 + depths[next]);
            end = ends[next];
        }
        // The engine reads what stands below and above an operator together with it, even where TeX would not.
        if tokens[position].kind == TokenKind::Command {
            for _ in 0..MOST_SCRIPTS {
                let mut next = behind_space(tokens, end);
                if tokens.get(next).is_some_and(|token| is_limits(token.text)) {
                    next = behind_space(tokens, next + 1);
                }
                if tokens.get(next).is_none_or(|token| !matches!(token.text, "_" | "^")) {
                    break;
                }
                depth = depth.max(depths[next]);
                end = ends[next];
            }
        }
        // What lies in braces is a group, and counted as one.
        (depths[position], ends[position]) = (depth, end);
    }
    depths
        .into_iter()
        .zip(arguments_at)
        .zip(ends)
        .map(|((depth, (is_argument, is_of_several, set)), end)| Loose { depth, is_argument, is_of_several, set, end })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::tokens::{partners, tokens};

    fn deepest(tex: &str) -> usize {
        let tokens = tokens(tex);
        let partners = partners(&tokens).unwrap();
        loose(&tokens, &partners, &brackets(&tokens)).into_iter().map(|loose| loose.depth).max().unwrap_or(0)
    }

    #[test]
    fn arguments_without_braces_are_levels() {
        assert_eq!(deepest(r"a + b"), 0);
        assert_eq!(deepest(r"\hat\theta + \hat\pi"), 1);
        assert_eq!(deepest(r"\hat\theta_i"), 2);
        assert_eq!(deepest(r"\sqrt\sqrt\sqrt x"), 3);
        assert_eq!(deepest(r"\frac1\frac1\frac1 x"), 3);
        assert_eq!(deepest(r"\frac{1}\frac{1} x"), 2);
        assert_eq!(deepest(r"\sqrt[3]\sqrt[3] x"), 2);
        assert_eq!(deepest(r"\hat a\hat b\hat c"), 1);
        assert_eq!(deepest(r"x_\frac12"), 2);
        assert_eq!(deepest(r"\sqrt\sum\limits_\sqrt\sum^\sqrt x"), 5);
    }

    #[test]
    fn a_long_chain_takes_linear_time() {
        assert_eq!(deepest(&r"\sqrt".repeat(20_000)), 19_999);
        deepest(&r"\genfrac[".repeat(5_000));
        deepest(&r"\sqrt[".repeat(5_000));
    }
}
