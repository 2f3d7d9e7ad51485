//! The pages as Markdown: what the passes make of them for renderers that know no HTML.

use std::collections::BTreeMap;

use anyhow::Result;
use mdbook::{Preprocessor, PreprocessorContext};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::edit::{self, Edit};
use mdbook_bilingual_core::values::PagePath;
use mdbook_driver::builtin_preprocessors::LinkPreprocessor;
use mdbook_renderer::RenderContext;
use mdbook_renderer::book::Book;

/// The text of each page.
///
/// # Errors
/// When two passes overlap, or mdBook cannot put a file into a page.
pub fn of(
    context: &RenderContext,
    reading: &Reading,
    mut book: Book,
    edits: Vec<Edit>,
) -> Result<BTreeMap<PagePath, String>> {
    edit::apply(&mut book, &reading.notebook.added, edits)?;
    // A file that mdBook puts into a page is a part of its text.
    if book.chapters().any(|chapter| chapter.content.contains("{{#")) {
        let preprocessor =
            PreprocessorContext::new(context.root.clone(), context.config.clone(), "markdown".to_owned());
        book = LinkPreprocessor::new().run(&preprocessor, book)?;
    }
    let mut texts = BTreeMap::new();
    book.for_each_chapter_mut(|chapter| {
        let path = chapter.path.as_deref().and_then(|path| PagePath::new(path, reading_index(context)));
        if let Some(path) = path {
            texts.insert(path, std::mem::take(&mut chapter.content));
        }
    });
    Ok(texts)
}

/// Whether mdBook makes the index of a folder of its `README.md`.
fn reading_index(context: &RenderContext) -> bool {
    let defaults = context.config.build.use_default_preprocessors;
    defaults || context.config.contains_key("preprocessor.index")
}
