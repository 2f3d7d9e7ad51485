//! HTML as the Markdown that says the same, and its text where none does.
//!
//! ```text
//! <details><summary>推导</summary>          **推导**
//!
//! …                                   →     …
//!
//! </details>
//!
//! <img src="a.png" alt="图">                ![图](https://example.org/a.png)
//! <!-- 草稿 -->                             nothing
//! ```

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::text::east_asian;
use mdbook_bilingual_core::text::html::{Attribute, Token, attributes, tokens};

use super::Writer;
use super::emphasis::{ZERO_WIDTH, flanks};
use super::escape::escaped;
use super::links::written;
use super::pictures::bare;
use super::splices::Splices;
use crate::counts::Counted;
use crate::document::Node;
use crate::entities::without_entities;
use crate::links::{Form, Lead};
use crate::pictures::Shown;
use crate::platform::{Details, Html, Placement};

/// A tag of HTML that is open.
#[derive(Debug, Clone)]
pub(super) struct OpenTag {
    name: String,
    /// What stands at its end.
    end: String,
}

/// The characters before and behind a tag.
type Sides = (Option<char>, Option<char>);

/// Marks of emphasis.
const MARKS: &[&str] = &["**", "*", "~~"];

/// Elements whose text is code.
const CODE: &[&str] = &["pre", "code", "kbd", "samp", "tt"];

/// A row of a table that is written as HTML.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HtmlRow {
    cells: usize,
    /// Whether the first one is over.
    is_over: bool,
}

/// Stand around a summary, until all of it is there.
const SUMMARY: char = '\u{1}';
const SUMMARY_END: char = '\u{2}';

/// Stands for the end of a row, until it is known how many cells it has.
const ROW_END: &str = "\u{0}";

/// Tags that only hold others together: without them nothing is missing.
const PLAIN: &[&str] =
    &["p", "div", "span", "center", "section", "figure", "figcaption", "picture", "thead", "tbody", "colgroup", "col"];

impl Writer<'_, '_> {
    /// A block of HTML; `false` where nothing is left of it.
    pub(super) fn html_block(&mut self, node: &Node, splices: &mut Splices) -> bool {
        let range = node.range.start..self.end(node);
        let html = &self.text[range.clone()];
        let is_kept = self.note.export.platform.text.html == Html::Keep;
        let mut out = String::new();
        if is_kept {
            without_comments(html, &mut out);
        } else {
            self.in_html = true;
            for (token, place) in tokens(html) {
                let at = range.start + place.start;
                match token {
                    Token::Text(text) => self.html_text(text, at, &mut out),
                    token => {
                        let sides = (out.chars().next_back(), html[place.end..].chars().next());
                        let tag = self.tag(&token, &html[place], at, sides);
                        out.push_str(&tag);
                    }
                }
            }
        }
        self.in_html = false;
        let text = tidied(&self.summaries(&out));
        if text.is_empty() {
            return false;
        }
        if text != html {
            let text = if is_kept { self.in_container(&text, range.start) } else { self.alone(&text, range.clone()) };
            splices.replace(range, text);
        }
        true
    }

    /// A tag in a line.
    pub(super) fn inline_html(&mut self, node: &Node, html: &str, splices: &mut Splices) {
        if self.note.export.platform.text.html == Html::Keep && !html.starts_with("<!--") {
            return;
        }
        let mut out = String::new();
        let (start, end) = (node.range.start, node.range.end);
        let sides = (self.text[..start].chars().next_back(), self.text[end..].chars().next());
        for (token, place) in tokens(html) {
            out.push_str(&self.tag(&token, &html[place], start, sides));
        }
        let out = self.summaries(&out);
        if out.ends_with('\n') {
            self.begins.push(node.range.end);
        }
        let out = if out.contains('\n') { self.in_container(&out, self.paragraph.start) } else { out };
        splices.replace(node.range.clone(), out);
    }

    /// Ends the tags that were opened in a line and not closed: those above a number.
    pub(super) fn close_tags(&mut self, most: usize) -> String {
        let mut out = String::new();
        while self.tags.len() > most {
            out.push_str(&self.tags.pop().map(|tag| tag.end).unwrap_or_default());
        }
        out
    }

