//! `mdbook-bilingual install`: one table in `book.toml`, a stylesheet beside it, for a book with diagrams the scripts
//! that draw them, and for one with formulas their font.
//!
//! ```toml
//! [preprocessor.bilingual]
//! renderers = ["html"]
//! after = ["index"]
//! before = ["links"]
//! languages = ["zh-CN", "en"]
//!
//! [output.html]
//! additional-css = ["theme/bilingual.css"]
//! ```
//!
//! A book that includes Markdown, or TeX in a formula, gets `after = ["index", "links"]`, and no `before`.
//!
//! Comments, order and what is already there stay; a second run changes nothing. A copy that nobody edited is replaced
//! by a newer one, an edited copy is kept; how that is known, and which files there are, stands in `files`.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::config::BookToml;
use mdbook_bilingual_core::diagnostic::{Code, Diagnostics, harmless};
use mdbook_bilingual_core::files as disk;
use mdbook_bilingual_core::host::renderer::{HTML, SITE};
use mdbook_bilingual_core::host::{self, Host, HtmlOptions, STYLESHEET_PATH};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, value};

use crate::refused::report_refused;
use crate::write::Batch;

mod files;
pub mod site;
mod upgrade;

#[cfg(feature = "export")]
pub(crate) use files::MERMAID;
pub(super) use files::{PageFeatures, prepare_files};

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    /// What was done to `book.toml`.
    pub book_toml: FileChange,
    /// Each change of it because of what mdBook 0.5 refuses, or because the book moves to another renderer, in words.
    pub changes: Vec<String>,
    /// What is left to do by hand, in sentences.
    pub left: Vec<String>,
    /// What was done to each file that was installed, by its path from the book's folder.
    pub files: Vec<(String, FileChange)>,
    /// What there is to say.
    pub diagnostics: Diagnostics,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Whether there are errors, and `--upgrade` would put something right.
    pub can_upgrade: bool,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    /// It was not there.
    Written,
    /// It was there, and is newer now.
    Updated,
    /// There was nothing to do.
    Unchanged,
    /// It was edited by hand, and stays so.
    Kept,
    /// The book has no use for it.
    Unneeded,
}

impl fmt::Display for Installed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dry_run {
            writeln!(f, "Nothing was written; without --dry-run:")?;
        }
        for change in &self.changes {
            writeln!(f, "{}", harmless(&change.to_string()))?;
        }
        writeln!(f, "book.toml: {}", self.book_toml)?;
        for (file, change) in &self.files {
            writeln!(f, "{}: {change}", harmless(file))?;
        }
        for left in &self.left {
            writeln!(f, "{}", harmless(left))?;
        }
        Ok(())
    }
}

impl fmt::Display for FileChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Written => "written",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Kept => "kept",
            Self::Unneeded => "not needed without [output.html]",
        })
    }
}

/// What somebody wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InstallOptions {
    /// Whether what mdBook 0.5 refuses in `book.toml` is put right, where there is one answer.
    pub upgrade: bool,
    /// Where the options of HTML are to stand, and so which renderer shows the book in browsers; `None` where they stand
    /// right as they are.
    pub html: Option<HtmlOptions>,
    /// Whether nothing is written.
    pub dry_run: bool,
}

/// Installs the suite into the book whose `book.toml` is in `root`.
///
/// # Errors
/// When `book.toml` cannot be read or is not TOML, or when a file cannot be written. Then nothing is.
pub fn install(root: &Path, options: InstallOptions) -> Result<Installed> {
    let path = root.join("book.toml");
    host::inside(root, &path)?;
    let whole = disk::whole_text(&path).with_context(|| {
        format!("{} cannot be read; name the folder of a book, or run `mdbook init` there", path.display())
    })?;
    // Windows editors may have begun it with a mark that TOML does not know.
    let (mark, text) = match whole.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest.to_owned()),
        None => ("", whole.clone()),
    };
    let (mut upgraded, mut changes) =
        if options.upgrade { upgrade::upgrade(&text) } else { (text.clone(), Vec::new()) };
    let mut document: DocumentMut =
        upgraded.parse().with_context(|| format!("{} is not valid TOML; nothing was changed", path.display()))?;
    let mut left = Vec::new();
    if let Some(html) = options.html {
        let moved = site::move_to(html, &upgraded)?;
        (upgraded, left) = (moved.text, moved.left);
        document = upgraded.parse().with_context(|| format!("{}", path.display()))?;
        changes.extend(moved.changes);
        left.extend(site::workflows(root, html));
    }
    let mut diagnostics = Diagnostics::default();
    report_refused(&BookToml::new(&*upgraded), root, &mut diagnostics);
    // A book that cannot be loaded yet is installed into all the same, without its languages.
    let (languages, shown, untreated) = Host::load(root)
        .map(|(host, book)| {
            let read = mdbook_bilingual_core::read(&host, &book);
            let languages = read.notebook.languages.iter().map(|language| language.tag().to_owned());
            let languages = languages.collect::<Vec<String>>();
            let mut untreated = read.diagnostics.clone();
            untreated.retain(|found| found.code() == Code::IncludeUntreated);
            (languages, PageFeatures::of(&read), read.includes_text().then_some(untreated))
        })
        .unwrap_or_default();
    complete(&mut document, root, &languages, untreated.is_some())?;
    let completed = with_line_endings_of(&text, &document.to_string());
    let host = Host::of_toml(root, &completed).with_context(|| format!("{}", path.display()))?;
    if let Some(out) = super::unfit(&host) {
        bail!("{out}");
    }
    let mut batch = (!options.dry_run).then(|| Batch::new(root));
    let files = prepare_files(&host, shown, batch.as_mut(), &mut diagnostics)?;
    // What was settled before stays so, and this is what follows from it.
    diagnostics.extend(untreated.filter(|_| !host.expanded).unwrap_or_default());
    let book_toml = if completed == text {
        FileChange::Unchanged
    } else {
        match &mut batch {
            Some(batch) => batch.add(&path, Some(whole.into_bytes()), format!("{mark}{completed}").as_bytes())?,
            None => Batch::new(root).look(&path)?,
        }
        FileChange::Updated
    };
    if let Some(batch) = batch {
        batch.commit()?;
    }
    let can_upgrade = !options.upgrade && diagnostics.fail(false) && !upgrade::upgrade(&text).1.is_empty();
    Ok(Installed { book_toml, changes, left, files, diagnostics, dry_run: options.dry_run, can_upgrade })
}

