//! What the parser is shown instead of some bytes, for it to find the formulas that a text has, and no others.
//!
//! mdBook's parser asks less of a dollar than GitHub does, and breaks a formula on several lines at whatever looks like a
//! list, a heading or a rule; and it knows neither `\(` nor `\[`. So a text with such places is parsed again with other
//! bytes in it, as many as before: a formula that was not found becomes one that is (`$$xxx$$`), and a dollar that begins
//! none becomes another mark.

use std::ops::Range;

use pulldown_cmark::Tag;

use crate::formula::{command_name, is_command};
use crate::markdown::formula::{
    has_lines_of_its_own, has_pairs_of_braces, is_inside, is_words, may_begin, may_end, without_line_marks,
};

/// What a parse tells of a text in which masks may be needed, in order.
#[derive(Default)]
pub(super) struct Known {
    /// Bytes that are no text to look for formulas in: code, HTML.
    pub(super) opaque: Vec<Range<usize>>,
    /// Links, which can hold formulas that the parser sees by itself.
    pub(super) links: Vec<Range<usize>>,
    /// Where blocks begin and end, in any order.
    pub(super) bounds: Vec<usize>,
    /// The cells of tables.
    pub(super) cells: Vec<Range<usize>>,
}

impl Known {
    /// Hears that something begins.
    pub(super) fn hear(&mut self, tag: &Tag<'_>, place: &Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            // Brackets in it are its own, and what the parser takes for a formula is one there as well.
            Tag::Link { .. } | Tag::Image { .. } => {
                // One in another is a part of it.
                let is_inside = self.links.last().is_some_and(|last| place.start < last.end);
                self.links.extend((!is_inside).then(|| place.clone()));
                return;
            }
            Tag::HtmlBlock | Tag::CodeBlock(_) => self.opaque.push(place.clone()),
            Tag::TableCell => self.cells.push(place.clone()),
            _ => {}
        }
        self.bounds.extend([place.start, place.end]);
    }
}

/// A text as it is parsed: other bytes where the parser would be wrong, at the same offsets.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// Formulas that the parser does not see by itself, in order.
    formulas: Vec<Masked>,
    /// Dollars that begin no formula.
    dollars: Vec<usize>,
}

/// A formula under a mask.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Masked {
    range: Range<usize>,
    /// How long the marks at its beginning and at its end are.
    marks: usize,
    /// Whether it stands on lines of its own.
    display: bool,
}

/// The marks that can stand in for a dollar: the first that a text does not have. They are punctuation as well, for
/// emphasis asks whether it stands beside any.
///
/// The last one is no punctuation, but in no text.
const STAND_INS: &[char] = &['@', '^', '%', ';', '"', '=', '\u{1}'];

/// How often a text is parsed at most. Each time shows dollars that begin nothing, and each makes others of the rest.
pub(super) const ROUNDS: usize = 4;

impl Masks {
    /// Whether a text has places that its parser may not understand, so that somebody has to know what is code.
    pub(super) fn may_be_needed(text: &str) -> bool {
        memchr::memchr(b'$', text.as_bytes()).is_some()
            || ["\\(", "\\["].iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    }

