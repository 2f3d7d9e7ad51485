//! Callouts: quotes whose first line says what they are, `> [!NOTE]`.
//!
//! mdBook writes a title of its own into each of them, so a title in another language takes the place of the marker,
//! and what shows a callout goes around the text *inside* of the quote. Nothing has to be known of what the quote
//! stands in, and its marks stay where they are:
//!
//! ```text
//! - > [!NOTE]                   - > <!-- --><div …><p …>说明</p>
//!   > text               →        > text
//!   lazy                          lazy
//!                                 > <!-- --></div>
//! ```
//!
//! A comment begins each line of HTML: CommonMark ends a block of HTML that begins with a comment on the line where
//! the comment ends (§4.6, kind 2), and lets it interrupt a paragraph. So no blank line is needed, and none makes a
//! list loose.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Options, Parser, Tag, TagEnd};

use crate::markdown::line_start;

/// What begins a line of HTML that ends on that line.
pub const BEGINS_LINE: &str = "<!-- -->";

/// How often a page is read at most to find which callouts change something else, where that does not show.
const TRIES: usize = 32;

/// How often those are left out that cannot be closed.
const ROUNDS: usize = 4;

const OPENING: &str = "<div data-callout><p>x</p>";
const CLOSING: &str = "</div>";

/// What a callout is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalloutKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl CalloutKind {
    /// What it is called in classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Important => "important",
            Self::Warning => "warning",
            Self::Caution => "caution",
        }
    }

    /// The title that mdBook gives it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

impl From<BlockQuoteKind> for CalloutKind {
    fn from(kind: BlockQuoteKind) -> Self {
        match kind {
            BlockQuoteKind::Note => Self::Note,
            BlockQuoteKind::Tip => Self::Tip,
            BlockQuoteKind::Important => Self::Important,
            BlockQuoteKind::Warning => Self::Warning,
            BlockQuoteKind::Caution => Self::Caution,
        }
    }
}

/// A callout whose title can be replaced. What it holds stays what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callout {
    /// What it is.
    pub kind: CalloutKind,
    /// The bytes of `[!NOTE]`.
    pub marker: Range<usize>,
    /// What has to begin the line below the marker instead of these bytes, for its text to stay a paragraph of the
    /// quote.
    pub next: Option<(Range<usize>, String)>,
    /// Where its last line ends.
    pub end: usize,
    /// What begins a line of the quote there.
    pub prefix: String,
}

impl Callout {
    /// What has to be spliced into the text for `opening` to stand in the marker's place, and `closing` behind all.
    /// Both are HTML on one line, and open and close the same elements. Where one callout ends with another one inside of
    /// it, the inner one, which begins later, has to be closed first.
    #[must_use]
    pub fn splices(&self, opening: &str, closing: &str) -> Vec<(Range<usize>, String)> {
        let mut splices = vec![(self.marker.clone(), format!("{BEGINS_LINE}{opening}"))];
        splices.extend(self.next.clone());
        splices.push((self.end..self.end, format!("\n{}{BEGINS_LINE}{closing}", self.prefix)));
        splices
    }
}

/// The callouts of a text that begins at `body`, among these quotes: kind, and bytes.
///
/// A quote with an open end, where what closes the callout would become code or a comment, is none: mdBook shows it as
/// it can.
pub(super) fn find(
    text: &str,
    body: usize,
    quotes: &[(BlockQuoteKind, Range<usize>)],
    options: Options,
) -> Vec<Callout> {
    let mut callouts: Vec<Callout> =
        quotes.iter().filter_map(|(kind, range)| callout(text, (*kind).into(), range)).collect();
    if keep_contents(text, body, &callouts, options) {
        return callouts;
    }
    for _ in 0..ROUNDS {
        let closed = closed(text, body, &callouts, options).filter(|closed| closed.contains(&false));
        let Some(mut closed) = closed.map(Vec::into_iter) else { break };
        callouts.retain(|_| closed.next() == Some(true));
        if keep_contents(text, body, &callouts, options) {
            return callouts;
        }
    }
    let mut tries = TRIES;
    let callouts = alone(text, body, callouts, options, &mut tries);
    // Two that each go well can still be one inside of the other.
    if keep_contents(text, body, &callouts, options) { callouts } else { Vec::new() }
}

