//! What git knows of the notes: when each file came, when its text last changed, and what it was before.
//!
//! One streamed `git log` for the whole tree (`log`), which runs while the notes are read and is followed file by file
//! (`lineage`), one `git diff-tree` for the few commits in which a file may have got another name and another text
//! (`renames`), and `git cat-file` for the few contents that have to be looked at (`contents`). No process is started
//! for a note, and none that a repository could name (`process`).
//!
//! A repository without its whole history tells no dates: in a shallow clone each file seems to have come with the last
//! commit.

use std::collections::{BTreeMap, HashSet};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::text::Text;
use crate::config::HistoryConfig;
use crate::diagnostic::Message;
use crate::files;
use crate::notebook::sightings::HistoryGap;
use crate::text::Prose;
use crate::values::{Commit, History};

mod ancestry;
mod contents;
pub mod layout;
mod lineage;
mod log;
mod missed;
mod process;
pub mod pushed;
mod renames;

#[cfg(fuzzing)]
use ancestry::ContentChange;
use contents::Contents;
use lineage::{Event, Lineage, Parting};
use missed::Missed;
use process::{Failure, Running};
use renames::Renames;

/// The file, at the root of a repository, of commits that change no text: `git blame` looks past them as well.
const IGNORED: &str = ".git-blame-ignore-revs";

/// The history of some files.
pub(crate) struct Archive<'t> {
    lineage: Lineage,
    /// File → its place in the lineage.
    files: BTreeMap<String, usize>,
    /// Whether it is of a clone that leaves contents out.
    is_partial: bool,
    contents: Contents<'t>,
    /// The files that hold what the last commit left.
    clean: HashSet<usize>,
    /// The files whose newest change needs no reading to be one of the text.
    longer: HashSet<usize>,
}

/// A change of a text that a translation may miss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextChange {
    file: usize,
    event: usize,
}

/// A history that git is going through.
pub(crate) struct Search {
    repository: PathBuf,
    /// `None` for a clone that has only a part of it.
    log: Result<Option<Running>, Failure>,
}

impl Search {
    /// Sends git through the history of a repository.
    pub(crate) fn start(repository: &Path) -> Self {
        let is_whole = !layout::common(repository).join("shallow").exists();
        let log = match layout::endless(repository) {
            Some(file) => Err(Failure::Other(format!("{} is no file", file.display()))),
            None => is_whole.then(|| Running::start(repository, log::ARGS)).transpose(),
        };
        Self { repository: repository.to_owned(), log }
    }

    /// Reads the history of the files at these paths from the root of the repository.
    ///
    /// # Errors
    /// When there is none to be read, or not all of it.
    pub(crate) fn archive<'t>(self, paths: Vec<String>, config: &HistoryConfig) -> Result<Archive<'t>, HistoryGap> {
        let repository = self.repository;
        let followed = self.log.and_then(|log| log.map(|log| follow(log, &repository, &paths, config)).transpose());
        let followed = followed.map_err(|failure| HistoryGap::Missing(missing(&failure, &repository)))?;
        let lineage = followed.ok_or(HistoryGap::Shallow)?;
        let files = paths.into_iter().enumerate().map(|(place, path)| (path, place)).collect();
        Ok(Archive {
            lineage,
            files,
            is_partial: layout::is_partial(&layout::common(&repository)),
            contents: Contents::new(&repository),
            clean: HashSet::new(),
            longer: HashSet::new(),
        })
    }
}

impl<'t> Archive<'t> {
    /// What git could not tell, once everything was asked.
    pub(crate) fn gap(&self) -> Option<HistoryGap> {
        // A clone that says so may still have all that was asked for, and one that says nothing may lack it.
        if self.is_partial {
            return Some(HistoryGap::Filtered);
        }
        (self.lineage.is_partial() || self.contents.lacks_any()).then_some(HistoryGap::Unreadable)
    }

