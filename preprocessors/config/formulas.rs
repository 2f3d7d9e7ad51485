//! `[preprocessor.bilingual.formulas]`.

use std::collections::BTreeMap;

use super::key::Key;
use super::table::table;
use crate::diagnostic::Message;
use crate::formula;

table! {
    /// What the formulas pass knows besides TeX.
    pub struct FormulasConfig {
        /// The book's own commands: their names without the backslash, and the TeX that they stand for.
        pub macros: BTreeMap<String, String> = macros("macros"),
    }
}

impl Key<'_, '_> {
    /// Commands and what they stand for.
    fn macros(&mut self) -> BTreeMap<String, String> {
        let mut macros = BTreeMap::new();
        let about = "The TeX that the command `\\NAME` stands for in formulas, with `#1` to `#9` for its arguments.";
        self.each("NAME", about, |key| {
            let Some(body) = key.text() else { return };
            let name = key.name().strip_prefix('\\').unwrap_or(key.name()).to_owned();
            match formula::check_macro(&name, &body) {
                Ok(()) if macros.contains_key(&name) => {
                    key.wrong(format!("`\\{name}` is defined twice, with and without its backslash"));
                }
                Ok(()) => {
                    macros.insert(name, body);
                }
                Err(error) => {
                    let (what, remedy) = error.parts();
                    key.wrong(Message { what, remedy });
                }
            }
        });
        macros
    }
}
