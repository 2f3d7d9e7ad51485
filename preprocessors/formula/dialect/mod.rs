//! From the TeX that authors write to the TeX that the engine reads.
//!
//! | written | read by the engine |
//! |---|---|
//! | `a \\ b`, outside of all environments | `\begin{gathered}a \\ b\end{gathered}`; `aligned` when there is a `&` |
//! | `… \tag{1}` | `\begin{equation*}… \tag{1}\end{equation*}` |
//! | `\begin{align}`, `equation`, `gather` | the same with a star: a page of notes does not number its formulas |
//! | `\begin{split}`, `alignat`, `eqnarray`, … | environments that look like them |
//! | `\text{a $x$ b}` | `{\text{a }x\text{ b}}` |
//! | `\text{a_b}` | `\text{a\_b}` |
//! | `显存` | `\text{显存}` |
//! | `\boxed{x}`, `\textcolor{#a00}{x}` | `\overset{M}{x}`, where M is a character of private use that [`crate::formula::element`] knows |
//! | `\mathop{\arg\min}\limits_x` | `\overset{M}{\mathop{\arg\min}}_x` |
//! | `\begin{array}{c\|c}\hline …` | `{M\begin{array}{cc}…`, where M stands for the lines |
//! | `\theta*x` | `\theta *x`: the engine would look for a command `\theta*` |

mod dress;
mod tables;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use dress::FIRST_MARK;

use crate::formula::error::Said;
use crate::formula::lexicon::{
    TAGGED, TEXTS, is_delimiter_command, is_no_argument, is_no_one_of_several, is_private, is_text, reopening,
    stand_in, tag_word,
};
use crate::formula::macros::is_definition;
use crate::formula::nesting::{Bracket, Loose, Set, brackets, is_switch, loose};
use crate::formula::tokens::{TexToken, TokenKind, behind_space, partners};
use crate::formula::{FormulaError, elsewhere};
pub(super) use dress::{Dress, TEXT_LAPS};
pub(super) use tables::Rules;
use tables::{OpenTable, misplaced};

/// How many levels a formula may have: groups, environments, fences, and arguments without braces.
pub(super) const MOST_LEVELS: usize = 64;

/// The commands that brackets can follow which say nothing here: `\cfrac[l]{a}{b}`.
const BRACKETED: &[&str] = &["\\cfrac", "\\overbracket", "\\underbracket", "\\cancel", "\\bcancel", "\\xcancel"];

/// What a tag is called on the way, before its number.
const TAG: &str = "formulatag";

/// A formula as the engine reads it.
#[derive(Debug, Default)]
pub(super) struct EngineFormula {
    /// The TeX.
    pub(super) tex: String,
    /// Which byte of the author's text the bytes from one on come from, in order.
    origins: Vec<(usize, usize)>,
    /// What the marks stand for.
    pub(super) dresses: Vec<Dress>,
    /// What its tags show.
    tags: Vec<String>,
    /// How many levels it has.
    pub(super) levels: usize,
}

/// What is open.
struct Frame {
    kind: FrameOpener,
    at: usize,
    /// What ends it, for the engine.
    close: Cow<'static, str>,
    /// What else has to end at the next `&`, `\\` or end of the frame.
    pending: usize,
    /// How many commands change the rest of it.
    switches: usize,
    /// Whether a command such as `\over` stands in it.
    fraction: bool,
    /// Whether it has more than one cell or row.
    has_cells: bool,
    /// Whether it can have rows without being a table: a group with several lines.
    has_rows: bool,
    /// The table that it is.
    table: Option<OpenTable>,
    mode: CharacterMode,
    /// The style of this place, and that of its cells.
    style: Style,
    base: Style,
    /// The size of this place, and that of its cells, in percent.
    size: u32,
    base_size: u32,
}

