//! Which files belong together, while evidence comes in piece by piece.

use std::collections::{BTreeMap, BTreeSet};

/// Files that belong together.
pub(crate) struct Sets<'a> {
    of: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
    apart: &'a BTreeSet<(usize, usize)>,
}

impl<'a> Sets<'a> {
    /// Each file alone.
    pub(crate) fn new(len: usize, apart: &'a BTreeSet<(usize, usize)>) -> Self {
        Self { of: (0..len).collect(), members: (0..len).map(|at| (at, vec![at])).collect(), apart }
    }

    /// The set of a file, named by one of its files.
    pub(crate) fn of(&self, at: usize) -> usize {
        self.of[at]
    }

    /// The files of a set.
    pub(crate) fn members(&self, set: usize) -> &[usize] {
        &self.members[&set]
    }

    /// How many files are in the set of a file.
    pub(crate) fn len(&self, at: usize) -> usize {
        self.members[&self.of[at]].len()
    }

    /// Makes two sets one, unless somebody wants two of their files apart.
    pub(crate) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if a == b {
            return true;
        }
        let apart = |x: usize, y: usize| self.apart.contains(&(x.min(y), x.max(y)));
        if !self.apart.is_empty() && self.members[&a].iter().any(|x| self.members[&b].iter().any(|y| apart(*x, *y))) {
            return false;
        }
        let moved = self.members.remove(&b).unwrap_or_default();
        for at in &moved {
            self.of[*at] = a;
        }
        self.members.entry(a).or_default().extend(moved);
        true
    }

    /// Every set, each in the order in which its files came to it.
    pub(crate) fn all(self) -> impl Iterator<Item = Vec<usize>> {
        self.members.into_values()
    }
}