/// A text with the line endings of another: the TOML library writes one kind.
pub(super) fn with_line_endings_of(like: &str, text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let windows = like.matches("\r\n").count() * 2 > like.matches('\n').count();
    if windows { text.replace('\n', "\r\n") } else { text }
}

/// Adds what is missing, and says whether the book has a renderer for browsers, and so a use for the stylesheet.
///
/// In a book that `includes` Markdown or TeX, the passes run behind mdBook's `links`: else they would not see its text.
pub(super) fn complete(document: &mut DocumentMut, root: &Path, languages: &[String], includes: bool) -> Result<bool> {
    // A book without any table for a renderer has the one for HTML.
    let outputs = document.get("output").and_then(Item::as_table_like).filter(|output| !output.is_empty());
    let for_browsers = outputs
        .map_or(vec![HTML], |output| [HTML, SITE].into_iter().filter(|name| output.contains_key(name)).collect());
    let has_html = !for_browsers.is_empty();
    let renderers: Vec<String> = match outputs {
        Some(output) if !has_html => output.iter().map(|(name, _)| name.to_owned()).collect(),
        _ => for_browsers.into_iter().map(str::to_owned).collect(),
    };
    let preprocessor = table(document.as_table_mut(), "preprocessor", true)?;
    let own = table(preprocessor, "preprocessor.bilingual", false)?;
    let names = |key: &str, name: &str| {
        let names = own.get(key).and_then(Item::as_array);
        names.is_some_and(|names| names.iter().any(|own| own.as_str() == Some(name)))
    };
    // Where somebody settled one of the two, the other must not make a circle of it.
    let is_behind = names("after", "links");
    let behind = includes && !names("before", "links");
    let after = if behind { vec!["index".to_owned(), "links".to_owned()] } else { vec!["index".to_owned()] };
    let before = (!behind && !is_behind).then(|| vec!["links".to_owned()]);
    for (key, names) in [("renderers", Some(renderers)), ("after", Some(after)), ("before", before)] {
        if let Some(names) = names.filter(|_| !own.contains_key(key)) {
            own.insert(key, value(Array::from_iter(names)));
        }
    }
    if !own.contains_key("languages") && languages.len() > 1 {
        own.insert("languages", value(Array::from_iter(languages)));
    }
    // A table for HTML in a book that has only other renderers would add one, and move their output.
    if !has_html {
        return Ok(false);
    }
    let name = html_table(document).name();
    let html = html(document)?;
    let css = html.entry("additional-css").or_insert_with(|| value(Array::new()));
    let Some(css) = css.as_array_mut() else {
        let own = css.as_str().filter(|own| !own.is_empty()).map(|own| format!("\"{own}\", ")).unwrap_or_default();
        bail!(
            "book.toml: `{name}.additional-css` is not a list; write it as [{own}\"{STYLESHEET_PATH}\"], or run `mdbook-bilingual install --upgrade`"
        );
    };
    let listed = css.iter().filter_map(|item| item.as_str()).any(|path| host::is_stylesheet(root, path));
    if !listed {
        css.push(STYLESHEET_PATH);
    }
    Ok(true)
}

/// Where the options of HTML stand in a book.
pub(super) fn html_table(document: &DocumentMut) -> HtmlOptions {
    let has =
        |name| document.get("output").and_then(Item::as_table_like).is_some_and(|output| output.contains_key(name));
    if has(SITE) && !has(HTML) { HtmlOptions::Site } else { HtmlOptions::Html }
}

/// The table with the options of HTML, made when it is missing.
pub(super) fn html(document: &mut DocumentMut) -> Result<&mut dyn TableLike> {
    let path = html_table(document).path();
    let mut above: &mut dyn TableLike = document.as_table_mut();
    for depth in 1..=path.len() {
        above = table(above, &path[..depth].join("."), depth < path.len())?;
    }
    Ok(above)
}

/// The table of this full name, made in its parent when it is missing. An implicit table gets no header of its own.
pub(super) fn table<'a>(parent: &'a mut dyn TableLike, name: &str, implicit: bool) -> Result<&'a mut dyn TableLike> {
    let item = parent.entry(name.rsplit('.').next().unwrap_or(name)).or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(implicit);
        Item::Table(table)
    });
    item.as_table_like_mut().with_context(|| format!("book.toml: `{name}` is not a table; nothing was changed"))
}
