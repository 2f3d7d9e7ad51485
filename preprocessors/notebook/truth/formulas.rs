//! Whether every formula can be shown.

use super::*;
use crate::config::PassName;
use crate::notebook::anatomy::Marks;
use crate::notebook::formula::Mathematics;

impl Truth<'_> {
    /// Which formulas cannot be shown; those that other files bring count where they are seen.
    pub(super) fn formulas(&mut self, is_expanded: bool) {
        if !self.config.runs(PassName::Formulas) {
            return;
        }
        let notebook = self.notebook;
        let mut mathematics = None;
        let mut seen = BTreeSet::new();
        for page in &notebook.pages {
            let written = std::iter::once((&page.location.real, &page.written));
            let brought = page.brought.iter().filter(|_| is_expanded).map(|brought| (&brought.file, &brought.anatomy));
            for (file, anatomy) in written.chain(brought) {
                // Many pages may end with one file, which may be a page itself.
                if anatomy.formulas.is_empty() || !seen.insert(file) {
                    continue;
                }
                let mathematics = mathematics.get_or_insert_with(|| Mathematics::new(&self.config.formulas.macros));
                let file = notebook.files.for_people(file);
                for formula in &anatomy.formulas {
                    let Err(problem) = formula.mathml(mathematics) else { continue };
                    // A block of code begins with a line that is none of the formula.
                    let first = formula.line + usize::from(matches!(formula.marks, Marks::Fences { .. }));
                    let lines = formula.tex.get(..problem.at).unwrap_or_default().matches('\n').count();
                    let place = Place { line: Some(first + lines), ..Place::file(&file) };
                    // A command says which formula it is; where the problem names none, the formula does.
                    let names_command = problem.message.split(';').next().is_some_and(|what| what.contains("`\\"));
                    let which =
                        if names_command { String::new() } else { format!(", “{}”", beginning(&formula.tex)) };
                    self.report(Code::FormulaInvalid, place, format!("this formula cannot be shown{which}: {problem}"));
                }
            }
        }
    }
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
