//! Two mdBooks, one for each language, as one book.
//!
//! ```text
//! en/book.toml   title = "Rust by practice"     book.toml   languages = ["zh-CN", "en"], catalogue = both SUMMARY.md,
//! en/src/SUMMARY.md, en/src/a.md                            the title and the description of each language
//! zh/book.toml   title = "Rust 实践"        →    book/       links to the notes of both books
//! zh/src/SUMMARY.md, zh/src/a.md                            SUMMARY.md: one language after the other, each in the
//!                                                           order of its own
//! ```
//!
//! The two stay as they are. What their `book.toml` says of a page's look goes into the new one where both agree, and
//! what cannot be joined is named: a theme is for one book, and a preprocessor may count on its chapters.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use mdbook_bilingual_core::text::Wording;
use mdbook_bilingual_core::values::{Language, Tags};
use toml_edit::{Array, DocumentMut, Item, value};

use super::super::install;
use super::walk::{FolderContents, joined};

/// What both books may say of [output.html] without meaning a file of theirs.
const CARRIED: &[&str] = &[
    "default-theme",
    "preferred-dark-theme",
    "smart-punctuation",
    "definition-lists",
    "admonitions",
    "mathjax-support",
    "no-section-label",
    "fold",
    "playground",
    "code",
    "print",
    "search",
    "hash-files",
    "sidebar-header-nav",
    "git-repository-url",
    "git-repository-icon",
    "cname",
];

/// A book that becomes a part of another.
#[derive(Debug)]
pub(super) struct Joined {
    /// Its folder.
    pub(super) folder: String,
    /// The folder of its sources, from the folder of the notes.
    pub(super) source: String,
    /// Its language, as it says it or as its folder does.
    language: String,
    toml: DocumentMut,
}

/// The books below a folder that stand beside each other in different languages: by the folder that holds them.
pub(super) fn beside_each_other(dir: &Path, found: &FolderContents) -> Vec<Joined> {
    let mut by_parent: BTreeMap<&str, Vec<Joined>> = BTreeMap::new();
    let mut unnamed: Vec<(&str, &str, Joined)> = Vec::new();
    let (guessed, wording) = (Tags::new(&Language::guessed()), Wording::default());
    for book in &found.books {
        let Some(source) = joined(&book.folder, Path::new(&book.src)) else { continue };
        let text =
            mdbook_bilingual_core::files::whole_text(&dir.join(&book.folder).join("book.toml")).unwrap_or_default();
        let Ok(toml) = text.trim_start_matches('\u{feff}').parse::<DocumentMut>() else { continue };
        // What says the language of each page is the folder, so that both have to be told apart by theirs.
        let (parent, name) = book.folder.rsplit_once('/').unwrap_or(("", &book.folder));
        let language = language_of(name, &guessed, &wording).map(|language| language.tag().to_owned());
        let entry =
            Joined { folder: book.folder.clone(), source, language: language.clone().unwrap_or_default(), toml };
        match language {
            Some(_) => by_parent.entry(parent).or_default().push(entry),
            None => unnamed.push((parent, name, entry)),
        }
    }
    // `guide-zh` stands beside `guide`, which is in the language that its own `book.toml` says.
    for (parent, name, mut book) in unnamed {
        let Some(beside) = by_parent.get_mut(parent) else { continue };
        let is_rest = |other: &Joined| {
            let other = other.folder.rsplit('/').next().unwrap_or_default();
            other.strip_prefix(name).is_some_and(|rest| rest.starts_with(['-', '_', '.']))
        };
        let said = book.text("language").unwrap_or("en");
        let Some(language) = guessed.get(said).cloned().or_else(|| Language::parse(said).ok()) else { continue };
        if beside.iter().any(is_rest) && beside.iter().all(|other| other.language != language.tag()) {
            book.language = language.tag().to_owned();
            beside.push(book);
            beside.sort_by(|one, other| one.folder.cmp(&other.folder));
        }
    }
    let several = |books: &Vec<Joined>| books.iter().any(|book| book.language != books[0].language);
    by_parent.into_values().filter(several).flatten().collect()
}

/// The language that a folder's name is, or ends with: `en`, `english`, `中文`, `book-en`.
fn language_of(name: &str, tags: &Tags, wording: &Wording) -> Option<Language> {
    let last = name.rsplit_once(['-', '_', '.']).map(|(_, last)| last);
    // A short word may be the tag of a language that nobody means: `it`, `no`.
    let is_name = |piece: &&str| piece.chars().count() > if piece.is_ascii() { 3 } else { 1 };
    let called = |piece: &str| Some(piece).filter(is_name).and_then(|piece| wording.language(piece));
    let mut pieces = std::iter::once(name).chain(last);
    pieces.find_map(|piece| tags.get(piece).or_else(|| called(piece)).cloned())
}

