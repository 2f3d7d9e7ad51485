//! Pages for learning paths in languages where no page has the marker.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assembly::naming;
use crate::markdown::{Anatomy, LEARNING_PATH};
use crate::notebook::{AddedChapter, Edition, Note, Notebook, Page};
use crate::text::Wording;
use crate::values::{Fact, Language, Location, Origin, PagePath};

/// Adds a page with a learning path for each language in which no page has the marker.
///
/// `received` is how many chapters mdBook sent, and `default` the language whose page needs no suffix.
pub(crate) fn add_learning_paths(
    notebook: &mut Notebook,
    received: usize,
    default: &Language,
    path_title: impl Fn(&Language) -> String,
) {
    let usable = |page: &Page| page.anatomy.places(LEARNING_PATH).next().is_some();
    if notebook.pages.iter().any(|page| page.edition.is_none() && usable(page)) {
        return;
    }
    let with_marker = |notebook: &Notebook, language: &Language| {
        notebook
            .pages
            .iter()
            .find(|page| notebook.language(page) == Some(language) && usable(page))
            .map(|page| page.edition)
    };
    let mut home =
        notebook.languages.iter().find_map(|language| with_marker(notebook, language)).flatten().map(|(note, _)| note);
    for language in notebook.languages.clone() {
        let on_path = |note: &Note| note.listed().any(|(edition, _)| edition.on_path);
        let has_notes = notebook.pages.iter().any(|page| notebook.language(page) == Some(&language));
        if !has_notes || !notebook.notes.iter().any(on_path) || with_marker(notebook, &language).is_some() {
            continue;
        }
        let path = free_path(notebook, &language, default);
        let added = AddedChapter {
            chapter: received + notebook.added.len(),
            name: path_title(&language),
            path,
            content: format!("<!-- {LEARNING_PATH} -->\n"),
        };
        home = Some(add(notebook, added, &language, home));
    }
}

/// Adds a chapter with its page. It is an edition of the note `home`, if that has none in this language yet, else of a
/// note of its own; the position of the note comes back.
fn add(notebook: &mut Notebook, added: AddedChapter, language: &Language, home: Option<usize>) -> usize {
    let AddedChapter { chapter, name, path, content } = added.clone();
    let anatomy = Arc::new(Anatomy::of(&content, 0, &Wording::default()));
    let edition = Edition {
        page: Some(path.clone()),
        ..Edition::new(None, Fact { value: name.clone(), origin: Origin::Default }, language, &anatomy)
    };
    // The page with the marker in another language is the same note, if it has no edition here yet.
    let note = home.filter(|note| notebook.notes[*note].edition(language).is_none()).unwrap_or_else(|| {
        notebook.notes.push(Note {
            key: LEARNING_PATH.to_owned(),
            editions: Vec::new(),
            added: true,
            catalogue: false,
            catalogued: BTreeMap::new(),
        });
        notebook.notes.len() - 1
    });
    notebook.notes[note].editions.push(edition);
    let shown = notebook.notes[note].editions.len() - 1;
    notebook.pages.push(Page {
        chapter,
        is_numbered: false,
        path,
        source: None,
        file: String::new(),
        bare_name: name.clone(),
        edition: Some((note, shown)),
        // Put above the text like any title that a text does not have.
        title: Some(name.clone()),
        name,
        external: Vec::new(),
        brought: Vec::new(),
        fills: Vec::new(),
        written: Arc::clone(&anatomy),
        anatomy,
        location: Location::default(),
        own_switches: Vec::new(),
        own_copies: Vec::new(),
    });
    notebook.added.push(added);
    note
}

/// A path that no page has: in the language's folder where it has one.
fn free_path(notebook: &Notebook, language: &Language, default: &Language) -> PagePath {
    let tags = &notebook.tags;
    let home = notebook.home(language).and_then(|home| {
        let folders: Vec<&str> = home.path.chapter().split('/').collect();
        let at = folders[..folders.len() - 1]
            .iter()
            .position(|folder| naming::without(folder, language, tags) != *folder)?;
        Some(folders[..=at].join("/"))
    });
    let stem = match home {
        Some(folder) => format!("{folder}/{LEARNING_PATH}"),
        None if language == default => LEARNING_PATH.to_owned(),
        None => format!("{LEARNING_PATH}.{language}"),
    };
    (1..)
        .map(|count| if count == 1 { format!("{stem}.md") } else { format!("{stem}-{count}.md") })
        .filter_map(|path| PagePath::new(std::path::Path::new(&path), false))
        .find(|path| notebook.pages.iter().all(|page| page.path != *path))
        .expect("some number is free")
}
