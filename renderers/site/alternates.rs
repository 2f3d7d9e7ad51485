//! What search engines are told of a page's languages: which pages say the same in another one.
//!
//! ```text
//! zh/a.html, en/a.html    →  zh-Hans, en, x-default: the edition in the default language
//! zh/index.html, en/…     →  zh-Hans, en, x-default: the root index, where it is of no language
//! index.html, no language →  the same set, so that each page of it names all others
//! other.html, no language →  nothing
//! ```
//!
//! Every page of a set has the same set: search engines believe links only that lead back. Only where a book lets them be
//! told the same of two languages, the second of these pages names itself, and the others name the first.

use mdbook_bilingual_core::notebook::Page;
use mdbook_bilingual_core::values::{Language, PagePath};
use url::Url;

use crate::site::Site;

/// The value for readers of any other language.
const DEFAULT: &str = "x-default";

/// A page that says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternate {
    /// For readers of which language: what search engines are told ([`Site::hreflang`]), or `x-default`.
    pub hreflang: String,
    /// Its whole address.
    pub url: Url,
}

/// What a page says of itself and of the pages that say the same: itself, the others, the default. Empty where nobody
/// knows the site's address, and for a page of no language.
#[must_use]
pub fn of(site: &Site<'_>, homes: &Homes<'_>, path: &PagePath) -> Vec<Alternate> {
    if homes.root == Some(path) || homes.pages.iter().any(|(_, home)| *home == path) {
        return set(site, path, homes.pages.iter().copied(), homes.root);
    }
    let Some((note, _)) = site.shown(path) else { return Vec::new() };
    let editions = || note.listed().map(|(edition, page)| (&edition.language.value, page));
    let of = |language: &Language| editions().find(|(own, _)| *own == language).map(|(_, page)| page);
    let default = site.languages.iter().find_map(of).filter(|_| editions().nth(1).is_some());
    set(site, path, editions(), default)
}

/// The pages where readers come in, as far as they say the same. They are found once for a site.
#[derive(Debug)]
pub struct Homes<'a> {
    /// The home of each language; none where there are fewer than two.
    pages: Vec<(&'a Language, &'a PagePath)>,
    /// The root index; `None` where it is in a language, or where there are no homes.
    root: Option<&'a PagePath>,
    /// The indexes with which languages begin, whether or not they say the same.
    fronts: Vec<&'a PagePath>,
}

impl<'a> Homes<'a> {
    /// The homes of a site. Without a root index of no language they are as other pages.
    #[must_use]
    pub fn of(site: &Site<'a>) -> Self {
        let fronts = fronts(site);
        let none = Self { pages: Vec::new(), root: None, fronts: fronts.clone() };
        let is_root = |page: &&Page| page.path.html() == "index.html" && page.edition.is_none();
        let Some(root) = site.notebook.pages.iter().find(is_root) else { return none };
        let notebook = site.notebook;
        let homes = notebook.languages.iter().filter_map(|language| site.home(language));
        let homes: Vec<(usize, &Language, &PagePath)> = homes
            .filter_map(|home| Some((home.edition?.0, &notebook.shown(home)?.1.language.value, &home.path)))
            .collect();
        // Where an edition of a home is no home, the note is that of its own editions.
        let are_all_homes =
            |note: usize| notebook.notes[note].listed().all(|(_, page)| homes.iter().any(|(_, _, home)| *home == page));
        let whole: Vec<_> = homes.iter().filter(|(note, ..)| are_all_homes(*note)).copied().collect();
        let are_one = whole.windows(2).all(|two| two[0].0 == two[1].0);
        // The first notes of two languages say the same only where they are one note; indexes do.
        let pages = whole.into_iter().filter(|(_, _, path)| are_one || fronts.contains(path));
        let pages: Vec<_> = pages.map(|(_, language, path)| (language, path)).collect();
        if pages.len() < 2 { none } else { Self { pages, root: Some(&root.path), fronts } }
    }

    /// Whether a language begins with this index, which is no text but the way to them.
    #[must_use]
    pub fn is_front(&self, path: &PagePath) -> bool {
        self.fronts.contains(&path)
    }
}

/// The indexes with which the languages of a site begin.
fn fronts<'a>(site: &Site<'a>) -> Vec<&'a PagePath> {
    let homes = site.notebook.languages.iter().filter_map(|language| site.home(language));
    homes.map(|home| &home.path).filter(|path| path.html().rsplit('/').next() == Some("index.html")).collect()
}