    /// The masks for a text, of which the parser found these formulas, and these dollars that begin none.
    ///
    /// What is found here is for the first parse: in the text under the mask nothing is left to find but dollars.
    pub(super) fn find(
        text: &str,
        body: usize,
        Known { opaque, links, cells, .. }: &Known,
        formulas: &[Range<usize>],
        dollars: &[usize],
    ) -> Self {
        let is_text = |at: usize| at >= body && !is_inside(opaque, at) && !is_inside(links, at);
        let is_free = |at: usize| is_text(at) && !is_inside(formulas, at);
        let apart: Vec<Range<usize>> = formulas.iter().filter(|range| !may_part(text, range)).cloned().collect();
        let is_spaced = |at: usize| is_text(at) && !is_inside(&apart, at);
        // The bar of a table parts what is on either side of it before anything else is read.
        let is_in_one_cell = |range: &Range<usize>| {
            let next = cells.partition_point(|cell| cell.end <= range.start);
            cells.get(next).is_none_or(|cell| range.start < cell.start || range.end <= cell.end)
        };
        // A bracket behind a backslash is mostly a bracket, and TeX only where it looks like it.
        let inside = |range: &Range<usize>| text[range.start + 2..range.end - 2].to_owned();
        let in_line = between(text, "\\(", "\\)", &is_free, &is_in_one_cell).into_iter().filter(|range| {
            let tex = inside(range);
            // On several lines, it could begin in one block and end in another.
            !tex.contains('\n') && is_tex(&tex, true)
        });
        let on_lines = between(text, "\\[", "\\]", &is_free, &is_in_one_cell).into_iter();
        let on_lines = on_lines.filter(|range| {
            let tex = inside(range);
            let is_meant = || {
                let is_item = is_in_numbered_item(text, range);
                tex.starts_with(['\r', '\n']) || is_tex(&tex, false) && (!is_item || has_script_on_letter(&tex))
            };
            has_known_commands(&tex) || has_lines_of_its_own(text, range) && is_meant()
        });
        // One that the parser found by itself is no part of another.
        let is_meant =
            |range: &Range<usize>| is_in_one_cell(range) && !inside(range).contains("$$") && !is_words(text, range);
        let dollars_on_lines = between(text, "$$", "$$", &is_free, &is_meant);
        let masked = |range, marks, display| Masked { range, marks, display };
        let mut found: Vec<Masked> = on_lines.chain(dollars_on_lines).map(|range| masked(range, 2, true)).collect();
        found.extend(in_line.map(|range| masked(range, 2, false)));
        let overlooked = overlooked(text, &is_spaced).into_iter().filter(is_in_one_cell);
        found.extend(overlooked.map(|range| masked(range, 1, false)));
        found.sort_by_key(|masked| masked.range.start);
        // One inside of another is a part of it.
        let mut formulas: Vec<Masked> = Vec::new();
        for masked in found {
            if formulas.last().is_none_or(|last| last.range.end <= masked.range.start) {
                formulas.push(masked);
            }
        }
        let dollars = dollars.iter().copied();
        let inside = |at: usize| {
            let next = formulas.partition_point(|masked| masked.range.end <= at);
            formulas.get(next).is_some_and(|masked| masked.range.start <= at)
        };
        Self { dollars: dollars.filter(|at| !inside(*at)).collect(), formulas }
    }

    /// Whether there is nothing to mask.
    pub(super) fn is_empty(&self) -> bool {
        self.formulas.is_empty() && self.dollars.is_empty()
    }

    /// These masks, and those for more dollars that begin no formula.
    pub(super) fn with(&self, dollars: &[usize]) -> Self {
        let dollars = self.dollars.iter().chain(dollars).copied().collect();
        Self { formulas: self.formulas.clone(), dollars }
    }

    /// The text under the masks, and the mark that stands in for a dollar.
    pub(super) fn apply(&self, text: &str) -> (String, Option<char>) {
        let stand_in =
            STAND_INS.iter().copied().find(|mark| !text.contains(*mark)).filter(|_| !self.dollars.is_empty());
        let mut bytes = text.as_bytes().to_vec();
        if let Some(stand_in) = stand_in {
            for at in &self.dollars {
                // The marks are ASCII, as a dollar is.
                bytes[*at] = stand_in as u8;
            }
        }
        for Masked { range, display, .. } in &self.formulas {
            let marks = if *display { 2 } else { 1 };
            let inside = range.start + marks..range.end - marks;
            bytes[range.clone()].fill(b'$');
            bytes[inside].fill(b'x');
        }
        (String::from_utf8(bytes).expect("whole characters were replaced by ASCII"), stand_in)
    }

    /// The TeX of the formula at a range, where it was masked.
    pub(super) fn tex(&self, text: &str, range: &Range<usize>) -> Option<String> {
        let at = self.formulas.binary_search_by_key(&range.start, |masked| masked.range.start).ok()?;
        let Masked { range, marks, .. } = &self.formulas[at];
        Some(without_line_marks(text, range, *marks))
    }
}

