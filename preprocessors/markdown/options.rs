//! How mdBook parses a page.

use pulldown_cmark::Options;

/// The options that mdBook parses a page with, as far as they change where blocks begin and end.
#[must_use]
pub fn mdbook_options(definition_lists: bool) -> Options {
    let lists = if definition_lists { Options::ENABLE_DEFINITION_LIST } else { Options::empty() };
    lists
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}
