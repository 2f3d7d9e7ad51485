//! From the engine's MathML to an element that can stand in a paragraph of Markdown.
//!
//! What comes out is one line. Its text holds letters, digits and spaces; every other character of ASCII is a character
//! reference, so that nothing in it is Markdown or one of mdBook's directives. Elements and attributes are those of the
//! lists below, so that nothing a formula says becomes a link, a script or a style of the page.

use crate::formula::bold;
use crate::formula::dialect::{Dress, EngineFormula, Rules};
use crate::formula::lexicon::STAND_INS;

/// The elements that may come out, besides those that are written here, by the alphabet.
const ELEMENTS: &[&str] = &[
    "b",
    "em",
    "i",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "s",
    "span",
    "u",
];

/// The attributes that may come out, by the alphabet.
const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "class",
    "columnspan",
    "displaystyle",
    "fence",
    "form",
    "height",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rspace",
    "scriptlevel",
    "separator",
    "stretchy",
    "style",
    "symmetric",
    "width",
];

/// An element that is open.
struct OpenElement<'a> {
    /// Its name; `None` for one that is left out, but for what it holds.
    name: Option<&'a str>,
    /// Where its tag begins in what was written, and where its contents do.
    tag: usize,
    contents: usize,
    /// What its last child marks it with.
    dress: Option<&'a Dress>,
    /// Whether it is a mark itself.
    is_mark: bool,
    /// What a mark stands for by itself.
    piece: Option<&'a str>,
    /// The lines of a table.
    rules: Option<&'a Rules>,
    /// How many rows of a table were begun, or cells of a row.
    children: usize,
}

impl<'a> OpenElement<'a> {
    fn new(name: Option<&'a str>, tag: usize, contents: usize, rules: Option<&'a Rules>) -> Self {
        Self { name, tag, contents, dress: None, is_mark: false, piece: None, rules, children: 0 }
    }
}

/// The element of a formula: `mathml` is the engine's, `tex` what the author wrote.
pub(super) fn element(mathml: &str, dialect: &EngineFormula, tex: &str, display: bool) -> String {
    let mut out = String::with_capacity(mathml.len() * 2 + tex.len() * 2);
    out.push_str(if display { "<math display=\"block\"><semantics>" } else { "<math><semantics>" });
    let start = out.len();
    let mut writer = ElementWriter { dialect, out, open: Vec::new(), children: 0, pending: None };
    let mut rest = mathml;
    while let Some(bracket) = rest.find('<') {
        // Between most tags stands nothing.
        if bracket > 0 {
            writer.text(decoded(&rest[..bracket]));
        }
        let Some(end) = rest[bracket..].find('>').map(|end| bracket + end) else { break };
        let tag = &rest[bracket + 1..end];
        rest = &rest[end + 1..];
        if tag.starts_with('/') {
            writer.ends();
        } else {
            writer.begins(tag);
        }
    }
    let ElementWriter { mut out, children, .. } = writer;
    if children != 1 {
        out.insert_str(start, "<mrow>");
        out.push_str("</mrow>");
    }
    out.push_str("<annotation encoding=\"application/x-tex\">");
    push_text(&mut out, tex.trim());
    out.push_str("</annotation></semantics></math>");
    out
}

/// Writes the element of a formula.
struct ElementWriter<'a> {
    dialect: &'a EngineFormula,
    out: String,
    open: Vec<OpenElement<'a>>,
    /// How many elements stand inside of no other.
    children: usize,
    /// The lines of the next table.
    pending: Option<&'a Rules>,
}

impl<'a> ElementWriter<'a> {
    /// Writes a text, or takes it for what it says of the elements around it.
    fn text(&mut self, text: String) {
        match self.dialect.dress(&text) {
            Some(dress) if dress.is_alone() => {
                if let Dress::Rules(rules) = dress {
                    self.pending = Some(rules);
                }
                if let Some(element) = self.open.last_mut() {
                    if let Dress::Piece(piece) = dress {
                        element.piece = Some(piece);
                    }
                    element.is_mark = true;
                }
            }
            Some(dress) if self.open.len() > 1 => {
                let parent = self.open.len() - 2;
                self.open[parent].dress = Some(dress);
                self.open[parent + 1].is_mark = true;
            }
            _ => {
                let in_accent = self.open.len() > 1 && self.open[self.open.len() - 2].name == Some("mover");
                let in_text = self.open.last().is_some_and(|element| !matches!(element.name, Some("mi" | "mo" | "mn")));
                // In text the engine has no `^`, only an accent that looks like it.
                let text = if in_text { text.replace('\u{2c6}', "^") } else { text };
                let text = self.dialect.tag(&text).unwrap_or(&text);
                push_text(&mut self.out, if in_accent { accent(text) } else { text });
            }
        }
    }