impl Frame {
    fn new(
        kind: FrameOpener,
        at: usize,
        close: impl Into<Cow<'static, str>>,
        mode: CharacterMode,
        style: Style,
    ) -> Self {
        Self {
            kind,
            at,
            close: close.into(),
            pending: 0,
            switches: 0,
            fraction: false,
            has_cells: false,
            has_rows: false,
            table: None,
            mode,
            style,
            base: style,
            size: 100,
            base_size: 100,
        }
    }
}

/// How large formulas are set, and whether what belongs to an operator stands below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Display,
    Text,
    Script,
    Smallest,
}

/// What opened a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameOpener {
    Formula,
    Brace,
    /// `\left`.
    Left,
    /// `\begin{…}`, with the name.
    Environment(&'static str),
    /// A `$` in text.
    Dollar,
}

/// How characters are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharacterMode {
    Math,
    /// A name such as that of `\operatorname`: characters stay what they are.
    Name,
    /// The text of this command.
    Text(&'static str),
}

/// The colour that a name stands for, as `#` and digits.
pub(super) type Named<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Translates a formula.
///
/// `tokens` are those of the formula after its macros, `display` is whether it stands on lines of its own, and `named`
/// knows colours.
///
/// # Errors
/// Says what is wrong with it, as far as that can be known before the engine reads it.
pub(super) fn dialect(tokens: &[TexToken<'_>], display: bool, named: Named<'_>) -> Result<EngineFormula, FormulaError> {
    let partners = partners(tokens)?;
    let brackets = brackets(tokens);
    let loose = loose(tokens, &partners, &brackets);
    let style = if display { Style::Display } else { Style::Text };
    let mut translator = Translator {
        tokens,
        partners: &partners,
        loose: &loose,
        brackets: &brackets,
        named,
        next: 0,
        dialect: EngineFormula::default(),
        frames: vec![Frame::new(FrameOpener::Formula, 0, "", CharacterMode::Math, style)],
        formula_has_cells: has_cells(tokens, &partners, 0..tokens.len(), &["&", "\\\\", "\\newline", "\\cr"]),
        formula_has_rows: has_cells(tokens, &partners, 0..tokens.len(), &["\\\\", "\\newline", "\\cr"]),
        has_rows: false,
        has_columns: false,
        tag: None,
        read: BTreeSet::new(),
        closes: BTreeMap::new(),
        choices: Vec::new(),
        colors: BTreeMap::new(),
    };
    while let Some(token) = tokens.get(translator.next) {
        translator.close_groups(token.at);
        let loose = loose[translator.next];
        translator.check_levels(*token, loose.depth)?;
        if loose.is_argument && is_no_argument(token.text) || loose.is_of_several && is_no_one_of_several(token.text) {
            return Err(FormulaError::new(
                Said::new("a command or script lacks its argument here", "put it in braces behind it"),
                token.at,
            ));
        }
        translator.check_brackets(*token)?;
        translator.next += 1;
        if !translator.read.remove(&(translator.next - 1)) {
            translator.token(*token)?;
        }
    }
    translator.close_groups(tokens.last().map_or(0, |token| token.at));
    translator.finished(display)
}

/// Whether one of these stands among these tokens, and in nothing else there.
fn has_cells(tokens: &[TexToken<'_>], partners: &[usize], among: Range<usize>, ends: &[&str]) -> bool {
    let mut depth = 0_usize;
    let mut position = among.start;
    while position < among.end {
        match tokens[position].text {
            "\\begin" | "\\left" => depth += 1,
            "\\end" | "\\right" => depth = depth.saturating_sub(1),
            text if depth == 0 && ends.contains(&text) => return true,
            _ => {}
        }
        position = partners[position] + 1;
    }
    false
}

struct Translator<'a> {
    tokens: &'a [TexToken<'a>],
    partners: &'a [usize],
    loose: &'a [Loose],
    brackets: &'a [Bracket],
    named: Named<'a>,
    /// The position of the next token.
    next: usize,
    dialect: EngineFormula,
    /// What is open, the formula itself first.
    frames: Vec<Frame>,
    /// Whether there will be a `&` or a `\\` outside of everything.
    formula_has_cells: bool,
    /// Whether there will be a `\\` outside of everything.
    formula_has_rows: bool,
    /// Whether there was one.
    has_rows: bool,
    /// Whether there is a `&` outside of everything.
    has_columns: bool,
    /// The number of the tag of all of it, and where it stands.
    tag: Option<(usize, usize)>,
    /// The tokens further on that are read already.
    read: BTreeSet<usize>,
    /// The positions before which groups end that nobody wrote, and how many.
    closes: BTreeMap<usize, usize>,
    /// Where choices end, and how many arguments behind that are not chosen.
    choices: Vec<(usize, usize)>,
    /// The colours that the formula defines.
    colors: BTreeMap<String, String>,
}

