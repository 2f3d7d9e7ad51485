//! The second step: the chapters of the book, those that its table of contents lists and then all other notes.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mdbook::book::{Book, BookItem};
use mdbook_bilingual_core::checks;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use mdbook_bilingual_core::notebook::sightings::{ChapterFault, LostChapter, Unreadable};
use mdbook_bilingual_core::values::SourcePath;

use super::find::Folder;
use super::layout::{Layout, found_as};

/// The chapters of a folder of notes.
pub(super) struct Loaded {
    /// All of them.
    pub(super) book: Book,
    /// Those that the table of contents lists, and whose notes are there.
    pub(super) listed: Book,
}

impl Folder {
    /// Loads the chapters, and forgets the notes that cannot be read.
    ///
    /// # Errors
    /// When the table of contents cannot be understood, and when no note can be read.
    pub(super) fn load(&mut self) -> Result<Loaded> {
        let listed = self.listed()?;
        let sources: BTreeSet<SourcePath> =
            listed.chapters().filter_map(|chapter| SourcePath::new(chapter.source_path.as_deref()?)).collect();
        let mut book = listed.clone();
        let Self { own, host, layout, diagnostics, .. } = self;
        own.retain(|source, _| {
            if sources.contains(source) {
                return true;
            }
            let chapter = host.chapter("", Path::new(source.as_str()), &[]);
            // mdBook builds no book with a chapter that it cannot read.
            if let Some(Unreadable { why, .. }) = host.unreadable.remove(source) {
                let message = why.and("until then it is left out");
                let file = found_as(layout, source);
                diagnostics.push(Diagnostic::new(Code::FileUnreadable, message).at(Place::file(file)));
                return false;
            }
            book.push_item(BookItem::Chapter(chapter));
            true
        });
        if self.own.is_empty() {
            bail!("there are no Markdown notes in {} that can be read", self.dir.display());
        }
        self.link();
        Ok(Loaded { book, listed })
    }

    /// The chapters that the table of contents lists.
    fn listed(&mut self) -> Result<Book> {
        let Some(text) = &self.old.summary else { return self.host.book("") };
        let mut book = self.host.book(text).with_context(|| {
            let path = self.dir.join(self.layout.summary());
            format!("{} is not a table of contents that mdBook understands", path.display())
        })?;
        // The front page is ours, and no note. What lies in place may be no note and is there all the same: behind a link
        // that leads out, a pipe, or what git leaves out.
        let Self { own, host, .. } = &*self;
        let is_gone = |source: &SourcePath| {
            let is_missing = self.layout.is_linked() || host.missing.contains(source);
            !own.contains_key(source) && source.as_str() != "index.md" && is_missing
        };
        let is_made = host.makes_missing && self.old.book_toml.is_some();
        let mut diagnostics = Diagnostics::default();
        gone(&mut book.items, &is_gone, &mut diagnostics, (text, is_made), &self.layout);
        self.diagnostics.extend(diagnostics);
        Ok(book)
    }
}

/// Takes out the chapters whose notes are gone, and names them: mdBook does not build a book that lists them, or makes
/// them anew (`is_made`).
fn gone(
    items: &mut Vec<BookItem>,
    is_gone: &dyn Fn(&SourcePath) -> bool,
    diagnostics: &mut Diagnostics,
    (summary, is_made): (&str, bool),
    layout: &Layout,
) {
    items.retain_mut(|item| {
        let BookItem::Chapter(chapter) = item else { return true };
        gone(&mut chapter.sub_items, is_gone, diagnostics, (summary, is_made), layout);
        let source = chapter.source_path.as_deref().and_then(SourcePath::new);
        let Some(source) = source.filter(is_gone) else { return true };
        let line = summary.lines().position(|line| line.contains(source.as_str())).map(|at| at + 1);
        let place = Place { line, ..Place::file(layout.summary()) };
        let fault = ChapterFault::Gone { source, is_unlinked: false, is_made };
        diagnostics.push(checks::chapters::finding(&LostChapter { fault, place }));
        // What is listed below it stays in the book.
        !chapter.sub_items.is_empty()
    });
}