    /// What git knows of the text of each file; a file that was never committed is left out. `now` is what the files
    /// hold.
    pub(crate) fn histories<'a, K: Clone>(&mut self, now: &'a [(K, &'a str, Rc<Text<'t>>)]) -> Vec<(K, History)> {
        self.part(now);
        self.compare_newest(now);
        let known = now.iter().filter_map(|(key, path, _)| Some((key.clone(), self.history(path)?)));
        known.collect()
    }

    /// Gives the history of a file that was moved and copied in one commit to the copy in the language of the old text: the
    /// others were made to be translated, and began with that commit. Where all are in that language, or none is, all are
    /// as old as the text.
    fn part<K>(&mut self, now: &[(K, &str, Rc<Text<'t>>)]) {
        let partings = std::mem::take(&mut self.lineage.partings);
        if partings.is_empty() {
            return;
        }
        let texts: BTreeMap<usize, &Rc<Text<'t>>> =
            now.iter().filter_map(|(_, path, text)| Some((*self.files.get(*path)?, text))).collect();
        self.contents.read_texts(partings.iter().map(|parting| parting.old.as_str()));
        let mut groups: BTreeMap<(usize, u32), Vec<Parting>> = BTreeMap::new();
        for parting in partings {
            groups.entry((parting.commit, parting.from)).or_default().push(parting);
        }
        // The oldest first: what a younger one takes away, an older one need not look at.
        for group in groups.into_values().rev() {
            let Some(old) = self.contents.text(&group[0].old).map(|text| Prose::of(text.body())) else { continue };
            let goes_on = |parting: &Parting| {
                texts.get(&(parting.file as usize)).is_none_or(|text| Prose::of(text.body()).is_like(&old))
            };
            let (kept, others): (Vec<Parting>, Vec<Parting>) = group.into_iter().partition(goes_on);
            if kept.is_empty() {
                continue;
            }
            for Parting { file, younger, commit, path, new, .. } in others {
                let events = &mut self.lineage.events[file as usize];
                events.truncate(younger);
                events.push(Event { commit, old: None, new, merge: false, path });
            }
        }
    }

    /// Finds out of which files the newest change made the text another one, without reading more than has to be.
    fn compare_newest<K>(&mut self, now: &[(K, &str, Rc<Text<'t>>)]) {
        let mut changed: Vec<(usize, Option<&Rc<Text<'t>>>)> = Vec::new();
        for (_, path, text) in now {
            let Some(&file) = self.files.get(*path) else { continue };
            // A file that changed once was born then.
            let [newest, _, ..] = self.lineage.events[file].as_slice() else { continue };
            // Mostly it holds what the last commit left, and then nobody has to read that.
            let is_clean = self.contents.is(&newest.new, text);
            if is_clean {
                self.clean.insert(file);
            }
            changed.push((file, is_clean.then_some(text)));
        }
        let events = &self.lineage.events;
        let old = |file: usize| events[file][0].old.as_deref();
        let sizes = self.contents.sizes(changed.iter().filter_map(|(file, text)| text.and(old(*file))));
        // A text that is longer than the whole older file is another one, and most changes are of this kind.
        let is_another = |text: &Text<'_>, size: usize| size < text.body().len();
        let mut unknown: Vec<&str> = Vec::new();
        for (file, text) in changed {
            let size = old(file).and_then(|old| sizes.get(old));
            if text.zip(size).is_some_and(|(text, size)| is_another(text, *size)) {
                self.longer.insert(file);
            } else {
                unknown.extend(old(file).into_iter().chain([events[file][0].new.as_str()]));
            }
        }
        self.contents.read_texts(unknown);
    }

    fn history(&mut self, path: &str) -> Option<History> {
        let file = *self.files.get(path)?;
        // Of two births on two branches, the older one counts.
        let birth = self.lineage.events[file].iter().rfind(|event| event.old.is_none())?;
        let (born, came_as) = (birth.commit, self.lineage.spelt(birth.path).to_owned());
        let first = self.lineage.commits[born].commit.clone()?;
        let last = self.last_change(file).unwrap_or(born);
        let last = self.lineage.commits[last].commit.clone()?;
        Some(History { first, came_as, last, age: born })
    }

    /// The commit that last changed a text, in the order of the log.
    fn last_change(&mut self, file: usize) -> Option<usize> {
        let mut event = 0;
        while let Some(found) = self.lineage.events[file].get(event) {
            let commit = found.commit;
            let logged = &self.lineage.commits[commit];
            let may_count = !logged.ignored && logged.commit.is_some();
            let is_known = event == 0 && self.longer.contains(&file) && may_count;
            if is_known || self.counts(TextChange { file, event }) {
                return Some(commit);
            }
            event += 1;
        }
        None
    }

    fn event(&self, change: TextChange) -> &Event {
        &self.lineage.events[change.file][change.event]
    }

    /// Whether a change is one of the text, by what it did and by what its authors say.
    fn counts(&mut self, change: TextChange) -> bool {
        let event = self.event(change);
        let logged = &self.lineage.commits[event.commit];
        if logged.ignored || logged.commit.is_none() {
            return false;
        }
        let Some(old) = event.old.clone() else { return true };
        let new = event.new.clone();
        match (self.contents.text(&new), self.contents.text(&old)) {
            (Some(new), Some(old)) => new.body() != old.body(),
            _ => true,
        }
    }

    /// Whether a file holds another text than the newest commit.
    pub(crate) fn is_being_written(&mut self, path: &str, now: &Rc<Text<'t>>) -> bool {
        let is_newest = |file: &usize| {
            let newest = self.lineage.events[*file].first();
            self.clean.contains(file) || newest.is_some_and(|newest| now.is_object(&newest.new))
        };
        if self.files.get(path).is_some_and(is_newest) {
            return false;
        }
        let Some(committed) = self.contents.newest(path) else { return false };
        if self.contents.is(&committed, now) {
            return false;
        }
        self.contents.text(&committed).is_some_and(|committed| committed.body() != now.body())
    }

    /// The place of the commit that last changed the text of a file.
    pub(crate) fn last(&mut self, path: &str) -> Option<usize> {
        let file = *self.files.get(path)?;
        self.last_change(file)
    }

    /// The place of a commit that an author names; `None` when there is none, or several.
    pub(crate) fn named(&self, id: &str) -> Option<usize> {
        self.lineage.place(id)
    }

    /// Whether the name of any commit begins so.
    pub(crate) fn begins(&self, id: &str) -> bool {
        self.lineage.begins(id)
    }

    /// A commit at its place.
    pub(crate) fn commit(&self, place: usize) -> Option<&Commit> {
        self.lineage.commits[place].commit.as_ref()
    }

    /// The place of the newest commit that left a text of a file for which `is` holds.
    pub(crate) fn newest(&mut self, path: &str, is: impl Fn(&Text<'t>) -> bool) -> Option<usize> {
        let file = *self.files.get(path)?;
        for event in 0..self.lineage.events[file].len() {
            let Event { new, commit, .. } = self.event(TextChange { file, event }).clone();
            if self.contents.text(&new).is_some_and(|text| is(&text)) {
                return Some(commit);
            }
        }
        None
    }

    /// The changes of a file's text that a commit does not hold, newest first, and the text that it does hold, where there
    /// are any.
    ///
    /// A change that was made on two branches, as a cherry-pick makes it, is one, and a merge is none but where nothing
    /// else made the text another one.
    pub(crate) fn since(&mut self, path: &str, known: usize) -> (Vec<TextChange>, Option<Rc<Text<'t>>>) {
        let Some(&file) = self.files.get(path) else { return (Vec::new(), None) };
        let missed = self.lineage.missed(file, known);
        self.contents.read_texts(self.lineage.texts_of(file, &missed));
        let Missed { mut changes, merge, then } = missed;
        if changes.is_empty() && merge.is_none() {
            return (Vec::new(), None);
        }
        changes.retain(|event| self.counts(TextChange { file, event: *event }));
        let then = then.and_then(|then| self.contents.text(&then));
        let now = self.lineage.events[file].first().map(|event| event.new.clone());
        // What nobody wrote but in a merge is missed all the same.
        if changes.is_empty()
            && let (Some(merge), Some(then), Some(now)) = (merge, &then, now)
            && self.contents.text(&now).is_some_and(|now| now.body() != then.body())
        {
            changes.push(merge);
        }
        (changes.into_iter().map(|event| TextChange { file, event }).collect(), then)
    }

    /// Reads at once what [`Archive::since`] will look at for each of these files and commits. Who asks git for one text
    /// after the other waits for each.
    pub(crate) fn look_ahead(&mut self, questions: &[(String, usize)]) {
        let files = questions.iter().filter_map(|(path, known)| Some((*self.files.get(path)?, *known)));
        let missed: Vec<(usize, Missed)> =
            files.map(|(file, known)| (file, self.lineage.missed(file, known))).collect();
        self.contents.read_texts(missed.iter().flat_map(|(file, missed)| self.lineage.texts_of(*file, missed)));
    }

    /// The commit of a change.
    pub(crate) fn commit_of(&self, change: TextChange) -> Option<&Commit> {
        self.commit(self.event(change).commit)
    }
}

/// Follows the files through the log.
fn follow(mut log: Running, repository: &Path, paths: &[String], config: &HistoryConfig) -> Result<Lineage, Failure> {
    let mut lineage = Lineage::new(paths, ignored(repository), Renames::new(repository));
    let read = log::read(BufReader::with_capacity(64 << 10, &mut log), &config.ignore, &mut lineage);
    // One that goes on talking is ended, and not waited for.
    read.map_err(|error| Failure::Other(error.to_string()))?;
    log.end()?;
    lineage.finish();
    Ok(lineage)
}

/// The commits that the repository says change no text.
fn ignored(repository: &Path) -> HashSet<String> {
    let path = repository.join(IGNORED);
    // A link could lead anywhere.
    let text = if path.is_symlink() { String::new() } else { files::text(&path).unwrap_or_default() };
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim().to_ascii_lowercase());
    // git itself takes whole names only.
    lines.filter(|id| matches!(id.len(), 40 | 64) && id.bytes().all(|byte| byte.is_ascii_hexdigit())).collect()
}

/// Why there is no history, and what to do.
fn missing(failure: &Failure, repository: &Path) -> Message {
    let what = "so notes get no dates from git";
    match failure {
        Failure::NoGit => Message::new(format!("there is no git on the PATH, {what}"), "install git"),
        Failure::OldGit => Message::new(
            format!("this git does not know all that it is asked for, {what}"),
            "install git 2.31 or a newer one",
        ),
        Failure::NoRepository if repository.join(".git").exists() => Message::new(
            format!("git does not take .git for a repository, {what}"),
            "mend it, or clone the repository again",
        ),
        Failure::NoRepository => Message::new(
            format!("the book lies in no git repository, {what}"),
            "make one with `git init`, or write git = false in [preprocessor.bilingual.history]",
        ),
        Failure::Owner => Message::new(
            format!("the repository belongs to another user and git does not trust it, {what}"),
            format!("run git config --global --add safe.directory '{}'", repository.display()),
        ),
        Failure::NoCommit => Message::new(format!("the repository has no commit yet, {what}"), "commit the notes"),
        Failure::Other(said) => {
            Message::new(format!("git cannot read the history ({said}), {what}"), "mend the repository")
        }
    }
}

/// Reads a log as the history of two files, twice, and checks that both readings agree and hold together.
#[cfg(fuzzing)]
pub(crate) fn check_log(log: &[u8]) {
    let follow = || {
        let files = ["a.md".to_owned(), "b/c.md".to_owned()];
        let mut lineage = Lineage::new(&files, HashSet::new(), Renames::new(Path::new("/nowhere/at/all")));
        log::read(log, &["[typo]".to_owned()], &mut lineage).ok()?;
        lineage.finish();
        Some(lineage)
    };
    let (Some(lineage), Some(again)) = (follow(), follow()) else { return };
    assert_eq!(lineage.events, again.events, "two readings differ");
    for events in &lineage.events {
        let commits: Vec<usize> = events.iter().map(|event| event.commit).collect();
        assert!(commits.is_sorted() && commits.iter().all(|commit| *commit < lineage.commits.len()));
        let (Some(&newest), Some(&oldest)) = (commits.first(), commits.last()) else { continue };
        let held = lineage.ancestry.held(newest, oldest);
        assert!(held.has(newest));
        let made = events.iter().map(|event| ContentChange {
            commit: event.commit,
            change: (event.old.as_deref(), &event.new),
            held: held.has(event.commit),
        });
        let made: Vec<ContentChange> = made.collect();
        assert_eq!(lineage.ancestry.picked(&made).len(), events.len());
    }
}
