//! `sitemap.xml`: every page, the pages that say the same, and when its text last changed.
//!
//! ```text
//! zh/a.html  →  <url><loc>https://example.org/zh/a.html</loc>
//!               <xhtml:link rel="alternate" hreflang="en" href="https://example.org/en/a.html"/> …
//!               <lastmod>2025-03-04</lastmod></url>
//! ```
//!
//! A page of which nobody knows when it changed has no `lastmod`: search engines stop believing a site whose days are
//! those of its builds. What is too long for one file (<https://www.sitemaps.org/protocol.html>) is in several, and
//! `sitemap.xml` lists those.

use mdbook_bilingual_core::values::{Date, PagePath};

use crate::alternates::{self, Homes};
use crate::escape::markup;
use crate::output::Files;
use crate::site::Site;

/// How much one file holds.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Addresses.
    addresses: usize,
    /// Bytes.
    bytes: usize,
}

/// Those of the protocol; its 50 MB are taken for the smaller ones.
const LIMITS: Limits = Limits { addresses: 50_000, bytes: 50_000_000 };

const BEGIN: &str = concat!(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
    "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
);
const END: &str = "</urlset>\n";

/// The sitemap of these pages, in their order; no file where nobody knows the site's address.
#[must_use]
pub fn files<'p>(site: &Site<'_>, homes: &Homes<'_>, pages: impl IntoIterator<Item = &'p PagePath>) -> Files {
    files_within(LIMITS, site, homes, pages)
}

fn files_within<'p>(
    limits: Limits,
    site: &Site<'_>,
    homes: &Homes<'_>,
    pages: impl IntoIterator<Item = &'p PagePath>,
) -> Files {
    let mut parts: Vec<Part> = Vec::new();
    for path in pages {
        let Some(entry) = entry(site, homes, path) else { continue };
        let has_room = |part: &&mut Part| {
            part.addresses < limits.addresses && part.text.len() + entry.len() + END.len() <= limits.bytes
        };
        let updated = updated(site, path);
        match parts.last_mut().filter(has_room) {
            Some(part) => part.add(&entry, updated),
            None => {
                let mut part = Part { text: BEGIN.to_owned(), addresses: 0, updated: None };
                part.add(&entry, updated);
                parts.push(part);
            }
        }
    }
    match parts.len() {
        0 => Files::new(),
        1 => parts.into_iter().map(|part| ("sitemap.xml".to_owned(), part.finished())).collect(),
        _ => several(site, parts),
    }
}

/// A file of addresses.
struct Part {
    text: String,
    addresses: usize,
    /// The newest day in it.
    updated: Option<Date>,
}

impl Part {
    fn add(&mut self, entry: &str, updated: Option<Date>) {
        self.text.push_str(entry);
        self.addresses += 1;
        self.updated = self.updated.max(updated);
    }

    fn finished(self) -> Vec<u8> {
        (self.text + END).into_bytes()
    }
}

/// Files of addresses, and the one that lists them.
fn several(site: &Site<'_>, parts: Vec<Part>) -> Files {
    let mut index = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                     <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    let mut files = Files::new();
    for (at, part) in (1..).zip(parts) {
        let name = format!("sitemap-{at}.xml");
        let Some(url) = site.url_of(&name) else { continue };
        index.push_str(&format!("<sitemap><loc>{}</loc>{}</sitemap>\n", markup(url.as_str()), lastmod(part.updated)));
        files.insert(name, part.finished());
    }
    index.push_str("</sitemapindex>\n");
    files.insert("sitemap.xml".to_owned(), index.into_bytes());
    files
}

fn entry(site: &Site<'_>, homes: &Homes<'_>, path: &PagePath) -> Option<String> {
    let url = site.url(path)?;
    let mut entry = format!("<url><loc>{}</loc>", markup(url.as_str()));
    let alternates = alternates::of(site, homes, path);
    // A page that is there in one language has nothing to say here that its address does not.
    for alternate in alternates.iter().filter(|_| alternates.len() > 1) {
        let (hreflang, href) = (markup(&alternate.hreflang), markup(alternate.url.as_str()));
        entry.push_str(&format!("\n<xhtml:link rel=\"alternate\" hreflang=\"{hreflang}\" href=\"{href}\"/>"));
    }
    entry.push_str(&lastmod(updated(site, path)));
    entry.push_str("</url>\n");
    Some(entry)
}

/// When the text of a page last changed; else when it was published.
fn updated(site: &Site<'_>, path: &PagePath) -> Option<Date> {
    let (_, edition) = site.shown(path)?;
    let days = [&edition.updated, &edition.published];
    days.into_iter().flatten().map(|day| day.value).next()
}

fn lastmod(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| format!("<lastmod>{day}</lastmod>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_site::{TestSite, page};

    fn written(test: &TestSite, limits: Limits, paths: &[&str]) -> Vec<(String, String)> {
        let site = test.site();
        let pages: Vec<PagePath> = paths.iter().map(|path| page(path)).collect();
        let files = files_within(limits, &site, &Homes::of(&site), &pages);
        files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
    }

    const BOOK: [(&str, &str); 3] = [
        ("zh/a&b.md", "---\ndate: 2025-01-02\nupdated: 2025-03-04\n---\n# 甲\n"),
        ("en/a&b.md", "---\ndate: 2025-02-03\n---\n# A\n"),
        ("zh/c.md", "# 丙\n"),
    ];
    const PATHS: [&str; 3] = ["zh/a&b.md", "en/a&b.md", "zh/c.md"];

    #[test]
    fn pages_with_their_counterparts_and_days() {
        let test = TestSite::of(&BOOK);
        let files = written(&test, LIMITS, &PATHS);
        let set = "<xhtml:link rel=\"alternate\" hreflang=\"zh-Hans\" href=\"https://example.org/zh/a&amp;b.html\"/>\n\
                   <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/en/a&amp;b.html\"/>\n\
                   <xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/zh/a&amp;b.html\"/>";
        let expected = format!(
            "{BEGIN}<url><loc>https://example.org/zh/a&amp;b.html</loc>\n{set}<lastmod>2025-03-04</lastmod></url>\n\
             <url><loc>https://example.org/en/a&amp;b.html</loc>\n{set}<lastmod>2025-02-03</lastmod></url>\n\
             <url><loc>https://example.org/zh/c.html</loc></url>\n{END}"
        );
        assert_eq!(files, [("sitemap.xml".to_owned(), expected)]);
        assert!(written(&test.nowhere(), LIMITS, &PATHS).is_empty());
    }

    #[test]
    fn what_is_too_long_is_in_several_files() {
        let test = TestSite::of(&BOOK).at("https://example.org/notes/");
        let bytes = written(&test, LIMITS, &PATHS)[0].1.len() - 1;
        for limits in [Limits { addresses: 2, ..LIMITS }, Limits { bytes, ..LIMITS }] {
            let files = written(&test, limits, &PATHS);
            let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
            assert!(files.iter().all(|(_, text)| text.len() <= limits.bytes));
            assert_eq!(files[0].1.matches("<url>").count(), 2);
            let index = &files[2].1;
            let first =
                "<sitemap><loc>https://example.org/notes/sitemap-1.xml</loc><lastmod>2025-03-04</lastmod></sitemap>";
            assert!(index.contains(first), "{index}");
            assert!(index.contains("<loc>https://example.org/notes/sitemap-2.xml</loc></sitemap>"));
        }
    }
}
