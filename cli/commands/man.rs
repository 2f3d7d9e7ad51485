//! `mdbook-bilingual man`: man pages of the program, made from what it knows of its own arguments.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_bilingual_core::files;

use crate::write::Batch;

/// The largest page that is read; one of ours has a few KB.
const LARGEST: u64 = 1 << 20;

/// How a page of ours is known: man(7) has the name of what it is about in its title.
const TITLE: &str = "\n.TH mdbook-bilingual";

/// Writes `mdbook-bilingual.1`, and `mdbook-bilingual-VERB.1` for each verb, and returns their paths. Older pages of ours
/// are replaced.
///
/// # Errors
/// When a file of somebody else's is in the way, or when a page cannot be written. Then none is.
pub fn write(command: clap::Command, dir: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    let mut command = command;
    command.build();
    let verbs: Vec<clap::Command> =
        command.get_subcommands().filter(|verb| verb.get_name() != "help").cloned().collect();
    let mut batch = Batch::new(dir);
    let mut written = Vec::new();
    for page in std::iter::once(command).chain(verbs) {
        let man = clap_mangen::Man::new(page);
        let path = dir.join(man.get_filename());
        let mut text = Vec::new();
        man.render(&mut text)?;
        let old = match files::bytes(&path, LARGEST) {
            Ok(old) if String::from_utf8_lossy(&old).contains(TITLE) => Some(old),
            Ok(_) => bail!("{} is no man page of mdbook-bilingual, and is not written over", path.display()),
            Err(files::Unread::Missing) => None,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        if old.as_deref() != Some(&text) {
            batch.add(&path, old, &text)?;
        }
        written.push(path);
    }
    batch.commit()?;
    Ok(written)
}
