//! Which of an author's lines say what the suite says too, so that ours takes their place.
//!
//! ```text
//! [English](x_en.md) | [中文](x.md)     ours, when every link leads to an edition of this note, or names its own language
//! 本文也发表于[知乎](https://…)           ours, when every link leads to a copy that is known
//! 本文也发表于[知乎](https://…)，欢迎提问   the author's, and ours beside it
//! [日本語](https://example.org/ja)      the author's: it says more than the suite knows
//! ```

use std::ops::Range;

use crate::diagnostic::Place;
use crate::markdown::Anatomy;
use crate::markdown::own_lines::{self, Lead};
use crate::notebook::{Destination, Edition, Note, Notebook, Page};
use crate::platforms::CrossPost;
use crate::values::{Fact, Origin, Tags};

/// Marks the lines on every page.
pub(crate) fn find(notebook: &mut Notebook) {
    let tags = notebook.tags.clone();
    for at in 0..notebook.pages.len() {
        let page = &notebook.pages[at];
        let Some((note, edition)) = notebook.shown(page) else { continue };
        let says = |lead: &Lead| says(notebook, &tags, page, note, edition, lead);
        let switches = lines(page.anatomy.switches.iter().map(|lead| (lead.range.clone(), says(lead))));
        let known = |target: &own_lines::LeadTarget| {
            let Ok(post) = CrossPost::new(None, &target.destination) else { return false };
            edition.cross_posts.iter().any(|known| known.value.url == post.url)
        };
        let copies = page.anatomy.copies.iter().filter(|lead| lead.only && lead.targets.iter().all(known));
        let copies: Vec<_> = copies.map(|lead| lead.range.clone()).collect();
        let page = &mut notebook.pages[at];
        (page.own_switches, page.own_copies) = (switches, copies);
    }
}

/// What a switch line says, compared to ours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Something that ours does not say.
    More,
    /// Where other editions of this note are.
    Editions,
    /// Only which language this one is in.
    Itself,
}

/// The lines that ours take the place of. In a list each language has a line, and the one of this page's own language
/// goes with the others.
fn lines(all: impl Iterator<Item = (Range<usize>, Says)>) -> Vec<Range<usize>> {
    let all: Vec<_> = all.collect();
    let blocks = all.chunk_by(|(one, _), (next, _)| one.end == next.start);
    let ours = blocks.filter(|block| block.iter().any(|(_, says)| *says == Says::Editions)).flatten();
    ours.filter(|(_, says)| *says != Says::More).map(|(range, _)| range.clone()).collect()
}

fn says(notebook: &Notebook, tags: &Tags, page: &Page, note: &Note, edition: &Edition, lead: &Lead) -> Says {
    let mut says = Says::Itself;
    for target in &lead.targets {
        let language = target.language.as_ref().and_then(|language| tags.get(language.tag()));
        if language == Some(&edition.language.value) {
            continue;
        }
        let counterpart = language.and_then(|language| note.counterpart(language));
        match (counterpart, notebook.files.destination(&page.location, &target.destination)) {
            // Our switch says as well that this edition is missing.
            (None, Destination::Nothing { .. }) if language.is_some() => {}
            (Some((other, _)), Destination::Note { source, .. }) if other.source.as_ref() == Some(source) => {
                says = Says::Editions;
            }
            _ => return Says::More,
        }
    }
    says
}

/// The copies that the lines of a note say it has.
pub(crate) fn copies(file: &str, written: &Anatomy) -> Vec<Fact<CrossPost>> {
    let mut found = Vec::new();
    for lead in written.copies.iter().filter(|lead| lead.says) {
        let posts: Vec<CrossPost> =
            lead.targets.iter().filter_map(|target| CrossPost::new(None, &target.destination).ok()).collect();
        // One address that is no text of its own makes the whole line something else.
        if posts.len() == lead.targets.len() {
            let origin = Origin::CrossPostLine(Place::line(file, lead.line));
            found.extend(posts.into_iter().map(|value| Fact { value, origin: origin.clone() }));
        }
    }
    found
}
