//! Writes files: several or none of them, and only over what is still as it was when it was read.
//!
//! ```text
//! Batch::add     looks at the place, makes its folder, and writes the new file beside it, under another name
//! Batch::commit  gives each its name; where one fails, those before it are as they were
//! ```
//!
//! A batch that is not committed leaves nothing: neither files nor folders.

#[cfg(feature = "export")]
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::files::read::{self, Unread};
use mdbook_bilingual_core::files::{Lies, Worktree};
use tempfile::NamedTempFile;

/// Folders that were made, outermost first. They are taken away again when this is dropped, unless they are kept; one with
/// something in it stays.
#[derive(Default)]
pub(crate) struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    /// Makes a folder, with those above it, where it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn make(folder: &Path) -> Result<Self> {
        let mut made = Self::default();
        for missing in missing(folder).into_iter().rev() {
            // `new/..` is there as soon as `new` is.
            if !missing.is_dir() {
                made.add(missing)?;
            }
        }
        if !folder.is_dir() {
            let is_link = folder.is_symlink() && !folder.exists();
            let what = if is_link { "a link that leads nowhere; mend it, or delete it" } else { "no folder" };
            bail!("{} cannot be made: it is {what}", folder.display());
        }
        Ok(made)
    }

    fn add(&mut self, folder: &Path) -> Result<()> {
        fs::create_dir(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        self.0.push(folder.to_owned());
        Ok(())
    }

    /// Lets them stay.
    pub(crate) fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A folder and those above it, as far as there is nothing under their names, innermost first.
fn missing(folder: &Path) -> Vec<&Path> {
    folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !read::is_taken(above)).collect()
}

/// Files that are written together.
pub(crate) struct Batch {
    worktree: Worktree,
    /// A new file is as readable as this one.
    like: PathBuf,
    // Dropped before the folders that were made for them.
    staged: Vec<Staged>,
    folders: NewFolders,
}

/// A file that is not under its name yet.
struct Staged {
    /// How it is called to people.
    shown: PathBuf,
    /// Where it goes, links followed.
    target: PathBuf,
    /// What is there now.
    old: Option<Vec<u8>>,
    new: NamedTempFile,
}

impl Batch {
    /// Nothing yet. Everything is to lie in the repository of the book in `root`.
    pub(crate) fn new(root: &Path) -> Self {
        Self {
            worktree: Worktree::at(root),
            like: root.join("book.toml"),
            staged: Vec::new(),
            folders: NewFolders::default(),
        }
    }

    /// Prepares a file. `old` is what it held when it was read; `None` for one that was not there.
    ///
    /// # Errors
    /// When it cannot be written, or must not.
    pub(crate) fn add(&mut self, path: &Path, old: Option<Vec<u8>>, contents: &[u8]) -> Result<()> {
        let target = self.target(path)?;
        let like = if old.is_some() { &target } else { &self.like };
        let new = beside(&target, contents, like).with_context(|| format!("{} cannot be written", path.display()))?;
        self.staged.push(Staged { shown: path.to_owned(), target, old, new });
        Ok(())
    }

    /// Writes all of it.
    ///
    /// # Errors
    /// When a file cannot be written, or was changed meanwhile. Then none was written.
    pub(crate) fn commit(mut self) -> Result<()> {
        let mut done: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
        for Staged { shown, target, old, new } in std::mem::take(&mut self.staged) {
            let changed = || {
                Err(anyhow::anyhow!("{} was changed meanwhile, so nothing was written; run it again", shown.display()))
            };
            let written = if read_if_there(&target)? == old {
                let result = if old.is_some() { new.persist(&target) } else { new.persist_noclobber(&target) };
                match result.map(drop) {
                    // Somebody else was quicker, by less than it takes to look.
                    Err(error) if old.is_none() && error.error.kind() == ErrorKind::AlreadyExists => changed(),
                    result => result.with_context(|| format!("{} cannot be replaced", shown.display())),
                }
            } else {
                changed()
            };
            if let Err(error) = written {
                undo(done);
                return Err(error);
            }
            done.push((target, old));
        }
        self.folders.keep();
        Ok(())
    }

    /// Says whether a file could be prepared, and makes nothing.
    ///
    /// # Errors
    /// When it could not, as far as can be known without writing.
    pub(crate) fn look(&mut self, path: &Path) -> Result<()> {
        self.find(path).map(drop)
    }

