//! Is each page in its own language, and does the way to another one keep the reader's place?

use std::collections::{BTreeMap, BTreeSet};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser_tests::book::{Book, Page, Target, is_print_page};
use browser_tests::browser::{Key, Viewport};
use browser_tests::checkers;
use browser_tests::small::{PLACE, build_site, built};
use serde::Deserialize;
use support::files::write;
use support::program::skip;
use tempfile::TempDir;

use crate::looks::{CONTRAST, OVERFLOW, THEMES};
use crate::{CHINESE, ENGLISH, Reader, switch_link};

/// The languages of the small book, the default one first, and whether they are read from right to left.
const LANGUAGES: [(&str, &str, bool); 4] =
    [("zh-CN", "zh", false), ("en", "en", false), ("ja", "ja", false), ("ar", "ar", true)];

/// A book in four languages, whose notes have six sections each.
struct Many {
    folder: TempDir,
}

impl Many {
    fn build() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let root = folder.path();
        std::fs::create_dir(root.join(".git"))?;
        let tags: Vec<String> = LANGUAGES.iter().map(|(tag, ..)| format!("\"{tag}\"")).collect();
        let place = PLACE.replace("\"html\"", "\"bilingual-site\"");
        let toml = format!(
            "[book]\ntitle = \"Many\"\nlanguage = \"zh-CN\"\n\n[build]\nbuild-dir = \"out\"\n\n[preprocessor.bilingual]\n\
             languages = [{}]\n{place}\n[output.bilingual-site.html]\ngit-repository-url = \"https://github.com/o/r\"\n\
             edit-url-template = \"https://github.com/o/r/edit/main/{{path}}\"\n\n\
             [preprocessor.bilingual.language.ar.messages]\nsite-not-found-title = \"الصفحة غير موجودة\"\n\
             site-not-found = \"لا شيء في هذا العنوان.\"\n",
            tags.join(", ")
        );
        write(root, "book.toml", &toml);
        let mut summary = "# Summary\n\n[Many](index.md)\n\n".to_owned();
        write(root, "src/index.md", "---\nlanguage: mul\n---\n\n# Many\n");
        for (tag, name, _) in LANGUAGES {
            let sections: String =
                (1..=6).map(|at| format!("## {name} {at}\n\n{}\n\n", "Words. ".repeat(300))).collect();
            write(root, &format!("src/{name}/a.md"), &format!("# Note in {tag}\n\n{sections}"));
            write(root, &format!("src/{name}/b.md"), &format!("# Other in {tag}\n\nShort.\n"));
            summary.push_str(&format!("- [{tag} a]({name}/a.md)\n- [{tag} b]({name}/b.md)\n"));
        }
        write(root, "src/SUMMARY.md", &summary);
        build_site(root)?;
        Ok(Self { folder })
    }

    fn reader(&self) -> Result<Reader> {
        Reader::of(built(self.folder.path())?)
    }
}

/// An entry of the sidebar.
#[derive(Debug, Deserialize)]
struct Entry {
    /// The path of its page.
    page: String,
    /// The language that it is in, by itself or by what is around it.
    language: String,
    is_current: bool,
}

const ENTRIES: &str = r#"[...document.querySelectorAll("ol.chapter a[href]")]
    .filter(link => !link.getAttribute("href").startsWith('#'))
    .map(link => ({
        page: decodeURIComponent(new URL(link.href).pathname).slice(1),
        language: link.closest("[lang]").lang,
        is_current: link.classList.contains("active"),
    }))"#;

/// The language of a page that shows a note; `None` for a page of no language, and for one of all texts.
fn language_of(page: &Page) -> Option<String> {
    let editions = page.select("main .edition[lang]");
    let [edition] = editions.as_slice() else { return None };
    edition.attr("lang").map(str::to_owned)
}

fn html_language(page: &Page) -> String {
    page.select("html").first().and_then(|html| html.attr("lang")).unwrap_or_default().to_owned()
}

