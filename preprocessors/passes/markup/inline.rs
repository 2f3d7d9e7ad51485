//! What stands in a line.

use std::borrow::Cow;

use super::Attributes;
use crate::values::Date;

/// A piece of a line.
#[derive(Debug, Clone)]
pub(crate) enum Inline<'a> {
    /// Text, not escaped.
    Text(Cow<'a, str>),
    /// Text of another language, or with a look of its own.
    Span(Attributes<'a>, Vec<Inline<'a>>),
    /// The one among links that the reader is at.
    Current(Attributes<'a>, Cow<'a, str>),
    /// A link.
    Link(MarkupLink<'a>),
    /// A day.
    Day(Date),
    /// What is added to the text before it: in parentheses where nothing else sets it apart.
    Addition(Box<Inline<'a>>),
    /// A picture that says nothing more than the text beside it, by the classes that mdBook shows it for.
    Icon(&'static str),
}

/// A link.
#[derive(Debug, Clone)]
pub(crate) struct MarkupLink<'a> {
    /// What kind of link it is: its class, and the relation of its target to the page.
    pub(crate) kind: Attributes<'a>,
    /// Where it leads.
    pub(crate) url: Cow<'a, str>,
    /// What is said of its target: the language, say.
    pub(crate) target: Attributes<'a>,
    /// What it shows.
    pub(crate) text: Vec<Inline<'a>>,
    /// More about its target: a part of the link where a link can be as long as that.
    pub(crate) description: Option<Box<Inline<'a>>>,
}

impl<'a> MarkupLink<'a> {
    /// A link of no particular kind.
    pub(crate) fn new(url: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        let (kind, target) = (Attributes::default(), Attributes::default());
        Self { kind, url: url.into(), target, text: vec![Inline::Text(text.into())], description: None }
    }

    pub(crate) fn kind(self, kind: Attributes<'a>) -> Self {
        Self { kind, ..self }
    }

    pub(crate) fn target(self, target: Attributes<'a>) -> Self {
        Self { target, ..self }
    }
}

impl<'a> Inline<'a> {
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Text in an element.
    pub(crate) fn span(attributes: Attributes<'a>, text: impl Into<Cow<'a, str>>) -> Self {
        Self::Span(attributes, vec![Self::text(text)])
    }
}

impl<'a> From<MarkupLink<'a>> for Inline<'a> {
    fn from(link: MarkupLink<'a>) -> Self {
        Self::Link(link)
    }
}

/// Items with a separator between any two of them.
pub(crate) fn joined<'a>(items: Vec<Inline<'a>>, separator: &str) -> Vec<Inline<'a>> {
    let mut all = Vec::with_capacity(2 * items.len());
    for item in items {
        if !all.is_empty() {
            all.push(Inline::text(separator.to_owned()));
        }
        all.push(item);
    }
    all
}

/// Sentences one behind the other, without those that say nothing.
pub(in crate::passes) fn sentences(all: Vec<Vec<Inline<'_>>>) -> Vec<Inline<'_>> {
    let said = all.into_iter().filter(|sentence| !sentence.is_empty());
    let joined = said.reduce(|mut all, next| {
        // A full-width stop brings its own space.
        if !matches!(all.last(), Some(Inline::Text(text)) if text.ends_with('。')) {
            all.push(Inline::text(" "));
        }
        all.extend(next);
        all
    });
    joined.unwrap_or_default()
}
