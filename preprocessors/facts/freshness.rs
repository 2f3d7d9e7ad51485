//! Finds out whether translations miss changes of their sources, and copies elsewhere changes of their notes.
//!
//! ```text
//! zh.md   o──o───────o───o      the source: the two changes on the right are not held by the translation's last change
//! en.md        o──o             the translation
//! ```
//!
//! A translation knows of its source what the commit holds that last changed its own text, or the text that its author
//! names with `translated-from`. A source that has that very text again is not ahead, however often it changed. A copy
//! elsewhere knows of its note the text that its author confirmed.

use std::rc::Rc;
use std::sync::Arc;

use super::text::Text;
use super::{Past, anatomy};
use crate::config::{Config, Thresholds};
use crate::diagnostic::Place;
use crate::host::Host;
use crate::markdown::outline::{self, Heading};
use crate::notebook::diff::difference;
use crate::notebook::freshness::{Behind, ChangedSection};
use crate::notebook::sightings::UnknownCommit;
use crate::notebook::{Edition, Freshness, Note, Notebook, TranslatedFrom, Translation};
use crate::parallel::in_parallel;
use crate::text::Wording;
use crate::values::{Fact, Fingerprint, Origin};

/// Gives each translation of a notebook its relation to its source, and each copy elsewhere that to its note.
pub fn find(notebook: &mut Notebook, past: Past<'_>, host: &Host, config: &Config, wording: &Wording) {
    let mut translations: Vec<(EditionPlace, Translation, Option<Sides<'_, '_>>)> = Vec::new();
    let mut copies: Vec<(EditionPlace, String, (Freshness, Option<Sides<'_, '_>>))> = Vec::new();
    let mut finder = FreshnessFinder { notebook, past, config, unknown: Vec::new() };
    finder.look_ahead();
    for (at, note) in written_notes(notebook) {
        for (number, edition) in note.editions.iter().enumerate() {
            let found = finder.translation(note, number);
            translations.extend(found.map(|(translation, sides)| ((at, number), translation, sides)));
            let posted = edition.posted.iter().filter_map(|(url, posted)| Some((url, posted.text.as_ref()?)));
            copies.extend(posted.map(|(url, text)| ((at, number), url.clone(), finder.copy(edition, &text.value))));
        }
    }
    let FreshnessFinder { past, unknown, .. } = finder;
    let of_translations = translations.iter_mut().filter_map(|(_, translation, sides)| {
        Some((&mut translation.freshness, sides.take()?, config.freshness.least()))
    });
    let of_copies = copies
        .iter_mut()
        .filter_map(|(.., (freshness, sides))| Some((freshness, sides.take()?, config.copies.least())));
    compare(of_translations.chain(of_copies).collect(), &Comparison { notebook, host, config, wording });
    let translations: Vec<_> = translations.into_iter().map(|(place, translation, _)| (place, translation)).collect();
    let copies: Vec<_> = copies.into_iter().map(|(place, url, (freshness, _))| (place, url, freshness)).collect();
    notebook.sightings.unknown_commits = unknown;
    if let Some(archive) = past.archive {
        notebook.sightings.history = archive.gap();
    }
    for ((note, edition), translation) in translations {
        notebook.notes[note].editions[edition].translation = Some(translation);
    }
    for ((note, edition), url, freshness) in copies {
        notebook.notes[note].editions[edition].copies.insert(url, freshness);
    }
}

/// The places of a note, and of an edition in it.
type EditionPlace = (usize, usize);

/// The notes that people wrote, by their places.
fn written_notes(notebook: &Notebook) -> impl Iterator<Item = (usize, &Note)> {
    notebook.notes.iter().enumerate().filter(|(_, note)| !note.added && !note.catalogue)
}

struct FreshnessFinder<'a, 't> {
    notebook: &'a Notebook,
    past: Past<'t>,
    config: &'a Config,
    /// The commits that translations name and that the history does not have.
    unknown: Vec<UnknownCommit>,
}

impl<'a, 't> FreshnessFinder<'a, 't> {
    /// Has the texts read that will be looked at.
    fn look_ahead(&mut self) {
        let mut questions: Vec<(String, usize)> = Vec::new();
        for (_, note) in written_notes(self.notebook) {
            for (at, edition) in note.editions.iter().enumerate() {
                let source = note.source_of(at, self.config.freshness.source.as_ref().map(|source| &source.value));
                let source = source.map(|source| &note.editions[source]).filter(|source| source.history.is_some());
                let Some((source, path)) = source.and_then(|source| self.real(source)).zip(self.real(edition)) else {
                    continue;
                };
                let Some(archive) = &mut self.past.archive else { return };
                let known = match edition.translated_from.as_ref().map(|from| &from.value) {
                    None => archive.last(&path),
                    Some(TranslatedFrom::Commit(id)) => archive.named(id),
                    Some(TranslatedFrom::Text(_)) => None,
                };
                questions.extend(known.map(|known| (source, known)));
            }
        }
        if let Some(archive) = &mut self.past.archive {
            archive.look_ahead(&questions);
        }
    }

