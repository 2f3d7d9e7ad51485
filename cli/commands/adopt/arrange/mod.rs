//! A book folder that mirrors the notes, with a relative symbolic link for each.
//!
//! ```text
//! notes/                      notes/
//!   .git/                       .git/
//!   .venv/                      .venv/
//!   rlhf/ppo/readme.md    →     rlhf/ppo/readme.md
//!   rlhf/ppo/loss.png           rlhf/ppo/loss.png
//!                               book/rlhf/ppo/readme.md -> ../../../rlhf/ppo/readme.md
//!                               book/rlhf/ppo/loss.png  -> ../../../rlhf/ppo/loss.png
//! ```
//!
//! mdBook publishes everything below its source folder and follows links, so the notes' own folder cannot be that
//! folder, and no folder in it may be a link. What was not made here is never overwritten or removed; a second run has
//! nothing to do. Where the system has no symbolic links, read-only copies stand in.

mod obstacle;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::write::is_staged;
use mdbook_bilingual_core::files::{self, RealPaths};
use mdbook_bilingual_core::host::mirror;
pub use obstacle::Obstacle;
use walkdir::WalkDir;

use crate::commands::adopt::walk::{is_in, joined, relative, slashes};

/// How a note gets into the book folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By a symbolic link.
    Link,
    /// By a read-only copy, so that nobody edits it instead of the note.
    Copy,
}

/// What there is to do, found without writing anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorPlan {
    /// One for each file that can be mirrored, then one for each link to remove.
    pub actions: Vec<Action>,
    /// What cannot be done.
    pub problems: Vec<Obstacle>,
    dir: PathBuf,
    book: String,
    files: Vec<String>,
    how: How,
}

/// What happens at one place in the book folder. Paths are relative to the folder of notes, with forward slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// The place: `book/rlhf/readme.md`.
    pub place: String,
    /// The note or asset: `rlhf/readme.md`.
    pub file: String,
    /// What happens.
    pub what: ActionKind,
}

/// What happens at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// There is nothing yet.
    Create,
    /// There is something of ours that is not as it should be.
    Replace,
    /// There is a link of ours to a file that is not wanted any more.
    Remove,
    /// There is nothing to do.
    UpToDate,
    /// There is something that was not made here; it is left alone, and one of the problems says so.
    Conflict,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mirrored {
    /// How many links were made.
    pub linked: usize,
    /// How many copies were made.
    pub copied: usize,
    /// How many links were removed.
    pub removed: usize,
    /// How many places were as they should be.
    pub unchanged: usize,
    /// What could not be done.
    pub problems: Vec<Obstacle>,
    /// Whether the system has no symbolic links, so that copies were made.
    pub fell_back: bool,
}

/// Folders of the book, and whether each is a real one or not there yet.
type Folders = BTreeMap<String, Result<bool, Obstacle>>;

/// What was not there before, in the order in which it was made.
#[derive(Debug, Default)]
pub(super) struct Created(Vec<PathBuf>);

impl Created {
    /// Takes it away again.
    pub(super) fn undo(&self) {
        for path in self.0.iter().rev() {
            // A folder goes only when it is empty.
            let _ = fs::remove_file(path).or_else(|_| fs::remove_dir(path));
        }
    }
}

/// Looks at what there is to do so that the folder `book` in `dir` mirrors these files. Writes nothing.
///
/// `book` and `files` are relative to `dir`, with forward slashes.
#[must_use]
pub fn plan(dir: &Path, book: &str, files: &[String], how: How) -> MirrorPlan {
    let mut plan = MirrorPlan {
        actions: Vec::new(),
        problems: Vec::new(),
        dir: dir.to_owned(),
        book: book.to_owned(),
        files: files.to_vec(),
        how,
    };
    match dir.canonicalize() {
        Ok(real) => plan.dir = real,
        Err(error) => {
            plan.problems.push(Obstacle::Unreadable { file: ".".to_owned(), error: error.to_string() });
            return plan;
        }
    }
    let Some(folder) = joined("", Path::new(book)) else {
        plan.problems.push(Obstacle::NotAFolder { file: book.to_owned() });
        return plan;
    };
    plan.book = folder;
    plan.look();
    plan
}

