//! What MathML says with elements and attributes of its own, and the engine does not say: boxes, colours, sizes, rules.
//!
//! On the way a character of private use marks it: `\overset{M}{x}` for what `x` is dressed in, and `M` alone for what
//! stands there by itself. [`crate::formula::element`] puts the dress in place of the mark.

use crate::formula::FormulaError;
use crate::formula::dialect::{CharacterMode, FrameOpener, Rules, Style, Translator};
use crate::formula::error::Said;
use crate::formula::lexicon::{self, Color};
use crate::formula::tokens::{TexToken, TokenKind, behind_space};

/// How many of its parts a formula may dress: as many as there are characters to mark them with.
const MOST_DRESSES: usize = 1_000;

/// The character that marks the first dress; the others follow.
pub(super) const FIRST_MARK: u32 = 0xE000;

/// What MathML says with attributes and the engine does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::formula) enum Dress {
    /// `\boxed`.
    Box,
    /// A colour of what it holds: `#` and hexadecimal digits.
    Color(String),
    /// Colours behind what it holds, and of a frame around it.
    Fill { fill: Option<String>, frame: Option<String> },
    /// Lines around it or through it: classes of the style sheet.
    Enclose(String),
    /// How far it is raised: a length of CSS.
    Raise(String),
    /// Its size, in tenths of a percent of what it stands in.
    Size(u32),
    /// What takes no width: it stands over what follows, or over what is before it.
    Lap { follows: bool },
    /// Bold, as far as the engine does not make it so.
    Bold,
    /// What stands below and above it as scripts, beside it otherwise.
    Limits,
    /// The lines of the table that follows.
    Rules(Rules),
    /// This MathML in its place.
    Piece(String),
}

impl Dress {
    /// Whether its mark stands by itself, and not over something.
    pub(in crate::formula) fn is_alone(&self) -> bool {
        matches!(self, Self::Rules(_) | Self::Piece(_))
    }
}

/// The sizes of text, in percent.
pub(super) fn size(command: &str) -> Option<u32> {
    Some(match command {
        "\\tiny" => 50,
        "\\sixptsize" => 60,
        "\\scriptsize" => 70,
        "\\footnotesize" => 80,
        "\\small" => 90,
        "\\normalsize" => 100,
        "\\large" => 120,
        "\\Large" => 144,
        "\\LARGE" => 173,
        "\\huge" => 207,
        "\\Huge" => 249,
        _ => return None,
    })
}

/// The commands whose text takes no width.
pub(in crate::formula) const TEXT_LAPS: &[&str] = &["\\rlap", "\\llap", "\\textrlap", "\\textllap"];

/// Whether a command dresses something.
pub(super) fn is_dress(command: &str) -> bool {
    const DRESSES: &[&str] = &[
        "\\boxed",
        "\\framebox",
        "\\textcolor",
        "\\color",
        "\\definecolor",
        "\\colorbox",
        "\\fcolorbox",
        "\\bbox",
        "\\enclose",
        "\\sout",
        "\\angl",
        "\\raise",
        "\\lower",
        "\\raisebox",
        "\\rule",
        "\\mathop",
    ];
    DRESSES.contains(&command) || size(command).is_some()
}

/// The notations of `\enclose` as classes of the style sheet.
fn notation(word: &str) -> Option<&'static str> {
    Some(match word {
        "box" => "formula-top formula-bottom formula-left formula-right",
        "roundedbox" => "formula-top formula-bottom formula-left formula-right formula-rounded",
        "circle" => "formula-top formula-bottom formula-left formula-right formula-round",
        "top" | "longdiv" | "radical" => "formula-top",
        "bottom" => "formula-bottom",
        "left" => "formula-left",
        "right" => "formula-right",
        "actuarial" => "formula-top formula-right",
        "madruwb" => "formula-bottom formula-right",
        "updiagonalstrike" => "formula-up",
        "downdiagonalstrike" => "formula-down",
        "horizontalstrike" => "formula-through",
        "verticalstrike" => "formula-upright",
        _ => return None,
    })
}

