//! `\ce` of mhchem, as far as reactions and ions go.
//!
//! ```text
//! \ce{2H2 + O2 -> 2H2O}     →     2\,\mathrm{H}_{2}+\mathrm{O}_{2}\longrightarrow 2\,\mathrm{H}_{2}\mathrm{O}
//! \ce{SO4^2-}               →     \mathrm{SO}_{4}^{2-}
//! \ce{A ->[\Delta] B}       →     \mathrm{A}\xrightarrow{\Delta}\mathrm{B}
//! ```
//!
//! Understood are elements, numbers, charges, isotopes, states, bonds (`-`, `=`, `#`), arrows with something above and
//! below, `v` and `^` for what falls and what rises, `*` for what is added, and formulas between dollars.
//! (mhchem for MathJax, “Manual”.)

use crate::formula::tokens::{TexToken, TokenKind};

/// The arrows, the longest first: how each is written, the arrow, and the one that can be stretched.
const ARROWS: &[(&str, &str, &str)] = &[
    ("<=>>", FORWARD, "\\xrightharpoonup"),
    ("<<=>", BACKWARD, "\\xleftharpoondown"),
    ("<-->", "\\rightleftarrows", "\\xtofrom"),
    ("<=>", "\\rightleftharpoons", "\\xrightleftharpoons"),
    ("<->", "\\longleftrightarrow", "\\xleftrightarrow"),
    ("->", "\\longrightarrow", "\\xrightarrow"),
    ("<-", "\\longleftarrow", "\\xleftarrow"),
];

/// What has no arrow of its own: a long one to the side that a reaction tends to, and a short one back.
const FORWARD: &str = "<=>>";
const BACKWARD: &str = "<<=>";

/// How often something can stand above an arrow that stands above an arrow.
const MOST_LEVELS: usize = 4;

/// The tokens that stand for those of `\ce`, which stands at an offset.
pub(super) fn reaction<'a>(contents: &[TexToken<'a>], at: usize) -> Vec<TexToken<'a>> {
    reaction_at(contents, at, 0)
}

fn reaction_at<'a>(contents: &[TexToken<'a>], at: usize, level: usize) -> Vec<TexToken<'a>> {
    let mut reader = ReactionReader { contents, next: 0, out: Vec::new(), at, begins: true, has_base: false, level };
    while let Some(token) = contents.get(reader.next) {
        reader.token(*token);
    }
    reader.out
}

struct ReactionReader<'a, 'b> {
    contents: &'b [TexToken<'a>],
    next: usize,
    out: Vec<TexToken<'a>>,
    at: usize,
    /// Whether a substance begins here, so that a number says how much of it there is.
    begins: bool,
    /// Whether a number would be how many atoms there are.
    has_base: bool,
    level: usize,
}

