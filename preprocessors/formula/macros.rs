//! The commands that stand for other TeX: the user's, and those of ours for what the engine does not know.
//!
//! They are replaced before the engine reads a formula, because its own macros cannot use one another, and because a
//! chain of macros that doubles itself has to end.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::formula::FormulaError;
use crate::formula::chemistry::reaction;
use crate::formula::error::Said;
use crate::formula::tokens::{TexToken, TokenKind, behind_space, partners, tokens};

/// How many macros one formula may use, those in macros included.
const MOST_USES: usize = 1_000;

/// How many tokens the macros of one formula may stand for.
const MOST_TOKENS: usize = 50_000;

/// Commands of MathJax, of KaTeX and of old TeX that the engine does not have, in terms of those that it has.
const OURS: &[(&str, &str)] = &[
    ("Braket", "\\left\\langle #1\\right\\rangle"),
    ("KaTeX", "\\text{KaTeX}"),
    ("LaTeX", "\\text{LaTeX}"),
    ("MoveEqLeft", ""),
    ("Set", "\\left\\{#1\\right\\}"),
    ("TeX", "\\text{TeX}"),
    ("Tiny", "\\tiny"),
    ("adjustlimits", ""),
    ("adots", "⋰"),
    ("allowbreak", ""),
    ("angln", "\\angl{n}"),
    ("bfseries", "\\bf"),
    ("cancelto", "{\\cancel{#2}}^{#1}"),
    ("centerdot", "\\cdot"),
    ("centernot", "\\not"),
    ("clap", "\\text{#1}"),
    ("class", "{#2}"),
    ("crampedclap", "{#1}"),
    ("cssId", "{#2}"),
    ("degree", "^{\\circ}"),
    ("displaylines", "\\begin{gathered}#1\\end{gathered}"),
    ("dotsb", "\\cdots"),
    ("dotsc", "\\ldots"),
    ("dotsi", "\\cdots"),
    ("dotsm", "\\cdots"),
    ("dotso", "\\ldots"),
    ("enskip", "\\enspace"),
    ("hbox", "\\text{#1}"),
    ("hfil", ""),
    ("hfill", ""),
    ("iddots", "⋰"),
    ("intop", "\\int"),
    ("itshape", "\\it"),
    ("lparen", "("),
    ("mathbbm", "\\mathbb{#1}"),
    ("mathbbmss", "\\mathbb{#1}"),
    ("mathbbold", "\\mathbb{#1}"),
    ("mathbfcal", "\\boldsymbol{\\mathcal{#1}}"),
    ("mathbfit", "\\boldsymbol{#1}"),
    ("mathbfsf", "\\boldsymbol{\\mathsf{#1}}"),
    ("mathclap", "{#1}"),
    ("mathdollar", "\\$"),
    ("mathds", "\\mathbb{#1}"),
    ("mathellipsis", "\\ldots"),
    ("mathmbox", "\\text{#1}"),
    ("mathnormal", "{#1}"),
    ("mathparagraph", "\\P"),
    ("mathsection", "\\S"),
    ("mathsfit", "\\mathsf{#1}"),
    ("mathunderscore", "\\_"),
    ("mathup", "\\mathrm{#1}"),
    ("mbox", "\\text{#1}"),
    ("mit", "\\it"),
    ("nobreak", ""),
    ("nobreakspace", "~"),
    ("nonscript", ""),
    ("nshortmid", "\\nmid"),
    ("nshortparallel", "\\nparallel"),
    ("null", ""),
    ("ordinarycolon", ":"),
    ("overarc", "\\overparen{#1}"),
    ("overlinesegment", "\\overline{#1}"),
    ("overunderset", "\\overset{#1}{\\underset{#2}{#3}}"),
    ("phase", "{\\angle\\underline{#1}}"),
    ("pmb", "\\boldsymbol{#1}"),
    ("pod", "\\quad(#1)"),
    ("relax", ""),
    ("rmfamily", "\\rm"),
    ("rparen", ")"),
    ("scr", "\\cal"),
    ("sdot", "\\cdot"),
    ("set", "\\{#1\\}"),
    ("sffamily", "\\sf"),
    ("shortmid", "\\mid"),
    ("shortparallel", "\\parallel"),
    ("shoveleft", "{#1}"),
    ("shoveright", "{#1}"),
    ("skew", "#2{#3}"),
    ("smallint", "\\int"),
    ("smallsetminus", "\\setminus"),
    ("smash", "{#1}"),
    ("smashoperator", "#1"),
    ("space", "\\ "),
    ("splitdfrac", "\\genfrac{}{}{0pt}{0}{#1}{#2}"),
    ("splitfrac", "\\genfrac{}{}{0pt}{1}{#1}{#2}"),
    ("strut", ""),
    ("symbb", "\\mathbb{#1}"),
    ("symbfit", "\\boldsymbol{#1}"),
    ("symcal", "\\mathcal{#1}"),
    ("symfrak", "\\mathfrak{#1}"),
    ("symit", "\\mathit{#1}"),
    ("symrm", "\\mathrm{#1}"),
    ("symscr", "\\mathscr{#1}"),
    ("symsf", "\\mathsf{#1}"),
    ("symtt", "\\mathtt{#1}"),
    ("textasciitilde", "\\sim"),
    ("textclap", "\\text{#1}"),
    ("textmd", "\\text{#1}"),
    ("textnormal", "\\text{#1}"),
    ("textsl", "\\textit{#1}"),
    ("textup", "\\text{#1}"),
    ("textvisiblespace", "␣"),
    ("thickapprox", "\\approx"),
    ("ttfamily", "\\tt"),
    ("underlinesegment", "\\underline{#1}"),
    ("underoverset", "\\underset{#1}{\\overset{#2}{#3}}"),
    ("varinjlim", "\\mathop{\\underrightarrow{\\lim}}"),
    ("varliminf", "\\mathop{\\underline{\\lim}}"),
    ("varlimsup", "\\mathop{\\overline{\\lim}}"),
    ("varprojlim", "\\mathop{\\underleftarrow{\\lim}}"),
    ("vcenter", "{#1}"),
];

