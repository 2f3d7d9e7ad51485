//! Which copies elsewhere could link to copies that came later.
//!
//! ```text
//! ppo.md, on Zhihu since 2025-11-02        [KV cache](kv.md)
//! kv.md, on Zhihu since 2025-12-03     →   the copy of ppo.md could link to that of kv.md, if it were posted again
//! ```

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::checks::mended::place_of;
use crate::checks::posted::command;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::markdown::link::Link;
use crate::messages::Messages;
use crate::notebook::{Destination, Edition, Note, Page};
use crate::platforms::{CrossPost, Platform};
use crate::values::Date;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let names = Messages::for_authors();
    for (note, editions) in checked.notes() {
        for edition in editions {
            let Some(page) = checked.page(edition) else { continue };
            for post in edition.own_copies().iter().map(|fact| &fact.value) {
                let on = edition.posted_at(post).and_then(|posted| posted.on.as_ref()).map(|on| on.value);
                let Some(on) = on.filter(|_| post.platform.site().is_some()) else { continue };
                let name = names.platform_for_authors(&post.platform);
                for found in later(checked, (note, page), &post.platform, on) {
                    diagnostics.push(found.told(checked, edition, (post, &name, on)));
                }
            }
        }
    }
}

/// A link of a note to another one, whose copy is the younger one.
struct LaterCopy<'a> {
    link: &'a Link,
    target: &'a Edition,
    on: Date,
}

/// The notes that a page links to, and whose copies on the platform are younger than this day: each once.
fn later<'a>(
    checked: &Checked<'a>,
    (note, page): (&Note, &'a Page),
    platform: &Platform,
    day: Date,
) -> Vec<LaterCopy<'a>> {
    let notebook = checked.notebook;
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for link in page.written.links.iter().filter(|link| !link.image) {
        let Destination::Note { source, .. } = notebook.files.destination(&page.location, &link.destination) else {
            continue;
        };
        let Some((other, target)) = notebook.page_of(source).and_then(|page| notebook.shown(page)) else { continue };
        if other.key == note.key {
            continue;
        }
        let posts = target.cross_posts.iter().map(|fact| &fact.value).filter(|post| post.platform == *platform);
        let youngest = posts.filter_map(|post| other.posted_on(post).filter(|on| is_later(post, *on, day))).max();
        if let Some(on) = youngest.filter(|_| seen.insert(source)) {
            found.push(LaterCopy { link, target, on });
        }
    }
    found
}

/// Whether a copy that got its text on one day was not there yet on another. Where its address tells that it was, it was
/// only posted again.
fn is_later(post: &CrossPost, on: Date, day: Date) -> bool {
    on > day && post.published().is_none_or(|published| published >= day)
}

impl LaterCopy<'_> {
    fn told(
        &self,
        checked: &Checked<'_>,
        edition: &Edition,
        (post, name, day): (&CrossPost, &str, Date),
    ) -> Diagnostic {
        let Self { link, target, on } = self;
        // A copy with the same text is confirmed by its day.
        let today = checked.occasion.today.map_or_else(|| "DAY".to_owned(), |today| today.to_string());
        let message = Message::new(
            format!(
                "the copy of {} on {name} is of {on}, and the one of this note, of {day}, could not link to it yet",
                target.file
            ),
            format!("export it again, post it, and run `{}`", command(edition, post, &format!("--on {today} "))),
        );
        Diagnostic::new(Code::CopyLinks, message).at(place_of(&edition.file, link))
    }
}
