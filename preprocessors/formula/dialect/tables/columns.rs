//! What says how the columns of an array stand, and the lines between them: `{l|c*{2}{r}}`.

use crate::formula::dialect::dress::plain;
use crate::formula::dialect::tables::{MOST_COLUMNS, Rules, TableLine};
use crate::formula::lexicon;
use crate::formula::tokens::{TexToken, TokenKind, behind_space};
use crate::formula::{FormulaError, Said};

/// How deep `*{…}{…}` may stand in one another.
const MOST_LEVELS: usize = 4;

/// What was read of it.
pub(super) struct Columns<'a> {
    /// A letter for each column that the engine knows.
    pub(super) letters: String,
    pub(super) rules: Rules,
    /// The environment that it belongs to.
    of: TexToken<'a>,
}

impl<'a> Columns<'a> {
    /// Reads what is in the braces behind the name of an environment.
    pub(super) fn read(tokens: &[TexToken<'_>], of: TexToken<'a>) -> Result<Self, FormulaError> {
        let mut columns = Self { letters: String::new(), rules: Rules::default(), of };
        columns.add(tokens, 0)?;
        Ok(columns)
    }

    fn add(&mut self, tokens: &[TexToken<'_>], depth: usize) -> Result<(), FormulaError> {
        self.rules.verticals.resize(self.rules.columns + 1, TableLine::None);
        let mut position = 0;
        while let Some(token) = tokens.get(position) {
            position += 1;
            match token.text {
                " " => {}
                "|" => self.line(TableLine::Solid),
                ":" => self.line(TableLine::Dashed),
                "@" | "!" | ">" | "<" => position = self.nothing_in(token.text, tokens, position)?,
                "*" => position = self.repeated(tokens, position, depth)?,
                "p" | "m" | "b" => {
                    position = group(tokens, position).1;
                    self.column("l")?;
                }
                "l" | "c" | "r" => self.column(token.text)?,
                "X" => self.column("l")?,
                text => {
                    return Err(self.wrong(Said::new(
                        format!("`{text}` is no column of an array"),
                        "write `l`, `c` or `r` for each, and `|` for a line",
                    )));
                }
            }
        }
        Ok(())
    }

    fn line(&mut self, line: TableLine) {
        let last = &mut self.rules.verticals[self.rules.columns];
        *last = last.and(line);
    }

    fn column(&mut self, letter: &str) -> Result<(), FormulaError> {
        self.letters.push_str(letter);
        self.rules.columns += 1;
        if self.rules.columns > MOST_COLUMNS {
            let what = format!("an array has {MOST_COLUMNS} columns at most");
            return Err(self.wrong(Said::new(what, "split it")));
        }
        self.rules.verticals.push(TableLine::None);
        Ok(())
    }

    /// Passes over what stands in each row between two columns, which may be nothing, and says what is behind it.
    fn nothing_in(&self, letter: &str, tokens: &[TexToken<'_>], position: usize) -> Result<usize, FormulaError> {
        let (inside, behind) = group(tokens, position);
        if inside.iter().any(|token| !lexicon::is_unseen(token.text)) {
            return Err(self.wrong(Said::new(
                format!("`{letter}{{…}}` puts something into each row, which is not done here"),
                format!("write it into the rows, or leave `{letter}{{}}` empty"),
            )));
        }
        Ok(behind)
    }

    /// Reads `{3}{c}` behind a `*`, and says what is behind it.
    fn repeated(&mut self, tokens: &[TexToken<'_>], position: usize, depth: usize) -> Result<usize, FormulaError> {
        let (number, behind) = group(tokens, position);
        let (inside, behind) = group(tokens, behind);
        let number = plain(number).parse::<usize>().ok().filter(|number| *number <= MOST_COLUMNS);
        let Some(number) = number.filter(|_| depth < MOST_LEVELS) else {
            return Err(self.wrong("`*{…}{…}` needs a number of columns first, such as `*{3}{c}`".into()));
        };
        let before = self.rules.columns;
        for _ in 0..number {
            self.add(inside, depth + 1)?;
            if self.rules.columns == before {
                break;
            }
        }
        Ok(behind)
    }

    fn wrong(&self, message: Said) -> FormulaError {
        FormulaError::new(message, self.of.at)
    }
}

/// What is in the braces that stand next, or the one token that does, and what is behind it.
fn group<'t, 'a>(tokens: &'t [TexToken<'a>], from: usize) -> (&'t [TexToken<'a>], usize) {
    let open = behind_space(tokens, from);
    let mut level = 0_usize;
    for (position, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            TokenKind::Open => level += 1,
            TokenKind::Close => level = level.saturating_sub(1),
            _ => {}
        }
        if level == 0 {
            let inside = match token.kind {
                TokenKind::Close => &tokens[(open + 1).min(position)..position],
                _ => &tokens[position..=position],
            };
            return (inside, position + 1);
        }
    }
    (&[], tokens.len())
}
