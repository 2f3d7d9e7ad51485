//! Which of an author's lines say what the suite says too, so that ours takes their place.
//!
//! ```text
//! [English](x_en.md) | [中文](x.md)     ours, when every link leads to an edition of this note, or names its own language
//! 本文也发表于[知乎](https://…)           ours, when every link leads to a copy that is known
//! [日本語](https://example.org/ja)      the author's: it says more than the suite knows
//! ```

use super::*;

/// Marks the lines on every page.
pub(super) fn find(notebook: &mut Notebook) {
    let tags = Tags::new(&notebook.languages);
    for at in 0..notebook.pages.len() {
        let page = &notebook.pages[at];
        let Some((note, edition)) = notebook.shown(page) else { continue };
        let switches = page.anatomy.switches.iter().filter(|lead| is_ours(notebook, &tags, page, note, edition, lead));
        let switches: Vec<_> = switches.map(|lead| lead.range.clone()).collect();
        let known = |target: &lead::Target| {
            let Ok(post) = CrossPost::new(None, &target.destination) else { return false };
            edition.cross_posts.iter().any(|known| known.value.url == post.url)
        };
        let copies = page.anatomy.copies.iter().filter(|lead| lead.targets.iter().all(known));
        let copies: Vec<_> = copies.map(|lead| lead.range.clone()).collect();
        let page = &mut notebook.pages[at];
        (page.own_switches, page.own_copies) = (switches, copies);
    }
}

/// Whether a switch line says no more than ours.
fn is_ours(notebook: &Notebook, tags: &Tags, page: &Page, note: &Note, edition: &Edition, lead: &Lead) -> bool {
    let mut leads_away = false;
    let ours = lead.targets.iter().all(|target| {
        let Some(language) = target.language.as_ref().and_then(|language| tags.get(language.tag())) else {
            return false;
        };
        if *language == edition.language.value {
            return true;
        }
        let Some((other, _)) = note.counterpart(language) else { return false };
        leads_away = true;
        match notebook.files.destination(&page.location, &target.destination) {
            Destination::Note { source, .. } => other.source.as_ref() == Some(source),
            _ => false,
        }
    });
    ours && leads_away
}

/// The copies that the lines of a note say it has.
pub(super) fn copies(file: &str, written: &Anatomy) -> Vec<Fact<CrossPost>> {
    let mut found = Vec::new();
    for lead in written.copies.iter().filter(|lead| lead.says) {
        let posts: Vec<CrossPost> =
            lead.targets.iter().filter_map(|target| CrossPost::new(None, &target.destination).ok()).collect();
        // One address that is no text of its own makes the whole line something else.
        if posts.len() == lead.targets.len() {
            let origin = Origin::CrossPostLine(Place { line: Some(lead.line), ..Place::file(file) });
            found.extend(posts.into_iter().map(|value| Fact { value, origin: origin.clone() }));
        }
    }
    found
}
