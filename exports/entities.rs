//! Entities of HTML: those that text between tags has of need.

/// The entities, and what each stands for. An ampersand comes last, for what it begins is no entity any more.
const ENTITIES: &[(&str, &str)] =
    &[("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];

/// Text of HTML as a reader sees it.
pub(crate) fn without_entities(text: &str) -> String {
    ENTITIES.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}
