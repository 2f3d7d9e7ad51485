//! A book that mdBook has built, searched by us in place of mdBook.
//!
//! ```text
//! en/a.html    <script src="../searcher-0123abcd.js">   →  <script src="../bilingual-search-4567cdef.js" …>
//! searchindex-….js, searcher-….js, elasticlunr-….js, mark-….js          removed
//! bilingual-search/                                                      written
//! ```
//!
//! It can be done again: a page that has our script gets the one of now.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::files::{slashed, write_changed};
use mdbook_bilingual_core::messages::Messages;
use mdbook_bilingual_core::values::Language;
use regex::{Captures, Regex};
use walkdir::WalkDir;

use crate::index::{Index, Made, Options, Page};
use crate::{folder, page, script, shards, words};

/// A page of the book.
#[derive(Debug)]
struct BuiltPage {
    file: PathBuf,
    /// Its address from the site's root.
    address: String,
    /// What it is called.
    names: Vec<String>,
    language: Language,
    /// The language of what is around its text.
    around: Option<Language>,
    /// Whether it has a script for mdBook's box.
    has_box: bool,
}

/// What was made of each language.
pub type Indexes = Vec<(Language, Made)>;

/// Makes the index of a built book, and puts our script into its pages.
///
/// # Errors
/// When there are no pages of mdBook's in the folder, or none has a search box; then nothing was changed. When a file cannot
/// be read or written.
pub fn index(folder: &Path, options: Options) -> Result<Indexes> {
    let files = html_files(folder)?;
    let pages = pages(folder, &files)?;
    let languages: BTreeSet<Language> = pages.iter().map(|page| page.language.clone()).collect();
    // The language of the book, which is around most texts, comes first.
    let mut languages: Vec<Language> = languages.into_iter().collect();
    let count = |is: &dyn Fn(&BuiltPage) -> bool| Reverse(pages.iter().filter(|page| is(page)).count());
    languages
        .sort_by_key(|own| (count(&|page| page.around.as_ref() == Some(own)), count(&|page| page.language == *own)));
    let script = named("bilingual-search.js", script::SCRIPT);
    let style = named("bilingual-search.css", script::STYLE);
    let messages = Messages::new(&languages, &BTreeMap::new());
    let tags = languages.iter().map(Language::tag).collect::<Vec<_>>().join(" ");
    let tag = |html: &str, up: &str| {
        let own = language(html, text(html).unwrap_or_default());
        let own = own.as_ref().unwrap_or(&languages[0]);
        let failed = messages.text(own, "site-search-failed", &[]);
        format!(
            "<link rel=\"stylesheet\" href=\"{up}{style}\"><script src=\"{up}{script}\" data-languages=\"{tags}\" \
             data-language=\"{}\" data-failed=\"{failed}\"></script>\n\n        ",
            own.tag()
        )
    };
    if !pages.iter().any(|page| page.has_box) {
        bail!(
            "no page in {} has mdBook's search box: leave `search.enable` and `search.copy-js` of [output.html] as they are, and build the book again",
            folder.display()
        );
    }
    let mut made = Vec::new();
    for language in &languages {
        let mut index = Index::new(folder, language.tag(), options)?;
        for page in pages.iter().filter(|page| page.language == *language) {
            let html = read(&page.file)?;
            let html = text(&html).unwrap_or_default();
            index.add(&Page { address: &page.address, names: &page.names, html, is_shared: false })?;
        }
        made.push((language.clone(), index.finish(language.autonym(), &words::of(&messages, language))?));
    }
    folder::clear(folder, &languages.iter().map(Language::tag).collect::<Vec<_>>())?;
    write_changed(&folder.join(&script), script::SCRIPT.as_bytes())?;
    write_changed(&folder.join(&style), script::STYLE.as_bytes())?;
    for file in &files {
        let Ok(page) = fs::read_to_string(file) else { continue };
        if page.contains(BOX) {
            write_changed(file, with_script(&page, &tag).as_bytes())?;
        }
    }
    remove_others(folder, &[&script, &style])?;
    Ok(made)
}

/// The pages of these files that readers are led to. Their texts are read again when their index is made: all of them at
/// once may be more than the memory holds.
fn pages(folder: &Path, files: &[PathBuf]) -> Result<Vec<BuiltPage>> {
    let mut pages = Vec::new();
    for file in files {
        // A page of somebody else's may be written in anything.
        let Ok(html) = String::from_utf8(fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?)
        else {
            continue;
        };
        let Some(main) = text(&html).filter(|_| html.contains(PAGE)) else { continue };
        let path = slashed(file.strip_prefix(folder)?);
        if SITE.is_match(&html) {
            bail!(
                "{} is a page of mdbook-bilingual-site, whose search is chosen by `search` in [output.bilingual-site]",
                file.display()
            );
        }
        // All texts once more, and a page that readers are led to by mistake.
        if path == "print.html" || path == "404.html" {
            continue;
        }
        let language = language(&html, main)
            .with_context(|| format!("{} says no language; write `language` into [book]", file.display()))?;
        let address = path.split('/').map(page::encoded).collect::<Vec<_>>().join("/");
        pages.push(BuiltPage {
            names: names(&html),
            around: around(&html),
            has_box: SCRIPTS.is_match(&html),
            address,
            language,
            file: file.clone(),
        });
    }
    if pages.is_empty() {
        bail!("no page of an mdBook is in {}; name the folder that `mdbook build` writes", folder.display());
    }
    // The first chapter is the site's front page, too.
    if let Some(at) = pages.iter().position(|page| page.address == "index.html") {
        let sections =
            |page: &BuiltPage| -> Result<_> { Ok(page::sections(text(&read(&page.file)?).unwrap_or_default(), 6)) };
        let front = sections(&pages[at])?;
        let front_size = fs::metadata(&pages[at].file)?.len();
        for other in pages.iter().filter(|page| page.address != "index.html") {
            // Most of them have another length altogether.
            let is_near = fs::metadata(&other.file)?.len().abs_diff(front_size) < front_size / 10 + 4096;
            if is_near && sections(other)? == front {
                pages.remove(at);
                break;
            }
        }
    }
    Ok(pages)
}

