//! Whether every formula can be shown.

use std::collections::BTreeSet;

use crate::checks::Checked;
use crate::config::PassName;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::formula::FormulaError;
use crate::markdown::{Formula, Marks};
use crate::notebook::Page;

/// Which formulas cannot be shown; those that other files bring count where they are seen.
pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    if !checked.config.runs(PassName::Formulas) {
        return;
    }
    let (notebook, mathematics) = (checked.notebook, checked.mathematics);
    let is_expanded = checked.occasion.is_expanded;
    let mut seen = BTreeSet::new();
    for page in &notebook.pages {
        let written = std::iter::once((&page.location.real, &page.written));
        let brought = page.brought.iter().filter(|_| is_expanded).map(|brought| (&brought.file, &brought.anatomy));
        for (file, anatomy) in written.chain(brought) {
            // Many pages may end with one file, which may be a page itself.
            if anatomy.formulas.is_empty() || !seen.insert(file) {
                continue;
            }
            let file = notebook.files.for_people(file);
            for formula in anatomy.formulas.iter().filter(|formula| !anatomy.is_filled(formula)) {
                let Err(problem) = mathematics.shown(&formula.tex, formula.display) else { continue };
                let place = place_of(&file, formula, &problem);
                diagnostics.push(Diagnostic::new(Code::FormulaInvalid, cannot_be_shown(formula, &problem)).at(place));
            }
        }
        // What mdBook put into formulas is known in the text that came from it, and nowhere else.
        for (line, formula) in page.filled_formulas().into_iter().filter(|_| is_expanded) {
            let Err(problem) = mathematics.shown(&formula.tex, formula.display) else { continue };
            let place = Place::line(notebook.files.for_people(&page.location.real), line);
            diagnostics.push(Diagnostic::new(Code::FormulaInvalid, cannot_be_shown(formula, &problem)).at(place));
        }
    }
}

impl Page {
    /// The formulas that mdBook has put something into, each with the line of its directive, or of the page's first one
    /// where it is not known which is which.
    fn filled_formulas(&self) -> Vec<(usize, &Formula)> {
        let lines: Vec<usize> = self.fills.iter().map(|fill| fill.line).collect();
        let Some(first) = lines.first().copied() else { return Vec::new() };
        let brought = self.brought.iter().flat_map(|brought| &brought.anatomy.formulas);
        let known: BTreeSet<&str> =
            self.written.formulas.iter().chain(brought).map(|known| known.tex.as_str()).collect();
        let is_new = |formula: &&Formula| !known.contains(formula.tex.as_str()) && !self.anatomy.is_filled(formula);
        let new: Vec<&Formula> = self.anatomy.formulas.iter().filter(is_new).collect();
        let are_all = new.len() == lines.len();
        let line = |number: usize| if are_all { lines[number] } else { first };
        new.into_iter().enumerate().map(|(number, formula)| (line(number), formula)).collect()
    }
}

/// Where the problem of a formula is.
fn place_of(file: &str, formula: &Formula, problem: &FormulaError) -> Place {
    // A block of code begins with a line that is none of the formula.
    let first = formula.line + usize::from(matches!(formula.marks, Marks::Fences { .. }));
    let before = formula.tex.get(..problem.at).unwrap_or_default();
    let place = Place::line(file, first + before.matches('\n').count());
    // Its TeX is what is written only where nothing was taken out of it: the marks of what it stands in, say.
    let is_whole = formula.source.len() == formula.range.len();
    let Some(begin) = formula.source.find(&formula.tex).filter(|_| is_whole) else { return place };
    let behind = &formula.tex[before.len()..];
    let length = match &problem.command {
        Some(command) if behind.starts_with(command.as_str()) => command.len(),
        _ if formula.tex.contains('\n') => behind.lines().next().unwrap_or_default().trim_end().len(),
        _ => return place.spanning(formula.range.clone()),
    };
    let start = formula.range.start + begin + before.len();
    place.spanning(start..start + length)
}

/// What there is to say of a formula that cannot be shown.
fn cannot_be_shown(formula: &Formula, problem: &FormulaError) -> Message {
    // A command says which formula it is; where the problem names none, the formula does.
    let which = match problem.command {
        Some(_) => String::new(),
        None => format!(", “{}”", beginning(&formula.tex)),
    };
    let what = format!("this formula cannot be shown{which}: {}", problem.what);
    Message { what, remedy: problem.remedy.clone() }
}

/// The first characters of a formula, on one line.
fn beginning(tex: &str) -> String {
    const SHOWN: usize = 24;
    let tex = tex.trim();
    let mut shown: String = tex.lines().next().unwrap_or_default().chars().take(SHOWN).collect();
    if shown.len() < tex.len() {
        shown.push('…');
    }
    shown
}
