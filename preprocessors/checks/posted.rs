//! Which copies elsewhere miss changes of their notes, and of which nobody has said which text they have.

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::checks::translations::{plural, sections};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::messages::Messages;
use crate::notebook::sightings::HistoryGap;
use crate::notebook::{Behind, Edition, Note};
use crate::platforms::{CrossPost, Platform};
use crate::values::Fact;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let names = Messages::for_authors();
    for (note, editions) in checked.notes() {
        for edition in &editions {
            for (post, behind) in edition.copies_behind() {
                let name = names.platform_for_authors(&post.value.platform);
                let (code, what) = match behind.commits {
                    Some(commits) => (Code::CopyBehind, missed(&name, commits, behind)),
                    None => (Code::CopyTextUnknown, unknown(checked, &name)),
                };
                let message = Message::new(what, remedy(edition, post));
                diagnostics.push(Diagnostic::new(code, message).at(place(edition, post)));
            }
        }
        if checked.config.copies.unconfirmed && !note.catalogue {
            for (edition, post) in unconfirmed(note, editions) {
                let name = names.platform_for_authors(&post.value.platform);
                let message = Message::new(
                    format!("nobody has said which text the copy on {name} has"),
                    format!("post the text of now, and run `{}`", command(edition, &post.value, "")),
                );
                diagnostics.push(Diagnostic::new(Code::CopyUnconfirmed, message).at(place(edition, post)));
            }
        }
    }
}

/// What is missed: `the copy on Zhihu misses 3 changes over 29 days, the last of 2025-12-01 (12 lines new, 4 gone), in “缓存”`.
fn missed(name: &str, commits: usize, behind: &Behind) -> String {
    if commits == 0 {
        return format!("the copy on {name} misses changes that are not committed yet");
    }
    let days = behind.days.filter(|days| *days > 0);
    let days = days.map(|days| format!(" over {days} {}", plural(days, "day"))).unwrap_or_default();
    let of = if commits == 1 { ", of" } else { ", the last of" };
    let last = behind.last.as_ref().map(|commit| format!("{of} {}", commit.day)).unwrap_or_default();
    let lines = behind.lines.map(|(new, gone)| format!(" ({new} {} new, {gone} gone)", plural(new, "line")));
    let (lines, sections) = (lines.unwrap_or_default(), sections(behind));
    format!("the copy on {name} misses {commits} {}{days}{last}{lines}{sections}", plural(commits, "change"))
}

/// Why nobody knows how many changes are missed.
fn unknown(checked: &Checked<'_>, name: &str) -> String {
    let why = match &checked.notebook.sightings.history {
        Some(HistoryGap::Shallow) => {
            "this clone has only a part of the history, so that nobody can tell what it misses"
        }
        Some(HistoryGap::Missing(_)) => "there is no history to tell what it misses",
        None if !checked.config.history.git => "git is not asked what it misses",
        _ => "the history does not have that text",
    };
    format!("the copy on {name} has another text than this note, and {why}")
}

fn remedy(edition: &Edition, post: &Fact<CrossPost>) -> String {
    match post.value.platform {
        Platform::Known(_) => format!("export it again, post it, and run `{}`", command(edition, &post.value, "")),
        Platform::Other(_) => "post it again, and correct `text` and `on`".to_owned(),
    }
}

/// What an author types when a copy has been posted; `more` are other arguments, with a space at their end.
pub(super) fn command(edition: &Edition, post: &CrossPost, more: &str) -> String {
    let several = edition.own_copies().iter().filter(|other| other.value.platform == post.platform).count() > 1;
    let address = if several { format!(" {}", post.url) } else { String::new() };
    format!("mdbook-bilingual confirm --copy {} {more}{}{address}", post.platform.id(), edition.file)
}

/// Where the note names a copy, or else the note.
pub(super) fn place(edition: &Edition, post: &Fact<CrossPost>) -> Place {
    let named = post.origin.place().filter(|place| place.file == edition.file);
    named.cloned().unwrap_or_else(|| Place::file(&edition.file))
}

/// The copies of a note whose texts nobody knows, each with the edition that it probably is of.
fn unconfirmed<'a>(note: &'a Note, mut editions: Vec<&'a Edition>) -> Vec<(&'a Edition, &'a Fact<CrossPost>)> {
    let is_known =
        |post: &CrossPost| note.editions.iter().any(|own| own.posted_at(post).is_some_and(|it| it.text.is_some()));
    editions.retain(|edition| !edition.blank);
    // A catalogue may name one copy for several editions.
    let is_own = |edition: &Edition, post: &CrossPost| {
        let written = post.platform.language();
        written.is_none_or(|written| written.primary() == edition.language.value.primary())
    };
    let all = editions.iter().flat_map(|edition| edition.own_copies().iter().map(move |post| (*edition, post)));
    let all = all.filter(|(_, post)| post.value.platform.publishes() && !is_known(&post.value));
    let mut all: Vec<_> = all.collect();
    all.sort_by_key(|(edition, post)| !is_own(edition, &post.value));
    let mut seen = BTreeSet::new();
    all.retain(|(_, post)| seen.insert(&post.value.url));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::freshness::ChangedSection;
    use crate::values::{Commit, Date};

    #[test]
    fn what_a_copy_misses_in_words() {
        let last = Commit { id: "a".repeat(40), day: Date::parse("2025-12-01").unwrap() };
        let mut behind = Behind {
            commits: Some(3),
            days: Some(29),
            lines: Some((12, 4)),
            sections: vec![ChangedSection { heading: Some("缓存".to_owned()), id: None }],
            since: None,
            last: Some(last),
            is_worth_saying: true,
        };
        let told = |commits, behind: &Behind| missed("Zhihu", commits, behind);
        assert_eq!(
            told(3, &behind),
            "the copy on Zhihu misses 3 changes over 29 days, the last of 2025-12-01 (12 lines new, 4 gone), in “缓存”"
        );
        (behind.days, behind.lines, behind.sections) = (Some(0), None, Vec::new());
        assert_eq!(told(1, &behind), "the copy on Zhihu misses 1 change, of 2025-12-01");
        assert_eq!(told(0, &behind), "the copy on Zhihu misses changes that are not committed yet");
    }
}