/// The command for chemistry, whose argument is no TeX.
const CHEMISTRY: &str = "\\ce";

/// Those of ours that brackets can follow, which say nothing here: `\smash[b]{x}`.
const BRACKETED: &[&str] = &["\\smash"];

/// Commands that stand for other TeX.
#[derive(Debug)]
pub(super) struct Macros {
    macros: BTreeMap<String, Macro>,
}

/// A command that stands for other TeX.
#[derive(Debug)]
struct Macro {
    body: String,
    /// The tokens of the body: each one's kind, and where it stands in there.
    tokens: Vec<(TokenKind, Range<usize>)>,
    arguments: usize,
}

impl Macro {
    fn new(body: String) -> Self {
        let mut arguments = 0;
        let tokens = tokens(&body)
            .into_iter()
            .map(|token| {
                if let TokenKind::Parameter(number) = token.kind {
                    arguments = arguments.max(usize::from(number));
                }
                // A space stands for white space of any length.
                let length = if token.kind == TokenKind::Space { 0 } else { token.text.len() };
                (token.kind, token.at..token.at + length)
            })
            .collect();
        Self { tokens, body, arguments }
    }

    fn token(&self, kind: TokenKind, range: &Range<usize>, at: usize) -> TexToken<'_> {
        TexToken { kind, text: if kind == TokenKind::Space { " " } else { &self.body[range.clone()] }, at }
    }
}

impl Macros {
    /// Ours, and the user's: those come first.
    pub(super) fn new(own: &BTreeMap<String, String>) -> Self {
        let ours = OURS.iter().map(|(name, body)| ((*name).to_owned(), (*body).to_owned()));
        let all = ours.chain(own.iter().map(|(name, body)| (name.clone(), body.clone())));
        Self { macros: all.map(|(name, body)| (format!("\\{name}"), Macro::new(body))).collect() }
    }

    /// The user's alone, for whoever knows ours by itself.
    pub(super) fn only(own: &BTreeMap<String, String>) -> Self {
        Self { macros: own.iter().map(|(name, body)| (format!("\\{name}"), Macro::new(body.clone()))).collect() }
    }

    /// Whether a formula uses one of them.
    pub(super) fn are_in(&self, tex: &str) -> bool {
        !self.macros.is_empty()
            && tokens(tex).iter().any(|token| token.kind == TokenKind::Command && self.macros.contains_key(token.text))
    }