#[test]
fn every_page_and_every_heading_is_in_its_language() -> Result<()> {
    let many = Many::build()?;
    for book in [Book::built()?, built(many.folder.path())?] {
        let mut seen = BTreeSet::new();
        for page in book.pages().filter(|page| !is_print_page(&page.path)) {
            let Some(language) = language_of(page) else { continue };
            assert_eq!(html_language(page), language, "{}", page.path);
            let right_to_left = LANGUAGES.iter().any(|(tag, _, is)| *tag == language && *is);
            let direction = page.select("html").first().and_then(|html| html.attr("dir"));
            assert_eq!(direction, Some(if right_to_left { "rtl" } else { "ltr" }), "{}", page.path);
            for heading in page.select("main :is(h1, h2, h3, h4, h5, h6)") {
                let around =
                    heading.ancestors().find_map(|node| node.value().as_element()?.attr("lang").map(str::to_owned));
                assert_eq!(around.as_deref(), Some(language.as_str()), "{}: {}", page.path, heading.html());
            }
            seen.insert(language);
        }
        assert!(seen.len() > 1, "the book has one language: {seen:?}");
    }
    Ok(())
}

/// The language of each page of a book, by its path.
type Languages = BTreeMap<String, Option<String>>;

/// Asserts that the sidebar of a page, or the frame that stands for it, holds what it should. Gives how many entries.
fn assert_entries(book: &Languages, page: &str, language: Option<&str>, entries: &[Entry]) -> usize {
    for entry in entries {
        let own = book.get(&entry.page).unwrap_or_else(|| panic!("{page}: there is no {}", entry.page));
        if let Some(own) = own {
            assert_eq!(entry.language, *own, "{page}: the entry {entry:?}");
            assert!(
                language.is_none_or(|language| language == *own),
                "{page}: an entry of another language, {entry:?}"
            );
        }
    }
    entries.len()
}

#[test]
fn the_sidebar_is_in_the_language_of_its_page() -> Result<()> {
    let many = Many::build()?;
    for mut reader in [Reader::new()?, many.reader()?] {
        let all: Languages = reader.book.pages().map(|page| (page.path.clone(), language_of(page))).collect();
        let mut pages: Vec<(String, Option<String>)> = vec![("index.html".to_owned(), None)];
        for (tag, ..) in LANGUAGES {
            let found = all.iter().filter(|(_, language)| language.as_deref() == Some(tag));
            pages.extend(found.take(3).map(|(page, _)| (page.clone(), Some(tag.to_owned()))));
        }
        for (page, language) in &pages {
            reader.open(page)?;
            let entries: Vec<Entry> = reader.browser.evaluate(ENTRIES)?;
            assert!(assert_entries(&all, page, language.as_deref(), &entries) > 0, "{page}: no entries");
            let current: Vec<&str> =
                entries.iter().filter(|entry| entry.is_current).map(|entry| entry.page.as_str()).collect();
            assert_eq!(current, [page.as_str()], "{page}: the entry that is marked");
        }
        // The same without scripts, in a frame.
        reader.browser.allow_scripts(false)?;
        for (page, language) in &pages {
            reader.open(page)?;
            let frame: String = reader.browser.evaluate("document.querySelector('noscript iframe').src")?;
            reader.browser.open(&frame)?;
            let entries: Vec<Entry> = reader.browser.evaluate(ENTRIES)?;
            assert!(assert_entries(&all, page, language.as_deref(), &entries) > 0, "{frame}: no entries");
        }
    }
    Ok(())
}

/// Where a reader is: the section and how far its heading is from the top of the window.
#[derive(Debug, Deserialize)]
struct Standing {
    /// The place of the section's heading among all with an id.
    section: i32,
    top: f64,
}

/// A page with a counterpart of as many sections, both of some length.
fn long_pair(book: &Book) -> Result<(String, String)> {
    let count = |page: &Page| page.select("main .edition :is(h1, h2, h3, h4, h5, h6)[id]").len();
    for page in book.pages().filter(|page| language_of(page).as_deref() == Some(CHINESE) && count(page) > 4) {
        let links = page.select(&switch_link(ENGLISH));
        let Some(href) = links.first().and_then(|link| link.attr("href")) else { continue };
        let Target::Inside(path, _) = page.resolve(href)? else { continue };
        if book.page(&path).is_some_and(|other| count(other) == count(page)) {
            return Ok((page.path.clone(), path));
        }
    }
    anyhow::bail!("no note has four sections in both languages")
}

impl Reader {
    /// Where the page stands once it has scrolled, as far as the heading at `expected` goes.
    fn standing(&mut self, expected: usize) -> Result<Standing> {
        // Timers of a page whose scripts are off never ring.
        thread::sleep(Duration::from_millis(300));
        self.browser.evaluate(&format!(
            r#"(() => {{
                const all = [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)[id]")];
                const target = document.querySelector(":target")?.closest("h1, h2, h3, h4, h5, h6");
                return {{section: target ? all.indexOf(target) : -1, top: all[{expected}].getBoundingClientRect().top}};
            }})()"#
        ))
    }

    fn scroll_to_section(&mut self, section: usize) -> Result<()> {
        self.browser.evaluate(&format!(
            r#"(async () => {{
                document.documentElement.style.scrollBehavior = "auto";
                const all = document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)[id]");
                all[{section}].scrollIntoView({{behavior: "instant", block: "start"}});
                scrollBy({{top: -60, behavior: "instant"}});
                await new Promise(done => setTimeout(done, 300));
            }})()"#
        ))
    }
}

