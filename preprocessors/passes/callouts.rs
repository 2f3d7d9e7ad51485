//! Gives callouts a title in the page's language.
//!
//! ```text
//! > [!WARNING]                  →     ⚠ 警告
//! > 先备份。                           先备份。
//! ```
//!
//! The titles that mdBook writes are English. Where the page's title would be another word, the callout stays a quote,
//! with an element in it that has the classes of mdBook's own callouts, so that every theme shows it as one; the icon
//! is one of those that mdBook has for `<i class="fa-…">`. The frame of the quote itself is taken away by the
//! stylesheet. What the callout holds stays as it is, in lists and in quotes too:
//!
//! ```text
//! > <!-- --><div class="callout blockquote-tag blockquote-tag-warning"><p class="blockquote-tag-title">…警告</p>
//! > 先备份。
//! > <!-- --></div>
//! ```
//!
//! A page whose title would be mdBook's own word is left to mdBook, and so is Markdown for another renderer, which may
//! know callouts or not, and shows a quote that begins with `[!WARNING]` if it does not.

use super::markup::{Attributes, Inline, Paragraph};
use super::{Stage, splices};
use crate::edit::{Edit, Layer};
use crate::markdown::CalloutKind;

/// What goes around the text of each `[!NOTE]` and its relatives.
#[must_use]
pub(super) fn edits(stage: &Stage<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    if !stage.callouts {
        return edits;
    }
    for page in &stage.notebook.pages {
        // Where one ends together with another one inside of it, that has to be closed first.
        for callout in page.anatomy.callouts.iter().rev() {
            let name = callout.kind.name();
            let title = stage.text(stage.speaks(page), &format!("callout-{name}"));
            if title == callout.kind.word() {
                continue;
            }
            let attributes = Attributes::class(format!("callout blockquote-tag blockquote-tag-{name}"));
            let title = Paragraph {
                attributes: Attributes::class("blockquote-tag-title"),
                text: vec![Inline::Icon(icon(callout.kind)), Inline::text(title)],
            };
            let Some((opening, closing)) = stage.format.around("div", &attributes, Some(&title)) else { continue };
            let parts = callout.splices(&opening, &closing).into_iter();
            edits.extend(parts.map(|(range, text)| splices::replace(page, range, text, Layer::Callout)));
        }
    }
    edits
}

/// The classes of an icon that mdBook has.
fn icon(kind: CalloutKind) -> &'static str {
    match kind {
        CalloutKind::Note => "fas fa-circle-info",
        CalloutKind::Tip => "fa-regular fa-lightbulb",
        CalloutKind::Important => "fa-regular fa-message",
        CalloutKind::Warning => "fas fa-triangle-exclamation",
        CalloutKind::Caution => "fas fa-circle-exclamation",
    }
}