    /// The tokens of a formula, with what its macros stand for in their places.
    ///
    /// # Errors
    /// When a macro lacks an argument, or stands for too much.
    pub(super) fn expanded<'a>(&'a self, tex: &'a str) -> Result<Vec<TexToken<'a>>, FormulaError> {
        let mut rest = tokens(tex);
        partners(&rest)?;
        let known = |token: &TexToken<'_>| {
            token.kind == TokenKind::Command && (token.text == CHEMISTRY || self.macros.contains_key(token.text))
        };
        if !rest.iter().any(known) {
            return Ok(rest);
        }
        rest.reverse();
        let (mut uses, mut written) = (0, 0);
        let mut expanded = Vec::with_capacity(rest.len());
        while let Some(token) = rest.pop() {
            let Some(found) = (token.kind == TokenKind::Command).then(|| self.macros.get(token.text)).flatten() else {
                if token.kind == TokenKind::Command && token.text == CHEMISTRY {
                    // Macros in it are replaced as anywhere.
                    let contents = arguments(&mut rest, 1, token)?.remove(0);
                    let reaction = reaction(&contents, token.at);
                    written += reaction.len();
                    uses += 1;
                    rest.extend(reaction.into_iter().rev());
                    if uses > MOST_USES || written > MOST_TOKENS {
                        return Err(too_much(token));
                    }
                } else {
                    expanded.push(token);
                }
                continue;
            };
            let arguments = arguments(&mut rest, found.arguments, token)?;
            let before = rest.len();
            for (kind, range) in found.tokens.iter().rev() {
                match kind {
                    TokenKind::Parameter(number) => rest.extend(arguments[usize::from(*number) - 1].iter().rev()),
                    kind => rest.push(found.token(*kind, range, token.at)),
                }
                if rest.len() - before > MOST_TOKENS {
                    break;
                }
            }
            uses += 1;
            written += rest.len() - before;
            if uses > MOST_USES || written > MOST_TOKENS {
                return Err(too_much(token));
            }
        }
        Ok(expanded)
    }
}

fn too_much(token: TexToken<'_>) -> FormulaError {
    let message = Said::new(
        format!("the macro `{}` stands for itself, or for too much", token.text),
        "define it in terms of other commands",
    )
    .naming(token.text);
    FormulaError::new(message, token.at)
}

/// Takes a macro's arguments off the tokens that follow it, which are in reverse.
fn arguments<'a>(
    rest: &mut Vec<TexToken<'a>>,
    number: usize,
    of: TexToken<'_>,
) -> Result<Vec<Vec<TexToken<'a>>>, FormulaError> {
    let lacking = || {
        let arguments = if number == 1 { "argument" } else { "arguments" };
        FormulaError::new(
            Said::of(of.text, format_args!("needs {number} {arguments}")).remedy("put each in braces behind it"),
            of.at,
        )
    };
    if BRACKETED.contains(&of.text) {
        let next = rest.iter().rposition(|token| token.kind != TokenKind::Space);
        if let Some(open) = next.filter(|at| rest[*at].text == "[")
            && let Some(close) = rest[..open].iter().rev().take(8).position(|token| token.text == "]")
        {
            rest.truncate(open - close - 1);
        }
    }
    let mut arguments = Vec::with_capacity(number);
    for _ in 0..number {
        while rest.last().is_some_and(|token| token.kind == TokenKind::Space) {
            rest.pop();
        }
        let first = rest.pop().filter(|token| token.kind != TokenKind::Close).ok_or_else(lacking)?;
        if first.kind != TokenKind::Open {
            arguments.push(vec![first]);
            continue;
        }
        let mut depth = 1;
        let mut argument = Vec::new();
        loop {
            let token = rest.pop().ok_or_else(lacking)?;
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
            argument.push(token);
        }
        arguments.push(argument);
    }
    Ok(arguments)
}

/// Why a macro cannot be used; it displays as a sentence with what to write in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MacroError {
    /// No command can be called so.
    Name(String),
    /// A `#` without a digit behind it.
    Argument(String),
    /// A brace of the definition has no partner.
    Braces(FormulaError),
    /// The definition begins with a command that defines one: `\newcommand`.
    Definition(String),
}

impl MacroError {
    /// What is wrong, and what to do about it.
    pub(crate) fn parts(&self) -> (String, Option<String>) {
        let (what, remedy) = match self {
            Self::Name(name) => {
                (format!("“{name}” is not the name of a command"), "write letters only, such as \"\\\\norm\"")
            }
            Self::Argument(written) => (format!("“{written}” is no argument"), "write #1 to #9"),
            Self::Braces(FormulaError { what, remedy, at, .. }) => {
                let remedy = remedy.as_deref().unwrap_or_default();
                return (what.clone(), Some(format!("{remedy} (at byte {at} of the definition)")));
            }
            Self::Definition(command) => {
                (format!("`{command}` is not needed here"), "write only what the command stands for")
            }
        };
        (what, Some(remedy.to_owned()))
    }
}

impl fmt::Display for MacroError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, remedy) = self.parts();
        f.write_str(&what)?;
        remedy.iter().try_for_each(|remedy| write!(f, "; {remedy}"))
    }
}

impl std::error::Error for MacroError {}

