//! The third step: what the notes are. What nobody wrote down yet is decided in between, by the options or else by what
//! the notes themselves show.

use std::path::Path;

use mdbook::book::Book;
use mdbook_bilingual_core::assembly::languages_of_notes;
use mdbook_bilingual_core::checks::Subject;
use mdbook_bilingual_core::values::Language;
use mdbook_bilingual_core::{Gathered, Reading};

use super::find::Folder;
use super::remote::{self, Remote};
use super::{AdoptOptions, catalogues};

/// What was decided, and will be written down.
pub(super) struct Defaults {
    /// The languages, the one of the book first.
    pub(super) languages: Vec<Language>,
    /// Where the repository is shown.
    pub(super) repository: Option<Remote>,
}

impl Folder {
    /// Reads the notes.
    pub(super) fn read(&mut self, book: &Book, options: &AdoptOptions) -> (Reading, Defaults) {
        // What looks like a catalogue is read as one; what lists too few notes is none.
        let had_catalogues = !self.host.config.catalogue.value.is_empty();
        let is_chosen = had_catalogues || !options.catalogues.is_empty();
        if !had_catalogues {
            self.host.config.catalogue.value = match options.catalogues.as_slice() {
                [] => catalogues::likely(&self.contents, &self.layout, &self.joined),
                named => named.to_vec(),
            };
        }
        self.host.today = options.checked_on;
        if !options.history {
            self.host.config.history.git = false;
        }
        let mut gathered = mdbook_bilingual_core::gather(&self.host, book);
        gathered.subject = if options.checked_on.is_some() { Subject::Notes } else { Subject::NotesToAdopt };
        let defaults = decide(&self.dir, options, is_chosen, &mut gathered);
        let mut reading = gathered.assemble(&self.host);
        let left_out = self.left_out();
        for edition in reading.notebook.notes.iter_mut().flat_map(|note| &mut note.editions) {
            if edition.source.as_ref().is_some_and(|source| left_out.contains(source)) {
                edition.page = None;
            }
        }
        // What was found before the notes were read is told first.
        let later = std::mem::replace(&mut reading.diagnostics, std::mem::take(&mut self.diagnostics));
        reading.diagnostics.extend(later);
        (reading, defaults)
    }
}

/// Decides what a book leaves open: where its repository is shown, which files are catalogues, and its languages. Each
/// helps to find the next.
fn decide(dir: &Path, options: &AdoptOptions, has_catalogues: bool, gathered: &mut Gathered<'_>) -> Defaults {
    let Gathered { material, config, decided, .. } = gathered;
    // Catalogues may list the notes by their addresses there.
    let remote = remote::find(dir, material);
    if let Some(remote) = &remote {
        let repository = &mut material.files.repository;
        let address = repository.address.get_or_insert_with(|| remote.address.clone());
        if *address == remote.address && !repository.branches.contains(&remote.branch) {
            repository.branches.push(remote.branch.clone());
        }
    }
    if !has_catalogues {
        catalogues::drop_small(material, config);
    }
    if config.languages.is_empty() {
        config.languages = match options.languages.as_slice() {
            [] => decided.insert(languages_of_notes(material, config)).languages.clone(),
            typed => typed.to_vec(),
        };
    }
    if material.language.is_none() {
        material.language = config.languages.first().map(|language| language.tag().to_owned());
    }
    config.catalogue.value = material.catalogues.iter().map(|catalogue| catalogue.note.file.clone()).collect();
    Defaults { languages: config.languages.clone(), repository: remote }
}
