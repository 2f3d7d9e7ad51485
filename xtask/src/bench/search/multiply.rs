//! Many notes, and many pages, made of some: each copy says something else.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::exchange::{Vocabulary, Written};

/// Writes a book of at least so many pages into `folder`, made of the chapters of another one: its title, its language and
/// the folder of its sources are given. The chapters of the first copy are as they were, and where they were.
///
/// # Errors
/// When a chapter cannot be read or written.
pub(super) fn book(source: &Path, pages: usize, folder: &Path) -> Result<()> {
    let summary = fs::read_to_string(source.join("SUMMARY.md")).context("reading SUMMARY.md")?;
    let chapters: Vec<(PathBuf, String)> = summary
        .lines()
        .filter_map(|line| Some(source.join(link(line)?.1)))
        .map(|path| Ok((path.strip_prefix(source)?.to_owned(), fs::read_to_string(&path)?)))
        .collect::<Result<_>>()?;
    let mut vocabulary = Vocabulary::default();
    for (_, text) in &chapters {
        vocabulary.add(text, Written::Markdown);
    }
    let mut contents = String::from("# Summary\n");
    for copy in 0..pages.div_ceil(chapters.len().max(1)) {
        contents += &summary_of(&summary, copy);
        let exchange = vocabulary.exchange(copy);
        for (path, text) in &chapters {
            let text = titled(&exchange.of(text, Written::Markdown), copy, |line| line.starts_with("# "));
            write(&folder.join("src").join(place(copy)).join(path), &text)?;
        }
    }
    write(&folder.join("src/SUMMARY.md"), &contents)
}

/// The chapters of a built book.
pub(super) struct Pages {
    /// Their paths, and what is before the text, it, and behind it.
    pages: Vec<(PathBuf, [String; 3])>,
    vocabulary: Vocabulary,
}

impl Pages {
    /// Reads them.
    ///
    /// # Errors
    /// When one cannot be read.
    pub(super) fn of(site: &Path) -> Result<Self> {
        let (mut pages, mut vocabulary) = (Vec::new(), Vocabulary::default());
        for path in chapters(site)? {
            let page = fs::read_to_string(site.join(&path))?;
            let Some(text) = main_of(&page) else { continue };
            vocabulary.add(&page[text.clone()], Written::Html);
            let parts = [&page[..text.start], &page[text.clone()], &page[text.end..]];
            pages.push((path, parts.map(str::to_owned)));
        }
        Ok(Self { pages, vocabulary })
    }

    pub(super) fn number(&self) -> usize {
        self.pages.len()
    }

    /// Writes so many pages into `folder`: these, then copies of them.
    ///
    /// # Errors
    /// When one cannot be written.
    pub(super) fn write(&self, number: usize, folder: &Path) -> Result<()> {
        for copy in 0..number.div_ceil(self.number().max(1)) {
            let exchange = self.vocabulary.exchange(copy);
            for (path, [before, text, behind]) in self.pages.iter().take(number - copy * self.number()) {
                let text = titled(&exchange.of(text, Written::Html), copy, |line| line.ends_with("</h1>"));
                write(&folder.join(place(copy)).join(path), &format!("{before}{text}{behind}"))?;
            }
        }
        Ok(())
    }
}

/// The pages of a site that are chapters, as paths inside it, in order.
///
/// # Errors
/// When a folder cannot be read.
pub(super) fn chapters(site: &Path) -> Result<Vec<PathBuf>> {
    let is_other = |path: &Path| {
        let name = path.to_string_lossy();
        let is_at_root = path.components().count() == 1;
        name == "404.html" || is_at_root && (name.starts_with("toc") || name.starts_with("print"))
    };
    let all = files(site)?.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    Ok(all.filter(|path| !is_other(path)).collect())
}

/// All files of a folder, as paths inside it, in order.
///
/// # Errors
/// When a folder cannot be read.
pub(super) fn files(root: &Path) -> Result<Vec<PathBuf>> {
    let (mut all, mut folders) = (Vec::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push(path.strip_prefix(root)?.to_owned());
            }
        }
    }
    all.sort();
    Ok(all)
}

