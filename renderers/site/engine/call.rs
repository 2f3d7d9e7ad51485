//! One call of mdBook's HTML renderer.
//!
//! mdBook renders a whole book into a folder, and what each page costs it grows with the number of chapters. So it is
//! given a few chapters at a time, with the one before and the one behind them, which the pages name; those two come
//! without text, and their pages are left.
//!
//! It also copies all files of a book, so its book lies in a folder that has nothing but a theme.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use mdbook_html::HtmlHandlebars;
use mdbook_renderer::book::{Book, BookItem};
use mdbook_renderer::config::Config;
use mdbook_renderer::{RenderContext, Renderer};
use tempfile::TempDir;

/// A book for mdBook's renderer that has no files but a theme.
#[derive(Clone)]
pub(super) struct Stand {
    /// Its folder.
    pub(super) root: PathBuf,
    /// In which folder mdBook writes.
    pub(super) place: PathBuf,
    /// Its configuration.
    pub(super) config: Config,
}

/// What mdBook wrote, until this is dropped.
pub(super) struct Written(TempDir);

impl Stand {
    /// Renders chapters.
    ///
    /// # Errors
    /// When mdBook refuses them.
    pub(super) fn render(&self, items: Vec<BookItem>, titles: &HashMap<PathBuf, String>) -> Result<Written> {
        let written = scratch(&self.place)?;
        self.render_into(items, titles, written.path())?;
        Ok(Written(written))
    }

    /// Writes what comes before the pages: styles, scripts, the table of contents, the search. The pages themselves would
    /// cost the square of their number, and are not wanted.
    ///
    /// mdBook stops at the first page when the book redirects its address, and has written all of this by then. One that
    /// would not stop writes pages that nobody reads, and is only slower.
    ///
    /// # Errors
    /// When mdBook refuses them for anything else.
    pub(super) fn begin(mut self, items: Vec<BookItem>, titles: &HashMap<PathBuf, String>) -> Result<Written> {
        let book = Book::new_with_items(items);
        let first = book.chapters().next().and_then(|chapter| chapter.path.clone());
        let redirects: HashMap<String, String> = first
            .map(|path| (format!("/{}", address(&path.with_extension("html"))), "stop.html".to_owned()))
            .into_iter()
            .collect();
        self.config.set("output.html.redirect", redirects)?;
        let written = scratch(&self.place)?;
        match self.render_into(book.items, titles, written.path()) {
            Err(error) if !(is_stop(&error) && written.path().join("toc.html").is_file()) => Err(error),
            _ => Ok(Written(written)),
        }
    }

    fn render_into(&self, items: Vec<BookItem>, titles: &HashMap<PathBuf, String>, into: &Path) -> Result<()> {
        let mut context = RenderContext::new(&self.root, Book::new_with_items(items), self.config.clone(), into);
        context.chapter_titles.clone_from(titles);
        HtmlHandlebars::new().render(&context)
    }
}

impl Written {
    /// The text of a file.
    ///
    /// # Errors
    /// When it is not there.
    pub(super) fn text(&self, name: impl AsRef<Path>) -> Result<String> {
        let name = name.as_ref();
        fs::read_to_string(self.0.path().join(name))
            .with_context(|| format!("mdBook has written no {}", name.display()))
    }

    /// All files, by their paths.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(super) fn files(&self) -> Result<Vec<(String, Vec<u8>)>> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(self.0.path()).sort_by_file_name() {
            let entry = entry?;
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(self.0.path())?;
            files.push((address(path), fs::read(entry.path())?));
        }
        Ok(files)
    }
}

/// Whether mdBook stopped where it was told to.
fn is_stop(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.to_string().starts_with("redirect found for existing chapter"))
}

/// A new folder in this one that goes when it is dropped. One that cannot be made there is made among temporary files.
pub(super) fn scratch(place: &Path) -> Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("mdbook-bilingual-site-");
    folder.tempdir_in(place).or_else(|_| folder.tempdir()).context("a temporary folder")
}

/// Does something in a folder in memory; where that is too small for it, as it is by default in a container, once more
/// among temporary files.
///
/// # Errors
/// As `run` gives them.
pub(super) fn in_memory<T>(memory: &Path, run: impl Fn(&Path) -> Result<T>) -> Result<T> {
    let temporary = std::env::temp_dir();
    match run(memory) {
        Err(error) if is_full(&error) && memory != temporary => run(&temporary),
        done => done,
    }
}

/// Whether something went wrong because a file system is full.
fn is_full(error: &anyhow::Error) -> bool {
    let mut causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| matches!(cause.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded))
}

/// A path as mdBook writes it in an address, where a backslash is a slash on every system.
pub(crate) fn address(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Puts the files that `additional-css` and `additional-js` name into the folder of a stand.
///
/// # Errors
/// When one cannot be read, or lies outside of the book's folder: mdBook would publish it outside of the site.
pub(super) fn copy_additional(files: &[PathBuf], root: &Path, into: &Path) -> Result<()> {
    for file in files {
        if !file.components().all(|part| matches!(part, std::path::Component::Normal(_) | std::path::Component::CurDir))
        {
            bail!(
                "{} in `additional-css` or `additional-js` lies outside of the book's folder; put it inside",
                file.display()
            );
        }
        let bytes = fs::read(root.join(file)).with_context(|| {
            format!("{}, which `additional-css` or `additional-js` names, cannot be read", root.join(file).display())
        })?;
        super::theme::write(&into.join(file), &bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(root: &Path, config: Config) -> Result<Written> {
        let chapters = vec![mdbook_renderer::book::Chapter::new("A", String::new(), "a.md", Vec::new()).into()];
        Stand { root: root.to_owned(), place: std::env::temp_dir(), config }.begin(chapters, &HashMap::new())
    }

    #[test]
    fn a_beginning_ends_at_the_first_page_and_nowhere_else() {
        let folder = scratch(&std::env::temp_dir()).expect("a folder");
        fs::create_dir(folder.path().join("src")).expect("a folder");
        let written = begun(folder.path(), Config::default()).expect("what comes before the pages");
        assert!(written.text("toc.html").is_ok() && written.text("a.html").is_err());
        assert!(is_stop(&anyhow::anyhow!("redirect found for existing chapter at `/a.html`").context("a page")));
        assert!(!is_stop(&anyhow::anyhow!("No space left on device")));
    }

    #[test]
    fn what_memory_is_too_small_for_is_done_elsewhere() {
        let memory = Path::new("/memory");
        let full = || anyhow::Error::from(io::Error::from(io::ErrorKind::StorageFull)).context("a page");
        let place = in_memory(memory, |place| if place == memory { Err(full()) } else { Ok(place.to_owned()) });
        assert_eq!(place.expect("another place"), std::env::temp_dir());
        assert_eq!(in_memory(memory, |place| Ok(place.to_owned())).expect("memory"), memory);
        let calls = std::cell::Cell::new(0);
        let fails = |error: fn() -> anyhow::Error| {
            calls.set(0);
            let failed: Result<()> = in_memory(memory, |_| {
                calls.set(calls.get() + 1);
                Err(error())
            });
            failed.expect_err("an error");
            calls.get()
        };
        assert_eq!(fails(|| anyhow::anyhow!("Template error")), 1);
        assert_eq!(fails(|| io::Error::from(io::ErrorKind::StorageFull).into()), 2, "both are full");
    }
}