/// What a book folder holds besides links: written by us when all links are made.
const WRITTEN: &[&str] = &["SUMMARY.md", "index.md"];

/// Whether a folder in `dir` holds links of ours, or copies, and nothing else: a run that was stopped left it, before
/// anything said that it is a book.
pub(super) fn is_begun(dir: &Path, book: &str) -> bool {
    let root = dir.join(book);
    if !fs::symlink_metadata(&root).is_ok_and(|found| found.is_dir()) {
        return false;
    }
    let mut count = 0;
    for entry in WalkDir::new(&root) {
        let Ok(entry) = entry else { return false };
        let Some(file) = relative(&root, entry.path()) else { return false };
        let place = format!("{book}/{file}");
        let is_ours = match entry.file_type() {
            kind if kind.is_dir() => continue,
            kind if kind.is_symlink() => leads_to(entry.path(), &target(&place, &file)),
            _ if WRITTEN.contains(&file.as_str()) || is_staged(entry.path()) => continue,
            _ => {
                entry.metadata().is_ok_and(|found| is_read_only(&found))
                    && has_same_content(entry.path(), &dir.join(&file)).unwrap_or(false)
            }
        };
        if !is_ours {
            return false;
        }
        count += 1;
    }
    count > 0
}

impl MirrorPlan {
    /// How often this happens.
    #[must_use]
    pub fn count(&self, what: ActionKind) -> usize {
        self.actions.iter().filter(|action| action.what == what).count()
    }

    /// Does what is planned, as far as things are still as they were.
    ///
    /// # Errors
    /// When something cannot be written. Then nothing that was not there before is there.
    pub fn apply(&self) -> Result<Mirrored> {
        self.apply_with(symlink, &mut Created::default())
    }

    /// The same, with what it takes to undo it.
    ///
    /// # Errors
    /// As for [`MirrorPlan::apply`].
    pub(super) fn apply_for_now(&self) -> Result<(Mirrored, Created)> {
        let mut made = Created::default();
        Ok((self.apply_with(symlink, &mut made)?, made))
    }

    fn apply_with(&self, link: fn(&str, &Path) -> io::Result<()>, made: &mut Created) -> Result<Mirrored> {
        let done = self.try_all(link, made);
        if done.is_err() {
            made.undo();
        }
        done
    }

    fn try_all(&self, link: fn(&str, &Path) -> io::Result<()>, made: &mut Created) -> Result<Mirrored> {
        let mut done = Mirrored { problems: self.problems.clone(), ..Mirrored::default() };
        let (mut folders, mut real) = (Folders::new(), RealPaths::default());
        // What is removed first may make room for a folder.
        let (removals, others): (Vec<_>, Vec<_>) = self.actions.iter().partition(|it| it.what == ActionKind::Remove);
        for action in removals.into_iter().chain(others) {
            match action.what {
                ActionKind::Remove => done.removed += usize::from(self.remove(action)?),
                ActionKind::UpToDate => done.unchanged += 1,
                ActionKind::Conflict => {}
                ActionKind::Create | ActionKind::Replace => {
                    if let Err(problem) = self.make_room(action, (&mut folders, &mut real), made)? {
                        done.problems.push(problem);
                        continue;
                    }
                    let written = match self.how {
                        How::Link => self.link(action, link),
                        How::Copy => self.copy(action),
                    };
                    match written {
                        Err(error) if self.how == How::Link && has_no_links(&error) => {
                            let mut copies = plan(&self.dir, &self.book, &self.files, How::Copy).try_all(link, made)?;
                            copies.removed += done.removed;
                            return Ok(Mirrored { fell_back: true, ..copies });
                        }
                        written => written.with_context(|| format!("{} cannot be written", action.place))?,
                    }
                    if action.what == ActionKind::Create {
                        made.0.push(self.dir.join(&action.place));
                    }
                    match self.how {
                        How::Link => done.linked += 1,
                        How::Copy => done.copied += 1,
                    }
                }
            }
        }
        done.problems.sort();
        done.problems.dedup();
        Ok(done)
    }

