//! What mdBook publishes besides its chapters, and what of it lies outside of the book's repository.
//!
//! ```text
//! src/x.png -> /etc/passwd          mdBook copies all of the source folder that is no Markdown, links followed
//! theme/head.hbs -> ~/secret        and what it knows of the theme
//! additional-css = ["../../x.css"]  and what its configuration names
//! {{#include ../../../secret.md}}   and what pages bring, and what that brings
//! ```
//!
//! And what the configuration links to on every page. Nothing from outside is read. Each folder is looked at once, and so
//! is each file that is brought.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Gatherer;
use super::emptied::emptied;
use crate::diagnostic::Place;
use crate::files::{self, Lies};
use crate::host::THEME_FILES;
use crate::markdown::Anatomy;
use crate::notebook::sightings::{ForbiddenKey, Outside, Published};
use crate::platforms::{AddressError, linkable};

/// Where fonts are, in a theme.
const FONTS: &str = "fonts";

impl Gatherer<'_, '_> {
    /// Looks at what mdBook would publish from elsewhere, and at what it would destroy.
    pub(super) fn publishing(&mut self, is_inside: bool) {
        self.configuration();
        self.addresses();
        if is_inside {
            self.copied();
            self.included();
        }
        if self.host.shows_html() {
            self.themed();
            self.named(is_inside);
        }
        self.material.sightings.output = emptied(self.host, &self.material.chapters);
    }

    /// Keeps what lies outside. Only then its place is looked for: in `book.toml` that is to read all of it.
    fn look(&mut self, path: &Path, what: Published, place: impl FnOnce() -> Place) {
        if let Lies::Outside(target) = self.worktree.lies(path) {
            self.outside(what, target, place());
        }
    }

    pub(super) fn outside(&mut self, what: Published, target: PathBuf, place: Place) {
        self.material.sightings.outside.push(Outside { what, target, place });
    }

    fn configuration(&mut self) {
        let path = self.host.root.join("book.toml");
        self.look(&path, Published::Configuration, || Place::file("book.toml"));
    }

    /// The files of the source folder.
    fn copied(&mut self) {
        let Ok(sources) = fs::canonicalize(self.host.root.join(&self.host.source)) else { return };
        let build = fs::canonicalize(self.host.root.join(&self.host.build)).ok();
        let mut seen: HashSet<PathBuf> = HashSet::new();
        let mut waiting = vec![sources];
        while let Some(folder) = waiting.pop() {
            let walk = WalkDir::new(&folder).sort_by_file_name().into_iter().filter_entry(|entry| {
                let is_folder = entry.file_type().is_dir();
                !is_folder
                    || Some(entry.path()) != build.as_deref()
                        && entry.file_name() != ".git"
                        && seen.insert(entry.path().to_owned())
            });
            let links = walk.filter_map(Result::ok).filter(walkdir::DirEntry::path_is_symlink);
            for link in links.map(walkdir::DirEntry::into_path).collect::<Vec<PathBuf>>() {
                let Ok(found) = fs::metadata(&link) else { continue };
                // Markdown is not copied. Where it is a chapter, that is looked at by itself.
                if !(found.is_dir() || found.is_file() && link.extension().is_none_or(|extension| extension != "md")) {
                    continue;
                }
                match self.worktree.lies(&link) {
                    Lies::Inside(real) if found.is_dir() => waiting.push(self.worktree.on_disk(&real)),
                    Lies::Outside(target) => {
                        let inside = link.strip_prefix(self.worktree.repository()).unwrap_or(&link);
                        let file = self.material.files.for_people(&inside.to_string_lossy().replace('\\', "/"));
                        self.outside(Published::Link, target, Place::file(file));
                    }
                    Lies::Inside(_) | Lies::Nowhere => {}
                }
            }
        }
    }

    /// The files of the theme.
    fn themed(&mut self) {
        let theme = self.host.root.join(&self.host.theme);
        let shown = self.host.theme.display().to_string();
        if let Lies::Outside(target) = self.worktree.folder_lies(&theme) {
            let place = self.host.html.place("theme", &self.host.book_toml);
            return self.outside(Published::Theme(shown), target, place);
        }
        let fonts = fs::read_dir(theme.join(FONTS)).into_iter().flatten().filter_map(Result::ok);
        let mut fonts: Vec<String> =
            fonts.map(|entry| format!("{FONTS}/{}", entry.file_name().to_string_lossy())).collect();
        fonts.sort();
        for file in THEME_FILES.iter().copied().chain(fonts.iter().map(String::as_str)) {
            let place = || Place::file(format!("{}/{file}", shown.trim_end_matches('/')));
            self.look(&theme.join(file), Published::ThemeFile, place);
        }
    }

    /// The files that the configuration names.
    fn named(&mut self, is_inside: bool) {
        let host = self.host;
        let find = |key: &str| host.html.place(key, &host.book_toml);
        let mut places = BTreeMap::new();
        for (key, file) in &host.additional {
            let place = || places.entry(key).or_insert_with(|| find(key)).clone();
            self.look(
                &host.root.join(file),
                Published::Additional { table: host.html.name(), key, file: file.clone() },
                place,
            );
        }
        if is_inside && let Some(file) = &host.page_404 {
            let path = host.root.join(&host.source).join(file);
            self.look(&path, Published::NotFound(file.clone()), || find("input-404"));
        }
    }

    /// The addresses of the configuration that would harm who follows them.
    fn addresses(&mut self) {
        let host = self.host;
        for (key, address) in [("git-repository-url", &host.repository), ("edit-url-template", &host.edit_template)] {
            let refused = address.as_deref().and_then(|address| linkable(address).err());
            let Some(error) = refused.filter(AddressError::is_forbidden) else { continue };
            let place = host.html.place(key, &host.book_toml);
            self.material.sightings.forbidden.push(ForbiddenKey { table: host.html.name(), key, error, place });
        }
    }

    /// The files that pages bring.
    fn included(&mut self) {
        if !self.host.expands {
            return;
        }
        let sources = self.host.root.join(&self.host.source);
        let mut waiting: Vec<(PathBuf, String, Place)> = Vec::new();
        for chapter in self.material.chapters.iter().rev() {
            let Some(source) = &chapter.note.source else { continue };
            let page = sources.join(source.as_str());
            for include in chapter.note.anatomy.includes.iter().rev() {
                let place = Place::line(&chapter.note.file, include.line);
                waiting.push((page.with_file_name(&include.target), include.target.clone(), place));
            }
        }
        let mut seen = BTreeSet::new();
        while let Some((path, target, place)) = waiting.pop() {
            match self.worktree.lies(&path) {
                Lies::Outside(to) => self.outside(Published::Included(target), to, place),
                Lies::Inside(_) if seen.insert(path.clone()) => {
                    let Ok(text) = files::text(&path) else { continue };
                    if !text.contains("{{") {
                        continue;
                    }
                    for include in Anatomy::of(&text, 0, self.wording).includes.iter().rev() {
                        waiting.push((path.with_file_name(&include.target), include.target.clone(), place.clone()));
                    }
                }
                Lies::Inside(_) | Lies::Nowhere => {}
            }
        }
    }
}
