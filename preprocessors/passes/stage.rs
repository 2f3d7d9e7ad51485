//! What a pass may look at.

use super::markup::{Attributes, Inline};
use crate::config::Config;
use crate::formula::Mathematics;
use crate::host::{Format, Host};
use crate::messages::{Argument, Messages, Piece};
use crate::notebook::{Notebook, Page};
use crate::reading::Reading;
use crate::text::Wording;
use crate::values::{Language, PagePath};

/// What a pass may look at.
pub struct Stage<'a> {
    /// The book.
    pub(super) notebook: &'a Notebook,
    /// What the book chose.
    pub(super) config: &'a Config,
    /// What readers are told.
    pub(super) messages: Messages,
    /// What the renderer reads.
    pub(super) format: Format,
    /// The book's title.
    pub(super) book_title: Option<&'a str>,
    /// Whether mdBook's `links` runs behind us and reads `{{#title}}`.
    pub(super) links: bool,
    /// Whether `mdbook-bilingual-site` gets the pages, which asks for their titles.
    pub(super) is_for_site: bool,
    /// The language that stands in on a page of no language.
    pub(super) default: Language,
    /// What authors call things.
    pub(super) wording: &'a Wording,
    /// What shows formulas.
    pub(super) mathematics: &'a Mathematics,
    /// Whether mdBook writes typographic dashes, which are no part of a heading's id.
    pub(super) smart_punctuation: bool,
    /// Whether mdBook shows callouts.
    pub(super) callouts: bool,
    /// Whether pages have a button that leads to their file.
    pub(super) has_edit_button: bool,
}

impl<'a> Stage<'a> {
    /// What was read, for the renderer that the host is for.
    #[must_use]
    pub fn new(reading: &'a Reading, host: &'a Host) -> Self {
        let Reading { config, notebook, wording, mathematics, .. } = reading;
        Self {
            notebook,
            config,
            messages: Messages::new(&notebook.spoken(), &config.messages()),
            format: host.format(),
            book_title: host.title.as_deref(),
            links: host.links,
            is_for_site: host.is_for_site(),
            default: notebook.languages.first().cloned().unwrap_or_else(Language::english),
            wording,
            mathematics,
            smart_punctuation: host.smart_punctuation,
            callouts: host.callouts,
            has_edit_button: host.has_edit_button(),
        }
    }
}

impl Stage<'_> {
    /// The language in which a page talks to its readers.
    pub(super) fn speaks<'a>(&'a self, page: &'a Page) -> &'a Language {
        self.notebook.language(page).unwrap_or(&self.default)
    }

    /// A link from one page to another, for this renderer.
    pub(super) fn link(&self, from: &Page, to: &PagePath) -> String {
        self.format.link(&from.path, to)
    }

    /// The value of `dir` for an element in this language; none where all languages run the same way.
    fn direction(&self, language: &Language) -> Option<&'static str> {
        if language.is_right_to_left() {
            Some("rtl")
        } else {
            self.notebook.languages.iter().any(Language::is_right_to_left).then_some("ltr")
        }
    }

    /// The attributes of a text in this language: `lang` and `dir`.
    pub(super) fn in_language<'v>(&self, language: &'v Language) -> Attributes<'v> {
        Attributes::default().with("lang", language.tag()).maybe("dir", self.direction(language))
    }

    /// The attributes of a link that is in the language that it leads to: `hreflang`, `lang` and `dir`.
    pub(super) fn to_language<'v>(&self, language: &'v Language) -> Attributes<'v> {
        let attributes = Attributes::default().with("hreflang", language.tag()).with("lang", language.tag());
        attributes.maybe("dir", self.direction(language))
    }

    /// A language by its own name.
    pub(super) fn named<'v>(&'v self, language: &'v Language) -> Inline<'v> {
        Inline::span(self.in_language(language), self.config.autonym(language))
    }

    /// A message without variables.
    pub(super) fn text(&self, language: &Language, id: &str) -> String {
        self.messages.text(language, id, &[])
    }

    /// A message in which `slots` are variables that stand for more than text.
    pub(super) fn sentence<'v>(
        &self,
        language: &Language,
        id: &str,
        arguments: &[(&str, Argument<'_>)],
        slots: &[(&str, Vec<Inline<'v>>)],
    ) -> Vec<Inline<'v>> {
        let names: Vec<&str> = slots.iter().map(|(name, _)| *name).collect();
        let pieces = self.messages.sentence(language, id, arguments, &names);
        pieces
            .into_iter()
            .flat_map(|piece| match piece {
                Piece::Text(text) => vec![Inline::text(text)],
                Piece::Slot(at) => slots[at].1.clone(),
            })
            .collect()
    }
}