    fn look(&mut self) {
        let mut folders = Folders::new();
        if let Err(problem) = self.folder(&self.book, &mut folders) {
            self.problems.push(problem);
            return;
        }
        let files: BTreeSet<String> = std::mem::take(&mut self.files).into_iter().collect();
        self.files = files.into_iter().collect();
        let mut wanted = BTreeSet::new();
        let mut real = RealPaths::default();
        for file in &self.files {
            match self.action(file, &mut folders, &mut real) {
                Ok(action) => {
                    if action.what == ActionKind::Conflict {
                        self.problems
                            .push(Obstacle::Occupied { file: action.place.clone(), note: action.file.clone() });
                    }
                    wanted.insert(action.place.clone());
                    self.actions.push(action);
                }
                Err(problem) => self.problems.push(problem),
            }
        }
        self.look_for_stale(&wanted);
        self.problems.sort();
        self.problems.dedup();
    }

    /// What to do for a file.
    fn action(&self, file: &str, folders: &mut Folders, real: &mut RealPaths) -> Result<Action, Obstacle> {
        self.source(file, real)?;
        if is_in(file, &self.book) {
            return Err(Obstacle::InBook { file: file.to_owned() });
        }
        let place = format!("{}/{file}", self.book);
        let is_there = place.rsplit_once('/').map_or(Ok(true), |(folder, _)| self.folder(folder, folders))?;
        let what = match is_there {
            true => self.state(&place, file).map_err(|error| unreadable(&place, &error))?,
            false => ActionKind::Create,
        };
        Ok(Action { place, file: file.to_owned(), what })
    }