impl<'a> Translator<'a> {
    /// A command that dresses something; `None` for any other.
    pub(super) fn dressing(&mut self, token: TexToken<'a>) -> Option<Result<(), FormulaError>> {
        Some(match token.text {
            "\\boxed" | "\\fbox" | "\\framebox" => self.over(Dress::Box, token).map(|()| {
                if token.text != "\\boxed" {
                    self.text("\\text", token.at);
                }
            }),
            "\\textcolor" => self.text_color(token),
            "\\color" => self.color(token),
            "\\definecolor" => self.define_color(token),
            "\\colorbox" | "\\fcolorbox" => self.color_box(token),
            "\\bbox" => self.bbox(token),
            "\\enclose" => self.enclose(token),
            "\\sout" => {
                self.over(Dress::Enclose("formula-through".to_owned()), token).map(|()| self.text("\\text", token.at))
            }
            "\\angl" => self.over(Dress::Enclose("formula-top formula-right".to_owned()), token),
            "\\raise" | "\\lower" | "\\raisebox" => self.raise(token),
            "\\rule" => self.rule(token),
            "\\mathop" => self.operator(token),
            "\\mathrlap" | "\\mathllap" | "\\crampedrlap" | "\\crampedllap" => {
                self.over(Dress::Lap { follows: token.text.ends_with("rlap") }, token)
            }
            command if TEXT_LAPS.contains(&command) => self
                .over(Dress::Lap { follows: command.ends_with("rlap") }, token)
                .map(|()| self.text("\\text", token.at)),
            command if self.lacks_bold(command) => {
                if let Err(problem) = self.over(Dress::Bold, token) {
                    return Some(Err(problem));
                }
                return None;
            }
            command => self.size(size(command)?, token),
        })
    }

    /// Writes a mark over what follows.
    fn over(&mut self, dress: Dress, token: TexToken<'_>) -> Result<(), FormulaError> {
        let mark = self.mark(dress, token.at)?;
        self.write(&format!("\\overset{{{mark}}}"), token.at);
        Ok(())
    }

    /// Whether this makes something bold of which the engine has letters only.
    fn lacks_bold(&self, command: &str) -> bool {
        let is_other: fn(&TexToken<'_>) -> bool = match command {
            "\\boldsymbol" | "\\bm" => |token| {
                let is_letter = token.text.bytes().all(|byte| byte.is_ascii_alphabetic());
                !is_letter && !matches!(token.kind, TokenKind::Open | TokenKind::Close | TokenKind::Space)
            },
            "\\mathbf" | "\\bold" | "\\symbf" => |token| token.text.chars().all(lexicon::is_text),
            _ => return false,
        };
        let begins = behind_space(self.tokens, self.next);
        self.partners
            .get(begins)
            .and_then(|end| self.tokens.get(begins..=*end))
            .is_some_and(|argument| argument.iter().any(is_other))
    }

    /// A character that stands for a dress.
    pub(super) fn mark(&mut self, dress: Dress, at: usize) -> Result<char, FormulaError> {
        let number = self.dialect.dresses.len();
        let mark = u32::try_from(number).ok().filter(|_| number < MOST_DRESSES);
        let mark = mark.and_then(|number| char::from_u32(FIRST_MARK + number)).ok_or_else(|| {
            FormulaError::new(
                Said::new(format!("the formula has more than {MOST_DRESSES} boxes and colours"), "split it"),
                at,
            )
        })?;
        self.dialect.dresses.push(dress);
        Ok(mark)
    }

    /// Dresses the rest of a cell or group.
    fn rest(&mut self, dress: Dress, token: TexToken<'_>) -> Result<(), FormulaError> {
        let mark = self.mark(dress, token.at)?;
        self.frame().pending += 1;
        self.write(&format!("\\overset{{{mark}}}{{"), token.at);
        Ok(())
    }

    /// A colour in braces: `#` and six digits.
    fn digits(&mut self, token: TexToken<'a>) -> Result<String, FormulaError> {
        let model = self.optional().map(plain);
        let group = self.group(token)?;
        if let Some(model) = model {
            return lexicon::mixed(&model, &plain(group), token);
        }
        match lexicon::color(group, token)? {
            Color::Digits(digits) => Ok(digits),
            Color::Name(name) => {
                if let Some(digits) = self.colors.get(&name) {
                    return Ok(digits.clone());
                }
                (self.named)(&name).ok_or_else(|| lexicon::no_color(&name, token))
            }
        }
    }

    fn text_color(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let digits = self.digits(token)?;
        self.over(Dress::Color(digits), token)
    }

    /// A colour for the rest of a cell or group.
    fn color(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let digits = self.digits(token)?;
        self.rest(Dress::Color(digits), token)
    }

