//! Whether a formula shows all that its author wrote.
//!
//! An engine can leave out what it does not understand, and a formula that lacks a sign says something else. So each
//! token of the TeX has to be accounted for: its character stands in the MathML as often as in the TeX, a fraction, a
//! root or a line has its element there, or the token is one that has nothing to see by itself
//! ([`lexicon::is_unseen`]). What a command leaves is asked of the engine, in a formula of nothing but the command: so
//! a command that leaves nothing is found as well.

use std::collections::BTreeMap;
use std::sync::Mutex;

use unicode_normalization::char::decompose_compatible;

use crate::formula::FormulaError;
use crate::formula::dialect::TEXT_LAPS;
use crate::formula::error::Said;
use crate::formula::lexicon::{self, ENVIRONMENTS, TEXTS, is_delimiter_command, tag_word};
use crate::formula::tokens::{TexToken, TokenKind, behind_space};

/// What stands for an element that shows something, beside the characters.
const FRACTION: char = '\u{F0000}';
const ROOT: char = '\u{F0001}';
const STRIKE: char = '\u{F0002}';
const CELL: char = '\u{F0003}';
const DRESS: char = '\u{F0004}';
const RULE: char = '\u{F0005}';
const LINE: char = '\u{F0006}';

/// What TeX leaves in MathML: its characters, and signs for its elements.
type Glyphs = Vec<char>;

/// The commands that were asked about.
#[derive(Debug, Default)]
pub(super) struct AskedCommands {
    marks: Mutex<BTreeMap<String, Option<Glyphs>>>,
}

impl AskedCommands {
    /// What a command leaves; `None` when no formula of the command alone can be made.
    fn of(&self, command: &str, engine: &impl Fn(&str) -> Option<String>) -> Option<Glyphs> {
        let mut known = self.marks.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(marks) = known.get(command) {
            return marks.clone();
        }
        let formulas = [
            format!("{command} "),
            format!("{command}{{}}"),
            format!("{command}{{}}{{}}"),
            format!("{command}{{}}{{}}{{}}"),
            format!("\\text{{{command}{{}}}}"),
        ];
        let alone = formulas.iter().find_map(|tex| engine(tex)).map(|mathml| marks(&mathml));
        // Some stand at a letter only, which is left out again.
        let at_letter = || {
            let formulas = [format!("{command} x"), format!("\\text{{{command}{{x}}}}")];
            let mut marks = marks(&formulas.iter().find_map(|tex| engine(tex))?);
            marks.remove(marks.iter().position(|mark| *mark == 'x')?);
            Some(marks)
        };
        let marks = alone.filter(|marks| !marks.is_empty()).or_else(at_letter);
        known.insert(command.to_owned(), marks.clone());
        marks
    }
}

/// The marks of MathML, without its annotation.
fn marks(mathml: &str) -> Glyphs {
    let mathml = mathml.split("<annotation").next().unwrap_or_default();
    let mut marks = Vec::with_capacity(mathml.len() / 4);
    let mut rest = mathml;
    while let Some(c) = rest.chars().next() {
        if c == '<' {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let tag = &rest[1..end];
            let name = tag.split([' ', '>', '/']).next().unwrap_or_default();
            match name {
                "mfrac" => marks.push(FRACTION),
                "msqrt" | "mroot" => marks.push(ROOT),
                "menclose" => marks.push(STRIKE),
                // `\sout` in a text.
                "s" => marks.push(DRESS),
                "mtd" => marks.push(CELL),
                _ => {}
            }
            // Most tags have no attributes.
            if let Some((_, attributes)) = tag.split_once(' ') {
                push_drawn(&mut marks, attributes);
            }
            rest = &rest[end..];
        } else if let Some((c, length)) = reference(rest) {
            push(&mut marks, c);
            rest = &rest[length..];
        } else {
            push(&mut marks, c);
            rest = &rest[c.len_utf8()..];
        }
    }
    marks
}

