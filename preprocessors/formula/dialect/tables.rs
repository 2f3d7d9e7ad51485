//! Environments: their rows, their columns and the lines between them.
//!
//! The engine draws a line below a table as one more row with one cell, and knows neither two lines side by side nor a
//! line below some columns. So it is told of none: the lines are put on the cells afterwards.

use crate::formula::FormulaError;
use crate::formula::dialect::dress::plain;
use crate::formula::dialect::{CharacterMode, Dress, FrameOpener, Style, Translator, between};
use crate::formula::error::Said;
use crate::formula::lexicon::{self, ENVIRONMENTS, Environment};
use crate::formula::tokens::{TexToken, TokenKind, behind_space};

mod columns;

use columns::Columns;

/// How many columns an array may say it has.
const MOST_COLUMNS: usize = 256;

/// A line between rows or columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::formula) enum TableLine {
    #[default]
    None,
    Solid,
    Double,
    Dashed,
}

impl TableLine {
    /// With one more of them in the same place.
    fn and(self, more: Self) -> Self {
        if self == Self::None { more } else { Self::Double }
    }
}

/// The lines of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::formula) struct Rules {
    /// How many columns it says it has.
    pub(in crate::formula) columns: usize,
    /// The line before each column, and the one behind the last.
    verticals: Vec<TableLine>,
    /// The line above each row, and the one below the last.
    horizontals: Vec<TableLine>,
    /// Lines above some columns of a row: the row, and the columns from 0.
    partial: Vec<(usize, std::ops::Range<usize>)>,
    /// How many rows it has.
    rows: usize,
}

impl Rules {
    fn is_empty(&self) -> bool {
        let none = |lines: &[TableLine]| lines.iter().all(|line| *line == TableLine::None);
        none(&self.verticals) && none(&self.horizontals) && self.partial.is_empty()
    }

    /// The style of a cell, both numbers from 0.
    pub(in crate::formula) fn style(&self, row: usize, column: usize) -> String {
        let mut style = String::new();
        let mut side = |side: &str, line: TableLine| {
            let line = match line {
                TableLine::None => return,
                TableLine::Solid => "0.05em solid",
                TableLine::Double => "0.2em double",
                TableLine::Dashed => "0.05em dashed",
            };
            style.push_str(&format!("border-{side}:{line} currentcolor;"));
        };
        let above = |row: usize| {
            let whole = self.horizontals.get(row).copied().unwrap_or_default();
            let is_partial = self.partial.iter().any(|(of, columns)| *of == row && columns.contains(&column));
            if is_partial { whole.and(TableLine::Solid) } else { whole }
        };
        side("top", above(row));
        if row + 1 == self.rows {
            side("bottom", above(self.rows));
        }
        if column == 0 {
            side("left", self.verticals.first().copied().unwrap_or_default());
        }
        side("right", self.verticals.get(column + 1).copied().unwrap_or_default());
        style
    }
}

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    /// The number of its mark, if it may have lines.
    mark: Option<usize>,
    rules: Rules,
    /// How many rows were begun, but for the first.
    row: usize,
}

/// What the rest of an environment holds.
#[derive(Default)]
struct Ahead {
    columns: usize,
    has_lines: bool,
}

const LINES: &[&str] = &["\\hline", "\\hdashline", "\\cline"];

impl<'a> Translator<'a> {
    pub(super) fn begins(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let environment = self.environment(token)?;
        let mut end = environment.end.to_owned();
        let mut columns = Rules::default();
        let mut begin = environment.begin.to_owned();
        if environment.has_place {
            // Where it stands beside the line is for TeX to say.
            self.place();
        }
        if matches!(environment.name, "alignat" | "alignat*" | "alignedat") {
            // How many pairs of columns it has shows.
            self.group(token)?;
        }
        let ahead = self.ahead();
        if environment.has_columns {
            let Columns { letters, rules, .. } = Columns::read(self.group(token)?, token)?;
            columns = rules;
            begin.push_str(&format!("{{{letters}}}"));
        } else if environment.name.ends_with("matrix*") {
            let letter = self.optional().map_or_else(|| "c".to_owned(), plain);
            if !matches!(letter.as_str(), "l" | "c" | "r") {
                let message =
                    Said::new(format!("`[{letter}]` says how the columns stand"), "write `[l]`, `[c]` or `[r]`");
                return Err(FormulaError::new(message, token.at));
            }
            begin.push_str(&format!("{{{}}}", letter.repeat(ahead.columns)));
        }
        columns.columns = columns.columns.max(ahead.columns);
        self.opens_table(token, environment, columns, ahead.has_lines, &begin, &mut end)?;
        self.lines(true)
    }