#[test]
fn a_switch_leads_to_the_same_section() -> Result<()> {
    let many = Many::build()?;
    for mut reader in [Reader::new()?, many.reader()?] {
        let (chinese, english) = long_pair(&reader.book)?;
        for link in [format!("nav{}", switch_link(ENGLISH)), format!(".language-menu a[hreflang='{ENGLISH}']")] {
            reader.open(&chinese)?;
            let hrefs: String = reader.browser.evaluate(&format!(r#"document.querySelector("{link}").href"#))?;
            assert!(!hrefs.contains('#'), "{chinese}: at the top, {link} leads to {hrefs}");
            reader.scroll_to_section(2)?;
            // A list that is closed has no link that could have the focus.
            reader.browser.evaluate::<()>(&format!(
                r#"(() => {{
                    const list = document.querySelector("details.language-menu");
                    if (list) list.open = true;
                    document.querySelector("{link}").focus({{preventScroll: true}});
                }})()"#
            ))?;
            reader.browser.follow_with_enter()?;
            let arrived: String = reader.browser.evaluate("decodeURIComponent(location.pathname).slice(1)")?;
            assert_eq!(arrived, english, "{chinese}: {link}");
            let standing = reader.standing(2)?;
            assert_eq!(standing.section, 2, "{chinese}: {link} leads to another section of {english}");
            assert!((0.0..225.0).contains(&standing.top), "{english}: the section is at {standing:?}");
            // And back again.
            let back: String = reader.browser.evaluate(&format!(
                r#"(() => {{
                    const link = document.querySelector("nav.language-switch a[hreflang='{CHINESE}']");
                    link.focus({{preventScroll: true}});
                    return decodeURIComponent(link.href);
                }})()"#
            ))?;
            assert!(back.contains('#'), "{english}: the way back is {back}");
        }
    }
    Ok(())
}

#[test]
fn a_heading_of_another_language_is_a_place_without_scripts() -> Result<()> {
    let many = Many::build()?;
    for mut reader in [Reader::new()?, many.reader()?] {
        let (chinese, english) = long_pair(&reader.book)?;
        let page = reader.book.page(&chinese).context("it was found")?;
        let headings = page.select("main .edition :is(h1, h2, h3, h4, h5, h6)[id]");
        let id = headings[2].attr("id").context("the selector asks for one")?.to_owned();
        reader.browser.allow_scripts(false)?;
        reader.open(&format!("{english}#{id}"))?;
        let standing = reader.standing(2)?;
        assert_eq!(standing.section, 2, "{english}#{id}");
        assert!((0.0..225.0).contains(&standing.top), "{english}#{id}: {standing:?}");
        // The switch leads to the page all the same.
        reader.open(&chinese)?;
        let href: String = reader.browser.evaluate(&format!(
            r#"decodeURIComponent(new URL(document.querySelector("{}").href).pathname)"#,
            switch_link(ENGLISH)
        ))?;
        assert_eq!(href, format!("/{english}"));
    }
    Ok(())
}

#[test]
fn the_menu_bar_is_used_by_keyboard() -> Result<()> {
    let many = Many::build()?;
    let mut reader = many.reader()?;
    reader.open("en/a.html")?;
    for (wanted, key) in [("#mdbook-sidebar-toggle", false), (".language-menu > summary", true)] {
        let focused = reader.tab_to(wanted)?;
        ensure!(focused.outlined, "nothing shows that {wanted} has the focus");
        if key {
            reader.browser.press(Key::Enter)?;
        }
    }
    let is_open: bool = reader.browser.evaluate("document.querySelector('.language-menu').open")?;
    assert!(is_open, "Enter opens no list");
    let link = ".language-menu a[hreflang=ar]";
    ensure!(reader.tab_to(link)?.outlined, "nothing shows that {link} has the focus");
    reader.browser.follow_with_enter()?;
    let arrived: (String, String) =
        reader.browser.evaluate("[document.documentElement.lang, document.documentElement.dir]")?;
    assert_eq!(arrived, ("ar".to_owned(), "rtl".to_owned()));
    // The sidebar opens and closes by a key.
    reader.open("en/a.html")?;
    let shown = "document.documentElement.classList.contains('sidebar-visible')";
    let before: bool = reader.browser.evaluate(shown)?;
    reader.tab_to("#mdbook-sidebar-toggle")?;
    reader.browser.press(Key::Enter)?;
    let behind: bool = reader.browser.evaluate(shown)?;
    assert_ne!(before, behind, "Enter does not turn the sidebar");
    Ok(())
}

