//! Which directives of mdBook bring nothing, and which bring something too late for the passes.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::Page;
use crate::notebook::sightings::MissingInclude;

const MARKDOWN: &str = "puts Markdown into the page when the passes have run, so it stays as it is written";
const TEX: &str = "puts TeX into a formula when the passes have run, so the formula stays as it is written";

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    // Many pages may have one file.
    let mut seen = BTreeSet::new();
    for MissingInclude { place, directive, target } in &checked.notebook.sightings.missing_includes {
        if !seen.insert((place, directive)) {
            continue;
        }
        let target = target.as_ref().map(|target| format!(": there is no {target}")).unwrap_or_default();
        let message = Message::new(
            format!("`{directive}` stays on the page as it is written{target}"),
            format!(
                "correct its path, which begins at the folder of this file, or write `\\{directive}` if it is an example"
            ),
        );
        diagnostics.push(Diagnostic::new(Code::IncludeMissing, message).at(place.clone()));
    }
    if !checked.occasion.is_expanded {
        untreated(checked, diagnostics);
    }
}

/// Says which Markdown and which TeX the passes do not see, because mdBook puts it in when they are done.
fn untreated(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let first = |page: &Page| {
        let place = |line: usize, range: &Range<usize>| Place::line(&page.file, line).spanning(range.clone());
        let brought = page.brought.first();
        let brought = brought.map(|brought| (brought.directive.clone(), place(brought.line, &brought.range), MARKDOWN));
        brought.or_else(|| page.fills.first().map(|fill| (fill.directive.clone(), place(fill.line, &fill.range), TEX)))
    };
    let mut untreated = checked.notebook.pages.iter().filter_map(first);
    let Some((directive, place, what)) = untreated.next() else { return };
    let more = match untreated.count() {
        0 => String::new(),
        1 => ", here and on 1 other page".to_owned(),
        more => format!(", here and on {more} other pages"),
    };
    let message = Message::new(
        format!("`{directive}` {what}{more}"),
        "write `after = [\"index\", \"links\"]`, and no `before`, in [preprocessor.bilingual]",
    );
    diagnostics.push(Diagnostic::new(Code::IncludeUntreated, message).at(place));
}
