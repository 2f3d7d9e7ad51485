//! `mdbook-bilingual init`: a new book in two languages or more, with one note in each of them.
//!
//! ```text
//! notes/                       notes/book.toml                    what `install` writes
//!                              notes/src/SUMMARY.md               one part for each language
//!                      →       notes/src/index.md                 a front page of no language
//!                              notes/src/zh/first-note.md         one note …
//!                              notes/src/en/first-note.md         … in both languages
//!                              notes/src/zh/learning-path.md      two pages that the suite fills
//!                              notes/src/zh/status.md
//!                              notes/theme/bilingual.css          the stylesheet
//!                              notes/.gitignore                   what is built stays out of git
//!                              notes/.github/workflows/book.yml   checks the book, and publishes it
//! ```
//!
//! Nothing is written over. A folder with a `book.toml`, a `src/` or something in `book/`, which mdBook would empty, is
//! refused; a stylesheet, a `.gitignore` and a workflow that are there stay.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::diagnostic::{Diagnostics, harmless, is_harmful};
use mdbook_bilingual_core::files::{self, is_taken, repository_of};
use mdbook_bilingual_core::host::{Host, HtmlOptions};
use mdbook_bilingual_core::markdown::escape;
use mdbook_bilingual_core::values::{Date, Language};
use toml_edit::DocumentMut;

use super::install::{self, FileChange, PageFeatures};
use super::typed;
use crate::write::{Batch, NewFolders};

mod texts;

/// The workflow of a new book; `VERSION` stands for that of the program.
pub const WORKFLOW: &str = include_str!("workflow.yml");

/// What it says of the path of the site, and what of its whole address, which `mdbook-bilingual-site` asks for.
const ADDRESSES: [(&str, &str); 2] = [
    (
        "# mdBook's page for wrong addresses needs to know where the site is; at the root of a domain, write `/`.",
        "# Search engines and feeds need the address of the site; where it has a domain of its own, write that.",
    ),
    (
        "MDBOOK_OUTPUT__HTML__SITE_URL: /",
        "MDBOOK_OUTPUT__BILINGUAL_SITE__HTML__SITE_URL: https://${{ github.repository_owner }}.github.io/",
    ),
];

/// Where it lies.
const WORKFLOW_PATH: &str = ".github/workflows/book.yml";

/// Where mdBook writes the site.
const OUTPUT: &str = "book";

/// How files begin that lie in a repository and are no notes.
const ABOUT_A_PROJECT: [&str; 6] = ["readme", "license", "licence", "changelog", "contributing", "code_of_conduct"];

/// What git is told to leave out.
const IGNORED: &str = "/book/\n";

/// What somebody wants.
#[derive(Debug, Clone)]
pub struct InitOptions {
    /// The languages, the main one first; two or more.
    pub languages: Vec<Language>,
    /// The title of the book.
    pub title: String,
    /// Where the options of HTML stand, and so which renderer shows the book in browsers.
    pub html: HtmlOptions,
    /// The day of the first note.
    pub today: Date,
}

/// A book that was begun.
#[derive(Debug, Clone)]
pub struct NewBook {
    root: PathBuf,
    /// The files, by their paths from the book's folder, and what became of each.
    pub files: Vec<(String, FileChange)>,
    /// What is left to do by hand, in sentences.
    pub left: Vec<String>,
    /// What there is to say of files that were there.
    pub diagnostics: Diagnostics,
}

impl fmt::Display for NewBook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (file, change) in &self.files {
            writeln!(f, "{}: {change}", harmless(file))?;
        }
        for left in &self.left {
            writeln!(f, "{left}")?;
        }
        writeln!(f, "\nNext: mdbook serve --open {}", harmless(&typed(&self.root)))
    }
}

/// The title of a book that nobody named: the name of its folder.
#[must_use]
pub fn title_of(root: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    let given = root.components().next_back().and_then(|_| name(root));
    given.or_else(|| name(&fs::canonicalize(root).ok()?)).unwrap_or_else(|| "Notes".to_owned())
}

