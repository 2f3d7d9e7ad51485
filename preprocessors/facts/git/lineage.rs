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

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Bound;

use super::ancestry::Ancestry;
use super::log::{Header, Listener, PathChange, PathChangeKind};
use super::renames::Renames;
use crate::values::Commit;

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
    /// What the file is called since then, by the number of the path.
    pub(super) path: u32,
}

/// A file under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct NamedFile {
    /// Which path it is.
    path: u32,
    /// Which file.
    file: u32,
    /// The event of a younger commit that added it: where it was deleted with the same contents before, that was no
    /// birth.
    added: Option<u32>,
}

/// What files are called at a commit, by path and file.
type NamesAtCommit = Vec<NamedFile>;

/// A file that came out of another one together with others: the commit that moved `x.md` to `zh/x.md` also copied it to
/// `en/x.md`, to be translated. Which of them goes on with the old text is for those to say who read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parting {
    pub(super) file: u32,
    /// How many of its events are younger.
    pub(super) younger: usize,
    pub(super) commit: usize,
    /// The path that it came to.
    pub(super) path: u32,
    /// The path that all of them came from.
    pub(super) from: u32,
    /// The contents before, and those that the commit left.
    pub(super) old: String,
    pub(super) new: String,
}

/// A change of a path that is followed.
struct Seen {
    kind: PathChangeKind,
    path: u32,
    /// Which parent it is a change to.
    to: usize,
    from: u32,
    old: String,
    new: String,
}

/// A commit whose changes are still coming.
struct OpenCommit {
    commit: usize,
    names: NamesAtCommit,
    changes: Vec<Seen>,
    to: usize,
    /// The parents that have a file which is not there any more: it may be here under another name.
    deleted: BTreeSet<usize>,
    /// The names that files had before they were moved, with the parent: there may be copies of them here, too.
    moved: Vec<(usize, String)>,
}

/// The histories of some files.
pub(super) struct Lineage {
    /// The commits in the order of the log.
    pub(super) commits: Vec<Logged>,
    /// Their places by their names.
    places: BTreeMap<String, usize>,
    /// Which commits hold which, once the log was read.
    pub(super) ancestry: Ancestry,
    /// The changes of each file, newest first.
    pub(super) events: Vec<Vec<Event>>,
    /// The paths that files have had, by number, and the other way round.
    paths: HashMap<String, u32>,
    spelt: Vec<String>,
    /// The files that came out of one file together.
    pub(super) partings: Vec<Parting>,
    /// Births that were none: file and event.
    restored: HashSet<(u32, u32)>,
    /// What files are called at commits that are known only as parents.
    pending: HashMap<String, NamesAtCommit>,
    ignored: HashSet<String>,
    open: Option<OpenCommit>,
    /// Who tells which files were renamed and changed.
    renames: Renames,
}

/// A commit of the log.
pub(super) struct Logged {
    /// `None` when nobody can read its day.
    pub(super) commit: Option<Commit>,
    id: String,
    /// The names of its parents, while the log is read.
    parents: Vec<String>,
    /// Whether it is said to change no text.
    pub(super) ignored: bool,
}

impl Lineage {
    /// Follows the files at these paths of the newest commit. `ignored` are commits that are said to change no text.
    pub(super) fn new(files: &[String], ignored: HashSet<String>, renames: Renames) -> Self {
        let mut lineage = Self {
            commits: Vec::new(),
            places: BTreeMap::new(),
            ancestry: Ancestry::default(),
            events: vec![Vec::new(); files.len()],
            paths: HashMap::new(),
            spelt: Vec::new(),
            partings: Vec::new(),
            restored: HashSet::new(),
            pending: HashMap::new(),
            ignored,
            open: None,
            renames,
        };
        let names = (0..).zip(files).map(|(file, path)| NamedFile { path: lineage.path(path), file, added: None });
        let mut names: NamesAtCommit = names.collect();
        names.sort_unstable();
        lineage.pending.insert(String::new(), names);
        lineage
    }

    /// Whether a file may have been renamed and changed, and nobody could tell.
    pub(super) fn is_partial(&self) -> bool {
        self.renames.is_partial()
    }

