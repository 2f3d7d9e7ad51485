//! Whether the site knows the address at which it is published.

use crate::checks::Checked;
use crate::config::SITE;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Message};
use crate::notebook::sightings::SiteAddressFault;

pub(super) fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let Some(fault) = &checked.notebook.sightings.site_address else { return };
    let lost = "search engines are not told which pages belong together, and there is no sitemap.xml and no feed";
    let message = match fault {
        SiteAddressFault::Unwritten => Message::new(
            format!("nothing says at which address the site is published, so {lost}"),
            "write `site-url = \"https://…/\"` in [output.bilingual-site.html]",
        ),
        SiteAddressFault::Path(path) => Message::new(
            format!("`site-url` is “{path}”, which is a path and not an address, so {lost}"),
            "write `site-url = \"https://…/\"` in [output.bilingual-site.html], or `cname` beside it",
        ),
        SiteAddressFault::Invalid { key, value } => Message::new(
            format!("`{key}` is “{value}”, which is no address that a site can have, so {lost}"),
            "write `site-url = \"https://…/\"` in [output.bilingual-site.html]",
        ),
    };
    let place = checked.book_toml.place(&["output", SITE]);
    diagnostics.push(Diagnostic::new(Code::SiteAddressMissing, message).at(place));
}