/// Begins a book in a folder, which is made where it is missing.
///
/// # Errors
/// When there is a book, when a file is in the way, when fewer than two languages are given, or when something cannot be
/// written. Then nothing is.
pub fn init(root: &Path, options: &InitOptions) -> Result<NewBook> {
    let folders = LanguageFolders::of(&options.languages)?;
    refuse_if_taken(root)?;
    let made = NewFolders::make(root)?;
    let book = write(root, options, &folders)?;
    made.keep();
    Ok(book)
}

/// The languages, each with the folder of its pages.
struct LanguageFolders<'a>(Vec<(&'a Language, String)>);

impl<'a> LanguageFolders<'a> {
    /// The short names, `zh` and `en`, unless two of them would be the same.
    fn of(languages: &'a [Language]) -> Result<Self> {
        let same = |language: &Language| languages.iter().filter(|other| other.primary() == language.primary()).count();
        if languages.len() < 2 {
            bail!(
                "a bilingual book has two languages or more; name them, the main one first, as in --languages zh-CN,en"
            );
        }
        if let Some(none) = languages.iter().find(|language| !language.is_of_a_book()) {
            bail!("“{none}” is the tag of no language; write those that the notes are in");
        }
        if let Some(twice) = languages.iter().find(|one| languages.iter().filter(|other| other == one).count() > 1) {
            bail!("“{twice}” is there twice; name two languages");
        }
        let name = |language: &Language| {
            if same(language) == 1 { language.primary().to_owned() } else { language.tag().to_owned() }
        };
        Ok(Self(languages.iter().map(|language| (language, name(language))).collect()))
    }

    /// Paths in all of them, as code.
    fn paths(&self, name: &str, and: &str) -> String {
        let paths: Vec<String> = self.0.iter().map(|(_, folder)| format!("`src/{folder}/{name}`")).collect();
        paths.join(and)
    }
}

/// Looks whether a book can be begun in a folder.
///
/// # Errors
/// When there is one, when a folder of sources is there already, or when mdBook would empty a folder of somebody's.
pub fn refuse_if_taken(root: &Path) -> Result<()> {
    if is_taken(&root.join("book.toml")) {
        bail!(
            "{} has a book.toml already; `mdbook-bilingual install {}` adds the suite to that book",
            root.display(),
            typed(root)
        );
    }
    if is_taken(&root.join("src")) {
        bail!(
            "{} is there already, and a new book would be mixed with it; `mdbook-bilingual adopt {}` makes a book out of notes, or name another folder",
            root.join("src").display(),
            typed(root)
        );
    }
    let output = root.join(OUTPUT);
    if is_taken(&output) && fs::read_dir(&output).map_or(true, |mut entries| entries.next().is_some()) {
        bail!(
            "{} is there already, and mdBook empties that folder before it writes the site; move it, or name another folder",
            output.display()
        );
    }
    if root.to_str().is_none() {
        bail!("{} is no Unicode text, and mdBook builds no book there; name another folder", root.display());
    }
    Ok(())
}

/// The languages that somebody answered: tags or names, with whatever stands between them.
///
/// # Errors
/// When one of them is no language, or when they make no bilingual book.
pub fn named_languages(answer: &str) -> Result<Vec<Language>> {
    let words = answer.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'));
    let named = |word: &str| Language::named(word).map_err(|why| anyhow::anyhow!("{why}"));
    let languages: Vec<Language> = words.filter(|word| !word.is_empty()).map(named).collect::<Result<_>>()?;
    LanguageFolders::of(&languages)?;
    Ok(languages)
}

/// A title as it can be written: without spaces around it, and on one line.
///
/// # Errors
/// When nothing is left of it, or when it holds what a terminal would obey.
pub fn title(typed: &str) -> Result<String> {
    let title = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        bail!("the title is empty; write one, or leave --title out to take the name of the folder");
    }
    // A byte order mark harms no terminal, and nobody sees it either.
    if title.chars().any(|c| is_harmful(c) || c == '\u{feff}') {
        bail!("the title “{}” holds characters that nobody sees; write it without them", harmless(&title));
    }
    Ok(title)
}

