//! Where an export is written: whole or not at all, and never over the notes of the book.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use mdbook_bilingual_core::Reading;
use mdbook_bilingual_core::host::Host;

use super::choice::Chosen;
use super::{Done, OutputPlace};
use crate::write;

/// Writes what was exported, or keeps it to be printed.
pub(super) fn put(
    done: &mut Done,
    chosen: &[Chosen<'_>],
    (host, reading, place): (&Host, &Reading, &OutputPlace),
    extension: &str,
) -> Result<()> {
    if *place == OutputPlace::Printed {
        if done.notes.iter().any(|note| !note.exported.files.is_empty()) {
            let names: BTreeSet<&String> = done.notes.iter().flat_map(|note| note.exported.files.keys()).collect();
            let names = names.into_iter().cloned().collect::<Vec<_>>().join(", ");
            bail!("standard output has no room for pictures ({names}); name a file or a folder with -o");
        }
        done.printed = Some(done.notes.iter().map(|note| note.exported.text.as_str()).collect());
        return Ok(());
    }
    let folder = host.root.join(FOLDER);
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    for (note, chosen) in done.notes.iter_mut().zip(chosen) {
        let name = format!("{}.{}.{extension}", chosen.name, done.platform.id);
        let path = match place {
            OutputPlace::At(path) if is_file(chosen, path) => path.clone(),
            OutputPlace::At(path) => path.join(name),
            _ => folder.join(name),
        };
        let beside = path.with_file_name(chosen.name.rsplit('/').next().unwrap_or("note"));
        for (name, bytes) in &note.exported.files {
            files.insert(beside.join(name), bytes.clone());
        }
        files.insert(path.clone(), note.exported.text.clone().into_bytes());
        note.written = Some(path);
    }
    if *place == OutputPlace::Beside {
        files.extend(begin_folder(&folder)?);
    }
    refuse_sources(files.keys(), (host, reading))?;
    let changed = write::put(files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())))?;
    for note in &mut done.notes {
        note.changed = note.written.as_ref().is_some_and(|path| changed.contains(path));
    }
    Ok(())
}

/// Refuses files in the folder of a book's notes, where mdBook would publish them, and where they could take the place of
/// an author's.
fn refuse_sources<'p>(files: impl Iterator<Item = &'p PathBuf>, (host, reading): (&Host, &Reading)) -> Result<()> {
    let notes = host.notes().map(|notes| host.root.join(notes));
    let own = [Some(host.root.join(&host.source)), notes].into_iter().flatten();
    // A book whose notes lie beside its `book.toml` has no folder of its own for them.
    let root = fs::canonicalize(&host.root)?;
    let own: Vec<PathBuf> = own.filter_map(|folder| fs::canonicalize(folder).ok()).filter(|own| *own != root).collect();
    // Most exports are new files in one folder: links are followed once for it, and those of the notes only where a file
    // is written over.
    let mut folders: BTreeMap<PathBuf, bool> = BTreeMap::new();
    let notes = LazyCell::new(|| -> BTreeSet<PathBuf> {
        let pages = reading.notebook.pages.iter().filter(|page| page.source.is_some());
        pages.filter_map(|page| fs::canonicalize(host.root.join(&page.file)).ok()).collect()
    });
    for file in files {
        let above = file.parent().unwrap_or(Path::new("")).to_owned();
        let is_own = *folders.entry(above).or_insert_with(|| {
            let folder = file.ancestors().skip(1).find_map(|folder| fs::canonicalize(at_least_here(folder)).ok());
            folder.is_some_and(|folder| own.iter().any(|own| folder.starts_with(own)))
        });
        let is_note = fs::canonicalize(file).is_ok_and(|file| notes.contains(&file));
        if is_own || is_note {
            bail!(
                "{} is among the notes of the book, so nothing was written; name another place with -o",
                file.display()
            );
        }
    }
    Ok(())
}

/// A path that can be followed: the current folder where it is empty.
fn at_least_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

/// Whether a path is that of a file for a note, and not of a folder for several: it has an extension.
fn is_file(chosen: &Chosen<'_>, path: &Path) -> bool {
    let is_folder = path.is_dir() || path.extension().is_none() || path.to_string_lossy().ends_with(['/', '\\']);
    chosen.is_only && !is_folder
}

/// The folder of exports beside `book.toml`.
pub(super) const FOLDER: &str = "export";

/// What makes the folder ours, and keeps it out of git.
const IGNORE: &str = "# Written by mdbook-bilingual: exports are made again from the notes.\n*\n";

/// What makes the folder of exports ours, where it is not there yet. One that is there, and was not made by us, is left
/// alone.
pub(super) fn begin_folder(folder: &Path) -> Result<Option<(PathBuf, Vec<u8>)>> {
    let ignore = folder.join(".gitignore");
    if fs::read_to_string(&ignore).is_ok_and(|text| text == IGNORE) {
        return Ok(None);
    }
    let is_empty = !folder.exists() || fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if !is_empty {
        bail!(
            "{} is there and was not made by export, so nothing was written; name another folder with -o",
            folder.display()
        );
    }
    Ok(Some((ignore, IGNORE.as_bytes().to_vec())))
}
