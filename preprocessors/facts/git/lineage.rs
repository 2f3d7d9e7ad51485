//! Follows files through a history, from the newest commit to the oldest.
//!
//! ```text
//!   HEAD        zh.md         each commit that is still to come knows what the files that are followed are called in it
//!    │ R notes.md → zh.md
//!   older       notes.md      a rename is undone on the way to the parent, an addition ends the way
//! ```
//!
//! A merge leads to the parents in which a file is the same; where it is the same in none, to all that have it, and the
//! file is since then what the merge made of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::log::{Change, Header, Kind, Listener};
use crate::notebook::Commit;

/// A commit that changed a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// Its place in the log, newest first.
    pub(super) commit: usize,
    /// The contents before it; `None` where the file was born.
    pub(super) old: Option<String>,
    /// The contents that it left.
    pub(super) new: String,
    /// Whether it is a merge whose result is in none of its parents. It is no work of its own, but what a file has held
    /// since.
    pub(super) merge: bool,
}

/// Where a file is at a commit that is still to come.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Followed {
    file: usize,
    /// It was added by a younger commit, with these contents and as this event: where it was deleted with the same
    /// contents before, that was no birth.
    added: Option<(String, usize)>,
}

/// What files are called at a commit.
type Names = BTreeMap<String, Vec<Followed>>;

/// A change of a path that is followed.
struct Seen {
    kind: Kind,
    old: String,
    new: String,
    from: String,
    path: String,
}

/// A commit whose changes are still coming.
struct Open {
    commit: usize,
    names: Names,
    /// The changes to each parent; to the only one, or to none, without its name.
    changes: BTreeMap<usize, Vec<Seen>>,
    to: usize,
}

/// The histories of some files.
#[derive(Default)]
pub(super) struct Lineage {
    /// The commits in the order of the log, each with the places of its parents.
    pub(super) commits: Vec<Logged>,
    places: HashMap<String, usize>,
    /// The changes of each file, newest first.
    pub(super) events: Vec<Vec<Event>>,
    /// Births that were none.
    restored: HashSet<(usize, usize)>,
    /// Commits that are known only as parents.
    pending: HashMap<String, Names>,
    ignored: HashSet<String>,
    open: Option<Open>,
}

/// A commit of the log.
pub(super) struct Logged {
    /// `None` when nobody can read its day.
    pub(super) commit: Option<Commit>,
    id: String,
    /// The names of its parents, while the log is read.
    parents: Vec<String>,
    /// The places of its parents, once it was.
    above: Vec<usize>,
    /// Whether it is said to change no text.
    pub(super) ignored: bool,
}

impl Lineage {
    /// Follows the files at these paths of the newest commit. `ignored` are commits that are said to change no text.
    pub(super) fn new(files: &[String], ignored: HashSet<String>) -> Self {
        let mut names = Names::new();
        for (file, path) in files.iter().enumerate() {
            names.entry(path.clone()).or_default().push(Followed { file, added: None });
        }
        let pending = HashMap::from([(String::new(), names)]);
        Self { events: vec![Vec::new(); files.len()], ignored, pending, ..Self::default() }
    }

    /// Ends the reading of the log.
    pub(super) fn finish(&mut self) {
        self.close();
        for logged in &mut self.commits {
            logged.above = logged.parents.iter().filter_map(|parent| self.places.get(parent).copied()).collect();
        }
        for (file, events) in self.events.iter_mut().enumerate() {
            let mut at = 0;
            events.retain(|_| {
                at += 1;
                !self.restored.contains(&(file, at - 1))
            });
        }
    }