/// What stands between two marks, with them: each from an opening mark to the next closing one, in one paragraph.
fn between(
    text: &str,
    open: &str,
    close: &str,
    is_free: &impl Fn(usize) -> bool,
    is_meant: &impl Fn(&Range<usize>) -> bool,
) -> Vec<Range<usize>> {
    // A mark behind a backslash is none.
    let is_mark = |at: &usize| text[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0;
    let marks = |mark: &str| -> Vec<usize> {
        memchr::memmem::find_iter(text.as_bytes(), mark).filter(|at| is_free(*at)).filter(is_mark).collect()
    };
    let (opens, closes) = (marks(open), marks(close));
    let mut found: Vec<Range<usize>> = Vec::new();
    // What is before this cannot begin one: a blank line stands between it and the mark that would close it.
    let mut from = 0;
    for start in opens {
        let inside = start + open.len();
        if start < from {
            continue;
        }
        let Some(end) = closes.get(closes.partition_point(|close| *close < inside)).copied() else { break };
        let tex = &text[inside..end];
        if let Some(blank) = last_blank_line(tex) {
            from = inside + blank;
        } else if !tex.trim().is_empty() && is_meant(&(start..end + close.len())) {
            from = end + close.len();
            found.push(start..from);
        }
    }
    found
}

/// Where the last blank line begins, or one with nothing but the marks of quotations.
fn last_blank_line(text: &str) -> Option<usize> {
    // The last line goes on behind the text.
    let mut end = text.rfind('\n')?;
    while let Some(begin) = text[..end].rfind('\n') {
        if text[begin..end].trim_matches(['>', ' ', '\t', '\r', '\n']).is_empty() {
            return Some(begin + 1);
        }
        end = begin;
    }
    None
}

/// Formulas that the parser overlooks: with a space inside of each dollar, `$ x_1 $`, where what is meant shows by what
/// only TeX has; and with a brace too few or too many, `$\frac{1}{2$`, where somebody has to say so.
fn overlooked(text: &str, is_free: &impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for open in memchr::memchr_iter(b'$', text.as_bytes()) {
        if open < from || !may_begin(text, open) || !is_free(open) {
            continue;
        }
        let behind = &text[open + 1..];
        let Some(length) = behind.find(['$', '\n']).filter(|at| behind[*at..].starts_with('$')) else { continue };
        let (tex, end) = (&behind[..length], open + length + 2);
        let is_meant = match (tex.starts_with(' '), tex.ends_with(' ')) {
            (true, true) => is_tex(tex, true),
            (false, false) => has_command(tex) && !has_pairs_of_braces(tex),
            _ => false,
        };
        if is_meant && !tex.contains('`') && may_end(text, end) && is_free(end - 1) {
            found.push(open..end);
            from = end;
        }
    }
    found
}

/// Whether there is a command of TeX.
fn has_command(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_alphabetic())
}

/// Whether what stands between two brackets is TeX: it has what only TeX has, or, where `short` will do, letters that
/// are no words: `x`, `O(n)`, `a + b`.
fn is_tex(text: &str, short: bool) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).peekable();
    let has_letters_only = text.is_ascii() && words.peek().is_some() && words.all(|word| word.len() < 3);
    !text.contains("://") && (text.contains(['_', '^', '=']) || has_command(text) || short && has_letters_only)
}

/// Whether what stands in `\[…\]` is a formula whatever is around it, and no text in brackets that Markdown should leave
/// alone: it has commands, and all of them are known. A single letter behind a backslash is as often no command: `\d`.
fn has_known_commands(tex: &str) -> bool {
    if tex.contains(['\n', '`']) || tex.contains(":\\") || tex.contains("://") {
        return false;
    }
    let commands = tex.split('\\').skip(1).map(command_name);
    let commands: Vec<&str> = commands.filter(|command| !command.is_empty()).collect();
    commands.iter().any(|command| command.len() > 1) && commands.into_iter().all(is_command)
}

/// Whether a letter that is no part of a word has a subscript or superscript: `r_1` and `x^{max}`, but not `max_len`,
/// `a_name` or `10^3`.
fn has_script_on_letter(tex: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    tex.match_indices(['_', '^']).any(|(at, _)| {
        let mut before = tex[..at].chars().rev();
        let mut behind = tex[at + 1..].chars();
        before.next().is_some_and(|c| c.is_ascii_alphabetic())
            && !before.next().is_some_and(is_word)
            && behind.next().is_some_and(|c| {
                c == '{' || c.is_ascii_alphanumeric() && !behind.next().is_some_and(|c| c.is_alphabetic() || c == '_')
            })
    })
}

/// Whether what has lines of its own is an item with a number, or a task: what stands there is more often text.
fn is_in_numbered_item(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].trim_end_matches(['>', '-', '*', '+', ' ', '\t']);
    !before.is_empty() && !before.ends_with('\n')
}

/// Whether two dollars that the parser takes for a pair can be the end of one formula and the beginning of the next: each
/// has a space on its other side, and between them is nothing that only TeX has.
///
/// ```text
/// $ x_1 $和$ x_2 $
/// ```
fn may_part(text: &str, range: &Range<usize>) -> bool {
    let inside = text.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or_default();
    text[..range.start].ends_with(' ') && text[range.end..].starts_with(' ') && !is_tex(inside, true)
}

