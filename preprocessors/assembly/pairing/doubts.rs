//! Which files of one note a catalogue lists as two notes.
//!
//! ```text
//! - [图](graph.md)            README.md lists two notes, and their names make one of them
//! - [图的历史](graph_en.md)
//! ```

use std::collections::BTreeMap;

use crate::assembly::pairing::claims::Ties;
use crate::assembly::pairing::{Candidate, Paired, Pairing};
use crate::notebook::disputes::ListedApart;
use crate::notebook::listing::Listing;
use crate::values::{Evidence, SourcePath};

/// Finds the pairs that only names, or only another catalogue, make.
pub(crate) fn listed_apart(
    candidates: &[Candidate],
    pairing: &Pairing,
    ties: &Ties,
    listings: &[Listing],
) -> Vec<ListedApart> {
    // File → where catalogues list it as a note of its own.
    let mut listed: BTreeMap<&SourcePath, Vec<usize>> = BTreeMap::new();
    for (at, listing) in listings.iter().enumerate() {
        if let Some(first) = listing.notes.first() {
            listed.entry(first).or_default().push(at);
        }
    }
    let seeker = DoubtFinder { candidates, pairing, ties, listings, listed };
    let mut found = Vec::new();
    for (_, files) in &pairing.groups {
        for (at, one) in files.iter().enumerate() {
            found.extend(files[at + 1..].iter().filter_map(|other| seeker.doubt(one, other)));
        }
    }
    found
}

struct DoubtFinder<'a> {
    candidates: &'a [Candidate],
    pairing: &'a Pairing,
    ties: &'a Ties,
    listings: &'a [Listing],
    listed: BTreeMap<&'a SourcePath, Vec<usize>>,
}

impl DoubtFinder<'_> {
    fn doubt(&self, one: &Paired, other: &Paired) -> Option<ListedApart> {
        let (a, b) = (&self.candidates[one.candidate].source, &self.candidates[other.candidate].source);
        let entries = self.entries(a, b)?;
        let doubt = |joined_by| ListedApart { files: (a.clone(), b.clone()), entries, joined_by };
        if self.pairing.said[one.candidate] != self.pairing.said[other.candidate] {
            // Two folders of two languages with the same name in both are more than a name.
            let are_folders = one.evidence == Evidence::Folder && other.evidence == Evidence::Folder;
            return (!are_folders).then(|| doubt(None));
        }
        let both = [one.candidate, other.candidate];
        let joining = || self.ties.together.iter().filter(|tie| both.contains(&tie.a) && both.contains(&tie.b));
        if joining().any(|tie| !matches!(tie.evidence, Evidence::Catalogue(_))) {
            return None;
        }
        // Another catalogue says that they are one, and nobody else does.
        let lists_apart = &self.listings[entries.0].place.file;
        let joined_by = joining().find_map(|tie| match &tie.evidence {
            Evidence::Catalogue(place) if place.file != *lists_apart => Some(place.clone()),
            _ => None,
        });
        joined_by.map(|place| doubt(Some(place)))
    }

    /// The first two entries of one catalogue that list a file each.
    fn entries(&self, a: &SourcePath, b: &SourcePath) -> Option<(usize, usize)> {
        let entries = |source| self.listed.get(source).map_or(&[][..], Vec::as_slice);
        entries(a).iter().find_map(|first| {
            let own = &self.listings[*first];
            let is_beside = |second: &&usize| {
                let other = &self.listings[**second];
                other.catalogue == own.catalogue && other.place != own.place
            };
            Some((*first, *entries(b).iter().find(is_beside)?))
        })
    }
}
