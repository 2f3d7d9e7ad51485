//! Which commits a commit holds.
//!
//! ```text
//! o──o──o──┬──o──o──┬──o      the commits between two forks or merges are a run: here there are four
//!          └──o─────┘
//! ```
//!
//! Of two commits in one run, the newer one holds the older one. All other questions are questions about runs, and a
//! history without branches is a single run, however long it is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The commits of a history by what they hold. A place is one in the log, where children come before their parents.
#[derive(Debug, Default)]
pub(super) struct Ancestry {
    /// The run of each commit. Runs are numbered in the order of their newest commits.
    runs: Vec<usize>,
    /// The place of the newest commit of each run.
    newest: Vec<usize>,
    /// The runs that the oldest commit of each run follows upon.
    above: Vec<Vec<usize>>,
}

/// What a commit holds.
pub(super) struct Held<'a> {
    ancestry: &'a Ancestry,
    by: usize,
    /// For each run that its own run follows upon, whether it is held.
    runs: Vec<bool>,
}

/// A change of a file from one content to another.
pub(super) struct ContentChange<'a> {
    /// The place of its commit.
    pub(super) commit: usize,
    /// The contents before and after it.
    pub(super) change: (Option<&'a str>, &'a str),
    /// Whether it is known to somebody already.
    pub(super) held: bool,
}

impl Ancestry {
    /// The commits with these places of their parents.
    pub(super) fn new(parents: &[Vec<usize>]) -> Self {
        let mut children = vec![0_usize; parents.len()];
        // Whether a commit is the only parent of its child.
        let mut is_only = vec![false; parents.len()];
        for above in parents {
            for &parent in above {
                children[parent] += 1;
                is_only[parent] = above.len() == 1;
            }
        }
        let mut ancestry = Self { runs: vec![usize::MAX; parents.len()], ..Self::default() };
        for (place, above) in parents.iter().enumerate() {
            if ancestry.runs[place] == usize::MAX {
                ancestry.runs[place] = ancestry.newest.len();
                ancestry.newest.push(place);
                ancestry.above.push(Vec::new());
            }
            let run = ancestry.runs[place];
            for &parent in above {
                if children[parent] == 1 && is_only[parent] {
                    ancestry.runs[parent] = run;
                }
            }
        }
        for (place, above) in parents.iter().enumerate() {
            let run = ancestry.runs[place];
            let others = above.iter().map(|&parent| ancestry.runs[parent]).filter(|&other| other != run);
            let others: Vec<usize> = others.collect();
            ancestry.above[run].extend(others);
        }
        ancestry
    }

    /// What a commit holds, itself among it, as far as nobody asks for commits behind the place `oldest`.
    pub(super) fn held(&self, by: usize, oldest: usize) -> Held<'_> {
        let mut runs = vec![false; self.newest.len()];
        let mut waiting = vec![self.runs[by]];
        while let Some(run) = waiting.pop() {
            // Parents come behind their children, so nothing beyond that place leads back to one before it.
            if self.newest[run] <= oldest && !std::mem::replace(&mut runs[run], true) {
                waiting.extend(&self.above[run]);
            }
        }
        Held { ancestry: self, by, runs }
    }

    /// For each change that is not held, whether it was made elsewhere, too: by a commit that neither holds its own nor is
    /// held by it, and which is one of the held ones or a newer one. `made` is in the order of the log.
    ///
    /// The same change once more on one line of commits is no pick.
    pub(super) fn picked(&self, made: &[ContentChange]) -> Vec<bool> {
        let mut same: BTreeMap<(Option<&str>, &str), Vec<usize>> = BTreeMap::new();
        for (at, change) in made.iter().enumerate() {
            same.entry(change.change).or_default().push(at);
        }
        let mut picked = vec![false; made.len()];
        let run = |at: usize| self.runs[made[at].commit];
        // Groups of the same change of which it has to be found out who holds whom.
        let mut open: Vec<Vec<usize>> = Vec::new();
        for group in same.into_values() {
            // What nobody knows is held by none that is known, so a newer one that is known stands beside it.
            let known = group.iter().position(|&at| made[at].held).unwrap_or(group.len());
            group[known..].iter().filter(|&&at| !made[at].held).for_each(|&at| picked[at] = true);
            if known > 0 && group.iter().any(|&at| run(at) != run(group[0])) {
                open.push(group);
            }
        }
        // The runs that are followed back to see whom they hold, as many at once as a word has bits.
        let sources = open.iter().flatten().filter(|&&at| !made[at].held).map(|&at| run(at));
        let sources: Vec<usize> = sources.collect::<BTreeSet<usize>>().into_iter().collect();
        let oldest = open.iter().flatten().map(|&at| run(at)).max().unwrap_or(0);
        for sources in sources.chunks(64) {
            let bits: HashMap<usize, u64> = sources.iter().enumerate().map(|(bit, &run)| (run, 1 << bit)).collect();
            let mut holders = vec![0_u64; oldest + 1];
            for run in sources[0]..=oldest {
                let by = holders[run] | bits.get(&run).copied().unwrap_or(0);
                holders[run] = by;
                for &above in self.above[run].iter().filter(|&&above| above <= oldest) {
                    holders[above] |= by;
                }
            }
            for group in &open {
                // The runs of the newer ones, and those of them that somebody stands beside.
                let (mut newer, mut beside) = (0_u64, 0_u64);
                for &at in group {
                    let stranger = newer & !holders[run(at)];
                    if made[at].held {
                        beside |= stranger;
                    } else {
                        picked[at] |= stranger != 0;
                        newer |= bits.get(&run(at)).copied().unwrap_or(0);
                    }
                }
                for &at in group.iter().filter(|&&at| !made[at].held) {
                    picked[at] |= bits.get(&run(at)).is_some_and(|bit| beside & bit != 0);
                }
            }
        }
        picked
    }
}