impl<'a> Translator<'a> {
    /// The engine reads an optional argument, as of `\sqrt[3]{x}`, up to its `]`, cells and rows included.
    fn check_brackets(&self, token: TexToken<'_>) -> Result<(), FormulaError> {
        let open = behind_space(self.tokens, self.next + 1);
        match self.brackets.get(open).and_then(|bracket| bracket.cell_end) {
            Some(end) => {
                let message = Said::new(
                    format!("the brackets of `{}` end behind the cell that they begin in", token.text),
                    "close them before",
                )
                .naming(token.text);
                Err(FormulaError::new(message, self.tokens[end].at))
            }
            None => Ok(()),
        }
    }

    fn check_levels(&mut self, token: TexToken<'_>, loose: usize) -> Result<(), FormulaError> {
        let open: usize = self.frames.iter().map(|frame| 1 + frame.switches + frame.pending).sum();
        let levels = open - 1 + loose + self.closes.len();
        self.dialect.levels = self.dialect.levels.max(levels);
        if levels > MOST_LEVELS {
            let message = Said::new(
                format!("the formula goes more than {MOST_LEVELS} levels deep here"),
                "split it, or take out braces that it does not need",
            );
            return Err(FormulaError::new(message, token.at));
        }
        Ok(())
    }

    /// Ends the groups that nobody wrote and that end before the next token.
    fn close_groups(&mut self, at: usize) {
        for _ in 0..self.closes.remove(&self.next).unwrap_or_default() {
            self.write("}", at);
        }
    }

    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().expect("the formula is never closed")
    }

    /// Writes what a token at this place of the formula becomes.
    fn write(&mut self, text: &str, at: usize) {
        let written = self.dialect.tex.len();
        self.dialect.origins.push((written, at));
        self.dialect.tex.push_str(text);
    }

    fn open(&mut self, kind: FrameOpener, at: usize, close: &'static str, mode: CharacterMode) {
        let style = self.style();
        let size = self.frame().size;
        self.frames.push(Frame { size, base_size: size, ..Frame::new(kind, at, close, mode, style) });
    }

    /// The style in which the last token that was read is set.
    fn style(&self) -> Style {
        let style = self.frames.last().expect("the formula is never closed").style;
        match self.loose.get(self.next.saturating_sub(1)).map_or(Set::Alike, |loose| loose.set) {
            Set::Alike => style,
            Set::Fraction => style.in_fraction(),
            Set::Script => style.in_script(),
        }
    }

    fn token(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let mode = self.frame().mode;
        if mode != CharacterMode::Math
            && let Some(stand_in) = stand_in(token.text)
        {
            self.write(&stand_in.to_string(), token.at);
            return Ok(());
        }
        match token.kind {
            TokenKind::Open => {
                // Lines in a group need an environment, for the engine.
                let inside = self.next..self.partners[self.next - 1];
                if mode == CharacterMode::Math
                    && has_cells(self.tokens, self.partners, inside, &["\\\\", "\\newline", "\\cr"])
                {
                    self.write("{\\begin{gathered}", token.at);
                    self.open(FrameOpener::Brace, token.at, "\\end{gathered}}", mode);
                    self.frame().has_rows = true;
                } else {
                    // In the argument of these, the engine takes for the one half of a fraction all that stands before.
                    let before = self.tokens[..self.next - 1].iter().rfind(|token| token.kind != TokenKind::Space);
                    let is_bare =
                        before.is_some_and(|token| matches!(token.text, "\\bra" | "\\ket" | "\\braket" | "\\pmod"));
                    let (open, close) = if is_bare { ("{{", "}}") } else { ("{", "}") };
                    self.write(open, token.at);
                    self.open(FrameOpener::Brace, token.at, close, mode);
                }
                Ok(())
            }
            TokenKind::Close => self.brace_closes(token),
            TokenKind::Space => {
                self.write(" ", token.at);
                Ok(())
            }
            TokenKind::Parameter(_) if matches!(mode, CharacterMode::Text(_)) => {
                self.write("\\", token.at);
                self.write(token.text, token.at);
                Ok(())
            }
            TokenKind::Parameter(_) => Err(FormulaError::new(
                Said::of(token.text, "means something in a macro only").remedy("write `\\#`"),
                token.at,
            )),
            TokenKind::Command if matches!(mode, CharacterMode::Text(_)) => self.command_in_text(token),
            TokenKind::Command => self.command(token),
            TokenKind::Character => match mode {
                CharacterMode::Math => self.character(token),
                CharacterMode::Name => {
                    self.write(token.text, token.at);
                    Ok(())
                }
                CharacterMode::Text(command) => {
                    self.character_in_text(token, command);
                    Ok(())
                }
            },
        }
    }

    fn brace_closes(&mut self, token: TexToken<'_>) -> Result<(), FormulaError> {
        if self.frame().kind != FrameOpener::Brace {
            return Err(self.unclosed());
        }
        self.close(token.at);
        // Of a choice, the other arguments are left out.
        if let Some((_, others)) = self.choices.pop_if(|(close, _)| *close + 1 == self.next) {
            for _ in 0..others {
                self.group(token)?;
            }
        }
        Ok(())
    }

    /// Ends the last frame.
    fn close(&mut self, at: usize) {
        self.end_cell(at);
        let frame = self.frames.pop().expect("the caller has looked at it");
        self.write(&frame.close, at);
        if let Some(table) = frame.table {
            self.table_ends(table);
        }
    }

    /// Ends what reaches to the end of a cell.
    fn end_cell(&mut self, at: usize) {
        let frame = self.frame();
        frame.switches = 0;
        frame.style = frame.base;
        frame.size = frame.base_size;
        for _ in 0..std::mem::take(&mut frame.pending) {
            self.write("}", at);
        }
    }

    /// What is wrong when something else ends than what was opened last.
    fn unclosed(&self) -> FormulaError {
        let frame = self.frames.last().expect("the formula is never closed");
        let message = match frame.kind {
            FrameOpener::Left => Said::new(
                "this `\\left` has no `\\right` in its group",
                "write both, or `\\right.` for an end that does not show",
            )
            .naming("\\left"),
            FrameOpener::Environment(name) => Said::new(
                format!("this `\\begin{{{name}}}` is not closed in its group"),
                format!("add `\\end{{{name}}}`"),
            )
            .naming("\\begin"),
            FrameOpener::Dollar => {
                Said::new("this `$` in a text has no second one", "add it, or write `\\$` for a dollar")
            }
            FrameOpener::Brace | FrameOpener::Formula => {
                Said::new("this group is closed by something else than a `}`", "add a `}`")
            }
        };
        FormulaError::new(message, frame.at)
    }

    fn character(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let first = token.text.chars().next().expect("a character");
        match first {
            '$' => {
                if self.frame().kind == FrameOpener::Dollar {
                    self.close(token.at);
                    return Ok(());
                }
                Err(FormulaError::new(
                    Said::new("there is a `$` inside of the formula", "take it out, or write `\\$` for a dollar"),
                    token.at,
                ))
            }
            '&' => {
                self.has_columns |= self.frames.len() == 1;
                self.cell_ends(token)?;
                self.write("&", token.at);
                self.begin_cell(token.at);
                Ok(())
            }
            '#' => Err(FormulaError::new(Said::new("`#` means something in a macro only", "write `\\#`"), token.at)),
            '\u{E000}'..='\u{F8FF}' => Err(private_use(first, token.at)),
            c if c.is_control() => Err(FormulaError::new(
                Said::new(format!("there is a character that does not show, U+{:04X}", u32::from(c)), "take it out"),
                token.at,
            )),
            c if is_text(c) => {
                self.write("\\text{", token.at);
                self.write(token.text, token.at);
                while let Some(token) = self.tokens.get(self.next).filter(|token| token.text.chars().all(is_text)) {
                    self.write(token.text, token.at);
                    self.next += 1;
                }
                self.write("}", token.at);
                Ok(())
            }
            _ => {
                self.write(token.text, token.at);
                Ok(())
            }
        }
    }

    fn character_in_text(&mut self, token: TexToken<'a>, command: &'static str) {
        match token.text {
            "$" => {
                self.write("}", token.at);
                self.open(FrameOpener::Dollar, token.at, reopening(command), CharacterMode::Math);
            }
            "_" => self.symbol_in_text("\\_", token.at),
            "#" => self.symbol_in_text("\\#", token.at),
            "^" => self.write("\\textasciicircum ", token.at),
            "\\" => self.write("\\textbackslash ", token.at),
            "{" => self.symbol_in_text("\\{", token.at),
            "}" => self.symbol_in_text("\\}", token.at),
            "%" => self.symbol_in_text("\\%", token.at),
            "&" => self.symbol_in_text("\\&", token.at),
            text => {
                // A character of private use would be taken for a mark of ours.
                let text = if text.chars().any(is_private) { "\u{FFFD}" } else { text };
                self.write(text, token.at);
            }
        }
    }

    fn command_in_text(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        if token.text == "\\vspace" {
            return self.group(token).map(|_| ());
        }
        // In a text, what takes no width is shown as it is.
        if TEXT_LAPS.contains(&token.text) {
            return Ok(());
        }
        if let Some(said) = elsewhere::said(token.text) {
            return Err(FormulaError::new(said, token.at));
        }
        if dress::is_dress(token.text) && dress::size(token.text).is_none() && token.text != "\\sout" {
            let message = Said::of(token.text, "is for formulas and stands in a text").remedy("put `$` around it");
            return Err(FormulaError::new(message, token.at));
        }
        if token.text[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.write(token.text, token.at);
            self.write(" ", token.at);
        } else {
            self.symbol_in_text(token.text, token.at);
        }
        Ok(())
    }

    /// A command that is no word: the engine drops white space behind it, and TeX does not.
    fn symbol_in_text(&mut self, command: &str, at: usize) {
        self.write(command, at);
        if self.tokens.get(self.next).is_some_and(|next| next.kind == TokenKind::Space) {
            self.next += 1;
            self.write("~", at);
        }
    }

    fn command(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let at = token.at;
        match token.text {
            "\\begin" => self.begins(token),
            "\\end" => self.ends(token),
            "\\left" => {
                self.open(FrameOpener::Left, at, "", CharacterMode::Math);
                self.write("\\left ", at);
                self.delimiter();
                Ok(())
            }
            "\\right" => self.right(at),
            "\\\\" | "\\newline" | "\\cr" => self.row_ends(token),
            "\\over" | "\\atop" | "\\choose" | "\\brace" | "\\brack" => self.fraction_between(token),
            "\\middle" if self.frame().kind != FrameOpener::Left => Err(FormulaError::new(
                Said::new("`\\middle` has to stand between a `\\left` and its `\\right`", "write them, or take it out")
                    .naming("\\middle"),
                at,
            )),
            "\\tag" | "\\tag*" => self.tag(token),
            "\\label" | "\\require" | "\\vspace" => {
                self.group(token)?;
                self.begin_cell(at);
                Ok(())
            }
            "\\cases" | "\\matrix" | "\\pmatrix" => self.plain_table(token, &token.text[1..]),
            "\\eqalign" | "\\displaylines" => {
                self.plain_table(token, if token.text == "\\eqalign" { "aligned" } else { "gathered" })
            }
            "\\hline" | "\\hdashline" | "\\cline" => Err(misplaced(token)),
            "\\mathchoice" => self.choice(token),
            "\\kern" | "\\hskip" | "\\hspace" | "\\hspace*" | "\\mkern" | "\\mskip" | "\\mspace" => self.space(token),
            "\\substack" => self.substack(at),
            "\\operatorname" | "\\operatorname*" | "\\operatornamewithlimits" => self.operator_name(token),
            // A backslash at the end of a line is a space.
            "\\\n" | "\\\r" | "\\\t" => {
                self.write("\\ ", at);
                Ok(())
            }
            command if is_definition(command) && self.sets_something() => {
                let message =
                    Said::of(command, "changes here how TeX sets formulas, which is not done").remedy("take it out");
                Err(FormulaError::new(message, at))
            }
            command if is_definition(command) => Err(FormulaError::new(
                Said::of(command, "defines a command, which a formula cannot do")
                    .remedy("define it in [preprocessor.bilingual.formulas.macros]"),
                at,
            )),
            _ => self.other(token),
        }
    }

    /// A command without a rule of its own: one that dresses what follows, a switch, one that holds text, or a sign.
    fn other(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let (command, at) = (token.text, token.at);
        if let Some(done) = self.dressing(token) {
            return done;
        }
        if BRACKETED.contains(&command) {
            self.optional();
        }
        if let Some(said) = elsewhere::said(command) {
            return Err(FormulaError::new(said, at));
        }
        if let Some(text) = TEXTS.iter().find(|text| **text == command) {
            self.text(text, at);
            return Ok(());
        }
        if is_switch(command) {
            self.frame().switches += 1;
            self.begin_switch(at);
            let style = match command {
                "\\displaystyle" => Some(Style::Display),
                "\\textstyle" => Some(Style::Text),
                "\\scriptstyle" => Some(Style::Script),
                "\\scriptscriptstyle" => Some(Style::Smallest),
                _ => None,
            };
            let frame = self.frame();
            frame.style = style.unwrap_or(frame.style);
        }
        if command.chars().any(is_private) {
            return Err(private_use(command.chars().nth(1).unwrap_or_default(), at));
        }
        self.write(command, at);
        if command[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.write(" ", at);
        }
        if is_delimiter_command(command) {
            self.delimiter();
        }
        Ok(())
    }

    /// The end of what a `\left` began.
    fn right(&mut self, at: usize) -> Result<(), FormulaError> {
        match self.frame().kind {
            FrameOpener::Left => {}
            FrameOpener::Formula | FrameOpener::Brace => {
                let said = Said::new(
                    "this `\\right` has no `\\left` in its group",
                    "write both, or `\\left.` for a beginning that does not show",
                );
                return Err(FormulaError::new(said.naming("\\right"), at));
            }
            _ => return Err(self.unclosed()),
        }
        self.close(at);
        self.write("\\right ", at);
        self.delimiter();
        Ok(())
    }

    /// Lines below one another, as below a sum.
    fn substack(&mut self, at: usize) -> Result<(), FormulaError> {
        let inside = behind_space(self.tokens, self.next);
        if self.tokens.get(inside).is_none_or(|token| token.kind != TokenKind::Open) {
            return Err(FormulaError::new(Said::of("\\substack", "needs its lines in braces behind it"), at));
        }
        self.next = inside + 1;
        self.write("\\begin{subarray}{c}", at);
        self.open(FrameOpener::Brace, at, "\\end{subarray}", CharacterMode::Math);
        self.frame().has_rows = true;
        Ok(())
    }

    /// An operator with a name, `\operatorname{arg\,max}`.
    fn operator_name(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        self.named_operator(token)?;
        let inside = behind_space(self.tokens, self.next);
        if self.tokens.get(inside).is_some_and(|token| token.kind == TokenKind::Open) {
            self.next = inside + 1;
            self.write("{", token.at);
            self.open(FrameOpener::Brace, token.at, "}", CharacterMode::Name);
        } else if let Some(stand_in) = self.tokens.get(inside).and_then(|token| stand_in(token.text)) {
            self.next = inside + 1;
            self.write(&stand_in.to_string(), token.at);
        }
        Ok(())
    }

    /// Whether what is defined here is a length or a factor of TeX.
    fn sets_something(&self) -> bool {
        let behind = self.tokens.get(self.next..).unwrap_or_default();
        let named = behind.iter().find(|token| !matches!(token.kind, TokenKind::Space | TokenKind::Open));
        named.is_some_and(|token| elsewhere::SETTINGS.contains(&token.text))
    }

    /// A bracket behind `\left`, `\big` and their like: there TeX takes `<` for an angle.
    fn delimiter(&mut self) {
        let next = behind_space(self.tokens, self.next);
        let Some(token) = self.tokens.get(next) else { return };
        let angle = match token.text {
            "<" | "\\lt" => "\\langle ",
            ">" | "\\gt" => "\\rangle ",
            _ => return,
        };
        self.next = next + 1;
        self.write(angle, token.at);
    }

    /// White space of a length, without what it may stretch by.
    fn space(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let length = self.length(token)?;
        self.write(&format!("\\hspace{{{length}}}"), token.at);
        for word in ["plus", "minus"] {
            let letters = self.tokens[behind_space(self.tokens, self.next)..].iter().take(word.len());
            if letters.clone().map(|token| token.text).eq(word.split("").filter(|letter| !letter.is_empty())) {
                let begin = self.next;
                self.next = behind_space(self.tokens, self.next) + word.len();
                if self.length(token).is_err() {
                    self.next = begin;
                }
            }
        }
        Ok(())
    }

    /// The text behind a command that holds text.
    fn text(&mut self, command: &'static str, at: usize) {
        let inside = behind_space(self.tokens, self.next);
        if self.tokens.get(inside).is_none_or(|token| token.kind != TokenKind::Open) {
            self.write(command, at);
            self.write(" ", at);
            if let Some(stand_in) = self.tokens.get(inside).and_then(|token| stand_in(token.text)) {
                self.next = inside + 1;
                self.write(&stand_in.to_string(), at);
            }
            return;
        }
        let contents = &self.tokens[inside..self.partners[inside]];
        self.next = inside + 1;
        let has_formula = contents.iter().any(|token| token.text == "$");
        if has_formula {
            self.write("{", at);
        }
        self.write(command, at);
        self.write("{", at);
        self.open(FrameOpener::Brace, at, if has_formula { "}}" } else { "}" }, CharacterMode::Text(command));
    }

    /// A fraction whose command stands between its parts: they are what the group holds.
    fn fraction_between(&mut self, token: TexToken<'_>) -> Result<(), FormulaError> {
        let frame = self.frame();
        if frame.has_cells || frame.table.is_some() {
            return Err(between(token));
        }
        frame.fraction = true;
        self.write(token.text, token.at);
        self.write(" ", token.at);
        Ok(())
    }

    /// The tokens of the group that follows, which is left out.
    fn group(&mut self, of: TexToken<'_>) -> Result<&'a [TexToken<'a>], FormulaError> {
        let open = behind_space(self.tokens, self.next);
        if self.tokens.get(open).is_none_or(|token| token.kind != TokenKind::Open) {
            return Err(FormulaError::new(Said::of(of.text, "needs an argument in braces behind it"), of.at));
        }
        let close = self.partners[open];
        self.next = close + 1;
        Ok(&self.tokens[open + 1..close])
    }

    fn tag(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let words: String = self.group(token)?.iter().filter_map(|token| tag_word(token.text)).collect();
        let words = words.trim();
        self.dialect.tags.push(if token.text == "\\tag" { format!("({words})") } else { words.to_owned() });
        let tag = self.dialect.tags.len() - 1;
        if TAGGED.contains(&&*self.frame().close) {
            self.end_cell(token.at);
            self.write(&format!("\\tag{{{TAG}{tag}}}"), token.at);
            return Ok(());
        }
        if self.tag.is_some() {
            return Err(FormulaError::new(
                Said::new("a formula has one tag", "put its lines into an `align` for a tag each"),
                token.at,
            ));
        }
        self.tag = Some((tag, token.at));
        self.begin_cell(token.at);
        Ok(())
    }

    /// Keeps a command that changes what follows it inside of its cell: the engine would go on to the end of the table, and
    /// put all cells into one.
    fn begin_switch(&mut self, at: usize) {
        let formula_has_cells = self.formula_has_cells;
        let frame = self.frame();
        let is_table = match frame.kind {
            FrameOpener::Formula => formula_has_cells,
            _ => frame.table.is_some() || frame.has_rows,
        };
        if is_table {
            frame.pending += 1;
            self.write("{", at);
        }
    }

    fn finished(mut self, display: bool) -> Result<EngineFormula, FormulaError> {
        if self.frames.len() > 1 {
            return Err(self.unclosed());
        }
        let end = self.tokens.last().map_or(0, |token| token.at + token.text.len());
        self.end_cell(end);
        let mut before = String::new();
        if self.tag.is_some() && display {
            before.push_str("\\begin{equation*}");
        }
        // Columns need `aligned`, which has rows as well.
        let rows = match (self.has_columns, self.has_rows) {
            (true, _) => Some("aligned"),
            (false, true) => Some("gathered"),
            (false, false) => None,
        };
        if let Some(rows) = rows {
            before.push_str(&format!("\\begin{{{rows}}}"));
            self.write(&format!("\\end{{{rows}}}"), end);
        }
        match self.tag.take() {
            Some((tag, at)) if display => {
                self.write(&format!("\\tag{{{TAG}{tag}}}\\end{{equation*}}"), at);
            }
            // In a line there is no margin to put it into.
            Some((tag, at)) => {
                self.write(&format!("\\quad\\text{{({TAG}{tag})}}"), at);
            }
            None => {}
        }
        let EngineFormula { tex, origins, dresses, tags, levels } = self.dialect;
        let origins = origins.into_iter().map(|(written, at)| (written + before.len(), at)).collect();
        Ok(EngineFormula { tex: before + &tex, origins, dresses, tags, levels: levels + 2 })
    }
}