    /// The real path of a file, inside of the folder.
    fn source(&self, file: &str, real: &mut RealPaths) -> Result<PathBuf, Obstacle> {
        // Only a path that is its own plain form is safe to put behind another.
        if joined("", Path::new(file)).as_deref() != Some(file) {
            return Err(Obstacle::Outside { file: file.to_owned(), target: file.to_owned() });
        }
        let path = self.dir.join(file);
        // Why there is none, the system knows.
        let asked = || -> io::Result<_> { Ok((path.canonicalize()?, fs::metadata(&path)?)) };
        match real.found(&path).map_or_else(asked, Ok) {
            Ok((real, _)) if !real.starts_with(&self.dir) => {
                Err(Obstacle::Outside { file: file.to_owned(), target: slashes(&real) })
            }
            Ok((real, found)) if found.is_file() => Ok(real),
            Ok(_) => Err(Obstacle::NotAFile { file: file.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Obstacle::NoFile { file: file.to_owned() }),
            Err(error) => Err(unreadable(file, &error)),
        }
    }

    /// Whether a folder is there, when it and all above it are real folders or not there yet. Each is looked at once.
    fn folder(&self, folder: &str, seen: &mut Folders) -> Result<bool, Obstacle> {
        if let Some(known) = seen.get(folder) {
            return known.clone();
        }
        let above = folder.rsplit_once('/').map_or(Ok(true), |(above, _)| self.folder(above, seen));
        let look = || match fs::symlink_metadata(self.dir.join(folder)) {
            Ok(found) if found.is_dir() => Ok(true),
            Ok(found) if found.is_symlink() => Err(Obstacle::FolderIsLink { file: folder.to_owned() }),
            Ok(_) => Err(Obstacle::NotAFolder { file: folder.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(unreadable(folder, &error)),
        };
        let verdict = above.and_then(|is_there| if is_there { look() } else { Ok(false) });
        seen.insert(folder.to_owned(), verdict.clone());
        verdict
    }

    /// What stands at a place, and so what is to do there.
    fn state(&self, place: &str, file: &str) -> io::Result<ActionKind> {
        let path = self.dir.join(place);
        let found = match fs::symlink_metadata(&path) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ActionKind::Create),
            Err(error) => return Err(error),
        };
        let target = target(place, file);
        if found.is_symlink() {
            return Ok(match self.how {
                How::Link if leads_to(&path, &target) => ActionKind::UpToDate,
                // Another way to write the same link, an absolute one perhaps.
                _ if leads_to(&path, &target) || is_same_file(&path, &self.dir.join(file)) => ActionKind::Replace,
                _ => ActionKind::Conflict,
            });
        }
        if !found.is_file() {
            return Ok(ActionKind::Conflict);
        }
        if is_read_only(&found) {
            let is_same = has_same_content(&path, &self.dir.join(file))?;
            return Ok(match self.how {
                How::Copy if is_same => ActionKind::UpToDate,
                // An old copy of ours: whoever wants to keep a file here makes it writable.
                How::Copy => ActionKind::Replace,
                // A copy can go, and nothing is lost with it; anything else may be somebody's.
                How::Link if is_same => ActionKind::Replace,
                How::Link => ActionKind::Conflict,
            });
        }
        // Git writes a link as a file like this on systems without links.
        if mirror::holds(&path, &found, &target) {
            return Ok(ActionKind::Replace);
        }
        // A copy that git brought here is one that can be written to.
        let is_same = has_same_content(&path, &self.dir.join(file))?;
        Ok(if is_same { ActionKind::Replace } else { ActionKind::Conflict })
    }

    fn look_for_stale(&mut self, wanted: &BTreeSet<String>) {
        let book = self.dir.join(&self.book);
        if !book.is_dir() {
            return;
        }
        for entry in WalkDir::new(&book).follow_links(false).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let place = error.path().and_then(|path| relative(&self.dir, path)).unwrap_or_default();
                    self.problems.push(Obstacle::Unreadable { file: place, error: error.to_string() });
                    continue;
                }
            };
            let Some(place) = relative(&self.dir, entry.path()) else { continue };
            if entry.file_type().is_dir() || wanted.contains(&place) {
                continue;
            }
            let Some(file) = place.strip_prefix(&self.book).map(|rest| rest.trim_start_matches('/')) else { continue };
            // A link to a folder was not made here: only files are linked.
            if entry.file_type().is_symlink() {
                if leads_to(entry.path(), &target(&place, file)) && !entry.path().is_dir() {
                    self.actions.push(Action { file: file.to_owned(), place, what: ActionKind::Remove });
                }
            } else if entry.metadata().is_ok_and(|found| is_read_only(&found)) {
                self.problems.push(Obstacle::StaleCopy { file: place });
            }
        }
    }

    /// Removes a stale link, and the folders that are empty without it.
    fn remove(&self, action: &Action) -> Result<bool> {
        let path = self.dir.join(&action.place);
        if !leads_to(&path, &target(&action.place, &action.file)) {
            return Ok(false);
        }
        fs::remove_file(&path).with_context(|| format!("{} cannot be removed", action.place))?;
        let mut folder = action.place.rsplit_once('/').map(|(folder, _)| folder);
        while let Some(here) = folder.filter(|here| *here != self.book) {
            // A folder that is not empty cannot be removed, and is not meant to be.
            if fs::remove_dir(self.dir.join(here)).is_err() {
                break;
            }
            folder = here.rsplit_once('/').map(|(above, _)| above);
        }
        Ok(true)
    }

    /// Looks again before something is written, and makes the folders.
    fn make_room(
        &self,
        action: &Action,
        (folders, real): (&mut Folders, &mut RealPaths),
        made: &mut Created,
    ) -> Result<Result<(), Obstacle>> {
        let found = match self.action(&action.file, folders, real) {
            Ok(found) => found,
            Err(problem) => return Ok(Err(problem)),
        };
        if found.what == ActionKind::Conflict {
            return Ok(Err(Obstacle::Occupied { file: found.place, note: found.file }));
        }
        if let Some((folder, _)) = action.place.rsplit_once('/') {
            let folder = self.dir.join(folder);
            let missing: Vec<&Path> = folder.ancestors().take_while(|above| !files::is_taken(above)).collect();
            for folder in missing.into_iter().rev() {
                fs::create_dir(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
                made.0.push(folder.to_owned());
            }
        }
        if found.what == ActionKind::Replace {
            unlock(&self.dir.join(&action.place)).with_context(|| format!("{} cannot be replaced", action.place))?;
        }
        Ok(Ok(()))
    }

    fn link(&self, action: &Action, link: fn(&str, &Path) -> io::Result<()>) -> io::Result<()> {
        let (path, folder) = self.at(action);
        let target = target(&action.place, &action.file);
        // A link cannot be made over another, but it can be moved over it.
        let made = tempfile::Builder::new().prefix(".adopt-").make_in(folder, |path| link(&target, path))?;
        made.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    fn copy(&self, action: &Action) -> io::Result<()> {
        let (path, folder) = self.at(action);
        let mut copy = tempfile::Builder::new().prefix(".adopt-").tempfile_in(folder)?;
        let mut note = files::open(&self.dir.join(&action.file)).map_err(io::Error::other)?;
        io::copy(&mut note, &mut copy)?;
        let mut permissions = copy.as_file().metadata()?.permissions();
        permissions.set_readonly(true);
        #[cfg(unix)]
        std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o444);
        // On Windows, moving a file makes it writable again.
        if !cfg!(windows) {
            copy.as_file().set_permissions(permissions.clone())?;
        }
        let copy = copy.persist(path).map_err(|error| error.error)?;
        if cfg!(windows) { copy.set_permissions(permissions) } else { Ok(()) }
    }

    fn at(&self, action: &Action) -> (PathBuf, PathBuf) {
        let path = self.dir.join(&action.place);
        let folder = path.parent().unwrap_or(&self.dir).to_owned();
        (path, folder)
    }
}

