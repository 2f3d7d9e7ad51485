//! The files of a site, written where they differ.
//!
//! Nothing is written before all that can fail has succeeded, so a build that fails leaves the old pages. What cannot
//! fail is made while it is written, because all pages of a book take many times its memory. Files that are as they
//! were are not touched, and what belongs to no page any more goes last. Somebody who serves the folder at that moment
//! sees old pages and new ones, and no page that is half written but the one of that instant.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::files::{lock, slashed, write_changed};
use mdbook_bilingual_core::parallel::{Workers, in_parallel};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// Files by their paths from the site's root, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What a file holds.
pub enum Content<'a> {
    /// Bytes that are there.
    Bytes(Vec<u8>),
    /// What is made while it is written, and cannot fail: all pages of a book take many times the memory of the book.
    Made(Box<dyn Fn() -> String + Sync + 'a>),
}

/// What is published.
#[derive(Default)]
pub struct Output<'a> {
    /// The files that were made.
    pub files: BTreeMap<String, Content<'a>>,
    /// The names of files and folders that stay, whoever wrote them.
    pub spared: BTreeSet<String>,
    /// The files that yield to a file of the author's, such as `sitemap.xml`; a page does not.
    pub yielding: BTreeSet<String>,
    /// The files that are the author's, and where they are.
    pub copies: BTreeMap<String, PathBuf>,
}

/// What was done.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many files were new, or had other bytes.
    pub written: usize,
    /// How many were as they should be.
    pub kept: usize,
    /// How many were there and belong to nothing.
    pub removed: usize,
}

/// The name of a file with a hash of what it holds, as mdBook writes it: `toc-0123abcd.js`.
#[must_use]
pub fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    match name.split_once('.') {
        Some((stem, suffix)) => format!("{stem}-{hash}.{suffix}"),
        None => format!("{name}-{hash}"),
    }
}

impl<'a> Output<'a> {
    /// Adds a file.
    ///
    /// # Errors
    /// When there is one of this name.
    pub fn add(&mut self, name: String, content: Content<'a>) -> Result<()> {
        match self.files.insert(name.clone(), content) {
            Some(_) => bail!("two things would be {name}; give the chapter another file name"),
            None => Ok(()),
        }
    }

    /// Adds files where there are none of their names.
    pub fn offer(&mut self, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        for (name, bytes) in files {
            self.files.entry(name).or_insert(Content::Bytes(bytes));
        }
    }

    /// Adds what mdBook copies: every file of the book's sources that is no Markdown. `avoid` is where books are built.
    ///
    /// # Errors
    /// When a folder cannot be read.
    pub fn add_sources(&mut self, sources: &Path, avoid: &[&Path]) -> Result<()> {
        let avoided: Vec<PathBuf> = avoid.iter().filter_map(|folder| fs::canonicalize(folder).ok()).collect();
        let is_open = |entry: &walkdir::DirEntry| {
            !entry.file_type().is_dir() || !fs::canonicalize(entry.path()).is_ok_and(|real| avoided.contains(&real))
        };
        for entry in WalkDir::new(sources).follow_links(true).min_depth(1).into_iter().filter_entry(is_open) {
            let entry = entry.with_context(|| format!("reading {}", sources.display()))?;
            if !entry.file_type().is_file() || entry.path().extension().is_some_and(|extension| extension == "md") {
                continue;
            }
            let name = slashed(entry.path().strip_prefix(sources)?);
            if self.spared.contains(&name) {
                continue;
            }
            if self.yielding.contains(&name) {
                self.files.remove(&name);
            }
            if !self.files.contains_key(&name) {
                self.copies.insert(name, entry.path().to_owned());
            }
        }
        Ok(())
    }

    /// Makes of a folder what this is. Whoever else builds into it waits.
    ///
    /// # Errors
    /// When something cannot be written or removed; and before anything is written, when a file of the author's cannot be
    /// read, or would lie outside of the folder.
    pub fn write(&self, folder: &Path, workers: Workers) -> Result<Written> {
        for name in self.names() {
            if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) {
                bail!("{name} would lie outside of the site, where nothing is written");
            }
        }
        let unread = |source: &Path| format!("{} cannot be read", source.display());
        for source in self.copies.values() {
            File::open(source).with_context(|| unread(source))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let _lock = lock(folder);
        let mut done = Written::default();
        let mut folders = Folders { root: folder, known: HashSet::new() };
        let mut places = Vec::with_capacity(self.files.len());
        for (name, content) in &self.files {
            places.push((folders.place(name)?, content));
        }
        let written = |(place, content): &(PathBuf, &Content<'_>)| match content {
            Content::Bytes(bytes) => write_changed(place, bytes),
            Content::Made(made) => write_changed(place, made().as_bytes()),
        };
        for is_new in in_parallel(workers, &places, written)? {
            done.count(is_new);
        }
        for (name, source) in &self.copies {
            let bytes = fs::read(source).with_context(|| unread(source))?;
            done.count(write_changed(&folders.place(name)?, &bytes)?);
        }
        done.removed = self.clear(folder)?;
        Ok(done)
    }

    /// The names of all of it.
    fn names(&self) -> impl Iterator<Item = &String> {
        self.files.keys().chain(self.copies.keys()).chain(&self.spared)
    }

