//! Keeps as text what GitHub shows as text and mdBook would not.
//!
//! ```text
//! 前文。                     →     前文。
//!
//! ::: tip 提示               →     \::: tip 提示
//! 内容                             内容
//! :::                        →     \:::
//!
//! ## 集合 {a, b}             →     ## 集合 {a, b\}
//! ## 标题 {#id .class}       stays: it says an id and a class
//! ```
//!
//! mdBook 0.5 takes a line that begins with a colon for a definition of the paragraph above it, which becomes a bold
//! term. Notes that were written for GitHub, or for VuePress and Docusaurus, do not mean that. A book that does says so:
//! with `definition-lists = true` in `[output.html]` its definition lists stay. Braces at the end of a heading are
//! attributes to mdBook, whatever they hold, and would be gone.
//!
//! Where they are is said in `markdown/plain.rs`. Every renderer but HTML is left alone.

use super::{Stage, splices};
use crate::edit::{Edit, Layer};

/// One backslash for each of them.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let all = stage.notebook.pages.iter().flat_map(|page| page.anatomy.plain.iter().map(move |at| (page, at)));
    all.map(|(page, at)| splices::escape(page, *at, Layer::PlainText)).collect()
}
