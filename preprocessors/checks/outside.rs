//! What mdBook would publish from outside of the book's repository: nobody put it into that.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::{Outside, Published};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for outside in &checked.notebook.sightings.outside {
        diagnostics.push(finding(outside));
    }
}

/// What there is to say of something that lies outside.
#[must_use]
pub fn finding(Outside { what, target, place }: &Outside) -> Diagnostic {
    let what = match what {
        Published::Sources(folder) => format!("`src`: “{folder}”"),
        Published::Summary => "this table of contents".to_owned(),
        Published::Configuration => "this configuration".to_owned(),
        Published::Chapter(source) => source.to_string(),
        Published::Link => "this link".to_owned(),
        Published::Theme(folder) => format!("the theme “{folder}”"),
        Published::ThemeFile => "this file of the theme".to_owned(),
        Published::Additional { table, key, file } => format!("`{table}.{key}`: “{file}”"),
        Published::NotFound(file) => format!("the page for addresses that do not exist, “{file}”,"),
        Published::Included(target) => format!("what “{target}” brings into the page"),
    };
    let message = Message::new(
        format!(
            "{what} leads to {}, outside of the book's repository, and mdBook would publish what nobody put into that",
            target.display()
        ),
        "put it there, or begin the repository further up with `git init`",
    );
    Diagnostic::new(Code::PathOutside, message).at(place.clone())
}
