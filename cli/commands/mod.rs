//! What the program does besides preprocessing, one file for each verb.

pub mod adopt;
pub mod check;
pub mod clock;
pub mod config;
pub mod confirm;
#[cfg(feature = "export")]
pub mod export;
pub mod fix;
pub mod init;
pub mod install;
pub mod list;
pub mod man;

use std::path::Path;

use anyhow::Result;
use mdbook::book::Book;
use mdbook_bilingual_core::diagnostic::Diagnostic;
use mdbook_bilingual_core::host::{Host, outside};
use mdbook_bilingual_core::{checks, facts};

use crate::progress;
use crate::refused::report_refused;

/// A path as a shell takes it.
#[must_use]
pub fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '~' | '\\' | ':');
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// Whether a folder is said to be a book: it has a `book.toml`, be it one that cannot be read.
#[must_use]
pub fn is_book(folder: &Path) -> bool {
    mdbook_bilingual_core::files::is_taken(&folder.join("book.toml"))
}

/// Why nothing may be written for a book: its sources lie elsewhere, or mdBook would empty a folder that must stay.
fn unfit(host: &Host) -> Option<Diagnostic> {
    let outside = outside::leads_out(host).map(|outside| checks::outside::finding(&outside));
    outside.or_else(|| facts::emptied(host, &[]).map(|output| checks::output_folder::finding(&output)))
}

/// Loads a book for whoever wants to know all that there is to say of it: what mdBook refuses, and what the folder has
/// besides.
///
/// # Errors
/// As [`Host::load`].
pub fn load(root: &Path) -> Result<(Host, Book)> {
    let (mut host, book) = Host::load(root)?;
    report_refused(&host.book_toml, root, &mut host.findings);
    host.besides = Some(adopt::report_newcomers);
    host.on_step = Some(progress::step);
    Ok((host, book))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_typed_as_a_shell_takes_it() {
        assert_eq!(typed(Path::new("my/notes")), "my/notes");
        assert_eq!(typed(Path::new("笔记")), "笔记");
        assert_eq!(typed(Path::new("my notes")), "'my notes'");
        assert_eq!(typed(Path::new("it's")), r"'it'\''s'");
    }
}
