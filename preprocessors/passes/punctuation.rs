//! Keeps quotation marks, hyphens and dots as they are written where mdBook would turn them into the wrong ones.
//!
//! ```text
//! 对应"hydroxo"、"oxo"的情况   →   对应\"hydroxo\"、\"oxo\"的情况
//! 一台 27" 显示器              →   一台 27\" 显示器
//! 用 --flag 打开               →   用 \--flag 打开
//! say "hello" -- now          stays: mdBook's smart punctuation is right here
//! ```
//!
//! Which they are is said in `markdown/punctuation.rs`. A book without smart punctuation, and every renderer but
//! HTML, is left alone.

use super::{Stage, splices};
use crate::edit::{Edit, Layer};

/// One backslash for each of them.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let all = stage.notebook.pages.iter().flat_map(|page| page.anatomy.straight.iter().map(move |at| (page, at)));
    all.map(|(page, at)| splices::escape(page, *at, Layer::Punctuation)).collect()
}