impl Held<'_> {
    /// Whether the commit at this place is held.
    pub(super) fn has(&self, place: usize) -> bool {
        let run = self.ancestry.runs[place];
        if run == self.ancestry.runs[self.by] { place >= self.by } else { self.runs[run] }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is asked, answered by walking the history for each pair.
    fn holds(parents: &[Vec<usize>], by: usize) -> Vec<bool> {
        let mut held = vec![false; parents.len()];
        let mut waiting = vec![by];
        while let Some(at) = waiting.pop() {
            if !std::mem::replace(&mut held[at], true) {
                waiting.extend(&parents[at]);
            }
        }
        held
    }

    /// A history in which each commit but the last has one to three parents among the next few.
    fn histories() -> impl Strategy<Value = Vec<Vec<usize>>> {
        prop::collection::vec(prop::collection::vec(1_usize..6, 1..4), 1..120).prop_map(|steps| {
            let count = steps.len();
            let above = |(at, steps): (usize, Vec<usize>)| -> Vec<usize> {
                // Most commits have the next one for their only parent, so that there are runs.
                let steps = if steps.len() == 3 { &steps[..2] } else { &[1][..] };
                let above: BTreeSet<usize> = steps.iter().map(|step| at + step).filter(|at| *at < count).collect();
                above.into_iter().collect()
            };
            steps.into_iter().enumerate().map(above).collect()
        })
    }

    proptest! {
        #[test]
        fn a_commit_holds_what_can_be_walked_to(parents in histories(), by in 0_usize..120) {
            let by = by % parents.len();
            let ancestry = Ancestry::new(&parents);
            let walked = holds(&parents, by);
            for oldest in [by, parents.len() / 2, parents.len() - 1] {
                let held = ancestry.held(by, oldest);
                for (place, walked) in walked.iter().enumerate().take(oldest + 1) {
                    prop_assert_eq!(held.has(place), *walked, "{} holds {}", by, place);
                }
            }
        }

        #[test]
        fn a_pick_is_the_same_change_on_another_branch(
            parents in histories(),
            texts in prop::collection::vec(0_usize..4, 120),
            known in 0_usize..120,
        ) {
            let known = holds(&parents, known % parents.len());
            let names = ["a", "b", "c", "d"];
            let made: Vec<ContentChange> = (0..parents.len())
                .map(|commit| ContentChange { commit, change: (None, names[texts[commit]]), held: known[commit] })
                .collect();
            let picked = Ancestry::new(&parents).picked(&made);
            let apart = |one: usize, other: usize| !holds(&parents, one.min(other))[one.max(other)];
            for (at, change) in made.iter().enumerate().filter(|(_, change)| !change.held) {
                let expected = made.iter().enumerate().any(|(other, same)| {
                    other != at && same.change == change.change && (same.held || other < at) && apart(at, other)
                });
                prop_assert_eq!(picked[at], expected, "{}", at);
            }
        }
    }

    /// The commits of a history that are looked at while picks are sought: none in a row, and each run once for 64
    /// others.
    #[test]
    fn a_long_history_is_looked_at_once() {
        const LONG: usize = 200_000;
        let row: Vec<Vec<usize>> = (1..=LONG).map(|next| Vec::from_iter((next < LONG).then_some(next))).collect();
        let ancestry = Ancestry::new(&row);
        assert_eq!(ancestry.newest, [0]);
        let made: Vec<ContentChange> = (0..LONG)
            .map(|commit| ContentChange {
                commit,
                change: if commit % 2 == 0 { (Some("a"), "b") } else { (Some("b"), "a") },
                held: commit >= LONG - 2,
            })
            .collect();
        assert!(ancestry.picked(&made).iter().all(|picked| !picked));
        // A merge of two commits that did the same, time after time: of each two, the older one is known by the newer.
        const MERGES: usize = 2_000;
        let fork = |at: usize| match at % 3 {
            0 => vec![at + 1, at + 2],
            1 => vec![at + 2],
            _ => vec![at + 1],
        };
        let merges: Vec<Vec<usize>> =
            (0..MERGES * 3).map(|at| fork(at).into_iter().filter(|at| *at < MERGES * 3).collect()).collect();
        let ancestry = Ancestry::new(&merges);
        assert_eq!(ancestry.newest.len(), MERGES * 3);
        let change = |at: usize| if at % 6 < 3 { (Some("a"), "b") } else { (Some("b"), "a") };
        let sides = (0..MERGES * 3).filter(|at| at % 3 != 0);
        let made: Vec<ContentChange> =
            sides.map(|commit| ContentChange { commit, change: change(commit), held: false }).collect();
        let picked = ancestry.picked(&made);
        for (made, picked) in made.iter().zip(picked) {
            assert_eq!(picked, made.commit % 3 == 2, "{}", made.commit);
        }
    }
}