    /// Ends the reading of the log.
    pub(super) fn finish(&mut self) {
        self.close();
        let places = |logged: &mut Logged| -> Vec<usize> {
            let parents = std::mem::take(&mut logged.parents);
            parents.iter().filter_map(|parent| self.places.get(parent).copied()).collect()
        };
        let parents: Vec<Vec<usize>> = self.commits.iter_mut().map(places).collect();
        self.ancestry = Ancestry::new(&parents);
        for parting in &mut self.partings {
            let number = |event| u32::try_from(event).unwrap_or(u32::MAX);
            let gone = (0..parting.younger).filter(|event| self.restored.contains(&(parting.file, number(*event))));
            parting.younger -= gone.count();
        }
        for (file, events) in (0..).zip(&mut self.events) {
            let mut event = 0;
            events.retain(|_| {
                event += 1;
                !self.restored.contains(&(file, event - 1))
            });
        }
    }

    /// The place of a commit, by its name or by the first digits of that; `None` when there is none, or several.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        let mut found = self.named(id);
        let (name, place) = found.next()?;
        (name == id || found.next().is_none()).then_some(*place)
    }

    /// Whether the name of any commit begins so.
    pub(super) fn begins(&self, id: &str) -> bool {
        self.named(id).next().is_some()
    }

    /// The commits whose names begin so, by their names.
    fn named<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a String, &'a usize)> {
        let behind = self.places.range::<str, _>((Bound::Included(id), Bound::Unbounded));
        behind.take_while(move |(name, _)| name.starts_with(id))
    }

    /// The path of a number.
    pub(super) fn spelt(&self, path: u32) -> &str {
        &self.spelt[path as usize]
    }

    /// The number of a path.
    fn path(&mut self, path: &str) -> u32 {
        if let Some(known) = self.paths.get(path) {
            return *known;
        }
        let number = u32::try_from(self.paths.len()).unwrap_or(u32::MAX);
        self.paths.insert(path.to_owned(), number);
        self.spelt.push(path.to_owned());
        number
    }

    fn close(&mut self) {
        let Some(OpenCommit { commit, names, mut changes, mut deleted, moved, .. }) = self.open.take() else { return };
        if names.is_empty() {
            return;
        }
        let parents = std::mem::take(&mut self.commits[commit].parents);
        // A file that was moved may have been copied as well.
        let stems: HashSet<(usize, &str)> = moved.iter().map(|(to, from)| (*to, stem(from))).collect();
        let added = changes.iter().filter(|seen| seen.kind == PathChangeKind::Added && !stems.is_empty());
        deleted.extend(
            added
                .filter(|seen| beginnings(&self.spelt[seen.path as usize]).any(|stem| stems.contains(&(seen.to, stem))))
                .map(|seen| seen.to),
        );
        for to in deleted {
            self.find_renames(commit, to, &parents, &names, &mut changes);
        }
        self.part(commit, &names, &changes);
        match parents.as_slice() {
            [] => drop(self.undo(commit, names, &changes)),
            [parent] => {
                let names = self.undo(commit, names, &changes);
                self.leave(parent, names);
            }
            parents => self.undo_merge(commit, &names, &changes, parents),
        }
        self.commits[commit].parents = parents;
    }

    /// Makes renames of additions, where the commit has them. `to` is the parent.
    fn find_renames(
        &mut self,
        commit: usize,
        to: usize,
        parents: &[String],
        names: &NamesAtCommit,
        changes: &mut [Seen],
    ) {
        let Some(parent) = parents.get(to) else { return };
        let followed = |path: u32| {
            let first = names.partition_point(|name| name.path < path);
            names[first..].iter().take_while(|name| name.path == path).any(|name| name.added.is_none())
        };
        // In a merge, only a file that no parent has as it is leads to more than one of them.
        let mut changed: HashMap<u32, BTreeSet<usize>> = HashMap::new();
        let mut added: HashMap<u32, Vec<usize>> = HashMap::new();
        for (at, seen) in changes.iter().enumerate() {
            changed.entry(seen.path).or_default().insert(seen.to);
            if seen.kind == PathChangeKind::Added && seen.to == to {
                added.entry(seen.path).or_default().push(at);
            }
        }
        if !added.keys().any(|path| followed(*path) && changed[path].len() == parents.len()) {
            return;
        }
        for rename in self.renames.of(&self.commits[commit].id, parent) {
            // What was copied to another name is another note.
            if rename.is_copy && !beginnings(&rename.path).any(|it| it == stem(&rename.from)) {
                continue;
            }
            let Some(path) = self.paths.get(&rename.path).copied() else { continue };
            let from = self.path(&rename.from);
            for at in added.remove(&path).unwrap_or_default() {
                let seen = &mut changes[at];
                (seen.kind, seen.from) = (PathChangeKind::Renamed, from);
                (seen.old, seen.new) = (rename.old.clone(), rename.new.clone());
            }
        }
    }

    /// Notes which files came out of one.
    fn part(&mut self, commit: usize, names: &NamesAtCommit, changes: &[Seen]) {
        let mut out_of: BTreeMap<(usize, u32), Vec<&Seen>> = BTreeMap::new();
        for seen in changes.iter().filter(|seen| seen.kind == PathChangeKind::Renamed) {
            out_of.entry((seen.to, seen.from)).or_default().push(seen);
        }
        for seen in out_of.into_values().filter(|several| several.len() > 1).flatten() {
            let first = names.partition_point(|name| name.path < seen.path);
            let known = names[first..].iter().take_while(|name| name.path == seen.path && name.added.is_none());
            for NamedFile { file, .. } in known {
                let younger = self.events[*file as usize].len();
                let (path, from, old, new) = (seen.path, seen.from, seen.old.clone(), seen.new.clone());
                self.partings.push(Parting { file: *file, younger, commit, path, from, old, new });
            }
        }
    }

    /// Notes what a commit changed, and undoes it: what the files are called at its parent.
    fn undo(&mut self, commit: usize, mut names: NamesAtCommit, changes: &[Seen]) -> NamesAtCommit {
        let mut renamed: HashMap<u32, u32> = HashMap::new();
        let modified = changes.iter().filter(|seen| seen.kind == PathChangeKind::Modified);
        let swapped: HashMap<(&str, &str), &Seen> =
            modified.map(|seen| ((seen.old.as_str(), seen.new.as_str()), seen)).collect();
        for seen in changes {
            let mut changed = seen.old != seen.new;
            // Two files that changed their names with each other look like two changes to git.
            if seen.kind == PathChangeKind::Modified
                && changed
                && let Some(other) = swapped.get(&(seen.new.as_str(), seen.old.as_str()))
            {
                renamed.entry(seen.path).or_insert(other.path);
                changed = false;
            }
            let first = names.partition_point(|name| name.path < seen.path);
            for name in names[first..].iter_mut().take_while(|name| name.path == seen.path) {
                match (seen.kind, name.added) {
                    // It was there before it was gone and came back.
                    (PathChangeKind::Deleted, Some(event)) if self.added(name.file, event) == seen.old => {
                        self.restored.insert((name.file, event));
                        name.added = None;
                    }
                    (PathChangeKind::Added, None) => name.added = Some(self.note(commit, name.file, seen, None)),
                    (PathChangeKind::Modified | PathChangeKind::Renamed, None) if changed => {
                        self.note(commit, name.file, seen, Some(seen.old.clone()));
                    }
                    _ => {}
                }
            }
            if seen.kind == PathChangeKind::Renamed {
                renamed.entry(seen.path).or_insert(seen.from);
            }
        }
        // Not before all are seen: two files can have changed their names with each other.
        if !renamed.is_empty() {
            for name in &mut names {
                name.path = renamed.get(&name.path).copied().unwrap_or(name.path);
            }
            names.sort_unstable();
        }
        names
    }

    /// Leaves the names at a merge for its parents.
    fn undo_merge(&mut self, commit: usize, names: &NamesAtCommit, changes: &[Seen], parents: &[String]) {
        let mut left: Vec<NamesAtCommit> = vec![NamesAtCommit::with_capacity(names.len()); parents.len()];
        let mut by_place: BTreeMap<(u32, usize), &Seen> = BTreeMap::new();
        let mut touched = vec![false; self.paths.len()];
        // A rename is a change of the name, if of nothing else.
        let changes = changes.iter().filter(|seen| seen.kind != PathChangeKind::Deleted);
        for seen in changes.filter(|seen| seen.old != seen.new || seen.kind == PathChangeKind::Renamed) {
            by_place.insert((seen.path, seen.to), seen);
            touched[seen.path as usize] = true;
        }
        for name in names {
            // Most files have nothing to do with most merges.
            if !touched[name.path as usize] {
                left.iter_mut().for_each(|left| left.push(*name));
                continue;
            }
            let change = |parent: usize| by_place.get(&(name.path, parent)).copied();
            let same = |parent: &usize| change(*parent).is_none();
            if (0..parents.len()).any(|parent| same(&parent)) {
                for parent in (0..parents.len()).filter(same) {
                    left[parent].push(*name);
                }
                continue;
            }
            let (mut old, mut new, mut moved) = (None, None, false);
            for (parent, left) in left.iter_mut().enumerate() {
                let Some(seen) = change(parent) else { continue };
                new = Some(&seen.new);
                // The same text under another name.
                moved |= seen.old == seen.new;
                if seen.kind != PathChangeKind::Added {
                    old = old.or(Some(&seen.old));
                    let path = if seen.kind == PathChangeKind::Renamed { seen.from } else { name.path };
                    left.push(NamedFile { path, ..*name });
                }
            }
            if let (Some(new), None, false) = (new, name.added, moved) {
                let merge = old.is_some();
                let event = Event { commit, merge, old: old.cloned(), new: new.clone(), path: name.path };
                self.events[name.file as usize].push(event);
            }
        }
        for (parent, mut names) in parents.iter().zip(left) {
            names.sort_unstable();
            self.leave(parent, names);
        }
    }

    /// The contents with which an event added a file.
    fn added(&self, file: u32, event: u32) -> &str {
        &self.events[file as usize][event as usize].new
    }

    /// Notes an event, and says which one of its file it is.
    fn note(&mut self, commit: usize, file: u32, seen: &Seen, old: Option<String>) -> u32 {
        let events = &mut self.events[file as usize];
        events.push(Event { commit, old, new: seen.new.clone(), merge: false, path: seen.path });
        u32::try_from(events.len() - 1).unwrap_or(u32::MAX)
    }

    /// Leaves names for a commit that is still to come.
    fn leave(&mut self, parent: &str, names: NamesAtCommit) {
        let Some(pending) = self.pending.get_mut(parent) else {
            self.pending.insert(parent.to_owned(), names);
            return;
        };
        if *pending != names {
            pending.extend(names);
            // A way on which a file is there already (`None` comes first) tells more than one on which it was added
            // later. Both parts are in order, and this sort makes use of that.
            pending.sort();
            pending.dedup_by_key(|name| (name.path, name.file));
        }
    }
}

