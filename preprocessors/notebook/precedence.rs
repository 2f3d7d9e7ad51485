//! Who wins where several say something of an edition, strongest first. Nothing else decides it.
//!
//! ```text
//! front matter  >  a catalogue  >  a switch line  >  folder  >  file name  >  what is computed
//! ```
//!
//! | fact | who says it |
//! |---|---|
//! | language | front matter, a catalogue or a switch line, the name, the folder; else what counterparts leave over, the letters, the book (`assembly::pairing`) |
//! | title | front matter, a catalogue, `SUMMARY.md`, the first heading, the file's name |
//! | status | front matter, a catalogue, the mark in `SUMMARY.md`, the mark of the first heading, a review in front matter; else the note's |
//! | published | front matter; else the note's; else the first commit or the number of a copy, the earlier of the two |
//! | updated | front matter; else the last commit |
//! | cross-posts | all of front matter, catalogues and own lines; else the note's |
//!
//! The name of a file says its language only where its folder does not contradict it, or its neighbours confirm it; so it
//! comes before the folder. What the note says is what a catalogue says of any of its editions, else what its source
//! edition says. A review is of one text, and nobody inherits it. Nothing is invented: an unknown date stays unknown.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::notebook::{Edition, Note, Undated};
use crate::platforms::CrossPost;
use crate::values::{Commit, Date, Fact, History, Language, Origin, PageLanguage, Review, SourcePath, Status};

/// The language of a file by what is said of it alone: `None` when nobody says anything, `Some(None)` for a page of no
/// language.
///
/// `named` is what a catalogue or a switch line calls it, `in_name` and `in_folder` what its path says.
pub(crate) fn language(
    front_matter: Option<&Fact<PageLanguage>>,
    named: Option<&Fact<Language>>,
    in_name: Option<&Language>,
    in_folder: Option<&Language>,
) -> Option<Option<Fact<Language>>> {
    if let Some(Fact { value, origin }) = front_matter {
        return Some(match value {
            PageLanguage::One(language) => Some(Fact { value: language.clone(), origin: origin.clone() }),
            PageLanguage::None => None,
        });
    }
    let in_name = || in_name.map(|value| Fact { value: value.clone(), origin: Origin::FileName });
    let in_folder = || in_folder.map(|value| Fact { value: value.clone(), origin: Origin::Folder });
    named.cloned().or_else(in_name).or_else(in_folder).map(Some)
}

/// The title of an edition; `catalogues` are those that catalogues give it, the best first.
pub(crate) fn title(
    front_matter: Option<Fact<String>>,
    catalogues: Vec<Fact<String>>,
    in_summary: Option<Fact<String>>,
    heading: Option<Fact<String>>,
    source: &SourcePath,
) -> Fact<String> {
    let in_name = || Fact { value: source.stem().to_owned(), origin: Origin::FileName };
    front_matter.or_else(|| catalogues.into_iter().next()).or(in_summary).or(heading).unwrap_or_else(in_name)
}

/// Every status that somebody gives an edition, the one that counts first.
pub(crate) fn statuses(
    front_matter: Option<Fact<Status>>,
    catalogues: Vec<Fact<Status>>,
    in_summary: Option<Fact<Status>>,
    heading: Option<Fact<Status>>,
) -> Vec<Fact<Status>> {
    front_matter.into_iter().chain(catalogues).chain(in_summary).chain(heading).collect()
}

/// The status of an edition: that which was said, else that which a review in its front matter tells.
pub(crate) fn status(said: &[Fact<Status>], review: Option<Origin>) -> Option<Fact<Status>> {
    said.first().cloned().or_else(|| review.map(|origin| Fact { value: Status::Reviewed, origin }))
}

/// The copies of an edition, each once, with who names it first.
pub(crate) fn cross_posts(
    front_matter: Vec<Fact<CrossPost>>,
    catalogues: Vec<Fact<CrossPost>>,
    own_lines: Vec<Fact<CrossPost>>,
) -> Vec<Fact<CrossPost>> {
    let mut copies = front_matter;
    for copy in catalogues.into_iter().chain(own_lines) {
        if !copies.iter().any(|known| known.value.url == copy.value.url) {
            copies.push(copy);
        }
    }
    copies
}

/// Gives each edition of a note what git and the numbers of copies tell, and then what its note says. `history` is what
/// git knows of a file.
pub(crate) fn settle(note: &mut Note, mut history: impl FnMut(&SourcePath) -> Option<History>) {
    find_undated(note);
    for edition in &mut note.editions {
        edition.history = edition.source.as_ref().and_then(&mut history);
        date(edition);
    }
    inherit(note);
    note.editions.iter_mut().for_each(date_change_since_review);
}

/// Finds the editions of which a commit tells no day: those whose author says that nobody knows it, with all others of
/// their note, and those that have no text of their own and lead to a copy elsewhere.
fn find_undated(note: &mut Note) {
    let known: BTreeSet<String> =
        note.editions.iter().flat_map(|edition| &edition.cross_posts).map(|post| post.value.url.clone()).collect();
    let is_said = note.editions.iter().any(|edition| edition.undated == Some(Undated::Said));
    for edition in &mut note.editions {
        // An article that nobody calls a copy may be somebody else's.
        let leads = edition.leads.as_ref().filter(|_| !known.is_empty());
        let is_elsewhere = leads.is_some_and(|leads| leads.iter().all(|post| known.contains(&post.url)));
        if is_said {
            edition.undated = Some(Undated::Said);
        } else if is_elsewhere {
            edition.undated = Some(Undated::Elsewhere);
        }
    }
}

