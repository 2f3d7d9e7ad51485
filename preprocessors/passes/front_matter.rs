//! Takes front matter off the page, and puts the title there when the text has none. Always runs.
//!
//! ```text
//! ---                                 # How to use docker
//! title: How to use docker      →
//! ---                                 First, install it.
//! First, install it.
//! ```

use super::markup::{Block, Inline};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};

/// One removal for each page with front matter, and one heading for each page whose text begins without.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        let (range, body) = (page.anatomy.front_matter.clone(), page.anatomy.body);
        if !range.is_empty() {
            edits.push(splices::remove(page, range, Layer::Title));
        }
        if let Some(title) = &page.title {
            let heading = stage.format.write(&[Block::Heading(1, vec![Inline::text(title.as_str())])]);
            edits.push(splices::insert(page, body, format!("{heading}\n\n"), Layer::Title));
        }
    }
    edits
}
