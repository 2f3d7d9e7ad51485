//! A book that was read: what checks and passes look at.

use crate::config::{Config, PassName};
use crate::diagnostic::Diagnostics;
use crate::formula::Mathematics;
use crate::markdown::Anatomy;
use crate::notebook::{Notebook, Page};
use crate::text::Wording;

/// A book that was read: its notebook, and what there is to say about it.
pub struct Reading {
    /// What the book chose.
    pub config: Config,
    /// The notes.
    pub notebook: Notebook,
    /// What is odd about them.
    pub diagnostics: Diagnostics,
    /// The folder of the sources, with a slash at its end.
    pub source_folder: String,
    /// What its authors call things.
    pub wording: Wording,
    /// What shows its formulas, and knows those that it has shown.
    pub mathematics: Mathematics,
}

impl Reading {
    /// Whether some page has a diagram that readers are shown.
    #[must_use]
    pub fn shows_diagrams(&self) -> bool {
        self.config.runs(PassName::Diagrams) && self.shows(Anatomy::has_diagram)
    }

    /// Whether any of its pages shows a formula.
    #[must_use]
    pub fn shows_formulas(&self) -> bool {
        self.config.runs(PassName::Formulas) && self.shows(|anatomy| !anatomy.formulas.is_empty())
    }

    /// Whether mdBook puts Markdown into some page, or TeX into a formula.
    #[must_use]
    pub fn includes_text(&self) -> bool {
        self.notebook.pages.iter().any(|page| !page.brought.is_empty() || !page.fills.is_empty())
    }

    /// Whether some page has something, or what mdBook puts into it.
    fn shows(&self, what: impl Fn(&Anatomy) -> bool) -> bool {
        let has = |page: &Page| what(&page.anatomy) || page.brought.iter().any(|brought| what(&brought.anatomy));
        self.notebook.pages.iter().any(has)
    }
}
