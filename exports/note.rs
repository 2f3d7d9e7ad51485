//! A note on its way: what both writers ask, and what is found while they write.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Message, Place};
use mdbook_bilingual_core::messages::Argument;
use mdbook_bilingual_core::notebook::{Edition, Page};
use mdbook_bilingual_core::values::{Language, Origin};

use crate::counts::{Counted, Counts};
use crate::document::{Document, Kind, Node};
use crate::finding::Finding;
use crate::includes::Put;
use crate::markdown::front_matter::texts;
use crate::platform::{Construct, FrontMatter, Output, Title};
use crate::{Export, Exported, LinksTold};

/// A note that is written for a platform.
pub(crate) struct Note<'e> {
    pub(crate) export: &'e Export<'e>,
    pub(crate) page: &'e Page,
    /// The note as it is read.
    pub(crate) document: Document<'e>,
    /// What was put into its text.
    put: &'e [Put],
    /// The language in which it talks to its readers.
    pub(crate) language: &'e Language,
    edition: Option<&'e Edition>,
    /// The tags of its front matter.
    pub(crate) tags: Vec<String>,
    findings: Vec<(usize, Finding)>,
    /// What was said already of all of the note.
    told: BTreeSet<(Code, String)>,
    /// How much of each kind the export is to hold less than the note, as the findings tell; below zero where it holds
    /// more.
    less: Counts,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) links: LinksTold,
    /// The number of the picture that comes next, from 1.
    pub(crate) picture: usize,
}

impl<'e> Note<'e> {
    pub(crate) fn new(export: &'e Export<'e>, page: &'e Page, text: &'e str, put: &'e [Put]) -> Self {
        let notebook = &export.reading.notebook;
        let document = Document::read(text, &page.anatomy, &export.reading.wording, left_out(page));
        let fallback = notebook.languages.first();
        let language = notebook.language(page).or(fallback).expect("a book has a language");
        let edition = notebook.shown(page).map(|(_, edition)| edition);
        let tags = texts(&text[page.anatomy.front_matter.clone()], "tags");
        Self {
            export,
            page,
            document,
            tags,
            put,
            language,
            edition,
            findings: Vec::new(),
            told: BTreeSet::new(),
            less: Counts::default(),
            files: BTreeMap::new(),
            links: LinksTold::default(),
            picture: 1,
        }
    }

    /// A sentence of ours for the readers of the note.
    pub(crate) fn words(&self, message: &str, arguments: &[(&str, Argument<'_>)]) -> String {
        self.export.messages.text(self.language, message, arguments)
    }

    /// The name of the platform, for the author.
    pub(crate) fn platform_name(&self) -> &'e str {
        &self.export.platform.name
    }

    /// Says something of the place at an offset of the note's text.
    pub(crate) fn find(&mut self, code: Code, at: usize, message: impl Into<Message>) {
        let place = Place::line(&*self.page.file, self.line(at));
        let finding = Finding::from(Diagnostic::new(code, message).at(place));
        if !self.findings.iter().any(|(_, known)| *known == finding) {
            self.findings.push((at, finding));
        }
    }

    /// The line of an offset in the note's file, from 1; in what was put into it, that of the directive.
    fn line(&self, at: usize) -> usize {
        let before = self.put.iter().take_while(|put| put.range.start <= at);
        let mut line = self.document.line(at);
        for put in before {
            if put.range.contains(&at) {
                return put.line;
            }
            let brought = self.document.text.get(put.range.clone()).map_or(0, |text| text.matches('\n').count());
            line = line.saturating_sub(brought).max(1);
        }
        line
    }

    /// Says something of the note, where it was not said before.
    pub(crate) fn find_once(&mut self, code: Code, what: &str, at: usize, message: impl Into<Message>) {
        if self.told.insert((code, what.to_owned())) {
            self.find(code, at, message);
        }
    }

    /// Says something of the note as a whole.
    pub(crate) fn find_in_all(&mut self, code: Code, message: impl Into<Message>) {
        let finding = Finding::from(Diagnostic::new(code, message).at(Place::file(&*self.page.file)));
        self.findings.push((0, finding));
    }

    /// Takes note that the export holds one less, or, below zero, more: of what a finding tells.
    pub(crate) fn less(&mut self, what: Counted, by: isize) {
        self.less[what] += by;
    }

    /// The same for everything in some parts of the note that are not written.
    pub(crate) fn leave_out<'n>(&mut self, nodes: impl IntoIterator<Item = &'n Node>) {
        self.less += Counts::of_nodes(&self.document, nodes);
    }

