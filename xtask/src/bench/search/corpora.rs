//! The books that are searched: somebody's notes and our own, each built with our site and by mdBook alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::super::built::with_site;
use super::super::{Programs, notes};
use super::multiply;
use crate::mdbook;
use crate::workspace::{root, typed};

/// The folders of what is made of a book. `search-bench` knows them, too.
pub(super) const SITE: &str = "site";
pub(super) const MDBOOK: &str = "mdbook";
pub(super) const PAGEFIND: &str = "pagefind";

/// What mdBook needs to be told about a book of copies.
const COPIES: &str = "[book]\ntitle = \"Bench\"\nlanguage = \"zh-CN\"\n\n[build]\ncreate-missing = false\n\n\
                      [preprocessor.bilingual]\nrenderers = [\"bilingual-site\"]\nafter = [\"index\"]\nbefore = [\"links\"]\n\
                      languages = [\"zh-CN\", \"en\"]\nhistory.git = false\n\n[output.bilingual-site.html]\n";

/// A book that is searched.
pub(super) struct Corpus {
    pub(super) name: String,
    /// The folder of its `book.toml`.
    book: PathBuf,
    /// Where all that is made of it lies.
    pub(super) folder: PathBuf,
}

impl Corpus {
    /// Notes that are adopted first, below `folder`, which is emptied.
    ///
    /// # Errors
    /// When they cannot be copied or adopted.
    pub(super) fn notes(path: &Path, folder: &Path, programs: &Programs) -> Result<Self> {
        let corpus = Self { name: "notes".to_owned(), book: folder.join("notes"), folder: folder.to_owned() };
        corpus.empty()?;
        notes::copy(path, &corpus.book)?;
        notes::adopt(&corpus.book, &programs.suite, &["--site"])?;
        Ok(corpus)
    }

    /// This project's own book.
    ///
    /// # Errors
    /// When `folder` cannot be emptied.
    pub(super) fn own(folder: &Path) -> Result<Self> {
        let corpus = Self { name: "our book".to_owned(), book: root(), folder: folder.to_owned() };
        corpus.empty()?;
        Ok(corpus)
    }

    /// A book of so many pages, made of those of this one.
    ///
    /// # Errors
    /// When a chapter cannot be read or written.
    pub(super) fn copies(&self, pages: usize, folder: &Path) -> Result<Self> {
        let corpus = Self { name: format!("{pages} pages"), book: folder.join("notes"), folder: folder.to_owned() };
        corpus.empty()?;
        multiply::book(&self.source()?, pages, &corpus.book)?;
        fs::write(corpus.book.join("book.toml"), COPIES)?;
        Ok(corpus)
    }

    /// Builds it with our site, whose search is the default.
    ///
    /// # Errors
    /// When it does not build.
    pub(super) fn build_site(&self, programs: &Programs, site: &Path) -> Result<()> {
        let mut mdbook = self.mdbook(programs, &self.book, SITE);
        with_site(&mut mdbook, &programs.suite, site)?;
        println!("$ {}", typed(&mdbook));
        let output = mdbook.stdin(Stdio::null()).output().context("could not run mdbook")?;
        let said = String::from_utf8_lossy(&output.stderr);
        ensure!(output.status.success(), "{} cannot be built:\n{said}", self.name);
        Ok(())
    }

    /// What builds it by mdBook alone.
    ///
    /// # Errors
    /// When its configuration cannot be read, or that of mdBook not be written.
    pub(super) fn plain(&self, programs: &Programs, with_search: bool) -> Result<Command> {
        let folder = self.folder.join("plain");
        fs::create_dir_all(&folder)?;
        let toml = fs::read_to_string(self.book.join("book.toml")).context("reading book.toml")?;
        fs::write(folder.join("book.toml"), plain_toml(&toml, &self.source()?, with_search)?)?;
        Ok(self.mdbook(programs, &folder, if with_search { MDBOOK } else { "unsearched" }))
    }

    fn mdbook(&self, programs: &Programs, book: &Path, out: &str) -> Command {
        let mut mdbook = Command::new(&programs.mdbook);
        mdbook.arg("build").arg(book).arg("--dest-dir").arg(self.folder.join(out)).current_dir(book);
        mdbook::forget_settings(&mut mdbook);
        mdbook
    }

    /// The folder of its chapters.
    fn source(&self) -> Result<PathBuf> {
        let toml: toml::Table = fs::read_to_string(self.book.join("book.toml"))?.parse()?;
        let source = toml.get("book").and_then(|book| book.get("src")).and_then(toml::Value::as_str);
        Ok(self.book.join(source.unwrap_or("src")))
    }

    fn empty(&self) -> Result<()> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder).with_context(|| format!("emptying {}", self.folder.display()))?;
        }
        fs::create_dir_all(&self.folder).with_context(|| format!("creating {}", self.folder.display()))
    }
}

/// The configuration of a book for mdBook alone.
fn plain_toml(toml: &str, source: &Path, with_search: bool) -> Result<String> {
    let mut table: toml::Table = toml.parse()?;
    table.retain(|name, _| name == "book");
    let book = table.get_mut("book").and_then(toml::Value::as_table_mut).context("book.toml has no [book]")?;
    book.insert("src".to_owned(), source.to_str().context("a path is Unicode")?.into());
    let mut toml = toml::to_string(&table)? + "\n[build]\ncreate-missing = false\n";
    if !with_search {
        toml += "\n[output.html.search]\nenable = false\n";
    }
    Ok(toml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mdbook_alone_is_told_of_the_notes_alone() -> Result<()> {
        let toml =
            "[book]\ntitle = \"x\"\nsrc = \"book\"\n\n[preprocessor.bilingual]\n\n[output.bilingual-site.html]\n";
        let plain = plain_toml(toml, Path::new("/notes/book"), false)?;
        assert_eq!(
            plain,
            "[book]\nsrc = \"/notes/book\"\ntitle = \"x\"\n\n[build]\ncreate-missing = false\n\n[output.html.search]\nenable = \
             false\n"
        );
        Ok(())
    }
}
