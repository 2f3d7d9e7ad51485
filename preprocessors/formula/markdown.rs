//! What GitHub's Markdown makes of the TeX between dollars, before a program for TeX reads it.
//!
//! ```text
//! $a &lt; b$          →   a < b
//! $A = \\{1, 2\\}$     →   A = \{1, 2\}
//! $\mathbf{x}\_i$      →   \mathbf{x}_i
//! $\\alpha \\, x$      →   \alpha \, x
//! ```
//!
//! GitHub reads entities and takes a backslash off before punctuation, so notes that were made for it have twice as many
//! (github/markup#1577). Other programs read TeX as it stands, so that what is right as TeX stays what it is: `\{` is a
//! brace, `\\` in an environment ends a row, and `max\_len` has an underscore. What is changed here would be wrong there.
//!
//! None of it holds between a dollar and a backtick, in blocks of code, and in `\(…\)` and `\[…\]`.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::formula::command_name;
use crate::formula::lexicon::{TEXTS, is_delimiter_command};
use crate::formula::tokens::{TexToken, TokenKind, tokens};

/// The TeX that stands between dollars. `is_command` is whether a word is the name of a command.
pub(crate) fn between_dollars<'a>(written: &'a str, display: bool, is_command: impl Fn(&str) -> bool) -> Cow<'a, str> {
    let tex = without_entities(written);
    let mut backslashes = memchr::memchr_iter(b'\\', tex.as_bytes());
    if !backslashes.any(|at| tex[at + 1..].starts_with(|c| c == '\\' || ESCAPED.contains(&c))) {
        return tex;
    }
    if let Some(halved) = halved(&tex, &is_command) {
        return Cow::Owned(halved);
    }
    let edits = ReadFormula::new(&tex, display && tex.contains('\n')).edits(&is_command);
    if edits.is_empty() {
        return tex;
    }
    let mut out = String::with_capacity(tex.len());
    let mut from = 0;
    for (range, text) in edits {
        out.push_str(&tex[from..range.start]);
        out.push_str(text);
        from = range.end;
    }
    out.push_str(&tex[from..]);
    Cow::Owned(out)
}

/// What behind a backslash is no command in a formula, so that the backslash is Markdown's.
const ESCAPED: &[char] = &['_', '*', '+', '-', '.', '<', '=', '?', '(', ')', '[', ']'];

/// TeX in which every backslash was doubled, with half of them: `\\begin{cases}a\\\\b\\end{cases}`; `None` for any other.
///
/// By itself `\\in` can be the end of a line and a word. So it takes a command and its argument, two commands or a long
/// one, and no backslash that stands alone; what is no command then stays the end of a line.
fn halved(tex: &str, is_command: &impl Fn(&str) -> bool) -> Option<String> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in memchr::memchr_iter(b'\\', tex.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    if runs.iter().any(|run| run.len() % 2 == 1) {
        return None;
    }
    let word = |run: &Range<usize>| command_name(&tex[run.end..]);
    let (mut has_argument, mut all, mut letters) = (false, true, 0);
    for run in &runs {
        let word = word(run);
        if word.is_empty() {
            continue;
        }
        if word.len() > 1 && is_command(word) {
            has_argument |= word.len() > 2 && tex[run.end + word.len()..].starts_with('{');
            letters += word.len();
        } else {
            all = false;
        }
    }
    let is_meant = has_argument || all && letters > 2;
    if !is_meant {
        return None;
    }
    let has_rows = runs.iter().any(|run| run.len() > 2);
    let mut out = String::with_capacity(tex.len());
    let mut from = 0;
    for run in &runs {
        let word = word(run);
        let is_one = match tex[run.end..].chars().next() {
            _ if run.len() > 2 => true,
            Some('&') => has_rows,
            Some(c) if c.is_ascii_alphabetic() => word.len() > 1 && (has_rows || is_command(word)),
            Some(c) => "{}|,;:!>_#%$".contains(c),
            None => false,
        };
        out.push_str(&tex[from..if is_one { run.start + run.len() / 2 } else { run.end }]);
        from = run.end;
    }
    out.push_str(&tex[from..]);
    Some(out)
}