/// Adds what the attributes of an element draw.
fn push_drawn(marks: &mut Glyphs, attributes: &str) {
    let has = |word: &str| attributes.contains(word);
    if has("formula-box") || has("formula-fill") || has("formula-enclosed") {
        marks.push(DRESS);
    }
    if has("formula-rule") {
        marks.push(RULE);
    }
    if has("border-top") || has("border-bottom") {
        marks.push(LINE);
    }
}

/// The character reference at the beginning of a text, and its length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.strip_prefix('&')?.find(';')?;
    let c = match &text[1..=end] {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        name => char::from_u32(name.strip_prefix('#')?.parse().ok()?)?,
    };
    Some((c, end + 2))
}

/// Adds a character, in the form that all its variants have: `𝔼` is `E`, and `≠` is `=` with a stroke.
fn push(marks: &mut Glyphs, c: char) {
    if c.is_ascii_alphanumeric() {
        return marks.push(c);
    }
    let plain = match c {
        '−' | '\u{2010}' | '\u{2011}' => '-',
        '∗' => '*',
        '\u{2c6}' | '\u{302}' => '^',
        '\u{2dc}' | '\u{303}' => '~',
        '‘' | '’' | '′' | '´' | '`' => '\'',
        '“' | '”' | '″' => return marks.extend(['\'', '\'']),
        '"' => return marks.extend(['\'', '\'']),
        // What is written but not seen, and forms of a character.
        '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' => return,
        c if c.is_whitespace() => return,
        c => c,
    };
    decompose_compatible(plain, |c| match c {
        '′' => marks.push('\''),
        c if c.is_whitespace() => {}
        c => marks.push(c),
    });
}

/// How the tokens of a group are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GroupMode {
    Math,
    Text,
    Name,
}

/// What is wrong with a formula that does not show all of its tokens; `None` for one that does.
///
/// `tokens` are those of the formula after its macros, `partners` those of the tokens, `mathml` is what is shown, and
/// `engine` makes MathML of other TeX.
pub(super) fn lacking(
    tokens: &[TexToken<'_>],
    partners: &[usize],
    mathml: &str,
    asked: &AskedCommands,
    engine: &impl Fn(&str) -> Option<String>,
) -> Option<FormulaError> {
    let mut shown: BTreeMap<char, usize> = BTreeMap::new();
    for mark in marks(mathml) {
        *shown.entry(mark).or_default() += 1;
    }
    let mut reader = FormulaReader { tokens, partners, next: 0, modes: Vec::new(), unshown: Vec::new(), asked, engine };
    while let Some(token) = tokens.get(reader.next) {
        let Some(expected) = reader.expected() else { return Some(lost(*token)) };
        for mark in expected {
            match shown.get_mut(&mark) {
                Some(number) if *number > 0 => *number -= 1,
                _ => return Some(lost(*token)),
            }
        }
    }
    None
}

fn lost(token: TexToken<'_>) -> FormulaError {
    let message =
        Said::of(token.text, "would be left out of it").remedy("write this part in another way, or take that out");
    FormulaError::new(message, token.at)
}

struct FormulaReader<'a, E> {
    tokens: &'a [TexToken<'a>],
    partners: &'a [usize],
    next: usize,
    /// Where groups in another mode end.
    modes: Vec<(usize, GroupMode)>,
    /// Tokens further on that show nothing, the last first: the end of brackets.
    unshown: Vec<usize>,
    asked: &'a AskedCommands,
    engine: &'a E,
}