    /// A table of plain TeX: `\cases{…\cr…}`.
    pub(super) fn plain_table(&mut self, token: TexToken<'a>, name: &str) -> Result<(), FormulaError> {
        let open = behind_space(self.tokens, self.next);
        if self.tokens.get(open).is_none_or(|token| token.kind != TokenKind::Open) {
            return Err(FormulaError::new(Said::of(token.text, "needs its rows in braces behind it"), token.at));
        }
        let environment = ENVIRONMENTS.iter().find(|known| known.name == name).expect("it is on the list");
        self.next = open + 1;
        let ahead = self.ahead();
        let columns = Rules { columns: ahead.columns, ..Rules::default() };
        let mut end = environment.end.to_owned();
        self.opens_table(token, environment, columns, ahead.has_lines, environment.begin, &mut end)?;
        self.frame().kind = FrameOpener::Brace;
        self.lines(true)
    }

    fn opens_table(
        &mut self,
        token: TexToken<'a>,
        environment: &'static Environment,
        rules: Rules,
        has_lines: bool,
        begin: &str,
        end: &mut String,
    ) -> Result<(), FormulaError> {
        let mut table = OpenTable { rules, ..OpenTable::default() };
        if has_lines || !table.rules.is_empty() {
            if lexicon::TAGGED.contains(&environment.end) || environment.name.starts_with("multline") {
                let message = Said::new(
                    format!("a line cannot stand in `{}`", environment.name),
                    "put the table into an `array`",
                );
                return Err(FormulaError::new(message, token.at));
            }
            table.mark = Some(self.dialect.dresses.len());
            let mark = self.mark(Dress::Rules(Rules::default()), token.at)?;
            self.write(&format!("{{{mark}"), token.at);
            end.push('}');
        }
        self.write(begin, token.at);
        self.open(FrameOpener::Environment(environment.name), token.at, "", CharacterMode::Math);
        let frame = self.frame();
        frame.close = std::mem::take(end).into();
        frame.table = Some(table);
        (frame.style, frame.base) = (environment.style, environment.style);
        self.begin_cell(token.at);
        Ok(())
    }

    pub(super) fn ends(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let name = self.environment(token)?.name;
        match self.frame().kind {
            FrameOpener::Environment(open) if open == name => {
                self.close(token.at);
                Ok(())
            }
            FrameOpener::Environment(open) => Err(FormulaError::new(
                Said::new(
                    format!("`\\end{{{name}}}` stands where `\\begin{{{open}}}` ends"),
                    format!("write `\\end{{{open}}}`"),
                )
                .naming("\\end"),
                token.at,
            )),
            FrameOpener::Formula | FrameOpener::Brace => Err(FormulaError::new(
                Said::new(
                    format!("this `\\end{{{name}}}` has no `\\begin{{{name}}}` in its group"),
                    "add it, or take this out",
                )
                .naming("\\end"),
                token.at,
            )),
            _ => Err(self.unclosed()),
        }
    }

    /// Settles the lines of a table that ends.
    pub(super) fn table_ends(&mut self, table: OpenTable) {
        if let Some(mark) = table.mark {
            self.dialect.dresses[mark] = Dress::Rules(Rules { rows: table.row + 1, ..table.rules });
        }
    }

