//! What is in the pages, read from the pages: no line of this knows how an index is made.
//!
//! A section is what stands below a heading with an id, up to the next one; what comes before the first has no id.
//! Headings below the third level begin none, as in mdBook's own search (`heading-split-level`). Elements that are shown as
//! blocks part a text, others do not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use browser_tests::book::{Book, is_print_page};
use scraper::{ElementRef, Node};

use crate::judge::Case;
use crate::text::{Held, Phrase, folded, loose, shown};

/// What no reader reads as the text of a page.
const SKIPPED: [&str; 11] = [
    "annotation",
    "annotation-xml",
    "button",
    "nav",
    "noscript",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
];

/// What does not part a text. All others do.
const INLINE: [&str; 36] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "button",
    "cite",
    "code",
    "data",
    "del",
    "dfn",
    "em",
    "font",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "label",
    "mark",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "semantics",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "time",
    "u",
    "var",
    "wbr",
];

/// A page, and the id of a section of it.
pub(crate) type Place = (String, String);

/// A section of a page.
pub(crate) struct Section {
    pub(crate) page: String,
    /// Of its heading; nothing for what comes before the first one.
    pub(crate) id: String,
    /// Of the page; nothing where it belongs to all.
    language: String,
    /// Its texts, as they are shown.
    pub(crate) texts: Vec<String>,
    folded: Vec<String>,
    loose: Vec<String>,
}

impl Section {
    /// Whether one of its texts holds a phrase.
    pub(crate) fn holds(&self, phrase: &Phrase) -> Held {
        let texts = self.folded.iter().zip(&self.loose);
        texts.map(|(text, loose)| phrase.held_by(text, loose)).max().unwrap_or(Held::No)
    }

    /// Whether readers of a language are shown it.
    pub(crate) fn is_in(&self, language: &str) -> bool {
        self.language.is_empty() || self.language == language
    }

    /// The language that it is in, where it has one.
    pub(crate) fn language(&self) -> Option<&str> {
        (!self.language.is_empty()).then_some(&self.language)
    }

    pub(crate) fn place(&self) -> Place {
        (self.page.clone(), self.id.clone())
    }
}

/// All sections of a book.
pub(crate) struct Truth {
    pub(crate) sections: Vec<Section>,
    by_place: BTreeMap<Place, usize>,
}

impl Truth {
    /// Reads the pages of a built book.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let book = Book::read(folder.to_owned())?;
        let mut sections = Vec::new();
        for page in book.pages().filter(|page| !is_print_page(&page.path)) {
            let html = page.select("html").into_iter().next().context("a page has a root")?;
            let is_shared = page.shows("main nav.language-switch-home");
            let language = html.attr("lang").filter(|_| !is_shared).unwrap_or_default().to_owned();
            // A page that only leads to another one has no text.
            let Some(main) = page.select("main").into_iter().next() else { continue };
            if page.shows("meta[name=robots][content=noindex]") {
                continue;
            }
            let mut reader = Reader { page: page.path.clone(), language, ..Reader::default() };
            reader.read(main);
            reader.end_section();
            sections.append(&mut reader.sections);
        }
        // mdBook shows the first chapter at the front, too.
        let front: Vec<&[String]> = texts(&sections, "index.html").collect();
        let is_copy = |page: &&str| *page != "index.html" && texts(&sections, page).eq(front.iter().copied());
        let pages: BTreeSet<&str> = sections.iter().map(|section| section.page.as_str()).collect();
        if pages.iter().any(is_copy) {
            sections.retain(|section| section.page != "index.html");
        }
        let mut by_place = BTreeMap::new();
        for (number, section) in sections.iter().enumerate() {
            by_place.entry(section.place()).or_insert(number);
        }
        Ok(Self { sections, by_place })
    }

    /// The section that a link leads to: one to a page as a whole leads to its first one.
    pub(crate) fn at(&self, page: &str, id: &str) -> Option<&Section> {
        let place = (page.to_owned(), id.to_owned());
        let number = match self.by_place.get(&place) {
            Some(number) => *number,
            None if id.is_empty() => self.sections.iter().position(|section| section.page == page)?,
            None => return None,
        };
        self.sections.get(number)
    }

    /// What holds a phrase, in one language or in all; nothing was found yet.
    pub(crate) fn case(&self, language: Option<&str>, phrase: &Phrase) -> Case<Place> {
        let mut case = Case { holding: BTreeSet::new(), doubtful: BTreeSet::new(), hits: Vec::new() };
        let is_in = |section: &&Section| language.is_none_or(|language| section.is_in(language));
        for section in self.sections.iter().filter(is_in) {
            match section.holds(phrase) {
                Held::Yes => case.holding.insert(section.place()),
                Held::Doubtful => case.doubtful.insert(section.place()),
                Held::No => false,
            };
        }
        case
    }

    /// The languages of the pages.
    pub(crate) fn languages(&self) -> Vec<String> {
        let mut languages: Vec<String> =
            self.sections.iter().filter_map(|section| section.language()).map(str::to_owned).collect();
        languages.sort();
        languages.dedup();
        languages
    }
}