    /// Removes what is not published, and folders that are empty then.
    fn clear(&self, folder: &Path) -> Result<usize> {
        let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
        for name in self.names() {
            wanted.extend(Path::new(name).ancestors().map(Path::to_owned));
        }
        let mut removed = 0;
        let mut entries = WalkDir::new(folder).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
            let name = entry.path().strip_prefix(folder)?;
            let is_folder = entry.file_type().is_dir();
            if wanted.contains(name) {
                if is_folder && self.spared.contains(&slashed(name)) {
                    entries.skip_current_dir();
                }
                continue;
            }
            if is_folder {
                entries.skip_current_dir();
                fs::remove_dir_all(entry.path())
            } else {
                fs::remove_file(entry.path())
            }
            .with_context(|| format!("{} cannot be removed", entry.path().display()))?;
            removed += 1;
        }
        Ok(removed)
    }
}

impl Written {
    fn count(&mut self, is_new: bool) {
        match is_new {
            true => self.written += 1,
            false => self.kept += 1,
        }
    }
}

/// The folders of a site.
struct Folders<'a> {
    root: &'a Path,
    /// Those that are there, and are no links.
    known: HashSet<PathBuf>,
}

impl Folders<'_> {
    /// The place of a file, with the folders above it. What stands in the way goes: a file, or a link, which would be
    /// written through.
    fn place(&mut self, name: &str) -> Result<PathBuf> {
        let file = self.root.join(name);
        let above: Vec<&Path> = Path::new(name).ancestors().skip(1).filter(|path| *path != Path::new("")).collect();
        for folder in above.into_iter().rev().filter(|folder| !self.known.contains(*folder)).collect::<Vec<_>>() {
            let place = self.root.join(folder);
            let cannot = || format!("{} cannot be made", place.display());
            match fs::symlink_metadata(&place) {
                Ok(found) if found.is_dir() => {}
                Ok(_) => fs::remove_file(&place).and_then(|()| fs::create_dir(&place)).with_context(cannot)?,
                Err(_) => fs::create_dir(&place).with_context(cannot)?,
            }
            self.known.insert(folder.to_owned());
        }
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output<'a>(files: &[(&str, &'a str)]) -> Output<'a> {
        let made = |text: &'a str| Content::Made(Box::new(|| text.to_owned()));
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), made(text))).collect();
        Output { files, ..Output::default() }
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_stale_goes() {
        let folder = tempfile::tempdir().unwrap();
        let first = output(&[("a.html", "a"), ("b/c.html", "c"), ("old/x.html", "x")]);
        assert_eq!(first.write(folder.path(), Workers::all()).unwrap(), Written { written: 3, kept: 0, removed: 0 });
        let second = output(&[("a.html", "a"), ("b/c.html", "d"), ("old", "now a file")]);
        assert_eq!(second.write(folder.path(), Workers::all()).unwrap(), Written { written: 2, kept: 1, removed: 0 });
        let third = output(&[("a.html/index.html", "now a folder"), ("b/c.html", "d")]);
        assert_eq!(third.write(folder.path(), Workers::all()).unwrap(), Written { written: 1, kept: 1, removed: 1 });
        assert_eq!(fs::read_to_string(folder.path().join("b/c.html")).unwrap(), "d");
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, "mine").unwrap();
        let site = folder.path().join("site");
        fs::create_dir(&site).unwrap();
        let other = folder.path().join("other");
        fs::create_dir(&other).unwrap();
        std::os::unix::fs::symlink(&elsewhere, site.join("a.html")).unwrap();
        std::os::unix::fs::symlink(&other, site.join("zh")).unwrap();
        output(&[("a.html", "page"), ("zh/deep/b.html", "page")]).write(&site, Workers::all()).unwrap();
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
        assert_eq!(fs::read_dir(&other).unwrap().count(), 0);
        assert_eq!(fs::read_to_string(site.join("a.html")).unwrap(), "page");
        assert_eq!(fs::read_to_string(site.join("zh/deep/b.html")).unwrap(), "page");
    }

    #[test]
    fn nothing_is_written_where_not_all_of_it_can_be() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        assert!(output(&[("a.html", "page"), ("../evil.html", "page")]).write(&site, Workers::all()).is_err());
        let mut missing = output(&[("a.html", "page")]);
        missing.copies.insert("pic.png".to_owned(), folder.path().join("no.png"));
        assert!(missing.write(&site, Workers::all()).unwrap_err().to_string().contains("no.png cannot be read"));
        assert!(!site.exists() && !folder.path().join("evil.html").exists());
    }

    #[test]
    fn what_the_author_has_stays_the_authors() {
        let folder = tempfile::tempdir().unwrap();
        let sources = folder.path().join("src");
        fs::create_dir(&sources).unwrap();
        fs::write(sources.join("llms.txt"), "mine").unwrap();
        let mut site = output(&[("llms.txt", "ours")]);
        site.yielding.insert("llms.txt".to_owned());
        site.add_sources(&sources, &[]).unwrap();
        site.write(&folder.path().join("site"), Workers::all()).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("site/llms.txt")).unwrap(), "mine");
    }
}
