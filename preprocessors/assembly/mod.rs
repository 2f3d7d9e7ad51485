//! From what was read to the notebook.
//!
//! ```text
//! Material  ─→  listings   what the catalogues list
//!           ─→  pairing    which files are one note, and in which language each is
//!           ─→  editions   the notes, and what each of their files says of itself
//!           ─→  pages      what the book shows
//!           ─→  precedence who wins where several say something, and what editions share (in the notebook)
//!           ─→  Notebook
//! ```
//!
//! Nothing here reads a file, and nothing is said to anybody: what is odd is kept in the notebook, for `checks`.

mod editions;
pub mod guess;
pub(crate) mod habits;
mod languages;
pub mod learning_path_pages;
pub mod listing;
mod material;
pub mod naming;
pub mod own_lines;
mod pages;
pub mod pairing;
mod pairs;

use crate::assembly::learning_path_pages::add_learning_paths;
use crate::assembly::pairs::Pairs;
use crate::config::{Config, PassName};
use crate::notebook::{Notebook, precedence};
use crate::values::Language;

pub(crate) use editions::catalogued_titles;
pub use languages::{DecidedLanguages, catalogues_of_notes, languages, languages_of_notes};
pub use material::{Chapter, Material, NoteFile};

/// Makes the notebook.
///
/// `path_title` is what a learning path is called in a language.
#[must_use]
pub fn assemble(
    mut material: Material,
    config: &Config,
    decided: DecidedLanguages,
    path_title: impl Fn(&Language) -> String,
) -> Notebook {
    let default = languages::default_language(&material, &decided.languages);
    let received = material.chapter_count;
    let mut histories = std::mem::take(&mut material.histories);
    let (languages, tags, mut pairs) = decided.pairs(&material, config, &default);
    let disputes = pairs.disputes();
    let mut editions = editions::find(&material, &pairs, &languages);
    for note in &mut editions.notes {
        precedence::settle(note, |source| histories.remove(source));
    }
    let Pairs { listings, faults, .. } = pairs;
    let source_folder = std::mem::take(&mut material.source_folder);
    let files = std::mem::take(&mut material.files);
    let sightings = std::mem::take(&mut material.sightings);
    let pages = pages::find(material.chapters, &listings, &editions);
    let mut notebook = Notebook {
        languages,
        tags,
        notes: editions.notes,
        pages: pages.pages,
        external: pages.external,
        added: Vec::new(),
        listings,
        catalogue_faults: faults,
        disputes,
        sightings,
        source_folder,
        files,
        pages_by_source: pages.by_source,
    };
    own_lines::find(&mut notebook);
    if config.runs(PassName::LearningPath) {
        add_learning_paths(&mut notebook, received, &default, path_title);
    }
    notebook
}
