//! Attributes of elements.

use std::borrow::Cow;

/// The attributes of an element, in the order in which they are written; some have no value.
#[derive(Debug, Clone, Default)]
pub(crate) struct Attributes<'a>(Vec<(&'static str, Option<Cow<'a, str>>)>);

impl<'a> Attributes<'a> {
    pub(crate) fn class(classes: impl Into<Cow<'a, str>>) -> Self {
        Self::default().with("class", classes)
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Cow<'a, str>>) -> Self {
        self.0.push((name, Some(value.into())));
        self
    }

    /// With an attribute that says all by being there.
    pub(crate) fn flag(mut self, name: &'static str) -> Self {
        self.0.push((name, None));
        self
    }

    pub(crate) fn maybe(self, name: &'static str, value: Option<impl Into<Cow<'a, str>>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// These, and others behind them.
    pub(crate) fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        self.0.iter().map(|(name, value)| (*name, value.as_deref()))
    }
}
