//! What `adopt` found, for people.

use crate::commands::typed;
use std::fmt;

use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, harmless};
use mdbook_bilingual_core::notebook::mirror::mirrors;
use mdbook_bilingual_core::notebook::{Edition, Note};
use mdbook_bilingual_core::values::Evidence;

use super::{Adopted, EntryCounts, Layout, Survey, catalogues};

/// A line. The names of files come from anywhere, and one could be a line of its own.
macro_rules! say {
    ($f:expr, $($text:tt)*) => { writeln!($f, "{}", harmless(&format!($($text)*))) };
}

/// What is said of a pair that somebody should look at.
const AMBIGUOUS: &[Code] = &[
    Code::EditionDuplicate,
    Code::LanguageDoubtful,
    Code::PairDoubtful,
    Code::PairRefused,
    Code::TranslationKeyDuplicate,
];

/// What is said when the book is built, and needs no saying before; the rest of that is not even asked.
const LATER: Code = Code::FirstChapterNested;

impl Survey {
    /// The findings that matter before there is a book.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        let all = self.reading.diagnostics.sorted();
        let matters = |found: &&Diagnostic| found.code().severity() > mdbook_bilingual_core::diagnostic::Severity::Note;
        all.into_iter().filter(matters).filter(|found| found.code() != LATER).collect()
    }

    /// The notes of this book.
    fn notes(&self) -> impl Iterator<Item = &Note> {
        self.all_notes().filter(|note| !shown(note).is_empty())
    }

    fn all_notes(&self) -> impl Iterator<Item = &Note> {
        self.reading.notebook.notes.iter().filter(|note| !note.added && !note.catalogue)
    }
}

/// The editions that a page of the book shows; those of other books below the folder have none.
fn shown(note: &Note) -> Vec<&Edition> {
    note.editions.iter().filter(|edition| edition.page.is_some()).collect()
}

impl fmt::Display for Survey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_languages(f)?;
        self.write_catalogues(f)?;
        if !self.frames.is_empty() {
            say!(f, "No notes, but parts of a site: {}", self.frames.join(", "))?;
        }
        if let Some(address) = &self.reading.notebook.files.repository.address {
            say!(f, "Repository: {address}")?;
        }
        self.write_pairs(f)?;
        self.write_mirrors(f)?;
        self.write_ambiguous(f)?;
        self.write_unlisted(f)?;
        self.write_books(f)?;
        writeln!(f)?;
        self.write_plan(f)
    }
}

impl Survey {
    fn write_languages(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = self
            .languages()
            .into_iter()
            .map(|language| {
                let is_in = |edition: &&Edition| edition.language.value == *language;
                let count = self.notes().filter(|note| shown(note).iter().any(is_in)).count();
                format!("{} ({language}) {count}", self.reading.config.autonym(language))
            })
            .collect();
        say!(f, "Languages: {}", names.join(", "))
    }

    fn write_catalogues(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The README in another language belongs to a catalogue, whether or not it lists anything.
        let lists = |entries: &EntryCounts| entries.notes + entries.elsewhere + entries.drafts > 0;
        let any = self.catalogues.iter().any(|(_, entries)| lists(entries));
        let (listing, beside): (Vec<_>, Vec<_>) =
            self.catalogues.iter().partition(|(file, entries)| lists(entries) || !any || !catalogues::is_readme(file));
        for (file, entries) in listing {
            let EntryCounts { notes, elsewhere, drafts } = entries;
            let all = notes + elsewhere + drafts;
            let drafts = if *drafts == 0 { String::new() } else { format!(", {drafts} without a text yet") };
            say!(f, "Catalogue: {file}, {all} entries: {notes} for notes, {elsewhere} for texts elsewhere{drafts}")?;
        }
        if !beside.is_empty() {
            let files: Vec<&str> = beside.iter().map(|(file, _)| file.as_str()).collect();
            say!(f, "In other languages, without entries: {}", files.join(", "))?;
        }
        Ok(())
    }

