//! Whether the suite was made for the mdBook that runs it.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::host::MDBOOK;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let Some(version) = &checked.notebook.sightings.unknown_mdbook else { return };
    let what = format!("this is mdBook {version}, and mdbook-bilingual was made for {MDBOOK}");
    let message = Message::new(what, "look for a newer mdbook-bilingual");
    diagnostics.push(Diagnostic::new(Code::HostVersion, message));
}