impl EngineFormula {
    /// Where the author wrote what stands at this byte.
    pub(super) fn origin(&self, at: usize) -> usize {
        let behind = self.origins.partition_point(|(written, _)| *written <= at);
        behind.checked_sub(1).map_or(0, |found| self.origins[found].1)
    }

    /// What a tag shows, of which the engine knows the number only.
    pub(super) fn tag(&self, text: &str) -> Option<&str> {
        let number = text.strip_prefix('(')?.strip_suffix(')')?.strip_prefix(TAG)?;
        self.tags.get(number.parse::<usize>().ok()?).map(String::as_str)
    }

    /// The dress that a text marks; `None` for any other text.
    pub(super) fn dress(&self, text: &str) -> Option<&Dress> {
        let mut characters = text.chars();
        let number = u32::from(characters.next()?).checked_sub(FIRST_MARK)?;
        if characters.next().is_some() {
            return None;
        }
        self.dresses.get(usize::try_from(number).ok()?)
    }
}

fn private_use(c: char, at: usize) -> FormulaError {
    let message =
        Said::new(format!("U+{:04X} is a character of private use, which no font shows", u32::from(c)), "take it out");
    FormulaError::new(message, at)
}

/// The engine mixes such a fraction up with cells, and panics without optimisation.
fn between(token: TexToken<'_>) -> FormulaError {
    let message = Said::new(
        "a fraction such as `a \\over b` cannot stand among cells or lines",
        "put it into braces, or write `\\frac{a}{b}`",
    );
    FormulaError::new(message, token.at)
}
