//! What a note can say of itself. [`crate::facts::front_matter`] reads it.

use std::collections::BTreeMap;

use crate::platforms::CrossPost;
use crate::values::{Date, Day, Fact, Fingerprint, Language, PageLanguage, Period, Status};

/// Everything that front matter can say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The title in this edition's language.
    pub title: Option<Fact<String>>,
    /// The language of the page, or that it has none.
    pub language: Option<Fact<PageLanguage>>,
    /// One or two sentences on what the note says.
    pub summary: Option<Fact<String>>,
    /// When it was first published.
    pub published: Option<Fact<Day>>,
    /// When its text last changed.
    pub updated: Option<Fact<Day>>,
    /// How far it has come.
    pub status: Option<Fact<Status>>,
    /// Who reviewed it.
    pub reviewed_by: Option<Fact<String>>,
    /// When it was reviewed.
    pub reviewed_on: Option<Fact<Date>>,
    /// The text that was reviewed.
    pub reviewed: Option<Fact<Fingerprint>>,
    /// How long after a review the next one is due.
    pub review_in: Option<Fact<Period>>,
    /// The language of the edition that it was translated from.
    pub translation_of: Option<Fact<Language>>,
    /// The text of its source that it is right for.
    pub translated_from: Option<Fact<TranslatedFrom>>,
    /// Where else it was published.
    pub cross_posts: Vec<Fact<CrossPost>>,
    /// What was confirmed of these, by their addresses.
    pub posted: BTreeMap<String, Posted>,
    /// What pairs it with editions whose names have nothing in common.
    pub translation_key: Option<Fact<String>>,
    /// Whether the learning path lists it.
    pub learning_path: Option<Fact<bool>>,
    /// Texts elsewhere that belong to this page's section.
    pub external: Vec<Fact<ExternalText>>,
}

/// The text of its source that a translation is right for, as its author says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranslatedFrom {
    /// The text as it was at a commit, by its object name or the first digits of that.
    Commit(String),
    /// The text with this fingerprint.
    Text(Fingerprint),
}

/// What an author confirmed of a copy elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted {
    /// The text that the copy has.
    pub text: Option<Fact<Fingerprint>>,
    /// The day on which it got that.
    pub on: Option<Fact<Date>>,
}

/// A text elsewhere, as a page lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalText {
    /// Its title.
    pub title: String,
    /// Its addresses; none when nobody knows one.
    pub urls: Vec<String>,
}
