//! How the sources of a book lie: in place, or behind links.

use std::path::Path;

use anyhow::{Context, Result};
use mdbook_bilingual_core::files::is_taken;
use mdbook_bilingual_core::host::Host;
use mdbook_bilingual_core::values::{Language, SourcePath};

use super::rules::IgnoreRules;
use super::{arrange, read_if_there};

/// How the sources of a book lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layout {
    /// The notes lie in the source folder.
    InPlace { source: String },
    /// The source folder mirrors the notes with links.
    Linked { source: String, build: String },
}

impl Layout {
    /// Whether the source folder holds links.
    pub(super) fn is_linked(&self) -> bool {
        matches!(self, Self::Linked { .. })
    }

    /// The folder of the sources.
    pub(super) fn source(&self) -> &str {
        match self {
            Self::InPlace { source } | Self::Linked { source, .. } => source,
        }
    }

    /// The table of contents.
    pub(super) fn summary(&self) -> String {
        format!("{}/SUMMARY.md", self.source()).trim_start_matches('/').to_owned()
    }
}

/// How many names are tried that git might leave out.
const NAMES: usize = 20;

/// How the sources lie, and what `book.toml` says, or will say.
pub(super) fn layout(dir: &Path, old: Option<&str>) -> Result<(Layout, Host)> {
    if let Some(text) = old {
        let host = Host::of_toml(dir, text)
            .with_context(|| format!("{} is not valid TOML; nothing was changed", dir.join("book.toml").display()))?;
        let source = host.source_folder().trim_end_matches('/').to_owned();
        let build = host.build.to_string_lossy().replace('\\', "/");
        let layout = match host.notes() {
            Some(_) => Layout::Linked { source, build },
            None => Layout::InPlace { source },
        };
        return Ok((layout, host));
    }
    // What mdBook does not understand is a list of notes like any README.
    let understood = |text: &str| mdbook_summary::parse_summary(text).is_ok();
    let layout = if read_if_there(&dir.join("src/SUMMARY.md"))?.as_deref().is_some_and(understood) {
        Layout::InPlace { source: "src".to_owned() }
    } else {
        let free = |names: &[&str]| {
            let real = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
            let mut rules = IgnoreRules::around(&real);
            let numbered = (2..).map(|count| format!("{}-{count}", names[0]));
            let is_free = |name: &String| !is_taken(&dir.join(name)) || arrange::is_begun(&real, name);
            let mut free = names.iter().map(|name| (*name).to_owned()).chain(numbered).filter(is_free);
            // A link that leads nowhere has its name all the same.
            let first = free.next().expect("some name is free");
            let tracked = |name: &String| !rules.leave_out(&real.join(name), true);
            // Where git leaves out whatever there is, one name is as good as another.
            std::iter::once(first.clone()).chain(free.take(NAMES)).find(tracked).unwrap_or(first)
        };
        let site = free(&["site", "public", "book-site"]);
        Layout::Linked { source: free(&["book", "mdbook", "book-src"]), build: format!("{site}/html") }
    };
    let toml = new_book_toml(&layout, "", None);
    Ok((layout, Host::of_toml(dir, &toml)?))
}

/// The `book.toml` of a new book, as far as it does not depend on the notes.
pub(super) fn new_book_toml(layout: &Layout, title: &str, language: Option<&Language>) -> String {
    let text = |text: &str| toml_edit::Value::from(text).to_string();
    let mut toml = format!("[book]\ntitle = {}\n", text(title).trim());
    if let Some(language) = language {
        toml += &format!("language = \"{language}\"\n");
    }
    match layout {
        Layout::InPlace { source } => toml += &format!("src = {}\n", text(source).trim()),
        Layout::Linked { source, build } => {
            toml += &format!(
                "# A folder of links to the notes: mdBook copies everything in it into the site, and would take `.git` along.\nsrc = {}\n\n[build]\nbuild-dir = {}\ncreate-missing = false\n",
                text(source).trim(),
                text(build).trim()
            );
        }
    }
    toml
}

/// The path of a source from the folder of the notes.
pub(super) fn found_as(layout: &Layout, source: &SourcePath) -> String {
    match layout {
        Layout::InPlace { source: folder } if !folder.is_empty() => format!("{folder}/{source}"),
        _ => source.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_folder_that_was_begun_is_gone_on_with() {
        use std::fs;
        use std::os::unix::fs::symlink;

        type Make = fn(&Path);
        let cases: &[(&str, Make, &str)] = &[
            ("links", |_| {}, "book"),
            ("what was about to be written", |book| fs::write(book.join(".mdbook-bilingual-x1"), "").unwrap(), "book"),
            ("all but the configuration", |book| fs::write(book.join("SUMMARY.md"), "# Summary\n").unwrap(), "book"),
            ("a link to a note that is gone", |book| symlink("../gone.md", book.join("gone.md")).unwrap(), "book"),
            ("a file of somebody's", |book| fs::write(book.join("own.md"), "").unwrap(), "mdbook"),
            ("a link of somebody's", |book| symlink("../a.md", book.join("other.md")).unwrap(), "mdbook"),
            ("a whole path", |book| symlink("/etc/passwd", book.join("passwd")).unwrap(), "mdbook"),
        ];
        for (what, make, source) in cases {
            let folder = tempfile::tempdir().unwrap();
            let book = folder.path().join("book");
            fs::create_dir_all(book.join("zh")).unwrap();
            fs::write(folder.path().join("a.md"), "# A\n").unwrap();
            symlink("../a.md", book.join("a.md")).unwrap();
            symlink("../../zh/b.md", book.join("zh/b.md")).unwrap();
            make(&book);
            assert_eq!(layout(folder.path(), None).unwrap().0.source(), *source, "{what}");
        }
    }

    #[test]
    fn a_name_is_free_wherever_git_looks_away() {
        for (rules, source) in [
            ("", "book"),
            ("/book/\n", "mdbook"),
            ("*book*\n", "book"),
            ("*\n!*.md\n", "book"),
            ("/*\n!/book-3\n", "book-3"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(".gitignore"), rules).unwrap();
            let (layout, _) = layout(folder.path(), None).unwrap();
            assert_eq!(layout.source(), source, "{rules}");
        }
        // Below a folder that is ignored, so is everything.
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(".gitignore"), "/out/\n").unwrap();
        let below = folder.path().join("out/notes");
        std::fs::create_dir_all(below.join("book")).unwrap();
        assert_eq!(layout(&below, None).unwrap().0.source(), "mdbook");
    }
}
