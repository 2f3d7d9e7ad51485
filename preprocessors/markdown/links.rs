//! Hears of links and images, in Markdown and in HTML, and of what fragments lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, RefDefs, Tag, TagEnd};

use crate::markdown::input::{Input, Parsed};
use crate::markdown::link::{self, Link, LinkKind};
use crate::text::html::{self, Attribute, Token};

/// How many open links around a piece of text have it in their labels: a picture can stand in what is said of a picture.
const MOST_LINKS: usize = 16;

/// What was heard so far.
pub(super) struct Links<'a> {
    input: &'a Input<'a>,
    parsed: &'a Parsed<'a>,
    pub(super) found: Vec<Link>,
    /// The uses of definitions, each as a link that nobody can edit.
    pub(super) references: Vec<Link>,
    /// The ids and names of HTML.
    pub(super) anchors: BTreeSet<String>,
    /// The labels of the uses of each definition, and whether one of them is an image.
    uses: BTreeMap<String, (Vec<String>, bool)>,
    open: Vec<OpenLink>,
}

/// A link that is still open.
struct OpenLink {
    link: Link,
    label: String,
    /// Where the last thing in its text ends.
    text_end: usize,
    /// The definition that it takes its destination from.
    definition: Option<String>,
    is_html: bool,
}

impl<'a> Links<'a> {
    pub(super) fn new(input: &'a Input<'a>, parsed: &'a Parsed<'a>) -> Self {
        Self {
            input,
            parsed,
            found: Vec::new(),
            references: Vec::new(),
            anchors: BTreeSet::new(),
            uses: BTreeMap::new(),
            open: Vec::new(),
        }
    }

    /// Hears of what the parser sees, besides HTML.
    pub(super) fn hear(&mut self, event: &Event<'_>, place: &Range<usize>) {
        if let Some(open) = self.open.last_mut()
            && !matches!(event, Event::End(_))
        {
            open.text_end = place.end;
        }
        match event {
            Event::Start(
                tag @ (Tag::Link { link_type, dest_url, id, .. } | Tag::Image { link_type, dest_url, id, .. }),
            ) => {
                let image = matches!(tag, Tag::Image { .. });
                // An address between angle brackets leads to a mail, and does not say so.
                let scheme = if *link_type == LinkType::Email { "mailto:" } else { "" };
                let is_autolink = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let link = Link {
                    destination: [scheme, &self.parsed.real(dest_url)].concat(),
                    place: is_autolink.then(|| place.clone()),
                    line: self.input.line(place.start),
                    whole: place.clone(),
                    labels: Vec::new(),
                    kind: if is_autolink { LinkKind::Autolink } else { LinkKind::Inline },
                    image,
                };
                let definition = link::is_reference(*link_type).then(|| link::folded(id));
                let text_end = place.start + 1 + usize::from(image);
                self.open.push(OpenLink { link, label: String::new(), text_end, definition, is_html: false });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                // HTML that was not closed in the link's text ends with it.
                self.html_ends();
                self.ends(Some(place));
            }
            _ => {}
        }
    }