    /// An edition's relation to its source, and the source now and then where these differ; `None` for the source itself.
    fn translation(&mut self, note: &'a Note, edition: usize) -> Option<(Translation, Option<Sides<'a, 't>>)> {
        let preferred = self.config.freshness.source.as_ref();
        let at = note.source_of(edition, preferred.map(|source| &source.value))?;
        let (source, edition) = (&note.editions[at], &note.editions[edition]);
        let confirmed = edition.translated_from.as_ref().map(|fact| fact.origin.clone());
        let declared = edition.translation_of.as_ref().map(|fact| fact.origin.clone());
        let by_config = preferred.filter(|preferred| preferred.value == source.language.value);
        let by_config = by_config.map(|preferred| Origin::Config(preferred.place()));
        let by_date = source.published.as_ref().map(|fact| fact.origin.clone());
        let origin = declared.or(by_config).or_else(|| confirmed.clone()).or(by_date).unwrap_or(Origin::Default);
        let (freshness, sides) = self.freshness(source, edition);
        let of = Fact { value: source.language.value.clone(), origin };
        Some((Translation { of, freshness, confirmed }, sides))
    }

    /// Whether a copy that has this text misses changes of an edition.
    fn copy(&mut self, edition: &'a Edition, has: &Fingerprint) -> (Freshness, Option<Sides<'a, 't>>) {
        let Some((path, now)) = self.real(edition).zip(self.text(edition)) else { return UNKNOWN };
        let least = self.config.copies.least();
        let found = self.knowing(edition, &path, &now, has, least);
        // No commit has what is being written.
        if matches!(found.0, Freshness::InStep) && !now.fingerprint().is(has) && self.is_being_written(edition, &path) {
            let behind = Behind {
                commits: Some(0),
                days: None,
                lines: None,
                sections: Vec::new(),
                since: None,
                last: None,
                is_worth_saying: least.commits == 0,
            };
            return (Freshness::Behind(behind), None);
        }
        found
    }

    fn freshness(&mut self, source: &'a Edition, edition: &Edition) -> (Freshness, Option<Sides<'a, 't>>) {
        let Some((source_path, now)) = self.real(source).zip(self.text(source)) else { return UNKNOWN };
        let Some(path) = self.real(edition) else { return UNKNOWN };
        let archive = self.past.archive.as_mut().filter(|_| source.history.is_some());
        let least = self.config.freshness.least();
        let Some(said) = edition.translated_from.as_ref() else {
            // A translation that was never committed is of nobody knows when.
            let Some(known) = archive.and_then(|archive| archive.last(&path)) else { return UNKNOWN };
            let since = self.since(source, &source_path, &now, known, least);
            // What is being written knows all of the history.
            return if matches!(since.0, Freshness::Behind(_)) && self.is_being_written(edition, &path) {
                (Freshness::InStep, None)
            } else {
                since
            };
        };
        match &said.value {
            TranslatedFrom::Commit(id) => {
                let Some(archive) = archive else { return UNKNOWN };
                let Some(known) = archive.named(id) else {
                    self.unknown.push(UnknownCommit {
                        file: edition.file.clone(),
                        id: id.clone(),
                        is_ambiguous: archive.begins(id),
                        place: said.origin.place().cloned().unwrap_or_else(|| Place::file(&edition.file)),
                    });
                    return UNKNOWN;
                };
                self.since(source, &source_path, &now, known, least)
            }
            TranslatedFrom::Text(fingerprint) => self.knowing(source, &source_path, &now, fingerprint, least),
        }
    }

    /// What is missed by what knows this text of an edition, but for the lines.
    fn knowing(
        &mut self,
        source: &'a Edition,
        path: &str,
        now: &Rc<Text<'t>>,
        text: &Fingerprint,
        least: Thresholds,
    ) -> (Freshness, Option<Sides<'a, 't>>) {
        let is = |other: &Text<'_>| other.fingerprint().is(text);
        if is(now) {
            return (Freshness::InStep, None);
        }
        let archive = self.past.archive.as_mut().filter(|_| source.history.is_some());
        if let Some(known) = archive.and_then(|archive| archive.newest(path, is)) {
            return self.since(source, path, now, known, least);
        }
        let behind = Behind {
            commits: None,
            days: None,
            lines: None,
            sections: Vec::new(),
            since: None,
            last: source.history.as_ref().map(|history| history.last.clone()),
            is_worth_saying: true,
        };
        (Freshness::Behind(behind), None)
    }