    /// Text between tags, of which nothing is Markdown but formulas.
    fn html_text(&mut self, text: &str, at: usize, out: &mut String) {
        if self.tags.iter().any(|tag| CODE.contains(&tag.name.as_str())) {
            let is_block = self.tags.iter().any(|tag| tag.name == "pre");
            let text = without_entities(text);
            // A fence, or a backtick, in it would end it.
            let text = if is_block { text.replace("```", "\u{2060}```") } else { text.replace('`', "'") };
            return out.push_str(&text);
        }
        let end = at + text.len();
        let mut from = at;
        let formulas: Vec<_> = self.note.document.formulas_in(at..end).collect();
        for (number, formula) in formulas {
            self.joined(from..formula.range.start, out);
            let node = Node {
                kind: crate::document::Kind::Formula(number),
                range: formula.range.clone(),
                children: Vec::new(),
            };
            let written = if self.is_display(&node) {
                let tex = self.note.tex(number);
                self.display(&tex)
            } else {
                let mut splices = Splices::default();
                self.formula_in_line(&node, number, &mut splices);
                self.apply(splices, formula.range.clone())
            };
            match formula.display {
                true => out.push_str(&format!("\n\n{written}\n\n")),
                false => out.push_str(&written),
            }
            from = formula.range.end;
        }
        self.joined(from..end, out);
    }

    /// Text of HTML, in which line breaks are white space.
    fn joined(&self, range: std::ops::Range<usize>, out: &mut String) {
        let mut text = String::new();
        joined(&self.text[range], out.chars().next_back(), &mut text);
        out.push_str(&self.without_liquid(text));
    }

    /// What says the same as a tag.
    fn tag(&mut self, token: &Token<'_>, tag: &str, at: usize, (before, behind): Sides) -> String {
        match token {
            Token::Text(text) => (*text).to_owned(),
            Token::Close(name) => {
                let end = self.closed(name);
                // A mark that could not end here ends behind a character of no width.
                let is_mark = MARKS.contains(&end.as_str()) && !flanks(behind, before);
                if is_mark { format!("{ZERO_WIDTH}{end}") } else { end }
            }
            Token::Open(name) | Token::Empty(name) => {
                let attributes = attributes(tag);
                let (begin, end) = self.opened(name, &attributes, at);
                let is_empty =
                    matches!(token, Token::Empty(_)) || matches!(name.as_str(), "img" | "br" | "hr" | "input" | "col");
                match is_empty {
                    true => return begin + &end,
                    false => self.tags.push(OpenTag { name: name.clone(), end }),
                }
                let is_mark = MARKS.contains(&begin.as_str()) && !flanks(before, behind);
                if is_mark { format!("{begin}{ZERO_WIDTH}") } else { begin }
            }
        }
    }

    fn closed(&mut self, name: &str) -> String {
        let Some(at) = self.tags.iter().rposition(|tag| tag.name == name) else { return String::new() };
        if matches!(name, "ul" | "ol") {
            self.numbers_of_items.pop();
        }
        let end = self.close_tags(at);
        if !end.contains(ROW_END) {
            return end;
        }
        // Below the first row stands the line that makes them a table.
        let line = if self.row.is_over { String::new() } else { format!("\n|{}", "---|".repeat(self.row.cells)) };
        self.row.is_over = true;
        end.replace(ROW_END, &line)
    }