/// What of the menu bar does not fit: places of fingers that are too small, and what is outside of the window.
const MENU_FITS: &str = r#"(() => {
    const list = document.querySelector("details.language-menu");
    if (list) list.open = true;
    const bar = document.querySelector('#mdbook-menu-bar');
    const faults = bar.getBoundingClientRect().height > 60 ? ['the bar has two lines'] : [];
    for (const element of document.querySelectorAll(".language-menu :is(a, summary)")) {
        const {left, right, width, height} = element.getBoundingClientRect();
        if (width < 44 || height < 44) faults.push(`${element.textContent} is ${width} × ${height}`);
        if (left < 0 || right > document.documentElement.clientWidth) faults.push(`${element.textContent} sticks out`);
    }
    return faults;
})()"#;

#[test]
fn the_menu_bar_fits_every_width_and_theme() -> Result<()> {
    let many = Many::build()?;
    let mut faults = Vec::new();
    for (name, mut reader) in [("own", Reader::new()?), ("many", many.reader()?)] {
        let mut pages = vec!["index.html".to_owned(), "404.html".to_owned()];
        let (chinese, english) = long_pair(&reader.book)?;
        pages.extend([chinese, english]);
        pages.extend((name == "many").then(|| "ar/a.html".to_owned()));
        for theme in THEMES {
            reader.choose(theme)?;
            // That of our own book takes a browser seconds, and has no other colours than that of the small one.
            let print = (name == "many" || theme == THEMES[0]).then(|| "print.html".to_owned());
            for page in pages.iter().chain(&print) {
                // How wide a thing is depends on no theme.
                let widths: &[u32] = if theme == THEMES[0] { &[320, 390, 500, 1280] } else { &[320, 1280] };
                for &width in widths {
                    reader.browser.resize(Viewport { width, ..Viewport::PHONE })?;
                    reader.open(page)?;
                    let mut found: Vec<String> = reader.browser.evaluate(MENU_FITS)?;
                    found.extend(reader.browser.evaluate::<Vec<String>>(OVERFLOW)?);
                    faults.extend(found.iter().map(|fault| format!("{page} ({theme}, {width}): {fault}")));
                    if ["light", "navy"].contains(&theme) && [320, 1280].contains(&width) {
                        let file = page.replace('/', "-").replace(".html", "");
                        reader.picture(&format!("site-{name}-{file}-{width}-{theme}"))?;
                    }
                }
                let contrasts = reader.contrasts(".language-menu")?;
                let pale = contrasts.iter().filter(|contrast| contrast.ratio < CONTRAST);
                faults.extend(pale.map(|it| format!("{page} ({theme}): {:?} has {:.2}:1", it.text, it.ratio)));
            }
        }
        reader.open(&pages[0])?;
        reader.browser.show_as_paper(true)?;
        let shown: bool = reader.browser.evaluate("!!document.querySelector('.language-menu')?.checkVisibility()")?;
        reader.browser.show_as_paper(false)?;
        assert!(!shown, "{name}: the languages of the menu bar are printed");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn pages_of_no_note_are_in_their_languages() -> Result<()> {
    let many = Many::build()?;
    for mut reader in [Reader::new()?, many.reader()?] {
        let spoken: BTreeSet<String> = reader.book.pages().filter_map(language_of).collect();
        reader.open("404.html")?;
        let said: BTreeSet<String> = reader.browser.evaluate(
            "[...document.querySelectorAll('main [lang]')].filter(it => it.innerText.trim()).map(it => it.lang)",
        )?;
        assert_eq!(said, spoken, "404.html");
        for language in &spoken {
            let name = if language == CHINESE { "print.html".to_owned() } else { format!("print-{language}.html") };
            let page = reader.book.page(&name).with_context(|| format!("there is no {name}"))?;
            assert_eq!(html_language(page), *language, "{name}");
            let editions: BTreeSet<&str> =
                page.select("main .edition[lang]").iter().filter_map(|edition| edition.attr("lang")).collect();
            assert_eq!(editions, BTreeSet::from([language.as_str()]), "{name}");
            let others: BTreeSet<String> = page
                .select(".language-menu a[hreflang]")
                .iter()
                .map(|link| page.resolve(link.attr("href").unwrap_or_default()).map(|to| (link.attr("hreflang"), to)))
                .filter_map(|found| match found.ok()? {
                    (Some(tag), Target::Inside(path, _)) if is_print_page(&path) => Some(tag.to_owned()),
                    _ => None,
                })
                .collect();
            let expected = spoken.iter().filter(|other| *other != language).cloned().collect();
            assert_eq!(others, expected, "{name}: the print pages of other languages");
        }
    }
    Ok(())
}

#[test]
fn every_file_that_a_page_names_is_there() -> Result<()> {
    let many = Many::build()?;
    for book in [Book::built()?, built(many.folder.path())?] {
        let mut faults = BTreeSet::new();
        for page in book.pages() {
            let styles = page.select("link[rel=stylesheet][href]").into_iter().filter_map(|link| link.attr("href"));
            let scripts = page.select("script[src]").into_iter().filter_map(|script| script.attr("src"));
            let menu = page.select(".language-menu a[href]").into_iter().filter_map(|link| link.attr("href"));
            let frames =
                page.select("nav.sidebar a[href], .nav-chapters[href]").into_iter().filter_map(|it| it.attr("href"));
            for href in styles.chain(scripts).chain(menu).chain(frames) {
                faults.extend(
                    page.resolve(href).map(|target| book.fault(&target))?.map(|it| format!("{}: {it}", page.path)),
                );
            }
        }
        assert!(faults.is_empty(), "{}", faults.into_iter().collect::<Vec<_>>().join("\n"));
    }
    Ok(())
}

/// A function from what axe-core leaves out to what it finds on a page: in the theme of the day with all rules, and by night
/// with those on colours.
pub(crate) const AXE: &str = r#"async exclude => {
    const night = {runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]}};
    const found = [];
    for (const [theme, options] of [["light", {}], ["navy", night]]) {
        // As a reader chooses it: mdBook turns the colours of listings as well, and fetches them first.
        document.getElementById(`mdbook-theme-${theme}`).click();
        const isOnTheWay = () => [...document.querySelectorAll("link[rel=stylesheet]")]
            .some(link => !link.disabled && !link.sheet);
        do await new Promise(done => setTimeout(done, 30)); while (isOnTheWay());
        const {violations} = await axe.run({exclude}, {...options, resultTypes: ["violations"]});
        for (const {id, nodes} of violations) {
            found.push(`${theme}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 150)}`);
        }
    }
    return found;
}"#;

