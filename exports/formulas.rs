//! How a formula is written for a platform, whatever stands around it.

use mdbook_bilingual_core::diagnostic::Code;

use crate::note::Note;
use crate::platform::Macros;

impl Note<'_> {
    /// The TeX of a formula as the platform takes it: without the book's own macros, and with what it wants replaced.
    pub(crate) fn tex(&mut self, number: usize) -> String {
        let formula = &self.document.formulas[number];
        let (tex, at) = (formula.tex.trim(), formula.range.start);
        let math = &self.export.platform.math;
        let mut tex = match math.macros {
            Macros::Keep => tex.to_owned(),
            // What cannot be expanded is told by `check`, and stays as it is.
            Macros::Expand => self.export.reading.mathematics.without_macros(tex).unwrap_or_else(|_| tex.to_owned()),
        };
        for risky in math.risky.iter().filter(|risky| tex.contains(risky.as_str())) {
            let message = format!("{} is known to draw `{risky}` badly", self.platform_name());
            self.find(Code::FormulaRisky, at, message);
        }
        if math.one_line {
            tex = on_one_line(&tex);
        }
        for (from, to) in &math.replace {
            tex = replaced(&tex, from, to);
        }
        tex
    }
}

/// TeX without line breaks: a break is white space, and what stands behind a `%` up to it says nothing.
fn on_one_line(tex: &str) -> String {
    let lines = tex.lines().map(|line| without_comment(line).trim()).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// A line of TeX without a comment at its end.
fn without_comment(line: &str) -> &str {
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '%' if !escaped => return &line[..at],
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    line
}

/// Characters of TeX replaced, but not where a backslash stands before them.
fn replaced(tex: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut rest = tex;
    while let Some(at) = rest.find(from) {
        let is_escaped = rest[..at].ends_with('\\');
        out.push_str(&rest[..at]);
        let behind = &rest[at + from.len()..];
        match is_escaped {
            true => out.push_str(from),
            // One space is enough.
            false if behind.starts_with(char::is_whitespace) => out.push_str(to.trim_end()),
            false => out.push_str(to),
        }
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{on_one_line, replaced};

    #[test]
    fn tex_on_one_line() {
        assert_eq!(on_one_line("\\begin{aligned}\na &= b \\\\ % first\n\n&= 5\\% c\n\\end{aligned}"), "\\begin{aligned} a &= b \\\\ &= 5\\% c \\end{aligned}");
    }

    #[test]
    fn what_is_written_in_place_of_what() {
        assert_eq!(replaced("a>b > c \\> d", ">", "\\gt "), "a\\gt b \\gt c \\> d");
    }
}