/// Checks what somebody wrote as a macro.
///
/// # Errors
/// When the name or the definition cannot be used.
pub(crate) fn check(name: &str, body: &str) -> Result<(), MacroError> {
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
    let is_symbol = name.chars().count() == 1 && !name.starts_with(|c: char| c.is_whitespace() || "{}\\%".contains(c));
    if !is_word && !is_symbol {
        return Err(MacroError::Name(name.to_owned()));
    }
    let tokens = tokens(body);
    if let Some(stray) = tokens.iter().position(|token| token.text == "#") {
        return Err(MacroError::Argument(body[tokens[stray].at..].chars().take(2).collect()));
    }
    partners(&tokens).map_err(MacroError::Braces)?;
    match tokens.get(behind_space(&tokens, 0)) {
        Some(first) if is_definition(first.text) => Err(MacroError::Definition(first.text.to_owned())),
        _ => Ok(()),
    }
}

/// Whether a command defines another one.
pub(super) fn is_definition(command: &str) -> bool {
    const DEFINITIONS: &[&str] = &[
        "\\def",
        "\\edef",
        "\\gdef",
        "\\xdef",
        "\\let",
        "\\newcommand",
        "\\renewcommand",
        "\\providecommand",
        "\\newenvironment",
        "\\DeclareMathOperator",
    ];
    DEFINITIONS.contains(&command)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(macros: &[(&str, &str)]) -> Macros {
        Macros::new(&macros.iter().map(|(name, body)| ((*name).to_owned(), (*body).to_owned())).collect())
    }

    fn expanded(macros: &[(&str, &str)], tex: &str) -> Result<String, FormulaError> {
        let macros = own(macros);
        Ok(macros.expanded(tex)?.iter().map(|token| token.text).collect())
    }

    #[test]
    fn macros_are_replaced() {
        let macros =
            [("E", r"\mathbb{E}"), ("norm", r"\left\|#1\right\|"), ("swap", "#2 #1"), ("both", r"\norm{\E_#1}")];
        for (tex, want) in [
            (r"\E x", r"\mathbb{E} x"),
            (r"\norm{a_{1}}", r"\left\|a_{1}\right\|"),
            (r"\norm  x", r"\left\|x\right\|"),
            (r"\swap{a}{b}", "b a"),
            (r"\both z", r"\left\|\mathbb{E}_z\right\|"),
            (r"\Extra", r"\Extra"),
            (r"\pmb x", r"\boldsymbol{x}"),
            (r"\smash[b]{x} + \smash {y}", "{x} + {y}"),
        ] {
            assert_eq!(expanded(&macros, tex).unwrap(), want);
        }
        // The user's own come first.
        assert_eq!(expanded(&[("set", "S")], r"\set").unwrap(), "S");
    }

    #[test]
    fn what_a_macro_stands_for_is_where_the_macro_is() {
        let macros = own(&[("two", "a #1")]);
        let places: Vec<usize> = macros.expanded(r"x\two{yz}").unwrap().iter().map(|token| token.at).collect();
        assert_eq!(places, [0, 1, 1, 6, 7]);
    }

    #[test]
    fn a_macro_without_its_arguments_says_so() {
        for tex in [r"x\two{a}", r"x\two", r"{x\two a}"] {
            let problem = expanded(&[("two", "#1#2")], tex).unwrap_err();
            assert_eq!(problem.to_string(), r"`\two` needs 2 arguments; put each in braces behind it");
            assert_eq!(&tex[problem.at..problem.at + 4], r"\two");
        }
    }

    #[test]
    fn macros_that_grow_without_end_are_stopped() {
        let doubling: Vec<(String, String)> =
            ('a'..='z').map(|c| (c.to_string(), format!("\\{0}\\{0}", char::from(c as u8 + 1)))).collect();
        let doubling: Vec<(&str, &str)> = doubling.iter().map(|(name, body)| (&**name, &**body)).collect();
        let long = format!("#1#1{}", "x".repeat(40_000));
        for macros in
            [&doubling[..], &[("a", r"\a")], &[("a", r"\b"), ("b", r"\a")], &[("a", &long)], &[("a", "#1#1#1")]]
        {
            let tex = format!("\\a{{{}}}", r"\a".repeat(20) + &"y".repeat(20_000));
            let message = expanded(macros, &tex).unwrap_err().to_string();
            assert!(message.contains("stands for itself, or for too much"), "{message}");
        }
    }

    #[test]
    fn a_wrong_macro_is_told() {
        assert_eq!(check("E", r"\mathbb{E}"), Ok(()));
        assert_eq!(check("|", r"\Vert"), Ok(()));
        for (name, body, why) in [
            ("", "x", "is not the name of a command"),
            ("a1", "x", "is not the name of a command"),
            ("{", "x", "is not the name of a command"),
            ("a", "#0", "“#0” is no argument"),
            ("a", "x#", "“#” is no argument"),
            ("a", "{x", "never closed"),
            ("a", "x}", "closes nothing"),
            ("a", r"\newcommand{\a}{x}", "is not needed here"),
        ] {
            let said = check(name, body).unwrap_err().to_string();
            assert!(said.contains(why), "{said}");
        }
    }
}
