//! Lists, at the end of a page, the texts elsewhere that its front matter names.
//!
//! ```text
//! ---                                               # OpenRLHF
//! title: OpenRLHF
//! external:                                   →     ## Further reading elsewhere
//!   - { title: PPO explained, url: https://… }
//! ---                                               - PPO explained
//! ```

use maud::{Markup, html};

use super::markup::{block, html_line, markdown_block_text, markdown_link, markdown_text};
use super::{Format, Stage};
use crate::edit::{Edit, Layer};
use crate::notebook::External;

/// One list for each page that names texts elsewhere.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in stage.notebook.pages.iter().filter(|page| !page.external.is_empty()) {
        let entries: Vec<&External> = page.external.iter().map(|at| &stage.notebook.external[*at]).collect();
        let title = stage.messages.text(stage.speaks(page), "external-title", &[]);
        let list = list(stage, &entries, false);
        let text = format!("## {}\n\n{list}", markdown_text(&title));
        edits.push(block(page, page.anatomy.end, &text, Layer::External));
    }
    edits
}

/// A list of texts elsewhere.
pub(super) fn list(stage: &Stage<'_>, entries: &[&External], with_section: bool) -> String {
    match stage.format {
        Format::Html => html_line(html! {
            ul.external-reading role="list" {
                @for entry in entries { li { (html_entry(entry, with_section)) } }
            }
        }),
        Format::Markdown => {
            entries.iter().map(|entry| format!("- {}\n", markdown_entry(entry, with_section))).collect()
        }
    }
}

fn section(entry: &External, with_section: bool) -> Option<&str> {
    entry.section.last().filter(|_| with_section).map(String::as_str)
}

fn html_entry(entry: &External, with_section: bool) -> Markup {
    let title = &entry.title.value;
    html! {
        @match entry.urls.split_first() {
            // Nobody knows where it is, so it is named and not linked.
            None => span.external-reading-title { (title) },
            Some((first, more)) => {
                a rel="external" href=(first) { (title) }
                @for (at, url) in more.iter().enumerate() {
                    " " a rel="external" href=(url) aria-label={ (title) " (" (at + 2) ")" } { "(" (at + 2) ")" }
                }
            }
        }
        @if let Some(section) = section(entry, with_section) { " " span.external-reading-section { (section) } }
    }
}

fn markdown_entry(entry: &External, with_section: bool) -> String {
    let title = markdown_text(&entry.title.value);
    let mut line = match entry.urls.split_first() {
        None => markdown_block_text(&entry.title.value),
        Some((first, more)) => {
            let more =
                more.iter().enumerate().map(|(at, url)| format!(" {}", markdown_link(&format!("({})", at + 2), url)));
            std::iter::once(markdown_link(&title, first)).chain(more).collect()
        }
    };
    if let Some(section) = section(entry, with_section) {
        line.push_str(&format!(" · {}", markdown_text(section)));
    }
    line
}
