//! The edits that several passes make.

use std::ops::Range;

use super::Stage;
use super::markup::Block;
use crate::edit::{Edit, Layer, Splice};
use crate::markdown::{Escape, Gap, WithoutId, outline};
use crate::notebook::Page;

/// Text in place of some bytes.
pub(super) fn replace(page: &Page, range: Range<usize>, text: String, layer: Layer) -> Edit {
    Edit::Splice(page.chapter, Splice { range, text, layer })
}

/// Text at an offset.
pub(super) fn insert(page: &Page, at: usize, text: String, layer: Layer) -> Edit {
    replace(page, at..at, text, layer)
}

/// Takes bytes away, such as a line that says what we say.
pub(super) fn remove(page: &Page, range: Range<usize>, layer: Layer) -> Edit {
    replace(page, range, String::new(), layer)
}

/// Blocks in a gap: with blank lines around them, as far as the text does not have them. `None` where the format leaves
/// them out.
pub(super) fn blocks(stage: &Stage<'_>, page: &Page, gap: Gap, blocks: &[Block<'_>], layer: Layer) -> Option<Edit> {
    let text = stage.format.write(blocks);
    let before = if gap.after_line_break { "\n" } else { "\n\n" };
    let behind = if gap.before_blank { "\n" } else { "\n\n" };
    (!text.is_empty()).then(|| insert(page, gap.at, format!("{before}{text}{behind}"), layer))
}

/// A backslash before a character that it keeps as it is.
pub(super) fn escape(page: &Page, escape: Escape, layer: Layer) -> Edit {
    // With the character, so that what takes it away takes the backslash too.
    replace(page, escape.at..escape.at + 1, format!("\\{}", escape.character), layer)
}

/// The ids of headings whose text changes on the page, as far as they have one: those that they have by their source.
pub(super) fn heading_ids(
    stage: &Stage<'_>,
    page: &Page,
    is_changed: impl Fn(&WithoutId) -> bool,
    layer: Layer,
) -> Vec<Edit> {
    let changed: Vec<&WithoutId> = page.anatomy.without_id.iter().filter(|place| is_changed(place)).collect();
    if changed.is_empty() || !stage.format.is_for_mdbook() {
        return Vec::new();
    }
    let joined = stage.config.joins_lines(stage.notebook.script(page));
    let ids = outline::ids(&page.anatomy.headings, stage.smart_punctuation, joined);
    let ids = changed.into_iter().map(|place| (place, &ids[place.heading].page)).filter(|(_, id)| !id.is_empty());
    ids.map(|(place, id)| {
        let text = if place.in_braces { format!(" #{id}") } else { format!(" {{#{id}}}") };
        insert(page, place.at, text, layer)
    })
    .collect()
}
