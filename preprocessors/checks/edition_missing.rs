//! Which editions of a note are missing, and where they would lie: each by itself, or many at once.

use std::path::Path;

use crate::assembly::habits::Habits;
use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message, Place};
use crate::notebook::{Edition, Note};
use crate::values::{Language, SourcePath};

/// Of how many missing editions each is told by itself.
const FEW: usize = 3;

/// How many of the languages that a note misses are named.
const NAMED: usize = 8;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let habits = Habits::of(checked.notebook);
    for (note, editions) in checked.notes().filter(|(note, _)| !note.catalogue) {
        let Some(edition) = editions.first() else { continue };
        for message in missing(checked, note, edition, &habits) {
            diagnostics.push(Diagnostic::new(Code::EditionMissing, message).at(Place::file(&edition.file)));
        }
    }
}

fn missing(checked: &Checked<'_>, note: &Note, edition: &Edition, habits: &Habits) -> Vec<Message> {
    // A page that the suite adds is nobody's edition.
    let is_missing = |language: &&Language| note.edition(language).is_none_or(|edition| edition.source.is_none());
    let missing: Vec<&Language> = checked.notebook.languages.iter().filter(is_missing).collect();
    let name = |language: &Language| checked.config.autonym(language).to_owned();
    let remedy = |language: &Language| remedy(checked, edition, habits, language);
    if missing.len() <= FEW {
        let told = |language: &&Language| {
            Message::new(format!("no {} edition", name(language)), format!("add {}", remedy(language)))
        };
        return missing.iter().map(told).collect();
    }
    let mut names: Vec<String> = missing.iter().take(NAMED).map(|language| name(language)).collect();
    names.extend(missing.len().checked_sub(NAMED + 1).map(|more| format!("and {} more", more + 1)));
    let (count, names) = (missing.len(), names.join(", "));
    vec![Message::new(
        format!("no edition in {count} languages ({names})"),
        format!("add {} for the first of them", remedy(missing[0])),
    )]
}

/// What to add: the path of the file, as far as the book's names tell it.
fn remedy(checked: &Checked<'_>, edition: &Edition, habits: &Habits, language: &Language) -> String {
    let notebook = checked.notebook;
    let Some(source) = &edition.source else { return String::new() };
    // Behind a link, people add files where the real one is.
    let real = SourcePath::new(Path::new(&edition.file));
    let real = real.filter(|_| edition.file != format!("{}{source}", notebook.source_folder));
    let proposed = match &real {
        Some(real) => habits.path_of(real, language).to_string(),
        None => notebook.in_sources(&habits.path_of(source, language)),
    };
    // A page whose front matter contradicts its name: the name is no guide to its counterpart's.
    if proposed == edition.file { "one, and give both the same `translation-key`".to_owned() } else { proposed }
}