#[cfg(test)]
mod tests {
    use crate::markdown::Anatomy;
    use crate::markdown::formula::tests::{found, inline};
    use crate::text::Wording;

    #[test]
    fn a_dollar_that_begins_nothing_leaves_the_rest() {
        assert_eq!(inline("$A/$B 和 $x$"), ["x"]);
        assert_eq!(inline("US$5 each, so $n$ are $5n$"), ["n", "5n"]);
        // A title is spelled as it is written.
        let anatomy = Anatomy::of("# $HOME/$USER and $x$\n", 0, &Wording::default());
        assert_eq!(anatomy.title.unwrap().text, "$HOME/$USER and $x$");
        assert_eq!(anatomy.formulas.len(), 1);
    }

    #[test]
    fn blocks_keep_together() {
        let text = "前\n$$\na\n+ b\n= c\n===\n# d\n$$\n后\n";
        let want = "$$\na\n+ b\n= c\n===\n# d\n$$";
        assert_eq!(found(text), [(want.to_owned(), "\na\n+ b\n= c\n===\n# d\n".to_owned(), true)]);
        assert!(Anatomy::of(text, 0, &Wording::default()).headings.is_empty());
        let text = "> $$\n> - a\n> $$\n\n- b\n\n  \\[\n  + c\n  \\]\n\n```math\nd\n\ne\n```\n";
        let tex: Vec<_> = found(text).into_iter().map(|(_, tex, display)| (tex, display)).collect();
        let want = [("\n- a\n", true), ("\n+ c\n", true), ("d\n\ne\n", true)];
        assert_eq!(tex, want.map(|(tex, display)| (tex.to_owned(), display)));
    }

    #[test]
    fn brackets_on_lines_of_their_own_and_in_a_line() {
        for (text, want) in [
            ("1. \\[ r_1 \\]\n2. \\[ r_2 \\]", vec![" r_1 ", " r_2 "]),
            ("- [ ] \\[ w \\]\n- [x] \\[ v_1 \\]", vec![" v_1 "]),
            ("> 1) \\[ r_1 \\]", vec![" r_1 "]),
            ("1. \\[ x^{max} \\]\n2. \\[\n   x = y\n   \\]", vec![" x^{max} ", "\nx = y\n"]),
            ("\\[ x = y \\]\n\n- \\[ x = y \\]", vec![" x = y ", " x = y "]),
            ("文字 \\[ \\frac12 \\] 文字 \\[\\alpha\\]，", vec![" \\frac12 ", "\\alpha"]),
            ("# 题 \\[ x_\\pi \\]\n\n| \\[ \\pi \\] |\n|---|\n", vec![" x_\\pi ", " \\pi "]),
            ("<center>$$ b $$</center>\n\n> <div>\n> $$\n> a\n> + b\n> $$\n> </div>\n", vec![" b ", "\na\n+ b\n"]),
        ] {
            let tex: Vec<String> = found(text).into_iter().filter(|found| found.2).map(|(_, tex, _)| tex).collect();
            assert_eq!(tex, want, "{text}");
        }
    }

    #[test]
    fn many_dollars_are_read_in_one_go() {
        let text =
            "a $b".repeat(10_000) + &"$$\n+ x\n".repeat(4_000) + &"\\(".repeat(10_000) + &"\\[ x\n\n".repeat(4_000);
        // The whole of it would be over before this were read, or not at all.
        assert!(!Anatomy::of(&text, 0, &Wording::default()).formulas.is_empty());
    }

    #[test]
    fn many_formulas_on_a_line_are_read_in_one_go() {
        const MANY: usize = 20_000;
        for formula in ["中$x$", "$$$$ 中 $$x$$ ", "> \\(x_1\\) ", "$ x_1 $ ", "$$x$$ ", "a \\[x_1\\] \\(y\\)"] {
            let formulas = Anatomy::of(&formula.repeat(MANY), 0, &Wording::default()).formulas;
            assert_eq!(formulas.len(), MANY, "{formula}");
        }
        // Each of these is closed only behind a blank line.
        let text = "\\(x\n".repeat(MANY) + "\n\n\\) $a$";
        assert_eq!(Anatomy::of(&text, 0, &Wording::default()).formulas.len(), 1);
    }
}
