//! Whether the files of a book's sources are on this machine what they are in its repository: links to notes, or the
//! notes themselves.
//!
//! ```text
//! book/a.md -> ../a.md                     →   a link: the note
//! book/a.md, a file that says “../a.md”    →   what is left of a link in a checkout without links
//! book/a.md, a file that says what a.md said last week
//!                                          →   a copy, where the system makes no links, and an old one
//! ```
//!
//! `adopt` repairs all of it; here it is only told.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};

use super::Host;
use crate::files::{self, LARGEST_TEXT};
use crate::notebook::sightings::Stands;
use crate::values::SourcePath;

/// A link is no longer than the longest path that systems take.
const LONGEST_LINK: u64 = 4096;

impl Host {
    /// What stands where a note belongs.
    pub fn stands(&self, source: &SourcePath) -> Stands {
        // What is about to be linked is read where it is.
        if self.linked.contains_key(source) {
            return Stands::Well;
        }
        let place = self.root.join(&self.source).join(source.as_str());
        let Ok(found) = fs::symlink_metadata(&place) else { return Stands::Well };
        if !found.is_file() {
            return Stands::Well;
        }
        let Some((note, target)) = self.mirrored(source) else {
            return if is_path_of_a_note(&place, &found) { Stands::TextOfLink } else { Stands::Well };
        };
        if holds(&place, &found, &target) {
            return Stands::TextOfLink;
        }
        let read_only = found.permissions().readonly();
        match fs::metadata(&note) {
            Ok(real) if real.is_file() => match is_same(&place, &found, &note, &real) {
                true => Stands::Well,
                false if read_only => Stands::OldCopy,
                false => Stands::Taken,
            },
            // A page that is no note, such as the front page.
            _ if !read_only => Stands::Well,
            _ => Stands::LostCopy,
        }
    }

    /// The note that a source is a link to, and what the link says; `None` in a book whose sources are the notes.
    pub fn mirrored(&self, source: &SourcePath) -> Option<(PathBuf, String)> {
        let notes = self.notes()?;
        let folders = self.source_folder();
        let up = folders.matches('/').count() + source.folders().len();
        let below: Vec<&str> = notes
            .components()
            .map(|part| part.as_os_str().to_str().unwrap_or_default())
            .filter(|part| *part != ".")
            .collect();
        let down: String = below.iter().map(|folder| format!("{folder}/")).collect();
        let target = format!("{}{down}{source}", "../".repeat(up));
        Some((self.root.join(notes).join(source.as_str()), target))
    }

    /// The note behind what is left of a link.
    pub(super) fn behind_text(&self, source: &SourcePath, place: &Path) -> Option<PathBuf> {
        let (note, target) = self.mirrored(source)?;
        let found = fs::symlink_metadata(place).ok()?;
        (found.is_file() && holds(place, &found, &target)).then_some(note)
    }
}

/// Whether a file says where a link led, and nothing else. Git writes it so, and an editor may have ended the line.
pub fn holds(place: &Path, found: &Metadata, target: &str) -> bool {
    let length = target.len() as u64;
    (length..=length + 2).contains(&found.len())
        && files::whole_text(place).is_ok_and(|text| text.trim_end_matches(['\r', '\n']) == target)
}

/// Whether the text of a file is nothing but the way to another Markdown file.
fn is_path_of_a_note(place: &Path, found: &Metadata) -> bool {
    if found.len() > LONGEST_LINK || found.len() < 4 {
        return false;
    }
    let Ok(text) = files::whole_text(place) else { return false };
    let target = text.trim_end_matches(['\r', '\n']);
    let folder = place.parent().unwrap_or(place);
    target.ends_with(".md")
        && !target.contains(['\n', '\0'])
        && Path::new(target).is_relative()
        && folder.join(target) != place
        && folder.join(target).is_file()
}

/// Whether two files hold the same bytes.
fn is_same(one: &Path, of_one: &Metadata, other: &Path, of_other: &Metadata) -> bool {
    let read = |path| files::bytes(path, LARGEST_TEXT).ok();
    of_one.len() == of_other.len() && read(one).is_some_and(|bytes| read(other) == Some(bytes))
}