/// Those of some callouts that change nothing else, as far as that shows in so many tries: all of them, or else those of
/// each half.
fn alone(text: &str, body: usize, mut callouts: Vec<Callout>, options: Options, tries: &mut usize) -> Vec<Callout> {
    if *tries == 0 {
        return Vec::new();
    }
    *tries -= 1;
    if keep_contents(text, body, &callouts, options) {
        return callouts;
    }
    if callouts.len() < 2 {
        return Vec::new();
    }
    let second = callouts.split_off(callouts.len() / 2);
    let mut callouts = alone(text, body, callouts, options, tries);
    callouts.extend(alone(text, body, second, options, tries));
    callouts
}

/// Which callouts open and close as HTML when all of them are replaced: in code that is not closed, say, one does not.
/// `None` where two of them overlap.
fn closed(text: &str, body: usize, callouts: &[Callout], options: Options) -> Option<Vec<bool>> {
    let (changed, lines) = changed(text, body, callouts)?;
    let mut seen = vec![0; callouts.len()];
    // Whether the block of HTML began with an element that takes all, once it began.
    let mut takes = None;
    for (event, range) in Parser::new_ext(&changed, options).into_offset_iter() {
        match event {
            Event::Start(Tag::HtmlBlock) => takes = None,
            Event::Html(html) => {
                let from = lines.partition_point(|(at, _)| *at < range.start);
                let ours = &lines[from..from + lines[from..].partition_point(|(at, _)| *at < range.end)];
                if ours.is_empty() {
                    takes = takes.or_else(|| Some(takes_all(&html)));
                } else if takes != Some(true) {
                    ours.iter().for_each(|(_, number)| seen[*number] += 1);
                }
            }
            _ => {}
        }
    }
    Some(seen.into_iter().map(|lines| lines == 2).collect())
}

/// A text in which these callouts are replaced, and where in it the lines are that open and close them, in order, each
/// with the number of its callout; `None` where two of them overlap.
fn changed(text: &str, body: usize, callouts: &[Callout]) -> Option<(String, Vec<(usize, usize)>)> {
    let mut changed = String::with_capacity(text.len() + callouts.len() * 64);
    let of = |(number, callout): (usize, &Callout)| {
        callout.splices(OPENING, CLOSING).into_iter().map(move |splice| (number, splice))
    };
    let mut splices: Vec<_> = callouts.iter().enumerate().rev().flat_map(of).collect();
    splices.sort_by_key(|(_, (range, _))| range.start);
    let mut lines = Vec::with_capacity(callouts.len() * 2);
    let mut at = body;
    for (number, (range, new)) in splices {
        changed.push_str(text.get(at..range.start)?);
        lines.extend(new.find(BEGINS_LINE).map(|begin| (changed.len() + begin, number)));
        changed.push_str(&new);
        at = range.end;
    }
    changed.push_str(&text[at..]);
    Some((changed, lines))
}

fn callout(text: &str, kind: CalloutKind, range: &Range<usize>) -> Option<Callout> {
    let quote = text.get(range.clone())?;
    let marker_start = range.start + quote.find("[!")?;
    let marker = marker_start..marker_start + text[marker_start..].find(']')? + 1;
    let end = range.start + quote.trim_end_matches([' ', '\t', '\r', '\n']).len();
    let line_start = line_start(text, range.start);
    let before = &text[line_start..range.start];
    // The marks of the quotes around it, which begin its lines too.
    let outer = before.matches('>').count();
    let mut prefix: String = before
        .chars()
        .map(|c| if matches!(c, '>' | '\t') { c } else { ' ' })
        .chain(text[range.start..].chars().take_while(|c| *c != '>'))
        .chain(['>', ' '])
        .collect();
    let begin = marker.end + text[marker.end..end].find('\n').map_or(end - marker.end, |at| at + 1);
    let below = &text[begin..end];
    let first = below.split('\n').next().unwrap_or_default();
    let blank = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let next = match behind_mark(first, outer) {
        _ if below.is_empty() => None,
        Some(behind) => {
            let indentation = blank(&first[behind..]);
            let is_code = first[behind..behind + indentation].contains('\t') | (indentation > 4);
            is_code.then(|| (begin + behind..begin + behind + indentation, " ".to_owned()))
        }
        // Without the marker there is no paragraph that the line could go on.
        None => Some((begin..begin + blank(first), prefix.clone())),
    };
    // Of callouts in callouts each holds all lines of the inner ones, and the last line of its own says enough.
    let mut lines = below.rsplit('\n');
    if let Some((line, behind)) = lines.find_map(|line| Some((line, behind_mark(line, outer)?))) {
        prefix = format!("{} ", &line[..behind]);
    }
    Some(Callout { kind, marker, next, end, prefix })
}