    /// Writes the end of the innermost element.
    fn ends(&mut self) {
        let Some(element) = self.open.pop() else { return };
        if element.name == Some("mtr") {
            fill(&mut self.out, &self.open, element.children);
        }
        let has_limits = element.dress == Some(&Dress::Limits);
        close(&mut self.out, element);
        if has_limits && let Some(scripts) = self.open.last_mut() {
            set_below(&mut self.out, scripts);
        }
    }

    /// Writes a tag of the engine that begins an element, or is one.
    fn begins(&mut self, tag: &'a str) {
        let is_empty = tag.ends_with('/');
        let (name, attributes) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag.trim_end_matches('/'), ""));
        if name == "math" {
            return;
        }
        self.children += usize::from(self.open.is_empty());
        let at = self.out.len();
        let rules = if name == "mtable" { self.pending.take() } else { None };
        let lines = if name == "mtd" { lines(&self.open) } else { None };
        if matches!(name, "mtr" | "mtd")
            && let Some(parent) = self.open.last_mut()
        {
            parent.children += 1;
        }
        let name = begin(&mut self.out, name, attributes, lines.as_deref());
        let element = OpenElement::new(name, at, self.out.len(), rules);
        if is_empty {
            close(&mut self.out, element);
        } else {
            self.open.push(element);
        }
    }
}

/// The style of the lines at the next cell, when the row that it stands in is open.
fn lines(open: &[OpenElement<'_>]) -> Option<String> {
    let [.., table, row] = open else { return None };
    table.rules.map(|rules| rules.style(table.children.saturating_sub(1), row.children))
}

/// Adds the cells that a row lacks, so that the lines of its table go on.
fn fill(out: &mut String, open: &[OpenElement<'_>], cells: usize) {
    let Some((table, rules)) = open.last().and_then(|table| Some((table, table.rules?))) else { return };
    for cell in cells..rules.columns {
        out.push_str("<mtd style=\"");
        out.push_str(&rules.style(table.children.saturating_sub(1), cell));
        out.push_str("\"></mtd>");
    }
}

/// Sets scripts below and above what they stand beside.
fn set_below(out: &mut String, scripts: &mut OpenElement<'_>) {
    let (name, below) = match scripts.name {
        Some("msub") => ("msub", "munder"),
        Some("msup") => ("msup", "mover"),
        Some("msubsup") => ("msubsup", "munderover"),
        _ => return,
    };
    out.replace_range(scripts.tag + 1..scripts.tag + 1 + name.len(), below);
    scripts.contents = scripts.contents + below.len() - name.len();
    scripts.name = Some(below);
}

/// Writes the tag of an element, and gives the name that its end needs. `lines` is what its style says besides.
fn begin<'a>(out: &mut String, name: &'a str, attributes: &str, lines: Option<&str>) -> Option<&'a str> {
    // mdBook's own style and script for `code` are for code in a text.
    let (name, class) = match name {
        "code" => ("span", Some("formula-code")),
        name => (name, None),
    };
    if ELEMENTS.binary_search(&name).is_err() {
        return None;
    }
    out.push('<');
    out.push_str(name);
    if let Some(class) = class {
        push_attribute(out, "class", class);
    }
    let mut lines = lines.filter(|lines| !lines.is_empty());
    let mut rest = attributes;
    while let Some((attribute, behind)) = rest.split_once("=\"") {
        let Some((value, behind)) = behind.split_once('"') else { break };
        rest = behind;
        let attribute = attribute.trim();
        let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || " #%-.:;".contains(c));
        if ATTRIBUTES.binary_search(&attribute).is_ok() && is_plain {
            match value.strip_prefix("color:").map(|color| color.trim_end_matches(';')) {
                Some(digits) => push_attribute(out, attribute, &color(digits)),
                None => match lines.take_if(|_| attribute == "style") {
                    Some(lines) => push_attribute(out, attribute, &format!("{};{lines}", value.trim_end_matches(';'))),
                    None => push_attribute(out, attribute, value),
                },
            }
        }
    }
    if let Some(lines) = lines {
        push_attribute(out, "style", lines);
    }
    out.push('>');
    Some(name)
}

