//! Which files of a folder are catalogues, when nobody says.

use mdbook_bilingual_core::assembly::listing::Catalogue;
use mdbook_bilingual_core::assembly::{Material, catalogues_of_notes};
use mdbook_bilingual_core::config::Config;
use mdbook_bilingual_core::markdown::catalogue::CatalogueTarget;
use mdbook_bilingual_core::values::{Language, SourcePath, Tags};

use super::join::Joined;
use super::layout::Layout;
use super::walk;

/// How many notes a README has to list before it is taken for a catalogue. A table of contents is nothing else.
const CATALOGUE: usize = 3;

/// The files that may be catalogues: READMEs at the top, or in a folder for a language there, and tables of contents
/// wherever they are, but for those of other books.
pub(super) fn likely(found: &walk::FolderContents, layout: &Layout, joined: &[Joined]) -> Vec<String> {
    let prefix = match layout {
        Layout::InPlace { source } if !source.is_empty() => format!("{source}/"),
        _ => String::new(),
    };
    let top = |path: &&String| {
        let rest = path.strip_prefix(&prefix);
        // An mdBook keeps its table of contents in `src`.
        rest.map(|rest| rest.strip_prefix("src/").unwrap_or(rest)).is_some_and(|rest| !rest.contains('/'))
    };
    let summary = format!("{prefix}SUMMARY.md");
    // The table of contents of this book is what its catalogue becomes.
    let is_own = |path: &&String| matches!(layout, Layout::InPlace { .. }) && **path == summary;
    let is_here = |path: &&String| match found.book_of(path) {
        Some(_) => joined.iter().any(|book| walk::is_in(path, &book.source)),
        None => path.starts_with(&prefix),
    };
    let tags = Tags::new(&Language::guessed());
    let in_a_language = |path: &&String| {
        let folder = path.strip_prefix(&prefix).and_then(|rest| rest.split_once('/'));
        folder.is_some_and(|(folder, name)| !name.contains('/') && tags.get(folder).is_some())
    };
    let is_front = |path: &&String| top(path) || in_a_language(path) && is_here(path);
    let readmes = found.notes.iter().filter(is_front).filter(|path| is_readme(path));
    let summaries = found.summaries.iter().filter(is_here).filter(|path| !is_own(path));
    let mut likely: Vec<String> = readmes.chain(summaries).cloned().collect();
    // `README.md` before `README-en.md`: the first catalogue is the one whose order counts.
    likely.sort_by_key(|path| (path.len(), path.clone()));
    likely
}

/// Whether a file is the front page of a folder, in some language.
pub(super) fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    name.starts_with("readme") || name.starts_with("index")
}

/// Drops what lists too little to be a catalogue. A README in the folder of a language is one only beside the README of
/// all: elsewhere it is the first page of that language.
pub(super) fn drop_small(material: &mut Material, config: &Config) {
    let files = &material.files;
    let lists = |catalogue: &Catalogue| {
        let leads = |target: &CatalogueTarget| catalogue.note(files, &target.url).is_some();
        let enough = if catalogue.kind.is_contents() { 1 } else { CATALOGUE };
        catalogue.entries.iter().filter(|entry| entry.primary.iter().any(leads)).take(enough).count() == enough
    };
    let is_readme = |catalogue: &Catalogue| catalogue.note.source.is_some();
    // The README in another language is a front page as well, however little it lists.
    let tags = Tags::new(&Language::guessed());
    let in_a_language = |source: &SourcePath| source.folders().last().is_some_and(|folder| tags.get(folder).is_some());
    let is_top = |catalogue: &Catalogue| catalogue.note.source.as_ref().is_some_and(|source| !in_a_language(source));
    let readme = material.catalogues.iter().any(|catalogue| is_top(catalogue) && lists(catalogue));
    let (kept, others): (Vec<Catalogue>, Vec<Catalogue>) =
        std::mem::take(&mut material.catalogues).into_iter().partition(|catalogue| match is_readme(catalogue) {
            true => is_top(catalogue) && readme,
            false => lists(catalogue),
        });
    material.catalogues = kept;
    if others.is_empty() {
        return;
    }
    let same = catalogues_of_notes(material, config);
    let is_same = |catalogue: &Catalogue| catalogue.note.source.as_ref().is_some_and(|source| same.contains(source));
    material.catalogues.extend(others.into_iter().filter(is_same));
}