/// The text with its character references read, as Markdown reads them.
fn without_entities(written: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &written.as_bytes()[at..]) {
        let start = at + found;
        at = start + 1;
        // The longest name has 31 letters (HTML, “Named character references”).
        let Some(length) = written.as_bytes()[start..].iter().take(34).position(|byte| *byte == b';') else { continue };
        let entity = &written[start..=start + length];
        let is_one = entity[1..length].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        let mut events = Parser::new(entity).filter(|event| matches!(event, Event::Text(_)));
        if is_one
            && let Some(Event::Text(text)) = events.next()
            && *text != *entity
            && events.next().is_none()
        {
            out.push_str(&written[from..start]);
            out.push_str(&text.replace('\u{a0}', "~"));
            from = start + length + 1;
            at = from;
        }
    }
    if from == 0 {
        return Cow::Borrowed(written);
    }
    out.push_str(&written[from..]);
    Cow::Owned(out)
}

/// A formula that is read.
struct ReadFormula<'a> {
    tex: &'a str,
    tokens: Vec<TexToken<'a>>,
    /// Whether it has several lines, so that a line can end before anything.
    has_lines: bool,
    /// Whether its lines end in `\\\\`, so that `\\` ends none.
    has_doubled: bool,
    edits: Vec<(Range<usize>, &'static str)>,
    /// What is open, outside of environments.
    open: Vec<GroupOpener>,
    /// How many environments are.
    environments: usize,
}

/// What opened a group.
struct GroupOpener {
    /// Where its `\\` stands, if it is one with `\\{`.
    doubled: Option<usize>,
    /// Whether what stands in it is a text or a name.
    is_name: bool,
}

impl<'a> ReadFormula<'a> {
    fn new(tex: &'a str, has_lines: bool) -> Self {
        let has_doubled = tex.contains("\\\\\\\\");
        let has_lines = has_lines && !has_doubled;
        Self { tokens: tokens(tex), tex, has_lines, has_doubled, edits: Vec::new(), open: Vec::new(), environments: 0 }
    }

    fn edits(mut self, is_command: &impl Fn(&str) -> bool) -> Vec<(Range<usize>, &'static str)> {
        let mut position = 0;
        while let Some(token) = self.tokens.get(position).copied() {
            position += 1;
            match token.text {
                "\\begin" => self.environments += 1,
                "\\end" => self.environments = self.environments.saturating_sub(1),
                "\\\\" => position += self.double(position - 1, is_command),
                _ if token.kind == TokenKind::Open => {
                    let is_name = self.is_in_name() || self.opens_name(position - 1);
                    self.open.push(GroupOpener { doubled: None, is_name });
                }
                _ if token.kind == TokenKind::Close => drop(self.open.pop()),
                _ if token.kind == TokenKind::Command && !self.is_in_name() => self.single(position - 1),
                _ => {}
            }
        }
        // What is never closed is no group.
        for at in self.open.iter().filter_map(|open| open.doubled).collect::<Vec<_>>() {
            self.take_off(at);
        }
        self.edits.sort_by_key(|(range, _)| range.start);
        self.edits
    }

