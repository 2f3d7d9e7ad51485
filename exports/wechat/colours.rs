//! The colours of code.
//!
//! ```text
//! x = 1  # one   →   <span style="color:#…">…
//! ```
//!
//! `syntect` says what each piece of a line is, and a small table of ours which colour that has: each can be read on the
//! background of code, which is the same by day and by night. A language that nobody knows, and a line that is too long to
//! be looked at, is plain.

use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::escape::escaped_code;

/// What has which colour, the first that fits from the innermost scope out.
const COLOURS: &[(&str, &str)] = &[
    ("comment", "#57606a"),
    ("string", "#0a3069"),
    ("constant", "#0550ae"),
    ("keyword", "#b3161f"),
    ("storage", "#b3161f"),
    ("entity.name.function", "#6f42c1"),
    ("support.function", "#6f42c1"),
    ("variable.function", "#6f42c1"),
    ("entity.name.tag", "#116329"),
    ("entity.other.attribute-name", "#0550ae"),
    ("entity.name", "#8a3800"),
    ("entity.other.inherited-class", "#8a3800"),
    ("support.type", "#8a3800"),
    ("support.class", "#8a3800"),
    ("markup.inserted", "#116329"),
    ("markup.deleted", "#b3161f"),
];

/// Names that the grammars do not know, and those that they do.
const CALLED: &[(&str, &str)] = &[
    ("c++", "cpp"),
    ("c#", "cs"),
    ("console", "bash"),
    ("csharp", "cs"),
    ("cu", "cpp"),
    ("cuda", "cpp"),
    ("golang", "go"),
    ("ipython", "python"),
    ("json5", "json"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("jsx", "js"),
    ("objectivec", "objective-c"),
    ("pycon", "python"),
    ("python-repl", "python"),
    ("python3", "python"),
    ("shell", "bash"),
    ("ts", "js"),
    ("tsx", "js"),
    ("typescript", "js"),
    ("zsh", "bash"),
];

/// The longest line that is looked at, and the longest block, in bytes.
const LONGEST_LINE: usize = 2000;
const LONGEST_BLOCK: usize = 200 << 10;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);
static SCOPES: LazyLock<Vec<(Scope, &'static str)>> =
    LazyLock::new(|| COLOURS.iter().filter_map(|(name, colour)| Some((Scope::new(name).ok()?, *colour))).collect());

/// The lines of some code as HTML, with their spaces.
pub(super) fn lines(code: &str, language: &str) -> Vec<String> {
    let syntax = if code.len() > LONGEST_BLOCK { None } else { syntax(language) };
    let mut reader = syntax.map(|syntax| (ParseState::new(syntax), ScopeStack::new()));
    let mut lines = Vec::new();
    for line in code.split_inclusive('\n') {
        let coloured = match &mut reader {
            Some((state, stack)) if line.len() <= LONGEST_LINE => coloured(line, state, stack),
            _ => None,
        };
        if coloured.is_none() {
            // What follows cannot be known any more.
            reader = None;
        }
        lines.push(coloured.unwrap_or_else(|| escaped_code(shown(line))));
    }
    lines
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let language = language.to_ascii_lowercase();
    let name = CALLED.iter().find(|(called, _)| *called == language).map_or(language.as_str(), |(_, name)| name);
    let found = SYNTAXES.find_syntax_by_token(name)?;
    (!name.is_empty() && found.name != "Plain Text").then_some(found)
}

fn coloured(line: &str, state: &mut ParseState, stack: &mut ScopeStack) -> Option<String> {
    let whole;
    let with_end = match line.ends_with('\n') {
        true => line,
        false => {
            whole = format!("{line}\n");
            &whole
        }
    };
    let changes = state.parse_line(with_end, &SYNTAXES).ok()?;
    let shown = shown(line);
    let (mut out, mut at) = (Run::default(), 0);
    for (place, change) in changes {
        let end = place.min(shown.len());
        out.push(shown.get(at..end)?, colour(stack));
        at = end;
        stack.apply(&change).ok()?;
    }
    out.push(shown.get(at..)?, colour(stack));
    Some(out.finish())
}

/// A line without its end.
fn shown(line: &str) -> &str {
    line.trim_end_matches(['\n', '\r'])
}

fn colour(stack: &ScopeStack) -> Option<&'static str> {
    let of = |scope: &Scope| SCOPES.iter().find(|(known, _)| known.is_prefix_of(*scope)).map(|(_, colour)| *colour);
    stack.as_slice().iter().rev().find_map(of)
}

/// Neighbours of one colour, in one element.
#[derive(Default)]
struct Run {
    out: String,
    text: String,
    colour: Option<&'static str>,
}

impl Run {
    fn push(&mut self, text: &str, colour: Option<&'static str>) {
        // Spaces have no colour.
        if colour != self.colour && !text.trim().is_empty() {
            self.end();
            self.colour = colour;
        }
        self.text.push_str(text);
    }

    fn end(&mut self) {
        let text = escaped_code(&std::mem::take(&mut self.text));
        match self.colour {
            Some(colour) if !text.is_empty() => {
                self.out.push_str(&format!("<span style=\"color:{colour}\">{text}</span>"));
            }
            _ => self.out.push_str(&text),
        }
    }

    fn finish(mut self) -> String {
        self.end();
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_have_colours_and_spaces_stay() {
        assert_eq!(
            lines("def f():\n    return 1  # one\n", "python"),
            [
                "<span style=\"color:#b3161f\">def&nbsp;</span><span style=\"color:#6f42c1\">f</span>():",
                "&nbsp;&nbsp;&nbsp;&nbsp;<span style=\"color:#b3161f\">return&nbsp;</span>\
                 <span style=\"color:#0550ae\">1&nbsp;&nbsp;</span><span style=\"color:#57606a\">#&nbsp;one</span>",
            ]
        );
    }

    #[test]
    fn what_nobody_knows_is_plain() {
        for language in ["", "text", "nobody", "mermaid"] {
            assert_eq!(lines("a <b>\n\n  c", language), ["a&nbsp;&lt;b&gt;", "", "&nbsp;&nbsp;c"], "{language}");
        }
        assert!(!lines(&format!("x = \"{}\"", "a".repeat(LONGEST_LINE)), "python")[0].contains("<span"));
    }

    #[test]
    fn languages_by_all_their_names() {
        for name in
            ["python", "py", "Python3", "bash", "sh", "cuda", "c++", "rust", "json", "yaml", "ts", "go", "console"]
        {
            assert!(syntax(name).is_some(), "{name}");
        }
    }

    #[test]
    fn colours_can_be_read() {
        let background = luminance("#f5f6f8");
        for (name, colour) in COLOURS {
            assert!((background + 0.05) / (luminance(colour) + 0.05) >= 4.5, "{name}");
        }
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }
}
