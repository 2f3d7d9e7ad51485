//! HTML for a clipboard.
//!
//! ```text
//! **显存。** $x^2$   →   <section data-wechat="article" style="…"><p style="…"><strong style="…">显存。</strong> <svg …
//! ```
//!
//! A page with one button, which copies the text below it. The text has its styles in its elements, and nothing that
//! WeChat takes away: no `<div>`, no class, no id, no link to another site, no space between tags.
//!
//! | module | holds |
//! |---|---|
//! | `page` | the page with the button |
//! | `writer` | blocks: paragraphs, headings, quotations, terms |
//! | `inline` | what stands in a line |
//! | `lists`, `tables`, `code`, `formulas` | each by its name |
//! | `html` | the author's own HTML |
//! | `references` | footnotes and links, in one list at the end |
//! | `drawing`, `pen` | TeX as a drawing |
//! | `colours` | the colours of code |
//! | `styles`, `escape` | how elements look, and how text is written |
//! | `clean` | a last look |
//! | `probe` | a page with every construct in every form |

mod clean;
mod code;
mod colours;
mod drawing;
mod escape;
mod formulas;
mod html;
mod inline;
mod lists;
mod page;
mod pen;
mod probe;
mod references;
mod styles;
mod tables;
#[cfg(test)]
mod tests;
mod writer;

use mdbook_bilingual_core::diagnostic::{Code, Message};
use mdbook_bilingual_core::text::html::{Token, attributes, tokens};

use crate::counts::{Counted, Counts};
use crate::note::Note;
pub(crate) use probe::probe;
use writer::Writer;

/// A note as a page whose button copies it.
pub(crate) fn write(note: &mut Note<'_>) -> String {
    let nodes = std::mem::take(&mut note.document.nodes);
    let fragment = Writer::new(note, &nodes).write(&nodes);
    note.document.nodes = nodes;
    let unclean = clean::unclean(&fragment, &note.export.platform.links);
    if !unclean.is_empty() {
        let what: Vec<String> = unclean.iter().map(|what| format!("`{what}`")).collect();
        let message = Message::new(
            format!("{} takes this away, or refuses it: {}", note.platform_name(), what.join(", ")),
            "look at `styles` in book.toml, and report it when the cause is not there",
        );
        note.find_in_all(Code::ExportUnclean, message);
    }
    page::page(&page::Words::of(note), &fragment)
}

/// What a page holds, as far as its button copies it.
pub(crate) fn counts(html: &str) -> Counts {
    let html = page::fragment(html);
    let mut counts = Counts::default();
    for (token, range) in tokens(html) {
        let (Token::Open(name) | Token::Empty(name)) = token else { continue };
        let tag = &html[range];
        let what = match name.as_str() {
            // Further parts of a formula have no role.
            "svg" if attributes(tag).iter().any(|attribute| attribute.name == "role") => Counted::Formulas,
            "img" => Counted::Pictures,
            "table" => Counted::Tables,
            "a" => Counted::Links,
            "pre" => Counted::Code,
            _ => continue,
        };
        counts[what] += 1;
    }
    counts
}