impl Joined {
    /// Whether a table of contents lists chapters of this book, as one does that an earlier run wrote.
    pub(super) fn is_listed_in(&self, summary: &str) -> bool {
        ["](", "](<", "](./"].iter().any(|before| summary.contains(&format!("{before}{}/", self.source)))
    }

    fn get(&self, path: &[&str]) -> Option<&Item> {
        path.iter().try_fold(self.toml.as_item(), |item, key| item.get(key))
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.get(&["book", key])?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// The title of the book.
    pub(super) fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// Whether its language is this one, among those of the new book.
    pub(super) fn is_in(&self, language: &Language, tags: &Tags) -> bool {
        tags.get(&self.language) == Some(language)
    }

    /// The keys of its `book.toml` that are not in the new one, as far as they matter to a reader.
    fn left_out(&self, carried: &[&str]) -> Vec<String> {
        let mut keys = Vec::new();
        for (table, skip) in [("preprocessor", &["links", "index", "bilingual"][..]), ("output", &["html"])] {
            let names = self.get(&[table]).and_then(Item::as_table_like).into_iter().flat_map(|table| table.iter());
            keys.extend(names.filter(|(name, _)| !skip.contains(name)).map(|(name, _)| format!("{table}.{name}")));
        }
        let html = self.get(&["output", "html"]).and_then(Item::as_table_like);
        let names = html.into_iter().flat_map(|table| table.iter()).map(|(name, _)| name);
        // These belong to a site, or to the way to one, and the new book has its own.
        let own = ["edit-url-template", "site-url", "input-404", "redirect"];
        keys.extend(
            names
                .filter(|name| !carried.contains(name) && !own.contains(name))
                .map(|name| format!("output.html.{name}")),
        );
        keys
    }
}

/// Puts what the books say into the `book.toml` of the new one, and names what stays out, for each book.
pub(super) fn complete(
    document: &mut DocumentMut,
    books: &[Joined],
    languages: &[Language],
) -> Result<Vec<(String, Vec<String>)>> {
    let tags = Tags::new(languages);
    let mut authors: Vec<&str> = Vec::new();
    for author in books.iter().filter_map(|book| book.get(&["book", "authors"])?.as_array()).flatten() {
        if let Some(author) = author.as_str().filter(|author| !authors.contains(author)) {
            authors.push(author);
        }
    }
    let book = install::table(document.as_table_mut(), "book", false)?;
    if !authors.is_empty() && !book.contains_key("authors") {
        book.insert("authors", value(Array::from_iter(authors)));
    }
    for language in languages {
        let Some(said) = books.iter().find(|book| book.is_in(language, &tags)) else { continue };
        for key in ["title", "description"] {
            let Some(text) = said.text(key) else { continue };
            let preprocessor = install::table(document.as_table_mut(), "preprocessor", true)?;
            let own = install::table(preprocessor, "preprocessor.bilingual", false)?;
            let all = install::table(own, "preprocessor.bilingual.language", true)?;
            let name = language.tag();
            let table = all.entry(name).or_insert_with(|| Item::Table(toml_edit::Table::new()));
            let table = table.as_table_like_mut().context("book.toml: a language is a table")?;
            if !table.contains_key(key) {
                table.insert(key, value(text));
            }
        }
    }
    let (first, others) = books.split_first().context("a book that is joined")?;
    let written = |item: &Item| item.to_string().split_whitespace().collect::<String>();
    let mut carried = Vec::new();
    let html = install::html(document)?;
    for key in CARRIED {
        let Some(item) = first.get(&["output", "html", key]) else { continue };
        let agree =
            |book: &Joined| book.get(&["output", "html", key]).is_some_and(|other| written(other) == written(item));
        if others.iter().all(agree) {
            if !html.contains_key(key) {
                // A table keeps the place that it had in the other file.
                let item = match item.clone().into_table() {
                    Ok(mut table) => {
                        table.set_position(None);
                        Item::Table(table)
                    }
                    Err(item) => item,
                };
                html.insert(key, item);
            }
            carried.push(*key);
        }
    }
    Ok(books
        .iter()
        .map(|book| (book.folder.clone(), book.left_out(&carried)))
        .filter(|(_, keys)| !keys.is_empty())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_called_by_languages() {
        let (tags, wording) = (Tags::new(&Language::guessed()), Wording::default());
        for (name, language) in [
            ("en", Some("en")),
            ("zh", Some("zh-CN")),
            ("zh-TW", Some("zh-TW")),
            ("book-en", Some("en")),
            ("english", Some("en")),
            ("English", Some("en")),
            ("chinese", Some("zh")),
            ("中文", Some("zh")),
            ("简体中文", Some("zh-CN")),
            ("rust-book-japanese", Some("ja")),
            ("türkçe", Some("tr")),
            // These are words, and tags of languages as well.
            ("it", None),
            ("book-no", None),
            ("docs", None),
            ("", None),
        ] {
            assert_eq!(language_of(name, &tags, &wording).as_ref().map(Language::tag), language, "{name}");
        }
    }
}