fn write(root: &Path, options: &InitOptions, folders: &LanguageFolders<'_>) -> Result<NewBook> {
    let book_toml = book_toml(root, options)?;
    let mut batch = Batch::new(root);
    let mut book =
        NewBook { root: root.to_owned(), files: Vec::new(), left: Vec::new(), diagnostics: Diagnostics::default() };
    let mut texts = vec![
        ("book.toml".to_owned(), book_toml.clone()),
        ("src/SUMMARY.md".to_owned(), summary(options, folders)),
        ("src/index.md".to_owned(), front_page(options, folders)),
    ];
    for (language, folder) in &folders.0 {
        texts.extend(pages(language, folder, folders, options.today));
    }
    for (file, text) in texts {
        batch.add(&root.join(&file), None, text.as_bytes())?;
        book.files.push((file, FileChange::Written));
    }
    let host = Host::of_toml(root, &book_toml)?;
    // The pages have neither diagrams nor formulas.
    let theme = install::prepare_files(&host, PageFeatures::default(), Some(&mut batch), &mut book.diagnostics)?;
    book.files.extend(theme);
    book.add_ignored(root, &mut batch)?;
    book.add_workflow(root, options.html, &mut batch)?;
    book.name_notes(root);
    batch.commit()?;
    Ok(book)
}

impl NewBook {
    /// Adds `.gitignore`, where there is none.
    fn add_ignored(&mut self, root: &Path, batch: &mut Batch) -> Result<()> {
        let file = root.join(".gitignore");
        if !is_taken(&file) {
            batch.add(&file, None, IGNORED.as_bytes())?;
            self.files.push((".gitignore".to_owned(), FileChange::Written));
            return Ok(());
        }
        self.files.push((".gitignore".to_owned(), FileChange::Kept));
        let rules = files::bytes(&file, files::LARGEST_TEXT).unwrap_or_default();
        let leaves_out = |rule: &str| rule.trim().trim_matches('/') == OUTPUT;
        if !String::from_utf8_lossy(&rules).lines().any(leaves_out) {
            self.left.push(format!("Add `{}` to .gitignore: mdBook writes the site there.", IGNORED.trim()));
        }
        Ok(())
    }

    /// Adds the workflow, where it would run and there is none.
    fn add_workflow(&mut self, root: &Path, html: HtmlOptions, batch: &mut Batch) -> Result<()> {
        let real = fs::canonicalize(root).with_context(|| format!("{} cannot be read", root.display()))?;
        if repository_of(&real).is_some_and(|repository| repository != real) {
            self.left.push(format!(
                "There is no {WORKFLOW_PATH}: GitHub reads workflows only at the root of a repository, and this book lies in a folder of one."
            ));
        } else if is_taken(&root.join(WORKFLOW_PATH)) {
            self.files.push((WORKFLOW_PATH.to_owned(), FileChange::Kept));
        } else {
            batch.add(&root.join(WORKFLOW_PATH), None, workflow(html).as_bytes())?;
            self.files.push((WORKFLOW_PATH.to_owned(), FileChange::Written));
        }
        Ok(())
    }

    /// Says that notes which lie beside the new book are none of its.
    fn name_notes(&mut self, root: &Path) {
        let names = fs::read_dir(root).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.file_name());
        let is_note = |name: &String| {
            let lower = name.to_lowercase();
            lower.ends_with(".md") && !ABOUT_A_PROJECT.iter().any(|begins| lower.starts_with(begins))
        };
        let mut notes: Vec<String> = names.filter_map(|name| name.into_string().ok()).filter(is_note).collect();
        notes.sort();
        if let Some(first) = notes.first() {
            self.left.push(format!(
                "{} is no part of the new book; `mdbook-bilingual adopt` makes a book out of notes that are there.",
                harmless(first)
            ));
        }
    }
}

/// The workflow of a book, which says where the site is.
fn workflow(html: HtmlOptions) -> String {
    let workflow = WORKFLOW.replace("VERSION", env!("CARGO_PKG_VERSION"));
    match html {
        HtmlOptions::Html => workflow,
        HtmlOptions::Site => {
            ADDRESSES.iter().fold(workflow, |workflow, (path, address)| workflow.replace(path, address))
        }
    }
}

