//! Pages that lead to where a page has moved, in the language of that page.

use mdbook_bilingual_core::values::Language;

use crate::engine::words::{Voice, escaped};
use crate::site::Site;

/// A redirect as mdBook wrote it, in the language of the page that it leads to. A template of the author's that has
/// other words stays as it is.
#[must_use]
pub fn finish(page: &str, voice: Voice<'_>, tag: &str) -> String {
    let page = page.replacen("<html lang=\"en\">", &format!("<html lang=\"{tag}\">"), 1);
    let page = page.replacen(
        "<title>Redirecting...</title>",
        &format!("<title>{}</title>", escaped(&voice.text("site-moved"))),
        1,
    );
    let Some((before, rest)) = page.split_once("<p>Redirecting to... ") else { return page };
    let Some((link, behind)) = rest.split_once(".</p>") else { return page.clone() };
    let said = voice.with_slot("site-moved-to", "link", link);
    format!("{before}<p>{said}</p>{behind}")
}

/// The language of the page that a redirect leads to, by its own path and what it says; `None` for a page of no language
/// and for other sites.
#[must_use]
pub fn language<'a>(site: &'a Site<'_>, from: &str, to: &str) -> Option<&'a Language> {
    let base = url::Url::parse("https://site.invalid/").ok()?;
    let target = base.join(from.trim_start_matches('/')).ok()?.join(to).ok()?;
    if target.host_str() != Some("site.invalid") {
        return None;
    }
    let path = percent_encoding::percent_decode_str(target.path()).decode_utf8().ok()?;
    site.language_of_html(path.trim_start_matches('/'))
}
