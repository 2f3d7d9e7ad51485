//! Asks git which files of a commit were renamed and changed.
//!
//! To find these, git compares contents, which costs more than all the rest of a log. Few commits can matter: those
//! that add a file that is followed, and delete another one.

use std::collections::BTreeSet;
use std::io::{BufRead, Result};
use std::path::{Path, PathBuf};

use super::process::{Dialogue, git};

const ARGS: &[&str] = &[
    "diff-tree",
    "--stdin",
    "-r",
    "-z",
    "--raw",
    "--no-abbrev",
    "--no-commit-id",
    "--diff-filter=RC",
    // Copies as well as renames: a file that was moved and copied is moved to one name, and copied to the others. In a
    // commit of more files than this, those without changes are all that git looks for.
    "--find-copies=50%",
    "-l1000",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "-O/dev/null",
];

/// What is no name of a commit comes back as it is, and so ends an answer.
const END: &str = "end\n";

/// A file that was renamed, or copied from one that was, and changed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rename {
    pub(super) from: String,
    pub(super) path: String,
    /// The names of its contents before and after.
    pub(super) old: String,
    pub(super) new: String,
    /// Whether the file went to another name, too.
    pub(super) is_copy: bool,
}

/// Tells renames.
pub(super) struct Renames {
    repository: PathBuf,
    dialogue: Option<Dialogue>,
    /// Of how many commits it could not tell any.
    failed: usize,
}

/// After how many failures nobody is asked any more: contents that are missing for some commits are missing for most.
const FAILURES: usize = 3;

impl Renames {
    pub(super) fn new(repository: &Path) -> Self {
        Self { repository: repository.to_owned(), dialogue: None, failed: 0 }
    }

    /// Whether there were commits of which it could not tell any.
    pub(super) fn is_partial(&self) -> bool {
        self.failed > 0
    }

    /// The renames of a commit as compared to one of its parents.
    pub(super) fn of(&mut self, commit: &str, parent: &str) -> Vec<Rename> {
        if self.failed >= FAILURES {
            return Vec::new();
        }
        if self.dialogue.is_none() {
            self.dialogue = Dialogue::start(git(&self.repository, ARGS));
        }
        match self.dialogue.as_mut().map(|dialogue| ask(dialogue, commit, parent)) {
            Some(Ok(renames)) => renames,
            // It ends at the first contents that it lacks.
            _ => {
                self.dialogue = None;
                self.failed += 1;
                Vec::new()
            }
        }
    }
}

fn ask(dialogue: &mut Dialogue, commit: &str, parent: &str) -> Result<Vec<Rename>> {
    dialogue.ask(&format!("{commit} {parent}\n{END}"))?;
    let mut renames: Vec<Rename> = Vec::new();
    loop {
        match dialogue.says.fill_buf()?.first() {
            Some(b':') => renames.extend(rename(dialogue)?),
            Some(_) => {
                dialogue.says.read_until(b'\n', &mut Vec::new())?;
                // A copy of what stayed where it was is a new file.
                let gone: BTreeSet<String> =
                    renames.iter().filter(|rename| !rename.is_copy).map(|rename| rename.from.clone()).collect();
                renames.retain(|rename| gone.contains(&rename.from));
                return Ok(renames);
            }
            None => return Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// `:100644 100644 OLD NEW R095`, and the two paths.
fn rename(dialogue: &mut Dialogue) -> Result<Option<Rename>> {
    let mut piece = || -> Result<Vec<u8>> {
        let mut piece = Vec::new();
        dialogue.says.read_until(0, &mut piece)?;
        piece.pop();
        Ok(piece)
    };
    let pieces = [piece()?, piece()?, piece()?].map(String::from_utf8);
    let [Ok(meta), Ok(from), Ok(path)] = pieces else { return Ok(None) };
    let is_copy = meta.rsplit(' ').next().is_some_and(|kind| kind.starts_with('C'));
    let mut fields = meta.split_ascii_whitespace().skip(2).map(str::to_owned);
    Ok(fields.next().zip(fields.next()).map(|(old, new)| Rename { from, path, old, new, is_copy }))
}