fn book_toml(root: &Path, options: &InitOptions) -> Result<String> {
    let title = toml_edit::Value::from(options.title.as_str()).to_string();
    let book = format!(
        "[book]\ntitle = {}\nlanguage = \"{}\"\n\n[build]\ncreate-missing = false\n",
        title.trim(),
        options.languages[0]
    );
    let mut document: DocumentMut = install::site::move_to(options.html, &book)?.text.parse().context("book.toml")?;
    let tags: Vec<String> = options.languages.iter().map(|language| language.tag().to_owned()).collect();
    install::complete(&mut document, root, &tags, false)?;
    Ok(document.to_string())
}

fn summary(options: &InitOptions, folders: &LanguageFolders<'_>) -> String {
    let mut text = format!("# Summary\n\n[{}](index.md)\n", escape::text(&options.title));
    for (language, folder) in &folders.0 {
        text += &format!("\n# {}\n\n", escape::text(language.autonym()));
        for (page, title) in titles(language) {
            text += &format!("- [{}]({folder}/{page}.md)\n", escape::text(title));
        }
    }
    text
}

/// The names of the pages of a language, and their titles: the note, and two that the suite fills. As in the sentences of
/// the suite, English stands in for what we do not write.
fn titles(language: &Language) -> [(&'static str, &'static str); 3] {
    let texts = texts::of(language).unwrap_or_else(texts::english);
    [("first-note", texts.note), ("learning-path", texts.learning_path), ("status", texts.status)]
}

fn front_page(options: &InitOptions, folders: &LanguageFolders<'_>) -> String {
    let mut text = format!("---\nlanguage: mul\n---\n\n# {}\n", escape::text(&options.title));
    let block = |tag: &str, texts: &texts::FirstWords, folder: &str| {
        let (note, path) = (format!("{folder}/first-note.md"), format!("{folder}/learning-path.md"));
        let sentence = texts.front_page.replace("{note}", &note).replace("{path}", &path);
        format!("\n<div lang=\"{tag}\">\n\n{sentence}\n\n</div>\n")
    };
    let written =
        folders.0.iter().filter_map(|(language, folder)| Some((language.tag(), texts::of(language)?, folder)));
    let blocks: Vec<String> = written.map(|(tag, texts, folder)| block(tag, texts, folder)).collect();
    text += &blocks.concat();
    // The suite lists all languages above it in any case.
    if blocks.is_empty() {
        text += &block("en", texts::english(), &folders.0[0].1);
    }
    text
}

/// The pages of one language, with their paths from the book's folder.
fn pages(language: &Language, folder: &str, folders: &LanguageFolders<'_>, today: Date) -> [(String, String); 3] {
    let titles = titles(language);
    let text = match texts::of(language) {
        Some(texts) => texts
            .note_text
            .replace("{files}", &folders.paths("first-note.md", texts.and))
            .replace("{folders}", &folders.paths("", texts.and)),
        None => "<!-- The text of the note, in this language. -->\n".to_owned(),
    };
    titles.map(|(name, title)| {
        let title = escape::text(title);
        let text = match name {
            "first-note" => format!("---\ndate: {today}\n---\n\n# {title}\n\n{text}"),
            "learning-path" => format!("# {title}\n\n<!-- learning-path -->\n"),
            _ => format!("# {title}\n\n<!-- status-board -->\n"),
        };
        (format!("src/{folder}/{name}.md"), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_have_short_names_that_differ() {
        for (tags, folders) in [
            (["zh-CN", "en"].as_slice(), ["zh", "en"].as_slice()),
            (&["zh-CN", "zh-TW", "en"], &["zh-CN", "zh-TW", "en"]),
        ] {
            let languages: Vec<Language> = tags.iter().map(|tag| Language::parse(tag).unwrap()).collect();
            let named: Vec<String> =
                LanguageFolders::of(&languages).unwrap().0.into_iter().map(|(_, folder)| folder).collect();
            assert_eq!(named, folders);
        }
    }
}
