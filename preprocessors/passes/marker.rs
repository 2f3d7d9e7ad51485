//! Writes in place of a marker, once for each language that the marker's page is for.
//!
//! ```text
//! ## 目录                     →     ## 目录
//!
//! <!-- learning-path -->            ### RLHF 系统
//!                                   …
//! ```
//!
//! Not a pass: what the passes that fill markers have in common.

use super::markup::markdown_text;
use super::page_language::begins as language_begins;
use super::{Format, Stage};
use crate::edit::{Edit, Layer, Splice};
use crate::markdown::Marker;
use crate::notebook::Page;
use crate::values::Language;

/// One text in place of each marker of this name.
///
/// `write` gives the text for readers of a language on a page, below a heading of a level.
pub(super) fn fill(
    stage: &Stage<'_>,
    name: &str,
    layer: Layer,
    write: impl Fn(&Page, &Language, usize) -> String,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        for marker in page.anatomy.places(name) {
            let text = match stage.notebook.language(page) {
                Some(language) => write(page, language, marker.level),
                None => all_languages(stage, page, marker, &write),
            };
            let splice = Splice { range: marker.range.clone(), text: format!("\n{text}\n\n"), layer };
            edits.push(Edit::Splice(page.chapter, splice));
        }
    }
    edits
}

/// A page of no language shows the text for each language, under its name.
fn all_languages(
    stage: &Stage<'_>,
    page: &Page,
    marker: &Marker,
    write: impl Fn(&Page, &Language, usize) -> String,
) -> String {
    let mut all = String::new();
    for language in &stage.notebook.languages {
        let name = stage.config.autonym(language);
        let text = write(page, language, marker.level + 1);
        let text = format!("{}\n\n{text}", heading(stage, marker.level + 1, name, None));
        all.push_str(&match stage.format {
            Format::Html => format!("{}\n\n{text}\n\n</div>\n\n", language_begins(stage, language, "")),
            Format::Markdown => format!("{text}\n\n"),
        });
    }
    all
}

/// A heading; its language is named where it is not the page's.
pub(super) fn heading(stage: &Stage<'_>, level: usize, text: &str, language: Option<&Language>) -> String {
    let text = markdown_text(text);
    let text = match language.filter(|_| stage.format == Format::Html) {
        Some(language) => format!("<span lang=\"{language}\">{text}</span>"),
        None => text,
    };
    format!("{} {text}", "#".repeat(level.min(6)))
}
