//! Whether every formula can be shown.

use super::*;
use crate::config::PassName;
use crate::notebook::anatomy::Marks;
use crate::notebook::formula::Mathematics;

impl Truth<'_> {
    /// Which formulas cannot be shown.
    pub(super) fn formulas(&mut self) {
        if !self.config.runs(PassName::Formulas) {
            return;
        }
        let notebook = self.notebook;
        let mut mathematics = None;
        for page in notebook.pages.iter().filter(|page| !page.written.formulas.is_empty()) {
            let mathematics = mathematics.get_or_insert_with(|| Mathematics::new(&self.config.formulas.macros));
            let file = notebook.files.for_people(&page.location.real);
            for formula in &page.written.formulas {
                let Err(problem) = formula.mathml(mathematics) else { continue };
                // A block of code begins with a line that is none of the formula.
                let first = formula.line + usize::from(matches!(formula.marks, Marks::Fences { .. }));
                let lines = formula.tex.get(..problem.at).unwrap_or_default().matches('\n').count();
                let place = Place { line: Some(first + lines), ..Place::file(&file) };
                self.report(Code::FormulaInvalid, place, format!("this formula cannot be shown: {problem}"));
            }
        }
    }
}
