//! Which sources are not what they are in the repository: see [`Stands`].

use super::Gatherer;
use crate::notebook::sightings::Stands;

impl Gatherer<'_, '_> {
    /// Looks at each chapter's file.
    pub(super) fn mirror(&mut self) {
        let sources = self.material.chapters.iter().filter_map(|chapter| chapter.note.source.as_ref());
        let standing = sources.map(|source| (source.clone(), self.host.stands(source)));
        self.material.sightings.copies = standing.filter(|(_, stands)| *stands != Stands::Well).collect();
    }
}