    /// The environment whose name follows.
    fn environment(&mut self, of: TexToken<'_>) -> Result<&'static Environment, FormulaError> {
        let name = plain(self.group(of)?);
        ENVIRONMENTS.iter().find(|known| known.name == name).ok_or_else(|| {
            let message = match name.as_str() {
                "CD" => Said::new(
                    "there is no environment `CD` here",
                    "write the diagram as an `array` with `\\xrightarrow` and `\\downarrow`, or as a block of Mermaid",
                ),
                "tabular" | "table" | "tabular*" => {
                    Said::new(format!("`{name}` is for texts"), "write an `array`, or a table of Markdown")
                }
                _ => Said::new(
                    format!("there is no environment `{name}` here"),
                    "write another one, such as `aligned`, `cases` or `array`",
                ),
            };
            FormulaError::new(message, of.at)
        })
    }

    /// Leaves out `[t]`, `[c]` or `[b]`.
    fn place(&mut self) {
        let begin = self.next;
        let is_place = self.optional().is_some_and(|place| matches!(plain(place).as_str(), "t" | "c" | "b" | "m"));
        if !is_place {
            self.next = begin;
        }
    }

    /// What stands in the environment that begins here.
    fn ahead(&self) -> Ahead {
        let mut ahead = Ahead { columns: 1, has_lines: false };
        let (mut depth, mut cells, mut position) = (0_usize, 1, self.next);
        while let Some(token) = self.tokens.get(position) {
            match token.text {
                "\\begin" | "\\left" => depth += 1,
                "\\end" | "\\right" if depth == 0 => break,
                "\\end" | "\\right" => depth -= 1,
                "&" if depth == 0 => cells += 1,
                "\\\\" | "\\cr" | "\\newline" if depth == 0 => cells = 1,
                line if depth == 0 && LINES.contains(&line) => ahead.has_lines = true,
                _ if token.kind == TokenKind::Close => break,
                _ => {}
            }
            ahead.columns = ahead.columns.max(cells);
            position = self.partners[position] + 1;
        }
        ahead
    }

    /// The lines before a row, or below the last one.
    fn lines(&mut self, is_first: bool) -> Result<(), FormulaError> {
        loop {
            let next = behind_space(self.tokens, self.next);
            let Some(token) = self.tokens.get(next).copied().filter(|token| LINES.contains(&token.text)) else {
                return Ok(());
            };
            self.next = next + 1;
            let range = if token.text == "\\cline" { Some(columns(&plain(self.group(token)?), token)?) } else { None };
            let table = self.frame().table.as_mut().ok_or_else(|| misplaced(token))?;
            let row = if is_first { 0 } else { table.row + 1 };
            match range {
                Some(range) => table.rules.partial.push((row, range)),
                None => {
                    let line = if token.text == "\\hline" { TableLine::Solid } else { TableLine::Dashed };
                    let lines = &mut table.rules.horizontals;
                    lines.resize((row + 1).max(lines.len()), TableLine::None);
                    lines[row] = lines[row].and(line);
                }
            }
        }
    }

    /// A `&` or a `\\`.
    pub(super) fn cell_ends(&mut self, token: TexToken<'_>) -> Result<(), FormulaError> {
        let formula_has_rows = self.formula_has_rows;
        let frame = self.frame();
        if frame.fraction {
            return Err(between(token));
        }
        let is_table = frame.table.is_some() || frame.kind == FrameOpener::Formula;
        if !is_table && (token.text == "&" || !frame.has_rows) {
            let message = Said::of(token.text, "cannot stand inside of braces or of `\\left` … `\\right`")
                .remedy("put what belongs together into an environment, such as `aligned`");
            return Err(FormulaError::new(message, token.at));
        }
        if frame.kind == FrameOpener::Formula && token.text == "&" && !formula_has_rows {
            return Err(FormulaError::new(
                Said::new(
                    "`&` parts columns, and there is no second line to align here",
                    "write `\\&` for the sign, or `\\wedge` or `\\land` for “and”",
                ),
                token.at,
            ));
        }
        self.frame().has_cells = true;
        self.end_cell(token.at);
        Ok(())
    }

    pub(super) fn row_ends(&mut self, token: TexToken<'a>) -> Result<(), FormulaError> {
        let at = token.at;
        self.cell_ends(token)?;
        if token.text == "\\\\" && self.tokens.get(self.next).is_some_and(|token| token.text == "*") {
            self.next += 1;
        }
        self.skip_length();
        self.lines(false)?;
        let behind = behind_space(self.tokens, self.next);
        let is_last =
            self.tokens.get(behind).is_none_or(|token| token.kind == TokenKind::Close || token.text == "\\end");
        // A last `\\` begins no row.
        if is_last {
            return Ok(());
        }
        if let Some(table) = &mut self.frame().table {
            table.row += 1;
        }
        if self.frames.len() == 1 {
            self.has_rows = true;
        }
        self.write("\\\\ ", at);
        self.begin_cell(at);
        Ok(())
    }

    /// Gives a script something to stand at, at the beginning of a cell and behind what leaves nothing, or the engine would
    /// take the `&` before it.
    pub(super) fn begin_cell(&mut self, at: usize) {
        let next = behind_space(self.tokens, self.next);
        if self.tokens.get(next).is_some_and(|token| matches!(token.text, "_" | "^" | "'")) {
            self.write("{}", at);
        }
    }

    /// Leaves out the length behind a `\\`, as in `\\[4pt]`; brackets with anything else in them belong to the row.
    fn skip_length(&mut self) {
        let begin = self.next;
        if !self.optional().is_some_and(|tokens| lexicon::is_length(&plain(tokens))) {
            self.next = begin;
        }
    }
}

/// The columns of `\cline{2-3}`, from 0.
fn columns(text: &str, of: TexToken<'_>) -> Result<std::ops::Range<usize>, FormulaError> {
    let ends = text.split_once('-').and_then(|(from, to)| {
        let (from, to) = (from.trim().parse::<usize>().ok()?, to.trim().parse::<usize>().ok()?);
        (1 <= from && from <= to && to <= MOST_COLUMNS).then(|| from - 1..to)
    });
    ends.ok_or_else(|| {
        FormulaError::new(Said::of("\\cline", "needs the first column and the last one, such as `\\cline{1-2}`"), of.at)
    })
}

/// What is wrong with a line in the middle of a row.
pub(super) fn misplaced(token: TexToken<'_>) -> FormulaError {
    let message = Said::of(token.text, "has to stand at the beginning of a table or behind `\\\\`")
        .remedy("move it there, or write `\\overline` or `\\underline` for a line at a formula");
    FormulaError::new(message, token.at)
}

impl Style {
    /// What is set as a part of a fraction here.
    pub(super) fn in_fraction(self) -> Self {
        if self == Self::Display { Self::Text } else { self.in_script() }
    }

    /// What is set as a script here.
    pub(super) fn in_script(self) -> Self {
        if self < Self::Script { Self::Script } else { Self::Smallest }
    }
}
