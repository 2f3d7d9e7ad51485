//! A page that mdBook rendered, finished: what its head says, the languages in its menu bar, the places that links from
//! other languages lead to.

use mdbook_bilingual_core::values::PagePath;

use crate::engine::marks;
use crate::engine::words::{Voice, escaped};
use crate::site::Site;

/// What every page names.
pub struct Names {
    /// Our stylesheet.
    pub style: String,
    /// Our script.
    pub script: String,
}

/// A page between its text and its file.
pub struct Unfinished<'a> {
    /// Where it will be.
    pub path: &'a PagePath,
    /// The same as the file is called: another one for the site's root.
    pub file: &'a str,
    /// As mdBook rendered it.
    pub raw: &'a str,
}

/// The text of a page as mdBook rendered it.
#[must_use]
pub fn text(raw: &str) -> &str {
    marks::cut(raw).map_or("", |cut| cut.text)
}

/// The page as it is published.
#[must_use]
pub fn finish(page: &Unfinished<'_>, site: &Site<'_>, names: &Names, head: &str, text: &str) -> String {
    let Some(cut) = marks::cut(page.raw) else { return page.raw.to_owned() };
    let up = "../".repeat(page.file.matches('/').count());
    let head = format!("{head}\n        <link rel=\"stylesheet\" href=\"{up}{}\">", names.style);
    let foot = format!("<script src=\"{up}{}\"></script>\n    ", names.script);
    cut.filled(&head, &menu(site, page.path), text, &foot)
}

/// The links to the other languages of a page, in the menu bar. The switch in the text is the landmark; this is a group.
fn menu(site: &Site<'_>, path: &PagePath) -> String {
    let links: Vec<String> = site
        .counterparts(path)
        .into_iter()
        .map(|(language, title, target)| {
            let tag = language.tag();
            let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
            format!(
                "<a class=\"language-menu-link\" href=\"{}\" hreflang=\"{tag}\" lang=\"{tag}\" dir=\"{direction}\" rel=\"alternate\" \
                 title=\"{}\">{}</a>",
                target.link_from(path),
                escaped(title),
                escaped(site.config.autonym(language)),
            )
        })
        .collect();
    if links.is_empty() {
        return String::new();
    }
    let label = escaped(&Voice::of(site, &site.spoken_on(path)).text("site-languages"));
    match links.as_slice() {
        [one] => format!("<div class=\"language-menu\" role=\"group\" aria-label=\"{label}\">{one}</div>"),
        several => format!(
            "<details class=\"language-menu\"><summary aria-label=\"{label}\" title=\"{label}\"><span aria-hidden=\"true\">文A</span></summary><div \
             role=\"group\" aria-label=\"{label}\">{}</div></details>",
            several.concat()
        ),
    }
}