    fn is_in_name(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_name)
    }

    /// Whether the group that opens here belongs to a command for texts or names.
    fn opens_name(&self, position: usize) -> bool {
        const NAMES: &[&str] = &[
            "\\operatorname",
            "\\operatorname*",
            "\\mathrm",
            "\\mathtt",
            "\\mathsf",
            "\\mathit",
            "\\mathbf",
            "\\mbox",
            "\\hbox",
        ];
        let before = self.tokens[..position].iter().rfind(|token| token.kind != TokenKind::Space);
        before.is_some_and(|token| NAMES.contains(&token.text) || TEXTS.contains(&token.text))
    }

    /// Reads a `\\`, and says how many tokens behind it are read as well.
    fn double(&mut self, position: usize, is_command: &impl Fn(&str) -> bool) -> usize {
        let at = self.tokens[position].at;
        let behind = &self.tex[at + 2..];
        let Some(next) = behind.chars().next() else { return 0 };
        let before = self.tokens[..position].iter().rfind(|token| token.kind != TokenKind::Space);
        let is_delimiter = before.is_some_and(|token| is_delimiter_command(token.text));
        let is_outside = self.environments == 0 || self.has_doubled;
        let word = command_name(behind);
        match next {
            '{' | '}' | '|' if is_delimiter => {
                self.take_off(at);
                1
            }
            '{' => {
                self.open.push(GroupOpener { doubled: is_outside.then_some(at), is_name: self.is_in_name() });
                1
            }
            '}' => {
                self.close(at, is_outside);
                1
            }
            // Of two ends of a line GitHub leaves one.
            '\\' if behind.starts_with("\\\\") => {
                self.edits.push((at..at + 2, ""));
                0
            }
            // A line cannot begin with a subscript, nor can a comment be meant.
            '_' | '#' | '%' => {
                self.take_off(at);
                usize::from(next != '%')
            }
            ',' | ';' | '!' | ':' | '&' if is_outside => {
                self.take_off(at);
                1
            }
            '|' if is_outside && !self.has_lines => {
                self.take_off(at);
                1
            }
            // No line begins with the name of a command that has its argument behind it.
            _ if word.len() > 1
                && (is_outside && !self.has_lines || word.len() > 2 && behind[word.len()..].starts_with('{'))
                && is_command(word) =>
            {
                self.take_off(at);
                match word {
                    "begin" => self.environments += 1,
                    "end" => self.environments = self.environments.saturating_sub(1),
                    _ => {}
                }
                0
            }
            _ => 0,
        }
    }

    /// Reads a `\\}`. Outside of rows it is a brace, as is the one that it closes.
    fn close(&mut self, at: usize, is_outside: bool) {
        match self.open.pop() {
            Some(GroupOpener { doubled: Some(opened), .. }) if is_outside => {
                self.take_off(opened);
                self.take_off(at);
            }
            // It would close nothing.
            None if is_outside => self.take_off(at),
            _ => {}
        }
    }

    /// Takes one of two backslashes off.
    fn take_off(&mut self, at: usize) {
        self.edits.push((at..at + 1, ""));
    }

    /// Reads a backslash before punctuation.
    fn single(&mut self, position: usize) {
        let token = self.tokens[position];
        let Some(symbol) = token.text[1..].chars().next().filter(|c| ESCAPED.contains(c)) else { return };
        let end = token.at + token.text.len();
        let is_word = symbol == '_' && touches_word(&self.tex[..token.at], &self.tex[end..]);
        let before = self.tokens[..position].iter().rfind(|token| token.kind != TokenKind::Space);
        // At the beginning there is nothing that a subscript could be of.
        let has_base = before.is_some_and(|token| !matches!(token.text, "{" | "&" | "_" | "^" | "\\\\"));
        if !is_word && (symbol != '_' || has_base) {
            self.take_off(token.at);
        }
    }
}

