//! Whether the catalogues that the configuration names are there, and can be read.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::{LostBecause, LostCatalogue};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for LostCatalogue { path, fault, place } in &checked.notebook.sightings.lost_catalogues {
        let why: Message = match fault {
            LostBecause::Outside => format!("“{path}” lies outside of the repository").into(),
            LostBecause::LinkOutside => format!("“{path}” leads out of the repository").into(),
            LostBecause::Missing => format!("there is no file “{path}”").into(),
            LostBecause::Unreadable(why) => why.clone().of(format_args!("“{path}”")),
        };
        let message = why.of("`catalogue`").and("correct the path, which begins at the folder of book.toml");
        diagnostics.push(Diagnostic::new(Code::ConfigValue, message).at(place.clone()));
    }
}
