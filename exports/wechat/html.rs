//! The author's own HTML.
//!
//! ```text
//! <details><summary>推导</summary>   →   <p style="…"><strong style="…">推导</strong></p>
//! H<sub>2</sub>O                     →   H<sub style="…">2</sub>O
//! <font color="red">x</font>         →   x
//! <!-- 草稿 -->                      →
//! ```
//!
//! A few elements have one of ours in their place; of all others the text stays. What an author leaves open ends where its
//! paragraph ends, and nothing of the note's HTML is ever copied but its entities.

use mdbook_bilingual_core::diagnostic::Code;
use mdbook_bilingual_core::text::html::{Token, attributes, tokens};

use super::escape::escaped_html;
use super::writer::Writer;
use crate::counts::Counted;
use crate::document::Node;
use crate::entities::without_entities;
use crate::links::Form;

/// An element that the author opened in a line.
pub(super) struct OpenTag {
    name: String,
    /// What ends it.
    end: String,
    /// The address for the list at the end, and where the words of the link begin.
    address: Option<(String, usize)>,
}

impl Writer<'_, '_> {
    /// A tag in a line.
    pub(super) fn inline_html(&mut self, html: &str, at: usize, open: &mut Vec<OpenTag>) {
        for (token, range) in tokens(html) {
            match token {
                Token::Text(text) => self.text(text, &escaped_html(text)),
                Token::Open(name) => self.start_tag(&name, &html[range], at, open, true),
                Token::Empty(name) => self.start_tag(&name, &html[range], at, open, false),
                Token::Close(name) => self.end_tag(&name, open),
            }
        }
    }

    /// A block of HTML: what is text in it, in paragraphs.
    pub(super) fn html_block(&mut self, node: &Node) {
        let html = self.source(&node.range);
        let formulas = self.formulas_in(node.range.clone());
        let mut drawn = 0;
        let mut open = Vec::new();
        let mut before = std::mem::take(&mut self.out);
        self.begin_line(&[]);
        let mut end = 0;
        for (token, range) in tokens(html) {
            // A mere `<`, which is no token.
            if html.get(end..range.start) == Some("<") {
                self.text("<", "&lt;");
            }
            end = range.end;
            let at = node.range.start + range.start;
            match token {
                Token::Text(text) => drawn += self.html_text(text, at, &formulas),
                Token::Open(name) | Token::Empty(name) | Token::Close(name) if is_block(&name) => {
                    let is_start = !html[range.clone()].starts_with("</");
                    self.end_paragraph(&mut before, &mut open);
                    if is_start {
                        self.start_tag(&name, &html[range], at, &mut open, true);
                    }
                    if name == "hr" {
                        before.push_str(&std::mem::take(&mut self.out));
                    }
                }
                Token::Open(name) => self.start_tag(&name, &html[range], at, &mut open, true),
                Token::Empty(name) => self.start_tag(&name, &html[range], at, &mut open, false),
                Token::Close(name) => self.end_tag(&name, &mut open),
            }
        }
        self.end_paragraph(&mut before, &mut open);
        self.out = before;
        self.note.less(Counted::Formulas, formulas.len() as isize - drawn);
    }

    fn end_paragraph(&mut self, before: &mut String, open: &mut Vec<OpenTag>) {
        let name = if open.iter().any(|tag| tag.name == "summary") { "summary" } else { "p" };
        self.close_tags(open);
        let text = std::mem::take(&mut self.out);
        std::mem::swap(&mut self.out, before);
        if has_content(&text) {
            self.open("p", name);
            self.out.push_str(&text);
            self.close("p");
        }
        std::mem::swap(&mut self.out, before);
        self.begin_line(&[]);
    }

    /// The formulas in some bytes of the note.
    fn formulas_in(&self, range: std::ops::Range<usize>) -> Vec<usize> {
        self.note.document.formulas_in(range).map(|(number, _)| number).collect()
    }

    /// Text between tags; how many formulas of it were drawn.
    fn html_text(&mut self, text: &str, at: usize, formulas: &[usize]) -> isize {
        let (mut from, mut drawn) = (at, 0);
        let end = at + text.len();
        for number in formulas {
            let range = self.note.document.formulas[*number].range.clone();
            if range.start < from || range.end > end || range.is_empty() {
                continue;
            }
            self.words(&text[from - at..range.start - at]);
            self.inline_formula(*number);
            (from, drawn) = (range.end, drawn + 1);
        }
        self.words(&text[from - at..]);
        drawn
    }