/// The texts of a page's sections.
fn texts<'a>(sections: &'a [Section], page: &str) -> impl Iterator<Item = &'a [String]> {
    sections.iter().filter(move |section| section.page == page).map(|section| &section.texts[..])
}

/// What reads a page, element by element.
#[derive(Default)]
struct Reader {
    page: String,
    language: String,
    id: String,
    text: String,
    texts: Vec<String>,
    sections: Vec<Section>,
}

impl Reader {
    fn read(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.text.push_str(text),
                Node::Element(_) => self.element(ElementRef::wrap(child).expect("it is one")),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let is_block = !INLINE.contains(&name) && !is_formula(name);
        if is_block {
            self.end_text();
        }
        if SKIPPED.contains(&name) || element.attr("data-pagefind-ignore").is_some() {
            return;
        }
        if let ("h1" | "h2" | "h3", Some(id)) = (name, element.attr("id")) {
            self.end_section();
            id.clone_into(&mut self.id);
        }
        self.read(element);
        if is_block {
            self.end_text();
        }
    }

    fn end_text(&mut self) {
        let text = shown(&self.text);
        self.text.clear();
        if !text.is_empty() {
            self.texts.push(text);
        }
    }

    fn end_section(&mut self) {
        self.end_text();
        let texts = std::mem::take(&mut self.texts);
        if texts.is_empty() {
            return;
        }
        self.sections.push(Section {
            page: self.page.clone(),
            id: self.id.clone(),
            language: self.language.clone(),
            folded: texts.iter().map(|text| folded(text)).collect(),
            loose: texts.iter().map(|text| loose(text)).collect(),
            texts,
        });
    }
}

/// Whether an element is a part of a formula: those of MathML have names like `msubsup` and `mtable`.
fn is_formula(name: &str) -> bool {
    name.starts_with('m') && !matches!(name, "main" | "menu" | "meta" | "mark" | "map")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_what_is_below_a_heading_with_an_id() -> Result<()> {
        let page = "<html lang='zh-CN'><main>前言<h1 id='a'><a href='#a'>标题</a></h1><nav>导航</nav><p>训<b>练</b>\n推理</p>\
                    <p data-pagefind-ignore=''>开关</p><h2>无</h2><ul><li>一<li>二</ul><h4 id='c'>深</h4>\
                    <h2 id='b'>B</h2></main></html>";
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("a.html"), page)?;
        for copy in ["print.html", "index.html"] {
            std::fs::write(folder.path().join(copy), page)?;
        }
        let truth = Truth::read(folder.path())?;
        let found: Vec<(&str, String)> =
            truth.sections.iter().map(|section| (section.id.as_str(), section.texts.join("|"))).collect();
        assert_eq!(
            found,
            [("", "前言".to_owned()), ("a", "标题|训练推理|无|一|二|深".to_owned()), ("b", "B".to_owned())]
        );
        assert_eq!(truth.at("a.html", "").map(|section| section.id.as_str()), Some(""));
        assert_eq!(truth.at("a.html", "b").map(|section| section.holds(&Phrase::of("b"))), Some(Held::Yes));
        assert!(truth.at("a.html", "c").is_none() && truth.languages() == ["zh-CN"]);
        Ok(())
    }
}