/// The name of a file without its folders and its last extension.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// What the name of a file begins with, up to something that can stand before a language: `x` and `x_en` of `x_en.md`.
fn beginnings(path: &str) -> impl Iterator<Item = &str> {
    let stem = stem(path);
    let ends = stem.char_indices().filter(|(_, c)| !c.is_alphanumeric()).map(|(at, _)| at);
    ends.chain([stem.len()]).map(|end| &stem[..end])
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
            });
            let (changes, deleted, moved) = Default::default();
            self.open = Some(OpenCommit { commit, names, changes, to: 0, deleted, moved });
        }
        if let Some(open) = &mut self.open {
            let parents = &self.commits[open.commit].parents;
            open.to = header.from.and_then(|from| parents.iter().position(|parent| *parent == from)).unwrap_or(0);
        }
    }

    fn change(&mut self, change: PathChange<'_>) {
        let PathChange { kind, old, new, from, path } = change;
        let Some(open) = &mut self.open else { return };
        match kind {
            PathChangeKind::Deleted => drop(open.deleted.insert(open.to)),
            PathChangeKind::Renamed => open.moved.push((open.to, from.to_owned())),
            PathChangeKind::Added | PathChangeKind::Modified => {}
        }
        let Some(&path) = self.paths.get(path) else { return };
        if open.names.binary_search_by_key(&path, |name| name.path).is_err() {
            return;
        }
        let to = open.to;
        let from = if kind == PathChangeKind::Renamed { self.path(from) } else { path };
        let seen = Seen { kind, path, to, from, old: old.to_owned(), new: new.to_owned() };
        self.open.as_mut().expect("it is open").changes.push(seen);
    }
}