fn unreadable(file: &str, error: &io::Error) -> Obstacle {
    Obstacle::Unreadable { file: file.to_owned(), error: error.to_string() }
}

/// What the link at a place says: the way up to the folder of notes, and down to the file.
fn target(place: &str, file: &str) -> String {
    format!("{}{file}", "../".repeat(place.matches('/').count()))
}

fn leads_to(link: &Path, target: &str) -> bool {
    link.read_link().is_ok_and(|found| slashes(&found) == target)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn has_same_content(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |path| files::open(path).map_err(io::Error::other);
    let (one, other) = (open(one)?, open(other)?);
    if one.metadata()?.len() != other.metadata()?.len() {
        return Ok(false);
    }
    // Pictures and films can be large, so they are not held whole.
    let (mut one, mut other) = (BufReader::new(one), BufReader::new(other));
    loop {
        let (here, there) = (one.fill_buf()?, other.fill_buf()?);
        let length = here.len().min(there.len());
        if here[..length] != there[..length] {
            return Ok(false);
        }
        if length == 0 {
            return Ok(here.len() == there.len());
        }
        one.consume(length);
        other.consume(length);
    }
}

fn is_read_only(found: &Metadata) -> bool {
    found.is_file() && found.permissions().readonly()
}

/// Whether a system, or a disk, has no symbolic links, or does not let us make one.
fn has_no_links(error: &io::Error) -> bool {
    // ERROR_PRIVILEGE_NOT_HELD of Windows, and EPERM, which symlink(2) gives for disks such as exFAT.
    let code = if cfg!(windows) { 1314 } else { 1 };
    error.raw_os_error() == Some(code)
        || error.kind() == io::ErrorKind::Unsupported
        || cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied
}

#[cfg(unix)]
fn symlink(target: &str, path: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, path)
}

#[cfg(windows)]
fn symlink(target: &str, path: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target.replace('/', "\\"), path)
}

