//! Books.

use tempfile::TempDir;

use crate::files::write;

/// The `book.toml` of a book in Chinese and English, whose notes are in `book/` and which is built into `out/`.
/// `more` goes on in the suite's table, and may have tables of its own.
#[must_use]
pub fn book_toml(title: &str, more: &str) -> String {
    format!(
        r#"[book]
title = "{title}"
language = "zh-CN"
src = "book"

[build]
build-dir = "out"
create-missing = false

[preprocessor.bilingual]
languages = ["zh-CN", "en"]
{more}"#
    )
}

/// A book in a folder that goes with the value: a `book.toml` with these tables, and files below `book/`.
/// It lies in no repository, and asks for none.
#[must_use]
pub fn book(tables: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let toml = format!(
        "[book]\nsrc = \"book\"\n\n[build]\nbuild-dir = \"out\"\n\n{tables}\n\n\
         [preprocessor.bilingual.history]\ngit = false\n"
    );
    write(folder.path(), "book.toml", &toml);
    for (path, text) in files {
        write(&folder.path().join("book"), path, text);
    }
    folder
}
