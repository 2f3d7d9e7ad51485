//! What leads elsewhere at the top of a page and at its end.

use std::ops::Range;

use crate::markdown::block_structure::BlockStructure;
use crate::markdown::formulas::Formulas;
use crate::markdown::input::Input;
use crate::markdown::links::Links;
use crate::markdown::own_lines::{self, Lead};
use crate::platforms::CrossPost;
use crate::text::Prose;

/// The lines of a page that lead elsewhere.
pub(super) struct Leads {
    /// Those to other languages.
    pub(super) switches: Vec<Lead>,
    /// Those to copies elsewhere.
    pub(super) copies: Vec<Lead>,
    /// Where the page leads, when it does no more than lead elsewhere.
    pub(super) only: Option<Vec<CrossPost>>,
    /// What there is to read in the first ones: names, which tell nothing of the language of the text.
    pub(super) names: Prose,
}

impl Leads {
    /// Finds them, once everything was heard.
    pub(super) fn find(input: &Input<'_>, blocks: &BlockStructure, links: &Links<'_>, formulas: &Formulas<'_>) -> Self {
        let (text, blocks, shown) = (input.text, &blocks.at_top, links.shown());
        let (mut switches, mut copies) = own_lines::find(text, blocks, &shown, input.wording);
        let only = own_lines::elsewhere(text, blocks, &shown, &switches);
        // A line that a formula goes on behind cannot be taken away from it.
        switches.retain(|line| formulas.leave_whole(&line.range));
        copies.retain(|line| formulas.leave_whole(&line.range));
        let names = own_lines::names(text, blocks, &shown, &switches);
        for line in switches.iter_mut().chain(&mut copies) {
            line.line = input.line(line.range.start);
        }
        Self { switches, copies, only, names }
    }

    /// Where they are.
    pub(super) fn lines(&self) -> impl Iterator<Item = Range<usize>> {
        self.switches.iter().chain(&self.copies).map(|line| line.range.clone())
    }
}