/// What is the same in the sidebar of every page of a language.
const SAME: &str = "#mdbook-sidebar li:not(:has(> a.active, > * > a.active))";

#[test]
fn axe_finds_nothing_on_any_page() -> Result<()> {
    let axe = match checkers::axe() {
        Ok(axe) => axe,
        Err(why) => {
            skip("axe_finds_nothing_on_any_page", &format!("{why:#}"));
            return Ok(());
        }
    };
    let mut reader = Reader::new()?;
    let mut pages: Vec<String> = reader.book.pages().map(|page| page.path.clone()).collect();
    pages.push("404.html".to_owned());
    let (mut seen, mut faults) = (BTreeSet::new(), Vec::new());
    for page in pages {
        reader.open(&page)?;
        reader.browser.evaluate::<()>(&format!("{axe}; undefined"))?;
        // A table of contents is most of a page, and is looked at once in each language.
        let is_first = seen.insert(reader.book.page(&page).and_then(language_of));
        let exclude = if is_first { "[]".to_owned() } else { format!("[\"{SAME}\"]") };
        let found: Vec<String> = reader.browser.evaluate(&format!("({AXE})({exclude})"))?;
        faults.extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

#[test]
fn the_checker_of_html_finds_no_error_on_any_page() -> Result<()> {
    let many = Many::build()?;
    for book in [Book::built()?, built(many.folder.path())?] {
        let nu = match checkers::nu() {
            Ok(nu) => nu,
            Err(why) => {
                skip("the_checker_of_html_finds_no_error_on_any_page", &format!("{why:#}"));
                return Ok(());
            }
        };
        let mut files: Vec<_> = book.pages().map(|page| book.folder.join(&page.path)).collect();
        files.push(book.folder.join("404.html"));
        let errors = checkers::errors(nu, &files)?;
        assert!(errors.is_empty(), "{}", errors.join("\n"));
    }
    Ok(())
}