/// Where the mark of a quote that stands in `outer` other ones ends in a line that has it.
fn behind_mark(line: &str, outer: usize) -> Option<usize> {
    let marks = line.char_indices().take_while(|(_, c)| matches!(c, ' ' | '\t' | '>')).filter(|(_, c)| *c == '>');
    marks.map(|(at, _)| at + 1).nth(outer)
}

/// Whether a text says the same when these callouts are replaced, but for them.
fn keep_contents(text: &str, body: usize, callouts: &[Callout], options: Options) -> bool {
    if callouts.is_empty() {
        return true;
    }
    let Some((changed, _)) = changed(text, body, callouts) else { return false };
    let markers: Vec<usize> = callouts.iter().map(|callout| callout.marker.start).collect();
    let before = told(&text[body..], options, |range| {
        let next = markers.partition_point(|marker| *marker < body + range.start);
        markers.get(next).filter(|marker| **marker < body + range.end).map(|_| ())
    });
    let ours = [format!("{BEGINS_LINE}{OPENING}"), format!("{BEGINS_LINE}{CLOSING}")];
    let mut seen = [0, 0];
    let mut after = told(&changed, options, |_| None);
    for told in &mut after {
        let Told::Html(html) = told else { continue };
        let mut kept = String::with_capacity(html.len());
        for line in html.lines() {
            // What was behind the marker is now behind ours.
            match ours.iter().position(|own| own == line.trim_end_matches([' ', '\t'])) {
                // An end tag is none in the middle of a script.
                Some(_) if takes_all(&kept) => {}
                Some(at) => seen[at] += 1,
                None => kept.extend([line, "\n"]),
            }
        }
        *html = kept;
    }
    after.retain(|told| !matches!(told, Told::Html(html) if html.is_empty()));
    seen == [callouts.len(); 2] && before == after
}

/// Whether a block of HTML begins with an element in which other tags are text.
fn takes_all(html: &str) -> bool {
    let begins = |name: &str| html.get(..name.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(name));
    ["<script", "<style", "<textarea", "<title", "<?", "<![CDATA["].into_iter().any(begins)
}

/// What an event says, without what callouts change.
#[derive(PartialEq)]
enum Told<'a> {
    Text(String),
    /// All of a block of HTML.
    Html(String),
    Other(Event<'a>),
}

