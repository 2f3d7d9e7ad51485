//! Which changes of a file a commit does not hold, as far as it is told without looking at a text.

use super::ancestry::ContentChange;
use super::lineage::Lineage;

/// The changes of a file that a commit does not hold. All are events of the file, by their places.
#[derive(Debug, Default)]
pub(super) struct Missed {
    /// Those that may be changes of its text, newest first.
    pub(super) changes: Vec<usize>,
    /// The newest merge, which is a change of its own where there is no other.
    pub(super) merge: Option<usize>,
    /// The name of what the commit holds.
    pub(super) then: Option<String>,
}

impl Lineage {
    /// What a commit, by its place, does not hold of a file.
    pub(super) fn missed(&self, file: usize, known: usize) -> Missed {
        let events = &self.events[file];
        let oldest = events.iter().map(|event| event.commit).max().unwrap_or(0);
        let held = self.ancestry.held(known, oldest);
        let (mut changes, mut made, mut merge) = (Vec::new(), Vec::new(), None);
        for (at, event) in events.iter().enumerate() {
            let held = held.has(event.commit);
            if event.merge && !held {
                merge = merge.or(Some(at));
                continue;
            }
            changes.push(at);
            made.push(ContentChange { commit: event.commit, change: (event.old.as_deref(), &event.new), held });
        }
        let picked = self.ancestry.picked(&made);
        let then = made.iter().find(|made| made.held).map(|made| made.change.1.to_owned());
        let mut is_missed = made.iter().zip(&picked).map(|(made, picked)| !made.held && !picked);
        changes.retain(|_| is_missed.next().unwrap_or(false));
        Missed { changes, merge, then }
    }

    /// The names of the contents that tell which of these are changes of the text. Where nothing is missed, there are none.
    pub(super) fn texts_of<'a>(&'a self, file: usize, missed: &'a Missed) -> impl Iterator<Item = &'a str> {
        let Missed { changes, merge, then } = missed;
        let is_any = !changes.is_empty() || merge.is_some();
        let changes = changes.iter().map(move |at| &self.events[file][*at]);
        let contents = changes.flat_map(|event| event.old.as_deref().into_iter().chain([event.new.as_str()]));
        contents.chain(then.as_deref().filter(|_| is_any))
    }
}
