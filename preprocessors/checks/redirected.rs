//! Which links lead through a site that only leads on.
//!
//! ```text
//! [paper](https://link.zhihu.com/?target=https%3A//arxiv.org/abs/1)     →     [paper](https://arxiv.org/abs/1)
//! ```
//!
//! The links pass leads readers of the book directly; whoever reads the file on GitHub goes through the other site, which
//! warns them, and is told about them.

use crate::checks::Checked;
use crate::checks::mended::{leading, place_of, written_path};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::markdown::link::Link;
use crate::notebook::{Destination, Page};
use crate::platforms::{linkable, redirect};

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for page in checked.notebook.pages.iter().filter(|page| !page.location.shown.is_empty()) {
        let file = checked.notebook.files.for_people(&page.location.real);
        for link in page.written.links.iter().filter(|link| !link.image) {
            let Some(meant) = meant(checked, page, link) else { continue };
            let message = Message::new(
                format!("“{}” only leads on to another address", link.destination),
                format!("write {meant}"),
            );
            let fix = leading(&file, link, &meant);
            diagnostics.push(Diagnostic::new(Code::LinkRedirect, message).at(place_of(&file, link)).fixed_by(fix));
        }
    }
}

/// What a link has to say to lead there directly: the way to a note of the book, or the address; `None` for one that is
/// direct, or that leads nowhere.
fn meant(checked: &Checked<'_>, page: &Page, link: &Link) -> Option<String> {
    let led = redirect::target(&link.destination)?;
    match checked.notebook.files.destination(&page.location, &link.destination) {
        Destination::Note { source, fragment, .. } => match checked.notebook.page_of(source) {
            Some(target) => {
                let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                Some(written_path(&page.location.real, &target.location.real) + &fragment)
            }
            None => linkable(&led).ok().map(String::from),
        },
        // That is said already, and no address is any better.
        Destination::Nothing { .. } | Destination::Outside => None,
        _ => linkable(&led).ok().map(String::from),
    }
}