impl<'a> ReactionReader<'a, '_> {
    fn token(&mut self, token: TexToken<'a>) {
        if self.arrow() {
            return;
        }
        let (before, behind) = (self.begins, self.peek(1));
        let is_alone = before && behind.is_none_or(|next| next == " ");
        let is_digit = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        match token.text {
            " " => self.space(),
            "v" if is_alone => self.operator("\\downarrow"),
            "^" if is_alone => self.operator("\\uparrow"),
            "^" | "_" => self.script(token),
            digit if is_digit(digit) && self.begins => self.amount(),
            digit if is_digit(digit) && self.has_base => {
                self.mark(TokenKind::Character, "_");
                self.braced(is_digit);
            }
            text if text.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
                self.word("\\mathrm");
                self.braced(|text| text.bytes().all(|byte| byte.is_ascii_alphabetic()));
                self.has_base = true;
                self.begins = false;
            }
            "+" | "-"
                if self.has_base && behind.is_none_or(|next| matches!(next, " " | ")" | "]" | "," | "+" | "-")) =>
            {
                self.mark(TokenKind::Character, "^");
                self.braced(|text| matches!(text, "+" | "-"));
            }
            "-" | "=" if self.has_base => self.bond(token),
            "#" if self.has_base => {
                self.mark(TokenKind::Open, "{");
                self.operator("\\equiv");
                self.mark(TokenKind::Close, "}");
            }
            "*" | "." if !self.has_base || behind.is_some_and(|next| next != " ") => self.operator("\\cdot"),
            "$" => self.formula(),
            _ if token.kind == TokenKind::Open => {
                self.word("\\mathrm");
                self.copy();
                (self.begins, self.has_base) = (false, true);
            }
            _ if token.kind == TokenKind::Command => {
                self.copy();
                while self.contents.get(self.next).is_some_and(|token| token.kind == TokenKind::Open) {
                    self.copy();
                }
                (self.begins, self.has_base) = (false, true);
            }
            text => {
                self.copy();
                self.begins = matches!(text, "+" | "-" | "=" | "(" | "[");
                self.has_base = matches!(text, ")" | "]");
            }
        }
    }

    /// A space, behind which something new begins.
    fn space(&mut self) {
        let behind = self.peek(1);
        self.next += 1;
        let is_operator = behind.is_none_or(|next| matches!(next, "+" | "-" | "=" | "<" | "*" | "." | " "));
        let has_space = self.out.last().is_none_or(|token| token.text == "\\,");
        if !self.begins && !is_operator && !has_space {
            self.word("\\ ");
        }
        (self.begins, self.has_base) = (true, false);
    }

    /// The text of a token further on.
    fn peek(&self, by: usize) -> Option<&'a str> {
        self.contents.get(self.next + by).map(|token| token.text)
    }

    fn mark(&mut self, kind: TokenKind, text: &'static str) {
        self.out.push(TexToken { kind, text, at: self.at });
    }

    fn word(&mut self, command: &'static str) {
        self.mark(TokenKind::Command, command);
    }

    /// Writes an operator in place of the next token: another substance begins behind it.
    fn operator(&mut self, command: &'static str) {
        self.next += 1;
        self.word(command);
        (self.begins, self.has_base) = (true, false);
    }

    /// Writes the next token, with all of it where it opens a group.
    fn copy(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.contents.get(self.next) {
            match token.kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.out.push(*token);
            self.next += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Writes as many of the next tokens as are of a kind, as a group.
    fn braced(&mut self, is_part: impl Fn(&str) -> bool) {
        self.mark(TokenKind::Open, "{");
        while let Some(token) = self.contents.get(self.next).filter(|token| is_part(token.text)) {
            self.out.push(*token);
            self.next += 1;
        }
        self.mark(TokenKind::Close, "}");
    }

    /// How much there is of a substance: `2`, `0.5` or `1/2`.
    fn amount(&mut self) {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let digits = self.contents[self.next..].iter().take_while(|token| is_number(token.text)).count();
        let divides = self.peek(digits) == Some("/") && self.peek(digits + 1).is_some_and(is_number);
        if divides {
            self.word("\\frac");
            self.braced(is_number);
            self.next += 1;
        }
        self.braced(is_number);
        self.word("\\,");
        (self.begins, self.has_base) = (false, false);
    }

    /// A charge, an isotope or a number behind `^` or `_`.
    fn script(&mut self, token: TexToken<'a>) {
        if self.begins {
            self.mark(TokenKind::Open, "{");
            self.mark(TokenKind::Close, "}");
        }
        self.out.push(token);
        self.next += 1;
        if self.contents.get(self.next).is_some_and(|token| token.kind == TokenKind::Open) {
            // Letters are upright: `Fe^{III}`.
            self.mark(TokenKind::Open, "{");
            self.word("\\mathrm");
            self.copy();
            self.mark(TokenKind::Close, "}");
        } else if self.contents.get(self.next).is_some_and(|next| {
            next.kind == TokenKind::Command || next.text.bytes().all(|byte| byte.is_ascii_alphabetic())
        }) {
            // How many there are, as a variable: `NO_x`.
            self.mark(TokenKind::Open, "{");
            self.copy();
            self.mark(TokenKind::Close, "}");
        } else {
            let is_part = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
            self.braced(is_part);
        }
        // `^{227}_{90}Th`: what follows is not above anything.
        (self.begins, self.has_base) = (false, self.has_base);
    }

    fn bond(&mut self, token: TexToken<'a>) {
        self.mark(TokenKind::Open, "{");
        self.out.push(token);
        self.mark(TokenKind::Close, "}");
        self.next += 1;
        self.has_base = false;
    }

    fn formula(&mut self) {
        let behind = &self.contents[self.next + 1..];
        let Some(length) = behind.iter().position(|token| token.text == "$") else { return self.copy() };
        self.mark(TokenKind::Open, "{");
        self.out.extend(&behind[..length]);
        self.mark(TokenKind::Close, "}");
        self.next += length + 2;
        (self.begins, self.has_base) = (false, true);
    }

    /// An arrow, with what stands in brackets above it and below it.
    fn arrow(&mut self) -> bool {
        let written = |length: usize| -> String {
            self.contents[self.next..].iter().take(length).map(|token| token.text).collect()
        };
        let Some((sign, plain, long)) = ARROWS.iter().find(|(sign, ..)| written(sign.len()) == *sign) else {
            return false;
        };
        self.next += sign.len();
        let above = self.bracket();
        let below = if above.is_some() { self.bracket() } else { None };
        let back = match *plain {
            FORWARD => Some(("\\underset", "\\leftharpoondown")),
            BACKWARD => Some(("\\overset", "\\rightharpoonup")),
            _ => None,
        };
        if let Some((place, arrow)) = back {
            for (kind, text) in [
                (TokenKind::Command, "\\mathrel"),
                (TokenKind::Open, "{"),
                (TokenKind::Command, place),
                (TokenKind::Open, "{"),
                (TokenKind::Command, arrow),
                (TokenKind::Close, "}"),
                (TokenKind::Open, "{"),
            ] {
                self.mark(kind, text);
            }
        }
        match above {
            Some(above) if self.level < MOST_LEVELS => {
                self.word(long);
                if let Some(below) = below {
                    self.mark(TokenKind::Character, "[");
                    self.group(below);
                    self.mark(TokenKind::Character, "]");
                }
                self.group(above);
            }
            _ if back.is_some() => {
                self.word(long);
                self.mark(TokenKind::Open, "{");
                self.word("\\qquad");
                self.mark(TokenKind::Close, "}");
            }
            _ => self.word(plain),
        }
        if back.is_some() {
            self.mark(TokenKind::Close, "}");
            self.mark(TokenKind::Close, "}");
        }
        (self.begins, self.has_base) = (true, false);
        true
    }

    fn group(&mut self, contents: Vec<TexToken<'a>>) {
        self.mark(TokenKind::Open, "{");
        self.out.extend(reaction_at(&contents, self.at, self.level + 1));
        self.mark(TokenKind::Close, "}");
    }

    /// What stands in brackets here.
    fn bracket(&mut self) -> Option<Vec<TexToken<'a>>> {
        let behind = self.contents.get(self.next..)?;
        if behind.first()?.text != "[" {
            return None;
        }
        let end = behind.iter().position(|token| token.text == "]")?;
        self.next += end + 1;
        Some(behind[1..end].to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::tokens::tokens;

    fn read(chemistry: &str) -> String {
        reaction(&tokens(chemistry), 0).iter().map(|token| token.text).collect()
    }

    #[test]
    fn reactions_become_tex() {
        for (chemistry, want) in [
            ("H2O", r"\mathrm{H}_{2}\mathrm{O}"),
            ("2H2 + O2 -> 2H2O", r"{2}\,\mathrm{H}_{2}+\mathrm{O}_{2}\longrightarrow{2}\,\mathrm{H}_{2}\mathrm{O}"),
            ("SO4^2-", r"\mathrm{SO}_{4}^{2-}"),
            ("Na+ + Cl-", r"\mathrm{Na}^{+}+\mathrm{Cl}^{-}"),
            ("[Fe(CN)6]^{3-}", r"[\mathrm{Fe}(\mathrm{CN})_{6}]^{\mathrm{3-}}"),
            ("^{227}_{90}Th", r"{}^{\mathrm{227}}_{\mathrm{90}}\mathrm{Th}"),
            ("1/2 O2 (g)", r"\frac{1}{2}\,\mathrm{O}_{2}\ (\mathrm{g})"),
            ("CH3-CH=O", r"\mathrm{CH}_{3}{-}\mathrm{CH}{=}\mathrm{O}"),
            ("A <=>[a][b] B", r"\mathrm{A}\xrightleftharpoons[{\mathrm{b}}]{\mathrm{a}}\mathrm{B}"),
            ("A ->[\\Delta] B v + C ^", r"\mathrm{A}\xrightarrow{\Delta}\mathrm{B}\ \downarrow+\mathrm{C}\ \uparrow"),
            ("CuSO4 * 5H2O", r"\mathrm{CuSO}_{4}\cdot{5}\,\mathrm{H}_{2}\mathrm{O}"),
            ("$n$ H2O", r"{n}\ \mathrm{H}_{2}\mathrm{O}"),
            ("CH_x", r"\mathrm{CH}_{x}"),
            ("SO_y^-", r"\mathrm{SO}_{y}^{-}"),
            ("(C2H4)_n + A_\\alpha", r"(\mathrm{C}_{2}\mathrm{H}_{4})_{n}+\mathrm{A}_{\alpha}"),
            ("X <=>> Y", r"\mathrm{X}\mathrel{\underset{\leftharpoondown}{\xrightharpoonup{\qquad}}}\mathrm{Y}"),
            ("X <<=>[b] Y", r"\mathrm{X}\mathrel{\overset{\rightharpoonup}{\xleftharpoondown{\mathrm{b}}}}\mathrm{Y}"),
        ] {
            assert_eq!(read(chemistry), want, "{chemistry}");
        }
    }

    #[test]
    fn anything_ends() {
        for piece in ["->[", "^", "_", "{", "$", "<", "-", "#", "\\bond{", "1/", "]"] {
            read(&piece.repeat(1_000));
        }
    }
}
