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
use crate::files::{Lies, Worktree};
use crate::host::Host;
use crate::notebook::sightings::{OutputContent, OutputFault, OutputFolder};

/// What is wrong with the folder of the output. `chapters` are those whose files are known.
pub fn emptied(host: &Host, chapters: &[Chapter]) -> Option<OutputFolder> {
    let worktree = Worktree::at(&host.root);
    let theme = host.root.join(&host.theme);
    let folders = [
        (OutputContent::Book, real(&host.root)),
        (OutputContent::Sources, real(&host.root.join(&host.source))),
        (OutputContent::Theme, real(&theme)),
        (OutputContent::Fonts, real(&theme.join("fonts"))),
        (OutputContent::Notes, real(&host.root.join(host.notes().unwrap_or(&host.source)))),
    ];
    host.build_dirs().into_iter().find_map(|folder| {
        let emptied = real(&host.root.join(&folder));
        let known = folders.iter().find(|(_, held)| held.starts_with(&emptied)).map(|(what, _)| what.clone());
        let held = known.or_else(|| {
            let inside = emptied.strip_prefix(worktree.repository()).ok()?.to_str()?.replace('\\', "/");
            let is_in = |chapter: &&Chapter| {
                chapter.note.source.is_some()
                    && chapter.note.location.real.strip_prefix(&inside).is_some_and(|rest| rest.starts_with('/'))
            };
            chapters.iter().find(is_in).map(|chapter| OutputContent::Chapter(chapter.note.file.clone()))
        });
        let fault = match held {
            Some(held) => OutputFault::Holds(held),
            // Who names a folder on the command line knows which.
            None if matches!(worktree.lies_by_name(&emptied), Lies::Outside(_)) && host.names_build_dir() => {
                OutputFault::Outside(emptied)
            }
            None => return None,
        };
        Some(OutputFolder { folder, fault, place: host.book_toml.place(&["build", "build-dir"]) })
    })
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
        let found = |toml: &str| emptied(&Host::of_toml(&root, toml).unwrap(), &[]);
        let whole = root.join("src").display().to_string();
        for (toml, held) in [
            ("build-dir = \"src\"", OutputContent::Sources),
            ("build-dir = \"./x/../src/\"", OutputContent::Sources),
            (&*format!("build-dir = '{whole}'"), OutputContent::Sources),
            ("build-dir = \".\"", OutputContent::Book),
            ("build-dir = \"..\"", OutputContent::Book),
            ("build-dir = \"/\"", OutputContent::Book),
            ("build-dir = \"\"", OutputContent::Book),
            ("build-dir = \"theme\"", OutputContent::Theme),
            ("build-dir = \"theme/fonts\"", OutputContent::Fonts),
            ("build-dir = \"../notes\"\n[preprocessor.bilingual]\nnotes = \"../notes\"", OutputContent::Notes),
            ("build-dir = \".\"\n[output.src]\n[output.html]", OutputContent::Sources),
            ("[book]\nsrc = \"book\"", OutputContent::Sources),
        ] {
            let output = found(&format!("[build]\n{toml}\n")).expect(toml);
            assert_eq!(output.fault, OutputFault::Holds(held), "{toml}");
            assert_eq!(output.place.file, "book.toml");
        }
        for toml in ["../../elsewhere", "../../none", "../.git", "/etc"] {
            let output = found(&format!("[build]\nbuild-dir = \"{toml}\"\n")).expect(toml);
            assert!(matches!(output.fault, OutputFault::Outside(_)), "{toml}: {output:?}");
            assert_eq!(output.place.line, Some(2));
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
            assert_eq!(found(toml), None, "{toml}");
        }
        // What `mdbook build -d` names is not in the file.
        let mut host = Host::of_toml(&root, "").unwrap();
        host.build = folder.path().join("elsewhere");
        assert_eq!(emptied(&host, &[]), None);
        host.build = root.join("src");
        assert!(emptied(&host, &[]).is_some());
    }
}