    /// What there is to say before anything is written: what the platform counts, and what nobody has tried.
    pub(crate) fn begin(&mut self) {
        let platform = self.export.platform;
        let (name, limits) = (self.platform_name(), &platform.limits);
        let mut too_long = Vec::new();
        let title = self.title().chars().count();
        if limits.title > 0 && title > limits.title {
            too_long.push(format!("the title has {title} characters, and {name} takes {}", limits.title));
        }
        let summary = self.summary().map_or(0, |summary| summary.chars().count());
        if limits.summary > 0 && summary > limits.summary {
            too_long.push(format!("the summary has {summary} characters, and {name} takes {}", limits.summary));
        }
        let tags = self.tags.len();
        if limits.tags > 0 && tags > limits.tags {
            too_long.push(format!("there are {tags} tags, and {name} takes {}", limits.tags));
        }
        for message in too_long {
            self.find_in_all(Code::PostLimits, message);
        }
        if platform.front_matter == FrontMatter::Keys && self.canonical().is_none() {
            let message = Message::new(
                "nobody knows the address of the note's own page, so the copy names no original",
                "write `site` in [preprocessor.bilingual.export]",
            );
            self.find_in_all(Code::SiteAddressMissing, message);
        }
        for put in self.put {
            if let Some(directive) = &put.missing {
                let message =
                    format!("`{directive}` brings nothing: its file is not there, cannot be read, or is too much");
                self.find(Code::IncludeMissing, put.range.start, message);
            }
        }
        self.tell_unsure();
    }

    fn tell_unsure(&mut self) {
        let platform = self.export.platform;
        let mut there = BTreeSet::new();
        let title = self.title_heading(&self.document.nodes);
        for (_, node) in self.document.nodes.iter().enumerate().filter(|(at, _)| Some(*at) != title) {
            node.walk(&mut |node| there.extend(construct(node, self.document.text)));
        }
        if has_list_in_list(&self.document.nodes, false) {
            there.insert(Construct::List);
        }
        let unsure: Vec<String> = platform
            .unsure
            .iter()
            .filter(|(construct, _)| there.contains(construct))
            .map(|(_, what)| what.clone())
            .collect();
        for what in unsure {
            let message =
                Message::new(format!("nobody has tried on {} {what}", platform.name), "look at it before you publish");
            self.find_in_all(Code::PostUnsure, message);
        }
    }

    /// The title of the note.
    pub(crate) fn title(&self) -> &str {
        let of_page = self.page.anatomy.title.as_ref().map(|title| title.text.as_str());
        let of_edition = self.edition.map(|edition| &edition.title);
        // What stands above the text is what readers know it by, unless front matter says another title.
        let said = of_edition.filter(|title| matches!(title.origin, Origin::FrontMatter { .. }));
        let said = said.map(|title| title.value.as_str()).or(of_page);
        said.or(of_edition.map(|title| title.value.as_str())).unwrap_or(&self.page.bare_name)
    }

    /// The heading that is the title of the note, and goes apart: not one that says something else than the title does.
    pub(crate) fn title_heading(&self, nodes: &[Node]) -> Option<usize> {
        let title = self.page.anatomy.title.as_ref()?;
        let is_said = title.text == self.title() || self.edition.is_none();
        nodes.iter().position(|node| node.kind == Kind::Heading(1)).filter(|_| is_said)
    }

    /// Its summary.
    pub(crate) fn summary(&self) -> Option<&str> {
        self.edition?.summary.as_ref().map(|summary| summary.value.as_str())
    }

