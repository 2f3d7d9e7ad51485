//! Finds out whether translations miss changes of their sources.
//!
//! ```text
//! zh.md   o──o───────o───o      the source: the two changes on the right are not held by the translation's last change
//! en.md        o──o             the translation
//! ```
//!
//! A translation knows of its source what the commit holds that last changed its own text, or the text that its author
//! names with `translated-from`. A source that has that very text again is not ahead, however often it changed.

use std::rc::Rc;
use std::sync::Arc;

use super::text::Text;
use super::{Past, front_matter};
use crate::config::Config;
use crate::diagnostic::Place;
use crate::host::Host;
use crate::markdown::Anatomy;
use crate::markdown::outline::{self, Heading};
use crate::notebook::diff::difference;
use crate::notebook::freshness::{Behind, ChangedSection};
use crate::notebook::sightings::UnknownCommit;
use crate::notebook::{Edition, Freshness, Note, Notebook, TranslatedFrom, Translation};
use crate::text::Wording;
use crate::values::{Fact, Origin};

/// Gives each translation of a notebook its relation to its source.
pub fn find(notebook: &mut Notebook, past: Past<'_>, host: &Host, config: &Config, wording: &Wording) {
    let mut found: Vec<(usize, usize, Translation)> = Vec::new();
    let mut finder = FreshnessFinder { notebook, past, host, config, wording, unknown: Vec::new() };
    finder.look_ahead();
    for (at, note) in written_notes(notebook) {
        for edition in 0..note.editions.len() {
            found.extend(finder.translation(note, edition).map(|translation| (at, edition, translation)));
        }
    }
    let FreshnessFinder { past, unknown, .. } = finder;
    notebook.sightings.unknown_commits = unknown;
    if let Some(archive) = past.archive {
        notebook.sightings.history = archive.gap();
    }
    for (note, edition, translation) in found {
        notebook.notes[note].editions[edition].translation = Some(translation);
    }
}

/// The notes that people wrote, by their places.
fn written_notes(notebook: &Notebook) -> impl Iterator<Item = (usize, &Note)> {
    notebook.notes.iter().enumerate().filter(|(_, note)| !note.added && !note.catalogue)
}

struct FreshnessFinder<'a, 't> {
    notebook: &'a Notebook,
    past: Past<'t>,
    host: &'a Host,
    config: &'a Config,
    wording: &'a Wording,
    /// The commits that translations name and that the history does not have.
    unknown: Vec<UnknownCommit>,
}