    /// What stands at the beginning and at the end of an element.
    fn opened(&mut self, name: &str, attributes: &[Attribute], at: usize) -> (String, String) {
        let value =
            |wanted: &str| attributes.iter().find(|found| found.name == wanted).map(|found| found.value.clone());
        let both = |mark: &str| (mark.to_owned(), mark.to_owned());
        let is_bold = self.around.bold;
        match name {
            "a" => match value("href") {
                Some(address) => self.html_link(&address, at),
                None => both(""),
            },
            "img" => match value("src") {
                Some(address) => (self.html_picture(&address, &value("alt").unwrap_or_default(), at), String::new()),
                None => both(""),
            },
            "b" | "strong" if is_bold => both(""),
            "b" | "strong" => both("**"),
            "i" | "em" => both("*"),
            "s" | "del" | "strike" => both("~~"),
            "code" if self.tags.last().is_some_and(|tag| tag.name == "pre") => both(""),
            "code" | "kbd" | "samp" | "tt" => both("`"),
            "pre" => ("\n\n```\n".to_owned(), "\n```\n\n".to_owned()),
            "br" if self.around.heading || self.around.cell_text => (" ".to_owned(), String::new()),
            "br" if self.around.cell => ("<br>".to_owned(), String::new()),
            "br" => ("  \n".to_owned(), String::new()),
            "hr" => ("\n\n---\n\n".to_owned(), String::new()),
            "p" => both("\n\n"),
            "li" => (self.html_item(), String::new()),
            "ul" | "ol" => {
                self.numbers_of_items.push((name == "ol").then_some(0));
                both("\n\n")
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let last = usize::from(self.note.export.platform.headings.last);
                let first = usize::from(self.note.export.platform.headings.first);
                let level = usize::from(name.as_bytes()[1] - b'0').clamp(first, last);
                (format!("\n\n{} ", "#".repeat(level)), "\n\n".to_owned())
            }
            "details" | "summary" => self.details(name, at),
            "dt" if is_bold => both("\n\n"),
            "dt" => ("\n\n**".to_owned(), "**\n\n".to_owned()),
            "dd" => both("\n\n"),
            "table" | "tr" | "td" | "th" => {
                self.html_table(name, value("rowspan").or_else(|| value("colspan")).is_some(), at)
            }
            "video" | "audio" | "iframe" | "embed" | "source" => self.embedded(name, value("src"), at),
            _ => {
                if !PLAIN.contains(&name) || !attributes.is_empty() {
                    let message = format!("of `<{name}>` the text stands there, and not how it looked");
                    self.note.find_once(Code::Html, name, at, message);
                }
                both(if PLAIN.contains(&name) && name != "span" { "\n\n" } else { "" })
            }
        }
    }

    /// What stands at the beginning and at the end of a table, of a row, or of a cell.
    fn html_table(&mut self, name: &str, spans: bool, at: usize) -> (String, String) {
        match name {
            "table" => {
                self.row = HtmlRow::default();
                ("\n\n".to_owned(), "\n\n".to_owned())
            }
            "tr" => {
                self.row.cells = 0;
                ("\n|".to_owned(), ROW_END.to_owned())
            }
            _ => {
                if spans {
                    let message = "a cell that spans several is one cell, so that those beside it are in other columns";
                    self.note.find_once(Code::Html, "span", at, message);
                }
                self.row.cells += 1;
                (" ".to_owned(), " |".to_owned())
            }
        }
    }

