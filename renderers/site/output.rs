//! The files of a site: in memory until all of them are there, then written where they differ.
//!
//! Nothing is written before the whole site is there, so a build that fails leaves the old pages. Files that are as they
//! were are not touched, and what belongs to no page any more goes last. Somebody who serves the folder at that moment
//! sees old pages and new ones, and no page that is half written but the one of that instant.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

/// Files by their paths from the site's root, with forward slashes.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What is published.
#[derive(Debug, Default)]
pub struct Output {
    /// The files that were made.
    pub files: Files,
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

impl Output {
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
            let name = entry.path().strip_prefix(sources)?.to_string_lossy().replace('\\', "/");
            if !self.files.contains_key(&name) {
                self.copies.insert(name, entry.path().to_owned());
            }
        }
        Ok(())
    }

    /// Makes of a folder what this is. Whoever else builds into it waits.
    ///
    /// # Errors
    /// When something cannot be written or removed.
    pub fn write(&self, folder: &Path) -> Result<Written> {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let _lock = lock(folder);
        let mut done = Written::default();
        for (name, bytes) in &self.files {
            done.count(write(&folder.join(name), bytes)?);
        }
        for (name, source) in &self.copies {
            let bytes = fs::read(source).with_context(|| format!("{} cannot be read", source.display()))?;
            done.count(write(&folder.join(name), &bytes)?);
        }
        done.removed = self.clear(folder)?;
        Ok(done)
    }

    /// Removes what is not published, and folders that are empty then.
    fn clear(&self, folder: &Path) -> Result<usize> {
        let mut wanted: BTreeSet<PathBuf> = BTreeSet::new();
        for name in self.files.keys().chain(self.copies.keys()) {
            wanted.extend(Path::new(name).ancestors().map(Path::to_owned));
        }
        let mut removed = 0;
        let mut entries = WalkDir::new(folder).min_depth(1).into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
            if wanted.contains(entry.path().strip_prefix(folder)?) {
                continue;
            }
            let is_folder = entry.file_type().is_dir();
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

/// Writes a file where it does not hold that already, and says whether. What stands in the way goes: a folder, or a link,
/// which would be written through.
fn write(file: &Path, bytes: &[u8]) -> Result<bool> {
    let cannot = || format!("{} cannot be written", file.display());
    match fs::symlink_metadata(file) {
        Ok(found) if found.is_file() => {
            if found.len() == bytes.len() as u64 && fs::read(file).is_ok_and(|old| old == bytes) {
                return Ok(false);
            }
        }
        Ok(found) if found.is_dir() => fs::remove_dir_all(file).with_context(cannot)?,
        Ok(_) => fs::remove_file(file).with_context(cannot)?,
        Err(_) => {
            let folder = file.parent().unwrap_or(Path::new(""));
            if !folder.is_dir() {
                let in_the_way = folder.ancestors().find(|above| above.symlink_metadata().is_ok());
                if let Some(other) = in_the_way.filter(|other| !other.is_dir()) {
                    fs::remove_file(other).with_context(cannot)?;
                }
                fs::create_dir_all(folder).with_context(cannot)?;
            }
        }
    }
    fs::write(file, bytes).with_context(cannot)?;
    Ok(true)
}

/// Waits for others who build into this folder, and keeps them waiting until it is dropped. A system that cannot lock a
/// folder goes on without.
fn lock(folder: &Path) -> Option<File> {
    let file = File::open(folder).ok()?;
    file.lock().ok().map(|()| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(files: &[(&str, &str)]) -> Output {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        Output { files, copies: BTreeMap::new() }
    }

    #[test]
    fn only_what_differs_is_written_and_what_is_stale_goes() {
        let folder = tempfile::tempdir().unwrap();
        let first = output(&[("a.html", "a"), ("b/c.html", "c"), ("old/x.html", "x")]);
        assert_eq!(first.write(folder.path()).unwrap(), Written { written: 3, kept: 0, removed: 0 });
        let second = output(&[("a.html", "a"), ("b/c.html", "d"), ("old", "now a file")]);
        assert_eq!(second.write(folder.path()).unwrap(), Written { written: 2, kept: 1, removed: 0 });
        let third = output(&[("a.html/index.html", "now a folder"), ("b/c.html", "d")]);
        assert_eq!(third.write(folder.path()).unwrap(), Written { written: 1, kept: 1, removed: 1 });
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
        std::os::unix::fs::symlink(&elsewhere, site.join("a.html")).unwrap();
        output(&[("a.html", "page")]).write(&site).unwrap();
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
        assert_eq!(fs::read_to_string(site.join("a.html")).unwrap(), "page");
    }
}