    /// Where a file goes, with its folder made.
    fn target(&mut self, path: &Path) -> Result<PathBuf> {
        let missing = match self.find(path)? {
            Goes::Over(real) => return Ok(real),
            Goes::New(missing) => missing,
        };
        for folder in missing.iter().rev() {
            self.folders.add(folder)?;
        }
        let (folder, name) = parts(path)?;
        let folder = fs::canonicalize(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        Ok(folder.join(name))
    }

    /// Where a file goes, and which folders are missing for it.
    fn find(&mut self, path: &Path) -> Result<Goes> {
        let outside = |target: &Path| {
            anyhow::anyhow!(
                "{} leads to {}, outside of the book's repository, where nothing is written; put a folder or a file of its own there",
                path.display(),
                target.display()
            )
        };
        if let Ok(found) = fs::symlink_metadata(path) {
            let real = fs::canonicalize(path).with_context(|| {
                format!(
                    "{} is a link that leads nowhere, and is not written over; mend it, or delete it",
                    path.display()
                )
            })?;
            if let Lies::Outside(target) = self.worktree.lies(path) {
                return Err(outside(&target));
            }
            if !(found.is_file() || real.is_file()) {
                bail!("{} is no file, so nothing can be written there; give it another name", path.display());
            }
            return Ok(Goes::Over(real));
        }
        let (folder, _) = parts(path)?;
        let missing = missing(folder);
        let there = missing.last().map_or(Some(folder), |missing| missing.parent());
        let there = there.filter(|there| !there.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !there.is_dir() {
            let what = if there.is_symlink() { "a link that leads to no folder" } else { "no folder" };
            bail!("{} is {what}, and {} goes there; mend it, or delete it", there.display(), path.display());
        }
        if let Lies::Outside(target) = self.worktree.folder_lies(there) {
            return Err(outside(&target));
        }
        Ok(Goes::New(missing.into_iter().map(Path::to_owned).collect()))
    }
}

/// Where a file of a batch goes.
enum Goes {
    /// Over this file, links followed.
    Over(PathBuf),
    /// Where nothing is yet, once these folders are made, innermost first.
    New(Vec<PathBuf>),
}

/// The folder of a file, and its name there.
fn parts(path: &Path) -> Result<(&Path, &std::ffi::OsStr)> {
    let (folder, name) = (path.parent().context("a file has a folder")?, path.file_name().context("a name")?);
    Ok((if folder.as_os_str().is_empty() { Path::new(".") } else { folder }, name))
}

/// What became of a file that was to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Replaced {
    /// It holds what is new.
    Done,
    /// It does not hold any more what was read, and stays as it is.
    Changed,
}

/// Puts new contents into the place of those that were read.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<Replaced> {
    let failed = || format!("{} cannot be replaced", path.display());
    // Two of us at once wait for each other here. Whoever comes second finds another file in the place of the one that
    // is locked, and so other contents.
    let _lock = locked(path)?;
    let file = beside(path, new, path).with_context(failed)?;
    if read_if_there(path)?.as_deref() != Some(old) {
        return Ok(Replaced::Changed);
    }
    file.persist(path).with_context(failed)?;
    Ok(Replaced::Done)
}

/// Writes files that somebody asked for by their names, wherever they are, with the folders above them: all of them, or
/// none. Gives those that changed.
///
/// # Errors
/// When one cannot be written.
#[cfg(feature = "export")]
pub(crate) fn put<'f>(files: impl IntoIterator<Item = (&'f Path, &'f [u8])>) -> Result<BTreeSet<PathBuf>> {
    // Most files are in one folder, and stand there one behind the other.
    let (mut folders, mut staged, mut last) = (Vec::new(), Vec::new(), None);
    for (path, contents) in files {
        let (folder, name) = parts(path)?;
        let real = match last.take() {
            Some((known, real)) if known == folder => real,
            _ => {
                folders.push(NewFolders::make(folder)?);
                fs::canonicalize(folder).with_context(|| format!("{} cannot be read", folder.display()))?
            }
        };
        let target = real.join(name);
        last = Some((folder, real));
        if target.is_dir() {
            bail!("{} is a folder; name a file", path.display());
        }
        let old = read_if_there(&target)?;
        if old.as_deref() != Some(contents) {
            let new =
                beside(&target, contents, &target).with_context(|| format!("{} cannot be written", path.display()))?;
            staged.push(Staged { shown: path.to_owned(), target, old, new });
        }
    }
    let (mut changed, mut done) = (BTreeSet::new(), Vec::new());
    for Staged { shown, target, old, new } in staged {
        if let Err(error) = new.persist(&target) {
            undo(done);
            return Err(error).with_context(|| format!("{} cannot be replaced", shown.display()));
        }
        changed.insert(shown);
        done.push((target, old));
    }
    folders.into_iter().for_each(NewFolders::keep);
    Ok(changed)
}

/// How often a file that somebody else has locked is tried again, and how long it is waited for each time.
const TRIES: u32 = 200;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

/// Keeps others of us from writing a file.
fn locked(path: &Path) -> Result<File> {
    let file = read::open(path).with_context(|| format!("{}", path.display()))?;
    // On Windows, a lock would keep ourselves from reading it, and some disks have no locks.
    if cfg!(unix) {
        for _ in 0..TRIES {
            match file.try_lock() {
                Err(fs::TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                _ => return Ok(file),
            }
        }
        bail!("{} is being written by somebody else; try again", path.display());
    }
    Ok(file)
}

/// How the names of files begin that have not got theirs yet.
const STAGED: &str = ".mdbook-bilingual-";

/// Whether a file was left by a run that was stopped before it gave the file its name.
pub(crate) fn is_staged(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(STAGED))
}