    fn define_color(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let (name, model, value) = (plain(self.group(token)?), plain(self.group(token)?), plain(self.group(token)?));
        self.colors.insert(name, lexicon::mixed(&model, &value, token)?);
        self.begin_cell(token.at);
        Ok(())
    }

    fn color_box(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let frame = if token.text == "\\fcolorbox" { Some(self.digits(token)?) } else { None };
        let fill = Some(self.digits(token)?);
        self.over(Dress::Fill { fill, frame }, token)?;
        self.text("\\text", token.at);
        Ok(())
    }

    /// MathJax's `\bbox[yellow, 5px, border: 1px solid red]{x}`: the colours count.
    fn bbox(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let options = self.optional().map(plain).unwrap_or_default();
        let (mut fill, mut frame) = (None, None);
        for option in options.split(',').map(str::trim).filter(|option| !option.is_empty()) {
            if let Some(border) = option.strip_prefix("border:") {
                let color = border.split_whitespace().last().unwrap_or_default();
                frame = Some(lexicon::digits(color, self.named).unwrap_or_else(|| "currentcolor".to_owned()));
            } else if !option.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
                let color = lexicon::digits(option, self.named);
                fill = Some(color.ok_or_else(|| lexicon::no_color(option, token))?);
            }
        }
        self.over(Dress::Fill { fill, frame }, token)
    }

    fn enclose(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let words = plain(self.group(token)?);
        // What its lines look like is left to the page.
        self.optional();
        let mut classes = Vec::new();
        for word in words.split([' ', ',']).filter(|word| !word.is_empty()) {
            classes.push(notation(word).ok_or_else(|| {
                let message = Said::new(
                    format!("`\\enclose` knows no `{word}` here"),
                    "write `box`, `circle`, `top`, `bottom`, `left`, `right` or a strike such as `updiagonalstrike`",
                )
                .naming("\\enclose");
                FormulaError::new(message, token.at)
            })?);
        }
        self.over(Dress::Enclose(classes.join(" ")), token)
    }

    fn raise(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let length = if token.text == "\\raisebox" { self.braced_length(token)? } else { self.length(token)? };
        let length = match length.strip_prefix('-') {
            Some(length) if token.text == "\\lower" => length.to_owned(),
            None if token.text == "\\lower" => format!("-{length}"),
            _ => length,
        };
        self.over(Dress::Raise(length), token)?;
        let next = behind_space(self.tokens, self.next);
        match self.tokens.get(next).map(|token| token.text) {
            Some("\\hbox" | "\\mbox" | "\\text") => {}
            _ if token.text == "\\raisebox" => self.text("\\text", token.at),
            _ => {}
        }
        Ok(())
    }

    /// A black box: `\rule[raised]{width}{height}`.
    fn rule(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let raised = match self.optional() {
            Some(raised) => lexicon::length(&plain(raised)).ok_or_else(|| no_length(token))?,
            None => "0".to_owned(),
        };
        let (width, height) = (self.braced_length(token)?, self.braced_length(token)?);
        let piece = format!(
            "<mpadded voffset=\"{raised}\"><mspace class=\"formula-rule\" width=\"{width}\" height=\"{height}\"></mspace></mpadded>"
        );
        let mark = self.mark(Dress::Piece(piece), token.at)?;
        self.write(&mark.to_string(), token.at);
        Ok(())
    }

    fn size(&mut self, percent: u32, token: TexToken<'_>) -> Result<(), FormulaError> {
        // Sizes are absolute, and those of CSS are of what they stand in.
        let relative = (percent * 1000 + self.frame().size / 2) / self.frame().size;
        self.rest(Dress::Size(relative), token)?;
        self.frame().size = percent;
        Ok(())
    }

    /// `\mathop`: what it holds is an operator, so that its scripts stand below and above it where those of a sum do.
    fn operator(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let begins = behind_space(self.tokens, self.next);
        if self.tokens.get(begins).is_none_or(|token| token.kind == TokenKind::Close) {
            return Err(FormulaError::new(Said::of("\\mathop", "needs an argument in braces behind it"), token.at));
        }
        let (below, scripts) = self.limits(begins);
        self.write("\\mathop ", token.at);
        self.scripts(below.unwrap_or(self.style() == Style::Display), scripts, token)
    }

    /// Begins a named operator. Where `\limits` follows it, which the engine does not read there, it becomes one of
    /// `\mathop`.
    pub(super) fn named_operator(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let begins = behind_space(self.tokens, self.next);
        let limits = if begins < self.tokens.len() { self.limits(begins) } else { (None, begins) };
        if let (Some(below), scripts) = limits {
            self.write("\\mathop ", token.at);
            self.scripts(below, scripts, token)?;
            self.write("\\operatorname ", token.at);
        } else {
            self.write(token.text, token.at);
            self.write(" ", token.at);
        }
        Ok(())
    }

    /// What the commands behind an operator say of where its scripts stand, and the position behind them: below and
    /// above it (`true`) or beside it.
    fn limits(&mut self, argument: usize) -> (Option<bool>, usize) {
        let mut next = behind_space(self.tokens, self.partners[argument] + 1);
        let mut below = None;
        while let Some(limits) = self.tokens.get(next) {
            match limits.text {
                "\\limits" => below = Some(true),
                "\\nolimits" => below = Some(false),
                "\\displaylimits" => below = Some(self.style() == Style::Display),
                _ => break,
            }
            self.read.insert(next);
            next = behind_space(self.tokens, next + 1);
        }
        (below, next)
    }

    /// Puts an operator and its scripts into one group: the space around it is around them as well.
    fn scripts(&mut self, below: bool, first: usize, token: TexToken<'a>) -> Result<(), FormulaError> {
        let is_script = |next: usize| self.tokens.get(next).is_some_and(|token| matches!(token.text, "_" | "^"));
        if !is_script(first) {
            return Ok(());
        }
        let mut end = first;
        while is_script(end) {
            let script = behind_space(self.tokens, end + 1);
            end = self.loose.get(script).map_or(self.tokens.len(), |loose| behind_space(self.tokens, loose.end));
        }
        *self.closes.entry(end).or_default() += 1;
        self.write("{", token.at);
        if below { self.over(Dress::Limits, token) } else { Ok(()) }
    }

    /// `\mathchoice`: one of four, by the style of the place.
    pub(super) fn choice(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let style = self.style();
        for (at, of) in [Style::Display, Style::Text, Style::Script, Style::Smallest].into_iter().enumerate() {
            let open = behind_space(self.tokens, self.next);
            if self.tokens.get(open).is_none_or(|token| token.kind != TokenKind::Open) {
                return Err(FormulaError::new(
                    Said::new("`\\mathchoice` needs four arguments", "put each in braces behind it")
                        .naming("\\mathchoice"),
                    token.at,
                ));
            }
            let close = self.partners[open];
            if of == style {
                self.choices.push((close, 3 - at));
                self.next = open + 1;
                self.write("{", token.at);
                self.open(FrameOpener::Brace, token.at, "}", CharacterMode::Math);
                return Ok(());
            }
            self.next = close + 1;
        }
        Ok(())
    }

    /// What stands in brackets behind a command, which is left out.
    pub(super) fn optional(&mut self) -> Option<&'a [TexToken<'a>]> {
        let open = behind_space(self.tokens, self.next);
        self.tokens.get(open).filter(|token| token.text == "[")?;
        let mut close = open + 1;
        while let Some(token) = self.tokens.get(close) {
            match token.kind {
                TokenKind::Close => return None,
                _ if token.text == "]" => {
                    self.next = close + 1;
                    return Some(&self.tokens[open + 1..close]);
                }
                _ => close = self.partners[close] + 1,
            }
        }
        None
    }

    fn braced_length(&mut self, token: TexToken<'a>) -> Result<String, FormulaError> {
        lexicon::length(&plain(self.group(token)?)).ok_or_else(|| no_length(token))
    }

    /// A length behind a command, with or without braces.
    pub(super) fn length(&mut self, token: TexToken<'a>) -> Result<String, FormulaError> {
        let next = behind_space(self.tokens, self.next);
        if self.tokens.get(next).is_some_and(|token| token.kind == TokenKind::Open) {
            return self.braced_length(token);
        }
        let (length, behind) = lexicon::length_at(self.tokens, next).ok_or_else(|| no_length(token))?;
        self.next = behind;
        Ok(length)
    }
}

/// Tokens as they are written.
pub(super) fn plain(tokens: &[TexToken<'_>]) -> String {
    let text: String = tokens.iter().map(|token| token.text).collect();
    text.trim().to_owned()
}

fn no_length(token: TexToken<'_>) -> FormulaError {
    let message = Said::of(token.text, "needs a length behind it, such as `2pt`, `0.5em` or `1ex`");
    FormulaError::new(message, token.at)
}