    fn write_pairs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (several, alone): (Vec<&Note>, Vec<&Note>) = self.notes().partition(|note| shown(note).len() > 1);
        writeln!(f)?;
        say!(f, "Pairs: {}", several.len())?;
        for note in several {
            let editions = shown(note);
            let files: Vec<&str> = editions.iter().map(|edition| edition.file.as_str()).collect();
            let evidence =
                editions.iter().filter_map(|edition| edition.paired_by.as_ref()).min_by_key(|evidence| rank(evidence));
            say!(f, "  {}  ({})", files.join("  ↔  "), evidence.map(told).unwrap_or_default())?;
        }
        writeln!(f)?;
        say!(f, "Unpaired: {}", alone.len())?;
        for edition in alone.iter().flat_map(|note| shown(note)) {
            say!(f, "  {}  ({})", edition.file, edition.language.value)?;
        }
        Ok(())
    }

    /// Folders that hold the same paths in two languages, with what pairs them.
    fn write_mirrors(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mirror in mirrors(&self.reading.notebook) {
            let [one, other] = &mirror.sides;
            let (parent, shared, files) = (&mirror.parent, mirror.shared, mirror.files);
            writeln!(f)?;
            say!(
                f,
                "{parent}{}/ and {parent}{}/ hold the same paths ({shared} of {files}) in two languages, and their names alone do not pair them; to pair them, write into book.toml:",
                one.0,
                other.0
            )?;
            writeln!(f, "  [preprocessor.bilingual]")?;
            for (folder, language) in &mirror.sides {
                let (language, folder) = (toml_edit::Key::new(language.tag()), toml_edit::value(folder.as_str()));
                say!(f, "  language.{language}.names = [{folder}]")?;
            }
        }
        Ok(())
    }

    fn write_ambiguous(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ambiguous = self.reading.diagnostics.sorted().into_iter().filter(|found| AMBIGUOUS.contains(&found.code()));
        let ambiguous: Vec<&Diagnostic> = ambiguous.collect();
        writeln!(f)?;
        say!(f, "Ambiguous: {}", ambiguous.len())?;
        for found in ambiguous {
            say!(f, "  {found}")?;
        }
        Ok(())
    }

    fn write_unlisted(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.catalogues.is_empty() {
            let unlisted: Vec<&Edition> =
                self.notes().filter(|note| note.catalogued.is_empty()).flat_map(shown).collect();
            writeln!(f)?;
            say!(f, "In no catalogue: {}", unlisted.len())?;
            for edition in unlisted {
                say!(f, "  {}", edition.file)?;
            }
        }
        Ok(())
    }

    /// The other books below the folder.
    fn write_books(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for book in &self.joined {
            writeln!(f)?;
            say!(f, "{}/ is a book that becomes a part of this one, and stays as it is", book.folder)?;
        }
        for (book, keys) in &self.not_joined {
            say!(f, "Of {book}/book.toml these stay out: {}", keys.join(", "))?;
        }
        for (book, notes) in &self.elsewhere {
            writeln!(f)?;
            say!(
                f,
                "{book}/ is a book of its own (notes: {}); run `mdbook-bilingual install {book}` for it",
                notes.len()
            )?;
        }
        if let Some((last, others)) = self.separate.split_last().filter(|(_, others)| !others.is_empty()) {
            let others: Vec<String> = others.iter().map(|folder| format!("{folder}/")).collect();
            let pairs = self.all_notes().filter(|note| note.editions.len() > 1 && shown(note).len() < 2).count();
            writeln!(f)?;
            say!(
                f,
                "{} and {last}/ are books in different languages, with {pairs} pairs between them, which no book shows;",
                others.join(", ")
            )?;
            say!(f, "`mdbook-bilingual adopt --join` makes one book of them")?;
        }
        Ok(())
    }

    fn write_plan(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Some((_, toml)), Some((_, summary, added))) = (&self.book_toml, &self.summary) else {
            return say!(f, "There is nothing here that is not in a book already.");
        };
        let source = self.layout.source();
        let folder = if source.is_empty() { String::new() } else { format!("{source}/") };
        say!(f, "Plan: book.toml {toml}; {folder}SUMMARY.md {summary}, {added} chapters")?;
        if let (Layout::Linked { build, .. }, Some(links)) = (&self.layout, &self.links) {
            let count = |what| links.count(what);
            let new = count(super::arrange::ActionKind::Create) + count(super::arrange::ActionKind::Replace);
            let (old, gone) = (count(super::arrange::ActionKind::UpToDate), count(super::arrange::ActionKind::Remove));
            say!(
                f,
                "      {folder} links to the notes: {new} new, {old} unchanged, {gone} removed; the site in {build}/"
            )?;
        }
        Ok(())
    }
}

impl fmt::Display for Adopted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (file, change) in &self.files {
            say!(f, "{file}: {change}")?;
        }
        if let Some(links) = &self.links {
            let (made, how) = if links.copied > 0 { (links.copied, "copies") } else { (links.linked, "links") };
            say!(f, "{how}: {made} written, {} unchanged, {} removed", links.unchanged, links.removed)?;
            if links.fell_back {
                say!(
                    f,
                    "This system makes no symbolic links, so these are read-only copies; run `mdbook-bilingual adopt` again after you change a note."
                )?;
            }
        }
        match (self.files.is_empty(), self.is_ready) {
            (true, _) => Ok(()),
            (false, true) if self.dir.as_os_str() == "." => say!(f, "Now run `mdbook serve --open` in this folder."),
            (false, true) => say!(f, "Now run `mdbook serve --open {}`.", typed(&self.dir)),
            (false, false) => say!(f, "mdBook does not build this book before what is said above is mended."),
        }?;
        Ok(())
    }
}

/// The strongest evidence first.
fn rank(evidence: &Evidence) -> usize {
    match evidence {
        Evidence::Config(_) => 0,
        Evidence::TranslationKey(_) => 1,
        Evidence::Catalogue(_) => 2,
        Evidence::SwitchLine(_) => 3,
        Evidence::Folder => 4,
        Evidence::FileName => 5,
    }
}

fn told(evidence: &Evidence) -> String {
    let kind = match evidence {
        Evidence::Config(_) => "configuration",
        Evidence::TranslationKey(_) => "translation-key",
        Evidence::Catalogue(_) => "catalogue",
        Evidence::SwitchLine(_) => "switch line",
        Evidence::Folder => "folder",
        Evidence::FileName => "file name",
    };
    evidence.place().map_or_else(|| kind.to_owned(), |place| format!("{kind}, {place}"))
}
