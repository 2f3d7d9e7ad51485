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

use super::markup::{Attributes, Block, Inline};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::notebook::Page;
use crate::values::Language;

/// One text in place of each marker of this name.
///
/// `blocks` gives the text for readers of a language on a page, below a heading of a level.
pub(super) fn fill<'v>(
    stage: &'v Stage<'_>,
    name: &str,
    layer: Layer,
    blocks: impl Fn(&'v Page, &'v Language, usize) -> Vec<Block<'v>>,
) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        for marker in page.anatomy.places(name) {
            let text = match stage.notebook.language(page) {
                Some(language) => stage.format.write(&blocks(page, language, marker.level)),
                None => {
                    let level = marker.level + 1;
                    let all = all_languages(stage, level, |language| blocks(page, language, level));
                    format!("{}\n\n", stage.format.write(&all))
                }
            };
            edits.push(splices::replace(page, marker.range.clone(), format!("\n{text}\n\n"), layer));
        }
    }
    edits
}

/// A page of no language shows the blocks for each language, under its name.
fn all_languages<'v>(
    stage: &'v Stage<'_>,
    level: usize,
    blocks: impl Fn(&'v Language) -> Vec<Block<'v>>,
) -> Vec<Block<'v>> {
    let named = stage.notebook.languages.iter().map(|language| {
        let mut named = vec![heading(level, stage.config.autonym(language), None)];
        named.extend(blocks(language));
        Block::Division(stage.in_language(language), named)
    });
    named.collect()
}

/// A heading; its language is named where it is not the page's.
pub(super) fn heading<'v>(
    level: usize,
    text: impl Into<std::borrow::Cow<'v, str>>,
    language: Option<&'v Language>,
) -> Block<'v> {
    let text = match language {
        Some(language) => Inline::span(Attributes::default().with("lang", language.tag()), text),
        None => Inline::text(text),
    };
    Block::Heading(level, vec![text])
}