fn set<'a>(
    site: &Site<'_>,
    own: &PagePath,
    pages: impl Iterator<Item = (&'a Language, &'a PagePath)>,
    default: Option<&PagePath>,
) -> Vec<Alternate> {
    let mut set: Vec<Alternate> = Vec::new();
    let named = pages.map(|(language, page)| (site.hreflang(language), page));
    for (hreflang, page) in named.chain(default.map(|page| (DEFAULT.to_owned(), page))) {
        let Some(url) = site.url(page) else { continue };
        // Two languages that search engines are told the same of would contradict each other; a page names itself.
        match set.iter_mut().find(|other| other.hreflang == hreflang) {
            Some(other) if page == own => other.url = url,
            Some(_) => {}
            None => set.push(Alternate { hreflang, url }),
        }
    }
    set
}

#[cfg(test)]
mod tests {
    use crate::test_site::{TestSite, page};

    fn told(site: &TestSite, path: &str) -> Vec<String> {
        let site = site.site();
        let told = super::of(&site, &super::Homes::of(&site), &page(path));
        told.into_iter().map(|it| format!("{} {}", it.hreflang, it.url.path())).collect()
    }

    #[test]
    fn editions_name_each_other() {
        let site = TestSite::of(&[("zh/a.md", "# 甲\n"), ("en/a.md", "# A\n"), ("zh/b.md", "# 乙\n")]);
        let both = ["zh-Hans /zh/a.html", "en /en/a.html", "x-default /zh/a.html"];
        assert_eq!(told(&site, "zh/a.md"), both);
        assert_eq!(told(&site, "en/a.md"), both);
        assert_eq!(told(&site, "zh/b.md"), ["zh-Hans /zh/b.html"]);
    }

    #[test]
    fn homes_and_the_root_are_one_set() {
        let site = TestSite::of(&[
            ("README.md", "---\nlanguage: mul\n---\n# Book\n"),
            ("more.md", "---\nlanguage: mul\n---\n# More\n"),
            ("zh/README.md", "# 首页\n"),
            ("en/README.md", "# Home\n"),
            ("zh/a.md", "# 甲\n"),
        ]);
        let all = ["zh-Hans /zh/index.html", "en /en/index.html", "x-default /"];
        for path in ["index.md", "zh/index.md", "en/index.md"] {
            assert_eq!(told(&site, path), all, "{path}");
        }
        assert!(told(&site, "more.md").is_empty());
        assert_eq!(told(&site, "zh/a.md"), ["zh-Hans /zh/a.html"]);
    }

    #[test]
    fn first_notes_that_differ_are_no_counterparts() {
        let site = TestSite::of(&[
            ("README.md", "---\nlanguage: mul\n---\n# Book\n"),
            ("zh/a.md", "# 甲\n"),
            ("en/b.md", "# B\n"),
        ]);
        assert_eq!(told(&site, "zh/a.md"), ["zh-Hans /zh/a.html"]);
        assert!(told(&site, "index.md").is_empty());
    }

    #[test]
    fn a_page_names_itself_where_two_languages_are_told_the_same() {
        let table = "languages = [\"pt-BR\", \"pt-PT\", \"en\"]";
        let files = [("pt-BR/a.md", "# A\n"), ("pt-PT/a.md", "# A\n"), ("en/a.md", "# A\n")];
        let mut site = TestSite::with(table, &files);
        site.tell("pt-BR", "pt");
        site.tell("pt-PT", "pt");
        let told = |path: &str| told(&site, path);
        assert_eq!(told("pt-BR/a.md"), ["pt /pt-BR/a.html", "en /en/a.html", "x-default /pt-BR/a.html"]);
        assert_eq!(told("pt-PT/a.md"), ["pt /pt-PT/a.html", "en /en/a.html", "x-default /pt-BR/a.html"]);
        assert_eq!(told("en/a.md"), ["pt /pt-BR/a.html", "en /en/a.html", "x-default /pt-BR/a.html"]);
    }

    #[test]
    fn nothing_without_an_address() {
        let site = TestSite::of(&[("zh/a.md", "# 甲\n"), ("en/a.md", "# A\n")]).nowhere();
        assert!(told(&site, "zh/a.md").is_empty());
    }
}