/// Gives an edition the days that its history and its copies tell.
fn date(edition: &mut Edition) {
    let committed = |commit: &Commit| Fact { value: commit.day, origin: Origin::Git { commit: commit.id.clone() } };
    let first = edition.history.as_ref().map(|history| committed(&history.first));
    edition.computed = first.into_iter().chain(told_by_copies(edition)).min_by_key(|fact| fact.value);
    if edition.updated.is_none() && !edition.never_updated && edition.undated != Some(Undated::Elsewhere) {
        edition.updated = edition.history.as_ref().map(|history| committed(&history.last));
    }
}

/// The earliest day that the numbers of its copies tell.
fn told_by_copies(edition: &Edition) -> Option<Fact<Date>> {
    let told = edition.cross_posts.iter().filter_map(|post| {
        let origin = Origin::ZhihuId { url: post.value.url.clone() };
        Some(Fact { value: post.value.published()?, origin })
    });
    told.min_by_key(|fact| fact.value)
}

/// Gives each edition what it does not say itself and its note does.
fn inherit(note: &mut Note) {
    let catalogued = |origin: &Origin| matches!(origin, Origin::Catalogue(_));
    let source = &note.editions[note.source()];
    let (published, on_path) = (source.published.clone(), source.on_path && !note.catalogue);
    let mut statuses = note.editions.iter().filter_map(|edition| edition.status.as_ref());
    let status = statuses.find(|fact| catalogued(&fact.origin)).or(source.status.as_ref());
    // A review is of one text: nobody has reviewed the translation of a reviewed original.
    let status = status.filter(|fact| fact.value != Status::Reviewed).cloned();
    let mut listed =
        note.editions.iter().filter(|edition| edition.cross_posts.iter().any(|post| catalogued(&post.origin)));
    let cross_posts = listed.next().unwrap_or(source).cross_posts.clone();
    for edition in &mut note.editions {
        if edition.published.is_none() && edition.undated != Some(Undated::Said) {
            edition.published.clone_from(&published);
        }
        if edition.published.is_none() {
            edition.published = match edition.undated {
                None => edition.computed.clone(),
                Some(Undated::Said) => None,
                Some(Undated::Elsewhere) => told_by_copies(edition),
            };
        }
        if edition.status.is_none() {
            edition.status.clone_from(&status);
        }
        if edition.cross_posts.is_empty() {
            edition.cross_posts.clone_from(&cross_posts);
            edition.inherits_copies = !cross_posts.is_empty();
        }
        edition.on_path &= on_path;
    }
}

/// Gives the day to a text that was changed since its review, now that it is known when it was changed.
fn date_change_since_review(edition: &mut Edition) {
    if let Some(Review::ChangedSince(day)) = &mut edition.review {
        let reviewed = edition.reviewed_on.as_ref().map(|fact| fact.value);
        // A change that came before the review is not the one that nobody reviewed.
        *day = edition.updated.as_ref().map(|fact| fact.value).filter(|day| reviewed.is_none_or(|on| on <= *day));
    }
}

impl Note {
    /// The edition that the others were translated from, as far as anybody says: one that is no translation by its own
    /// word; of those the one with the earliest date, in git the older commit of one day; of one commit the one that is in
    /// its language already, and of several the one whose name says no language; else the first.
    #[must_use]
    pub fn source(&self) -> usize {
        let rank = |at: &usize| {
            let edition = &self.editions[*at];
            let dated = edition.published.as_ref().or(edition.computed.as_ref()).map(|fact| fact.value);
            let age = edition.history.as_ref().map_or(0, |history| history.age);
            // A copy that waits for its translation is still in the language of the other.
            let waits = edition.prose.can_be(&edition.language.value) == Some(false);
            let is_marked = matches!(edition.language.origin, Origin::FileName);
            (edition.says_it_is_a_translation(), dated.is_none(), dated, Reverse(age), waits, is_marked, *at)
        };
        (0..self.editions.len()).min_by_key(rank).unwrap_or(0)
    }

    /// When it was first published, for a reader of one of its editions: what somebody wrote of that edition, else the
    /// earliest day that git or a copy tells of any. Of a text that is elsewhere, a commit tells nothing.
    #[must_use]
    pub fn published<'a>(&'a self, edition: &'a Edition) -> Option<&'a Fact<Date>> {
        let own = edition.published.as_ref();
        if own.is_some_and(|fact| !fact.origin.is_computed()) || edition.undated == Some(Undated::Said) {
            return own;
        }
        let tells = |fact: &&Fact<Date>| edition.undated.is_none() || !matches!(fact.origin, Origin::Git { .. });
        self.editions
            .iter()
            .filter_map(|edition| edition.published.as_ref())
            .filter(tells)
            .min_by_key(|fact| fact.value)
    }
}
