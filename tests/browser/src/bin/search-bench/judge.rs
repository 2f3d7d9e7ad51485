//! What is right about the hits of a search, and what is wrong.

use std::collections::BTreeSet;

/// What holds a phrase, and what was found.
pub(crate) struct Case<K> {
    pub(crate) holding: BTreeSet<K>,
    /// What may stand anywhere.
    pub(crate) doubtful: BTreeSet<K>,
    /// In their order.
    pub(crate) hits: Vec<K>,
}

/// How a search did.
#[derive(Debug, PartialEq)]
pub(crate) struct Judged<K> {
    /// How many hold the phrase.
    pub(crate) holding: usize,
    /// How many of them were found.
    pub(crate) found: usize,
    /// Those that were not.
    pub(crate) missing: Vec<K>,
    /// The first hit that does not hold the phrase, and the one that does and stands behind it.
    pub(crate) turned: Option<(K, K)>,
    /// The first hit that does not hold it.
    pub(crate) wrong: Option<K>,
    /// Which share of the first ten holds it, if there are any.
    pub(crate) precision: Option<f64>,
}

/// How many hits are shown at first.
pub(crate) const SHOWN: usize = 10;

/// Judges a search.
pub(crate) fn judge<K: Ord + Clone>(case: &Case<K>) -> Judged<K> {
    let hits: BTreeSet<&K> = case.hits.iter().collect();
    let missing: Vec<K> = case.holding.iter().filter(|place| !hits.contains(place)).cloned().collect();
    let is_right = |place: &&K| case.holding.contains(place);
    let wrong = case.hits.iter().position(|place| !is_right(&place) && !case.doubtful.contains(place));
    let turned = wrong.and_then(|wrong| {
        let behind = case.hits[wrong..].iter().find(is_right)?;
        Some((case.hits[wrong].clone(), behind.clone()))
    });
    let wrong = wrong.map(|wrong| case.hits[wrong].clone());
    let first = &case.hits[..case.hits.len().min(SHOWN)];
    let precision = (!first.is_empty()).then(|| first.iter().filter(is_right).count() as f64 / first.len() as f64);
    Judged { holding: case.holding.len(), found: case.holding.len() - missing.len(), missing, turned, wrong, precision }
}

/// How some searches did, taken together.
#[derive(Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) queries: usize,
    holding: usize,
    found: usize,
    exact_first: usize,
    with_hits: usize,
    precision: f64,
}

impl Score {
    pub(crate) fn add<K>(&mut self, judged: &Judged<K>) {
        self.queries += 1;
        self.holding += judged.holding;
        self.found += judged.found;
        self.exact_first += usize::from(judged.turned.is_none());
        self.with_hits += usize::from(judged.precision.is_some());
        self.precision += judged.precision.unwrap_or_default();
    }

    /// The share of what holds a phrase that was found.
    pub(crate) fn recall(&self) -> f64 {
        share(self.found as f64, self.holding)
    }

    /// The share of the searches that have nothing inexact before something exact.
    pub(crate) fn exact_first(&self) -> f64 {
        share(self.exact_first as f64, self.queries)
    }

    /// The mean share of the first ten hits that holds the phrase, if any search had hits.
    pub(crate) fn precision(&self) -> Option<f64> {
        (self.with_hits > 0).then(|| share(self.precision, self.with_hits))
    }
}

fn share(part: f64, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(holding: &[u8], doubtful: &[u8], hits: &[u8]) -> Judged<u8> {
        let set = |of: &[u8]| of.iter().copied().collect();
        judge(&Case { holding: set(holding), doubtful: set(doubtful), hits: hits.to_vec() })
    }

    #[test]
    fn what_is_missing_and_what_stands_before_it_is_named() {
        let judged = judged(&[1, 2, 3], &[], &[2, 7, 1]);
        assert_eq!((judged.found, &judged.missing[..], judged.turned), (2, &[3][..], Some((7, 1))));
        assert!(judged.precision.is_some_and(|precision| (precision - 2.0 / 3.0).abs() < 1e-9));
    }

    #[test]
    fn what_is_doubtful_may_stand_anywhere() {
        assert_eq!(judged(&[1], &[7], &[7, 1, 8]).turned, None);
        assert_eq!(judged(&[1], &[], &[1, 8]).turned, None);
        assert_eq!(judged(&[1], &[], &[]).precision, None);
    }

    #[test]
    fn a_score_counts_sections_and_searches() {
        let mut score = Score::default();
        score.add(&judged(&[1, 2, 3], &[], &[1, 2, 3]));
        score.add(&judged(&[1], &[], &[8]));
        let close = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert!(close(score.recall(), 0.75) && close(score.exact_first(), 1.0));
        assert!(score.precision().is_some_and(|precision| close(precision, 0.5)));
    }
}
