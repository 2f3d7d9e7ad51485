//! Values as what mdBook makes HTML of: Markdown with HTML in it.
//!
//! Headings and paragraphs of the page are Markdown, so that mdBook gives them ids and finds their text; everything
//! else is one line of HTML, so that no blank line ends it early. Nothing in it is read by mdBook's `links`.

use super::{
    Aside, Attributes, Block, Entry, Inline, MarkupLink, Navigation, NoteList, NumberTable, Paragraph, TableRow,
    markdown,
};

/// Blocks with a blank line between any two of them.
pub(crate) fn write(blocks: &[Block<'_>]) -> String {
    blocks.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// The tags around what stands in an element.
pub(crate) fn around(name: &'static str, attributes: &Attributes<'_>) -> (String, String) {
    let mut html = HtmlWriter::default();
    html.start(name, attributes);
    (html.line(), format!("</{name}>"))
}

/// HTML in an element.
pub(crate) fn within(name: &'static str, attributes: &Attributes<'_>, html: &str) -> String {
    let (begin, end) = around(name, attributes);
    format!("{begin}{html}{end}")
}

/// A paragraph in an element of the page.
pub(crate) fn paragraph(paragraph: &Paragraph<'_>) -> String {
    let mut html = HtmlWriter::default();
    html.paragraph(paragraph);
    html.line()
}

fn block(block: &Block<'_>) -> String {
    let mut html = HtmlWriter::default();
    match block {
        Block::Heading(level, text) => return markdown::heading(*level, &markdown::inlines(text, false, span)),
        Block::Paragraph(text) => return markdown::inlines(text, true, span),
        Block::Division(attributes, blocks) => {
            let (begin, end) = around("div", attributes);
            return format!("{begin}\n\n{}\n\n{end}", write(blocks));
        }
        Block::Aside(aside) => html.aside(aside),
        Block::Navigation(navigation) => html.navigation(navigation),
        Block::List(list) => html.list(list),
        Block::Table(table) => html.table(table),
        Block::CodeSource(source) => {
            let attributes = Attributes::class("code-source").with("translate", "no");
            html.element("div", &attributes, |html| html.inline(source));
        }
        Block::Script(settings, code) => html.element("script", settings, |html| html.0.push_str(code)),
    }
    html.line()
}

fn span(attributes: &Attributes<'_>) -> (String, &'static str) {
    (around("span", attributes).0, "</span>")
}

/// HTML as it is written.
#[derive(Default)]
struct HtmlWriter(String);

impl HtmlWriter {
    /// All of it, on one line, and with nothing in it that mdBook's `links` would expand.
    fn line(self) -> String {
        let mut line = self.0;
        if line.contains(['\n', '\r']) {
            line = line.replace(['\n', '\r'], " ");
        }
        if line.contains("{{") { line.replace("{{", "&#123;{") } else { line }
    }

    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        self.attributes(attributes);
        self.0.push('>');
    }

    fn attributes(&mut self, attributes: &Attributes<'_>) {
        for (name, value) in attributes.iter() {
            self.attribute(name, value);
        }
    }

    fn attribute(&mut self, name: &str, value: Option<&str>) {
        self.0.push(' ');
        self.0.push_str(name);
        if let Some(value) = value {
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
    }

    fn end(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    fn element(&mut self, name: &str, attributes: &Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.start(name, attributes);
        inside(self);
        self.end(name);
    }

    /// An element without attributes.
    fn plain(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.element(name, &Attributes::default(), inside);
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"']) {
            self.0.push_str(&rest[..at]);
            self.0.push_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            });
            rest = &rest[at + 1..];
        }
        self.0.push_str(rest);
    }

    fn inlines(&mut self, inlines: &[Inline<'_>]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline<'_>) {
        match inline {
            Inline::Text(text) => self.text(text),
            Inline::Span(attributes, inside) => self.element("span", attributes, |html| html.inlines(inside)),
            Inline::Current(attributes, text) => {
                let attributes = attributes.clone().with("aria-current", "page");
                self.element("span", &attributes, |html| html.text(text));
            }
            Inline::Link(link) => self.link(link),
            Inline::Day(day) => {
                let day = day.to_string();
                let attributes = Attributes::default().with("datetime", day.as_str());
                self.element("time", &attributes, |html| html.text(&day));
            }
            Inline::Addition(inside) => self.inline(inside),
            Inline::Icon(classes) => {
                self.element("i", &Attributes::class(*classes).with("aria-hidden", "true"), |_| {});
            }
        }
    }

    fn link(&mut self, link: &MarkupLink<'_>) {
        let MarkupLink { kind, url, target, text, description } = link;
        self.0.push_str("<a");
        self.attributes(kind);
        self.attribute("href", Some(url));
        self.attributes(target);
        self.0.push('>');
        self.inlines(text);
        if let Some(description) = description {
            self.0.push(' ');
            self.inline(description);
        }
        self.end("a");
    }

    fn paragraph(&mut self, paragraph: &Paragraph<'_>) {
        self.element("p", &paragraph.attributes, |html| html.inlines(&paragraph.text));
    }

    fn aside(&mut self, aside: &Aside<'_>) {
        // It is not what somebody who searches for the page is looking for.
        let attributes = aside.attributes.clone().with("role", "note").flag("data-pagefind-ignore");
        self.element("aside", &attributes, |html| {
            for paragraph in aside.lead.iter().chain(&aside.title) {
                html.paragraph(paragraph);
            }
            html.plain("p", |html| html.inlines(&aside.text));
        });
    }

    fn navigation(&mut self, navigation: &Navigation<'_>) {
        let Navigation { class, label, items } = navigation;
        let attributes = Attributes::class(*class).with("aria-label", label.as_str()).flag("data-pagefind-ignore");
        self.element("nav", &attributes, |html| {
            html.element("ul", &list_of(Attributes::default()), |html| {
                for item in items {
                    html.plain("li", |html| html.inlines(item));
                }
            });
        });
    }

    fn list(&mut self, list: &NoteList<'_>) {
        let name = if list.is_ordered { "ol" } else { "ul" };
        let attributes = Attributes::class(list.class);
        let attributes = if list.is_of_pages { attributes.flag("data-pagefind-ignore") } else { attributes };
        self.element(name, &list_of(attributes), |html| {
            for entry in &list.entries {
                html.plain("li", |html| html.entry(list, entry));
            }
        });
    }

    fn entry(&mut self, list: &NoteList<'_>, entry: &Entry<'_>) {
        if let Some(day) = entry.day {
            self.inline(&Inline::Day(day));
            self.0.push(' ');
        }
        match list.entry_class {
            Some(class) => self.element("div", &Attributes::class(class), |html| html.note(list, entry)),
            None => self.note(list, entry),
        }
    }

    /// An entry without its day.
    fn note(&mut self, list: &NoteList<'_>, entry: &Entry<'_>) {
        self.inlines(&entry.title);
        for beside in &entry.beside {
            self.0.push(' ');
            self.inline(beside);
        }
        if let Some(summary) = &entry.summary {
            self.paragraph(summary);
        }
        if !entry.facts.is_empty() {
            self.element("p", &Attributes::class(list.facts_class), |html| {
                for fact in &entry.facts {
                    html.inline(fact);
                    html.0.push(' ');
                }
            });
        }
    }

    fn table(&mut self, table: &NumberTable<'_>) {
        let NumberTable { class, caption, columns, rows, total } = table;
        // A wide table scrolls, and who has only a keyboard has to get into it.
        let region = Attributes::class(*class).with("role", "region").with("aria-label", caption.as_str());
        let region = region.flag("data-pagefind-ignore");
        self.element("div", &region.with("tabindex", "0"), |html| {
            html.plain("table", |html| {
                html.plain("caption", |html| html.text(caption));
                html.plain("thead", |html| html.plain("tr", |html| html.columns(columns)));
                if !rows.is_empty() {
                    html.plain("tbody", |html| rows.iter().for_each(|row| html.row(row)));
                }
                html.plain("tfoot", |html| html.row(total));
            });
        });
    }

    fn columns(&mut self, columns: &[String]) {
        for column in columns {
            self.element("th", &Attributes::default().with("scope", "col"), |html| html.text(column));
        }
    }

    fn row(&mut self, row: &TableRow<'_>) {
        self.plain("tr", |html| {
            let attributes = Attributes::default().with("scope", "row").maybe("lang", row.language.map(|it| it.tag()));
            html.element("th", &attributes, |html| html.text(&row.title));
            for number in &row.numbers {
                html.plain("td", |html| html.text(&number.to_string()));
            }
        });
    }
}

/// The attributes of a list without its marks: it is no list to some screen readers, unless it says so.
fn list_of(attributes: Attributes<'_>) -> Attributes<'_> {
    attributes.with("role", "list")
}