    /// The place of a commit, by its name or by the first digits of that; `None` when there is none, or several.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        if let Some(place) = self.places.get(id) {
            return Some(*place);
        }
        let mut found = self.commits.iter().enumerate().filter(|(_, logged)| logged.id.starts_with(id));
        let (place, _) = found.next()?;
        found.next().is_none().then_some(place)
    }

    /// The commits that a commit holds, itself among them, down to the place `oldest`: for each place, whether it is
    /// one.
    pub(super) fn ancestors(&self, of: usize, oldest: usize) -> Vec<bool> {
        let mut held = vec![false; self.commits.len()];
        let mut waiting = vec![of];
        while let Some(at) = waiting.pop() {
            // Parents come behind their children, so nothing beyond that place leads back to one before it.
            if at <= oldest && !std::mem::replace(&mut held[at], true) {
                waiting.extend(&self.commits[at].above);
            }
        }
        held
    }

    fn close(&mut self) {
        let Some(Open { commit, names, mut changes, .. }) = self.open.take() else { return };
        let parents = self.commits[commit].parents.clone();
        if names.is_empty() {
            return;
        }
        if parents.len() < 2 {
            let names = self.undo(commit, names, &changes.remove(&0).unwrap_or_default());
            if let Some(parent) = parents.into_iter().next() {
                self.leave(parent, names);
            }
            return;
        }
        let mut left: Vec<Names> = vec![Names::new(); parents.len()];
        for (path, files) in names {
            let change = |parent: &usize| -> Option<&Seen> {
                let seen = changes.get(parent)?.iter().find(|seen| seen.path == path && seen.kind != Kind::Deleted)?;
                (seen.kind != Kind::Modified || seen.old != seen.new).then_some(seen)
            };
            let all: Vec<(usize, Option<&Seen>)> = (0..parents.len()).map(|parent| (parent, change(&parent))).collect();
            let is_same = all.iter().any(|(_, change)| change.is_none());
            let mut old = None;
            for (parent, change) in &all {
                let name = match change {
                    None => &path,
                    Some(_) if is_same => continue,
                    Some(Seen { kind: Kind::Added, .. }) => continue,
                    Some(Seen { kind: Kind::Renamed, from, .. }) => from,
                    Some(_) => &path,
                };
                old = old.or_else(|| change.map(|seen| seen.old.clone()));
                left[*parent].entry(name.clone()).or_default().extend(files.iter().cloned());
            }
            // In each parent something else, or nothing at all.
            if let Some(new) = all.iter().find_map(|(_, change)| Some(&change.as_ref()?.new)).filter(|_| !is_same) {
                for followed in files.iter().filter(|followed| followed.added.is_none()) {
                    let event = Event { commit, merge: old.is_some(), old: old.clone(), new: new.clone() };
                    self.events[followed.file].push(event);
                }
            }
        }
        for (parent, names) in parents.into_iter().zip(left) {
            self.leave(parent, names);
        }
    }

    /// Notes what a commit changed, and undoes it: what the files are called at its parent.
    fn undo(&mut self, commit: usize, mut names: Names, changes: &[Seen]) -> Names {
        let mut back: Vec<(String, Vec<Followed>)> = Vec::new();
        for seen in changes {
            let changed = seen.old != seen.new;
            match seen.kind {
                Kind::Deleted => {
                    // It was there before it was gone and came back.
                    for followed in names.get_mut(&seen.path).into_iter().flatten() {
                        if let Some((_, event)) = followed.added.take_if(|(new, _)| *new == seen.old) {
                            self.restored.insert((followed.file, event));
                        }
                    }
                }
                Kind::Added => {
                    for followed in names.get_mut(&seen.path).into_iter().flatten() {
                        if followed.added.is_none() {
                            let event = self.note(commit, followed.file, None, &seen.new);
                            followed.added = Some((seen.new.clone(), event));
                        }
                    }
                }
                Kind::Renamed => {
                    let Some(files) = names.remove(&seen.path) else { continue };
                    for followed in files.iter().filter(|followed| changed && followed.added.is_none()) {
                        self.note(commit, followed.file, Some(&seen.old), &seen.new);
                    }
                    // Not before all are undone: two files can have changed their names with each other.
                    back.push((seen.from.clone(), files));
                }
                Kind::Modified => {
                    for followed in names.get(&seen.path).into_iter().flatten() {
                        if changed && followed.added.is_none() {
                            self.note(commit, followed.file, Some(&seen.old), &seen.new);
                        }
                    }
                }
            }
        }
        for (path, files) in back {
            names.entry(path).or_default().extend(files);
        }
        names
    }

    /// Notes an event, and says which one of its file it is.
    fn note(&mut self, commit: usize, file: usize, old: Option<&str>, new: &str) -> usize {
        let event = Event { commit, old: old.map(str::to_owned), new: new.to_owned(), merge: false };
        self.events[file].push(event);
        self.events[file].len() - 1
    }

    /// Leaves names for a commit that is still to come.
    fn leave(&mut self, parent: String, names: Names) {
        let pending = self.pending.entry(parent).or_default();
        if pending.is_empty() {
            *pending = names;
            return;
        }
        for (path, files) in names {
            let known = pending.entry(path).or_default();
            for followed in files {
                match known.iter_mut().find(|other| other.file == followed.file) {
                    // A way on which it is there already tells more than one on which it was added later.
                    Some(other) if followed.added.is_none() => other.added = None,
                    Some(_) => {}
                    None => known.push(followed),
                }
            }
        }
    }
}

impl Listener for Lineage {
    fn commit(&mut self, header: Header) {
        let again = self.open.as_ref().is_some_and(|open| self.commits[open.commit].id == header.id);
        if !again {
            self.close();
            let commit = self.commits.len();
            // The first commit is the one that the files were looked up in.
            let start = if commit == 0 { self.pending.remove("") } else { None };
            let names = start.or_else(|| self.pending.remove(&header.id)).unwrap_or_default();
            self.places.insert(header.id.clone(), commit);
            self.commits.push(Logged {
                commit: header.day.map(|day| Commit { id: header.id.clone(), day }),
                ignored: header.marked || self.ignored.contains(&header.id),
                id: header.id,
                parents: header.parents,
                above: Vec::new(),
            });
            self.open = Some(Open { commit, names, changes: BTreeMap::new(), to: 0 });
        }
        if let Some(open) = &mut self.open {
            let parents = &self.commits[open.commit].parents;
            open.to = header.from.and_then(|from| parents.iter().position(|parent| *parent == from)).unwrap_or(0);
        }
    }

    fn change(&mut self, change: Change<'_>) {
        let Some(open) = &mut self.open else { return };
        if open.names.contains_key(change.path) {
            let Change { kind, old, new, from, path } = change;
            let own = str::to_owned;
            let seen = Seen { kind, old: own(old), new: own(new), from: own(from), path: own(path) };
            open.changes.entry(open.to).or_default().push(seen);
        }
    }
}
