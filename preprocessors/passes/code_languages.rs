//! Highlights blocks of code whose info string says more than a language, and shows where the code is from.
//!
//! ````text
//! ```python:srt/server.py      →     <!-- --><div class="code-source">srt/server.py</div>
//!                                    ```python
//!
//! ```12:40:trainer/ppo.py      →     <!-- --><div class="code-source">trainer/ppo.py:12-40</div>
//!                                    ```py
//!
//! ```c++                       →     ```cpp
//! ```rust,ignore               stays: mdBook's own
//! ````
//!
//! What is read as a language, and as which, is said in `markdown/info_string.rs`. GitHub shows no path; but its author
//! wrote it for readers, and mdBook would hide it in a class. Above the block it is one line of HTML that needs no blank
//! line (it begins with a comment), so that it can stand in lists and quotes, behind the marks that the block's last
//! fence stands behind too. A block that is not closed has none, and its path stays unseen.
//!
//! Markdown for other renderers gets the language alone.

use super::markup::{Block, Inline, MarkupLink};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::markdown::{BEGINS_LINE, CodeSource};

/// One info string for each such block, and a line above those that are from a file.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        for info in &page.anatomy.infos {
            edits.push(splices::replace(page, info.range.clone(), info.text.clone(), Layer::CodeLanguage));
            if let Some(source) = &info.source
                && let Some(line) = line(stage, source)
            {
                edits.push(splices::insert(page, source.at, line, Layer::CodeLanguage));
            }
        }
    }
    edits
}

/// The line above a block, and the beginning of the block's own; `None` where the format has none.
fn line(stage: &Stage<'_>, source: &CodeSource) -> Option<String> {
    let name = match &source.url {
        Some(url) => MarkupLink::new(url.as_str(), source.name.as_str()).into(),
        None => Inline::text(source.name.as_str()),
    };
    let line = stage.format.write(&[Block::CodeSource(name)]);
    (!line.is_empty()).then(|| format!("{BEGINS_LINE}{line}\n{}", source.prefix))
}