/// Whether a word stands before an underscore or behind it, as in `max\_len` and `d\_model`.
fn touches_word(before: &str, behind: &str) -> bool {
    let before = before.trim_end();
    let word = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len();
    let is_command = before[..before.len() - word].ends_with('\\');
    let behind = behind.trim_start();
    let next = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    word > 1 && !is_command || next > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tex: &str, display: bool) -> String {
        between_dollars(tex, display, |word| matches!(word, "alpha" | "phi" | "in" | "begin" | "end" | "mathbb"))
            .into_owned()
    }

    #[test]
    fn github_reads_markdown_first() {
        for (written, want) in [
            ("a &lt; b", "a < b"),
            ("a&gt;b &amp; c", "a>b & c"),
            ("a &#60; b &#x3C; c", "a < b < c"),
            ("a&nbsp;b", "a~b"),
            ("a &le; b", "a ≤ b"),
            (r"A = \\{1,2\\}", r"A = \{1,2\}"),
            (r"\\{x_{1} \\mid \\{y\\}\\}", r"\{x_{1} \\mid \{y\}\}"),
            (r"[\alpha, b\\} \\{c", r"[\alpha, b\} \{c"),
            (r"\left\\{ x \right\\}", r"\left\{ x \right\}"),
            (r"\left\\| x \right\\|", r"\left\| x \right\|"),
            (r"\big\\{ x \Big\\}", r"\big\{ x \Big\}"),
            (r"\mathbf{x}\_i + x\_1 + \theta\_{t+1} + \sum\_i", r"\mathbf{x}_i + x_1 + \theta_{t+1} + \sum_i"),
            (r"sum\\_o", r"sum\_o"),
            (r"a \\, b\\!c \\; d", r"a \, b\!c \; d"),
            (r"\\phi \\in X", r"\phi \in X"),
            (r"x \\% y", r"x \% y"),
            (r"a\\\\b", r"a\\b"),
            (
                r"\begin{cases} \alpha \\mathbb{E} \\ b \\end{cases}",
                r"\begin{cases} \alpha \mathbb{E} \\ b \end{cases}",
            ),
            (
                r"\begin{aligned} a \\\\ c &= \\{ d \\} \end{aligned}",
                r"\begin{aligned} a \\ c &= \{ d \} \end{aligned}",
            ),
            (r"x\[i\] \* \(y\)", r"x[i] * (y)"),
            (r"\\begin{cases} 1 \\ 2 \end{cases}", r"\begin{cases} 1 \\ 2 \end{cases}"),
        ] {
            assert_eq!(read(written, false), want, "{written}");
        }
    }

    #[test]
    fn what_is_right_as_tex_stays() {
        for tex in [
            r"a < b & c",
            r"\{1,2\}",
            r"len\_reward + max\_len + d\_model + kl \_ ctl",
            r"\text{x\_i} + \operatorname{a\_b}",
            r"\begin{cases} a \\{b} & c \\ d \end{cases}",
            r"\begin{matrix} a & b \\& d \\ \end{matrix}",
            r"\substack{a \\ b\\}",
            r"{a \\} b \\{c}",
            r"a \\ b \\[4pt] c",
            r"50\% \& \# \, \; \! \: \| \$ \{",
            r"a &foo; b &= c; d",
            r"a &lt b",
            r"a\\xy",
        ] {
            assert_eq!(read(tex, false), tex, "{tex}");
        }
        // On lines of its own, a line can begin with a word.
        assert_eq!(read("a \\\\in\nb", true), "a \\\\in\nb");
    }

    #[test]
    fn where_all_backslashes_are_doubled_there_is_half_of_them() {
        for (written, want) in [
            (r"\\mathbb{E} a", r"\mathbb{E} a"),
            (r"\\begin{cases}a\\\\b\\end{cases}", r"\begin{cases}a\\b\end{cases}"),
            (r"\\begin{cases} a \\b \\end{cases}", r"\begin{cases} a \\b \end{cases}"),
            (r"\\begin{cases} a \\ b \\& c \\end{cases}", r"\begin{cases} a \\ b \\& c \end{cases}"),
            (r"\\begin{cases} a \\\\ b \\& \\nope \\end{cases}", r"\begin{cases} a \\ b \& \nope \end{cases}"),
            (r"\\{ \\alpha \\in x \\}, 5\\%", r"\{ \alpha \in x \}, 5\%"),
            (r"a \\in \alpha", r"a \\in \alpha"),
            (r"a \\b \\alpha", r"a \\b \\alpha"),
        ] {
            let (written, want) = (format!("\n{written}\n"), format!("\n{want}\n"));
            assert_eq!(read(&written, true), want, "{written}");
        }
    }

    #[test]
    fn it_takes_linear_time() {
        for piece in [
            "&",
            "&lt;",
            "\\\\alpha{",
            "\\\\\\\\",
            "\\\\{",
            "\\\\}",
            "\\_",
            "{\\_",
            "\\\\",
            "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        ] {
            read(&piece.repeat(4_000), false);
        }
    }
}