impl<E: Fn(&str) -> Option<String>> FormulaReader<'_, E> {
    /// What the next token leaves, and those that belong to it.
    fn expected(&mut self) -> Option<Glyphs> {
        let position = self.next;
        let token = self.tokens[position];
        self.next += 1;
        while self.modes.pop_if(|(end, _)| *end <= position).is_some() {}
        let mode = self.modes.last().map_or(GroupMode::Math, |(_, mode)| *mode);
        let mut marks = Vec::new();
        if self.unshown.last() == Some(&position) {
            self.unshown.pop();
            return Some(marks);
        }
        match token.kind {
            TokenKind::Open | TokenKind::Close | TokenKind::Space => {}
            TokenKind::Command => return self.command(token, mode),
            TokenKind::Character if token.text == "$" && mode == GroupMode::Text => self.formula(position),
            _ if mode == GroupMode::Math => match token.text {
                "&" => marks.push(CELL),
                text if text.bytes().all(|byte| byte.is_ascii_alphanumeric()) => marks.extend(text.chars()),
                text if lexicon::is_unseen(text) => {}
                text if text.chars().all(lexicon::is_text) => text.chars().for_each(|c| push(&mut marks, c)),
                text => return self.asked.of(text, self.engine),
            },
            _ if token.text == "~" => {}
            _ => token.text.chars().for_each(|c| push(&mut marks, c)),
        }
        Some(marks)
    }

    /// Reads what stands between this dollar and the next one as a formula.
    fn formula(&mut self, position: usize) {
        let mut end = position + 1;
        while self.tokens.get(end).is_some_and(|token| token.text != "$" && token.kind != TokenKind::Close) {
            end = self.partners[end] + 1;
        }
        self.modes.push((end, GroupMode::Math));
        self.unshown.push(end);
    }

    /// What a command leaves, and what it takes that is read with it.
    fn command(&mut self, token: TexToken<'_>, mode: GroupMode) -> Option<Glyphs> {
        if self.takes(token.text) {
            return Some(Glyphs::new());
        }
        if let Some(mark) = self.draws(token.text) {
            return Some(vec![mark]);
        }
        let mut marks = Vec::new();
        let symbol = token.text[1..].chars().next().filter(|c| !c.is_ascii_alphabetic());
        match token.text {
            "\\begin" => return Some(self.environment()),
            "\\tag" | "\\tag*" => {
                let open = behind_space(self.tokens, self.next);
                self.skip(1);
                let words = self.tokens.get(open..self.next).unwrap_or_default();
                let words = words.iter().filter(|token| !lexicon::is_unseen(token.text));
                words.filter_map(|token| tag_word(token.text)).flat_map(str::chars).for_each(|c| push(&mut marks, c));
            }
            "\\cfrac" | "\\overbracket" | "\\underbracket" | "\\cancel" | "\\bcancel" | "\\xcancel" => {
                self.skip_bracket();
                return self.asked.of(token.text, self.engine);
            }
            text if TEXTS.contains(&text) => {
                if text == "\\underbar" {
                    marks = self.asked.of(text, self.engine)?;
                }
                self.enter(GroupMode::Text);
            }
            _ if mode != GroupMode::Math && symbol.is_some_and(|c| "_{}%#&$".contains(c)) => {
                symbol.into_iter().for_each(|c| push(&mut marks, c));
            }
            text if lexicon::is_unseen(text) => {}
            text if is_delimiter_command(text) => return self.delimiter(text),
            text => {
                if text.starts_with("\\x")
                    && (text.contains("arrow") || text.contains("harpoon") || text == "\\xlongequal")
                {
                    self.open_bracket();
                }
                let marks = self.asked.of(text, self.engine)?;
                // It shows nothing anywhere, and nobody has said that this is right.
                return (!marks.is_empty()).then_some(marks);
            }
        }
        Some(marks)
    }

    /// Passes over what a command takes that leaves nothing by itself; whether this is one.
    fn takes(&mut self, command: &str) -> bool {
        match command {
            "\\end" | "\\label" | "\\require" | "\\vspace" => self.skip(1),
            "\\definecolor" => self.skip(3),
            "\\color" | "\\textcolor" => {
                self.skip_bracket();
                self.skip(1);
            }
            "\\raisebox" => {
                self.skip(1);
                self.enter(GroupMode::Text);
            }
            "\\raise" | "\\lower" | "\\kern" | "\\mkern" | "\\hskip" | "\\mskip" | "\\hspace" | "\\hspace*"
            | "\\mspace" => {
                self.skip_length();
            }
            text if TEXT_LAPS.contains(&text) => self.enter(GroupMode::Text),
            "\\mathchoice" => self.skip(4),
            "\\operatorname" | "\\operatorname*" | "\\operatornamewithlimits" => self.enter(GroupMode::Name),
            "\\\\" => {
                if self.tokens.get(self.next).is_some_and(|token| token.text == "*") {
                    self.next += 1;
                }
                let begin = self.next;
                let length = self.bracket();
                if !length.is_some_and(|tokens| lexicon::is_length(&written(tokens))) {
                    self.next = begin;
                }
            }
            _ => return false,
        }
        true
    }

    /// Passes over what a command takes that leaves one mark, and says which; `None` where this is none.
    fn draws(&mut self, command: &str) -> Option<char> {
        match command {
            "\\colorbox" | "\\fcolorbox" | "\\bbox" | "\\enclose" | "\\boxed" | "\\fbox" | "\\framebox" | "\\sout"
            | "\\angl" => {
                self.skip_bracket();
                match command {
                    "\\fcolorbox" => self.skip(2),
                    "\\colorbox" | "\\enclose" => self.skip(1),
                    _ => {}
                }
                self.skip_bracket();
                if matches!(command, "\\colorbox" | "\\fcolorbox" | "\\fbox" | "\\framebox" | "\\sout") {
                    self.enter(GroupMode::Text);
                }
                Some(DRESS)
            }
            "\\rule" => {
                self.skip_bracket();
                self.skip(2);
                Some(RULE)
            }
            "\\genfrac" => {
                self.skip(4);
                Some(FRACTION)
            }
            "\\over" => Some(FRACTION),
            "\\hline" | "\\hdashline" => Some(LINE),
            "\\cline" => {
                self.skip(1);
                Some(LINE)
            }
            "\\sqrt" => {
                self.open_bracket();
                Some(ROOT)
            }
            "\\not" => Some('\u{338}'),
            _ => None,
        }
    }

    /// The brackets of an environment, and its first cell.
    fn environment(&mut self) -> Glyphs {
        let open = behind_space(self.tokens, self.next);
        self.skip(1);
        let name = written(self.tokens.get(open + 1..self.next.saturating_sub(1)).unwrap_or_default());
        let known = ENVIRONMENTS.iter().find(|known| known.name == name);
        if matches!(name.as_str(), "alignat" | "alignat*" | "alignedat") || known.is_some_and(|known| known.has_place) {
            let begin = self.next;
            if !self.bracket().is_some_and(|tokens| matches!(written(tokens).as_str(), "t" | "c" | "b" | "m")) {
                self.next = begin;
            }
        }
        if name.starts_with("align") && name.contains("at") || known.is_some_and(|known| known.has_columns) {
            self.skip(1);
        }
        if name.ends_with("matrix*") {
            self.skip_bracket();
        }
        let brackets = match name.trim_end_matches(['*']).trim_end_matches("matrix").trim_end_matches("small") {
            "p" => "()",
            "b" => "[]",
            "B" => "{}",
            "v" => "||",
            "V" => "‖‖",
            "cases" | "dcases" => "{",
            "rcases" | "drcases" => "}",
            _ => "",
        };
        let mut marks = vec![CELL];
        brackets.chars().for_each(|c| push(&mut marks, c));
        marks
    }

    /// What a bracket behind `\left` and its like leaves.
    fn delimiter(&mut self, command: &str) -> Option<Glyphs> {
        let next = behind_space(self.tokens, self.next);
        let token = self.tokens.get(next)?;
        if token.kind == TokenKind::Open {
            // `\big{(}`: the bracket is counted by itself.
            return Some(Vec::new());
        }
        self.next = next + 1;
        if token.text == "." {
            return Some(Vec::new());
        }
        let bracket = match token.text {
            "<" | "\\lt" => "\\langle",
            ">" | "\\gt" => "\\rangle",
            text => text,
        };
        let formula = match command {
            "\\left" => format!("\\left{bracket} \\right."),
            "\\right" => format!("\\left.\\right{bracket} "),
            "\\middle" => format!("\\left.\\middle{bracket} \\right."),
            command => format!("{command}{bracket} "),
        };
        self.asked.of(&formula, self.engine)
    }

    /// Reads the next group in another mode.
    fn enter(&mut self, mode: GroupMode) {
        let open = behind_space(self.tokens, self.next);
        if self.tokens.get(open).is_some() {
            self.modes.push((self.partners[open] + 1, mode));
        }
    }

    /// Goes behind groups that are not shown.
    fn skip(&mut self, groups: usize) {
        for _ in 0..groups {
            let open = behind_space(self.tokens, self.next);
            match self.tokens.get(open) {
                Some(token) if token.kind != TokenKind::Close => self.next = self.partners[open] + 1,
                _ => return,
            }
        }
    }

    fn skip_length(&mut self) {
        let next = behind_space(self.tokens, self.next);
        match lexicon::length_at(self.tokens, next) {
            Some((_, behind)) => self.next = behind,
            None => self.skip(1),
        }
        for word in ["plus", "minus"] {
            let begin = behind_space(self.tokens, self.next);
            let letters = self.tokens[begin..].iter().take(word.len()).map(|token| token.text).collect::<String>();
            if letters == word
                && let Some((_, behind)) =
                    lexicon::length_at(self.tokens, behind_space(self.tokens, begin + word.len()))
            {
                self.next = behind;
            }
        }
    }

    /// Goes behind brackets, and gives what stands in them.
    fn bracket(&mut self) -> Option<&[TexToken<'_>]> {
        let open = behind_space(self.tokens, self.next);
        let close = self.closing(open)?;
        self.next = close + 1;
        Some(&self.tokens[open + 1..close])
    }

    fn skip_bracket(&mut self) {
        let _ = self.bracket();
    }

    /// Goes behind an opening bracket: what stands in it is shown, and the bracket is not.
    fn open_bracket(&mut self) {
        let open = behind_space(self.tokens, self.next);
        if let Some(close) = self.closing(open) {
            self.next = open + 1;
            self.unshown.push(close);
        }
    }

    /// The position of the bracket that closes one.
    fn closing(&self, open: usize) -> Option<usize> {
        self.tokens.get(open).filter(|token| token.text == "[")?;
        let mut close = open + 1;
        loop {
            let token = self.tokens.get(close)?;
            match token.kind {
                TokenKind::Close => return None,
                _ if token.text == "]" => return Some(close),
                _ => close = self.partners[close] + 1,
            }
        }
    }
}

