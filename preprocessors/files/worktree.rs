//! Where the book lies: its folder in its repository, and the real files behind links.
//!
//! ```text
//! repository/            ←  the nearest folder with a `.git`, or the book's own
//!   docs/book.toml       ←  the book: paths in the repository begin with `docs/`
//!   docs/book/a.md       ←  where mdBook sees a note
//!   docs/a.md            ←  where it really is, when the former is a link to it
//! ```

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::real::RealPaths;
use crate::values::{Location, SourcePath};

/// The folders of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worktree {
    /// The root of the repository, without links in its path.
    repository: PathBuf,
    /// The book's folder, from the root of the repository.
    book: Vec<String>,
    /// The folder of the sources, likewise.
    sources: Vec<String>,
    /// The folder that the sources mirror, likewise.
    notes: Option<Vec<String>>,
    /// Where paths lead.
    real: RealPaths,
}

/// Where what a path leads to lies, links followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lies {
    /// In the repository, at this path from its root.
    Inside(String),
    /// Outside of it, or in what git keeps for itself.
    Outside(PathBuf),
    /// There is nothing, or nothing that can be looked at.
    Nowhere,
}

impl Worktree {
    /// The book in a folder, with the folder of its sources and the one that they mirror, both from the book's.
    pub fn new(root: &Path, sources: &Path, notes: Option<&Path>) -> Self {
        let worktree = Self::at(root);
        let sources = followed(&worktree.book, sources).unwrap_or_else(|| worktree.book.clone());
        let notes = notes.and_then(|notes| followed(&worktree.book, notes));
        Self { sources, notes, ..worktree }
    }

    /// The book in this folder, of which nothing else is known.
    pub fn at(root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let repository = repository_of(&root).unwrap_or(&root).to_owned();
        let book = root.strip_prefix(&repository).ok().and_then(|path| followed(&[], path)).unwrap_or_default();
        Self { repository, sources: book.clone(), book, notes: None, real: RealPaths::default() }
    }

    /// The root of the repository on this machine.
    pub fn repository(&self) -> &Path {
        &self.repository
    }

    /// The book's folder in the repository, with a slash at its end.
    pub fn root(&self) -> String {
        with_slash(&self.book)
    }

    /// The folder of the sources in the repository, with a slash at its end.
    pub fn sources(&self) -> String {
        with_slash(&self.sources)
    }

    /// The path in the repository of a path from the book's folder; `None` when it leads out of the repository.
    pub fn path(&self, from_book: &Path) -> Option<String> {
        Some(followed(&self.book, from_book)?.join("/"))
    }

    /// The path in the repository of a path from the folder of a file; `None` when it leads out of the repository.
    pub fn beside(file: &str, path: &str) -> Option<String> {
        let folders: Vec<String> = file.split('/').map(str::to_owned).collect();
        Some(followed(&folders[..folders.len() - 1], Path::new(path))?.join("/"))
    }

    /// Where a path of the repository is on this machine.
    pub fn on_disk(&self, path: &str) -> PathBuf {
        self.repository.join(path)
    }

    /// Where a note lies, of which it is known where that lies which mdBook sees.
    pub fn locate(&self, seen: Lies, source: &SourcePath) -> Location {
        let shown = format!("{}{source}", self.sources());
        if let Some(notes) = &self.notes {
            let real = format!("{}{source}", with_slash(notes));
            if self.on_disk(&real).is_file() {
                return Location { shown, real };
            }
        }
        let real = if let Lies::Inside(real) = seen { real } else { shown.clone() };
        Location { shown, real }
    }

    /// Whether what a link leads to lies in the repository: nothing else is read that nobody asked for.
    pub fn holds(&mut self, link: &Path) -> bool {
        self.real(link).is_some()
    }

    /// The path in the repository of the file that a path leads to, links followed.
    pub fn real(&mut self, path: &Path) -> Option<String> {
        match self.lies(path) {
            Lies::Inside(real) => Some(real),
            Lies::Outside(_) | Lies::Nowhere => None,
        }
    }

    /// Where the file lies that a path leads to.
    pub fn lies(&mut self, path: &Path) -> Lies {
        let Some(file) = self.real.of(path) else { return Lies::Nowhere };
        let Some(inside) = file.strip_prefix(&self.repository).ok().filter(|inside| !is_gits_own(inside)) else {
            return Lies::Outside(file);
        };
        followed(&[], inside).map_or(Lies::Nowhere, |inside| Lies::Inside(inside.join("/")))
    }

    /// Where a folder lies.
    pub fn folder_lies(&self, path: &Path) -> Lies {
        fs::canonicalize(path).map_or(Lies::Nowhere, |folder| self.lies_by_name(&folder))
    }

    /// Where something lies by a path without links.
    pub fn lies_by_name(&self, folder: &Path) -> Lies {
        match folder.strip_prefix(&self.repository) {
            Ok(inside) if !is_gits_own(inside) => {
                followed(&[], inside).map_or(Lies::Nowhere, |inside| Lies::Inside(inside.join("/")))
            }
            _ => Lies::Outside(folder.to_owned()),
        }
    }
}

/// The root of the repository that a folder lies in; `None` when it lies in none.
pub fn repository_of(folder: &Path) -> Option<&Path> {
    // A work tree and a submodule have a file of this name.
    folder.ancestors().find(|folder| folder.join(".git").exists())
}

/// Whether a path of a repository is of what git keeps for itself, which is no part of its tree.
fn is_gits_own(path: &Path) -> bool {
    path.iter().any(|part| part.eq_ignore_ascii_case(".git"))
}

fn with_slash(folders: &[String]) -> String {
    folders.iter().map(|folder| format!("{folder}/")).collect()
}

/// Follows a relative path; `None` when it leads above where it began, or is not relative or not UTF-8.
fn followed(from: &[String], path: &Path) -> Option<Vec<String>> {
    let mut parts = from.to_vec();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()?),
            Component::Normal(part) => parts.push(part.to_str()?.to_owned()),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts)
}