    /// Its front matter, as written.
    pub(crate) fn front_matter(&self) -> &str {
        &self.document.text[self.page.anatomy.front_matter.clone()]
    }

    /// The address of its page on the book's site.
    pub(crate) fn canonical(&self) -> Option<String> {
        self.export.page_address(self.page)
    }

    /// The title as a heading, where the platform wants it above the text.
    pub(crate) fn has_title(&self) -> bool {
        self.export.platform.title == Title::Heading
    }

    /// What was written, of which the text of the note begins at an offset, with what there is to say of it.
    pub(crate) fn finish(mut self, text: String, body: usize) -> Exported {
        let whole = Counts::of(&self.document);
        let after = match self.export.platform.output {
            Output::Markdown => crate::markdown::counts(&self, &text, body),
            Output::Html => crate::wechat::counts(&text),
        };
        for what in Counted::ALL {
            let due = whole[what] - self.less[what];
            if after[what] != due {
                let message = Message::new(
                    format!("{what}: {due} were to be in the export, and {} are", after[what]),
                    "look for the difference before you post it, and please report it",
                );
                self.find_in_all(Code::CountDiffers, message);
            }
        }
        // The title is no part of the text: it goes apart, or above it.
        let title = Counts::of_nodes(
            &self.document,
            self.title_heading(&self.document.nodes).map(|at| &self.document.nodes[at]),
        );
        let mut before = whole;
        for what in Counted::ALL {
            before[what] -= title[what];
        }
        self.findings.sort_by_key(|(at, finding)| (finding.grade, *at));
        Exported {
            title: self.title().to_owned(),
            summary: self.summary().map(str::to_owned),
            tags: self.tags,
            text,
            before,
            after,
            links: self.links,
            files: self.files,
            findings: self.findings.into_iter().map(|(_, finding)| finding).collect(),
        }
    }
}

/// The bytes of a page that are no part of an export: its front matter is before its text, its title goes apart, and its
/// own lines about editions and copies are said by the platform itself.
fn left_out(page: &Page) -> Vec<Range<usize>> {
    let anatomy = &page.anatomy;
    // A link alone may be one of the text; a line that says that the text was posted there is none.
    let copies = anatomy.copies.iter().filter(|lead| lead.says);
    let leads = anatomy.switches.iter().chain(copies).filter(|lead| lead.only);
    let own = page.own_switches.iter().chain(&page.own_copies).cloned();
    leads.map(|lead| lead.range.clone()).chain(own).filter(|range| range.start >= anatomy.body).collect()
}

fn construct(node: &Node, text: &str) -> Option<Construct> {
    Some(match &node.kind {
        Kind::Heading(_) => Construct::Heading,
        Kind::Quote(Some(_)) => Construct::Callout,
        Kind::Quote(None) => Construct::Quote,
        Kind::Code(code) if code.info.as_deref().is_some_and(|info| info.starts_with("mermaid")) => Construct::Diagram,
        Kind::Code(_) => Construct::Code,
        Kind::FormulaBlock(_) | Kind::Formula(_) => Construct::Formula,
        Kind::Html if text[node.range.clone()].contains("<details") => Construct::Details,
        Kind::Html | Kind::InlineHtml(_) => Construct::Html,
        Kind::Emphasis | Kind::Strong => Construct::Emphasis,
        Kind::Table(_) => Construct::Table,
        Kind::Footnote(_) | Kind::FootnoteReference(_) => Construct::Footnote,
        Kind::Struck => Construct::Strike,
        Kind::Picture(_) => Construct::Picture,
        Kind::Task(_) => Construct::Task,
        Kind::Link(target) if target.destination.starts_with('#') => Construct::Anchor,
        _ => return None,
    })
}

fn has_list_in_list(nodes: &[Node], is_in_list: bool) -> bool {
    nodes.iter().any(|node| {
        let is_list = matches!(node.kind, Kind::List(_));
        is_list && is_in_list || has_list_in_list(&node.children, is_in_list || is_list)
    })
}