    /// The same of what knows it as a commit has it.
    fn since(
        &mut self,
        source: &'a Edition,
        path: &str,
        now: &Rc<Text<'t>>,
        known: usize,
        least: Thresholds,
    ) -> (Freshness, Option<Sides<'a, 't>>) {
        let Some(archive) = &mut self.past.archive else { return (Freshness::Unknown, None) };
        let (changes, then) = archive.since(path, known);
        let Some(last) = changes.first().and_then(|change| archive.commit_of(*change)).cloned() else {
            return (Freshness::InStep, None);
        };
        if then.as_ref().is_some_and(|then| then.body() == now.body()) {
            return (Freshness::InStep, None);
        }
        let since = archive.commit(known).cloned();
        let days = since.as_ref().map(|since| usize::try_from(since.day.days_until(last.day)).unwrap_or(0));
        let is_worth_saying = changes.len() >= least.commits && days.is_none_or(|days| days >= least.days);
        let behind = Behind {
            commits: Some(changes.len()),
            days,
            lines: None,
            sections: Vec::new(),
            since,
            last: Some(last),
            is_worth_saying,
        };
        (Freshness::Behind(behind), then.map(|then| Sides { source, then, now: Rc::clone(now) }))
    }

    /// Whether a text has changes that are not committed yet, so that they know all of the history.
    fn is_being_written(&mut self, edition: &Edition, path: &str) -> bool {
        let now = self.text(edition);
        now.zip(self.past.archive.as_mut()).is_some_and(|(now, archive)| archive.is_being_written(path, &now))
    }

    fn text(&self, edition: &Edition) -> Option<Rc<Text<'t>>> {
        self.past.texts.get(edition.source.as_ref()?).cloned()
    }

    /// The path of an edition's file from the root of the repository.
    fn real(&self, edition: &Edition) -> Option<String> {
        self.notebook.files.reals.get(edition.source.as_ref()?).cloned()
    }
}

/// Where nobody can tell.
const UNKNOWN: (Freshness, Option<Sides<'_, '_>>) = (Freshness::Unknown, None);

/// A source as its translation knows it, and as it is; or a note, as its copy has it.
struct Sides<'a, 't> {
    source: &'a Edition,
    then: Rc<Text<'t>>,
    now: Rc<Text<'t>>,
}

/// What a comparison of two texts has to know of their book.
struct Comparison<'a> {
    notebook: &'a Notebook,
    host: &'a Host,
    config: &'a Config,
    wording: &'a Wording,
}

/// Completes what is known of those whose sources changed.
fn compare(changed: Vec<(&mut Freshness, Sides<'_, '_>, Thresholds)>, with: &Comparison<'_>) {
    let tasks: Vec<(&Edition, &Text<'_>, &Text<'_>)> =
        changed.iter().map(|(_, sides, _)| (sides.source, &*sides.then, &*sides.now)).collect();
    let sections = |(source, then, now): &(&Edition, &Text<'_>, &Text<'_>)| with.sections(source, then, now);
    // One whose comparison fails is compared again alone, and fails there.
    let compared = in_parallel(with.host.workers, &tasks, |task| Ok(sections(task)));
    let compared = compared.unwrap_or_else(|_| tasks.iter().map(sections).collect());
    for ((freshness, _, least), (added, removed, sections)) in changed.into_iter().zip(compared) {
        if let Freshness::Behind(behind) = freshness {
            behind.lines = Some((added, removed));
            behind.sections = sections;
            behind.is_worth_saying &= added + removed >= least.lines;
        }
    }
}

impl Comparison<'_> {
    /// How many lines are new and gone, and in which sections.
    fn sections(&self, source: &Edition, then: &Text<'_>, now: &Text<'_>) -> (usize, usize, Vec<ChangedSection>) {
        let page = source.source.as_ref().and_then(|source| self.notebook.page_of(source));
        let joined = page.is_some_and(|page| self.config.joins_lines(self.notebook.script(page)));
        let written = match page {
            Some(page) => Arc::clone(&page.written),
            None => Arc::new(anatomy(now.whole(), self.wording)),
        };
        let ids = outline::ids(&written.headings, self.host.smart_punctuation, joined);
        let older = || -> Vec<Heading> { anatomy(then.whole(), self.wording).headings };
        difference((then.body(), then.first_line()), (now.body(), now.first_line()), (&written.headings, &ids), older)
    }
}