    /// Hears a piece of HTML, and says what stands for the images in it. `is_last` is what nothing of HTML is behind.
    pub(super) fn hear_html(&mut self, token: &Token<'_>, place: &Range<usize>, is_last: bool) -> String {
        match token {
            Token::Text(text) if !self.open.is_empty() && !is_last => {
                self.spell(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            }
            Token::Open(name) | Token::Empty(name) => return self.tag(name, place),
            Token::Close(name) if name == "a" => {
                if let Some(open) = self.open.last_mut().filter(|open| open.is_html) {
                    open.link.whole.end = place.end;
                    self.ends(None);
                }
            }
            _ => {}
        }
        String::new()
    }

    /// Reads the links and the anchors of a tag, and says what stands for its images.
    fn tag(&mut self, name: &str, place: &Range<usize>) -> String {
        let tag = &self.input.text[place.clone()];
        let mut shown = String::new();
        if tag.len() == name.len() + 2 {
            return shown;
        }
        let attributes = html::attributes(tag);
        let alternative = attributes.iter().find(|attribute| attribute.name == "alt");
        let alternative = alternative.map(|attribute| attribute.value.clone());
        for attribute in attributes {
            match (name, attribute.name.as_str()) {
                ("a", "href") => self.html_begins(attribute, place),
                ("img" | "video" | "audio" | "source" | "embed" | "track" | "iframe", "src")
                | ("video", "poster")
                | ("object", "data") => {
                    let image = self.in_html(attribute, place, true);
                    self.found.push(image);
                    if let Some(alternative) = &alternative {
                        self.open.iter_mut().for_each(|open| open.label.push_str(alternative));
                        shown.push_str(alternative);
                    }
                }
                ("img" | "source", "srcset") => self.picture_set(&attribute.range, place),
                ("a", "name") | (_, "id") => drop(self.anchors.insert(attribute.value)),
                _ => {}
            }
        }
        shown
    }

    /// Reads the addresses in a `srcset`, whose bytes these are of the tag at a place.
    fn picture_set(&mut self, value: &Range<usize>, place: &Range<usize>) {
        let range = place.start + value.start..place.start + value.end;
        let written = &self.input.text[range.clone()];
        let value = written.trim_matches(['"', '\'']);
        let at = range.start + usize::from(value.len() < written.len());
        for address in html::addresses(value) {
            self.found.push(Link {
                destination: value[address.clone()].replace("&amp;", "&"),
                place: Some(at + address.start..at + address.end),
                line: self.input.line(place.start),
                whole: place.clone(),
                labels: Vec::new(),
                kind: LinkKind::HtmlPart,
                image: true,
            });
        }
    }

    /// Adds a piece of text to the labels of what is open.
    pub(super) fn spell(&mut self, piece: &str) {
        for open in self.open.iter_mut().rev().take(MOST_LINKS) {
            open.label.push_str(piece);
        }
    }

    fn html_begins(&mut self, attribute: Attribute, place: &Range<usize>) {
        // In HTML a link ends where the next one begins.
        if self.open.last().is_some_and(|open| open.is_html) {
            self.ends(None);
        }
        let link = self.in_html(attribute, place, false);
        self.open.push(OpenLink { link, label: String::new(), text_end: place.end, definition: None, is_html: true });
    }

    /// Closes the links of HTML that nothing has closed: those in a link of Markdown, or at the end of a block.
    pub(super) fn html_ends(&mut self) {
        while self.open.last().is_some_and(|open| open.is_html) {
            self.ends(None);
        }
    }

    /// Closes the innermost link. `place` is the whole of a Markdown link.
    fn ends(&mut self, place: Option<&Range<usize>>) {
        let Some(OpenLink { mut link, label, text_end, definition, is_html }) = self.open.pop() else { return };
        if let Some(open) = self.open.last_mut() {
            open.text_end = open.text_end.max(link.whole.end);
        }
        if let Some(definition) = definition {
            let uses = self.uses.entry(definition).or_default();
            uses.0.push(label.clone());
            uses.1 |= link.image;
            self.references.push(Link { labels: vec![label], kind: LinkKind::Definition, ..link });
            return;
        }
        if let Some(place) = place.filter(|_| link.kind == LinkKind::Inline && !is_html) {
            link.place = link::inline_destination(self.input.text, text_end, place.end, &link.destination);
        }
        link.labels.push(label);
        self.found.push(link);
    }

    /// Whether a link or an image is open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether an image is open: what stands there is only said of it.
    pub(super) fn is_in_image(&self) -> bool {
        self.open.iter().any(|open| open.link.image)
    }

    /// Whether an address between angle brackets is open.
    pub(super) fn is_in_autolink(&self) -> bool {
        self.open.iter().any(|open| open.link.kind == LinkKind::Autolink)
    }

    /// Adds the definitions, with the labels of their uses, and puts all links in order.
    pub(super) fn settle(&mut self, definitions: &RefDefs<'_>) {
        for (label, definition) in definitions.iter() {
            let whole = self.parsed.place(&definition.span);
            let (labels, image) = self.uses.remove(&link::folded(label)).unwrap_or_default();
            self.found.push(Link {
                destination: definition.dest.to_string(),
                place: self.parsed.definition_destination(&definition.span, &definition.dest),
                line: self.input.line(whole.start),
                whole,
                labels,
                kind: LinkKind::Definition,
                image,
            });
        }
        self.found.sort_by_key(|link| (link.whole.start, link.whole.end));
    }

    /// The links where readers see them, in order.
    pub(super) fn shown(&self) -> Vec<&Link> {
        let mut shown: Vec<&Link> = self.found.iter().filter(|link| link.kind != LinkKind::Definition).collect();
        shown.extend(&self.references);
        shown.sort_by_key(|link| (link.whole.start, link.whole.end));
        shown
    }

    /// The link that an attribute of the tag at a place is.
    fn in_html(&self, attribute: Attribute, place: &Range<usize>, image: bool) -> Link {
        Link {
            destination: attribute.value,
            place: Some(place.start + attribute.range.start..place.start + attribute.range.end),
            line: self.input.line(place.start),
            whole: place.clone(),
            labels: Vec::new(),
            kind: LinkKind::Html,
            image,
        }
    }
}
