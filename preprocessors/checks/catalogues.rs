//! Which links of a catalogue list nothing.

use crate::checks::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::notebook::listing::{CatalogueFault, FaultKind};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for fault in &checked.notebook.catalogue_faults {
        let code = match fault.kind {
            FaultKind::Forbidden(_) => Code::UrlForbidden,
            _ => Code::CatalogueTarget,
        };
        diagnostics.push(Diagnostic::new(code, message(fault)).at(fault.place.clone()));
    }
}

fn message(CatalogueFault { text, url, kind, .. }: &CatalogueFault) -> String {
    let nothing = "so the catalogue lists nothing here; correct the link";
    match kind {
        FaultKind::Empty => format!("the link “{text}” is empty; write where it leads, or make it plain text"),
        FaultKind::Forbidden(why) | FaultKind::NoCopy(why) => why.to_string(),
        FaultKind::Outside => format!("“{url}” lies outside of the repository, {nothing}"),
        FaultKind::Missing(file) => format!("“{url}” leads nowhere: there is no {file}, {nothing}"),
        FaultKind::NoNote(file) => format!(
            "{file} is no note, and no address of the repository is known, so the catalogue lists nothing here; set `git-repository-url` in [output.html]"
        ),
        FaultKind::Neither => format!("“{url}” is neither a note nor an address, {nothing}"),
    }
}
