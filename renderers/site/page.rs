//! A page that mdBook rendered, finished: what its head says, the languages in its menu bar, the places that links from
//! other languages lead to.

use std::collections::BTreeMap;
use std::path::Path;

use mdbook_bilingual_core::values::{Language, PagePath};

use crate::engine::marks;
use crate::engine::words::Voice;
use crate::escape::markup;
use crate::site::Site;

/// What every page names.
pub struct Names {
    /// Our stylesheet.
    pub style: String,
    /// Our script.
    pub script: String,
    /// The script of our search, where the pages have it.
    pub search: Option<String>,
}

/// A page between its text and its file.
pub struct Unfinished<'a> {
    /// Where it will be.
    pub path: &'a PagePath,
    /// The same as the file is called: another one for the site's root.
    pub file: &'a str,
    /// As mdBook rendered it.
    pub raw: &'a str,
    /// The language whose texts are all on it, where it is one to be printed.
    pub printed: Option<&'a Language>,
    /// For the links to its counterparts, the attribute that keeps a reader's place.
    pub sections: &'a BTreeMap<PagePath, String>,
}

/// The text of a page as mdBook rendered it.
#[must_use]
pub fn text(raw: &str) -> &str {
    marks::text(raw).map_or("", |place| &raw[place])
}

/// The page as it is published.
#[must_use]
pub fn finish(page: &Unfinished<'_>, site: &Site<'_>, names: &Names, head: &str, text: &str) -> String {
    let Some(cut) = marks::cut(page.raw) else { return page.raw.to_owned() };
    let up = "../".repeat(page.file.matches('/').count());
    let head = format!("{head}\n        <link rel=\"stylesheet\" href=\"{up}{}\">", names.style);
    let mut foot = format!("<script src=\"{up}{}\"></script>\n    ", names.script);
    if let Some(search) = &names.search {
        let tags: Vec<&str> = site.languages.iter().map(Language::tag).collect();
        let failed = markup(&said(site, page, "site-search-failed"));
        let tags = tags.join(" ");
        foot.push_str(&format!(
            "<script src=\"{up}{search}\" data-languages=\"{tags}\" data-failed=\"{failed}\"></script>\n    "
        ));
    }
    cut.filled(&head, &menu(site, page), text, &foot)
}

/// The links to the other languages of a page, in the menu bar. The switch in the text is the landmark; this is a group,
/// and a list that is opened where there are more than two.
fn menu(site: &Site<'_>, page: &Unfinished<'_>) -> String {
    let links: Vec<String> = others(site, page)
        .into_iter()
        .map(|(language, title, href, sections)| {
            let tag = language.tag();
            let direction = if language.is_right_to_left() { "rtl" } else { "ltr" };
            format!(
                "<a href=\"{}\" hreflang=\"{tag}\" lang=\"{tag}\" dir=\"{direction}\" rel=\"alternate\" title=\"{}\"{sections}>{}</a>",
                markup(&href),
                markup(title),
                markup(site.config.autonym(language)),
            )
        })
        .collect();
    if links.is_empty() {
        return String::new();
    }
    let label = markup(&said(site, page, "site-languages"));
    let group =
        |class: &str| format!("<div class=\"{class}\" role=\"group\" aria-label=\"{label}\">{}</div>", links.concat());
    match links.len() {
        1 | 2 => group("language-menu"),
        _ => format!(
            "<details class=\"language-menu\"><summary aria-label=\"{label}\" title=\"{label}\"><span \
             aria-hidden=\"true\">文A</span></summary>{}</details>",
            group("language-menu-list")
        ),
    }
}

/// A message in the languages in which a page talks to its readers.
fn said(site: &Site<'_>, page: &Unfinished<'_>, id: &str) -> String {
    let spoken = page.printed.map_or_else(|| site.spoken_on(page.path), |own| vec![own.clone()]);
    Voice::of(site, &spoken).text(id)
}

/// Where the other languages of a page are: language, title, link, and the attribute that keeps a reader's place.
fn others<'a>(site: &'a Site<'_>, page: &Unfinished<'a>) -> Vec<(&'a Language, &'a str, String, &'a str)> {
    if let Some(own) = page.printed {
        let others = site.languages.iter().filter(|language| *language != own);
        let link = |language| {
            let title = site.title_in(language).unwrap_or_else(|| site.config.autonym(language));
            (language, title, site.named("print", "html", language), "")
        };
        return others.map(link).collect();
    }
    // A page that is shown at the site's root as well leads on from there.
    let here = PagePath::new(Path::new(page.file).with_extension("md").as_path(), false);
    let here = here.as_ref().unwrap_or(page.path);
    let link = |(language, title, target): (&'a Language, &'a str, &PagePath)| {
        (language, title, target.link_from(here), page.sections.get(target).map_or("", String::as_str))
    };
    site.counterparts(page.path).into_iter().map(link).collect()
}