/// What a text says. A quote that `is_ours` loses its kind.
fn told(text: &str, options: Options, is_ours: impl Fn(&Range<usize>) -> Option<()>) -> Vec<Told<'_>> {
    let mut all = Vec::new();
    let mut open = Vec::new();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match (event, all.last_mut()) {
            (Event::Text(piece), Some(Told::Text(text))) => text.push_str(&piece),
            (Event::Text(piece), _) => all.push(Told::Text(piece.into_string())),
            (Event::Start(Tag::HtmlBlock), _) => all.push(Told::Html(String::new())),
            (Event::End(TagEnd::HtmlBlock), Some(Told::Html(html))) if !html.ends_with('\n') => html.push('\n'),
            (Event::End(TagEnd::HtmlBlock), _) => {}
            (Event::Html(html), Some(Told::Html(all))) => {
                all.extend(html.split('\r'));
            }
            (Event::Start(Tag::BlockQuote(kind)), _) => {
                // The quote that holds the marker directly: the innermost one that begins on its line.
                let line = text[range.start..range.end.min(text.len())].lines().next().unwrap_or_default();
                let own = range.start..range.start + line.len();
                let kind = if kind.is_some() && is_ours(&own).is_some() { None } else { kind };
                open.push(kind);
                all.push(Told::Other(Event::Start(Tag::BlockQuote(kind))));
            }
            (Event::End(TagEnd::BlockQuote(_)), _) => {
                let kind = open.pop().flatten();
                all.push(Told::Other(Event::End(TagEnd::BlockQuote(kind))));
            }
            (event, _) => all.push(Told::Other(event)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::Anatomy;
    use crate::text::Wording;

    /// A text with `[` and `]` in place of what opens and closes its callouts.
    fn changed(text: &str) -> String {
        let anatomy = Anatomy::of(text, 0, &Wording::default());
        let mut splices: Vec<_> =
            anatomy.callouts.iter().rev().flat_map(|callout| callout.splices(callout.kind.word(), "end")).collect();
        splices.sort_by_key(|(range, _)| range.start);
        let mut out = String::new();
        let mut at = 0;
        for (range, new) in splices {
            out += &text[at..range.start];
            out += &new.replace(BEGINS_LINE, "");
            at = range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn wherever_a_callout_stands() {
        for (text, after) in [
            ("> [!NOTE]\n> a\n", "> Note\n> a\n> end\n"),
            (">[!tip]\n>a", ">Tip\n>a\n> end"),
            ("> [!NOTE]\n", "> Note\n> end\n"),
            ("> [!NOTE]\r\n> a\r\n\r\nb", "> Note\r\n> a\n> end\r\n\r\nb"),
            ("> [!CAUTION]\n> a\nlazy\n\nb", "> Caution\n> a\nlazy\n> end\n\nb"),
            ("> [!WARNING]\nlazy\n", "> Warning\n> lazy\n> end\n"),
            ("> [!NOTE]\n>      a\n", "> Note\n> a\n> end\n"),
            ("- > [!NOTE]\n  > a\n  >\n  > b\n- c\n", "- > Note\n  > a\n  >\n  > b\n  > end\n- c\n"),
            (
                "1. a\n\n   > [!NOTE]\n   > - b\n   >\n   > - c\n",
                "1. a\n\n   > Note\n   > - b\n   >\n   > - c\n   > end\n",
            ),
            ("> a\n>\n> > [!NOTE]\n> > b\n>\n> c\n", "> a\n>\n> > Note\n> > b\n> > end\n>\n> c\n"),
            ("> [!NOTE]\n> > b\n> > c\n", "> Note\n> > b\n> > c\n> end\n"),
            ("> [!NOTE]\n> | a |\n> |---|\n> | b |\n", "> Note\n> | a |\n> |---|\n> | b |\n> end\n"),
            ("> [!NOTE]\n> ```\n> a\n> ```\n", "> Note\n> ```\n> a\n> ```\n> end\n"),
            ("> [!NOTE]\n> <details>\n> </details>\n", "> Note\n> <details>\n> </details>\n> end\n"),
            ("> [!NOTE] \t\n> a\n", "> Note \t\n> a\n> end\n"),
            ("> [!NOTE]\n> a\n>\n> > [!TIP]\n> > b\n", "> Note\n> a\n>\n> > Tip\n> > b\n> > end\n> end\n"),
            ("> [!NOTE]\n> - a\n>   > [!TIP]\n>   > b\n", "> Note\n> - a\n>   > Tip\n>   > b\n>   > end\n> end\n"),
            ("> [!NOTE]\n> a\n>\n>\n", "> Note\n> a\n>\n>\n> end\n"),
            ("[^1]: > [!NOTE]\n    > a\n\n[^1]", "[^1]: > Note\n    > a\n    > end\n\n[^1]"),
        ] {
            assert_eq!(changed(text), after, "{text:?}");
        }
    }

    #[test]
    fn what_cannot_be_closed_is_left_to_mdbook() {
        for text in [
            "> [!NOTE]\n> ```\n> a\n",
            "> [!NOTE]\n> <script>\n> a\n",
            "> [!NOTE] a\n> b\n",
            "> [!OTHER]\n> b\n",
            "> a\n> [!NOTE]\n",
            "`> [!NOTE]`\n",
        ] {
            assert_eq!(changed(text), text);
        }
        // One that cannot be closed is no reason to leave another, however many there are.
        let many = "> [!TIP]\n> x\n\n".repeat(40);
        let bad = "> [!NOTE]\n> ```\n> a\n\n";
        for text in [format!("{bad}{many}"), format!("{many}{bad}{many}"), format!("{many}{}{many}", bad.repeat(40))] {
            let kept = Anatomy::of(&text, 0, &Wording::default()).callouts;
            assert_eq!(kept.len(), text.matches("TIP").count(), "{text}");
            assert!(kept.iter().all(|callout| callout.kind == CalloutKind::Tip));
        }
        assert_eq!(changed("> [!TIP]\n> a\n\n> [!NOTE]\n> ```\n"), "> Tip\n> a\n> end\n\n> [!NOTE]\n> ```\n");
    }
}