    /// What begins an item of a list.
    fn html_item(&mut self) -> String {
        let depth = self.numbers_of_items.len().saturating_sub(1);
        let mark = match self.numbers_of_items.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{number}.")
            }
            _ => "-".to_owned(),
        };
        format!("\n{}{mark} ", "   ".repeat(depth))
    }

    fn html_link(&mut self, address: &str, at: usize) -> (String, String) {
        match self.form(address, at) {
            Form::Link(address) if !self.around.cell_text => ("[".to_owned(), format!("]({})", written(&address))),
            Form::Numbered(address) => {
                let number = self.numbers.of_link(&address, &address);
                (String::new(), format!("[{number}]"))
            }
            Form::Link(_) => {
                self.note.less(Counted::Links, 1);
                Default::default()
            }
            Form::Words(_) => Default::default(),
        }
    }

    fn html_picture(&mut self, address: &str, alternative: &str, at: usize) -> String {
        let shown = match self.note.show(address, alternative, at) {
            Shown::From(address) => self.without_liquid(format!("![{}]({})", bare(alternative), written(&address))),
            Shown::Words(words) => {
                self.note.less(Counted::Pictures, 1);
                escaped(&words)
            }
        };
        let is_apart = self.note.export.platform.pictures.inline == Placement::OwnLine;
        if self.around.cell_text || is_apart && !self.in_html {
            let name = self.note.platform_name();
            let message = format!("{name} shows pictures on lines of their own: this one stands below");
            self.note.find(Code::PictureInline, at, message);
            self.below.push(shown);
            return String::new();
        }
        if is_apart { format!("\n\n{shown}\n\n") } else { shown }
    }

    fn details(&mut self, name: &str, at: usize) -> (String, String) {
        let form = self.note.export.platform.text.details;
        if name == "details" {
            let message = format!("{} shows all of what is behind a summary", self.note.platform_name());
            if form == Details::BoldHeading {
                self.note.find(Code::Details, at, message);
            }
        }
        match (form, name) {
            (Details::Liquid, "details") => {
                // It has to have words, whether the note says some or not.
                let has_summary =
                    self.text[at..].split("</details").next().is_some_and(|html| html.contains("<summary"));
                let words = self.note.words("export-details", &[]);
                let begin = if has_summary { "\n\n".to_owned() } else { format!("\n\n{{% details {words} %}}\n\n") };
                (begin, "\n\n{% enddetails %}\n\n".to_owned())
            }
            (Details::Liquid | Details::BoldHeading, "summary") => (SUMMARY.to_string(), SUMMARY_END.to_string()),
            (Details::Keep, "details") => ("\n\n<details>\n\n".to_owned(), "\n\n</details>\n\n".to_owned()),
            (Details::Keep, _) => ("<summary>".to_owned(), "</summary>\n\n".to_owned()),
            _ => ("\n\n".to_owned(), "\n\n".to_owned()),
        }
    }

    /// Summaries as they are written: their words on one line, without marks of their own.
    fn summaries(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once(SUMMARY) else { return text.replace(SUMMARY_END, "\n\n") };
        let (words, behind) =
            rest.split_once(SUMMARY_END).unwrap_or_else(|| rest.split_once('\n').unwrap_or((rest, "")));
        let words = words.replace("**", "").replace(ZERO_WIDTH, "");
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let written = match (self.note.export.platform.text.details, words.is_empty()) {
            (Details::Liquid, true) => format!("{{% details {} %}}", self.note.words("export-details", &[])),
            (Details::Liquid, false) => format!("{{% details {words} %}}"),
            (_, true) => String::new(),
            (_, false) => format!("**{words}**"),
        };
        format!("{before}{written}\n\n{}", self.summaries(behind))
    }

    /// What plays or shows something else: a link to it.
    fn embedded(&mut self, name: &str, address: Option<String>, at: usize) -> (String, String) {
        let Some(address) = address else { return Default::default() };
        let message = format!("`<{name}>` is a link to what it shows, {address}");
        self.note.find(Code::Html, at, message);
        match self.note.lead(&address, at) {
            Lead::To(address) => {
                self.note.less(Counted::Links, -1);
                (format!("[{}]({})", bare(&address), written(&address)), String::new())
            }
            Lead::Words => Default::default(),
        }
    }
}

/// HTML without its comments.
fn without_comments(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = behind.split_once("-->").map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
}

/// Text of HTML on one line; `last` is the character that stands before it.
fn joined(text: &str, last: Option<char>, out: &mut String) {
    let ends_with = |out: &str, any: &[char]| out.chars().next_back().or(last).is_none_or(|c| any.contains(&c));
    for (number, line) in text.split('\n').enumerate() {
        let line = line.trim_matches(['\r', '\t', ' ']);
        let line = if number > 0 { line.trim_start_matches(['>', ' ']) } else { line };
        if line.is_empty() {
            continue;
        }
        let before = out.chars().next_back().or(last);
        let meet = before.zip(line.chars().next()).is_some_and(|(before, first)| east_asian::meet(before, first));
        let has_own_space = number == 0 && text.starts_with([' ', '\t']) && !ends_with(out, &['\n', ' ', '[']);
        let is_next_line = number > 0 && !meet && !ends_with(out, &['\n', ' ', '[', '*', '`']);
        if has_own_space || is_next_line {
            out.push(' ');
        }
        out.push_str(&escaped(line));
    }
    if text.ends_with([' ', '\t']) && !ends_with(out, &['\n', ' ']) {
        out.push(' ');
    }
}

/// Markdown that was made of HTML, with one blank line where there are more, and with no white space around lines.
fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 0;
    let mut is_code = false;
    for line in text.split('\n') {
        is_code ^= line.starts_with("```");
        let bare = if is_code || line.ends_with("  ") { line } else { line.trim_end() };
        blank = if bare.trim().is_empty() { blank + 1 } else { 0 };
        if blank > 1 && !is_code {
            continue;
        }
        out.push_str(bare);
        out.push('\n');
    }
    out.trim_matches([' ', '\n']).to_owned()
}