/// A colour that can be read on a light page and on a dark one.
fn color(digits: &str) -> String {
    format!("color:color-mix(in srgb,{digits} 65%,currentcolor)")
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    for piece in [" ", name, "=\"", value, "\""] {
        out.push_str(piece);
    }
}

/// Writes the end of an element, or takes it back when it was a mark.
fn close(out: &mut String, element: OpenElement<'_>) {
    if element.is_mark {
        out.truncate(element.tag);
        out.push_str(element.piece.unwrap_or_default());
        return;
    }
    let Some(name) = element.name else { return };
    let name = match element.dress {
        Some(dress) => {
            let (name, attributes) = dressed(dress);
            let contents = out.split_off(element.contents);
            out.truncate(element.tag);
            for piece in ["<", name, &attributes, ">"] {
                out.push_str(piece);
            }
            match dress {
                Dress::Bold => bold::push(out, &contents),
                Dress::Lap { follows: false } => {
                    for piece in ["<mrow dir=\"ltr\">", &contents, "</mrow>"] {
                        out.push_str(piece);
                    }
                }
                _ => out.push_str(&contents),
            }
            name
        }
        None => name,
    };
    for piece in ["</", name, ">"] {
        out.push_str(piece);
    }
}

/// The element that a dress makes of what it holds, and its attributes.
fn dressed(dress: &Dress) -> (&'static str, String) {
    let style = |style: &str| format!(" style=\"{style}\"");
    match dress {
        Dress::Box => ("mrow", " class=\"formula-box\"".to_owned()),
        Dress::Color(digits) => ("mrow", style(&color(digits))),
        Dress::Fill { fill, frame } => {
            let fill = fill.as_deref().map(|digits| format!("background:color-mix(in srgb,{digits} 45%,transparent);"));
            let frame = frame.as_deref().map(|digits| format!("border:1px solid {digits};"));
            let both = fill.unwrap_or_default() + &frame.unwrap_or_default();
            ("mrow", format!(" class=\"formula-fill\"{}", style(&both)))
        }
        Dress::Enclose(classes) => ("mrow", format!(" class=\"formula-enclosed {classes}\"")),
        Dress::Raise(length) => ("mpadded", format!(" voffset=\"{length}\"")),
        Dress::Size(tenths) if tenths % 10 == 0 => ("mrow", style(&format!("font-size:{}%", tenths / 10))),
        Dress::Size(tenths) => ("mrow", style(&format!("font-size:{}.{}%", tenths / 10, tenths % 10))),
        Dress::Lap { follows: true } => ("mpadded", " width=\"0\"".to_owned()),
        // From right to left, what is too wide stands out on the left.
        Dress::Lap { follows: false } => ("mpadded", " width=\"0\" dir=\"rtl\"".to_owned()),
        Dress::Bold | Dress::Limits | Dress::Rules(_) | Dress::Piece(_) => ("mrow", String::new()),
    }
}

/// The accent that browsers stretch and our font has wide forms of, where the engine writes another character.
fn accent(text: &str) -> &str {
    match text {
        "~" => "\u{2dc}",
        text => text,
    }
}

/// The text that MathML shows, of the five entities that the engine writes and of character references.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&#39;", '\''), ("&#x27;", '\'')];
        match known.iter().find(|(entity, _)| rest.starts_with(entity)) {
            Some((entity, character)) => {
                out.push(*character);
                rest = &rest[entity.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Text on one line of HTML in which nothing is Markdown, HTML or a directive of mdBook.
#[must_use]
pub fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    push_text(&mut out, text);
    out
}

/// Writes text in which nothing is Markdown.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        let meant = STAND_INS.iter().find(|(_, stand_in)| *stand_in == c);
        match meant.map_or(c, |(character, _)| *character) {
            ' ' => out.push(' '),
            '\n' | '\t' => out.push_str(if c == '\n' { "&#10;" } else { "&#9;" }),
            '\r' => {}
            c if c.is_ascii_alphanumeric() || (!c.is_ascii() && !c.is_control()) => out.push(c),
            // No character reference means one of these.
            c if c.is_control() => out.push('\u{FFFD}'),
            c => {
                out.push_str("&#");
                out.push_str(&u32::from(c).to_string());
                out.push(';');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_by_the_alphabet() {
        assert!(ELEMENTS.is_sorted() && ATTRIBUTES.is_sorted());
    }
}