#[cfg(test)]
mod tests {
    use super::super::log;
    use super::*;

    /// A commit of a log: `name parents: changes`, newest first, where a change is `A path contents`, `D path contents`,
    /// `M path old new` or `R from path old new`. A merge has one line for each parent, `name>parent parents: …`.
    fn follow(files: &[&str], lines: &[&str]) -> Vec<Vec<String>> {
        let mut log = String::new();
        for line in lines {
            let (head, changes) = line.split_once(':').unwrap();
            let (name, parents) = head.split_once(' ').unwrap_or((head, ""));
            let (name, from) = name.split_once('>').map_or((name, None), |(name, from)| (name, Some(from)));
            let from = from.map(|from| format!(" (from {from})")).unwrap_or_default();
            log += &format!("commit {name}{from}\n");
            log.extend(parents.split_whitespace().map(|parent| format!("parent {parent}\n")));
            log += "author A <a> 86400 +0000\n\n    x\n";
            for change in changes.split(',').filter(|change| !change.trim().is_empty()) {
                let words: Vec<&str> = change.split_whitespace().collect();
                let (old, new, paths) = match words.as_slice() {
                    ["A", path, new] => ("0", *new, format!("A\0{path}")),
                    ["D", path, old] => (*old, "0", format!("D\0{path}")),
                    ["M", path, old, new] => (*old, *new, format!("M\0{path}")),
                    ["R", from, path, old, new] => (*old, *new, format!("R100\0{from}\0{path}")),
                    other => panic!("{other:?}"),
                };
                // The first one stands in one piece with its commit.
                let lead = if log.ends_with('\0') { "" } else { "\n" };
                log += &format!("{lead}:100644 100644 {old} {new} {paths}\0");
            }
            log.push('\0');
        }
        let files: Vec<String> = files.iter().map(|file| (*file).to_owned()).collect();
        let nowhere = Renames::new(std::path::Path::new("/nowhere"));
        let mut lineage = Lineage::new(&files, HashSet::new(), nowhere);
        log::read(log.as_bytes(), &[], &mut lineage).unwrap();
        lineage.finish();
        let told = |event: &Event| {
            let id = &lineage.commits[event.commit].id;
            let old = event.old.as_deref().unwrap_or("-");
            format!("{id} {old}→{}{}", event.new, if event.merge { " merge" } else { "" })
        };
        lineage.events.iter().map(|events| events.iter().map(told).collect()).collect()
    }

