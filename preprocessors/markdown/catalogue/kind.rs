//! What kind of catalogue a file is, by its name.
//!
//! ```text
//! README.md, index.md                            →   a list in a text
//! SUMMARY.md, SUMMARY.zh.md, summary_en.md       →   a table of contents, as mdBook and GitBook have it
//! _sidebar.md                                    →   a table of contents, as docsify has it
//! _navbar.md, _coverpage.md, _404.md             →   no catalogue and no note, but a part of a site by docsify
//! LANGS.md                                       →   the same of a book by GitBook, with a folder for each language
//! ```

use crate::values::language::is_common;
use crate::values::{Language, Tags};

/// How the links of a catalogue are to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CatalogueKind {
    /// Bullets in a text.
    #[default]
    List,
    /// `SUMMARY.md`: a link that stands in no list is a chapter as well.
    Summary,
    /// docsify's `_sidebar.md`: its links begin at the root of the site, and may leave out `.md`.
    Sidebar,
}

impl CatalogueKind {
    /// The kind of a catalogue by its path.
    #[must_use]
    pub fn of(file: &str) -> Self {
        if is_summary(file) {
            Self::Summary
        } else if is_part(file, &["sidebar"]) {
            Self::Sidebar
        } else {
            Self::List
        }
    }

    /// Whether such a file is nothing but a catalogue: no note, whatever it says.
    #[must_use]
    pub fn is_contents(self) -> bool {
        self != Self::List
    }
}

/// Whether a file belongs to a site by docsify, to a wiki on GitHub or to a book by GitBook, and is no page of it.
#[must_use]
pub fn is_frame(file: &str) -> bool {
    // GitBook knows no other spelling, and `langs.md` may well be a note on languages.
    is_part(file, &["navbar", "coverpage", "footer", "header", "404"]) || file.rsplit('/').next() == Some("LANGS.md")
}

/// Whether a file is called by one of these words behind `_`, alone or with a language: `_navbar.md`, `_navbar.zh.md`.
fn is_part(file: &str, words: &[&str]) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file).to_lowercase();
    let Some(stem) = name.strip_prefix('_').and_then(|name| name.strip_suffix(".md")) else { return false };
    words
        .iter()
        .any(|word| stem.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '_', '-'])))
}

/// Whether a file is a table of contents: `SUMMARY.md`, `SUMMARY.zh.md`, `summary_en.md`, and not
/// `summary-of-a-paper.md`.
fn is_summary(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let Some(stem) = name.strip_suffix(".md") else { return false };
    let Some((word, rest)) = stem.split_at_checked("summary".len()) else { return false };
    if !word.eq_ignore_ascii_case("summary") {
        return false;
    }
    match rest.strip_prefix(['_', '-']) {
        Some(tag) => {
            // Only a tag that notes are marked with: nearly every short word could be one.
            Tags::new(&Language::guessed()).get(tag).is_some()
                || Language::parse(tag).is_ok_and(|language| is_common(language.primary()))
        }
        None => rest.is_empty() || rest.starts_with('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (file, kind, frame) in [
            ("SUMMARY.md", CatalogueKind::Summary, false),
            ("zh/SUMMARY.md", CatalogueKind::Summary, false),
            ("summary.md", CatalogueKind::Summary, false),
            ("SUMMARY.zh.md", CatalogueKind::Summary, false),
            ("SUMMARY_en.md", CatalogueKind::Summary, false),
            ("SUMMARY-zh-CN.md", CatalogueKind::Summary, false),
            ("summary-of-a-paper.md", CatalogueKind::List, false),
            ("summary_of.md", CatalogueKind::List, false),
            ("SUMMARY.txt", CatalogueKind::List, false),
            ("README.md", CatalogueKind::List, false),
            ("_sidebar.md", CatalogueKind::Sidebar, false),
            ("zh-cn/_Sidebar.md", CatalogueKind::Sidebar, false),
            ("_sidebar.en.md", CatalogueKind::Sidebar, false),
            ("sidebar.md", CatalogueKind::List, false),
            ("_sidebars.md", CatalogueKind::List, false),
            ("_navbar.md", CatalogueKind::List, true),
            ("en/_coverpage.md", CatalogueKind::List, true),
            ("_404.md", CatalogueKind::List, true),
            ("_Footer.md", CatalogueKind::List, true),
            ("404.md", CatalogueKind::List, false),
            ("navbar.md", CatalogueKind::List, false),
            ("LANGS.md", CatalogueKind::List, true),
            ("docs/LANGS.md", CatalogueKind::List, true),
            ("langs.md", CatalogueKind::List, false),
            ("LANGS_en.md", CatalogueKind::List, false),
        ] {
            assert_eq!((CatalogueKind::of(file), is_frame(file)), (kind, frame), "{file}");
        }
    }
}
