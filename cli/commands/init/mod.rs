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
//! Nothing is written over: a folder that has a book, or any file of the table but the last two, is refused.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::diagnostic::{Diagnostics, harmless};
use mdbook_bilingual_core::files::{is_taken, repository_of};
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::markdown::escape;
use mdbook_bilingual_core::values::{Date, Language};
use toml_edit::DocumentMut;

use super::install::{self, FileChange, PageFeatures};
use crate::write::Batch;

mod texts;

/// The workflow of a new book; `VERSION` stands for that of the program.
pub const WORKFLOW: &str = include_str!("workflow.yml");

/// Where it lies.
const WORKFLOW_PATH: &str = ".github/workflows/book.yml";

/// What git is told to leave out.
const IGNORED: &str = "/book/\n";

/// What somebody wants.
#[derive(Debug, Clone)]
pub struct InitOptions {
    /// The languages, the main one first; two or more.
    pub languages: Vec<Language>,
    /// The title of the book.
    pub title: String,
    /// The day of the first note.
    pub today: Date,
}

/// A book that was begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    root: PathBuf,
    /// The files, by their paths from the book's folder, and what became of each.
    pub files: Vec<(String, FileChange)>,
    /// What is left to do by hand, in sentences.
    pub left: Vec<String>,
}

impl fmt::Display for Begun {
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

/// A path as a shell takes it.
fn typed(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '~' | '\\' | ':');
    if !text.is_empty() && text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
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
pub fn init(root: &Path, options: &InitOptions) -> Result<Begun> {
    let folders = LanguageFolders::of(&options.languages)?;
    look(root)?;
    let made = Made::folder(root)?;
    let begun = write(root, options, &folders)?;
    made.keep();
    Ok(begun)
}

/// A language with the folder of its pages.
struct LanguageFolders<'a>(Vec<(&'a Language, String)>);

impl<'a> LanguageFolders<'a> {
    /// The short names, `zh` and `en`, unless two of them would be the same.
    fn of(languages: &'a [Language]) -> Result<Self> {
        let same = |language: &Language| languages.iter().filter(|other| other.primary() == language.primary()).count();
        if languages.len() < 2 {
            bail!("a bilingual book has two languages; name them, the main one first: --languages zh-CN,en");
        }
        if let Some(twice) = languages.iter().find(|one| languages.iter().filter(|other| other == one).count() > 1) {
            bail!("--languages: “{twice}” is there twice; name two languages");
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
/// When there is one, or when a folder of sources is there already.
pub fn look(root: &Path) -> Result<()> {
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
    Ok(())
}

/// The folder of the book, which goes again with what was made above it, unless it is kept.
struct Made(Vec<PathBuf>);

impl Made {
    fn folder(root: &Path) -> Result<Self> {
        let missing = root.ancestors().take_while(|above| !above.as_os_str().is_empty() && !is_taken(above));
        let missing = Self(missing.map(Path::to_owned).collect());
        fs::create_dir_all(root).with_context(|| format!("{} cannot be made", root.display()))?;
        Ok(missing)
    }

    fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn write(root: &Path, options: &InitOptions, folders: &LanguageFolders<'_>) -> Result<Begun> {
    let book_toml = book_toml(root, options)?;
    let mut batch = Batch::new(root);
    let mut begun = Begun { root: root.to_owned(), files: Vec::new(), left: Vec::new() };
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
        begun.files.push((file, FileChange::Written));
    }
    let host = Host::of_toml(root, &book_toml)?;
    // The pages have neither diagrams nor formulas, and nobody has edited a stylesheet that is not there.
    let theme = install::prepare_files(&host, PageFeatures::default(), Some(&mut batch), &mut Diagnostics::default())?;
    begun.files.extend(theme);
    begun.add_what_git_wants(root, &mut batch)?;
    batch.commit()?;
    Ok(begun)
}

impl Begun {
    /// Adds what is about a repository, where there is none of somebody's.
    fn add_what_git_wants(&mut self, root: &Path, batch: &mut Batch) -> Result<()> {
        if is_taken(&root.join(".gitignore")) {
            self.files.push((".gitignore".to_owned(), FileChange::Kept));
            self.left.push(format!("Add `{}` to .gitignore: mdBook writes the site there.", IGNORED.trim()));
        } else {
            batch.add(&root.join(".gitignore"), None, IGNORED.as_bytes())?;
            self.files.push((".gitignore".to_owned(), FileChange::Written));
        }
        let real = fs::canonicalize(root).with_context(|| format!("{} cannot be read", root.display()))?;
        if repository_of(&real).is_some_and(|repository| repository != real) {
            self.left.push(format!(
                "There is no {WORKFLOW_PATH}: GitHub reads workflows only at the root of a repository, and this book lies in a folder of one."
            ));
        } else if is_taken(&root.join(WORKFLOW_PATH)) {
            self.files.push((WORKFLOW_PATH.to_owned(), FileChange::Kept));
        } else {
            let workflow = WORKFLOW.replace("VERSION", env!("CARGO_PKG_VERSION"));
            batch.add(&root.join(WORKFLOW_PATH), None, workflow.as_bytes())?;
            self.files.push((WORKFLOW_PATH.to_owned(), FileChange::Written));
        }
        Ok(())
    }
}

fn book_toml(root: &Path, options: &InitOptions) -> Result<String> {
    let title = toml_edit::Value::from(options.title.as_str()).to_string();
    let begun = format!(
        "[book]\ntitle = {}\nlanguage = \"{}\"\n\n[build]\ncreate-missing = false\n",
        title.trim(),
        options.languages[0]
    );
    let mut document: DocumentMut = begun.parse().context("book.toml")?;
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

/// The names of the pages of a language, and their titles: the note, and two that the suite fills.
fn titles(language: &Language) -> [(&'static str, &str); 3] {
    // A note in a language that we do not write is called by it; the suite's own words are English there.
    let (texts, note) = match texts::of(language) {
        Some(texts) => (texts, texts.note),
        None => (texts::english(), language.autonym()),
    };
    [("first-note", note), ("learning-path", texts.learning_path), ("status", texts.status)]
}

fn front_page(options: &InitOptions, folders: &LanguageFolders<'_>) -> String {
    let mut text = format!("---\nlanguage: mul\n---\n\n# {}\n", escape::text(&options.title));
    for (language, folder) in &folders.0 {
        let (note, path) = (format!("{folder}/first-note.md"), format!("{folder}/learning-path.md"));
        let sentence = |texts: &texts::FirstWords| texts.front_page.replace("{note}", &note).replace("{path}", &path);
        let (speaks, sentence) = match texts::of(language) {
            Some(texts) => (language.tag(), sentence(texts)),
            None => ("en", format!("{}: {}", escape::text(language.autonym()), sentence(texts::english()))),
        };
        text += &format!("\n<div lang=\"{speaks}\">\n\n{sentence}\n\n</div>\n");
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

    #[test]
    fn a_path_is_typed_as_a_shell_takes_it() {
        assert_eq!(typed(Path::new("my/notes")), "my/notes");
        assert_eq!(typed(Path::new("笔记")), "笔记");
        assert_eq!(typed(Path::new("my notes")), "'my notes'");
        assert_eq!(typed(Path::new("it's")), r"'it'\''s'");
    }
}
