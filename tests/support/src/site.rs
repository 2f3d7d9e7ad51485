//! What is on the pages that mdBook wrote.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use crate::files::files;

/// The elements that the suite writes into a page, by tag and class.
pub const OWN: [(&str, &str); 8] = [
    ("nav", "language-switch"),
    ("aside", "cross-post"),
    ("aside", "review-status"),
    ("aside", "freshness"),
    ("ol", "learning-path"),
    ("div", "status-board"),
    ("ol", "status-board-list"),
    ("ul", "external-reading"),
];

/// The pages of a built book.
pub fn pages(out: &Path) -> Vec<(PathBuf, String)> {
    files(out)
        .into_iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "html"))
        .filter(|file| !["print.html", "404.html", "toc.html"].contains(&file.to_string_lossy().as_ref()))
        .map(|file| (file.clone(), fs::read_to_string(out.join(&file)).expect("UTF-8")))
        .collect()
}

fn unescaped(text: &str) -> String {
    text.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// The addresses in what the suite wrote on a page.
pub fn own_links(html: &str) -> Vec<String> {
    static ELEMENTS: LazyLock<Regex> = LazyLock::new(|| {
        let element = |tag: &str, class: &str| format!(r#"<{tag} class="{class}[^"]*".*?</{tag}>"#);
        let all = OWN.map(|(tag, class)| element(tag, class));
        Regex::new(&format!("(?s){}", all.join("|"))).expect("a valid pattern")
    });
    ELEMENTS.find_iter(html).flat_map(|own| links(own.as_str())).collect()
}

/// The addresses of the links in a piece of HTML.
pub fn links(html: &str) -> Vec<String> {
    static HREF: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<a [^>]*href="([^"]*)""#).expect("a valid pattern"));
    HREF.captures_iter(html).map(|found| unescaped(&found[1])).collect()
}

/// The text of a page, between mdBook's own parts.
pub fn main_part(html: &str) -> &str {
    html.split_once("<main>").and_then(|(_, rest)| rest.split_once("</main>")).map_or("", |(main, _)| main)
}

/// The file that a relative link on a page leads to.
pub fn target(page: &Path, link: &str) -> PathBuf {
    let path = link.split('#').next().unwrap_or(link);
    if path.is_empty() {
        return page.to_owned();
    }
    let link = percent_encoding::percent_decode_str(path).decode_utf8().expect("UTF-8");
    let mut path: Vec<String> = page
        .parent()
        .expect("a folder")
        .components()
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(path.pop()),
            part => path.push(part.to_owned()),
        }
    }
    path.iter().collect()
}

/// The decoded fragment of a link.
pub fn fragment(link: &str) -> Option<String> {
    let (_, fragment) = link.split_once('#')?;
    Some(percent_encoding::percent_decode_str(fragment).decode_utf8().expect("UTF-8").into_owned())
}

/// Every id on a page.
pub fn ids(html: &str) -> BTreeSet<String> {
    static ID: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\s(?:id|name)="([^"]*)""#).expect("a valid pattern"));
    ID.captures_iter(html).map(|found| unescaped(&found[1])).collect()
}

/// The ids of the headings and the terms that mdBook wrote, in order.
pub fn heading_ids(html: &str) -> Vec<String> {
    static HEADING: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"<(?:h[1-6]|dt) id="([^"]*)"[^>]*><a class="header""#).expect("a valid pattern"));
    HEADING.captures_iter(main_part(html)).map(|found| unescaped(&found[1])).collect()
}