/// A file with these contents in the folder of another, with the permissions of a third.
fn beside(path: &Path, contents: &[u8], like: &Path) -> Result<NamedTempFile> {
    let folder = path.parent().context("a file has a folder")?;
    let mut new = tempfile::Builder::new();
    new.prefix(STAGED);
    // A temporary file is private; a book is as readable as its owner's other new files.
    #[cfg(unix)]
    new.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = new.tempfile_in(folder).with_context(|| format!("{} cannot be written to", folder.display()))?;
    file.write_all(contents)?;
    if let Ok(metadata) = fs::metadata(like) {
        // What root writes for somebody stays theirs. Nobody else may give files away.
        #[cfg(unix)]
        if like == path {
            use std::os::unix::fs::{MetadataExt, fchown};
            let _ = fchown(file.as_file(), Some(metadata.uid()), Some(metadata.gid()));
        }
        let _ = fs::set_permissions(file.path(), metadata.permissions());
    }
    // Otherwise a machine that stops may be left with a name and no contents.
    file.as_file().sync_all()?;
    Ok(file)
}

fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>> {
    match read::bytes(path, u64::MAX - 1) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(Unread::Missing) if !read::is_taken(path) => Ok(None),
        Err(why) => Err(why).with_context(|| format!("{}", path.display())),
    }
}

/// Puts back what was there.
fn undo(done: Vec<(PathBuf, Option<Vec<u8>>)>) {
    for (target, old) in done.into_iter().rev() {
        let _ = match old {
            Some(old) => {
                beside(&target, &old, &target).and_then(|file| file.persist(&target).map(drop).map_err(Into::into))
            }
            None => fs::remove_file(&target).or_else(|error| match error.kind() {
                ErrorKind::NotFound => Ok(()),
                _ => Err(error.into()),
            }),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(root: &Path) -> Vec<(String, String)> {
        let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
        walk.map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).unwrap_or_default())
        })
        .collect()
    }

    #[test]
    fn all_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::write(at("b"), "old").unwrap();
        let before = files(folder.path());
        let old = || Some(b"old".to_vec());
        let prepare = || {
            let mut batch = Batch::new(folder.path());
            batch.add(&at("a"), old(), b"new").unwrap();
            batch.add(&at("x/y/c"), None, b"new").unwrap();
            batch.add(&at("b"), old(), b"new").unwrap();
            batch
        };
        drop(prepare());
        assert_eq!(files(folder.path()), before);
        // Somebody else was quicker.
        let batch = prepare();
        fs::write(at("b"), "theirs").unwrap();
        assert!(batch.commit().unwrap_err().to_string().contains("b was changed meanwhile"));
        fs::write(at("b"), "old").unwrap();
        assert_eq!(files(folder.path()), before);
        prepare().commit().unwrap();
        let names: Vec<String> =
            files(folder.path()).into_iter().map(|(name, text)| format!("{name}={text}")).collect();
        assert_eq!(names, ["=", "a=new", "b=new", "x=", "x/y=", "x/y/c=new"]);
    }

    #[test]
    fn only_what_was_read_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "one").unwrap();
        assert_eq!(replace(&path, b"zero", b"two").unwrap(), Replaced::Changed);
        assert_eq!(replace(&path, b"one", b"two").unwrap(), Replaced::Done);
        assert_eq!(files(folder.path())[1..], [("a".to_owned(), "two".to_owned())]);
    }

    #[test]
    fn nobody_loses_a_line_to_somebody_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "").unwrap();
        std::thread::scope(|scope| {
            for writer in 0..8 {
                let path = &path;
                scope.spawn(move || {
                    loop {
                        let old = fs::read_to_string(path).unwrap();
                        let new = format!("{old}{writer}\n");
                        if replace(path, old.as_bytes(), new.as_bytes()).unwrap() == Replaced::Done {
                            break;
                        }
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 8);
    }

    #[cfg(unix)]
    #[test]
    fn places_that_are_refused() {
        use std::os::unix::fs::symlink;

        let outside = tempfile::tempdir().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        symlink("none", at("nowhere")).unwrap();
        symlink(outside.path(), at("theirs")).unwrap();
        fs::write(outside.path().join("x"), "").unwrap();
        symlink(outside.path().join("x"), at("x")).unwrap();
        fs::write(at("file"), "").unwrap();
        fs::create_dir(at("folder")).unwrap();
        for (name, why) in [
            ("nowhere", "is a link that leads nowhere"),
            ("nowhere/a/b", "nowhere is a link that leads to no folder"),
            ("theirs/a", "outside of the book's repository"),
            ("theirs/a/b", "outside of the book's repository"),
            ("x", "outside of the book's repository"),
            ("file/a", "file is no folder"),
            ("folder", "is no file"),
        ] {
            let said = format!("{:#}", Batch::new(folder.path()).add(&at(name), None, b"").unwrap_err());
            assert!(said.contains(why), "{name}: {said}");
        }
        // A link inside stays one.
        symlink("file", at("link")).unwrap();
        let mut batch = Batch::new(folder.path());
        batch.add(&at("link"), Some(Vec::new()), b"new").unwrap();
        batch.commit().unwrap();
        assert!(at("link").is_symlink() && fs::read_to_string(at("file")).unwrap() == "new");
        assert_eq!(files(outside.path()).len(), 2);
    }
}
