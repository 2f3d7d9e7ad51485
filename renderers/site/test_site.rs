//! Sites for the tests of this library: books in folders, read as `check` reads them.

use std::path::Path;

use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::config::SiteConfig;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::values::{Language, PagePath};
use mdbook_renderer::config::BookConfig;
use tempfile::TempDir;
use url::Url;

use crate::site::Site;

/// A book that was read, and where it will be.
pub(crate) struct TestSite {
    _folder: TempDir,
    reading: Reading,
    book: BookConfig,
    options: SiteConfig,
    address: Option<Url>,
}

/// The path of a page.
pub(crate) fn page(path: &str) -> PagePath {
    PagePath::new(Path::new(path), true).expect("a path inside")
}

impl TestSite {
    /// A book in Chinese and English with these files, which are its chapters in this order.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self::with("languages = [\"zh-CN\", \"en\"]", files)
    }

    /// The same with another table of the suite's.
    pub(crate) fn with(table: &str, files: &[(&str, &str)]) -> Self {
        let title = |text: &str| text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("Chapter").to_owned();
        let chapters = files.iter().map(|(path, text)| format!("- [{}](<{path}>)\n", title(text)));
        let chapters: String = chapters.collect();
        Self::listed(table, &chapters, files)
    }

    /// The same with a table of contents.
    pub(crate) fn listed(table: &str, chapters: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        write_book(folder.path(), table, chapters, files);
        Self::read(folder)
    }

    /// The book in a folder.
    pub(crate) fn read(folder: TempDir) -> Self {
        let (host, book) = Host::load(folder.path()).expect("a book");
        let reading = mdbook_bilingual_core::read(&host, &book);
        let mut book = BookConfig::default();
        book.title = Some("Notes & <more>".to_owned());
        book.description = Some("What we \"learnt\"".to_owned());
        book.authors = vec!["Lin".to_owned()];
        let address = Url::parse("https://example.org/").ok();
        Self { _folder: folder, reading, book, options: SiteConfig::default(), address }
    }

    /// The same at another address.
    pub(crate) fn at(self, address: &str) -> Self {
        Self { address: Url::parse(address).ok(), ..self }
    }

    /// The same of which nobody knows where it will be.
    pub(crate) fn nowhere(self) -> Self {
        Self { address: None, ..self }
    }

    /// Lets search engines be told another tag of a language.
    pub(crate) fn tell(&mut self, language: &str, said: &str) {
        let tag = |text: &str| Language::parse(text).expect("a language");
        self.options.hreflang.insert(tag(language), tag(said));
    }

    pub(crate) fn site(&self) -> Site<'_> {
        Site::new(&self.reading, &self.book, &self.options, self.address.clone())
    }
}

/// Writes a book into a folder.
pub(crate) fn write_book(folder: &Path, table: &str, chapters: &str, files: &[(&str, &str)]) {
    let toml = format!("[book]\ntitle = \"Notes\"\nlanguage = \"zh-CN\"\n\n[preprocessor.bilingual]\n{table}\n");
    write(folder, "book.toml", &toml);
    write(folder, "src/SUMMARY.md", &format!("# Summary\n\n{chapters}"));
    for (path, text) in files {
        write(&folder.join("src"), path, text);
    }
}

/// Writes a file, with the folders above it.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    let file = folder.join(name);
    std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    std::fs::write(file, text).expect("it can be written");
}
