//! A small book for the tests of passes, read from files, in which a test puts facts that files alone do not give.

use std::collections::BTreeMap;
use std::fs;

use mdbook::book::Book;

use super::Stage;
use crate::edit;
use crate::host::Host;
use crate::notebook::freshness::{Behind, ChangedSection};
use crate::notebook::{Edition, Freshness, Notebook, Translation};
use crate::reading::Reading;
use crate::values::{Commit, Date, Fact, Language, Origin};

/// The pages of a book that has these files and runs one pass, after `change` put facts into its notebook, as `renderer`
/// gets them; `read` is what reads a book.
///
/// The pages are named by the paths of their chapters.
pub(super) fn pages(
    read: fn(&Host, &Book) -> Reading,
    pass: &str,
    files: &[(&str, &str)],
    renderer: &str,
    change: impl FnOnce(&mut Notebook),
) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    // The root of a repository, so that paths do not depend on where the folder lies.
    fs::create_dir(root.join(".git")).unwrap();
    let book_toml = format!(
        "[book]\nsrc = \"book\"\nlanguage = \"en\"\n\n[output.html]\ngit-repository-url = \"https://github.com/o/r\"\n\n\
         [preprocessor.bilingual]\nlanguages = [\"zh-CN\", \"en\"]\npasses = [\"{pass}\"]\n"
    );
    fs::write(root.join("book.toml"), book_toml).unwrap();
    for (path, text) in files {
        let path = root.join("book").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (mut host, mut book) = Host::load(root).unwrap();
    host.renderer = Some(renderer.to_owned());
    let mut reading = read(&host, &book);
    change(&mut reading.notebook);
    let edits = super::run(&Stage::new(&reading, &host));
    edit::apply(&mut book, &reading.notebook.added, edits).unwrap();
    book.chapters()
        .map(|chapter| (chapter.path.as_ref().unwrap().display().to_string(), chapter.content.clone()))
        .collect()
}

/// The edition whose file this is.
pub(super) fn edition<'a>(notebook: &'a mut Notebook, source: &str) -> &'a mut Edition {
    let mut editions = notebook.notes.iter_mut().flat_map(|note| &mut note.editions);
    editions.find(|edition| edition.source.as_ref().is_some_and(|own| own.as_str() == source)).unwrap()
}

pub(super) fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Three changes in 29 days, in two sections.
pub(super) fn behind() -> Behind {
    let section = |heading: Option<&str>, id: Option<&str>| ChangedSection {
        heading: heading.map(str::to_owned),
        id: id.map(str::to_owned),
    };
    Behind {
        commits: Some(3),
        days: Some(29),
        lines: Some((12, 4)),
        sections: vec![section(None, None), section(Some("显存 <b>"), Some("显存-b"))],
        since: Some(Commit { id: "1a2b".to_owned(), day: day("2025-11-02") }),
        last: Some(Commit { id: "3c4d".to_owned(), day: day("2025-12-01") }),
        is_worth_saying: true,
    }
}

/// A translation of an edition in a language.
pub(super) fn translation(of: &str, freshness: Freshness) -> Option<Translation> {
    let of = Fact { value: Language::parse(of).unwrap(), origin: Origin::Default };
    Some(Translation { of, freshness, confirmed: None })
}
