//! Do marks of a status stay where they belong?
//!
//! mdBook has one name for a chapter's entry in the sidebar and for its `<title>`.
//! The suite marks the first, for who chooses what to read, and keeps the second clean, for search engines and tabs.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Deserialize;

use crate::Reader;

/// An entry of the sidebar.
#[derive(Deserialize)]
struct Entry {
    /// The path of the page that it leads to.
    page: String,
    /// What it says, without its number.
    name: String,
}

#[test]
fn a_status_is_marked_in_the_sidebar_and_not_in_the_title() -> Result<()> {
    let mut reader = Reader::new()?;
    reader.open("index.html")?;
    let entries: Vec<Entry> = reader.browser.evaluate(
        r#"[...document.querySelectorAll(".sidebar a[href]:not(.header-in-summary)")].map(link => {
            const name = link.cloneNode(true);
            name.querySelector("strong[aria-hidden]")?.remove();
            return {
                page: decodeURIComponent(new URL(link.href).pathname).slice(1),
                name: name.textContent.trim(),
            };
        })"#,
    )?;
    assert!(!entries.is_empty(), "the sidebar has no entries");

    // What an entry says beyond the title of its page, by the status that the page shows.
    let mut marks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut titles = Vec::new();
    for entry in &entries {
        let Some(page) = reader.book.page(&entry.page) else {
            continue;
        };
        let callouts = page.select(".review-status[data-status]");
        let status = callouts.first().and_then(|callout| callout.attr("data-status")).unwrap_or_default();
        marks.entry(status.to_owned()).or_default().insert(beyond(&entry.name, &page.title()).to_owned());
        titles.push((&entry.page, page.title()));
    }

    let pending = marks.get("pending-review").expect("some note waits for its review");
    assert!(!pending.contains(""), "a note that waits for its review has an entry like any other: {marks:?}");
    for (page, title) in titles {
        for mark in marks.values().flatten().filter(|mark| !mark.is_empty()) {
            assert!(!title.contains(mark.as_str()), "{page}: the title {title:?} has the mark {mark:?}");
        }
    }
    Ok(())
}

/// What `name` says that `title`, which goes on with the title of the book, does not.
fn beyond<'a>(name: &'a str, title: &str) -> &'a str {
    let common = name.char_indices().zip(title.chars()).find(|((_, ours), theirs)| ours != theirs);
    let end = common.map_or(name.len().min(title.len()), |((end, _), _)| end);
    name[end..].trim()
}
