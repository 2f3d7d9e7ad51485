//! The folders that mdBook empties before it writes a site into them, and what must not lie there.
//!
//! ```text
//! [build]
//! build-dir = "src"      the notes would be gone
//! build-dir = "."        the book would be
//! build-dir = "../out"   what is there is no part of the repository, and no history has it
//! ```
//!
//! mdBook does so when all preprocessors have run, and not when one of them failed.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::assembly::Chapter;
use crate::diagnostic::{Code, Diagnostic, Message};
use crate::files::{Lies, Worktree};
use crate::host::Host;

/// What is wrong with the folder of the output. `chapters` are those whose files are known.
pub fn emptied(host: &Host, chapters: &[Chapter]) -> Option<Diagnostic> {
    let place = || host.book_toml.place(&["build", "build-dir"]);
    let worktree = Worktree::at(&host.root);
    let root = real(&host.root);
    let theme = host.root.join(&host.theme);
    let folders = [
        ("the book itself", root.clone()),
        ("the sources", real(&host.root.join(&host.source))),
        ("the theme", real(&theme)),
        ("the fonts of the theme", real(&theme.join("fonts"))),
        ("the notes", real(&host.root.join(host.notes().unwrap_or(&host.source)))),
    ];
    for folder in host.build_dirs() {
        let emptied = real(&host.root.join(&folder));
        let held = folders.iter().find(|(_, held)| held.starts_with(&emptied)).map(|(what, _)| (*what).to_owned());
        let held = held.or_else(|| {
            let inside = emptied.strip_prefix(worktree.repository()).ok()?.to_str()?.replace('\\', "/");
            let is_in = |chapter: &&Chapter| {
                chapter.note.source.is_some()
                    && chapter.note.location.real.strip_prefix(&inside).is_some_and(|rest| rest.starts_with('/'))
            };
            chapters.iter().find(is_in).map(|chapter| chapter.note.file.clone())
        });
        let shown = folder.display();
        if let Some(what) = held {
            let message = Message::new(
                format!("`build-dir`: mdBook empties “{shown}” before it writes the site there, and that holds {what}"),
                "give the site a folder of its own, such as build-dir = \"public\"",
            );
            return Some(Diagnostic::new(Code::BuildDirTaken, message).at(place()));
        }
        // Who names a folder on the command line knows which.
        if matches!(worktree.lies_by_name(&emptied), Lies::Outside(_)) && host.names_build_dir() {
            let message = Message::new(
                format!(
                    "`build-dir`: “{shown}” leads to {}, outside of the book's repository, and mdBook empties that before it writes the site there",
                    emptied.display()
                ),
                "name a folder of the repository, or begin the repository further up with `git init`",
            );
            return Some(Diagnostic::new(Code::PathOutside, message).at(place()));
        }
    }
    None
}

/// Where a path leads, links followed, as far as there is something.
fn real(path: &Path) -> PathBuf {
    let there = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    let Some((above, mut real)) = there else { return path.to_owned() };
    for component in path.strip_prefix(above).unwrap_or(Path::new("")).components() {
        match component {
            Component::ParentDir => drop(real.pop()),
            Component::Normal(name) => real.push(name),
            _ => {}
        }
    }
    real
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_has_a_folder_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("repository/docs");
        for made in [".git", "docs/src/zh", "docs/theme/fonts", "docs/old", "notes"] {
            fs::create_dir_all(folder.path().join("repository").join(made)).unwrap();
        }
        fs::create_dir_all(folder.path().join("elsewhere")).unwrap();
        let found = |toml: &str| {
            let host = Host::of_toml(&root, toml).unwrap();
            emptied(&host, &[]).map(|found| found.to_string()).unwrap_or_default()
        };
        let whole = root.join("src").display().to_string();
        for (toml, held) in [
            ("build-dir = \"src\"", "the sources"),
            ("build-dir = \"./x/../src/\"", "the sources"),
            (&*format!("build-dir = '{whole}'"), "the sources"),
            ("build-dir = \".\"", "the book itself"),
            ("build-dir = \"..\"", "the book itself"),
            ("build-dir = \"/\"", "the book itself"),
            ("build-dir = \"\"", "the book itself"),
            ("build-dir = \"theme\"", "the theme"),
            ("build-dir = \"theme/fonts\"", "the fonts of the theme"),
            ("build-dir = \"../notes\"\n[preprocessor.bilingual]\nnotes = \"../notes\"", "the notes"),
            ("build-dir = \".\"\n[output.src]\n[output.html]", "the sources"),
            ("[book]\nsrc = \"book\"", "the sources"),
        ] {
            let said = found(&format!("[build]\n{toml}\n"));
            assert!(said.starts_with("error[build-dir-taken]: book.toml") && said.contains(held), "{toml}: {said}");
        }
        for toml in ["../../elsewhere", "../../none", "../.git", "/etc"] {
            let said = found(&format!("[build]\nbuild-dir = \"{toml}\"\n"));
            assert!(said.starts_with("error[path-outside]: book.toml:2:1: `build-dir`"), "{toml}: {said}");
        }
        for toml in [
            "",
            "[build]\nbuild-dir = \"public\"",
            "[build]\nbuild-dir = \"../site\"",
            "[build]\nbuild-dir = \"src/site\"",
            "[build]\nbuild-dir = \"theme/site\"",
            "[build]\nbuild-dir = \".\"\n[output.html]\n[output.other]",
            "[book]\nsrc = \".\"",
        ] {
            assert_eq!(found(toml), "", "{toml}");
        }
        // What `mdbook build -d` names is not in the file.
        let mut host = Host::of_toml(&root, "").unwrap();
        host.build = folder.path().join("elsewhere");
        assert_eq!(emptied(&host, &[]), None);
        host.build = root.join("src");
        assert!(emptied(&host, &[]).is_some());
    }
}
