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
//! What is read as a language, and as which, is said in `notebook/anatomy/info.rs`. GitHub shows no path; but its author
//! wrote it for readers, and mdBook would hide it in a class. Above the block it is one line of HTML that needs no blank
//! line (it begins with a comment), so that it can stand in lists and quotes, behind the marks that the block's last
//! fence stands behind too. A block that is not closed has none, and its path stays unseen.
//!
//! Markdown for other renderers gets the language alone.

use maud::html;

use super::markup::html_line;
use super::{Format, Stage};
use crate::edit::{Edit, Layer, Splice};
use crate::markdown::{BEGINS_LINE, Source};

/// One info string for each such block, and a line above those that are from a file.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    for page in &stage.notebook.pages {
        for info in &page.anatomy.infos {
            let mut edit = |range, text| {
                edits.push(Edit::Splice(page.chapter, Splice { range, text, layer: Layer::CodeLanguage }));
            };
            edit(info.range.clone(), info.text.clone());
            if let Some(source) = info.source.as_ref().filter(|_| stage.format == Format::Html) {
                edit(source.at..source.at, line(source));
            }
        }
    }
    edits
}

/// The line above a block, and the beginning of the block's own.
fn line(source: &Source) -> String {
    let shown = html! {
        @match &source.url {
            Some(url) => a href=(url) { (source.name) },
            None => (source.name),
        }
    };
    let line = html_line(html! { div.code-source translate="no" { (shown) } });
    format!("{BEGINS_LINE}{line}\n{}", source.prefix)
}