/// The folder of a copy.
fn place(copy: usize) -> String {
    if copy == 0 { String::new() } else { format!("copy-{copy}") }
}

/// The title and the path of a chapter in a line of a summary.
fn link(line: &str) -> Option<(&str, &str)> {
    let (title, path) = line.trim().trim_start_matches("- ").strip_prefix('[')?.rsplit_once("](")?;
    let path = path.strip_suffix(')')?;
    // One with a space is written so.
    let path = path.strip_prefix('<').and_then(|path| path.strip_suffix('>')).unwrap_or(path);
    path.ends_with(".md").then_some((title, path))
}

/// The part of a summary for a copy.
fn summary_of(summary: &str, copy: usize) -> String {
    let mut contents = String::from("\n");
    for line in summary.lines().filter(|line| *line != "# Summary") {
        match link(line) {
            Some((title, path)) if copy > 0 => {
                let indent = &line[..line.len() - line.trim_start().len()];
                // Chapters that are no part of a list have their place at the beginning, and another one at the end.
                contents += &format!("{indent}- [{title} {copy}](<{}/{path}>)", place(copy));
            }
            _ => contents += line,
        }
        contents.push('\n');
    }
    contents
}

/// A text with a number in its title, which is the first line that is one.
fn titled(text: &str, copy: usize, is_title: impl Fn(&str) -> bool) -> String {
    let mut is_found = copy == 0;
    let mut all = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if is_found || !is_title(bare) {
            all += line;
            continue;
        }
        is_found = true;
        let (title, end) = bare.strip_suffix("</h1>").map_or((bare, ""), |title| (title, "</h1>"));
        all += &format!("{title} {copy}{end}\n");
    }
    all
}

/// Where the text of a page is.
fn main_of(page: &str) -> Option<std::ops::Range<usize>> {
    let begin = page.find("<main>")? + "<main>".len();
    Some(begin..begin + page[begin..].find("</main>")?)
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_book_is_multiplied() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (source, made) = (folder.path().join("book"), folder.path().join("made"));
        write(
            &source.join("SUMMARY.md"),
            "# Summary\n\n[Home](README.md)\n\n# Part\n\n- [Draft]()\n  - [Title](a/b.md)\n",
        )?;
        write(&source.join("README.md"), "# Home\n")?;
        write(&source.join("a/b.md"), "# Title\n\n# Another\n")?;
        book(&source, 3, &made)?;
        let summary = fs::read_to_string(made.join("src/SUMMARY.md"))?;
        assert!(
            summary.starts_with("# Summary\n\n\n[Home](README.md)\n\n# Part\n\n- [Draft]()\n  - [Title](a/b.md)\n")
        );
        assert!(
            summary
                .ends_with("- [Home 1](<copy-1/README.md>)\n\n# Part\n\n- [Draft]()\n  - [Title 1](<copy-1/a/b.md>)\n")
        );
        assert_eq!(fs::read_to_string(made.join("src/copy-1/a/b.md"))?, "# Title 1\n\n# Another\n");
        Ok(())
    }

    #[test]
    fn pages_are_multiplied() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let (site, made) = (folder.path().join("site"), folder.path().join("made"));
        for path in ["index.html", "zh/a.html", "print.html", "toc.html", "404.html"] {
            write(&site.join(path), "<head></head><main>\n<h1>Title</h1>\n</main>\n")?;
        }
        Pages::of(&site)?.write(3, &made)?;
        let all: Vec<String> = files(&made)?.iter().map(|path| path.to_string_lossy().replace('\\', "/")).collect();
        assert_eq!(all, ["copy-1/index.html", "index.html", "zh/a.html"]);
        assert_eq!(
            fs::read_to_string(made.join("copy-1/index.html"))?,
            "<head></head><main>\n<h1>Title 1</h1>\n</main>\n"
        );
        Ok(())
    }
}
