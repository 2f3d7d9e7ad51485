//! Lists, at the end of a page, the texts elsewhere that its front matter names.
//!
//! ```text
//! ---                                               # OpenRLHF
//! title: OpenRLHF
//! external:                                   →     ## Further reading elsewhere
//!   - { title: PPO explained, url: https://… }
//! ---                                               - PPO explained
//! ```

use super::markup::{Attributes, Block, Entry, Inline, MarkupLink, NoteList};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::notebook::External;

/// One list for each page that names texts elsewhere.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in stage.notebook.pages.iter().filter(|page| !page.external.is_empty()) {
        let entries = page.external.iter().map(|at| &stage.notebook.external[*at]);
        let title = stage.text(stage.speaks(page), "external-title");
        let blocks = [Block::Heading(2, vec![Inline::text(title)]), list(entries.map(entry).collect())];
        edits.extend(splices::blocks(stage, page, page.anatomy.end, &blocks, Layer::External));
    }
    edits
}

/// A list of texts elsewhere, with the sections that they belong to.
pub(super) fn with_sections<'v>(entries: &[&'v External]) -> Block<'v> {
    let with_section = |external: &&'v External| {
        let class = Attributes::class("external-reading-section");
        let section = external.section.last().map(|section| Inline::span(class, section.as_str()));
        Entry { beside: section.into_iter().collect(), ..entry(external) }
    };
    list(entries.iter().map(with_section).collect())
}

fn list(entries: Vec<Entry<'_>>) -> Block<'_> {
    Block::List(NoteList {
        is_of_pages: false,
        class: "external-reading",
        is_ordered: false,
        entry_class: None,
        facts_class: "",
        entries,
    })
}

/// A text elsewhere, with a link to each place where it is.
fn entry(external: &External) -> Entry<'_> {
    let title = external.title.value.as_str();
    let of_page = || Attributes::default().with("rel", "external");
    let Some((first, more)) = external.urls.split_first() else {
        // Nobody knows where it is, so it is named and not linked.
        let named = Inline::span(Attributes::class("external-reading-title"), title);
        return Entry { title: vec![named], ..Entry::default() };
    };
    let mut links = vec![MarkupLink::new(first.as_str(), title).kind(of_page()).into()];
    for (at, url) in more.iter().enumerate() {
        let number = format!("({})", at + 2);
        let label = Attributes::default().with("aria-label", format!("{title} {number}"));
        let link = MarkupLink::new(url.as_str(), number).kind(of_page()).target(label);
        links.extend([Inline::text(" "), link.into()]);
    }
    Entry { title: links, ..Entry::default() }
}