/// All pages of a folder, in order.
fn html_files(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.is_dir() {
        bail!(
            "there is no folder {}; build the book first, or name the folder that `mdbook build` writes",
            folder.display()
        );
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|extension| extension == "html") {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// The text of a page of mdBook's.
fn text(html: &str) -> Option<&str> {
    let begin = html.find("<main")?;
    let begin = begin + html[begin..].find('>')? + 1;
    let end = html.rfind("</main>").filter(|end| *end >= begin)?;
    Some(&html[begin..end])
}

/// What mdBook's page has that holds all texts of the book.
const ALL_TEXTS: &str = "<meta name=\"robots\" content=\"noindex\">";

/// The language of a page: what its text says of itself where `mdbook-bilingual` has been, else what the page does.
fn language(html: &str, main: &str) -> Option<Language> {
    static EDITION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"<\w+ class="edition"[^>]* lang="([^"]+)""#).expect("a pattern"));
    let edition = EDITION.captures(main).filter(|_| !html.contains(ALL_TEXTS));
    edition.and_then(|said| Language::parse(&said[1]).ok()).or_else(|| around(html))
}

/// The language of what is around the text of a page.
fn around(html: &str) -> Option<Language> {
    static HTML: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"<html[^>]*\blang="([^"]+)""#).expect("a pattern"));
    Language::parse(&HTML.captures(html)?[1]).ok()
}

/// What a page is called: its window's title, without that of the book.
fn names(html: &str) -> Vec<String> {
    let between = |begin: &str, end: &str| {
        let (_, rest) = html.split_once(begin)?;
        Some(page::plain(rest.split_once(end)?.0))
    };
    let title = between("<title>", "</title>").unwrap_or_default();
    let book = between("<h1 class=\"menu-title\">", "</h1>").unwrap_or_default();
    let name = title.strip_suffix(&book).and_then(|title| title.strip_suffix(" - ")).unwrap_or(&title);
    if name.is_empty() { Vec::new() } else { vec![name.to_owned()] }
}

/// What a page of mdBook's has around its text.
const PAGE: &str = "id=\"mdbook-content\"";

/// What a page of ours has.
static SITE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#" src="[./]*bilingual-site(?:-[0-9a-f]+)?\.js""#).expect("a pattern"));

/// What a page of mdBook's has that can be searched.
const BOX: &str = "id=\"mdbook-searchbar\"";

/// The scripts of mdBook's search, or ours, in a page: the way to the site's root, and which one it is.
static SCRIPTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r#"(?:<link rel="stylesheet" href="[^"]*bilingual-search-[0-9a-z]{7}\.css">)?<script src="((?:[^"]*/)?)"#,
        r#"(?:(elasticlunr|mark)(?:-[0-9a-f]{8})?\.min|searcher(?:-[0-9a-f]{8})?|bilingual-search-[0-9a-z]{7})\.js""#,
        r#"[^>]*></script>\s*"#
    ))
    .expect("a pattern")
});

/// A page in which our script takes the place of mdBook's. `tag` gives it for a page and the way to the site's root.
fn with_script<'p>(page: &'p str, tag: &dyn Fn(&str, &str) -> String) -> Cow<'p, str> {
    SCRIPTS.replace_all(page, |found: &Captures<'_>| match found.get(2) {
        Some(_) => String::new(),
        None => tag(page, &found[1]),
    })
}

/// The name of a file of ours, with a hash of what it holds.
fn named(name: &str, text: &str) -> String {
    name.replacen('.', &format!("-{}.", shards::name(text)), 1)
}

/// Removes mdBook's search, and scripts of ours that no page names any more.
fn remove_others(folder: &Path, wanted: &[&str]) -> Result<()> {
    static NAMES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"^(?:(?:searchindex|searcher)(?:-[0-9a-f]{8})?\.js|(?:elasticlunr|mark)(?:-[0-9a-f]{8})?\.min\.js",
            r"|bilingual-search-[0-9a-z]{7}\.(?:js|css))$"
        ))
        .expect("a pattern")
    });
    let wanted: HashSet<&str> = wanted.iter().copied().collect();
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name();
        let is_other = name.to_str().is_some_and(|name| NAMES.is_match(name) && !wanted.contains(name));
        if is_other {
            fs::remove_file(entry.path()).with_context(|| format!("{} cannot be removed", entry.path().display()))?;
        }
    }
    Ok(())
}
