//! The files of an index, written where they differ.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_bilingual_core::files::write_changed;
use mdbook_bilingual_core::values::Language;

use crate::shards;

/// The folder of a site's indexes, in that of the site. A book may have chapters in a folder `search`.
pub const NAME: &str = "bilingual-search";

/// The files of the index of a language.
pub struct Folder {
    /// The folder of all indexes.
    root: PathBuf,
    /// The language's tag.
    tag: String,
    /// The names of its files.
    names: HashSet<String>,
    /// The names of what was there before.
    before: HashSet<String>,
    /// How many files had other bytes.
    pub written: usize,
    /// How many bytes all of them have.
    pub bytes: u64,
}

impl Folder {
    /// The folder for a language in that of a site.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn new(site: &Path, tag: &str) -> Result<Self> {
        let root = site.join(NAME);
        let folder = root.join(tag);
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        let cannot = || format!("{} cannot be read", folder.display());
        let mut before = HashSet::new();
        for entry in fs::read_dir(&folder).with_context(cannot)? {
            before.extend(entry.with_context(cannot)?.file_name().into_string());
        }
        Ok(Self { root, tag: tag.to_owned(), names: HashSet::new(), before, written: 0, bytes: 0 })
    }

    /// Writes a file that holds this, as JSON, and gives its name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn shard(&mut self, json: &str) -> Result<String> {
        let name = shards::name(json);
        let own = format!("{name}.js");
        if self.names.contains(&own) {
            return Ok(name);
        }
        let text = format!("bilingualSearch(\"{}/{name}\",{json})", self.tag);
        let file = self.root.join(&self.tag).join(&own);
        // A file that is new needs no look at what it takes the place of.
        if self.before.contains(&own) {
            self.written += usize::from(write_changed(&file, text.as_bytes())?);
        } else {
            fs::write(&file, &text).with_context(|| format!("{} cannot be written", file.display()))?;
            self.written += 1;
        }
        self.bytes += text.len() as u64;
        self.names.insert(own);
        Ok(name)
    }

    /// Writes the file that names all others, and removes those that are not named any more.
    ///
    /// # Errors
    /// When something cannot be written or removed.
    pub fn finish(&mut self, root: &str) -> Result<()> {
        let text = format!("bilingualSearch(\"{}\",{root})", self.tag);
        // Whoever searches at this moment gets all of the old one or all of the new one.
        let [file, new] = [".js", ".js.new"].map(|suffix| self.root.join(format!("{}{suffix}", self.tag)));
        self.bytes += text.len() as u64;
        if !fs::read(&file).is_ok_and(|old| old == text.as_bytes()) {
            self.written += usize::from(write_changed(&new, text.as_bytes())?);
            fs::rename(&new, &file).with_context(|| format!("{} cannot be written", file.display()))?;
        }
        let folder = self.root.join(&self.tag);
        // A page of the author's may lie there.
        for name in self.before.difference(&self.names).filter(|name| shards::is_name(name)) {
            remove(&folder.join(name))?;
        }
        Ok(())
    }

    /// How many files it has.
    #[must_use]
    pub fn files(&self) -> usize {
        self.names.len() + 1
    }
}

/// Removes the indexes of all other languages.
///
/// # Errors
/// When they cannot be removed.
pub fn clear(site: &Path, tags: &[&str]) -> Result<()> {
    let root = site.join(NAME);
    for entry in fs::read_dir(&root).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(tag) = name.to_str().filter(|tag| !tags.contains(tag) && Language::parse(tag).is_ok()) else {
            continue;
        };
        let index = root.join(format!("{tag}.js"));
        if index.is_file() && entry.path().is_dir() {
            remove(&index)?;
            remove(&entry.path())?;
        }
    }
    Ok(())
}

fn remove(path: &Path) -> Result<()> {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    if is_folder { fs::remove_dir_all(path) } else { fs::remove_file(path) }
        .with_context(|| format!("{} cannot be removed", path.display()))
}