    #[test]
    fn names_are_undone_on_the_way_back() {
        let log = ["d c: M c.md 2 3", "c b: R b.md c.md 2 2", "b a: R a.md b.md 1 2", "a: A a.md 1, A x.md 9"];
        assert_eq!(follow(&["c.md"], &log), [["d 2→3", "b 1→2", "a -→1"]]);
        let log = ["c b: M a.md 1 2, M b.md 2 1", "b a: A b.md 2", "a: A a.md 1"];
        assert_eq!(follow(&["a.md", "b.md"], &log), [["b -→2"], ["a -→1"]]);
    }

    #[test]
    fn what_came_back_was_not_born_again() {
        let log = ["d c: M a.md 2 3", "c b: A a.md 2", "b a: D a.md 2", "a: A a.md 2"];
        assert_eq!(follow(&["a.md"], &log), [["d 2→3", "a -→2"]]);
        let log = ["c b: A a.md 2", "b a: D a.md 1", "a: A a.md 1"];
        assert_eq!(follow(&["a.md"], &log), [["c -→2"]]);
    }

    #[test]
    fn a_merge_leads_where_a_file_is_the_same() {
        let log = ["m>p p q: M a.md 1 2", "q a: M a.md 1 2", "p a: M x.md 8 9", "a: A a.md 1, A x.md 8"];
        assert_eq!(follow(&["a.md"], &log), [["q 1→2", "a -→1"]]);
        let both = ["m>p p q: M a.md 2 4", "m>q p q: M a.md 3 4", "q a: M a.md 1 3", "p a: M a.md 1 2", "a: A a.md 1"];
        assert_eq!(follow(&["a.md"], &both), [["m 2→4 merge", "q 1→3", "p 1→2", "a -→1"]]);
        let born = ["m>p p q r: A a.md 5", "m>q p q r: A a.md 5", "m>r p q r: A a.md 5", "r a:", "q a:", "p a:", "a:"];
        assert_eq!(follow(&["a.md"], &born), [["m -→5"]]);
    }
}
