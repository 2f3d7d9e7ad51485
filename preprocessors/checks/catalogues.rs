//! Which links of a catalogue list nothing.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::host::HtmlOptions;
use crate::notebook::listing::{CatalogueFault, FaultKind};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for fault in &checked.notebook.catalogue_faults {
        let code = match fault.kind {
            FaultKind::Forbidden(_) => Code::UrlForbidden,
            _ => Code::CatalogueTarget,
        };
        diagnostics.push(Diagnostic::new(code, message(fault, checked.html)).at(fault.place.clone()));
    }
}

fn message(CatalogueFault { text, url, kind, .. }: &CatalogueFault, html: HtmlOptions) -> Message {
    let nothing = |why: String| Message::new(format!("{why}, so the catalogue lists nothing here"), "correct the link");
    match kind {
        FaultKind::Empty => {
            Message::new(format!("the link “{text}” is empty"), "write where it leads, or make it plain text")
        }
        FaultKind::Forbidden(why) | FaultKind::NoCopy(why) => why.message(),
        FaultKind::Outside => nothing(format!("“{url}” lies outside of the repository")),
        FaultKind::Missing(file) => nothing(format!("“{url}” leads nowhere: there is no {file}")),
        FaultKind::NoNote(file) => Message::new(
            format!(
                "{file} is no note, and no address of the repository is known, so the catalogue lists nothing here"
            ),
            format!("set `git-repository-url` in [{}]", html.name()),
        ),
        FaultKind::Neither => nothing(format!("“{url}” is neither a note nor an address")),
    }
}