    /// Text of a block: without the marks of the quotation that it stands in, and its lines joined.
    fn words(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            let mut line = line.trim_end_matches('\r');
            if number > 0 {
                self.may_break();
                for _ in 0..self.quotes {
                    line = line.trim_start().strip_prefix('>').unwrap_or(line);
                }
                line = line.trim_start();
            }
            let whole = line.split_whitespace().collect::<Vec<_>>().join(" ");
            let before = if line.starts_with(char::is_whitespace) && !self.out.is_empty() { " " } else { "" };
            let behind = if line.ends_with(char::is_whitespace) && !whole.is_empty() { " " } else { "" };
            let text = format!("{before}{whole}{behind}");
            self.text(&text, &escaped_html(&text));
        }
    }

    fn start_tag(&mut self, name: &str, tag: &str, at: usize, open: &mut Vec<OpenTag>, has_end: bool) {
        let attributes = attributes(tag);
        let value =
            |wanted: &str| attributes.iter().find(|found| found.name == wanted).map(|found| found.value.clone());
        // What counts as lost is what `Counts` counts.
        match name {
            "b" | "strong" => self.start("strong", name, open, has_end),
            "i" | "em" => self.start("em", name, open, has_end),
            "summary" => self.start("strong", name, open, has_end),
            "code" | "sub" | "sup" => self.start(name, name, open, has_end),
            "del" | "s" | "strike" => self.start("del", name, open, has_end),
            "br" => self.break_line(),
            "hr" => self.open("hr", "hr"),
            "img" => {
                if let Some(source) = value("src") {
                    self.picture(&source, &value("alt").unwrap_or_default(), at);
                }
            }
            "a" if has_end => {
                if let Some(destination) = value("href") {
                    self.start_link(&destination, at, open);
                }
            }
            "details" => {
                let message = format!("{} shows all of what is behind a summary", self.note.platform_name());
                self.note.find(Code::Details, at, message);
            }
            "a" | "p" => {}
            _ => {
                if name == "table" && has_end {
                    self.note.less(Counted::Tables, 1);
                }
                if name == "pre" && has_end {
                    self.note.less(Counted::Code, 1);
                }
                let message = format!("of `<{name}>` the text stands there, and not how it looked");
                self.note.find_once(Code::Html, name, at, message);
            }
        }
    }

    fn start(&mut self, element: &str, name: &str, open: &mut Vec<OpenTag>, has_end: bool) {
        if has_end {
            self.open(element, element);
            open.push(OpenTag { name: name.to_owned(), end: format!("</{element}>"), address: None });
        }
    }

    fn start_link(&mut self, destination: &str, at: usize, open: &mut Vec<OpenTag>) {
        let name = "a".to_owned();
        match self.note.form(destination, at) {
            Form::Link(address) => {
                self.open_link(&address);
                open.push(OpenTag { name, end: "</a>".to_owned(), address: None });
            }
            Form::Numbered(address) => {
                let address = Some((address, self.out.len()));
                open.push(OpenTag { name, end: String::new(), address });
            }
            Form::Words(_) => {}
        }
    }

    fn end_tag(&mut self, name: &str, open: &mut Vec<OpenTag>) {
        if let Some(at) = open.iter().rposition(|tag| tag.name == name) {
            let mut inner = open.split_off(at);
            self.close_tags(&mut inner);
        }
    }

    /// Ends what is open, from inside out.
    pub(super) fn close_tags(&mut self, open: &mut Vec<OpenTag>) {
        while let Some(tag) = open.pop() {
            self.out.push_str(&tag.end);
            if let Some((address, begin)) = tag.address {
                let words = text_of(self.out.get(begin..).unwrap_or_default());
                let number = self.links.number(&address, &words);
                self.number(number);
            }
        }
    }
}

/// Whether there is anything in a piece of HTML of ours.
fn has_content(html: &str) -> bool {
    html.contains("<img") || html.contains("<svg") || html.contains("</sup>") || !text_of(html).trim().is_empty()
}

/// The text of a piece of HTML of ours.
fn text_of(html: &str) -> String {
    let mut out = String::new();
    for (token, _) in tokens(html) {
        if let Token::Text(text) = token {
            out.push_str(text);
        }
    }
    without_entities(&out)
}

/// Whether an element is a paragraph of its own.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "center"
            | "dd"
            | "details"
            | "div"
            | "dl"
            | "dt"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
