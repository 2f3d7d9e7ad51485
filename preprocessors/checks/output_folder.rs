//! Whether the folder that mdBook empties before it writes a site into it may be emptied.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::{OutputContent, OutputFault, OutputFolder};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    if let Some(output) = &checked.notebook.sightings.output {
        diagnostics.push(finding(output));
    }
}

/// What there is to say of a folder that must not be emptied.
#[must_use]
pub fn finding(OutputFolder { folder, fault, place }: &OutputFolder) -> Diagnostic {
    let shown = folder.display();
    let (code, message) = match fault {
        OutputFault::Holds(held) => {
            let what = match held {
                OutputContent::Book => "the book itself",
                OutputContent::Sources => "the sources",
                OutputContent::Theme => "the theme",
                OutputContent::Fonts => "the fonts of the theme",
                OutputContent::Notes => "the notes",
                OutputContent::Chapter(file) => file,
            };
            let message = Message::new(
                format!("`build-dir`: mdBook empties “{shown}” before it writes the site there, and that holds {what}"),
                "give the site a folder of its own, such as build-dir = \"public\"",
            );
            (Code::BuildDirTaken, message)
        }
        OutputFault::Outside(target) => {
            let message = Message::new(
                format!(
                    "`build-dir`: “{shown}” leads to {}, outside of the book's repository, and mdBook empties that before it writes the site there",
                    target.display()
                ),
                "name a folder of the repository, or begin the repository further up with `git init`",
            );
            (Code::PathOutside, message)
        }
    };
    Diagnostic::new(code, message).at(place.clone())
}