impl<'t> FreshnessFinder<'_, 't> {
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

    /// An edition's relation to its source; `None` for the source itself.
    fn translation(&mut self, note: &Note, edition: usize) -> Option<Translation> {
        let preferred = self.config.freshness.source.as_ref();
        let at = note.source_of(edition, preferred.map(|source| &source.value))?;
        let (source, edition) = (&note.editions[at], &note.editions[edition]);
        let confirmed = edition.translated_from.as_ref().map(|fact| fact.origin.clone());
        let declared = edition.translation_of.as_ref().map(|fact| fact.origin.clone());
        let by_config = preferred.filter(|preferred| preferred.value == source.language.value);
        let by_config = by_config.map(|preferred| Origin::Config(preferred.place()));
        let by_date = source.published.as_ref().map(|fact| fact.origin.clone());
        let origin = declared.or(by_config).or_else(|| confirmed.clone()).or(by_date).unwrap_or(Origin::Default);
        let freshness = self.freshness(source, edition);
        Some(Translation { of: Fact { value: source.language.value.clone(), origin }, freshness, confirmed })
    }

    fn freshness(&mut self, source: &Edition, edition: &Edition) -> Freshness {
        let Some((source_path, now)) = self.real(source).zip(self.text(source)) else { return Freshness::Unknown };
        let Some(path) = self.real(edition) else { return Freshness::Unknown };
        let archive = self.past.archive.as_mut().filter(|_| source.history.is_some());
        let Some(said) = edition.translated_from.as_ref() else {
            // A translation that was never committed is of nobody knows when.
            let Some(known) = archive.and_then(|archive| archive.last(&path)) else { return Freshness::Unknown };
            let freshness = self.since(source, &source_path, &now, known);
            // What is being written knows all of the history.
            return if matches!(freshness, Freshness::Behind(_)) && self.is_being_written(edition, &path) {
                Freshness::InStep
            } else {
                freshness
            };
        };
        match &said.value {
            TranslatedFrom::Commit(id) => {
                let Some(archive) = archive else { return Freshness::Unknown };
                let Some(known) = archive.named(id) else {
                    self.unknown.push(UnknownCommit {
                        file: edition.file.clone(),
                        id: id.clone(),
                        is_ambiguous: archive.begins(id),
                        place: said.origin.place().cloned().unwrap_or_else(|| Place::file(&edition.file)),
                    });
                    return Freshness::Unknown;
                };
                self.since(source, &source_path, &now, known)
            }
            TranslatedFrom::Text(fingerprint) => {
                let is = |text: &Text<'_>| text.fingerprint().is(fingerprint);
                if is(&now) {
                    return Freshness::InStep;
                }
                match archive.and_then(|archive| archive.newest(&source_path, is)) {
                    Some(known) => self.since(source, &source_path, &now, known),
                    None => Freshness::Behind(Behind {
                        commits: None,
                        days: None,
                        lines: None,
                        sections: Vec::new(),
                        since: None,
                        last: source.history.as_ref().map(|history| history.last.clone()),
                        is_worth_saying: true,
                    }),
                }
            }
        }
    }

    /// What a translation misses that knows the source as a commit has it.
    fn since(&mut self, source: &Edition, path: &str, now: &Text<'_>, known: usize) -> Freshness {
        let Some(archive) = &mut self.past.archive else { return Freshness::Unknown };
        let (changes, then) = archive.since(path, known);
        let Some(last) = changes.first().and_then(|change| archive.commit_of(*change)).cloned() else {
            return Freshness::InStep;
        };
        if then.as_ref().is_some_and(|then| then.body() == now.body()) {
            return Freshness::InStep;
        }
        let since = archive.commit(known).cloned();
        let days = since.as_ref().map(|since| usize::try_from(since.day.days_until(last.day)).unwrap_or(0));
        let (lines, sections) = match then {
            Some(then) => {
                let (added, removed, sections) = self.sections(source, &then, now);
                (Some((added, removed)), sections)
            }
            None => (None, Vec::new()),
        };
        let least = &self.config.freshness;
        let is_worth_saying = changes.len() >= least.commits
            && days.is_none_or(|days| days >= least.days)
            && lines.is_none_or(|(added, removed)| added + removed >= least.lines);
        let commits = Some(changes.len());
        Freshness::Behind(Behind { commits, days, lines, sections, since, last: Some(last), is_worth_saying })
    }

    /// How many lines are new and gone, and in which sections.
    fn sections(&self, source: &Edition, then: &Text<'_>, now: &Text<'_>) -> (usize, usize, Vec<ChangedSection>) {
        let page = source.source.as_ref().and_then(|source| self.notebook.page_of(source));
        let joined = page.is_some_and(|page| self.config.joins_lines(self.notebook.script(page)));
        let written = match page {
            Some(page) => Arc::clone(&page.written),
            None => Arc::new(now.anatomy(self.wording)),
        };
        let ids = outline::ids(&written.headings, self.host.smart_punctuation, joined);
        let older = || -> Vec<Heading> { then.anatomy(self.wording).headings };
        difference((then.body(), then.first_line()), (now.body(), now.first_line()), (&written.headings, &ids), older)
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

impl Text<'_> {
    fn anatomy(&self, wording: &Wording) -> Anatomy {
        Anatomy::of(self.whole(), front_matter::find(self.whole()).map_or(0, |block| block.end), wording)
    }
}
