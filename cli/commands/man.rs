//! `mdbook-bilingual man`: man pages of the program, made from what it knows of its own arguments.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Command;
use clap_mangen::Man;
use mdbook_bilingual_core::files;

use crate::write::{Batch, NewFolders};

/// The largest page that is read; one of ours has a few KB.
const LARGEST: u64 = 1 << 20;

/// How a page of ours is known: a comment of roff(7) on its first line.
const MARK: &str = ".\\\" mdbook-bilingual man\n";

/// Writes `mdbook-bilingual.1`, and `mdbook-bilingual-VERB.1` for each verb, and returns their paths. Older pages of ours
/// are replaced.
///
/// # Errors
/// When a file of somebody else's is in the way, or when a page cannot be written. Then none is.
pub fn write(command: Command, dir: &Path) -> Result<Vec<PathBuf>> {
    let made = NewFolders::make(dir)?;
    // Each page says the version, and none is about `help`, which is in all of them.
    let mut command = command.propagate_version(true).disable_help_subcommand(true);
    command.build();
    let verbs: Vec<Command> = command.get_subcommands().cloned().collect();
    let mut batch = Batch::new(dir);
    let mut written = Vec::new();
    for page in std::iter::once(command).chain(verbs) {
        let path = dir.join(Man::new(page.clone()).get_filename());
        let text = render(page)?;
        let old = match files::bytes(&path, LARGEST) {
            Ok(old) if old.starts_with(MARK.as_bytes()) => Some(old),
            Ok(_) => bail!("{} is no page that this program wrote, and is not written over", path.display()),
            Err(files::Unread::Missing) => None,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        if old.as_deref() != Some(&text) {
            batch.add(&path, old, &text)?;
        }
        written.push(path);
    }
    batch.commit()?;
    made.keep();
    Ok(written)
}

/// A page. What `--help` says at its end keeps its lines: they are commands, and what each does.
fn render(command: Command) -> Result<Vec<u8>> {
    let after = command.get_after_help().map(ToString::to_string);
    let has_verbs = command.has_subcommands();
    let man = Man::new(command.after_help(None::<&str>)).manual("mdbook-bilingual");
    let mut text = MARK.as_bytes().to_vec();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if has_verbs {
        man.render_subcommands_section(&mut text)?;
    }
    if let Some(after) = after {
        let examples = after.trim().trim_start_matches("Examples:\n").trim_start_matches("Example:\n");
        let lines = examples.replace('\\', "\\e").replace('-', "\\-");
        // A line that begins with a point or an apostrophe would be a request of roff.
        let lines: Vec<String> = lines.lines().map(|line| format!("\\&{line}\n")).collect();
        text.extend(format!(".SH EXAMPLES\n.nf\n{}.fi\n", lines.concat()).into_bytes());
    }
    man.render_version_section(&mut text)?;
    Ok(text)
}