fn written(tokens: &[TexToken<'_>]) -> String {
    tokens.iter().map(|token| token.text).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use math_core::MathDisplay;

    use super::*;
    use crate::formula::tokens::{partners, tokens};
    use crate::formula::{Mathematics, engine};

    /// Which token MathML lacks, of TeX that it should show.
    fn lost(tex: &str, mathml: &str) -> Option<String> {
        let tokens = tokens(tex);
        let engine = engine();
        let alone = |tex: &str| engine.convert_with_local_state(tex, MathDisplay::Inline).ok().map(|made| made.mathml);
        let problem = lacking(&tokens, &partners(&tokens).unwrap(), mathml, &AskedCommands::default(), &alone)?;
        let name = problem.what.split('`').nth(1).unwrap().to_owned();
        assert!(tex[problem.at..].starts_with(&name), "{tex}: {name} at {}", problem.at);
        Some(name)
    }

    #[test]
    fn what_is_left_out_is_named() {
        for (tex, mathml, want) in [
            ("i<n && j>m", "<mi>i</mi><mo>&lt;</mo><mi>n</mi><mi>j</mi><mo>&gt;</mo><mi>m</mi>", "&"),
            ("R - D", "<mi>R</mi><mi>D</mi>", "-"),
            ("a + a", "<mi>a</mi><mo>+</mo>", "a"),
            (r"\frac{a}{b}", "<mi>a</mi><mi>b</mi>", r"\frac"),
            (r"\sqrt[3]{a}", "<mn>3</mn><mi>a</mi>", r"\sqrt"),
            (r"\alpha + \beta", "<mi>α</mi><mo>+</mo>", r"\beta"),
            (r"\hat{x}", "<mi>x</mi>", r"\hat"),
            (r"\text{a_b}", "<mtext>ab</mtext>", "_"),
            (r"\cancel{x}", "<mi>x</mi>", r"\cancel"),
            (r"\boxed{x}", "<mi>x</mi>", r"\boxed"),
            (r"\begin{pmatrix} a & b \end{pmatrix}", "<mo>(</mo><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd>", r"\begin"),
            (r"\begin{matrix} a & b \end{matrix}", "<mtd><mi>a</mi><mi>b</mi></mtd>", "&"),
            (r"\left\{ x \right\}", "<mo>{</mo><mi>x</mi>", r"\right"),
            (r"\hline a", "<mi>a</mi>", r"\hline"),
            (r"x \tag{式 1}", "<mi>x</mi><mtext>(1)</mtext>", r"\tag"),
            (r"\not= x", "<mo>=</mo><mi>x</mi>", r"\not"),
            ("显存", "<mtext>显</mtext>", "存"),
            (r"\nothingthere x", "<mi>x</mi>", r"\nothingthere"),
        ] {
            assert_eq!(lost(tex, mathml).as_deref(), Some(want), "{tex}");
        }
    }

    #[test]
    fn what_has_nothing_to_see_is_not_missed() {
        for (tex, mathml) in [
            (r"\displaystyle \sum\limits_{i} \, x \quad {y}", "<mo>∑</mo><mi>i</mi><mi>x</mi><mi>y</mi>"),
            (r"\mathbb{E} + \mathcal{L}", "<mi>𝔼</mi><mo>+</mo><mi>ℒ\u{fe00}</mi>"),
            (r"\left. x \right| \\[4pt] \kern1pt y \hspace{1em}", "<mi>x</mi><mo>|</mo><mi>y</mi>"),
            (r"\color{red} x \label{a} \begin{array}[t]{c} y \end{array}", "<mi>x</mi><mtd><mi>y</mi></mtd>"),
            (r"x'' \ne y", "<mi>x</mi><mo>″</mo><mo>≠</mo><mi>y</mi>"),
            (r"\xi [0,1]", "<mi>ξ</mi><mo>[</mo><mn>0</mn><mo>,</mo><mn>1</mn><mo>]</mo>"),
            (r"\text{a $b$ c}", "<mtext>a</mtext><mi>b</mi><mtext>c</mtext>"),
        ] {
            assert_eq!(lost(tex, mathml), None, "{tex}");
        }
    }

    /// Each command that the engine knows, with letters around it and as arguments of it: either all letters are shown,
    /// or somebody is told.
    #[test]
    fn no_command_swallows_what_is_beside_it() {
        let mathematics = Mathematics::new(&BTreeMap::new());
        let commands: Vec<&str> = include_str!("commands.txt").lines().flat_map(str::split_whitespace).collect();
        assert!(commands.len() > 900);
        let mut shown = 0;
        // What these say is for others than readers.
        let silent = ["label", "require", "vspace", "class", "cssId", "skew"];
        for command in commands.into_iter().filter(|command| !silent.contains(command)) {
            for (before, behind) in
                [("q", " "), ("q", " z"), ("q", "{y} z"), ("q", "{y}{z}"), ("{q", " z}"), (r"\text{q", "{} z}")]
            {
                let tex = format!("{before}\\{command}{behind}");
                match mathematics.mathml(&tex, true) {
                    Ok(mathml) => {
                        let marks = marks(&mathml);
                        for letter in
                            ['q', 'y', 'z'].into_iter().filter(|letter| format!("{before}{behind}").contains(*letter))
                        {
                            assert!(marks.contains(&letter), "{tex}: {mathml}");
                        }
                        shown += 1;
                    }
                    Err(problem) => {
                        let says = problem.to_string();
                        let is_lost = says.contains("left out") && (before, command) != (r"\text{q", "sout");
                        assert!(!is_lost && !says.contains("correct the formula"), "{tex}: {says}");
                    }
                }
            }
        }
        assert!(shown > 4_500, "{shown}");
    }
}