#[cfg(not(any(unix, windows)))]
fn symlink(_target: &str, _path: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Lets a read-only copy be replaced; elsewhere than on Windows, that is up to its folder.
#[cfg(windows)]
#[allow(clippy::permissions_set_readonly_false, reason = "only Unix makes the file writable for everyone by this")]
fn unlock(path: &Path) -> io::Result<()> {
    let mut permissions = fs::symlink_metadata(path)?.permissions();
    if permissions.readonly() {
        permissions.set_readonly(false);
        fs::set_permissions(path, permissions)?;
    }
    Ok(())
}

#[cfg(not(windows))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature as on Windows")]
fn unlock(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            write(&dir, file, file);
        }
        dir
    }

    fn write(dir: &tempfile::TempDir, file: &str, text: &str) {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn look(dir: &tempfile::TempDir, files: &[&str], how: How) -> MirrorPlan {
        plan(dir.path(), "book", &files.iter().map(|file| (*file).to_owned()).collect::<Vec<_>>(), how)
    }

    fn read(dir: &tempfile::TempDir, place: &str) -> String {
        fs::read_link(dir.path().join(place)).unwrap().to_str().unwrap().to_owned()
    }

    /// Everything in the book folder but folders.
    fn all(dir: &tempfile::TempDir) -> Vec<String> {
        let entries = WalkDir::new(dir.path().join("book")).sort_by_file_name().into_iter().map(Result::unwrap);
        entries.filter(|it| !it.file_type().is_dir()).map(|it| relative(dir.path(), it.path()).unwrap()).collect()
    }

    #[test]
    fn links_are_made_once_and_follow_the_notes() {
        let dir = folder(&["a.md", "rlhf/x/readme.md", "rlhf/x/图 1.png"]);
        let files = ["a.md", "rlhf/x/readme.md", "rlhf/x/图 1.png"];
        let first = look(&dir, &files, How::Link);
        assert_eq!(first.count(ActionKind::Create), 3);
        assert!(!dir.path().join("book").exists(), "a look writes nothing");
        assert_eq!(first.apply().unwrap(), Mirrored { linked: 3, ..Mirrored::default() });
        assert_eq!(read(&dir, "book/rlhf/x/readme.md"), "../../../rlhf/x/readme.md");
        assert_eq!(fs::read_to_string(dir.path().join("book/rlhf/x/图 1.png")).unwrap(), "rlhf/x/图 1.png");
        assert_eq!(look(&dir, &files, How::Link).apply().unwrap(), Mirrored { unchanged: 3, ..Mirrored::default() });

        // A renamed folder: the old links go, and so do the folders that held nothing else.
        fs::rename(dir.path().join("rlhf"), dir.path().join("rl")).unwrap();
        let renamed = look(&dir, &["a.md", "rl/x/readme.md"], How::Link);
        assert_eq!((renamed.count(ActionKind::Create), renamed.count(ActionKind::Remove)), (1, 2));
        assert_eq!(renamed.apply().unwrap(), Mirrored { linked: 1, removed: 2, unchanged: 1, ..Mirrored::default() });
        assert_eq!(all(&dir), ["book/a.md", "book/rl/x/readme.md"]);
        assert!(!dir.path().join("book/rlhf").exists());
    }

    #[test]
    fn what_was_not_made_here_stays() {
        let dir = folder(&["a.md", "b.md", "c.md", "d/e.md", "book/a.md", "book/SUMMARY.md", "book/c.md/x", "book/d"]);
        let link = |target: &str, place: &str| symlink(target, &dir.path().join(place)).unwrap();
        link("../a.md", "book/b.md");
        link("../elsewhere.md", "book/mine.md");
        link("..", "book/up");
        let before = all(&dir);
        let plan = look(&dir, &["a.md", "b.md", "c.md", "d/e.md"], How::Link);
        let done = plan.apply().unwrap();
        assert_eq!(plan.count(ActionKind::Conflict), 3);
        let occupied = |name: &str| Obstacle::Occupied { file: format!("book/{name}"), note: name.to_owned() };
        assert_eq!(
            done.problems,
            [occupied("a.md"), occupied("b.md"), occupied("c.md"), Obstacle::NotAFolder { file: "book/d".to_owned() }]
        );
        assert_eq!(
            done.problems[0].message().to_string(),
            "book/a.md was not made by adopt, so it was left alone, and a.md is not in the book; move book/a.md away"
        );
        assert_eq!(all(&dir), before);
        assert_eq!(fs::read_to_string(dir.path().join("book/a.md")).unwrap(), "book/a.md");
        assert_eq!(read(&dir, "book/b.md"), "../a.md");
    }

    #[test]
    fn what_git_and_other_spellings_left_is_replaced() {
        let dir = folder(&["x/a.md", "b.md"]);
        write(&dir, "book/x/a.md", "../../x/a.md");
        symlink(dir.path().join("b.md").to_str().unwrap(), &dir.path().join("book/b.md")).unwrap();
        let plan = look(&dir, &["x/a.md", "b.md"], How::Link);
        assert_eq!(plan.count(ActionKind::Replace), 2);
        assert_eq!(plan.apply().unwrap().linked, 2);
        assert_eq!((read(&dir, "book/x/a.md"), read(&dir, "book/b.md")), ("../../x/a.md".into(), "../b.md".into()));
    }

    #[test]
    fn copies_are_read_only_and_follow_the_notes() {
        let dir = folder(&["a.md", "x/b.md"]);
        let files = ["a.md", "x/b.md"];
        assert_eq!(look(&dir, &files, How::Copy).apply().unwrap(), Mirrored { copied: 2, ..Mirrored::default() });
        let mode = fs::metadata(dir.path().join("book/x/b.md")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o444);
        write(&dir, "a.md", "newer");
        assert_eq!(
            look(&dir, &files, How::Copy).apply().unwrap(),
            Mirrored { copied: 1, unchanged: 1, ..Mirrored::default() }
        );
        assert_eq!(fs::read_to_string(dir.path().join("book/a.md")).unwrap(), "newer");
        // From copies to links and back; a copy of nothing is named, and left.
        assert_eq!(look(&dir, &files[..1], How::Link).apply().unwrap().problems.len(), 1);
        assert_eq!(
            look(&dir, &files, How::Link).apply().unwrap(),
            Mirrored { linked: 1, unchanged: 1, ..Mirrored::default() }
        );
        assert_eq!(look(&dir, &files, How::Copy).apply().unwrap().copied, 2);
    }

    #[test]
    fn without_links_everything_is_copied() {
        let dir = folder(&["a.md", "b.md"]);
        look(&dir, &["a.md"], How::Link).apply().unwrap();
        let done = look(&dir, &["a.md", "b.md"], How::Link)
            .apply_with(|_, _| Err(io::ErrorKind::Unsupported.into()), &mut Created::default())
            .unwrap();
        assert_eq!(done, Mirrored { copied: 2, fell_back: true, ..Mirrored::default() });
        assert_eq!(all(&dir), ["book/a.md", "book/b.md"]);
        assert!(fs::symlink_metadata(dir.path().join("book/a.md")).unwrap().is_file());
    }

    #[test]
    fn nothing_leads_out_of_the_folder() {
        let outside = folder(&["secret.md", "folder/x.md"]);
        let dir = folder(&["a/x.md", "b/x.md"]);
        symlink(outside.path().join("secret.md").to_str().unwrap(), &dir.path().join("secret.md")).unwrap();
        symlink("../secret.md", &{
            fs::create_dir(dir.path().join("book")).unwrap();
            dir.path().join("book/secret.md")
        })
        .unwrap();
        symlink(outside.path().join("folder").to_str().unwrap(), &dir.path().join("book/a")).unwrap();
        symlink("../b", &dir.path().join("book/b")).unwrap();
        let files = ["secret.md", "../x.md", "/etc/passwd", "a/x.md", "b/x.md", "a", "gone.md", "book/secret.md"];
        let done = look(&dir, &files, How::Link).apply().unwrap();
        let files: Vec<&str> = done.problems.iter().map(Obstacle::file).collect();
        // Outside: three, and the link in the book folder; no file: two; folders that are links: two.
        assert_eq!(
            files,
            ["../x.md", "/etc/passwd", "book/secret.md", "secret.md", "gone.md", "a", "book/a", "book/b"]
        );
        assert_eq!((done.linked, done.removed), (0, 1), "the link to the secret goes");
        assert_eq!(fs::read_dir(outside.path().join("folder")).unwrap().count(), 1);
        assert!(dir.path().join("book/b").is_symlink());
    }

    #[test]
    fn a_book_folder_that_is_a_link_is_refused() {
        let outside = folder(&[]);
        let dir = folder(&["a.md", "b/c.md"]);
        symlink(outside.path().to_str().unwrap(), &dir.path().join("book")).unwrap();
        symlink(outside.path().to_str().unwrap(), &dir.path().join("docs")).unwrap();
        for book in ["book", "docs/book", "../book", ""] {
            let done = plan(dir.path(), book, &["a.md".to_owned()], How::Link).apply().unwrap();
            assert_eq!((done.linked, done.problems.len()), (0, 1), "{book}");
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
        // A file that takes the place between the look and the writing is safe, too.
        let late = plan(dir.path(), "site", &["a.md".to_owned()], How::Link);
        write(&dir, "site/a.md", "mine");
        assert!(matches!(&late.apply().unwrap().problems[..], [Obstacle::Occupied { .. }]));
    }
}
