//! mdBook: what it sends to a preprocessor, and what it builds with one.

use std::path::{Path, PathBuf};

use anyhow::Result;
use mdbook::book::Book;
use mdbook::{Preprocessor, PreprocessorContext};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_preprocessors::{IndexPreprocessor, LinkPreprocessor};

/// The JSON that mdBook sends to a preprocessor of the book in `root` for HTML.
///
/// # Panics
/// When mdBook cannot load the book.
#[must_use]
#[track_caller]
pub fn sent(root: &Path) -> String {
    sent_for(root, "html").1
}

/// What mdBook sends for the book in `root`: the book after its `index` preprocessor, and after `links` where the book
/// says that this comes first; and both, with the context, as JSON.
///
/// # Panics
/// When mdBook cannot load the book.
#[must_use]
#[track_caller]
pub fn sent_for(root: &Path, renderer: &str) -> (Book, String) {
    let book = MDBook::load(root).unwrap_or_else(|error| panic!("{}: {error:#}", root.display()));
    let context = PreprocessorContext::new(book.root.clone(), book.config.clone(), renderer.to_owned());
    let mut received = IndexPreprocessor::new().run(&context, book.book).expect("index");
    let after: Option<Vec<String>> = context.config.get("preprocessor.bilingual.after").expect("names");
    if after.is_some_and(|after| after.iter().any(|name| name == "links")) {
        received = LinkPreprocessor::new().run(&context, received).expect("links");
    }
    let json = serde_json::to_string(&(&context, &received)).expect("JSON");
    (received, json)
}

/// Builds the book in `root` with this program as its preprocessor, into `out` or else where the book says, and returns
/// the folder of its pages.
///
/// # Errors
/// When mdBook or the program finds a fault.
pub fn build(root: &Path, program: &Path, out: Option<&Path>) -> Result<PathBuf> {
    build_as(root, &format!("\"{}\"", program.display()), out)
}

/// The same, with the command line of a preprocessor as `book.toml` has it.
///
/// # Errors
/// When mdBook or the preprocessor finds a fault.
pub fn build_as(root: &Path, preprocessor: &str, out: Option<&Path>) -> Result<PathBuf> {
    let mut config = MDBook::load(root)?.config;
    config.set("preprocessor.bilingual.command", preprocessor)?;
    if let Some(out) = out {
        config.build.build_dir = out.to_owned();
    }
    let pages = root.join(&config.build.build_dir);
    MDBook::load_with_config(root, config)?.build()?;
    Ok(pages)
}
